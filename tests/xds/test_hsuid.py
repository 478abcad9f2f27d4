"""The HSUID header: who asks a service, and about whom."""

import datetime

import pytest
from attrs import evolve, fields
from lxml import etree

import apd
from apd import xds
from tests import samples
from tests.xds.making import NOW, number

CPR = apd.CprNumber(samples.CPR)
NURSE = xds.ServiceUser(
    user_type=xds.UserType.HEALTHCARE_PROFESSIONAL,
    acting_user=CPR,
    organization=apd.SorCode("111111000016003"),
    organization_name="Region <Syd> & Co",
    responsible_user=apd.CprNumber("2512489996"),
    authorization_code="0ABC1",
    citizen=CPR,
    citizen_relation="forældremyndighed",
    consent_override=True,
    system_owner="Regionen",
    system_name="Fagsystem",
    system_version="1.2",
)
HEADER = xds.hsuid(NURSE, issuer="Fagsystem", issued=NOW)
IN_HSUID = "{http://www.nsi.dk/hsuid/2016/08/hsuid-1.1.xsd}"


def test_the_header_has_the_elements_and_attributes_of_the_description() -> None:
    header = etree.fromstring(HEADER)
    (assertion,) = header
    issuer, statement = assertion
    assert header.tag == f"{IN_HSUID}HsuidHeader"
    assert dict(assertion.attrib) == {
        "IssueInstant": "2026-02-01T08:35:00Z",
        "Version": "2.0",
        "id": "HSUID",
    }
    assert (issuer.tag, issuer.text) == (f"{IN_HSUID}Issuer", "Fagsystem")
    assert (statement.tag, statement.get("id")) == (f"{IN_HSUID}AttributeStatement", "HSUIDdata")
    assert [(one.get("Name"), one.get("NameFormat"), one[0].text) for one in statement] == [
        ("nsi:UserType", None, "nsi:HealthcareProfessional"),
        ("nsi:ActingUserCivilRegistrationNumber", None, samples.CPR),
        ("nsi:OrgUsingID", "nsi:sor", "111111000016003"),
        ("nsi:OrgResponsibleName", None, "Region <Syd> & Co"),
        ("nsi:ResponsibleUserCivilRegistrationNumber", None, "2512489996"),
        ("nsi:ResponsibleUserAuthorizationCode", None, "0ABC1"),
        ("nsi:CitizenCivilRegistrationNumber", None, samples.CPR),
        ("nsi:CitizenUserRelation", None, "forældremyndighed"),
        ("nsi:ConsentOverride", None, "true"),
        ("nsi:SystemOwnerName", None, "Regionen"),
        ("nsi:SystemName", None, "Fagsystem"),
        ("nsi:SystemVersion", None, "1.2"),
    ]


CITIZEN = xds.ServiceUser(user_type=xds.UserType.CITIZEN)
USERS = [
    NURSE,
    CITIZEN,
    evolve(CITIZEN, organization=apd.ProviderNumber("012345")),
    evolve(CITIZEN, organization=apd.Identifier(apd.Oid.SKS, "420201")),
    evolve(CITIZEN, consent_override=False),
]


@pytest.mark.parametrize("user", USERS, ids=range(len(USERS)))
def test_what_is_read_is_what_was_written(user) -> None:
    header = xds.hsuid(user, issuer=" Fag  system ", issued=NOW)
    expected = (user, "Fag system", "2026-02-01T08:35:00Z")
    assert xds.read_hsuid(header) == expected
    message = xds.query(
        xds.find_documents(CPR),
        xds.SoapHeader(message_id=number(1), security=header, to="https://example.dk/registry"),
    )
    assert xds.read_hsuid(message.body, message.content_type) == expected
    assert b"<wsa:To>https://example.dk/registry</wsa:To>" in message.body


def test_what_is_not_known_is_not_stated() -> None:
    assert xds.hsuid(CITIZEN, issuer="x", issued=NOW).count("<hsuid:Attribute ") == 1
    assert xds.read_hsuid("<other/>") is None


def test_a_repr_shows_nobody() -> None:
    stated = repr(NURSE)
    assert not [secret for secret in (samples.CPR, "2512489996", "0ABC1") if secret in stated]


REFUSED = [
    (lambda: xds.ServiceUser(user_type="nsi:Citizen"), "ServiceUser.user_type must be UserType"),
    (lambda: evolve(CITIZEN, acting_user=samples.CPR), "ServiceUser.acting_user must be CprNumber"),
    (lambda: evolve(CITIZEN, consent_override="true"), "ServiceUser.consent_override must be"),
    (
        lambda: evolve(CITIZEN, organization=apd.Identifier("1.2.3", "4")),
        "ServiceUser.organization has a root that the header cannot express",
    ),
    (lambda: xds.hsuid(CITIZEN, issuer=" ", issued=NOW), "issuer is empty"),
    (lambda: xds.hsuid(CITIZEN, issuer="x", issued=datetime.datetime(2026, 1, 1)), "issued"),
    (lambda: xds.hsuid(CPR, issuer="x", issued=NOW), "user must be ServiceUser"),
]


@pytest.mark.parametrize(("make", "wording"), REFUSED, ids=range(len(REFUSED)))
def test_what_the_header_cannot_say_is_refused(make, wording) -> None:
    with pytest.raises(apd.InvalidValue) as refused:
        make()
    assert refused.value.message("en").startswith(wording)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("nsi:UserType", "nsi:Kind"),
        ("nsi:HealthcareProfessional", "nsi:Robot"),
        (samples.CPR, "9999999999"),
        (">true<", ">maybe<"),
        ("nsi:sor", "nsi:other"),
        ("<hsuid:Attribute ", "<other><hsuid:Attribute "),
    ],
)
def test_what_cannot_be_understood_is_refused_without_repeating_it(was, becomes) -> None:
    with pytest.raises(apd.ParseError) as refused:
        xds.read_hsuid(HEADER.replace(was, becomes))
    assert "2512489996" not in str(refused.value) + refused.value.message("da")


def test_every_field_has_its_attribute() -> None:
    assert HEADER.count("<hsuid:Attribute ") == len(fields(xds.ServiceUser))
