"""Converters and validators for XDS: entry UUIDs, OIDs, times in UTC.

As in the model, every error is an :class:`apd.InvalidValue` that never repeats the value.
"""

import datetime
import re
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import Attribute, evolve, validators

from apd.errors import InvalidValue
from apd.model.identifiers import (
    AnyIdentifier,
    CprNumber,
    DocumentId,
    Identifier,
)
from apd.model.time import is_time
from apd.model.validators import (
    Validator,
    field_name,
    has_number,
    is_code,
    is_oid,
    one_line,
    optional,
    optional_line,
)
from apd.standard.identifier_forms import UUID as UUID_FORM
from apd.wording import Wording
from apd.xds.ebxml.vocabulary import URN_OID, URN_UUID
from apd.xds.metadata.hl7v2 import utc_time

if TYPE_CHECKING:
    from uuid import UUID

PatientId = CprNumber | Identifier

T = TypeVar("T")

# --- OIDs ------------------------------------------------------------------------------------


def bare_oid(value: str | None) -> str | None:
    """Converter: an OID without the prefix ``urn:oid:``, or None."""
    return value.strip().removeprefix(URN_OID) if isinstance(value, str) else value


is_optional_oid: Validator = validators.optional(is_oid)
"""Validator: an OID, or None."""


# --- ids of registry objects -----------------------------------------------------------------

_BARE_UUID = re.compile(UUID_FORM)
_ENTRY_UUID = re.compile(URN_UUID + UUID_FORM)


def as_entry_uuid(value: "str | UUID") -> str:
    """Converter: from a UUID, or its text, to ``urn:uuid:`` and the UUID in lower case."""
    text = one_line(value) if isinstance(value, str) else f"{URN_UUID}{value}"
    if _BARE_UUID.fullmatch(text):  # as some systems write it
        text = f"{URN_UUID}{text}"
    return text.lower() if text.lower().startswith(URN_UUID) else text


def as_optional_entry_uuid(value: "str | UUID | None") -> str | None:
    """Converter: as :func:`as_entry_uuid`, or None."""
    return None if value is None else as_entry_uuid(value)


def real_entry_uuid(value: "str | UUID", field: str) -> str:
    """:func:`as_entry_uuid` of an entry UUID or a UUID; else :class:`InvalidValue` of ``field``."""
    found = as_entry_uuid(value)
    if _ENTRY_UUID.fullmatch(found) is None:
        raise InvalidValue(
            field,
            Wording("er ikke en entryUUID", "is not an entry UUID"),
            Wording("angiv urn:uuid: og en UUID", "specify urn:uuid: and a UUID"),
        )
    return found


def is_object_id(instance: object, attribute: "Attribute[Any]", value: object) -> None:
    """Validator: an entry UUID, or a symbolic id that represents it within one message."""
    is_code(instance, attribute, value)
    if isinstance(value, str) and value.startswith(URN_UUID):
        real_entry_uuid(value, field_name(instance, attribute))


is_optional_object_id: Validator = validators.optional(is_object_id)
"""Validator: as :func:`is_object_id`, or None."""


def is_optional_entry_uuid(instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    """Validator: a real entry UUID, or None."""
    if value is not None:
        real_entry_uuid(value, field_name(instance, attribute))


# --- identifiers -----------------------------------------------------------------------------


def without_authority(identifier: T) -> T:
    """Root and extension of an identifier, without the authority's name."""
    if isinstance(identifier, Identifier) and identifier.authority is not None:
        return evolve(identifier, authority=None)
    return identifier


def as_identifier(identifier: AnyIdentifier) -> AnyIdentifier:
    """Converter: as :func:`without_authority`."""
    return without_authority(identifier)


def as_document_id(identifier: DocumentId | str | None) -> DocumentId | str | None:
    """Converter: as :func:`without_authority`; a text on one line, or None."""
    if isinstance(identifier, str):
        return optional_line(identifier)
    return without_authority(identifier)


def as_patient_id(identifier: PatientId | None) -> PatientId | None:
    """Converter: as :func:`without_authority`, or None."""
    return without_authority(identifier)


def is_patient_id(instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    """Validator: an identifier of a patient with a number, or None."""
    optional(CprNumber, Identifier)(instance, attribute, value)
    if value is not None:
        has_number(instance, attribute, value)


# --- times and dates -------------------------------------------------------------------------


def as_utc(value: datetime.datetime | None) -> datetime.datetime | None:
    """Converter: the moment in UTC, or None; ``is_time`` names the field in errors."""
    try:
        return None if value is None else utc_time(value)
    except InvalidValue:
        return value


def as_day_or_utc(value: datetime.date | None) -> datetime.date | None:
    """Converter: a date as it is, a moment in UTC, or None."""
    return as_utc(value) if isinstance(value, datetime.datetime) else value


def is_day_or_time(instance: object, attribute: "Attribute[Any]", value: object) -> None:
    """Validator: a date, a time that :func:`as_day_or_utc` could convert, or None."""
    if type(value) is not datetime.date:
        is_time(instance, attribute, value)
