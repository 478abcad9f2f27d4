"""Every rule has a document that breaks it and one that does not, each a small edit away."""

import pytest

from apd.rules.catalogue import rules_of_the_library
from apd.rules.element_paths import attribute_name
from apd.rules.rule import Rule
from apd.testing.defects import consequences, defects, is_of_set, with_defect
from apd.validation import validate, validate_all
from tests.rules.broken import edits
from tests.rules.editing import edited, valid, valid_document
from tests.rules.series import SETS, TOGETHER

EDITS = edits()
RULES = [one for one in rules_of_the_library() if isinstance(one, Rule)]
ROWS = [
    (rule, mark, edit) for rule, marks in EDITS.items() for mark in marks for edit in marks[mark]
]


def rules_found(data: bytes | str) -> set[str]:
    return {finding.rule for finding in validate(data).findings}


def test_the_valid_document_breaks_no_rule() -> None:
    assert validate(valid()).findings == ()


def test_every_rule_has_a_defect() -> None:
    assert defects() == tuple(rule.id for rule in rules_of_the_library())


@pytest.mark.parametrize("rule", [rule for rule in defects() if not is_of_set(rule)])
def test_a_defect_breaks_its_rule_and_no_other_but_what_follows(rule: str) -> None:
    found = rules_found(with_defect(valid_document(), rule))

    assert found == {rule, *consequences(rule)}


@pytest.mark.parametrize("rule", [one.id for one in RULES if one.attribute])
def test_a_finding_points_at_the_attribute_that_is_wrong(rule: str) -> None:
    (attribute,) = {one.attribute for one in RULES if one.id == rule}
    found = validate(with_defect(valid_document(), rule)).findings

    assert any(
        one.rule == rule and one.path.endswith(f"/@{attribute_name(attribute)}") for one in found
    )


@pytest.mark.parametrize(("rule", "mark", "edit"), ROWS, ids=[f"{m} {r}" for r, m, _ in ROWS])
def test_an_edit_breaks_the_rule_or_does_not(rule: str, mark: str, edit: str) -> None:
    found = rules_found(edited(edit))

    assert (rule in found) is (mark == "-"), found


def test_a_text_with_half_a_character_is_refused() -> None:
    assert rules_found("<ClinicalDocument>\ud800</ClinicalDocument>") == {"XML-ENCODING"}


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
