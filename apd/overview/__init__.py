"""The overview of a patient's appointments, as a value that every renderer shows.

::

    from apd import overview

    shown = overview.make_overview(
        [overview.RegisteredDocument(document), overview.Withheld()],
        viewer=overview.ProfessionalViewer(name, organization),
        now=now,
    )

``docs/showing.md`` says what is shown, in which words, and to whom.
"""

from typing import Any

from apd.deprecation import warn_renamed
from apd.overview.agenda import Agenda, AgendaDay, AgendaEntry, SeriesPosition
from apd.overview.building import LiftedOverview, lift_block, make_overview
from apd.overview.data import as_data
from apd.overview.days import Day, OnDay, Week
from apd.overview.groups import Group
from apd.overview.overlaps import Overlap, OverlapKind, OverlapSeverity
from apd.overview.protection import address_traces, without_address
from apd.overview.records import LiftGround, LiftRecord, ViewingRecord
from apd.overview.selection import Availability, Entry, NotFetched, RegisteredDocument, Withheld
from apd.overview.shown import Phase, Remark, ShownAppointment
from apd.overview.table import as_csv
from apd.overview.value import Notice, Overview
from apd.overview.viewers import (
    NotAllowed,
    PatientViewer,
    ProfessionalViewer,
    ProxyViewer,
    Viewer,
)
from apd.privacy.address_terms import AddressPart
from apd.privacy.address_traces import AddressTrace
from apd.text.appointment import Line, LinePart, PartKind

__all__ = [
    "AddressPart",
    "AddressTrace",
    "Agenda",
    "AgendaDay",
    "AgendaEntry",
    "Availability",
    "Day",
    "Entry",
    "Group",
    "LiftGround",
    "LiftRecord",
    "LiftedOverview",
    "Line",
    "LinePart",
    "NotAllowed",
    "NotFetched",
    "Notice",
    "OnDay",
    "Overlap",
    "OverlapKind",
    "OverlapSeverity",
    "Overview",
    "PartKind",
    "PatientViewer",
    "Phase",
    "ProfessionalViewer",
    "ProxyViewer",
    "RegisteredDocument",
    "Remark",
    "SeriesPosition",
    "ShownAppointment",
    "Viewer",
    "ViewingRecord",
    "Week",
    "Withheld",
    "address_traces",
    "as_csv",
    "as_data",
    "lift_block",
    "make_overview",
    "without_address",
]

_RENAMED = {"Said": "LinePart", "SaidKind": "PartKind"}


def __getattr__(name: str) -> Any:
    """Return the object of a deprecated name."""
    if name not in _RENAMED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    warn_renamed(f"{__name__}.{name}", _RENAMED[name])
    return globals()[_RENAMED[name]]
