"""An overview as an iCalendar file, to be taken over by a calendar (extra ``calendar``).

::

    from apd.overview import ics

    data = ics.calendar(shown)  # an Overview; bytes, to be written as they are

Sources: RFC 5545 (iCalendar), RFC 7986 (names of calendars), RFC 9253 (what belongs together).
"""

from apd.overview.ics.writer import calendar

__all__ = ["calendar"]
