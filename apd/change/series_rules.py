"""The rules of repeating appointments on a change: R5 to R9, as far as an edition has them.

Source: R5 to R9 and #5 of :mod:`apd.standard.business_rules`, which has the edition of each: 2.0
removed R6 and R7.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from attrs import field, frozen

from apd.model.appointment import Appointment, Repetition
from apd.model.identifiers import id_key
from apd.standard.business_rules import business_rule
from apd.standard.codes import Status
from apd.standard.edition import Edition
from apd.wording import Language, Wording

MOVED, PLACE, REASON, STATUS = "moved", "place", "reason", "status"
"""The kinds of changes to which the rules apply."""


@frozen(kw_only=True)
class Consequence:
    """What follows from a change by a rule.

    Args:
        rule: the id of the rule: ``"R5"`` to ``"R9"``, or ``"#5"``.
        wording: what follows from the change.
        is_followed: whether the newer document follows the rule; None if the documents do not show
            it.
        language: the language of :attr:`message`.
    """

    rule: str
    wording: Wording
    is_followed: bool | None = field(default=None)
    language: Language = "en"

    @property
    def message(self) -> str:
        """The wording in the consequence's language."""
        return self.wording.in_language(self.language)

    @property
    def source(self) -> str:
        """The document and edition that the rule is from, such as ``"Aftaleoversigten 2.0"``."""
        return business_rule(self.rule).text

    def __str__(self) -> str:
        return f"{self.rule}: {self.message} ({self.source})"


class _Rule(NamedTuple):
    """A rule, the changes it speaks of, and whether two appointments follow it."""

    id: str
    about: str
    wording: Wording
    is_followed: Callable[[Appointment, Appointment], bool | None]


def _series(repetition: Repetition | None) -> object:
    return None if repetition is None else ("series", id_key(repetition.id))


def _keeps_series(old: Appointment, new: Appointment) -> bool:
    return _series(old.repetition) == _series(new.repetition)


def _repeats_no_longer(old: Appointment, new: Appointment) -> bool:
    return new.repetition is None


def _leaves_series(old: Appointment, new: Appointment) -> bool:
    return not _keeps_series(old, new)


_OF_A_SERIES = (
    _Rule(
        "R5",
        MOVED,
        Wording(
            "Flyttes kun denne aftale, er den stadig repeterende og beholder repetitions-id'et.",
            "If this appointment alone is moved, it still repeats and keeps its repetition id.",
        ),
        _keeps_series,
    ),
    _Rule(
        "R6",
        PLACE,
        Wording(
            "En aftale, der får et andet mødested, er ikke længere repeterende.",
            "An appointment that gets another location no longer repeats.",
        ),
        _repeats_no_longer,
    ),
    _Rule(
        "R7",
        REASON,
        Wording(
            "For en aftale, der får en anden årsag, ophører gentagelsen. Der kan oprettes en ny "
            "aftale med et nyt repetitions-id.",
            "The repetition ends for an appointment that gets another reason. A new appointment "
            "with a new repetition id may be created.",
        ),
        _leaves_series,
    ),
    _Rule(
        "R8",
        MOVED,
        Wording(
            "Flyttes hele serien, ændres alle aftaler med repetitions-id'et; id'et må beholdes.",
            "If the whole series is moved, every appointment with the repetition id is changed; "
            "the id may stay the same.",
        ),
        lambda *_: None,
    ),
    _Rule(
        "R9",
        STATUS,
        Wording(
            "Dokumentet for en aflyst aftale fjernes fra visning; repetitions-id'et er uændret.",
            "The document of a cancelled appointment is removed from display; its repetition id "
            "is unchanged.",
        ),
        _keeps_series,
    ),
)
_OF_ANY_APPOINTMENT = _Rule(
    "#5",
    STATUS,
    Wording(
        "En aftale, der ikke længere gælder, må ikke være aktiv; dokumentet fjernes fra visning.",
        "An appointment that is no longer valid must not be active; its document is removed from "
        "display.",
    ),
    lambda *_: None,
)


def rules_about(kind: str, edition: Edition) -> tuple[str, ...]:
    """The ids of the rules of repeating appointments on a kind of change."""
    return tuple(rule.id for rule in _standing(_OF_A_SERIES, edition) if rule.about == kind)


def _standing(rules: Iterable[_Rule], edition: Edition) -> Iterator[_Rule]:
    return (rule for rule in rules if business_rule(rule.id).stands_in(edition))


def consequences(
    old: Appointment,
    new: Appointment,
    changed: Collection[str],
    language: Language,
    edition: Edition,
) -> Iterator[Consequence]:
    """What follows from the changes of an appointment, by every rule on them.

    Args:
        old: the appointment as it was.
        new: the same appointment as it is.
        changed: what has changed, of the kinds above.
        language: the language of the messages.
        edition: the edition of Aftaleoversigten to check against.
    """
    about = set(changed)
    if new.status is Status.ACTIVE:  # nothing follows from that
        about.discard(STATUS)
    others = about & {PLACE, REASON}
    if others and (_leaves_series(old, new) or any(rules_about(one, edition) for one in others)):
        about.discard(MOVED)  # the series ends for it, so it does not move within
    rules = (_OF_ANY_APPOINTMENT,) if old.repetition is None else _OF_A_SERIES
    for rule in _standing(rules, edition):
        if rule.about in about:
            yield Consequence(
                rule=rule.id,
                wording=rule.wording,
                is_followed=rule.is_followed(old, new),
                language=language,
            )
