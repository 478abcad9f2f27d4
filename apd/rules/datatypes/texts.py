"""Addresses (AD), names (PN, ON, EN), telecoms (TEL) and texts (ED, ST)."""

import re
from collections.abc import Callable

from apd.cda.xml import WHITE_SPACE, Element, has_text, hl7
from apd.findings import Severity
from apd.rules.datatypes.identifiers_and_codes import repeated
from apd.rules.document_view import DocumentView, Node, texts_in
from apd.rules.rule import Check, Rule, checked, each
from apd.standard.codes import TIME_UNITS
from apd.standard.data_types import of_data_type
from apd.wording import Wording

_NAMES = ("PN", "ON", "EN")
_PERIODS = ("validTime", "useablePeriod")
"""What is in a name or an address and says nothing of it."""
_REMOVE = Wording("Fjern dubletten.", "Remove the duplicate.")


def _has_loose_text(node: Node) -> bool:
    return has_text(node.text) or any(has_text(behind) for _, _, behind, _ in node.parts)


def _address_is_mixed_or_empty(node: Node) -> bool:
    if "nullFlavor" in node.attributes:
        return False
    if _has_loose_text(node):
        return bool(node.parts)
    return all(name == "useablePeriod" for name, _, _, _ in node.parts)


def _name_is_mixed(node: Node) -> bool:
    return bool(node.parts) and _has_loose_text(node)


def _name_is_empty(node: Node) -> bool:
    if has_text(node.text) or "nullFlavor" in node.attributes:
        return False
    return not any(name != "validTime" for name, _, _, _ in node.parts)


def _has_empty_part(node: Node) -> bool:
    return any(
        name not in _PERIODS and null is None and not has_text(text)
        for name, text, _, null in node.parts
    )


def _begins_with_quotation_mark(node: Node) -> bool:
    return "".join(texts_in(node.element)).lstrip(WHITE_SPACE).startswith('"')


def _has_no_right_qualifier(node: Node) -> bool:
    """Whether each part of a name has a qualifier twice; one that has not is enough."""
    qualifiers = [
        (part.get("qualifier") or "").split()
        for part in node.element
        if str(part.tag).startswith(_IN_HL7)
    ]
    return bool(qualifiers) and all(len(set(one)) < len(one) for one in qualifiers)


_IN_HL7 = hl7("")
_PERIOD, _LOW, _HIGH, _WIDTH = map(hl7, ("useablePeriod", "low", "high", "width"))
_CLOCK_DIGITS = 14


def _has_wrong_period(node: Node) -> bool:
    return any(map(_is_wrong_period, node.element.iterchildren(_PERIOD)))


def _is_wrong_period(period: Element) -> bool:
    bounds = (period.find(_LOW), period.find(_HIGH))
    low, high = (None if bound is None else bound.get("value") for bound in bounds)
    if low is not None and high is not None:
        first, last = ((one + "0" * _CLOCK_DIGITS)[:_CLOCK_DIGITS] for one in (low, high))
        if len(low) != len(high) or not (first + last).isdecimal() or first >= last:
            return True
    return any(
        width.get("unit") and width.get("unit") not in TIME_UNITS
        for width in period.iterchildren(_WIDTH)
    )


def _name_is_not_plain(node: Node) -> bool:
    return bool(node.parts)


def _is_null_beside_others(kinds: tuple[str, ...]) -> Check:
    def check(view: DocumentView) -> list[Node]:
        null = [node for node in view.null if node.kind in kinds]
        if not null:
            return null
        given = {(n.within, n.name) for n in view.of_type(*kinds) if not n.is_null}
        return [node for node in null if (node.within, node.name) in given]

    return check


def _said(node: Node) -> str:
    """What a name or an address says: its use and its text."""
    return (node.get("use") or "") + "".join(" ".join(texts_in(node.element)).split())


def _telecom(node: Node) -> tuple[str, str] | None:
    use, value = node.get("use"), node.get("value")
    return None if use is None or value is None else (use, value)


def _text_is_empty(node: Node) -> bool:
    return not has_text(node.text) and not node.named and "nullFlavor" not in node.attributes


def _lacks_algorithm(node: Node) -> bool:
    return "integrityCheck" in node.attributes and not node.get("integrityCheckAlgorithm")


def _is_plain_and_compressed(node: Node) -> bool:
    if "compression" not in node.attributes:
        return False
    is_binary = node.get("representation") == "B64" and has_text(node.text)
    return not is_binary and not any(one.get("value") for one in node.all("reference"))


# RFC 3066, as far as the official Schematron asks for it
_begins_as_language = re.compile("[a-z]{2,3}", re.IGNORECASE).match
# from its end on, as there is but one way to take the subtags from there
_ends_as_language = re.compile("(?:[a-z0-9]{2,8}-)+[ix]", re.IGNORECASE).match


def _has_no_language(node: Node) -> bool:
    language = node.get("language")
    if language is None or _begins_as_language(language):
        return False
    return "\n" in language or _ends_as_language(language[::-1]) is None


def _repeated(key: Callable[[Node], tuple[str, str] | str | None], *types: str) -> Check:
    return lambda view: repeated(view.of_type(*types), key)


RULES: tuple[Rule, ...] = (
    checked(
        of_data_type(
            "DT-AD-CONTENT",
            Wording(
                "Adressen skal bestå af enten dele eller tekst, ikke begge, og må ikke være tom.",
                "The address must consist of either parts or text, not both, and must not be "
                "empty.",
            ),
            Wording(
                "Tekst mellem delene går tabt i de fleste systemer.",
                "Most systems lose the text between the parts.",
            ),
            Wording(
                "Flyt teksten ind i en del, eller skriv nullFlavor, hvis adressen ikke kendes.",
                "Move the text into a part, or write a nullFlavor if the address is not known.",
            ),
            "AD",
            "dtr1-1-AD",
        ),
        each(_address_is_mixed_or_empty, "AD"),
    ),
    checked(
        of_data_type(
            "DT-AD-SAME",
            Wording("Den samme adresse findes to gange.", "The same address occurs twice."),
            Wording(
                "Sideordnede adresser skal være forskellige.",
                "Sibling addresses must be different addresses.",
            ),
            _REMOVE,
            "AD",
            "dtr1-10-AD",
        ),
        _repeated(_said, "AD"),
    ),
    checked(
        of_data_type(
            "DT-AD-NULL",
            Wording(
                "En adresse, der er null, står sammen med en, der har en værdi.",
                "An address that is null has a sibling with a value.",
            ),
            Wording(
                "null betyder, at adressen ikke kendes; det er i modstrid med den anden.",
                "null means that the address is not known, which contradicts the other.",
            ),
            Wording("Fjern den, der er null.", "Remove the one that is null."),
            "AD",
            "dtr1-10-AD",
        ),
        _is_null_beside_others(("AD",)),
    ),
    checked(
        of_data_type(
            "DT-EN-EMPTY",
            Wording("Navnet er tomt, men ikke null.", "The name is empty, but not null."),
            Wording(
                "Et navn, der ikke kendes, skal være null.",
                "A name that is not known must be null.",
            ),
            Wording(
                "Angiv navnet, eller skriv nullFlavor.", "Specify the name, or write a nullFlavor."
            ),
            ", ".join(_NAMES),
            "dtr1-1.1-EN, dtr1-1.3-EN",
        ),
        each(_name_is_empty, *_NAMES),
    ),
    checked(
        of_data_type(
            "DT-EN-MIXED",
            Wording(
                "Navnet skal bestå af enten dele eller tekst, ikke begge.",
                "The name must consist of either parts or text, not both.",
            ),
            Wording(
                "Tekst mellem delene går tabt i de fleste systemer.",
                "Most systems lose the text between the parts.",
            ),
            Wording("Flyt teksten ind i en del.", "Move the text into a part."),
            ", ".join(_NAMES),
            "dtr1-1.3-EN",
        ),
        each(_name_is_mixed, *_NAMES),
    ),
    checked(
        of_data_type(
            "DT-ON-PLAIN",
            Wording(
                "Navnet på en organisation skal være ren tekst.",
                "The name of an organisation must be plain text.",
            ),
            Wording(
                "Fornavn, efternavn og andre dele hører til i personers navne.",
                "Given name, family name and other parts belong in the names of people.",
            ),
            Wording("Skriv navnet som tekst.", "Write the name as text."),
            "ON",
            "CDAOrganizationSDTC",
        ),
        each(_name_is_not_plain, "ON"),
    ),
    checked(
        of_data_type(
            "DT-EN-SAME",
            Wording("Det samme navn findes to gange.", "The same name occurs twice."),
            Wording(
                "Sideordnede navne skal være forskellige navne på den samme person eller "
                "organisation.",
                "Sibling names must be different names for the same person or organisation.",
            ),
            _REMOVE,
            "EN",
            "dtr1-6-EN",
        ),
        _repeated(_said, *_NAMES),
    ),
    checked(
        of_data_type(
            "DT-TEL-NULL",
            Wording(
                "En telecom, der er null, står sammen med en, der har en værdi.",
                "A telecom that is null has a sibling with a value.",
            ),
            Wording(
                "null betyder, at der ikke kendes nogen; det er i modstrid med den anden.",
                "null means that none is known, which contradicts the other.",
            ),
            Wording("Fjern den, der er null.", "Remove the one that is null."),
            "TEL",
            "dtr1-4-URL",
        ),
        _is_null_beside_others(("TEL",)),
    ),
    checked(
        of_data_type(
            "DT-TEL-SAME",
            Wording("Den samme telecom findes to gange.", "The same telecom occurs twice."),
            Wording(
                "To er ens, når både use og value er det.",
                "Two are the same if both use and value are.",
            ),
            _REMOVE,
            "TEL",
            "dtr1-5-URL",
        ),
        _repeated(_telecom, "TEL"),
        settled=lambda values: not values.second_telecom,
    ),
    checked(
        of_data_type(
            "DT-ED-EMPTY",
            Wording("Teksten er tom, men ikke null.", "The text is empty, but not null."),
            Wording(
                "En tekst, der ikke kendes, skal være null.",
                "A text that is not known must be null.",
            ),
            Wording(
                "Angiv teksten, eller udelad elementet.",
                "Specify the text, or leave the element out.",
            ),
            "ED",
            "dtr1-1-BIN",
        ),
        each(_text_is_empty, "ED"),
    ),
    checked(
        of_data_type(
            "DT-EN-NULL",
            Wording(
                "Et navn, der er null, står sammen med et, der har en værdi.",
                "A name that is null has a sibling with a value.",
            ),
            Wording(
                "null betyder, at navnet ikke kendes; det er i modstrid med det andet.",
                "null means that the name is not known, which contradicts the other.",
            ),
            Wording("Fjern det, der er null.", "Remove the one that is null."),
            ", ".join(_NAMES),
            "dtr1-5-EN",
        ),
        _is_null_beside_others(_NAMES),
    ),
    checked(
        of_data_type(
            "DT-AD-PART",
            Wording("En del af adressen er tom.", "A part of the address is empty."),
            Wording(
                "En del, der ikke kendes, udelades eller er null. MedComs Schematron melder "
                "det som en advarsel.",
                "Leave out a part that is not known, or write a nullFlavor. MedCom's "
                "Schematron reports this as a warning.",
            ),
            Wording("Fjern den tomme del.", "Remove the empty part."),
            "AD",
            "dtr1-8-AD",
            Severity.WARNING,
        ),
        each(_has_empty_part, "AD"),
    ),
    checked(
        of_data_type(
            "DT-EN-PART",
            Wording("En del af navnet er tom.", "A part of the name is empty."),
            Wording(
                "En del, der ikke kendes, udelades. MedComs Schematron melder det som en advarsel.",
                "Leave out a part that is not known. MedCom's Schematron reports this as a "
                "warning.",
            ),
            Wording("Fjern den tomme del.", "Remove the empty part."),
            ", ".join(_NAMES),
            "dtr1-3-EN",
            Severity.WARNING,
        ),
        each(_has_empty_part, *_NAMES),
    ),
    checked(
        of_data_type(
            "DT-AD-PERIOD",
            Wording(
                "En useablePeriod i adressen skal have low før high, begge med samme præcision, og "
                "en tidsenhed for width.",
                "A useablePeriod of the address must have its low before its high, both with the "
                "same precision, and a unit of time for its width.",
            ),
            Wording(
                "Perioden angiver, hvornår adressen gælder.",
                "The period specifies when the address applies.",
            ),
            Wording("Ret perioden, eller udelad den.", "Correct the period, or leave it out."),
            "AD",
            "dtr1-5-AD, dtr1-6-AD, dtr1-7-AD",
        ),
        each(_has_wrong_period, "AD"),
    ),
    checked(
        of_data_type(
            "DT-EN-QUOTE",
            Wording(
                "Navnet begynder med et anførselstegn.",
                "The name begins with a quotation mark.",
            ),
            Wording(
                "Anførselstegn hører sjældent til et navn. MedComs Schematron melder det som en "
                "advarsel.",
                "Quotation marks are rarely part of a name. MedCom's Schematron reports this as "
                "a warning.",
            ),
            Wording("Skriv navnet uden anførselstegn.", "Write the name without them."),
            ", ".join(_NAMES),
            "dtr1-4-EN",
            Severity.WARNING,
        ),
        each(_begins_with_quotation_mark, *_NAMES),
    ),
    checked(
        of_data_type(
            "DT-EN-QUALIFIER",
            Wording(
                "Den samme qualifier findes to gange i hver del af navnet.",
                "The same qualifier occurs twice in each part of the name.",
            ),
            Wording(
                "En qualifier siger, hvad en del af navnet er; den siges én gang.",
                "A qualifier says what a part of the name is; it is said once.",
            ),
            Wording("Fjern gentagelserne.", "Remove the repetitions."),
            ", ".join(_NAMES),
            "dtr1-7-EN",
        ),
        each(_has_no_right_qualifier, *_NAMES),
    ),
    checked(
        of_data_type(
            "DT-ED-INTEGRITY",
            Wording(
                "integrityCheck skal have en integrityCheckAlgorithm.",
                "An integrityCheck must have an integrityCheckAlgorithm.",
            ),
            Wording(
                "Uden den kan kontrolsummen ikke kontrolleres.",
                "Without it the check value cannot be verified.",
            ),
            Wording(
                "Angiv algoritmen, eller fjern begge.", "Specify the algorithm, or remove both."
            ),
            "ED",
            "dtr1-2-ED",
        ),
        each(_lacks_algorithm, "ED"),
    ),
    checked(
        of_data_type(
            "DT-ED-COMPRESSION",
            Wording("Kun binære data må være komprimeret.", "Only binary data may be compressed."),
            Wording(
                "En tekst i dokumentet er ikke komprimeret.",
                "A text in the document is not compressed.",
            ),
            Wording("Fjern compression.", "Remove compression."),
            "ED",
            "dtr1-5-ED",
        ),
        each(_is_plain_and_compressed, "ED"),
    ),
    checked(
        of_data_type(
            "DT-ED-LANGUAGE",
            Wording(
                "language skal være et sprog, f.eks. da-DK.",
                "language must be a language, such as da-DK.",
            ),
            Wording(
                "Sprog skrives som angivet i RFC 3066.",
                "Languages are written as specified in RFC 3066.",
            ),
            Wording("Ret sproget, eller udelad det.", "Correct the language, or leave it out."),
            "ED",
            "dtr1-18-ED",
        ),
        each(_has_no_language, "ED"),
    ),
)
