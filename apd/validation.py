"""Validating: one document against every rule, and a set of documents against each other."""

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from attrs import evolve

from apd.arguments import as_xml, check_language, check_release, check_several
from apd.cda.lossless.writing import write_document
from apd.finding import Finding, Report, Severity
from apd.limits import MAX_DOCUMENT_BYTES
from apd.model.document import AppointmentDocument
from apd.standard.business_rule import Edition
from apd.standard.releases import Release
from apd.wording import Language

# The rules are imported when something is validated: they cost more than all the rest.
if TYPE_CHECKING:
    from apd.rules.documents import DocumentKeys, SetFinding
    from apd.rules.engine import Examined
    from apd.rules.settings import Settings

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

    What is no XML is not looked at further. A document that the schema rejects is checked
    against the other rules as well.

    Args:
        data: XML as bytes or as a text, the path of a file (a ``pathlib.Path``; a ``str`` is
            XML), or a document, which is written first, whatever it lacks.
        language: the language of the messages.
        schema: path of another XSD than the project's own.
        settings: rules that are off or weigh otherwise, and rules of one's own.
        release: the release of DK-APD that the document shall be of.

    Returns:
        The findings in the order of their places in the document.

    Raises:
        TypeError: the data are nothing that can be validated, or the language is none.
        InvalidValue: the schema is no XML Schema.
        OSError: a file cannot be read.
    """
    return Report(_examine(data, language, schema, settings, release).findings)


def validate_with_keys(
    data: Validated,
    *,
    language: Language = "en",
    schema: str | os.PathLike[str] | None = None,
    settings: "Settings | None" = None,
) -> "tuple[Report, DocumentKeys | None]":
    """Validate a document, and what of it the rules over a set need.

    For those who spread a set over several processes: what is returned can be pickled and holds
    digests only. :func:`findings_over_set` takes the keys.
    """
    from apd.rules.documents import keys_of

    examined = _examine(data, language, schema, settings)
    keys = None if examined.view is None else keys_of(examined.view)
    return Report(examined.findings), keys


def findings_over_set(
    keys: "Iterable[DocumentKeys | None]",
    *,
    language: Language = "en",
    settings: "Settings | None" = None,
) -> "tuple[SetFinding, ...]":
    """What is wrong with documents together, from the keys of :func:`validate_with_keys`."""
    from apd.rules.documents import findings_over
    from apd.rules.settings import applied, usual

    rules = applied(usual() if settings is None else settings)
    return tuple(findings_over(keys, rules, language))


def validate_all(
    documents: Iterable[Validated],
    *,
    language: Language = "en",
    schema: str | os.PathLike[str] | None = None,
    settings: "Settings | None" = None,
    edition: Edition | str | None = None,
) -> "SetReport":
    """Validate documents, each for itself and all against each other.

    The documents are read one after another while the reports are taken; nothing but digests
    of a few values is kept of them.

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

    Raises:
        TypeError: it is one document or the name of a directory, and not several documents.
        InvalidValue: there is no such edition.
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
        self._keys: list[DocumentKeys | None] = []
        self._is_valid = True
        self._reports = self._validate(documents, schema)

    def _validate(
        self, documents: Iterable[Validated], schema: str | os.PathLike[str] | None
    ) -> Iterator[Report]:
        for document in documents:
            report, keys = validate_with_keys(
                document, language=self._language, schema=schema, settings=self._settings
            )
            self._keys.append(keys)
            self._is_valid = self._is_valid and report.is_valid
            yield report

    def __iter__(self) -> Iterator[Report]:
        return self._reports

    @property
    def findings(self) -> "tuple[SetFinding, ...]":
        """What is wrong with the documents together."""
        for _ in self._reports:
            pass
        return findings_over_set(self._keys, language=self._language, settings=self._settings)

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
    from apd.rules.engine import examine
    from apd.rules.settings import Settings, usual

    check_language(language)
    check_release(release)
    if settings is not None and not isinstance(settings, Settings):
        raise TypeError("settings must be apd.rules.settings.Settings")
    examined = examine(
        _as_data(data, release),
        usual() if settings is None else settings,
        None if schema is None else os.fspath(schema),
        language,
        release,
    )
    if not isinstance(data, AppointmentDocument):
        return examined
    return evolve(examined, findings=list(without_lines(examined.findings)))


def without_lines(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings on what was written only to be checked, whose lines nobody has seen."""
    return tuple(evolve(one, line=None) for one in findings)


def _as_data(data: Validated, release: Release) -> bytes | str:
    if isinstance(data, AppointmentDocument):
        return write_document(data, release)
    if isinstance(data, os.PathLike):
        with open(data, "rb") as file:
            return file.read(MAX_DOCUMENT_BYTES + 1)
    return as_xml("validate", data)
