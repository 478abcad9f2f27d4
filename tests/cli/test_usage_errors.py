"""A wrong call is answered in the language of the run, click's own words too."""

import os
import shutil
from pathlib import Path

import pytest

from apd.cli.app import run
from tests.places import ROOT

CALLS = [
    (["nope"], "der er ingen kommando 'nope' (se apd --help)"),
    (["overvew"], "der er ingen kommando 'overvew'. Mente du 'overview'? (se apd --help)"),
    (["help", "valdate"], "der er ingen kommando 'valdate'. Mente du 'validate'? (se apd --help)"),
    (["show"], "mangler argumentet 'FILE...' (se apd show --help)"),
    (["show", "--nope", "x"], "der er ingen indstilling '--nope' (se apd show --help)"),
    (["show", "--html"], "indstillingen '--html' kræver en værdi"),
    (["show", "--json=1", "x"], "indstillingen '--json' tager ingen værdi"),
    (["build", "a", "b"], "der er et argument for meget (b) (se apd build --help)"),
    (["build", "a", "b", "c"], "der er argumenter for meget (b c) (se apd build --help)"),
    (
        ["show", "--lang", "se", "x"],
        "ugyldig værdi for '--lang': 'se' er ikke en af 'da', 'en' (se apd show --help)",
    ),
    (
        ["validate", "--jobs", "x", "y"],
        "ugyldig værdi for '--jobs': 'x' er ikke et heltal (se apd validate --help)",
    ),
    (
        ["validate", "--jobs", "0", "y"],
        "ugyldig værdi for '--jobs': 0 er ikke i intervallet 1<=x<=",
    ),
    (
        ["rules", "--layr", "xml"],
        "der er ingen indstilling '--layr'. (Mente du en af disse: '--lang', '--layer'?)",
    ),
]


NUMBER = "2512489996"
WITH_A_NUMBER = [
    [NUMBER],
    ["help", NUMBER],
    ["show", f"--{NUMBER}", "x"],
    ["show", "--lang", NUMBER, "x"],
    ["validate", "--off", NUMBER, "x"],
    ["validate", "--series", "251248-9996", "x"],
    ["build", "a", NUMBER],
    ["overview", "--now", NUMBER, "x"],
]


@pytest.mark.parametrize("call", WITH_A_NUMBER, ids=range(len(WITH_A_NUMBER)))
def test_a_number_of_a_person_is_not_repeated(capsys, call) -> None:
    assert run(call) == 2
    assert "9996" not in capsys.readouterr().err


SETTINGS = ['"{}" = 1', 'off = ["{}"]', 'rules = ["{}:x"]', '[tool.apd.severity]\n"{}" = "x"']


@pytest.mark.parametrize("settings", SETTINGS)
def test_nor_is_one_in_the_settings(tmp_path, capsys, settings) -> None:
    file = tmp_path / "apd.toml"
    file.write_text(f"[tool.apd]\n{settings.format(NUMBER)}\n", "utf-8")
    assert run(["validate", "--config", str(file), str(file)]) == 2
    error = capsys.readouterr().err
    assert "251248-****" in error
    assert NUMBER not in error


@pytest.fixture(autouse=True)
def no_language_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in the environment chooses."""
    monkeypatch.delenv("APD_LANG", raising=False)


@pytest.mark.parametrize(("call", "message"), CALLS)
def test_in_danish(capsys, call, message) -> None:
    assert run(call) == 2
    assert capsys.readouterr().err.startswith(f"apd: {message}")


@pytest.mark.parametrize("call", [call for call, _ in CALLS if "se" not in call])
def test_in_english(monkeypatch, capsys, call) -> None:
    monkeypatch.setenv("APD_LANG", "en")
    assert run(call) == 2
    stated = capsys.readouterr().err
    assert any(
        word in stated
        for word in ("no such", "missing", "invalid", "requires", "not take", "unexpected")
    )


@pytest.mark.parametrize("language", ["da", "en"])
def test_help_is_a_command(monkeypatch, capsys, language) -> None:
    monkeypatch.setenv("APD_LANG", language)
    for words in ([], ["validate"], ["rules"]):
        assert run([*words, "--help"]) == 0
        by_option = capsys.readouterr().out
        assert run(["help", *words]) == 0
        assert capsys.readouterr().out == by_option


NURSE = f"{ROOT}/examples/documents/home-nurse.xml"
VISIT = f"{ROOT}/examples/documents/hospital-visit.xml"
XDS = ["xds", "--facility", "hospital", "--specialty", "urologi"]
EMPTY, ONCE = "the name of the file is empty", "standard input (-) can be specified only once"
A_FILE, A_DIRECTORY = (
    "cannot be used here; specify a file",
    "cannot be used here; specify a directory",
)
TWICE, OVERWRITES = "two things cannot be written to one file", "kept would be overwritten"

FILES = [
    (["show", ""], EMPTY),
    (["validate", NURSE, "-o", ""], EMPTY),
    (["anonymise", NURSE, "--secret", "x", "-o", ""], EMPTY),
    (["generate", "-o", ""], EMPTY),
    ([*XDS, NURSE, "--security", ""], EMPTY),
    (["plan", "--register", ""], EMPTY),
    (["show", "-", "-"], ONCE),
    (["validate", "-", NURSE, "-"], ONCE),
    (["overview", "-", "--patient-of", "-"], ONCE),
    (["bench", "compare", "-", "-"], ONCE),
    (["generate", "-o", "-"], A_DIRECTORY),
    (["plan", "--register", "r.db", "--key", "k", "--write", "-"], A_DIRECTORY),
    (["generate", "-o", "made", "--manifest", "-"], A_FILE),
    (["plan", "--register", "-"], A_FILE),
    (["validate", "-", "--baseline", "-"], A_FILE),
    (["validate", "-", "--config", "-"], A_FILE),
    (["validate", NURSE, "--resume-from", "-"], A_FILE),
    ([*XDS, "-", "--security", "-"], A_FILE),
    (["show", NURSE, "--html", "new", "-o", "new"], TWICE),
    (["overview", NURSE, "--html", "new", "-o", "./new"], TWICE),
    (["overview", NURSE, "--html", "new", "--ics", "new"], TWICE),
    (["overview", NURSE, "--patient-of", "kept", "-o", "kept"], OVERWRITES),
    (["overview", NURSE, "--deprecated", "kept", "--ics", "kept"], OVERWRITES),
    (["validate", NURSE, "--baseline", "kept", "-o", "kept"], OVERWRITES),
    (["validate", NURSE, "--schema", "kept", "-o", "kept"], OVERWRITES),
    (["validate", NURSE, "--sor", "kept", "-o", "kept"], OVERWRITES),
    (["validate", NURSE, "--config", "kept", "--resume-from", "kept"], OVERWRITES),
    (["validate", "--files-from", "kept", "-o", "kept"], OVERWRITES),
    (["plan", "--register", "none.db", "--key", "kept", "-o", "kept"], OVERWRITES),
    (["plan", "--register", "kept", "-o", "kept"], OVERWRITES),
    ([*XDS, NURSE, "--security", "kept", "-o", "kept"], OVERWRITES),
    (["bench", "score", "kept", "none", "-o", "kept"], OVERWRITES),
]
"""Calls whose files cannot go together, in a directory with the file ``kept``; what they say."""


def _call(value: object) -> str:
    return " ".join(value)[-40:] if isinstance(value, list) else str(value)


@pytest.mark.parametrize(("call", "message"), FILES, ids=_call)
def test_files_that_cannot_go_together(monkeypatch, capsys, tmp_path: Path, call, message) -> None:
    monkeypatch.setenv("APD_LANG", "en")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kept").write_text("of somebody", encoding="utf-8")
    assert run(call) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err
    assert captured.err.endswith(" --help)\n")
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [
        ("kept", "of somebody")
    ]


def test_a_report_may_be_in_the_directory_that_it_is_about(monkeypatch, tmp_path: Path) -> None:
    """As in CI, run after run; whoever shows a directory reads what is in it."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(NURSE, tmp_path)
    for _ in range(2):
        assert run(["validate", ".", "--format", "junit", "-o", "report.xml"]) == 0
    assert run(["roundtrip", ".", "-o", "report.xml"]) == 2


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="there is no /dev/fd")
def test_many_things_can_be_written_to_what_is_no_file(capsys) -> None:
    reading, writing = os.pipe()  # a link to it leads to no path
    with open(reading, "rb") as pipe:
        with open(writing, "wb"):
            assert run(["rules", "9ac6", "-o", f"/dev/fd/{writing}"]) == 0
        assert pipe.read() != b""
    assert run(["overview", NURSE, "--html", "/dev/null", "--ics", "/dev/null"]) == 0
    assert run(["rules", "9ac6", "-o", "/dev/stdout"]) == 0
    shown = capsys.readouterr().out
    assert run(["rules", "9ac6"]) == 0
    assert capsys.readouterr().out == shown != ""


def test_verdicts_come_from_standard_input(apd_command, tmp_path: Path) -> None:
    found = apd_command("validate", "--format", "json", NURSE, VISIT).out
    result = apd_command("bench", "scorecard", "-", stdin=found.encode())
    assert (result.status, result.err) == (0, "")
    (tmp_path / "found.jsonl").write_text(found, encoding="utf-8")
    assert apd_command("bench", "scorecard", tmp_path / "found.jsonl").out == result.out


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (
            ["validate", "--schema", "Nowhere.xsd", "A.xml"],
            "apd: Nowhere.xsd: Filen findes ikke.\n",
        ),
        (["validate", "Nowhere.xml"], "apd: Nowhere.xml: Filen findes ikke.\n"),
        (["series", "A.xml"], "apd: A.xml er en fil og ikke en regel; "),
        (["show", "A.xml", "-o", "A.xml"], "apd: A.xml ville blive overskrevet"),
    ],
)
def test_a_file_is_called_by_its_own_name(
    arguments: list[str],
    error: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "A.xml").write_text("<a/>", "utf-8")

    assert run([*arguments, "--lang", "da"]) == 2
    assert capsys.readouterr().err.startswith(error)
