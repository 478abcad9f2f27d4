"""What once broke: each of these raised, lost something, or wrote what nobody can read."""

import re

import pytest
from attrs import evolve
from lxml import etree

import apd
from tests import samples
from tests.cda.comparison import assert_same
from tests.cda.editing import ENCOUNTER, WRITTEN, edited, give, put, put_after, put_last, remove
from tests.places import SCHEMA


def with_prefix(data: bytes, prefix: bytes) -> bytes:
    """Every HL7 element under a prefix, the value of xsi:type too."""
    prefixed = re.sub(rb"<(/?)(?=[A-Za-z])", rb"<\1" + prefix + b":", data)
    prefixed = prefixed.replace(b'xsi:type="II"', b'xsi:type="' + prefix + b':II"')
    return prefixed.replace(b'xmlns="urn', b"xmlns:" + prefix + b'="urn')


# for test_lenient_reading.py
def test_a_prefixed_xsi_type(schema: etree.XMLSchema) -> None:
    data = with_prefix(WRITTEN, b"cda")
    assert schema.validate(etree.fromstring(data))
    written = apd.dumps(apd.loads(data), check=False)
    assert_same(written, data)
    assert schema.validate(etree.fromstring(written)), schema.error_log


# for test_unmapped.py
def test_a_prefixed_xsi_type_in_an_element_that_is_kept() -> None:
    value = put_last(f"{ENCOUNTER}/entryRelationship/observation", '<value xsi:type="h:CD"/>')
    data = edited(WRITTEN, value).replace(
        b"<ClinicalDocument ", b'<ClinicalDocument xmlns:h="urn:hl7-org:v3" '
    )
    assert_same(apd.dumps(apd.loads(data), check=False), data)


def test_an_element_of_no_namespace_inside_of_one_that_has_a_prefix() -> None:
    note = '<v:note xmlns:v="urn:v">A<b xmlns="">C</b></v:note>'
    data = edited(WRITTEN, put("custodian", 0, note))
    assert_same(apd.dumps(apd.loads(data), check=False), data)


def test_an_extra_first_in_an_element_and_one_behind_it() -> None:
    data = edited(WRITTEN, put("custodian", 0, "<a/>"), put_after("custodian", "<b/>"))
    assert_same(apd.dumps(apd.loads(data), check=False), data)


def test_an_element_of_hl7s_inside_of_one_of_no_namespace() -> None:
    data = with_prefix(WRITTEN, b"h").replace(
        b"<h:custodian", b"<note>x<h:id/></note><h:custodian", 1
    )
    assert_same(apd.dumps(apd.loads(data), check=False), data)


def test_a_kept_element_under_a_prefix_that_was_declared_further_out() -> None:
    data = edited(WRITTEN, give("custodian", **{"{urn:v}a": "1"}))
    data = data.replace(b"<assignedCustodian", b'<ns0:b xmlns:ns0="urn:v"/><assignedCustodian', 1)
    assert_same(apd.dumps(apd.loads(data), check=False), data)


@pytest.mark.parametrize("name", ["languageCode", "setId", "custodian"])
def test_an_element_of_another_namespace_is_not_read_however_long_that_is(name: str) -> None:
    data = WRITTEN.replace(b"<%s" % name.encode(), b'<%s xmlns="urn:hl7-org:v4"' % name.encode())
    field = {"languageCode": "language", "setId": "set_id", "custodian": "custodian"}[name]
    assert getattr(apd.loads(WRITTEN), field) is not None
    assert getattr(apd.loads(data), field) is None
    assert_same(apd.dumps(apd.loads(data), check=False), data)


def test_an_empty_body_before_the_one_that_is_read() -> None:
    data = edited(WRITTEN, put_after("documentationOf[3]", "<component/>"))
    assert_same(apd.dumps(apd.loads(data), check=False), data)


def test_a_text_in_a_section_that_the_appointment_is_not_in_stays_there() -> None:
    first = "<component><section><text>Andet</text></section></component>"
    data = edited(WRITTEN, put("component/structuredBody", 0, first))
    document = apd.loads(data)
    assert_same(apd.dumps(document, check=False), data)
    reason = apd.Reason("Noget andet")
    changed = evolve(document, appointment=evolve(document.appointment, reason=reason))
    assert b"<text>Andet</text>" in apd.dumps(changed, check=False)


def test_which_address_is_read_does_not_change() -> None:
    role = f"{ENCOUNTER}/participant/participantRole"
    data = edited(WRITTEN, put(role, 0, "<addr><city>Odense</city></addr>"))
    once = apd.loads(data)
    again = apd.loads(apd.dumps(once, check=False))
    assert again.appointment == once.appointment


# for test_bad_input.py, two more values in test_a_time_that_there_is_not_is_no_time
@pytest.mark.parametrize("value", ["99981231233000+0000", "19000101000000+1400"])
def test_a_time_that_is_out_of_range_in_denmark_only(value: str) -> None:
    low = give(f"{ENCOUNTER}/effectiveTime/low", value=value)
    with pytest.raises(apd.ParseError, match="APD-START"):
        apd.loads(edited(WRITTEN, low, remove("documentationOf[1]")))
    assert apd.loads(edited(WRITTEN, give("effectiveTime", value=value))).time is None


# for tests/model/test_document.py
def test_a_truth_value_is_no_version_number() -> None:
    with pytest.raises(apd.InvalidValue, match=r"version_number"):
        samples.document(version_number=True)


def test_a_version_number_that_cannot_be_written_is_refused() -> None:
    with pytest.raises(apd.ApdError):
        apd.dumps(samples.document(version_number=10**5000))


# for test_round_trip.py or tests/model/test_contact.py: refuse, or write what the schema takes
@pytest.mark.parametrize("value", ["tel:%zz", "http://[", "a:b#c#d", "mailto:%"])
def test_a_telecom_that_is_taken_is_one_for_the_schema(value: str) -> None:
    try:
        telecom = apd.Telecom(value)
    except apd.InvalidValue:
        return
    performer = samples.performer(telecoms=[telecom])
    document = samples.document(appointment=samples.appointment(performer=performer))
    schema = etree.XMLSchema(etree.parse(str(SCHEMA)))
    assert schema.validate(etree.fromstring(apd.dumps(document))), schema.error_log


def test_comments_in_a_row_behind_elements_take_no_time() -> None:
    """Each could be taken with the one before it or by itself: twice the time for one more."""
    data = re.sub(rb">\s+<", b"><", WRITTEN).replace(b"/>", b"/>" + b"<!---->" * 60)
    document = apd.loads(data)
    patient = document.appointment.patient
    telecoms = [*patient.telecoms, apd.Telecom.phone("65 00 00 09")]
    patient = evolve(patient, telecoms=telecoms)
    changed = evolve(document, appointment=evolve(document.appointment, patient=patient))
    assert apd.loads(apd.dumps(changed, check=False)).appointment == changed.appointment


def test_elements_of_others_that_are_called_as_the_appointment() -> None:
    others = b'<x:encounter xmlns:x="urn:x"/>'
    data = WRITTEN.replace(b"<title>", others * 3 + b"<title>", 1)
    document = apd.loads(data)
    assert document.appointment == apd.loads(WRITTEN).appointment
    appointment = evolve(document.appointment, reason=apd.Reason("Kontrol"))
    written = apd.dumps(evolve(document, appointment=appointment), check=False)
    assert written.count(others) == 3
    assert apd.loads(written).appointment == appointment
