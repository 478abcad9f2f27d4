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


@pytest.fixture
def on_terminal(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """Lines as a terminal of so many columns has them."""

    def written(columns: int, rows, header=()) -> list[str]:
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setenv("TERM", "xterm")
        write_table(rows, header)
        sys.stdout.flush()
        text = re.sub(r"\x1b\[\d*m", "", capfd.readouterr().out)  # headings are bold
        lines = [line.rstrip() for line in text.splitlines()]
        assert max(map(len, lines)) <= columns
        return lines

    return written


STRANGE = ("[b]", ":smile: is text")  # neither markup nor emoji


@pytest.mark.parametrize("header", [(), ("NAME", "WORDS")])
def test_on_a_terminal_words_are_broken_and_names_are_not(on_terminal, header) -> None:
    assert on_terminal(36, [*ROWS, STRANGE], header) == [
        *(["NAME    WORDS"] if header else []),
        "a       a sentence of several words",
        "        that go on",
        "longer  two words",
        "[b]     :smile: is text",
    ]


def test_on_a_narrow_terminal_rows_are_stacked(on_terminal) -> None:
    assert on_terminal(28, [*ROWS, STRANGE]) == [
        *("a", "  a sentence of several", "  words that go on"),
        *("longer", "  two words"),
        *("[b]", "  :smile: is text"),
    ]
    assert on_terminal(28, ROWS, ("NAME", "WORDS")) == [
        *("NAME: a", "  WORDS: a sentence of", "  several words that go on"),
        *("NAME: longer", "  WORDS: two words"),
    ]


LONG = [
    ("bde1ef1c-b1d3-5034-8ac5-7099df55c7bc", "2026-03-12 07:00", "A reason of quite a few words"),
    ("CONF-DK-APD:9ac6", "", "An explanation that is longer than any terminal is wide " * 3),
]


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("header", [(), ("ID", "STARTS", "WHY")])
def test_nothing_is_lost_at_any_width(on_terminal, columns, header) -> None:
    text = " ".join(on_terminal(columns, LONG, header)).split()
    for row in LONG:
        for cell in row:
            assert set(cell.split()) <= set(text)
