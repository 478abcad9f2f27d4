"""When the appointment is: CDA IVL_TS, as it stands in the header and in the encounter."""

from apd.cda.datatypes import read_time, write_time
from apd.cda.xml import Element, named
from apd.model.schedule import Schedule


def read_interval(
    interval: Element | None, *, indicative: bool = False, note: str | None = None
) -> Schedule | None:
    """The schedule in an effectiveTime; None without a start.

    An end that is not after the start is no end.
    """
    if interval is None:
        return None
    parts = named(interval)
    start, end = read_time(parts.get("low")), read_time(parts.get("high"))
    if start is None:
        return None
    if end is not None and end <= start:
        end = None
    return Schedule(start, end, indicative=indicative, note=note)


def write_interval(schedule: Schedule) -> str:
    """Start and end; an end that is not known is null."""
    return (
        f"<effectiveTime>{write_time('low', schedule.start)}"
        f"{write_time('high', schedule.end)}</effectiveTime>"
    )
