"""Dates, times, schedules and telecoms in words, Danish and English."""

import datetime

import pytest

import apd
from apd.model.schedule import PartOfDay
from apd.text import times
from apd.wording import Language

LANGUAGES: tuple[Language, ...] = ("da", "en")
WINTER = datetime.timezone(datetime.timedelta(hours=1))
SCHEDULES = [
    (
        apd.Schedule(apd.local_time(2026, 12, 31, 9)),
        ["torsdag den 31. december 2026 kl. 09.00", "Sluttidspunktet er ikke kendt"],
        ["Thursday 31 December 2026, 09:00", "The end is not known"],
    ),
    (
        apd.Schedule(apd.local_time(2026, 12, 31, 9), indicative=True, note="Ring først {x}"),
        [
            "torsdag den 31. december 2026 kl. 09.00",
            "Bemærk at aftalens starttidspunkt er vejledende",
            "Ring først {x}",
            "Sluttidspunktet er ikke kendt",
        ],
        [
            "Thursday 31 December 2026, 09:00",
            "Please note that the start time of the appointment is indicative",
            "Ring først {x}",
            "The end is not known",
        ],
    ),
    (
        apd.Schedule.during(PartOfDay.NIGHT, datetime.date(2026, 6, 5)),
        [
            "fra fredag den 5. juni 2026 kl. 22.00 til lørdag den 6. juni 2026 kl. 07.00",
            "Bemærk at aftalens start- og sluttidspunkt er vejledende",
            "I løbet af natten",
        ],
        [
            "from Friday 5 June 2026, 22:00 to Saturday 6 June 2026, 07:00",
            "Please note that the start and end times of the appointment are indicative",
            "During the night",
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
    (
        apd.Schedule.on(datetime.date(2026, 3, 29)),
        ["søndag den 29. marts 2026 i løbet af dagen", "Der er ikke fastsat noget klokkeslæt"],
        ["Sunday 29 March 2026, during the day", "No time of day has been set"],
    ),
    (
        apd.Schedule.on(datetime.date(2026, 3, 29), datetime.date(2026, 3, 29), note="Ring {x}"),
        [
            "søndag den 29. marts 2026 i løbet af dagen",
            "Der er ikke fastsat noget klokkeslæt",
            "Ring {x}",
        ],
        [
            "Sunday 29 March 2026, during the day",
            "No time of day has been set",
            "Ring {x}",
        ],
    ),
    (
        apd.Schedule.on(datetime.date(2026, 3, 28), datetime.date(2026, 3, 30)),
        [
            "fra lørdag den 28. marts 2026 til mandag den 30. marts 2026",
            "Der er ikke fastsat noget klokkeslæt",
        ],
        [
            "from Saturday 28 March 2026 to Monday 30 March 2026",
            "No time of day has been set",
        ],
    ),
]


@pytest.mark.parametrize(("schedule", "danish", "english"), SCHEDULES)
def test_schedules(schedule, danish, english) -> None:
    assert [times.period(schedule, "da"), *times.cautions(schedule, "da")] == danish
    assert [times.period(schedule, "en"), *times.cautions(schedule, "en")] == english


def test_every_day_and_month() -> None:
    stated = [
        times.moment(apd.local_time(2026, month, month), language)
        for language in LANGUAGES
        for month in range(1, 13)
    ]
    assert stated[0] == "torsdag den 1. januar 2026 kl. 00.00"
    assert stated[-1] == "Saturday 12 December 2026, 00:00"
    assert len(set(stated)) == 24


@pytest.mark.parametrize(
    ("schedule", "danish"),
    [
        (apd.Schedule(apd.local_time(2026, 3, 29, 1), apd.local_time(2026, 3, 29, 4)), "frem"),
        (apd.Schedule(apd.local_time(2026, 10, 25, 1), apd.local_time(2026, 10, 25, 4)), "tilbage"),
        (apd.Schedule(apd.local_time(2026, 3, 28, 1), apd.local_time(2026, 3, 28, 4)), None),
    ],
)
def test_the_change_of_clock(schedule: apd.Schedule, danish: str | None) -> None:
    stated = times.change_of_clock(schedule, "da")
    assert stated == (danish and f"Uret stilles en time {danish} undervejs.")


def test_midnight_is_the_end_of_the_day_that_it_ends() -> None:
    midnight = apd.local_time(2026, 3, 1)
    assert times.clock_at_end(midnight, "da") == "24.00"
    assert times.clock(midnight, "da") == "00.00"


@pytest.mark.parametrize(
    ("telecom", "danish"),
    [
        (apd.Telecom.phone("65 11 33 33"), "Telefon 65113333"),
        (apd.Telecom.sms("65113333"), "SMS 65113333"),
        (apd.Telecom.email("a@example.com"), "E-mail a@example.com"),
        (apd.Telecom("https://example.com"), "https://example.com"),
    ],
)
def test_telecoms(telecom: apd.Telecom, danish: str) -> None:
    assert times.telecom(telecom, "da") == danish
