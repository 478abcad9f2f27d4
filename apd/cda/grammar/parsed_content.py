"""What the reader parses, as a regular expression: values and classes in any order and number.

It follows from the XSD, but for names. What it matches is well-formed.
"""

from collections.abc import Collection, Sequence

from apd.cda.grammar import attribute_choices
from apd.cda.grammar.attribute_choices import One
from apd.cda.grammar.attribute_values import Form, Values
from apd.cda.grammar.notation import BLANKS, NOT_BLANK, PART, again, either, element, named
from apd.cda.grammar.xsd import Types

_CLASS = "POCD_"
_ANYTHING = One(Values(form=Form.PLAIN), is_required=False)
_USUAL_PARTS = frozenset(
    ["prefix", "given", "family", "suffix", "streetAddressLine", "postalCode", "city", "country"]
)
_NULL = r' nullFlavor="\w++"/'
_VALIDITY = ("useablePeriod", "validTime")


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
    children = []
    for child in types.type(type).content.elements():
        is_known = child.name in names and types.is_complex(child.type)
        if not is_known or child.type in within:
            continue
        declared = types.type(child.type)
        if child.type.startswith(_CLASS):
            content = BLANKS + parsed_content(types, child.type, names, within)
        else:
            content = _value(types, child.type) if declared.is_mixed else BLANKS
        attributes = attribute_choices.pattern(dict.fromkeys(declared.attributes, _ANYTHING), {})
        children.append(element(child.name, attributes, content, may_be_closed=True))
    return f"(?:{either(children)})*+" if children else ""


def _value(types: Types, type: str) -> str:
    """What is in a value that may have a text or parts: one of them, or nothing."""
    names = [name for name in types.type(type).content.names() if name in _USUAL_PARTS]
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
