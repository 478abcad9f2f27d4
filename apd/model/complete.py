"""A document in which nothing that the standard demands is missing, as types can say it.

A document that was read may lack anything, so most fields of the model may be None. Who has
checked a document need not ask again: :func:`apd.complete` checks it once, and what it gives has
no None where the standard demands a value.
"""

from attrs import field, frozen

from apd.model.appointment import Reason
from apd.model.document import AppointmentDocument
from apd.model.identifiers import DocumentId, Identifier, MedComId
from apd.model.location import HomeLocation, Location, OtherLocation, SorLocation
from apd.model.party import Custodian, Patient, Performer, Responsible
from apd.model.schedule import Schedule
from apd.model.validators import is_a
from apd.standard.codes import Category, Confidentiality, Status


@frozen(kw_only=True)
class CompleteAppointment:
    """What the standard demands of an appointment, none of it None.

    Args:
        id: the appointment's own id.
        category: who runs it.
        patient: whose appointment it is.
        schedule: when.
        reason: what about.
        responsible: who made the booking (aftaleansvarlig).
        performer: who carries it out (aftaleudførende).
        location: where.
        status: active, as long as the appointment stands.

    Raises:
        InvalidValue: one of them is None, or of another kind.
    """

    id: DocumentId = field(validator=is_a(MedComId, Identifier))
    category: Category = field(validator=is_a(Category))
    patient: Patient = field(validator=is_a(Patient))
    schedule: Schedule = field(validator=is_a(Schedule))
    reason: Reason = field(validator=is_a(Reason))
    responsible: Responsible = field(validator=is_a(Responsible))
    performer: Performer = field(validator=is_a(Performer))
    location: Location = field(validator=is_a(SorLocation, OtherLocation, HomeLocation))
    status: Status = field(validator=is_a(Status))


@frozen(kw_only=True)
class CompleteDocument:
    """What the standard demands of a document, none of it None.

    Args:
        id: the document's own id.
        appointment: what it is about.
        custodian: who keeps it (forvalter).
        confidentiality: normal, as a rule.
        document: the document itself, with what is optional, and for :func:`apd.dump`.

    Raises:
        InvalidValue: one of them is None, or of another kind.
    """

    id: DocumentId = field(validator=is_a(MedComId, Identifier))
    appointment: CompleteAppointment = field(validator=is_a(CompleteAppointment))
    custodian: Custodian = field(validator=is_a(Custodian))
    confidentiality: Confidentiality = field(validator=is_a(Confidentiality))
    document: AppointmentDocument = field(validator=is_a(AppointmentDocument))
