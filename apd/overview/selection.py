"""The entries of an overview, and whether their appointments stand or are cancelled.

Source: Aftaleoversigten 1.0.10, rules #4, #5 and #10; IHE XDS, availabilityStatus and the
association that a document replaces another.


An appointment stands if the newest of its documents on display is active (rules #4 and #5); a
document is on display if it is approved and not replaced. Two documents are versions of one
appointment if they have the same appointment id.
"""

import datetime
import re
import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from enum import Enum, StrEnum, auto
from typing import NamedTuple

from attrs import field, frozen

from apd.findings import Finding
from apd.model.document import AppointmentDocument
from apd.model.identifiers import DocumentId, Identifier, MedComId
from apd.model.validators import all_are, as_tuple, is_a, optional
from apd.overview.shown import Remark
from apd.privacy.masking import uuid_of_name
from apd.standard.codes import Status
from apd.standard.identifier_forms import UUID


class Availability(StrEnum):
    """The registry status of a document (XDS availabilityStatus)."""

    APPROVED = "approved"
    DEPRECATED = "deprecated"


def as_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Converter: as :func:`apd.model.validators.as_tuple`."""
    return as_tuple(findings)


@frozen
class RegisteredDocument:
    """A document and its status in the registry.

    Args:
        document: the document.
        availability: approved, or deprecated if it is no longer on display (rule #5).
        replaced_by: the id of the document that replaces this one, if any.
        findings: its findings, to be shown with it.
    """

    document: AppointmentDocument = field(validator=is_a(AppointmentDocument))
    availability: Availability = field(default=Availability.APPROVED, validator=is_a(Availability))
    replaced_by: DocumentId | None = field(
        default=None, kw_only=True, validator=optional(MedComId, Identifier)
    )
    findings: tuple[Finding, ...] = field(
        default=(), kw_only=True, converter=as_findings, validator=all_are(Finding)
    )


@frozen
class Withheld:
    """Represents all that the infrastructure withheld because the patient blocked it (rule #10).

    It has no content that could be shown: no id, no time, and not even the number of appointments.
    """


@frozen
class NotFetched:
    """Represents all that could not be fetched.

    It was not withheld: the registry or repository failed, or returned wrong documents.
    """


Entry = RegisteredDocument | Withheld | NotFetched


_EARLIEST = datetime.datetime.min.replace(tzinfo=datetime.UTC)
_CALLED_OFF = frozenset((Status.ABORTED, Status.CANCELLED, Status.NULLIFIED, Status.OBSOLETE))


class Standing(Enum):
    """Whether an appointment stands."""

    STANDS = auto()
    CANCELLED = auto()
    GONE = auto()
    """It does not stand, and is not known to be cancelled: it is completed, or its replacement is
    missing here."""


class Selected(NamedTuple):
    """An appointment with its current version; ``sequence`` grows from 0 with each version."""

    key: str
    entry: RegisteredDocument
    standing: Standing
    sequence: int
    remarks: tuple[Remark, ...]


def select(entries: Sequence[RegisteredDocument]) -> list[Selected]:
    """One row for each appointment, whatever the number of its versions."""
    known = {entry.document.id for entry in entries}
    by_name: dict[str, list[RegisteredDocument]] = {}
    for number, entry in enumerate(entries):
        by_name.setdefault(_name(entry, number), []).append(entry)
    keys = _keys(by_name)
    return [
        _selected(keys[name], sorted(versions, key=age), known)
        for name, versions in by_name.items()
    ]


def age(entry: RegisteredDocument) -> tuple[datetime.datetime, int]:
    """The sort key; the newest version comes last."""
    document = entry.document
    return document.time or _EARLIEST, document.version_number or 0


def _name(entry: RegisteredDocument, number: int) -> str:
    """The key of the appointment: its id, or else what is available."""
    document = entry.document
    id: DocumentId | None = document.appointment.id or document.id
    if isinstance(id, MedComId):
        return id.value.lower()
    return f"{id.root} {id.extension}" if id is not None else f"{number}"


_is_uuid = re.compile(UUID).fullmatch


def _keys(names: Iterable[str]) -> dict[str, str]:
    """A UUID for each key: the id itself if it is one.

    Other ids may contain a CPR number, so the UUID is made without it. Ids that differ in nothing
    else are numbered.
    """
    keys: dict[str, str] = {}
    alike: Counter[uuid.UUID] = Counter()
    for name in sorted(names):
        if _is_uuid(name):
            keys[name] = name
            continue
        made = uuid_of_name(name)
        alike[made] += 1
        count = alike[made]
        keys[name] = str(made if count == 1 else uuid.uuid5(made, f"{count}"))
    return keys


def _selected(
    key: str, versions: Sequence[RegisteredDocument], known: Collection[DocumentId | None]
) -> Selected:
    in_display = [entry for entry in versions if _is_in_display(entry)]
    counts = in_display[-1] if in_display else versions[-1]
    return Selected(
        key,
        counts,
        _standing(counts, known),
        _sequence(versions),
        tuple(_remarks(in_display, versions[-1])),
    )


def _is_in_display(entry: RegisteredDocument) -> bool:
    return entry.availability is Availability.APPROVED and entry.replaced_by is None


def _standing(entry: RegisteredDocument, known: Collection[DocumentId | None]) -> Standing:
    status = entry.document.appointment.status
    if _is_in_display(entry):
        if status is Status.ACTIVE:
            return Standing.STANDS
        return Standing.CANCELLED if status in _CALLED_OFF else Standing.GONE
    is_called_off = entry.replaced_by is None or entry.replaced_by in known
    return Standing.CANCELLED if is_called_off else Standing.GONE


def _sequence(versions: Sequence[RegisteredDocument]) -> int:
    """By the version number if there is one, and at least the number of versions here."""
    stated = max(entry.document.version_number or 1 for entry in versions)
    return max(stated, len(versions)) - 1


def _remarks(
    in_display: Sequence[RegisteredDocument], newest: RegisteredDocument
) -> Iterable[Remark]:
    if len({entry.document.id for entry in in_display}) > 1:
        yield Remark.SEVERAL_VERSIONS
    if in_display and newest.availability is Availability.DEPRECATED and not newest.replaced_by:
        yield Remark.NEWER_WITHDRAWN
