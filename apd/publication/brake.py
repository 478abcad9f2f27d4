"""The brake: a plan that would deprecate suspiciously many documents needs confirmation.

An incomplete export, an empty list or a wrong filter looks like many cancellations, and a patient
whose appointments vanish does not come. Bookings that are explicitly cancelled do not count, unless
there are very many of them.
"""

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from attrs import frozen

from apd.publication.entry import Kind
from apd.publication.plan import Deprecate, Ground, Sent
from apd.publication.register import PublisherRegister, is_current
from apd.wording import Language, Wording

_CANCELLATIONS = 10
"""The number of explicitly cancelled bookings that do not count."""


@frozen
class Braked:
    """The reason why a plan was not carried out.

    Args:
        deprecations: the number of documents that it would deprecate.
        published: the number of published documents.
        producer: the OID of a producer that would lose all documents; None if that is not the
            reason.
    """

    deprecations: int
    published: int
    producer: str | None = None

    def message(self, language: Language = "da") -> str:
        """The reason, and what to do."""
        wording = _BRAKED if self.producer is None else _ALL_OF_ONE
        return wording.in_language(language).format(
            deprecations=self.deprecations, published=self.published, producer=self.producer
        )


_BRAKED = Wording(
    "Planen ville fjerne {deprecations} af {published} publicerede dokumenter fra visning; intet "
    "er sendt. Kontrollér, at alle bookinger er med, og bekræft antallet, hvis det er rigtigt.",
    "The plan would deprecate {deprecations} of {published} published documents; nothing was sent. "
    "Check that all bookings are there, and confirm the number if it is right.",
)
_ALL_OF_ONE = Wording(
    "Planen ville fjerne alt det fra visning, som {producer} har publiceret ({deprecations} "
    "dokumenter); intet er sendt. Kontrollér, at alle bookinger er med, og bekræft antallet, "
    "hvis det er rigtigt.",
    "The plan would deprecate all that {producer} has published ({deprecations} documents); "
    "nothing was sent. Check that all bookings are there, and confirm the number if it is right.",
)


@frozen(kw_only=True)
class Brake:
    """The limits above which a plan must be confirmed.

    A single document may always be deprecated, unless it is the last of its producer.

    Args:
        share: the maximum share of published documents that a plan may deprecate, from 0 to 1.
        count: the maximum number of documents that it may deprecate; None for no limit but the
            share.
    """

    share: float = 0.1
    count: int | None = None

    def judge(self, steps: Iterable[Sent], published: Mapping[str | None, int]) -> Braked | None:
        """The reason why a plan must be confirmed, or None.

        Args:
            steps: the steps that it would send.
            published: the number of published documents, by the OID of their producer.
        """
        gone = [step for step in steps if isinstance(step, Deprecate)]
        cancelled = [step for step in gone if step.reason is Ground.NOT_ACTIVE]
        counted = gone
        if len(cancelled) <= _CANCELLATIONS:
            counted = [step for step in gone if step.reason is not Ground.NOT_ACTIVE]
        total = sum(published.values())
        count = len(counted)
        is_too_much = count > 1 and count > self.share * total
        if is_too_much or (self.count is not None and count > self.count):
            return Braked(len(gone), total)
        vanished = [step for step in counted if step.reason is not Ground.OTHER_PATIENT]
        for producer, number in Counter(step.target.producer for step in vanished).items():
            if number >= published.get(producer, 0):
                return Braked(len(gone), total, producer)
        return None


def braked(
    brake: Brake | None,
    steps: Collection[Sent],
    register: PublisherRegister,
    now: datetime.datetime,
    confirmed: int,
) -> Braked | None:
    """The reason why a plan must be confirmed, as its steps exceed the brake, or None."""
    count = sum(step.kind is Kind.DEPRECATE for step in steps)
    if brake is None or not count or count <= confirmed:
        return None
    published = Counter(
        entry.document.producer
        for entry in register.recent(now)
        if entry.document is not None and is_current(entry, now)
    )
    return brake.judge(steps, published)
