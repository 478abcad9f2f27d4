"""The building blocks of ebRIM 3.0: slots, names, classifications, external identifiers.

Writers return XML as text, with the prefix ``rim``; readers take elements, and ignore unknown
content. Source: OASIS ebRIM 3.0; IHE ITI TF-3, section 4.2.3.1; of the bytes in a message,
W3C XOP 1.0.
"""

import base64
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote, unquote

from apd.cda.xml import Element, attribute, content
from apd.errors import InvalidValue
from apd.model.code import Code
from apd.model.validators import one_line
from apd.xds.ebxml.vocabulary import OBJECT_TYPE, RIM, URN_OID, XDS_B, XOP


def rim(name: str) -> str:
    """The name of an ebRIM element in the notation of lxml."""
    return f"{{{RIM}}}{name}"


_SLOT, _VALUE_LIST, _VALUE = rim("Slot"), rim("ValueList"), rim("Value")
_NAME, _LOCALIZED = rim("Name"), rim("LocalizedString")
_CLASSIFICATION, _EXTERNAL_IDENTIFIER = rim("Classification"), rim("ExternalIdentifier")


class Part(NamedTuple):
    """The identification of a part of an object, by its scheme, attribute or slot."""

    owner: str
    id: str
    key: str
    label: str = ""


# --- slots -----------------------------------------------------------------------------------


def write_slot(name: str, values: Iterable[str]) -> str:
    """A list of values with a name."""
    inside = "".join([f"<rim:Value>{content(value)}</rim:Value>" for value in values])
    return f'<rim:Slot name="{attribute(name)}"><rim:ValueList>{inside}</rim:ValueList></rim:Slot>'


def each_slot(element: Element) -> Iterator[tuple[str, list[str]]]:
    """The slots in order: name and values, without empty ones."""
    for slot in element.iterchildren(_SLOT):
        values = [
            value.text.strip()
            for value_list in slot.iterchildren(_VALUE_LIST)
            for value in value_list.iterchildren(_VALUE)
            if value.text and value.text.strip()
        ]
        yield one_line(slot.get("name", "")), values


def read_slots(element: Element) -> dict[str, list[str]]:
    """The values of each slot, without empty ones; the first of several slots with a name."""
    slots: dict[str, list[str]] = {}
    for name, values in each_slot(element):
        slots.setdefault(name, values)
    return slots


# --- names -----------------------------------------------------------------------------------


def write_name(text: str | None) -> str:
    """The name of an object or a code as XML; empty for None."""
    if text is None:
        return ""
    value = attribute(text)
    return (
        f'<rim:Name><rim:LocalizedString charset="UTF-8" value="{value}" xml:lang="da-DK"/>'
        "</rim:Name>"
    )


def read_name(element: Element) -> str | None:
    """The name of an object or a code: the first text of its name element."""
    for name in element.iterchildren(_NAME):
        for text in name.iterchildren(_LOCALIZED):
            return text.get("value")
    return None


# --- classifications -------------------------------------------------------------------------


def write_classification(part: Part, node: str, inside: str) -> str:
    """A classification by a scheme, with its code (node) and content."""
    return (
        f'<rim:Classification classificationScheme="{part.key}"'
        f' classifiedObject="{attribute(part.owner)}" id="{attribute(part.id)}"'
        f' nodeRepresentation="{attribute(node)}"'
        f' objectType="{OBJECT_TYPE}Classification">{inside}</rim:Classification>'
    )


def write_code(part: Part, code: Code) -> str:
    """A code, its system and its name."""
    inside = write_slot("codingScheme", [code.system]) + write_name(code.display)
    return write_classification(part, code.code, inside)


def read_code(element: Element) -> Code | None:
    """The code of a classification, if it states its system."""
    slots = read_slots(element)
    # an example of the profile leaves the slot's name empty
    system = slots.get("codingScheme") or slots.get("") or [""]
    try:
        return Code(
            element.get("nodeRepresentation") or "",
            system[0].removeprefix(URN_OID),
            read_name(element),
        )
    except InvalidValue:
        return None


def write_node(owner: str, id: str, node: str) -> str:
    """A classification of the object itself, as a submission set has."""
    return (
        f'<rim:Classification classificationNode="{node}" classifiedObject="{attribute(owner)}"'
        f' id="{attribute(id)}" objectType="{OBJECT_TYPE}Classification"/>'
    )


def classifications(element: Element, scheme: str) -> Iterator[Element]:
    """The classifications of an object by one scheme."""
    for found in element.iterchildren(_CLASSIFICATION):
        if found.get("classificationScheme") == scheme:
            yield found


# --- external identifiers --------------------------------------------------------------------


def write_external_identifier(part: Part, value: str) -> str:
    """An external identifier of an object."""
    return (
        f'<rim:ExternalIdentifier id="{attribute(part.id)}"'
        f' identificationScheme="{part.key}"'
        f' objectType="{OBJECT_TYPE}ExternalIdentifier"'
        f' registryObject="{attribute(part.owner)}" value="{attribute(value)}">'
        f"{write_name(part.label)}</rim:ExternalIdentifier>"
    )


def external_identifiers(element: Element, scheme: str) -> Iterator[str]:
    """The values of the external identifiers of an object by one scheme."""
    for found in element.iterchildren(_EXTERNAL_IDENTIFIER):
        if found.get("identificationScheme") == scheme:
            yield (found.get("value") or "").strip()


# --- the bytes of a document: beside the message in its package, or in it as base64 --------------


DOCUMENT = f"{{{XDS_B}}}Document"
_INCLUDE = f"{{{XOP}}}Include"


def write_include(content_id: str) -> str:
    """The reference to the part of the package that holds the bytes."""
    return f'<xop:Include href="cid:{quote(content_id, safe="@")}" xmlns:xop="{XOP}"/>'


def read_content(document: Element, parts: Mapping[str, bytes]) -> bytes:
    """The bytes that a document refers to in the parts, or contains; empty if they are missing."""
    include = next(document.iterchildren(_INCLUDE), None)
    if include is not None:
        return parts.get(unquote(include.get("href", "").removeprefix("cid:")), b"")
    try:
        return base64.b64decode("".join((document.text or "").split()), validate=True)
    except ValueError:
        return b""
