"""The kinds of documents to generate."""

import datetime
from collections.abc import Iterable
from typing import Any, TypeVar

from attrs import Attribute, field, frozen

from apd.errors import InvalidValue
from apd.model.location import HomeLocation, OtherLocation, SorLocation
from apd.model.validators import is_a
from apd.standard.codes import AppointmentType, Category
from apd.standard.releases import Release
from apd.testing.numbers import MOST_PATIENTS
from apd.testing.synthetic.older_releases import FIRST_RELEASES
from apd.wording import Wording

T = TypeVar("T")

LocationClass = type[SorLocation] | type[OtherLocation] | type[HomeLocation]
LOCATION_CLASSES: tuple[LocationClass, ...] = (SorLocation, OtherLocation, HomeLocation)
"""The classes of the location types 1, 2 and 3."""

_YEAR = datetime.timedelta(days=364)
_USUAL = datetime.date(2026, 1, 1)
_EARLIEST, _LATEST = datetime.date(2008, 1, 1), datetime.date(9997, 12, 30)


def _as_set(items: Iterable[Any]) -> frozenset[Any]:
    return items if isinstance(items, frozenset) else frozenset(items)


def _are_some_of(known: Iterable[Any], expected: Wording) -> Any:
    every = frozenset(known)

    def check(_: object, attribute: "Attribute[Any]", value: frozenset[Any]) -> None:
        if not value or not value <= every:
            raise InvalidValue(
                f"Selection.{attribute.name}",
                Wording("har ingen af de mulige værdier", "has none of the possible values"),
                expected,
            )

    return check


def _is_day(_: object, attribute: "Attribute[Any]", value: object) -> None:
    if value is not None and not (type(value) is datetime.date and _EARLIEST <= value <= _LATEST):
        raise InvalidValue(
            f"Selection.{attribute.name}",
            Wording("er ikke en mulig dag", "is not a possible day"),
            Wording(
                f"angiv en dato fra {_EARLIEST} til {_LATEST}",
                f"specify a date from {_EARLIEST} to {_LATEST}",
            ),
        )


def _is_number(_: object, attribute: "Attribute[Any]", value: object) -> None:
    if value is not None and not (type(value) is int and 1 <= value < MOST_PATIENTS):
        raise InvalidValue(
            f"Selection.{attribute.name}",
            Wording("er ikke et muligt antal", "is not a possible number"),
            Wording(
                f"angiv et tal fra 1 til {MOST_PATIENTS - 1}",
                f"specify a number from 1 to {MOST_PATIENTS - 1}",
            ),
        )


@frozen(kw_only=True)
class Selection:
    """A selection of documents; by default, all kinds.

    Args:
        types: appointment types 1 to 4. A document has one of the types 1 to 3, and type 4 if it
            repeats; it is included if one of its types is given.
        locations: the classes of locations: :class:`apd.SorLocation` (type 1),
            :class:`apd.OtherLocation` (2), :class:`apd.HomeLocation` (3).
        categories: the categories of the appointments.
        first: the first day on which an appointment may begin; a year before ``last``, or the
            first of 2026.
        last: the last such day; a year after ``first``, or the last of 2026.
        release: the release of DK-APD. The older ones can express less: 1.0 and 1.1 have no types
            2 and 4.
        patients: the number of patients, who get the documents in turn; each has at most one a
            day. With None each patient has a few documents, and the number of patients grows.

    Raises:
        InvalidValue: the selection is empty, or a field has an invalid value.
    """

    types: frozenset[AppointmentType] = field(
        default=frozenset(AppointmentType),
        converter=_as_set,
        validator=_are_some_of(
            AppointmentType,
            Wording("angiv nogle af typerne 1 til 4", "specify some of the types 1 to 4"),
        ),
    )
    locations: frozenset[LocationClass] = field(
        default=frozenset(LOCATION_CLASSES),
        converter=_as_set,
        validator=_are_some_of(
            LOCATION_CLASSES,
            Wording(
                "angiv nogle af de tre klasser af mødesteder",
                "specify some of the three classes of locations",
            ),
        ),
    )
    categories: frozenset[Category] = field(
        default=frozenset(Category),
        converter=_as_set,
        validator=_are_some_of(
            Category, Wording("angiv nogle af kategorierne", "specify some of the categories")
        ),
    )
    first: datetime.date | None = field(default=None, validator=_is_day)
    last: datetime.date | None = field(default=None, validator=_is_day)
    release: Release = field(default=Release.V2_0_1, validator=is_a(Release))
    patients: int | None = field(default=None, validator=_is_number)

    def __attrs_post_init__(self) -> None:
        first, last = self.days
        if first > last:
            raise InvalidValue(
                "Selection.last",
                Wording("ligger før den første dag", "is before the first day"),
                Wording("angiv en senere dag", "specify a later day"),
            )

    @property
    def days(self) -> tuple[datetime.date, datetime.date]:
        """The first and the last day."""
        if self.first is None:
            first = _USUAL if self.last is None else max(self.last - _YEAR, _EARLIEST)
        else:
            first = self.first
        last = min(first + _YEAR, _LATEST) if self.last is None else self.last
        return first, last

    def takes(self, type: AppointmentType, *, repeats: bool) -> bool:
        """Whether an appointment with a type, repeating or not, is in the selection."""
        if self.release in FIRST_RELEASES and (repeats or type is AppointmentType.INDICATIVE):
            return False
        return type in self.types or (repeats and AppointmentType.REPEATING in self.types)
