"""Errors and findings: what they say, and how."""

import pickle

import pytest
from attrs import evolve

import apd
from apd.wording import Wording

FINDING = apd.Finding(
    rule="X-1",
    layer=apd.Layer.XML,
    wording=Wording("Det er galt.", "It is wrong."),
    path="/ClinicalDocument/id",
    line=7,
)


@pytest.mark.parametrize("error", [apd.InvalidValue, apd.ParseError, apd.InvalidDocument])
def test_every_error_is_one_of_ours(error: type[Exception]) -> None:
    assert issubclass(error, apd.ApdError)


def test_an_invalid_value_is_a_value_error() -> None:
    error = apd.InvalidValue("Address.city", "is empty", "give a city")
    assert isinstance(error, ValueError)
    assert str(error) == "Address.city is empty: give a city"
    assert (error.field, error.problem, error.expected) == error.args


def test_a_finding_speaks_danish_and_english() -> None:
    assert FINDING.message == "It is wrong."
    assert evolve(FINDING, language="da").message == "Det er galt."


@pytest.mark.parametrize(
    ("finding", "places"),
    [
        (FINDING, ("/ClinicalDocument/id", "line 7")),
        (evolve(FINDING, line=None), ("/ClinicalDocument/id",)),
        (evolve(FINDING, path=""), ("line 7",)),
        (evolve(FINDING, path="", line=None), ()),
    ],
)
def test_a_finding_says_what_and_where(finding: apd.Finding, places: tuple[str, ...]) -> None:
    assert str(finding).startswith("X-1: It is wrong.")
    assert all(place in str(finding) for place in places)
    assert ("line" in str(finding)) == (finding.line is not None)


@pytest.mark.parametrize(("count", "more"), [(1, ""), (5, ""), (6, "; and 1 more")])
@pytest.mark.parametrize("kind", [apd.ParseError, apd.InvalidDocument])
def test_an_error_with_many_findings_says_the_first(
    kind: type[apd.ParseError | apd.InvalidDocument], count: int, more: str
) -> None:
    error = kind([FINDING] * count)
    assert len(error.findings) == count
    assert str(error).count("X-1") == min(count, 5)
    assert str(error).endswith(more)


@pytest.mark.parametrize(
    "error",
    [apd.InvalidValue("a", "b", "c"), apd.ParseError([FINDING]), apd.InvalidDocument([FINDING])],
    ids=lambda error: type(error).__name__,
)
def test_errors_can_be_sent_to_another_process(error: apd.ApdError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert str(copy) == str(error)
    assert type(copy) is type(error)


@pytest.mark.parametrize(
    ("severities", "is_valid"),
    [
        ([], True),
        ([apd.Severity.INFORMATION, apd.Severity.WARNING], True),
        ([apd.Severity.WARNING, apd.Severity.ERROR], False),
    ],
)
def test_only_an_error_makes_a_document_invalid(
    severities: list[apd.Severity], is_valid: bool
) -> None:
    report = apd.Report(evolve(FINDING, severity=severity) for severity in severities)
    assert report.is_valid is is_valid


def test_severities_compare_by_weight() -> None:
    error, warning, information = apd.Severity
    assert sorted([error, information, warning]) == [information, warning, error]
    assert error >= warning > information
    assert not warning >= error
    assert max(apd.Severity) is error
