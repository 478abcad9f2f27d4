"""Documents of one invented patient, and overviews of them."""

import datetime
import json
from enum import Enum
from typing import Any

import attrs

import apd
from apd import overview as ov
from tests import samples

NOW = apd.local_time(2026, 3, 5, 12)
PATIENT = apd.CprNumber(samples.CPR)
NURSE = ov.ProfessionalViewer(
    apd.PersonName(["Bodil", "Marie"], "Egeskov"),
    apd.Organization(name="Ortopædkirurgisk Afdeling"),
)
DAUGHTER = ov.ProxyViewer(apd.PersonName(["Karla"], "Tranekær"), PATIENT)
SELF = ov.PatientViewer(PATIENT)
at = samples.time_at
HOME = apd.HomeLocation(address=samples.address(lines=["Birkelunden 12"]))


def schedule(start: str, end: str | None = None, **more: Any) -> apd.Schedule:
    """A schedule; the end may be a time of the same day: ``10:45``."""
    if end is not None and len(end) == 5:
        end = f"{start[:10]} {end}"
    return apd.Schedule(at(start), at(end) if end else None, **more)


def document(number: int, when: apd.Schedule | None = None, **changes: Any) -> Any:
    """A document of the patient's about an appointment of its own; ``number`` makes its ids."""
    fields = {"id": samples.medcom_id(1000 + number), **changes}
    if when is not None:
        fields["schedule"] = when
    papers = {name: fields.pop(name) for name in ("time", "version_number") if name in fields}
    appointment = samples.appointment(**fields)
    return samples.document(id=samples.medcom_id(number), appointment=appointment, **papers)


def overview(*entries: Any, viewer: Any = SELF, now: datetime.datetime = NOW, **more: Any) -> Any:
    """An overview; a document alone is one that is approved."""
    registered = [
        ov.RegisteredDocument(one) if isinstance(one, apd.AppointmentDocument) else one
        for one in entries
    ]
    return ov.make_overview(registered, viewer=viewer, now=now, **more)


def as_json(shown: ov.Overview) -> str:
    """The overview as JSON, in letters that can be searched."""
    return json.dumps(ov.as_data(shown), ensure_ascii=False)


def line(shown: ov.ShownAppointment, key: str) -> ov.Line:
    """One line of an appointment."""
    return next(line for line in shown.lines if line.key == key)


def texts_in(value: Any) -> set[str]:
    """Every text that a value of the model holds; words of closed lists are none."""
    if isinstance(value, Enum | apd.Release):
        return set()
    if isinstance(value, str):
        return {str(value)}
    if isinstance(value, tuple):
        return set().union(*map(texts_in, value))
    if attrs.has(type(value)):
        fields = (getattr(value, field.name) for field in attrs.fields(type(value)))
        return set().union(*map(texts_in, fields))
    return set()
