"""The examples: the documents are sound and cover the kinds, and the programs do what they say."""

import datetime
import os
import re
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest
from lxml import etree
from stdnum.dk import cpr

import apd

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
PATHS = sorted((EXAMPLES / "documents").glob("*.xml"))
DOCUMENTS = {path.stem: apd.load(path) for path in PATHS}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_document(path, schema) -> None:
    data = path.read_bytes()
    document = apd.loads(data)
    schema.assertValid(etree.fromstring(data))
    assert document.unmapped == ()
    assert document.release == apd.Release.V2_0_1
    assert apd.dumps(document) == data


def test_numbers_are_nobodys() -> None:
    for path in PATHS:
        xml = path.read_text("utf-8")
        for number in re.findall(r'extension="(\d{10})"', xml):
            assert number[6:8] == "99"
            assert cpr.checksum(number) != 0
        for code in re.findall(r'extension="(\d{11,})"', xml):
            assert apd.SorCode(code).has_check_digit
            assert code[-10:-1] == "100001600"
        assert all(phone.startswith("00") for phone in re.findall(r"tel:(\d+)", xml))


def test_ids_are_used_once() -> None:
    ids = [id_ for d in DOCUMENTS.values() for id_ in (d.id, d.appointment.id)]
    assert len(set(ids)) == len(ids) == 2 * len(DOCUMENTS)


# --- what the folder covers ------------------------------------------------------------------


def test_types_and_location_types() -> None:
    covered = {
        (type_, type(document.appointment.location))
        for document in DOCUMENTS.values()
        for type_ in document.types
    }
    locations = (apd.SorLocation, apd.OtherLocation, apd.HomeLocation)
    assert covered == set(product(apd.AppointmentType, locations))
    assert {document.appointment.category for document in DOCUMENTS.values()} == set(apd.Category)


def test_series() -> None:
    series = [DOCUMENTS[f"pool-training-{number}"].appointment for number in (1, 2, 3)]
    assert len({appointment.repetition for appointment in series}) == 1
    assert len({appointment.schedule.start for appointment in series}) == 3
    assert series[0].repetition is not None
    assert series[0].repetition.id is not None


def test_protected_address_is_nowhere() -> None:
    appointment = DOCUMENTS["protected-address"].appointment
    assert appointment.patient.address is None
    assert appointment.patient.telecoms == ()
    assert isinstance(appointment.location, apd.HomeLocation)
    assert appointment.location.address is None
    assert appointment.location.telecom is None


HOUR = datetime.timedelta(hours=1)
LASTS = [
    ("night-to-summer-time", 9 * HOUR),  # ten by the clock
    ("night-to-winter-time", HOUR / 2),
    ("admission-several-days", 71 * HOUR),
]


@pytest.mark.parametrize(("name", "duration"), LASTS)
def test_how_long_it_takes(name, duration) -> None:
    schedule = DOCUMENTS[name].appointment.schedule
    assert schedule.end is not None
    assert schedule.end - schedule.start == duration


def test_more_that_is_shown() -> None:
    appointments = [document.appointment for document in DOCUMENTS.values()]
    assert any(a.requester for a in appointments)
    assert any(a.episode_of_care for a in appointments)
    assert any(a.schedule.part_of_day for a in appointments)
    assert any(
        a.responsible and isinstance(a.responsible.id, apd.ProviderNumber) for a in appointments
    )
    assert any(
        a.reason and a.reason.code and a.reason.code.system == apd.Oid.SNOMED_CT
        for a in appointments
    )


# --- the programs ----------------------------------------------------------------------------


def run(name: str, *arguments: object, cwd: Path) -> str:
    """Run an example as a user would, from another directory, and return what it prints."""
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / name), *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode()


def test_making_documents_again_gives_the_same_bytes(tmp_path) -> None:
    run("make_documents.py", tmp_path / "new" / "folder", cwd=tmp_path)
    made = {path.name: path.read_bytes() for path in (tmp_path / "new" / "folder").iterdir()}
    assert made == {path.name: path.read_bytes() for path in PATHS}


def test_reading_documents(tmp_path) -> None:
    lines = run("read_documents.py", cwd=tmp_path).splitlines()
    assert len(lines) == len(PATHS)
    assert lines == sorted(lines, key=lambda line: line[:16])
    assert re.match(r"2026-03-03 10:15-10:45  1    Kontrol efter operation +Ambulat", lines[0])
    assert run("read_documents.py", tmp_path, cwd=tmp_path) == ""


def test_changing_a_document(tmp_path) -> None:
    printed = run("change_document.py", cwd=tmp_path)
    before, after = DOCUMENTS["hospital-visit"], apd.load(tmp_path / "moved.xml")
    schedules = [document.appointment.schedule for document in (before, after)]
    assert printed.startswith("before  2026-03-03 10:15\nafter   2026-03-10 10:15\n")
    assert schedules[1].start - schedules[0].start == datetime.timedelta(days=7)
    assert after.appointment.id == before.appointment.id
    assert after.id != before.id
    assert after.version_number == 2
    assert after.set_id is not None
    # and once more, over the change to summer time
    run(
        "change_document.py",
        EXAMPLES / "documents" / "night-to-summer-time.xml",
        "b.xml",
        cwd=tmp_path,
    )
    again = apd.load(tmp_path / "b.xml").appointment.schedule
    assert f"{again.start:%d %H:%M}" == "04 21:00"
    assert f"{again.end:%d %H:%M}" == "05 07:00"


def test_readme_names_every_file() -> None:
    text = (EXAMPLES / "README.md").read_text("utf-8")
    linked = {EXAMPLES / link for link in re.findall(r"\]\(([^)]+)\)", text)}
    folders = {EXAMPLES / name for name in ("documents", "booking-app", "test-suite")}
    assert linked == {*PATHS, *EXAMPLES.glob("*.py"), *folders}


def test_readme_states_the_types() -> None:
    numbers = {apd.SorLocation: 1, apd.OtherLocation: 2, apd.HomeLocation: 3}
    text = (EXAMPLES / "README.md").read_text("utf-8")
    for name, types, location in re.findall(r"\| \[([\w-]+)\].*? \| ([\d, ]+) \| (\d) \|", text):
        document = DOCUMENTS[name]
        assert types == ", ".join(str(int(type_)) for type_ in document.types)
        assert int(location) == numbers[type(document.appointment.location)]
