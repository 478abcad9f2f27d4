"""What DK-APD 2.0.1 demands of a document: of each requirement, what meets it and what does not."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from attrs import evolve
from hypothesis import given

import apd
from apd.model.completeness import REQUIREMENTS, Requirement, missing
from apd.testing import strategies as apd_st
from tests import samples

NOT_SOR = apd.Identifier("1.2.3", "17")
PROVIDER = apd.ProviderNumber("012345")
NOT_MEDCOM = apd.Identifier("1.2.3", "A-1")
LABEL = apd.Code("ALAL51", apd.Oid.SKS, "Graviditet")


def the_document(**changes: Any) -> apd.AppointmentDocument:
    """The complete sample, its own fields changed."""
    return evolve(samples.full_document(), **changes)


def the_appointment(**changes: Any) -> apd.AppointmentDocument:
    """The complete sample, fields of its appointment changed."""
    return the_document(appointment=evolve(samples.full_appointment(), **changes))


def the_performer(**changes: Any) -> apd.AppointmentDocument:
    """The complete sample, fields of its performer changed."""
    return the_appointment(performer=samples.performer(**changes))


class Example(NamedTuple):
    """Documents that meet a requirement, and documents that fail that one only."""

    passing: list[apd.AppointmentDocument]
    failing: list[apd.AppointmentDocument]


# By the first clause of each requirement.
EXAMPLES = {
    "a5bd": Example(
        passing=[the_document(id=apd.MedComId.new())],
        failing=[the_document(id=None), the_document(id=NOT_MEDCOM)],
    ),
    "1640": Example(
        passing=[the_document(time=apd.local_time(1990, 1, 1))],
        failing=[the_document(time=None)],
    ),
    "CONF-DK:36": Example(
        passing=[the_document(confidentiality=level) for level in apd.Confidentiality],
        failing=[the_document(confidentiality=None)],
    ),
    "CONF-DK:37": Example(
        passing=[the_document(language="da-DK")],
        failing=[the_document(language=code) for code in (None, "da", "en", "DA-dk")],
    ),
    "9ac6": Example(
        passing=[the_appointment(patient=apd.Patient(id=apd.CprNumber("8512489996")))],
        failing=[
            the_appointment(patient=apd.Patient(id=NOT_SOR)),
            the_appointment(patient=apd.Patient(id=apd.Identifier(apd.Oid.CPR, "3213219900"))),
        ],
    ),
    "61c6": Example(
        passing=[the_appointment(responsible=apd.Responsible(id=PROVIDER))],
        failing=[the_appointment(responsible=None)],
    ),
    "4b90": Example(
        passing=[
            the_appointment(responsible=samples.responsible(id=id))
            for id in (PROVIDER, apd.SorCode("1"))
        ],
        failing=[the_appointment(responsible=samples.responsible(id=id)) for id in (None, NOT_SOR)],
    ),
    "7616": Example(
        passing=[the_appointment(requester=None)],
        failing=[
            the_appointment(requester=samples.requester(id=id)) for id in (None, NOT_SOR, PROVIDER)
        ],
    ),
    "CONF-DK:19": Example(
        passing=[the_document(custodian=apd.Custodian(id=apd.SorCode("1")))],
        failing=[
            the_document(custodian=None),
            *[the_document(custodian=samples.custodian(id=id)) for id in (None, PROVIDER)],
        ],
    ),
    "7493": Example(
        passing=[the_appointment(id=apd.MedComId.new())],
        failing=[the_appointment(id=id) for id in (None, NOT_MEDCOM, the_document().id)],
    ),
    "9245": Example(
        passing=[the_appointment(category=category) for category in apd.Category],
        failing=[the_appointment(category=None)],
    ),
    "0da6": Example(
        passing=[the_appointment(status=apd.Status.ACTIVE)],
        failing=[
            the_appointment(status=status)
            for status in (None, *apd.Status)
            if status is not apd.Status.ACTIVE
        ],
    ),
    "ae0f": Example(
        passing=[the_appointment(reason=apd.Reason("Kontrol"))],
        failing=[the_appointment(reason=None)],
    ),
    "63d8": Example(
        passing=[the_performer()],
        failing=[the_appointment(performer=None)],
    ),
    "ad1e": Example(
        passing=[the_performer(id=id) for id in (apd.SorCode("1"), PROVIDER, NOT_SOR)],
        failing=[the_performer(id=None)],
    ),
    "bf38": Example(
        passing=[the_performer(telecoms=[]), the_performer(telecoms=[apd.Telecom.phone("1")])],
        failing=[the_performer(telecoms=[apd.Telecom.phone("1"), apd.Telecom.phone("2")])],
    ),
    "0d10": Example(
        passing=[the_performer(organization=apd.Organization(name="Klinik 2"))],
        failing=[
            the_performer(organization=None),
            the_performer(organization=apd.Organization(id=PROVIDER)),
        ],
    ),
    "4ec7": Example(
        passing=[the_appointment(location=apd.OtherLocation())],
        failing=[the_appointment(location=None)],
    ),
    "3315": Example(
        passing=[the_appointment(location=apd.HomeLocation())],
        failing=[the_appointment(location=apd.SorLocation(name="Klinik 2"))],
    ),
    "91ea": Example(
        passing=[the_appointment(location=apd.OtherLocation(id=apd.SorCode("1")))],
        failing=[
            the_appointment(location=make(id=PROVIDER))
            for make in (apd.SorLocation, apd.OtherLocation, apd.HomeLocation)
        ],
    ),
    "158f": Example(
        passing=[
            the_appointment(episode_of_care=None),
            the_appointment(episode_of_care=apd.EpisodeOfCare([], LABEL)),
        ],
        failing=[
            the_appointment(episode_of_care=apd.EpisodeOfCare([], label))
            for label in (None, apd.Code("302393006", apd.Oid.SNOMED_CT))
        ],
    ),
    "8aa5": Example(
        passing=[
            the_appointment(
                episode_of_care=apd.EpisodeOfCare([samples.medcom_id(1), NOT_MEDCOM], LABEL)
            )
        ],
        failing=[
            the_appointment(episode_of_care=apd.EpisodeOfCare(ids, LABEL))
            for ids in (
                [samples.medcom_id(1), samples.medcom_id(2)],
                [apd.Identifier(apd.Oid.MEDCOM, "F-1")],
            )
        ],
    ),
    "40c2": Example(
        passing=[
            the_appointment(repetition=repetition)
            for repetition in (None, apd.Repetition(), apd.Repetition(samples.medcom_id(9)))
        ],
        failing=[the_appointment(repetition=apd.Repetition(NOT_MEDCOM))],
    ),
}

ROWS = {requirement.clauses[0]: requirement for requirement in REQUIREMENTS}


def test_every_requirement_has_documents_that_meet_it_and_that_do_not() -> None:
    assert set(EXAMPLES) == set(ROWS)
    assert len(ROWS) == len(REQUIREMENTS)
    assert all(example.passing and example.failing for example in EXAMPLES.values())


def each(part: Callable[[Example], list[apd.AppointmentDocument]]) -> list[Any]:
    """Each document of one kind, with the requirement it is about."""
    return [
        pytest.param(requirement, document, id=f"{clause}-{requirement.field}-{number}")
        for clause, requirement in ROWS.items()
        for number, document in enumerate(part(EXAMPLES[clause]))
    ]


@pytest.mark.parametrize(("requirement", "document"), each(lambda example: example.passing))
def test_met(requirement: Requirement, document: apd.AppointmentDocument) -> None:
    assert requirement.is_met(document)
    assert list(missing(document)) == []
    assert apd.loads(apd.dumps(document)) == document


@pytest.mark.parametrize(("requirement", "document"), each(lambda example: example.failing))
def test_not_met(requirement: Requirement, document: apd.AppointmentDocument) -> None:
    """It is the one thing that is wrong, and the writer refuses and says so."""
    assert list(missing(document)) == [requirement.finding()]
    with pytest.raises(apd.InvalidDocument) as caught:
        apd.dumps(document)
    assert caught.value.findings == (requirement.finding(),)
    assert requirement.wording.en in str(caught.value)
    apd.dumps(document, check=False)


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=lambda row: row.clauses[0])
def test_a_finding_says_which_clause_which_field_and_what_to_do(requirement: Requirement) -> None:
    finding = requirement.finding()
    assert finding.rule == finding.conformance[0]
    assert len(finding.conformance) == len(requirement.clauses)
    assert finding.rule.startswith(("CONF", "#"))
    assert finding.path == requirement.field
    assert finding.severity is apd.Severity.ERROR
    assert finding.message == requirement.wording.en
    danish = evolve(finding, language="da")
    assert danish.message == requirement.wording.da != finding.message


def test_all_that_is_missing_is_named_at_once() -> None:
    document = the_document(
        id=None, custodian=None, appointment=evolve(samples.full_appointment(), reason=None)
    )
    with pytest.raises(apd.InvalidDocument) as caught:
        apd.dumps(document)
    assert {finding.path for finding in caught.value.findings} == {
        "id", "custodian.id", "appointment.reason",
    }  # fmt: skip


@given(apd_st.documents())
def test_nothing_is_missing_in_a_complete_document(document: apd.AppointmentDocument) -> None:
    assert list(missing(document)) == []


@given(apd_st.documents(complete=False))
def test_the_writer_refuses_what_lacks_anything_and_nothing_else(
    document: apd.AppointmentDocument,
) -> None:
    findings = tuple(missing(document))
    try:
        apd.dumps(document)
    except apd.InvalidDocument as error:
        assert error.findings == findings != ()
    else:
        assert findings == ()
