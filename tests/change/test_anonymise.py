"""Anonymous copies: nothing of the original, the same form, and the same things wrong."""

import datetime
from collections import Counter
from typing import Any

import attrs
import pytest
from attrs import evolve
from hypothesis import given, settings

import apd
from apd.change import Pseudonyms, anonymise, anonymise_bytes, leaks
from apd.rules.details import followers
from apd.testing import strategies as apd_st
from tests.places import EXAMPLES, ROOT, example_names, needs_examples, needs_kit
from tests.rules.broken import edits
from tests.rules.editing import edited, valid
from tests.rules.kit import Case, cases
from tests.sampling import one_in

# Each of these makes, writes, reads and validates a document, some of them several times.
fewer = settings(max_examples=max(1, settings.default.max_examples // 3))
SEED = "a seed for the tests"
OWN_EXAMPLES = sorted((ROOT / "examples" / "documents").glob("*.xml"))
OPTIONS = [Pseudonyms(SEED), Pseudonyms(SEED, shift_times=True, keep_organizations=True)]


def rules(data: bytes | apd.AppointmentDocument) -> Counter[str]:
    """The rules that a document breaks, and how often."""
    return Counter(finding.rule for finding in apd.validate(data).findings)


def form(value: Any) -> Any:
    """What there is in a value of the model, whatever it says."""
    if isinstance(value, apd.AppointmentDocument):
        value = evolve(value, source=None)
    if attrs.has(type(value)):
        fields = attrs.fields(type(value))
        return type(value), {one.name: form(getattr(value, one.name)) for one in fields}
    if isinstance(value, tuple):
        return [form(item) for item in value]
    return type(value)


# Whole documents -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", OWN_EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("by", OPTIONS, ids=["plain", "with options"])
def test_examples_stay_valid_and_tell_nothing(path: Any, by: Pseudonyms) -> None:
    data = path.read_bytes()
    anonymous = anonymise_bytes(data, by)
    assert leaks(data, anonymous, keep_organizations=by.keep_organizations) == ()
    assert rules(anonymous) == rules(data)
    assert form(apd.loads(anonymous)) == form(apd.loads(data))


@needs_examples
@pytest.mark.parametrize("name", example_names())
@pytest.mark.parametrize(
    "by",
    [OPTIONS[0], pytest.param(OPTIONS[1], marks=pytest.mark.slow)],
    ids=["plain", "with options"],
)
def test_official_examples_have_the_same_faults(name: str, by: Pseudonyms) -> None:
    data = (EXAMPLES / name).read_bytes()
    anonymous = anonymise_bytes(data, by)
    assert leaks(data, anonymous, keep_organizations=by.keep_organizations) == ()
    assert rules(anonymous) == rules(data)


def _broken() -> list[str]:
    return [edit for kinds in edits().values() for edit in (*kinds["-"], *kinds["+"])]


@pytest.mark.parametrize("edit", one_in(4, _broken()))
def test_what_is_wrong_is_still_wrong(edit: str) -> None:
    data = edited(edit)
    anonymous = anonymise_bytes(data, SEED)
    assert rules(anonymous) == rules(data)
    assert leaks(data, anonymous) == ()


@needs_kit
def test_cases_of_the_conformance_kit_have_the_same_faults() -> None:
    some = list(cases(200))
    for case in some:
        _same_faults(case)
    assert len(some) == 15


def _same_faults(case: Case) -> None:
    anonymous = anonymise_bytes(case.data, SEED)
    assert rules(anonymous) == rules(case.data), case.id
    assert leaks(case.data, anonymous) == (), case.id


@fewer
@given(apd_st.documents(complete=False))
def test_any_document_keeps_its_form_and_gets_no_errors(
    document: apd.AppointmentDocument,
) -> None:
    data = apd.dumps(document, check=False)
    anonymous = anonymise(document, SEED)
    before = rules(data)
    found = rules(anonymous) - before
    # what another finding spoke for before, as of a date of birth that nobody can have
    spoken_for = {one for rule in before for one in followers(rule)}
    assert all(rule.startswith("BR-TEXT") or rule in spoken_for for rule in found)
    assert form(anonymous) == form(document)
    assert leaks(data, apd.dumps(anonymous, check=False)) == ()


@fewer
@given(apd_st.documents())
def test_what_can_be_written_can_be_written_afterwards(document: apd.AppointmentDocument) -> None:
    anonymous = anonymise(document, SEED)
    assert apd.loads(apd.dumps(anonymous)) == anonymous
    assert form(anonymise(anonymous, SEED)) == form(anonymous)


@fewer
@given(apd_st.documents())
def test_times_are_moved_by_whole_weeks(document: apd.AppointmentDocument) -> None:
    moved = anonymise(document, Pseudonyms(SEED, shift_times=True)).appointment.schedule
    schedule = document.appointment.schedule
    week = datetime.timedelta(weeks=1)
    assert (moved.start.date() - schedule.start.date()) % week == datetime.timedelta(0)
    assert moved.type is schedule.type


def test_names_of_code_systems_stay() -> None:
    anonymous = anonymise_bytes(valid(), SEED)

    assert b'codeSystemName="ParticipationType (HL7) Code System"' in anonymous


@pytest.mark.parametrize("by", OPTIONS)
@pytest.mark.parametrize(
    "value",
    [
        "2026",
        "1899",
        "202602",
        "20260202",
        "202602020930+0100",
        "20260329023000",  # summer time skips it
        "99990202093000+0100",
        "20260230",
        "soon",
    ],
)
def test_a_time_that_is_no_moment_stays_as_right_or_wrong_as_it_was(
    value: str, by: Pseudonyms
) -> None:
    text = (ROOT / "examples" / "documents" / "home-nurse.xml").read_text("utf-8")
    data = text.replace('<time value="20260202093000+0100"', f'<time value="{value}"')

    copy = apd.dumps(anonymise(apd.loads(data), by), check=False)

    assert rules_at_time(copy) == rules_at_time(data.encode())
    assert not leaks(data.encode(), copy, keep_organizations=by.keep_organizations)


def rules_at_time(data: bytes) -> list[str]:
    """The rules that the times of authors break."""
    findings = apd.validate(data).findings
    return [found.rule for found in findings if "/author/time" in found.path]
