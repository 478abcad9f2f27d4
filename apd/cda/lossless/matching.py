"""Pairs the corresponding elements among those of one name."""

from collections import defaultdict, deque
from collections.abc import Sequence
from difflib import SequenceMatcher
from operator import eq

from apd.cda.authors import REQUESTER_CODE
from apd.cda.lossless.markup import Element, words
from apd.limits import MAX_SIBLINGS_COMPARED

Found = dict[int, int]
"""Numbers of elements that were written, and of those that correspond to them."""


def by_key(elements: Sequence[Element]) -> dict[str, list[Element]]:
    """The elements of each name."""
    found: dict[str, list[Element]] = {}
    for element in elements:
        found.setdefault(element.key, []).append(element)
    return found


def match(written: Sequence[Element], found: Sequence[Element]) -> Found:
    """The elements found that correspond to those written, in any order.

    Equal ones first, then the most similar ones, then in order, null ones last.
    """
    if len(written) == len(found) == 1:
        return {0: 0}
    if not written or not found:
        return {}
    matches = _match_equal(written, found)
    left = [number for number in range(len(written)) if number not in matches]
    taken = set(matches.values())
    free = [number for number in range(len(found)) if number not in taken]
    if left and len(free) > 1 and max(len(left), len(free)) <= MAX_SIBLINGS_COMPARED:
        for number, other in _most_alike(written, found, left, free):
            if number not in matches and other not in taken:
                matches[number] = other
                taken.add(other)
        left = [number for number in left if number not in matches]
        free = [number for number in free if number not in taken]
    free.sort(key=lambda number: found[number].is_null)
    matches.update(zip(left, free, strict=False))
    return matches


def _match_equal(written: Sequence[Element], found: Sequence[Element]) -> Found:
    equal: defaultdict[object, deque[int]] = defaultdict(deque)
    for number, one in enumerate(found):
        equal[tuple(words(one.xml))].append(number)
    matches: Found = {}
    for number, one in enumerate(written):
        same = equal.get(tuple(words(one.xml)))
        if same:
            matches[number] = same.popleft()
    return matches


def _most_alike(
    written: Sequence[Element], found: Sequence[Element], left: list[int], free: list[int]
) -> list[tuple[int, int]]:
    """Pairs that have words in common, those with most of them first."""
    known = {number: set(words(found[number].xml)) for number in free}
    scored = []
    for number in left:
        own = set(words(written[number].xml))
        for other in free:
            common = len(own & known[other])
            if common:
                scored.append((-common, number, other))
    return [(number, other) for _, number, other in sorted(scored)]


def align(before: Sequence[Element], after: Sequence[Element]) -> Found:
    """For each element after a change, the one it was before, in order.

    An author is not taken for one in the other role, however alike they are.
    """
    roles = {_is_requester(one) for one in (*before, *after)}
    if len(roles) < 2:
        return _align(before, after)
    aligned: Found = {}
    for role in roles:
        old, new = (
            [number for number, one in enumerate(elements) if _is_requester(one) is role]
            for elements in (before, after)
        )
        found = _align([before[number] for number in old], [after[number] for number in new])
        aligned.update({new[number]: old[other] for number, other in found.items()})
    return aligned


def _is_requester(element: Element) -> bool:
    return element.key == "author" and REQUESTER_CODE in element.xml


def _align(before: Sequence[Element], after: Sequence[Element]) -> Found:
    old, new = [one.xml for one in before], [one.xml for one in after]
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    aligned = {number: number for number in range(first)}
    old_left, new_left = old[first:], new[first:]
    most = max(len(old_left), len(new_left))
    if most > MAX_SIBLINGS_COMPARED or _keeps_places(old_left, new_left):
        aligned.update((n, n) for n in range(first, min(len(old), len(new))))
        return aligned
    matcher = SequenceMatcher(None, old_left, new_left, autojunk=False)
    for kind, i, i_end, j, j_end in matcher.get_opcodes():
        olds, news = range(first + i, first + i_end), range(first + j, first + j_end)
        if kind == "equal" or len(olds) == len(news):
            aligned.update(zip(news, olds, strict=True))
        elif kind == "replace":
            aligned.update(_in_order(before, after, olds, news))
    return aligned


def _keeps_places(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether what is in both is in the same place of both, or one of them is empty."""
    if not old or not new:
        return True
    olds, news = set(old), set(new)
    has_none_twice = len(olds) == len(old) == len(new) == len(news)
    return has_none_twice and sum(map(eq, old, new)) == len(olds & news)


def _in_order(
    before: Sequence[Element], after: Sequence[Element], olds: range, news: range
) -> Found:
    """Those that are most alike, as long as none changes places with another."""
    aligned: Found = {}
    for new, old in _most_alike(after, before, list(news), list(olds)):
        is_free = new not in aligned and old not in aligned.values()
        if is_free and all((new < n) == (old < o) for n, o in aligned.items()):
            aligned[new] = old
    return aligned
