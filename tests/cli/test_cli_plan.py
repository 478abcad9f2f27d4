"""``apd plan``: the plan, its documents and messages, and what cannot be used."""

import errno
import json
import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

import apd
from apd import xds
from tests.cli.inside import Result, call_inside
from tests.cli.plans import (
    AT,
    CARE,
    CARES,
    CPR,
    EXAMPLE,
    NURSE,
    NURSES,
    PERSONAL,
    SUCCESS,
    answer,
    cancelled,
    change,
    document,
    moved,
    outbox,
    published,
    submission,
    under_way,
    write,
)
from tests.places import ROOT

# --- the plan --------------------------------------------------------------------------------


def test_a_plan_by_itself(apd_command, house) -> None:
    options = ("--register", "published.db", "--key", "key", "--now", AT)
    result = apd_command("plan", "bookings.json", *options, cwd=house)
    assert result == (
        0,
        "Handling  Starter           Senest            Hvorfor                                   "
        "Aftale\npublicér  2026-03-12 07:00  2026-02-02 09:45  Aftalen er ikke publiceret. (#2, "
        f"1.0.10)  {CARE}\npublicér  2026-03-04 13:00  2026-02-02 09:45  Aftalen er ikke "
        f"publiceret. (#2, 1.0.10)  {NURSE}\nFjern fra visning: 0, erstat: 0, publicér: 2, lad "
        "stå: 2\n",
        "apd: Registret over det publicerede (published.db) findes ikke endnu; "
        "planen er lagt, som om intet var publiceret.\n",
    )
    assert not Path("published.db").exists()


def test_all_of_it(plan) -> None:
    lines = plan("--all").out.splitlines()
    assert [line.split()[0] for line in lines[1:-1]] == ["publish", "publish", "leave", "leave"]
    assert [line.split("(")[-1][:2] for line in lines[1:-1]] == ["#2", "#2", "#3", "F2"]


def test_json(plan) -> None:
    lines = [json.loads(line) for line in plan("--json", "--all").out.splitlines()]
    assert lines[0] == {
        "type": "step",
        "action": "publish",
        "appointment": CARE,
        "starts": "2026-03-12T07:00:00+01:00",
        "reason": "new",
        "rule": "#2",
        "source": "Aftaleoversigten 1.0.10, rule #2",
        "due": "2026-02-02T09:45:00+01:00",
        "document": CARES,
        "entry_uuid": lines[0]["entry_uuid"],
        "replaces": None,
        "message": None,
    }
    assert [line["reason"] for line in lines] == ["new", "new", "beyond-horizon", "legal-basis"]


def test_a_day_without_a_time_of_day(plan) -> None:
    data = json.loads(EXAMPLE.read_bytes())
    (booking,) = (one for one in data["bookings"] if one["appointment"]["id"]["value"] == NURSE)
    booking["appointment"]["schedule"] = {
        "start": "2026-03-04T00:00:00+01:00",
        "indicative": True,
        "date_only": True,
    }
    Path("bookings.json").write_text(json.dumps(data), "utf-8")
    (row,) = (line for line in plan().out.splitlines() if NURSE in line)
    assert "  2026-03-04  " in row
    assert "00:00" not in row
    (stated,) = (json.loads(line) for line in plan("--json").out.splitlines() if NURSE in line)
    assert stated["starts"] == "2026-03-04"


def test_bookings_from_standard_input(plan) -> None:
    result = plan("--json", file="-", stdin=EXAMPLE.read_bytes())
    assert result == plan("--json")


def test_it_is_planned_for_the_time_at_which_the_bookings_were_read(house, monkeypatch) -> None:
    options = ("--register", "published.db", "--key", "key", "--write", "outbox")
    assert call_inside(monkeypatch, "plan", "bookings.json", *options).status == 0
    assert document(f"{NURSES}.publish.mime").time == apd.local_time(2026, 2, 2, 9, 31)


def test_what_is_overdue(plan) -> None:
    assert plan(now="2026-02-02T09:46").out.count("09:45, overdue") == 2


# --- documents and messages ------------------------------------------------------------------


def test_a_vendor_publishes_moves_and_cancels(apd_command, house) -> None:
    def run(now: str) -> Result:
        options = ("--register", "published.db", "--key", "key", "--write", "outbox")
        return apd_command("plan", "bookings.json", *options, "--now", now, cwd=house)

    assert run(AT).status == 0
    assert outbox() == [f"{CARES}.publish.mime", f"{NURSES}.publish.mime"]
    first = submission(f"{NURSES}.publish.mime").entry
    assert first is not None
    assert first.practice_setting_code is not None
    assert first.practice_setting_code.display == "hjemmesygepleje"  # a producer of its own
    for name in outbox():
        assert apd.validate(document(name)).is_valid

    answer(f"{NURSES}.publish")
    answer(f"{CARES}.publish")
    accepted = run("2026-02-02T09:50")
    assert accepted.out.count("Registret har godtaget det. 5 minutter for sent.") == 2
    assert outbox() == []

    change(moved)
    assert run("2026-02-03T08:01").status == 0
    (second,) = [name for name in outbox() if name.endswith(".replace.mime")]
    assert submission(second).replaces == first.entry_uuid
    answer(second.removesuffix(".mime"))
    change(cancelled)
    assert run("2026-02-03T08:02").status == 0
    (third,) = [name for name in outbox() if name.endswith(".mime")]
    assert third == second.replace("replace", "deprecate")
    replacement = submission(third)
    assert replacement.submission_set.patient_id == apd.CprNumber(CPR)
    answer(third.removesuffix(".mime"))
    assert run("2026-02-03T08:03").out.count("Registret har godtaget det.") == 1
    assert outbox() == []


def test_a_second_run_writes_nothing_twice(plan) -> None:
    assert write(plan).status == 0
    before = {name: Path("outbox", name).read_bytes() for name in outbox()}
    again = write(plan)
    assert again.status == 0
    assert again.out.count("the answer is not known yet") == 2
    assert {name: Path("outbox", name).read_bytes() for name in outbox()} == before


def test_json_names_the_messages(plan) -> None:
    lines = [json.loads(line) for line in write(plan, "--json").out.splitlines()]
    assert [Path(line["message"]).is_file() for line in lines] == [True, True]
    answer(f"{NURSES}.publish")
    accepted = json.loads(write(plan, "--json").out.splitlines()[0])
    assert accepted == {
        "type": "answer",
        "action": "publish",
        "result": "done",
        "appointment": NURSE,
        "due": "2026-02-02T09:45:00+01:00",
        "document": NURSES,
        "at": "2026-02-02T09:35:00+01:00",
        "late_by_seconds": None,
        "errors": [],
    }


@pytest.mark.skipif(os.name != "posix", reason="asks for permissions as POSIX has them")
def test_nobody_else_may_read_what_is_written(plan) -> None:
    write(plan)
    for path, mode in [
        ("published.db", 0o600),
        ("outbox", 0o700),
        (f"outbox/{NURSES}.publish.mime", 0o600),
    ]:
        assert stat.S_IMODE(Path(path).stat().st_mode) == mode


def test_security_headers(plan) -> None:
    Path("security.xml").write_text("<a xmlns='urn:x'/>", "utf-8")
    url = "https://registry.example.dk/drs"
    write(plan, "--security", "security.xml", "--soap", "1.1", "--to", url)
    message = Path(f"outbox/{NURSES}.publish.mime").read_text("utf-8")
    assert "SOAPAction:" in message
    assert "<soap:Header><a xmlns='urn:x'/>" in message
    assert f"<wsa:To>{url}</wsa:To>" in message


def test_a_booking_that_lacks_something_is_reported_and_stops_no_other(plan) -> None:
    change(lambda bookings: bookings[1]["appointment"].update(reason=None))
    result = write(plan)
    assert result.status == 2
    assert result.err == (
        "apd: bookings.json: $.bookings[1].appointment.reason: The appointment must have exactly "
        "one reason: an entryRelationship with the typeCode RSON.\n"
    )
    assert "(#1, 1.0.10)" in result.out
    assert outbox() == [f"{NURSES}.publish.mime"]


def test_a_booking_that_nobody_publishes(plan) -> None:
    whole = json.loads(Path("bookings.json").read_text("utf-8"))
    del whole["producer"]
    Path("bookings.json").write_text(json.dumps(whole), "utf-8")
    result = write(plan)
    assert result.status == 2
    assert result.err.startswith(
        "apd: bookings.json: $.bookings[1]: It is not stated who publishes"
    )
    assert "(not written)" in result.out
    assert outbox() == [f"{NURSES}.publish.mime"]
    assert plan().out.count("publish  2026") == 1  # so it stays to be done


def test_a_message_that_cannot_be_written_is_not_under_way(plan, monkeypatch) -> None:
    Path("outbox", f"{CARES}.publish.mime").mkdir(parents=True)
    result = write(plan)
    assert result.status == 2
    assert re.search(r"^apd: outbox/.*: Is a directory$", result.err, re.MULTILINE)
    assert result.out.count("(not written)") == 2  # after that one, nothing was tried
    assert outbox() == [f"{CARES}.publish.mime"]
    assert under_way(plan) == []
    Path("outbox", f"{CARES}.publish.mime").rmdir()
    assert write(plan).status == 0


def test_two_at_the_same_time(house, environment) -> None:
    command = [sys.executable, "-m", "apd", "plan", "bookings.json", "--register", "published.db"]
    command += ["--key", "key", "--now", AT, "--write", "outbox", "--json"]
    both = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    stated = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert [err for _, err in stated] == [b"", b""]
    steps = [json.loads(line) for out, _ in stated for line in out.splitlines()]
    written = [step["message"] for step in steps if step.get("message")]
    assert len(written) == len(set(written)) == 2


# --- what cannot be used ---------------------------------------------------------------------


def one_line(result: Result, wording: str) -> None:
    assert (result.status, result.out) == (2, "")
    assert re.fullmatch(r"apd: .+\n", result.err)
    assert wording in result.err


BAD_FILES = [
    ("nowhere.json", b"", "apd: nowhere.json: There is no such file.\n"),
    ("key", b"", "apd: key: $ is not JSON"),
    ("-", b"[]", "apd: -: $ is a list: specify an object\n"),
    ("-", b"\xff", "apd: -: $ is not UTF-8"),
    ("-", b" \n", "apd: -: $ is empty: specify JSON"),
    ("-", b'{"bookings": [', "apd: -: $ is not JSON: see line 1, column 15"),
    ("-", b'{"bookings": [\n<', "apd: -: $ is not JSON: see line 2, column 1"),
    ("-", b"<a/>", "apd: -: $ is XML, not JSON"),
    ("-", b'{"bookings": []}', "apd: -: $.read_at is missing: specify a time such as"),
]


@pytest.mark.parametrize(("file", "stdin", "wording"), BAD_FILES)
def test_bookings_that_cannot_be_read(plan, file, stdin, wording) -> None:
    one_line(plan("--write", "outbox", file=file, stdin=stdin), wording)
    assert not Path("published.db").exists()
    assert not Path("outbox").exists()


def test_an_appointment_that_comes_twice(plan) -> None:
    change(lambda bookings: bookings.append(bookings[0]))
    one_line(plan(), "$.bookings[4].appointment.id is that of $.bookings[0], too")


def test_a_register_that_is_none(plan, house) -> None:
    Path("published.db").write_text("something else", encoding="utf-8")
    one_line(plan(), "apd: published.db: the register cannot be used: file is not a database")
    Path("published.db").unlink()
    with closing(sqlite3.connect("published.db")) as opened, opened as database:
        database.execute("CREATE TABLE other (thing)")
    database.close()
    one_line(plan(), "a database, but not a register")


def test_a_register_of_another_version(plan) -> None:
    write(plan)
    with closing(sqlite3.connect("published.db")) as opened, opened as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    one_line(plan(), "by a newer version")
    one_line(write(plan), "by a newer version")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything"
)
def test_a_register_that_is_read_only(plan) -> None:
    write(plan)
    Path("published.db").chmod(0o400)
    one_line(plan(), "apd: published.db: the register cannot be used: Permission denied")


def test_a_register_that_somebody_keeps_locked(plan, monkeypatch) -> None:
    write(plan)
    monkeypatch.setattr("apd.publication.sqlite_register._SECONDS_TO_WAIT", 0.1)
    database = sqlite3.connect("published.db", isolation_level=None)
    database.execute("BEGIN EXCLUSIVE")
    one_line(plan(), "apd: published.db: the register cannot be used: database is locked")
    database.close()


def test_a_disk_that_is_full(plan, monkeypatch) -> None:
    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))  # it names no file

    monkeypatch.setattr("os.fsync", fail)
    result = write(plan)
    assert (result.status, result.err.count("\n")) == (2, 1)
    assert re.fullmatch(
        r"apd: outbox/[0-9a-f-]{36}\.publish\.draft: No space left on device\n", result.err
    )
    assert list(Path("outbox").iterdir()) == []
    monkeypatch.undo()


def test_what_is_no_fault_of_the_bookings_is_not_put_down_to_them(plan, monkeypatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise apd.ParseError([])

    monkeypatch.setattr("apd.cli.outbox.writer.plan_each", fail)
    result = plan()
    assert (result.status, "bookings.json" in result.err) == (2, False)
    assert "internal error" in result.err


def test_a_register_that_is_not_there(plan) -> None:
    one_line(plan(file=None), "apd: there is no register published.db")
    one_line(plan("--write", "outbox", "--confirm", NURSES, file=None), "there is no register")
    assert not Path("published.db").exists()


@pytest.mark.parametrize(
    ("size", "wording"),
    [(15, "has 15 bytes and is not a key: specify 16 to 64 secret bytes"), (65, "has 65 bytes")],
)
def test_a_key_that_is_none(plan, size, wording) -> None:
    Path("key").write_bytes(bytes(size))
    one_line(plan(), wording)


OPTIONS = [
    (["--write", "bookings.json"], "cannot write bookings.json: File exists"),
    (["--write", "key/outbox"], "cannot write key/outbox: Not a directory"),
    (["--register", "."], "the register cannot be used: Is a directory"),
    (["--key", "nowhere"], "nowhere: There is no such file."),
    (["--confirm", "x"], "'x' is not a valid UUID"),
    (["--confirm", NURSES, "--abandon", NURSES], "specify either --confirm or --abandon"),
    (["--now", "soon"], "is not a time; specify a time such as 2026-11-02T09:31"),
    (["--security", "nowhere"], "nowhere: There is no such file."),
]


@pytest.mark.parametrize(("options", "wording"), OPTIONS)
def test_options(plan, options, wording) -> None:
    one_line(plan(*options), wording)


def test_options_that_are_missing(house, monkeypatch) -> None:
    one_line(
        call_inside(monkeypatch, "plan", "bookings.json"), "mangler indstillingen '--register'"
    )
    without_key = call_inside(monkeypatch, "plan", "bookings.json", "--register", "r.db")
    one_line(without_key, "mangler indstillingen '--key', som en plan kræver")


def test_nothing_personal_is_shown_or_kept_in_the_register(plan) -> None:
    published(plan)
    change(moved, lambda bookings: bookings[1]["appointment"].update(reason=None))
    shown = [
        plan("--all"),
        plan("--all", "--json"),
        write(plan, "--all"),
        plan(file=None),
        plan("--json", file=None),
    ]
    for result in shown:
        assert not [one for one in PERSONAL if one in result.out + result.err]
    kept = Path("published.db").read_bytes()
    assert not [one for one in PERSONAL if one.encode() in kept]


# --- the page --------------------------------------------------------------------------------


@pytest.mark.skipif(
    not all(map(shutil.which, ("sh", "sed"))), reason="asks for a shell and for sed"
)
def test_the_script_on_the_page(house, environment) -> None:
    """It posts each message once, headers and body apart, and all of them are accepted."""
    page = (ROOT / "docs" / "publishing.md").read_text("utf-8")
    script = next(block for block in re.findall(r"```sh\n(.*?)```", page, re.DOTALL))
    Path("bin").mkdir()
    Path("bin", "apd").write_text(
        f'#!/bin/sh\nexec {sys.executable} -m apd "$@"\n', encoding="utf-8"
    )
    Path("bin", "curl").write_text(
        "#!/bin/sh\n"
        'for last; do :; done\necho "$last" >> posted; cp headers "headers.$(basename "$last")"\n'
        f"cp body body.$(basename \"$last\")\nprintf 'HTTP/1.1 200 OK\\r\\n\\r\\n'\n"
        f"cat <<'E'\n{xds.write_response(SUCCESS)}\nE\n",
        encoding="utf-8",
    )
    for program in Path("bin").iterdir():
        program.chmod(0o755)
    environment = {
        **environment,
        "PATH": f"{house / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "REPOSITORY": "http://example.com/repository",
        "REGISTRY": "http://example.com/registry",
    }

    def run() -> None:
        done = subprocess.run(["sh", "-e", "-c", script], env=environment, capture_output=True)
        assert (done.returncode, done.stderr) == (0, b"")

    run()
    run()
    assert Path("posted").read_text(encoding="utf-8").split() == [environment["REPOSITORY"]] * 2
    headers = Path("headers.repository").read_text("utf-8")
    content_type = re.search(r"Content-Type: (.*?)\r?$", headers, re.MULTILINE)
    assert content_type is not None
    body = Path("body.repository").read_bytes()
    sent = xds.read_submission(body, content_type[1])
    assert sent.entry is not None
    assert xds.read_document(body, content_type[1]) != b""
    change(cancelled, read_at="2026-02-03T08:00:00")
    run()
    assert Path("posted").read_text(encoding="utf-8").split()[2:] == [environment["REGISTRY"]]
    run()
    assert outbox() == []
