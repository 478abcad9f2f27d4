"""Written documents after random edits, the way that other people's documents differ from them."""

from collections.abc import Callable
from typing import NamedTuple

from hypothesis import note
from hypothesis import strategies as st
from lxml import etree

import apd
from tests import samples
from tests.cda.comparison import XSI_TYPE
from tests.cda.editing import HL7, WRITTEN, XSI, parsed

DOCUMENTS = {"plain": apd.dumps(samples.document()), "full": WRITTEN}

# What is put in, and whether siblings of other names may now stand where the schema has them not.
INSERTED = [
    "<note/>",
    '<v:note xmlns:v="urn:v" a="1">x<v:b/>y</v:note>',
    '<sdtc:note value="1"/>',
    '<note xmlns="">x</note>',
    "<note> <b/> </note>",
]
KNOWN = [
    '<id root="1.2.3" extension="4"/>',
    '<templateId root="1.2.3"/>',
    "<name>Ida</name>",
    '<telecom value="tel:1"/>',
    "<addr><city>Odense</city></addr>",
    '<code code="A" codeSystem="1.2"/>',
    '<effectiveTime value="20260305"/>',
    "<author><assignedAuthor/></author>",
    '<participant typeCode="LOC"><participantRole/></participant>',
    "<precondition><criterion/></precondition>",
    "<text>x</text>",
]
NAMES = [
    "root", "extension", "value", "code", "codeSystem", "displayName", "use", "nullFlavor",
    "typeCode", "classCode", "moodCode", "assigningAuthorityName", "ID", "{urn:v}a",
    "{http://www.w3.org/XML/1998/namespace}lang",
]  # fmt: skip
VALUES = [
    "", " ", "1.2.208.176.1.1", "1.2.208.184.14.1", "REFB", "RESB", "NI", "tel:1", "H", "WP DIR",
    "2019-09-10", "20260305101500+0100", "20260329023000", "LOC", "DST", "SBJ", "RSON", "active",
    "RegionalAppointment", "0503129900", "Ærø <&> \" '", "\t\n", "true",
]  # fmt: skip
TEXTS = ["", " ", "x", " x\n", "Ærø <&>", "\n\n"]

# An edit of an element; tells whether it may have put siblings into another order.
Mutation = Callable[[etree._Element, st.DrawFn], bool]


def take_out(element: etree._Element, draw: st.DrawFn) -> bool:
    """Remove it, and the text behind it."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
    return False


def double(element: etree._Element, draw: st.DrawFn) -> bool:
    """Put the same once more behind it."""
    if element.getparent() is not None:
        element.addnext(etree.fromstring(etree.tostring(element, with_tail=False)))
    return False


def swap(element: etree._Element, draw: st.DrawFn) -> bool:
    """Let it change places with the next."""
    following = element.getnext()
    if following is None:
        return False
    tail, element.tail = element.tail, None
    following.addnext(element)
    element.tail = tail
    return following.tag != element.tag


def give_attribute(element: etree._Element, draw: st.DrawFn) -> bool:
    """Set an attribute, one that it has or another."""
    has = [name for name in map(str, element.attrib) if "XMLSchema" not in name]
    element.set(draw(st.sampled_from([*has, *NAMES])), draw(st.sampled_from(VALUES)))
    return False


def take_attribute(element: etree._Element, draw: st.DrawFn) -> bool:
    """Take an attribute away."""
    if element.attrib:
        name = draw(st.sampled_from(sorted(map(str, element.attrib))))
        del element.attrib[name]
    return False


def put_foreign(element: etree._Element, draw: st.DrawFn) -> bool:
    """Put an element into it that nobody knows."""
    index = draw(st.integers(0, len(element)))
    element.insert(index, parsed(draw(st.sampled_from(INSERTED))))
    return False


def put_known(element: etree._Element, draw: st.DrawFn) -> bool:
    """Put an element into it that is known, there or elsewhere."""
    index = draw(st.integers(0, len(element)))
    element.insert(index, parsed(draw(st.sampled_from(KNOWN))))
    return True


def say(element: etree._Element, draw: st.DrawFn) -> bool:
    """Give it another text."""
    element.text = draw(st.sampled_from(TEXTS))
    return False


def say_behind(element: etree._Element, draw: st.DrawFn) -> bool:
    """Put a text behind it."""
    if element.getparent() is not None:
        element.tail = draw(st.sampled_from(TEXTS))
    return False


MUTATIONS: list[Mutation] = [
    take_out,
    double,
    swap,
    give_attribute,
    take_attribute,
    put_foreign,
    put_known,
    say,
    say_behind,
]


def elements_of(root: etree._Element) -> list[etree._Element]:
    """All elements but those of the readable text, which has tests of its own."""
    texts = {inside for text in root.iterfind(".//{*}section/{*}text") for inside in text.iter()}
    return [element for element in root.iter() if element not in texts]


def as_it_is(root: etree._Element) -> etree._Element:
    """HL7's namespace as the default, as nearly everybody has it."""
    return root


def under_a_prefix(root: etree._Element) -> etree._Element:
    """The same, with HL7's namespace under a prefix."""
    moved = etree.Element(root.tag, dict(root.attrib), {"h": HL7, "i": XSI})
    moved.text = root.text
    moved.extend(list(root))
    etree.cleanup_namespaces(moved)
    for element in moved.iter("{*}value"):
        if XSI_TYPE in element.attrib:
            element.set(XSI_TYPE, f"h:{element.get(XSI_TYPE)}")
    return moved


class Edited(NamedTuple):
    """A document after some edits.

    Args:
        data: the document.
        is_disordered: siblings of different names may stand where the schema has them not.
    """

    data: bytes
    is_disordered: bool


@st.composite
def edited_documents(draw: st.DrawFn) -> Edited:
    """Written documents after one to four random edits."""
    root = etree.fromstring(DOCUMENTS[draw(st.sampled_from(sorted(DOCUMENTS)))])
    is_disordered = False
    for _ in range(draw(st.integers(1, 4))):
        elements = elements_of(root)
        element = elements[draw(st.integers(0, len(elements) - 1))]
        mutation = draw(st.sampled_from(MUTATIONS))
        note(f"{mutation.__name__} {root.getroottree().getelementpath(element)}")
        is_disordered |= mutation(element, draw)
    style = draw(st.sampled_from([as_it_is, as_it_is, under_a_prefix]))
    data = etree.tostring(style(root), encoding="UTF-8", xml_declaration=True)
    return Edited(data, is_disordered)
