"""The words of the reports, in Danish and in English."""

from apd.findings import COUNTS, SEVERITIES, Layer
from apd.wording import Language, Wording

__all__ = ["LAYERS", "LINE", "SEVERITIES", "say"]

LAYERS = {
    Layer.XML: Wording("xml", "xml"),
    Layer.SCHEMA: Wording("skema", "schema"),
    Layer.PROFILE: Wording("profil", "profile"),
    Layer.BUSINESS: Wording("forretningsregler", "business rules"),
}
LINE = Wording("linje {line}", "line {line}")
_WORDS = {
    "clean": Wording("{file}: intet at bemærke", "{file}: nothing found"),
    "path": Wording("sted", "path"),
    "also_at": Wording("også", "also at"),
    "remedy": Wording("rettelse", "remedy"),
    "source": Wording("kilde", "source"),
    "others": Wording("også", "also"),
    "more": Wording("og {count} mere", "and {count} more"),
    "not_compared": Wording("dokumenterne er ikke sammenlignet", "the documents were not compared"),
    "left_alone": Wording(
        "Andre filer, som ikke er aftaledokumenter: {count}",
        "Other files, which are not appointment documents: {count}",
    ),
    "gone": Wording("væk", "gone"),
    "against_baseline": Wording(
        "Fund: nye: {new}, kendte: {known}, væk: {gone}",
        "Findings: new: {new}, known: {known}, gone: {gone}",
    ),
    "by_rule": Wording("Fund efter regel:", "Findings by rule:"),
    "total": Wording(
        "Dokumenter: {total}, uden fund: {clean}, med fund: {found}, ikke kontrolleret: {failed}",
        "Documents: {total}, without findings: {clean}, with findings: {found}, "
        "not checked: {failed}",
    ),
    "counts": COUNTS,
    "line": LINE,
}


def say(language: Language, key: str, **values: object) -> str:
    """A text in a language, with values put in."""
    return _WORDS[key].in_language(language).format(**values)
