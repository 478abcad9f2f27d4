"""The appointment of a slot of the timetable, and its document."""

import datetime

from apd.model.appointment import Appointment, EpisodeOfCare, Reason, Repetition
from apd.model.document import AppointmentDocument
from apd.model.identifiers import EpisodeId, MedComId
from apd.model.location import HomeLocation, Location, OtherLocation, SorLocation
from apd.model.party import Organization, Patient, Performer, Requester, Responsible
from apd.model.schedule import PartOfDay, Schedule
from apd.model.time import combined
from apd.standard.codes import AppointmentType, Category
from apd.testing.synthetic.activities import Activity
from apd.testing.synthetic.dice import Dice
from apd.testing.synthetic.organizations import (
    Town,
    address,
    custodian,
    place_code,
    practice,
    provider_number,
    unit,
)
from apd.testing.synthetic.people import employee, is_protected, patient, town_of
from apd.testing.synthetic.timetable import Slot

_OPENS, _CLOSES = 8, 16
_QUARTER, _QUARTERS = 15, 4
_INTERVALS = ((7, 12), (8, 13), (9, 15), (12, 16))
_DAYTIME = (PartOfDay.MORNING, PartOfDay.FORENOON, PartOfDay.MIDDAY, PartOfDay.AFTERNOON)
_DISCHARGED = datetime.time(10)
_BY_DAY_PERCENT = 30


def document_of(seed: int, number: int, slot: Slot) -> AppointmentDocument:
    """The document of a slot."""
    own = Dice(seed, "document", number)
    common = Dice(seed, "series", slot.series)  # for what all of a series have in common
    activity, town = slot.variant.activity, town_of(seed, slot.patient)
    made = _made(common, slot.first_day)
    is_versioned = own.happens(25)
    return AppointmentDocument(
        id=MedComId(own.uuid()),
        time=made,
        appointment=_appointment(slot, MedComId(own.uuid()), patient(seed, slot.patient), town,
                                 made, common),
        custodian=custodian(activity.category, town),
        set_id=MedComId(own.uuid()) if is_versioned else None,
        version_number=1 if is_versioned else None,
    )  # fmt: skip


def _made(dice: Dice, first_day: datetime.date) -> datetime.datetime:
    """When the appointment was booked: one to eight weeks before."""
    day = first_day - datetime.timedelta(dice.between(7, 56))
    return combined(day, datetime.time(dice.between(_OPENS, _CLOSES), dice.below(60)))


def _appointment(
    slot: Slot,
    id: MedComId,
    patient: Patient,
    town: Town,
    made: datetime.datetime,
    dice: Dice,
) -> Appointment:
    activity = slot.variant.activity
    runs_it = unit(activity.category, activity.unit, town)
    return Appointment(
        id=id,
        category=activity.category,
        patient=patient,
        schedule=_schedule(slot, dice),
        reason=Reason(activity.reason, activity.code),
        responsible=_responsible(activity, runs_it, town, made, dice),
        performer=_performer(activity, runs_it, dice),
        location=_location(activity, runs_it, patient, town, dice),
        requester=_requester(town, made, dice) if _is_referred(activity, dice) else None,
        episode_of_care=_episode(activity, dice),
        repetition=Repetition(MedComId(dice.uuid())) if slot.variant.repeats else None,
    )


def _schedule(slot: Slot, dice: Dice) -> Schedule:
    activity, type = slot.variant.activity, slot.variant.type
    if activity.by_day and type is not AppointmentType.STANDARD and dice.happens(_BY_DAY_PERCENT):
        return Schedule.on(slot.day, None if type is AppointmentType.OPEN_END else slot.day)
    if type is AppointmentType.INDICATIVE:
        return _indicative(slot, dice)
    begins = datetime.time(dice.between(_OPENS, _CLOSES - 1), dice.below(_QUARTERS) * _QUARTER)
    start = combined(slot.day, begins)
    if type is AppointmentType.OPEN_END:
        return Schedule(start)
    if slot.nights:
        return Schedule(start, combined(slot.day + datetime.timedelta(slot.nights), _DISCHARGED))
    return Schedule(start, start + datetime.timedelta(minutes=activity.minutes))


def _indicative(slot: Slot, dice: Dice) -> Schedule:
    """A part of the day, at home also the night; or an interval of hours."""
    is_home = slot.variant.activity.location is HomeLocation
    is_around_the_clock = is_home and slot.variant.activity.category is Category.MUNICIPAL
    if dice.happens(60):
        parts = tuple(PartOfDay) if is_around_the_clock else _DAYTIME
        return Schedule.during(dice.one_of(parts), slot.day)
    begins, ends = dice.one_of(_INTERVALS)
    return Schedule.between(slot.day, datetime.time(begins), datetime.time(ends))


def _name_and_id(organization: Organization) -> Organization:
    """The organisation without address and telecoms, which are in its role."""
    return Organization(name=organization.name, id=organization.id)


def _responsible(
    activity: Activity, runs_it: Organization, town: Town, made: datetime.datetime, dice: Dice
) -> Responsible:
    """The responsible; a practice sometimes has its ydernummer as id."""
    by_number = activity.category is Category.PRACTITIONER and dice.happens(50)
    return Responsible(
        id=provider_number(activity.unit, town) if by_number else runs_it.id,
        organization=_name_and_id(runs_it),
        person=employee("Sekretær", dice) if dice.happens(50) else None,
        address=runs_it.address,
        telecoms=runs_it.telecoms,
        time=made,
    )


def _performer(activity: Activity, runs_it: Organization, dice: Dice) -> Performer:
    return Performer(
        id=runs_it.id,
        organization=_name_and_id(runs_it),
        person=employee(activity.title, dice) if dice.happens(50) else None,
        address=runs_it.address,
        telecoms=runs_it.telecoms,
    )


def _location(
    activity: Activity, runs_it: Organization, patient: Patient, town: Town, dice: Dice
) -> Location:
    if activity.location is HomeLocation:
        return HomeLocation(address=None if is_protected(patient) else patient.address)
    if activity.location is OtherLocation:
        return OtherLocation(name=activity.place, address=address(town, dice))
    return SorLocation(
        id=place_code(activity.category, activity.unit, town),
        name=activity.place,
        address=runs_it.address,
        telecom=runs_it.telecoms[0],
    )


def _is_referred(activity: Activity, dice: Dice) -> bool:
    return activity.category is not Category.PRACTITIONER and dice.happens(40)


def _requester(town: Town, made: datetime.datetime, dice: Dice) -> Requester:
    """The requester: the general practice, some days earlier."""
    referring = practice(town)
    return Requester(
        id=referring.id,
        organization=_name_and_id(referring),
        person=employee("Læge", dice),
        address=referring.address,
        telecoms=referring.telecoms,
        time=made - datetime.timedelta(days=dice.between(1, 20)),
    )


def _episode(activity: Activity, dice: Dice) -> EpisodeOfCare | None:
    if activity.label is None:
        return None
    return EpisodeOfCare([EpisodeId(dice.uuid())], activity.label)
