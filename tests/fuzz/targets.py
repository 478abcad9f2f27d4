"""What is tried with inputs that anyone may send, and what must hold whatever they are.

Nothing but an :class:`apd.ApdError` leaves the library, and where something was read, what is
written of it reads as the same.
"""

import datetime
import io
import json
from collections.abc import Callable
from contextlib import suppress
from email import message_from_bytes
from functools import cache
from typing import NamedTuple

from attrs import evolve

import apd
from apd import jsonform, xds
from apd.cli.batch.archive_formats import ArchiveError, tar_entries, zip_entries
from apd.overview import PatientViewer, RegisteredDocument, html, ics, make_overview
from apd.publication import bookings_file
from apd.series import Pattern, Recurrence
from apd.xds.metadata import hl7v2
from tests.laws.law import broken_law
from tests.places import ROOT

_EXAMPLES = ROOT / "examples"
_START = datetime.datetime(2026, 3, 2, 10, 15)
_WINDOW = (apd.local_time(2026, 3, 1), apd.local_time(2026, 9, 1))


class Target(NamedTuple):
    """Something to be tried.

    Args:
        run: tries it with one input; raises AssertionError, or any other error, where it breaks.
        seeds: inputs to begin with.
        most: the most bytes of an input.
    """

    run: Callable[[bytes], None]
    seeds: Callable[[], list[bytes]]
    most: int = 40_000


def _documents() -> list[bytes]:
    paths = sorted((_EXAMPLES / "documents").glob("*.xml"))
    return [path.read_bytes() for path in paths]


def _read(data: bytes) -> apd.AppointmentDocument | None:
    try:
        return apd.loads(data)
    except apd.ParseError:
        return None


# --- documents -------------------------------------------------------------------------------


def laws(data: bytes) -> None:
    """Reading, validating and writing agree with each other."""
    broken = broken_law(data)
    assert not broken, broken


def changed(data: bytes) -> None:
    """What the model does not say is told, and a change of what was read is written."""
    document = _read(data)
    if document is None:
        return
    assert all(str(piece) and repr(piece) for piece in document.unmapped)
    when = document.appointment.schedule
    moved = evolve(when, start=when.start + datetime.timedelta(days=1), end=None)
    appointment = evolve(document.appointment, schedule=evolve(moved, date_only=False, note=None))
    changed = evolve(document, appointment=appointment)
    again = apd.loads(apd.dumps(changed, check=False))
    assert again.appointment.schedule == appointment.schedule, (
        "the change is not in what was written"
    )


def as_json(data: bytes) -> None:
    """A document that was read is the same after a way through JSON."""
    document = _read(data)
    if document is not None:
        again = jsonform.loads(jsonform.dumps(document))
        assert again == document, "JSON says otherwise"
        assert apd.loads(apd.dumps(again, check=False)) == document, "it is written otherwise"


def pages(data: bytes) -> None:
    """Every document is shown, and in an overview, and in a calendar."""
    assert html.document_page(data).lower().startswith("<!doctype html>")
    document = _read(data)
    if document is None:
        return
    overview = make_overview(
        [RegisteredDocument(document)],
        viewer=PatientViewer(document.appointment.patient.id),
        now=apd.local_time(2026, 3, 1),
        language="en",
    )
    assert html.page(overview).lower().startswith("<!doctype html>")
    assert ics.calendar(overview)


# --- JSON ------------------------------------------------------------------------------------


@cache
def _json_documents() -> list[bytes]:
    return [jsonform.dumps(apd.loads(data)).encode() for data in _documents()]


def json_form(data: bytes) -> None:
    """What JSON says is written and read again."""
    document = jsonform.loads(data)
    assert jsonform.loads(jsonform.dumps(document)) == document, "JSON says otherwise"


def bookings(data: bytes) -> None:
    """A file of bookings."""
    held = bookings_file.loads(data)
    assert bookings_file.loads(bookings_file.dumps(held)) == held, "JSON says otherwise"


def _bookings() -> list[bytes]:
    data = json.loads((_EXAMPLES / "bookings.json").read_bytes())
    one = {**data, "bookings": data["bookings"][:2]}
    return [json.dumps(one, ensure_ascii=False).encode()]


# --- messages --------------------------------------------------------------------------------


def _messages() -> list[bytes]:
    return [path.read_bytes() for path in sorted((_EXAMPLES / "messages").glob("*.mime"))]


def _bodies() -> list[bytes]:
    packages = [message_from_bytes(data) for data in _messages()]
    bodies = [part.get_payload(decode=True) for one in packages for part in one.walk()]
    answer = xds.write_response(xds.RegistryResponse(xds.ResponseStatus.SUCCESS))
    return [*(body for body in bodies if isinstance(body, bytes)), answer.encode()]


_READERS = (xds.read_submission, xds.read_document, xds.read_response, xds.read_query_response)


def _read_message(body: bytes, content_type: str | None = None) -> None:
    for read in _READERS:
        with suppress(apd.ApdError, xds.SoapFault):
            read(body, content_type)


def ebrim(data: bytes) -> None:
    """A message without a package, read as each kind."""
    _read_message(data)
    xds.check_message(data)


def mtom(data: bytes) -> None:
    """A package, behind headers that end with its media type."""
    head, _, body = data.partition(b"\n\n")
    content_type = head.decode("latin-1").rpartition("Content-Type:")[2].strip()
    _read_message(body, content_type or "multipart/related")


def values(data: bytes) -> None:
    """The small forms of HL7 v2: what was read of a text is written, and reads as the same."""
    text = data.decode("utf-8", "replace")
    hl7v2.read_dtm(text), hl7v2.read_day_or_dtm(text), hl7v2.read_xon(text)
    number, name = hl7v2.read_cx(text), hl7v2.read_xcn(text)
    if number is not None:
        assert hl7v2.read_cx(hl7v2.write_cx(number)) == number
    if name is not None:
        assert hl7v2.read_xcn(hl7v2.write_xcn(name)) == name


# --- the rest --------------------------------------------------------------------------------


def recurrences(data: bytes) -> None:
    """A rule as text; what it gives is the same in a window and in its halves."""
    text = data.decode("utf-8", "replace")
    pattern = Pattern(
        Recurrence.of(text, None if "DTSTART" in text else _START), missing_hour="skip"
    )
    first, last = _WINDOW
    middle = apd.local_time(2026, 6, 1)
    whole = pattern.between(first, last)
    assert whole == pattern.between(first, middle) + pattern.between(middle, last)


def archives(data: bytes) -> None:
    """The files in an archive: of what is broken, as many as can be read."""
    for entries in (zip_entries, tar_entries):
        try:
            for entry in entries(io.BytesIO(data)):
                entry.read()
        except ArchiveError:
            pass
        except Exception as error:
            # the readers let anything through; what calls them tells it as an ArchiveError
            assert not isinstance(error, MemoryError | RecursionError), type(error)


def _archives() -> list[bytes]:
    import tarfile
    import zipfile

    zipped, tarred = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.xml", "<a/>" * 20)
        made.writestr("b/c.xml", "<b/>")
    with tarfile.open(fileobj=tarred, mode="w") as tar:
        tar.addfile(tarfile.TarInfo("a.xml"), io.BytesIO())
    return [zipped.getvalue(), tarred.getvalue()]


_RULES = [
    b"FREQ=WEEKLY;BYDAY=MO,TH;COUNT=20",
    b"DTSTART:20260302T101500\r\nRRULE:FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20270101T000000Z\r\nEXDATE:20260424",
    b"FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;BYHOUR=2;BYMINUTE=30",
    b"FREQ=DAILY;INTERVAL=3;BYSETPOS=1;BYHOUR=8,12,16",
    b"FREQ=HOURLY;INTERVAL=7;BYMONTHDAY=1,15,-1",
    b"FREQ=YEARLY;BYWEEKNO=1,53;BYDAY=MO;WKST=SU",
    b"DTSTART;TZID=Europe/Copenhagen:20260302T101500\nRDATE:20260303T101500,20260304T101500Z",
]
_VALUES = [
    b"20260305101500+0100",
    b"0503129900^^^&1.2.208.176.1.2&ISO",
    b"Klinik^^^^^&1.2.208.176.1.1&ISO^^^^12345678",
    b"^Egeskov^Bodil&Marie^^^",
]

TARGETS: dict[str, Target] = {
    "laws": Target(laws, _documents),
    "changed": Target(changed, _documents),
    "as_json": Target(as_json, _documents),
    "pages": Target(pages, _documents),
    "json_form": Target(json_form, _json_documents),
    "bookings": Target(bookings, _bookings),
    "ebrim": Target(ebrim, _bodies),
    "mtom": Target(mtom, _messages),
    "values": Target(values, lambda: _VALUES, 300),
    "recurrences": Target(recurrences, lambda: _RULES, 600),
    "archives": Target(archives, _archives, 4000),
}


def tried(target: Target, data: bytes) -> None:
    """Try an input; an :class:`apd.ApdError` is an answer."""
    try:
        target.run(data)
    except apd.ApdError as error:
        assert str(error)
