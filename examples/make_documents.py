"""Makes the example documents: python examples/make_documents.py [DIRECTORY]

Running this again gives the same bytes, because the ids and the times are fixed. The people and
places are in cast.py.
"""

import datetime
import sys
import uuid
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from attrs import evolve
from cast import (
    ALMA,
    CLINIC,
    CUSTODIANS,
    DOCTOR,
    HOME_CARE,
    HOSPITAL,
    POOL,
    PRACTICE,
    PRACTICE_NUMBER,
    REFERRED,
    SECRETARY,
    SQUARE,
    SURGERY,
    TRAINING,
    VERA,
    VIGGO,
    WARD,
    home_of,
)

import apd
from apd import AppointmentDocument, Category, PartOfDay, Schedule, local_time

MADE = local_time(2026, 2, 2, 9, 30)


def fixed_id(name: str) -> apd.MedComId:
    """An id that is the same every time. In your own system, use apd.MedComId.new()."""
    return apd.MedComId(uuid.uuid5(uuid.NAMESPACE_URL, f"https://example.com/dk-apd/{name}"))


def name_and_id(organization: apd.Organization) -> apd.Organization:
    """An organisation without its address and telecoms, which a role has itself."""
    return apd.Organization(name=organization.name, id=organization.id)


def booked_by(
    organization: apd.Organization,
    id: apd.SorCode | apd.ProviderNumber | apd.Identifier | None,
    person: apd.Person,
) -> apd.Responsible:
    """The responsible: someone made the booking for an organisation."""
    return apd.Responsible(
        id=id,
        organization=name_and_id(organization),
        person=person,
        address=organization.address,
        telecoms=organization.telecoms,
        time=MADE,
    )


def make(
    category: Category,
    organization: apd.Organization,
    name: str,
    patient: apd.Patient,
    schedule: Schedule,
    reason: str | apd.Reason,
    location: apd.SorLocation | apd.OtherLocation | apd.HomeLocation,
    **more: Any,
) -> tuple[str, AppointmentDocument]:
    """A document's name, and the document: one organisation books the appointment and runs it.

    More fields of the appointment may be given by name: requester, repetition and so on.
    """
    appointment = apd.Appointment(
        id=fixed_id(f"{name}/appointment"),
        category=category,
        patient=patient,
        schedule=schedule,
        reason=apd.Reason(reason) if isinstance(reason, str) else reason,
        responsible=booked_by(organization, organization.id, SECRETARY),
        performer=apd.Performer(
            id=organization.id,
            organization=name_and_id(organization),
            address=organization.address,
            telecoms=organization.telecoms,
        ),
        location=location,
    )
    document = AppointmentDocument(
        id=fixed_id(f"{name}/document"),
        time=MADE,
        appointment=evolve(appointment, **more),
        custodian=CUSTODIANS[category],
    )
    return name, document


def one_after_another() -> Iterator[tuple[str, AppointmentDocument]]:
    """The documents, by type of appointment (1 to 4) and of location (1 to 3)."""
    hospital = partial(make, Category.REGIONAL, HOSPITAL)
    home_care = partial(make, Category.MUNICIPAL, HOME_CARE)
    training = partial(make, Category.MUNICIPAL, TRAINING)
    practice = partial(make, Category.PRACTITIONER, PRACTICE)

    # Type 1: start and end are exact.
    yield hospital(
        "hospital-visit",
        VERA,
        Schedule(local_time(2026, 3, 3, 10, 15), local_time(2026, 3, 3, 10, 45)),
        "Kontrol efter operation",
        CLINIC,
    )
    yield home_care(
        "home-nurse",
        VERA,
        Schedule(local_time(2026, 3, 4, 13, 0), local_time(2026, 3, 4, 13, 30)),
        "Skift af forbinding",
        home_of(VERA),
    )

    # Type 2: start and end are indicative, for a part of the day or an interval of one's own.
    yield hospital(
        "operation-indicative",
        VIGGO,
        Schedule(
            local_time(2026, 3, 10, 7, 30),
            local_time(2026, 3, 10, 15, 0),
            indicative=True,
            note="Du får at vide om morgenen, hvornår du skal opereres",
        ),
        "Operation i knæet",
        CLINIC,
    )
    yield hospital(
        "blood-test-bus",
        VIGGO,
        Schedule.between(datetime.date(2026, 3, 11), datetime.time(8), datetime.time(13)),
        "Blodprøver i prøvetagningsbussen",
        SQUARE,
    )
    yield home_care(
        "home-care-morning",
        VERA,
        Schedule.during(PartOfDay.MORNING, datetime.date(2026, 3, 12)),
        "Hjælp til bad",
        home_of(VERA),
    )

    # Type 3: its end is unknown.
    yield hospital(
        "examination-open-end",
        VIGGO,
        Schedule(local_time(2026, 3, 16, 8, 0)),
        "Udredning i løbet af én dag",
        CLINIC,
    )
    yield training(
        "walking-group-open-end",
        VIGGO,
        Schedule(local_time(2026, 3, 17, 16, 0)),
        "Gåtur med holdet",
        SQUARE,
    )
    yield home_care(
        "home-visit-open-end",
        VERA,
        Schedule(local_time(2026, 3, 18, 9, 0)),
        "Samtale om hjælp i hjemmet",
        home_of(VERA),
    )

    # Type 4: it repeats. Each appointment of a series has a document of its own; they share
    # the id of the series, which says nothing of how they are spread over time.
    series = apd.Repetition(fixed_id("pool-training/series"))
    for number, day in enumerate((7, 9, 14), start=1):
        yield training(
            f"pool-training-{number}",
            VIGGO,
            Schedule(local_time(2026, 4, day, 15, 0), local_time(2026, 4, day, 16, 0)),
            "Genoptræning i vand",
            POOL,
            requester=REFERRED,
            repetition=series,
        )
    yield hospital(
        "dialysis-repeating",
        VERA,
        Schedule(local_time(2026, 4, 15, 8, 0), local_time(2026, 4, 15, 12, 0)),
        "Dialyse",
        CLINIC,
        repetition=apd.Repetition(fixed_id("dialysis/series")),
    )
    yield home_care(
        "home-care-evening-repeating",
        VERA,
        Schedule.during(PartOfDay.EVENING, datetime.date(2026, 4, 16)),
        "Hjælp til medicin",
        home_of(VERA),
        repetition=apd.Repetition(),  # the id of the series may be left out
    )

    # Over several days, and over the two nights when the clock is changed.
    yield hospital(
        "admission-several-days",
        VIGGO,
        Schedule(local_time(2026, 4, 20, 11, 0), local_time(2026, 4, 23, 10, 0)),
        "Indlæggelse til operation i hoften",
        WARD,
    )
    yield hospital(
        "night-to-summer-time",
        VIGGO,
        Schedule(local_time(2026, 3, 28, 21, 0), local_time(2026, 3, 29, 7, 0)),
        "Måling af søvn",
        WARD,
    )
    # 02:15 comes twice that night. local_time() means the first; an offset gives the second.
    winter_time = datetime.timezone(datetime.timedelta(hours=1))
    yield home_care(
        "night-to-winter-time",
        VERA,
        Schedule(
            local_time(2026, 10, 25, 2, 45),
            datetime.datetime(2026, 10, 25, 2, 15, tzinfo=winter_time),
        ),
        "Tilsyn om natten",
        home_of(VERA),
    )

    # More that an appointment can contain.
    yield hospital(
        "episode-of-care",
        VERA,
        Schedule(local_time(2026, 5, 5, 9, 0), local_time(2026, 5, 5, 9, 40)),
        "Samtale om KOL",
        CLINIC,
        requester=REFERRED,
        episode_of_care=apd.EpisodeOfCare(
            ids=[apd.EpisodeId(fixed_id("episode").value)],
            label=apd.Code("ALAL21", apd.Oid.SKS, "Kronisk obstruktiv lungesygdom (KOL)"),
        ),
    )
    yield hospital(
        "reason-with-snomed-code",
        VIGGO,
        Schedule(local_time(2026, 5, 6, 12, 30), local_time(2026, 5, 6, 13, 15)),
        apd.Reason("Ekkokardiografi", apd.Code("40701008", apd.Oid.SNOMED_CT)),
        CLINIC,
    )
    yield home_care(
        "protected-address",
        ALMA,
        Schedule.during(PartOfDay.FORENOON, datetime.date(2026, 5, 7)),
        "Besøg af sundhedsplejersken",
        home_of(ALMA),
    )
    yield practice(
        "practice-provider-number",
        VERA,
        Schedule(local_time(2026, 5, 8, 8, 20), local_time(2026, 5, 8, 8, 35)),
        "Årskontrol",
        SURGERY,
        responsible=booked_by(PRACTICE, PRACTICE_NUMBER, DOCTOR),  # by its ydernummer
    )


def main(directory: Path = Path(__file__).parent / "documents") -> None:
    """Write each document to a file of its own."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, document in one_after_another():
        apd.dump(document, directory / f"{name}.xml")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
