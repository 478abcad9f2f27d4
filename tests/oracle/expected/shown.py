"""What an overview shows, and to whom.

Sources: Aftaleoversigten, tables 1 and 2, rules #4, #5, #9 and #10; MedCom's FAQ of 2023 on
telephones (F1).
"""

import datetime
from collections.abc import Iterable
from typing import Literal, NamedTuple

from tests.oracle.expected.planned import over_at
from tests.oracle.expected.types import types

Phase = Literal["upcoming", "ongoing", "past"]


class Version(NamedTuple):
    """A document with what the registry says of it."""

    appointment: str
    document: str
    made: datetime.datetime
    patient: str
    start: datetime.datetime
    end: datetime.datetime | None
    approved: bool = True
    replaced: bool = False
    status: str = "active"
    indicative: bool = False
    repeats: bool = False
    at_home: bool = False
    protected: bool = False
    """The patient's address is protected, and the document was made so."""
    performer_phone: str | None = None
    """Of the performer, or of its organisation."""
    place_phone: str | None = None


class Viewer(NamedTuple):
    """Who looks; a patient or a proxy at the appointments of one patient."""

    role: Literal["patient", "proxy", "professional"]
    patient: str | None = None


class Shown(NamedTuple):
    """An appointment that is shown."""

    document: str
    phase: Phase
    types: frozenset[int]
    is_called_indicative: bool
    phones: frozenset[str]
    """Those of the performer and of the place (F1), in the readable text as well."""
    shows_home: bool
    """It tells where the patient lives."""


def may_see(viewer: Viewer, patient: str) -> bool:
    """Whether a viewer may see a patient's overview; a proxy sees what the patient sees (#9)."""
    return viewer.role == "professional" or viewer.patient == patient


def must_not_edit(viewer: Viewer) -> bool:
    """A proxy reads and never edits (#9)."""
    return viewer.role == "proxy"


def shown(versions: Iterable[Version], patient: str, now: datetime.datetime) -> dict[str, Shown]:
    """The appointments of a patient that stand, by their ids.

    What is blocked (#10) is not given here, so nothing of it can be shown.
    """
    newest: dict[str, Version] = {}
    for one in sorted(versions, key=lambda one: one.made):
        if one.patient == patient and one.approved and not one.replaced:
            newest[one.appointment] = one
    return {id: _shown(one, now) for id, one in newest.items() if one.status == "active"}


def _shown(one: Version, now: datetime.datetime) -> Shown:
    phones = {one.performer_phone, None if one.at_home and one.protected else one.place_phone}
    return Shown(
        document=one.document,
        phase=phase(one.start, one.end, now),
        types=frozenset(types(one.end is not None, one.indicative, one.repeats)),
        is_called_indicative=one.indicative,
        phones=frozenset(phone for phone in phones if phone),
        shows_home=one.at_home and not one.protected,
    )


def phase(start: datetime.datetime, end: datetime.datetime | None, now: datetime.datetime) -> Phase:
    """Whether an appointment is to come, has begun, or is over."""
    if start > now:
        return "upcoming"
    over = over_at(start, end)
    assert over is not None
    return "past" if over <= now else "ongoing"
