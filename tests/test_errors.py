"""Errors and findings: what they say, and how."""

import pickle

import pytest
from attrs import evolve

import apd
from apd.jsonform import JsonError
from apd.jsonform.problems import Kind, Problem
from apd.overview import NotAllowed
from apd.publication import RegisterError, SealError, WrongKeyError
from apd.series import SeriesRuleError
from apd.series.errors import NO_ID
from apd.testing.certification import ProducerError
from apd.wording import Wording
from apd.xds import SoapFault

FINDING = apd.Finding(
    rule="X-1",
    layer=apd.Layer.XML,
    wording=Wording("Det er galt.", "It is wrong."),
    path="/ClinicalDocument/id",
    line=7,
)


REFUSAL = apd.InvalidValue(
    "Address.city", Wording("er tom", "is empty"), Wording("angiv en by", "specify a city")
)


@pytest.mark.parametrize("error", [apd.InvalidValue, apd.ParseError, apd.InvalidDocument])
def test_every_error_is_one_of_ours(error: type[Exception]) -> None:
    assert issubclass(error, apd.ApdError)


def test_an_invalid_value_is_a_value_error() -> None:
    assert issubclass(apd.InvalidValue, ValueError)


def test_an_invalid_value_speaks_danish_and_english() -> None:
    assert str(REFUSAL) == REFUSAL.message() == "Address.city is empty: specify a city"
    assert REFUSAL.message("da") == "Address.city er tom: angiv en by"
    assert (REFUSAL.field, REFUSAL.problem, REFUSAL.expected) == REFUSAL.args


def test_what_would_be_right_may_be_stated_by_the_problem() -> None:
    error = apd.InvalidValue("city", Wording("skal være tekst", "must be text"))
    assert (str(error), error.message("da")) == ("city must be text", "city skal være tekst")


ERRORS = [
    REFUSAL,
    apd.InvalidArgument(Wording("loads() tager XML", "loads() takes XML")),
    apd.ParseError([FINDING] * 6),
    apd.InvalidDocument([FINDING]),
    JsonError([Problem("$.a", Kind.VALUE, Wording("er tom", "is empty"))] * 6),
    SeriesRuleError(NO_ID),
    SoapFault(("soap:Sender",), "Ida Egeskov is unknown"),
    NotAllowed(Wording("Det er ikke tilladt.", "It is not allowed.")),
    RegisterError(Wording("registret mangler", "the register is missing")),
    WrongKeyError(),
    SealError(),
    apd.RuleError("OUR-1", Wording("dens kontrol fejlede", "its check failed")),
    apd.SettingsError(Wording("nøglen findes ikke", "there is no such key")),
    ProducerError(Wording("kommandoen mangler", "the command is missing")),
]


def test_every_kind_of_error_is_tried() -> None:
    kinds = [apd.ApdError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    public = {kind for kind in kinds if not kind.__name__.startswith("_")} - {apd.ApdError}
    ours = {kind for kind in public if kind.__module__.startswith("apd.")}
    assert ours == {type(error) for error in ERRORS}


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_every_error_has_its_text_in_both_languages(error: apd.ApdError) -> None:
    assert str(error) == error.message("en") == error.wording.en
    assert error.message("da") == error.wording.da
    assert error.wording.da != error.wording.en


def test_many_findings_are_counted_in_both_languages() -> None:
    error = apd.ParseError([FINDING] * 7)
    assert error.message("en").endswith("line 7); and 2 more")
    assert error.message("da").endswith("linje 7); og 2 mere")


def test_what_a_receiver_writes_is_in_no_text_of_a_fault() -> None:
    fault = SoapFault(("soap:Sender",), "Ida Egeskov is unknown")
    assert "Ida" not in repr(fault) + str(fault) + fault.message("da")
    assert pickle.loads(pickle.dumps(fault)).reason == fault.reason


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
def test_a_finding_states_what_and_where(finding: apd.Finding, places: tuple[str, ...]) -> None:
    assert str(finding).startswith("X-1: It is wrong.")
    assert all(place in str(finding) for place in places)
    assert ("line" in str(finding)) == (finding.line is not None)


@pytest.mark.parametrize(("count", "more"), [(1, ""), (5, ""), (6, "; and 1 more")])
@pytest.mark.parametrize("kind", [apd.ParseError, apd.InvalidDocument])
def test_an_error_with_many_findings_states_the_first(
    kind: type[apd.ParseError | apd.InvalidDocument], count: int, more: str
) -> None:
    error = kind([FINDING] * count)
    assert len(error.findings) == count
    assert str(error).count("X-1") == min(count, 5)
    assert str(error).endswith(more)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_errors_can_be_sent_to_another_process(error: apd.ApdError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert str(copy) == str(error)
    assert copy.message("da") == error.message("da")
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
