"""The protocol as a value: what was done, what was expected, and what came of it."""

import datetime
from collections.abc import Iterable

from attrs import field, frozen

from apd.model.validators import as_tuple
from apd.wording import WordedStrEnum, Wording


class Verdict(WordedStrEnum):
    """How a test ended."""

    PASSED = "passed", Wording("bestået", "passed")
    FAILED = "failed", Wording("ikke bestået", "failed")
    NOT_TESTED = "not-tested", Wording("ikke afprøvet", "not tested")


@frozen(kw_only=True)
class Evidence:
    """What was found in the registry. It says nothing personal.

    Args:
        about: what was booked.
        document_id: the document's own id, or None where none was found.
        saved: when it was booked or cancelled.
        fetched: when it could first be fetched as it is to be, or None.
        status: the status of its entry, ``Approved`` or ``Deprecated``; empty where none was found.
    """

    about: Wording
    document_id: str | None
    saved: datetime.datetime
    fetched: datetime.datetime | None
    status: str = ""

    @property
    def delay(self) -> datetime.timedelta | None:
        """How long it took until it could be fetched."""
        return None if self.fetched is None else self.fetched - self.saved


def _as_wordings(wordings: Iterable[Wording]) -> tuple[Wording, ...]:
    return as_tuple(wordings)


def _as_evidence(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return as_tuple(evidence)


def _as_rows(rows: "Iterable[Row]") -> "tuple[Row, ...]":
    return as_tuple(rows)


@frozen(kw_only=True)
class Row:
    """One test of the protocol.

    Args:
        id: of the test: ``1`` to ``4``, or of the scenario: ``0101``.
        rule: the rules of Aftaleoversigten that it is about.
        done: what was done.
        expected: what was expected.
        verdict: how it ended.
        deviations: what was otherwise than expected.
        evidence: what was found.
        comment: why it was not tested, if it was not.
    """

    id: str
    rule: str
    done: Wording
    expected: Wording
    verdict: Verdict
    deviations: tuple[Wording, ...] = field(default=(), converter=_as_wordings)
    evidence: tuple[Evidence, ...] = field(default=(), converter=_as_evidence)
    comment: Wording | None = None


@frozen(kw_only=True)
class Protocol:
    """The protocol, filled in.

    Args:
        producer_name: the system that was tested, as its vendor calls it.
        started: when the test began.
        ended: when it was over.
        is_simulated: whether the time passed by a simulated clock.
        rows: the tests, in their order.
        version: version of dk-apd.
    """

    producer_name: str
    started: datetime.datetime
    ended: datetime.datetime
    is_simulated: bool
    rows: tuple[Row, ...] = field(converter=_as_rows)
    version: str

    @property
    def failed(self) -> tuple[str, ...]:
        """The ids of the tests that failed."""
        return tuple(row.id for row in self.rows if row.verdict is Verdict.FAILED)

    @property
    def is_passed(self) -> bool:
        """Whether no test failed; one that was not tested does not count."""
        return not self.failed

    def row(self, id: str) -> Row:
        """The test with an id.

        Raises:
            KeyError: there is none.
        """
        for row in self.rows:
            if row.id == id:
                return row
        raise KeyError(id)

    def count(self, verdict: Verdict) -> int:
        """How many tests ended in one way."""
        return sum(row.verdict is verdict for row in self.rows)
