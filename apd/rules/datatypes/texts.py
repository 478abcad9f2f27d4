"""Addresses (AD), names (PN, ON, EN), telecoms (TEL) and texts (ED, ST)."""

from apd.cda.xml import has_text
from apd.rules.datatypes.shapes import datatype_rule, typed
from apd.rules.datatypes.values import equal_siblings
from apd.rules.forms import is_uri
from apd.rules.index import Index, Node
from apd.rules.registry import Rule
from apd.wording import Wording

_NAMES = ("PN", "ON", "EN")
_REMOVE = Wording("Fjern gentagelsen.", "Remove the repeated one.")


def _has_loose_text(node: Node) -> bool:
    text = node.text
    if text and not text.isspace():
        return True
    return any(behind and not behind.isspace() for _, _, behind, _ in node.parts)


def _has_parts(node: Node, other: str) -> bool:
    parts = node.parts
    return bool(parts) and (len(parts) > 1 or parts[0][0] != other)


def _address_is_mixed_or_empty(node: Node) -> bool:
    if "nullFlavor" in node.attributes:
        return False
    return _has_loose_text(node) is _has_parts(node, "useablePeriod")


def _name_is_mixed(node: Node) -> bool:
    return _has_parts(node, "validTime") and _has_loose_text(node)


def _name_is_empty(node: Node) -> bool:
    text = node.text
    if (text and not text.isspace()) or "nullFlavor" in node.attributes:
        return False
    return not any(
        name != "validTime" and (null is not None or has_text(text))
        for name, text, _, null in node.parts
    )


def _name_is_not_plain(node: Node) -> bool:
    return _has_parts(node, "validTime")


def _telecom_is_empty(node: Node) -> bool:
    return "value" not in node.attributes and "nullFlavor" not in node.attributes


def _telecom_is_no_uri(node: Node) -> bool:
    value = node.attributes.get("value")
    return value is not None and not is_uri(value)


def _null_beside_others(index: Index, kind: str) -> list[Node]:
    null = [node for node in index.null if node.kind == kind]
    if not null:
        return null
    given = {node.within for node in index.of_type(kind) if not node.is_null}
    return [node for node in null if node.within in given]


def _text_is_empty(node: Node) -> bool:
    return not node.text and not node.named and "nullFlavor" not in node.attributes


RULES: tuple[Rule, ...] = (
    typed(
        "DT-AD-CONTENT",
        ("AD",),
        _address_is_mixed_or_empty,
        Wording(
            "Adressen skal bestå af dele eller af tekst, ikke begge, og ikke være tom.",
            "The address must consist of parts or of text, not of both, and not be empty.",
        ),
        Wording(
            "Tekst mellem delene går tabt i de fleste systemer.",
            "Text between the parts gets lost in most systems.",
        ),
        Wording(
            "Flyt teksten ind i en del, eller skriv nullFlavor, hvis adressen ikke kendes.",
            "Move the text into a part, or write a nullFlavor where the address is not known.",
        ),
        "dtr1-1-AD",
    ),
    datatype_rule(
        "DT-AD-SAME",
        lambda index: equal_siblings(index, "AD"),
        Wording("Den samme adresse står to gange.", "The same address stands twice."),
        Wording(
            "Adresser ved siden af hinanden er forskellige adresser.",
            "Addresses beside each other are different addresses.",
        ),
        _REMOVE,
        "AD",
        "dtr1-10-AD",
    ),
    datatype_rule(
        "DT-AD-NULL",
        lambda index: _null_beside_others(index, "AD"),
        Wording(
            "En adresse, der er null, står ved siden af en, der er givet.",
            "An address that is null stands beside one that is given.",
        ),
        Wording(
            "null siger, at adressen ikke kendes; det modsiger den anden.",
            "null says that the address is not known, which contradicts the other.",
        ),
        Wording("Fjern den, der er null.", "Remove the one that is null."),
        "AD",
        "dtr1-10-AD",
    ),
    typed(
        "DT-EN-EMPTY",
        _NAMES,
        _name_is_empty,
        Wording("Navnet er tomt og ikke null.", "The name is empty and not null."),
        Wording(
            "Et navn, der ikke kendes, er null.",
            "A name that is not known is null.",
        ),
        Wording("Skriv navnet, eller skriv nullFlavor.", "Write the name, or write a nullFlavor."),
        "dtr1-1.1-EN, dtr1-1.3-EN",
    ),
    typed(
        "DT-EN-MIXED",
        _NAMES,
        _name_is_mixed,
        Wording(
            "Navnet skal bestå af dele eller af tekst, ikke begge.",
            "The name must consist of parts or of text, not of both.",
        ),
        Wording(
            "Tekst mellem delene går tabt i de fleste systemer.",
            "Text between the parts gets lost in most systems.",
        ),
        Wording("Flyt teksten ind i en del.", "Move the text into a part."),
        "dtr1-1.3-EN",
    ),
    typed(
        "DT-ON-PLAIN",
        ("ON",),
        _name_is_not_plain,
        Wording(
            "Navnet på en organisation skal være ren tekst.",
            "The name of an organisation must be plain text.",
        ),
        Wording(
            "Fornavn, efternavn og andre dele hører til personers navne.",
            "Given name, family name and other parts belong to the names of persons.",
        ),
        Wording("Skriv navnet som tekst.", "Write the name as text."),
        "CDAOrganizationSDTC",
    ),
    datatype_rule(
        "DT-EN-SAME",
        lambda index: equal_siblings(index, *_NAMES),
        Wording("Det samme navn står to gange.", "The same name stands twice."),
        Wording(
            "Navne ved siden af hinanden er forskellige navne for den samme.",
            "Names beside each other are different names for the same.",
        ),
        _REMOVE,
        "EN",
        "dtr1-6-EN",
    ),
    typed(
        "DT-TEL-EMPTY",
        ("TEL",),
        _telecom_is_empty,
        Wording(
            "Telekommunikationsadressen skal have en value eller være null.",
            "The telecom must have a value or be null.",
        ),
        Wording(
            "Uden value siger den intet.",
            "Without a value it says nothing.",
        ),
        Wording("Angiv value, eller skriv nullFlavor.", "Give the value, or write a nullFlavor."),
        "dtr1-1-URL, dtr1-2-URL",
    ),
    typed(
        "DT-TEL-URI",
        ("TEL",),
        _telecom_is_no_uri,
        Wording(
            "Telekommunikationsadressen skal være en URI uden mellemrum og specialtegn.",
            "The telecom must be a URI, without blanks and characters outside ASCII.",
        ),
        Wording(
            "Et telefonnummer skrives tel:65113333.",
            "A telephone number is written tel:65113333.",
        ),
        Wording(
            "Fjern mellemrum, og skriv specialtegn som %-koder.",
            "Remove blanks, and write other characters as % codes.",
        ),
        "dtr1-2-URL",
    ),
    datatype_rule(
        "DT-TEL-NULL",
        lambda index: _null_beside_others(index, "TEL"),
        Wording(
            "En telecom, der er null, står ved siden af en, der er givet.",
            "A telecom that is null stands beside one that is given.",
        ),
        Wording(
            "null siger, at der ikke kendes nogen; det modsiger den anden.",
            "null says that none is known, which contradicts the other.",
        ),
        Wording("Fjern den, der er null.", "Remove the one that is null."),
        "TEL",
        "dtr1-4-URL",
    ),
    datatype_rule(
        "DT-TEL-SAME",
        lambda index: equal_siblings(index, "TEL"),
        Wording("Den samme telecom står to gange.", "The same telecom stands twice."),
        Wording(
            "To er ens, når både use og value er det.",
            "Two are the same where both use and value are.",
        ),
        _REMOVE,
        "TEL",
        "dtr1-5-URL",
    ),
    typed(
        "DT-ED-EMPTY",
        ("ED",),
        _text_is_empty,
        Wording("Teksten er tom og ikke null.", "The text is empty and not null."),
        Wording("En tekst, der ikke kendes, er null.", "A text that is not known is null."),
        Wording(
            "Skriv teksten, eller udelad elementet.", "Write the text, or leave the element out."
        ),
        "dtr1-1-BIN",
    ),
)
