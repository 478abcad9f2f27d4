"""The versions of Aftaleoversigten, and what stood on a day."""

import datetime

import pytest

from apd.rules.catalogue import rules_of_the_library, stands_since
from apd.standard.business_rules import BUSINESS_RULES, business_rule
from apd.standard.edition import VERSIONS, Edition, edition_on, version_on
from apd.standard.requirement import ERRATA_DATE

DAY = datetime.timedelta(1)
SINCE = Edition.V2_0.since


@pytest.mark.parametrize(
    ("day", "version", "edition"),
    [
        (datetime.date(2020, 1, 5), None, "1.0"),
        (datetime.date(2020, 1, 6), "1.0", "1.0"),
        (datetime.date(2025, 3, 20), "1.0.10", "1.0"),
        (datetime.date(2025, 6, 24), "1.0.12", "1.0"),
        (datetime.date(2025, 6, 25), "2.0", "2.0"),
        (datetime.date(2099, 1, 1), "2.0", "2.0"),
    ],
)
def test_the_version_on_a_day(day, version, edition) -> None:
    assert (version_on(day), edition_on(day)) == (version, edition)


def test_versions_follow_each_other() -> None:
    assert list(VERSIONS.values()) == sorted(VERSIONS.values())
    assert [one.since for one in Edition] == [VERSIONS["1.0.12"], VERSIONS["2.0"]]


def test_the_current_edition_is_that_of_the_last_version() -> None:
    last = max(VERSIONS.values())
    assert edition_on(last) is Edition.CURRENT


@pytest.mark.parametrize("row", BUSINESS_RULES, ids=lambda row: row.id)
def test_a_sentence_stands_on_the_days_on_which_its_edition_has_it(row) -> None:
    for edition in Edition:
        assert row.stands_on(edition.since) is row.stands_in(edition)
    assert not row.stands_on(row.since - DAY)


def test_what_was_struck_stood_until_then() -> None:
    struck = [row.id for row in BUSINESS_RULES if not row.stands_on(SINCE)]
    assert struck == ["Type 5", "R4", "R6", "R7"]
    assert business_rule("R6").stands_on(SINCE - DAY)


@pytest.mark.parametrize(("id", "reworded"), [("#8", "2025-06-20"), ("#10", "2025-03-21")])
def test_what_was_reworded_is_not_at_hand(id, reworded) -> None:
    day = datetime.date.fromisoformat(reworded)
    assert business_rule(id).is_at_hand_on(day - DAY)
    assert not business_rule(id).is_at_hand_on(day)


RULES = {rule.id: rule for rule in rules_of_the_library()}


@pytest.mark.parametrize(
    ("rule", "since"),
    [
        ("CONF-DK-APD:9245", ERRATA_DATE),  # errata item 5
        ("BR-PROTECTED-HOME", VERSIONS["1.0.8"]),
        ("BR-F1-PERFORMER", datetime.date(2023, 1, 1)),
        ("SET-SERIES-REASON", VERSIONS["1.0.5"]),
        ("CONF-DK-APD:cdc3", None),
        ("XML-DTD", None),
    ],
)
def test_since_when_a_rule_stands(rule, since) -> None:
    assert stands_since(RULES[rule]) == since
