"""One option means one thing, whatever the command; and every command says how it is called."""

import importlib
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from apd.cli import DIFFERENT
from apd.cli.commands import COMMANDS
from apd.cli.help import Command, Group, Option
from tests.cli.conftest import ROOT
from tests.cli.inside import Apd, call_inside


def _loaded() -> Iterator[tuple[str, Command]]:
    """Each command that does something, by its name, such as ``bench score``."""
    for name in COMMANDS:
        command = importlib.import_module(f"apd.cli.commands.{name}").command
        inside = command.commands if isinstance(command, Group) else {}
        yield from ((f"{name} {one}", of) for one, of in inside.items())
        if not inside:
            yield name, command


LOADED = dict(_loaded())
NURSE = "examples/documents/home-nurse.xml"


def options() -> Iterator[tuple[str, Option]]:
    """Each option, and the command that has it."""
    for name, command in LOADED.items():
        for parameter in command.params:
            if not isinstance(parameter, click.Argument):
                assert isinstance(parameter, Option), f"{name} {parameter.opts}"
                yield name, parameter


def kind(option: Option) -> tuple[object, ...]:
    """What people have to know to give it."""
    is_form = "--format" in option.opts  # each command has some of the forms
    choices = getattr(option.type, "choices", ()) if not is_form else ()
    names = sorted((*option.opts, *option.secondary_opts))
    return option.type.name, option.metavar, tuple(choices), option.multiple, option.nargs, *names


def test_a_name_means_one_thing() -> None:
    meant: dict[str, tuple[object, ...]] = {}
    for command, option in options():
        for name in (*option.opts, *option.secondary_opts):
            assert meant.setdefault(name, kind(option)) == kind(option), f"{command} {name}"


def test_an_older_name_is_nowhere_a_name_of_its_own_in_the_same_command() -> None:
    for name, command in LOADED.items():
        own = {name for one in command.params for name in (*one.opts, *one.secondary_opts)}
        for option in command.params:
            if isinstance(option, Option):
                assert not own & set(option.aliases), name
                assert {one.partition("=")[0] for one in option.aliases.values()} <= own


@pytest.mark.parametrize("name", LOADED)
def test_every_command_has(name: str) -> None:
    command = LOADED[name]
    names = {name for one in command.params for name in one.opts}
    assert names >= {"--lang", "-q", "--quiet", "-o", "--output"}
    assert 2 <= len(command.examples) <= 3
    assert any(example.startswith(f"apd {name} ") for example in command.examples)


@pytest.mark.parametrize("name", LOADED)
def test_what_has_a_form_for_programs_has_format(name: str) -> None:
    for option in LOADED[name].params:
        if isinstance(option, Option) and ("--json" in (*option.opts, *option.aliases)):
            assert "--format" in option.opts


# --- examples --------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A directory with the examples of the project, and with a key."""
    (tmp_path / "examples").symlink_to(ROOT / "examples", target_is_directory=True)
    (tmp_path / "key").write_bytes(bytes(range(32)))
    (tmp_path / "xsd.txt").write_text("wrong/a.xml validates\n", encoding="utf-8")
    (tmp_path / "svrl").mkdir()
    stated = '<schematron-output xmlns="http://purl.oclc.org/dsdl/svrl"/>'
    (tmp_path / "svrl" / "a.svrl").write_text(stated, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", LOADED)
def test_the_examples_work(monkeypatch, apd_command: Apd, project: Path, name: str) -> None:
    for example in LOADED[name].examples:
        # what it keeps is of one run
        monkeypatch.delitem(sys.modules, "examples.certified_system", raising=False)
        program, *words = shlex.split(example)
        assert program == "apd"
        arguments = [path for word in words for path in _expanded(word, project)]
        result = apd_command(*arguments, cwd=project)
        assert result.status in ((0, DIFFERENT) if name == "diff" else (0,)), example
        assert result.out or "-o" in arguments or set(arguments) & {"--write", "--html"}, example


def _expanded(word: str, directory: Path) -> list[str]:
    below = (path.relative_to(directory).as_posix() for path in directory.glob(word))
    found = sorted(below) if "*" in word else [word]
    assert found, f"nothing is called {word}"
    return found


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("name", LOADED)
def test_examples_are_typed_as_they_stand(monkeypatch, capsys, name: str, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    assert call_inside(monkeypatch, "help", *name.split(), "--lang", "en").out
    shown = call_inside(monkeypatch, *name.split(), "--help", "--lang", "en").out.partition(
        "Examples:\n"
    )[2]
    typed = shown.replace("\\\n", "").splitlines()
    assert [shlex.split(line) for line in typed] == list(map(shlex.split, LOADED[name].examples))


# --- other names -----------------------------------------------------------------------------

SERIES = ["series", "FREQ=DAILY;COUNT=2", "--start", "2026-03-23T10:15"]
BEFORE = [
    (["show", "--json", NURSE], ["show", "--format", "json", NURSE]),
    (["diff", "--json", NURSE, NURSE], ["diff", "--format=json", NURSE, NURSE]),
    ([*SERIES, "--json"], [*SERIES, "--format", "json"]),
    (
        ["overview", "--check", "--json", "--now", "2026-01-01T09:00", NURSE],
        ["overview", "--validate", "--format", "json", "--now", "2026-01-01T09:00", NURSE],
    ),
    (["validate", "--no-set", NURSE, NURSE], ["validate", "--no-compare", NURSE, NURSE]),
    (["validate", "--set", NURSE], ["validate", "--compare", NURSE]),
    (["anonymise", "--seed=x", NURSE], ["anonymise", "--secret=x", NURSE]),
    (["anonymise", "--seed", "--set", NURSE], ["anonymise", "--secret", "--set", NURSE]),
]


@pytest.mark.parametrize(("before", "now"), BEFORE)
def test_names_from_before_work(apd_command: Apd, before: list[str], now: list[str]) -> None:
    result = apd_command(*before)
    assert (result.status, result.err) == (0, "")
    assert apd_command(*now) == result


def test_a_value_is_no_name(apd_command: Apd, tmp_path: Path) -> None:
    """What follows an option that takes a value, or --, is not looked at."""
    result = apd_command("show", "-o", "--json", NURSE, cwd=_with_examples(tmp_path))
    assert result == (0, "", "")
    assert "Patient" in (tmp_path / "--json").read_text("utf-8")
    assert "--json" in apd_command("show", "--", "--json", cwd=tmp_path / "examples").err


def _with_examples(directory: Path) -> Path:
    (directory / "examples").symlink_to(ROOT / "examples", target_is_directory=True)
    return directory


def test_a_name_from_before_takes_no_value_that_it_did_not_take(apd_command: Apd) -> None:
    for language, message in (("en", "does not take a value"), ("da", "tager ingen værdi")):
        result = apd_command("show", "--json=1", NURSE, "--lang", language)
        assert (result.status, result.out) == (2, "")
        assert message in result.err and "--json" in result.err


def test_the_secret_of_the_environment(apd_command: Apd, monkeypatch) -> None:
    of_option = apd_command("anonymise", "--secret", "x", NURSE)
    for variable in ("APD_SECRET", "APD_SEED"):
        with monkeypatch.context() as patched:
            patched.setenv(variable, "x")
            assert apd_command("anonymise", NURSE) == of_option


# --- output and quiet ------------------------------------------------------------------------

WRITTEN = [
    ["show", NURSE],
    ["show", "--format", "json", "examples/documents"],
    ["show", "--format", "html", NURSE],
    ["overview", "--now", "2026-01-01T09:00", NURSE],
    ["overview", "--now", "2026-01-01T09:00", "--format", "csv", NURSE],
    ["overview", "--now", "2026-01-01T09:00", "--format", "html", NURSE],
    ["overview", "--now", "2026-01-01T09:00", "--format", "ics", NURSE],
    ["roundtrip", "examples/documents"],
    ["validate", "--format", "json", NURSE],
    ["rules", "9ac6"],
    ["rules", "--format", "json", "--layer", "xml"],
    ["diff", NURSE, NURSE],
    SERIES,
    ["plan", "--register", "none.db", "--key", "key", "examples/bookings.json", "--format", "json"],
    ["build", "document.json"],
]


@pytest.mark.parametrize("call", WRITTEN)
def test_the_output_is_what_would_be_written(apd_command: Apd, project: Path, call) -> None:
    made = apd_command("show", "--json", "--show-cpr", NURSE, "-o", "document.json", cwd=project)
    assert made == (0, "", "")
    written, now = apd_command(*call, cwd=project), ["--now", "2026-02-02T09:35"]
    if call[0] == "plan":
        written, call = apd_command(*call, *now, cwd=project), [*call, *now]
    result = apd_command(*call, "-o", "out", cwd=project)
    assert (result.status, result.out, result.err) == (written.status, "", written.err)
    assert (project / "out").read_bytes().decode() == written.out != ""
    assert apd_command(*call, "--output", "-", cwd=project) == written


@pytest.mark.parametrize("command", ["show", "overview", "roundtrip"])
def test_what_is_read_is_not_overwritten(apd_command: Apd, tmp_path: Path, command: str) -> None:
    shutil.copy(ROOT / NURSE, tmp_path / "a.xml")
    before = (tmp_path / "a.xml").read_bytes()
    for named in ("a.xml", "."):
        result = apd_command(command, named, "-o", "./a.xml", cwd=tmp_path)
        assert (result.status, result.out) == (2, "")
        assert "a.xml ville blive overskrevet" in result.err
        assert (tmp_path / "a.xml").read_bytes() == before


def test_an_output_that_cannot_be_written(apd_command: Apd, tmp_path: Path) -> None:
    result = apd_command("rules", "9ac6", "-o", tmp_path / "nowhere" / "out", "--lang", "en")
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("apd: cannot write ")


def test_what_fails_leaves_no_output(apd_command: Apd, tmp_path: Path) -> None:
    result = apd_command("series", "FREQ=NEVER", *SERIES[2:], "-o", tmp_path / "out")
    assert result.status == 2
    assert list(tmp_path.iterdir()) == []


REPORTED = [
    # what is called, and whether the notes stand on standard output
    (["series", "FREQ=DAILY", *SERIES[2:]], False),
    (["plan", "--register", "none.db", "--key", "key", "examples/bookings.json"], False),
    (["generate", "-o", "made"], True),
    (["anonymise", "-o", "copy.xml", NURSE], True),
]


@pytest.mark.parametrize(("call", "on_output"), REPORTED)
def test_quiet_leaves_out_what_is_neither_result_nor_error(
    apd_command: Apd, project: Path, call, on_output: bool
) -> None:
    forced = ["--force"] if call[0] == "generate" else []
    stated = apd_command(*call, *forced, cwd=project)
    quiet = apd_command(*call, *forced, "-q", cwd=project)
    assert (stated.status, quiet.status, quiet.err) == (0, 0, "")
    assert quiet.out == ("" if on_output else stated.out)
    assert stated.out if on_output else stated.err


def test_quiet_keeps_errors(apd_command: Apd, tmp_path: Path) -> None:
    for call in (["show", "none.xml"], ["validate", "none.xml"], ["series", "FREQ=NEVER"]):
        stated = apd_command(*call, cwd=tmp_path)
        assert stated.status == 2
        assert apd_command(*call, "--quiet", cwd=tmp_path) == stated != (2, "", "")


def test_the_forms_of_a_protocol(monkeypatch, apd_command: Apd) -> None:
    monkeypatch.delitem(sys.modules, "examples.certified_system", raising=False)
    given = ["certify", "--publisher", "examples.certified_system:publish", "--type", "1"]
    result = apd_command(*given, "--now", "2026-11-02T09:31", "--format", "html", "--lang", "en")
    assert result.status == 0
    assert result.out.startswith("<!DOCTYPE html>")
