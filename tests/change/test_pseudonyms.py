"""The test data that stand for personal data: the same for the same, and of the same kind."""

import datetime
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.dk import cpr

import apd
from apd.change import Pseudonyms, anonymise, anonymise_bytes
from apd.testing import strategies as apd_st
from apd.text.times import MONTHS
from tests import samples

BY = Pseudonyms("a seed for the tests")
DIGITS = st.text("0123456789", min_size=1, max_size=18)
WORDS = st.text(st.characters(categories=["L"]), min_size=1, max_size=20)

_KINDS: list[Callable[[Pseudonyms], str]] = [
    lambda by: by.word("Solveig"),
    lambda by: by.number("123456"),
    lambda by: by.cpr("0503129900"),
    lambda by: by.uuid("0b0c54c5-6c1e-4f0c-9a2c-3d0a9f8e7b61"),
    lambda by: by.sor("333333000016001"),
    lambda by: by.birth_date(datetime.date(2012, 3, 5)).isoformat(),
    lambda by: by.reference("row1"),
]


@pytest.mark.parametrize("draw", _KINDS)
def test_they_follow_from_the_seed(draw: Callable[[Pseudonyms], str]) -> None:
    same, other = Pseudonyms(b"a seed for the tests"), Pseudonyms("another seed")
    assert draw(BY) == draw(same)
    assert draw(BY) != draw(other)


def test_the_seed_is_kept_secret() -> None:
    assert "seed" not in repr(BY)
    assert b"seed" not in BY.seed


@pytest.mark.parametrize("seed", [None, 17])
def test_a_seed_is_a_text(seed: object) -> None:
    with pytest.raises(apd.InvalidValue, match=r"Pseudonyms\.seed must be text"):
        Pseudonyms(seed)  # type: ignore[arg-type]


# What they look like -------------------------------------------------------------------------


@given(WORDS)
def test_words(word: str) -> None:
    found = BY.word(word)
    assert found.casefold()[0] in "qxz" or len(word) == 1 or len(word.casefold()) == 1
    assert len(found) <= len(word)
    assert found.isalpha()
    assert found.isascii() or not word.isascii()


@pytest.mark.parametrize(
    ("word", "is_as"), [("KØGE", str.isupper), ("Køge", str.istitle), ("køge", str.islower)]
)
def test_words_keep_their_case(word: str, is_as: Callable[[str], bool]) -> None:
    assert is_as(BY.word(word))
    assert BY.word(word).lower() == BY.word("køge")


@given(DIGITS)
def test_numbers(digits: str) -> None:
    found = BY.number(digits)
    assert len(found) == len(digits)
    assert int(found[-1]) % 2 == int(digits[-1]) % 2
    if not digits.strip("0"):
        assert found == digits


@pytest.mark.parametrize("length", [1, 2, 3])
def test_no_two_numbers_have_the_same(length: int) -> None:
    numbers = [f"{number:0{length}}" for number in range(1, 10**length)]
    assert len({BY.number(number) for number in numbers}) == len(numbers)


@given(st.text("0123456789", min_size=8, max_size=8).filter(lambda digits: digits.strip("0")))
def test_telephone_numbers_are_nobodys(digits: str) -> None:
    assert BY.number(digits).startswith("00")


@given(
    apd_st.cpr_numbers()
    | st.sampled_from(["0101200001", "2512481234", "0101001234"]).map(apd.CprNumber)
)
def test_cpr_numbers_are_those_of_test_persons(number: apd.CprNumber) -> None:
    found = apd.CprNumber(BY.cpr(number.value))
    assert found.value[6:8] == "99"
    assert cpr.checksum(found.value) != 0
    assert (int(found.value[-1]) - int(number.value[-1])) % 2 == 0
    assert (int(found.value[0]) >= 6) is (int(number.value[0]) >= 6)
    assert (found.birth_date.year >= 2000) is (number.birth_date.year >= 2000)
    assert found.birth_date == BY.birth_date(number.birth_date) != number.birth_date


@given(apd_st.sor_codes() | st.text("0123456789", min_size=1, max_size=18).map(apd.SorCode))
def test_sor_codes_are_right_where_the_others_are(code: apd.SorCode) -> None:
    found = apd.SorCode(BY.sor(code.value))
    if len(code.value) >= 6:
        assert found.has_check_digit is code.has_check_digit


@given(st.uuids().map(str), st.booleans())
def test_uuids(value: str, is_upper: bool) -> None:
    found = apd.MedComId(BY.uuid(value.upper() if is_upper else value))
    assert found.value.lower() == BY.uuid(value) != value
    assert found.value.isupper() is is_upper


def test_weeks() -> None:
    moving = Pseudonyms("a seed", shift_times=True)
    weeks = {moving.weeks(f"{patient}") for patient in range(1000)}
    assert weeks == {*range(-52, 53)} - {0}
    assert BY.weeks("1") == 0


# In documents --------------------------------------------------------------------------------

SERIES = [
    samples.document(
        id=samples.medcom_id(n), appointment=samples.appointment(id=samples.medcom_id(m))
    )
    for n, m in ((11, 21), (12, 22))
]


@pytest.mark.parametrize("documents", [SERIES, SERIES[::-1]], ids=["in order", "reversed"])
def test_the_same_is_the_same_in_every_document(documents: list[apd.AppointmentDocument]) -> None:
    found = {document.id: anonymise(document, BY) for document in documents}
    first, second = (found[document.id].appointment for document in SERIES)
    assert first.patient == second.patient != SERIES[0].appointment.patient
    assert first.performer == second.performer
    assert first.location == second.location
    assert first.id != second.id
    assert found[SERIES[0].id].id != found[SERIES[1].id].id


def test_the_birth_date_follows_the_cpr_number() -> None:
    patient = anonymise(samples.document(), BY).appointment.patient
    assert isinstance(patient.id, apd.CprNumber)
    assert patient.birth_date == patient.id.birth_date
    assert patient.gender is samples.patient().gender


def test_organisations_can_be_kept() -> None:
    by = Pseudonyms("a seed", keep_organizations=True)
    document = samples.document()
    kept = anonymise(document, by).appointment
    assert kept.performer is not None
    assert document.appointment.performer is not None
    assert kept.performer.id == document.appointment.performer.id
    assert kept.performer.organization == document.appointment.performer.organization
    assert kept.performer.person != document.appointment.performer.person
    assert kept.patient.name != document.appointment.patient.name


TEXTS = [
    ("Ring til Solveig Tranekær på 65000001", ["Solveig", "Tranekær", "65000001", "Ring"]),
    ("CPR 050312-9900 og 0503129900", ["050312", "9900"]),
    ("født 05-03-2012, 5/3 2012 eller 5. marts 2012", ["2012-", "05-03-2012", "5. marts 2012"]),
    ("id 0b0c54c5-6c1e-4f0c-9a2c-3d0a9f8e7b61", ["0b0c54c5"]),
    ("solveig@example.dk, www.example.dk", ["solveig", "example"]),
    ("Ærø&amp;Søn &#65;nna", ["Ærø", "Søn", "Anna"]),
    ("عمر ١٢٣٤٥", ["عمر", "١٢٣٤٥"]),
]


@pytest.mark.parametrize(("text", "gone"), TEXTS)
def test_texts(text: str, gone: list[str]) -> None:
    data = f"<a><b>{text}</b><!--{text}--><c d='{text}'/>{text}<?pi {text}?></a>".encode()
    found = anonymise_bytes(data, BY).decode()
    assert not [word for word in gone if word.lower() in found.lower()]
    assert found.count("<") == 5 + 1  # the declaration; the comment and the instruction are gone


# how a text may say 8 December 2026, and the same day some weeks later or earlier
FORMS = [
    ("08-12-2026", "%d-%m-%Y"),
    ("2026-12-08", "%Y-%m-%d"),
    ("08.12.2026", "%d.%m.%Y"),
    ("8/12-2026", "{day}/{month}-%Y"),
    ("8. december 2026", "{day}. {da} %Y"),
    ("8 December 2026", "{day} {da} %Y"),
]


@pytest.mark.parametrize(("text", "form"), FORMS)
def test_dates_in_texts_follow_the_times(text: str, form: str) -> None:
    by = Pseudonyms("a seed", shift_times=True)
    data = f'<a><low value="20261208093000+0100"/><b>{text} kl. 09:30, 11:45</b></a>'.encode()
    found = anonymise_bytes(data, by).decode()
    day = datetime.date(2026, 12, 8) + datetime.timedelta(weeks=by.weeks(""))
    words = {"day": day.day, "month": day.month, "da": MONTHS[day.month - 1].da}
    assert f'value="{day:%Y%m%d}093000' in found
    assert day.strftime(form.format(**words)) in found
    assert "kl. 09:30, " in found
    assert "11:45" not in found


def test_a_date_of_birth_in_a_text_follows_the_cpr_number() -> None:
    data = (
        '<a><id root="1.2.208.176.1.2" extension="0503129900"/><birthTime value="20120305"/>'
        "<b>05-03-2012, 5. marts 2012, 06-03-2012</b></a>"
    )
    found = anonymise_bytes(data.encode(), BY).decode()
    born = BY.birth_date(datetime.date(2012, 3, 5))
    month = MONTHS[born.month - 1].da
    assert f'birthTime value="{born:%Y%m%d}"' in found
    assert f">{born:%d-%m-%Y}, {born.day}. {month} {born.year}, " in found
    assert "06-03-2012" not in found
