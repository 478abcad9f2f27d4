"""What the form looks like: names, tags, words, times, and what is left out."""

import datetime
import json
import subprocess
import sys
from typing import Any

import pytest
from attrs import fields

import apd
from apd import jsonform
from apd.jsonform.types import classes, closed_lists, field_names
from tests import samples
from tests.places import ROOT

UUID = "7f1c8b52-4f0e-4d3a-9a55-0c6d2e8f9b11"
FORMS: list[tuple[Any, Any]] = [
    # identifiers, by their kind
    (apd.CprNumber("2512489996"), {"type": "cpr", "value": "2512489996"}),
    (apd.SorCode("9990011000016000"), {"type": "sor", "value": "9990011000016000"}),
    (apd.ProviderNumber("12345"), {"type": "provider", "value": "12345"}),
    (apd.MedComId(UUID), {"type": "medcom", "value": UUID}),
    (apd.EpisodeId(UUID), {"type": "episode", "value": UUID}),
    (apd.Identifier("1.2.3"), {"type": "other", "root": "1.2.3"}),
    (
        apd.Identifier("1.2.3", "A 7", "Et register"),
        {"type": "other", "root": "1.2.3", "extension": "A 7", "authority": "Et register"},
    ),
    # locations, by their type
    (apd.SorLocation(name="Indgang 3"), {"type": "sor", "name": "Indgang 3"}),
    (apd.OtherLocation(name="Hallen"), {"type": "other", "name": "Hallen"}),
    (apd.HomeLocation(), {"type": "home"}),
    (apd.HomeLocation(name=None), {"type": "home", "name": None}),
    # words of closed lists
    (
        apd.Telecom("tel:65113333", apd.TelecomUse.MOBILE),
        {"value": "tel:65113333", "use": "mobile"},
    ),
    (apd.Address.not_informed(), {"null_flavor": "no_information"}),
    (
        apd.Address(["Ahornparken 7"], "5000", use=apd.AddressUse.PRIMARY_HOME),
        {"lines": ["Ahornparken 7"], "postal_code": "5000", "use": "primary_home"},
    ),
    # times
    (apd.Schedule(apd.local_time(2026, 3, 12, 7)), {"start": "2026-03-12T07:00:00+01:00"}),
    (
        apd.Schedule(
            apd.local_time(2026, 7, 1, 7), apd.local_time(2026, 7, 1, 9, 30, 15), indicative=True
        ),
        {
            "start": "2026-07-01T07:00:00+02:00",
            "end": "2026-07-01T09:30:15+02:00",
            "indicative": True,
        },
    ),
    # nothing but what is known
    (apd.Repetition(), {}),
    (apd.PersonName(family="Skovsang"), {"family": "Skovsang"}),
]


@pytest.mark.parametrize(("value", "form"), FORMS)
def test_form(value: Any, form: Any) -> None:
    assert jsonform.to_data(value) == form
    assert jsonform.from_data(form, type(value)) == value


@pytest.mark.parametrize(("value", "form"), FORMS)
def test_null_means_the_same_as_nothing(value: Any, form: Any) -> None:
    nulls = {field.name: None for field in fields(type(value)) if field.default is None}
    assert jsonform.from_data({**nulls, **form}, type(value)) == value


def test_what_is_as_a_rule_is_left_out() -> None:
    left_out = {"confidentiality", "language", "release", "source"}
    assert left_out.isdisjoint(jsonform.to_data(samples.document()))
    assert "status" not in jsonform.to_data(samples.appointment())


def test_what_is_otherwise_than_as_a_rule_is_reported() -> None:
    document = samples.document(confidentiality=None, language=None, release=apd.Release.V1_1)
    data = jsonform.to_data(document)
    assert (data["confidentiality"], data["language"], data["release"]) == (None, None, "1.1")
    assert jsonform.from_data(data, apd.AppointmentDocument) == document


def test_what_must_be_passed_is_there_if_only_as_null() -> None:
    appointment = samples.appointment(id=None, category=None, reason=None, responsible=None)
    data = jsonform.to_data(appointment)
    assert [data[key] for key in ("id", "category", "reason", "responsible")] == [None] * 4


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-12T07:00:00+01:00",
        "2026-03-12T06:00:00Z",
        "2026-03-12T01:00:00-05:00",
        "2026-03-12T07:00:00.999+01:00",  # the model is exact to the second
    ],
)
def test_times_of_any_offset_become_danish(written: str) -> None:
    schedule = jsonform.from_data({"start": written}, apd.Schedule)
    assert schedule.start.isoformat() == "2026-03-12T07:00:00+01:00"


def test_both_hours_of_the_night_when_summer_time_ends() -> None:
    first, second = "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"
    schedule = jsonform.from_data({"start": first, "end": second}, apd.Schedule)
    assert schedule.end is not None
    assert schedule.end - schedule.start == datetime.timedelta(hours=1)
    assert jsonform.to_data(schedule) == {"start": first, "end": second}


def test_a_whole_number_may_be_written_as_javascript_does() -> None:
    data = {**jsonform.to_data(samples.document()), "version_number": 2.0}
    read = jsonform.from_data(data, apd.AppointmentDocument).version_number
    assert (read, type(read)) == (2, int)


def test_one_line_or_indented() -> None:
    document = samples.document()
    assert "\n" not in jsonform.dumps(document)
    assert jsonform.dumps(document, indent=2).startswith('{\n  "id"')
    assert json.loads(jsonform.dumps(document)) == jsonform.to_data(document)
    assert jsonform.loads(jsonform.dumps(document, indent=2)) == document


def test_letters_are_not_escaped() -> None:
    document = samples.document(appointment=samples.appointment(reason=apd.Reason("Åndenød")))
    assert "Åndenød" in jsonform.dumps(document)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_bytes_with_and_without_a_mark(mark: bytes) -> None:
    document = samples.document()
    data = jsonform.dumps(document).encode()
    assert jsonform.loads(mark + data) == document
    assert jsonform.loads((mark + data).decode()) == document


def test_the_whole_model_is_there() -> None:
    assert {"AppointmentDocument", "Custodian", "Requester", "HomeLocation"} <= {
        one.__name__ for one in classes()
    }
    assert {"Release", "NullFlavor", "Gender"} <= {one.__name__ for one in closed_lists()}
    assert {"given", "source", "null_flavor"} <= field_names()


def test_apd_does_not_load_it() -> None:
    code = "import sys, apd; sys.exit('cattrs' in sys.modules or 'apd.jsonform' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
