"""A requirement: its id, clauses, severity, source and texts."""

import datetime
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from attrs import field, frozen

from apd.deprecation import warn_renamed
from apd.findings import Layer, Severity
from apd.standard.edition import Edition
from apd.wording import Wording

PROFILE = "APD-DK 2.0.1"
HEADER = f"{PROFILE}, header"
ERRATA_DATE = datetime.date(2021, 11, 24)
"""The day of the errata to 2.0.1."""
ERRATA_OF_2021 = f"errata of {ERRATA_DATE}"
OFFICIAL = "MedCom's Schematron of 2020-11"
EXAMPLES = "MedCom's examples for 2.0.1"
DATA_TYPES = "HL7 v3 data types R1"

CLAUSE = "CONF-DK-APD:"
"""The prefix of the clause ids of the profile."""


_T = TypeVar("_T")


_NOTHING = Wording("", "")


def _as_wording(text: "Wording | str") -> Wording:
    """A text of one language stands in both."""
    return Wording(text, text) if isinstance(text, str) else text


def takes_mend(made: type[_T]) -> type[_T]:
    """Let a requirement be made with ``mend=``, the deprecated name of ``remedy``."""
    construct: Callable[..., None] = made.__init__

    @wraps(construct)
    def __init__(self: _T, **given: Any) -> None:  # noqa: N807
        if "mend" in given:
            warn_renamed("mend", "remedy")
            given["remedy"] = given.pop("mend")
        construct(self, **given)

    made.__init__ = __init__  # type: ignore[assignment]
    return made


@takes_mend
@frozen(kw_only=True)
class Requirement:
    """One requirement: its source, and its texts for people.

    Args:
        id: stable; the first clause it covers, or its own name if there is none.
        conformance: every clause id it covers.
        layer: the set of rules it belongs to.
        severity: the severity of a finding, unless the settings say otherwise.
        source: where it is written: document, section, errata item.
        wording: what is wrong and what would be right, the same for every finding; a ``str`` is
            the text in both languages.
        explanation: what the requirement is for, and what the sources say about it.
        remedy: what to do about it.
        severity_by_edition: the severity of a finding in earlier editions of Aftaleoversigten, if
            different.
    """

    id: str
    conformance: tuple[str, ...] = ()
    layer: Layer
    severity: Severity = Severity.ERROR
    source: str
    wording: Wording = field(converter=_as_wording)
    explanation: Wording = field(converter=_as_wording, default=_NOTHING)
    remedy: Wording = field(converter=_as_wording, default=_NOTHING)
    severity_by_edition: tuple[tuple[Edition, Severity], ...] = ()

    @property
    def mend(self) -> Wording:
        """Deprecated: :attr:`remedy`. This name will be removed in 3.0."""
        warn_renamed("mend", "remedy")
        return self.remedy

    def severity_in(self, edition: Edition) -> Severity:
        """The severity of a finding in an edition of Aftaleoversigten."""
        return dict(self.severity_by_edition).get(edition, self.severity)


def clauses(short: str) -> tuple[str, ...]:
    """The full ids of clauses that are separated by blanks.

    ``17da`` is ``CONF-DK-APD:17da``; an id with a colon is already complete.
    """
    return tuple(one if ":" in one else CLAUSE + one for one in short.split())


def errata(*items: int) -> str:
    """The source of an errata item."""
    return f"{PROFILE}, {ERRATA_OF_2021}, item {', '.join(map(str, items))}"


def both(first: Wording, second: Wording) -> Wording:
    """One text after the other."""
    return Wording(first.da + second.da, first.en + second.en)


INFERRED = Wording(
    " Klausulens ordlyd er ikke tilgængelig her; meningen er udledt af MedComs eksempler, og ingen "
    "af "
    "deres værktøjer kontrollerer den. Derfor er det en advarsel.",
    " The text of the clause is not available here; its meaning is inferred from MedCom's "
    "examples, and "
    "none of their tools checks it. Therefore this is a warning.",
)


def requirement(
    ids: str,
    wording: Wording,
    explanation: Wording,
    remedy: Wording,
    *,
    name: str | None = None,
    source: str = PROFILE,
    severity: Severity = Severity.ERROR,
    layer: Layer = Layer.PROFILE,
) -> Requirement:
    """A requirement of the profile.

    Args:
        ids: the clauses it covers, separated by blanks; the first one is its id.
        wording: what is wrong and what would be right.
        explanation: what it is for.
        remedy: what to do.
        name: its own id, if it is not the first clause.
        source: where it is written.
        severity: the severity of a finding.
        layer: the set of rules.
    """
    conformance = clauses(ids)
    return Requirement(
        id=name or conformance[0],
        conformance=conformance,
        layer=layer,
        severity=severity,
        source=source,
        wording=wording,
        explanation=explanation,
        remedy=remedy,
    )
