"""A report written by itself, as who validates from Python asks for it."""

import json
import subprocess
import sys

import pytest
from lxml import etree

import apd
from apd.rules.settings import Settings
from tests.places import ROOT
from tests.reports.making import rule
from tests.reports.sarif_shape import check
from tests.reports.test_json_lines import SCHEMA

BAD = (ROOT / "examples" / "documents" / "home-nurse.xml").read_bytes().replace(b'"DK"', b'"SE"')
OWN = rule("OUR-1", check=lambda view: [view.document])
REPORTS = [
    apd.validate(BAD),
    apd.validate(BAD, language="da", settings=Settings(off={"BR-HOME"}, rules=[OWN])),
    apd.validate(b""),
    apd.validate(apd.loads(BAD)),
    apd.Report(),
]


@pytest.mark.parametrize("report", REPORTS)
def test_json_is_what_the_schema_states(report: apd.Report) -> None:
    reported = json.loads(report.to_json("a.xml"))
    SCHEMA.validate(reported)
    assert reported["file"] == "a.xml"
    assert [one["message"] for one in reported["findings"]] == [
        one.message for one in report.findings
    ]
    assert [one["remedy"] for one in reported["findings"]] == [
        one.remedy for one in report.findings
    ]
    assert reported["passed"] is report.is_valid


@pytest.mark.parametrize("report", REPORTS)
def test_sarif_and_junit(report: apd.Report) -> None:
    form = json.loads(report.to_sarif("a.xml"))
    check(form)
    [run] = form["runs"]
    assert [one["ruleId"] for one in run["results"]] == [one.rule for one in report.findings]
    assert all("ruleIndex" in one for one in run["results"])
    (case,) = etree.fromstring(report.to_junit("a.xml").encode())[0]
    assert (case.find("failure") is None) is report.is_valid


def test_the_header_states_by_which_settings_it_was_judged() -> None:
    reported = json.loads(REPORTS[1].to_json())["header"]
    assert (reported["settings"]["off"], reported["settings"]["own_rules"]) == (
        ["BR-HOME"],
        ["OUR-1"],
    )
    assert reported["language"] == "da"


def test_the_language_may_be_another() -> None:
    reported = json.loads(REPORTS[0].to_json(language="da"))
    assert reported["findings"][0]["message"] == REPORTS[0].findings[0].wording.da


def test_numbers_in_the_name_of_a_file_are_hidden() -> None:
    for text in (one("251248-9996.xml") for one in (REPORTS[0].to_json, REPORTS[0].to_junit)):
        assert "9996" not in text


def test_the_formats_are_imported_when_somebody_asks() -> None:
    program = "import sys, apd.findings; print(*(n for n in sys.modules if n.startswith('apd.')))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True
    )
    assert not [name for name in done.stdout.split() if ".reports" in name or ".rules" in name]
