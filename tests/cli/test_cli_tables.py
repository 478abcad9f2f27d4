"""Rows in columns: aligned text in a pipe, a table that keeps within a terminal."""

import re
import sys

import pytest

from apd.cli.views.tables import write_table

ROWS = [("a", "a sentence of several words that go on"), ("longer", "two words")]


def test_in_a_pipe_lines_are_not_broken(capfd: pytest.CaptureFixture[str]) -> None:
    write_table(ROWS, header=("NAME", "WORDS"))
    sys.stdout.flush()
    assert capfd.readouterr().out.splitlines() == [
        "NAME    WORDS",
        "a       a sentence of several words that go on",
        "longer  two words",
    ]


def test_nothing_is_written_of_no_rows(capfd: pytest.CaptureFixture[str]) -> None:
    write_table([], header=("NAME", "WORDS"))
    sys.stdout.flush()
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize("header", [(), ("NAME", "WORDS")])
def test_on_a_terminal_words_are_broken_and_names_are_not(
    header: tuple[str, ...],
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "30")
    monkeypatch.setenv("TERM", "xterm")
    write_table([*ROWS, ("[b]", ":smile: is text")], header)
    sys.stdout.flush()
    written = re.sub(r"\x1b\[\d*m", "", capfd.readouterr().out)  # headings are bold
    lines = [line.rstrip() for line in written.splitlines()]
    assert max(map(len, lines)) <= 30
    assert lines == [
        *(["NAME    WORDS"] if header else []),
        "a       a sentence of several",
        "        words that go on",
        "longer  two words",
        "[b]     :smile: is text",  # neither markup nor emoji
    ]
