"""What a document says beyond the model: found by comparing it with what the writer makes.

The document that was read is compared with the one the writer makes of the model. What differs
is kept as :class:`apd.Unmapped`, so nothing can be lost that a reader forgot: the model and the
differences together *are* the document. Attributes that only repeat what CDA has by default
make no difference, nor does white space between elements, nor the order of elements of
different names, which the schema decides.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from apd.cda.nodes import (
    Node,
    elements_in,
    has_same_attributes,
    head_of,
    letters_in,
    name_of,
    plain,
    text_of,
    xml_of,
)
from apd.cda.xml import has_text
from apd.model.document import Difference, Unmapped

# More than anyone writes by hand; to look at every one beside every other would take too long.
_MANY = 50


def compare(
    found: Node, written: Node, *, told: Mapping[str, str], with_missing: bool = True
) -> Iterator[Unmapped]:
    """Everything in which a document differs from what the writer makes of its model.

    Args:
        found: the document that was read.
        written: what the writer makes of its model.
        told: for some pieces of what was found, how the document told them.
        with_missing: False takes no notice of what is written and was not found.
    """
    if found != written:
        yield from _Comparison(told, with_missing).pieces(_Pair(found, written))


# --- what stands beside what -----------------------------------------------------------------


class _Pair:
    """An element that was found and the one written for it.

    Args:
        found: the element that was found.
        written: the one written for it.
        parent: the pair they are inside.
        numbers: which elements of the parents they are.
    """

    def __init__(
        self,
        found: Node,
        written: Node,
        parent: "_Pair | None" = None,
        numbers: tuple[int, int] = (0, 0),
    ) -> None:
        self.found, self.written = found, written
        self.parent, self.numbers = parent, numbers
        self.inside_found, self.inside_written = elements_in(found), elements_in(written)

    def inside(self, number: int, match: int) -> "_Pair":
        """A found element inside beside a written one."""
        return _Pair(self.inside_found[number], self.inside_written[match], self, (number, match))

    @cached_property
    def path(self) -> str:
        """Where the found element stands in the document that was read."""
        if self.parent is None:
            return f"/{_shown(name_of(self.found))}"
        return f"{self.parent.path}/{self.parent.found_step(self.numbers[0])}"

    @cached_property
    def place(self) -> str:
        """Where the written element stands in the writer's document."""
        if self.parent is None:
            return ""
        return f"{self.parent.place}/{self.parent.written_step(self.numbers[1])}"

    @cached_property
    def found_names(self) -> list[str]:
        """The names of the elements inside."""
        return list(map(name_of, self.inside_found))

    @cached_property
    def written_names(self) -> list[str]:
        """The names of the elements inside what was written."""
        return list(map(name_of, self.inside_written))

    def found_step(self, number: int) -> str:
        """The step of a path to an element inside."""
        if len(self.found_names) > _MANY:
            return self._found_steps[number]
        return _step(self.found_names, number)

    def written_step(self, number: int) -> str:
        """The step of a path to an element inside what was written."""
        if len(self.written_names) > _MANY:
            return self._written_steps[number]
        return _step(self.written_names, number)

    @cached_property
    def _found_steps(self) -> list[str]:
        return _steps(self.found_names)

    @cached_property
    def _written_steps(self) -> list[str]:
        return _steps(self.written_names)


def _shown(name: str) -> str:
    """A name as paths show it."""
    prefix, _, local = name.rpartition(":")
    return name if prefix == "sdtc" else local


def _step(names: list[str], number: int) -> str:
    """An element by its name, and its position where there are several of that name."""
    name = names[number]
    if names.count(name) == 1:
        return _shown(name)
    return f"{_shown(name)}[{names[:number].count(name) + 1}]"


def _steps(names: list[str]) -> list[str]:
    """As :func:`_step` has it for every element at once."""
    count, seen = Counter(names), Counter[str]()
    steps = []
    for name in names:
        seen[name] += 1
        steps.append(_shown(name) if count[name] == 1 else f"{_shown(name)}[{seen[name]}]")
    return steps


def _differing_in_parallel(pair: _Pair) -> list[int] | None:
    """Which elements differ, where found and written stand side by side, as they mostly do.

    None where it takes a closer look to tell what stands for what.
    """
    found, written = pair.inside_found, pair.inside_written
    if len(found) != len(written) or len(found) != len(pair.found[1]) or text_of(pair.found):
        return None
    differing = [number for number, one in enumerate(found) if one != written[number]]
    by_name: dict[str, list[int]] = {}
    for number in differing:
        name = name_of(found[number])
        if name != name_of(written[number]):
            return None
        by_name.setdefault(name, []).append(number)
    for of_name in by_name.values():
        matches = _match(of_name, of_name, pair)
        if any(number != match for number, match in matches.items()):
            return None
    return differing


def _match_inside(pair: _Pair) -> list[int | None]:
    """Which written element each found one stands for: of one name, equal ones first."""
    of_written: dict[str, list[int]] = {}
    for number, name in enumerate(pair.written_names):
        of_written.setdefault(name, []).append(number)
    of_found: dict[str, list[int]] = {name: [] for name in of_written}
    for number, name in enumerate(pair.found_names):
        of_found.get(name, []).append(number)
    matches: list[int | None] = [None] * len(pair.inside_found)
    for name, those in of_found.items():
        for number, match in _match(those, of_written[name], pair).items():
            matches[number] = match
    return matches


def _match(of_found: list[int], of_written: list[int], pair: _Pair) -> dict[int, int]:
    """Which of some elements of one name stand for which: equal ones first, then in order."""
    if len(of_found) == len(of_written) == 1:
        return {of_found[0]: of_written[0]}
    of_equal = _match_letters if len(of_written) > _MANY else _match_equal
    matches = of_equal(of_found, of_written, pair)
    taken = set(matches.values())
    left = (number for number in of_found if number not in matches)
    matches.update(zip(left, (b for b in of_written if b not in taken), strict=False))
    return matches


def _match_equal(of_found: list[int], of_written: list[int], pair: _Pair) -> dict[int, int]:
    matches: dict[int, int] = {}
    left = list(of_written)
    for number in of_found:
        one = pair.inside_found[number]
        same = next((other for other in left if _is_same(one, pair.inside_written[other])), None)
        if same is not None:
            matches[number] = same
            left.remove(same)
    return matches


def _match_letters(of_found: list[int], of_written: list[int], pair: _Pair) -> dict[int, int]:
    """As :func:`_match_equal`, where equal means equal to the letter."""
    left: defaultdict[str, deque[int]] = defaultdict(deque)
    for number in of_written:
        left[letters_in(pair.inside_written[number])].append(number)
    matches: dict[int, int] = {}
    for number in of_found:
        same = left.get(letters_in(pair.inside_found[number]))
        if same:
            matches[number] = same.popleft()
    return matches


def _is_same(found: Node, written: Node) -> bool:
    """The same as a whole, but for defaults and white space."""
    if found == written:
        return True
    inside_found, inside_written = elements_in(found), elements_in(written)
    return (
        len(inside_found) == len(inside_written)
        and name_of(found) == name_of(written)
        and _is_head_same(found, written)
        and not (inside_found and _has_text_beside(found))
        and all(map(_is_same, inside_found, inside_written))
    )


def _has_text_beside(found: Node) -> bool:
    """True for an element that holds text beside its elements."""
    return any(type(one) is str and has_text(one) for one in (text_of(found), *found[1]))


def _is_head_same(found: Node, written: Node) -> bool:
    """The same attributes and the same text, unless that is a piece of its own."""
    if found[0] == written[0]:
        return True
    if not has_same_attributes(found, written):
        return False
    if _is_text_apart(found, written):
        return True
    found_text, written_text = text_of(found), text_of(written)
    return found_text == written_text or not (has_text(found_text) or has_text(written_text))


def _is_text_apart(found: Node, written: Node) -> bool:
    """True where text is a piece of its own, as it stands beside elements and none was written."""
    return bool(found[1] and written[1])


# --- what differs ----------------------------------------------------------------------------


class _Comparison(NamedTuple):
    """How two documents are compared; see :func:`compare`."""

    told: Mapping[str, str]
    with_missing: bool

    def pieces(self, pair: _Pair) -> Iterator[Unmapped]:
        """All pieces in which a pair differs."""
        if not _is_head_same(pair.found, pair.written):
            yield self._changed(pair)
        if not pair.inside_found and not pair.inside_written:
            return
        differing = _differing_in_parallel(pair)
        if differing is not None:
            for number in differing:
                yield from self.pieces(pair.inside(number, number))
            return
        matches = _match_inside(pair)
        yield from _in_other_order(pair, matches)
        yield from self._of_found(pair, matches)
        if self.with_missing:
            yield from _missing(pair, matches)

    def _changed(self, pair: _Pair) -> Unmapped:
        """Other attributes or another text than the writer has."""
        with_text = not _is_text_apart(pair.found, pair.written)
        return Unmapped(
            path=pair.path,
            difference=Difference.CHANGED,
            xml=head_of(pair.found, self.told, with_text=with_text),
            expected=head_of(pair.written),
            place=pair.place,
        )

    def _of_found(self, pair: _Pair, matches: list[int | None]) -> Iterator[Unmapped]:
        """What is inside the found element and differs, or is more than the writer has."""
        names = pair.found_names
        number = -1
        after: int | None = None
        last: int | None = None
        last_of_name: dict[str, int] = {}
        own_text = text_of(pair.found) if _is_text_apart(pair.found, pair.written) else ""
        for one in (own_text, *pair.found[1]):
            if isinstance(one, str):
                if has_text(one):
                    yield _extra(pair, "text()", plain(one), after)
                continue
            number += 1
            match = matches[number]
            if match is None:
                # never before one of the same name that it followed, whatever stood between them
                anchors = (last, last_of_name.get(names[number]))
                after = max((anchor for anchor in anchors if anchor is not None), default=None)
                yield _extra(pair, pair.found_step(number), xml_of(one, self.told), after)
                continue
            after = last = match
            last_of_name[names[number]] = match
            if one != pair.inside_written[match]:
                yield from self.pieces(pair.inside(number, match))


def _in_other_order(pair: _Pair, matches: list[int | None]) -> Iterator[Unmapped]:
    """Elements of one name that stand in another order than the writer has them."""
    numbers = [match for match in matches if match is not None]
    if numbers == sorted(numbers):
        return
    positions: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for number, name in enumerate(pair.written_names):
        of_name = positions[name]
        of_name[number] = len(of_name) + 1
    for name, of_name in positions.items():
        order = [of_name[number] for number in numbers if number in of_name]
        if order != sorted(order):
            yield Unmapped(
                path=f"{pair.path}/{_shown(name)}",
                difference=Difference.ORDER,
                xml=" ".join(map(str, order)),
                expected=" ".join(map(str, of_name.values())),
                place=pair.place,
                after=_shown(name),
            )


def _extra(pair: _Pair, where: str, xml: str, after: int | None) -> Unmapped:
    """An element or a text that the writer has nothing for, and what it follows."""
    return Unmapped(
        path=f"{pair.path}/{where}",
        difference=Difference.EXTRA,
        xml=xml,
        place=pair.place,
        after="" if after is None else pair.written_step(after),
    )


def _missing(pair: _Pair, matches: list[int | None]) -> Iterator[Unmapped]:
    """What the writer has and nothing found stands for."""
    kept = set(matches)
    for number, written in enumerate(pair.inside_written):
        if number not in kept:
            step = pair.written_step(number)
            yield Unmapped(
                path=f"{pair.path}/{step}",
                difference=Difference.MISSING,
                expected=xml_of(written),
                place=f"{pair.place}/{step}",
            )
