"""Planning, and writing what is to be sent into the outbox and the register."""

import datetime
from functools import cached_property
from pathlib import Path

from attrs import define, field, frozen

import apd
from apd.cli.inputs import printed
from apd.cli.masking import hide_numbers
from apd.cli.outbox import Letter, Outbox
from apd.cli.plan_view import Planned
from apd.cli.problems import Problems
from apd.cli.sending import Sending
from apd.errors import ApdError, InvalidDocument, ParseError
from apd.model.document import AppointmentDocument
from apd.model.identifiers import MedComId
from apd.publication import (
    WITHIN,
    Answer,
    Deprecate,
    Found,
    Ground,
    Leave,
    Register,
    Replace,
    Result,
    Sent,
    Step,
    carry_out,
    plan,
)
from apd.publication.bookings_form import Bookings, HeldBooking
from apd.wording import Wording

_NO_PRODUCER = Wording(
    'Ingen siger, hvem der udgiver aftalen: skriv "producer" i filen.',
    'Nobody says who publishes the appointment: give "producer" in the file.',
)
_NO_DOCUMENT = Wording(
    "Beskeden skal nævne patienten: læg det udgivne dokument i {path}.",
    "The message has to name the patient: put the published document at {path}.",
)
_NOT_READ = Wording(
    "{path} kan ikke læses som aftaledokument.", "{path} cannot be read as an appointment document."
)


class _CannotBeMadeError(ApdError):
    """A message that lacks something."""


@define
class _Putting:
    """Puts a letter where it is sent from, in the place of sending it."""

    outbox: Outbox
    letter: Letter
    error: OSError | None = field(default=None, init=False)

    def __call__(self, _: Sent) -> Answer:
        try:
            self.outbox.put(self.letter)
        except OSError as error:  # so nobody can have sent it
            self.error = error
            return Answer.REFUSED
        return Answer.UNANSWERED


@frozen
class Desk:
    """Plans, and writes the messages of a plan.

    Args:
        file: where the bookings are.
        bookings: the bookings.
        register: what was published.
        outbox: where messages go, or None where nothing is to be written.
        sending: how they are made.
        problems: is told what is wrong.
    """

    file: str
    bookings: Bookings
    register: Register
    outbox: Outbox | None
    sending: Sending
    problems: Problems

    def carry_out(self, now: datetime.datetime, key: bytes) -> list[Planned]:
        """The plan, with its messages written if they are wanted.

        Args:
            now: the time to plan for.
            key: the secret of the register's digests.
        """
        steps = plan(self.bookings.bookings, self.register, now, key=key)
        done: list[Planned] = []
        with self.problems.told():
            for step in steps:
                done.append(Planned(step, self._booking(step), self._carried_out(step)))
        rest = [Planned(step, self._booking(step)) for step in steps[len(done) :]]
        return done + rest

    def _carried_out(self, step: Step) -> Path | None:
        """The message of a step, or None where none was written.

        Raises:
            OSError: it cannot be written. The register is as it was.
            RegisterError: the register cannot be used.
        """
        if isinstance(step, Leave):
            self._tell_what_is_missing(step)
            return None
        if self.outbox is None:
            return None
        try:
            return self._posted(step, self.outbox)
        except _CannotBeMadeError as error:
            self.problems.tell(self.file, _at(self._place(step), error.wording))
        except InvalidDocument as error:
            found = [_at(self._place(step), finding.wording) for finding in error.findings]
            self.problems.tell(self.file, *found)
        return None

    def _posted(self, step: Sent, outbox: Outbox) -> Path | None:
        """Write into the register that a message is begun, and then the message.

        So the next plan leaves the appointment alone.

        Returns:
            Its file; or None where the register has changed since the plan.
        """
        putting = _Putting(outbox, self._letter(step, outbox))
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

    def _letter(self, step: Sent, outbox: Outbox) -> Letter:
        booking = self._booking(step)
        producer = self.bookings.producer_of(booking)
        if producer is None:
            raise _CannotBeMadeError(_NO_PRODUCER)
        configuration = producer.configuration
        if isinstance(step, Deprecate):
            document = self._published(step, booking, outbox)
            message = self.sending.deprecate(document, configuration, step.entry_uuid)
            return Letter(step.kind, step.document_id, bytes(message))
        data = apd.dumps(step.document)
        replaces = step.target.entry_uuid if isinstance(step, Replace) else None
        message = self.sending.publish(
            step.document, data, configuration, step.entry_uuid, replaces
        )
        return Letter(step.kind, step.document_id, bytes(message), data)

    def _published(
        self, step: Deprecate, booking: HeldBooking | None, outbox: Outbox
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

    @cached_property
    def _places(self) -> dict[MedComId, int]:
        """Where each booking stands, by the id of its appointment."""
        return {booking.id: place for place, booking in enumerate(self.bookings.bookings)}

    def _booking(self, step: Step) -> HeldBooking | None:
        place = self._places.get(step.appointment_id)
        return None if place is None else self.bookings.bookings[place]

    def _place(self, step: Step) -> str:
        """Where the booking of a step stands; of one that is gone, which it was."""
        place = self._places.get(step.appointment_id)
        return step.appointment_id.value if place is None else f"$.bookings[{place}]"

    def _tell_what_is_missing(self, step: Leave) -> None:
        booking = self._booking(step)
        if step.reason is Ground.INCOMPLETE and booking is not None:
            found = apd.validate(_document(booking, self.sending.now)).errors
            wordings = [_at(_joined(self._place(step), one.field), one.wording) for one in found]
            self.problems.tell(self.file, *wordings)


def _document(booking: HeldBooking, now: datetime.datetime) -> AppointmentDocument:
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
