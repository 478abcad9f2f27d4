"""The editions of Aftaleoversigten's content and business rules that can be judged by."""

from enum import StrEnum

from apd.errors import InvalidValue
from apd.wording import Wording


class Edition(StrEnum):
    """An edition of Aftaleoversigten's content and business rules that can be judged by.

    Whatever takes an edition takes its number as a text too, such as ``"1.0"``.
    """

    V1_0 = "1.0"
    """As it stood last before 2.0, in 1.0.12 of 2025-06-20."""
    V2_0 = "2.0"
    """Of 2025-06-25."""
    CURRENT = "2.0"
    """The one that is current, another name of it."""

    @property
    def version(self) -> str:
        """The number of the text that is meant, such as ``"1.0.12"``."""
        return "1.0.12" if self is Edition.V1_0 else self.value


def as_edition(edition: Edition | str) -> Edition:
    """The edition of a number.

    Raises:
        InvalidValue: there is none of that number.
    """
    try:
        return Edition(edition)
    except ValueError:
        raise InvalidValue(
            "edition",
            Wording("er ikke en kendt version", "is not a known edition"),
            Wording("angiv " + " eller ".join(Edition), "specify " + " or ".join(Edition)),
        ) from None
