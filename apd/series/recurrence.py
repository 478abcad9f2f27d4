"""The local times at which something repeats: rules, extra times, exceptions (RFC 5545, 3.8.5).

dateutil searches for the next time day by day up to the year 9999, regardless of UNTIL, even for a
rule that can give none.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, takewhile
from typing import Any, Self

from attrs import Attribute, field, frozen
from dateutil.rrule import rrule, rruleset, rrulestr

from apd.errors import InvalidValue
from apd.limits import MAX_BARREN_DAYS, MAX_OCCURRENCES, MAX_RULES
from apd.model.validators import all_are, as_tuple, field_name, wrong_type
from apd.series.icalendar import RuleText, read_text, recurrence_of_dateutil
from apd.series.rule_text import as_rule_text, count_of, for_dateutil
from apd.series.timing import as_clock
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
                    f"gives no time on {MAX_BARREN_DAYS} possible days",
                ),
                Wording(
                    "angiv dele, der passer sammen; der er ingen 30. februar",
                    "specify parts that fit together; there is no 30 February",
                ),
            )
        return super().__contains__(one)


def times_of(rule: rrule) -> Iterator[datetime.datetime]:
    """The times of a rule in order; the rule must not be used elsewhere.

    :class:`InvalidValue` if there are more than :data:`~apd.limits.MAX_OCCURRENCES`, or none on as
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
    """The refusal of a recurrence with too many times."""
    return InvalidValue(
        _FIELD,
        TOO_MANY,
        Wording(
            "angiv en tidligere slutning eller en senere start",
            "specify an earlier end or a later start",
        ),
    )


RuleLike = str | rrule | rruleset
"""A rule as text (RRULE, or several lines with DTSTART), or as an object of dateutil."""


def _as_start(value: datetime.date) -> datetime.datetime:
    return as_clock(value, "Rule.start")


@frozen
class Rule:
    """One recurrence rule (RRULE) and where it starts (DTSTART).

    Args:
        text: the rule, such as ``FREQ=WEEKLY;BYDAY=MO,TH``. UNTIL is a Danish local time, a time in
            UTC (with a final Z, as RFC 5545 requires), or a date, meaning that whole day; it is
            itself included.
        start: the local time of the first occurrence, or a moment. If the rule does not give
            that time, the first occurrence is the next one that it gives; RFC 5545 requires them
            to agree.

    Raises:
        InvalidValue: it is not a rule of RFC 5545; an hour, day or month does not exist, or a day
            never occurs, such as 30 February; a part does not apply to the rule's FREQ; or the
            start is outside the years 1900 to 9998.
    """

    text: str = field(converter=as_rule_text)
    start: datetime.datetime = field(converter=_as_start)

    def __attrs_post_init__(self) -> None:
        try:
            made = self._made()
        except ValueError:  # its parts are right, but not together
            raise InvalidValue(
                "Rule.text",
                Wording("kan ikke udføres", "cannot be carried out"),
                Wording(
                    "se RFC 5545, 3.3.10, om, hvad der kan kombineres",
                    "see RFC 5545, 3.3.10, for what can be combined",
                ),
            ) from None
        next(times_of(made), None)  # which is refused where the search for it has no end

    def times(
        self,
        is_counted: Callable[[datetime.datetime], bool] | None = None,
        last: datetime.datetime = datetime.datetime.max,
    ) -> Iterator[datetime.datetime]:
        """The local times of the rule in order, without an end if it has none.

        Args:
            is_counted: returns False for times to leave out, which COUNT does not count.
            last: the last time to search for.

        Raises:
            InvalidValue: more than :data:`apd.limits.MAX_OCCURRENCES` are requested.
        """
        made, count = self._made(), count_of(self.text)
        if is_counted is not None and count:
            made = made.replace(count=None)
        times = takewhile(last.__ge__, times_of(made))
        return times if is_counted is None else islice(filter(is_counted, times), count)

    def _made(self) -> rrule:
        made = rrulestr(for_dateutil(self.text), dtstart=self.start)
        assert isinstance(made, rrule)  # it is one line
        return made


def _as_extra(times: Iterable[datetime.date]) -> tuple[datetime.datetime, ...]:
    return tuple(sorted({as_clock(time, "Recurrence.extra") for time in times}))


def _as_exceptions(exceptions: Iterable[datetime.date]) -> tuple[datetime.date, ...]:
    """Days as a whole, then clock times."""
    days, times = set(), set()
    for one in exceptions:
        if type(one) is datetime.date:
            days.add(one)
        else:
            times.add(as_clock(one, "Recurrence.exceptions"))
    return (*sorted(days), *sorted(times))


def _as_rules(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    given = as_tuple(rules)
    if len(given) > MAX_RULES:
        raise InvalidValue(
            "Recurrence.rules",
            Wording(
                f"indeholder mere end {MAX_RULES} regler", f"contains more than {MAX_RULES} rules"
            ),
            Wording(f"angiv højst {MAX_RULES}", f"specify at most {MAX_RULES}"),
        )
    return given


_are_rules = all_are(Rule)


def _says_something(instance: Any, attribute: "Attribute[Any]", value: object) -> None:
    if not instance.rules and not value:
        raise InvalidValue(
            field_name(instance, attribute),
            Wording("er tom", "is empty"),
            Wording("angiv en regel eller ekstra tider", "specify a rule or extra times"),
        )


@frozen
class Recurrence:
    """A set of local times: those of the rules and the extra times, without the exceptions.

    As it is a set, a time that two rules give, or a rule and an extra time, occurs once. For two
    appointments at the same time, make two series, or add the second one (R10).

    Args:
        rules: the rules.
        extra: further local times (RDATE), or moments.
        exceptions: local times or moments to leave out (EXDATE), or dates, each of which leaves
            out that whole day.
        excluding: rules whose times are left out (EXRULE, which RFC 5545 no longer has).

    Raises:
        InvalidValue: there is neither a rule nor an extra time, or a moment is in the second
            occurrence of the hour that is repeated.
    """

    rules: tuple[Rule, ...] = field(converter=_as_rules, validator=_are_rules)
    extra: tuple[datetime.datetime, ...] = field(
        default=(), converter=_as_extra, validator=_says_something
    )
    exceptions: tuple[datetime.date, ...] = field(default=(), converter=_as_exceptions)
    excluding: tuple[Rule, ...] = field(default=(), converter=_as_rules, validator=_are_rules)

    @classmethod
    def of(
        cls,
        rule: RuleLike,
        start: datetime.date | None = None,
        *,
        times: datetime.time | Iterable[datetime.time] = (),
        extra: Iterable[datetime.datetime] = (),
        exceptions: Iterable[datetime.date] = (),
    ) -> Self:
        """The recurrence of a rule.

        Args:
            rule: an RRULE with or without its name; lines of iCalendar (DTSTART, RRULE, RDATE,
                EXDATE, EXRULE), whose TZID may be Europe/Copenhagen only; or dateutil's rrule or
                rruleset, made without time zones. Specify ``dtstart`` of an rrule: otherwise
                dateutil uses the time at which it is made as the start, which always differs.
            start: the local time of the first occurrence, for a rule without its own start. Pass
                a date together with ``times``.
            times: the time or times of a day. The rule is run once for each of them, from
                ``start`` on, so that COUNT counts days.
            extra: times in addition to those of the rule.
            exceptions: times, or days, in addition to those of the rule.

        Raises:
            InvalidValue: it is not a rule; a start is missing or specified twice; or a time zone is
                not Denmark's.
        """
        stated = read_text(rule) if isinstance(rule, str) else recurrence_of_dateutil(rule)
        of_a_day = (times,) if isinstance(times, datetime.time) else tuple(times)

        def rules(texts: tuple[RuleText, ...]) -> list[Rule]:
            return [
                Rule(text, first)
                for text, own_start in texts
                for first in _starts(own_start, start, of_a_day)
            ]

        return cls(
            rules=rules(stated.rules),
            extra=(*stated.extra, *extra),
            exceptions=(*stated.exceptions, *exceptions),
            excluding=rules(stated.excluding),
        )

    def between(
        self,
        first: datetime.datetime,
        last: datetime.datetime,
        is_counted: Callable[[datetime.datetime], bool] | None = None,
    ) -> list[datetime.datetime]:
        """The local times from ``first`` to ``last``, both included, in order.

        Args:
            first: a local time.
            last: a local time.
            is_counted: returns False for times to leave out, which COUNT does not count.

        Raises:
            InvalidValue: the rules give more times up to ``last`` than
                :data:`apd.limits.MAX_OCCURRENCES`.
        """
        left = MAX_OCCURRENCES

        def given_by(rules: tuple[Rule, ...]) -> set[datetime.datetime]:
            nonlocal left
            given: set[datetime.datetime] = set()
            for rule in rules:
                for time in rule.times(is_counted, last):
                    left -= 1
                    if left < 0:
                        raise too_many()
                    if time >= first:
                        given.add(time)
            return given

        found = given_by(self.rules) | {time for time in self.extra if first <= time <= last}
        found -= given_by(self.excluding)
        left_out = frozenset(self.exceptions)
        return sorted(
            time for time in found if time not in left_out and time.date() not in left_out
        )


NO_START = Wording("mangler", "is missing")
TWO_STARTS = Wording(
    "er angivet, men reglen har allerede en", "is specified, but the rule already has one"
)
DATE_ALONE = Wording("er kun en dato", "is only a date")
TIMES_TWICE = Wording(
    "har et klokkeslæt, men klokkeslættene er angivet for sig",
    "has a time of day, but times of day are specified separately",
)


def _starts(
    own: datetime.date | None, given: datetime.date | None, times: tuple[datetime.time, ...]
) -> list[datetime.date]:
    """The start of a rule for each of the times of a day."""
    if not all(isinstance(time, datetime.time) for time in times):
        raise InvalidValue(
            "Recurrence.times",
            Wording(
                "indeholder noget, der ikke er et klokkeslæt",
                "contains something that is not a time of day",
            ),
            Wording("angiv datetime.time(8, 30)", "specify datetime.time(8, 30)"),
        )
    if (own is None) == (given is None):
        raise InvalidValue(
            "Recurrence.start",
            NO_START if own is None else TWO_STARTS,
            Wording(
                "angiv den én gang, enten uden for reglen eller i den",
                "specify it once, either outside the rule or in it",
            ),
        )
    start = given if own is None else own
    if not isinstance(start, datetime.date):
        raise wrong_type(
            "Recurrence.start", start, Wording("et tidspunkt (datetime)", "a time (datetime)")
        )
    if isinstance(start, datetime.datetime) == bool(times):
        raise InvalidValue(
            "Recurrence.start",
            TIMES_TWICE if times else DATE_ALONE,
            Wording(
                "angiv en datetime, eller en dato og klokkeslæt til den",
                "specify a datetime, or a date and times of day for it",
            ),
        )
    return [datetime.datetime.combine(start, time) for time in times] if times else [start]


def as_recurrence(value: "Recurrence | RuleLike") -> Recurrence:
    """Converter: as :meth:`Recurrence.of`, unless it already is one."""
    return value if isinstance(value, Recurrence) else Recurrence.of(value)
