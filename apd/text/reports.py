"""The words of the reports, in Danish and in English."""

import re

from apd.findings import COUNTS, SEVERITIES, Layer
from apd.wording import Language, Wording

__all__ = ["LAYERS", "LINE", "SEVERITIES", "cited", "say"]

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


_CITED = (
    # of a source, as the tables state it in English, and in Danish
    (r"MedCom's", "MedComs"),
    (r"with SDTC", "med SDTC"),
    (r"(errata|Schematron|FAQ) of", r"\1 fra"),
    (r"\btable (?=\d)", "tabel "),
    (r"\brule (?=#)", "regel "),
    (r"\bitem (?=\d)", "punkt "),
    (r"\bsection (?=\d)", "afsnit "),
    (r"start and end", "start og slut"),
    (r"(?<=, )location\b", "mødested"),
    (r"data types", "datatyper"),
    (r"value set", "værdisæt"),
    (r"examples for", "eksempler til"),
    (r"examples", "eksempler"),
    (r"SNOMED CT identifiers", "SNOMED CT's identifikatorer"),
    (r"and the draft of", "og udkastet til"),
    (r"no longer since", "ikke længere siden"),
    (r"as in force since", "som gældende siden"),
    (r"of each template", "af hver template"),
    (r"speaks of one patient", "taler om én patient"),
    (r"takes the title from it", "har titlen derfra"),
    ("the register specified", "det angivne register"),
    (r"Act (\d+) of", r"lov nr. \1 af"),
    (r"permission and days ahead inferred", "tilladelse og antal dage er udledt"),
)


def cited(source: str, language: Language) -> str:
    """The source of a rule, which the tables state in English, as it is cited in a language."""
    if language == "da":
        for english, danish in _CITED:
            source = re.sub(english, danish, source)
    return source


def say(language: Language, key: str, **values: object) -> str:
    """A text in a language, with values put in."""
    return _WORDS[key].in_language(language).format(**values)
