"""The lexical forms of values: UUID, OID, time, URI. Source: HL7 v3 data types release 1."""

import re
from collections.abc import Callable

from apd.cda.remembering import remembered_if_short
from apd.cda.timestamps import time_value
from apd.standard.element import Lexical
from apd.standard.identifier_forms import OID, UID, UUID

_uuid = re.compile(UUID).fullmatch
_oid = re.compile(OID).fullmatch
_uid = re.compile(UID).fullmatch
# RFC 3986 has no blank, no control character, none of these marks and nothing outside ASCII.
_uri = re.compile(r"[!#-;=?-\[\]_a-z~]*").fullmatch
_integer = re.compile("-?[1-9][0-9]*|[0-9]+").fullmatch
_organization_number = re.compile("[0-9]{1,18}").fullmatch


def is_uuid(value: str | None) -> bool:
    """A UUID, in either case."""
    return value is not None and _uuid(value) is not None


def is_oid(value: str) -> bool:
    """An OID of two numbers or more; white space around it does not count."""
    return _oid(value.strip()) is not None


@remembered_if_short  # nearly all of them are a dozen that come again and again
def is_oid_or_uuid(value: str) -> bool:
    """An OID or a UUID."""
    return _uid(value) is not None


def is_uri(value: str) -> bool:
    """A URI, with or without a scheme."""
    return _uri(value) is not None


def is_time(value: str) -> bool:
    """A time in HL7's form, of any precision, that exists in the calendar; 24:00 is accepted."""
    time = time_value(value)
    return time is not None and time.is_hl7 and value == value.strip()


def is_full_time(value: str) -> bool:
    """A time in HL7's form with date, clock time in seconds and an offset of four digits."""
    time = time_value(value)
    return time is not None and time.is_hl7 and time.is_full


RECOGNISERS: dict[Lexical, Callable[[str], object]] = {
    Lexical.UUID: is_uuid,
    Lexical.OID: is_oid,
    Lexical.OID_OR_UUID: is_oid_or_uuid,
    Lexical.ORGANIZATION_NUMBER: _organization_number,
    Lexical.FULL_TIME: is_full_time,
    Lexical.TIME: is_time,
    Lexical.URI: is_uri,
    Lexical.INTEGER: _integer,
    Lexical.NOT_BLANK: str.strip,
}
"""What recognises a value of each form: true for one that is of it."""
