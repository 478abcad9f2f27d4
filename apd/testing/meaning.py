"""Compares a document with the expected one, with differences as text for the message of a test."""

import datetime
import os
import typing
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import attrs

from apd.api import loads
from apd.arguments import check_document, check_language
from apd.cda.clock_mistakes import ClockMistake, as_value, clock_mistake
from apd.cda.timestamps import TimeValue, time_value
from apd.change.comparing import BOOKKEEPING, compared_unmapped, differences, is_one_value
from apd.change.comparison import Change, Kind
from apd.errors import ParseError
from apd.findings import explained
from apd.model.code import Code
from apd.model.document import AppointmentDocument, Difference
from apd.model.identifiers import AnyIdentifier, id_key
from apd.model.schedule import Schedule
from apd.privacy.masking import hide_in, hide_numbers
from apd.rules.business.narrative import LACKS_PLACE, lacks_place
from apd.rules.business.text_and_data import IN_TEXT
from apd.rules.document_view import DocumentView
from apd.rules.engine import view_of
from apd.testing.failure_message import name_of, xml_of
from apd.testing.text_mistakes import text_mistake
from apd.text.characters import printable
from apd.text.mentions import clocks_in, mentions_date, to_the_minute
from apd.text.terms import name_of_field
from apd.text.times import clock, date
from apd.validation import Validated
from apd.wording import Language, Wording, as_sentence, language_of_environment

READABLE_TEXT = "text"
ALL_BOOKKEEPING = "bookkeeping"
"""The groups that can be ignored in addition to fields: the readable text, and the bookkeeping."""
_MOST_NOTES = 20
_IDS = typing.get_args(AnyIdentifier)

_NO_FIELD = Wording(
    "feltet {name!r} findes ikke; angiv et felt af modellen, f.eks. "
    "appointment.performer.telecoms, eller {groups}",
    "there is no field {name!r}; specify a field of the model, such as "
    "appointment.performer.telecoms, or {groups}",
)
_UNREADABLE = Wording(
    "{name} kan ikke læses: {message} [{rule}]", "{name} cannot be read: {message} [{rule}]"
)
_LINE = Wording("{name}, linje {line},", "{name}, line {line},")
_SAME_CAUSE = Wording("Det samme gælder: {labels}.", "The same applies to: {labels}.")
_ELSEWHERE = Wording("det er {label}", "it is {label}")
_ROOT = Wording(
    "det har roden {actual}, ikke {expected}", "it has the root {actual}, not {expected}"
)
_TEXT = Wording("Den læsbare tekst:", "The readable text:")
_NO_TEXT = Wording("Der er ingen.", "There is none.")
_AGREES = Wording(
    "Den siger det samme som data og dermed heller ikke det, der skulle stå.",
    "It agrees with the data, and so it is wrong, too.",
)
_LACKS_DATE = Wording("Den nævner ikke datoen, {date}", "It does not mention the date, {date}")
_LACKS_CLOCK = Wording("Den nævner ikke kl. {clocks}", "It does not mention {clocks}")
_NOTES = Wording("Noter, der ikke tæller med:", "Notes, which do not count:")
_MORE = Wording("… og {count} til.", "… and {count} more.")


def unlike(
    data: Validated,
    document: AppointmentDocument,
    *,
    ignore: Iterable[str] = (),
    strict: bool = False,
    language: Language | None = None,
) -> str | None:
    """The differences of a document from the expected one, as text; None if there are none.

    The arguments and errors are those of :func:`apd.testing.assert_says`.
    """
    language = language or language_of_environment() or "en"
    check_language(language)
    check_document("assert_says", document)
    ignored = _ignored(ignore, language)
    xml = xml_of(data)
    name = name_of(data, language)
    try:
        actual = loads(xml)
    except ParseError as error:
        return printable(_unreadable(name, error, language))
    found = _Unlike(document, actual, view_of(xml), ignored, language)
    wrong, text, notes = list(found.data()), list(found.text()), list(found.notes())
    if not wrong and not text and not (strict and notes):
        return None
    message = _blocks(wrong, text, notes, language)
    if isinstance(data, os.PathLike):
        message = f"{name}: {message}"
    return printable(hide_in(document, actual)(message))


def _blocks(wrong: list[str], text: list[str], notes: list[str], language: Language) -> str:
    """The blocks of the message: data, readable text, and differences that do not count."""
    shown = notes[:_MOST_NOTES]
    if len(notes) > len(shown):
        shown.append(_MORE.in_language(language).format(count=len(notes) - len(shown)))
    headed = [(None, wrong), (_TEXT, text), (_NOTES, shown)]
    blocks: list[str] = []
    for heading, lines in headed:
        if not lines:
            continue
        if heading is None or (heading is _NOTES and not blocks):
            blocks.append("\n".join(lines))
        elif not blocks:  # the first line of all names the difference
            blocks.append("\n".join((f"{heading.in_language(language)} {lines[0]}", *lines[1:])))
        else:
            indented = (f"  {line}" for line in lines)
            blocks.append("\n".join((heading.in_language(language), *indented)))
    return "\n\n".join(blocks)


def _unreadable(name: str, error: ParseError, language: Language) -> str:
    """The findings of a document that cannot be read."""
    lines = []
    for one in error.findings:
        at = _LINE.in_language(language).format(name=name, line=one.line) if one.line else name
        message = explained(one).in_language(language)
        lines.append(
            _UNREADABLE.in_language(language).format(name=at, message=message, rule=one.rule)
        )
    return hide_numbers("\n".join(lines))


# --- what is ignored -------------------------------------------------------------------------


def _ignored(names: Iterable[str], language: Language) -> frozenset[str]:
    given = frozenset([names] if isinstance(names, str) else names)
    groups = (ALL_BOOKKEEPING, READABLE_TEXT)
    for name in sorted(given.difference(groups)):
        if name not in _fields(AppointmentDocument):
            wording = _NO_FIELD.in_language(language)
            raise ValueError(wording.format(name=name, groups=", ".join(groups)))
    return given | (BOOKKEEPING if ALL_BOOKKEEPING in given else frozenset())


def _fields(cls: type, above: str = "") -> set[str]:
    """The fields that a comparison can name, from the document on."""
    hints = typing.get_type_hints(cls)
    found = set()
    for one in attrs.fields(cls):
        if one.name == "source":
            continue
        path = f"{above}{one.name}"
        found.add(path)
        for inner in typing.get_args(hints[one.name]) or (hints[one.name],):
            if isinstance(inner, type) and attrs.has(inner) and not is_one_value(inner):
                found |= _fields(inner, f"{path}.")
    return found


# --- what differs ----------------------------------------------------------------------------


class _Cause(NamedTuple):
    """A difference in a field, and its cause if known."""

    change: Change
    cause: Wording | None


class _Unlike:
    """A document compared with the expected one."""

    def __init__(
        self,
        expected: AppointmentDocument,
        actual: AppointmentDocument,
        view: DocumentView | None,
        ignored: frozenset[str],
        language: Language,
    ) -> None:
        self._expected, self._actual, self._view = expected, actual, view
        self._ignored, self._language = ignored, language
        self._written = _written_times(view)
        every = [
            change
            for change in differences(expected, actual, language)
            if not self._is_ignored(change)
        ]
        # the bookkeeping differs most often, and says least
        every.sort(key=lambda change: (change.path in BOOKKEEPING, _rank(change.path)))
        self._wrong = [change for change in every if not _is_the_same(change)]
        self._notes = [change for change in every if _is_the_same(change)]

    def _is_ignored(self, change: Change) -> bool:
        return any(
            change.path == name or change.path.startswith(f"{name}.") for name in self._ignored
        )

    def data(self) -> Iterator[str]:
        """The differences in the data, a line each; those with the same cause share a line."""
        places = _places(self._expected)
        found = [_Cause(change, self._cause(change, places)) for change in self._wrong]
        seen: set[Wording] = set()
        for one in found:
            if one.cause is None:
                yield f"{one.change.against_expected()}."
                continue
            if one.cause in seen:
                continue
            seen.add(one.cause)
            cause = as_sentence(one.cause.in_language(self._language))
            line = f"{one.change.against_expected()}. {cause}."
            others = [other.change for other in found if other.cause == one.cause][1:]
            if others:
                names = ", ".join(dict.fromkeys(self._label(other.path) for other in others))
                line = f"{line} {_SAME_CAUSE.in_language(self._language).format(labels=names)}"
            yield line

    def _label(self, path: str) -> str:
        return _in_sentence(name_of_field(path).in_language(self._language))

    def _cause(self, change: Change, places: Mapping[Any, str]) -> Wording | None:
        old, new = change.old, change.new
        if old is None or new is None:
            return None
        if isinstance(old, Schedule | datetime.datetime):
            mistake = self._clock_mistake(old, new)
            return None if mistake is None else mistake.wording
        elsewhere = places.get(_key(new))
        if elsewhere is not None and elsewhere != change.path:
            name = name_of_field(elsewhere)
            return _ELSEWHERE.filled(label=Wording(*map(_in_sentence, name)))
        if isinstance(old, _IDS) and isinstance(new, _IDS):
            if old.root == new.root:
                return None
            return _ROOT.filled(actual=new.root, expected=old.root)
        if type(old) is type(new) is datetime.date and (old.day, old.month) == (new.month, new.day):
            return ClockMistake.DAY_AND_MONTH.wording
        return text_mistake(old, new) if type(old) is str or attrs.has(type(old)) else None

    def _clock_mistake(self, expected: object, actual: object) -> ClockMistake | None:
        if isinstance(expected, Schedule) and isinstance(actual, Schedule):
            if expected.date_only or actual.date_only:
                return None
            pairs = [(expected.start, actual.start), (expected.end, actual.end)]
        else:
            pairs = [(expected, actual)]  # type: ignore[list-item]
        for due, found in pairs:
            if due is not None and found is not None and due != found:
                written = self._written.get(found) or as_value(found)
                return clock_mistake([written], due.replace(tzinfo=None).__eq__)
        return None

    # --- the readable text

    def text(self) -> Iterator[str]:
        """What is missing in the readable text."""
        if self._view is None or READABLE_TEXT in self._ignored:
            return
        texts = [text for _, text in self._view.readable_texts if text]
        if not texts:
            yield _NO_TEXT.in_language(self._language)
            return
        lacking = list(self._lacking(texts))
        actual = self._actual.appointment.schedule
        is_wrong = any(one.path.startswith(_SCHEDULE.path) for one in self._wrong)
        if lacking and is_wrong and all(_mentions(text, actual) for text in texts):
            lacking = [_AGREES.in_language(self._language)]
        yield from lacking

    def _lacking(self, texts: list[str]) -> Iterator[str]:
        schedule, language = self._expected.appointment.schedule, self._language
        if self._is_ignored(_SCHEDULE):
            return
        if not all(mentions_date(text, schedule.start) for text in texts):
            wording = _LACKS_DATE.in_language(language)
            yield f"{wording.format(date=date(schedule.start, language))}."
        if schedule.date_only:
            return
        times = [time for time in (schedule.start, schedule.end) if time is not None]
        lacking = [
            clock(time, language)
            for time in times
            if not all(to_the_minute(time) in clocks_in(text) for text in texts)
        ]
        if lacking:
            line = _LACKS_CLOCK.in_language(language).format(clocks=", ".join(lacking))
            mistake = _text_mistake(texts, times)
            cause = "" if mistake is None else as_sentence(mistake.in_language(language))
            yield f"{line}. {cause}." if cause else f"{line}."

    # --- what does not count

    def notes(self) -> Iterator[str]:
        """Differences in form alone, and content that the model does not cover."""
        for change in self._notes:
            yield f"{change.against_expected()}."
        is_read = self._view is not None and READABLE_TEXT not in self._ignored
        if is_read and self._view is not None and lacks_place(self._view):
            yield LACKS_PLACE.in_language(self._language)
        ours, theirs = (
            [one for one in of.unmapped if one.difference is Difference.EXTRA]
            for of in (self._expected, self._actual)
        )
        for piece in compared_unmapped(ours, theirs, self._language):
            yield piece.message


_OF_TEXTS = (ClockMistake.OFFSET_ADDED_TWICE, ClockMistake.TWELVE_HOURS)
_SCHEDULE = Change(path="appointment.schedule", kind=Kind.MOVED)
_ORDER = ("appointment.patient", "appointment.schedule", "appointment")


def _rank(path: str) -> int:
    """Sorts patient and schedule first, and the data of the document itself last."""
    return next((at for at, start in enumerate(_ORDER) if path.startswith(start)), len(_ORDER))


def _is_the_same(change: Change) -> bool:
    """True for a difference in form alone: order, displayName, or the case of an id."""
    old, new = change.old, change.new
    if change.kind is Kind.MOVED:
        return not isinstance(new, Schedule)
    if isinstance(old, Code) and isinstance(new, Code):
        return (old.code, old.system) == (new.code, new.system)
    return isinstance(old, _IDS) and isinstance(new, _IDS) and id_key(old) == id_key(new)


def _in_sentence(name: str) -> str:
    return name[:1].lower() + name[1:]


def _key(value: Any) -> Any:
    return id_key(value) if isinstance(value, _IDS) else value


def _places(expected: AppointmentDocument) -> Mapping[Any, str]:
    """The field of each identifier, name, address and telecom in the expected document."""
    found: dict[Any, str] = {}

    def look(value: Any, path: str) -> None:
        if isinstance(value, tuple):
            for item in value:
                look(item, path)
        elif isinstance(value, _IDS):
            found.setdefault(_key(value), path)
        elif attrs.has(type(value)) and not isinstance(value, Schedule):
            if is_one_value(type(value)):
                found.setdefault(value, path)
                return
            for one in attrs.fields(type(value)):
                if one.name not in ("source", "release"):
                    look(getattr(value, one.name), f"{path}.{one.name}".lstrip("."))

    look(expected, "")
    return found


def _written_times(view: DocumentView | None) -> Mapping[datetime.datetime, TimeValue]:
    """The times of a document as written, by their moments."""
    if view is None:
        return {}
    # moments are remembered, so that of a date of birth none is made
    nodes = (node for node in view.of_type("TS") if not node.name.endswith("birthTime"))
    values = (time_value(node.get("value") or "") for node in nodes)
    return {
        moment: value
        for value in values
        if value is not None and value.has_time and (moment := value.moment) is not None
    }


def _mentions(text: str, schedule: Schedule) -> bool:
    times = () if schedule.date_only else (schedule.start, schedule.end)
    shown = clocks_in(text)
    return mentions_date(text, schedule.start) and all(
        to_the_minute(time) in shown for time in times if time is not None
    )


def _text_mistake(texts: list[str], times: list[datetime.datetime]) -> Wording | None:
    shown = frozenset[datetime.time]().union(*map(clocks_in, texts))
    values = [as_value(time) for time in times]
    mistake = clock_mistake(values, lambda time: to_the_minute(time) in shown)
    # the expected times are right and the text is wrong, so the mistake is described for a text
    return IN_TEXT.get(mistake, mistake.wording) if mistake in _OF_TEXTS else None
