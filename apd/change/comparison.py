"""The differences between two documents, as values: changes and their consequences."""

from collections.abc import Iterator
from enum import StrEnum

from attrs import field, frozen

from apd.change.series_rules import Consequence
from apd.deprecation import warn_renamed
from apd.model.schedule import Schedule
from apd.model.validators import masked
from apd.text.change import text
from apd.text.terms import name_of_field
from apd.text.values import in_words
from apd.wording import Language


class Kind(StrEnum):
    """What has happened."""

    ADDED = "added"
    """A value was added."""
    REMOVED = "removed"
    """A value was removed."""
    CHANGED = "changed"
    """A value was replaced."""
    MOVED = "moved"
    """The appointment has another start, or several values are in another order."""


@frozen(kw_only=True)
class Change:
    """One change.

    Args:
        path: the field, from the document on: ``appointment.patient.address``; outside the model,
            an XPath.
        kind: what has happened.
        old: the value before, or None.
        new: the value after, or None.
        is_personal: whether the values are personal data.
        rules: the rules of repeating appointments on such a change, in the chosen edition:
            ``("R5", "R8")``. They apply to an appointment that repeats; see
            :attr:`Comparison.consequences`.
        language: the language of :attr:`message`.
    """

    path: str
    kind: Kind
    old: object = field(default=None, repr=masked)
    new: object = field(default=None, repr=masked)
    is_personal: bool = False
    rules: tuple[str, ...] = ()
    language: Language = "en"

    @property
    def message(self) -> str:
        """What has changed, without personal data."""
        return self.describe()

    def describe(self, *, personal: bool = False, language: Language | None = None) -> str:
        """What has changed, in a sentence.

        Args:
            personal: include personal data, such as names and addresses.
            language: another language than the comparison's.
        """
        language = language or self.language
        if self.path.startswith("/"):
            return text(f"unmapped_{self.kind}", language, path=self.path)
        return self._sentence("", language, personal=personal)

    def against_expected(self) -> str:
        """The new value compared with the old one, which was expected.

        Without personal data and without a full stop, so that a cause can follow.
        """
        return self._sentence("meant_", self.language, personal=False)

    def _sentence(self, prefix: str, language: Language, *, personal: bool) -> str:
        name = name_of_field(self.path).in_language(language)
        old, new = (self._in_words(value, language, personal) for value in (self.old, self.new))
        shows_values = {
            Kind.ADDED: new is not None,
            Kind.REMOVED: old is not None,
            # what reads the same before and after would only puzzle
            Kind.CHANGED: None not in (old, new) and old != new,
            Kind.MOVED: isinstance(self.new, Schedule),
        }[self.kind]
        kind = self.kind
        if prefix and isinstance(self.new, Schedule) and isinstance(self.old, Schedule):
            kind = Kind.CHANGED  # nobody moved it: it differs from the expected one
        key = f"{prefix}{kind}_with_values" if shows_values else f"{prefix}{kind}"
        return text(key, language, label=name, old=old, new=new)

    def told(self, *, personal: bool = False, language: Language | None = None) -> str:
        """Deprecated name of :meth:`describe`."""
        warn_renamed("Change.told", "describe")
        return self.describe(personal=personal, language=language)

    def _in_words(self, value: object, language: Language, personal: bool) -> str | None:
        if isinstance(value, str) and self.is_personal and not personal:
            return None
        return in_words(value, language, personal=personal)

    def __str__(self) -> str:
        return self.message


@frozen(kw_only=True)
class Comparison:
    """The differences of a second document from a first one.

    Args:
        is_same_patient: both are about the same patient.
        is_same_appointment: both are about the same appointment: the appointment id is the same.
        changes: the changes of the appointment and of the custodian.
        bookkeeping: what differs in any two documents about one appointment: ids and times of the
            documents, version, release, and the time of the booking.
        unmapped: the changes outside the model.
        consequences: what follows by the rules R5 to R9, if they are part of the chosen edition,
            for an appointment that repeats, and by #5 for one that is no longer valid.
        language: the language of the messages.
    """

    is_same_patient: bool
    is_same_appointment: bool
    changes: tuple[Change, ...] = ()
    bookkeeping: tuple[Change, ...] = ()
    unmapped: tuple[Change, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    language: Language = "en"

    @property
    def is_same(self) -> bool:
        """Whether nothing but the bookkeeping differs."""
        return not (self.changes or self.unmapped)

    def lines(self, *, personal: bool = False) -> Iterator[str]:
        """The differences, one sentence each, preceded by whether the documents belong together.

        Args:
            personal: include personal data, such as names and addresses.
        """
        if not self.is_same_patient:
            yield text("other_patient", self.language)
        if not self.is_same_appointment:
            yield text("other_appointment", self.language)
        if self.is_same:
            yield text("same", self.language)
        for change in (*self.changes, *self.unmapped, *self.bookkeeping):
            yield change.describe(personal=personal)
        for consequence in self.consequences:
            yield str(consequence)
            if consequence.is_followed is False:
                yield text("not_followed", self.language, rule=consequence.rule)
