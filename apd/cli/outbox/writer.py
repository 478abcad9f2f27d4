"""Plans, and writes messages into the outbox and the register."""

import datetime
import pickle
import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from attrs import Factory, evolve, field, fields, frozen

import apd
from apd.cli.io.failures import printed
from apd.cli.outbox.directory import Outbox, OutboxMessage
from apd.cli.outbox.problem_reports import Problems
from apd.cli.views.plan import Planned
from apd.errors import ApdError, InvalidDocument, ParseError
from apd.findings import Finding, Layer
from apd.model.document import AppointmentDocument
from apd.model.identifiers import MedComId
from apd.model.validators import masked
from apd.privacy.masking import hide_numbers
from apd.publication import (
    WITHIN,
    Brake,
    Braked,
    Deprecate,
    Ground,
    Kind,
    Leave,
    PublisherRegister,
    Sent,
    Step,
    place_in_plan,
    plan_each,
)
from apd.publication.booking import Booking
from apd.publication.bookings_stream import BookingStream
from apd.publication.brake import braked
from apd.publication.digest import check_of
from apd.publication.exchanges import Execution
from apd.publication.messages import MessageMaker, configuration_of, findings_of
from apd.publication.planning import document_of
from apd.publication.register import entry_of, forget_troubles, note_unsendable, unsendable_step
from apd.publication.sealing import Sender, sealer_of
from apd.wording import Wording
from apd.xds import SoapHeader, document_entry

_NO_DOCUMENT = Wording(
    "Beskeden skal nævne patienten: læg det publicerede dokument i {path}.",
    "The message has to name the patient: put the published document at {path}.",
)
_NOT_READ = Wording(
    "{path} kan ikke læses som aftaledokument.", "{path} cannot be read as an appointment document."
)


class _Waiting(NamedTuple):
    """A step that waits until all bookings were read."""

    place: tuple[int, datetime.datetime, str]
    planned: Planned
    kept: bytes | None


class Plan(NamedTuple):
    """The steps that are shown, in order, and the number of steps of each kind.

    ``braked`` is the reason why the plan must be confirmed before it is carried out, or None.
    """

    waiting: list[_Waiting]
    counted: Counter[Kind]
    braked: Braked | None


def _maker_of(writer: "OutboxWriter") -> MessageMaker:
    return MessageMaker(sealer_of(writer.key))


@frozen(kw_only=True)
class OutboxWriter:
    """Plans, and writes the messages of a plan to the outbox, if there is one.

    ``brake`` has the limits above which a plan must be confirmed, ``confirmed`` how many
    deprecations are.
    """

    file: str
    bookings: BookingStream
    register: PublisherRegister
    key: bytes = field(repr=masked)
    outbox: Outbox | None
    clock: datetime.datetime
    header: Callable[[], SoapHeader] = field(repr=False)
    brake: Brake = field(factory=Brake)
    confirmed: int = 0
    problems: Problems
    _maker: MessageMaker = field(
        init=False, default=Factory(_maker_of, takes_self=True), repr=False, eq=False
    )

    def plan(self, now: datetime.datetime, is_shown: Callable[[Planned], bool]) -> Plan:
        """Make the plan, without writing anything."""
        counted: Counter[Kind] = Counter()
        deprecations: list[Sent] = []
        waiting = []
        for booking, step in plan_each(self.bookings, self.register, now, key=self.key):
            counted[step.kind] += 1
            if isinstance(step, Deprecate):
                deprecations.append(step)
            planned = Planned.of(step, booking)
            if is_shown(planned):
                waiting.append(_Waiting(place_in_plan(step), planned, self._kept(step, booking)))
        return Plan(
            sorted(waiting, key=lambda one: one.place),
            counted,
            braked(self.brake, deprecations, self.register, now, self.confirmed),
        )

    def carry_out(self, plan: Plan) -> list[Planned]:
        """Write the messages of a plan, if requested, and yield what is shown of it.

        A message that cannot be made is reported. For a plan that must be confirmed, nothing is
        written.
        """
        outbox = self.outbox if plan.braked is None else None
        done: list[Planned] = []
        with self.problems.reported():
            if outbox is not None:
                self.register.remember_key(check_of(self.key))
                forget_troubles(self.register, self.bookings.places)
            for one in plan.waiting:
                done.append(self._carried_out(one, outbox))
        return done + [one.planned for one in plan.waiting[len(done) :]]

    def _kept(self, step: Step, booking: Booking | None) -> bytes | None:
        """A step and its booking, compressed, if they will be needed: there may be very many."""
        if isinstance(step, Leave) or self.outbox is None:
            return None
        return zlib.compress(pickle.dumps((step, booking)), 1)

    def _carried_out(self, waiting: _Waiting, outbox: Outbox | None) -> Planned:
        """The view of a step, with its message if one was written."""
        planned = waiting.planned
        if planned.reason is Ground.INCOMPLETE:
            self._cannot_be_sent(planned, planned.findings, outbox)
        if waiting.kept is None or outbox is None:
            return planned
        step, booking = pickle.loads(zlib.decompress(waiting.kept))  # which nobody else had
        try:
            message, step = self._message(step, booking, outbox)
        except ApdError as error:
            planned = evolve(planned, findings=findings_of(error))
            self._cannot_be_sent(planned, planned.findings, outbox)
            return planned
        is_written = self._posted(step, message, outbox)
        path = outbox.message(step.kind, step.document_id) if is_written else None
        return evolve(planned, message=path)

    def _posted(self, step: Sent, message: OutboxMessage, outbox: Outbox) -> bool:
        """Write a message, unless the register has changed since the plan was made."""
        exchange = Execution(self.register, lambda: self.clock, WITHIN).send(step)
        with self.register.together():
            if next(exchange, None) is None:
                return False
            outbox.draft(message)
        outbox.release(step.kind, step.document_id)
        return True

    def _cannot_be_sent(
        self, planned: Planned, findings: Iterable[Finding], outbox: Outbox | None
    ) -> None:
        id = planned.appointment_id
        at = self.bookings.places.get(id.value)
        place = id.value if at is None else f"$.bookings[{at}]"
        self.problems.report(self.file, *(_at(place, one) for one in findings))
        if outbox is not None:
            kind = planned.kind
            if kind is Kind.LEAVE:
                kind = unsendable_step(entry_of(self.register, id))
            note_unsendable(self.register, id, kind, findings)

    # --- what messages are made of -----------------------------------------------------------

    def _message(
        self, step: Sent, booking: Booking | None, outbox: Outbox
    ) -> tuple[OutboxMessage, Sent]:
        """The message of a step, and the step with the data that the register keeps."""
        if isinstance(step, Deprecate):
            sender = self._maker.opened(step) or self._sender(step, booking, outbox)
            message = self._maker.deprecation(step, sender, self.header(), self.clock)
            return OutboxMessage(step.kind, step.document_id, bytes(message)), step
        configuration = configuration_of(self.bookings.producer_of(booking))
        message, step = self._maker.submission(step, configuration, self.header(), self.clock)
        kept = None if step.registered.sealed else apd.dumps(step.document)
        return OutboxMessage(step.kind, step.document_id, bytes(message), kept), step

    def _sender(self, step: Deprecate, booking: Booking | None, outbox: Outbox) -> Sender:
        """The patient of a deprecated document, read from its file or of its booking."""
        configuration = configuration_of(self.bookings.producer_of(booking))
        document = self._published(step, booking, outbox)
        entry = document_entry(document, configuration, entry_uuid=step.entry_uuid)
        return Sender(entry, configuration)

    def _published(
        self, step: Deprecate, booking: Booking | None, outbox: Outbox
    ) -> AppointmentDocument:
        path = outbox.document(step.document_id)
        if path.exists():
            try:
                return apd.load(path)
            except ParseError:
                raise _lacks(_NOT_READ, path) from None
        if booking is None or step.reason is Ground.OTHER_PATIENT:
            raise _lacks(_NO_DOCUMENT, path)
        return document_of(booking, MedComId.new(), self.clock)


def _lacks(wording: Wording, path: Path) -> InvalidDocument:
    """The error for a deprecation whose patient is unknown."""
    name = hide_numbers(printed(str(path)))
    named = wording.filled(path=name)
    return InvalidDocument(
        [Finding(rule="XDS-REQUIRED:patientId", layer=Layer.PROFILE, wording=named, source=_SOURCE)]
    )


_SOURCE = "IHE ITI TF-2, 3.57"
_IN_A_BOOKING = frozenset(one.name for one in fields(Booking))


def _at(place: str, finding: Finding) -> Wording:
    """The error in a booking, with its place in the file."""
    if finding.field.partition(".")[0] in _IN_A_BOOKING:
        place = f"{place}.{finding.field}"
    return Wording(f"{place}: {finding.wording.da}", f"{place}: {finding.wording.en}")
