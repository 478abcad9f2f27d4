"""An overview as an iCalendar file, or as messages, to import into a calendar.

::

    from apd.overview import ics

    data = ics.calendar(shown)  # an Overview; bytes, to be written as they are
    ics.messages(shown, organizer=…, attendees=[…])  # that invite, update and cancel

Sources: RFC 5545 (iCalendar), RFC 5546 (messages), RFC 7986 (names of calendars), RFC 9253
(relations).
"""

from apd.overview.ics.itip import CalendarMessage, CalendarMethod, messages
from apd.overview.ics.writer import calendar

__all__ = ["CalendarMessage", "CalendarMethod", "calendar", "messages"]
