"""Rules on a set of documents: duplicate ids, inconsistent series, overlaps.

The rules use rows of keys. A finding concerns documents that share one key, so a set of any size
can be grouped by each key in turn, by any engine, and checked group by group.
Source: R1 to R7 of :mod:`apd.standard.business_rules`, which has the edition of each.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from attrs import evolve, frozen

from apd.findings import Finding, Severity
from apd.rules.business.rule_factories import business_requirement
from apd.rules.rule import EffectiveRules
from apd.rules.set_keys import GROUP_KEYS, GroupKey, SetKeys
from apd.standard.requirement import Requirement
from apd.wording import Language, Wording


@frozen
class SetFinding:
    """A finding on several documents together; documents are numbered from 0 in the set."""

    finding: Finding
    documents: tuple[int, ...]


# --- what the documents say together ---------------------------------------------------------


def findings_by_key(
    rows: Iterable[SetKeys], by: GroupKey, rules: EffectiveRules, language: Language
) -> list[SetFinding]:
    """The findings on documents that share a key, by rule and then by the first document.

    Args:
        rows: one or more complete groups. A document that another one replaces is not active.
        by: the key that the documents of a group share.
        rules: the rules that apply, by id.
        language: the language of the messages.
    """
    groups: dict[bytes, list[SetKeys]] = {}
    for row in sorted(rows, key=lambda row: row.number):
        key: bytes | None = getattr(row, by)
        if key is not None:
            groups.setdefault(key, []).append(row)
    several = [group for group in groups.values() if len(group) > 1]
    found = []
    for id, judged in _JUDGED.items():
        if judged.by == by and id in rules:
            finding = rules[id].finding(language)
            documents = [numbers for group in several for numbers in judged.wrong(group)]
            found += [SetFinding(finding, numbers) for numbers in sorted(documents)]
    return found


def findings_over(
    rows: Iterable[SetKeys], rules: EffectiveRules, language: Language
) -> list[SetFinding]:
    """The findings on a whole set of documents, by rule and then by the first document."""
    all_of_them = without_replaced(rows)
    return [one for by in GROUP_KEYS for one in findings_by_key(all_of_them, by, rules, language)]


def without_replaced(rows: Iterable[SetKeys]) -> list[SetKeys]:
    """The rows of a set, in which a document that another one replaces is not active."""
    all_of_them = list(rows)
    replaced = {id for row in all_of_them for id in row.replaces}
    return [
        evolve(row, is_active=False) if row.is_active and row.document_id in replaced else row
        for row in all_of_them
    ]


Documents = tuple[int, ...]
Wrong = Callable[[list[SetKeys]], Iterator[Documents]]


def _numbers(rows: Iterable[SetKeys]) -> Documents:
    return tuple(row.number for row in rows)


def _active(rows: list[SetKeys]) -> list[SetKeys]:
    return [row for row in rows if row.is_active]


def _all(group: list[SetKeys]) -> Iterator[Documents]:
    """All that share the key."""
    yield _numbers(group)


def _several_documents(group: list[SetKeys]) -> Iterator[Documents]:
    """The active ones, unless they are one document."""
    active = _active(group)
    if len({row.document_id for row in active}) > 1:
        yield _numbers(active)


def _unusual(value: Callable[[SetKeys], bytes | None], rows: list[SetKeys]) -> Iterator[Documents]:
    """Those that differ from most of a series."""
    values = Counter(map(value, rows))
    if len(values) > 1:
        usual = values.most_common(1)[0][0]
        yield _numbers(row for row in rows if value(row) != usual)


def _overlapping(group: list[SetKeys]) -> Iterator[Documents]:
    """Pairs of active appointments, one of which begins before the other ends."""
    known = [
        (row.begins, row.ends, row.number, row.appointment_id)
        for row in _active(group)
        if row.begins is not None and row.ends is not None
    ]
    latest: tuple[int, int, bytes | None] | None = None
    for begins, ends, number, appointment in sorted(known, key=lambda one: one[:3]):
        is_other = latest is None or appointment is None or appointment != latest[2]
        if latest is not None and begins < latest[0] and is_other:
            yield min(latest[1], number), max(latest[1], number)
        if latest is None or ends > latest[0]:
            latest = ends, number, appointment


class _Judged(NamedTuple):
    """What a rule judges: the documents that share a key, and which of them are wrong."""

    by: GroupKey
    wrong: Wrong


_JUDGED: dict[str, _Judged] = {
    "SET-DOCUMENT-ID": _Judged("document_id", _all),
    "SET-APPOINTMENT-ID": _Judged("appointment_id", _several_documents),
    "SET-SERIES-PATIENT": _Judged(
        "repetition_id", lambda rows: _unusual(lambda row: row.patient, rows)
    ),
    "SET-SERIES-LOCATION": _Judged(
        "repetition_id", lambda rows: _unusual(lambda row: row.location, _active(rows))
    ),
    "SET-SERIES-REASON": _Judged(
        "repetition_id", lambda rows: _unusual(lambda row: row.reason, _active(rows))
    ),
    "SET-OVERLAP": _Judged("patient", _overlapping),
}


RULES: tuple[Requirement, ...] = (
    business_requirement(
        "SET-DOCUMENT-ID",
        Wording(
            "Flere dokumenter har det samme dokument-id.",
            "Several documents have the same document id.",
        ),
        Wording(
            "Et dokument-id er unikt; hver version af et dokument får sit eget.",
            "A document id is unique; every version of a document gets its own.",
        ),
        Wording("Tildel hvert dokument sit eget id.", "Assign each document its own id."),
        "HL7 CDA R2, ClinicalDocument.id",
        severity=Severity.ERROR,
    ),
    business_requirement(
        "SET-APPOINTMENT-ID",
        Wording(
            "Flere aktive dokumenter har det samme aftale-id.",
            "Several active documents have the same appointment id.",
        ),
        Wording(
            "Der gælder kun ét dokument om en aftale. Er der flere, blev et af dem glemt, da "
            "aftalen blev ændret, eller id'et er genbrugt. Status i registret kan ikke ses her; "
            "derfor er det en advarsel.",
            "Only one document about an appointment is valid. If there are several, one of them "
            "was overlooked when the appointment changed, or the id was reused. The status in "
            "the registry cannot be seen here; therefore this is a warning.",
        ),
        Wording(
            "Sæt det gamle dokument til deprecated, eller tildel aftalen sit eget id.",
            "Set the old document to deprecated, or assign the appointment its own id.",
        ),
        severity=Severity.WARNING,
    ),
    business_requirement(
        "SET-SERIES-PATIENT",
        Wording(
            "Aftaler med det samme repetitions-id tilhører flere patienter.",
            "Appointments with the same repetition id belong to several patients.",
        ),
        Wording(
            "Et repetitions-id er unikt for sin serie (R3), og en serie tilhører én patient. Til "
            "og med "
            "1.0.12 stod der, at et repetitions-id altid er knyttet til én borger (R4); i 2.0 er "
            "sætningen udgået; derfor er det en advarsel.",
            "A repetition id is unique for its series (R3), and a series belongs to one patient. "
            "Up to 1.0.12 a repetition id always belonged to one patient (R4); 2.0 removed the "
            "sentence; therefore this is a warning.",
        ),
        Wording(
            "Tildel hver patients serie sit eget id.", "Assign each patient's series its own id."
        ),
        severity=Severity.WARNING,
        in_1_0=Severity.ERROR,
    ),
    business_requirement(
        "SET-SERIES-LOCATION",
        Wording(
            "Aftaler i en serie har et andet mødested end de øvrige.",
            "Some appointments of a series have a different location from the others.",
        ),
        Wording(
            "Til og med 1.0.12 skulle en aftale, der skifter mødested, ikke længere være "
            "repeterende (R6). I 2.0 er sætningen udgået, så det er tilladt.",
            "Up to 1.0.12 an appointment that changed its location no longer counted as repeating "
            "(R6). 2.0 removed the sentence, so this is allowed.",
        ),
        Wording(
            "Kontrollér, om mødestedet er rigtigt. Skal 1.0 overholdes, så fjern betingelsen om "
            "repetition fra dem.",
            "Check whether the location is correct. To comply with 1.0, remove the repetition "
            "precondition from them.",
        ),
        severity=Severity.INFORMATION,
        in_1_0=Severity.ERROR,
    ),
    business_requirement(
        "SET-SERIES-REASON",
        Wording(
            "Aftaler i en serie har en anden årsag end de øvrige.",
            "Some appointments of a series have a different reason from the others.",
        ),
        Wording(
            "Til og med 1.0.12 skulle repetitionen afsluttes for en aftale, der skifter årsag "
            "(R7). I 2.0 er sætningen udgået, så det er tilladt.",
            "Up to 1.0.12 the repetition had to end for an appointment that changed its reason "
            "(R7). 2.0 removed the sentence, so this is allowed.",
        ),
        Wording(
            "Kontrollér, om årsagen er rigtig. Skal 1.0 overholdes, så fjern betingelsen om "
            "repetition fra dem, eller tildel dem et nyt repetitions-id.",
            "Check whether the reason is correct. To comply with 1.0, remove the repetition "
            "precondition from them, or assign them a new repetition id.",
        ),
        severity=Severity.INFORMATION,
        in_1_0=Severity.ERROR,
    ),
    business_requirement(
        "SET-OVERLAP",
        Wording(
            "To af en patients aftaler overlapper i tid.",
            "Two appointments of a patient overlap in time.",
        ),
        Wording(
            "Det er tilladt, også i en serie, men patienten kan kun være ét sted.",
            "This is allowed, even within a series, but the patient can only be in one place.",
        ),
        Wording(
            "Kontrollér, om en af dem skal flyttes.", "Check whether one of them should be moved."
        ),
        severity=Severity.INFORMATION,
    ),
)
