"""The values of a document that is partly admitted: those that what is not admitted cannot change.

By them most of the rules are settled that compare one place with another.
"""

from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from apd.cda.grammar import KEPT, PartlyAdmitted, Unadmitted
from apd.rules.admitted_values import AdmittedValues, Settled, values_of
from apd.rules.partly_admitted import PartlyWalked
from apd.standard import paths
from apd.standard.paths import Declares, Path


class UnknownValue(Exception):
    """A value is asked for that may be among what is not admitted."""


class KnownValues:
    """The values of what is admitted; :class:`UnknownValue` is raised for any other.

    Args:
        values: those of what is admitted.
        unknown: the names of those that what is not admitted may change.
    """

    def __init__(self, values: AdmittedValues, unknown: Collection[str]) -> None:
        known = values._asdict()
        for name in unknown:
            del known[name]
        self.__dict__.update(known)
        self._admitted = values

    def __getattr__(self, name: str) -> Any:
        raise UnknownValue(name)

    def settle(self, settled: Settled | None, *, by_element: bool) -> bool:
        """Whether they show that a rule finds nothing.

        Args:
            settled: whether values show it.
            by_element: whether it looks at each element by itself; then it finds nothing in what is
                admitted, whatever else there is.
        """
        if settled is None:
            return False
        try:
            # these have the same names
            return settled(self._admitted if by_element else self)  # type: ignore[arg-type]
        except UnknownValue:
            return False


def known_values(text: str, parts: PartlyAdmitted, walked: PartlyWalked) -> KnownValues:
    """The values of a document that is partly admitted.

    Args:
        text: the document.
        parts: what of it is admitted.
        walked: the others.
    """
    unknown = {name for way in walked.elements.ways for name, _ in _within_or_around(way)}
    unknown |= {name for one in parts.unadmitted for name in _unknown(text, one)}
    if walked.narratives:
        unknown.add("text")
    pieces, at = [], 0
    for one in parts.unadmitted:
        pieces.append(text[at : one.start])
        at = one.end
    admitted = "".join((*pieces, text[at:]))
    return KnownValues(values_of(admitted, parts.kept), unknown)


_MADE_OF = {
    "masked": ("home",),
    "at_home": ("location_type",),
    "without_telephone_in_sor": ("location_type", "location_telecoms"),
    "without_telephone": ("performer_telecoms",),
    "same_id": ("episode_ids",),
}
"""The values that are not kept as they are, and what that is kept they are made of."""


class _PlaceOfValue(NamedTuple):
    """A value, and the place that it is about.

    Args:
        name: the name of the value.
        way: the names of the elements from the root to the place.
        declared: the template that each of them has to declare; "" for none.
    """

    name: str
    way: tuple[str, ...]
    declared: tuple[str, ...]


@lru_cache(maxsize=1)
def _places() -> list[_PlaceOfValue]:
    """The values that are about one place."""
    kept = {name: path for (path, _), name in KEPT.attributes.items()}
    kept |= {name: path for path, name in {**KEPT.texts, **KEPT.elements}.items()}
    found = [(name, kept[name]) for name in AdmittedValues._fields if name in kept]
    found += [(name, kept[one]) for name, of in _MADE_OF.items() for one in of]
    found.append(("authored", paths.AUTHOR / "time"))
    return [_place_of(name, path) for name, path in found]


def _place_of(name: str, path: Path) -> _PlaceOfValue:
    selectors = (None, *(step.selector for step in path.steps))
    declared = (one.template if isinstance(one, Declares) else "" for one in selectors)
    return _PlaceOfValue(name, path.names, tuple(declared))


@lru_cache(maxsize=512)
def _within_or_around(way: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The values that are about places in elements of a way, or around them.

    Each with what is written in such an element if it has that place: the names of the elements in
    it, and the templates that it and they declare.
    """
    length = len(way)
    return tuple(
        (one.name, tuple(filter(None, (*one.way[length:], *one.declared[length - 1 :]))))
        for one in _places()
        if all(a == b for a, b in zip(way, one.way, strict=False))
    )


def _unknown(text: str, one: Unadmitted) -> Iterator[str]:
    """The values that elements which are not admitted may change."""
    written = text[one.start : one.end]
    # a template may be written with references
    has_references = "&#" in written
    for name, needed in _within_or_around(one.way):
        if has_references or all(piece in written for piece in needed):
            yield name
