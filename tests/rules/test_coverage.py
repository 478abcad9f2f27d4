"""The page that tells clause by clause what is checked."""

import importlib.util
import re

from apd.rules.catalogue import rules_of_the_library
from apd.rules.coverage import main, page
from apd.rules.demands import DEMANDS
from tests.places import ROOT

RULES = rules_of_the_library()


def test_the_page_is_what_the_rules_say(tmp_path) -> None:
    main(tmp_path / "coverage.md")
    assert (tmp_path / "coverage.md").read_text("utf-8") == page()
    assert (ROOT / "docs" / "coverage.md").read_text("utf-8") == page()


def test_every_clause_and_every_rule_of_ours_is_on_it() -> None:
    for rule in RULES:
        for clause in rule.conformance:
            assert f"| `{clause}` |" in page()
    assert {rule.id for rule in RULES if rule.id.startswith(("BR-", "SET-"))} <= set(
        re.findall(r"\[([A-Z0-9-]+)\]\(rules\.md", page())
    )


def test_every_demand_names_rules_and_rooms_that_there_are() -> None:
    known = {rule.id for rule in RULES}
    for demand in DEMANDS:
        assert known.issuperset(demand.rules)
        assert all(importlib.util.find_spec(room) for room in demand.made_by)
        assert demand.rules or demand.made_by or demand.unseen


def test_every_demand_of_the_sources_is_there() -> None:
    numbered = [f"R{n}" for n in range(1, 11)] + [f"#{n}" for n in range(1, 11)]
    assert {*numbered, *(f"F{n}" for n in range(1, 6))} <= {demand.id for demand in DEMANDS}
