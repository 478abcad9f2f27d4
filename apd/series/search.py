"""The times that dateutil finds for a rule, with an end to the search.

dateutil looks for the next time up to the year 9999, day by day, whatever UNTIL says, and for a
rule that can give none it does so in vain.
"""

import datetime
from collections.abc import Iterator

from dateutil.rrule import rrule

from apd.errors import InvalidValue
from apd.limits import MAX_BARREN_DAYS, MAX_OCCURRENCES
from apd.wording import Wording

_FIELD = "Rule.text"
TOO_MANY = Wording(
    f"giver mere end {MAX_OCCURRENCES} tidspunkter fra sin start til vinduets slutning",
    f"gives more than {MAX_OCCURRENCES} times from its start to the end of the window",
)


class _Held(tuple[int, ...]):
    """The months or weekdays of a rule, which count how many days have been held against them."""

    days = 0

    def __contains__(self, one: object) -> bool:
        self.days += 1
        if self.days > MAX_BARREN_DAYS:
            raise InvalidValue(
                _FIELD,
                Wording(
                    f"giver intet tidspunkt på {MAX_BARREN_DAYS} mulige dage",
                    f"gives no time on {MAX_BARREN_DAYS} days that it could be on",
                ),
                Wording(
                    "angiv dele, der passer sammen; der er ingen 30. februar",
                    "give parts that go together; there is no 30th of February",
                ),
            )
        return super().__contains__(one)


def times_of(rule: rrule) -> Iterator[datetime.datetime]:
    """The times of a rule in order.

    Args:
        rule: one that nobody else uses.

    Raises:
        InvalidValue: it gives more times than :data:`~apd.limits.MAX_OCCURRENCES`, or none on as
            many days as :data:`~apd.limits.MAX_BARREN_DAYS`.
    """
    # What dateutil compares a day with first. It has no public way to look in on the search.
    parts = vars(rule)
    name = "_bymonth" if parts["_bymonth"] else "_byweekday"
    held = parts[name] = _Held(parts[name] or range(7))
    for number, time in enumerate(rule):
        if number == MAX_OCCURRENCES:
            raise too_many()
        held.days = 0
        yield time


def too_many() -> InvalidValue:
    """What is said of a recurrence with too many times."""
    return InvalidValue(
        _FIELD,
        TOO_MANY,
        Wording(
            "bed om en tidligere slutning, eller lad den starte senere",
            "ask for a nearer end, or let it start later",
        ),
    )
