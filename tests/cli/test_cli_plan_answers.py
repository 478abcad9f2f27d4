"""``apd plan``: the answers to messages, and what follows from them."""

import datetime
import json
import os
from pathlib import Path

import pytest

from apd import xds
from apd.publication import Retry
from tests.cli.plans import (
    CARES,
    CPR,
    NURSE,
    NURSES,
    SUCCESS,
    answer,
    change,
    failure,
    moved,
    outbox,
    published,
    submission,
    under_way,
    write,
)
from tests.publication.making import MINUTE

REFUSED = {
    "en": (
        "The registry refused it; it will be planned again. (XDSRepositoryError)",
        "The registry refused the message (XDSRepositoryError). The repository has an internal "
        "error.",
    ),
    "da": (
        "Registret har afvist det; det planlægges igen. (XDSRepositoryError)",
        "Registret har afvist beskeden (XDSRepositoryError). ",
    ),
}


@pytest.mark.parametrize("lang", REFUSED)
def test_a_refusal_is_reported_with_its_code_and_what_to_do(plan, lang) -> None:
    write(plan)
    answer(f"{NURSES}.publish", failure("XDSRepositoryError"))
    result = write(plan, lang=lang)
    assert result.status == 1
    outcome, advice = REFUSED[lang]
    assert outcome in result.out
    assert result.err.startswith(f"apd: outbox/{NURSES}.publish.answer: {advice}")
    assert outbox() == [f"{CARES}.publish.mime"]
    assert under_way(plan) == [CARES]


def test_a_refusal_as_json(plan) -> None:
    write(plan)
    answer(f"{NURSES}.publish", failure("XDSRepositoryError"))
    outcome = json.loads(write(plan, "--json").out.splitlines()[0])
    (error,) = outcome["errors"]
    assert error["code"] == "XDSRepositoryError"
    assert "internal error" in error["advice"]


# --- what was refused waits, and is parked ---------------------------------------------------


def test_what_was_refused_waits_longer_each_time(plan) -> None:
    """One minute after the first refusal, three after the second; the same message id never."""
    write(plan)
    answer(f"{NURSES}.publish", failure("XDSRepositoryError"))
    waits = write(plan)
    assert "The registry refused it; it is tried again after a pause." in waits.out
    assert write(plan, now="2026-02-02T09:37").status == 0
    assert f"{NURSES}.publish.mime" in outbox()
    answer(f"{NURSES}.publish", failure("XDSRepositoryError"))
    write(plan, now="2026-02-02T09:37")
    write(plan, now="2026-02-02T09:39")
    assert f"{NURSES}.publish.mime" not in outbox()
    listed = plan(file=None, now="2026-02-02T09:39").out
    assert "refused 2 times, waits until 2026-02-02 09:40  XDSRepositoryError" in listed
    write(plan, now="2026-02-02T09:41")
    assert f"{NURSES}.publish.mime" in outbox()


def test_after_many_refusals_it_is_parked_until_it_is_released(plan, monkeypatch) -> None:
    monkeypatch.setattr(Retry, "again", lambda *_: None)
    write(plan)
    answer(f"{NURSES}.publish", failure("XDSRepositoryError"))
    write(plan)
    assert "parked until the booking changes" in write(plan, now="2026-02-09T09:00").out
    assert "refused 1 times, parked" in plan(file=None).out
    trouble = json.loads(plan("--json", file=None).out.splitlines()[-1])
    assert trouble == {
        "type": "trouble",
        "kind": "refused",
        "action": "publish",
        "appointment": NURSE,
        "codes": ["XDSRepositoryError"],
        "count": 1,
        "again": None,
        "parked": True,
    }
    assert f"{NURSES}.publish.mime" not in outbox()
    released = write(plan, "--release", "--json", now="2026-02-09T09:00")
    assert json.loads(released.out.splitlines()[0]) == {"type": "released", "count": 1}
    assert f"{NURSES}.publish.mime" in outbox()


def test_another_booking_of_what_is_parked_is_sent_at_once(plan, monkeypatch) -> None:
    monkeypatch.setattr(Retry, "again", lambda *_: None)
    write(plan)
    answer(f"{NURSES}.publish", failure("XDSRepositoryError"))
    write(plan)
    change(moved)
    write(plan, now="2026-02-03T08:01")
    assert f"{NURSES}.publish.mime" in outbox()


# --- when it was answered --------------------------------------------------------------------

ANSWERED = {
    "by its header": ("Mon, 02 Feb 2026 08:40:00 GMT", "2026-02-02T23:00", 40),
    "by its header, late": ("Mon, 02 Feb 2026 08:49:00 GMT", "2026-02-02T09:36", 49),
    "by its file": (None, "2026-02-02T09:50", 50),
    "a header that is none": ("yesterday", "2026-02-02T09:44", 44),
    "by a clock that is far ahead": ("Mon, 02 Feb 2027 08:40:00 GMT", "2026-02-02T09:36", 60),
    "by a clock that is far behind": ("Mon, 02 Feb 2015 08:40:00 GMT", "2026-02-02T09:36", 31),
}
"""The header, when the file was written, and at which minute after nine it counts as answered."""


@pytest.mark.parametrize("case", ANSWERED)
def test_it_is_late_when_the_answer_was_not_when_it_is_read(plan, case) -> None:
    date, written, minute = ANSWERED[case]
    assert plan("--write", "outbox", now="2026-02-02T09:31").status == 0
    head = f"HTTP/1.1 200 OK\r\nDate: {date}\r\n\r\n" if date else ""
    path = Path("outbox", f"{NURSES}.publish.answer")
    path.write_text(f"{head}{xds.write_response(SUCCESS)}", "utf-8")
    time = datetime.datetime.fromisoformat(f"{written}+01:00").timestamp()
    os.utime(path, (time, time))
    outcome = json.loads(write(plan, "--json", now="2026-02-02T10:00").out.splitlines()[0])
    at = datetime.datetime.fromisoformat("2026-02-02T09:00+01:00") + minute * MINUTE
    assert outcome["at"] == at.isoformat()
    late = minute - 45
    assert outcome["late_by_seconds"] == (late * 60 if late > 0 else None)


# --- what a person has to find out -----------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        (xds.write_response(failure("XDSDuplicateUniqueIdInRegistry")), "has a document with that"),
        (xds.write_response(failure("XDSNonIdenticalHash")), "(XDSNonIdenticalHash)"),
        ("", "does not show whether"),
        ("HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\n\r\n<html>", "does not show"),
        (
            '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><e:Fault>'
            "<faultcode>e:Client</faultcode></e:Fault></e:Body></e:Envelope>",
            "does not show whether the message was accepted (e:Client)",
        ),
        (
            xds.write_response(xds.RegistryResponse(xds.ResponseStatus.PARTIAL_SUCCESS)),
            "does not show whether",
        ),
    ],
)
def test_an_answer_that_leaves_it_open_needs_a_person(plan, stated, message) -> None:
    write(plan)
    Path("outbox", f"{NURSES}.publish.answer").write_text(stated, "utf-8")
    for _ in range(2):
        result = write(plan)
        assert result.status == 2
        assert message in result.err
        assert "specify --confirm or --abandon" in result.err
        assert CPR not in result.err
    assert NURSES in under_way(plan)


HEADS = [
    "",
    "\ufeff\n",
    "HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\n\r\n",
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/2 200\r\ncontent-type: text/xml\r\n\r\n",
    "Content-Type: text/xml\n\n",
]


@pytest.mark.parametrize("head", HEADS)
def test_an_answer_with_its_headers_or_without(plan, head) -> None:
    write(plan)
    stated = f"{head}{xds.write_response(SUCCESS)}"
    Path("outbox", f"{NURSES}.publish.answer").write_bytes(stated.encode())
    assert "The registry accepted it." in write(plan).out


@pytest.mark.parametrize("with_headers", [True, False])
def test_an_answer_in_a_package(plan, with_headers) -> None:
    write(plan)
    package = (
        "--b\r\nContent-Type: application/xop+xml\r\nContent-ID: <a>\r\n\r\n"
        f"{xds.write_response(SUCCESS)}\r\n--b--\r\n"
    )
    head = 'HTTP/1.1 200 OK\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
    stated = f"{head}{package}" if with_headers else package
    Path("outbox", f"{NURSES}.publish.answer").write_bytes(stated.encode())
    assert "The registry accepted it." in write(plan).out


def test_an_answer_to_an_earlier_message_is_not_taken_for_one_to_the_next(plan) -> None:
    write(plan)
    plan("--abandon", NURSES, file=None)
    answer(f"{NURSES}.publish", failure("XDSRepositoryError"))
    assert write(plan).status == 0
    assert f"{NURSES}.publish.answer" not in outbox()


def test_confirmed_by_hand(plan) -> None:
    write(plan)
    result = plan("--confirm", NURSES, file=None)
    assert (result.status, result.err) == (0, "")
    assert "The registry accepted it." in result.out
    assert under_way(plan) == [CARES]
    assert plan("--json", "--all").out.count('"unchanged"') == 1


def test_abandoned_by_hand_it_is_written_again_with_the_same_id(plan) -> None:
    write(plan)
    first = submission(f"{NURSES}.publish.mime")
    result = write(plan, "--abandon", NURSES, now="2026-02-02T09:36")
    assert "The registry did not receive it; it will be planned again." in result.out
    again = submission(f"{NURSES}.publish.mime")
    assert again.entry is not None
    assert first.entry is not None
    assert again.entry.entry_uuid == first.entry.entry_uuid
    assert again.entry.unique_id == first.entry.unique_id
    assert again.submission_set.unique_id != first.submission_set.unique_id


def test_nothing_under_way(plan) -> None:
    published(plan)
    assert plan(file=None) == (0, "", "apd: No message awaits an answer.\n")


@pytest.mark.parametrize("option", ["--confirm", "--abandon"])
def test_what_nobody_sent(plan, option) -> None:
    write(plan)
    result = plan(option, NURSES, option, NURSE, file=None)
    stated = f"apd: no message about the document {NURSE} awaits an answer\n"
    assert result == (2, "", stated)
    assert set(under_way(plan)) == {NURSES, CARES}  # nothing was written of the other
