"""The combinations of attributes that an element may have: one choice or several."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from apd.cda.grammar.attribute_values import Values
from apd.cda.grammar.notation import named, optional
from apd.cda.grammar.xsd import Attribute
from apd.standard.codes import NULL_FLAVORS
from apd.standard.element import (
    ABSENT,
    NOT_BLANK,
    PRESENT,
    AtMost,
    Attributes,
    Condition,
    Formed,
    Has,
    In,
    Is,
    IsNot,
    OrAbsent,
    Typed,
)


class One(NamedTuple):
    """An attribute, and whether it must be there."""

    values: Values
    is_required: bool


Choice = Mapping[str, One]
"""What the attributes may be, by name; any other must not be there."""


_RARE = frozenset(
    [
        "displayable",
        "codeSystemVersion",
        "isNotOrdered",
        "inclusive",
        "operator",
        "nullFlavor",
        "ID",
        "language",
        "styleCode",
        "align",
        "char",
        "charoff",
        "valign",
        "abbr",
        "axis",
        "headers",
        "scope",
        "rowspan",
        "span",
        "frame",
        "rules",
        "cellspacing",
        "cellpadding",
        "summary",
        "rel",
        "rev",
        "revised",
    ]
)
"""Attributes that no appointment has."""


def of_type(declared: Mapping[str, Attribute], but_for: Iterable[str] = ()) -> Choice:
    """The attributes of a type of the schema, without those whose type is not described."""
    found = {}
    for name, one in declared.items():
        values = Values.of(one.values) if one.values else Values.of_simple_type(one.type)
        if values is not None and name not in but_for and (one.is_required or name not in _RARE):
            found[name] = One(values, one.is_required)
    return found


def with_all(choice: Choice, attributes: Attributes) -> Choice | None:
    """The part of a choice for which conditions hold; None if they cannot."""
    made = dict(choice)
    for name, condition in attributes.items():
        if condition is ABSENT:
            if name in made and made[name].is_required:
                return None
            made.pop(name, None)
            continue
        if name not in made:
            if isinstance(condition, OrAbsent):
                continue
            return None
        narrowed = _narrowed(made[name], condition)
        if narrowed.values.listed is not None and not narrowed.values.listed:
            if narrowed.is_required:
                return None
            del made[name]
        else:
            made[name] = narrowed
    return made


def _narrowed(one: One, condition: Condition) -> One:
    if isinstance(condition, OrAbsent):
        return One(_narrowed(one, condition.condition).values, one.is_required)
    values = one.values
    if isinstance(condition, Is):
        values &= Values.of((condition.value,))
    elif isinstance(condition, Typed):
        values &= Values.of((condition.name,))
    elif isinstance(condition, IsNot):
        values = values.without(condition.value)
    elif isinstance(condition, In):
        values &= Values.of(condition.values)
    elif isinstance(condition, Formed):
        values &= Values.of_lexical(condition.form)
    elif isinstance(condition, AtMost):
        values &= Values(longest=condition.characters)
    return One(values, True)


def _split(choice: Choice, given: Attributes) -> tuple[Choice | None, list[Choice]]:
    """A choice as far as all that is given holds, and as far as it does not."""
    holds: Choice | None = choice
    others = []
    for name, condition in given.items():
        if holds is None:
            break
        other = _not(holds, name, condition)
        if other is not None:
            others.append(other)
        holds = with_all(holds, {name: condition})
    return holds, others


def _not(choice: Choice, name: str, condition: Condition) -> Choice | None:
    one = choice.get(name)
    if condition is ABSENT:
        return None if one is None else {**choice, name: One(one.values, True)}
    if one is None:
        return choice
    if isinstance(condition, Is):
        values = one.values.without(condition.value)
    elif isinstance(condition, IsNot):
        values = one.values & Values.of((condition.value,))
    else:
        return with_all(choice, {name: ABSENT})
    if values.listed is not None and not values.listed:
        return None if one.is_required else with_all(choice, {name: ABSENT})
    return {**choice, name: One(values, one.is_required)}


def meeting(choice: Choice, constraints: Iterable[Has]) -> Iterator[Choice]:
    """The choices left of a choice when constraints hold: none, one or several."""
    choices = [choice]
    for constraint in sorted(constraints, key=lambda one: bool(one.given)):
        made: list[Choice] = []
        for one in choices:
            required = with_all(one, constraint.attributes)
            if required == one:
                made.append(one)
                continue
            holds, others = _split(one, constraint.given)
            made += others
            narrowed = None if holds is None else with_all(holds, constraint.attributes)
            if narrowed is not None:
                made.append(narrowed)
        choices = made
    yield from choices


def admits_null(constraints: Iterable[Has]) -> bool:
    """Whether an element with a nullFlavor, and nothing else, meets constraints."""
    return all(_met_by_null(one) for one in constraints)


def _met_by_null(constraint: Has) -> bool:
    if constraint.or_null:
        return True
    is_given = all(_holds_of_null(name, one) for name, one in constraint.given.items())
    return not is_given or all(
        _holds_of_null(name, one) for name, one in constraint.attributes.items()
    )


def _holds_of_null(name: str, condition: Condition) -> bool:
    if name == "nullFlavor":
        return condition in (PRESENT, NOT_BLANK, OrAbsent(In(NULL_FLAVORS)))
    if name == "xsi:type":
        return True  # it is written as the place has it
    return condition is ABSENT or isinstance(condition, OrAbsent)


def pattern(choice: Choice, kept: Mapping[str, str]) -> str:
    """The pattern of the attributes, in the order of canonical XML.

    Args:
        choice: what they may be.
        kept: the names under which values are kept, by the names of attributes.
    """
    made = []
    for name, one in sorted(choice.items(), key=lambda item: (":" in item[0], item[0])):
        value = one.values.pattern
        if name in kept:
            value = named(kept[name], value)
        written = f' {name}="{value}"'
        made.append(written if one.is_required else optional(written))
    return "".join(made)
