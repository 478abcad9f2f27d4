"""Every rule has a document that breaks it and one that does not, each a small edit away."""

import pytest

from apd.cda.xml import MAX_BYTES
from apd.rules.catalogue import rules_of_the_library
from apd.validation import validate, validate_all
from tests.rules.broken import DOCTYPE, edits
from tests.rules.editing import edited, valid
from tests.rules.series import SETS, TOGETHER

EDITS = edits()
ROWS = [
    (rule, mark, edit) for rule, marks in EDITS.items() for mark in marks for edit in marks[mark]
]

REFUSED: dict[str, bytes | str] = {
    "XML-SYNTAX": b"<ClinicalDocument>",
    "XML-ENCODING": "<ClinicalDocument>\ud800</ClinicalDocument>",
    "XML-DTD": DOCTYPE + b"<ClinicalDocument/>",
    "XML-SIZE": b" " * (MAX_BYTES + 1),
    "XML-DEPTH": b"<a>" * 300 + b"</a>" * 300,
}


def rules_found(data: bytes) -> set[str]:
    return {finding.rule for finding in validate(data).findings}


def test_the_valid_document_breaks_no_rule() -> None:
    assert validate(valid()).findings == ()


def test_every_rule_has_a_document_that_breaks_it() -> None:
    shown = {rule for rule, marks in EDITS.items() if marks["-"]} | set(REFUSED) | set(SETS)

    assert shown == {rule.id for rule in rules_of_the_library()}


@pytest.mark.parametrize(("rule", "mark", "edit"), ROWS, ids=[f"{m} {r}" for r, m, _ in ROWS])
def test_an_edit_breaks_the_rule_or_does_not(rule: str, mark: str, edit: str) -> None:
    found = rules_found(edited(edit))

    assert (rule in found) is (mark == "-"), found


@pytest.mark.parametrize("rule", REFUSED)
def test_what_is_refused_is_not_looked_at_further(rule: str) -> None:
    assert [finding.rule for finding in validate(REFUSED[rule]).findings] == [rule]


@pytest.mark.parametrize("rule", SETS)
def test_a_set_breaks_the_rule(rule: str) -> None:
    documents, together = SETS[rule]
    found = validate_all(documents).findings

    assert [one.documents for one in found if one.finding.rule == rule] == together


def test_a_set_in_order_breaks_no_rule() -> None:
    reports = validate_all(TOGETHER)

    assert [report.findings for report in reports] == [()] * len(TOGETHER)
    assert reports.findings == ()
    assert reports.is_valid
