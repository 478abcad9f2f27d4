"""Months in the life of a booking system, with everything that can go wrong on the way.

Bookings are made, moved, cancelled and re-patterned; every four minutes of simulated time the
planner runs; the registry refuses, loses messages, accepts without answering, and the process
crashes. At most two runs in a row meet a fault. Then, within 15 minutes of each change:

- the approved documents are those that the rules ask for (:mod:`tests.publication.oracle`), and
  say what the bookings say;
- no appointment ever has two;
- nothing was ever submitted that the rules do not allow.
"""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar, NamedTuple

from attrs import define, evolve
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import apd
from apd.publication import (
    Answer,
    Booking,
    Deprecate,
    Found,
    LegalBasis,
    MemoryRegister,
    Register,
    Sent,
    SqliteRegister,
    synchronize_each,
)
from tests import samples
from tests.publication.making import DAY, HOUR, KEY, MINUTE, booking
from tests.publication.oracle import Wanted, is_over, wanted
from tests.publication.registry import Crash, Fault, Registry

EVERY = 4 * MINUTE
WITHIN = 15 * MINUTE
FAULTY_RUNS_IN_A_ROW = 2

BEGINNINGS = [
    apd.local_time(2026, 2, 20),
    apd.local_time(2026, 3, 28, 23, 40),  # summer time begins
    apd.local_time(2026, 8, 29, 12),  # six months later is the end of February
    apd.local_time(2026, 10, 24, 23, 40),  # summer time ends
    apd.local_time(2026, 12, 26),  # week 53
    apd.local_time(2028, 2, 28, 20),  # a leap day
]
PATIENTS = [samples.patient(), samples.patient(id=apd.CprNumber("2512489996"))]

_AHEAD = st.one_of(
    st.integers(-120, 36 * 60).map(lambda minutes: minutes * MINUTE),
    st.integers(25, 35).map(lambda days: days * DAY),
    st.integers(175, 190).map(lambda days: days * DAY),
)
_PLACES = st.integers(0, 9)
_PRESENT = st.sampled_from([*[True] * 6, False])
_LASTS = st.sampled_from([None, 10 * MINUTE, HOUR, 9 * HOUR, 3 * DAY])
_FAULTS = st.runner().flatmap(
    lambda house: st.lists(st.none() | st.sampled_from(house.kinds), max_size=30)
)
_REASONS = st.sampled_from(["Kontrol", "Samtale", "Blodprøve"]).map(apd.Reason)
_LAWS = st.sampled_from(
    [
        LegalBasis.HEALTH_ACT,
        LegalBasis.HEALTH_ACT,
        LegalBasis.HEALTH_ACT_138,
        LegalBasis.SERVICES_ACT_83,
        LegalBasis.SERVICES_ACT_83A,
        LegalBasis.SERVICES_ACT_85,
    ]
)


class Made(NamedTuple):
    """A booking that is made, with its start as seen from then."""

    ahead: datetime.timedelta
    lasts: datetime.timedelta | None
    repeats: bool
    law: LegalBasis
    patient_present: bool
    standing: bool


_STANDING = st.sampled_from([*[False] * 5, True])
_BOOKINGS = st.builds(Made, _AHEAD, _LASTS, st.booleans(), _LAWS, _PRESENT, _STANDING)


@define
class Asked:
    """What is asked of one appointment, and since when it is nothing else.

    Args:
        wanted: shown, hidden, or as it was.
        booking: the booking, or None where it is gone.
        since: the last change of either.
        was_shown: of one that is as it was: whether it was shown; None where that may be either.
    """

    wanted: Wanted
    booking: Booking | None
    since: datetime.datetime
    was_shown: bool | None = None


def _same_patient(appointment: apd.Appointment, booking: Booking) -> bool:
    return appointment.patient.id == booking.appointment.patient.id


class House(RuleBasedStateMachine):
    """A booking system, its planner and its registry, on a simulated clock."""

    kinds: ClassVar[tuple[Any, ...]] = tuple(Fault)
    """What goes wrong."""

    def make_register(self) -> Register:
        """The register, which outlives a crash."""
        return MemoryRegister()

    def make_registry(self) -> Registry:
        """The registry."""
        return Registry()

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[apd.MedComId, Booking] = {}
        self.standing: dict[apd.MedComId, bool] = {}
        self.asked: dict[apd.MedComId, Asked] = {}
        self.registry = self.make_registry()
        self.register = self.make_register()
        self.faults: list[Any] = []
        self.faulty_runs = 0
        self.numbers = iter(range(1, 10_000))

    @initialize(now=st.sampled_from(BEGINNINGS), first=st.lists(_BOOKINGS, max_size=5))
    def begin(self, now: datetime.datetime, first: list[Made]) -> None:
        self.now = now
        self.next_run = now + MINUTE
        for made in first:
            self.book(made)

    # --- what the booking system does ----------------------------------------------------------

    def _any(self, place: int) -> apd.MedComId:
        """One of those held; most often one that is shown."""
        shown = self.registry.approved()
        places = sorted(self.held, key=lambda id: id not in shown)
        return places[place % len(places)]

    def _hold(self, booking: Booking) -> None:
        self.held[booking.id] = evolve(booking, changed=self.now)
        self.standing[booking.id] = booking.standing
        self._look()

    def _change(self, id: apd.MedComId, **changes: Any) -> None:
        old = self.held[id]
        self._hold(evolve(old, appointment=evolve(old.appointment, **changes)))

    @rule(made=_BOOKINGS)
    def book(self, made: Made) -> None:
        starts = self.now + made.ahead
        self._hold(
            booking(
                next(self.numbers),
                starts,
                made.lasts,
                repeats=made.repeats,
                basis=made.law,
                patient_present=made.patient_present,
                standing=made.standing,
            )
        )

    @rule(ahead=_AHEAD, every=st.integers(1, 45), count=st.integers(2, 4), law=_LAWS)
    def book_a_series(
        self, ahead: datetime.timedelta, every: int, count: int, law: LegalBasis
    ) -> None:
        series = apd.Repetition(samples.medcom_id(100_000 + next(self.numbers)))
        for place in range(count):
            starts = self.now + ahead + place * every * DAY
            self._hold(booking(next(self.numbers), starts, repetition=series, basis=law))

    @precondition(lambda self: self.held)
    @rule(place=_PLACES, ahead=_AHEAD, lasts=_LASTS)
    def move(self, place: int, ahead: datetime.timedelta, lasts: datetime.timedelta | None) -> None:
        starts = self.now + ahead
        ends = None if lasts is None else starts + lasts
        self._change(self._any(place), schedule=apd.Schedule(starts, ends))

    @precondition(lambda self: self.held)
    @rule(place=_PLACES, by=st.sampled_from([-DAY, -HOUR, HOUR, 7 * DAY, 31 * DAY]))
    def re_pattern(self, place: int, by: datetime.timedelta) -> None:
        repetition = self.held[self._any(place)].appointment.repetition
        for id, held in list(self.held.items()):
            if repetition is not None and held.appointment.repetition == repetition:
                old = held.appointment.schedule
                ends = None if old.end is None else old.end + by
                self._change(id, schedule=apd.Schedule(old.start + by, ends))

    @precondition(lambda self: self.held)
    @rule(place=_PLACES, reason=_REASONS)
    def word_otherwise(self, place: int, reason: apd.Reason) -> None:
        self._change(self._any(place), reason=reason)

    @precondition(lambda self: self.held)
    @rule(place=_PLACES, patient=st.sampled_from(PATIENTS))
    def give_to(self, place: int, patient: apd.Patient) -> None:
        self._change(self._any(place), patient=patient)

    @precondition(lambda self: self.held)
    @rule(
        place=_PLACES,
        status=st.sampled_from(
            [apd.Status.ACTIVE, apd.Status.CANCELLED, apd.Status.COMPLETED, apd.Status.NULLIFIED]
        ),
    )
    def mark(self, place: int, status: apd.Status) -> None:
        self._change(self._any(place), status=status)

    @precondition(lambda self: self.held)
    @rule(place=_PLACES, law=_LAWS, patient_present=_PRESENT)
    def judge_otherwise(self, place: int, law: LegalBasis, patient_present: bool) -> None:
        old = self.held[self._any(place)]
        self._hold(evolve(old, legal_basis=law, patient_present=patient_present))

    @precondition(lambda self: self.held)
    @rule(place=_PLACES)
    def forget(self, place: int) -> None:
        del self.held[self._any(place)]
        self._look()

    # --- what goes wrong, and the time that goes by --------------------------------------------

    @rule(minutes=st.integers(1, 12), faults=_FAULTS)
    def wait(self, minutes: int, faults: list[Any]) -> None:
        self.faults = faults
        self._go_on_until(self.now + minutes * MINUTE)

    @rule(days=st.integers(0, 45), faults=_FAULTS)
    def wait_for_days(self, days: int, faults: list[Any]) -> None:
        """Nothing changes by day, so the runs are left out but those around midnight."""
        self.faults = faults
        self._go_on_until(self.now + WITHIN)
        for _ in range(days):
            local = self.now + DAY
            midnight = apd.local_time(local.year, local.month, local.day)
            if midnight - EVERY > self.now:
                self.now = midnight - EVERY
                self.next_run = midnight - EVERY
            self._go_on_until(midnight + 20 * MINUTE)

    @precondition(lambda self: self.held)
    @rule(outcomes=st.integers(0, 3), place=_PLACES, is_gone=st.booleans())
    def two_at_once(self, outcomes: int, place: int, is_gone: bool) -> None:
        """One process stands still; a booking goes, another process runs, and then the first."""
        first = self._running(lambda: None)
        for _ in range(outcomes):
            next(first, None)
        self._go_on_until(self.now + MINUTE)
        if is_gone:
            self.forget(place)
        else:
            self._change(self._any(place), status=apd.Status.CANCELLED)
        for run in (self._running(lambda: None), first):
            for _ in run:
                pass

    def _go_on_until(self, until: datetime.datetime) -> None:
        while self.next_run <= until:
            self.now = self.next_run
            self.next_run += EVERY
            self._look()
            self._run()
            self._check()
        self.now = until
        self._look()

    # --- a run ---------------------------------------------------------------------------------

    def _run(self) -> None:
        may_fail = self.faulty_runs < FAULTY_RUNS_IN_A_ROW
        coming = iter(self.faults) if may_fail else iter(())
        met = False

        def fault() -> Any:
            nonlocal met
            found = next(coming, None)
            met = met or found is not None
            return found

        try:
            self._run_through(fault)
        except Crash:
            self._start_again()
        self.faults = list(coming)
        self.faulty_runs = self.faulty_runs + 1 if met else 0

    def _run_through(self, fault: Callable[[], Any]) -> None:
        """A whole run."""
        for _ in self._running(fault):
            pass

    def _running(self, fault: Callable[[], Any]) -> Iterator[object]:
        """A run with the bookings as they are now, which goes on as its outcomes are asked for."""
        held = dict(self.held)
        now = self.now

        def send(step: Sent) -> Answer:
            if not isinstance(step, Deprecate):
                self._allowed(held[step.appointment_id], now)
            found = fault()
            self.registry.faults = [found] if found else []
            try:
                return self.registry.send(step)
            finally:
                self.registry.approved()  # asserts that none has two

        def look_up(document_id: apd.MedComId) -> Found | None:
            if fault() is Fault.LOSES:
                raise ConnectionError
            return self.registry.look_up(document_id)

        return synchronize_each(
            held.values(),
            self.register,
            now,
            send=send,
            look_up=look_up,
            clock=lambda: self.now,
            key=KEY,
        )

    def _start_again(self) -> None:
        """After a crash; what was in memory is gone."""

    def _allowed(self, booking: Booking, now: datetime.datetime) -> None:
        what = wanted(booking, now)
        is_there = booking.id in self.registry.approved()
        allowed = {
            Wanted.SHOWN: True,
            Wanted.AS_IT_WAS: is_there,
            Wanted.MAY_WAIT: self._was_ever_shown(booking.id),
            Wanted.HIDDEN: False,
        }
        assert allowed[what], "something was submitted that may not be shown"

    def _was_ever_shown(self, id: apd.MedComId | None) -> bool:
        return any(filed.appointment.id == id for filed in self.registry.filed)

    # --- what the rules ask for ----------------------------------------------------------------

    def _look(self) -> None:
        """Take down what is asked of each appointment now, if it is another thing than before."""
        shown = self.registry.approved()
        for id in {*self.held, *self.asked}:
            booking, before = self.held.get(id), self.asked.get(id)
            if booking is not None:
                what = wanted(booking, self.now)
            elif before and (before.wanted, before.booking) == (Wanted.AS_IT_WAS, None):
                continue  # it was over when it went, and stays so
            else:
                is_past = id in shown and self._is_past(shown[id].appointment)
                what = Wanted.AS_IT_WAS if is_past else Wanted.HIDDEN
            if before is None or (before.wanted, before.booking) != (what, booking):
                was_shown = self._was_shown(id, what, booking, before)
                self.asked[id] = Asked(what, booking, self.now, was_shown)

    def _is_past(self, appointment: apd.Appointment) -> bool:
        """Whether an appointment is over that is shown, and of which there is no booking."""
        assert isinstance(appointment.id, apd.MedComId)
        standing = self.standing[appointment.id]
        of_it = evolve(booking(standing=standing), appointment=appointment)
        return is_over(of_it, self.now)

    def _was_shown(
        self, id: apd.MedComId, what: Wanted, booking: Booking | None, before: Asked | None
    ) -> bool | None:
        if what is not Wanted.AS_IT_WAS:
            return None
        shown = self.registry.approved().get(id)
        if before is None or (shown and booking and not _same_patient(shown.appointment, booking)):
            return False  # a document about somebody else goes, and what is over is not published
        is_settled = self.now - before.since >= WITHIN
        if before.wanted is Wanted.AS_IT_WAS:
            was_other = (
                shown and before.booking and not _same_patient(shown.appointment, before.booking)
            )
            return None if was_other and not is_settled else before.was_shown
        # just made or changed when it was over: it may have been published in time, or not
        if not is_settled:
            return None
        return before.wanted is Wanted.SHOWN or (
            before.wanted is Wanted.MAY_WAIT and self._was_ever_shown(id)
        )

    def _check(self) -> None:
        """What was asked for 15 minutes ago is so."""
        shown = self.registry.approved()
        for id, asked in self.asked.items():
            if self.now - asked.since < WITHIN:
                continue
            should = asked.was_shown
            if asked.wanted is Wanted.MAY_WAIT:
                should = self._was_ever_shown(id)
            elif asked.wanted is not Wanted.AS_IT_WAS:
                should = asked.wanted is Wanted.SHOWN
            assert should is None or (id in shown) is should, f"{asked.wanted}, since {asked.since}"
            if id in shown and asked.booking and asked.booking.appointment.status == "active":
                assert shown[id].appointment == asked.booking.appointment

    @invariant()
    def none_has_two(self) -> None:
        self.registry.approved()

    def teardown(self) -> None:
        if hasattr(self, "now"):
            self._go_on_until(self.now + 2 * WITHIN)


class HouseWithFile(House):
    """The same with a register in a file; a crash closes nothing, and another process opens it."""

    def make_register(self) -> Register:
        self.folder = TemporaryDirectory()
        return SqliteRegister(Path(self.folder.name) / "register.db")

    def _start_again(self) -> None:
        self.register = SqliteRegister(Path(self.folder.name) / "register.db")

    def teardown(self) -> None:
        super().teardown()
        self.folder.cleanup()


def _some(share: float, steps: int) -> settings:
    """As long a search as the profile asks for, and a share of its examples."""
    examples = max(1, int(settings().max_examples * share))
    return settings(max_examples=examples, stateful_step_count=steps, deadline=None)


TestSimulation = House.TestCase
TestSimulation.settings = _some(0.2, steps=50)
TestSimulationWithFile = HouseWithFile.TestCase
TestSimulationWithFile.settings = _some(0.05, steps=25)
