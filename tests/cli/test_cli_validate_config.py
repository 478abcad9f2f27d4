"""``apd validate``: what ``[tool.apd]`` of pyproject.toml says."""

import json
import sys
from pathlib import Path

import pytest

from apd.cli.app import run
from tests.cli.inside import documents_in

RULE = "CONF-DK-APD:cdc3"  # realmCode is DK


@pytest.fixture
def folder(tmp_path, documents) -> Path:
    """A document that breaks one clause, in a directory below the one that is configured."""
    good = (documents / "home-nurse.xml").read_bytes()
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bad.xml").write_bytes(good.replace(b'"DK"', b'"SE"'))
    (tmp_path / "house_rules.py").write_text(HOUSE, encoding="utf-8")
    (tmp_path / "any.xsd").write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"/></xs:schema>',
        encoding="utf-8",
    )
    return tmp_path


# what is configured, the options, the exit status, and what the report says
CONFIGURED = [
    ("", [], 1, "fejl"),
    (f'off = ["{RULE}"]', [], 0, "intet at bemærke"),
    ('off = ["cdc3"]', [], 0, "intet at bemærke"),
    (f'off = ["{RULE}"]', ["--severity", f"{RULE}=warning"], 0, "advarsel"),
    (f'severity = {{"{RULE}" = "warning"}}', [], 0, "advarsel"),
    (f'severity = {{"{RULE}" = "warning"}}', ["--severity", f"{RULE}=error"], 1, "fejl"),
    (f'severity = {{"{RULE}" = "warning"}}', ["--off", RULE], 0, "intet at bemærke"),
    (f'fail-on = "warning"\nseverity = {{"{RULE}" = "warning"}}', [], 1, "advarsel"),
    (f'severity = {{"{RULE}" = "warning"}}', ["--fail-on", "warning"], 1, "advarsel"),
    (
        f'fail-on = "warning"\nseverity = {{"{RULE}" = "warning"}}',
        ["--fail-on", "error"],
        0,
        "advarsel",
    ),
    ('language = "en"', [], 1, "error"),
    ('language = "en"', ["--lang", "da"], 1, "fejl"),
    ('schema = "any.xsd"', [], 1, "[XSD-"),
    ('layers = ["business"]', [], 0, "intet at bemærke"),
    ('layers = ["business"]', ["--layer", "profile"], 1, "fejl"),
    ('rules = ["house_rules:RULES"]', ["--off", "cdc3"], 0, "[OUR-VERSION]"),
    ('rules = ["house_rules:ONE"]', ["--off", "cdc3"], 0, "[OUR-VERSION]"),
    ('rules = ["house_rules:ONE"]\noff = ["our-version", "cdc3"]', [], 0, "intet at bemærke"),
    ('rules = ["house_rules:ONE"]', ["--off", "our-version", "--off", "cdc3"], 0, "intet at"),
    ('rules = ["house_rules:ONE"]\nseverity = {"OUR-VERSION" = "error"}', [], 1, "OUR-VERSION"),
]
HOUSE = """
from attrs import evolve

from apd.findings import Layer, Severity
from apd.rules.rule import Rule
from apd.wording import Wording

ONE = Rule(
    id="OUR-VERSION",
    layer=Layer.BUSINESS,
    severity=Severity.WARNING,
    source="Our guide",
    wording=Wording("Vores.", "Ours."),
    explanation=Wording("", ""),
    remedy=Wording("", ""),
    check=lambda view: [view.document],
)
RULES = [ONE]
WRONG = evolve(ONE, check=lambda view: 1 / 0)
"""


@pytest.mark.parametrize(("table", "options", "status", "message"), CONFIGURED)
def test_configured(folder, monkeypatch, capsys, table, options, status, message) -> None:
    (folder / "pyproject.toml").write_text(f"[tool.apd]\n{table}\n", encoding="utf-8")
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.delitem(sys.modules, "house_rules", raising=False)
    monkeypatch.chdir(folder / "in")  # in this process, as it is so much
    assert run(["validate", "bad.xml", *options]) == status
    out, err = capsys.readouterr()
    assert (message in out, err) == (True, "")


def test_a_file_without_the_table_is_passed_by(apd_command, folder) -> None:
    (folder / "pyproject.toml").write_text(f'[tool.apd]\noff = ["{RULE}"]\n', encoding="utf-8")
    (folder / "in" / "pyproject.toml").write_text("[tool.other]\n", encoding="utf-8")
    assert apd_command("validate", "bad.xml", cwd=folder / "in").status == 0


def test_a_file_that_is_named(apd_command, folder) -> None:
    (folder / "pyproject.toml").write_text("[tool.apd]\nlanguage = 1\n", encoding="utf-8")
    (folder / "own.toml").write_text(f'[tool.apd]\noff = ["{RULE}"]\n', encoding="utf-8")
    result = apd_command("validate", "in/bad.xml", "--config", "own.toml", cwd=folder)
    assert (result.status, result.err) == (0, "")


def test_a_rule_that_raises_is_named(folder, monkeypatch, capsys) -> None:
    (folder / "apd.toml").write_text('rules = ["house_rules:WRONG"]', encoding="utf-8")
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.delitem(sys.modules, "house_rules", raising=False)
    monkeypatch.chdir(folder / "in")
    assert run(["validate", "bad.xml", "--lang", "en"]) == 2
    message = "The rule OUR-VERSION cannot be checked: its check raised ZeroDivisionError"
    assert capsys.readouterr().err == f"apd: bad.xml: {message}\n"


@pytest.mark.parametrize("name", ["apd.toml", "house.toml"])
def test_a_file_of_its_own_needs_no_table(apd_command, folder, name) -> None:
    (folder / "pyproject.toml").write_text("[tool.apd]\nlanguage = 1\n", encoding="utf-8")
    (folder / name).write_text(f'off = ["{RULE}"]\nlanguage = "en"\n', encoding="utf-8")
    named = [] if name == "apd.toml" else ["--config", name]
    result = apd_command("validate", "in/bad.xml", *named, cwd=folder)
    assert (result.status, result.err) == (0, "")
    assert named or result.out == "in/bad.xml: nothing found\n"


def test_which_files_of_a_directory_are_looked_at(folder, monkeypatch, capsys) -> None:
    bad = (folder / "in" / "bad.xml").read_bytes()
    for name in ("A.XML", "b.cda", "c.txt"):
        (folder / "in" / name).write_bytes(bad)
    monkeypatch.chdir(folder)
    for patterns, count in (('"*.xml"', 2), ('"*.xml", "*.CDA"', 3), ('"in/*.cda"', 1)):
        (folder / "apd.toml").write_text(f"files = [{patterns}]", encoding="utf-8")
        assert run(["validate", "in", "--no-compare", "--format", "json"]) == 1
        assert len(documents_in(capsys.readouterr().out)) == count
    (folder / "apd.toml").write_text("", encoding="utf-8")
    assert run(["validate", "in", "--no-compare"]) == 1


# --- every file must be a document -----------------------------------------------------------


@pytest.mark.parametrize("by", ["option", "file"])
def test_strict(folder, monkeypatch, capsys, documents, by) -> None:
    """With --apd-only as well, as the hook has it: each file fails by what it is."""
    good = (documents / "home-nurse.xml").read_text("utf-8")
    broken = {**BROKEN, **broken_of(good)}
    (folder / "in" / "bad.xml").unlink()
    for name, data in broken.items():
        (folder / "in" / name).write_bytes(data)
    monkeypatch.chdir(folder)
    if by == "file":
        (folder / "apd.toml").write_text("strict = true", encoding="utf-8")
    options = ["--strict"] if by == "option" else []
    command = ["validate", "in", "--apd-only", "--no-compare", "--format", "json"]
    assert run([*command, *options]) == 1
    out = capsys.readouterr().out
    failed = {Path(one["file"]).name for one in documents_in(out) if not one["passed"]}
    assert failed == {*broken}
    assert all(one["findings"][0]["layer"] == "xml" for one in documents_in(out))
    assert json.loads(out.splitlines()[0])["settings"]["strict"]


BROKEN = {"empty.xml": b"", "page.xml": b"<html><body/></html>", "other.xml": b"<project/>"}


def broken_of(good: str) -> dict[str, bytes]:
    """An appointment document in ways that nobody reads it."""
    broken = {
        "blank.xml": "\n" + good,
        "no-namespace.xml": good.replace(' xmlns="urn:hl7-org:v3"', ""),
        "other-namespace.xml": good.replace("urn:hl7-org:v3", "urn:hl7-org:v2"),
        "small.xml": good.replace("ClinicalDocument", "clinicalDocument"),
        "other-template.xml": good.replace("1.2.208.184.14.", "1.2.208.184.15."),
        "envelope.xml": "<Envelope>" + good.partition("?>")[2] + "</Envelope>",
        "upper.XML": "",
    }
    in_utf_32 = good.replace("UTF-8", "UTF-32").encode("utf-32")
    return {**{name: text.encode() for name, text in broken.items()}, "utf-32.xml": in_utf_32}
