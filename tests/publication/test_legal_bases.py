"""What the laws permit, by the day of the appointment, and tables of one's own."""

import datetime

import pytest
from attrs import evolve

import apd
from apd.publication import (
    LEGAL_BASES,
    Ground,
    Horizon,
    LegalBases,
    LegalBasis,
    LegalBasisRule,
    MemoryRegister,
    is_child_address_hidden,
    last_day,
    plan,
    refusals,
)
from tests.publication.making import DAY, KEY, MINUTE, booking

FIRST_DAY = datetime.date(2025, 7, 1)
MIDNIGHT = apd.local_time(2025, 7, 1)
ELDERLY = [LegalBasis.ELDERLY_ACT, LegalBasis.ELDERLY_ACT_8, LegalBasis.ELDERLY_ACT_16]


@pytest.mark.parametrize("basis", ELDERLY)
@pytest.mark.parametrize(
    ("starts", "is_shared"),
    [(MIDNIGHT - MINUTE, False), (MIDNIGHT, True), (MIDNIGHT + 400 * DAY, True)],
)
def test_aeldreloven_is_in_force_from_1_july_2025(
    basis: LegalBasis, starts: datetime.datetime, is_shared: bool
) -> None:
    held = booking(starts=starts, basis=basis)
    assert refusals(held) == (() if is_shared else (Ground.LEGAL_BASIS,))
    assert basis.may_be_shared


@pytest.mark.parametrize("order", [1, -1], ids=["in order", "newest first"])
@pytest.mark.parametrize("is_shared", [True, False])
def test_the_newest_row_of_a_basis(order: int, is_shared: bool) -> None:
    first = LegalBasisRule(
        basis=LegalBasis.OTHER, may_be_shared=not is_shared, valid_to=FIRST_DAY - DAY, source="a"
    )
    second = evolve(first, may_be_shared=is_shared, valid_from=FIRST_DAY, valid_to=None)
    bases = LegalBases((first, second)[::order])
    assert bases.newest(LegalBasis.OTHER) is second
    with pytest.raises(apd.InvalidValue, match="has no row"):
        bases.newest(LegalBasis.HEALTH_ACT)


@pytest.mark.parametrize("basis", LegalBasis)
def test_what_a_basis_permits_is_what_its_newest_row_states(basis: LegalBasis) -> None:
    assert basis.may_be_shared is LEGAL_BASES.newest(basis).may_be_shared


@pytest.mark.parametrize("basis", ELDERLY)
def test_what_is_inferred_is_marked_so(basis: LegalBasis) -> None:
    row = LEGAL_BASES.at(basis, FIRST_DAY)
    assert row.is_inferred
    assert "inferred" in row.source


def test_integrated_care_is_shared_thirty_days_ahead() -> None:
    now = apd.local_time(2026, 2, 2, 9)
    assert last_day(LegalBasis.ELDERLY_ACT, now) == datetime.date(2026, 3, 4)
    assert last_day(LegalBasis.ELDERLY_ACT_8, now) == datetime.date(2026, 8, 2)


def test_every_basis_has_a_row_today() -> None:
    assert {row.basis for row in LEGAL_BASES.on(datetime.date(2026, 11, 28))} == set(LegalBasis)
    before = {row.basis for row in LEGAL_BASES.on(FIRST_DAY - DAY)}
    assert before == set(LegalBasis) - set(ELDERLY)


OWN = LEGAL_BASES.replacing(
    LegalBasisRule(
        basis=LegalBasis.SERVICES_ACT_85,
        may_be_shared=True,
        days_ahead=7,
        valid_from=datetime.date(2026, 3, 1),
        valid_to=datetime.date(2026, 3, 31),
        source="a ministry's letter",
    )
)


@pytest.mark.parametrize(
    ("day", "is_shared"),
    [((2026, 2, 28), False), ((2026, 3, 1), True), ((2026, 3, 31), True), ((2026, 4, 1), False)],
)
def test_a_table_of_ones_own(day: tuple[int, int, int], is_shared: bool) -> None:
    held = booking(starts=apd.local_time(*day, 12), basis=LegalBasis.SERVICES_ACT_85)
    assert refusals(held, OWN) == (() if is_shared else (Ground.LEGAL_BASIS,))
    assert refusals(held) == (Ground.LEGAL_BASIS,)


def test_a_plan_goes_by_the_table_that_is_given() -> None:
    now = apd.local_time(2026, 3, 1, 9)
    near = booking(2, now + 7 * DAY, repeats=True, basis=LegalBasis.SERVICES_ACT_85)
    far = booking(3, now + 8 * DAY, repeats=True, basis=LegalBasis.SERVICES_ACT_85)
    steps = plan([near, far], MemoryRegister(), now, key=KEY, bases=OWN)
    assert [step.kind for step in steps] == ["publish", "leave"]
    assert Horizon.at(now, OWN).permits(near)
    assert not Horizon.at(now, OWN).permits(far)
    steps = plan([near, far], MemoryRegister(), now, key=KEY)
    assert [step.kind for step in steps] == ["leave", "leave"]


def test_two_rows_may_not_hold_on_one_day() -> None:
    row = LEGAL_BASES.at(LegalBasis.ELDERLY_ACT, FIRST_DAY)
    with pytest.raises(apd.InvalidValue, match="valid_from"):
        LegalBases((row, evolve(row, valid_from=datetime.date(2026, 1, 1))))
    ended = evolve(row, valid_to=datetime.date(2025, 12, 31))
    LegalBases((ended, evolve(row, valid_from=datetime.date(2026, 1, 1))))


@pytest.mark.parametrize("child", [True, False])
@pytest.mark.parametrize("parent", [True, False])
def test_a_childs_address_is_hidden_if_both_are_protected(child: bool, parent: bool) -> None:
    hidden = is_child_address_hidden(is_child_protected=child, is_resident_parent_protected=parent)
    assert hidden is (child and parent)
