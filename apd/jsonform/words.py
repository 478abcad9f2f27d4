"""The words of the form: tags of the classes that can stand in one place, and closed lists."""

from collections.abc import Iterable
from enum import Enum

import attrs

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
"""The key that tells which of several classes an object is."""

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
