"""The bookings file read as a stream: a booking at a time, so that the file is never held."""

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
    """What a bookings file holds, booking by booking.

    ::

        with open("bookings.json", "rb") as file:
            stream = BookingStream(file)
            steps = plan(stream, register, stream.read_at, key=key)

    A booking that cannot be read refuses itself alone: it is given as :class:`Unreadable`, and what
    is wrong with it is passed to ``on_problem``. Everything else is refused as by
    :func:`apd.publication.bookings_file.loads`, at the end of the bookings: whoever goes through
    them does nothing upon one before all were given.

    Args:
        file: the JSON text, as bytes in UTF-8. One that cannot be read twice (a pipe) is held.
        on_problem: is called with each thing that is wrong with a booking, and where.
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
        """When the bookings were read. It is found at once where it stands before them.

        Raises:
            JsonError: there is none, or something else is wrong.
        """
        for piece in self._pieces():
            if piece.key == _READ_AT:
                head = {_READ_AT: piece.value, _BOOKINGS: []}
                try:
                    return form_converter().structure(head, Bookings).read_at
                except _CANNOT_BE_READ:
                    break
        self._file.seek(self._begins)
        for _ in BookingStream(self._file):  # says all that is wrong with the head
            pass
        raise AssertionError("what has no time cannot be read")

    @property
    def producer(self) -> Producer | None:
        """Who publishes them, where a booking does not say. Known once all were given."""
        return self._producer

    @property
    def places(self) -> Mapping[str, int]:
        """Where the bookings stand that were given, by the ids of their appointments.

        Those that cannot be read are among them, where their ids can.
        """
        return self._places

    def producer_of(self, booking: Booking | None) -> Producer | None:
        """Who publishes a booking; of one that is gone, who publishes all of them."""
        return (booking and booking.producer) or self._producer

    def __iter__(self) -> Iterator[Booking | Unreadable]:
        """Go through the bookings, from the first.

        Raises:
            JsonError: at the end: it is no JSON, its head is wrong, or two appointments have one
                id.
        """
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
        """A booking; of one that cannot be read, whose it is, after its problems were reported."""
        found: Iterable[Problem] = piece.problems
        if not found:
            try:
                return _read(piece.value)
            except _CANNOT_BE_READ as error:
                found = in_own_words(error, f"$.{_BOOKINGS}[{at}]")
        for problem in found:
            self._on_problem(problem)
        # of a key that is given twice it is not known which one counts
        has_one_id = not any(problem.wording is REPEATS for problem in piece.problems)
        id = _id_of(piece.value) if has_one_id else None
        return Unreadable(appointment_id=id, reason=f"$.{_BOOKINGS}[{at}]")

    def _head_problems(self, whole: Any) -> list[Problem]:
        """Read what stands beside the bookings, and give what is wrong with it."""
        try:
            self._producer = form_converter().structure(whole, Bookings).producer
        except _CANNOT_BE_READ as error:
            return in_own_words(error, "$")
        return []

    def _pieces(self) -> Iterator[Piece]:
        self._file.seek(self._begins)
        return iter(Pieces(self._file, _BOOKINGS, max_bytes=MAX_BOOKINGS_BYTES))


def _read(data: Any) -> Booking:
    """A booking; only for one that cannot be read it is found out what is wrong."""
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
