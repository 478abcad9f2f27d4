"""Stored queries to a registry: their content, reader and writer.

Source: IHE ITI TF-2, ITI-18.
"""

import datetime
import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import field, frozen

from apd.cda.xml import Element, attribute
from apd.errors import InvalidValue
from apd.model.code import Code
from apd.model.identifiers import CprNumber, DocumentId
from apd.person_numbers import repr_without_numbers
from apd.wording import Wording
from apd.xds.ebxml.ebrim import each_slot, rim, write_slot
from apd.xds.ebxml.vocabulary import (
    FIND_DOCUMENTS,
    GET_DOCUMENTS,
    QUERY,
    RIM,
    URN_OID,
    AvailabilityStatus,
)
from apd.xds.errors import not_understood
from apd.xds.metadata.attribute_formats import MOST_OF_A_UNIQUE_ID, MOST_OF_A_VALUE, write_unique_id
from apd.xds.metadata.composite_values import Slot, as_slots
from apd.xds.metadata.hl7v2 import utc_time, write_cx, write_dtm
from apd.xds.metadata.validators import bare_oid, real_entry_uuid
from apd.xds.metadata.value_sets import APPOINTMENT_DOCUMENT

if TYPE_CHECKING:
    from uuid import UUID

ASKED = f"{{{QUERY}}}AdhocQueryRequest"
_RESPONSE_OPTION, _ADHOC_QUERY = f"{{{QUERY}}}ResponseOption", rim("AdhocQuery")


class Return(StrEnum):
    """The kind of objects in the answer to a query."""

    ENTRIES = "LeafClass"
    REFERENCES = "ObjectRef"


@frozen
class Query:
    """A query to a registry: made by :func:`find_documents` and :func:`get_documents`.

    Args:
        id: UUID of the stored query.
        parameters: its parameters, as texts in the form of the query.
        returns: entries, or references to them alone.
        home_community_id: OID of the community to query, or None.
    """

    id: str = field(repr=repr_without_numbers)
    parameters: tuple[Slot, ...] = field(converter=as_slots)
    returns: Return = Return.ENTRIES
    home_community_id: str | None = field(default=None, repr=repr_without_numbers)


def find_documents(
    patient: CprNumber,
    *,
    types: Iterable[Code] = (APPOINTMENT_DOCUMENT,),
    statuses: Iterable[AvailabilityStatus] = (AvailabilityStatus.APPROVED,),
    starts_from: datetime.datetime | None = None,
    starts_before: datetime.datetime | None = None,
    returns: Return = Return.ENTRIES,
) -> Query:
    """A query for the documents of a patient, by default the approved appointments.

    Args:
        patient: the patient's CPR number; other identifiers are refused.
        types: the types of document; empty for every type.
        statuses: approved, deprecated or both.
        starts_from: the earliest start of the appointment, with a time zone.
        starts_before: the time before which it must start, with a time zone.
        returns: entries, or references alone.

    Raises:
        InvalidValue: the patient has no CPR number, a time has no zone, or a code is too long.
    """
    if not isinstance(patient, CprNumber):
        raise InvalidValue(
            "patient",
            Wording("er ikke et CPR-nummer", "is not a CPR number"),
            Wording("angiv et CprNumber", "specify a CprNumber"),
        )
    return Query(
        FIND_DOCUMENTS,
        _given(
            ("$XDSDocumentEntryPatientId", [_text(write_cx(patient))]),
            ("$XDSDocumentEntryStatus", _list(statuses)),
            ("$XDSDocumentEntryTypeCode", _list(map(_coded, types))),
            ("$XDSDocumentEntryServiceStartTimeFrom", _time(starts_from)),
            ("$XDSDocumentEntryServiceStartTimeTo", _time(starts_before)),
        ),
        returns,
    )


_ONE_OF_TWO = Wording("angiv unique_ids eller entry_uuids", "specify unique_ids or entry_uuids")


def get_documents(
    *,
    unique_ids: Sequence[DocumentId | str] = (),
    entry_uuids: Sequence["str | UUID"] = (),
    returns: Return = Return.ENTRIES,
    home_community_id: str | None = None,
) -> Query:
    """A query for the entries of known documents, for example after a submission.

    Args:
        unique_ids: the unique ids of the documents, or texts as the registry states them; or
        entry_uuids: the ids of their entries.
        returns: entries, or references alone.
        home_community_id: OID of the community that is asked, or None.

    Raises:
        InvalidValue: an entry UUID is invalid, an id is longer than XDS permits, or not exactly
            one of the two is given.
    """
    if bool(unique_ids) == bool(entry_uuids):
        raise InvalidValue(
            "get_documents",
            Wording("har ingen af delene eller begge", "has neither of them, or both"),
            _ONE_OF_TWO,
        )
    if isinstance(unique_ids, str):  # a string would be split into its characters
        unique_ids = (unique_ids,)
    own = [write_unique_id(unique_id) for unique_id in unique_ids]
    if any(len(text) > MOST_OF_A_UNIQUE_ID for text in own):
        raise _too_long("unique_ids", MOST_OF_A_UNIQUE_ID)
    real = [real_entry_uuid(entry_uuid, "entry_uuids") for entry_uuid in entry_uuids]
    return Query(
        GET_DOCUMENTS,
        _given(
            ("$XDSDocumentEntryUniqueId", _list(own)),
            ("$XDSDocumentEntryEntryUUID", _list(real)),
        ),
        returns,
        home_community_id,
    )


def _given(*parameters: tuple[str, list[str]]) -> list[Slot]:
    """The parameters that have a value; :class:`InvalidValue` if it is too long."""
    for name, values in parameters:
        if any(len(value) > MOST_OF_A_VALUE for value in values):
            raise _too_long(name, MOST_OF_A_VALUE)
    return [Slot(name, values) for name, values in parameters if values]


def _too_long(name: str, most: int) -> InvalidValue:
    return InvalidValue(
        name,
        Wording(f"har mere end {most} tegn", f"has more than {most} characters"),
        Wording("angiv en kortere", "use a shorter one"),
    )


def _text(text: str) -> str:
    """A text of a query, in which apostrophes are doubled."""
    return "'" + text.replace("'", "''") + "'"


def _list(texts: Iterable[str]) -> list[str]:
    """Alternatives, one for each value, so that no value is too long."""
    return [f"({_text(text)})" for text in texts]


_texts = re.compile(r"'((?:[^']|'')*)'|([^\s,()']+)").finditer


def read_texts(values: Iterable[str]) -> list[str]:
    """The alternatives in the values of a parameter, without quotes and brackets."""
    found = [match for value in values for match in _texts(value)]
    return [(match[1] or "").replace("''", "'") or match[2] or "" for match in found]


def _coded(code: Code) -> str:
    return f"{code.code}^^{code.system}"


def _time(time: datetime.datetime | None) -> list[str]:
    return [] if time is None else [write_dtm(utc_time(time))]


def write_query(query: Query) -> str:
    """The query as XML (query:AdhocQueryRequest)."""
    slots = "".join([write_slot(slot.name, slot.values) for slot in query.parameters])
    home = query.home_community_id
    at = "" if home is None else f' home="{attribute(f"{URN_OID}{home}")}"'
    return (
        f'<query:AdhocQueryRequest xmlns:query="{QUERY}" xmlns:rim="{RIM}">'
        f'<query:ResponseOption returnComposedObjects="true" returnType="{query.returns}"/>'
        f'<rim:AdhocQuery{at} id="{query.id}">{slots}</rim:AdhocQuery>'
        "</query:AdhocQueryRequest>"
    )


def read_query(request: Element) -> Query:
    """Read a query; :class:`ParseError` for none, or one for another kind of answer."""
    asked = next(request.iterchildren(_ADHOC_QUERY), None)
    option = next(request.iterchildren(_RESPONSE_OPTION), None)
    returns = "LeafClass" if option is None else option.get("returnType")
    if asked is None or not asked.get("id") or returns not in list(Return):
        raise not_understood(
            "Meddelelsen siger ikke, hvad der spørges om.",
            "The message does not say what is asked for.",
        )
    parameters = [(name, values) for name, values in each_slot(asked) if name and values]
    return Query(
        asked.get("id", ""),
        [Slot(name, values) for name, values in parameters],
        Return(returns),
        bare_oid(asked.get("home")),
    )
