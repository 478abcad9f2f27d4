"""In what two documents differ, as values: changes, and what follows from them."""

from collections.abc import Iterator
from enum import StrEnum

from attrs import field, frozen

from apd.change.series_rules import Consequence
from apd.deprecation import warn_renamed
from apd.model.schedule import Schedule
from apd.model.validators import masked
from apd.text.change import label, text
from apd.text.values import in_words
from apd.wording import Language


class Kind(StrEnum):
    """What has happened."""

    ADDED = "added"
    """There is something where there was nothing."""
    REMOVED = "removed"
    """There is nothing where there was something."""
    CHANGED = "changed"
    """There is something else."""
    MOVED = "moved"
    """The appointment has another start; of several things, they stand in another order."""


@frozen(kw_only=True)
class Change:
    """One change.

    Args:
        path: the field, from the document on: ``appointment.patient.address``; for what is not in
            the model, an XPath.
        kind: what has happened.
        old: what was there before, or None.
        new: what is there after, or None.
        is_personal: what was and is there holds personal data.
        rules: the rules of repeating appointments that speak of such a change, in the edition that
            is judged by: ``("R5", "R8")``. They apply to an appointment that repeats; see
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
        """The value of a document, the new one, compared with the expected, old one.

        Without personal data and without a full stop, so that a cause can follow.
        """
        return self._sentence("meant_", self.language, personal=False)

    def _sentence(self, prefix: str, language: Language, *, personal: bool) -> str:
        name = label(self.path).in_language(language)
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
    """In what the second of two documents differs from the first.

    Args:
        is_same_patient: both are about one patient.
        is_same_appointment: both are about one appointment: the appointment id is the same.
        changes: what has changed in the appointment and in who keeps the document.
        bookkeeping: what differs in any two documents about one appointment: ids and times of the
            documents, version, release, and the time of the booking.
        unmapped: what has changed of what the model has no place for.
        consequences: what the rules R5 to R9, as far as they stand in the edition that is judged
            by, say of the changes of an appointment that repeats, and #5 of one that no longer
            stands.
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
        """True where nothing differs but the bookkeeping."""
        return not (self.changes or self.unmapped)

    def lines(self, *, personal: bool = False) -> Iterator[str]:
        """The differences, a sentence each; first whether the documents are about the same at all.

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
