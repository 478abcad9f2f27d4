"""The public names: what ``apd`` gives when the first of them is asked for."""

from typing import TYPE_CHECKING

from apd.api import complete, dump, dumps, load, loads
from apd.errors import (
    ApdError,
    InvalidArgument,
    InvalidDocument,
    InvalidValue,
    ParseError,
    RuleError,
)
from apd.findings import Finding, Layer, Report, Severity
from apd.model.appointment import Appointment, EpisodeOfCare, Reason, Repetition
from apd.model.code import Code
from apd.model.contact import Address, PersonName, Telecom
from apd.model.document import (
    AppointmentDocument,
    CompleteAppointment,
    CompleteDocument,
    Difference,
    Unmapped,
)
from apd.model.identifiers import (
    CprNumber,
    EpisodeId,
    Identifier,
    MedComId,
    ProviderNumber,
    SorCode,
)
from apd.model.location import HomeLocation, OtherLocation, SorLocation
from apd.model.party import (
    Custodian,
    Organization,
    Patient,
    Performer,
    Person,
    Requester,
    Responsible,
)
from apd.model.schedule import PartOfDay, Schedule
from apd.model.time import local_time
from apd.standard.codes import (
    AddressUse,
    AppointmentType,
    Category,
    Confidentiality,
    Gender,
    NullFlavor,
    Oid,
    Status,
    TelecomUse,
)
from apd.standard.edition import Edition
from apd.standard.releases import RELEASES, Release
from apd.validation import findings_by_key, set_keys, validate, validate_all

if TYPE_CHECKING:
    from apd.change import diff
    from apd.rules.set_keys import SetKeys
    from apd.settings_file import SettingsError, load_settings
else:
    _SELDOM_WANTED = {
        "SetKeys": "apd.rules.set_keys",
        "SettingsError": "apd.settings_file",
        "diff": "apd.change",
        "load_settings": "apd.settings_file",
    }

    def __getattr__(name: str) -> object:
        """What costs more to import than all the rest, and few ask for."""
        if name not in _SELDOM_WANTED:
            raise AttributeError(f"module 'apd' has no attribute '{name}'")
        from importlib import import_module

        return getattr(import_module(_SELDOM_WANTED[name]), name)


__all__ = [
    "RELEASES",
    "Address",
    "AddressUse",
    "ApdError",
    "Appointment",
    "AppointmentDocument",
    "AppointmentType",
    "Category",
    "Code",
    "CompleteAppointment",
    "CompleteDocument",
    "Confidentiality",
    "CprNumber",
    "Custodian",
    "Difference",
    "Edition",
    "EpisodeId",
    "EpisodeOfCare",
    "Finding",
    "Gender",
    "HomeLocation",
    "Identifier",
    "InvalidArgument",
    "InvalidDocument",
    "InvalidValue",
    "Layer",
    "MedComId",
    "NullFlavor",
    "Oid",
    "Organization",
    "OtherLocation",
    "ParseError",
    "PartOfDay",
    "Patient",
    "Performer",
    "Person",
    "PersonName",
    "ProviderNumber",
    "Reason",
    "Release",
    "Repetition",
    "Report",
    "Requester",
    "Responsible",
    "RuleError",
    "Schedule",
    "SetKeys",
    "SettingsError",
    "Severity",
    "SorCode",
    "SorLocation",
    "Status",
    "Telecom",
    "TelecomUse",
    "Unmapped",
    "complete",
    "diff",
    "dump",
    "dumps",
    "findings_by_key",
    "load",
    "load_settings",
    "loads",
    "local_time",
    "set_keys",
    "validate",
    "validate_all",
]
