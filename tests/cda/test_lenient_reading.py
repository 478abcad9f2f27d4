"""What other people write and still can be understood is read, and written back as it was."""

import datetime
import re
from collections.abc import Callable

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import apd
from apd.testing import strategies as apd_st
from tests import samples
from tests.cda.comparison import assert_same
from tests.cda.editing import (
    DOCUMENT,
    ENCOUNTER,
    HL7,
    SECTION,
    WRITTEN,
    XSI,
    edited,
    give,
    put_after,
    put_last,
    remove,
    say,
)

TEXT = WRITTEN.decode()
BODY = TEXT.partition("?>")[2].lstrip()


def declared(encoding: str) -> bytes:
    """The document in an encoding that its declaration names."""
    return f'<?xml version="1.0" encoding="{encoding}"?>\n{BODY}'.encode(encoding)


# Encodings -----------------------------------------------------------------------------------

ENCODINGS: dict[str, bytes | str] = {
    "UTF-8": WRITTEN,
    "UTF-8 with a byte order mark": b"\xef\xbb\xbf" + WRITTEN,
    "UTF-8 without a declaration": BODY.encode(),
    "UTF-16": declared("UTF-16"),
    "UTF-16 without a declaration": BODY.encode("UTF-16"),
    "ISO-8859-1": declared("ISO-8859-1"),
    "windows-1252": declared("windows-1252"),
    "US-ASCII with references": BODY.encode("ascii", "xmlcharrefreplace"),
    "standalone": WRITTEN.replace(b'"?>', b'" standalone="yes"?>', 1),
    "text": TEXT,
    "text without a declaration": BODY,
    "text that declares another encoding": f'<?xml version="1.0" encoding="UTF-16"?>{BODY}',
    "text with a byte order mark": "\ufeff" + TEXT,
    "CRLF": WRITTEN.replace(b"\n", b"\r\n"),
    "CR": WRITTEN.replace(b"\n", b"\r"),
    "one line": WRITTEN.replace(b"\n", b""),
}


@pytest.mark.parametrize("case", ENCODINGS)
def test_any_encoding(case: str) -> None:
    assert apd.loads(ENCODINGS[case]) == DOCUMENT


# Ways to write XML ---------------------------------------------------------------------------


def with_comments(data: bytes) -> bytes:
    """A comment and an instruction between tags, and a comment within a text."""
    between = re.sub(rb"(?<!\?)>\s*<", b"><!-- x --><?y z?><", data)
    return between.replace(b">Solveig", b">Sol<!-- x -->veig")


def with_prefix(data: bytes) -> bytes:
    """Every HL7 element under a prefix."""
    prefixed = re.sub(rb"<(/?)(?=[A-Za-z])", rb"<\1cda:", data)
    return prefixed.replace(b'xmlns="urn:hl7-org:v3"', b'xmlns:cda="urn:hl7-org:v3"')


def with_other_xsi_prefix(data: bytes) -> bytes:
    """Another prefix for the namespace of xsi:type."""
    return data.replace(b"xmlns:xsi=", b"xmlns:i=").replace(b"xsi:type", b"i:type")


def with_single_quotes(data: bytes) -> bytes:
    """Attributes in single quotes."""
    return data.replace(b'"', b"'")


def with_cdata(data: bytes) -> bytes:
    """Texts as CDATA sections."""
    return re.sub(rb"<(city|td|given)>([^<&]+)<", rb"<\1><![CDATA[\2]]><", data)


def with_long_tags(data: bytes) -> bytes:
    """Empty elements with an end tag, and white space inside of tags."""
    return re.sub(rb"<(\w+)( [^>]*)?/>", rb"<\1\n  \2 ></\1\n>", data)


def with_references(data: bytes) -> bytes:
    """Characters as references, decimal and hexadecimal."""
    return data.replace("ø".encode(), b"&#xF8;").replace("æ".encode(), b"&#230;")


def with_redeclared_namespaces(data: bytes) -> bytes:
    """The namespaces declared once more, further in."""
    return data.replace(b"<custodian ", f'<custodian xmlns="{HL7}" xmlns:i="{XSI}" '.encode())


STYLES: list[Callable[[bytes], bytes]] = [
    with_comments,
    with_other_xsi_prefix,
    with_single_quotes,
    with_cdata,
    with_long_tags,
    with_references,
    with_redeclared_namespaces,
]


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.__name__)
def test_any_way_to_write_xml(style: Callable[[bytes], bytes]) -> None:
    data = style(WRITTEN)
    assert data != WRITTEN
    document = apd.loads(data)
    assert evolve(document, source=None) == DOCUMENT
    assert_same(apd.dumps(document), data)


def test_any_prefix() -> None:
    document = samples.document()
    data = with_prefix(apd.dumps(document))
    read = apd.loads(data)
    assert evolve(read, source=None) == document
    assert_same(apd.dumps(read), data)


@given(apd_st.documents(complete=False), st.sampled_from(STYLES[:2]))
def test_any_document_in_any_way(
    document: apd.AppointmentDocument, style: Callable[[bytes], bytes]
) -> None:
    data = style(apd.dumps(document, check=False))
    read = apd.loads(data)
    assert evolve(read, source=None) == document
    assert_same(apd.dumps(read, check=False), data)


# When ----------------------------------------------------------------------------------------


def test_a_start_that_only_the_header_states_is_as_indicative_as_the_appointment_states() -> None:
    data = edited(WRITTEN, remove(f"{ENCOUNTER}/effectiveTime"))
    assert DOCUMENT.appointment.schedule.indicative
    assert apd.loads(data).appointment == DOCUMENT.appointment


# Authors -------------------------------------------------------------------------------------

AN_AUTHOR = (
    '<author><time nullFlavor="NI"/><assignedAuthor><id root="1.2.3" extension="{id}"/>{code}'
    "<addr/><telecom/></assignedAuthor></author>"
)
REFB = '<code code="REFB" codeSystem="2.16.840.1.113883.5.90"/>'


@pytest.mark.parametrize(
    ("authors", "responsible", "requester"),
    [
        ([("A", "")], "A", None),
        ([("A", ""), ("B", "")], "A", "B"),
        ([("A", ""), ("B", REFB)], "A", "B"),
        ([("B", REFB), ("A", "")], "A", "B"),
        ([("B", REFB)], None, "B"),
        ([("A", ""), ("B", ""), ("C", "")], "A", "B"),
        ([("A", ""), ("B", ""), ("C", REFB)], "A", "C"),
        ([("A", ""), ("B", REFB), ("C", REFB)], "A", "B"),
        ([("A", ""), ("B", '<code code="X" codeSystem="1.2"/>')], "A", None),
        ([], None, None),
    ],
)
def test_who_of_the_authors_is_who(
    authors: list[tuple[str, str]], responsible: str | None, requester: str | None
) -> None:
    edits = [remove("author[2]"), remove("author[1]")]
    edits += [put_after("recordTarget", AN_AUTHOR.format(id=i, code=c)) for i, c in authors[::-1]]
    data = edited(WRITTEN, *edits)
    appointment = apd.loads(data).appointment
    found = [
        role and role.id and role.id.extension
        for role in (appointment.responsible, appointment.requester)
    ]
    assert found == [responsible, requester]
    assert_same(apd.dumps(apd.loads(data), check=False), data)


# The document --------------------------------------------------------------------------------


@pytest.mark.parametrize("only", ["templateId", f"{SECTION}/templateId", f"{ENCOUNTER}/templateId"])
def test_one_template_of_the_profile_is_enough_to_know_it_by(only: str) -> None:
    paths = {"templateId", f"{SECTION}/templateId", f"{ENCOUNTER}/templateId"}
    data = edited(WRITTEN, *map(remove, sorted(paths - {only})))
    assert evolve(apd.loads(data), source=None) == DOCUMENT


CURRENT_VERSION = '<id assigningAuthorityName="MedCom" extension="apd-v2.0.1" '
OLDER_VERSION = CURRENT_VERSION.replace("2.0.1", "1.1")


@pytest.mark.parametrize("is_before", [True, False])
def test_what_states_the_current_version_as_well_is_current(is_before: bool) -> None:
    both = f'{OLDER_VERSION}root="1.2.208.184.100.10"/>{CURRENT_VERSION}'
    if not is_before:
        both = f'{CURRENT_VERSION}root="1.2.208.184.100.10"/>{OLDER_VERSION}'
    assert TEXT.count(CURRENT_VERSION) == 1
    data = TEXT.replace(CURRENT_VERSION, both)

    assert evolve(apd.loads(data), source=None) == DOCUMENT
    assert apd.validate(data).is_valid


ANOTHER = '<templateId root="1.2.208.999.2"/>'
PRECONDITION = re.compile(r"<precondition.*?</precondition>", re.DOTALL)
OF_PRECONDITION = re.compile(r"(<precondition[^>]*>)\s*<templateId[^>]*>")


@pytest.mark.parametrize("is_before", [True, False])
@pytest.mark.parametrize("declared", ["", ANOTHER])
def test_a_precondition_is_what_it_declares(declared: str, is_before: bool) -> None:
    def beside(found: re.Match[str]) -> str:
        other = OF_PRECONDITION.sub(rf"\1{declared}", found[0])
        other = re.sub('extension="[^"]*"|<text>[^<]*', "", other.replace("</text>", ""))
        return other + found[0] if is_before else found[0] + other

    data = PRECONDITION.sub(beside, TEXT)
    assert data.count("<precondition") == 2 * TEXT.count("<precondition") > 0

    assert evolve(apd.loads(data), source=None) == DOCUMENT
    assert_same(apd.dumps(apd.loads(data), check=False), data.encode())


@pytest.mark.parametrize("form", [rf"\1{ANOTHER}\g<0>", rf"\g<0>{ANOTHER}"])
def test_a_precondition_may_declare_another_template_as_well(form: str) -> None:
    declaration = re.compile(r"(?<=<precondition typeCode=\"PRCN\">)()\s*<templateId[^>]*>")
    data = declaration.sub(form, TEXT)
    assert data.count(ANOTHER) == TEXT.count("<precondition")

    assert evolve(apd.loads(data), source=None) == DOCUMENT


@pytest.mark.parametrize("value", ["", "two", "1.5", None])
def test_a_version_that_is_no_number_is_kept_but_not_read(value: str | None) -> None:
    data = edited(WRITTEN, give("versionNumber", value=value))
    document = apd.loads(data)
    assert document.version_number is None
    assert_same(apd.dumps(document, check=False), data)


def test_a_section_before_the_one_with_the_appointment_is_no_harm() -> None:
    data = edited(
        WRITTEN,
        put_last(
            "component/structuredBody",
            "<component><section><text>Mere</text></section></component>",
        ),
    )
    assert evolve(apd.loads(data), source=None) == DOCUMENT
    assert_same(apd.dumps(apd.loads(data), check=False), data)


def test_a_document_with_hardly_anything_is_read() -> None:
    """A patient and a start make an appointment."""
    small = (
        f'<ClinicalDocument xmlns="{HL7}"><templateId root="1.2.208.184.14.1"/>'
        f'<recordTarget><patientRole><id root="{apd.Oid.CPR}" extension="{samples.CPR}"/>'
        "</patientRole></recordTarget><component><structuredBody><component><section><entry>"
        '<encounter><effectiveTime><low value="20260305"/></effectiveTime></encounter>'
        "</entry></section></component></structuredBody></component></ClinicalDocument>"
    ).encode()
    document = apd.loads(small)
    assert document.appointment.patient.id == apd.CprNumber(samples.CPR)
    assert document.appointment.schedule == apd.Schedule.on(datetime.date(2026, 3, 5))
    assert (document.id, document.time, document.custodian) == (None, None, None)
    assert_same(apd.dumps(document, check=False), small)
    with pytest.raises(apd.InvalidDocument):
        apd.dumps(document)


def test_the_title_of_a_document_is_not_read_from_it() -> None:
    document = apd.loads(edited(WRITTEN, say("title", "Aftale")))
    assert document.title == f"Aftale for {samples.CPR}"
    written = etree.fromstring(apd.dumps(document, check=False))
    assert written.findtext(f"{{{HL7}}}title") == "Aftale"
