"""Times and schedules, the two days on which the clock is changed among them."""

import datetime

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from apd.errors import InvalidValue
from apd.model.schedule import PartOfDay, Schedule
from apd.model.time import copenhagen
from apd.testing.strategies.text import texts

_UTC = datetime.UTC
_SATURDAY = 5
_ONE_DAY = datetime.timedelta(days=1)
# All that the model admits, one day in from the ends, whatever the zone; and room for an end.
_FIRST, _LAST = datetime.datetime(1900, 1, 2), datetime.datetime(9997, 12, 30)
_FIRST_DAY, _LAST_DAY = _FIRST.date(), _LAST.date()
_LONGEST = datetime.timedelta(days=300)
_ZONES = [
    _UTC,
    datetime.timezone(datetime.timedelta(hours=14)),
    datetime.timezone(datetime.timedelta(hours=-11, minutes=-30)),
]


def _change_of(year: int, month: int) -> datetime.datetime:
    """When the clock changes: on the last Sunday of March or October, at 1 in UTC."""
    last = datetime.datetime(year, month, 31, 1, tzinfo=_UTC)
    return last - datetime.timedelta(days=(last.weekday() - _SATURDAY - 1) % 7)


def _near_a_change() -> SearchStrategy[datetime.datetime]:
    """Moments of the hours around a change, the hour that comes twice among them."""
    return st.builds(
        lambda year, month, minutes: (
            _change_of(year, month) + datetime.timedelta(minutes=minutes)
        ),
        st.integers(1996, 2100),
        st.sampled_from([3, 10]),
        st.integers(-180, 180),
    )


def times() -> SearchStrategy[datetime.datetime]:
    """Times that the model takes: any zone, any year from 1900 to 9997, all changes of the clock.

    Nearly all that the model admits; the last days of the range are left out.
    """
    now = (datetime.datetime(2020, 1, 1), datetime.datetime(2039, 12, 31))
    danish = st.timezones() if False else st.just(copenhagen())  # noqa: SIM210
    return st.one_of(
        st.datetimes(*now, timezones=danish, allow_imaginary=False),
        _near_a_change(),
        st.datetimes(_FIRST, _LAST, timezones=danish, allow_imaginary=False),
        st.datetimes(_FIRST, _LAST, timezones=st.sampled_from(_ZONES)),
    )
