"""``apd generate``: the files it makes, and what it does where some are there already."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from lxml import etree

import apd
from apd.testing.defects import defects, is_of_set, set_with_defect
from apd.testing.synthetic import Selection, document, documents
from apd.validation import validate, validate_all
from tests.cli.terminal import on_terminal, posix

pytestmark = pytest.mark.slow  # many processes, one after another


@pytest.fixture
def generate(apd_command, tmp_path: Path):
    """Calls ``apd generate`` in an empty directory, for the directory ``out``."""

    def call(*arguments: object):
        return apd_command("generate", "--out", "out", *arguments, cwd=tmp_path)

    return call


def made(directory: Path) -> dict[str, bytes]:
    """The documents below a directory, by their names."""
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in sorted(directory.rglob("*.xml"))
    }


# What is made --------------------------------------------------------------------------------


def test_documents_of_a_seed(generate, tmp_path) -> None:
    result = generate("--count", 30, "--seed", 7, "--lang", "en")
    files = made(tmp_path / "out")

    assert (result.status, result.out, result.err) == (0, "Written: 30\n", "")
    assert list(files.values()) == [apd.dumps(document(7, number)) for number in range(1, 31)]
    assert [name[:8] for name in files] == [f"{number:07}-" for number in range(1, 31)]
    assert [report.findings for report in validate_all(files.values())] == [()] * 30


def test_several_processes_make_the_same(generate, tmp_path) -> None:
    assert generate("--count", 120).status == 0
    alone = made(tmp_path / "out")
    assert generate("--count", 120, "--jobs", 2, "--force").status == 0

    assert made(tmp_path / "out") == alone
    assert len(alone) == 120


def test_a_thousand_stand_in_a_directory(generate, tmp_path) -> None:
    generate("--count", 1001, "--type", 3)
    (last,) = (tmp_path / "out" / "0001001-0002000").iterdir()

    assert last.name.startswith("0001001-")
    assert len(made(tmp_path / "out")) == 1001


def test_narrowed(generate, tmp_path) -> None:
    options = ["--type", 2, "--type", 3, "--location", "home", "--category", "municipality"]
    result = generate("--count", 20, *options, "--from", "2027-03-01", "--to", "2027-03-31")
    selection = Selection(
        types=[2, 3],
        locations=[apd.HomeLocation],
        categories=[apd.Category.MUNICIPAL],
        first=apd.local_time(2027, 3, 1).date(),
        last=apd.local_time(2027, 3, 31).date(),
    )

    assert result.status == 0
    assert [apd.loads(data) for data in made(tmp_path / "out").values()] == [
        document(1, number, selection) for number in range(1, 21)
    ]
    assert all(
        name.split("-", 1)[1].startswith("municipality-type") and name.endswith("-home.xml")
        for name in made(tmp_path / "out")
    )


def test_an_older_release(generate, tmp_path) -> None:
    generate("--count", 3, "--release", "1.1")

    for data in made(tmp_path / "out").values():
        assert apd.loads(data).release == apd.Release.V1_1


def test_a_defect_by_its_clause(generate, tmp_path) -> None:
    """A clause that two rules speak for gives documents of both."""
    assert generate("--defect", "6c69", "--count", 2).status == 0
    files = made(tmp_path / "out")

    assert list(files) == [
        "CONF-DK-APD-6c69-0000001.xml",
        "CONF-DK-APD-6c69-0000002.xml",
        "CONF-DK-APD-6c69-DATE-0000001.xml",
        "CONF-DK-APD-6c69-DATE-0000002.xml",
    ]
    found = [{f.rule for f in validate(data).findings} for data in files.values()]
    assert found == [{"CONF-DK-APD:6c69"}] * 2 + [{"CONF-DK-APD:6c69-DATE"}] * 2


def test_a_defect_of_a_set(generate, tmp_path) -> None:
    generate("--defect", "SET-OVERLAP")
    files = made(tmp_path / "out")

    assert list(files) == ["SET-OVERLAP-0000001/1.xml", "SET-OVERLAP-0000001/2.xml"]
    (found,) = validate_all(files.values()).findings
    assert found.finding.rule == "SET-OVERLAP"


def test_every_defect(generate, tmp_path) -> None:
    assert generate("--defect", "all", "--lang", "en").out == f"Written: {len(defects())}\n"
    files = made(tmp_path / "out")

    expected = {}
    for rule in defects():
        name = f"{rule.replace(':', '-')}-0000001"
        names = [f"{name}/1.xml", f"{name}/2.xml"] if is_of_set(rule) else [f"{name}.xml"]
        expected |= zip(names, set_with_defect(document(1, 1), rule), strict=True)
    assert files == expected


# Where something is there already ------------------------------------------------------------


def test_nothing_is_overwritten_unasked(generate, tmp_path) -> None:
    generate("--count", 3)
    before = made(tmp_path / "out")
    refused = generate("--count", 3)

    assert refused.status == 2
    assert refused.err.startswith("apd: out er ikke tom; angiv --resume")
    assert made(tmp_path / "out") == before


def test_a_directory_of_something_else(generate, tmp_path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").write_text("Dear", encoding="utf-8")

    assert "er ikke tom" in generate().err
    assert "der ikke er dannet med disse indstillinger" in generate("--resume").err
    assert generate("--force").status == 0
    assert (tmp_path / "out" / "letter.txt").read_text(encoding="utf-8") == "Dear"


def test_work_is_taken_up(generate, tmp_path) -> None:
    out = tmp_path / "out"
    generate("--count", 20)
    whole = made(out)
    names = list(whole)
    for name in names[5:9]:
        (out / name).unlink()
    os.utime(out / names[0], (1, 1))
    result = generate("--count", 25, "--resume")

    assert result.out == "Skrevet: 9, fandtes i forvejen: 16\n"
    assert {name: made(out)[name] for name in names} == whole
    assert len(made(out)) == 25
    assert (out / names[0]).stat().st_mtime == 1


@pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_of_so_many_patients(generate, tmp_path, jobs) -> None:
    """The same, however many work at it, and whether it was taken up or not."""
    options = ("--patients", 3, "--seed", 7, "--jobs", jobs)
    generate(*options)
    out = tmp_path / "out"
    assert len(made(out)) == 3
    result = generate(*options, "--count", 60, "--resume")
    assert result.out == "Skrevet: 57, fandtes i forvejen: 3\n"
    expected = documents(60, 7, Selection(patients=3))
    assert list(made(out).values()) == list(map(apd.dumps, expected))


def test_a_set_of_which_one_is_missing_is_made_again(generate, tmp_path) -> None:
    generate("--defect", "SET-OVERLAP")
    whole = made(tmp_path / "out")
    (tmp_path / "out" / "SET-OVERLAP-0000001" / "2.xml").unlink()
    generate("--defect", "SET-OVERLAP", "--resume")

    assert made(tmp_path / "out") == whole


@pytest.mark.parametrize(
    "other", [["--seed", 2], ["--type", 1], ["--defect", "BR-4"], ["--patients", 2]]
)
def test_other_work_is_not_taken_up(generate, tmp_path, other) -> None:
    generate("--count", 3)
    before = made(tmp_path / "out")
    refused = generate("--count", 5, "--resume", *other)

    assert refused.status == 2
    assert "der ikke er dannet med disse indstillinger" in refused.err
    assert made(tmp_path / "out") == before


@posix
def test_killed_and_taken_up(generate, tmp_path, environment) -> None:
    """Whatever is there when the power fails is whole; the rest is made later."""
    out, count = tmp_path / "out", 400
    command = [sys.executable, "-m", "apd", "generate", "--out", "out", "--count", str(count)]
    with subprocess.Popen(command, cwd=tmp_path, env=environment) as process:
        while not made(out) and process.poll() is None:
            time.sleep(0.01)
        process.kill()
    for data in made(out).values():
        etree.fromstring(data)
    assert generate("--count", count, "--resume").status == 0

    assert list(made(out).values()) == [apd.dumps(document(1, n)) for n in range(1, count + 1)]


@posix
def test_a_directory_that_may_not_be_written(generate, tmp_path) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    result = generate()

    assert result.status == 2
    assert result.err.startswith("apd: kan ikke skrive ")
    assert result.err.endswith("det er ikke en mappe\n")


# What is asked for wrongly -------------------------------------------------------------------

WRONG = {
    "no such rule": (["--defect", "BR-HOMES"], "did you mean BR-HOME?"),
    "no such type": (["--type", "5"], "'5' is not one of"),
    "no such day": (["--from", "2026-02-30"], "is not a day; specify a day such as 2026-12-01"),
    "days in the wrong order": (["--from", "2026-02-02", "--to", "2026-02-01"], "--to is before"),
    "before patients are born": (["--to", "2001-01-01"], "--to is not a possible day"),
    "fewer than patients": (["--patients", "3", "--count", "2"], "--count is less than --patients"),
    "no day left": (["--patients", "1", "--count", "400"], "--count is too large"),
    "nothing left": (["--type", "4", "--release", "1.0"], "1.0 has no types 2 and 4"),
    "too many": (["--count", "10000000"], "not in the range"),
    "both": (["--resume", "--force"], "cannot be combined"),
    "a defect of an older release": (["--defect", "BR-4", "--release", "1.1"], "leave out"),
    "nothing but a rule or a word": (["--defect", "nothing"], "there is no rule 'nothing'"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_reported(generate, tmp_path, case) -> None:
    arguments, reported = WRONG[case]
    result = generate(*arguments, "--lang", "en")

    assert (result.status, result.out) == (2, "")
    assert reported in result.err
    assert result.err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_the_directory_must_be_named(apd_command) -> None:
    assert "'--output'" in apd_command("generate").err


# What is seen --------------------------------------------------------------------------------


@posix
def test_a_terminal_sees_how_far_it_is(tmp_path, environment) -> None:
    command = [sys.executable, "-m", "apd", "generate", "--out", "out", "--count", "600"]
    variables = {**environment, "TERM": "xterm", "COLUMNS": "80"}
    assert "/600" in on_terminal(command, variables, stream="stderr", cwd=tmp_path)[1]


def test_options_are_documented(apd_command) -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "command-line.md"
    text = page.read_text("utf-8")
    for line in apd_command("generate", "--help").out.splitlines():
        option = line.split()[0] if line.strip() else ""
        if option.startswith("--"):
            assert f"`{option}" in text
