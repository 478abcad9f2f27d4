"""``apd validate --baseline``: only what is new counts."""

import json
from pathlib import Path

import pytest

from apd.cli.app import run
from tests.cli.inside import documents_in

KNOWN = "known.json"
OPTIONS = ("--lang", "en", "--baseline", KNOWN)


@pytest.fixture
def folder(tmp_path, monkeypatch, documents, capsys) -> Path:
    """Documents with findings that are known: one of a document, and one of a file."""
    good = (documents / "home-nurse.xml").read_bytes()
    (tmp_path / "bad.xml").write_bytes(good.replace(b'"DK"', b'"SE"'))
    (tmp_path / "empty.xml").write_bytes(b"")
    (tmp_path / "visit.xml").write_bytes((documents / "hospital-visit.xml").read_bytes())
    monkeypatch.chdir(tmp_path)
    assert run(["validate", ".", *OPTIONS, "--update-baseline"]) == 0
    assert "Findings: new: 2, known: 0, gone: 0" in capsys.readouterr().out
    return tmp_path


def test_what_is_known_does_not_count(folder, capsys) -> None:
    assert run(["validate", "."]) == 1
    capsys.readouterr()
    assert run(["validate", ".", *OPTIONS]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Documents: 3, without findings: 3, with findings: 0, not checked: 0",
        "Findings: new: 0, known: 2, gone: 0",
    ]


def test_what_is_new_counts_and_what_is_gone_is_reported(folder, capsys) -> None:
    bad = (folder / "bad.xml").read_bytes()
    (folder / "renamed.xml").write_bytes(bad.replace(b'"SE"', b'"DK"').replace(b'"WP"', b'"QQ"', 1))
    (folder / "bad.xml").unlink()
    assert run(["validate", ".", *OPTIONS]) == 1
    stated = capsys.readouterr().out
    assert "CONF-DK-APD:cdc3-CODE" in stated.partition("gone: ")[2]
    assert stated.splitlines()[-1] == "Findings: new: 1, known: 1, gone: 1"
    assert run(["validate", ".", *OPTIONS, "--update-baseline"]) == 0
    assert run(["validate", ".", *OPTIONS]) == 0


def test_every_format_reports_it(folder, capsys) -> None:
    (folder / "empty.xml").write_bytes(b"{}")
    assert run(["validate", ".", *OPTIONS, "--format", "json"]) == 1
    out = capsys.readouterr().out
    states = [one["baseline"] for form in documents_in(out) for one in form["findings"]]
    assert states == ["known", "new"]
    assert json.loads(out.splitlines()[0])["settings"]["baseline"] == KNOWN
    assert json.loads(out.splitlines()[-1])["type"] == "gone"
    assert run(["validate", ".", *OPTIONS, "--format", "sarif"]) == 1
    [sarif] = json.loads(capsys.readouterr().out)["runs"]
    assert [one["baselineState"] for one in sarif["results"]] == ["unchanged", "new"]
    assert len(sarif["properties"]["gone"]) == 1
    assert run(["validate", ".", *OPTIONS, "--format", "junit"]) == 1
    assert 'failures="1"' in capsys.readouterr().out


def test_the_settings_file_may_name_it(folder, monkeypatch, capsys) -> None:
    (folder / "apd.toml").write_text(f'baseline = "{KNOWN}"\nlanguage = "en"', encoding="utf-8")
    (folder / "in").mkdir()
    monkeypatch.chdir(folder / "in")
    assert run(["validate", "../visit.xml", "../bad.xml", "--format", "json"]) == 0
    head = json.loads(capsys.readouterr().out.splitlines()[0])
    assert head["settings"]["baseline"] == f"../{KNOWN}"


def test_what_was_not_looked_at_stays(folder, capsys) -> None:
    before = (folder / KNOWN).read_bytes()
    (folder / "bad.xml").write_bytes(b"")
    assert run(["validate", "visit.xml", *OPTIONS, "--update-baseline"]) == 0
    assert run(["validate", "empty.xml", *OPTIONS, "--layer", "schema", "--update-baseline"]) == 0
    assert (folder / KNOWN).read_bytes() == before


def test_documents_that_are_wrong_together_are_known(folder, capsys) -> None:
    (folder / "copy.xml").write_bytes((folder / "visit.xml").read_bytes())
    assert run(["validate", ".", *OPTIONS]) == 1
    assert run(["validate", ".", *OPTIONS, "--update-baseline"]) == 0
    assert run(["validate", ".", *OPTIONS, "--jobs", "1"]) == 0
    before = (folder / KNOWN).read_bytes()
    assert run(["validate", ".", *OPTIONS, "--no-compare", "--update-baseline"]) == 0
    assert (folder / KNOWN).read_bytes() == before
    (folder / "copy.xml").rename("other.xml")
    assert run(["validate", ".", *OPTIONS]) == 0


def test_a_report_is_taken_up_with_it(folder, capsys) -> None:
    for _ in range(2):
        assert run(["validate", ".", *OPTIONS, "--resume-from", "report.jsonl"]) == 0
    assert len(documents_in((folder / "report.jsonl").read_bytes())) == 3


WRONG = [
    (["--update-baseline"], "--update-baseline requires --baseline FILE"),
    (["--baseline", "nowhere.json"], "nowhere.json: There is no such file."),
    (["--baseline", "bad.xml"], "bad.xml is not a baseline"),
    (["--baseline", KNOWN, "--update-baseline", "--resume-from", "r"], "--update-baseline"),
]


@pytest.mark.parametrize(("options", "message"), WRONG)
def test_what_is_refused(folder, capsys, options, message) -> None:
    assert run(["validate", ".", "--lang", "en", *options]) == 2
    assert message in capsys.readouterr().err


def test_nothing_personal_is_in_the_file(folder) -> None:
    text = (folder / KNOWN).read_text("ascii")
    (line,) = (line for line in text.splitlines() if "cdc3" in line)
    assert json.loads(line.rstrip(",")) == {
        "documents": ["6428e508-041a-5c01-925e-3f6fbbe540d9"],
        "rule": "CONF-DK-APD:cdc3-CODE",
        "place": "/ClinicalDocument/realmCode/@code",
        "fingerprint": json.loads(line.rstrip(","))["fingerprint"],
    }
