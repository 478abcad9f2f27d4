"""Overviews of the project's own examples, the same every time: for tests and for the gallery."""

import datetime
import uuid
from collections.abc import Iterable
from functools import cache
from typing import Any

from attrs import evolve

import apd
from apd import overview as ov
from tests.places import ROOT

DOCUMENTS = ROOT / "examples" / "documents"
NOW = apd.local_time(2026, 3, 10, 12)
SECRETARY = ov.ProfessionalViewer(
    apd.PersonName(["Bodil"], "Ravnsbjerg"), apd.Organization(name="Kløverby Sygehus")
)


def example(name: str) -> apd.AppointmentDocument:
    """One of the example documents."""
    return apd.load(DOCUMENTS / f"{name}.xml")


@cache
def of_viggo() -> tuple[ov.RegisteredDocument, ...]:
    """The examples about Viggo, with what a validation finds, and a control that clashes.

    The control is another patient's, as if it were his, during one of his training sessions; it
    lacks a telephone number.
    """
    documents = [apd.load(path) for path in sorted(DOCUMENTS.glob("*.xml"))]
    viggo = example("pool-training-1").appointment.patient
    his = [one for one in documents if one.appointment.patient.id == viggo.id]
    return tuple(map(_registered, [*his, _control(viggo)]))


def _control(viggo: apd.Patient) -> apd.AppointmentDocument:
    document = example("practice-provider-number")
    start = apd.local_time(2026, 4, 9, 15, 30)
    appointment = evolve(
        document.appointment,
        id=apd.MedComId(uuid.UUID(int=2)),
        patient=viggo,
        schedule=apd.Schedule(start, start + datetime.timedelta(minutes=15)),
        performer=evolve(document.appointment.performer, telecoms=()),
    )
    return evolve(document, id=apd.MedComId(uuid.UUID(int=1)), appointment=appointment)


def _registered(document: apd.AppointmentDocument) -> ov.RegisteredDocument:
    return ov.RegisteredDocument(document, findings=apd.validate(document).findings)


def overview(entries: Iterable[ov.Entry] | None = None, **more: Any) -> ov.Overview:
    """Viggo's overview, as a secretary is shown it; something in it is withheld.

    Args:
        entries: some of his documents; None for all.
        more: as for :func:`apd.overview.make_overview`.
    """
    settings: dict[str, Any] = {
        "viewer": SECRETARY,
        "now": NOW,
        "travel": datetime.timedelta(minutes=30),
    }
    shown = of_viggo() if entries is None else entries
    return ov.make_overview([*shown, ov.Withheld()], **{**settings, **more})


def a_few() -> list[ov.RegisteredDocument]:
    """Some of Viggo's documents: a series, a clash, a finding, indicative times."""
    wanted = ("Genoptræning i vand", "Årskontrol", "Operation i knæet")
    return [one for one in of_viggo() if one.document.appointment.reason.text in wanted]


def disagreeing() -> bytes:
    """A document whose readable text tells another day than its data do."""
    data = (DOCUMENTS / "operation-indicative.xml").read_bytes()
    changed = data.replace(b"10-03-2026", b"11-03-2026")
    assert changed != data
    return changed
