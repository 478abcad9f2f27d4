"""What may be shared at all: legal basis (F2), the patient's presence (#7), the status (#4)."""

import pytest

import apd
from apd.publication import Ground, LegalBasis, refusals
from tests.publication.making import booking

MAY_BE_SHARED = {
    LegalBasis.HEALTH_ACT: True,
    LegalBasis.HEALTH_ACT_138: True,
    LegalBasis.SERVICES_ACT_79A: True,
    LegalBasis.SERVICES_ACT_83: True,
    LegalBasis.SERVICES_ACT_83A: True,
    LegalBasis.SERVICES_ACT_84: True,
    LegalBasis.SERVICES_ACT_85: False,
    LegalBasis.SERVICES_ACT_86: True,
    LegalBasis.ELDERLY_ACT: True,
    LegalBasis.ELDERLY_ACT_8: True,
    LegalBasis.ELDERLY_ACT_16: True,
    LegalBasis.OTHER: False,
}


@pytest.mark.parametrize("basis", LegalBasis)
def test_f2_the_law_decides_what_is_shared(basis: LegalBasis) -> None:
    assert basis.may_be_shared is MAY_BE_SHARED[basis]
    refused = () if MAY_BE_SHARED[basis] else (Ground.LEGAL_BASIS,)
    assert refusals(booking(basis=basis)) == refused


def test_7_a_meeting_without_the_patient_is_not_shared() -> None:
    assert refusals(booking(patient_present=False)) == (Ground.WITHOUT_PATIENT,)


@pytest.mark.parametrize("status", [*apd.Status, None])
def test_4_only_what_is_active_is_shared(status: apd.Status | None) -> None:
    refused = () if status is apd.Status.ACTIVE else (Ground.NOT_ACTIVE,)
    assert refusals(booking(status=status)) == refused


def test_every_refusal_is_reported() -> None:
    worst = booking(
        basis=LegalBasis.SERVICES_ACT_85, patient_present=False, status=apd.Status.CANCELLED
    )
    assert [ground.rule for ground in refusals(worst)] == ["F2", "#7", "#4"]


@pytest.mark.parametrize("ground", Ground)
def test_each_ground_has_words_in_both_languages(ground: Ground) -> None:
    assert ground.display("da") != ground.display("en")
    for text in ground.wording:
        assert text[0].isupper()
        assert text.endswith(".")


@pytest.mark.parametrize(
    ("basis", "danish", "english"),
    [
        (LegalBasis.HEALTH_ACT, "sundhedsloven", "Health Act"),
        (
            LegalBasis.HEALTH_ACT_138,
            "sundhedsloven § 138 (hjemmesygepleje)",
            "Health Act § 138 (home nursing)",
        ),
        (
            LegalBasis.SERVICES_ACT_83,
            "serviceloven § 83 (hjemmehjælp)",
            "Services Act § 83 (home help)",
        ),
    ],
)
def test_a_law_has_words(basis: LegalBasis, danish: str, english: str) -> None:
    assert basis.display() == danish
    assert basis.display("en") == english
    assert danish.startswith(basis.value)


def test_a_law_has_its_danish_name() -> None:
    assert LegalBasis("serviceloven § 83 a") is LegalBasis.SERVICES_ACT_83A
