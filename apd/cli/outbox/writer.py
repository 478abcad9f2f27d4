"""Planning, and writing what is to be sent into the outbox and the register."""

import datetime
import pickle
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from attrs import define, evolve, field, frozen

import apd
from apd.cli.io.failures import printed
from apd.cli.outbox.directory import Outbox, OutboxMessage
from apd.cli.outbox.message_builder import Sending
from apd.cli.outbox.problems import Problems
from apd.cli.views.plan import Planned
from apd.errors import ApdError, InvalidDocument, ParseError
from apd.model.document import AppointmentDocument
from apd.model.identifiers import MedComId
from apd.privacy.masking import hide_numbers
from apd.publication import (
    WITHIN,
    Answer,
    Deprecate,
    Found,
    Ground,
    Kind,
    Leave,
    Register,
    Replace,
    Result,
    Sent,
    Step,
    carry_out,
    place_in_plan,
    plan_each,
)
from apd.publication.booking import Booking
from apd.publication.bookings_stream import BookingStream
from apd.wording import Wording

_NO_PRODUCER = Wording(
    'Det fremgår ikke, hvem der publicerer aftalen: skriv "producer" i filen.',
    'It is not stated who publishes the appointment: give "producer" in the file.',
)
_NO_DOCUMENT = Wording(
    "Beskeden skal nævne patienten: læg det publicerede dokument i {path}.",
    "The message has to name the patient: put the published document at {path}.",
)
_NOT_READ = Wording(
    "{path} kan ikke læses som aftaledokument.", "{path} cannot be read as an appointment document."
)


class _CannotBeMadeError(ApdError):
    """A message that lacks something."""


@define
class _Putting:
    """Puts a message where it is sent from, in the place of sending it."""

    outbox: Outbox
    message: OutboxMessage
    error: OSError | None = field(default=None, init=False)

    def __call__(self, _: Sent) -> Answer:
        try:
            self.outbox.put(self.message)
        except OSError as error:  # so nobody can have sent it
            self.error = error
            return Answer.REFUSED
        return Answer.UNANSWERED


class _Waiting(NamedTuple):
    """A step that waits until all bookings were read."""

    place: tuple[int, datetime.datetime, str]
    planned: Planned
    kept: bytes | None


class Plan(NamedTuple):
    """The steps that are shown, in order, and how many there are of each kind."""

    waiting: list[_Waiting]
    counted: Counter[Kind]


@frozen
class OutboxWriter:
    """Plans, and writes the messages of a plan.

    Args:
        file: where the bookings are.
        bookings: the bookings, one at a time.
        register: what was published.
        outbox: where messages go, or None where nothing is to be written.
        sending: how they are made.
        problems: reports what is wrong.
    """

    file: str
    bookings: BookingStream
    register: Register
    outbox: Outbox | None
    sending: Sending
    problems: Problems

    def plan(self, now: datetime.datetime, key: bytes, is_shown: Callable[[Planned], bool]) -> Plan:
        """The plan. Nothing is written by this.

        Args:
            now: the time to plan for.
            key: the secret of the register's digests.
            is_shown: whether a step is shown.

        Raises:
            JsonError: there is something wrong with the bookings.
            OSError: they cannot be read.
        """
        counted: Counter[Kind] = Counter()
        waiting = []
        for booking, step in plan_each(self.bookings, self.register, now, key=key):
            counted[step.kind] += 1
            planned = Planned.of(step, booking)
            if is_shown(planned):
                waiting.append(_Waiting(place_in_plan(step), planned, self._kept(step, booking)))
        return Plan(sorted(waiting, key=lambda one: one.place), counted)

    def carry_out(self, plan: Plan) -> list[Planned]:
        """Write the messages of a plan, if they are wanted, and give what is shown of it."""
        done: list[Planned] = []
        with self.problems.reported():
            for one in plan.waiting:
                done.append(self._carried_out(one))
        return done + [one.planned for one in plan.waiting[len(done) :]]

    def _kept(self, step: Step, booking: Booking | None) -> bytes | None:
        """A step and its booking, packed tight, if they will be needed: there may be very many."""
        if isinstance(step, Leave):
            is_needed = step.reason is Ground.INCOMPLETE
        else:
            is_needed = self.outbox is not None
        return zlib.compress(pickle.dumps((step, booking)), 1) if is_needed else None

    def _carried_out(self, waiting: _Waiting) -> Planned:
        """What is shown of a step, with its message if one was written.

        Raises:
            OSError: it cannot be written. The register is as it was.
            RegisterError: the register cannot be used.
        """
        if waiting.kept is None:
            return waiting.planned
        step, booking = pickle.loads(zlib.decompress(waiting.kept))  # which nobody else had
        if isinstance(step, Leave):
            self._tell_what_is_missing(step, booking)
        elif self.outbox is not None:
            return evolve(waiting.planned, message=self._message(step, booking, self.outbox))
        return waiting.planned

    def _message(self, step: Sent, booking: Booking | None, outbox: Outbox) -> Path | None:
        try:
            return self._posted(step, booking, outbox)
        except _CannotBeMadeError as error:
            self.problems.report(self.file, _at(self._place(step), error.wording))
        except InvalidDocument as error:
            found = [_at(self._place(step), finding.wording) for finding in error.findings]
            self.problems.report(self.file, *found)
        return None

    def _posted(self, step: Sent, booking: Booking | None, outbox: Outbox) -> Path | None:
        """Write into the register that a message is begun, and then the message.

        So the next plan leaves the appointment alone.

        Returns:
            Its file; or None where the register has changed since the plan.
        """
        putting = _Putting(outbox, self._message_of(step, booking, outbox))
        (outcome,) = carry_out(
            [step],
            self.register,
            send=putting,
            look_up=_nobody_answers,
            clock=lambda: self.sending.now,
            lease=WITHIN,
        )
        if putting.error is not None:
            raise putting.error
        is_taken = outcome.result is Result.TAKEN
        return None if is_taken else outbox.message(step.kind, step.document_id)

    # --- what messages are made of -----------------------------------------------------------

    def _message_of(self, step: Sent, booking: Booking | None, outbox: Outbox) -> OutboxMessage:
        producer = self.bookings.producer_of(booking)
        if producer is None:
            raise _CannotBeMadeError(_NO_PRODUCER)
        configuration = producer.configuration
        if isinstance(step, Deprecate):
            document = self._published(step, booking, outbox)
            message = self.sending.deprecate(document, configuration, step.entry_uuid)
            return OutboxMessage(step.kind, step.document_id, bytes(message))
        data = apd.dumps(step.document)
        replaces = step.target.entry_uuid if isinstance(step, Replace) else None
        message = self.sending.publish(
            step.document, data, configuration, step.entry_uuid, replaces
        )
        return OutboxMessage(step.kind, step.document_id, bytes(message), data)

    def _published(
        self, step: Deprecate, booking: Booking | None, outbox: Outbox
    ) -> AppointmentDocument:
        """The document that is deprecated; if need be, what would be made of its booking now."""
        path = outbox.document(step.document_id)
        if path.exists():
            try:
                return apd.load(path)
            except ParseError:
                raise _CannotBeMadeError(_put(_NOT_READ, path)) from None
        if booking is None or step.reason is Ground.OTHER_PATIENT:
            raise _CannotBeMadeError(_put(_NO_DOCUMENT, path))
        return _document(booking, self.sending.now)

    # --- the bookings ------------------------------------------------------------------------

    def _place(self, step: Step) -> str:
        """Where the booking of a step stands; of one that is gone, which it was."""
        place = self.bookings.places.get(step.appointment_id.value)
        return step.appointment_id.value if place is None else f"$.bookings[{place}]"

    def _tell_what_is_missing(self, step: Leave, booking: Booking | None) -> None:
        if booking is not None:
            found = apd.validate(_document(booking, self.sending.now)).errors
            wordings = [_at(_joined(self._place(step), one.field), one.wording) for one in found]
            self.problems.report(self.file, *wordings)


def _document(booking: Booking, now: datetime.datetime) -> AppointmentDocument:
    """The document of a booking, with an id that is of no account."""
    return AppointmentDocument(
        id=MedComId.new(),
        time=now,
        appointment=booking.appointment,
        custodian=booking.custodian,
        confidentiality=booking.confidentiality,
    )


def _joined(place: str, field: str) -> str:
    return f"{place}.{field}" if field else place


def _at(place: str, wording: Wording) -> Wording:
    return Wording(f"{place}: {wording.da}", f"{place}: {wording.en}")


def _put(wording: Wording, path: Path) -> Wording:
    name = hide_numbers(printed(str(path)))
    return Wording(wording.da.format(path=name), wording.en.format(path=name))


def _nobody_answers(_: MedComId) -> Found | None:
    raise ConnectionError("nothing is asked here")
