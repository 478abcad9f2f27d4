"""Every case of the second conformance kit has the verdict of the reference validators."""

import re
from collections import Counter
from typing import NamedTuple

import pytest

import apd
from tests.laws.law import broken_law
from tests.places import SECOND_KIT, needs_second_kit
from tests.rules.kit import (
    REASONS,
    Case,
    Reason,
    causes,
    clauses,
    differences,
    explained,
    is_named,
    second_cases,
)

# one process makes for all of them what takes long to make
pytestmark = [needs_second_kit, pytest.mark.xdist_group("second kit")]

CASES = 1210
"""The cases of the kit."""

SAMPLED = 12
"""Of so many cases one is judged in a run that is to be quick."""

EXPLAINED = 25
"""Clean cases in which we find an error for one of the reasons below."""

MORE_REASONS = (
    *REASONS,
    Reason(
        "An offset of three digits names no moment that all readers agree on.",
        "second kit, README: E02",
        "DT-TS-FORM",
        edits=r"lexical .*(time|Time|low|high)/@value cut",
    ),
    Reason(
        "An interval whose end is its start has no length, also where the two are spelt otherwise.",
        "second kit, README: E04; apd-profile.md, part F, 13",
        "DT-IVL-ORDER",
    ),
    Reason(
        "A templateId is an identifier. The official Schematron visits those of the templates that "
        "it knows and passes by a null one, one without root and one whose root is not an OID.",
        "second kit, README: E06; conformance kit, README: dtr1-1-II, dtr1-10-II",
        "DT-NULL|DT-II-.*",
        r".*/(section|encounter)/templateId(\[\d\])?",
    ),
    Reason(
        "HL7's schema forbids a qualifier on a CE with maxOccurs=0, which libxml2 does not see.",
        "second kit, README: X",
        "XSD-ELEMENT",
        ".*/administrativeGenderCode/qualifier",
    ),
    Reason(
        "There is no year 0000: no moment can be made of it.",
        "apd-profile.md, C.3: a real calendar date; XML Schema 1.0, part 2, 3.2.7.1",
        "DT-TS-FORM",
        edits="time .*'0000.*",
    ),
    Reason(
        "A code wants its system at every element of the type; NI is let through for the reason "
        "only, and the reason is the RSON relationship.",
        "conformance kit, README: dtr1-2-CD; apd-profile.md, B.12",
        "DT-CD-SYSTEM",
        r".*/entryRelationship\[\d\]/observation/code",
        "structure er REFR .*",
    ),
)
"""Why we find an error where the reference finds none: those of the first kit, and these."""


class Quirk(NamedTuple):
    """A case that the reference calls invalid and that we do not, or not by the same clauses.

    Args:
        why: the reason.
        source: where it is written.
        edits: the edits it is for, as a regular expression.
        is_clean: we find no error; else one, which does not name the clauses.
    """

    why: str
    source: str
    edits: str
    is_clean: bool = True


QUIRKS = (
    Quirk(
        "The generic CDA encounter template: the official Schematron then holds the appointment's "
        "own parts against the generic ones.",
        "second kit, README: M10",
        "template enc cda encounter|M10-.*",
    ),
    Quirk(
        "The responsible party of componentOf, of which the profile says nothing.",
        "second kit, README: M11",
        "structure .*(componentOf|responsibleParty).*|M11-.*",
    ),
    Quirk(
        "A document inside of something else: one finding says what the file is; the clauses of "
        "what it is not are not told.",
        "reported inputs, README: F09",
        "encoding wrapped",
        is_clean=False,
    ),
    Quirk(
        "Bytes in UTF-8 that are declared as ISO-8859-1: libxml2 reads other letters than were "
        "written, and the reference judges those. We say so, and read nothing.",
        "reported inputs, README: F04; XML 1.0, 4.3.3",
        "encoding utf8 bytes latin1 decl",
        is_clean=False,
    ),
)


def quirk_of(case: Case) -> Quirk | None:
    """What makes the verdict of the reference on a case its own."""
    return next((quirk for quirk in QUIRKS if re.fullmatch(quirk.edits, case.edit)), None)


def difference(case: Case, report: apd.Report) -> list[str]:
    """How we differ from the reference, its quirks left out."""
    quirk = quirk_of(case)
    if quirk is None:
        return differences(case, report, MORE_REASONS)
    if quirk.is_clean:
        return [f"{quirk.source}: {f.rule} at {f.path}" for f in errors(report)]
    return [] if errors(report) else [f"{quirk.source}: no error"]


def errors(report: apd.Report) -> list[apd.Finding]:
    """The findings that make a document invalid."""
    return [found for found in report.findings if found.severity is apd.Severity.ERROR]


def listed(differing: dict[str, list[str]]) -> str:
    """What differs, a case a line."""
    return "\n".join(f"{name}: {'; '.join(different)}" for name, different in differing.items())


# Every case ----------------------------------------------------------------------------------


def test_the_verdicts_on_a_sample_agree() -> None:
    differing = {
        f"{case.id} {case.edit}": different
        for case in second_cases(SAMPLED)
        if (different := difference(case, apd.validate(case.data)))
    }

    assert not differing, listed(differing)


@pytest.fixture(scope="module")
def judged() -> list[tuple[Case, apd.Report]]:
    """Each case, and our report on it."""
    return [(case, apd.validate(case.data)) for case in second_cases()]


@pytest.mark.slow
def test_the_verdicts_agree(judged: list[tuple[Case, apd.Report]]) -> None:
    differing = {
        f"{case.id} {case.edit}": different
        for case, report in judged
        if (different := difference(case, report))
    }

    assert not differing, listed(differing)
    assert len(judged) == CASES


@pytest.mark.slow
def test_we_say_more_than_the_reference_in_few_cases(
    judged: list[tuple[Case, apd.Report]],
) -> None:
    more = [
        case.id
        for case, report in judged
        if not case.is_broken and case.official is not None and errors(report)
    ]

    assert len(more) == EXPLAINED


@pytest.mark.slow
def test_every_reason_is_needed(judged: list[tuple[Case, apd.Report]]) -> None:
    used = Counter[str](
        reason.why
        for case, report in judged
        if not case.is_broken and case.official is not None
        for reason in explained(case, report, MORE_REASONS)
    )

    # those of the first kit are needed there
    assert used.keys() >= {reason.why for reason in MORE_REASONS[len(REASONS) :]}


@pytest.mark.slow
def test_every_quirk_is_needed(judged: list[tuple[Case, apd.Report]]) -> None:
    cases = [*(case for case, _ in judged), *causes()]
    found = {quirk.source for case in cases if (quirk := quirk_of(case)) and case.is_broken}

    assert found == {quirk.source for quirk in QUIRKS}


# Every cause ---------------------------------------------------------------------------------


class Verdict(NamedTuple):
    """What is right for a cause.

    Args:
        has_error: the document is invalid.
        has_warning: it has a warning that the same document without the trait has not.
        why: where we differ from the reference, the row that says so.
        about: the end of the paths of errors; the cause is named where it stands.
    """

    has_error: bool
    about: str = ""
    why: str = ""
    has_warning: bool = False


CAUSES = {
    "M01-blank-in-fixed-attribute": Verdict(True, "custodian"),
    "M02-telecom-not-a-uri": Verdict(True, "assignedEntity/telecom"),
    "M03-null-OTH-beside-value": Verdict(True, "birthTime"),
    "M03b-null-NA-beside-telecom": Verdict(True, "assignedEntity/telecom"),
    "M03c-null-OTH-languageCode": Verdict(True, "languageCode"),
    "M03d-null-OTH-name-with-text": Verdict(True, "playingEntity/name"),
    "M04-performer-time-30-february": Verdict(True, "performer/time"),
    "M05-xsitype-CV-on-code": Verdict(True, "ClinicalDocument/code"),
    "M05b-xsitype-CE-on-encounter-code": Verdict(True, "encounter/code"),
    "M05c-xsitype-ST-on-guided-text": Verdict(True, "criterion/text"),
    "M06-versionNumber-plus-one": Verdict(True, "versionNumber"),
    "M07-null-name-beside-name": Verdict(True, r"patient(/name\[\d\])?"),
    "M08-integrityCheck-without-algorithm": Verdict(True, "criterion/text"),
    "M08b-compression-on-plain-text": Verdict(True, "criterion/text"),
    "M08c-qualifier-twice": Verdict(False),
    "M09-untemplated-supply": Verdict(True, r"entryRelationship\[2\](/supply)?"),
    "M09b-untemplated-act": Verdict(True, r"entryRelationship\[2\](/act)?"),
    "M10-cda-encounter-template": Verdict(False, why="a quirk of the official Schematron"),
    "M11-componentOf-responsibleParty": Verdict(False, why="a quirk of the official Schematron"),
    "M12-sdtc-inFulfillmentOf1-without-typeCode": Verdict(True, ".*inFulfillmentOf1"),
    "M13-relatedDocument-code-without-display": Verdict(True, "parentDocument/code"),
    "W01-patient-id-other-before-CPR": Verdict(False),
    "E01-midnight-24-00": Verdict(False),
    "E02-offset-three-digits": Verdict(True, "effectiveTime", why="E02"),
    "E03-name-part-empty": Verdict(False, has_warning=True),
    "E04-zero-length-other-spelling": Verdict(True, "effectiveTime(/high)?", why="E04"),
    "E05-gender-code-unknown": Verdict(True, "administrativeGenderCode", why="E05"),
    "E06-null-templateId-beside": Verdict(True, r"templateId\[\d\]", why="E06"),
    "E07-document-template-missing": Verdict(True, "ClinicalDocument", why="E07"),
    "X01-qualifier-on-CE": Verdict(True, "code/qualifier"),
    "N01-end-without-value": Verdict(True, "effectiveTime/high"),
}


EACH_CAUSE = list(causes()) if (SECOND_KIT / "causes").is_dir() else []


@pytest.mark.parametrize("case", EACH_CAUSE, ids=lambda case: case.id)
def test_each_cause_has_the_right_verdict(case: Case) -> None:
    verdict, report = CAUSES[case.id], apd.validate(case.data)
    found = errors(report)

    assert bool(found) == verdict.has_error, found
    assert verdict.has_error == case.is_broken or verdict.why or case.id.startswith("X")
    if verdict.about:
        about = re.compile(rf".*\b{verdict.about}")
        assert any(about.fullmatch(error.path.partition("/@")[0]) for error in found), found
    for clause in case.clauses:
        assert is_named(report, clauses(clause)), clause
    if verdict.has_warning:
        assert apd.Severity.WARNING in {finding.severity for finding in report.findings}


CLEAN_CAUSES = [case for case in EACH_CAUSE if not CAUSES[case.id].has_error]


@pytest.mark.parametrize("case", CLEAN_CAUSES, ids=lambda case: case.id)
def test_a_clean_cause_is_read_and_written(case: Case) -> None:
    assert broken_law(case.data) == ""


def test_every_cause_is_judged() -> None:
    assert {case.id for case in EACH_CAUSE} == CAUSES.keys()
