"""The editions of Aftaleoversigten's content and business rules to check against."""

import datetime
from collections.abc import Mapping
from enum import StrEnum

from apd.errors import InvalidValue
from apd.wording import Wording


class Edition(StrEnum):
    """An edition of Aftaleoversigten's content and business rules to check against.

    Functions that take an edition also take its number as a text, such as ``"1.0"``.
    """

    V1_0 = "1.0"
    """As it stood last before 2.0, in 1.0.12 of 2025-06-20."""
    V2_0 = "2.0"
    """Of 2025-06-25."""
    CURRENT = "2.0"
    """Another name of the current one."""

    @property
    def version(self) -> str:
        """The number of the text that is meant, such as ``"1.0.12"``."""
        return "1.0.12" if self is Edition.V1_0 else self.value

    @property
    def since(self) -> datetime.date:
        """The first day of the text that is meant."""
        return VERSIONS[self.version]


VERSIONS: Mapping[str, datetime.date] = {
    "1.0": datetime.date(2020, 1, 6),
    "1.0.1": datetime.date(2020, 1, 16),
    "1.0.2": datetime.date(2020, 5, 27),
    "1.0.3": datetime.date(2020, 9, 25),
    "1.0.4": datetime.date(2020, 10, 26),
    "1.0.5": datetime.date(2020, 11, 13),
    "1.0.6": datetime.date(2021, 2, 11),
    "1.0.7": datetime.date(2021, 11, 8),
    "1.0.8": datetime.date(2022, 6, 28),
    "1.0.9": datetime.date(2023, 9, 20),
    "1.0.10": datetime.date(2024, 4, 10),
    "1.0.11": datetime.date(2025, 3, 21),
    "1.0.12": datetime.date(2025, 6, 20),
    "2.0": datetime.date(2025, 6, 25),
}
"""The versions of the text that were public, with their days, by its change log; oldest first."""


def version_on(day: datetime.date) -> str | None:
    """The version of the text that applied on a day; None before the first."""
    stood = [version for version, since in VERSIONS.items() if since <= day]
    return stood[-1] if stood else None


def edition_on(day: datetime.date) -> Edition:
    """The edition that applied on a day; before the first, the oldest."""
    return Edition.V2_0 if day >= VERSIONS[Edition.V2_0.version] else Edition.V1_0


def as_edition(edition: Edition | str) -> Edition:
    """The edition with a number; :class:`InvalidValue` if there is none."""
    try:
        return Edition(edition)
    except ValueError:
        raise InvalidValue(
            "edition",
            Wording("er ikke en kendt version", "is not a known edition"),
            Wording("angiv " + " eller ".join(Edition), "specify " + " or ".join(Edition)),
        ) from None
