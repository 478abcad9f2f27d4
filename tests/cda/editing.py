"""Written documents, edited the way that other people's documents differ from them.

    edited(WRITTEN, remove("author/time"), put("recordTarget", 0, "<realmCode code='DK'/>"))

A path leads from the root by plain names, with a position where there are several of a name:
``recordTarget/patientRole/telecom[2]``.
"""

from collections.abc import Callable

from lxml import etree

import apd
from tests import samples

HL7 = "urn:hl7-org:v3"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SECTION = "component/structuredBody/component/section"
ENCOUNTER = f"{SECTION}/entry/encounter"
PATIENT_ROLE = "recordTarget/patientRole"

DOCUMENT = samples.full_document()
"""A document with everything that can be told."""
WRITTEN = apd.dumps(DOCUMENT)
"""The same, written."""

Edit = Callable[[etree._Element], None]


def at(root: etree._Element, path: str) -> etree._Element:
    """The element at a path."""
    if not path:
        return root
    steps = "/".join(f"{{{HL7}}}{step}" for step in path.split("/"))
    element = root.find(steps)
    assert element is not None, path
    return element


def edited(data: bytes, *edits: Edit) -> bytes:
    """A document after some edits, in their order."""
    root = etree.fromstring(data)
    for edit in edits:
        edit(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def parsed(xml: str) -> etree._Element:
    """An element; plain names are HL7's, and ``xsi`` is declared."""
    around = f'<x xmlns="{HL7}" xmlns:xsi="{XSI}" xmlns:sdtc="urn:hl7-org:sdtc">{xml}</x>'
    element = etree.fromstring(around)[0]
    element.tail = None
    return element


def put(path: str, index: int, xml: str) -> Edit:
    """Put an element into the one at a path, before its child of that index."""
    return lambda root: at(root, path).insert(index, parsed(xml))


def put_after(path: str, xml: str) -> Edit:
    """Put an element right after the one at a path."""
    return lambda root: at(root, path).addnext(parsed(xml))


def put_last(path: str, xml: str) -> Edit:
    """Put an element at the end of the one at a path."""
    return lambda root: at(root, path).append(parsed(xml))


def remove(path: str) -> Edit:
    """Take an element out."""

    def edit(root: etree._Element) -> None:
        element = at(root, path)
        parent = element.getparent()
        assert parent is not None
        element.tail = None
        parent.remove(element)

    return edit


def replace(path: str, xml: str) -> Edit:
    """Put another element where one stands."""

    def edit(root: etree._Element) -> None:
        put_after(path, xml)(root)
        remove(path)(root)

    return edit


def give(path: str, **attributes: str | None) -> Edit:
    """Give an element attributes; None takes one away."""

    def edit(root: etree._Element) -> None:
        element = at(root, path)
        for name, value in attributes.items():
            element.attrib.pop(name, "")
            if value is not None:
                element.set(name, value)

    return edit


def say(path: str, text: str) -> Edit:
    """Give an element another text."""

    def edit(root: etree._Element) -> None:
        at(root, path).text = text

    return edit


def move_after(path: str, target: str) -> Edit:
    """Move an element right behind another."""

    def edit(root: etree._Element) -> None:
        element = at(root, path)
        element.tail = None
        at(root, target).addnext(element)

    return edit
