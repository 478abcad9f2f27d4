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
NO_WORDS = Wording("", "")


@frozen(kw_only=True)
class Place:
    """Where in a document something is.

    Args:
        path: XPath with positions, ``/ClinicalDocument/author[2]/time/@value``.
        line: line in the input, or None where there is none.
        column: where it begins in its line, in characters from 1, or None.
    """

    path: str
    line: int | None = None
    column: int | None = None


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
        path: XPath with positions, ``/ClinicalDocument/author[2]/time``; that of the attribute
            where one is wrong, ``/ClinicalDocument/author[2]/time/@value``.
        field: the field of the model that is wrong, from the document on:
            ``"appointment.performer.id"``; "" where no field carries it.
        line: line in the input, or None where there is none.
        source: where it is written: document, section, errata item.
        language: the language of :attr:`message` and :attr:`remedy`.
        column: where the element, or the attribute that is wrong, begins in its line, in
            characters from 1, or None.
        remedy_wording: what to do about it, in Danish and English.
        fingerprint: what the finding is known by from run to run: 32 hexadecimal digits, made of
            the rule, the UUID of the document and the place by names, without positions, and of
            nothing that is personal; "" where nothing was validated.
        also_at: the other places of the same mistake, in the order of the document.
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
    column: int | None = None
    remedy_wording: Wording = NO_WORDS
    fingerprint: str = ""
    also_at: tuple[Place, ...] = ()

    @property
    def message(self) -> str:
        """The wording in the finding's language."""
        return self.wording.in_language(self.language)

    @property
    def remedy(self) -> str:
        """What to do about it, in the finding's language."""
        return self.remedy_wording.in_language(self.language)

    @property
    def _place(self) -> str:
        # a document that was made in Python has no lines, and its author knows its fields
        line = "" if self.line is None else f"{_LINE.in_language(self.language)} {self.line}"
        return ", ".join(filter(None, (self.path, line))) if line else self.field or self.path

    def __str__(self) -> str:
        return f"{self.rule}: {self.message}" + (f" ({self._place})" if self._place else "")


def explained(finding: Finding) -> Wording:
    """What is wrong and what to do about it, where there is room for one text alone."""
    says, remedy = finding.wording, finding.remedy_wording
    return Wording(f"{says.da} {remedy.da}".rstrip(), f"{says.en} {remedy.en}".rstrip())


@frozen(kw_only=True)
class RuleSet:
    """The rules by which something was judged, as plain values, for the header of a report.

    Args:
        digest: of every rule that applies, with its clauses, its severity and its source: 64
            hexadecimal digits. Where it is another one, other rules applied.
        count: how many rules apply.
        off: the rules that were switched off.
        severities: what rules weigh otherwise than usual.
        own: the ids of rules that are not the library's.
        edition: of Aftaleoversigten.
        release: of DK-APD.
        as_release: whether a document of an older release is judged as that.
    """

    digest: str
    count: int
    off: tuple[str, ...] = ()
    severities: tuple[tuple[str, Severity], ...] = ()
    own: tuple[str, ...] = ()
    edition: str
    release: str
    as_release: bool = False


def _as_tuple(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(findings)


@frozen
class Report(Tabular):
    """All findings on one document; as a text, how many there are, and each on a line.

    Two reports are equal where their findings are.

    Args:
        findings: in the order of their places in the document.
        document: the UUID of the document, as a text in small letters; "" where it has none.
        rule_set: by which rules it was judged; None where nobody says.
    """

    findings: tuple[Finding, ...] = field(converter=_as_tuple, default=())
    document: str = field(default="", eq=False, kw_only=True)
    rule_set: RuleSet | None = field(default=None, eq=False, repr=False, kw_only=True)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that make the document invalid."""
        return tuple(one for one in self.findings if one.severity is Severity.ERROR)

    @property
    def is_valid(self) -> bool:
        """True when no finding is an error."""
        return not self.errors

    def to_json(self, file: str = "", *, language: Language | None = None) -> str:
        """The report as one JSON object: a header, and what ``apd validate --format json`` says.

        Args:
            file: what the document is called, such as the name of its file.
            language: of the messages; None for that of the findings.

        Returns:
            JSON that ``docs/report.schema.json`` describes.

        Examples:
            >>> import apd, json
            >>> json.loads(apd.validate(b"").to_json())["findings"][0]["rule"]
            'XML-EMPTY'
        """
        from apd.reports.of_report import as_json

        return as_json(self, file, language)

    def to_sarif(self, file: str = "", *, language: Language | None = None) -> str:
        """The report as SARIF 2.1.0, as ``apd validate --format sarif`` writes it.

        Args:
            file: as for :meth:`to_json`.
            language: as for :meth:`to_json`.
        """
        from apd.reports.of_report import as_sarif

        return as_sarif(self, file, language)

    def to_junit(self, file: str = "", *, language: Language | None = None) -> str:
        """The report as JUnit XML, as ``apd validate --format junit`` writes it.

        Args:
            file: as for :meth:`to_json`.
            language: as for :meth:`to_json`.
        """
        from apd.reports.of_report import as_junit

        return as_junit(self, file, language)

    @property
    def _language(self) -> Language:
        return self.findings[0].language if self.findings else "en"

    def __str__(self) -> str:
        language = self._language
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
