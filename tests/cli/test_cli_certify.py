"""``apd certify``: the integration test from the command line."""

import json
import sys
from pathlib import Path

import pytest

from tests.places import ROOT

MODULE = """
import uuid
import apd
from apd.privacy.address_removal import appointment_without_address

def make(booking):
    appointment = booking.appointment
    if booking.address_protected:
        appointment = appointment_without_address(appointment)
    return apd.AppointmentDocument(
        id=apd.MedComId(uuid.uuid4()), time=booking.changed, appointment=appointment,
        custodian=booking.custodian,
    )

def publish(handover):
    raise KeyError("Vera Skovsang")
"""
COMMAND = """
import pathlib, sys
import apd
from apd.publication.bookings_file import loads
from our_system import make

held, output = map(pathlib.Path, sys.argv[1:])
for number, booking in enumerate(loads(held.read_bytes()).bookings):
    (output / f"{number}.xml").write_bytes(apd.dumps(make(booking)))
"""
FEW = ("--type", "1", "--category", "region", "--now", "2026-11-02T09:31")


@pytest.fixture
def place(tmp_path, monkeypatch) -> Path:
    (tmp_path / "our_system.py").write_text(MODULE, encoding="utf-8")
    (tmp_path / "command.py").write_text(COMMAND, encoding="utf-8")
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    monkeypatch.delitem(sys.modules, "our_system", raising=False)
    return tmp_path


def test_the_protocol_is_written_in_every_form(apd_command, place) -> None:
    hook = ("certify", "--maker", "our_system:make", "--name", "Vores system", *FEW)
    done = apd_command(*hook, "--html", "page.html", "-o", "protocol.md", cwd=place)
    assert (done.status, done.out, done.err) == (0, "", "")
    text = (place / "protocol.md").read_text("utf-8")
    assert "- System: Vores system" in text
    assert "| 0303 |" in text
    assert "2026-11-02 09:31:00" in text
    page = (place / "page.html").read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    done = apd_command(*hook, "--json", "--lang", "en", cwd=place)
    data = json.loads(done.out)
    assert (done.status, data["is_passed"], data["tests"][0]["result"]) == (0, True, "passed")
    assert data["tests"][1]["comment"].startswith("Only the generation of documents")


def test_a_test_that_fails_ends_with_1(apd_command, place) -> None:
    hook = ("--publisher", "our_system:publish")
    done = apd_command("certify", *hook, *FEW, "--lang", "en", cwd=place)
    assert (done.status, done.err) == (1, "")
    assert "the system failed: KeyError" in done.out
    assert "Vera" not in done.out


WRONG = [
    ((), "specify one of --publisher"),
    (("--maker", "a:b", "--publisher", "a:b"), "specify one of --publisher"),
    (("--maker", "nowhere:make"), "nowhere:make cannot be used (ModuleNotFoundError)"),
    (("--maker", "our_system:nothing"), "our_system:nothing cannot be used (AttributeError)"),
    (("--command", "make {bookings}"), "{output}"),
    (("--maker", "our_system:make", "--real-time", "--now", "2026-11-02T09:31"), "--real-time"),
]


@pytest.mark.parametrize(("arguments", "stated"), WRONG)
def test_what_cannot_be_used_ends_with_2(apd_command, place, arguments, stated) -> None:
    done = apd_command("certify", *arguments, "--lang", "en", cwd=place)
    assert (done.status, done.out) == (2, "")
    assert stated in " ".join(done.err.split())


def test_a_file_that_cannot_be_written_ends_with_2(apd_command, place) -> None:
    hook = ("certify", "--maker", "our_system:make", *FEW, "-o", "nowhere/protocol.md")
    done = apd_command(*hook, cwd=place)
    assert done.status == 2


@pytest.mark.slow
def test_a_command_makes_the_documents(apd_process, place, monkeypatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    line = f"{sys.executable} command.py {{bookings}} {{output}}"
    done = apd_process("certify", "--command", line, "--lang", "en", "--json", cwd=place)
    data = json.loads(done.out)
    assert {row["result"] for row in data["tests"]} == {"passed", "not-tested"}
    assert done.status == 0
    failing = f"{sys.executable} -c 1/0 {{bookings}} {{output}}"
    done = apd_process("certify", "--command", failing, "--lang", "en", cwd=place)
    assert done.status == 1
    assert "The command ended with status 1." in done.out
