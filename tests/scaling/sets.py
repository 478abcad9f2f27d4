"""Work on many of something: documents, bookings, occurrences, entries, parts, files."""

import datetime
import io
import json
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

import apd
from apd import jsonform, xds
from apd.cli.batch.archive_formats import tar_entries, zip_entries
from apd.overview import as_data, html, ics
from apd.publication import MemoryRegister, bookings_file, plan
from apd.publication.booking import Booking
from apd.publication.bookings_file import Bookings
from apd.series import Pattern, Recurrence, Series
from tests import samples
from tests.overview import kit
from tests.publication import making
from tests.scaling.counting import Work
from tests.series.making import SERIES_ID, clock, template, time_at
from tests.xds.making import entry, header
from tests.xds.test_messages import MADE

_DAY = datetime.timedelta(days=1)
_START = clock("2026-03-02 10:15")
_FIRST = time_at("2026-03-02 00:00")

Preparation = Callable[[int], Work]
"""Makes what is to be worked on, so many of it, and gives the work."""


# --- documents and appointments --------------------------------------------------------------


def _documents(count: int, *, at_once: bool, **more: Any) -> list[apd.AppointmentDocument]:
    start, hour = time_at("2026-03-06 11:00"), datetime.timedelta(hours=1)
    begins = [start if at_once else start + 2 * n * hour for n in range(count)]
    return [kit.document(n, apd.Schedule(at, at + hour), **more) for n, at in enumerate(begins)]


def _validated(is_same: bool, count: int) -> Work:
    ids = [samples.medcom_id(0 if is_same else n) for n in range(count)]
    documents = [samples.document(id=id) for id in ids]
    return lambda: apd.validate_all(documents).findings


def _shown(show: Callable[[Any], object], at_once: bool, count: int) -> Work:
    documents = _documents(count, at_once=at_once)
    return lambda: show(kit.overview(*documents))


def _series_shown(count: int) -> Work:
    repetition = apd.Repetition(samples.medcom_id(9))
    documents = _documents(count, at_once=True, repetition=repetition)
    return lambda: html.page(kit.overview(*documents))


def _one_long(count: int) -> Work:
    start = time_at("2026-03-06 11:00")
    document = kit.document(1, apd.Schedule(start, start + count * _DAY))
    return lambda: html.page(kit.overview(document))


def _held_in_json(count: int) -> Work:
    document = samples.document(
        appointment=samples.appointment(
            patient=samples.patient(
                telecoms=[apd.Telecom.phone(f"65 00 {n:04}") for n in range(count)]
            )
        )
    )
    return lambda: jsonform.loads(jsonform.dumps(document))


def _flawed_json(what: str, count: int) -> Work:
    data = json.loads(jsonform.dumps(samples.document()))
    flaws = {
        "unknown keys": lambda: data.update({f"x{n}": n for n in range(count)}),
        "wrong items": lambda: data["appointment"]["patient"].update(telecoms=[1] * count),
        "a long text": lambda: data["appointment"]["reason"].update(text="Kontrol " * count),
        "depth": lambda: None,
    }
    flaws[what]()
    text = json.dumps(data)
    if what == "depth":
        text = text.replace("{", '{"x": ' + "[" * count + "]" * count + ", ", 1)
    return lambda: jsonform.loads(text)


# --- publication -----------------------------------------------------------------------------


def _planned(count: int) -> Work:
    bookings = [making.booking(n, making.NOW + (n + 1) * making.HOUR) for n in range(count)]
    register = MemoryRegister()
    return lambda: plan(bookings, register, making.NOW, key=making.KEY)


def _read_bookings(is_same: bool, count: int) -> Work:
    one = making.booking(0)
    fields = {"appointment", "custodian", "legal_basis", "patient_present", "changed"}
    held = Booking(**{name: getattr(one, name) for name in fields})
    data = json.loads(bookings_file.dumps(Bookings(read_at=making.NOW, bookings=[held])))
    (booking,) = data["bookings"]
    data["bookings"] = [json.loads(json.dumps(booking)) for _ in range(count)]
    for number, other in enumerate(data["bookings"]):
        if not is_same:
            other["appointment"]["id"]["value"] = samples.medcom_id(number).value
    text = json.dumps(data)
    return lambda: bookings_file.loads(text)


_VALUE = "<rim:Value>1</rim:Value>"
_PIECES = {
    "slots": ('<rim:Slot name="s{}"><rim:ValueList/></rim:Slot>', "<rim:Slot "),
    "values": (_VALUE, "</rim:ValueList>"),
    "identifiers": ('<rim:ExternalIdentifier id="i{}" value="1"/>', "<rim:Slot "),
    "unknown elements": ("<rim:Other{}/>", "<rim:Slot "),
}


def _answer(what: str, count: int) -> Work:
    entries, errors = [entry()], [xds.RegistryError("X", "")]
    if what == "entries":
        entries = entries * count
    elif what == "errors":
        errors = errors * count
    body = xds.write_response(xds.QueryResponse(xds.ResponseStatus.SUCCESS, errors, entries))
    piece, before = _PIECES.get(what, ("", "<rim:Slot "))
    stated = "".join(map(piece.format, range(count)))
    data = body.replace(before, stated + before, 1).encode()
    return lambda: (xds.read_query_response(data), xds.check_message(data))


def _package(what: str, count: int) -> Work:
    message = MADE["new"](header())
    boundary = message.content_type.partition('boundary="')[2].partition('"')[0].encode()
    part = b"--" + boundary + b"\r\nContent-ID: <%d>\r\n%s\r\nx\r\n"
    stated = {
        "parts": b"".join(part % (n, b"") for n in range(count)),
        "headers": part % (0, b"".join(b"X-%d: a\r\n" % n for n in range(count))),
        "folded headers": part % (0, b"X: a\r\n" + b" a\r\n" * count),
        "lines": part % (0, b"\r\n" + b"a\r\n" * count),
        "dashes": part % (0, b"\r\n" + b"--\r\n" * count),
    }[what]
    body = stated + message.body
    return lambda: xds.read_document(body, message.content_type)


# --- series ----------------------------------------------------------------------------------


def _occurrences(rule: str, step: datetime.timedelta, count: int) -> Work:
    pattern = Pattern(
        Recurrence.of(rule, _START), datetime.timedelta(minutes=10), missing_hour="skip"
    )
    return lambda: pattern.between(_FIRST, _FIRST + count * step)


def _recurrence(text: str, part: str, between: str, count: int) -> Work:
    days = ((_START + n * _DAY).strftime("%Y%m%dT%H%M%S") for n in range(count))
    stated = text + between.join(map(part.format, days))
    end = _FIRST + 400 * _DAY
    return lambda: Pattern(Recurrence.of(stated, _START), missing_hour="skip").between(_FIRST, end)


def _series(what: str, count: int) -> Work:
    pattern = Pattern(Recurrence.of("FREQ=DAILY", _START), datetime.timedelta(minutes=30))
    series = Series(id=SERIES_ID, template=template(), pattern=pattern)
    made = series.extend(_FIRST, _FIRST + count * _DAY).series
    later = _FIRST + 2 * count * _DAY
    return {
        "made": lambda: series.extend(_FIRST, _FIRST + count * _DAY),
        "extended": lambda: made.extend(_FIRST, later),
        "moved": lambda: made.move_all(datetime.timedelta(hours=1)),
        "one cancelled": lambda: made.cancel(made.appointments[-1].id),  # type: ignore[arg-type]
        "seen ahead": lambda: made.ahead(later),
    }[what]


# --- archives --------------------------------------------------------------------------------


def _archive(kind: str, count: int) -> Work:
    file = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(file, "w") as zipped:
            for number in range(count):
                zipped.writestr(f"{number}.xml", "<a/>")
    else:
        with tarfile.open(fileobj=file, mode="w") as tarred:
            for number in range(count):
                tarred.addfile(tarfile.TarInfo(f"{number}.xml"), io.BytesIO())
    read = zip_entries if kind == "zip" else tar_entries
    return lambda: [entry.read() for entry in read(io.BytesIO(file.getvalue()))]


def _cases() -> Iterator[tuple[str, Preparation]]:
    for is_same in (False, True):
        how = "with one id" if is_same else "with ids of their own"
        yield f"validate_all, documents {how}", partial(_validated, is_same)
        yield f"bookings {how}", partial(_read_bookings, is_same)
    for at_once in (False, True):
        how = "at once" if at_once else "one after another"
        for name, show in (("page", html.page), ("calendar", ics.calendar), ("data", as_data)):
            yield f"appointments {how}, {name}", partial(_shown, show, at_once)
    yield "appointments of a series at once, page", _series_shown
    yield "days of one appointment, page", _one_long
    yield "telecoms, JSON", _held_in_json
    for what in ("unknown keys", "wrong items", "a long text", "depth"):
        yield f"JSON, {what}", partial(_flawed_json, what)
    yield "plan", _planned
    for what in ("entries", "errors", "slots", "values", "identifiers", "unknown elements"):
        yield f"answer of a registry, {what}", partial(_answer, what)
    for what in ("parts", "headers", "folded headers", "lines", "dashes"):
        yield f"package, {what}", partial(_package, what)
    hour = datetime.timedelta(hours=1)
    for rule, step in (("DAILY", _DAY), ("HOURLY", hour), ("SECONDLY", hour / 3600)):
        yield f"occurrences, {rule}", partial(_occurrences, f"FREQ={rule}", step)
    yield "occurrences, on some days", partial(_occurrences, "FREQ=DAILY;BYDAY=MO", 7 * _DAY)
    yield "extra times", partial(_recurrence, "RDATE:", "{}", ",")
    yield "exceptions", partial(_recurrence, "RRULE:FREQ=DAILY\nEXDATE:", "{}", ",")
    yield "lines", partial(_recurrence, "RRULE:FREQ=DAILY\n", "EXDATE:{}", "\n")
    yield "rules", partial(_recurrence, "", "RRULE:FREQ=YEARLY", "\n")
    yield "numbers of a rule", partial(_recurrence, "FREQ=DAILY;BYDAY=MO;BYSETPOS=", "1", ",")
    for what in ("made", "extended", "moved", "one cancelled", "seen ahead"):
        yield f"a series, {what}", partial(_series, what)
    for kind in ("zip", "tar"):
        yield f"files in a {kind}", partial(_archive, kind)


CASES: dict[str, Preparation] = dict(_cases())


def refusing(work: Work) -> Work:
    """The work; a refusal is an answer."""

    def done() -> None:
        with suppress(apd.ApdError, xds.SoapFault):
            work()

    return done
