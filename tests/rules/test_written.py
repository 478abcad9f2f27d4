"""What the library writes breaks no rule that is an error, in any layer."""

from hypothesis import given

import apd
from apd.finding import Severity
from apd.testing.strategies import documents
from apd.validation import validate


@given(documents())
def test_what_is_written_is_valid(document: apd.AppointmentDocument) -> None:
    findings = validate(apd.dumps(document)).findings

    assert [found for found in findings if found.severity is Severity.ERROR] == []


@given(documents(complete=False))
def test_any_document_can_be_validated(document: apd.AppointmentDocument) -> None:
    validate(document)
