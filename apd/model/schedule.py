"""The time of the appointment: start and end, indicative times, and the parts of the day.

Sources: Aftaleoversigten 2.0, tables 2 and 3, and 1.0.10, rule #8; APD-DK 2.0.1, guided interval.
"""

import datetime
from enum import Enum
from typing import Self

from attrs import field, frozen

from apd.errors import InvalidValue
from apd.model.time import (
    as_optional_time,
    as_time,
    combined,
    danish_time,
    is_given_time,
    is_time,
    midnight,
)
from apd.model.validators import demand, is_a, is_optional_text, masked, optional_line
from apd.standard.codes import AppointmentType
from apd.wording import Language, Worded, Wording

INDICATIVE_NOTE = "Tidspunktet er vejledende"
NO_TIME_NOTE = "Der er ikke fastsat noget klokkeslæt"
"""The note in a document for an appointment of which only the day is known."""

_DAY, _SECOND = datetime.timedelta(days=1), datetime.timedelta(seconds=1)


class PartOfDay(Worded, Enum):
    """The predefined intervals (foruddefinerede intervaller), by their hours on the clock."""

    MORNING = (
        (7, 9),
        Wording("Morgen", "Morning"),
        Wording("i løbet af morgenen", "early in the morning"),
    )
    FORENOON = (
        (9, 11),
        Wording("Formiddag", "Forenoon"),
        Wording("i løbet af formiddagen", "in the forenoon"),
    )
    MIDDAY = (11, 13), Wording("Middag", "Midday"), Wording("omkring middag", "around midday")
    AFTERNOON = (
        (13, 17),
        Wording("Eftermiddag", "Afternoon"),
        Wording("i løbet af eftermiddagen", "in the afternoon"),
    )
    EVENING = (17, 22), Wording("Aften", "Evening"), Wording("i løbet af aftenen", "in the evening")
    NIGHT = (22, 7), Wording("Nat", "Night"), Wording("i løbet af natten", "during the night")

    _phrase: Wording

    def __new__(cls, hours: tuple[int, int], wording: Wording, phrase: Wording) -> Self:
        """Make a part of the day from its hours, its name and its phrase in a sentence."""
        member = object.__new__(cls)
        member._value_ = hours
        member.wording = wording
        member._phrase = phrase
        return member

    @property
    def begins(self) -> datetime.time:
        """When it begins."""
        return datetime.time(self.value[0])

    @property
    def ends(self) -> datetime.time:
        """When it ends; the night ends on the next day."""
        return datetime.time(self.value[1])

    def phrase(self, language: Language = "da") -> str:
        """The phrase for a time in it: *i løbet af formiddagen*, *in the forenoon*."""
        return self._phrase.in_language(language)


def demand_indicative(note: str | None, field: str, *, indicative: bool) -> None:
    """Refuse a note on an exact time.

    Args:
        note: the note, or None.
        field: its name in an error.
        indicative: whether the time that it belongs to is indicative.

    Raises:
        InvalidValue: there is a note, and the time is exact.
    """
    if note is not None and not indicative:
        raise InvalidValue(
            field,
            Wording("er angivet ved et eksakt tidspunkt", "is specified for an exact time"),
            Wording(
                "gør tidspunktet vejledende (indicative), eller udelad noten",
                "make the time indicative, or leave the note out",
            ),
        )


@frozen
class Schedule:
    """Start and end of an appointment (start- og sluttidspunkt).

    Make it from times, or with :meth:`between`, :meth:`during` or :meth:`on`.

    Args:
        start: when the patient is to attend, with a time zone; with ``date_only``, 00:00.
        end: when it ends, with a time zone; None if that is not known (type 3). With
            ``date_only``, 00:00 on the day after the last.
        indicative: the times are indicative (vejledende, type 2), and whoever shows them must
            state that.
        note: a note on an indicative time, such as who comes when.
        date_only: the day or days are known, but no time of day: the patient attends during the
            day. Such a schedule is indicative.

    Raises:
        InvalidValue: a time has no time zone, the end is not after the start, an exact time has a
            note, or there is a time of day where only the date is known.
    """

    start: datetime.datetime = field(converter=as_time, validator=is_given_time)
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
    date_only: bool = field(default=False, kw_only=True, validator=is_a(bool))

    def __attrs_post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise InvalidValue(
                "Schedule.end",
                Wording("ligger ikke efter starten", "is not after the start"),
                Wording(
                    "angiv et senere tidspunkt, eller udelad det, hvis det ikke kendes",
                    "specify a later time, or leave it out if it is not known",
                ),
            )
        demand_indicative(self.note, "Schedule.note", indicative=self.indicative)
        if self.date_only:
            self._refuse_times()
            # one way to say a thing: what follows from date_only is not kept beside it
            object.__setattr__(self, "note", _without_no_time_note(self.note))

    def _refuse_times(self) -> None:
        for name, time in (("start", self.start), ("end", self.end)):
            if time is not None and time != midnight(time.date()):
                raise InvalidValue(
                    f"Schedule.{name}",
                    Wording(
                        "har et klokkeslæt, men kun datoen er kendt (date_only)",
                        "has a time of day, but only the date is known (date_only)",
                    ),
                    Wording(
                        "angiv kl. 00:00 dansk tid, eller udelad date_only",
                        "specify 00:00 Danish time, or leave date_only out",
                    ),
                )
        if not self.indicative:
            raise InvalidValue(
                "Schedule.indicative",
                Wording(
                    "er falsk, men kun datoen er kendt (date_only)",
                    "is false, but only the date is known (date_only)",
                ),
                Wording(
                    "gør tidspunktet vejledende, eller udelad date_only",
                    "make the time indicative, or leave date_only out",
                ),
            )

    @classmethod
    def between(
        cls,
        day: datetime.date,
        begins: datetime.time,
        ends: datetime.time,
        note: str | None = INDICATIVE_NOTE,
    ) -> Self:
        """A custom interval on a day, indicative; it ends on the next day if not later.

        The times are Danish local time.
        """
        demand(day, "Schedule.between(day)", datetime.date)
        demand(begins, "Schedule.between(begins)", datetime.time)
        demand(ends, "Schedule.between(ends)", datetime.time)
        last_day = day if ends > begins else day + datetime.timedelta(days=1)
        return cls(combined(day, begins), combined(last_day, ends), indicative=True, note=note)

    @classmethod
    def during(cls, part: PartOfDay, day: datetime.date) -> Self:
        """One of the six predefined parts of a day, indicative; the night ends on the next day."""
        demand(part, "Schedule.during(part)", PartOfDay)
        demand(day, "Schedule.during(day)", datetime.date)
        return cls.between(day, part.begins, part.ends, f"{INDICATIVE_NOTE}, {part.phrase()}")

    @classmethod
    def on(
        cls, day: datetime.date, last_day: datetime.date | None = None, *, note: str | None = None
    ) -> Self:
        """A day, or several, without a time of day.

        Args:
            day: the day, or the first of several.
            last_day: the last day, which may be the same; None if no end is known, which is treated
                as one day.
            note: a note on it. Documents state without it that no time of day is set.

        Raises:
            InvalidValue: it is not a date, or the last day is before the first.
        """
        demand(day, "Schedule.on(day)", datetime.date)
        end = None
        if last_day is not None:
            demand(last_day, "Schedule.on(last_day)", datetime.date)
            end = midnight(midnight(last_day).date() + _DAY)  # refuses a year without a next day
        return cls(midnight(day), end, indicative=True, note=note, date_only=True)

    @property
    def first_day(self) -> datetime.date:
        """The day on which it begins in Denmark."""
        return self.start.date()

    @property
    def last_day(self) -> datetime.date:
        """The last day that it includes in Denmark.

        One that ends at midnight does not include the day that begins then. One without an end
        includes only the day on which it begins.
        """
        if self.end is None:
            return self.first_day
        # one second before the end, as the clock in Denmark showed it then
        return danish_time(self.end - _SECOND).date()

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


def _without_no_time_note(note: str | None) -> str | None:
    """A note without the sentence that a document has for ``date_only`` anyway."""
    while note is not None and note.startswith(NO_TIME_NOTE):
        rest = note.removeprefix(NO_TIME_NOTE)
        if rest.strip() not in ("", ".") and not rest.startswith(". "):
            break  # the sentence goes on
        note = rest.removeprefix(".").strip() or None
    return note
