"""The application in ``examples/booking-app`` passes the national integration test, all of it."""

import datetime
import sys
import uuid
from collections.abc import Iterator
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest

import apd
from apd.testing.certification import Handover, Protocol, SimulatedClock, certify, publisher
from apd.testing.certification.scenarios import ROW_IDS
from apd.testing.registry import RunningRegistry
from tests.places import ROOT

pytestmark = pytest.mark.slow
for needed in ("fastapi", "sqlalchemy", "uvicorn", "python_multipart"):
    pytest.importorskip(needed, reason=f"{needed} is not installed: pip install 'dk-apd[example]'")
import httpx  # noqa: E402

from apd.publication.http import HttpPost  # noqa: E402

NAMES = ("clinic", "tables", "publishing", "showing", "pages", "main")


@pytest.fixture(scope="module")
def parts() -> Iterator[SimpleNamespace]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "examples" / "booking-app"))
        yield SimpleNamespace(**{name: import_module(name) for name in NAMES})
    for name in NAMES:
        sys.modules.pop(name, None)


DEPARTMENTS = {apd.Category.REGIONAL: "hospital", apd.Category.MUNICIPAL: "training"}


def precision(parts: SimpleNamespace, schedule: apd.Schedule) -> Any:
    """How precisely times are meant, in the words of the application."""
    kinds = parts.tables.Precision
    if schedule.date_only:
        return kinds.DAY
    return kinds.INDICATIVE if schedule.indicative else kinds.EXACT


def keep(parts: SimpleNamespace, session: Any, one: Any, *, cancels: bool) -> None:
    """A booking of the test as rows of the application."""
    appointment = one.appointment
    row = session.get(parts.tables.Booking, uuid.UUID(one.id.value))
    if row is None:
        whose = appointment.patient
        patient = session.query(parts.tables.Patient).filter_by(cpr=whose.id.value).one_or_none()
        if patient is None:
            patient = parts.tables.Patient(
                cpr=whose.id.value,
                given_names=" ".join(whose.name.given),
                family_name=whose.name.family,
                gender=whose.gender,
                birth_date=whose.birth_date,
                street=whose.address.lines[0],
                postal_code=whose.address.postal_code,
                city=whose.address.city,
                address_protected=one.address_protected,
            )
        row = parts.tables.Booking(
            id=uuid.UUID(one.id.value),
            patient=patient,
            starts=one.starts,
            ends=appointment.schedule.end,
            reason=appointment.reason.text,
            department=DEPARTMENTS[appointment.category],
            precision=precision(parts, appointment.schedule),
            at_home=isinstance(appointment.location, apd.HomeLocation),
            series=appointment.repetition and uuid.UUID(appointment.repetition.id.value),
            changed=one.changed,
        )
        session.add(row)
    row.cancelled = cancels and appointment.status is apd.Status.CANCELLED


def certified(
    parts: SimpleNamespace,
    folder: Any,
    *,
    cancels: bool = True,
    waits: datetime.timedelta = datetime.timedelta(),
    months_ahead: int | None = None,
) -> Protocol:
    """The protocol of the application, with data of its own."""
    with RunningRegistry() as registry, httpx.Client() as client:
        post = HttpPost(client, registry=registry.url, repository=registry.url)
        application = parts.main.open_publication(folder, post)

        def publish(handover: Handover) -> None:
            with application.sessions() as session:
                for one in handover.bookings:
                    if is_within(one, handover.now, months_ahead):
                        keep(parts, session, one, cancels=cancels)
                session.commit()
            if handover.now - max(one.changed for one in handover.bookings) >= waits:
                with application.publisher() as running:
                    running.run(application.bookings())

        return certify(
            publisher(publish),
            clock=SimulatedClock(datetime.datetime.now(datetime.UTC)),
            registry=registry,
        )


def is_within(one: Any, now: datetime.datetime, months_ahead: int | None) -> bool:
    """Whether a system that looks so many months ahead has a booking of a series."""
    if months_ahead is None or one.appointment.repetition is None:
        return True
    return one.starts <= now + datetime.timedelta(days=30 * months_ahead)


def test_it_passes(parts, tmp_path) -> None:
    protocol = certified(parts, tmp_path)
    found = [(row.id, one.en) for row in protocol.rows for one in row.deviations]
    assert found == []
    assert {row.id for row in protocol.rows if row.verdict == "passed"} == set(ROW_IDS)


def test_one_that_looks_five_months_ahead_fails_there(parts, tmp_path) -> None:
    assert certified(parts, tmp_path, months_ahead=5).failed == ("3",)


def test_one_that_forgets_to_cancel_fails_there(parts, tmp_path) -> None:
    assert certified(parts, tmp_path, cancels=False).failed == ("4",)


def test_one_that_publishes_late_fails_there(parts, tmp_path) -> None:
    assert certified(parts, tmp_path, waits=datetime.timedelta(minutes=16)).failed == ("2",)
