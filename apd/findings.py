"""What is wrong with a document: one finding, and the report that holds them.

Findings stand on the ground floor because the reader and the writer raise errors that carry
them, and both lie below the rules.
"""

from collections.abc import Iterable
from enum import StrEnum

from attrs import field, frozen

from apd.prompt import Row, Tabular
from apd.wording import Language, Wording


class Severity(StrEnum):
    """How much a finding weighs; compared by weight. Only an error makes a document invalid."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"

    @property
    def weight(self) -> int:
        """0 for information, 1 for a warning, 2 for an error."""
        return _WEIGHTS[self]

    # as texts they would compare by the alphabet
    def __lt__(self, other: str) -> bool:
        return self.weight < Severity(other).weight

    def __le__(self, other: str) -> bool:
        return self.weight <= Severity(other).weight

    def __gt__(self, other: str) -> bool:
        return self.weight > Severity(other).weight

    def __ge__(self, other: str) -> bool:
        return self.weight >= Severity(other).weight


_WEIGHTS = {Severity.INFORMATION: 0, Severity.WARNING: 1, Severity.ERROR: 2}


SEVERITIES = {
    Severity.ERROR: Wording("fejl", "error"),
    Severity.WARNING: Wording("advarsel", "warning"),
    Severity.INFORMATION: Wording("oplysning", "information"),
}
COUNTS = Wording(
    "Fejl: {error}, advarsler: {warning}, oplysninger: {information}",
    "Errors: {error}, warnings: {warning}, information: {information}",
)
"""How many findings there are of each severity."""


class Layer(StrEnum):
    """Which set of rules a finding comes from."""

    XML = "xml"
    SCHEMA = "schema"
    PROFILE = "profile"
    BUSINESS = "business"


_LINE = Wording("linje", "line")


@frozen(kw_only=True)
class Finding:
    """One thing that is wrong, where it is, and where it is written that it must be otherwise.

    A finding never holds personal data: its wording names places and forms, not values.

    Args:
        rule: stable id of the rule, such as ``"CONF-DK-APD:9ac6"`` or ``"XML-DTD"``.
        layer: the set of rules it belongs to.
        wording: what is wrong and what would be right, in Danish and English.
        severity: error, warning or information.
        conformance: every clause id that the finding covers.
        path: XPath with positions, ``/ClinicalDocument/author[2]/time``.
        field: the field of the model that is wrong, from the document on:
            ``"appointment.performer.id"``; "" where no field carries it.
        line: line in the input, or None where there is none.
        source: where it is written: document, section, errata item.
        language: the language of :attr:`message`.
    """

    rule: str
    layer: Layer
    wording: Wording
    severity: Severity = Severity.ERROR
    conformance: tuple[str, ...] = ()
    path: str = ""
    field: str = ""
    line: int | None = None
    source: str = ""
    language: Language = "en"

    @property
    def message(self) -> str:
        """The wording in the finding's language."""
        return self.wording.in_language(self.language)

    @property
    def _place(self) -> str:
        # a document that was made in Python has no lines, and its author knows its fields
        line = "" if self.line is None else f"{_LINE.in_language(self.language)} {self.line}"
        return ", ".join((self.path, line)) if line else self.field or self.path

    def __str__(self) -> str:
        return f"{self.rule}: {self.message}" + (f" ({self._place})" if self._place else "")


def _as_tuple(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(findings)


@frozen
class Report(Tabular):
    """All findings on one document; as a text, how many there are, and each on a line.

    Args:
        findings: in the order of their places in the document.
    """

    findings: tuple[Finding, ...] = field(converter=_as_tuple, default=())

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that make the document invalid."""
        return tuple(one for one in self.findings if one.severity is Severity.ERROR)

    @property
    def is_valid(self) -> bool:
        """True when no finding is an error."""
        return not self.errors

    def __str__(self) -> str:
        language: Language = self.findings[0].language if self.findings else "en"
        counts = {
            severity.value: sum(one.severity is severity for one in self.findings)
            for severity in Severity
        }
        lines = (
            f"{SEVERITIES[one.severity].in_language(one.language)}: {one}" for one in self.findings
        )
        return "\n".join((COUNTS.in_language(language).format(**counts), *lines))

    def _table(self) -> tuple[Row, Iterable[Row]]:
        return ("severity", "rule", "place", "message"), (
            (one.severity.value, one.rule, one._place, one.message) for one in self.findings
        )
