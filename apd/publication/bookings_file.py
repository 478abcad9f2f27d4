"""The bookings file: all bookings of a booking system at one time, as JSON.

It is what ``apd plan`` reads. An appointment in it has the form that ``docs/json.md`` describes;
``docs/bookings.schema.json`` is its JSON Schema. It needs the extra ``json``.
"""

import datetime
import json
from collections.abc import Iterable, Iterator
from functools import cache

from attrs import evolve, field, frozen
from cattrs import Converter
from cattrs.errors import BaseValidationError

from apd.errors import InvalidValue
from apd.jsonform import JsonError, Kind, Problem, parse
from apd.jsonform.converter import converter
from apd.jsonform.explanations import Refused, problems
from apd.jsonform.scalars import word_reader
from apd.jsonform.schema import Schema, object_schema, schema
from apd.jsonform.types import word
from apd.limits import MAX_BOOKINGS, MAX_BOOKINGS_BYTES
from apd.model.time import as_time, is_given_time
from apd.model.validators import all_are, as_tuple, optional
from apd.publication.booking import Booking, Producer
from apd.publication.legal_basis import LegalBasis
from apd.wording import Wording

TOO_MANY = Wording(
    f"er flere end {MAX_BOOKINGS}: del dem på flere registre",
    f"are more than {MAX_BOOKINGS}: spread them over several registers",
)
"""The problem of too many bookings."""


def _as_bookings(bookings: Iterable[Booking]) -> tuple[Booking, ...]:
    given = as_tuple(bookings)
    if len(given) > MAX_BOOKINGS:
        raise InvalidValue("Bookings.bookings", TOO_MANY)
    return given


@frozen(kw_only=True)
class Bookings:
    """All bookings of a booking system at one time.

    Args:
        read_at: when they were read from the booking system: the time before the first booking was
            read, with a time zone.
        bookings: all bookings that are not over, those that were entered within the last day,
            and any others. A missing booking that is not over counts as cancelled.
        producer: the producer of bookings that do not state one.

    Raises:
        InvalidValue: there are more than :data:`apd.limits.MAX_BOOKINGS`.
    """

    read_at: datetime.datetime = field(converter=as_time, validator=is_given_time)
    bookings: tuple[Booking, ...] = field(converter=_as_bookings, validator=all_are(Booking))
    producer: Producer | None = field(default=None, validator=optional(Producer))

    def producer_of(self, booking: Booking | None) -> Producer | None:
        """The producer of a booking; for a booking that is gone, the producer of all."""
        return (booking and booking.producer) or self.producer


def loads(text: str | bytes) -> Bookings:
    """Read bookings from JSON.

    Args:
        text: the JSON; bytes must be UTF-8.

    Raises:
        JsonError: it is not JSON or not a bookings file, or two appointments share an id; its
            problems list each error.
    """
    data = parse(text, max_bytes=MAX_BOOKINGS_BYTES)
    try:
        held = form_converter().structure(data, Bookings)
    except (BaseValidationError, Refused, InvalidValue) as error:
        found = in_own_words(error, "$")
    else:
        found = list(_repeated_ids(held))
        if not found:
            return held
    raise JsonError(found)


def dumps(bookings: Bookings, *, indent: int | None = None) -> str:
    """Write bookings as JSON.

    Args:
        bookings: the bookings.
        indent: the spaces for each level; None for a single line.
    """
    return json.dumps(form_converter().unstructure(bookings), ensure_ascii=False, indent=indent)


@cache
def form_converter(*, explains: bool = True) -> Converter:
    """Reads and writes bookings; see :func:`apd.jsonform.converter.converter`."""
    made = converter(explains=explains).copy()
    made.register_structure_hook(LegalBasis, word_reader(LegalBasis))
    made.register_unstructure_hook(LegalBasis, word)
    return made


def _repeated_ids(held: Bookings) -> Iterator[Problem]:
    """The problem of each appointment whose id an earlier one has."""
    first: dict[str, int] = {}
    for index, booking in enumerate(held.bookings):
        before = first.setdefault(booking.id.value, index)
        if before != index:
            yield is_repeated(index, before)


def is_repeated(index: int, before: int) -> Problem:
    """The problem of an appointment whose id an earlier one has."""
    where = f"$.bookings[{before}]"
    return Problem(
        f"$.bookings[{index}].appointment.id",
        Kind.VALUE,
        Wording(
            f"er også id i {where}: tildel hver aftale sit eget, og skriv hver booking én gang",
            f"is that of {where}, too: assign each appointment its own, and write each booking "
            "once",
        ),
    )


_OWN_WORDS = {
    "healthcare_facility_type_code": Wording(
        'er ikke en kode i værdisættet: "apd xds --codes facility" viser dem',
        'is not a code of the value set: "apd xds --codes facility" lists them',
    ),
    "practice_setting_code": Wording(
        'er ikke en kode i værdisættet: "apd xds --codes specialty" viser dem',
        'is not a code of the value set: "apd xds --codes specialty" lists them',
    ),
    "home_community_id": Wording(
        'er ikke et domæne i værdisættet: "apd xds --codes home-community" viser dem',
        'is not a domain of the value set: "apd xds --codes home-community" lists them',
    ),
    "appointment.id": Wording(
        'er ikke en UUID under MedComs rod: skriv "type": "medcom" og en UUID, '
        "som aftalen beholder",
        'is not a UUID under MedCom\'s root: specify "type": "medcom" and a UUID that the '
        "appointment keeps",
    ),
}
"""The problems of values that only this format has, by the end of their path."""


def in_own_words(error: Exception, path: str) -> list[Problem]:
    """The problems of data at a path that could not be read."""
    return [_in_own_words(problem) for problem in problems(error, path)]


def _in_own_words(problem: Problem) -> Problem:
    if problem.kind is Kind.VALUE:
        for end, wording in _OWN_WORDS.items():
            if problem.path.endswith(f".{end}"):
                return evolve(problem, wording=wording)
    return problem


# --- the JSON Schema -------------------------------------------------------------------------

_NOT_IN_BOOKINGS = frozenset({"AppointmentDocument", "Unmapped"})


def bookings_schema() -> Schema:
    """The JSON Schema of a bookings file."""
    own = {one.__name__: object_schema(one) for one in (Bookings, Booking, Producer)}
    of_the_model = {
        name: one for name, one in schema()["$defs"].items() if name not in _NOT_IN_BOOKINGS
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Bookings for apd plan",
        "$ref": f"#/$defs/{Bookings.__name__}",
        "$defs": {**own, **of_the_model},
    }
