"""``apd plan``: what goes wrong at night, and how those who run it are told."""

import json
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import apd
from apd.publication import Brake
from tests.cli.plans import (
    CARE,
    CARES,
    CPR,
    EXAMPLE,
    NURSE,
    NURSES,
    answer,
    cancelled,
    change,
    failure,
    gone,
    outbox,
    published,
    somebody_elses,
    submission,
    under_way,
    write,
)

LATER = "2026-02-03T08:01"


@pytest.fixture
def without_brake(monkeypatch: pytest.MonkeyPatch) -> None:
    """No plan has to be confirmed: with two appointments, one is half of all."""
    monkeypatch.setattr(Brake, "judge", lambda *_: None)


@pytest.fixture
def without_cryptography(monkeypatch: pytest.MonkeyPatch) -> None:
    """The register cannot keep what a deprecation has to name."""
    monkeypatch.setattr("apd.publication.sealing.can_seal", lambda: False)


# --- deprecations ----------------------------------------------------------------------------


@pytest.mark.usefixtures("without_brake")
@pytest.mark.parametrize("change_it", [gone, somebody_elses, cancelled])
def test_what_deprecates_names_the_patient_that_the_register_keeps_encrypted(
    plan, change_it
) -> None:
    published(plan)
    assert outbox() == []
    change(change_it)
    assert write(plan, now=LATER).status == 0
    deprecating = submission(f"{NURSES}.deprecate.mime")
    assert deprecating.submission_set.patient_id == apd.CprNumber(CPR)
    assert deprecating.submission_set.source_id == "1.2.208.176.43210.8.1.29"
    answer(f"{NURSES}.deprecate")
    assert write(plan, now="2026-02-03T08:02").status == 0
    written = [name for name in outbox() if name.endswith(".publish.mime")]
    assert len(written) == (change_it is somebody_elses)


@pytest.mark.usefixtures("without_brake", "without_cryptography")
@pytest.mark.parametrize("change_it", [gone, somebody_elses])
def test_without_cryptography_it_names_that_of_the_document_in_the_outbox(plan, change_it) -> None:
    write(plan)
    answer(f"{NURSES}.publish")
    answer(f"{CARES}.publish")
    write(plan)
    assert outbox() == [f"{CARES}.xml", f"{NURSES}.xml"]
    change(change_it)
    hidden = Path("outbox", f"{NURSES}.xml").rename("elsewhere.xml")
    result = write(plan, now=LATER)
    assert result.status == 2
    assert f"put the published document at outbox/{NURSES}.xml" in result.err
    assert outbox() == [f"{CARES}.xml"]

    hidden.rename(f"outbox/{NURSES}.xml")
    assert write(plan, now=LATER).status == 0
    deprecating = submission(f"{NURSES}.deprecate.mime")
    assert deprecating.submission_set.patient_id == apd.CprNumber(CPR)
    answer(f"{NURSES}.deprecate")
    assert write(plan, now="2026-02-03T08:02").status == 0
    assert f"{NURSES}.xml" not in outbox() or change_it is somebody_elses


# --- one booking stops no other --------------------------------------------------------------


def without_a_custodian(bookings: list[Any]) -> None:
    del bookings[0]["custodian"]


def without_an_id(bookings: list[Any]) -> None:
    bookings[0]["appointment"]["id"] = None


UNREADABLE: dict[Callable[[list[Any]], None], dict[str, str]] = {
    without_a_custodian: {
        "en": "apd: bookings.json: $.bookings[0].custodian is missing",
        "da": "apd: bookings.json: $.bookings[0].custodian mangler",
    },
    without_an_id: {
        "en": "apd: bookings.json: $.bookings[0].appointment.id is not a UUID",
        "da": "apd: bookings.json: $.bookings[0].appointment.id er ikke en UUID",
    },
}


@pytest.mark.parametrize("spoil", UNREADABLE)
@pytest.mark.parametrize("lang", ["en", "da"])
def test_a_booking_that_cannot_be_read_refuses_itself(plan, spoil, lang) -> None:
    change(spoil)
    result = write(plan, now=LATER, lang=lang)
    assert result.status == 2
    assert result.err.startswith(UNREADABLE[spoil][lang])
    assert outbox() == [f"{CARES}.publish.mime"]


@pytest.mark.parametrize("spoil", UNREADABLE)
def test_what_is_published_of_it_stays(plan, spoil) -> None:
    published(plan)
    change(spoil)
    result = plan("--json", now=LATER)
    (step,) = [json.loads(line) for line in result.out.splitlines() if NURSE in line]
    assert (step["action"], step["reason"]) == ("leave", "unreadable")
    assert result.status == 2


def test_while_somebodys_id_cannot_be_read_nothing_that_is_missing_is_deprecated(plan) -> None:
    published(plan)
    change(lambda bookings: bookings.pop(1), without_an_id)
    lines = [json.loads(line) for line in plan("--json", now=LATER).out.splitlines()]
    assert {line["reason"] for line in lines} == {"unreadable"}


def test_very_many_problems_are_not_all_reported(plan) -> None:
    def spoil(bookings: list[Any]) -> None:
        bookings += [{} for _ in range(60)]

    change(spoil)
    result = plan(now=LATER)
    assert result.status == 2
    problems = [line for line in result.err.splitlines() if "bookings.json" in line]
    assert len(problems) == 101
    assert problems[-1] == "apd: bookings.json: There are more problems in the bookings."
    assert result.out.count("publish  2026") == 2


def test_what_cannot_be_sent_is_shown_with_its_findings_and_noted(plan) -> None:
    change(lambda bookings: bookings[1]["appointment"].update(reason=None))
    result = write(plan, "--json")
    assert result.status == 2
    lines = [json.loads(line) for line in result.out.splitlines()]
    (step,) = [line for line in lines if line["appointment"] == CARE]
    (finding,) = step["findings"]
    assert finding["field"] == "appointment.reason"
    assert "exactly one reason" in finding["message"]
    assert step["due"] is not None
    assert "cannot be sent" in plan(file=None).out
    assert status(plan)["unsendable"] == 1
    shutil.copy(EXAMPLE, "bookings.json")
    write(plan)
    answer(f"{CARES}.publish")
    write(plan)
    assert status(plan)["unsendable"] == 0


def with_a_long_name(bookings: list[Any]) -> None:
    bookings[1]["appointment"]["responsible"]["organization"]["name"] = "Hjemmeplejen " * 30


def test_metadata_that_are_refused_stop_nothing(plan) -> None:
    change(with_a_long_name)
    result = write(plan, "--json", now=LATER)
    assert result.status == 2
    assert result.err.startswith("apd: bookings.json: $.bookings[1]: ")
    steps = [json.loads(line) for line in result.out.splitlines()]
    (step,) = [one for one in steps if one["appointment"] == CARE]
    assert step["message"] is None
    assert step["findings"][0]["rule"].startswith("XDS-LENGTH")
    assert outbox() == [f"{NURSES}.publish.mime"]
    assert status(plan)["unsendable"] == 1


@pytest.mark.parametrize("is_protected", [False, True])
def test_a_protected_address_is_in_no_message(plan, is_protected) -> None:
    change(lambda bookings: bookings[0].update(address_protected=is_protected))
    write(plan, now=LATER)
    written = Path("outbox", f"{NURSES}.publish.mime").read_text("utf-8")
    assert ("Humlevangen" in written) == (not is_protected)


# --- the brake and the key -------------------------------------------------------------------

BRAKED = {
    "en": "Then specify --confirm-deprecations 2.",
    "da": "Angiv så --confirm-deprecations 2.",
}


def nothing(bookings: list[Any]) -> None:
    bookings.clear()


@pytest.mark.parametrize("lang", BRAKED)
@pytest.mark.parametrize("options", [(), ("--write", "outbox")], ids=["shown", "to be written"])
def test_a_plan_that_takes_down_too_much_is_not_carried_out(plan, lang, options) -> None:
    published(plan)
    change(nothing)
    result = plan(*options, now=LATER, lang=lang)
    assert result.status == 2
    assert result.out.count(NURSE) == 1  # it is shown
    (line,) = result.err.splitlines()
    assert line.endswith(BRAKED[lang])
    assert outbox() == []
    assert under_way(plan) == []


@pytest.mark.parametrize(("number", "is_enough"), [(1, False), (2, True), (3, True)])
def test_it_is_once_their_number_is_confirmed(plan, number, is_enough) -> None:
    published(plan)
    change(nothing)
    result = write(plan, "--confirm-deprecations", number, now=LATER)
    assert (result.status, len(outbox())) == ((0, 2) if is_enough else (2, 0))


@pytest.mark.parametrize(
    ("options", "is_held"),
    [
        ((), False),
        (("--brake-count", 0), True),
        (("--brake-count", 1), False),
        (("--brake-count", 0, "--confirm-deprecations", 1), False),
    ],
)
def test_when_it_has_to_be_confirmed_can_be_specified(plan, options, is_held) -> None:
    published(plan)
    change(somebody_elses)  # one of two, which the brake would let go
    result = write(plan, *options, now=LATER)
    assert result.status == (2 if is_held else 0)
    assert len(outbox()) == (not is_held)


def test_the_share_that_may_be_deprecated_can_be_specified(plan) -> None:
    published(plan)
    change(lambda bookings: [somebody_elses([one]) for one in bookings[:2]])
    assert write(plan, now=LATER).status == 2
    assert write(plan, "--brake-share", 1, now=LATER).status == 0


@pytest.mark.parametrize("options", [(), ("--write", "outbox"), ("--status",)])
def test_a_register_of_another_key_is_refused(plan, options) -> None:
    published(plan)
    Path("key").write_bytes(secrets.token_bytes(32))
    result = plan(*options, now=LATER)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("apd: published.db: the register was made with another key")
    assert result.err.count("\n") == 1


# --- the status ------------------------------------------------------------------------------


def status(plan, *options: object, **given: Any) -> Any:
    """The status as JSON."""
    return json.loads(plan("--status", "--json", *options, **{"file": None, **given}).out)


def test_the_status_counts(plan) -> None:
    write(plan)
    assert (status(plan)["published"], status(plan)["under_way"]) == (0, 2)
    answer(f"{NURSES}.publish")
    answer(f"{CARES}.publish", failure("XDSRepositoryError"))
    write(plan)
    counts = status(plan)
    assert counts["type"] == "status"
    assert {name: counts[name] for name in ("published", "under_way", "refused", "accepted")} == {
        "published": 1,
        "under_way": 0,
        "refused": 1,
        "accepted": 1,
    }
    assert counts["due"] is None
    counts = status(plan, file="bookings.json", now="2026-02-02T09:50")
    assert (counts["due"], counts["overdue"]) == (1, 1)


STATUS = {
    ("--lang", "en"): "Published                       1\n",
    ("--lang", "da"): "Publiceret                      1\n",
    ("--openmetrics",): "apd_publication_published 1\n",
}


@pytest.mark.parametrize("options", STATUS)
def test_the_status_in_other_forms(plan, options) -> None:
    published(plan)
    out = plan("--status", *options, file=None).out
    stated = " ".join(STATUS[options].split()).replace(" 1", "")
    assert stated.split()[0] in out
    assert out.endswith("# EOF\n") == (options == ("--openmetrics",))


def test_the_status_reports_a_booking_that_cannot_be_read(plan) -> None:
    published(plan)
    change(without_a_custodian)
    result = plan("--status", "--json", now=LATER)
    assert result.status == 2
    assert "$.bookings[0].custodian is missing" in result.err
    assert json.loads(result.out)["due"] == 0


WRONG_OPTIONS = [
    (("--status", "--write", "outbox"), "--status writes nothing"),
    (("--status", "--release"), "--status writes nothing"),
    (("--openmetrics",), "--openmetrics goes with --status"),
    (("--confirm-deprecations", "-1"), "-1"),
    (("--brake-share", "2"), "2.0 is not in the range"),
]


@pytest.mark.parametrize(("options", "message"), WRONG_OPTIONS)
def test_options_that_do_not_go_together(plan, options, message) -> None:
    result = plan(*options)
    assert (result.status, result.out) == (2, "")
    assert message in result.err


# --- what is not there any more --------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "da"])
def test_a_message_that_somebody_took_away_is_reported(plan, lang) -> None:
    """It may have been sent, so it is not written once more."""
    write(plan)
    Path("outbox", f"{NURSES}.publish.mime").unlink()
    for _ in range(2):
        result = write(plan, lang=lang)
        assert result.status == 2
        assert result.err.startswith(f"apd: outbox/{NURSES}.publish.mime: ")
        assert "--confirm" in result.err
    assert outbox() == [f"{CARES}.publish.mime"]
    assert write(plan, "--abandon", NURSES).status == 0
    assert f"{NURSES}.publish.mime" in outbox()


def test_a_message_that_is_called_sent_is_there(plan) -> None:
    write(plan)
    path = Path("outbox", f"{NURSES}.publish.mime")
    path.rename(path.with_suffix(".sent"))
    assert write(plan).status == 0
