"""What is tested: a function that makes a document, a command that makes some, or a publisher."""

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
"""Who publishes the documents of a maker."""
COMMAND_SECONDS = 600
"""So long a command may take."""


class ProducerError(ApdError):
    """The hook or the command that was named cannot be used."""


@frozen(kw_only=True)
class Handover:
    """What a publisher is handed, again and again as time passes.

    Args:
        bookings: **all** bookings that the system holds now; what is cancelled is among them, with
            its status. They are the same from one time to the next but for what was changed.
        now: the time, with a zone, by the clock of the test.
        post: sends a message to the registry, as :class:`apd.publication.Publisher` takes it.
        url: the address of the registry over HTTP, or None where it has none.
    """

    bookings: tuple[Booking, ...] = field(repr=masked)
    now: datetime.datetime
    post: Post = field(repr=False)
    url: str | None = None


@frozen
class Producer:
    """What is tested; made by :func:`publisher`, :func:`maker` and :func:`command_maker`.

    Args:
        publish: is handed what is held, and publishes what is new or changed. It returns why single
            bookings could not be published, by the appointment's id; or None.
        is_publisher: False where it only makes documents, which the test then publishes.
    """

    publish: Callable[[Handover], Mapping[str, Wording] | None]
    is_publisher: bool = True


def publisher(publish: Callable[[Handover], object]) -> Producer:
    """A producer that publishes by itself.

    Args:
        publish: is called with a :class:`Handover` every minute of the test's clock, until what
            is expected can be fetched. To be called again with the same bookings must change
            nothing. Whatever it raises ends that test as failed.
    """

    def call(handover: Handover) -> None:
        publish(handover)

    return Producer(call)


def maker(make: Callable[[Booking], AppointmentDocument | bytes | str]) -> Producer:
    """A producer that makes documents; the test publishes them.

    Args:
        make: makes the document of a booking. Whatever it raises fails the tests of that booking.
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
    """A producer that is a command, which makes documents of a bookings file.

    Args:
        command: the command, with ``{bookings}`` where the path of the file belongs, and
            ``{output}`` where that of the directory does in which it is to write the documents,
            a file ``.xml`` each. It is run without a shell.

    Raises:
        ProducerError: it lacks one of them.
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
    """The documents that a command made, by the appointment that they are matched with."""
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
    """Publishes the documents that others make, each once."""

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
    """Publish a document; why that failed, or None."""
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
    """What kind of error it is, and where it was raised; its text may quote what is personal."""
    frames = extract_tb(error.__traceback__)
    where = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}{where}"


def _failure(error: Exception) -> Wording:
    """Why no document could be made: the kind of error, or the rules that it would break."""
    name = kind_of(error)
    if isinstance(error, InvalidDocument | ParseError) and error.findings:
        name = ", ".join(dict.fromkeys(finding.rule for finding in error.findings))
    return Wording(f"dokumentet kunne ikke dannes: {name}", f"no document could be made: {name}")


def load_hook(name: str) -> Callable[[Any], Any]:
    """The function that ``module:function`` names; the working directory is looked in first.

    Args:
        name: module and function, with a dot between the attributes of the module.

    Raises:
        ProducerError: there is none such.
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
            f"{name} cannot be used ({reason}); give module:function.",
        )
    )
