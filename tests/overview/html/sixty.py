"""Sixty documents of one patient: two series, clashes, a block, a protected address."""

import datetime
from collections.abc import Iterator
from functools import cache
from typing import Any

import apd
from apd import overview as ov
from tests import samples
from tests.overview import kit
from tests.overview.html import hostile

COUNT = 60
_CENTRE = samples.location(name="Kløverby Træningscenter")
_RUN_BY = {
    "training": apd.Organization(name="Kløverby Træningscenter"),
    "home care": apd.Organization(name="Hjemmeplejen i Kløverby, rehabiliteringsteamet"),
    "hospital": apd.Organization(name="Ortopædkirurgisk Ambulatorium, Kløverby Sygehus"),
    "long": apd.Organization(name="Speciallægekonsulentundersøgelsesklinikken"),
}


def documents() -> list[apd.AppointmentDocument]:
    """The documents, not in the order of their times."""
    made = list(_documents())
    assert len(made) == COUNT
    return made[::2] + made[1::2]


def _documents() -> Iterator[Any]:
    day = kit.NOW.replace(hour=0)
    for number in range(20):  # a series in a training centre, on Tuesdays; some are over
        start = day + datetime.timedelta(days=7 * number - 30, hours=15)
        yield _document(number, start, 60, "training", "Genoptræning efter knæoperation", 900)
    for number in range(20, 45):  # another at home, every morning, at indicative times
        start = day + datetime.timedelta(days=number - 22, hours=8)
        yield _document(
            number, start, 120, "home care", "Hjælp til personlig pleje", 901, indicative=True
        )
    for number in range(45, 59):  # every other one clashes with a visit or a training
        start = day + datetime.timedelta(days=3 * (number - 44), hours=9 + number % 2)
        by = "long" if number == 50 else "hospital"
        about = hostile.SCRIPT if number == 51 else "Kontrol i ambulatoriet"
        yield _document(number, start, 30, by, about)
    start = day + datetime.timedelta(hours=10)  # it goes on for three days
    yield _document(59, start, 3 * 24 * 60, "hospital", "Indlæggelse til observation")


def _document(
    number: int,
    start: datetime.datetime,
    minutes: int,
    by: str,
    about: str,
    series: int | None = None,
    **more: Any,
) -> Any:
    start = apd.local_time(start.year, start.month, start.day, start.hour)
    end = start + datetime.timedelta(minutes=minutes)
    places = {"training": _CENTRE, "home care": kit.HOME}
    return kit.document(
        number,
        apd.Schedule(start, end, **more),
        reason=apd.Reason(about),
        performer=samples.performer(organization=_RUN_BY[by]),
        location=places.get(by, samples.location()),
        repetition=apd.Repetition(samples.medcom_id(series)) if series else None,
    )


@cache
def overview(**more: Any) -> ov.Overview:
    """The patient's own view of them; something is blocked, and the address is protected."""
    entries = [ov.RegisteredDocument(one) for one in documents()]
    made = kit.overview(*entries, ov.Withheld(), travel=datetime.timedelta(minutes=30), **more)
    return ov.without_address(made)
