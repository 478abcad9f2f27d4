"""The requirements on a day: Aftaleoversigten, the laws, and the rules with a start date."""

import datetime
from collections.abc import Iterator
from typing import Any

from apd.cli.io import streams
from apd.cli.views.labels import Words
from apd.cli.views.tables import Cells, write_table
from apd.publication.legal_basis import LEGAL_BASES, LegalBasisRule
from apd.rules.catalogue import rules_of_the_library, stands_since
from apd.standard.business_rule import BusinessRule
from apd.standard.business_rules import BUSINESS_RULES
from apd.standard.edition import VERSIONS, Edition, edition_on, version_on
from apd.standard.requirement import Requirement
from apd.text.reports import SEVERITIES, cited
from apd.wording import Language, Wording

_VERSION = Wording(
    "Aftaleoversigten {version} (fra {since}); apd validate --edition {edition}",
    "Aftaleoversigten {version} (since {since}); apd validate --edition {edition}",
)
_NO_VERSION = Wording(
    "Aftaleoversigten var ikke udgivet endnu.", "Aftaleoversigten had not been published yet."
)
_LAWS = Wording("Retsgrundlag for en aftale den dag", "Legal bases of an appointment on that day")
_DATED = Wording("Kontrollens regler, der har en dato", "Rules of the validator that have a date")
_NOT_AT_HAND = Wording(
    "{text} (ordlyden i {edition}; siden {version} er den en anden, som ikke foreligger)",
    "{text} (wording of {edition}; {version} changed it, and its wording is not available)",
)
_SENTENCE_HEADER = (
    Wording("id", "id"),
    Wording("styrke", "strength"),
    Wording("fra", "since"),
    Wording("krav", "requirement"),
)
_LAW_HEADER = (
    Wording("retsgrundlag", "legal basis"),
    Wording("deles", "shared"),
    Wording("frem", "ahead"),
    Wording("fra", "since"),
    Wording("udledt", "inferred"),
    Wording("kilde", "source"),
)
_RULE_HEADER = (
    Wording("regel", "rule"),
    Wording("fra", "since"),
    Wording("gælder", "applies"),
    Wording("alvorlighed", "severity"),
    Wording("krav", "requirement"),
)
_YES, _NO = Wording("ja", "yes"), Wording("nej", "no")
_NOT_YET = Wording("endnu ikke", "not yet")
_DAYS = Wording("{days} dage", "{days} days")
_SIX_MONTHS = Wording("mindst 6 måneder", "at least 6 months")


def _sentences(day: datetime.date) -> list[BusinessRule]:
    return [row for row in BUSINESS_RULES if row.stands_on(day)]


def _dated() -> Iterator[tuple[Requirement, datetime.date]]:
    """The rules with a start date, each with its date."""
    for rule in rules_of_the_library():
        since = stands_since(rule)
        if since is not None:
            yield rule, since


def write_rules_on(day: datetime.date, words: Words) -> None:
    """Write the requirements on a day as tables."""
    version = version_on(day)
    if version is None:
        streams.write(f"{words.put(_NO_VERSION)}\n")
    else:
        heading = words.put(
            _VERSION, version=version, since=VERSIONS[version], edition=edition_on(day).value
        )
        streams.write(f"{heading}\n")
    _write(_SENTENCE_HEADER, [_sentence(row, day, words) for row in _sentences(day)], words)
    streams.write(f"\n{words.put(_LAWS)}\n")
    _write(_LAW_HEADER, [_law(row, words) for row in LEGAL_BASES.on(day)], words)
    streams.write(f"\n{words.put(_DATED)}\n")
    _write(_RULE_HEADER, [_rule(rule, since, day, words) for rule, since in _dated()], words)


def _write(header: tuple[Wording, ...], rows: list[Cells], words: Words) -> None:
    write_table(rows, tuple(map(words.put, header)))


def _sentence(row: BusinessRule, day: datetime.date, words: Words) -> Cells:
    text = words.put(row.wording)
    if not row.is_at_hand_on(day):
        text = words.put(_NOT_AT_HAND, text=text, edition=row.edition_to, version=row.reworded_in)
    return row.id, words.put(row.strength.wording), str(row.since), text


def _law(row: LegalBasisRule, words: Words) -> Cells:
    ahead = ""
    if row.may_be_shared:
        ahead = words.put(_DAYS if row.days_ahead else _SIX_MONTHS, days=row.days_ahead)
    return (
        words.put(row.basis.wording),
        words.put(_YES if row.may_be_shared else _NO),
        ahead,
        str(row.valid_from or ""),
        words.put(_YES) if row.is_inferred else "",
        cited(row.source, words.language),
    )


def _rule(rule: Requirement, since: datetime.date, day: datetime.date, words: Words) -> Cells:
    return (
        rule.id,
        str(since),
        words.put(_YES if since <= day else _NOT_YET),
        words.put(SEVERITIES[rule.severity_in(edition_on(day))]),
        words.put(rule.wording),
    )


def rules_on(day: datetime.date, language: Language) -> dict[str, Any]:
    """The requirements on a day, as data; for the laws, the day of an appointment."""
    version = version_on(day)
    edition: Edition = edition_on(day)
    return {
        "on": str(day),
        "business_rules": {
            "version": version,
            "since": None if version is None else str(VERSIONS[version]),
            "edition": edition.value,
            "sentences": [
                {
                    "id": row.id,
                    "strength": row.strength.value,
                    "since": str(row.since),
                    "message": row.wording.in_language(language),
                    "worded_in": row.edition_to,
                    "is_at_hand": row.is_at_hand_on(day),
                }
                for row in _sentences(day)
            ],
        },
        "legal_bases": [
            {
                "basis": row.basis.name.lower(),
                "name": row.basis.display(language),
                "may_be_shared": row.may_be_shared,
                "days_ahead": row.days_ahead,
                "valid_from": None if row.valid_from is None else str(row.valid_from),
                "valid_to": None if row.valid_to is None else str(row.valid_to),
                "source": row.source,
                "is_inferred": row.is_inferred,
            }
            for row in LEGAL_BASES.on(day)
        ],
        "rules": [
            {
                "id": rule.id,
                "since": str(since),
                "applies": since <= day,
                "severity": rule.severity_in(edition).value,
                "message": rule.wording.in_language(language),
            }
            for rule, since in _dated()
        ],
    }
