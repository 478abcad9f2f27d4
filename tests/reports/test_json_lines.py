"""The report as JSON Lines."""

import json
from typing import Any

from attrs import evolve
from jsonschema import Draft202012Validator

from apd.findings import Severity
from apd.reports.checked import Checked, Ending, Known
from apd.reports.formats import json_lines
from apd.rules.catalogue import rules_of_the_library
from apd.rules.settings import Settings, rule_set
from tests.places import ROOT
from tests.reports.making import DOCUMENTS, context, finding, rule

SCHEMA = Draft202012Validator(json.loads((ROOT / "docs" / "report.schema.json").read_text("utf-8")))
RULES = {rule.id: rule for rule in rules_of_the_library()}
GONE = Known(("a.xml",), "T-1", "/ClinicalDocument/author", "0" * 32)


def forms(documents=DOCUMENTS, **changes: Any) -> list[Any]:
    """The lines of a report, each found to be valid by the schema."""
    made = [json.loads(line) for line in json_lines(documents, context(**changes))]
    for form in made:
        SCHEMA.validate(form)
    return made


def test_one_object_a_document_with_the_same_keys_in_the_same_order() -> None:
    header, *documents = forms()
    keys = {name: SCHEMA.schema["$defs"][name]["required"] for name in SCHEMA.schema["$defs"]}
    assert list(header) == keys["header"]
    assert [form["file"] for form in documents] == [checked.name for checked in DOCUMENTS]
    assert all(list(form) == keys["document"] for form in documents)
    assert all(list(found) == keys["finding"] for form in documents for found in form["findings"])


def test_the_header_states_by_what_it_was_made() -> None:
    own = rule("OUR-1", check=lambda view: [])
    settings = Settings(off={"BR-HOME"}, severities={"BR-8": "error"}, rules=[own], edition="1.0")
    reported = {"rule_set": rule_set(settings), "layers": ("xml",), "date": "2026-11-02"}
    (header,) = forms((), fail_on=Severity.WARNING, strict=True, baseline="known.json", **reported)
    assert header["settings"] == {
        "off": ["BR-HOME"],
        "severity": {"BR-8": "error"},
        "own_rules": ["OUR-1"],
        "as_release": False,
        "layers": ["xml"],
        "fail_on": "warning",
        "strict": True,
        "schema": None,
        "baseline": "known.json",
    }
    assert header["rules"] == {
        "count": len(RULES),  # one fewer, and one of our own
        "digest": rule_set(settings).digest,
    }
    assert (header["edition"], header["release"], header["date"]) == ("1.0", "2.0.1", "2026-11-02")
    assert (header["tool_version"], header["version"]) == ("1.2.3", 1)


def test_other_rules_have_another_digest() -> None:
    settings = [
        Settings(),
        Settings(off={"BR-HOME"}),
        Settings(severities={"BR-HOME": "information"}),
        Settings(rules=[rule("OUR-1", check=lambda view: [])]),
        Settings(edition="1.0"),
    ]
    assert len({rule_set(one).digest for one in settings}) == len(settings)


def test_what_is_gone_comes_last() -> None:
    *_, gone = forms(ending=Ending(gone=(GONE,)))
    assert gone == {
        "type": "gone",
        "documents": ["a.xml"],
        "rule": "T-1",
        "place": "/ClinicalDocument/author",
        "fingerprint": "0" * 32,
    }


def test_its_content() -> None:
    _, form = forms(DOCUMENTS[1:2], language="da")
    fingerprints = [found.pop("fingerprint") for found in form["findings"]]
    assert len({*fingerprints}) == 2
    assert form == {
        "file": "a folder/bad.xml",
        "set": False,
        "others": [],
        "checked": True,
        "passed": False,
        "problem": None,
        "document": None,
        "findings": [
            {
                "rule": "T-1",
                "conformance": ["T-1"],
                "layer": "profile",
                "severity": "error",
                "message": "Skal være <her> & nu.",
                "remedy": "Gør det.",
                "path": "/ClinicalDocument/author[2]",
                "field": None,
                "line": 7,
                "column": 5,
                "also_at": [],
                "source": "Side 7",
                "explanation": None,
                "baseline": None,
            },
            {
                "rule": "T-2",
                "conformance": ["T-2"],
                "layer": "profile",
                "severity": "warning",
                "message": "Skal være <her> & nu.",
                "remedy": "Gør det.",
                "path": None,
                "field": None,
                "line": None,
                "column": None,
                "also_at": [],
                "source": None,
                "explanation": None,
                "baseline": None,
            },
        ],
    }


def test_what_passes() -> None:
    for fail_on, passed in (
        (Severity.ERROR, [True, False, False, False, True, False]),
        (Severity.WARNING, [True, False, False, False, False, False]),
        (Severity.INFORMATION, [True, False, False, False, False, False]),
    ):
        _, *documents = forms(fail_on=fail_on)
        assert [form["passed"] for form in documents] == passed


def test_what_is_known_does_not_count() -> None:
    known = evolve(DOCUMENTS[1], known=(True, False))
    _, form = forms([known])
    assert form["passed"]
    assert [found["baseline"] for found in form["findings"]] == ["known", "new"]


def test_a_rule_of_the_library_is_explained_in_the_documentation() -> None:
    checked = Checked("a.xml", (finding("BR-HOME"),))
    _, form = forms([checked], documentation="https://docs.example/apd")
    address = "https://docs.example/apd/rules/aftaleoversigten/#br-home"
    assert form["findings"][0]["explanation"] == address


def test_nothing_that_a_terminal_would_obey() -> None:
    whole = "".join(json_lines(DOCUMENTS, context()))
    assert "\u202e" not in whole
    assert "æ&\\u202e.xml" in whole
    assert "".join(json_lines(DOCUMENTS, context(ascii_only=True))).isascii()
