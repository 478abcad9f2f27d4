"""What a viewer shows: one patient's appointments, as a value that every renderer shows.

::

    from apd import overview

    shown = overview.make_overview(
        [overview.RegisteredDocument(document), overview.Withheld()],
        viewer=overview.ProfessionalViewer(name, organization),
        now=now,
    )

``docs/showing.md`` says what is shown, in which words, and to whom.
"""

from apd.overview.building import LiftedOverview, lift_block, make_overview
from apd.overview.data import as_data
from apd.overview.days import Day, OnDay, Week
from apd.overview.groups import Group
from apd.overview.overlaps import Overlap, OverlapKind, OverlapSeverity
from apd.overview.protection import address_traces, without_address
from apd.overview.records import LiftGround, LiftRecord, ViewingRecord
from apd.overview.selection import Availability, Entry, RegisteredDocument, Withheld
from apd.overview.shown import Phase, Remark, ShownAppointment
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
from apd.text.appointment import Line, Said, SaidKind

__all__ = [
    "AddressPart",
    "AddressTrace",
    "Availability",
    "Day",
    "Entry",
    "Group",
    "LiftGround",
    "LiftRecord",
    "LiftedOverview",
    "Line",
    "NotAllowed",
    "Notice",
    "OnDay",
    "Overlap",
    "OverlapKind",
    "OverlapSeverity",
    "Overview",
    "PatientViewer",
    "Phase",
    "ProfessionalViewer",
    "ProxyViewer",
    "RegisteredDocument",
    "Remark",
    "Said",
    "SaidKind",
    "ShownAppointment",
    "Viewer",
    "ViewingRecord",
    "Week",
    "Withheld",
    "address_traces",
    "as_data",
    "lift_block",
    "make_overview",
    "without_address",
]
