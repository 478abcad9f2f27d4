"""The rules as a table: ids, wordings, every clause there is, and the page made from it."""

import re
from pathlib import Path

import pytest

from apd.findings import Layer
from apd.sor.register_rules import every_rule
from apd.standard.requirement import Requirement
from docs.generators.rules import GROUPS, group_of, main, pages
from tests.places import ROOT, SHARED

RULES = every_rule()
_PROFILE = SHARED / "reference" / "apd-profile.md"


def test_ids_are_unique() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_the_pages_are_current() -> None:
    kept = {name: (ROOT / "docs" / name).read_text("utf-8") for name in pages()}
    assert kept == pages()
    assert {path.stem for path in (ROOT / "docs" / "rules").glob("*.md")} == {
        group.page for group in GROUPS
    }


def test_the_pages_are_written_where_it_is_asked_for(tmp_path: Path) -> None:
    main(tmp_path / "docs")

    assert (tmp_path / "docs" / "rules.md").read_text(encoding="utf-8") == pages()["rules.md"]


def test_each_rule_stands_on_the_page_of_its_group_alone() -> None:
    made = pages()
    for rule in RULES:
        holding = [name for name, text in made.items() if f"\n## {rule.id}\n" in text]
        assert holding == [f"rules/{group_of(rule).page}.md"]


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_a_rule_states_what_it_must(rule: Requirement) -> None:
    texts = [rule.wording, rule.explanation, rule.remedy]

    assert all(text.da and text.en and text.da != text.en for text in texts)
    assert all(text.da[-1] == text.en[-1] == "." for text in texts)
    assert rule.source
    assert len(rule.conformance) == len(set(rule.conformance))


def test_the_layers_are_all_there() -> None:
    assert {rule.layer for rule in RULES} == set(Layer)


@pytest.mark.skipif(not _PROFILE.is_file(), reason="the profile is not beside the repository")
def test_every_clause_of_the_profile_has_a_rule() -> None:
    text = _PROFILE.read_text(encoding="utf-8")
    part = text[text.index("## D. ") : text.index("## E. ")]
    ids = set()
    for row in re.findall(r"^\| ((?:APD|CONF)[^|]*) \|", part, re.MULTILINE):
        first, *more = row.split(", ")
        ids.add(first.replace("APD:", "CONF-DK-APD:") if first.startswith("APD") else first)
        ids |= {first.rpartition(":")[0] + ":" + one for one in more}

    assert len(ids) == 139
    assert ids - {one for rule in RULES for one in rule.conformance} == set()
