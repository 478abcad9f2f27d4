"""Makes the overview of a patient from documents."""

import datetime
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from attrs import evolve

from apd.errors import InvalidValue
from apd.model.party import Patient
from apd.model.schedule import Schedule
from apd.model.time import danish_time
from apd.model.validators import demand, wrong_type
from apd.overview.overlaps import find_overlaps
from apd.overview.records import LiftGround, LiftRecord
from apd.overview.selection import (
    Entry,
    NotFetched,
    RegisteredDocument,
    Selected,
    Standing,
    Withheld,
    age,
    select,
)
from apd.overview.shown import Phase, ShownAppointment
from apd.overview.value import Overview
from apd.overview.viewers import (
    VIEWER_TYPES,
    NotAllowed,
    PatientId,
    PatientViewer,
    ProfessionalViewer,
    ProxyViewer,
    Viewer,
    person_key,
    same_person,
)
from apd.wording import Language, Wording

_NO_TRAVEL = datetime.timedelta()


def make_overview(
    entries: Iterable[Entry],
    *,
    viewer: Viewer,
    now: datetime.datetime,
    language: Language = "da",
    patient: PatientId | None = None,
    travel: datetime.timedelta = _NO_TRAVEL,
) -> Overview:
    """Make the overview of a patient for a viewer.

    Args:
        entries: documents with their registry status, and markers for withheld or missing ones,
            in any order.
        viewer: the viewer.
        now: the time of viewing, with a time zone.
        language: ``"da"`` or ``"en"``.
        patient: the patient; documents of others are left out. None if all documents are of one
            patient.
        travel: the time to get from one place to another; see
            :mod:`apd.overview.overlaps`.

    Raises:
        InvalidValue: there are documents of several patients and none is given, the patient cannot
            be determined, or an argument is of another type.
        NotAllowed: the viewer may not see the overview.
    """
    now = danish_time(now, "now")
    demand(viewer, "viewer", *VIEWER_TYPES)
    if language not in ("da", "en"):
        raise InvalidValue("language", Wording('skal være "da" eller "en"', 'must be "da" or "en"'))
    if travel < _NO_TRAVEL:
        raise InvalidValue("travel", Wording("må ikke være negativ", "must not be negative"))
    given = list(entries)
    documents = [_checked(entry) for entry in given if not isinstance(entry, Withheld | NotFetched)]
    whose = patient or _whose(documents, viewer)
    if not viewer.may_see(whose):
        raise NotAllowed(
            Wording(
                "Den, der ser oversigten, må se én borgers, og dette er en andens.",
                "The viewer may see the overview of one patient only, and this is another "
                "patient's.",
            )
        )
    own = [entry for entry in documents if same_person(_patient(entry).id, whose)]
    selected = select(own)
    appointments = _shown(selected, Standing.STANDS, now, language)
    found = find_overlaps(appointments, travel)
    return Overview(
        patient=_patient(max(own, key=age)) if own else Patient(id=whose),
        viewer=viewer,
        now=now,
        language=language,
        appointments=appointments,
        overlaps=found.overlaps,
        has_more_overlaps=found.has_more,
        cancelled=_shown(selected, Standing.CANCELLED, now, language),
        has_withheld=any(isinstance(entry, Withheld) for entry in given),
        is_incomplete=any(isinstance(entry, NotFetched) for entry in given),
        travel=travel,
    )


def _checked(entry: RegisteredDocument) -> RegisteredDocument:
    if not isinstance(entry, RegisteredDocument):
        raise wrong_type(
            "entries",
            entry,
            Wording(
                "RegisteredDocument(document), Withheld() eller NotFetched()",
                "RegisteredDocument(document), Withheld() or NotFetched()",
            ),
        )
    return entry


def _patient(entry: RegisteredDocument) -> Patient:
    return entry.document.appointment.patient


def _whose(documents: Sequence[RegisteredDocument], viewer: Viewer) -> PatientId:
    """The patient of all documents; without documents, the patient that the viewer may see."""
    ids = {person_key(id): id for id in (_patient(entry).id for entry in documents)}
    if len(ids) > 1:
        raise InvalidValue(
            "entries",
            Wording("tilhører flere borgere", "are of several patients"),
            Wording(
                "angiv borgeren med patient=, eller angiv kun dokumenter om én",
                "specify one with patient=, or specify the documents of one patient only",
            ),
        )
    if ids:
        return next(iter(ids.values()))
    if isinstance(viewer, PatientViewer):
        return viewer.id
    if isinstance(viewer, ProxyViewer):
        return viewer.patient
    raise InvalidValue(
        "patient",
        Wording("fremgår ikke af noget dokument", "is not stated by any document"),
        Wording("angiv borgeren med patient=", "specify one with patient="),
    )


def _shown(
    selected: Iterable[Selected], standing: Standing, now: datetime.datetime, language: Language
) -> tuple[ShownAppointment, ...]:
    shown = (
        ShownAppointment(
            key=one.key,
            document=one.entry.document,
            phase=phase_of(one.entry.document.appointment.schedule, now),
            language=language,
            sequence=one.sequence,
            remarks=one.remarks,
            findings=one.entry.findings,
        )
        for one in selected
        if one.standing is standing
    )
    return tuple(sorted(shown, key=_order))


def _order(shown: ShownAppointment) -> tuple[object, ...]:
    """By start, then by end with an open one first, then by key, so that the order is unique."""
    return shown.start, shown.end or shown.start, shown.key


def phase_of(schedule: Schedule, now: datetime.datetime) -> Phase:
    """The phase of a schedule; without an end, it lasts for the day on which it began."""
    if schedule.start > now:
        return Phase.UPCOMING
    if schedule.end is None:
        return Phase.PAST if schedule.start.date() < now.date() else Phase.ONGOING
    return Phase.PAST if schedule.end <= now else Phase.ONGOING


class LiftedOverview(NamedTuple):
    """The result of lifting a block.

    Args:
        overview: the new overview.
        record: the record that must be kept before the overview is shown.
    """

    overview: Overview
    record: LiftRecord


def lift_block(
    overview: Overview,
    entries: Iterable[Entry],
    *,
    ground: LiftGround,
    now: datetime.datetime,
    explanation: str | None = None,
) -> LiftedOverview:
    """The overview without the block, and the record that must be kept.

    Args:
        overview: the overview in which documents are withheld.
        entries: all entries again, now including the withheld documents; documents of other
            patients are left out. Documents that are still withheld are marked as before.
        ground: the patient's consent, or an emergency.
        now: the time of lifting, with a time zone.
        explanation: the professional's explanation; required in an emergency.

    Raises:
        NotAllowed: the viewer is not a professional.
        InvalidValue: nothing is withheld, an emergency is not explained, or as
            :func:`apd.overview.make_overview`.
    """
    viewer = overview.viewer
    if not isinstance(viewer, ProfessionalViewer):
        raise NotAllowed(
            Wording(
                "Kun en sundhedsprofessionel kan åbne for spærrede data.",
                "Only a professional can lift a block.",
            )
        )
    if not overview.has_withheld:
        raise InvalidValue(
            "overview",
            Wording("har intet tilbageholdt", "has nothing withheld"),
            Wording("vis det, som det er", "show it as it is"),
        )
    record = LiftRecord(viewer, overview.patient.id, now, ground, explanation)
    lifted = make_overview(
        entries,
        viewer=viewer,
        now=now,
        language=overview.language,
        patient=overview.patient.id,
        travel=overview.travel,
    )
    return LiftedOverview(evolve(lifted, lifted=record), record)
