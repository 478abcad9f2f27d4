"""The words of the commands: every one there, in both languages, and used."""

import datetime
import re
from pathlib import Path

import pytest

import apd
from apd.cli import labels, spoken
from apd.cli.labels import Words
from apd.model import codes
from apd.model.schedule import PartOfDay

DA, EN = Words("da"), Words("en")
CLI = Path(labels.__file__).parent
TABLES = [
    (labels.STATUSES, codes.Status),
    (labels.CONFIDENTIALITIES, codes.Confidentiality),
    (labels.TELECOM_USES, codes.TelecomUse),
    (labels.DIFFERENCES, apd.Difference),
]


@pytest.mark.parametrize(("table", "enumeration"), TABLES)
def test_every_code_has_words(table, enumeration) -> None:
    assert set(table) == set(enumeration)


def test_both_languages_take_the_same_values() -> None:
    for key, wording in labels._TEXTS.items():
        assert re.findall(r"\{\w+\}", wording.da) == re.findall(r"\{\w+\}", wording.en), key


def test_every_text_is_used() -> None:
    source = "".join(
        path.read_text("utf-8") for path in CLI.rglob("*.py") if path.name != "labels.py"
    )
    kinds = {"lost", "added", "changed", "order"}
    for key in labels._TEXTS:
        assert f'"{key}"' in source or key in kinds, key


WINTER = datetime.timezone(datetime.timedelta(hours=1))
SCHEDULES = [
    (
        apd.Schedule(apd.local_time(2026, 12, 31, 9)),
        ["fra torsdag den 31. december 2026 kl. 09.00; sluttidspunktet er ikke kendt"],
        ["from Thursday 31 December 2026, 09:00; the end is not known"],
    ),
    (
        apd.Schedule(apd.local_time(2026, 12, 31, 9), indicative=True, note="Ring først {x}"),
        [
            "fra torsdag den 31. december 2026 kl. 09.00; sluttidspunktet er ikke kendt",
            "Bemærk: Starttidspunktet er kun vejledende.",
            "Ring først {x}",
        ],
        [
            "from Thursday 31 December 2026, 09:00; the end is not known",
            "Note: the start time is indicative only.",
            "Ring først {x}",
        ],
    ),
    (
        apd.Schedule.during(PartOfDay.NIGHT, datetime.date(2026, 6, 5)),
        [
            "fra fredag den 5. juni 2026 kl. 22.00 til lørdag den 6. juni 2026 kl. 07.00",
            "I løbet af natten",
            "Bemærk: Start- og sluttidspunkt er kun vejledende.",
        ],
        [
            "from Friday 5 June 2026, 22:00 to Saturday 6 June 2026, 07:00",
            "During the night",
            "Note: the start and end times are indicative only.",
        ],
    ),
    (  # both in the second of the hours that are the same
        apd.Schedule(
            datetime.datetime(2026, 10, 25, 2, 0, tzinfo=WINTER),
            datetime.datetime(2026, 10, 25, 3, 0, tzinfo=WINTER),
        ),
        ["søndag den 25. oktober 2026 kl. 02.00 (vintertid)–03.00"],
        ["Sunday 25 October 2026, 02:00 (winter time)–03:00"],
    ),
]


@pytest.mark.parametrize(("schedule", "danish", "english"), SCHEDULES)
def test_schedules(schedule, danish, english) -> None:
    assert spoken.schedule(schedule, DA) == danish
    assert spoken.schedule(schedule, EN) == english


def test_every_day_and_month() -> None:
    said = [
        spoken.moment(apd.local_time(2026, month, month), words)
        for words in (DA, EN)
        for month in range(1, 13)
    ]
    assert said[0] == "torsdag den 1. januar 2026 kl. 00.00"
    assert said[-1] == "Saturday 12 December 2026, 00:00"
    assert len(set(said)) == 24
