"""The table of business rules: who names whom, and what each edition says."""

import importlib.util
import re

import pytest

from apd.findings import Layer
from apd.publication import Ground
from apd.rules.catalogue import rules_of_the_library
from apd.standard.business_rule import BusinessRule, Strength
from apd.standard.business_rules import (
    BUSINESS_RULES,
    business_rule,
    sentences_seen_by,
    source_of,
)
from apd.standard.edition import Edition
from tests.places import LIBRARY, ROOT

RULES = rules_of_the_library()
NUMBERED = {f"{letter}{number}" for letter in "R#" for number in range(1, 11)}
STRUCK = {"R4", "R6", "R7"}


def test_every_sentence_of_the_sources_is_there_once() -> None:
    ids = [row.id for row in BUSINESS_RULES]
    types = {f"Type {number}" for number in range(1, 6)}
    assert {*NUMBERED, *types, "Table 3", *(f"F{number}" for number in range(1, 6))} <= set(ids)
    assert len(set(ids)) == len(ids)
    assert business_rule("R6") in BUSINESS_RULES


@pytest.mark.parametrize("row", BUSINESS_RULES, ids=lambda row: row.id)
def test_a_sentence_names_rules_and_modules_that_there_are(row: BusinessRule) -> None:
    assert {rule.id for rule in RULES}.issuperset(row.rules)
    assert all(importlib.util.find_spec(module) for module in row.kept_by)
    assert row.rules or row.kept_by or row.unseen
    assert row.wording.da and row.wording.en
    assert 0 < len(row.quotation.split()) <= 6


def test_every_business_rule_has_its_source_from_its_sentences() -> None:
    business = [rule for rule in RULES if rule.layer is Layer.BUSINESS]
    assert {rule.id.split("-")[0] for rule in business} == {"BR", "SET"}
    for rule in business:
        assert sentences_seen_by(rule.id), rule.id
        assert rule.source.startswith(source_of(rule.id))


@pytest.mark.parametrize("row", BUSINESS_RULES, ids=lambda row: row.id)
def test_every_citation_names_its_edition(row: BusinessRule) -> None:
    """Rules #1 to #10 are cited as in 1.0.10: what they say since is not known."""
    editions = {"#": "1.0.10", "F": "2023"}
    expected = editions.get(row.id[0], "1.0.12" if row.id in STRUCK else "2.0")
    assert row.edition_to == expected
    assert f" {expected}, " in row.citation


def test_what_2_0_struck_stands_in_1_0_alone() -> None:
    ended = {row.id for row in BUSINESS_RULES if not row.stands_in(Edition.CURRENT)}
    assert ended == {*STRUCK, "Type 5"}
    assert {business_rule(id).strength_in(Edition.V1_0) for id in STRUCK} == {Strength.MUST}
    assert business_rule("Type 5").strength_in(Edition.V1_0) is Strength.NO_LONGER
    assert business_rule("R10").strength_in(Edition.V1_0) is Strength.MAY


def test_an_edition_is_known_by_its_number() -> None:
    assert Edition("1.0") is Edition.V1_0
    assert Edition("2.0") is Edition.V2_0 is Edition.CURRENT
    assert list(Edition) == ["1.0", "2.0"]


def test_whatever_cites_them_names_an_edition() -> None:
    """In the texts of the library, and so in what is made of them."""
    no_edition = re.compile(r"Aftaleoversigten,? (?:rules?|tables?|types?|[R#]\d)")
    for file in LIBRARY.rglob("*.py"):
        assert no_edition.findall(file.read_text("utf-8")) == [], file
    for ground in Ground:
        assert ground.source is None or re.search(r" (1\.0\.10|2023), ", ground.source)


def test_the_page_of_series_states_in_which_editions_they_stand() -> None:
    page = (ROOT / "docs" / "series.md").read_text("utf-8")
    reported = dict(re.findall(r"^\| (R\d+) \| [^|]+ \| ([^|]+) \|", page, re.MULTILINE))
    assert reported == {
        row.id: ", ".join(edition for edition in Edition if row.stands_in(edition))
        for row in BUSINESS_RULES
        if row.id.startswith("R")
    }
