"""The form that these rules share: a wrong element of a type."""

from collections.abc import Callable, Iterable

from apd.finding import Layer
from apd.rules.index import Index, Node
from apd.rules.registry import Check, Rule
from apd.wording import Wording

SOURCE = "HL7 v3 data types R1"
_OFFICIAL = "MedCom's Schematron of 2020-11"


def typed(
    id: str,
    types: tuple[str, ...],
    is_wrong: Callable[[Node], object],
    wording: Wording,
    explanation: Wording,
    mend: Wording,
    keys: str,
) -> Rule:
    """A rule on every element of some types.

    Args:
        id: its id.
        types: the data types.
        is_wrong: tells an element that breaks it.
        wording: what is wrong.
        explanation: why.
        mend: what to do.
        keys: what the official Schematron calls it.
    """

    def check(index: Index) -> Iterable[Node]:
        return filter(is_wrong, index.of_type(*types))

    return datatype_rule(id, check, wording, explanation, mend, ", ".join(types), keys)


def datatype_rule(
    id: str,
    check: Check,
    wording: Wording,
    explanation: Wording,
    mend: Wording,
    types: str,
    keys: str,
) -> Rule:
    """A rule with a check of its own."""
    return Rule(
        id=id,
        layer=Layer.PROFILE,
        source=f"{SOURCE}, {types}; {_OFFICIAL}, {keys}",
        wording=wording,
        explanation=explanation,
        mend=mend,
        check=check,
    )
