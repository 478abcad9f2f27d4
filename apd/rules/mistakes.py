"""The findings of a document: one for each mistake, with its place and its fingerprint."""

from collections.abc import Mapping
from typing import NamedTuple

from apd.cda.xml import Element
from apd.findings import Finding, Place
from apd.rules.details import TOGETHER, follows
from apd.rules.element_fields import Fields
from apd.rules.element_paths import ElementPaths, attribute_name
from apd.rules.fingerprints import Fingerprints, PlacesByNames
from apd.rules.rule import EffectiveRule
from apd.rules.source_places import SourcePlaces
from apd.wording import Language, Wording


class BrokenRule(NamedTuple):
    """That an element breaks a rule, in what words, and which field or attribute is wrong."""

    rule: EffectiveRule
    wording: Wording
    element: Element
    field: str = ""
    attribute: str = ""


def findings_of(
    places: SourcePlaces,
    broken: list[BrokenRule],
    numbers: Mapping[str, int],
    fields: Fields,
    language: Language,
    document: str,
) -> list[Finding]:
    """One finding for each mistake, in the order of the document and then of the rules.

    Args:
        places: where the elements are in the text.
        broken: what is broken.
        numbers: the numbers of the rules in their order, by id.
        fields: the fields of the model that elements carry.
        language: the language of the messages.
        document: the UUID of the document; "" if it has none.
    """
    paths, by_names = ElementPaths(), PlacesByNames()

    def place(one: BrokenRule) -> tuple[int, int, str]:
        return places.number(one.element), numbers[one.rule.rule.id], one.wording.en

    each = {(one.element, one.rule.rule.id, one.wording): one for one in reversed(broken)}
    mistakes = _mistakes(sorted(each.values(), key=place))

    def place_of(one: BrokenRule) -> Place:
        line, column = places.of(one.element, one.attribute)
        path = paths.of(one.element)
        if one.attribute:
            path = f"{path}/@{attribute_name(one.attribute)}"
        return Place(path=path, line=line, column=column)

    fingerprints = Fingerprints(document)

    def fingerprint_of(one: BrokenRule) -> str:
        rule = one.rule.rule.id
        # what is one finding wherever it is stays the same where it is somewhere else as well
        return fingerprints.of(rule, "" if rule in TOGETHER else by_names.of(one.element))

    return [
        one.first.rule.finding(
            language,
            place_of(one.first),
            one.first.wording,
            one.first.field or fields.of(one.first.element),
            tuple(map(place_of, one.others)),
            one.conformance,
            fingerprint_of(one.first),
        )
        for one in mistakes
    ]


class _Mistake(NamedTuple):
    """One finding: its first place, its other places, and its clauses."""

    first: BrokenRule
    others: list[BrokenRule]
    conformance: list[str]


def _mistakes(broken: list[BrokenRule]) -> list[_Mistake]:
    """What is wrong, with what has one cause in one; see :mod:`apd.rules.details`."""
    first: _First = {}
    for one in broken:
        rule = one.rule.rule.id
        first.setdefault((rule, None), one)
        first.setdefault((rule, one.element), one)
    found: dict[int, _Mistake] = {}
    together: dict[tuple[str, Wording], _Mistake] = {}
    following = []
    for one in broken:
        rule = one.rule.rule.id
        known = together.get((rule, one.wording))
        spokesman = _spokesman(one, first)
        if spokesman is not None:
            following.append((spokesman, one))
        elif known is not None:
            known.others.append(one)
        else:
            made = found[id(one)] = _Mistake(one, [], [*one.rule.rule.conformance])
            if rule in TOGETHER:
                together[rule, one.wording] = made
    for spokesman, one in following:
        spoken = found[id(spokesman)].conformance
        spoken += [clause for clause in one.rule.rule.conformance if clause not in spoken]
    return list(found.values())


_First = dict[tuple[str, Element | None], BrokenRule]
"""The first that was found of a rule: at an element, and anywhere, which is None."""


def _spokesman(one: BrokenRule, first: _First) -> BrokenRule | None:
    """Of what was found, that from which this follows, or None."""
    cause = follows().get(one.rule.rule.id)
    if cause is None:
        return None
    place = None if cause.anywhere else one.element
    others = (first.get((id, place)) for id in cause.others)
    return next(
        (other for other in others if other and other.rule.severity >= one.rule.severity), None
    )
