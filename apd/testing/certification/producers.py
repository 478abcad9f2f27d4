"""The producer to test: a function or a command that makes documents, or a publisher."""

import datetime
import importlib
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from traceback import extract_tb
from typing import Any
from uuid import uuid4

from attrs import define, field, frozen

from apd.api import dumps, loads
from apd.errors import ApdError, InvalidDocument, ParseError
from apd.model.document import AppointmentDocument
from apd.model.validators import masked
from apd.publication import Booking, Post
from apd.publication.messages import as_reply
from apd.wording import Wording
from apd.xds import (
    ProducerConfiguration,
    SoapHeader,
    document_entry,
    provide_and_register,
    publish,
    read_response,
    submission_set,
)

CONFIGURATION = ProducerConfiguration(
    healthcare_facility_type_code="22232009",
    practice_setting_code="394801008",
    source_id="2.25.16",
)
"""The id of the publisher of a maker's documents."""
COMMAND_SECONDS = 600
"""The time limit of a command."""


class ProducerError(ApdError):
    """The given function or command cannot be used."""


@frozen(kw_only=True)
class Handover:
    """The argument of a publisher, which is called repeatedly as time passes.

    Args:
        bookings: **all** current bookings of the system, including cancelled ones with their
            status. From one call to the next only those that were changed differ.
        now: the time of the test's clock, with a time zone.
        post: sends a message to the registry, as :class:`apd.publication.Publisher` takes it.
        url: the URL of the registry, or None if it is not served over HTTP.
    """

    bookings: tuple[Booking, ...] = field(repr=masked)
    now: datetime.datetime
    post: Post = field(repr=False)
    url: str | None = None


@frozen
class Producer:
    """A producer to test; made by :func:`publisher`, :func:`maker` and :func:`command_maker`.

    Args:
        publish: is called with a :class:`Handover` and publishes what is new or changed. It returns
            the bookings that could not be published, as reasons by appointment id; or None.
        is_publisher: False if it only makes documents, which the test then publishes.
    """

    publish: Callable[[Handover], Mapping[str, Wording] | None]
    is_publisher: bool = True


def publisher(publish: Callable[[Handover], object]) -> Producer:
    """A producer that publishes by itself.

    Args:
        publish: is called with a :class:`Handover` every minute of the test's clock, until what
            is expected can be fetched. A second call with the same bookings must change
            nothing. If it raises, the test fails.
    """

    def call(handover: Handover) -> None:
        publish(handover)

    return Producer(call)


def maker(make: Callable[[Booking], AppointmentDocument | bytes | str]) -> Producer:
    """A producer that makes documents; the test publishes them.

    Args:
        make: makes the document of a booking. If it raises, the tests of that booking fail.
    """

    def make_all(bookings: Sequence[Booking]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for booking in bookings:
            try:
                made[booking.id.value] = make(booking)
            except Exception as error:
                made[booking.id.value] = error
        return made

    return Producer(_Submitter(make_all).publish, is_publisher=False)


def command_maker(command: str) -> Producer:
    """A producer that is a command, which makes documents from a bookings file.

    Args:
        command: the command, with ``{bookings}`` in place of the path of the bookings file, and
            ``{output}`` in place of the directory to write the documents to, one ``.xml`` file
            each. It is run without a shell.

    Raises:
        ProducerError: one of the two is missing.
    """
    if "{bookings}" not in command or "{output}" not in command:
        raise ProducerError(
            Wording(
                "Kommandoen skal have {bookings} og {output} der, hvor stierne skal stå.",
                "The command must have {bookings} and {output} where the paths belong.",
            )
        )

    def make_all(bookings: Sequence[Booking]) -> dict[str, Any]:
        with TemporaryDirectory() as folder:
            return _run(command, bookings, Path(folder))

    return Producer(_Submitter(make_all).publish, is_publisher=False)


def _run(command: str, bookings: Sequence[Booking], folder: Path) -> dict[str, Any]:
    """The documents that a command made, by the id of the matching appointment."""
    from apd.publication.bookings_file import Bookings
    from apd.publication.bookings_file import dumps as dumps_bookings

    file, output = folder / "bookings.json", folder / "documents"
    read_at = max(booking.changed for booking in bookings)
    file.write_text(dumps_bookings(Bookings(read_at=read_at, bookings=bookings)), "utf-8")
    output.mkdir()
    places = {"{bookings}": str(file), "{output}": str(output)}
    arguments = [_filled(word, places) for word in shlex.split(command)]
    try:
        done = subprocess.run(arguments, capture_output=True, check=False, timeout=COMMAND_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ProducerError(
            Wording(
                f"Kommandoen kunne ikke køres: {type(error).__name__}",
                f"The command could not be run: {type(error).__name__}",
            )
        ) from None
    if done.returncode:
        raise ProducerError(
            Wording(
                f"Kommandoen sluttede med status {done.returncode}.",
                f"The command ended with status {done.returncode}.",
            )
        )
    return _matched([path.read_bytes() for path in sorted(output.glob("*.xml"))], bookings)


def _filled(word: str, places: Mapping[str, str]) -> str:
    for name, place in places.items():
        word = word.replace(name, place)
    return word


def _matched(documents: Iterable[bytes], bookings: Sequence[Booking]) -> dict[str, Any]:
    by_id: dict[str, Any] = {}
    for data in documents:
        try:
            appointment = loads(data).appointment
        except ApdError:
            continue
        for booking in bookings:
            is_same = appointment.id == booking.appointment.id or (
                appointment.schedule.start == booking.starts
                and appointment.patient.id == booking.appointment.patient.id
            )
            if is_same:
                by_id.setdefault(booking.id.value, data)
    return by_id


NOT_MADE = Wording("intet dokument blev dannet", "no document was made")


@define
class _Submitter:
    """Publishes the documents of a maker, each once."""

    make_all: Callable[[Sequence[Booking]], Mapping[str, Any]]
    failures: dict[str, Wording] = field(factory=dict)
    _made: set[str] = field(factory=set)

    def publish(self, handover: Handover) -> Mapping[str, Wording]:
        new = [one for one in handover.bookings if one.id.value not in self._made]
        self._made |= {booking.id.value for booking in new}
        made = self.make_all(new) if new else {}
        for booking in new:
            failure = _submitted(made.get(booking.id.value), handover)
            if failure is not None:
                self.failures[booking.id.value] = failure
        return self.failures


def _submitted(made: object, handover: Handover) -> Wording | None:
    """Publish a document; returns the reason if that failed, or None."""
    if made is None:
        return NOT_MADE
    if isinstance(made, Exception):
        return _failure(made)
    try:
        data = dumps(made) if isinstance(made, AppointmentDocument) else made
        data = data.encode() if isinstance(data, str) else data
        if not isinstance(data, bytes):
            return NOT_MADE
        entry = document_entry(loads(data), CONFIGURATION, entry_uuid=uuid4())
        sent = submission_set(entry, CONFIGURATION, now=handover.now, id=uuid4())
        header = SoapHeader(message_id=uuid4())
        message = provide_and_register(publish(entry, sent), data, header)
    except ApdError as error:
        return _failure(error)
    reply = as_reply(handover.post(message))
    response = read_response(reply.body, reply.content_type)
    codes = ", ".join(error.code for error in response.errors)
    if response.succeeded:
        return None
    return Wording(f"registret afviste dokumentet: {codes}", f"the registry refused it: {codes}")


def kind_of(error: Exception) -> str:
    """The type of an error and where it was raised; its text may quote personal data."""
    frames = extract_tb(error.__traceback__)
    where = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}{where}"


def _failure(error: Exception) -> Wording:
    """Why no document could be made: the type of error, or the rules that it would break."""
    name = kind_of(error)
    if isinstance(error, InvalidDocument | ParseError) and error.findings:
        name = ", ".join(dict.fromkeys(finding.rule for finding in error.findings))
    return Wording(f"dokumentet kunne ikke dannes: {name}", f"no document could be made: {name}")


def load_hook(name: str) -> Callable[[Any], Any]:
    """The function that ``module:function`` names; the working directory is searched first.

    Args:
        name: module and function, with a dot between the attributes of the module.

    Raises:
        ProducerError: there is no such function.
    """
    module_name, _, path = name.partition(":")
    if "" not in sys.path:
        sys.path.insert(0, "")
    try:
        found: Any = importlib.import_module(module_name)
        for part in path.split("."):
            found = getattr(found, part)
    except Exception as error:
        raise _no_hook(name, type(error).__name__) from None
    if not callable(found):
        raise _no_hook(name, "TypeError")
    return found  # type: ignore[no-any-return]


def _no_hook(name: str, reason: str) -> ProducerError:
    return ProducerError(
        Wording(
            f"{name} kan ikke bruges ({reason}); angiv modul:funktion.",
            f"{name} cannot be used ({reason}); specify module:function.",
        )
    )
