"""The application in ``examples/booking-app`` passes the national integration test.

Only appointments with start and end at a hospital: it has no others.
"""

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
) -> Protocol:
    """The protocol of the application, with data of its own."""
    with RunningRegistry() as registry, httpx.Client() as client:
        post = HttpPost(client, registry=registry.url, repository=registry.url)
        application = parts.main.open_publication(folder, post)

        def publish(handover: Handover) -> None:
            with application.sessions() as session:
                for one in handover.bookings:
                    keep(parts, session, one, cancels=cancels)
                session.commit()
            if handover.now - max(one.changed for one in handover.bookings) >= waits:
                with application.publisher() as running:
                    running.run(application.bookings())

        return certify(
            publisher(publish),
            clock=SimulatedClock(datetime.datetime.now(datetime.UTC)),
            registry=registry,
            types=[apd.AppointmentType.STANDARD],
            categories=[apd.Category.REGIONAL],
        )


def test_it_passes(parts, tmp_path) -> None:
    protocol = certified(parts, tmp_path)
    said = [(row.id, one.en) for row in protocol.rows for one in row.deviations]
    assert said == []
    passed = [row.id for row in protocol.rows if row.verdict == "passed"]
    assert passed == ["1", "2", "4", "0201", "0203", "0303", "0304", "0401", "0501"]


def test_one_that_forgets_to_cancel_fails_there(parts, tmp_path) -> None:
    assert certified(parts, tmp_path, cancels=False).failed == ("4",)


def test_one_that_publishes_late_fails_there(parts, tmp_path) -> None:
    assert certified(parts, tmp_path, waits=datetime.timedelta(minutes=16)).failed == ("2",)
