"""A registry for the tests that follows the rules of XDS, and fails when it is told to."""

from collections.abc import Iterator
from enum import Enum, auto

from attrs import define, field

import apd
from apd.publication import Answer, Deprecate, Found, Publish, Replace, Sent


@define
class Filed:
    """A document in the registry."""

    entry_uuid: str
    document: apd.AppointmentDocument
    approved: bool = True

    @property
    def appointment(self) -> apd.Appointment:
        return self.document.appointment


class Crash(BaseException):
    """The process ends here, whatever the code around it catches."""


class Fault(Enum):
    """What goes wrong when a message is sent."""

    REFUSES = auto()
    """The registry refuses, for a reason of its own."""
    LOSES = auto()
    """The message never gets there, and no answer comes."""
    SILENT = auto()
    """The registry accepts, and the answer is lost."""
    CRASH_BEFORE = auto()
    """The process ends before the message is sent."""
    CRASH_AFTER = auto()
    """The process ends when the registry has accepted."""


@define
class Registry:
    """Keeps documents as XDS has it: ids are unique, a replaced document is deprecated."""

    filed: list[Filed] = field(factory=list)
    faults: list[Fault] = field(factory=list)
    own_entry_uuids: Iterator[str] | None = None
    is_deaf: bool = False

    def send(self, step: Sent) -> Answer:
        """As a vendor's ``send``; the faults are used up one after the other."""
        fault = self.faults.pop(0) if self.faults else None
        if fault is Fault.CRASH_BEFORE:
            raise Crash
        if fault is Fault.LOSES:
            raise TimeoutError
        if fault is Fault.REFUSES:
            return Answer.REFUSED
        answer = self.receive(step)
        if fault is Fault.CRASH_AFTER:
            raise Crash
        return Answer.UNANSWERED if fault is Fault.SILENT else answer

    def receive(self, step: Sent) -> Answer:
        """What the registry does about a message that gets there."""
        if isinstance(step, Deprecate):
            return self._deprecate(step.entry_uuid)
        if self._of(step.document_id) is not None:
            return Answer.DUPLICATE
        if isinstance(step, Replace) and not self._may_replace(step):
            return Answer.REFUSED
        return self._file(step)

    def look_up(self, document_id: apd.MedComId) -> Found | None:
        """As a vendor's ``look_up``."""
        if self.is_deaf:
            raise ConnectionError
        found = self._of(document_id)
        if found is None:
            return None
        return Found(entry_uuid=found.entry_uuid, approved=found.approved)

    def approved(self) -> dict[apd.MedComId, Filed]:
        """The approved documents by their appointments, of which none may have two."""
        found: dict[apd.MedComId, Filed] = {}
        for filed in self.filed:
            if filed.approved:
                id = filed.appointment.id
                assert isinstance(id, apd.MedComId)
                assert id not in found, "an appointment has two approved documents"
                found[id] = filed
        return found

    def _of(self, document_id: apd.MedComId) -> Filed | None:
        return next((filed for filed in self.filed if filed.document.id == document_id), None)

    def _entry(self, entry_uuid: str) -> Filed | None:
        return next((filed for filed in self.filed if filed.entry_uuid == entry_uuid), None)

    def _may_replace(self, step: Replace) -> bool:
        old = self._entry(step.target.entry_uuid)
        return (
            old is not None
            and old.approved
            and old.appointment.patient.id == step.document.appointment.patient.id
        )

    def _file(self, step: Publish | Replace) -> Answer:
        uuid = step.entry_uuid if self.own_entry_uuids is None else next(self.own_entry_uuids)
        self.filed.append(Filed(uuid, step.document))
        if isinstance(step, Replace):
            self._deprecate(step.target.entry_uuid)
        return Answer.ACCEPTED

    def _deprecate(self, entry_uuid: str) -> Answer:
        found = self._entry(entry_uuid)
        if found is None or not found.approved:
            return Answer.REFUSED
        found.approved = False
        return Answer.ACCEPTED
