"""MedCom's example documents: all are read, and what is read is written back whole."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

import pytest
from lxml import etree

import apd
from tests.cda.comparison import assert_same
from tests.places import EXAMPLES, example_names, needs_examples

pytestmark = needs_examples

NO_APPOINTMENT = "Tidligere_versioner_DK-APD_Example_No_Time_Place.xml"
# The schema rejects them: elements do not stand in its order.
OUT_OF_ORDER = {"apd_invalid.xml", "2.0_DK-APD_Example_1_7_apd_gp_specialist_yder.xml"}

Sor, Other, Home = apd.SorLocation, apd.OtherLocation, apd.HomeLocation
Region, Town, Practice = apd.Category.REGIONAL, apd.Category.MUNICIPAL, apd.Category.PRACTITIONER


class Expected(NamedTuple):
    """What is known of an example."""

    release: str
    types: tuple[int, ...]
    category: apd.Category | None
    location: type
    start: str
    end: str | None


EXPECTED = {
    "2.0_DK-APD_Example_1_10_apd_municipality_morning_sbj.xml": Expected(
        "2.0.1", (2,), Town, Home, "2026-03-05T10:15+01:00", "2026-03-05T10:30+01:00"
    ),
    "2.0_DK-APD_Example_1_2_apd_maximum.xml": Expected(
        "2.0.1", (2, 4), Region, Sor, "2026-04-01T10:00+02:00", "2026-04-01T10:30+02:00"
    ),
    "2.0_DK-APD_Example_1_4_apd_municipality_a.xml": Expected(
        "2.0.1", (2, 4), Town, Sor, "2026-03-28T10:15+01:00", "2026-03-28T10:30+01:00"
    ),
    "2.0_DK-APD_Example_1_4_apd_municipality_b.xml": Expected(
        "2.0.1", (2, 4), Town, Sor, "2026-03-29T10:15+02:00", "2026-03-29T10:30+02:00"
    ),
    "2.0_DK-APD_Example_1_5_apd_region.xml": Expected(
        "2.0.1", (1,), Region, Sor, "2026-03-07T08:00+01:00", "2026-03-07T09:30+01:00"
    ),
    "2.0_DK-APD_Example_1_6_apd_gp.xml": Expected(
        "2.0.1", (1,), Practice, Sor, "2026-03-03T20:00+01:00", "2026-03-03T20:30+01:00"
    ),
    "2.0_DK-APD_Example_1_7_apd_gp_specialist_yder.xml": Expected(
        "2.0.1", (3,), Practice, Sor, "2026-10-09T00:00+02:00", None
    ),
    "2.0_DK-APD_Example_1_9_apd_v11.xml": Expected(
        "1.1", (1,), None, Sor, "2026-03-06T10:15+01:00", "2026-03-06T10:30+01:00"
    ),
    "Tidligere_versioner_DK-APD_Example_1.xml": Expected(
        "1.0", (1,), None, Sor, "2017-05-31T12:00+02:00", "2017-05-31T13:00+02:00"
    ),
    "Tidligere_versioner_DK-APD_Example_apd-2-0.xml": Expected(
        "2.0", (2, 4), Town, Home, "2019-12-31T09:00+01:00", "2019-12-31T12:00+01:00"
    ),
    "apd_invalid.xml": Expected("2.0.1", (3,), Town, Home, "2026-03-11T23:59+01:00", None),
    "apd_minimum.xml": Expected(
        "2.0.1", (1,), Town, Sor, "2026-03-01T08:00+01:00", "2026-03-01T09:30+01:00"
    ),
}

# Another recognisable value of some of them.
Known = Callable[[apd.AppointmentDocument], object]
KNOWN: list[tuple[str, Known, object]] = [
    ("apd_minimum.xml", lambda d: d.appointment.requester, None),
    ("apd_minimum.xml", lambda d: d.appointment.repetition, None),
    ("apd_invalid.xml", lambda d: d.version_number, 1),
    (
        "2.0_DK-APD_Example_1_2_apd_maximum.xml",
        lambda d: d.appointment.patient.gender,
        apd.Gender.MALE,
    ),
    (
        "2.0_DK-APD_Example_1_2_apd_maximum.xml",
        lambda d: len(d.appointment.patient.telecoms),
        7,
    ),
    (
        "2.0_DK-APD_Example_1_2_apd_maximum.xml",
        lambda d: d.appointment.requester and type(d.appointment.requester.id),
        apd.SorCode,
    ),
    (
        "2.0_DK-APD_Example_1_2_apd_maximum.xml",
        lambda d: [type(id) for id in d.appointment.episode_of_care.ids],  # type: ignore[union-attr]
        [apd.EpisodeId, apd.MedComId, apd.EpisodeId, apd.EpisodeId, apd.Identifier],
    ),
    (
        "2.0_DK-APD_Example_1_9_apd_v11.xml",
        lambda d: d.appointment.requester is not None,
        True,
    ),
    (
        "Tidligere_versioner_DK-APD_Example_apd-2-0.xml",
        lambda d: d.appointment.schedule.note,
        "Tidspunktet er vejledende",
    ),
]


def data_of(name: str) -> bytes:
    """An example as it stands."""
    return (EXAMPLES / name).read_bytes()


def test_every_example_is_in_the_table() -> None:
    assert set(example_names()) == {*EXPECTED, NO_APPOINTMENT}


@pytest.mark.parametrize("name", EXPECTED)
def test_read(name: str) -> None:
    document = apd.load(EXAMPLES / name)
    expected = EXPECTED[name]
    schedule = document.appointment.schedule
    assert str(document.release) == expected.release
    assert document.types == expected.types
    assert document.appointment.category is expected.category
    assert type(document.appointment.location) is expected.location
    assert schedule.start.isoformat(timespec="minutes") == expected.start
    assert (schedule.end and schedule.end.isoformat(timespec="minutes")) == expected.end
    assert document.appointment.status is apd.Status.ACTIVE


@pytest.mark.parametrize(("name", "known", "value"), KNOWN)
def test_known(name: str, known: Known, value: object) -> None:
    assert known(apd.load(EXAMPLES / name)) == value


def test_an_example_without_an_appointment_is_refused_and_states_where() -> None:
    data = data_of(NO_APPOINTMENT)
    with pytest.raises(apd.ParseError) as caught:
        apd.loads(data)
    (finding,) = caught.value.findings
    assert finding.rule == "APD-ENCOUNTER"
    assert finding.path == "/ClinicalDocument/component/structuredBody/component/section"
    assert finding.line
    assert b"<section" in data.splitlines()[finding.line - 1]


@pytest.mark.parametrize("name", [name for name, is_ in EXPECTED.items() if is_.release == "2.0.1"])
def test_what_is_written_states_what_was_read(name: str) -> None:
    data = data_of(name)
    written = apd.dumps(apd.loads(data), check=False)
    assert_same(written, data, any_order=name in OUT_OF_ORDER)


@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_written_is_read_as_the_same(name: str) -> None:
    once = apd.dumps(apd.load(EXAMPLES / name), check=False)
    assert apd.dumps(apd.loads(once), check=False) == once
    assert apd.loads(once).appointment == apd.load(EXAMPLES / name).appointment


def readable_text(data: bytes) -> bytes:
    """The text of the section, as XML."""
    (text,) = etree.fromstring(data).iterfind(".//{*}section/{*}text")
    return etree.tostring(text, with_tail=False)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_readable_text_is_kept_to_the_letter(name: str) -> None:
    """Of every release."""
    data = data_of(name)
    written = apd.dumps(apd.loads(data), check=False)
    assert_same(readable_text(written), readable_text(data))


@pytest.mark.parametrize(
    "name", ["2.0_DK-APD_Example_1_5_apd_region.xml", "2.0_DK-APD_Example_1_6_apd_gp.xml"]
)
def test_the_flawless_ones_are_written_with_the_check(name: str) -> None:
    apd.dumps(apd.load(EXAMPLES / name))


@pytest.mark.parametrize("name", ["apd_minimum.xml", "2.0_DK-APD_Example_1_2_apd_maximum.xml"])
def test_the_others_are_refused_by_the_check(name: str) -> None:
    with pytest.raises(apd.InvalidDocument):
        apd.dumps(apd.load(EXAMPLES / name))


def test_summer_begins_between_two_examples_of_one_series() -> None:
    """The same clock time on 28 and 29 March 2026 is another offset."""
    starts: list[datetime] = [
        apd.load(
            EXAMPLES / f"2.0_DK-APD_Example_1_4_apd_municipality_{letter}.xml"
        ).appointment.schedule.start
        for letter in "ab"
    ]
    assert [start.isoformat() for start in starts] == [
        "2026-03-28T10:15:00+01:00",
        "2026-03-29T10:15:00+02:00",
    ]
