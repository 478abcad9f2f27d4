"""Validating: one document against every rule, and a set of documents against each other."""

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from attrs import evolve

from apd.arguments import as_xml, check_language, check_release, check_several
from apd.cda.lossless.writing import write_document
from apd.errors import InvalidArgument, InvalidDocument, InvalidValue
from apd.findings import Finding, Report, Severity
from apd.limits import MAX_DOCUMENT_BYTES
from apd.model.document import AppointmentDocument
from apd.standard.edition import Edition
from apd.standard.releases import Release
from apd.wording import Language, Wording

# The rules are imported when something is validated: they cost more than all the rest.
if TYPE_CHECKING:
    from apd.rules.cross_document import SetFinding
    from apd.rules.engine import Examined
    from apd.rules.set_keys import GroupKey, SetKeys
    from apd.rules.settings import Settings

_KEY_SIZE = 32

Validated = bytes | str | os.PathLike[str] | AppointmentDocument
"""What can be validated: XML as bytes or text, a file by its path, or a document."""


def validate(
    data: Validated,
    *,
    language: Language = "en",
    schema: str | os.PathLike[str] | None = None,
    settings: "Settings | None" = None,
    release: Release = Release.CURRENT,
) -> Report:
    """Validate a document: XML, schema, data types, profile and business rules.

    If the data are not XML, no other rules are checked. A document that the schema rejects is
    checked against the other rules as well.

    Args:
        data: XML as bytes or as a text, the path of a file (a ``pathlib.Path``; a ``str`` is
            XML), or a document, which is written first, whatever it lacks.
        language: the language of the messages.
        schema: the path of an XSD to use instead of the library's own.
        settings: rules that are off or have another severity, and rules of your own.
        release: the expected release of DK-APD.

    Returns:
        The findings in the order of their places in the document.

    Raises:
        InvalidArgument: the data cannot be validated, or the language is not ``"da"`` or ``"en"``.
        InvalidValue: the schema is not an XML Schema.
        OSError: a file cannot be read.

    Examples:
        >>> import apd
        >>> from pathlib import Path
        >>> report = apd.validate(Path("examples/documents/hospital-visit.xml"))
        >>> report.is_valid, report.findings
        (True, ())

    Source: APD-DK 2.0.1 with the errata of 2021; HL7 CDA R2; Aftaleoversigten.
    """
    return _report(_examine(data, language, schema, settings, release), settings, release)


def validate_with_keys(
    data: Validated,
    *,
    key: bytes,
    number: int = 0,
    language: Language = "en",
    schema: str | os.PathLike[str] | None = None,
    settings: "Settings | None" = None,
) -> "tuple[Report, SetKeys | None]":
    """:func:`validate` and :func:`set_keys` from one reading; the keys may be None."""
    from apd.rules.set_keys import keys_of

    examined = _examine(data, language, schema, settings)
    keys = None if examined.view is None else keys_of(examined.view, key, number)
    return _report(examined, settings), keys


def set_keys(data: Validated, *, key: bytes, number: int = 0) -> "SetKeys | None":
    """What of a document the rules over a set need, as one flat row of keyed digests.

    For sets that are too large for one process: make a row of each document wherever it lies, group
    the rows with an engine of yours, and give each group to :func:`findings_by_key`.

    ::

        row = apd.set_keys(Path("aftale.xml"), key=key, number=17)
        attrs.asdict(row)  # {"number": 17, "document_id": b"...", ..., "begins": 1767254400, ...}

    Args:
        data: the document, as for :func:`validate`.
        key: 16 to 64 secret bytes, the same for all documents of a set. A CPR number can be found
            from a plain digest by trying, so keep the key where the rows are not, and forget it
            when the set has been judged.
        number: the place of the document in the set, from 0 on.

    Returns:
        The row; None for what is not an appointment document.

    Raises:
        InvalidArgument: the data cannot be validated.
        InvalidDocument: a document that was changed cannot be written, see :func:`apd.dumps`.
        InvalidValue: the key is too short or too long, or not bytes.
        OSError: a file cannot be read.
    """
    from apd.rules.engine import view_of
    from apd.rules.set_keys import keys_of

    view = view_of(_as_data(data, Release.CURRENT))
    return None if view is None else keys_of(view, key, number)


def findings_by_key(
    rows: "Iterable[SetKeys]",
    by: "GroupKey | None" = None,
    *,
    language: Language = "en",
    settings: "Settings | None" = None,
) -> "tuple[SetFinding, ...]":
    """What is wrong with documents together, from their rows of keys.

    Give it a whole set, or the groups that an engine made of it. What it finds in all groups of all
    :data:`~apd.rules.set_keys.GROUP_KEYS` is what it finds in the whole set, and what
    :func:`validate_all` finds in the documents. Before you group, a document that another one of
    the set replaces has to be made inactive, as in SQL::

        UPDATE rows SET is_active = false
        WHERE document_id IN (SELECT unnest(replaces) FROM rows)

    Args:
        rows: the rows, in any order, all made with one key.
        by: the key that the documents of a group share: ``"document_id"``, ``"appointment_id"``,
            ``"repetition_id"`` or ``"patient"``. Rows in which it is null belong to no group.
            None where the rows are a whole set: they are grouped here, and so is found what is
            replaced.
        language: the language of the messages.
        settings: rules that are off or weigh otherwise.

    Returns:
        The findings, by rule and then by the first document; ``documents`` are the rows' numbers.

    Raises:
        InvalidValue: ``by`` is not such a key.
    """
    from apd.rules import cross_document
    from apd.rules.set_keys import GROUP_KEYS
    from apd.rules.settings import applied, usual

    rules = applied(usual() if settings is None else settings)
    if by is None:
        return tuple(cross_document.findings_over(rows, rules, language))
    if by not in GROUP_KEYS:
        raise InvalidValue(
            "by",
            Wording(
                "er ikke en nøgle, som dokumenter grupperes efter",
                "is not a key that documents are grouped by",
            ),
            Wording(
                f"angiv en af {', '.join(GROUP_KEYS)}, eller None for et helt sæt",
                f"specify one of {', '.join(GROUP_KEYS)}, or None for a whole set",
            ),
        )
    return tuple(cross_document.findings_by_key(rows, by, rules, language))


def validate_all(
    documents: Iterable[Validated],
    *,
    language: Language = "en",
    schema: str | os.PathLike[str] | None = None,
    settings: "Settings | None" = None,
    edition: Edition | str | None = None,
) -> "SetReport":
    """Validate documents, each for itself and all against each other.

    The documents are read one after another while the reports are taken; nothing but keyed digests
    of a few values is kept of them (:class:`~apd.rules.set_keys.SetKeys`).

    ::

        reports = apd.validate_all(Path("outbox").glob("*.xml"))
        for report in reports:
            ...
        for found in reports.findings:
            print(found.documents, found.finding)

    Args:
        documents: the documents, each as for :func:`validate`.
        language: as for :func:`validate`.
        schema: as for :func:`validate`.
        settings: as for :func:`validate`.
        edition: the edition of Aftaleoversigten that is judged by, ``"2.0"`` or ``"1.0"``; None
            for that of the settings, which is 2.0 unless they say otherwise.

    Returns:
        The reports, in the order of the documents, and what is found in all of them together.

    Raises:
        InvalidArgument: it is one document or the name of a directory, and not several documents.
        InvalidValue: there is no such edition.
        OSError: a file cannot be read; while the reports are taken.

    Examples:
        >>> import apd
        >>> from pathlib import Path
        >>> reports = apd.validate_all(sorted(Path("examples/documents").glob("h*.xml")))
        >>> all(report.is_valid for report in reports)
        True

    Source: APD-DK 2.0.1; Indhold og forretningsregler for Aftaleoversigten, of its edition.
    """
    check_several(documents)
    check_language(language)
    if edition is not None:
        from apd.rules.settings import usual

        settings = evolve(settings or usual(), edition=edition)
    return SetReport(documents, language=language, schema=schema, settings=settings)


class SetReport:
    """The reports on the documents of a set, in their order, and what is wrong with them together.

    Iterating gives each report once, as its document is read. :attr:`findings` reads what is
    left.
    """

    def __init__(
        self,
        documents: Iterable[Validated],
        *,
        language: Language,
        schema: str | os.PathLike[str] | None,
        settings: "Settings | None",
    ) -> None:
        self._language: Language = language
        self._settings = settings
        self._key = os.urandom(_KEY_SIZE)
        self._rows: list[SetKeys] = []
        self._documents: list[str] = []  # what each is known by; without a UUID, by its number
        self._is_valid = True
        self._reports = self._validate(documents, schema)

    def _validate(
        self, documents: Iterable[Validated], schema: str | os.PathLike[str] | None
    ) -> Iterator[Report]:
        for number, document in enumerate(documents):
            report, row = validate_with_keys(
                document,
                key=self._key,
                number=number,
                language=self._language,
                schema=schema,
                settings=self._settings,
            )
            if row is not None:
                self._rows.append(row)
            self._documents.append(report.document or str(number))
            self._is_valid = self._is_valid and report.is_valid
            yield report

    def __iter__(self) -> Iterator[Report]:
        return self._reports

    def __repr__(self) -> str:
        return f"SetReport(<{len(self._documents)} documents read so far>)"

    @property
    def findings(self) -> "tuple[SetFinding, ...]":
        """What is wrong with the documents together."""
        from apd.rules.fingerprints import digest, of_several

        for _ in self._reports:
            pass
        found = findings_by_key(self._rows, language=self._language, settings=self._settings)
        known_by = (
            of_several(one.finding.rule, (digest(self._documents[n]) for n in one.documents))
            for one in found
        )
        return tuple(
            evolve(one, finding=evolve(one.finding, fingerprint=fingerprint))
            for one, fingerprint in zip(found, known_by, strict=True)
        )

    @property
    def is_valid(self) -> bool:
        """True when there is no error in any document nor in all of them together."""
        together = all(found.finding.severity is not Severity.ERROR for found in self.findings)
        return together and self._is_valid


def _examine(
    data: Validated,
    language: Language,
    schema: str | os.PathLike[str] | None,
    settings: "Settings | None",
    release: Release = Release.CURRENT,
) -> "Examined":
    from apd.rules.engine import Examined, examine
    from apd.rules.settings import usual

    check_language(language)
    check_release(release)
    if settings is not None and not hasattr(settings, "severities"):
        raise InvalidArgument(
            Wording(
                "settings skal være apd.rules.settings.Settings",
                "settings must be apd.rules.settings.Settings",
            )
        )
    try:
        written = _as_data(data, release)
    except InvalidDocument as error:  # of a document that was changed, and has become too long
        return Examined([evolve(one, language=language) for one in error.findings], None)
    examined = examine(
        written,
        usual() if settings is None else settings,
        None if schema is None else os.fspath(schema),
        language,
        release,
    )
    if not isinstance(data, AppointmentDocument):
        return examined
    return evolve(examined, findings=list(without_lines(examined.findings)))


def _report(
    examined: "Examined", settings: "Settings | None", release: Release = Release.CURRENT
) -> Report:
    from apd.rules.settings import rule_set, usual

    return Report(
        examined.findings,
        document=examined.document,
        rule_set=rule_set(settings or usual(), release),
    )


def without_lines(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings on what was written only to be checked, whose lines nobody has seen."""
    return tuple(evolve(one, line=None, column=None) for one in findings)


def _as_data(data: Validated, release: Release) -> bytes | str:
    if isinstance(data, AppointmentDocument):
        return write_document(data, release)
    if isinstance(data, os.PathLike):
        with open(data, "rb") as file:
            return file.read(MAX_DOCUMENT_BYTES + 1)
    return as_xml("validate", data)
