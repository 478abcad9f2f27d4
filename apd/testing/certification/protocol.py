"""The protocol as a value: the actions, the expectations and the results."""

import datetime
from collections.abc import Iterable

from attrs import field, frozen

from apd.model.validators import as_tuple
from apd.wording import WordedStrEnum, Wording


class Verdict(WordedStrEnum):
    """The result of a test."""

    PASSED = "passed", Wording("bestået", "passed")
    FAILED = "failed", Wording("ikke bestået", "failed")
    NOT_TESTED = "not-tested", Wording("ikke afprøvet", "not tested")


@frozen(kw_only=True)
class Evidence:
    """What was found in the registry, without personal data.

    Args:
        about: a description of the booking.
        document_id: the unique id of the document, or None if none was found.
        saved: when it was booked or cancelled.
        fetched: when it could first be fetched as expected, or None.
        status: the status of its entry, ``Approved`` or ``Deprecated``; empty if none was found.
    """

    about: Wording
    document_id: str | None
    saved: datetime.datetime
    fetched: datetime.datetime | None
    status: str = ""

    @property
    def delay(self) -> datetime.timedelta | None:
        """The time from the booking until it could be fetched."""
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
        id: the id of the test, ``1`` to ``4``, or of the scenario, such as ``0101``.
        rule: the rules of Aftaleoversigten that it tests.
        done: what was done.
        expected: what was expected.
        verdict: the result.
        deviations: the deviations from what was expected.
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
        producer_name: the name that the vendor uses for the system that was tested.
        started: when the test began.
        ended: when the test ended.
        is_simulated: whether the clock was simulated.
        rows: the tests, in their order.
        version: the version of dk-apd.
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
        """Whether no test failed; skipped tests do not count."""
        return not self.failed

    def row(self, id: str) -> Row:
        """The row of a test.

        Raises:
            KeyError: there is no test with that id.
        """
        for row in self.rows:
            if row.id == id:
                return row
        raise KeyError(id)

    def count(self, verdict: Verdict) -> int:
        """The number of tests with a result."""
        return sum(row.verdict is verdict for row in self.rows)
