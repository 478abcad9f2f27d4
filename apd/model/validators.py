"""Converters and validators shared by the classes of the model.

Every refusal is an :class:`apd.InvalidValue` that states the field, what is wrong and what would be
right, but never the value itself.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar, cast

from attrs import Attribute, validators

from apd.errors import InvalidValue
from apd.standard.identifier_forms import OID, UID, UUID
from apd.wording import Wording

T = TypeVar("T")
Validator = Callable[[Any, "Attribute[Any]", Any], None]

# What XML 1.0 cannot carry at all, not even escaped.
NOT_IN_XML = r"\x00-\x08\x0b\x0c\x0e-\x1f"
"""The characters up to 255 that XML does not have, as in a set of a regular expression."""
NOT_IN_XML_ABOVE = r"\ud800-\udfff\ufffe\uffff"
"""Those above 255."""
_NOT_IN_XML = re.compile(f"[{NOT_IN_XML}{NOT_IN_XML_ABOVE}]")


def field_name(instance: object, attribute: "Attribute[Any]") -> str:
    """The name of the field in error messages: ``Address.city``."""
    return f"{type(instance).__name__}.{attribute.name}"


def masked(value: object) -> str:
    """A replacement for personal data in a ``repr``, which shows only whether there are any."""
    return "None" if value is None or value == () else "***"


def one_line(value: str) -> str:
    """Converter: white space is collapsed to single spaces and removed at the ends."""
    return " ".join(value.split()) if isinstance(value, str) else value


def optional_line(value: str | None) -> str | None:
    """Converter: as :func:`one_line`; an empty text becomes None."""
    return (one_line(value) or None) if value is not None else None


def as_tuple(values: Iterable[T]) -> tuple[T, ...]:
    """Converter: a tuple. Anything but a collection is left for the validator to refuse."""
    try:
        return tuple(values)
    except TypeError:
        return cast("tuple[T, ...]", values)


def distinct(values: Iterable[T]) -> tuple[T, ...]:
    """Converter: as :func:`as_tuple`, with each value once, in order of first occurrence."""
    items = as_tuple(values)
    try:
        return tuple(dict.fromkeys(items))
    except TypeError:  # no collection, or something in it that the validator refuses
        return items


def lines(values: Iterable[str]) -> tuple[str, ...]:
    """Converter: each text as by :func:`one_line`; empty ones are left out."""
    # a lone text would fall apart into its letters
    texts = (values,) if isinstance(values, str) else as_tuple(values)
    if not isinstance(texts, tuple):
        return texts
    return tuple([line for line in map(one_line, texts) if line != ""])


def is_text(instance: object, attribute: "Attribute[Any]", value: object) -> None:
    """Validator: a text that is not empty and that XML can represent."""
    if not isinstance(value, str):
        raise _of_wrong_type(field_name(instance, attribute), value, (str,))
    if not value:
        raise InvalidValue(
            field_name(instance, attribute),
            Wording("er tom", "is empty"),
            Wording("angiv en tekst", "specify a text"),
        )
    # isprintable() is the cheap test that nearly every text passes
    if not value.isprintable() and _NOT_IN_XML.search(value):
        raise InvalidValue(
            field_name(instance, attribute),
            Wording(
                "indeholder et kontroltegn, som XML ikke kan gengive",
                "contains a control character that XML cannot represent",
            ),
            Wording(
                "fjern tegn under U+0020, enlige surrogater, U+FFFE og U+FFFF",
                "remove characters below U+0020, lone surrogates, U+FFFE and U+FFFF",
            ),
        )


is_optional_text: Validator = validators.optional(is_text)
"""Validator: as :func:`is_text`, or None."""


def is_collection(instance: object, attribute: "Attribute[Any]", value: object) -> None:
    """Validator: a value that :func:`as_tuple` could convert to a tuple."""
    if not isinstance(value, tuple):
        raise wrong_type(
            field_name(instance, attribute),
            value,
            Wording("en liste eller en tuple, evt. tom", "a list or a tuple, possibly empty"),
        )


def are_texts(instance: object, attribute: "Attribute[Any]", value: tuple[object, ...]) -> None:
    """Validator: a tuple of texts, each as by :func:`is_text`."""
    is_collection(instance, attribute, value)
    for text in value:
        is_text(instance, attribute, text)


def has_number(instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    """Validator: an identifier that has more than its root."""
    if value.extension is None:
        raise InvalidValue(
            field_name(instance, attribute),
            Wording("har intet nummer", "has no number"),
            Wording("angiv en extension sammen med roden", "specify an extension with the root"),
        )


def is_optional_date(instance: object, attribute: "Attribute[Any]", value: object) -> None:
    """Validator: a date without a time, or None."""
    if value is not None and type(value) is not datetime.date:
        raise wrong_type(
            field_name(instance, attribute), value, Wording("en dato eller None", "a date or None")
        )


def matches(pattern: str, expected: Wording) -> Validator:
    """Validator: a text that matches the whole pattern, which ``expected`` describes."""
    fullmatch = re.compile(pattern).fullmatch

    def check(instance: object, attribute: "Attribute[Any]", value: object) -> None:
        if not isinstance(value, str) or fullmatch(value) is None:
            raise InvalidValue(
                field_name(instance, attribute),
                Wording("har ikke den rigtige form", "does not have the right form"),
                expected,
            )

    return check


is_oid = matches(
    OID, Wording("angiv en OID, f.eks. 1.2.208.176.1.1", "specify an OID, such as 1.2.208.176.1.1")
)
is_uuid = matches(
    UUID,
    Wording(
        "angiv en UUID, f.eks. 7f1c8b52-4f0e-4d3a-9a55-0c6d2e8f9b11",
        "specify a UUID, such as 7f1c8b52-4f0e-4d3a-9a55-0c6d2e8f9b11",
    ),
)
is_oid_or_uuid = matches(UID, Wording("angiv en OID eller en UUID", "specify an OID or a UUID"))
is_code = matches(
    r"[^\s\x00-\x1f\ud800-\udfff\ufffe\uffff]+",
    Wording("angiv en kode uden blanktegn", "specify a code without white space"),
)


is_optional_code: Validator = validators.optional(is_code)
"""Validator: as :data:`is_code`, or None."""


def is_a(*types: type) -> Validator:
    """Validator: an instance of one of the types (``NoneType`` among them makes it optional)."""

    def check(instance: object, attribute: "Attribute[Any]", value: object) -> None:
        if not isinstance(value, types):
            raise _of_wrong_type(field_name(instance, attribute), value, types)

    return check


def demand(value: object, argument: str, *types: type) -> None:
    """Refuse an argument of any other type; its name is such as ``Telecom.phone(number)``."""
    if not isinstance(value, types):
        raise _of_wrong_type(argument, value, types)


_NOUNS = {
    str: Wording("tekst (str)", "text (str)"),
    int: Wording("et helt tal (int)", "a whole number (int)"),
    bool: Wording("True eller False (bool)", "True or False (bool)"),
    datetime.date: Wording("en dato (date)", "a date (date)"),
    datetime.time: Wording("et klokkeslæt (time)", "a time of day (time)"),
    datetime.datetime: Wording("et tidspunkt (datetime)", "a time (datetime)"),
    datetime.timedelta: Wording("en varighed (timedelta)", "a duration (timedelta)"),
    type(None): Wording("None", "None"),
}
"""The names of types in messages; for a class of the library, its name."""


def _of_wrong_type(field: str, value: object, types: tuple[type, ...]) -> InvalidValue:
    nouns = [_NOUNS.get(one) or Wording(one.__name__, one.__name__) for one in types]
    return wrong_type(field, value, listed(nouns))


def wrong_type(field: str, value: object, right: Wording) -> InvalidValue:
    """The refusal of a value for its type, with that type and the right one: *text (str)*."""
    name = "None" if value is None else type(value).__name__
    return InvalidValue(
        field,
        Wording(f"skal være {right.da}, ikke {name}", f"must be {right.en}, not {name}"),
    )


def listed(nouns: Sequence[Wording]) -> Wording:
    """*a, b or c*."""
    *others, last = nouns
    if not others:
        return last
    return Wording(
        ", ".join(one.da for one in others) + f" eller {last.da}",
        ", ".join(one.en for one in others) + f" or {last.en}",
    )


def optional(*types: type) -> Validator:
    """Validator: None, or an instance of one of the types."""
    return is_a(*types, type(None))


def all_are(*types: type) -> Validator:
    """Validator: a tuple whose items are instances of the types."""
    is_item = is_a(*types)

    def check(instance: object, attribute: "Attribute[Any]", value: tuple[object, ...]) -> None:
        is_collection(instance, attribute, value)
        for item in value:
            is_item(instance, attribute, item)

    return check
