"""An overview as JSON."""

import json

from hypothesis import given
from hypothesis import strategies as st

import apd
from apd import overview as ov
from apd.testing import strategies as apd_st
from apd.wording import Wording
from tests import samples
from tests.overview import kit
from tests.overview.kit import document, overview, schedule

WHEN = apd.Schedule.during(apd.PartOfDay.FORENOON, samples.DAY)


def test_an_appointment() -> None:
    finding = apd.Finding(rule="BR-8", layer=apd.Layer.BUSINESS, wording=Wording("da", "en"))
    entry = ov.RegisteredDocument(document(1, WHEN, location=kit.HOME), findings=[finding])
    made = ov.as_data(overview(entry, language="en"))
    (data,) = made["appointments"]
    lines = data.pop("lines")
    assert data == {
        "key": samples.medcom_id(1001).value,
        "phase": "past",
        "start": "2026-03-05T09:00:00+01:00",
        "end": "2026-03-05T11:00:00+01:00",
        "indicative": True,
        "date_only": False,
        "part_of_day": "forenoon",
        "types": [2],
        "about": "Kontrol af knæ",
        "when": "Thursday 5 March 2026, 09:00–11:00",
        "place": "The patient's own home",
        "location": {"type": 3, "id": None},
        "cautions": [
            "Please note that the start and end times of the appointment are indicative",
            "In the forenoon",
        ],
        "sequence": 0,
        "findings": [{"rule": "BR-8", "severity": "error", "message": "en"}],
    }
    assert lines[0]["key"] == "when"
    assert lines[0]["said"][0] == {
        "text": "Thursday 5 March 2026, 09:00–11:00",
        "kind": "time",
        "value": "2026-03-05T09:00:00+01:00",
    }


def test_the_rest() -> None:
    series = apd.Repetition(samples.medcom_id(500))
    made = overview(
        document(1, schedule("2026-03-10 10:00", "11:00"), repetition=series),
        document(2, schedule("2026-03-10 10:30", "11:30")),
        document(3, schedule("2026-03-11 10:00"), repetition=series),
        ov.Withheld(),
        viewer=kit.DAUGHTER,
    )
    data = ov.as_data(made)
    one, two, three = (samples.medcom_id(1000 + number).value for number in (1, 2, 3))
    assert data["viewer"] == {"role": "proxy", "may_edit": False}
    assert data["has_withheld"] is True
    assert [notice["key"] for notice in data["notices"]] == ["withheld", "proxy"]
    assert [series["appointments"] for series in data["series"]] == [[one, three]]
    assert [(o["first"], o["second"], o["minutes"]) for o in data["overlaps"]] == [(one, two, 30)]
    assert [week["name"] for week in data["weeks"]] == ["2026-W11"]
    assert [
        (day["date"], [shown["key"] for shown in day["appointments"]])
        for day in data["weeks"][0]["days"]
    ] == [("2026-03-10", [one, two]), ("2026-03-11", [three])]
    assert data["appointments"][2]["end"] is None
    assert data["patient"]["name"] == "Solveig Maj Tranekær"


def test_the_name_of_a_viewer_is_for_the_log() -> None:
    data = ov.as_data(overview(document(1), viewer=kit.NURSE))
    del data["notices"]  # where the viewer is told that the viewing is recorded
    assert "Marie" not in json.dumps(data)


@given(st.lists(apd_st.documents(complete=False), max_size=3), st.sampled_from(["da", "en"]))
def test_any_documents_whatever(documents, language) -> None:
    """Of any documents there is an overview of each patient in them, and it is JSON."""
    patients = {one.appointment.patient.id: None for one in documents}
    entries = [ov.RegisteredDocument(one) for one in documents]
    for patient in patients:
        made = ov.make_overview(
            entries, viewer=kit.NURSE, now=kit.NOW, patient=patient, language=language
        )
        data = ov.as_data(made)
        assert json.loads(json.dumps(data)) == data
        assert len({one["key"] for one in data["appointments"]}) == len(data["appointments"])
        for shown in made.appointments:
            stated = [text for line in shown.lines for text in line.texts]
            assert set(shown.cautions) <= set(stated)
            assert shown.about in stated
            assert (
                "vejledende" in " ".join(shown.cautions)
                or not shown.schedule.indicative
                or shown.schedule.date_only
            ) or language == "en"
