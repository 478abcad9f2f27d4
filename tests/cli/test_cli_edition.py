"""``--edition`` of Aftaleoversigten, and ``--as-release`` of DK-APD: what is judged by."""

import json
from pathlib import Path

import pytest

import apd
from apd.cli.app import run
from apd.testing.synthetic import Selection, as_released, document
from tests import samples
from tests.change.test_diff import HOME, REPEATING
from tests.cli.inside import documents_in
from tests.rules.series import SETS


@pytest.fixture
def series(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three documents of a series, the last of them at another place."""
    for number, data in enumerate(SETS["SET-SERIES-LOCATION"][0]):
        (tmp_path / f"{number}.xml").write_bytes(data)
    monkeypatch.chdir(tmp_path)


# what is configured, the options, the exit status, and the severity that is told
JUDGED = [
    ("", [], 0, "information"),
    ("", ["--edition", "2.0"], 0, "information"),
    ("", ["--edition", "1.0"], 1, "error"),
    ('edition = "1.0"', [], 1, "error"),
    ('edition = "1.0"', ["--edition", "2.0"], 0, "information"),
    ('severity = {"SET-SERIES-LOCATION" = "warning"}', ["--edition", "1.0"], 0, "warning"),
]


@pytest.mark.parametrize(("table", "options", "status", "severity"), JUDGED)
def test_documents_are_judged_by_it(series, capsys, table, options, status, severity) -> None:
    Path("pyproject.toml").write_text(f"[tool.apd]\n{table}\n", encoding="utf-8")
    documents = ["0.xml", "1.xml", "2.xml"]
    assert run(["validate", *documents, "--format", "json", *options]) == status
    out, err = capsys.readouterr()
    (together,) = [form for form in documents_in(out) if form["set"]]
    (finding,) = together["findings"]
    assert (finding["rule"], finding["severity"], err) == ("SET-SERIES-LOCATION", severity, "")
    assert finding["source"].startswith("Aftaleoversigten 1.0.12, ")


def test_a_document_is_judged_by_its_own_release(tmp_path, capsys) -> None:
    made = document(1, 1, Selection(release=apd.Release.V1_1))
    old = tmp_path / "old.xml"
    old.write_bytes(as_released(made))
    assert run(["validate", str(old), "--format", "json"]) == 1
    assert run(["validate", str(old), "--format", "json", "--as-release"]) == 0
    header, line = map(json.loads, capsys.readouterr().out.splitlines()[-2:])
    assert header["settings"]["as_release"] is True
    assert [one["rule"] for one in line["findings"]] == ["APD-RELEASE"]


def test_an_edition_that_there_is_not(series, capsys) -> None:
    assert run(["validate", "0.xml", "--edition", "1.0.12"]) == 2
    Path("pyproject.toml").write_text("[tool.apd]\nedition = 1.0\n", encoding="utf-8")
    assert run(["validate", "0.xml"]) == 2
    stated = capsys.readouterr().err.splitlines()
    assert "'1.0.12' er ikke en af '2.0', '1.0'" in stated[0]
    assert "edition: skal være en af '1.0', '2.0'" in stated[1]


@pytest.mark.parametrize(("edition", "rules"), [("2.0", []), ("1.0", ["R6"])])
def test_a_change_is_judged_by_it(tmp_path, capsys, edition, rules) -> None:
    old, new = tmp_path / "old.xml", tmp_path / "new.xml"
    moved = samples.appointment(repetition=REPEATING.appointment.repetition, location=HOME)
    apd.dump(REPEATING, old)
    apd.dump(samples.document(appointment=moved), new)
    assert run(["diff", str(old), str(new), "--json", "--edition", edition]) == 1
    reported = json.loads(capsys.readouterr().out)
    assert [one["rule"] for one in reported["consequences"]] == rules
    assert [one["source"] for one in reported["consequences"]] == ["Aftaleoversigten 1.0.12"] * len(
        rules
    )


@pytest.mark.parametrize(("edition", "severity"), [("2.0", "information"), ("1.0", "error")])
def test_rules_weigh_what_they_do_by_it(capsys, edition, severity) -> None:
    assert run(["rules", "set-series-reason", "--format", "json", "--edition", edition]) == 0
    assert json.loads(capsys.readouterr().out)["severity"] == severity
