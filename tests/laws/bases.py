"""The documents that the law is held over: our examples, and the clean ones of MedCom."""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from tests.laws.edits import Edit, edits_of
from tests.laws.law import broken_law
from tests.places import EXAMPLES, ROOT

OURS = ROOT / "examples" / "documents"
CLEAN = ("2.0_DK-APD_Example_1_5_apd_region.xml", "2.0_DK-APD_Example_1_6_apd_gp.xml")
"""Those of MedCom's examples in which no reference finds anything."""

SMALL = 12
"""So many edits of a kind are kept for the laws that want no more."""

SHOWN = 40
"""So many broken laws are told of in a failure."""


@cache
def bases() -> dict[str, bytes]:
    """The documents, by their names; without MedCom's where they are not there."""
    paths = [*sorted(OURS.glob("*.xml")), *(EXAMPLES / name for name in CLEAN)]
    return {path.stem: path.read_bytes() for path in paths if path.is_file()}


def sample(kind: str, size: int) -> list[tuple[str, Edit]]:
    """Some edits of a kind, always the same, and the bases they are of.

    Each place gets its turn, as there are many more cells of a table than identifiers.
    """
    return _first(kind, max(size, SMALL))[:size]


@cache  # of the edits of a kind, of which there are thousands, several laws want a few
def _first(kind: str, size: int) -> list[tuple[str, Edit]]:
    every = [(base, edit) for base, data in bases().items() for edit in edits_of(data, kind)]
    random.Random(kind).shuffle(every)
    seen = Counter[str]()
    turns = []
    for base, edit in every:
        place = unnumbered(edit.place)
        turns.append((seen[place], base, edit))
        seen[place] += 1
    turns.sort(key=lambda turn: turn[0])
    return [(base, edit) for _, base, edit in turns[:size]]


@cache  # thousands of edits have the same few places
def unnumbered(place: str) -> str:
    """A place without the numbers of its elements."""
    return re.sub(r"\[\d+\]", "", place)


def unlike_edits() -> Iterator[tuple[str, Edit]]:
    """Every edit of every base, but those that an earlier base has in the same surroundings."""
    known = set[str]()
    for base, data in bases().items():
        mine = set[str]()
        for edit in edits_of(data):
            mine.add(edit.likeness)
            if edit.likeness not in known:
                yield base, edit
        known |= mine


def broken(
    edits: Iterable[tuple[str, Edit]], law: Callable[[bytes], str] = broken_law
) -> list[tuple[str, str]]:
    """The edits after which a document breaks a law, and how it does."""
    found = ((f"{base}: {edit.name}", law(edit.data())) for base, edit in edits)
    return [(name, how) for name, how in found if how]


def summary(broken: list[tuple[str, str]]) -> str:
    """How the law is broken, how often, and where for example."""
    lines = [f"{count} times: {how}" for how, count in Counter(h for _, h in broken).most_common()]
    return "\n".join([*lines, "", *(f"{name}: {how}" for name, how in broken[:SHOWN])])
