"""Makes the example messages: python examples/make_messages.py [DIRECTORY]

An appointment is published (new), moved a week (replace) and cancelled (deprecate). Each file is
the body of an HTTP request with its headers before it, as a MIME message. Running this again gives
the same bytes, because the ids and the times are fixed.
"""

import datetime
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

from attrs import evolve

import apd
from apd import xds

HERE = Path(__file__).parent


def fixed_id(name: str) -> uuid.UUID:
    """An id that is the same every time. In your own system, use uuid.uuid4()."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"https://example.com/dk-apd/messages/{name}")


CONFIGURATION = xds.ProducerConfiguration(
    healthcare_facility_type_code="22232009",  # hospital
    practice_setting_code="394801008",  # ortopædisk kirurgi
    source_id=f"2.25.{fixed_id('system').int}",
    home_community_id="1.2.208.176.43210.8.10",  # TEST1
)
BOOKED = apd.local_time(2026, 2, 2, 9, 31)
MOVED = apd.local_time(2026, 2, 9, 14, 5)
CANCELLED = apd.local_time(2026, 2, 23, 8, 50)


def header(name: str) -> xds.SoapHeader:
    """What stands before the message itself."""
    return xds.SoapHeader(
        message_id=fixed_id(f"{name}/message"),
        to="urn:the-address-of-the-service",
        security="<!-- The security headers go here: wsse:Security, medcom:Header, HSUID. -->",
    )


def submission_set(
    name: str, entry: xds.DocumentEntry, now: datetime.datetime
) -> xds.SubmissionSet:
    """Who sends, and when; with a new id every time."""
    return xds.submission_set(entry, CONFIGURATION, now=now, id=fixed_id(f"{name}/submission"))


def a_week_later(document: apd.AppointmentDocument) -> apd.AppointmentDocument:
    """The document in the place of another: a new id, the same appointment."""
    schedule = apd.Schedule(
        apd.local_time(2026, 3, 10, 10, 15), apd.local_time(2026, 3, 10, 10, 45)
    )
    return evolve(
        document,
        id=apd.MedComId(fixed_id("moved/document")),
        time=MOVED,
        appointment=evolve(document.appointment, schedule=schedule),
    )


def one_after_another() -> Iterator[tuple[str, xds.Message]]:
    """The three messages, by their names."""
    booked = apd.load(HERE / "documents" / "hospital-visit.xml")
    first = xds.document_entry(booked, CONFIGURATION, entry_uuid=fixed_id("booked/entry"))
    sent = xds.publish(first, submission_set("new", first, BOOKED))
    yield "new", xds.provide_and_register(sent, apd.dumps(booked), header("new"))

    moved = a_week_later(booked)
    second = xds.document_entry(moved, CONFIGURATION, entry_uuid=fixed_id("moved/entry"))
    sent = xds.publish(second, submission_set("replace", second, MOVED), replaces=first.entry_uuid)
    yield "replace", xds.provide_and_register(sent, apd.dumps(moved), header("replace"))

    sent = xds.deprecate(submission_set("deprecate", second, CANCELLED), second.entry_uuid)
    yield "deprecate", xds.update(sent, header("deprecate"))


def main(directory: Path = HERE / "messages") -> None:
    """Write each message to a file of its own."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, message in one_after_another():
        (directory / f"{name}.mime").write_bytes(bytes(message))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
