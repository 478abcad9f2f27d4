"""The differences between two XML documents as trees, without knowledge of appointments.

This checks the reader and the writer independently, so it shares no code with them. It ignores
comments and processing instructions, white space between elements, attributes that repeat CDA's
defaults, and the order of siblings of different names, which is free in names and addresses and
fixed by the schema elsewhere. In the readable text, order and the white space around words count.
"""

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from attrs import frozen
from lxml import etree

Element = etree._Element

_HL7 = "{urn:hl7-org:v3}"
_PREFIXES = {
    _HL7: "",
    "{urn:hl7-org:sdtc}": "sdtc:",
    "{http://www.w3.org/2001/XMLSchema-instance}": "xsi:",
}
_XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_READABLE = (f"{_HL7}section", f"{_HL7}text")
_MARKUP = ("br", "content", "footnote", "footnoteRef", "linkHtml", "renderMultiMedia", "sub", "sup")
_INLINE = frozenset(f"{_HL7}{name}" for name in _MARKUP)

# The defaults of attributes in the CDA schema, with their elements.
_BY_DEFAULT = (
    ("classCode=ACT", "order serviceEvent"),
    ("classCode=ASSIGNED", "assignedAuthor assignedCustodian assignedEntity intendedRecipient"),
    ("classCode=CONS", "consent"),
    ("classCode=DOCBODY", "nonXMLBody structuredBody"),
    ("classCode=DOCCLIN", "ClinicalDocument parentDocument"),
    ("classCode=DOCSECT", "section"),
    ("classCode=ENT", "playingEntity scopingEntity"),
    ("classCode=OBS", "criterion"),
    (
        "classCode=ORG determinerCode=INSTANCE",
        "providerOrganization receivedOrganization representedCustodianOrganization "
        "representedOrganization wholeOrganization",
    ),
    ("classCode=PART", "asOrganizationPartOf"),
    ("classCode=PAT", "patientRole"),
    ("classCode=PSN determinerCode=INSTANCE", "assignedPerson associatedPerson patient"),
    ("classCode=ROL", "participantRole"),
    ("contextConductionInd=true", "component entry entryRelationship"),
    ("contextControlCode=OP", "author dataEnterer informant participant recordTarget"),
    ("determinerCode=INSTANCE", "playingEntity scopingEntity"),
    (
        "moodCode=EVN",
        "ClinicalDocument consent nonXMLBody parentDocument section serviceEvent structuredBody",
    ),
    ("moodCode=EVN.CRT", "criterion"),
    ("typeCode=AUT", "author"),
    ("typeCode=AUTH", "authorization"),
    ("typeCode=COMP", "component entry"),
    ("typeCode=CST", "custodian"),
    ("typeCode=DOC", "documentationOf"),
    ("typeCode=PRCN", "precondition"),
    ("typeCode=RCT", "recordTarget"),
)


def _defaults() -> dict[str, dict[str, str]]:
    """The table above, by element."""
    by_element: dict[str, dict[str, str]] = {}
    for attributes, names in _BY_DEFAULT:
        for name in names.split():
            for attribute in attributes.split():
                key, _, value = attribute.partition("=")
                by_element.setdefault(f"{_HL7}{name}", {})[key] = value
    # the performer of an encounter has a type by default, that of a service event has none
    by_element[f"{_HL7}encounter/{_HL7}performer"] = {"typeCode": "PRF"}
    return by_element


DEFAULTS = _defaults()


class Kind(StrEnum):
    """The kind of a difference of the second document from the first."""

    LOST = "lost"
    ADDED = "added"
    CHANGED = "changed"
    ORDER = "order"


@frozen
class Difference:
    """One difference between two documents.

    Args:
        kind: the kind of difference.
        path: its path in the first document; for an addition, in the second.
        before: the content in the first document, or None.
        after: the content in the second document, or None.
    """

    kind: Kind
    path: str
    before: str | None = None
    after: str | None = None


def differences(before: bytes, after: bytes) -> list[Difference]:
    """The differences of an XML document from another."""
    first, second = _parse(before), _parse(after)
    if first.tag != second.tag:
        path = f"/{_shown(first.tag)}"
        return [Difference(Kind.CHANGED, path, _xml(first), _xml(second))]
    return list(_compare(first, second))


def _parse(data: bytes) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(data, parser)


def _compare(first: Element, second: Element) -> Iterator[Difference]:
    """Two elements of one name."""
    yield from _compare_attributes(first, second)
    if _is_readable(first):
        if _content(first) != _content(second):
            yield Difference(Kind.CHANGED, _path(first), _xml(first), _xml(second))
        return
    if _texts(first) != _texts(second):
        before, after = (" ".join(_texts(element)) or None for element in (first, second))
        yield Difference(_kind(before, after), f"{_path(first)}/text()", before, after)
    for tag in dict.fromkeys(child.tag for element in (first, second) for child in element):
        yield from _compare_siblings(list(first.iterchildren(tag)), list(second.iterchildren(tag)))


def _compare_attributes(first: Element, second: Element) -> Iterator[Difference]:
    ours, theirs = _attributes(first), _attributes(second)
    for name in dict.fromkeys((*ours, *theirs)):
        before, after = ours.get(name), theirs.get(name)
        if before != after:
            path = f"{_path(first)}/@{_shown(name)}"
            yield Difference(_kind(before, after), path, before, after)


def _compare_siblings(first: list[Element], second: list[Element]) -> Iterator[Difference]:
    """The children of one name in both."""
    ours, theirs = list(map(_content, first)), list(map(_content, second))
    if ours == theirs:
        return
    if Counter(ours) == Counter(theirs):
        yield Difference(Kind.ORDER, _path(first[0]).rpartition("[")[0])
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, ours, theirs, False).get_opcodes():
        if tag == "equal":
            continue
        pairs = min(i2 - i1, j2 - j1)
        for one, other in zip(first[i1 : i1 + pairs], second[j1 : j1 + pairs], strict=True):
            yield from _compare(one, other)
        for lost in first[i1 + pairs : i2]:
            yield Difference(Kind.LOST, _path(lost), before=_xml(lost))
        for added in second[j1 + pairs : j2]:
            yield Difference(Kind.ADDED, _path(added), after=_xml(added))


def _kind(before: object, after: object) -> Kind:
    if before is None:
        return Kind.ADDED
    return Kind.LOST if after is None else Kind.CHANGED


# --- what counts -----------------------------------------------------------------------------


def _content(element: Element, is_readable: bool = False) -> tuple[Any, ...]:
    """The significant content of an element; equal elements have equal contents."""
    is_readable = is_readable or _is_readable(element)
    children = [_content(child, is_readable) for child in element]
    if is_readable:
        texts = _texts_between(element)
    else:
        texts = _texts(element)
        children.sort(key=lambda content: str(content[0]))
    attributes = sorted(_attributes(element).items())
    return (element.tag, tuple(attributes), tuple(texts), tuple(children))


def _is_readable(element: Element) -> bool:
    """True for the readable text of a section."""
    parent = element.getparent()
    return parent is not None and (parent.tag, element.tag) == _READABLE


def _attributes(element: Element) -> dict[str, str]:
    """The attributes, including defaults."""
    parent = element.getparent()
    in_parent = "" if parent is None else f"{parent.tag}/{element.tag}"
    defaults = DEFAULTS.get(element.tag) or DEFAULTS.get(in_parent) or {}
    attributes = {**defaults, **{str(k): str(v) for k, v in element.attrib.items()}}
    if _XSI_TYPE in attributes:  # a qualified name, whose prefix does not matter
        prefix, _, name = attributes[_XSI_TYPE].rpartition(":")
        attributes[_XSI_TYPE] = f"{{{element.nsmap.get(prefix or None)}}}{name}"
    return attributes


def _texts(element: Element) -> list[str]:
    """The words right inside an element, without the white space between its children."""
    return [text for text in _pieces(element) if text.strip()]


def _texts_between(element: Element) -> list[str]:
    """The same for the readable text, where white space beside inline markup counts as a blank."""
    has_inline = any(child.tag in _INLINE for child in element)
    return [
        text if text.strip() else (" " if text and has_inline else "") for text in _pieces(element)
    ]


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        yield child.tail or ""


# --- what is shown ---------------------------------------------------------------------------


def _path(element: Element) -> str:
    """The path of an element, with its position if siblings have the same name."""
    parent = element.getparent()
    step = f"/{_shown(element.tag)}"
    if parent is None:
        return step
    same = list(parent.iterchildren(element.tag))
    position = f"[{same.index(element) + 1}]" if len(same) > 1 else ""
    return f"{_path(parent)}{step}{position}"


def _shown(name: str) -> str:
    """A name with the prefix that is usual for its namespace."""
    for namespace, prefix in _PREFIXES.items():
        if name.startswith(namespace):
            return prefix + name.removeprefix(namespace)
    return name


def _xml(element: Element) -> str:
    """An element on one line."""
    return " ".join(etree.tostring(element, encoding="unicode", with_tail=False).split())
