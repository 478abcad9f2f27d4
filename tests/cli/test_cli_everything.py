"""All commands: nothing is lost on a narrow terminal, and nothing is in another language."""

import re
from collections import Counter
from pathlib import Path

import pytest

from apd.cli.commands import COMMANDS
from apd.sor.register_rules import every_rule
from apd.text.reports import cited
from tests.cli.everything import (
    OF_DOCUMENTS,
    RESULTS,
    TERMINALS,
    calls,
    captured,
    plain,
    prepare,
    result_of,
)
from tests.cli.inside import call_inside

HELPS = ["", *(f"{name} --help" for name in COMMANDS)]
CALLS = {
    "of all": [*HELPS, *RESULTS, *OF_DOCUMENTS],
    "of errors": [call for call in calls() if call not in {*HELPS, *RESULTS, *OF_DOCUMENTS}],
}


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the calls are made."""
    made = tmp_path_factory.mktemp("everything")
    prepare(made)
    return made


# --- terminals -------------------------------------------------------------------------------


def test_what_terminals_show_is_as_captured() -> None:
    """``python -m tests.cli.everything`` captures it anew."""
    assert captured() == TERMINALS.read_text("utf-8")


def words(text: str) -> Counter[str]:
    """The words of what was written, however its lines were broken."""
    text = re.sub("[│╭╮╰╯─━]", " ", text).replace(" \\\n", " ")
    text = re.sub(r"(?<=\w)-\s+", "-", text)  # a line may end after a hyphen
    return Counter(stripped for word in text.split() if (stripped := word.strip(":,")))


@pytest.mark.parametrize("language", ["da", pytest.param("en", marks=pytest.mark.slow)])
@pytest.mark.parametrize("columns", [60, pytest.param(80, marks=pytest.mark.slow)])
@pytest.mark.parametrize("of", ["of all", pytest.param("of errors", marks=pytest.mark.slow)])
def test_nothing_is_lost_on_a_narrow_terminal(directory, of, columns, language) -> None:
    """Every word is there, whole: ids, dates, codes. Rows that are stacked repeat their titles."""
    for call in CALLS[of]:
        wide = words(plain(result_of(call, directory, language, 120)))
        narrow = words(plain(result_of(call, directory, language, columns)))
        assert not wide - narrow, call
        assert narrow.keys() == wide.keys(), call


@pytest.mark.slow
@pytest.mark.parametrize("of", CALLS)
def test_a_colour_changes_no_word(directory, of) -> None:
    for call in CALLS[of]:
        coloured = result_of(call, directory, "da", 80, colour=True)
        without = result_of(call, directory, "da", 80)
        assert plain(coloured) == plain(without), call
        assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", without.out), call


def test_there_are_colours_where_they_are_wanted(directory) -> None:
    for call in (
        "validate wrong.xml",
        "overview examples/documents/home-nurse.xml --now 2026-01-01T09:00",
    ):
        coloured = result_of(call, directory, "da", 80, colour=True)
        assert re.search(r"\x1b\[[0-9;]*3[0-7]m", coloured.out)


def test_an_empty_no_color_is_none(directory, monkeypatch) -> None:
    """https://no-color.org: where it is there and not empty."""
    monkeypatch.setenv("NO_COLOR", "")
    shown = call_inside(monkeypatch, "validate", "wrong.xml", cwd=directory, columns=80).out
    assert re.search(r"\x1b\[[0-9;]*3[0-7]m", shown)


# --- languages -------------------------------------------------------------------------------

_ENGLISH = """
the and of are was were been not with without from this that these its has must missing given
which where when than there cannot only each does exist exists valid invalid least most more
another into them they but should such whose who what how because before until since file
"""
_DANISH = """
og eller ikke af uden fra som skal kan findes filen mappen angiv hvis hvor når det der et på til
ved blev være fejl mangler advarsel ingen intet dette denne disse hver alle kun mere mindst højst
anden andre også efter før hvem hvad hvordan fordi bliver vises
"""
ENGLISH, DANISH = frozenset(_ENGLISH.split()), frozenset(_DANISH.split())
"""Words of one language that are none of the other, and stand in no name."""
QUOTED = ("Dato og tidspunkt", "patient og sundhedsperson")
"""What stands in a document word for word, whatever the language of the run."""
_WORD = re.compile(r"(?<![\w/.=<>'\"\[|-])[A-Za-zÆØÅæøå]+(?![\w/='\"|\]-]|\.\w)")


def of_language(text: str, foreign: frozenset[str]) -> list[str]:
    """The lines that have a word of another language; names of options and files are none."""
    return [
        line
        for line in re.sub("--[a-z-]+", "", text).splitlines()
        if not any(quoted in line for quoted in QUOTED)
        and foreign & {word for word in _WORD.findall(line) if not word.isupper()}
    ]


def in_all_cases(foreign: frozenset[str]) -> frozenset[str]:
    return foreign | frozenset(map(str.capitalize, foreign))


@pytest.mark.parametrize("of", ["of all", pytest.param("of errors", marks=pytest.mark.slow)])
def test_what_is_written_in_danish_has_no_english(directory, of) -> None:
    wrong = {
        call: lines
        for call in CALLS[of]
        if (lines := of_language(_prose(call, directory, "da"), in_all_cases(ENGLISH)))
    }
    assert wrong == {}


@pytest.mark.parametrize("of", ["of all", pytest.param("of errors", marks=pytest.mark.slow)])
def test_what_is_written_in_english_has_no_danish(directory, of) -> None:
    """But for what documents and the national value sets say, which is Danish."""
    wrong = {
        call: lines
        for call in CALLS[of]
        if call not in OF_DOCUMENTS
        if (lines := of_language(_prose(call, directory, "en"), in_all_cases(DANISH)))
    }
    assert wrong == {}


def _prose(call: str, directory: Path, language: str) -> str:
    """What is said, without the examples of a help, which are typed."""
    result = result_of(call, directory, language, 120)
    return re.sub(r"(?s)\n(Eksempler|Examples):\n.*", "\n", plain(result))


def test_a_source_is_cited_in_danish() -> None:
    sources = {cited(rule.source, "da") for rule in every_rule()}
    assert of_language("\n".join(sources), ENGLISH | {"table", "item", "rule"}) == []
    assert all(cited(rule.source, "en") == rule.source for rule in every_rule())


@pytest.mark.parametrize(
    ("text", "foreign", "is_found"),
    [
        ("filen is missing", ENGLISH, True),
        ("Missing filen", ENGLISH, True),
        ("apd: found.jsonl: filen findes ikke", ENGLISH, False),
        ("--from og FROM", ENGLISH, False),
        ("the file er tom", DANISH, False),
        ("the file findes ikke", DANISH, True),
    ],
)
def test_what_a_word_of_another_language_is(text, foreign, is_found) -> None:
    assert bool(of_language(text, in_all_cases(foreign))) == is_found
