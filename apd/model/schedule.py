"""When the patient meets: start and end, indicative times, and the parts of the day.

Sources: Aftaleoversigten, tables 2 and 3, business rule #8; APD-DK 2.0.1, guided interval.
"""

import datetime
from enum import Enum
from typing import Any, Self

from attrs import Attribute, field, frozen

from apd.errors import InvalidValue
from apd.model.checks import demand, is_a, is_optional_text, masked, optional_line
from apd.model.time import as_optional_time, as_time, combined, is_time
from apd.standard.codes import AppointmentType
from apd.wording import Language, Wording

INDICATIVE_NOTE = "Tidspunktet er vejledende"


class PartOfDay(Enum):
    """The predefined intervals (foruddefinerede intervaller), by their hours on the clock."""

    MORNING = (7, 9)
    FORENOON = (9, 11)
    MIDDAY = (11, 13)
    AFTERNOON = (13, 17)
    EVENING = (17, 22)
    NIGHT = (22, 7)

    @property
    def begins(self) -> datetime.time:
        """When it begins."""
        return datetime.time(self.value[0])

    @property
    def ends(self) -> datetime.time:
        """When it ends; the night ends on the next day."""
        return datetime.time(self.value[1])

    def display(self, language: Language = "da") -> str:
        """Its name: *Formiddag*, *Forenoon*."""
        return _PARTS[self][0].in_language(language)

    def phrase(self, language: Language = "da") -> str:
        """When something happens in it: *i løbet af formiddagen*, *in the forenoon*."""
        return _PARTS[self][1].in_language(language)


_PARTS = {
    PartOfDay.MORNING: (
        Wording("Morgen", "Morning"),
        Wording("i løbet af morgenen", "early in the morning"),
    ),
    PartOfDay.FORENOON: (
        Wording("Formiddag", "Forenoon"),
        Wording("i løbet af formiddagen", "in the forenoon"),
    ),
    PartOfDay.MIDDAY: (Wording("Middag", "Midday"), Wording("omkring middag", "around midday")),
    PartOfDay.AFTERNOON: (
        Wording("Eftermiddag", "Afternoon"),
        Wording("i løbet af eftermiddagen", "in the afternoon"),
    ),
    PartOfDay.EVENING: (
        Wording("Aften", "Evening"),
        Wording("i løbet af aftenen", "in the evening"),
    ),
    PartOfDay.NIGHT: (
        Wording("Nat", "Night"),
        Wording("i løbet af natten", "during the night"),
    ),
}


_is_datetime = is_a(datetime.datetime)


def _is_given_time(instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    _is_datetime(instance, attribute, value)
    is_time(instance, attribute, value)


@frozen
class Schedule:
    """Start and end of an appointment (start- og sluttidspunkt).

    Args:
        start: when the patient meets, with a zone.
        end: when it is over, with a zone; None where that is not known (type 3).
        indicative: the times are indicative (vejledende, type 2), and whoever shows them has
            to say so.
        note: words that go with an indicative time, such as who comes when.

    Raises:
        InvalidValue: no zone, the end not after the start, or a note on an exact time.
    """

    start: datetime.datetime = field(converter=as_time, validator=_is_given_time)
    end: datetime.datetime | None = field(
        default=None, converter=as_optional_time, validator=is_time
    )
    indicative: bool = field(default=False, kw_only=True, validator=is_a(bool))
    note: str | None = field(
        default=None,
        kw_only=True,
        converter=optional_line,
        validator=is_optional_text,
        repr=masked,
    )

    def __attrs_post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise InvalidValue(
                "Schedule.end", "is not after the start", "give a later time, or None if unknown"
            )
        if self.note is not None and not self.indicative:
            raise InvalidValue(
                "Schedule.note", "stands with an exact time", "set indicative=True, or leave it out"
            )

    @classmethod
    def between(
        cls,
        day: datetime.date,
        begins: datetime.time,
        ends: datetime.time,
        note: str | None = INDICATIVE_NOTE,
    ) -> Self:
        """An interval of one's own on a day, indicative; it ends next day if not later.

        The times are those of a clock in Denmark.
        """
        demand(day, "Schedule.between(day)", datetime.date)
        demand(begins, "Schedule.between(begins)", datetime.time)
        demand(ends, "Schedule.between(ends)", datetime.time)
        last_day = day if ends > begins else day + datetime.timedelta(days=1)
        return cls(combined(day, begins), combined(last_day, ends), indicative=True, note=note)

    @classmethod
    def during(cls, part: PartOfDay, day: datetime.date) -> Self:
        """One of the six predefined parts of a day, indicative; the night ends next day."""
        demand(part, "Schedule.during(part)", PartOfDay)
        demand(day, "Schedule.during(day)", datetime.date)
        return cls.between(day, part.begins, part.ends, f"{INDICATIVE_NOTE}, {part.phrase()}")

    @property
    def part_of_day(self) -> PartOfDay | None:
        """The predefined part of the day that an indicative schedule fills, or None."""
        if self.end is None or not self.indicative:
            return None
        days = (self.end.date() - self.start.date()).days
        for part in PartOfDay:
            same_times = (self.start.time(), self.end.time()) == (part.begins, part.ends)
            if same_times and days == (part is PartOfDay.NIGHT):
                return part
        return None

    @property
    def type(self) -> AppointmentType:
        """The appointment type that follows: 3 for an open end, 2 if indicative, else 1."""
        if self.end is None:
            return AppointmentType.OPEN_END
        return AppointmentType.INDICATIVE if self.indicative else AppointmentType.STANDARD
