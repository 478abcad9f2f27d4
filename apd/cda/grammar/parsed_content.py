"""What the reader parses, as a regular expression: values and classes in any order and number.

It follows from the XSD, but for names. What it matches is well-formed.
"""

from collections.abc import Collection, Sequence

from apd.cda.grammar import attribute_choices
from apd.cda.grammar.attribute_choices import One
from apd.cda.grammar.attribute_values import Form, Values
from apd.cda.grammar.notation import BLANKS, NOT_BLANK, PART, again, either, element, named
from apd.cda.grammar.xsd import Particle, Types

_CLASS = "POCD_"
_ANYTHING = One(Values(form=Form.PLAIN), is_required=False)
_USUAL_PARTS = frozenset(
    ["prefix", "given", "family", "suffix", "streetAddressLine", "postalCode", "city", "country"]
)
_NULL = r' nullFlavor="\w++"/'
_VALIDITY = ("useablePeriod", "validTime")
_BOUNDS = ("low", "high")
_STATED = "II"
"""The type that a value of any type has in an appointment: the id of a repetition."""


def parsed_content(
    types: Types, type: str, names: Collection[str], within: Sequence[str] = ()
) -> str:
    """What is in an element, behind white space.

    Args:
        types: the types of the schema.
        type: the name of its type.
        names: the names of elements that appointments have.
        within: the types of the elements around it.
    """
    within = (*within, type)
    children = [
        parsed_element(types, child, names, within)
        for child in types.type(type).content.elements()
        if child.name in names and types.is_complex(child.type) and child.type not in within
    ]
    return f"(?>(?:{either(children)})*)" if children else ""


def parsed_element(
    types: Types, particle: Particle, names: Collection[str], within: Sequence[str] = ()
) -> str:
    """An element with any attributes, and the white space behind it.

    Args:
        types: the types of the schema.
        particle: what the schema has.
        names: the names of elements that appointments have.
        within: the types of the elements around it.
    """
    type = particle.type
    stated = {}
    if type == "ANY":
        type, stated = _STATED, {"xsi:type": One(Values.of((_STATED,)), is_required=True)}
    if type.startswith(_CLASS):
        content = BLANKS + parsed_content(types, type, names, within)
    else:
        content = _value(types, type)
    attributes = dict.fromkeys(types.type(type).attributes, _ANYTHING)
    pattern = attribute_choices.pattern({**attributes, **stated}, {})
    return element(particle.name, pattern, content, may_be_closed=True)


def _value(types: Types, type: str) -> str:
    """What is in a value: a text or parts if it may have them, bounds, or nothing."""
    content, _, is_mixed = types.type(type)
    bounds = [child for child in content.elements() if child.name in _BOUNDS]
    if bounds:
        made = [parsed_element(types, child, ()) for child in bounds]
        return f"{BLANKS}(?>(?:{either(made)})*)"
    if not is_mixed:
        return BLANKS
    names = [name for name in content.names() if name in _USUAL_PARTS]
    # each by its name: a group that keeps the name would cost time in every document
    parts = "|".join(f"{name}(?:>{NOT_BLANK}</{name}|{_NULL})>{BLANKS}" for name in names)
    return f"(?:{BLANKS}(?:<(?:{parts}))*|{NOT_BLANK})" if parts else f"(?:{BLANKS}|{NOT_BLANK})"


def part(types: Types, type: str) -> str:
    """A part of a name or an address.

    Args:
        types: the types of the schema.
        type: the name of the type of the name or the address.
    """
    flavor = One(Values.of(types.values("NullFlavor")), is_required=True)
    null = attribute_choices.pattern({"nullFlavor": flavor}, {})
    names = [name for name in types.type(type).content.names() if name not in _VALIDITY]
    start, end = named(PART, "|".join(names)), again(PART)
    return f"<{start}(?:>{NOT_BLANK}</{end}>|{null}(?: ?/>|></{end}>)){BLANKS}"
