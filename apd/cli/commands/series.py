"""``apd series``: the occurrences of a repeating appointment."""

import datetime
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from apd.cli import options
from apd.cli.file_names import STANDARD_INPUT
from apd.cli.help import make_command, option
from apd.cli.io import streams
from apd.cli.io.failures import reading, safe_name
from apd.cli.io.inputs import standard_input
from apd.cli.language import bad_parameter, failure, usage_error
from apd.cli.views.labels import Words
from apd.cli.views.tables import write_table
from apd.errors import InvalidValue
from apd.limits import MAX_RECURRENCE_CHARACTERS
from apd.model.schedule import PartOfDay, Schedule
from apd.model.time import combined
from apd.publication.legal_basis import LegalBasis
from apd.publication.policy import last_day
from apd.series import MissingHour, Occurrence, Pattern, Recurrence
from apd.series.recurrence import DATE_ALONE, NO_START, TOO_MANY, TWO_STARTS
from apd.series.rule_text import count_of
from apd.series.timing import SKIPPED
from apd.text import times
from apd.wording import Language, Wording

_A_DAY = datetime.timedelta(days=1)
_FIRST_DAY, _LAST_DAY = datetime.date(1900, 1, 1), datetime.date(9998, 12, 30)
_DURATION = re.compile(r"(?:(\d{1,3})d)?(?:(\d{1,3})h)?(?:(\d{1,4})m)?", re.IGNORECASE)
_PARTS = {part.name.lower(): part for part in PartOfDay}

_NO_END = Wording(
    "Mønstret har ingen ende; vist er seks måneder, til {day}. Vælg en anden dag med --to.",
    "The pattern has no end; shown are six months, to {day}. Choose another day with --to.",
)
_NONE = Wording("Der er ingen tider i perioden.", "There are no times in that period.")
_OPEN = Wording("slut ukendt", "end not known")
_CALLED: dict[str, str | Wording] = {
    "Recurrence.start": "--start",
    "Rule.start": "--start",
    "Recurrence": Wording("reglen", "the rule"),
    "Recurrence.exceptions": "--exdate",
    "Recurrence.extra": "--rdate",
    "Rule.text": Wording("reglen", "the rule"),
    "Pattern.end": Wording("slutningen", "the end"),
    "ClockEnd.days": "--days",
    "start": Wording("starttidspunktet", "the start"),
    "end": Wording("sluttidspunktet", "the end"),
}
"""The names of fields on the command line."""
_OWN_ADVICE = {
    DATE_ALONE: Wording(
        "angiv dag og klokkeslæt, som --start 2026-12-01T10:15, eller --part-of-day "
        "eller --date-only",
        "specify day and time, as --start 2026-12-01T10:15, or --part-of-day or --date-only",
    ),
    NO_START: Wording(
        "angiv --start 2026-12-01T10:15, eller DTSTART med reglen",
        "specify --start 2026-12-01T10:15, or DTSTART with the rule",
    ),
    TWO_STARTS: Wording("udelad --start, eller DTSTART", "leave out --start, or DTSTART"),
    TOO_MANY: Wording(
        "angiv en tidligere --to, eller en senere --start",
        "specify an earlier --to, or a later --start",
    ),
    SKIPPED: Wording(
        "vælg et andet tidspunkt (timen springes over, når sommertiden begynder), udelad den dag "
        "med --exdate, eller angiv --missing-hour shift eller skip",
        "choose another time (that hour is skipped when summer time begins), leave that day out "
        "with --exdate, or specify --missing-hour shift or skip",
    ),
}
"""The advice for the command line where that of the library is about Python."""


def _moment(_: click.Context, __: click.Parameter, text: str | None) -> datetime.date | None:
    """A day, or a day and time; in Danish local time unless it has an offset."""
    return None if text is None else _read_moment(text)


def _moments(_: click.Context, __: click.Parameter, texts: Sequence[str]) -> list[datetime.date]:
    return [_read_moment(text) for text in texts]


def _read_moment(text: str) -> datetime.date:
    for read in (datetime.date.fromisoformat, datetime.datetime.fromisoformat):
        try:
            return read(text.strip())
        except ValueError:
            continue
    raise bad_parameter(
        Wording(
            "er hverken en dag eller et tidspunkt; angiv 2026-12-01T10:15 eller 2026-12-01",
            "is not a day or time; specify a time such as 2026-12-01T10:15, or 2026-12-01",
        )
    )


def _within(
    context: click.Context, parameter: click.Parameter, text: str | None
) -> datetime.date | None:
    """A day in the range of the time zone, and not the last one."""
    day = options.day(context, parameter, text)
    return None if day is None else min(max(day, _FIRST_DAY), _LAST_DAY)


def _clock(_: click.Context, __: click.Parameter, text: str | None) -> datetime.time | None:
    if text is None:
        return None
    try:
        time = datetime.time.fromisoformat(text.strip())
    except ValueError:
        time = None
    if time is None or time.tzinfo is not None:
        raise bad_parameter(
            Wording("er ikke et klokkeslæt; angiv 10:45", "is not a time of day; specify 10:45")
        )
    return time


def _duration(_: click.Context, __: click.Parameter, text: str | None) -> datetime.timedelta | None:
    if text is None:
        return None
    found = _DURATION.fullmatch(text.strip())
    if found is None or not found[0]:
        raise bad_parameter(
            Wording(
                "er ikke en varighed; angiv 30m, 1h30m eller 2d",
                "is not a duration; specify a duration such as 30m, 1h30m or 2d",
            )
        )
    days, hours, minutes = (int(number or 0) for number in found.groups())
    return datetime.timedelta(days=days, hours=hours, minutes=minutes)


@make_command(
    "series",
    danish="""Vis forekomsterne af en repeterende aftale.

    RRULE er en regel fra iCalendar (RFC 5545), f.eks. "FREQ=WEEKLY;BYDAY=MO,TH", eller
    linjer fra en kalender med DTSTART, RRULE, RDATE og EXDATE, eller - for standard input.
    Tiderne er, som et ur i Danmark viser dem, sommer og vinter. Af en regel uden COUNT
    eller UNTIL vises seks måneder, medmindre --to er angivet. Afslutningskoden er 2, hvis
    mønsteret ikke kan udføres, ellers 0.
    """,
    examples=(
        'apd series "FREQ=WEEKLY;BYDAY=MO,TH;COUNT=6" --start 2026-03-23T10:15 --duration 45m',
        'apd series "FREQ=DAILY;COUNT=3" --start 2026-12-01 --part-of-day morning --format json',
    ),
)
@click.argument("rule", metavar="RRULE")
@option(
    "--start",
    metavar="TIME",
    callback=_moment,
    da="Den første, som et ur i Danmark viser den: 2026-12-01T10:15; med --part-of-day "
    "eller --date-only en dag.",
    en="The first, as a clock in Denmark shows it: 2026-12-01T10:15; with --part-of-day "
    "or --date-only a day.",
)
@option(
    "--duration",
    metavar="DURATION",
    callback=_duration,
    da="Hvor længe hver varer, i forløbet tid: 30m, 1h30m, 2d.",
    en="How long each lasts, in elapsed time: 30m, 1h30m, 2d.",
)
@option(
    "--end",
    metavar="CLOCK",
    callback=_clock,
    da="Klokkeslættet, hvor hver slutter: 10:45, samme dag eller den næste.",
    en="The clock time at which each ends: 10:45, the same day or the next.",
)
@option(
    "--part-of-day",
    type=click.Choice(list(_PARTS), case_sensitive=False),
    da="En del af dagen med vejledende tider, i stedet for egne tider.",
    en="A part of the day, with indicative times, instead of exact times.",
)
@option(
    "--date-only",
    is_flag=True,
    da="Dagene er kendt, men intet klokkeslæt; --start er en dag.",
    en="Only the days are known, no time of day; --start is a day.",
)
@option(
    "--days",
    type=click.IntRange(1),
    metavar="N",
    da="Med --date-only: hvor mange dage hver varer. Uden den kendes slutningen ikke.",
    en="With --date-only, how many days each lasts. Without it the end is not known.",
)
@option(
    "--indicative",
    is_flag=True,
    da="Tiderne er vejledende.",
    en="The times are indicative.",
)
@option(
    "--rdate",
    "extra",
    multiple=True,
    metavar="TIME",
    callback=_moments,
    da="Endnu en ud over reglens. Kan gentages.",
    en="One more beside those of the rule. Can be repeated.",
)
@option(
    "--exdate",
    "exceptions",
    multiple=True,
    metavar="TIME",
    callback=_moments,
    da="En, der udelades, eller en hel dag. Kan gentages.",
    en="One to leave out, or a whole day. Can be repeated.",
)
@option(
    "--missing-hour",
    type=click.Choice([choice.value for choice in MissingHour]),
    default=MissingHour.REFUSE.value,
    show_default=True,
    da="Hvad der sker med et tidspunkt, som uret springer over i marts: en fejl, en time "
    "senere, eller ingen den dag.",
    en="What happens to a time that the clock skips in March: an error, an hour later, "
    "or none that day.",
)
@option(
    "--from",
    "first",
    metavar="DAY",
    callback=_within,
    da="Ingen, der begynder før.",
    en="None that begins before.",
)
@option(
    "--to",
    "last",
    metavar="DAY",
    callback=_within,
    da="Ingen, der begynder efter.",
    en="None that begins after.",
)
@option(
    "--series",
    "series_id",
    type=click.UUID,
    metavar="UUID",
    da="Seriens eget id: tilføjer aftale-id'erne, som dannes af det og af tidspunkterne.",
    en="The id of the series itself: adds the appointment ids, which are made from it "
    "and the times.",
)
@options.form(
    "text",
    "json",
    help=Wording(
        "text til mennesker; json: ét objekt for hver forekomst, på hver sin linje.",
        "text for people; json: one object per occurrence, each on a line.",
    ),
    aliases={"--json": "json"},
)
@options.output_as_a_whole(Wording("forekomsterne", "the occurrences"))
def command(
    rule: str,
    language: Language,
    first: datetime.date | None,
    last: datetime.date | None,
    series_id: UUID | None,
    form: str,
    **given: Any,
) -> int:
    """List the occurrences of a repeating appointment.

    RRULE is a rule of iCalendar (RFC 5545), such as "FREQ=WEEKLY;BYDAY=MO,TH", or lines of a
    calendar with DTSTART, RRULE, RDATE and EXDATE, or - for standard input. Times are those of a
    clock in Denmark, in summer and in winter. Of a rule without COUNT or UNTIL six months are
    listed, unless --to is given. The exit status is 2 if the pattern cannot be carried out,
    otherwise 0.
    """
    words = Words(language)
    try:
        pattern = _pattern(_text(rule), **given)
        reached = last or _reach(pattern, first)
        found = _occurrences(pattern, first or _FIRST_DAY, reached)
    except InvalidValue as error:
        raise _explained(error) from None
    if last is None and reached != _LAST_DAY:
        streams.note(f"apd: {words.put(_NO_END, day=reached.isoformat())}")
    if not found:
        streams.note(f"apd: {words.put(_NONE)}")
    if form == "json":
        for one in found:
            streams.write(f"{json.dumps(_data(one, series_id))}\n")
    else:
        write_table([_row(one, series_id, words) for one in found])
        if found and pattern.indicative:
            lead = next(times.cautions(found[0].schedule, words.language))
            streams.write(f"{streams.printable(lead)}\n")
    return 0


def _text(rule: str) -> str:
    """The rule, from the argument or from standard input."""
    text = _standard_input() if rule == STANDARD_INPUT else rule
    if not text.strip():
        raise usage_error(
            Wording(
                "reglen er tom; angiv en som FREQ=WEEKLY;BYDAY=MO,TH",
                "the rule is empty; specify one such as FREQ=WEEKLY;BYDAY=MO,TH",
            )
        )
    if not _is_like_a_rule(text):
        name = None if rule == STANDARD_INPUT or not Path(rule).is_file() else safe_name(rule)
        raise usage_error(_NO_RULE) if name is None else usage_error(_IS_A_FILE, name=name)
    return text.strip()


_is_like_a_rule = re.compile("FREQ|[A-Z]{2}[:;=]", re.IGNORECASE).search
_NO_RULE = Wording(
    "det er ikke en regel; angiv en som FREQ=WEEKLY;BYDAY=MO,TH",
    "that is not a rule; specify one such as FREQ=WEEKLY;BYDAY=MO,TH",
)
_IS_A_FILE = Wording(
    "{name} er en fil og ikke en regel; dens linjer læses med apd series - < {name}",
    "{name} is a file and not a rule; its lines are read with apd series - < {name}",
)
_GIVES_TIMES = Wording(
    "{option} angiver tiderne; udelad de andre", "{option} gives the times; leave out the others"
)
_WANTS_A_DAY = Wording(
    "{option} kræver en dag, som --start 2026-12-01", "{option} needs a day, as --start 2026-12-01"
)


def _standard_input() -> str:
    try:
        with reading("standard input"):
            return standard_input().read(MAX_RECURRENCE_CHARACTERS + 1).decode()
    except UnicodeDecodeError:
        raise failure(
            Wording("standard input er ikke UTF-8", "standard input is not UTF-8")
        ) from None


def _pattern(
    rule: str,
    *,
    start: datetime.date | None,
    duration: datetime.timedelta | None,
    end: datetime.time | None,
    part_of_day: str | None,
    date_only: bool,
    days: int | None,
    indicative: bool,
    extra: Sequence[datetime.datetime],
    exceptions: Sequence[datetime.date],
    missing_hour: str,
) -> Pattern:
    ends = [given for given in (duration, end) if given is not None]
    if days is not None and not date_only:
        raise usage_error(
            Wording(
                "--days hører til --date-only; angiv --duration eller --end",
                "--days goes with --date-only; specify --duration or --end",
            )
        )
    if len(ends) > 1:
        raise usage_error(
            Wording("angiv enten --duration eller --end", "specify either --duration or --end")
        )
    if part_of_day is None and not date_only:
        recurrence = Recurrence.of(rule, start, extra=extra, exceptions=exceptions)
        return Pattern(
            recurrence,
            *ends,
            indicative=indicative,
            missing_hour=MissingHour(missing_hour),
        )
    option = "--date-only" if date_only else "--part-of-day"
    if ends or indicative or extra or (date_only and part_of_day is not None):
        raise usage_error(_GIVES_TIMES, option=option)
    if start is None or isinstance(start, datetime.datetime):
        raise usage_error(_WANTS_A_DAY, option=option)
    if part_of_day is None:
        return Pattern.on(rule, start, days=days, exceptions=exceptions)
    return Pattern.during(_PARTS[part_of_day], rule, start, exceptions=exceptions)


# --- which of them ---------------------------------------------------------------------------


def _reach(pattern: Pattern, first: datetime.date | None) -> datetime.date:
    """The default for the last day that is listed: after six months, for a rule without an end."""
    rules = pattern.recurrence.rules
    if all(count_of(rule.text) or "UNTIL=" in rule.text for rule in rules):
        return _LAST_DAY
    begins = first or min(rule.start.date() for rule in rules)
    return last_day(LegalBasis.HEALTH_ACT, combined(begins, datetime.time()))


def _occurrences(
    pattern: Pattern, first: datetime.date, last: datetime.date
) -> tuple[Occurrence, ...]:
    if last < first:
        raise usage_error(Wording("--to ligger før --from", "--to is before --from"))
    midnight = datetime.time()
    return pattern.between(combined(first, midnight), combined(last + _A_DAY, midnight))


def _explained(error: InvalidValue) -> click.ClickException:
    advice = _OWN_ADVICE.get(error.problem) or _OWN_ADVICE.get(error.expected or error.problem)
    return options.refused(error, _CALLED.get(error.field, error.field), advice)


# --- how they are shown ----------------------------------------------------------------------


def _row(one: Occurrence, series_id: UUID | None, words: Words) -> list[str]:
    start = one.schedule.start
    day = [words.put(times.WEEKDAYS[start.weekday()]), f"{start:%Y-%m-%d}"]
    cells = [*day, *_times(one.schedule, words)]
    return cells if series_id is None else [*cells, one.id(series_id).value]


def _times(schedule: Schedule, words: Words) -> list[str]:
    """The times and their offsets, or the last of several days."""
    start, end = schedule.start, schedule.end
    if schedule.date_only:
        is_one_day = schedule.last_day == schedule.first_day
        return [words.put(times.DURING_THE_DAY) if is_one_day else f"–{schedule.last_day}"]
    return [
        f"{start:%H:%M}–{words.put(_OPEN) if end is None else _until(start, end)}",
        _offset(start) if end is None else "/".join(dict.fromkeys(map(_offset, (start, end)))),
    ]


def _until(start: datetime.datetime, end: datetime.datetime) -> str:
    return f"{end:%H:%M}" if end.date() == start.date() else f"{end:%Y-%m-%d %H:%M}"


def _offset(time: datetime.datetime) -> str:
    return time.isoformat()[-6:]


def _data(one: Occurrence, series_id: UUID | None) -> Any:
    """The fields of an appointment that the pattern gives, in the JSON form."""
    from apd.jsonform import to_data  # on first use: the table needs no cattrs

    own = {} if series_id is None else {"id": to_data(one.id(series_id))}
    return {**own, "schedule": to_data(one.schedule)}
