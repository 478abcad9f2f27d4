"""The types of the fields, and the words of the form: tags of classes, and closed lists."""

import types
from collections.abc import Iterable, Sequence
from enum import Enum
from functools import cache
from typing import Any, NamedTuple, Union, get_args, get_origin

import attrs

from apd.model.document import AppointmentDocument, DocumentSource
from apd.model.identifiers import (
    CprNumber,
    EpisodeId,
    Identifier,
    MedComId,
    ProviderNumber,
    SorCode,
)
from apd.model.location import HomeLocation, OtherLocation, SorLocation
from apd.standard.releases import RELEASES, Release

TAG = "type"
"""The key that says which of several classes an object is."""

TAGS: dict[type[attrs.AttrsInstance], str] = {
    CprNumber: "cpr",
    SorCode: "sor",
    ProviderNumber: "provider",
    MedComId: "medcom",
    EpisodeId: "episode",
    Identifier: "other",
    SorLocation: "sor",
    OtherLocation: "other",
    HomeLocation: "home",
}
"""What stands under ``type``, always, in the objects of these classes."""

MASKED = "masked"
"""The key of what ``apd show --json`` wrote with something hidden: no document any more."""


def word(member: Enum | Release) -> str:
    """A member of a closed list in the form: its name in lower case, or the release's number."""
    return member.name if isinstance(member, Release) else member.name.lower()


def is_closed_list(one: type) -> bool:
    """True for enumerations, and for the releases."""
    return one is Release or issubclass(one, Enum)


def members(closed_list: type) -> dict[str, Enum | Release]:
    """The members of a closed list by their words, in order."""
    known: Iterable[Enum | Release] = RELEASES if closed_list is Release else closed_list  # type: ignore[assignment]
    return {word(member): member for member in known}


Class = Any
"""A class, a union of classes, or a tuple of them, as the annotation of a field says it."""


class Choice(NamedTuple):
    """The classes, one or several, that may stand in one place, and whether null may."""

    classes: tuple[Class, ...]
    nullable: bool


def is_union(field_type: Class) -> bool:
    """True for ``A | B`` and for ``A | None``."""
    origin: Any = get_origin(field_type)
    return origin in (types.UnionType, Union)


def is_list(field_type: Class) -> bool:
    """True for ``tuple[A, ...]`` and ``Sequence[A]``, which the form writes as a list."""
    origin: Any = get_origin(field_type)
    return origin in (tuple, Sequence)


def choice(field_type: Class) -> Choice:
    """What may stand in the place of a field."""
    classes = get_args(field_type) if is_union(field_type) else (field_type,)
    return Choice(
        tuple(one for one in classes if one is not types.NoneType), types.NoneType in classes
    )


def item(list_type: Class) -> Class:
    """What the items of a list are."""
    return get_args(list_type)[0]


def fields(one: Class) -> dict[str, "attrs.Attribute[Any]"]:
    """The fields of a class by their names, in order."""
    return attrs.fields_dict(one)


@cache
def classes() -> tuple[Class, ...]:
    """Every class of the model that a document can hold, the document first."""
    return tuple(one for one in _reached() if _is_object(one))


@cache
def closed_lists() -> tuple[type, ...]:
    """Every closed list that a document can hold."""
    return tuple(one for one in _reached() if is_closed_list(one))


@cache
def field_names() -> frozenset[str]:
    """The names of the fields of all classes."""
    return frozenset(name for one in classes() for name in fields(one))


def _is_object(one: Class) -> bool:
    """True for a class that the form writes as an object."""
    return attrs.has(one) and not is_closed_list(one) and one is not DocumentSource


def _reached() -> Iterable[Class]:
    """The classes in a document and in each other, each once, depth first."""
    reached: dict[Class, None] = {}
    waiting: list[Class] = [AppointmentDocument]
    while waiting:
        one = waiting.pop()
        if is_union(one) or is_list(one):
            waiting += reversed([inner for inner in get_args(one) if inner is not ...])
        elif one not in reached:
            reached[one] = None
            held = fields(one).values() if _is_object(one) else ()
            waiting += reversed([field.type for field in held])
    return reached
