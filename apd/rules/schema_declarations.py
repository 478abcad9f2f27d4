"""What the project's own schema declares, as xmlschema knows it, and its errors.

What is remembered of a document are the names of elements that the schema declares.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import Any, NamedTuple

from lxml import etree

from apd.cda.remembering import made_once
from apd.cda.xml import XSI_TYPE, Element
from apd.files import schemas_of
from apd.limits import MAX_ACCEPTED_ALONE, MAX_ATTRIBUTES_EXPLAINED

OWN_SCHEMA = "cda.xsd"
_UNKNOWN = "unknown"


def path_of(schema: str | None) -> str:
    """The path of an XSD; that of the project's own for None."""
    return schema or str(schemas_of("apd.cda") / OWN_SCHEMA)


@made_once(maxsize=2)
def explaining(schema: str | None) -> Any:
    """A schema for xmlschema.

    Args:
        schema: path of an XSD, or None for the project's own.
    """
    from xmlschema import XMLSchema10  # costs as much to import as all the rest

    return XMLSchema10(path_of(schema), allow="local")


@lru_cache(maxsize=256)
def declaration(names: tuple[str, ...] | None) -> Any:
    """What declares an element, by the names from the root to it; None where it is not certain."""
    if names is None:
        return None
    beginning, *rest = names
    roots = explaining(None).elements.values()
    found = next((root for root in roots if root.name == beginning), None)
    for name in rest:
        children = [] if found is None else found.type.content.iter_elements()
        found = next((child for child in children if child.name == name), None)
    return found


@lru_cache(maxsize=256)
def declared_children(names: tuple[str, ...]) -> Mapping[str, int]:
    """The children that an element may have, by name, with their numbers in the schema's order.

    Args:
        names: the names from the root down to the element.
    """
    declared = declaration(names)
    children = () if declared is None else declared.type.content.iter_elements()
    different = dict.fromkeys(str(child.name) for child in children if child.name)
    return {name: number for number, name in enumerate(different)}


def declares_child(names: tuple[str, ...], child: str) -> bool:
    """Whether an element may have a child of a name, wherever among its children."""
    return child in declared_children(names)


def is_accepted(names: tuple[str, ...], element: Element) -> bool:
    """Whether an element is accepted by itself, wherever it stands; False where that is not known.

    Args:
        names: the names from the root down to it.
        element: the element.
    """
    inside = list(islice(element.iter(), MAX_ACCEPTED_ALONE + 1))
    declared = declaration(names)
    is_plain = len(inside) <= MAX_ACCEPTED_ALONE and not any(
        XSI_TYPE in one.attrib or len(one.attrib) > MAX_ATTRIBUTES_EXPLAINED for one in inside
    )
    return declared is not None and is_plain and bool(declared.is_valid(element))


class ValueDeclared(NamedTuple):
    """What the schema declares of a value that it does not allow.

    Args:
        fixed: the only value that it allows; None where there are others.
        allowed: those that it allows; none where it lists none.
        type: the name of the simple type that the value is not of; None where it has none.
    """

    fixed: str | None
    allowed: tuple[str, ...]
    type: str | None


def declared_of(error: Any) -> ValueDeclared:
    """What the schema declares of a value, by an error of xmlschema."""
    validator = error.validator
    fixed, allowed = getattr(validator, "fixed", None), getattr(validator, "enumeration", None)
    return ValueDeclared(
        fixed if isinstance(fixed, str) else None,
        tuple(map(str, allowed or ())),
        _type_name(validator),
    )


def _type_name(validator: Any) -> str | None:
    for holder in (validator, getattr(validator, "parent", None), getattr(validator, "type", None)):
        name = getattr(holder, "local_name", None)
        if name and not name[0].isupper() and not name.startswith("pattern"):
            return str(name)
    return None


class _Errors(frozenset[str]):
    """lxml's names of the errors of a value, and the value as long as it is looked at."""

    value: str


def wrong_value(
    names: tuple[str, ...], attribute: str, value: str, errors: Collection[str]
) -> tuple[ValueDeclared, ...]:
    """What is declared of a value that the schema refuses; nothing where xmlschema accepts it.

    For a value in ASCII that follows from lxml's errors. About white space outside ASCII lxml and
    xmlschema disagree.

    Args:
        names: the names from the root down to its element.
        attribute: its name.
        value: the value.
        errors: lxml's names of its errors.
    """
    if not value.isascii():
        return _declared_of_value(names, attribute, value)
    found = _Errors(errors)
    found.value = value
    try:
        return _declared_by_errors(names, attribute, found)
    finally:
        del found.value  # the errors are kept, and the value is not


@lru_cache(maxsize=1024)
def _declared_by_errors(
    names: tuple[str, ...], attribute: str, errors: _Errors
) -> tuple[ValueDeclared, ...]:
    return _declared_of_value(names, attribute, errors.value)


def _declared_of_value(
    names: tuple[str, ...], attribute: str, value: str
) -> tuple[ValueDeclared, ...]:
    declared = declaration(names)
    of_attribute = None if declared is None else declared.attributes.get(attribute)
    errors = () if of_attribute is None else of_attribute.iter_errors(value)
    return tuple(map(declared_of, errors))


class WrongChild(NamedTuple):
    """A child that an element must not have where it is.

    Args:
        number: which child it is, from 0; None where one is missing behind the last.
        expected: what may stand there, as many as xmlschema names.
    """

    number: int | None
    expected: tuple[str, ...]


def wrong_children(names: tuple[str, ...], children: Sequence[str]) -> tuple[WrongChild, ...]:
    """What is wrong with the children of an element, by their names alone.

    Args:
        names: the names from the root down to the element.
        children: the names of its children, at most ``MAX_CHILDREN_REMEMBERED``.
    """
    declared = declared_children(names)
    return _wrong(names, tuple(one if one in declared else _UNKNOWN for one in children))


@lru_cache(maxsize=1024)
def _wrong(names: tuple[str, ...], children: tuple[str, ...]) -> tuple[WrongChild, ...]:
    declared = declaration(names)
    if declared is None:
        return ()
    element = etree.Element(names[-1])
    below = {etree.SubElement(element, child) for child in children}
    errors = declared.iter_errors(element, validation_hook=lambda one, _: one in below)
    return tuple(
        WrongChild(None if error.invalid_tag is None else error.index, expected_names(error))
        for error in errors
        if hasattr(error, "expected")
    )


def expected_names(error: Any) -> tuple[str, ...]:
    """The elements of the schema that would have been right, by an error of xmlschema."""
    expected = error.expected
    if expected is None or isinstance(expected, str):
        return ()
    items = expected if isinstance(expected, list | tuple) else [expected]
    names = [getattr(item, "local_name", None) for item in items]
    return tuple(str(name) for name in names if name)


@cache
def prohibited() -> frozenset[str]:
    """The attributes that a type of the own schema takes away, for which xmlschema has words."""
    files = schemas_of("apd.cda").iterdir()
    trees = [etree.fromstring(file.read_bytes()) for file in files if file.name.endswith(".xsd")]
    return frozenset(
        one.get("name", "")
        for tree in trees
        for one in tree.iter()
        if one.get("use") == "prohibited"
    )
