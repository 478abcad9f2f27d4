"""Findings with what the catalogue of rules says about fixing them."""

from collections.abc import Iterable
from typing import NamedTuple

from apd.findings import Finding
from apd.text.page import PageWords
from apd.text.reports import SEVERITIES
from apd.wording import Language


class ShownFinding(NamedTuple):
    """A finding as a page shows it.

    Args:
        severity: ``error``, ``warning`` or ``information``.
        severity_word: the same in words.
        message: what is wrong and what would be right.
        rule: the id of the rule.
        facts: labels and what stands beside them: how to fix it, clauses, path, source.
    """

    severity: str
    severity_word: str
    message: str
    rule: str
    facts: tuple[tuple[str, str], ...]


def shown_findings(findings: Iterable[Finding], language: Language) -> tuple[ShownFinding, ...]:
    """Findings in the language of the page, in their order."""
    return tuple(_shown(finding, language) for finding in findings)


def _shown(finding: Finding, language: Language) -> ShownFinding:
    words = PageWords(language)
    line = "" if finding.line is None else words("line", line=finding.line)
    facts = {
        "remedy": _remedy(finding.rule, language),
        "clauses": ", ".join(finding.conformance),
        "path": ", ".join(filter(None, (finding.path, line))),
        "source": finding.source,
    }
    return ShownFinding(
        finding.severity.value,
        SEVERITIES[finding.severity].in_language(language),
        finding.wording.in_language(language),
        finding.rule,
        tuple((words(key), fact) for key, fact in facts.items() if fact),
    )


def _remedy(rule: str, language: Language) -> str:
    """How to fix what breaks a rule of the library; nothing for a rule of another's."""
    # the rules cost more than all the rest, and most pages have no finding
    from apd.rules.catalogue import rules_of_the_library

    remedies = (known.remedy for known in rules_of_the_library() if known.id == rule)
    return next((remedy.in_language(language) for remedy in remedies), "")
