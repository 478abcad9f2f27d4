"""Data types as other people write them: read for what they mean, written back as they were."""

from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve
from lxml import etree

import apd
from tests.cda.comparison import assert_same
from tests.cda.editing import (
    DOCUMENT,
    ENCOUNTER,
    PATIENT_ROLE,
    WRITTEN,
    Edit,
    edited,
    give,
    put_after,
    remove,
    replace,
)

AUTHOR = "author/assignedAuthor"
Got = Callable[[apd.Appointment], Any]
HOME = f"{PATIENT_ROLE}/addr"


def home(appointment: apd.Appointment) -> apd.Address | None:
    """The patient's address."""
    return appointment.patient.address


def name(appointment: apd.Appointment) -> apd.PersonName | None:
    """The patient's name."""
    return appointment.patient.name


def phones(appointment: apd.Appointment) -> tuple[apd.Telecom, ...]:
    """How to reach the responsible."""
    assert appointment.responsible
    return appointment.responsible.telecoms


def start(appointment: apd.Appointment) -> str:
    """When it begins."""
    return appointment.schedule.start.isoformat()


def begins(value: str) -> Edit:
    """Another start."""
    return give(f"{ENCOUNTER}/effectiveTime/low", value=value)


def address(xml: str) -> Edit:
    """Another address of the patient's."""
    return replace(HOME, f"<addr>{xml}</addr>")


def several(path: str, *xml: str) -> Edit:
    """Several elements where one stands."""

    def edit(root: etree._Element) -> None:
        for one in reversed(xml):
            put_after(path, one)(root)
        remove(path)(root)

    return edit


def behind_another_id(xml: str) -> Edit:
    """A second id of the performer's, behind one of no known root."""
    first = f"{ENCOUNTER}/performer/assignedEntity/id"

    def edit(root: etree._Element) -> None:
        put_after(first, xml)(root)
        give(first, root="1.2.3")(root)

    return edit


def person(xml: str) -> Edit:
    """Another name of the patient's."""
    return replace(f"{PATIENT_ROLE}/patient/name", f"<name>{xml}</name>")


def phone(**attributes: str | None) -> Edit:
    """Another telecom of the responsible's."""
    return give(f"{AUTHOR}/telecom", **attributes)


WORK = apd.TelecomUse.WORK
SUMMER, WINTER = "2026-07-01T10:15:00+02:00", "2026-03-05T10:15:00+01:00"

READ: dict[str, tuple[Edit, Got, Any]] = {
    # addresses
    "a street and a house number": (
        address("<streetName>Torvet</streetName><houseNumber>1</houseNumber><city>Odense</city>"),
        home,
        apd.Address(["Torvet 1"], city="Odense"),
    ),
    "a line and a street": (
        address("<streetAddressLine>st. tv.</streetAddressLine><streetName>Torvet</streetName>"),
        home,
        apd.Address(["Torvet", "st. tv."]),
    ),
    "care of, and a post box": (
        address("<careOf>c/o Skov</careOf><postBox>17</postBox>"),
        home,
        apd.Address(["c/o Skov", "17"]),
    ),
    "an address behind others that are null": (
        several(
            HOME,
            '<addr nullFlavor="NI"/>',
            '<addr><streetAddressLine nullFlavor="MSK"/></addr>',
            "<addr><city>Odense</city></addr>",
            "<addr><city>Ribe</city></addr>",
        ),
        home,
        apd.Address(city="Odense"),
    ),
    "addresses that are null, one with the reason": (
        several(
            HOME,
            '<addr nullFlavor="NI"/>',
            '<addr><streetAddressLine nullFlavor="MSK"/></addr>',
        ),
        home,
        apd.Address.not_informed(None, apd.NullFlavor.MASKED),
    ),
    "other lines of an address": (
        address(
            "<precinct>Tarup</precinct><deliveryAddressLine>Rute 4</deliveryAddressLine>"
            "<streetAddressLine>Torvet 1</streetAddressLine>"
        ),
        home,
        apd.Address(["Tarup", "Rute 4", "Torvet 1"]),
    ),
    "every part of a street": (
        address(
            "<direction>N</direction><streetNameBase>Torv</streetNameBase>"
            "<streetNameType>Vej</streetNameType><houseNumberNumeric>1</houseNumberNumeric>"
            "<buildingNumberSuffix>B</buildingNumberSuffix><unitType>lejl.</unitType>"
            "<unitID>4</unitID><additionalLocator>i gården</additionalLocator>"
        ),
        home,
        apd.Address(["N Torv Vej 1 B lejl. 4 i gården"]),
    ),
    "an address that is plain text": (
        address("Torvet 1, 5000 Odense"),
        home,
        apd.Address(["Torvet 1, 5000 Odense"]),
    ),
    "an address with a part of its own": (
        address("<state>Fyn</state><city>Odense</city>"),
        home,
        apd.Address(city="Odense"),
    ),
    "an address that is null": (replace(HOME, '<addr nullFlavor="MSK"/>'), home, None),
    "an address whose parts are null": (
        address('<streetAddressLine nullFlavor="MSK"/><city nullFlavor="NI"/>'),
        home,
        apd.Address.not_informed(None, apd.NullFlavor.MASKED),
    ),
    "an address of which a part is null": (
        address('<streetAddressLine nullFlavor="MSK"/><city>Odense</city>'),
        home,
        apd.Address(city="Odense"),
    ),
    "an empty address": (address(""), home, None),
    "an address for several uses": (
        replace(HOME, '<addr use="H TMP"><city>Odense</city></addr>'),
        home,
        apd.Address(city="Odense", use=apd.AddressUse.HOME),
    ),
    "an address for an unknown use": (
        replace(HOME, '<addr use="QQ"><city>Odense</city></addr>'),
        home,
        apd.Address(city="Odense"),
    ),
    "white space in an address": (
        address("<city>\n  Odense\n  M </city>"),
        home,
        apd.Address(city="Odense M"),
    ),
    # names
    "a name that is plain text": (
        person("Ida Egeskov"),
        name,
        apd.PersonName(family="Ida Egeskov"),
    ),
    "two family names": (
        person("<given>Ida</given><family>Skov</family><family>Dal</family>"),
        name,
        apd.PersonName(["Ida"], "Skov Dal"),
    ),
    "family name first": (
        person("<family>Skov</family><given>Ida</given>"),
        name,
        apd.PersonName(["Ida"], "Skov"),
    ),
    "a null name": (replace(f"{PATIENT_ROLE}/patient/name", '<name nullFlavor="NI"/>'), name, None),
    "no name": (remove(f"{PATIENT_ROLE}/patient/name"), name, None),
    "a null part of a name": (
        person('<given nullFlavor="NI"/><family>Skov</family>'),
        name,
        apd.PersonName(family="Skov"),
    ),
    "an organisation's name in parts": (
        replace(
            "author/assignedAuthor/representedOrganization/name",
            "<name><prefix>Klinik</prefix><suffix>2</suffix></name>",
        ),
        lambda a: a.responsible and a.responsible.organization,
        apd.Organization(name="Klinik 2"),
    ),
    # telecoms
    "a number without a scheme": (
        phone(value="65000003"),
        phones,
        (apd.Telecom("tel:65000003", WORK),),
    ),
    "a number with a country, without a scheme": (
        phone(value="+45 65 00-00 03"),
        phones,
        (apd.Telecom("tel:+456500-0003", WORK),),
    ),
    "blanks in a number": (
        phone(value="tel: 65 00 00 03 "),
        phones,
        (apd.Telecom("tel:65000003", WORK),),
    ),
    "an address without a scheme": (phone(value="ida@example.dk"), phones, ()),
    "letters outside of ASCII": (phone(value="mailto:søren@example.dk"), phones, ()),
    "an unknown use": (phone(use="QQ"), phones, (apd.Telecom("tel:65000003"),)),
    "several uses": (phone(use="WP DIR"), phones, (apd.Telecom("tel:65000003", WORK),)),
    "a telecom that is null": (phone(value=None, use=None, nullFlavor="NI"), phones, ()),
    # times
    "no seconds": (begins("202607011015+0200"), start, SUMMER),
    "fractions of a second": (begins("20260701101500.123+0200"), start, SUMMER),
    "UTC": (begins("20260701081500+0000"), start, SUMMER),
    "an offset of hours": (begins("20260701101500+02"), start, SUMMER),
    "a wrong offset": (begins("20260305111500+0200"), start, WINTER),
    "no offset in summer": (begins("20260701101500"), start, SUMMER),
    "no offset in winter": (begins("20260305101500"), start, WINTER),
    "no minutes": (begins("2026030510"), start, "2026-03-05T10:00:00+01:00"),
    "a date": (begins("20260305"), start, "2026-03-05T00:00:00+01:00"),
    "blanks around a time": (begins(" 20260305101500+0100 "), start, WINTER),
    "the second of the hour that comes twice": (
        begins("20261025023000+0100"),
        start,
        "2026-10-25T02:30:00+01:00",
    ),
    "an end before the start": (
        give(f"{ENCOUNTER}/effectiveTime/high", value="20260305080000+0100"),
        lambda a: a.schedule.end,
        None,
    ),
    "a start that stands only in the header": (
        remove(f"{ENCOUNTER}/effectiveTime"),
        start,
        "2026-03-05T09:00:00+01:00",
    ),
    "a second city": (
        put_after(f"{PATIENT_ROLE}/addr/city", "<city>Andetsteds</city>"),
        lambda a: a.patient.address,
        DOCUMENT.appointment.patient.address,
    ),
    "a city that is empty, and one that is not": (
        put_after(f"{PATIENT_ROLE}/addr/postalCode", "<city/>"),
        lambda a: a.patient.address,
        DOCUMENT.appointment.patient.address,
    ),
    "a date of birth at midnight as 24:00": (
        give(f"{PATIENT_ROLE}/patient/birthTime", value="20120305240000+0100"),
        lambda a: a.patient.birth_date,
        DOCUMENT.appointment.patient.birth_date,
    ),
    "a date of birth with a time": (
        give(f"{PATIENT_ROLE}/patient/birthTime", value="20120305000000+0000"),
        lambda a: a.patient.birth_date,
        DOCUMENT.appointment.patient.birth_date,
    ),
    # codes and identifiers
    "a requester by the code RESB": (
        give("author[2]/assignedAuthor/code", code="RESB"),
        lambda a: a.requester,
        DOCUMENT.appointment.requester,
    ),
    "a requester without a code": (
        remove("author[2]/assignedAuthor/code"),
        lambda a: a.requester,
        DOCUMENT.appointment.requester,
    ),
    "a reason in an original text": (
        replace(
            f"{ENCOUNTER}/entryRelationship/observation/code",
            '<code nullFlavor="OTH"><originalText>Knæ</originalText></code>',
        ),
        lambda a: a.reason,
        apd.Reason("Knæ"),
    ),
    "a reason whose code has no system": (
        give(f"{ENCOUNTER}/entryRelationship/observation/code", codeSystem=None),
        lambda a: a.reason,
        apd.Reason("Genoptræning"),
    ),
    "an unknown category": (
        give(f"{ENCOUNTER}/code", code="DentalAppointment"),
        lambda a: a.category,
        None,
    ),
    "an unknown status": (give(f"{ENCOUNTER}/statusCode", code="maybe"), lambda a: a.status, None),
    "a SOR code with letters": (
        give(f"{ENCOUNTER}/performer/assignedEntity/id", extension="123A"),
        lambda a: a.performer and a.performer.id,
        apd.Identifier(apd.Oid.SOR, "123A", "SOR"),
    ),
    "a CPR number that is not said, before another id": (
        several(
            f"{PATIENT_ROLE}/id",
            f'<id root="{apd.Oid.CPR}"/>',
            '<id root="1.2.3" nullFlavor="NI" extension="4"/>',
            '<id root="1.2.3" extension="5"/>',
            '<id root="1.2.3" extension="6"/>',
        ),
        lambda a: a.patient.id,
        apd.Identifier("1.2.3", "5"),
    ),
    "a provider number behind another id": (
        behind_another_id(f'<id root="{apd.Oid.PROVIDER}" extension="012345"/>'),
        lambda a: a.performer and a.performer.id,
        apd.ProviderNumber("012345"),
    ),
    "an id without a root": (
        give(f"{ENCOUNTER}/performer/assignedEntity/id", root=None),
        lambda a: a.performer and a.performer.id,
        None,
    ),
    "an unknown type of location": (
        give(f"{ENCOUNTER}/participant", typeCode="ELOC"),
        lambda a: a.location,
        None,
    ),
}


@pytest.mark.parametrize("case", READ)
def test_read_for_what_it_means(case: str) -> None:
    edit, got, expected = READ[case]
    assert got(apd.loads(edited(WRITTEN, edit)).appointment) == expected


@pytest.mark.parametrize("case", READ)
def test_and_written_back_as_it_was(case: str) -> None:
    data = edited(WRITTEN, READ[case][0])
    assert_same(apd.dumps(apd.loads(data), check=False), data)


def test_a_name_that_is_demanded_and_not_known_is_written_as_null() -> None:
    nameless = evolve(DOCUMENT.appointment.patient, name=None)
    document = evolve(DOCUMENT, appointment=evolve(DOCUMENT.appointment, patient=nameless))
    data = apd.dumps(document, check=False)
    [found] = etree.fromstring(data).findall("{*}recordTarget/{*}patientRole/{*}patient/{*}name")
    assert (dict(found.attrib), found.text, len(found)) == ({"nullFlavor": "NI"}, None, 0)
    assert apd.loads(data) == document
