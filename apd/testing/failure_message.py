"""The findings of a document as text, as on the command line, for the message of a test."""

import os
from collections.abc import Iterable

from attrs import evolve, field, frozen

from apd.api import dumps
from apd.errors import InvalidValue
from apd.findings import Finding, Layer, Severity
from apd.limits import MAX_DOCUMENT_BYTES
from apd.model.document import AppointmentDocument
from apd.privacy.masking import hide_numbers
from apd.reports.baseline import Baseline, Comparison
from apd.reports.checked import Checked, Context
from apd.reports.excerpt import excerpts
from apd.reports.plain_text import text
from apd.rules.catalogue import rules_of_the_library
from apd.rules.settings import Settings
from apd.settings_file import ProjectSettings
from apd.text.characters import printable
from apd.validation import Validated, validate
from apd.wording import Language, Wording, language_of_environment

_HEADING = {
    Severity.ERROR: Wording("{name} har fejl ({count})", "{name} has errors ({count})"),
    Severity.WARNING: Wording(
        "{name} har fejl eller advarsler ({count})", "{name} has errors or warnings ({count})"
    ),
    Severity.INFORMATION: Wording("{name} har fund ({count})", "{name} has findings ({count})"),
}
_DOCUMENT = Wording("Dokumentet", "The document")
_NO_LEVEL = Wording("niveauet skal være et af {levels}", "the level must be one of {levels}")
_NO_RULE = Wording(
    "reglen {rule!r} findes ikke; apd rules viser dem alle",
    "there is no rule {rule!r}; apd rules lists them all",
)


@frozen(kw_only=True)
class Expectation:
    """The requirements on a document: the lowest severity that counts, rules and layers."""

    level: Severity
    settings: Settings
    schema: str | None = field(default=None)
    language: Language = "en"
    layers: frozenset[Layer] = frozenset(Layer)
    known: Comparison | None = field(default=None, repr=False)

    @classmethod
    def of(
        cls,
        level: str | None,
        *,
        project: ProjectSettings,
        ignore: Iterable[str] = (),
        settings: Settings | None = None,
        schema: str | os.PathLike[str] | None = None,
        language: Language | None = None,
        strict: bool = False,
        baseline: str | os.PathLike[str] | None = None,
    ) -> "Expectation":
        """The requirements given in a test, completed from the settings of the project.

        ``settings`` stand instead of those of the project. The language is None for that of
        ``APD_LANG``, of the project, else English. ``ValueError`` if a level or a rule does not
        exist, or the baseline is not valid.
        """
        language = language or language_of_environment() or project.language or "en"
        level = level or project.fail_on or Severity.ERROR
        if level not in tuple(Severity):
            wording = _NO_LEVEL.in_language(language)
            raise ValueError(wording.format(levels=", ".join(Severity)))
        own = project.with_others(strict=strict) if settings is None else settings
        for rule in [ignore] if isinstance(ignore, str) else ignore:
            own = _without(rule, own, language)
        path, known = schema or project.schema, baseline or project.baseline
        return cls(
            level=Severity(level),
            settings=own,
            schema=None if path is None else os.fspath(path),
            language=language,
            layers=frozenset((*(project.layers or Layer), Layer.XML)),
            known=None if known is None else Comparison(Baseline.read(known)),
        )


def _without(rule: str, settings: Settings, language: Language) -> Settings:
    try:
        return evolve(settings, off=settings.off | {rule})
    except InvalidValue:
        raise ValueError(_NO_RULE.in_language(language).format(rule=rule)) from None


def explained(data: Validated, expectation: Expectation, name: str | None = None) -> str | None:
    """The findings of a document that count, as text; None if there are none.

    Its name is by default its path, if it has one. The errors are those of :func:`apd.validate`.
    """
    xml = xml_of(data)
    report = validate(
        xml, language=expectation.language, schema=expectation.schema, settings=expectation.settings
    )
    called = name or name_of(data, expectation.language)
    reported = (one for one in report.findings if one.layer in expectation.layers)
    checked = Checked(called, tuple(reported), document=report.document)
    if expectation.known is not None:
        checked = expectation.known.compared(checked)
    found = checked.counting(expectation.level)
    return _described(called, xml, found, expectation) if found else None


def name_of(data: Validated, language: Language) -> str:
    """The name of a document: its path, if it has one."""
    if isinstance(data, os.PathLike):
        return hide_numbers(os.fspath(data))
    return _DOCUMENT.in_language(language)


def xml_of(data: Validated) -> bytes | str:
    """The XML given, or that of the file or the document given."""
    if isinstance(data, AppointmentDocument):
        return dumps(data, check=False)
    if isinstance(data, os.PathLike):
        with open(data, "rb") as file:
            return file.read(MAX_DOCUMENT_BYTES + 1)
    return data


def _described(
    name: str, xml: bytes | str, found: tuple[Finding, ...], expectation: Expectation
) -> str:
    data = xml.encode(errors="replace") if isinstance(xml, str) else xml
    rules = (*rules_of_the_library(), *expectation.settings.rules)
    context = Context(rules={rule.id: rule for rule in rules}, language=expectation.language)
    lines = text([Checked(name, found, excerpts(data, found))], context)
    heading = _HEADING[expectation.level].in_language(expectation.language)
    first = max(found, key=lambda one: one.severity.weight)  # of several the first in the document
    message = first.wording.in_language(expectation.language)
    described = [f"{heading.format(name=name, count=len(found))}: {message} [{first.rule}]", ""]
    described += ["".join(piece for piece, _ in line).rstrip() for line in lines]
    return printable("\n".join(described)).rstrip()
