"""The words that only the commands print, in Danish and English."""

from apd.text import terms
from apd.wording import Wording

_TEXTS = {
    # the document
    "one_piece": Wording("1 stykke", "1 piece"),
    "pieces": Wording("{count} stykker", "{count} pieces"),
    # what cannot be read
    "no_xml": Wording(
        "Der er ingen XML-filer i mappen.", "There are no XML files in the directory."
    ),
    # what a rule says
    "demands": Wording("Krav", "Requirement"),
    "explanation": Wording("Forklaring", "Explanation"),
    "remedy": Wording("Rettelse", "Remedy"),
    "severity": Wording("Alvorlighed", "Severity"),
    "layer": Wording("Lag", "Layer"),
    # the round trip
    "same": Wording("{file}: uændret", "{file}: unchanged"),
    "one_difference": Wording("{file}: 1 forskel", "{file}: 1 difference"),
    "differences": Wording("{file}: {count} forskelle", "{file}: {count} differences"),
    "lifted": Wording(
        "{line}; DK-APD {release} skrives som 2.0.1", "{line}; DK-APD {release} is written as 2.0.1"
    ),
    "lost": Wording("forsvinder", "lost"),
    "added": Wording("kommer til", "added"),
    "changed": Wording("ændres", "changed"),
    "order": Wording("ombyttes", "reordered"),
    "nothing": Wording("(intet)", "(nothing)"),
    "summary": Wording(
        "{total} dokumenter: {same} uden forskelle, {different} med forskelle, {failed} ikke læst",
        "{total} documents: {same} unchanged, {different} with differences, {failed} not read",
    ),
}


class Words(terms.Words):
    """The words of a language, including those of the commands."""

    TEXTS = {**terms.TERMS, **_TEXTS}
