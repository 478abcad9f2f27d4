"""The rules that hold what a document says of organisations against a register."""

import datetime
import pickle
import re

import pytest
from attrs import evolve

import apd
from apd.findings import Finding, Severity
from apd.rules.settings import Settings
from apd.sor import SOR_REQUIREMENTS, SorRegister, SorUnit, sor_rules
from tests import samples
from tests.sor.registers import CUSTODIAN, PERFORMER, PLACE, Units, changed_place, place, register

DAY = samples.DAY
BEFORE, AFTER = DAY - datetime.timedelta(1), DAY + datetime.timedelta(1)
AT = "/participant/participantRole"


def found(document: apd.AppointmentDocument, units: SorRegister) -> tuple[Finding, ...]:
    """What a register finds in a document."""
    settings = Settings(rules=sor_rules(units))
    report = apd.validate(document, settings=settings)
    return tuple(one for one in report.findings if one.rule.startswith("SOR-"))


def rules_broken(document: apd.AppointmentDocument, units: SorRegister) -> list[str]:
    """Their rules alone."""
    return [one.rule for one in found(document, units)]


# what the register tells of the place, the rule, and the element that breaks it
FINDINGS = [
    ({"valid_to": BEFORE}, "SOR-CLOSED", f"{AT}/id"),
    ({"valid_from": AFTER}, "SOR-CLOSED", f"{AT}/id"),
    ({"valid_from": DAY, "valid_to": DAY}, None, ""),
    ({"name": "Indgang 5, stuen"}, "SOR-NAME", f"{AT}/playingEntity/name"),
    ({"name": "indgang 4  STUEN"}, None, ""),
    ({"address": samples.address(lines=["Ahornparken 9"])}, "SOR-ADDRESS", f"{AT}/addr"),
    ({"address": samples.address(postal_code="5000")}, "SOR-ADDRESS", f"{AT}/addr"),
    ({"address": apd.Address((), None, "Svendborg")}, "SOR-ADDRESS", f"{AT}/addr"),
    ({"address": apd.Address(["AHORNPARKEN 7, 3."], "DK-5230", "Odense")}, None, ""),
    ({"telephones": ["65 99 99 99"]}, "SOR-TELEPHONE", f"{AT}/telecom"),
    ({"telephones": ["65 99 99 99", "+45 65-00-00-05"]}, None, ""),
    ({"telephones": ["0045 65000005"]}, None, ""),
    ({"telephones": ["ukendt"]}, None, ""),
]


@pytest.mark.parametrize(("registered", "rule", "path"), FINDINGS)
def test_what_differs_is_found_at_its_element(registered, rule, path) -> None:
    findings = found(samples.document(), register(place(**registered)))
    assert [one.rule for one in findings] == ([rule] if rule else [])
    assert all(one.path.endswith(path) for one in findings)


def test_a_code_that_the_register_does_not_have() -> None:
    units = Units((SorUnit(code=apd.SorCode(PERFORMER)), SorUnit(code=apd.SorCode(CUSTODIAN))))
    (finding,) = found(samples.document(), units)
    assert finding.rule == "SOR-UNKNOWN"
    assert finding.path.endswith(f"{AT}/id")
    assert finding.field == "appointment.location.id"


def test_every_participation_is_looked_at() -> None:
    findings = found(samples.full_document(), Units(()))
    assert len({one.path for one in findings}) == 5
    assert {one.rule for one in findings} == {"SOR-UNKNOWN"}


def test_a_unit_that_is_closed_is_not_compared_further() -> None:
    gone = place(valid_to=BEFORE, name="Andet", telephones=["12345678"])
    assert rules_broken(samples.document(), register(gone)) == ["SOR-CLOSED"]


def test_the_name_of_an_organisation_is_that_of_who_has_the_role() -> None:
    units = register(SorUnit(code=apd.SorCode(PERFORMER), name="Ortopædkirurgisk Afdeling"))
    (finding,) = found(samples.document(), units)
    assert (finding.rule, finding.field) == ("SOR-NAME", "appointment.performer.organization.name")


def test_an_organisation_with_a_code_of_its_own_is_another_unit() -> None:
    ambulatory = apd.Organization(name="Ambulatorium 3", id=apd.SorCode(CUSTODIAN))
    by = samples.performer(organization=ambulatory)
    document = samples.document(appointment=samples.appointment(performer=by))
    units = (
        SorUnit(code=apd.SorCode(PERFORMER), name="Ortopædkirurgisk Afdeling"),
        SorUnit(code=apd.SorCode(CUSTODIAN), name="Ambulatorium 3"),
    )
    assert "SOR-NAME" not in [
        one.rule for one in found(document, register(*units)) if "performer" in one.path
    ]


NOT_COMPARED = [
    {"address": apd.Address.not_informed()},
    {"address": samples.address(lines=["ADRESSEBESKYTTET"], city="ADRESSEBESKYTTET")},
    {"address": None},
    {"telecom": None},
    {"telecom": apd.Telecom.email("sted@example.dk")},
]


@pytest.mark.parametrize("changes", NOT_COMPARED)
def test_what_is_not_stated_is_not_compared(changes) -> None:
    unit = place(address=apd.Address(["Torvet 1"], "5000", "Odense C"), telephones=["12345678"])
    part = {"address": "SOR-ADDRESS", "telecom": "SOR-TELEPHONE"}[next(iter(changes))]
    assert part not in rules_broken(changed_place(**changes), register(unit))


def test_a_home_is_never_looked_up() -> None:
    home = apd.HomeLocation(address=samples.patient().address)
    document = samples.document(appointment=samples.appointment(location=home))
    assert rules_broken(document, register()) == []


def test_a_code_of_another_form_is_left_to_the_rule_on_forms() -> None:
    xml = apd.dumps(samples.document(), check=False).replace(PLACE.encode(), b"A-17")
    report = apd.validate(xml, settings=Settings(rules=sor_rules(register())))
    assert "SOR-UNKNOWN" not in {one.rule for one in report.findings}
    assert "BR-SOR-1" in {one.rule for one in report.findings}


def test_a_document_without_a_day_is_compared_with_no_unit() -> None:
    xml = re.sub(b"<low [^>]*>", b'<low nullFlavor="NI"/>', apd.dumps(samples.document()))
    settings = Settings(rules=sor_rules(register(place(valid_to=BEFORE, name="Andet"))))
    findings = apd.validate(xml, settings=settings).findings
    assert not [one for one in findings if one.rule.startswith("SOR-")]


def test_nothing_makes_a_document_invalid_and_nothing_personal_is_repeated() -> None:
    unit = place(
        name="Andet", address=apd.Address(["Torvet 1"], "5000", "Odense C"), telephones=["12345678"]
    )
    findings = found(samples.document(), register(unit))
    assert {one.rule: one.severity for one in findings} == {
        "SOR-NAME": Severity.INFORMATION,
        "SOR-ADDRESS": Severity.WARNING,
        "SOR-TELEPHONE": Severity.INFORMATION,
    }
    for language in ("da", "en"):
        stated = " ".join(evolve(one, language=language).message for one in findings)
        assert not any(word in stated for word in ("Ahornparken", "65000005", "Andet", "Torvet"))


def test_without_a_register_nothing_is_looked_up() -> None:
    assert {one.rule for one in apd.validate(samples.document()).findings}.isdisjoint(
        one.id for one in SOR_REQUIREMENTS
    )


def test_settings_with_a_register_can_be_sent_to_other_processes() -> None:
    settings = Settings(rules=sor_rules(register(place(name="Andet"))), off={"SOR-ADDRESS"})
    again = pickle.loads(pickle.dumps(settings))
    assert again == settings
    assert hash(again) == hash(settings)
    assert apd.validate(samples.document(), settings=again) == apd.validate(
        samples.document(), settings=settings
    )


def test_what_cannot_be_asked_is_refused() -> None:
    with pytest.raises(apd.InvalidArgument, match="lookup"):
        sor_rules({PLACE: place()})  # type: ignore[arg-type]  # what is refused
