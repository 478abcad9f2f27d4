"""The report as JSON Lines."""

import json

from apd.findings import Severity
from apd.reports.json_lines import json_lines
from tests.reports.making import DOCUMENTS, context

KEYS = ["file", "set", "others", "checked", "passed", "problem", "findings"]
FINDING_KEYS = ["rule", "conformance", "layer", "severity", "message", "remedy", "path", "line"]


def test_one_object_a_document_with_the_same_keys_in_the_same_order() -> None:
    forms = [json.loads(line) for line in json_lines(DOCUMENTS, context())]
    assert [form["file"] for form in forms] == [checked.name for checked in DOCUMENTS]
    assert all(list(form) == KEYS for form in forms)
    assert all(
        list(found) == [*FINDING_KEYS, "source"] for form in forms for found in form["findings"]
    )


def test_what_it_says() -> None:
    form = json.loads(next(json_lines(DOCUMENTS[1:2], context(language="da"))))
    assert form == {
        "file": "a folder/bad.xml",
        "set": False,
        "others": [],
        "checked": True,
        "passed": False,
        "problem": None,
        "findings": [
            {
                "rule": "T-1",
                "conformance": ["T-1"],
                "layer": "profile",
                "severity": "error",
                "message": "Skal være <her> & nu.",
                "remedy": "Gør det.",
                "path": "/ClinicalDocument/author[2]",
                "line": 7,
                "source": "Side 7",
            },
            {
                "rule": "T-2",
                "conformance": ["T-2"],
                "layer": "profile",
                "severity": "warning",
                "message": "Skal være <her> & nu.",
                "remedy": "Gør det.",
                "path": None,
                "line": None,
                "source": None,
            },
        ],
    }


def test_what_passes() -> None:
    for fail_on, passed in (
        (Severity.ERROR, [True, False, False, False, True, False]),
        (Severity.WARNING, [True, False, False, False, False, False]),
        (Severity.INFORMATION, [True, False, False, False, False, False]),
    ):
        lines = json_lines(DOCUMENTS, context(fail_on=fail_on))
        assert [json.loads(line)["passed"] for line in lines] == passed


def test_nothing_that_a_terminal_would_obey() -> None:
    whole = "".join(json_lines(DOCUMENTS, context()))
    assert "\u202e" not in whole
    assert "æ&\\u202e.xml" in whole
    assert "".join(json_lines(DOCUMENTS, context(ascii_only=True))).isascii()
