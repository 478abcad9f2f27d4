"""The functions of the library and what they give can be sent to other processes."""

import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

import apd
from apd.findings import Layer, Severity
from apd.rules.rule import Rule
from apd.rules.settings import Settings
from apd.testing import assert_valid_apd
from apd.validation import findings_by_key, set_keys, validate_with_keys
from apd.wording import Wording
from tests.places import ROOT

DOCUMENTS = sorted((ROOT / "examples" / "documents").glob("*.xml"))
DEVIATING = (
    (ROOT / "examples" / "documents" / "home-nurse.xml")
    .read_bytes()
    .replace(b'"DK"', b'"SE"')
    .replace(b"<title>", b"<extra/><title>", 1)
)
FUNCTIONS = [
    *(apd.load, apd.loads, apd.dump, apd.dumps, apd.validate, apd.validate_all),
    *(validate_with_keys, set_keys, findings_by_key, assert_valid_apd),
]


def again(value: object) -> object:
    """A value as another process gets it."""
    return pickle.loads(pickle.dumps(value))


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_functions(function) -> None:
    assert again(function) is function


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_documents(path) -> None:
    document = apd.load(path)
    assert again(document) == document
    assert apd.dumps(again(document)) == path.read_bytes()


@pytest.mark.parametrize("is_asked", [False, True])
def test_what_is_beyond_the_model_goes_along(is_asked) -> None:
    """Whether somebody has asked for it before or not."""
    document = apd.loads(DEVIATING)
    if is_asked:
        assert len(document.unmapped) > 1
    other = again(document)
    assert other == document
    assert other.unmapped == document.unmapped
    assert apd.dumps(other, check=False) == apd.dumps(document, check=False)


def test_reports_and_findings() -> None:
    report, keys = validate_with_keys(DEVIATING, key=bytes(16), language="da")
    assert again(report) == report
    assert again(keys) == keys
    assert len(report.findings) > 1
    for finding in report.findings:
        assert again(finding) == finding
        assert again(finding).message == finding.message


def _broken(index: object) -> list[object]:
    return []


def test_settings() -> None:
    rule = Rule(
        id="OUR-RULE",
        layer=Layer.BUSINESS,
        severity=Severity.WARNING,
        source="Our guide",
        wording=Wording("Nej.", "No."),
        explanation=Wording("", ""),
        remedy=Wording("", ""),
        check=_broken,
    )
    settings = Settings(off={"BR-SOR-2"}, severities={"BR-TEXT-PLACE": "error"}, rules=[rule])
    assert again(settings) == settings


def test_other_processes() -> None:
    """Started afresh, as on another machine; and the same comes of it as here."""
    data = [DEVIATING, *(path.read_bytes() for path in DOCUMENTS[:3])]
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        assert list(pool.map(apd.validate, data)) == list(map(apd.validate, data))
        assert list(pool.map(apd.loads, data)) == list(map(apd.loads, data))
        assert list(pool.map(apd.validate, map(Path, DOCUMENTS[:3]))) == [apd.Report()] * 3


ERRORS = [
    (apd.loads, b"<"),
    (apd.dumps, apd.loads(DEVIATING)),
    (apd.CprNumber, "x"),
]


def test_errors_come_back_from_other_processes() -> None:
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        for function, value in ERRORS:
            with pytest.raises(apd.ApdError) as here:
                function(value)
            with pytest.raises(type(here.value)) as there:
                pool.submit(function, value).result()
            assert str(there.value) == str(here.value)
            assert getattr(there.value, "findings", ()) == getattr(here.value, "findings", ())
