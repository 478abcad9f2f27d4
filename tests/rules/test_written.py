"""What the library writes breaks no rule that is an error, in any layer."""

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

import apd
from apd.findings import Severity
from apd.testing.strategies import documents
from apd.validation import validate, without_lines
from tests.cda.editing import SECTION, XSI, edited, give, replace


@given(documents())
def test_what_is_written_is_valid(document: apd.AppointmentDocument) -> None:
    findings = validate(apd.dumps(document)).findings

    assert [found for found in findings if found.severity is Severity.ERROR] == []


@given(documents(complete=False))
def test_any_document_can_be_validated(document: apd.AppointmentDocument) -> None:
    validate(document)


# What was read and is put back ---------------------------------------------------------------

TEXTS = [
    "<text>Kom fastende</text>",
    "<text/>",
    '<text><list><item>Kom <content ID="t1">fastende</content></item></list></text>',
    "<text>Kom<br/> fastende</text>",
    "<text><p>Kom fastende</p></text>",
    "<text><table><tbody/></table></text>",
    '<text><content ID="1">Kom</content></text>',
    '<text><content ID="a">Kom</content><content ID="a">fastende</content></text>',
    '<text language="da">Kom</text>',
    '<text nullFlavor="NI"/>',
    '<text><v:p xmlns:v="urn:v">Kom</v:p></text>',
    '<text xsi:type="ED">Kom</text>',
]
ATTRIBUTES = ["schemaLocation", "noNamespaceSchemaLocation", "type", "nil"]
HINTS = st.dictionaries(st.sampled_from(ATTRIBUTES), st.sampled_from(["urn:a b", "ED", "true"]))


@given(documents(), st.sampled_from(TEXTS), HINTS)
def test_the_check_of_what_is_written_sees_what_validating_sees(
    document: apd.AppointmentDocument, text: str, hints: dict[str, str]
) -> None:
    """Also where it looks at pieces that no rule speaks of, and not at the whole document."""
    stated = {f"{{{XSI}}}{name}": value for name, value in hints.items()}
    data = edited(apd.dumps(document), replace(f"{SECTION}/text", text), give("", **stated))
    read = apd.loads(data)
    written = apd.dumps(read, check=False)
    errors = [f for f in validate(written).findings if f.severity is Severity.ERROR]
    event(f"{len(errors)} errors, {len(read.unmapped)} pieces")
    if not errors:
        assert apd.dumps(read) == written
        return
    with pytest.raises(apd.InvalidDocument) as caught:
        apd.dumps(read)
    assert set(caught.value.findings) == set(without_lines(errors))
