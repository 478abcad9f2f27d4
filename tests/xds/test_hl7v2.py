"""The small formats: written as the profile has them, and read back whatever is in them."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import apd
from apd.testing import strategies as apd_st
from apd.xds.metadata import hl7v2
from apd.xds.metadata.attribute_formats import read_unique_id, write_unique_id
from tests.xds.making import NAMES, NUMBERED, ORGANIZATION_IDS, PATIENT_IDS, TEXTS

# --- separators ------------------------------------------------------------------------------

ESCAPES = [
    ("Møller & Søn", r"Møller \T\ Søn"),
    ("a^b|c~d", r"a\S\b\F\c\R\d"),
    ("\\", r"\E\ ".strip()),
    (r"\T\ ".strip(), r"\E\T\E\ ".strip()),
    ("Åse", "Åse"),
]


@pytest.mark.parametrize(("text", "written"), ESCAPES)
def test_escapes(text, written) -> None:
    assert hl7v2.escaped(text) == written
    assert hl7v2.unescaped(written) == text


@given(TEXTS)
def test_escapes_are_undone(text) -> None:
    written = hl7v2.escaped(text)
    assert hl7v2.unescaped(written) == text
    assert not set(written) & set("^&|~")


@pytest.mark.parametrize("text", [r"\X41\ ".strip(), r"\H\ ".strip(), "\\", r"a\b", "\\T"])
def test_other_escapes_stay(text) -> None:
    assert hl7v2.unescaped(text) == text


# --- DTM -------------------------------------------------------------------------------------

CEST, CET = (datetime.timezone(datetime.timedelta(hours=hours)) for hours in (2, 1))
TIMES = [
    (datetime.datetime(2022, 9, 9, 9, 11, 0, tzinfo=CEST), "20220909071100"),
    (datetime.datetime(2022, 10, 1, 10, 0, tzinfo=CEST), "20221001080000"),
    (apd.local_time(2026, 1, 1, 0, 30), "20251231233000"),  # over midnight and the year's end
    (apd.local_time(2026, 7, 1, 1, 59, 59), "20260630235959"),
    (apd.local_time(2026, 3, 29, 1, 59, 59), "20260329005959"),  # summer time begins
    (apd.local_time(2026, 3, 29, 3, 0), "20260329010000"),
    (datetime.datetime(2026, 10, 25, 2, 15, tzinfo=CEST), "20261025001500"),  # and ends:
    (datetime.datetime(2026, 10, 25, 2, 15, tzinfo=CET), "20261025011500"),  # 02:15 comes twice
    (apd.local_time(2028, 2, 29, 0, 0), "20280228230000"),
]


@pytest.mark.parametrize(("time", "written"), TIMES)
def test_times_are_in_utc(time, written) -> None:
    assert hl7v2.write_dtm(time) == written
    assert hl7v2.read_dtm(written) == time


@given(apd_st.times())
def test_times_are_read_back(time) -> None:
    assert hl7v2.read_dtm(hl7v2.write_dtm(time)) == time.astimezone(datetime.UTC).replace(
        microsecond=0
    )


SHORTENED = [
    ("20170113100000", (2017, 1, 13, 10)),
    ("201701131000", (2017, 1, 13, 10)),
    ("2017011310", (2017, 1, 13, 10)),
    ("20170113", (2017, 1, 13, 0)),
    ("201701", (2017, 1, 1, 0)),
    ("2017", (2017, 1, 1, 0)),
]


@pytest.mark.parametrize(("written", "meant"), SHORTENED)
def test_shortened_times(written, meant) -> None:
    assert hl7v2.read_dtm(written) == datetime.datetime(*meant, tzinfo=datetime.UTC)


NO_TIMES = ["", "201", "20170", "20171301", "2017-01-13", "20170113100000+0100", "20170113240000",
            "20170229", "0001", "2017011310000000", "²⁰¹⁷", "i går"]  # fmt: skip


@pytest.mark.parametrize("written", NO_TIMES)
def test_no_times(written) -> None:
    assert hl7v2.read_dtm(written) is None


# --- CX, uniqueId ----------------------------------------------------------------------------


def test_patient_id() -> None:
    cpr = apd.CprNumber("0503129900")
    assert hl7v2.write_cx(cpr) == "0503129900^^^&1.2.208.176.1.2&ISO"
    assert hl7v2.read_cx("0503129900^^^&1.2.208.176.1.2&ISO") == cpr
    assert hl7v2.read_cx("0503129900^^^&1.2.208.176.1.2&ISO^PI^more") == cpr
    assert hl7v2.read_cx("0503129900^^^1.2.208.176.1.2") == cpr


@pytest.mark.parametrize("text", ["", "0503129900", "^^^&1.2.3&ISO", "1^^^&&ISO", "1^^^&x&ISO"])
def test_no_patient_id(text) -> None:
    assert hl7v2.read_cx(text) is None


def _bare(identifier):
    """What metadata keep of an identifier."""
    if isinstance(identifier, apd.Identifier):
        return apd.Identifier(identifier.root, identifier.extension)
    return identifier


@given(PATIENT_IDS | ORGANIZATION_IDS)
def test_identifiers_are_read_back(identifier) -> None:
    assert hl7v2.read_cx(hl7v2.write_cx(identifier)) == _bare(identifier)


@given(NUMBERED, TEXTS)
def test_references_are_read_back(identifier, type_) -> None:
    found = hl7v2.read_cxi(hl7v2.write_cxi(identifier, type_))
    assert found == (_bare(identifier), type_.strip())


UNIQUE_IDS = [
    (apd.Identifier("1.2.3", "a^b"), "1.2.3^a^b"),
    (apd.Identifier("1.2.3"), "1.2.3"),
    (apd.MedComId("0b0c54c5-6c1e-4f0c-9a2c-3d0a9f8e7b61"),
     "1.2.208.184^0b0c54c5-6c1e-4f0c-9a2c-3d0a9f8e7b61"),
]  # fmt: skip


@pytest.mark.parametrize(("identifier", "written"), UNIQUE_IDS)
def test_unique_id(identifier, written) -> None:
    assert write_unique_id(identifier) == written
    assert read_unique_id(written) == identifier


@given(apd_st.medcom_ids() | apd_st.identifiers())
def test_unique_ids_are_read_back(identifier) -> None:
    assert read_unique_id(write_unique_id(identifier)) == _bare(identifier)


# --- XON, XCN --------------------------------------------------------------------------------


def test_organization() -> None:
    written = "Kløverby Sygehus^^^^^&1.2.208.176.1.1&ISO^^^^9990011000016000"
    assert hl7v2.write_xon("Kløverby Sygehus", apd.SorCode("9990011000016000")) == written
    assert hl7v2.read_xon(written) == ("Kløverby Sygehus", apd.SorCode("9990011000016000"))


ORGANIZATIONS = [
    (r"Møller \T\ Søn^^^^^&1.2.208.176.1.4&ISO^^^^012345", "Møller & Søn",
     apd.ProviderNumber("012345")),
    ("Møller & Søn", "Møller & Søn", None),  # not escaped
    ("Sygehus ^^^^^& 1.2.208.176.1.1 & ISO^^^^ 123", "Sygehus", apd.SorCode("123")),
    ("Sygehus^^123^^^&1.2.208.176.1.1&ISO", "Sygehus", apd.SorCode("123")),
    ("^^^^^&1.2.208.176.1.1&ISO^^^^123", None, apd.SorCode("123")),
    ("Sygehus^^^^^^^^^123", "Sygehus", None),
    ("", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("written", "name", "identifier"), ORGANIZATIONS)
def test_organizations_of_others(written, name, identifier) -> None:
    assert hl7v2.read_xon(written) == (name, identifier)


@given(st.none() | TEXTS.map(str.split).map(" ".join), ORGANIZATION_IDS)
def test_organizations_are_read_back(name, identifier) -> None:
    found = hl7v2.read_xon(hl7v2.write_xon(name, identifier))
    assert found == (name, _bare(identifier))


PERSONS = [
    ("^Jensen^Jens^Bo&Henrik", ["Jens", "Bo", "Henrik"], "Jensen"),
    ("^Jensen^Jens^Bo", ["Jens", "Bo"], "Jensen"),
    ("^Jensen^Jens", ["Jens"], "Jensen"),
    ("^Jensen", [], "Jensen"),
    ("^^Jens", ["Jens"], None),
    (r"^O\S\Hara \T\ Co^A\E\B^C\R\D&E\F\F", ["A\\B", "C~D", "E|F"], "O^Hara & Co"),
]


@pytest.mark.parametrize(("written", "given", "family"), PERSONS)
def test_person(written, given, family) -> None:
    name = apd.PersonName(given, family)
    assert hl7v2.write_xcn(name) == written
    assert hl7v2.read_xcn(written) == name


@pytest.mark.parametrize("tail", ["^^^^^&ISO", "^^^^^^^&ISO", "^^^&1.2.208.176.1.3&ISO", "^"])
def test_tails_of_examples_are_tolerated(tail) -> None:
    name = apd.PersonName(["Jens", "Bo"], "Jensen")
    assert hl7v2.read_xcn(f"^Jensen^Jens^Bo{tail}") == name
    assert hl7v2.read_xcn(f"12345^Jensen^Jens^Bo{tail}") == name


@given(NAMES)
def test_names_are_read_back(name) -> None:
    assert hl7v2.read_xcn(hl7v2.write_xcn(name)) == name
    # sourcePatientInfo has the same name, and whatever is not told is not there
    assert hl7v2.read_pid(hl7v2.write_pid(name, None, None)) == (name, None, None)


# --- PID -------------------------------------------------------------------------------------


def test_patient() -> None:
    name, born = apd.PersonName(["Jens", "Bo"], "Jensen"), datetime.date(1991, 6, 29)
    written = ["PID-5|Jensen^Jens^Bo", "PID-7|19910629", "PID-8|M"]
    assert hl7v2.write_pid(name, apd.Gender.MALE, born) == written
    assert hl7v2.read_pid(written) == (name, apd.Gender.MALE, born)


GENDERS = [(apd.Gender.MALE, "M"), (apd.Gender.FEMALE, "F"), (apd.Gender.UNDIFFERENTIATED, "U")]


@pytest.mark.parametrize(("gender", "letter"), GENDERS)
def test_genders(gender, letter) -> None:
    assert hl7v2.write_pid(None, gender, None) == [f"PID-8|{letter}"]
    assert hl7v2.read_pid([f"PID-8|{letter}"]) == (None, gender, None)


def test_other_fields_of_the_patient_are_not_taken() -> None:
    texts = ["PID-3|123^^^&1.2.3&ISO", "PID-7|19910629000000", "PID-8|X", "PID-11|^^^^", "?"]
    assert hl7v2.read_pid(texts) == (None, None, datetime.date(1991, 6, 29))


@pytest.mark.parametrize("birth_date", ["", "1991", "199113", "19911301", "abcdefgh"])
def test_no_birth_date(birth_date) -> None:
    assert hl7v2.read_pid([f"PID-7|{birth_date}"])[2] is None
