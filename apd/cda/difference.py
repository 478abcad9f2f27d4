"""What a document says beyond the model: found by comparing it with what the writer makes.

The document that was read is compared with the one the writer makes of the model. What differs
is kept as :class:`apd.Unmapped`, so nothing can be lost that a reader forgot: the model and the
differences together *are* the document. Attributes that only repeat what CDA has by default
make no difference, nor does white space between elements, nor the order of elements of
different names, which the schema decides.

Most of a document is the same to the letter, which its text tells at once. Elements are looked
at only where it is not.
"""

from collections import Counter, deque
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from lxml import etree

from apd.cda.alignment import Alignment, align, align_encounter
from apd.cda.parts import Parts
from apd.cda.xml import (
    SDTC,
    Element,
    fragment,
    has_text,
    head,
    local_name,
    parse_fragment,
)
from apd.model.document import Difference, Unmapped

# Attributes with one value fixed or by default in the CDA schema, by the name of the element.
# Where a name stands for several classes, their values agree.
_ACT = {"moodCode": "EVN"}
_COMPONENT = {"typeCode": "COMP", "contextConductionInd": "true"}
_ENTITY = {"determinerCode": "INSTANCE"}
_ORGANIZATION = {"classCode": "ORG", **_ENTITY}
_PERSON = {"classCode": "PSN", **_ENTITY}
_ASSIGNED = {"classCode": "ASSIGNED"}
_DEFAULTS: dict[str, dict[str, str]] = {
    "ClinicalDocument": {"classCode": "DOCCLIN", **_ACT},
    "recordTarget": {"typeCode": "RCT", "contextControlCode": "OP"},
    "patientRole": {"classCode": "PAT"},
    "patient": _PERSON,
    "providerOrganization": _ORGANIZATION,
    "author": {"typeCode": "AUT", "contextControlCode": "OP"},
    "assignedAuthor": _ASSIGNED,
    "assignedPerson": _PERSON,
    "representedOrganization": _ORGANIZATION,
    "custodian": {"typeCode": "CST"},
    "assignedCustodian": _ASSIGNED,
    "representedCustodianOrganization": _ORGANIZATION,
    "documentationOf": {"typeCode": "DOC"},
    "serviceEvent": {"classCode": "ACT", **_ACT},
    "component": _COMPONENT,
    "structuredBody": {"classCode": "DOCBODY", **_ACT},
    "section": {"classCode": "DOCSECT", **_ACT},
    "entry": _COMPONENT,
    "performer": {"typeCode": "PRF"},
    "assignedEntity": _ASSIGNED,
    "participant": {"contextControlCode": "OP"},
    "participantRole": {"classCode": "ROL"},
    "playingEntity": {"classCode": "ENT", **_ENTITY},
    "entryRelationship": {"contextConductionInd": "true"},
    "precondition": {"typeCode": "PRCN"},
    "criterion": {"classCode": "OBS", "moodCode": "EVN.CRT"},
}
_NO_DEFAULTS: dict[str, str] = {}


def compare(root: Element, encounter: Element, parts: Parts, text: str) -> Iterator[Unmapped]:
    """Everything in which a document differs from what the writer makes of its model.

    Args:
        root: root of the document that was read, without white space between its elements.
        encounter: the encounter in it.
        parts: what the writer makes of its model.
        text: what stands for the readable text, here as in the document; see the narrative.
    """
    letters = etree.tostring(root, encoding="unicode")
    written = parts.document(text)
    if letters == written:
        return
    if letters[letters.index(">") :] == written[written.index(">") :]:  # but for the root's own
        yield from _compare_heads(_Pair(root, _empty_document()))
        return
    header = align(list(root)[:-1], parts.header, letters, letters.index(">") + 1)
    last = root[-1]
    is_body = last in encounter.iterancestors() and not has_text(last.tail)
    if header is None or not is_body or letters[header.end] != "<":
        yield from _compare(_Pair(root, parse_fragment(written)))
        return
    inside = align_encounter(encounter, parts, text, letters, header.end)
    in_encounter = parts.encounter if inside is None else inside.outline(parts.encounter)
    outline = Parts(header.outline(parts.header), in_encounter)
    pair = _Pair(root, parse_fragment(outline.document(text)))
    yield from _compare_heads(pair)
    yield from _differing(pair, header)
    if inside is None:
        yield from _compare(_Pair(last, pair.written[-1], pair))
    elif inside.differs:
        for found in (*list(encounter.iterancestors())[-2::-1], encounter):
            pair = _Pair(found, next(pair.written.iterchildren(found.tag)), pair)
        yield from _differing(pair, inside)


@cache
def _empty_document() -> Element:
    """The writer's document with nothing in it, for its root; it is not to be changed."""
    return parse_fragment(Parts([], []).document(""))


# --- by element ------------------------------------------------------------------------------


class _Pair(NamedTuple):
    """An element that was found, the one written for it, and the pair they are inside."""

    found: Element
    written: Element
    parent: "_Pair | None" = None

    def path(self) -> str:
        """Where the found element stands in the document that was read."""
        if self.parent is None:
            return f"/{_shown(self.found.tag)}"
        return f"{self.parent.path()}/{_step(self.parent.found, self.found)}"

    def place(self) -> str:
        """Where the written element stands in the writer's document."""
        if self.parent is None:
            return ""
        return f"{self.parent.place()}/{_step(self.parent.written, self.written)}"


def _shown(tag: str) -> str:
    """A name as paths show it."""
    namespace, _, name = tag.rpartition("}")
    return f"sdtc:{name}" if namespace == "{" + SDTC else name


def _step(parent: Element, child: Element) -> str:
    """A child by its name, and its position where there are several of that name."""
    same = list(parent.iterchildren(child.tag))
    name = _shown(child.tag)
    return name if len(same) == 1 else f"{name}[{same.index(child) + 1}]"


def _steps(parent: Element) -> dict[Element, str]:
    """Each child as :func:`_step` has it, of a parent that may have thousands."""
    count = Counter(child.tag for child in parent)
    seen: Counter[str] = Counter()
    by_child = {}
    for child in parent:
        name = _shown(child.tag)
        seen[child.tag] += 1
        by_child[child] = name if count[child.tag] == 1 else f"{name}[{seen[child.tag]}]"
    return by_child


def _compare(pair: _Pair) -> Iterator[Unmapped]:
    if len(pair.found) and _letters(pair.found) == _letters(pair.written):
        return
    yield from _compare_heads(pair)
    if not len(pair.found) and not len(pair.written):
        return
    found = {child.tag: child for child in pair.found}
    written = {child.tag: child for child in pair.written}
    if len(found) == len(pair.found) and len(written) == len(pair.written):
        missing = [child for tag, child in written.items() if tag not in found]
        rows = [_Row(child, written.get(tag), False) for tag, child in found.items()]
        yield from _pieces(pair, missing, rows)
    else:
        yield from _compare_children(pair)


def _letters(element: Element) -> bytes:
    return etree.tostring(element, with_tail=False)


def _compare_heads(pair: _Pair) -> Iterator[Unmapped]:
    if not _is_head_same(pair.found, pair.written):
        yield Unmapped(
            path=pair.path(),
            difference=Difference.CHANGED,
            xml=head(pair.found),
            expected=head(pair.written),
            place=pair.place(),
        )


def _differing(pair: _Pair, alignment: Alignment) -> Iterator[Unmapped]:
    """What differs among the children of a pair whose written one is an outline."""
    if alignment.differs:
        written = list(pair.written)
        rows = [
            _Row(found, None if number is None else written[number], number in alignment.equal)
            for found, number in alignment.elements
        ]
        yield from _pieces(pair, [written[number] for number in alignment.missing], rows)


def _is_head_same(found: Element, written: Element) -> bool:
    """The same attributes, and the same text where there is nothing but text."""
    if found.attrib != written.attrib:
        defaults = _DEFAULTS.get(local_name(found), _NO_DEFAULTS)
        if defaults | dict(found.items()) != defaults | dict(written.items()):
            return False
    found_text = None if len(found) else found.text
    written_text = None if len(written) else written.text
    return found_text == written_text or not (has_text(found_text) or has_text(written_text))


def _is_mixed(element: Element) -> bool:
    """True for an element that holds text beside its children."""
    return has_text(element.text) or any(has_text(child.tail) for child in element)


def _is_same(found: Element, written: Element) -> bool:
    """The same as a whole."""
    return (
        found.tag == written.tag
        and len(found) == len(written)
        and _is_head_same(found, written)
        and not (len(found) and _is_mixed(found))
        and all(map(_is_same, found, written))
    )


def _compare_children(pair: _Pair) -> Iterator[Unmapped]:
    """Children of which there are several of a name."""
    matches: dict[Element, Element] = {}
    for tag in dict.fromkeys(child.tag for child in pair.written):
        of_found = list(pair.found.iterchildren(tag))
        of_written = list(pair.written.iterchildren(tag))
        matched = _match(of_found, of_written)
        matches.update(matched)
        number = {element: n for n, element in enumerate(of_written)}
        order = [number[matched[child]] for child in of_found if child in matched]
        if order != sorted(order):
            yield _in_other_order(pair, tag, order, len(of_written))
    kept = set(matches.values())
    missing = [written for written in pair.written if written not in kept]
    rows = [_Row(found, matches.get(found), False) for found in pair.found]
    yield from _pieces(pair, missing, rows)


class _Row(NamedTuple):
    """A found element beside the one written for it, if there is one."""

    found: Element
    match: Element | None
    is_equal: bool


def _pieces(pair: _Pair, missing: list[Element], rows: list[_Row]) -> Iterator[Unmapped]:
    """What is missing, extra or different among the children of a pair."""
    for row in rows:
        if row.match is not None and not row.is_equal:
            yield from _compare(_Pair(row.found, row.match, pair))
    for written in missing:
        yield _missing(pair, written)
    is_mixed = _is_mixed(pair.found)
    if is_mixed or any(row.match is None for row in rows):
        yield from _extras(pair, rows)


def _extras(pair: _Pair, rows: list[_Row]) -> Iterator[Unmapped]:
    """Elements and texts that the writer has nothing for, each after what it follows."""
    path, place = pair.path(), pair.place()
    found_steps, written_steps = _steps(pair.found), _steps(pair.written)
    order = {element: number for number, element in enumerate(pair.written)}

    def extra(where: str, xml: str | None, after: Element | None) -> Unmapped:
        return Unmapped(
            path=f"{path}/{where}",
            difference=Difference.EXTRA,
            xml=xml,
            place=place,
            after="" if after is None else written_steps[after],
        )

    if has_text(pair.found.text):
        yield extra("text()", pair.found.text, None)
    last: Element | None = None
    last_of_name: dict[str, Element] = {}
    for row in rows:
        if row.match is None:
            # never before one of the same name that it followed, whatever stood between them
            anchors = (last, last_of_name.get(row.found.tag))
            known = [anchor for anchor in anchors if anchor is not None]
            after = max(known, key=order.__getitem__, default=None)
            yield extra(found_steps[row.found], fragment(row.found), after)
        else:
            after = last = last_of_name[row.found.tag] = row.match
        if has_text(row.found.tail):
            yield extra("text()", row.found.tail, after)


# More of one name than anyone writes by hand; every one beside every other would take too long.
_MANY = 50


def _match_letters(found: list[Element], written: list[Element]) -> dict[Element, Element]:
    """As :func:`_match`, where equal means equal to the letter."""
    left: dict[bytes, deque[Element]] = {}
    for element in written:
        left.setdefault(_letters(element), deque()).append(element)
    matches: dict[Element, Element] = {}
    for element in found:
        same = left.get(_letters(element))
        if same:
            matches[element] = same.popleft()
    taken = set(matches.values())
    unmatched = (element for element in found if element not in matches)
    matches.update(zip(unmatched, (w for w in written if w not in taken), strict=False))
    return matches


def _match(found: list[Element], written: list[Element]) -> dict[Element, Element]:
    """Which of some elements of one name stand for which: equal ones first, then in order."""
    if len(found) == len(written) == 1:
        return {found[0]: written[0]}
    matches: dict[Element, Element] = {}
    if len(written) > _MANY:
        return _match_letters(found, written)
    left = list(written)
    for element in found:
        same = next((other for other in left if _is_same(element, other)), None)
        if same is not None:
            matches[element] = same
            left.remove(same)
    unmatched = (element for element in found if element not in matches)
    matches.update(zip(unmatched, left, strict=False))
    return matches


def _in_other_order(pair: _Pair, tag: str, order: list[int], count: int) -> Unmapped:
    return Unmapped(
        path=f"{pair.path()}/{_shown(tag)}",
        difference=Difference.ORDER,
        xml=" ".join(str(index + 1) for index in order),
        expected=" ".join(str(index + 1) for index in range(count)),
        place=pair.place(),
        after=_shown(tag),
    )


def _missing(pair: _Pair, written: Element) -> Unmapped:
    where = _step(pair.written, written)
    return Unmapped(
        path=f"{pair.path()}/{where}",
        difference=Difference.MISSING,
        expected=fragment(written),
        place=f"{pair.place()}/{where}",
    )
