"""A report of what the XML that was read states and the model does not.

Attributes that only repeat CDA's defaults make no difference, nor do white space between elements
and the order of elements of different names, which the schema determines. Each difference has an
action that undoes it.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cached_property
from operator import methodcaller
from typing import NamedTuple

from lxml import etree

from apd.cda import narrative
from apd.cda.loader import TO_SECTION, open_root
from apd.cda.lossless.canonical import Canonical
from apd.cda.lossless.markup import (
    NOTHING_DECLARED,
    Element,
    Markup,
    decoded,
    root_of,
    untouched,
    without_hidden,
)
from apd.cda.lossless.matching import Found, match
from apd.cda.lossless.merging import Merger
from apd.cda.lossless.outline import Outline, outline_at, outline_of
from apd.cda.writer import DECLARATION, ROOT_TAG, write, write_parts
from apd.cda.xml import SDTC, XSI, parse_fragment
from apd.model.document import AppointmentDocument, Difference, DocumentSource, Layout, Unmapped
from apd.standard.releases import Release

_OWN_START = f"{DECLARATION}\n{ROOT_TAG}\n  <realmCode".encode()
_TEXT_PATH = "/".join(("/ClinicalDocument", *TO_SECTION, "text"))
_BETWEEN = re.compile(r">\s+<")
# possessive, and from the start of a word on, so that no letter is looked at for each before it
_PREFIX = re.compile(r"""(?<![^\s<>/"'=:])([^\s<>/"'=:]++):""")
_needs_reference = re.compile("[&<>\"']").search
_PLAIN_TAG = re.compile(r"<[^:/<>\s]++[\s/>]")


class Deviation(NamedTuple):
    """A difference, and the action that replaces it with the writer's form."""

    piece: Unmapped
    undo: Callable[[Merger], None]


class Theirs:
    """The XML that was read, migrated to a release."""

    def __init__(
        self,
        text: str,
        codec: str,
        model: AppointmentDocument,
        release: Release,
        layout: Layout | None = None,
    ) -> None:
        self.text, self.codec, self.model, self.release = text, codec, model, release
        self._layout = layout

    @cached_property
    def _seen(self) -> str:
        return without_hidden(self.text)

    @cached_property
    def root(self) -> Element:
        """The root, with everything in it."""
        return Element(Markup(self.text, self._seen), 0, NOTHING_DECLARED)

    @property
    def indent(self) -> str:
        """What the first element in the root is indented by."""
        if self._layout is None:
            seen = self._seen
            first = seen.find("<", seen.find("<") + 1)
        else:
            seen = self.text
            first = seen.find("<", self._layout.header)
        indent = seen[seen.rfind(">", 0, first) + 1 : first].rpartition("\n")[2]
        return indent if indent.isspace() else "  "

    @cached_property
    def outline(self) -> Outline | None:
        """Where header and appointment are, if that can be seen without the root."""
        if self._layout is not None:
            return outline_at(self.text, self._layout)
        return outline_of(self.text, self._seen)

    @property
    def header(self) -> Element:
        """The root, which may have nothing but the header in it."""
        return (self.outline and self.outline.header) or self.root

    @cached_property
    def cells(self) -> narrative.Cells:
        """The cells of the readable text as the writer has it."""
        return narrative.cells(self.model.appointment)

    @cached_property
    def summary(self) -> str:
        """What the readable text may speak of."""
        return narrative.summary(self.cells, self.model.appointment.patient)

    @cached_property
    def _path(self) -> list[Element]:
        """The appointment itself, the first encounter as for the reader, behind all it is in."""
        path = self.root.path_to("encounter")
        if not path:
            raise LookupError("there is no encounter")
        return path

    @property
    def encounter(self) -> Element:
        """The appointment itself."""
        return (self.outline and self.outline.encounter) or self._path[-1]

    @property
    def section(self) -> Element | None:
        """The section that the appointment is in."""
        section = self.outline and self.outline.section
        return section or next((one for one in reversed(self._path) if one.key == "section"), None)

    @cached_property
    def readable_text(self) -> Element | None:
        """The readable text, in which the elements may be hidden."""
        section = self.section
        texts = [] if section is None else section.named("text")
        return texts[0] if texts else None

    @property
    def text_with_cells(self) -> Element | None:
        """The readable text with all that is in it."""
        text = self.readable_text
        if text is None:
            return None
        return Element(Markup(self.text, self._seen, (text.start, text.end)), 0, text.around)

    @cached_property
    def own_text(self) -> str:
        """The readable text as the writer produces it."""
        return narrative.write_narrative(self.cells)

    @cached_property
    def has_own_text(self) -> bool:
        """Whether the readable text is the writer's own."""
        text = self.readable_text
        if text is None:
            return False
        xml = text.xml
        is_plain = "<!" not in xml and "<?" not in xml
        # what needs no reference stands there as it is
        is_literal = is_plain and "&#" not in xml
        if is_literal and any(one not in xml for one in self.cells if not _needs_reference(one)):
            return False
        own = self.own_text
        return compact(xml) == own or root_of(xml, text.around).content == root_of(own).content


def is_own(source: DocumentSource, model: AppointmentDocument) -> bool:
    """Whether the XML is byte for byte what the writer makes from the model that was read."""
    data = source.data
    return data.startswith(_OWN_START) and data == write(model, source.release)


def open_source(source: DocumentSource, model: AppointmentDocument, release: Release) -> Theirs:
    """The XML that was read, migrated to a release if it is of another."""
    text, codec = decoded(source.data)
    if source.release != release:
        return Theirs(_lifted(text, source, release), codec, model, release)
    return Theirs(text, codec, model, release, source.layout)


def _lifted(text: str, source: DocumentSource, release: Release) -> str:
    """The text with its root lifted; what is around that stays."""
    root = etree.fromstring(source.data, untouched())
    open_root(root, release)
    lifted = etree.tostring(root, encoding="unicode", with_tail=False)
    seen = without_hidden(text)
    start, end = seen.index("<"), seen.rindex(">") + 1
    lifted = lifted.replace("\n", "\r\n") if "\r\n" in text else lifted
    return f"{text[:start]}{lifted}{text[end:]}"


# --- what differs ----------------------------------------------------------------------------


def unmapped_in(source: DocumentSource) -> tuple[Unmapped, ...]:
    """Everything that the XML states and the model as read does not."""
    model = AppointmentDocument(**source.fields)
    if source.release == source.current and is_own(source, model):
        return ()
    theirs = open_source(source, model, source.current)
    # What a release demands and an older one did not have is no peculiarity of this document.
    with_missing = source.release == source.current
    return tuple(d.piece for d in deviations(theirs) if with_missing or not _is_missing(d.piece))


def _is_missing(piece: Unmapped) -> bool:
    return piece.difference is Difference.MISSING


def deviations(theirs: Theirs) -> Iterator[Deviation]:
    """All differences between the XML that was read and the writer's output for the model."""
    base = root_of(write_parts(theirs.model, theirs.release).xml)
    comparison = _Comparison(theirs, base)
    yield from comparison.of_text()
    yield from comparison.inside(theirs.root, base, _Path(None, _Siblings([theirs.root]), 0))


class _Comparison:
    def __init__(self, theirs: Theirs, base: Element) -> None:
        self._theirs = theirs
        self._text = theirs.readable_text
        self._theirs_canonical, self._base_canonical = Canonical(theirs.root), Canonical(base)
        self._own_text = next(
            element for element in _section_of(base).children if element.key == "text"
        )

    def of_text(self) -> Iterator[Deviation]:
        """The readable text, where it is not the writer's own."""
        text = self._text
        if self._theirs.has_own_text:
            return
        section = self._theirs.section
        yield Deviation(
            Unmapped(
                path=_TEXT_PATH,
                difference=Difference.NARRATIVE,
                xml=None if text is None else standing_alone(text, text.xml),
                expected=self._theirs.summary,
            ),
            _leave
            if section is None
            else methodcaller("replace_text", section, self._theirs.cells),
        )

    def inside(self, theirs: Element, base: Element, path: "_Path") -> Iterator[Deviation]:
        """What differs in an element and in what is inside it."""
        there, wanted = theirs.children, base.children
        is_text_apart = bool(there and wanted)
        texts = theirs.texts
        is_other_text = not is_text_apart and texts[0] != base.texts[0]
        if is_other_text or not theirs.states_as(base):
            yield _changed(theirs, base, path, with_text=not is_text_apart)
        if not there and not wanted:
            return
        if base.key == "section":
            there = [child for child in there if not self._is_text(child)]
            wanted = [child for child in wanted if child.number != self._own_text.number]
        found = _match_by_name(wanted, there)
        yield from _in_other_order(wanted, found, path)
        stands_for = {match: number for number, match in found.items()}
        first_text = 0 if is_text_apart else 1
        for number, text in enumerate(texts[first_text:], first_text):
            if text:
                yield _extra(f"{path}/text()", text, methodcaller("drop", theirs.gaps[number]))
        siblings = _Siblings(there)
        for number, child in enumerate(there):
            step = _Path(path, siblings, number)
            if number in stands_for:
                other = wanted[stands_for[number]]
                stated = self._theirs_canonical.of(child)
                if stated is None or stated != self._base_canonical.of(other):
                    yield from self.inside(child, other, step)
            else:
                xml = standing_alone(child, compact(child.xml))
                yield _extra(str(step), xml, methodcaller("take_out", child))
        siblings = _Siblings(wanted)
        for number, element in enumerate(wanted):
            if number not in found:
                yield _missing(theirs, element, _Path(path, siblings, number))

    def _is_text(self, element: Element) -> bool:
        return self._text is not None and element.start == self._text.start


def _section_of(root: Element) -> Element:
    section = root
    for step in TO_SECTION:
        section = section.named(step)[0]
    return section


def _match_by_name(wanted: list[Element], there: list[Element]) -> Found:
    """As :func:`match` has it, for elements of all names at once."""
    keys, other_keys = [one.key for one in wanted], [one.key for one in there]
    if keys == other_keys and len(set(keys)) == len(keys):
        return dict(enumerate(range(len(keys))))
    of_wanted, of_there = _by_key(keys), _by_key(other_keys)
    found: Found = {}
    for key, ours in of_wanted.items():
        theirs = of_there.get(key, [])
        matches = match([wanted[n] for n in ours], [there[n] for n in theirs])
        found.update((ours[one], theirs[other]) for one, other in matches.items())
    return found


def _by_key(keys: list[str]) -> dict[str, list[int]]:
    numbers: dict[str, list[int]] = {}
    for number, key in enumerate(keys):
        numbers.setdefault(key, []).append(number)
    return numbers


def _in_other_order(wanted: list[Element], found: Found, path: "_Path") -> Iterator[Deviation]:
    """Elements of one name that stand in another order than the writer has them."""
    if list(found.values()) == sorted(found.values()):
        return
    for key, numbers in _by_key([element.key for element in wanted]).items():
        order = sorted((n for n in numbers if n in found), key=lambda number: found[number])
        if order != sorted(order):
            piece = Unmapped(
                path=f"{path}/{_shown(key)}",
                difference=Difference.ORDER,
                xml=" ".join(str(numbers.index(number) + 1) for number in order),
                expected=" ".join(str(n + 1) for n in range(len(numbers))),
            )
            yield Deviation(piece, _leave)


def _extra(path: str, xml: str, undo: Callable[[Merger], None]) -> Deviation:
    """An element or a text that the writer has nothing for."""
    return Deviation(Unmapped(path=path, difference=Difference.EXTRA, xml=xml), undo)


def _changed(theirs: Element, base: Element, path: "_Path", *, with_text: bool) -> Deviation:
    """Other attributes or another text than the writer has."""
    piece = Unmapped(
        path=str(path),
        difference=Difference.CHANGED,
        xml=_head(theirs, with_text=with_text),
        expected=_head(base, with_text=with_text),
    )

    def undo(merger: Merger) -> None:
        if not theirs.states_as(base):
            merger.change_attributes(theirs, theirs.attributes, base.attributes)
        if with_text and theirs.texts[0] != base.texts[0]:
            merger.set_text(theirs, base.texts[0])

    return Deviation(piece, undo)


def _missing(theirs: Element, element: Element, path: "_Path") -> Deviation:
    """What the writer has and nothing that was found stands for."""
    xml = standing_alone(element, element.xml)
    piece = Unmapped(path=str(path), difference=Difference.MISSING, expected=xml)
    return Deviation(piece, methodcaller("put_in", theirs, element))


def _leave(_: Merger) -> None:
    """What cannot be undone stays."""


# --- how it is described ---------------------------------------------------------------------


def _shown(key: str) -> str:
    """A name as paths show it."""
    uri, _, local = key.rpartition("}")
    return f"sdtc:{local}" if uri == f"{{{SDTC}" else local


class _Siblings:
    """Elements that stand in one, and the steps of paths to them, made when they are asked for."""

    def __init__(self, elements: list[Element]) -> None:
        self._elements = elements

    @cached_property
    def steps(self) -> list[str]:
        return _steps(self._elements)


class _Path(NamedTuple):
    """The path to one of some siblings."""

    parent: "_Path | None"
    siblings: _Siblings
    number: int

    def __str__(self) -> str:
        return f"{self.parent or ''}/{self.siblings.steps[self.number]}"


def _steps(elements: list[Element]) -> list[str]:
    """The steps of paths to elements: a name, and a position where several have that name."""
    count, seen = Counter(element.key for element in elements), Counter[str]()
    steps = []
    for element in elements:
        key = element.key
        seen[key] += 1
        steps.append(_shown(key) if count[key] == 1 else f"{_shown(key)}[{seen[key]}]")
    return steps


def _head(element: Element, *, with_text: bool) -> str:
    """An element without the elements in it, and without its text if so wanted."""
    start, end = element.gaps[0]
    text = element.markup.text[start:end] if with_text else ""
    head = element.head.rstrip("/ \t\r\n")
    has_text = text and not text.isspace()
    return standing_alone(element, f"<{head}>{text}</{element.name}>" if has_text else f"<{head}/>")


def compact(xml: str) -> str:
    """XML without white space between its tags."""
    return _BETWEEN.sub("><", xml)


def standing_alone(element: Element, xml: str) -> str:
    """An element's XML with only the namespaces that it needs."""
    start = xml.partition(">")[0]
    around = element.around
    used = {*_PREFIX.findall(xml), *([""] if _PLAIN_TAG.search(xml) else [])}
    declared = []
    for prefix in sorted(used & around.keys()):
        attribute, uri = f"xmlns:{prefix}" if prefix else "xmlns", around[prefix]
        if uri and prefix != "xml" and f" {attribute}=" not in start:
            declared.append(f' {attribute}="{uri}"')
    at = 1 + len(element.name)
    return "".join((xml[:at], *declared, xml[at:]))


def is_schema_hint(piece: Unmapped) -> bool:
    """Whether the root differs only by the location of a schema."""
    if piece.difference is not Difference.CHANGED or piece.path != "/ClinicalDocument":
        return False
    found, written = (dict(parse_fragment(xml or "").attrib) for xml in (piece.xml, piece.expected))
    return written.items() <= found.items() and {*found} - {*written} <= _SCHEMA_HINTS


_SCHEMA_HINTS = {f"{{{XSI}}}schemaLocation", f"{{{XSI}}}noNamespaceSchemaLocation"}
