"""The status of publication, for operations staff: counts and times, without personal data."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from attrs import asdict, frozen

from apd.publication.entry import TroubleKind
from apd.publication.plan import Leave, Step
from apd.publication.register import PublisherRegister, is_current
from apd.wording import Language, Wording

PERIOD = datetime.timedelta(days=1)
"""The period over which lateness is counted."""


@frozen(kw_only=True)
class Status:
    """Counts at one time.

    Args:
        at: the time.
        published: approved documents whose appointments are not over.
        under_way: messages that were sent and await an answer.
        refused: steps that the registry refused and that are sent again after a pause.
        parked: steps that it refused too often; they wait until they are released.
        unsendable: bookings for which no message can be made.
        accepted: steps that were accepted within the last day.
        late: those of them that were accepted later than rule #2 permits.
        latest_seconds: the longest delay among them, in seconds.
        due: the steps that a plan would send now, or that wait; None without bookings.
        overdue: those of them past their deadline; None without bookings.
    """

    at: datetime.datetime
    published: int = 0
    under_way: int = 0
    refused: int = 0
    parked: int = 0
    unsendable: int = 0
    accepted: int = 0
    late: int = 0
    latest_seconds: float = 0.0
    due: int | None = None
    overdue: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """The counts by name, and the time in ISO 8601, for JSON."""
        return {**asdict(self), "at": self.at.isoformat()}

    def rows(self, language: Language = "da") -> Iterator[tuple[str, str]]:
        """Each count with its label, for a table; unknown counts are left out."""
        for name, wording in _LABELS.items():
            value = getattr(self, name)
            if value is not None:
                shown = f"{value:.0f} s" if name == "latest_seconds" else str(value)
                yield wording.in_language(language), shown

    def openmetrics(self) -> str:
        """The counts in the OpenMetrics text format, for monitoring systems."""
        lines: list[str] = []
        for name, wording in _LABELS.items():
            value = getattr(self, name)
            if value is not None:
                metric = f"apd_publication_{name}"
                lines += [
                    f"# TYPE {metric} gauge",
                    *([f"# UNIT {metric} seconds"] if name.endswith("_seconds") else []),
                    f"# HELP {metric} {wording.en}",
                    f"{metric} {value}",
                ]
        return "\n".join([*lines, "# EOF", ""])


_LABELS = {
    "published": Wording("Publiceret", "Published"),
    "under_way": Wording("Undervejs, uden svar", "Under way, not answered"),
    "refused": Wording("Afvist, forsøges igen", "Refused, to be tried again"),
    "parked": Wording("Parkeret efter afvisninger", "Parked after refusals"),
    "unsendable": Wording("Kan ikke sendes", "Cannot be sent"),
    "due": Wording("Skal sendes", "To be sent"),
    "overdue": Wording("Overskredet frist (#2)", "Overdue (#2)"),
    "accepted": Wording("Godtaget det seneste døgn", "Accepted within the last day"),
    "late": Wording("Heraf for sent (#2)", "Of these, too late (#2)"),
    "latest_seconds": Wording("Største forsinkelse", "Greatest delay"),
}


def status_of(
    register: PublisherRegister, now: datetime.datetime, steps: Iterable[Step] | None = None
) -> Status:
    """The status of a register, with the steps of a plan for the same time, if there is one."""
    counts = dict.fromkeys(
        ("published", "under_way", "refused", "parked", "unsendable", "accepted", "late"), 0
    )
    latest = datetime.timedelta()
    for entry in register.recent(now - PERIOD):
        counts["published"] += entry.document is not None and is_current(entry, now)
        counts["under_way"] += entry.attempt is not None
        if entry.trouble is not None:
            is_refused = entry.trouble.kind is TroubleKind.REFUSED
            counts["unsendable"] += not is_refused
            counts["parked"] += entry.trouble.is_parked
            counts["refused"] += is_refused and not entry.trouble.is_parked
        if entry.accepted is not None and entry.accepted.at > now - PERIOD:
            counts["accepted"] += 1
            counts["late"] += entry.accepted.late_by is not None
            latest = max(latest, entry.accepted.late_by or latest)
    due = overdue = None
    if steps is not None:
        waiting = [step for step in steps if not isinstance(step, Leave) or step.due is not None]
        due = len(waiting)
        overdue = sum(step.due is not None and step.due < now for step in waiting)
    return Status(at=now, **counts, latest_seconds=latest.total_seconds(), due=due, overdue=overdue)
