"""``apd validate`` and what is wrong with very many documents together, in flat memory."""

import os
import re
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from apd.cli.app import run
from apd.cli.batch.batched_checks import CrossDocument
from apd.cli.batch.spool import Spool
from apd.reports.checked import Checked
from apd.rules.set_keys import SetKeys
from apd.rules.settings import Settings
from apd.validation import findings_by_key

pytestmark = pytest.mark.slow

FEW = st.none() | st.sampled_from([b"1", b"2", b"3"])
KEYS = st.builds(
    SetKeys,
    document_id=st.none() | st.integers(0, 6).map(lambda number: b"%d" % number),
    appointment_id=FEW,
    patient=FEW,
    repetition_id=FEW,
    reason=FEW,
    location=FEW,
    replaces=st.lists(st.integers(0, 6).map(lambda number: b"%d" % number), max_size=2).map(tuple),
    is_active=st.booleans(),
    begins=st.none() | st.integers(-5, 20),
    ends=st.none() | st.integers(-5, 20),
)


@pytest.mark.parametrize("settings", [Settings(), Settings(off={"SET-OVERLAP"})])
@given(documents=st.lists(st.none() | KEYS, max_size=12))
def test_the_same_is_found_as_in_memory(settings, documents) -> None:
    rows = [evolve(row, number=n) for n, row in enumerate(documents) if row is not None]
    expected = [
        (found.finding, tuple(map(str, found.documents)))
        for found in findings_by_key(rows, language="da", settings=settings)
    ]
    with Spool() as spool:
        together = CrossDocument(spool)
        for number, keys in enumerate(documents):
            together.add(Checked(str(number)), keys)
        found = list(together.findings(language="da", settings=settings))
    assert together.documents == len(documents)
    without = [(evolve(finding, fingerprint=""), names) for finding, names in found]
    assert sorted(without, key=repr) == sorted(expected, key=repr)


def test_nothing_personal_is_on_disk(tmp_path, documents, capsys, monkeypatch) -> None:
    """Not even a digest by which a CPR number could be guessed: two runs have none in common."""
    stored = []

    class Kept(Spool):
        def __exit__(self, *about) -> None:
            path = tmp_path / str(len(stored))
            self.run("VACUUM INTO ?", (str(path),))
            with sqlite3.connect(path) as copy:
                stored.append(set(copy.execute("SELECT patient, document_id FROM documents")))
            super().__exit__(*about)

    monkeypatch.setattr("apd.cli.commands.validate.Spool", Kept)
    for _ in range(2):
        assert run(["validate", str(documents)]) == 0
    first, second = stored
    assert len(first) == len(second) > 1
    assert not {value for row in first for value in row} & {v for row in second for v in row}


def test_no_room_for_temporary_files(capsys, monkeypatch, documents) -> None:
    class Full:
        def execute(self, *_: object) -> None:
            raise sqlite3.OperationalError("database or disk is full")

        def close(self) -> None:
            pass

    monkeypatch.setattr(sqlite3, "connect", lambda *_, **__: Full())
    assert run(["validate", str(documents)]) == 2
    assert capsys.readouterr().err == "apd: midlertidige filer kan ikke skrives\n"


AT_THE_MOST = """
def at_the_most():
    # not of resource.getrusage, which remembers the process that started this one
    [line] = [line for line in open("/proc/self/status") if line.startswith("VmHWM:")]
    return int(line.split()[1])
"""
MEMORY = f"""
import sys
from apd.cli.app import run
{AT_THE_MOST}
status = run(sys.argv[1:])
print(at_the_most(), file=sys.stderr)
sys.exit(status)
"""
SCRATCH = (
    f"""
from apd.cli.batch.spool import Done, Spool, Seen
from apd.cli.batch.batched_checks import CrossDocument
from apd.reports.checked import Checked
from apd.rules.set_keys import SetKeys
from apd.rules.settings import Settings
{AT_THE_MOST}
"""
    + """
def remember(numbers):
    for number in numbers:
        name = f"documents/{number:010}.xml"
        seen.add(name), done.add(name)
        keys = {
            name: b"%s %d" % (name.encode(), number // share)
            for name, share in (("document_id", 1), ("appointment_id", 1), ("patient", 8),
                                ("repetition_id", 4), ("reason", 8), ("location", 8))
        }
        together.add(Checked(name), SetKeys(**keys, is_active=True, begins=number, ends=number + 1))

with Spool() as spool:
    seen, done, together = Seen(spool), Done(spool), CrossDocument(spool)
    remember(range(3_000))
    before = at_the_most()
    remember(range(3_000, 21_000))
    assert not list(together.findings(language="en", settings=Settings()))
    print(at_the_most() - before)
"""
)
measures = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="memory is asked of Linux"
)


@pytest.fixture
def unobserved(environment: dict[str, str]) -> dict[str, str]:
    """The environment without coverage, which has a memory of its own."""
    return {name: value for name, value in environment.items() if not name.startswith("COVERAGE_")}


@measures
def test_what_is_remembered_takes_no_memory(unobserved) -> None:
    """18,000 documents more, of which a list would take 14 MiB; SQLite holds some five at most."""
    done = subprocess.run(
        [sys.executable, "-c", SCRATCH], env=unobserved, capture_output=True, check=True
    )
    assert int(done.stdout) < 7 * 1024


@measures
@pytest.mark.parametrize("plain", [True, False], ids=["directory", "zip"])
def test_memory_does_not_grow_with_the_documents(unobserved, documents, tmp_path, plain) -> None:
    """Files that are no documents are the same to this, and quickly done."""
    used = {}
    for count in (500, 4_500):
        source = tmp_path / (str(count) if plain else f"{count}.zip")
        write(source, count, plain=plain)
        arguments = ["validate", "--apd-only", "--lang", "en", str(source)]
        done = subprocess.run(
            [sys.executable, "-c", MEMORY, *arguments],
            env=unobserved,
            capture_output=True,
            check=True,
        )
        assert re.search(rf": {count}\n", done.stdout.decode())
        used[count] = int(done.stderr)
    assert used[4_500] - used[500] < 2 * 1024


def write(source: Path, count: int, *, plain: bool) -> None:
    """So many small files in a directory or an archive."""
    if plain:
        source.mkdir()
        for number in range(count):
            (source / f"{number:06}.xml").write_bytes(b"<a/>")
        return
    with zipfile.ZipFile(source, "w") as archive:
        for number in range(count):
            archive.writestr(f"{number:06}.xml", b"<a/>")


def test_names_of_documents_that_are_wrong_together(apd_command, documents, tmp_path) -> None:
    data = (documents / "home-nurse.xml").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("one.xml", data)
        archive.writestr("two.xml", data)
    (tmp_path / "three.xml").write_bytes(data)
    out = apd_command("validate", "--lang", "en", "a.zip", "three.xml", cwd=tmp_path).out
    assert out.startswith("a.zip!one.xml: error: Several documents have the same document id.")
    assert "  also    a.zip!two.xml\n  also    three.xml\n" in out


@pytest.mark.skipif(os.name != "posix", reason="asks for a POSIX system")
def test_nothing_is_left_behind(apd_command, environment, documents, tmp_path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "apd", "validate", documents],
        env={**environment, "TMPDIR": str(tmp_path), "SQLITE_TMPDIR": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    assert result.returncode == 0
    assert list(tmp_path.iterdir()) == []
