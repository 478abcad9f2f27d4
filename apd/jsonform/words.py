"""The words of the form: tags of the classes that can stand in one place, and closed lists."""

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
from apd.standard.codes import Release

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


def word(member: Enum) -> str:
    """A member of a closed list in the form: its name in lower case, or the release's number."""
    return member.value if isinstance(member, Release) else member.name.lower()


def members(closed_list: type[Enum]) -> dict[str, Enum]:
    """The members of a closed list by their words, in order."""
    return {word(member): member for member in closed_list}
