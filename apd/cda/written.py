"""Elements as they are written in a document that the grammar admits, and their attributes.

The grammar (:mod:`apd.cda.grammar`) keeps them as text, in the notation of canonical XML. What it
admits is so regular that a few expressions find what is in them; nothing else may be given here.
"""

import re
from collections.abc import Callable
from typing import Protocol, TypeVar

from apd.cda.grammar.kept import KeptParts, unadmitted
from apd.cda.remembering import remembered
from apd.cda.xml import DEFAULT_NAMESPACE, XSI_NAMESPACE, Element, hl7, parse_fragment
from apd.limits import MAX_REMEMBERED

T = TypeVar("T")


class HasAttributes(Protocol):
    """What has the attributes of an element, by their names: the element, or a dictionary."""

    def get(self, name: str, /) -> str | None:
        """The value of one, or None."""
        ...


_ATTRIBUTES = r'((?>(?: [\w:]++="[^"]*+")*))'
_start_tags = re.compile(rf"<\w++{_ATTRIBUTES}").findall
_attributes = re.compile(r' ([\w:]++)="([^"]*+)"').findall
_parts = re.compile(r'<(\w++)(?: nullFlavor="(\w++)")?[^<>]*+>([^<]*+)').findall


_REFERENCES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))


def text_of(written: str) -> str:
    """A text or a value, with the characters that its references mean."""
    if "&" in written:
        for reference, character in _REFERENCES:  # the last one makes no other reference
            written = written.replace(reference, character)
    return written


def attributes_in(written: str) -> list[dict[str, str]]:
    """The attributes of each of several elements."""
    if not written:
        return []
    tags = [written] if written.count("<") == 1 else _start_tags(written)
    found = [dict(_attributes(tag)) for tag in tags]
    if "&" in written:
        return [{name: text_of(value) for name, value in one.items()} for one in found]
    return found


def parts_in(written: str) -> tuple[list[tuple[str, str, str]], str]:
    """The parts of a name or an address, each its name in lxml, its text and its null flavor.

    And the text of the element itself, if it has none.
    """
    inside = written.partition(">")[2]
    read = text_of if "&" in inside else str
    parts = [(hl7(name), read(text), flavor) for name, flavor, text in _parts(inside)]
    return parts, "" if parts else read(inside.partition("<")[0])


def recalled_text(read: Callable[[Element], T], written: str) -> T | None:
    """As :func:`apd.cda.xml.recalled`, of what the grammar keeps; None if it is nothing."""
    if len(written) > MAX_REMEMBERED:
        return read(_elements_of(written)[0])
    # typeshed's lru_cache forgets the type of what is returned
    return _recalled(read, written) if written else None  # type: ignore[return-value]


@remembered
def _recalled(read: Callable[[Element], object], written: str) -> object:
    return read(_elements_of(written)[0])


def unadmitted_elements(kept: KeptParts, name: str) -> list[Element]:
    """The elements that the grammar keeps under a name; none where it admits what is in them."""
    return _elements_of(kept[name]) if kept[unadmitted(name)] else []


def _elements_of(written: str) -> list[Element]:
    """The elements themselves."""
    return list(parse_fragment(f"<_{DEFAULT_NAMESPACE}{XSI_NAMESPACE}>{written}</_>"))
