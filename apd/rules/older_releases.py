"""Documents of another release than the expected one: recognised, and judged by their own release.

To judge a document by its own release, a copy of it is migrated to the expected release, as for
reading (:mod:`apd.cda.migrations`); findings on the copy are findings on the document itself. What
its release did not require is not a finding.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from typing import NamedTuple

from apd.cda.loader import open_root
from apd.cda.xml import Element
from apd.errors import ParseError
from apd.rules.catalogue import rules_of_the_library
from apd.standard.releases import Release
from apd.standard.requirement import ERRATA_OF_2021
from apd.wording import Wording

_IN_FORCE = Wording("er gældende", "is in force")
_EXPECTED = Wording("var forventet", "was expected")


def stated(release: Release, wanted: Release) -> Wording:
    """The message that a document is of one release and another is in force or was expected."""
    wants = _IN_FORCE if wanted == Release.CURRENT else _EXPECTED
    return Wording(
        f"Dokumentet er DK-APD {release.name}; {wanted.name} {wants.da}.",
        f"The document is DK-APD {release.name}; {wanted.name} {wants.en}.",
    )


@cache
def not_asked_for(release: Release) -> frozenset[str]:
    """The ids of the rules that a release did not have: those of the errata, and its own."""
    of_errata = (rule.id for rule in rules_of_the_library() if ERRATA_OF_2021 in rule.source)
    return frozenset((*of_errata, *release.without))


class Lifted(NamedTuple):
    """A copy of a document in the form of another release, and the origins of its elements."""

    root: Element
    elements: frozenset[Element]
    origins: Mapping[Element, Element]

    def origin(self, element: Element) -> Element:
        """The original of an element of the copy, or of its nearest ancestor that has one."""
        return next(self.origins[one] for one in _outward(element) if one in self.origins)


def lifted(root: Element, wanted: Release) -> Lifted | None:
    """A copy in the form of the wanted release; None if the document has no appointment."""
    copy = deepcopy(root)
    origins = dict(zip(copy.iter(), root.iter(), strict=True))
    try:
        open_root(copy, wanted)
    except ParseError:
        return None
    return Lifted(copy, frozenset(copy.iter()), origins)


def _outward(element: Element) -> Iterator[Element]:
    yield element
    yield from element.iterancestors()
