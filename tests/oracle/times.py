"""Times for scenarios: anywhere, and often where something is peculiar about the clock or the
calendar."""

import datetime

from hypothesis import strategies as st

from tests.oracle.expected.clock import FIRST_YEAR, clock, summer

MINUTE = datetime.timedelta(minutes=1)
YEARS = st.integers(FIRST_YEAR, 2037)
_ODD_DAYS = [(1, 1), (2, 28), (3, 1), (8, 29), (8, 30), (8, 31), (9, 1), (12, 31)]


@st.composite
def days(draw: st.DrawFn) -> datetime.date:
    """A day; often one on which the clock is changed, or one near the end of a month."""
    year = draw(YEARS)
    kind = draw(st.sampled_from(["any", "clock", "odd"]))
    if kind == "any":
        return datetime.date(year, 1, 1) + datetime.timedelta(days=draw(st.integers(0, 364)))
    day = (
        draw(st.sampled_from(summer(year))).date()
        if kind == "clock"
        else datetime.date(year, *draw(st.sampled_from(_ODD_DAYS)))
    )
    return day + datetime.timedelta(days=draw(st.integers(-1, 1)))


@st.composite
def clock_times(draw: st.DrawFn) -> datetime.datetime:
    """A clock time, to the minute; on the days of the clock often in the hours that are changed."""
    hours = st.integers(0, 23) | st.integers(1, 3)
    at = datetime.time(draw(hours), draw(st.sampled_from([0, 15, 30, 59])))
    return datetime.datetime.combine(draw(days()), at)


@st.composite
def moments(draw: st.DrawFn) -> datetime.datetime:
    """A moment, in the second pass of an hour as well, and often next to midnight in Denmark."""
    utc = draw(clock_times()).replace(tzinfo=datetime.UTC)
    if draw(st.booleans()):
        shown = clock(utc)
        utc -= datetime.timedelta(hours=shown.hour, minutes=shown.minute)
        utc += draw(st.integers(-2, 2)) * MINUTE
    return utc
