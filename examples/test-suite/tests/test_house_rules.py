"""Each rule of the house finds what it is there for."""

from pathlib import Path

import pytest
from attrs import evolve

import apd
from apd.testing.synthetic import document

SETTINGS = apd.load_settings(Path(__file__).resolve().parents[1] / "apd.toml").settings
MADE = document(seed=1, number=1)  # its reason has a code


def house_rules(data: bytes) -> set[str]:
    """The rules of the house that a document breaks."""
    found = {one.rule for one in apd.validate(data, settings=SETTINGS).findings}
    return {rule for rule in found if rule.startswith("HOUSE-")}


def test_a_code_without_words() -> None:
    words = f' displayName="{MADE.appointment.reason.text}"'.encode()
    data = apd.dumps(MADE)
    assert words in data
    assert "HOUSE-WORDS" not in house_rules(data)
    assert "HOUSE-WORDS" in house_rules(data.replace(words, b""))


@pytest.mark.parametrize(("day", "found"), [(6, set()), (7, {"HOUSE-WEEKEND"})])
def test_an_appointment_at_the_weekend(day: int, found: set[str]) -> None:
    schedule = apd.Schedule(apd.local_time(2026, 3, day, 10), apd.local_time(2026, 3, day, 11))
    booked = evolve(MADE, appointment=evolve(MADE.appointment, schedule=schedule))
    assert house_rules(apd.dumps(booked)) == found
