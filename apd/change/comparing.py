"""Comparing two documents, field by field."""

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from typing import Any, NamedTuple, TypeVar

import attrs
from attrs import evolve

from apd.arguments import check_document, check_language
from apd.cda.lossless.markup import NOTHING_DECLARED, root_of
from apd.change.comparison import Change, Comparison, Kind
from apd.change.series_rules import (
    MOVED,
    PLACE,
    REASON,
    STATUS,
    consequences,
    rules_about,
)
from apd.model.appointment import Appointment, is_same_reason
from apd.model.code import Code
from apd.model.contact import Address, PersonName, Telecom
from apd.model.document import AppointmentDocument, Difference, Unmapped
from apd.model.identifiers import (
    CprNumber,
    EpisodeId,
    Identifier,
    MedComId,
    ProviderNumber,
    SorCode,
    id_key,
)
from apd.model.identity import is_another
from apd.model.location import is_same_place
from apd.model.party import Person
from apd.model.schedule import Schedule
from apd.model.validators import masked
from apd.standard.edition import Edition, as_edition
from apd.standard.releases import Release
from apd.wording import Language

T = TypeVar("T")

BOOKKEEPING = frozenset(
    ("id", "time", "set_id", "version_number", "release", "appointment.responsible.time")
)
"""The fields that differ in any two documents about one appointment."""

# Shown as one value, whatever is inside.
_WHOLE = (PersonName, Person, Address, Telecom, Code, Release)
_IDENTIFIERS = (CprNumber, SorCode, ProviderNumber, MedComId, EpisodeId, Identifier)
# Values in which nothing personal can stand; texts are, where the model masks the field.
_NOT_PERSONAL = (SorCode, ProviderNumber, MedComId, EpisodeId, Schedule, Release)

_KINDS_BY_PATH = {
    "appointment.schedule": MOVED,
    "appointment.schedule.end": MOVED,
    "appointment.location": PLACE,
    "appointment.reason": REASON,
    "appointment.reason.text": REASON,
    "appointment.reason.code": REASON,
    "appointment.status": STATUS,
}


def diff(
    a: AppointmentDocument,
    b: AppointmentDocument,
    language: Language = "en",
    *,
    edition: Edition | str = Edition.CURRENT,
) -> Comparison:
    """What has changed from one document to another, in the words of the domain.

    All fields of the model are compared, and also the content outside it, in the XML from which the
    documents were read.

    Args:
        a: the earlier document.
        b: the later one.
        language: the language of the messages, ``"da"`` or ``"en"``.
        edition: the edition of Aftaleoversigten whose rules are named, ``"2.0"`` or ``"1.0"``.

    Raises:
        InvalidArgument: one of them is not a document, or the language is not supported.
        InvalidValue: there is no such edition.
    """
    check_document("diff", a)
    check_document("diff", b)
    check_language(language)
    edition = as_edition(edition)
    found = _compare_fields(a, b, "", language, but=("source",))
    bookkeeping, changes = _parted(found, lambda change: change.path in BOOKKEEPING)
    is_same_patient = not is_another(a.appointment.patient, b.appointment.patient)
    is_same_appointment = id_key(a.appointment.id) == id_key(b.appointment.id)
    about = _kinds(changes, a.appointment, b.appointment)
    is_one = is_same_patient and is_same_appointment
    follows = consequences(a.appointment, b.appointment, about, language, edition) if is_one else ()
    return Comparison(
        is_same_patient=is_same_patient,
        is_same_appointment=is_same_appointment,
        changes=tuple(_with_rules(change, about, edition) for change in changes),
        bookkeeping=tuple(bookkeeping),
        unmapped=tuple(compared_unmapped(a.unmapped, b.unmapped, language)),
        consequences=tuple(follows),
        language=language,
    )


def differences(
    expected: AppointmentDocument, actual: AppointmentDocument, language: Language = "en"
) -> tuple[Change, ...]:
    """Every field in which a document differs from the expected one, each separately.

    Unlike :func:`diff`, a party with another id, a patient with another number or another place is
    also compared field by field, so that exactly the wrong field is named.
    """
    return tuple(_compare_fields(expected, actual, "", language, but=("source",), by_field=True))


def _parted(items: Iterable[T], is_first: Callable[[T], bool]) -> tuple[list[T], list[T]]:
    first: list[T] = []
    second: list[T] = []
    for item in items:
        (first if is_first(item) else second).append(item)
    return first, second


# --- what the rules speak of ------------------------------------------------------------------


def _kinds(changes: Iterable[Change], old: Appointment, new: Appointment) -> set[str]:
    """The kinds of changes that the rules speak of; the same place worded otherwise is none."""
    kinds = {_KINDS_BY_PATH[change.path] for change in changes if change.path in _KINDS_BY_PATH}
    if is_same_place(old.location, new.location):
        kinds.discard(PLACE)
    if is_same_reason(old.reason, new.reason):
        kinds.discard(REASON)
    return kinds


def _with_rules(change: Change, kinds: Collection[str], edition: Edition) -> Change:
    kind = _KINDS_BY_PATH.get(change.path)
    return evolve(change, rules=rules_about(kind, edition)) if kind in kinds and kind else change


# --- field by field --------------------------------------------------------------------------


class _Place(NamedTuple):
    """A field: where it is, whether it is personal, and the language of the messages.

    ``by_field`` compares what is another altogether field by field as well.
    """

    path: str
    is_personal: bool
    language: Language
    by_field: bool = False

    def change(self, kind: Kind, old: object, new: object) -> Change:
        may_hold_names = _may_hold_names(old) or _may_hold_names(new)
        return Change(
            path=self.path,
            kind=kind,
            old=old,
            new=new,
            is_personal=self.is_personal or may_hold_names,
            language=self.language,
        )


def _may_hold_names(value: object) -> bool:
    has_parts = attrs.has(type(value)) or isinstance(value, tuple)
    return has_parts and not isinstance(value, _NOT_PERSONAL)


def _compare_fields(
    old: object,
    new: object,
    path: str,
    language: Language,
    but: Collection[str] = (),
    *,
    by_field: bool = False,
) -> Iterator[Change]:
    """Two objects of one class."""
    cls: Any = type(old)
    for one in attrs.fields(cls):
        if one.name not in but:
            name = f"{path}.{one.name}".lstrip(".")
            place = _Place(name, one.repr is masked, language, by_field)
            yield from _compare(getattr(old, one.name), getattr(new, one.name), place)


def _compare(old: Any, new: Any, place: _Place) -> Iterator[Change]:
    """What two fields hold."""
    if old == new:
        return
    if old is None or new is None:
        yield place.change(Kind.ADDED if old is None else Kind.REMOVED, old, new)
    elif isinstance(old, Schedule):
        yield from _compare_schedules(old, new, place)
    elif isinstance(old, tuple):
        yield from _compare_items(old, new, place)
    elif _differs_as_a_whole(old, new, by_field=place.by_field):
        yield place.change(Kind.CHANGED, old, new)
    else:
        yield from _compare_fields(old, new, place.path, place.language, by_field=place.by_field)


def _compare_schedules(old: Schedule, new: Schedule, place: _Place) -> Iterator[Change]:
    """Another start moves an appointment, with whatever its end is then.

    Where the date alone is known, so do other days and a time of day.
    """
    moved: tuple[str, ...] = ()
    if old.date_only or new.date_only:
        moved = ("start", "end", "date_only")
    elif old.start != new.start:
        moved = ("start", "end")
    if any(getattr(old, name) != getattr(new, name) for name in moved):
        is_same_days = old.date_only and new.date_only and _days(old) == _days(new)
        kind = Kind.CHANGED if is_same_days else Kind.MOVED
        yield place.change(kind, evolve(old, note=None), evolve(new, note=None))
    yield from _compare_fields(old, new, place.path, place.language, but=moved)


def _days(schedule: Schedule) -> tuple[datetime.date, datetime.date]:
    return schedule.first_day, schedule.last_day


def _itself(value: Hashable) -> Hashable:
    return value


def _compare_items(
    old: tuple[object, ...], new: tuple[object, ...], place: _Place
) -> Iterator[Change]:
    """Things of which there may be several: what is gone and what is new, one for the other."""
    gone, come = _leftover(old, new), _leftover(new, old)
    pairs = min(len(gone), len(come))
    for one, other in zip(gone[:pairs], come[:pairs], strict=True):
        yield place.change(Kind.CHANGED, one, other)
    for one in gone[pairs:]:
        yield place.change(Kind.REMOVED, one, None)
    for one in come[pairs:]:
        yield place.change(Kind.ADDED, None, one)
    if not gone and not come:
        yield place.change(Kind.MOVED, old, new)


def _leftover(
    these: Iterable[T], others: Iterable[T], key: Callable[[T], Hashable] = _itself
) -> list[T]:
    """What stands among these more often than among the others, in order, by what it says."""
    left = Counter(map(key, others))
    found = []
    for one in these:
        said = key(one)
        if left[said]:
            left[said] -= 1
        else:
            found.append(one)
    return found


# --- what is shown as one value --------------------------------------------------------------


def is_one_value(cls: type) -> bool:
    """Whether the values of a class are compared as a whole: a name, an address, an id."""
    return issubclass(cls, (*_WHOLE, *_IDENTIFIERS))


def _differs_as_a_whole(old: Any, new: Any, *, by_field: bool) -> bool:
    if type(old) is not type(new) or not attrs.has(type(old)) or is_one_value(type(old)):
        return True
    return not by_field and is_another(old, new)


# --- what the model does not say -------------------------------------------------------------


def compared_unmapped(
    old: Iterable[Unmapped], new: Iterable[Unmapped], language: Language
) -> Iterator[Change]:
    """The changes outside the model, by path."""
    ours, theirs = list(old), list(new)
    if list(map(_written, ours)) == list(map(_written, theirs)):
        return
    gone, come = _leftover(ours, theirs, _content), _leftover(theirs, ours, _content)
    left = [(piece.path, piece.difference) for piece in come]
    for piece in gone:
        kind, other = Kind.REMOVED, None
        if (piece.path, piece.difference) in left:
            at = left.index((piece.path, piece.difference))
            kind, other = Kind.CHANGED, come[at].xml
            del left[at], come[at]
        yield _piece(piece.path, kind, piece.xml, other, language)
    for piece in come:
        yield _piece(piece.path, Kind.ADDED, None, piece.xml, language)
    contents, others = list(map(_content, ours)), list(map(_content, theirs))
    if contents != others and Counter(contents) == Counter(others):
        pairs = zip(ours, contents, others, strict=True)
        first = next(piece for piece, one, other in pairs if one != other)
        yield _piece(first.path, Kind.MOVED, None, None, language)


def _written(piece: Unmapped) -> tuple[object, ...]:
    return piece.path, piece.difference, piece.xml


def _content(piece: Unmapped) -> tuple[object, ...]:
    """What a piece says, however it is written: quotes, references, blanks, comments."""
    path, difference, xml = piece.path, piece.difference, piece.xml
    if xml is None or difference is Difference.ORDER or path.endswith("/text()"):
        return _written(piece)
    return path, difference, root_of(xml, NOTHING_DECLARED).content


def _piece(path: str, kind: Kind, old: str | None, new: str | None, language: Language) -> Change:
    return Change(path=path, kind=kind, old=old, new=new, is_personal=True, language=language)
