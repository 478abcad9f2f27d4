"""Defects that the business rules find. The model can express most of them."""

import datetime

from attrs import evolve

from apd.model.contact import Address, Telecom
from apd.model.document import AppointmentDocument
from apd.model.identifiers import Identifier, SorCode
from apd.model.location import HomeLocation
from apd.standard.codes import Gender, NullFlavor, Oid, Status
from apd.testing.defects import given
from apd.testing.defects.editing import Defect

_OTHER_HOME = Address(["Birkelunden 9"])
_EMAIL = Telecom.email("post@example.com")
_WRONG_CHECK_DIGIT = SorCode(given.SOR_CODE.value[:-1] + "1")
_OTHER = {Gender.MALE: Gender.FEMALE, Gender.FEMALE: Gender.MALE}


def _same_id(document: AppointmentDocument) -> AppointmentDocument:
    return given.with_appointment(document, id=document.id)


def _indicative_without_end(document: AppointmentDocument) -> AppointmentDocument:
    schedule = given.indicative_times(document).appointment.schedule
    return given.with_appointment(document, schedule=evolve(schedule, end=None))


def _cancelled(document: AppointmentDocument) -> AppointmentDocument:
    return given.with_appointment(document, status=Status.CANCELLED)


def _performer_by_email(document: AppointmentDocument) -> AppointmentDocument:
    performer = document.appointment.performer
    if performer is None:
        return document
    of_it = performer.organization
    silent = of_it and evolve(of_it, telecoms=())
    reached = evolve(performer, telecoms=[_EMAIL], organization=silent)
    return given.with_appointment(document, performer=reached)


def _place_by_email(document: AppointmentDocument) -> AppointmentDocument:
    return given.with_place(given.sor_location(document), telecom=_EMAIL)


def _other_home(document: AppointmentDocument) -> AppointmentDocument:
    at_home = given.with_appointment(document, location=HomeLocation(address=_OTHER_HOME))
    return given.with_patient(at_home, address=given.ADDRESS)


def _impossible_cpr(document: AppointmentDocument) -> AppointmentDocument:
    """The 32nd of March; nothing else is stated that a number could disagree with."""
    id = Identifier(Oid.CPR, "3203129900", "CPR")
    return given.with_patient(document, id=id, birth_date=None, gender=None)


def _other_birth_date(document: AppointmentDocument) -> AppointmentDocument:
    date = given.birth_date(document).appointment.patient.birth_date or datetime.date.min
    if document.time is not None:  # nobody is born after the document
        date = min(date, document.time.date() - datetime.timedelta(days=31))
    other = date.replace(day=date.day % 28 + 1)
    return given.with_patient(document, birth_date=other)


def _other_gender(document: AppointmentDocument) -> AppointmentDocument:
    right = given.gender(document).appointment.patient.gender or Gender.FEMALE
    return given.with_patient(document, gender=_OTHER[right])


def _malformed_place_code(document: AppointmentDocument) -> AppointmentDocument:
    return given.with_place(document, id=Identifier(Oid.SOR, "12A", "SOR"))


def _unchecked_place_code(document: AppointmentDocument) -> AppointmentDocument:
    return given.with_place(document, id=_WRONG_CHECK_DIGIT)


def _protected(document: AppointmentDocument) -> AppointmentDocument:
    """The patient's address is masked, and is nowhere else in the document."""
    masked = Address.not_informed(null_flavor=NullFlavor.MASKED)
    protected = given.with_patient(document, address=masked)
    is_home = isinstance(document.appointment.location, HomeLocation)
    return given.with_place(protected, address=None) if is_home else protected


def _protected_home(document: AppointmentDocument) -> AppointmentDocument:
    # without a postal code, which would be found in the readable text
    home = HomeLocation(address=_OTHER_HOME)
    return given.with_appointment(_protected(document), location=home)


def _impossible_number(document: AppointmentDocument) -> AppointmentDocument:
    return given.with_patient(document, telecoms=[Telecom("tel:+45")])


def _confused_address(document: AppointmentDocument) -> AppointmentDocument:
    """Street, postal code and city of the practice have changed places."""
    confused = Address(["5000"], "Birkelunden 9", "4")
    made = given.own_practice(document)
    own = made.appointment.patient.provider_organization
    return given.with_patient(made, provider_organization=own and evolve(own, address=confused))


DEFECTS = (
    Defect("CONF-DK-APD:22dd-DISTINCT", given=(_same_id,)),
    Defect("BR-8", given=(_indicative_without_end,)),
    Defect("BR-4", given=(_cancelled,), also=("CONF-DK-APD:0da6",)),
    Defect("BR-OFFSET", "set effectiveTime value=20260701093000+0100"),
    Defect("BR-F1-PERFORMER", given=(_performer_by_email,)),
    Defect("BR-F1-LOCATION", given=(_place_by_email,)),
    Defect("BR-HOME", given=(_other_home,)),
    Defect("BR-CPR-1", given=(_impossible_cpr,)),
    Defect("BR-CPR-2", given=(_other_birth_date,)),
    Defect("BR-CPR-3", given=(_other_gender,)),
    Defect("BR-SOR-1", given=(_malformed_place_code,)),
    Defect("BR-SOR-2", given=(_unchecked_place_code,)),
    Defect("BR-TEXT-EMPTY", "remove $section/text && after $section/title <text/>"),
    Defect("BR-TELECOM", given=(_impossible_number,)),
    Defect("BR-POSTAL", given=(_confused_address,)),
    Defect(
        "BR-BIRTH",
        "set $patient/patient/birthTime value=99980101",
        given=(given.birth_date,),
    ),
    Defect("BR-TEXT-DATE", "text $cells/td[1] Snart"),
    Defect("BR-TEXT-TIME", "text $cells/td[2] Om dagen", given=(given.times,)),
    Defect("BR-TEXT-PLACE", "text $cells/td[4] Et sted", given=(given.place_by_name,)),
    # an address that is masked is not the one that the location states
    Defect("BR-PROTECTED-HOME", given=(_protected_home,)),
    Defect("BR-PROTECTED-TEXT", "text $cells/td[3] Besøg i 0001 Kløverby", given=(_protected,)),
)
