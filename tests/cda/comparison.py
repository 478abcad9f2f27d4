"""Whether two documents say the same.

Made from the structure of CDA R2, by another hand and in another way than the comparison that
the reader uses. Two documents say the same if their elements, attributes and texts are equal,
but for

- comments, processing instructions and white space between elements,
- attributes that only repeat what CDA has for the element anyway,
- the order of the parts of an address or a name.
"""

from collections.abc import Iterator, Mapping
from difflib import unified_diff
from typing import cast

from lxml import etree

HL7 = "urn:hl7-org:v3"
XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"

_TABLE = """
    ClinicalDocument                  classCode=DOCCLIN moodCode=EVN
    recordTarget                      typeCode=RCT contextControlCode=OP
    patientRole                       classCode=PAT
    patient                           classCode=PSN determinerCode=INSTANCE
    providerOrganization              classCode=ORG determinerCode=INSTANCE
    author                            typeCode=AUT contextControlCode=OP
    assignedAuthor                    classCode=ASSIGNED
    assignedPerson                    classCode=PSN determinerCode=INSTANCE
    representedOrganization           classCode=ORG determinerCode=INSTANCE
    custodian                         typeCode=CST
    assignedCustodian                 classCode=ASSIGNED
    representedCustodianOrganization  classCode=ORG determinerCode=INSTANCE
    documentationOf                   typeCode=DOC
    serviceEvent                      classCode=ACT moodCode=EVN
    component                         typeCode=COMP contextConductionInd=true
    structuredBody                    classCode=DOCBODY moodCode=EVN
    section                           classCode=DOCSECT moodCode=EVN
    entry                             typeCode=COMP contextConductionInd=true
    performer                         typeCode=PRF
    assignedEntity                    classCode=ASSIGNED
    participant                       contextControlCode=OP
    participantRole                   classCode=ROL
    playingEntity                     classCode=ENT determinerCode=INSTANCE
    entryRelationship                 contextConductionInd=true
    precondition                      typeCode=PRCN
    criterion                         classCode=OBS moodCode=EVN.CRT
"""
DEFAULTS: dict[str, set[tuple[str, str]]] = {
    f"{{{HL7}}}{name}": {(a, b) for a, b in (default.split("=") for default in defaults)}
    for name, *defaults in map(str.split, _TABLE.strip().splitlines())
}
"""What CDA has for an attribute that is left out, by the element."""

_NONE: set[tuple[str, str]] = set()
_WITHOUT_ORDER = {f"{{{HL7}}}addr", f"{{{HL7}}}name"}
_PARSER = etree.XMLParser(remove_comments=True, remove_pis=True, resolve_entities=False)

# An element: its tag, its attributes, and what is inside, which is elements and texts.
_Content = tuple[str, tuple[tuple[str, str], ...], tuple["_Content | str", ...]]


def content(document: bytes, *, any_order: bool = False) -> _Content:
    """What a document says.

    Args:
        document: the document.
        any_order: take siblings of different names in any order everywhere.
    """
    return _content(etree.fromstring(document, _PARSER), any_order)


def _content(element: etree._Element, any_order: bool) -> _Content:
    inside: list[_Content | str] = []
    text = element.text
    if text and not text.isspace():
        inside.append(text)
    for child in element:
        inside.append(_content(child, any_order))
        text = child.tail
        if text and not text.isspace():
            inside.append(text)
    if (any_order or element.tag in _WITHOUT_ORDER) and len(inside) > 1:
        inside.sort(key=_name)
    attrib = cast("Mapping[str, str]", element.attrib)
    attributes = set(attrib.items()) - DEFAULTS.get(element.tag, _NONE)
    if XSI_TYPE in attrib:
        attributes.discard((XSI_TYPE, attrib[XSI_TYPE]))
        attributes.add((XSI_TYPE, _qualified(attrib[XSI_TYPE], element)))
    return element.tag, tuple(sorted(attributes)), tuple(inside)


def _name(inside: "_Content | str") -> str:
    return "" if isinstance(inside, str) else inside[0]


def _qualified(type_name: str, element: etree._Element) -> str:
    """The type that an element says it is of, by its namespace and not its prefix."""
    prefix, _, name = type_name.strip().rpartition(":")
    return f"{{{element.nsmap.get(prefix or None)}}}{name}"


def assert_same(found: bytes, expected: bytes, *, any_order: bool = False) -> None:
    """Fail, with the lines that differ, unless two documents say the same."""
    content_found, content_expected = (
        content(found, any_order=any_order),
        content(expected, any_order=any_order),
    )
    if content_found != content_expected:
        lines = unified_diff(
            list(_lines(content_expected)),
            list(_lines(content_found)),
            "expected",
            "found",
            "",
            "",
            2,
        )
        raise AssertionError("the documents differ\n" + "\n".join(lines))


def _lines(inside: "_Content | str", indent: str = "") -> Iterator[str]:
    if isinstance(inside, str):
        yield f"{indent}{inside!r}"
        return
    tag, attributes, children = inside
    shown = "".join(f" {name}={value!r}" for name, value in attributes)
    name = tag.replace(f"{{{HL7}}}", "") if tag.startswith("{") else f"{{}}{tag}"
    yield f"{indent}<{name}{shown}>"
    for child in children:
        yield from _lines(child, indent + "  ")
