"""The bookings file read as a stream: a booking at a time, so that the file is never held."""

import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, BinaryIO

from cattrs.errors import BaseValidationError

from apd.errors import InvalidValue
from apd.jsonform import JsonError, Kind, Problem
from apd.jsonform.expected import Refused
from apd.jsonform.pieces import Piece, Pieces
from apd.limits import MAX_BOOKINGS, MAX_BOOKINGS_BYTES, MAX_PROBLEMS
from apd.publication.booking import Booking, Producer
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

    It says and refuses what :func:`apd.publication.bookings_file.loads` does, but only at the end
    of the bookings: whoever goes through them does nothing upon one before all were given.

    Args:
        file: the JSON text, as bytes in UTF-8. One that cannot be read twice (a pipe) is held.
    """

    def __init__(self, file: BinaryIO) -> None:
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
        for _ in self:  # reports all that is wrong
            pass
        raise AssertionError("what has no time cannot be read")

    @property
    def producer(self) -> Producer | None:
        """Who publishes them, where a booking does not say. Known once all were given."""
        return self._producer

    @property
    def places(self) -> Mapping[str, int]:
        """Where the bookings stand that were given, by the ids of their appointments."""
        return self._places

    def producer_of(self, booking: Booking | None) -> Producer | None:
        """Who publishes a booking; of one that is gone, who publishes all of them."""
        return (booking and booking.producer) or self._producer

    def __iter__(self) -> Iterator[Booking]:
        """Go through the bookings, from the first.

        Raises:
            JsonError: at the end, as :func:`apd.publication.bookings_file.loads`.
        """
        self._places = {}
        head: dict[str, Any] = {}
        whole: Any = head
        flaws: list[Problem] = []
        found: list[Problem] = []
        repeated: list[Problem] = []
        for piece in self._pieces():
            if piece.at is not None and piece.at >= MAX_BOOKINGS:
                raise JsonError([Problem(f"$.{_BOOKINGS}", Kind.VALUE, TOO_MANY)])
            if piece.problems:
                flaws += piece.problems
            elif piece.key is None:
                whole = piece.value
            elif piece.at is None:
                head[piece.key] = piece.value
            else:
                try:
                    booking = _read(piece.value)
                except _CANNOT_BE_READ as error:
                    found += in_own_words(error, f"$.{_BOOKINGS}[{piece.at}]")
                else:
                    before = self._places.setdefault(booking.id.value, piece.at)
                    if before != piece.at:
                        repeated.append(is_repeated(piece.at, before))
                    elif not (flaws or found or repeated):
                        yield booking
            if max(map(len, (flaws, found, repeated))) >= MAX_PROBLEMS:
                break
        else:
            found = self._read_head(whole, found) if not flaws else found
        if wrong := flaws or found or repeated:
            raise JsonError(wrong[:MAX_PROBLEMS])

    def _read_head(self, whole: Any, found: list[Problem]) -> list[Problem]:
        """Read what stands beside the bookings, and give what is wrong in the order of the form."""
        try:
            self._producer = form_converter().structure(whole, Bookings).producer
        except _CANNOT_BE_READ as error:
            wrong = in_own_words(error, "$")
            before = [one for one in wrong if one.path.startswith(f"$.{_READ_AT}")]
            return [*before, *found, *(one for one in wrong if one not in before)]
        return found

    def _pieces(self) -> Iterator[Piece]:
        self._file.seek(self._begins)
        return iter(Pieces(self._file, _BOOKINGS, max_bytes=MAX_BOOKINGS_BYTES))


def _read(data: Any) -> Booking:
    """A booking; only for one that cannot be read it is found out what is wrong."""
    try:
        return form_converter(explains=False).structure(data, Booking)
    except Exception:
        return form_converter().structure(data, Booking)
