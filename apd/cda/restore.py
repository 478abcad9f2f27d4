"""Putting back what a document said beyond the model; see :mod:`apd.cda.difference`."""

from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from apd.cda.letters import letters_of, standing_alone, start_of
from apd.cda.nodes import head_of
from apd.cda.xml import Element, child, hl7, parse_fragment
from apd.model.document import Difference, Unmapped


class _Target(NamedTuple):
    """Where a piece goes: the element at its place, and its sibling."""

    piece: Unmapped
    element: Element
    sibling: Element | None


def restore(root: Element, pieces: Iterable[Unmapped], *, as_read: bool = False) -> None:
    """Put pieces back where they stood, in a document that the writer has just made.

    Where the writer no longer puts what was expected, the writer's version stays.

    Args:
        root: the document that the writer has made.
        pieces: what to put back.
        as_read: the document says what it said when the pieces were found, so that everything is
            as expected.
    """
    # All places are looked up before anything is put back, as that moves what comes after.
    lookup = _Lookup(root)
    targets = [target for piece in pieces if (target := lookup.target(piece)) is not None]
    for target in _of(Difference.ORDER, targets):
        _put_in_order(target)
    for target in _of(Difference.CHANGED, targets):
        if as_read or _is_head_expected(target):
            _put_head(target)
    for target in _of(Difference.MISSING, targets):
        if as_read or _is_whole_expected(target):
            _take_out(target.element)
    _insert_extras(_of(Difference.EXTRA, targets))


def _of(difference: Difference, targets: list[_Target]) -> list[_Target]:
    return [target for target in targets if target.piece.difference is difference]


class _Lookup:
    """Finds elements by their steps, and remembers where it has been."""

    def __init__(self, root: Element) -> None:
        self._places: dict[str, Element | None] = {"": root}

    def target(self, piece: Unmapped) -> _Target | None:
        """Where a piece goes, or None where there is no such place any more."""
        element = self._at(piece.place)
        if element is None:
            return None
        sibling = None
        if piece.difference is Difference.EXTRA and piece.after:
            sibling = self._at(f"{piece.place}/{piece.after}")
            if sibling is None:  # one of several is gone: behind those that are left
                left = _named(element, piece.after.partition("[")[0])
                sibling = left[-1] if left else None
        return _Target(piece, element, sibling)

    def _at(self, place: str) -> Element | None:
        if place not in self._places:
            above, _, step = place.rpartition("/")
            parent = self._at(above)
            self._places[place] = None if parent is None else _child(parent, step)
        return self._places[place]


def _named(parent: Element, name: str) -> list[Element]:
    return list(parent.iterchildren(hl7(name)))


def _child(parent: Element, step: str) -> Element | None:
    """The child that a step names, such as ``author[2]``."""
    if step[-1] != "]":
        return child(parent, step)
    name, _, position = step[:-1].partition("[")
    return next(islice(parent.iterchildren(hl7(name)), int(position) - 1, None), None)


def _put_in_order(target: _Target) -> None:
    same = _named(target.element, target.piece.after)
    if target.piece.expected != " ".join(str(n + 1) for n in range(len(same))):
        return
    order = [int(number) - 1 for number in (target.piece.xml or "").split()]
    children = list(target.element)
    for place, index in zip(sorted(order), order, strict=True):
        children[target.element.index(same[place])] = same[index]
    target.element[:] = children


def _is_head_expected(target: _Target) -> bool:
    return head_of((start_of(target.element), ())) == target.piece.expected


def _put_head(target: _Target) -> None:
    if target.piece.xml is not None:
        found = parse_fragment(target.piece.xml)
        target.element.attrib.clear()
        target.element.attrib.update(found.attrib)
        target.element.text = found.text


def _is_whole_expected(target: _Target) -> bool:
    letters = letters_of(target.element)
    return letters is not None and standing_alone(letters) == target.piece.expected


def _take_out(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _insert_extras(targets: list[_Target]) -> None:
    """Each after its sibling, or first in its parent; several at one place in their order."""
    following: dict[Element, dict[Element | None, list[Element]]] = {}
    for target in targets:
        parent, xml = target.element, target.piece.xml or ""
        extras = following.setdefault(parent, {}).setdefault(target.sibling, [])
        if target.piece.path.endswith("/text()"):
            before = extras[-1] if extras else target.sibling
            if before is None:
                parent.text = xml
            else:
                before.tail = xml
        else:
            extras.append(parse_fragment(xml))
    for parent, extras_after in following.items():
        children = extras_after.get(None, [])
        for element in parent:
            children += [element, *extras_after.get(element, ())]
        parent[:] = children
