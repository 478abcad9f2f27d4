"""The bookings file, read as a stream: one booking at a time, never the whole file."""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, BinaryIO

from cattrs.errors import BaseValidationError

from apd.errors import InvalidValue
from apd.jsonform import JsonError, Kind, Problem
from apd.jsonform.explanations import Refused
from apd.jsonform.parsing import REPEATS
from apd.jsonform.pieces import Piece, Pieces
from apd.limits import MAX_BOOKINGS, MAX_BOOKINGS_BYTES, MAX_PROBLEMS
from apd.model.identifiers import MedComId
from apd.publication.booking import Booking, Producer, Unreadable
from apd.publication.bookings_file import (
    TOO_MANY,
    Bookings,
    form_converter,
    in_own_words,
    is_repeated,
)

_BOOKINGS, _READ_AT = "bookings", "read_at"
_CANNOT_BE_READ = (BaseValidationError, Refused, InvalidValue)


class BookingStream:
    """The bookings of a bookings file, one at a time.

    ::

        with open("bookings.json", "rb") as file:
            stream = BookingStream(file)
            steps = plan(stream, register, stream.read_at, key=key)

    A booking that cannot be read does not affect the others: it is yielded as :class:`Unreadable`,
    and its problems are passed to ``on_problem``. All other errors are raised as by
    :func:`apd.publication.bookings_file.loads`, but after the last booking: act on no booking
    before all were yielded.

    Args:
        file: the JSON, as bytes in UTF-8. A file that cannot be read twice (a pipe) is copied.
        on_problem: is called with each problem of a booking, which has its place.
    """

    def __init__(
        self, file: BinaryIO, on_problem: Callable[[Problem], object] = lambda _: None
    ) -> None:
        self._on_problem = on_problem
        self._file = file if file.seekable() else io.BytesIO(file.read(MAX_BOOKINGS_BYTES + 1))
        self._begins = self._file.tell()
        self._places: dict[str, int] = {}
        self._producer: Producer | None = None

    @property
    def read_at(self) -> datetime:
        """When the bookings were read; this is fast if it precedes them in the file."""
        for piece in self._pieces():
            if piece.key == _READ_AT:
                head = {_READ_AT: piece.value, _BOOKINGS: []}
                try:
                    return form_converter().structure(head, Bookings).read_at
                except _CANNOT_BE_READ:
                    break
        self._file.seek(self._begins)
        for _ in BookingStream(self._file):  # raises with all problems of the head
            pass
        raise AssertionError("what has no time cannot be read")

    @property
    def producer(self) -> Producer | None:
        """The producer of bookings that do not state one. It is known once all were yielded."""
        return self._producer

    @property
    def places(self) -> Mapping[str, int]:
        """The places of the yielded bookings, by the ids of their appointments."""
        return self._places

    def producer_of(self, booking: Booking | None) -> Producer | None:
        """The producer of a booking; for a booking that is gone, the producer of all."""
        return (booking and booking.producer) or self._producer

    def __iter__(self) -> Iterator[Booking | Unreadable]:
        """Yield the bookings; :class:`JsonError` of the whole file comes at the end."""
        self._places = {}
        head: dict[str, Any] = {}
        whole: Any = head
        flaws: list[Problem] = []
        repeated: list[Problem] = []
        for piece in self._pieces():
            if piece.at is not None:
                if piece.at >= MAX_BOOKINGS:
                    raise JsonError([Problem(f"$.{_BOOKINGS}", Kind.VALUE, TOO_MANY)])
                booking = self._booking(piece, piece.at)
                before = piece.at
                if booking.id is not None:
                    before = self._places.setdefault(booking.id.value, piece.at)
                if before != piece.at:
                    repeated.append(is_repeated(piece.at, before))
                elif not (flaws or repeated):
                    yield booking
            elif piece.problems:
                flaws += piece.problems
            elif piece.key is None:
                whole = piece.value
            else:
                head[piece.key] = piece.value
            if max(len(flaws), len(repeated)) >= MAX_PROBLEMS:
                break
        else:
            flaws = flaws or self._head_problems(whole)
        if wrong := flaws or repeated:
            raise JsonError(wrong[:MAX_PROBLEMS])

    def _booking(self, piece: Piece, at: int) -> Booking | Unreadable:
        """A booking; for one that cannot be read, its id, after its problems were reported."""
        found: Iterable[Problem] = piece.problems
        if not found:
            try:
                return _read(piece.value)
            except _CANNOT_BE_READ as error:
                found = in_own_words(error, f"$.{_BOOKINGS}[{at}]")
        for problem in found:
            self._on_problem(problem)
        # of a duplicate key it is unknown which one counts
        has_one_id = not any(problem.wording is REPEATS for problem in piece.problems)
        id = _id_of(piece.value) if has_one_id else None
        return Unreadable(appointment_id=id, reason=f"$.{_BOOKINGS}[{at}]")

    def _head_problems(self, whole: Any) -> list[Problem]:
        """Read the data beside the bookings, and return their problems."""
        try:
            self._producer = form_converter().structure(whole, Bookings).producer
        except _CANNOT_BE_READ as error:
            return in_own_words(error, "$")
        return []

    def _pieces(self) -> Iterator[Piece]:
        self._file.seek(self._begins)
        return iter(Pieces(self._file, _BOOKINGS, max_bytes=MAX_BOOKINGS_BYTES))


def _read(data: Any) -> Booking:
    """A booking; problems are determined only if it cannot be read."""
    try:
        return form_converter(explains=False).structure(data, Booking)
    except Exception:
        return form_converter().structure(data, Booking)


def _id_of(data: Any) -> MedComId | None:
    """The id of the appointment of a booking that cannot be read, or None."""
    try:
        id = form_converter(explains=False).structure(data["appointment"]["id"], MedComId)
    except Exception:
        return None
    return id if isinstance(id, MedComId) else None
