"""A series of repeating appointments (type 4), and the changes that the rules allow.

Source: R1 to R10 of :mod:`apd.standard.business_rules`, which has the edition of each: 2.0 removed
R4, R6 and R7. A series follows one edition.
"""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, Self
from uuid import UUID, uuid5

from attrs import Attribute, evolve, field, frozen

from apd.errors import InvalidValue
from apd.model.appointment import Appointment, Reason, Repetition, is_same_reason
from apd.model.identifiers import DocumentId, Identifier, MedComId, id_key
from apd.model.location import Location, is_same_place
from apd.model.party import Patient
from apd.model.schedule import Schedule
from apd.model.time import danish_time
from apd.model.validators import all_are, as_tuple, is_a, optional, wrong_type
from apd.series import errors
from apd.series.changes import Change, ChangeKind
from apd.series.errors import SeriesRuleError, repetition_id_of, what_forbids
from apd.series.pattern import Pattern
from apd.series.timing import MissingHour, moved
from apd.standard.edition import Edition, as_edition
from apd.wording import Wording


def _by_time(appointment: Appointment) -> tuple[datetime.datetime, tuple[str, str]]:
    return appointment.schedule.start, id_key(appointment.id)


def _as_appointments(appointments: Iterable[Appointment]) -> tuple[Appointment, ...]:
    given = as_tuple(appointments)
    is_right = isinstance(given, tuple) and all(isinstance(one, Appointment) for one in given)
    return tuple(sorted(given, key=_by_time)) if is_right else given  # the validator refuses it


_NOT_HERE = Wording("er ikke i serien", "is not in the series")
_WAS_HERE = Wording("er ikke længere i serien", "is no longer in the series")
_are_document_ids = all_are(MedComId, Identifier)


def _as_ids(ids: Iterable[DocumentId]) -> frozenset[DocumentId]:
    return frozenset(ids)


def _are_ids(instance: object, attribute: "Attribute[Any]", value: frozenset[object]) -> None:
    _are_document_ids(instance, attribute, tuple(value))


@frozen(kw_only=True)
class Series:
    """Repeating appointments (repeterende aftaler) of one patient.

    Each appointment is a document of its own (R2). They share the repetition id, or have none (R3,
    errata item 16), and the patient: 2.0 removed R4, but here a series belongs to one patient in
    every edition. They may overlap, and there may be any number of them on a day (R1). In edition
    1.0 they also share the location (R6) and the reason (R7); in 2.0 these may differ.

    A series is immutable: each change returns the new series, and what happened to each
    appointment. No change gives two appointments the same id, and an appointment keeps its id.

    Args:
        id: the series' own id, from which the ids of its appointments are made. It is in no
            document. Generate it at random, so that it cannot be guessed, and keep it with the
            series: with it the same times get the same ids.
        template: the content of a new appointment, except its id and its times. Its repetition
            is ``Repetition(id)``, or ``Repetition()`` for a series without a repetition id.
        appointments: the appointments; they are sorted by time.
        pattern: the pattern from which :meth:`extend` makes further appointments.
        closed: ids of appointments that have left the series, so that they are not made again.
        edition: the edition of Aftaleoversigten to follow, ``"2.0"`` or ``"1.0"``.

    Raises:
        SeriesRuleError: the appointments do not belong together in that edition; it names the
            rule.
        InvalidValue: a field has an invalid value.
    """

    id: UUID = field(validator=is_a(UUID))
    template: Appointment = field(validator=is_a(Appointment))
    appointments: tuple[Appointment, ...] = field(
        default=(), converter=_as_appointments, validator=all_are(Appointment)
    )
    pattern: Pattern | None = field(default=None, validator=optional(Pattern))
    closed: frozenset[DocumentId] = field(
        default=frozenset(), converter=_as_ids, validator=_are_ids
    )
    edition: Edition = field(default=Edition.CURRENT, converter=as_edition)

    def __attrs_post_init__(self) -> None:
        if self.template.repetition is None:
            raise SeriesRuleError(errors.NOT_REPEATING)
        forbidden = what_forbids(self.appointments, self.template, self.edition)
        if forbidden is not None:
            raise SeriesRuleError(forbidden)

    @property
    def patient(self) -> Patient:
        """The patient whose appointments these are."""
        return self.template.patient

    @property
    def repetition_id(self) -> DocumentId | None:
        """The id that links the appointments (repetitions-id), if they have one."""
        return repetition_id_of(self.template)

    # --- more appointments ------------------------------------------------------------------

    def add(self, *appointments: Appointment) -> "Outcome":
        """Add appointments, which take the repetition id of the series (R10).

        Args:
            appointments: with ids of their own. One that has left the series may return.

        Raises:
            SeriesRuleError: an appointment has no id of its own (R2), belongs to another series
                (R3) or patient (R4), or in edition 1.0 has another location (R6) or reason (R7).
        """
        added = [
            evolve(one, repetition=self.template.repetition)
            if repetition_id_of(one) is None
            else one
            for one in appointments
        ]
        ids = {id_key(one.id) for one in added}
        series = evolve(
            self,
            appointments=(*self.appointments, *added),
            closed=[id for id in self.closed if id_key(id) not in ids],
        )
        changes = [
            Change(ChangeKind.ADDED, "R10", None, one) for one in sorted(added, key=_by_time)
        ]
        return Outcome(series, changes)

    def extend(self, start: datetime.datetime, end: datetime.datetime) -> "Outcome":
        """Add the appointments of the pattern in a window that are not there yet (R10).

        Appointments that have left the series or are cancelled are not made again. Extending twice
        over overlapping windows, or once over both, gives the same series.

        Args:
            start: a time with a time zone; the beginning of the window, included.
            end: a time with a time zone; the end of the window, not included, such as the
                horizon of publication.

        Raises:
            InvalidValue: the series has no pattern, or as for :meth:`Pattern.between`.
        """
        if self.pattern is None:
            raise InvalidValue(
                "Series.pattern",
                Wording("mangler", "is missing"),
                Wording("angiv et mønster, eller brug add()", "specify a pattern, or use add()"),
            )
        known = {id_key(one.id) for one in self.appointments} | {id_key(id) for id in self.closed}
        return self.add(
            *(
                evolve(self.template, id=id, schedule=occurrence.schedule)
                for occurrence in self.pattern.between(start, end)
                if id_key(id := occurrence.id(self.id)) not in known
            )
        )

    # --- one of them changes ----------------------------------------------------------------

    def move(self, id: DocumentId, schedule: Schedule) -> "Outcome":
        """Move one appointment in time: it still repeats, with the same repetition id (R5).

        Args:
            id: the appointment's id, which it keeps.
            schedule: its new times. The same times change nothing.

        Raises:
            InvalidValue: no appointment of the series has that id.
        """
        old = self._find(id)
        return self._changed("R5", old, evolve(old, schedule=schedule))

    def change_location(
        self, id: DocumentId, location: Location | None, *, keep_repetition: bool = False
    ) -> "Outcome":
        """Change the location of one appointment: it leaves the series and no longer repeats.

        Both editions allow that; 1.0 requires it (R6).

        Args:
            id: the appointment's id, which it keeps.
            location: the new location. The same location changes nothing. If it is the same place,
                such as with another telephone number, the appointment stays in the series; see
                :func:`apd.model.location.is_same_place`.
            keep_repetition: it stays in the series with its repetition id, although it is at
                another place.

        Raises:
            SeriesRuleError: it is to keep the repetition id at another place in edition 1.0 (R6).
            InvalidValue: no appointment of the series has that id.
        """
        old = self._find(id)
        new = evolve(old, location=location)
        if keep_repetition or is_same_place(old.location, location):
            return self._changed("R6", old, new)
        change = Change(ChangeKind.LEFT_THE_SERIES, "R6", old, evolve(new, repetition=None))
        return Outcome(self._without(old), [change])

    def change_reason(
        self,
        id: DocumentId,
        reason: Reason | None,
        *,
        new_repetition_id: DocumentId | None = None,
        keep_repetition: bool = False,
    ) -> "Outcome":
        """Change the reason of one appointment: the repetition ends for it.

        Both editions allow that; 1.0 requires it (R7).

        Args:
            id: the appointment's id, which it keeps.
            reason: the new reason. The same reason changes nothing; if only its notation differs,
                the appointment stays in the series.
            new_repetition_id: begins a new series with that appointment, which the outcome has
                as ``begun``. None: it no longer repeats.
            keep_repetition: it stays in the series with its repetition id, although it has
                another reason.

        Raises:
            SeriesRuleError: the new repetition id is that of this series (R3; in edition 1.0 R7),
                or it is to keep the repetition id in edition 1.0 (R7).
            InvalidValue: no appointment of the series has that id, or it is to have a new
                repetition id and keep the old one.
        """
        old = self._find(id)
        new = evolve(old, reason=reason)
        if keep_repetition and new_repetition_id is not None:
            raise InvalidValue(
                "new_repetition_id",
                Wording(
                    "er angivet sammen med keep_repetition",
                    "is specified together with keep_repetition",
                ),
                Wording("angiv en af dem", "specify one of them"),
            )
        if keep_repetition or is_same_reason(old.reason, reason):
            return self._changed("R7", old, new)
        return self._ended(old, evolve(new, repetition=None), new_repetition_id)

    def _ended(
        self, old: Appointment, new: Appointment, new_repetition_id: DocumentId | None
    ) -> "Outcome":
        """The repetition has ended for one appointment, which may begin a new series."""
        begun = None
        if new_repetition_id is not None:
            if id_key(new_repetition_id) == id_key(self.repetition_id):
                is_older = errors.OLD_REPETITION.applies_in(self.edition)
                raise SeriesRuleError(errors.OLD_REPETITION if is_older else errors.SAME_REPETITION)
            new = evolve(new, repetition=Repetition(new_repetition_id))
            # a digest that the series' own id keys, as a repetition id may hold what can be guessed
            own_id = uuid5(self.id, ":".join(id_key(new_repetition_id)))
            begun = Series(id=own_id, template=new, appointments=(new,), edition=self.edition)
        return Outcome(self._without(old), [Change(ChangeKind.ENDED, "R7", old, new)], begun)

    def cancel(self, id: DocumentId) -> "Outcome":
        """Cancel one appointment: its document is to be deprecated unchanged (R9).

        Args:
            id: the appointment's id. Its repetition id is unchanged.

        Raises:
            InvalidValue: no appointment of the series has that id.
        """
        old = self._find(id)
        return Outcome(self._without(old), [Change(ChangeKind.CANCELLED, "R9", old, None)])

    # --- all of them change -----------------------------------------------------------------

    def move_all(
        self,
        to: datetime.timedelta | Mapping[MedComId, Schedule] | Mapping[DocumentId, Schedule],
        *,
        repetition_id: DocumentId | None = None,
    ) -> "Outcome":
        """Move every appointment of the series in time; all keep their ids (R8).

        Args:
            to: how much later, or earlier (negative), in local time; the pattern moves too. Or the
                new times of every appointment by its id; the pattern is then dropped, as it does
                not give them.
            repetition_id: a new repetition id for all of them; None to keep the present one.

        Raises:
            SeriesRuleError: the new times are not for exactly the appointments of the series.
            InvalidValue: a time is in the hour that is skipped, and the pattern does not shift
                it; then specify the new times of every appointment.
        """
        pattern = self.pattern
        if isinstance(to, datetime.timedelta):
            schedules = self._later(to)
            pattern = pattern and evolve(pattern, moved_by=pattern.moved_by + to)
        elif isinstance(to, Mapping):
            given = {id_key(id): schedule for id, schedule in to.items()}
            if given.keys() != {id_key(one.id) for one in self.appointments}:
                raise SeriesRuleError(errors.NOT_ALL)
            schedules = [given[id_key(one.id)] for one in self.appointments]
            pattern = None
        else:
            raise wrong_type(
                "to", to, Wording("en timedelta eller en mapping", "a timedelta or a mapping")
            )
        repetition = self.template.repetition
        if repetition_id is not None:
            repetition = Repetition(repetition_id)
        new = [
            evolve(old, schedule=schedule, repetition=repetition)
            for old, schedule in zip(self.appointments, schedules, strict=True)
        ]
        series = evolve(
            self,
            template=evolve(self.template, repetition=repetition),
            appointments=new,
            pattern=pattern,
        )
        changes = [
            Change(ChangeKind.CHANGED, "R8", before, after)
            for before, after in zip(self.appointments, new, strict=True)
            if before != after
        ]
        return Outcome(series, changes)

    def ahead(self, now: datetime.datetime) -> Self:
        """The series without the appointments that have begun, which changes must not affect.

        Args:
            now: a time with a time zone.
        """
        now = danish_time(now, "now")
        appointments = [one for one in self.appointments if one.schedule.start > now]
        begun = self.appointments[: len(self.appointments) - len(appointments)]
        closed = self.closed.union(one.id for one in begun if one.id is not None)
        return evolve(self, appointments=appointments, closed=closed)

    # --- what the changes have in common ----------------------------------------------------

    def _find(self, id: DocumentId) -> Appointment:
        if not isinstance(id, MedComId | Identifier):
            raise wrong_type("id", id, Wording("en aftales id", "an appointment's id"))
        for one in self.appointments:
            if id_key(one.id) == id_key(id):
                return one
        was_here = any(id_key(one) == id_key(id) for one in self.closed)
        raise InvalidValue(
            "id",
            _WAS_HERE if was_here else _NOT_HERE,
            Wording(
                "angiv id'et på en af dens aftaler", "specify the id of one of its appointments"
            ),
        )

    def _without(self, old: Appointment) -> Self:
        assert old.id is not None  # every appointment of a series has one
        others = [one for one in self.appointments if one is not old]
        return evolve(self, appointments=others, closed=self.closed | {old.id})

    def _changed(self, rule: str, old: Appointment, new: Appointment) -> "Outcome":
        """One appointment is another and stays in the series."""
        if new == old:
            return Outcome(self)
        appointments = [new if one is old else one for one in self.appointments]
        change = Change(ChangeKind.CHANGED, rule, old, new)
        return Outcome(evolve(self, appointments=appointments), [change])

    def _later(self, by: datetime.timedelta) -> list[Schedule]:
        pattern = self.pattern
        missing_hour = pattern.missing_hour if pattern else MissingHour.REFUSE
        keeps_length = pattern is not None and pattern.keeps_length
        return [
            moved("to", one.schedule, by, missing_hour, keeps_length=keeps_length)
            for one in self.appointments
        ]


def _as_changes(changes: Iterable[Change]) -> tuple[Change, ...]:
    return as_tuple(changes)


@frozen
class Outcome:
    """A series after a change, and what happened to its appointments.

    Args:
        series: the series as it is now.
        changes: one for each appointment that has changed, in order of time.
        begun: the new series begun by another reason, if any.
    """

    series: Series = field(validator=is_a(Series))
    changes: tuple[Change, ...] = field(
        default=(), converter=_as_changes, validator=all_are(Change)
    )
    begun: Series | None = field(default=None, validator=optional(Series))
