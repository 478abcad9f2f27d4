"""Personal data stay in: what Python shows of a value by itself holds none.

Showing them takes an explicit call: ``number.value``, ``name.full``, ``address.one_line``.
"""

import datetime
import logging
import re
from collections.abc import Iterator
from typing import Any

import attrs
import pytest
from hypothesis import given
from lxml import etree

import apd
from apd.model.document import DocumentSource
from apd.prompt import Tabular
from apd.testing import strategies as apd_st
from tests import samples
from tests.laws.bases import bases

# One secret for every place that can hold one, to tell by it what is shown.
SECRETS = {
    "CPR number": "2512489996",
    "given name": "Guldborg",
    "family name": "Rosenvinge",
    "prefix": "Kammerråd",
    "suffix": "arkitekt",
    "street": "Hemmelighedsvej",
    "postal code": "9877",
    "city": "Skjulby",
    "country": "Gemmeland",
    "telephone number": "65998877",
    "e-mail": "guldborg@skjulby.example",
    "date of birth": "datetime.date(1948",
    "reason": "Alvorlig sygdom",
    "reason code": "302393006",
    "directions": "Bankes på bagdøren",
    "note": "Hjemmeplejen låser op",
    "label": "Kræft",
    "label code": "ALAL01",
    "number of another kind": "HX-4711",
}

NAME = apd.PersonName(
    [SECRETS["given name"]], SECRETS["family name"], [SECRETS["prefix"]], [SECRETS["suffix"]]
)
ADDRESS = apd.Address(
    [SECRETS["street"]], SECRETS["postal code"], SECRETS["city"], SECRETS["country"]
)
TELECOMS = (
    apd.Telecom.phone(SECRETS["telephone number"]),
    apd.Telecom.email(SECRETS["e-mail"]),
)
OTHER_NUMBER = apd.Identifier("1.2.3", SECRETS["number of another kind"])
PERSONAL: dict[str, Any] = {
    "organization": apd.Organization(id=OTHER_NUMBER, address=ADDRESS, telecoms=TELECOMS),
    "person": apd.Person(NAME),
    "address": ADDRESS,
    "telecoms": TELECOMS,
}


def a_document() -> apd.AppointmentDocument:
    """A document with a secret in every place that can hold one."""
    code = apd.Code(SECRETS["label code"], apd.Oid.SKS, SECRETS["label"])
    return samples.document(
        custodian=samples.custodian(id=OTHER_NUMBER, address=ADDRESS, telecom=TELECOMS[0]),
        appointment=samples.appointment(
            patient=apd.Patient(
                id=apd.CprNumber(SECRETS["CPR number"]),
                name=NAME,
                address=ADDRESS,
                telecoms=TELECOMS,
                birth_date=datetime.date(1948, 12, 25),
                provider_organization=PERSONAL["organization"],
            ),
            schedule=apd.Schedule(samples.schedule().start, indicative=True, note=SECRETS["note"]),
            reason=apd.Reason(
                SECRETS["reason"], apd.Code(SECRETS["reason code"], apd.Oid.SNOMED_CT)
            ),
            responsible=samples.responsible(**PERSONAL),
            requester=samples.requester(**PERSONAL),
            performer=samples.performer(**PERSONAL),
            location=apd.HomeLocation(
                name=SECRETS["directions"], address=ADDRESS, telecom=TELECOMS[0]
            ),
            episode_of_care=apd.EpisodeOfCare([OTHER_NUMBER], code),
            repetition=apd.Repetition(OTHER_NUMBER),
        ),
        source=DocumentSource(
            "".join(SECRETS.values()).encode(), dict(SECRETS), apd.Release.CURRENT, _one_secret
        ),
    )


def _one_secret(source: DocumentSource) -> tuple[apd.Unmapped, ...]:
    piece = apd.Unmapped(
        path="/ClinicalDocument/note",
        difference=apd.Difference.EXTRA,
        xml=f"<note>{SECRETS['reason']}</note>",
        expected=f"<x>{SECRETS['CPR number']}</x>",
    )
    return (piece,)


def parts_of(value: Any) -> Iterator[Any]:
    """A value of the model, and everything inside it."""
    yield value
    if isinstance(value, tuple):
        for item in value:
            yield from parts_of(item)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from parts_of(getattr(value, field.name))
    if isinstance(value, apd.AppointmentDocument):
        yield from value.unmapped


def shown(value: object) -> str:
    """All ways in which Python shows a value unasked."""
    return "\n".join((repr(value), str(value), f"{value}", "%s %r" % (value, value)))  # noqa: UP031


def test_the_document_holds_every_secret() -> None:
    """Or the tests below would show nothing."""
    written = apd.dumps(attrs.evolve(a_document(), source=None), check=False).decode()
    missing = [
        name
        for name, secret in SECRETS.items()
        if secret not in written and name not in ("date of birth",)
    ]
    assert missing == []
    assert "19481225" in written


def test_nothing_that_is_shown_of_a_document_is_personal() -> None:
    found = [name for name, secret in SECRETS.items() if secret in shown(a_document())]
    assert found == []


def test_nothing_that_is_shown_of_any_part_of_it_is_personal() -> None:
    showing: list[tuple[str, str]] = []
    for part in parts_of(a_document()):
        # plain values and a code on its own say what they are
        if attrs.has(type(part)) and not isinstance(part, apd.Code):
            text = shown(part)
            showing += [(type(part).__name__, n) for n, secret in SECRETS.items() if secret in text]
    assert showing == []


def test_what_is_read_shows_no_more_than_what_is_made() -> None:
    data = apd.dumps(attrs.evolve(a_document(), source=None), check=False)
    data = data.replace(
        b"<languageCode", b"<copyTime value='19481225'>2512489996</copyTime><languageCode"
    )
    read = apd.loads(data)
    assert read.unmapped
    assert [name for name, secret in SECRETS.items() if secret in shown(read)] == []


def test_whether_there_is_anything_can_be_seen() -> None:
    """``***`` stands for something that is there, None for nothing."""
    assert "name=***" in repr(apd.HomeLocation())
    assert "name=None" in repr(apd.HomeLocation(name=None))


def test_log_lines_show_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("booking").info("booked %s for %r", a_document(), NAME)
        apd.loads(apd.dumps(attrs.evolve(a_document(), source=None), check=False))
    assert [name for name, secret in SECRETS.items() if secret in caplog.text] == []


@given(apd_st.documents())
def test_no_document_shows_whom_it_is_about(document: apd.AppointmentDocument) -> None:
    number = document.appointment.patient.id.value
    assert number
    assert number not in shown(document)


NUMBER = "0503129900"
WRITTEN = (NUMBER, "050312-9900", f"x {NUMBER}", f"1.2.{NUMBER}", "050312\u200b9900")
"""A CPR number as people write it into a field that is for something else."""
names_it = re.compile(r"050312(?:-|\u200b|\\u200b)?9900").search


@pytest.mark.parametrize("name", [*bases()][::4])
def test_a_number_in_any_place_of_a_document_is_not_shown(name: str) -> None:
    root = etree.fromstring(bases()[name])
    for number, (element, attribute) in enumerate(places_of(root)):
        kept = element.get(attribute) if attribute else element.text
        put(element, attribute, WRITTEN[number % len(WRITTEN)])
        data = etree.tostring(root)
        put(element, attribute, kept or "")
        shown = [*everything_shown(apd.validate(data))]
        try:
            shown += everything_shown(apd.loads(data))
        except apd.ParseError as error:
            shown += [repr(error), str(error)]
        assert not [text for text in shown if names_it(text)], (element.tag, attribute)


def places_of(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """The elements with a text, by "", and the attributes of all, by their names."""
    for element in root.iter("*"):
        yield from ((element, str(name)) for name in element.attrib)
        if element.text and element.text.strip():
            yield element, ""


def put(element: etree._Element, attribute: str, value: str) -> None:
    """Another value of an attribute, or another text."""
    if attribute:
        element.set(attribute, value)
    else:
        element.text = value


def everything_shown(value: object) -> Iterator[str]:
    """What Python and a notebook show of a value by themselves."""
    yield repr(value)
    yield str(value)
    if isinstance(value, Tabular):
        yield value._repr_html_()
