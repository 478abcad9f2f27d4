"""The readable text compared with the data: the dates and times it mentions, and why they differ.

Either of the two may be wrong. A text that mentions the clock exactly as it stands beside a wrong
offset shows that the offset is the mistake, and the finding about the offset says so.
"""

import datetime

from apd.cda.clock_mistakes import ClockMistake, clock_mistake, has_other_offset, is_danish_time
from apd.cda.timestamps import Precision, TimeValue, time_value
from apd.rules.admitted_values import AdmittedValues
from apd.rules.document_view import DocumentView, Node, below
from apd.standard import paths
from apd.text.mentions import clocks_in, mentions_date, to_the_minute
from apd.wording import Wording, as_sentence

EITHER = Wording("teksten eller data er forkert", "either the text or the data are wrong")
IN_TEXT = {
    ClockMistake.OFFSET_ADDED_TWICE: Wording(
        "tiderne i teksten er formentlig UTC (forskellen er præcis Danmarks tidszone)",
        "the times in the text are probably UTC (the difference is exactly Denmark's offset)",
    ),
}
"""The description of a mistake if the text is wrong."""


def readable(view: DocumentView) -> list[tuple[Node, str]]:
    """The texts that are not empty, in lower case and with white space collapsed."""
    return [(node, text) for node, text in view.readable_texts if text]


def _times(view: DocumentView, *names: str) -> list[TimeValue]:
    """The bounds of the appointment that name a moment."""
    nodes = [node for name in names for node in below(view.at(paths.BODY_INTERVAL), name)]
    values = (time_value(value) for node in nodes if (value := node.get("value")))
    return [value for value in values if value is not None and value.moment is not None]


def clocks(view: DocumentView) -> list[TimeValue]:
    """The bounds of the appointment that have a time of day."""
    return [one for one in _times(view, "low", "high") if one.precision >= Precision.MINUTE]


def _shown(value: TimeValue) -> datetime.datetime:
    return value.moment or value.local


def mentions_times(text: str, times: list[TimeValue]) -> bool:
    """Whether a text mentions all given times in Danish local time."""
    shown = clocks_in(text)
    return all(to_the_minute(_shown(time)) in shown for time in times)


def text_is_as_written(view: DocumentView) -> bool:
    """Whether an offset is wrong while every text mentions the time of day as it is in the data."""
    times, texts = clocks(view), readable(view)
    return (
        bool(times and texts)
        and any(map(has_other_offset, times))
        and all(_mentions_as_written(text, times) for _, text in texts)
    )


def _mentions_as_written(text: str, times: list[TimeValue]) -> bool:
    shown = clocks_in(text)
    return mentions_date(text, times[0].local.date()) and all(
        to_the_minute(time.local) in shown for time in times
    )


def lacks_date(view: DocumentView) -> list[Node]:
    """The texts that do not mention the date of the start."""
    days = [_shown(time).date() for time in _times(view, "low")]
    found = [
        node for node, text in readable(view) if any(not mentions_date(text, day) for day in days)
    ]
    return [] if found and text_is_as_written(view) else found


def lacks_times(view: DocumentView) -> list[Node]:
    """The texts that do not mention the start, or the end where it is known."""
    times = clocks(view)
    found = [node for node, text in readable(view) if not mentions_times(text, times)]
    return [] if found and text_is_as_written(view) else found


def mentions_day_of_start(values: AdmittedValues) -> bool:
    """Whether the text mentions the day of the start, both as written and in Danish local time."""
    begins = values.begins
    return (
        begins != ""
        and is_danish_time(begins)
        and mentions_date(values.text, datetime.date.fromisoformat(begins[:8]))
    )


def mentions_clocks(values: AdmittedValues) -> bool:
    """Whether the text mentions start and end, both as written and in Danish local time."""
    times = list(filter(None, (values.begins, values.ends)))
    if not all(map(is_danish_time, times)):
        return False
    clocks = [(time[8:10], time[10:12]) for time in times]
    text = f" {values.text} "
    if all(f" {hour}:{minute} " in text for hour, minute in clocks):
        return True  # as nearly always, and no other way of writing is looked for
    shown = clocks_in(values.text)
    return all(datetime.time(int(hour), int(minute)) in shown for hour, minute in clocks)


def why_date(view: DocumentView, text: str) -> Wording | None:
    """The mistake that explains why a text mentions another date, or None."""
    shown = clocks_in(text)

    def is_right(clock: datetime.datetime) -> bool:
        return mentions_date(text, clock.date()) and to_the_minute(clock) in shown

    starts = [one for one in _times(view, "low") if one.precision >= Precision.MINUTE]
    return _worded(clock_mistake(starts, is_right))


def why_times(view: DocumentView, text: str) -> Wording | None:
    """The mistake that explains why a text mentions other times, or None."""
    shown = clocks_in(text)
    return _worded(clock_mistake(clocks(view), lambda clock: to_the_minute(clock) in shown))


def _worded(mistake: ClockMistake | None) -> Wording | None:
    return None if mistake is None else IN_TEXT.get(mistake, mistake.wording)


def either_is_wrong(lacking: Wording, cause: Wording | None) -> Wording:
    """The message that a text lacks something, and what the likely mistake is."""
    return Wording(
        *(
            f"{problem.rstrip('.')}; {either}." + (f" {as_sentence(why)}." if why else "")
            for problem, either, why in zip(lacking, EITHER, cause or ("", ""), strict=True)
        )
    )
