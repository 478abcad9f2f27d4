"""The page that tells clause by clause what is checked."""

import re

from apd.rules.catalogue import rules_of_the_library
from docs.generators.coverage import main, page
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
        re.findall(r"\[([A-Z0-9-]+)\]\(rules/", page())
    )
