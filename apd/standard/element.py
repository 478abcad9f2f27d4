"""A row of the table of elements: what the standard requires of one element.

Everything in a row is data, so that the rules can check it, a test can break it mechanically, and a
schema can be derived from it.
"""

from collections.abc import Mapping
from enum import Enum

import attrs
from attrs import frozen

from apd.standard.paths import Path
from apd.standard.requirement import Requirement

# --- what an attribute must be ---------------------------------------------------------------


class Lexical(Enum):
    """The lexical forms of values; :mod:`apd.cda.lexical_forms` recognises them."""

    UUID = "uuid"
    OID = "oid"
    OID_OR_UUID = "oid or uuid"
    ORGANIZATION_NUMBER = "1 to 18 digits"
    FULL_TIME = "YYYYMMDDhhmmss+hhmm"
    TIME = "a point in time"
    URI = "URI"
    INTEGER = "digits, with a minus if need be"
    NOT_BLANK = "not blank"


@frozen
class Is:
    """One value, compared as a string."""

    value: str


@frozen
class IsNot:
    """Present, with any value but one."""

    value: str


@frozen
class Typed:
    """An ``xsi:type`` that names one of HL7's data types."""

    name: str


@frozen
class In:
    """One of a closed list, compared as strings; blanks around a ``padded`` value do not count."""

    values: tuple[str, ...]
    padded: bool = False


@frozen
class Formed:
    """A value of a lexical form."""

    form: Lexical


@frozen
class AtMost:
    """A value of at most so many characters."""

    characters: int


class Presence(Enum):
    """Whether an attribute is present."""

    NOT_BLANK = "there, and not blank"
    PRESENT = "there, if only empty"
    ABSENT = "not there"


@frozen
class OrAbsent:
    """A condition on the attribute if it is present."""

    condition: Is | IsNot | In | Formed | AtMost


Condition = Is | IsNot | In | Formed | AtMost | Typed | Presence | OrAbsent
NOT_BLANK, PRESENT, ABSENT = Presence.NOT_BLANK, Presence.PRESENT, Presence.ABSENT

Attributes = Mapping[str, Condition]
"""The conditions on an element's attributes, by their names; ``xsi:type`` by that name."""

# --- what an element must have ---------------------------------------------------------------


@frozen
class Occurs:
    """How often the element occurs in its parent.

    Args:
        rule: the requirement.
        least: how often at least.
        most: how often at most; None for any number.
        within: the place in which it is counted, if that is not its parent.
    """

    rule: Requirement
    least: int = 1
    most: int | None = 1
    within: Path | None = None


@frozen
class Has:
    """Conditions on its attributes.

    Args:
        rule: the requirement.
        attributes: what must hold, all of it.
        or_null: a nullFlavor may be there instead.
        given: this applies to elements with these attributes; to all, if none are named.
        or_child: the name of a child that may be there instead.
    """

    rule: Requirement
    attributes: Attributes = attrs.field(hash=False)
    or_null: bool = False
    given: Attributes = attrs.field(factory=dict, hash=False)
    or_child: str = ""


@frozen
class Such:
    """How many children of one name with certain attributes it has.

    Args:
        rule: the requirement.
        child: the name of the children, or the way to them.
        attributes: the conditions on their attributes.
        least: the minimum number.
        most: the maximum number; None for no limit.
        alone: whether no other child of the name is permitted.
    """

    rule: Requirement
    child: str
    attributes: Attributes = attrs.field(hash=False)
    least: int = 1
    most: int | None = 1
    alone: bool = False


Constraint = Occurs | Has | Such


@frozen
class Element:
    """A row: what the standard requires of one element.

    Args:
        path: its place.
        type: its HL7 data type, as in ``xsi:type``; None for a class.
        field: the field of the model that it carries, from the document on; "" for none.
        constraints: what is required of it.
        fixed: the structural attributes with the one value that each may have, compared as a
            string: ``typeCode``, ``classCode``, ``moodCode`` and so on.
    """

    path: Path
    type: str | None = None
    field: str = ""
    constraints: tuple[Constraint, ...] = ()
    fixed: Mapping[str, str] = attrs.field(factory=dict, hash=False, kw_only=True)


STRUCTURAL_ATTRIBUTES = frozenset(
    (
        "classCode",
        "moodCode",
        "typeCode",
        "determinerCode",
        "contextControlCode",
        "contextConductionInd",
        "inversionInd",
        "negationInd",
        "independentInd",
        "institutionSpecified",
    )
)
"""The attributes that state what an element is, not what it contains (CDA R2)."""
