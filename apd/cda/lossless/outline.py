"""Where the header and the appointment are in a text, found without splitting it at all its tags.

A text that is not laid out as documents usually are has no outline; then all of it is split.
"""

import re
from collections.abc import Collection
from functools import cached_property
from typing import NamedTuple

from apd.cda.grammar.notation import NAMESPACES
from apd.cda.loader import TO_SECTION
from apd.cda.lossless.markup import (
    HIDDEN,
    NOTHING_DECLARED,
    Edit,
    Element,
    Markup,
    Scope,
    edited,
    scope_within,
)
from apd.cda.xml import HL7
from apd.model.document import Layout
from apd.standard.paths import ROOT

_ROOT = ROOT.name
_ROOT_TAG = re.compile(rf"\A[^<]*+<({_ROOT}\s[^<>]*)>")
_TAG = r"\s[^<>]*[^<>/]|"  # what an element has that is not empty
_TO_SECTION = re.compile(
    "".join(rf"<{name}(?:{_TAG})>\s*+" for name in TO_SECTION[:-1]) + rf"(<section(?:{_TAG})>)"
)
_ENCOUNTER = re.compile(rf"<encounter(?:{_TAG})>")
_CLOSES_ENCOUNTER = re.compile(r"</encounter\s*+>")
_CLOSED_BEHIND = ("entry", *reversed(TO_SECTION), _ROOT)
_closes_rest = re.compile(
    "".join(rf"\s*+</{name}\s*+>" for name in _CLOSED_BEHIND) + r"\s*+\Z"
).match


class _Places(NamedTuple):
    """Where the parts of a text start and end.

    Args:
        root: where the root starts.
        header: behind the start tag of the root.
        component: where the header ends.
        section: where the section of the appointment starts.
        encounter: where the appointment starts.
        end: behind the appointment.
    """

    root: int
    header: int
    component: int
    section: int
    encounter: int
    end: int


class Outline:
    """The header and the appointment of a text."""

    def __init__(self, text: str, seen: str, scope: Scope, places: _Places) -> None:
        self._text, self._seen, self._scope, self._places = text, seen, scope, places

    @cached_property
    def header(self) -> Element | None:
        """The root, which has nothing but the header in it."""
        part = self._places.root, self._places.component
        root = Element(Markup(self._text, self._seen, part), 0, NOTHING_DECLARED)
        return root if root.markup.opened == [0] else None

    @cached_property
    def _body(self) -> tuple[Markup, int] | None:
        """The section to the end of the appointment, and which tag opens that; None if unclear."""
        places = self._places
        markup = Markup(self._text, self._seen, (places.section, places.end))
        number = self._seen.count("<", places.section, places.encounter)
        is_whole = markup.closes[number] == len(markup.pieces) - 1
        return (markup, number) if is_whole else None

    @cached_property
    def encounter(self) -> Element | None:
        """The appointment itself."""
        return self._body and Element(*self._body, self._scope)

    @cached_property
    def section(self) -> Element | None:
        """The section that the appointment is in, to the end of that."""
        return self._body and Element(self._body[0], 0, self._scope)

    def excerpt(
        self, edits: list[Edit], header: Collection[str], encounter: Collection[str]
    ) -> str | None:
        """The root after edits with no more in it than is asked for; None if that is not known.

        Args:
            edits: the edits.
            header: the names of elements of the root.
            encounter: those of elements of the appointment; without any, it is left out.
        """
        places = self._places
        parts = [self._text[places.root : places.header]]
        if header:
            if self.header is None:
                return None
            parts.append(_with(self.header, header, edits, (places.header, places.component)))
        if encounter:
            if self.encounter is None:
                return None
            parts.append(_with(self.encounter, encounter, edits, (places.encounter, places.end)))
        return "".join((*parts, f"</{_ROOT}>"))


def _with(
    element: Element, names: Collection[str], edits: list[Edit], part: tuple[int, int]
) -> str:
    """A part of a text after edits, with not much but the elements of some names in an element."""
    others = [
        Edit(start, end, "")
        for start, end in element.others(tuple(names))
        if not any(start < edit.start < end for edit in edits)
    ]
    return edited(element.markup.text, [*edits, *others], part)


def outline_of(text: str, seen: str) -> Outline | None:
    """The outline of a text that libxml2 has read; None if it is laid out in an unusual way.

    Args:
        text: the text.
        seen: the same without what is hidden.
    """
    root = _ROOT_TAG.search(seen)
    if root is None or seen.find("xmlns", root.end()) > 0:
        return None
    scope = scope_within(root[1], NOTHING_DECLARED)
    if scope.get("") != HL7 or list(scope.values()).count(HL7) > 1:
        return None  # not all names without a prefix are HL7's, or some with one are
    places = _places(seen, root.start(1) - 1, root.end())
    return None if places is None else Outline(text, seen, scope, places)


def outline_at(text: str, layout: Layout) -> Outline:
    """The outline of a text whose layout the grammar knows.

    What is in the readable text is hidden, so that it is not split.
    """
    root = text.index(f"<{_ROOT}")
    tag = text[root : layout.header]
    declared = {one.prefix: one.uri for one in NAMESPACES if f' {one.name}="' in tag}
    within = text.rindex("<component", 0, layout.section)
    component = text.rindex("<component", 0, within)
    end = text.rindex(">", 0, layout.end) + 1
    places = _Places(root, layout.header, component, layout.section, layout.encounter, end)
    inside, closes = text.index(">", layout.text) + 1, text.rindex("<", 0, layout.text_end)
    seen = "".join((text[:inside], HIDDEN * (closes - inside), text[closes:]))
    return Outline(text, seen, {**NOTHING_DECLARED, **declared}, places)


def _places(seen: str, root: int, header: int) -> _Places | None:
    """Where the parts are, if nothing is behind the appointment and nothing hides its section."""
    start = seen.find("<encounter", header)
    component = seen.find("<component", header, max(start, 0))
    to_section = _TO_SECTION.match(seen, component) if component > 0 else None
    end = _CLOSES_ENCOUNTER.search(seen, start)
    if to_section is None or end is None or not _closes_rest(seen, end.end()):
        return None
    section = to_section.start(1)
    if not _ENCOUNTER.match(seen, start) or seen.find("</section", section, start) > 0:
        return None
    return _Places(root, header, component, section, start, end.end())
