"""The metadata as a list for people, and as JSON for programs."""

import json

import pytest
from hypothesis import given

from apd import xds
from tests.xds.making import SUBMISSION_SETS, entries, entry, submission_set

LABEL = {
    "code": "ALAL21",
    "codeSystem": "1.2.208.176.2.4",
    "display": "Kronisk obstruktiv lungesygdom (KOL)",
}
JSON = [
    ("title", "Aftale for 0503129900"),
    ("author.authorPerson", "^Egeskov^Bodil"),
    ("eventCodeList", [LABEL]),
    ("sourcePatientInfo", ["PID-5|Tranekær^Solveig^Maj", "PID-7|20120305", "PID-8|F"]),
    (
        "classCode",
        {"code": "001", "codeSystem": "1.2.208.184.100.9", "display": "Klinisk rapport"},
    ),
]


@pytest.mark.parametrize(("name", "value"), JSON)
def test_json(name, value) -> None:
    assert xds.metadata_json(entry())[name] == value


@given(entries() | SUBMISSION_SETS)
def test_any(holder) -> None:
    found = xds.metadata_json(holder)
    assert json.loads(json.dumps(found)) == found
    assert found.keys() == {listed.name for listed in xds.metadata(holder)}


def test_submission_set() -> None:
    assert xds.metadata_json(submission_set())["uniqueId"] == "2.25.8"
