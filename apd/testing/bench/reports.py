"""Scores, comparisons and scorecards as tables for people, as pages, and as data for JSON."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from apd import __version__
from apd.sor.register_rules import every_rule
from apd.testing.bench.manifest import as_plain
from apd.testing.bench.scorecards import Scorecard
from apd.testing.bench.scores import Comparison, RuleScore, Score
from apd.testing.pages import Section, page
from apd.wording import Language, Wording

Judged = Score | Comparison | Sequence[Scorecard]
"""What can be reported."""

_WORDS = {
    "score": Wording("Hvad en validator har set", "What a validator has seen"),
    "score_about": Wording(
        "Dokumenter, hvis fejl er kendt, sammenholdt med validatorens domme.",
        "Documents whose faults are known, compared with the validator's verdicts on them.",
    ),
    "compare": Wording("To validatorer sammenlignet", "Two validators compared"),
    "compare_about": Wording(
        "Hvad to validatorer siger om de samme dokumenter.",
        "What two validators say of the same documents.",
    ),
    "scorecard": Wording("Dokumenter efter mappe", "Documents by folder"),
    "scorecard_about": Wording(
        "Hvor mange dokumenter der er uden fund, og hvilke regler der oftest brydes.",
        "How many documents are clean, and which rules are broken most often.",
    ),
    "tool": Wording("Værktøj", "Tool"),
    "cases": Wording("Tilfælde", "Cases"),
    "rule": Wording("Regel", "Rule"),
    "seen": Wording("Set", "Seen"),
    "missed": Wording("Overset", "Missed"),
    "refused": Wording("Afvist alligevel", "Refused anyway"),
    "false_alarms": Wording("Falsk alarm", "False alarms"),
    "unjudged": Wording("Ikke bedømt", "Not judged"),
    "requirement": Wording("Krav", "Requirement"),
    "unknown_names": Wording("Navne, som ingen regel har", "Names that no rule has"),
    "foreign": Wording("Domme om andre filer", "Verdicts on other files"),
    "unnamed": Wording("(ingen regel nævnt)", "(no rule named)"),
    "documents": Wording("Dokumenter", "Documents"),
    "both": Wording("Begge", "Both"),
    "first": Wording("Kun den første", "Only the first"),
    "second": Wording("Kun den anden", "Only the second"),
    "first_alone": Wording("Kun bedømt af den første", "Judged by the first only"),
    "second_alone": Wording("Kun bedømt af den anden", "Judged by the second only"),
    "refused_by_first": Wording("Kun afvist af den første", "Refused by the first only"),
    "refused_by_second": Wording("Kun afvist af den anden", "Refused by the second only"),
    "folder": Wording("Mappe", "Folder"),
    "clean": Wording("Uden fund", "Clean"),
    "invalid": Wording("Med fejl", "With errors"),
    "most": Wording("Brydes oftest", "Broken most often"),
}
_COUNTED = ("seen", "missed", "refused", "false_alarms", "unjudged")
_SEEN = Wording(
    "Alle fejl blev fundet, og intet andet.",
    "Every fault was found, and nothing else.",
)
_MOST_BROKEN = 3


class Sheet(NamedTuple):
    """The result of a judgement, in words: facts, and a table with marks for its cells."""

    title: str
    about: str
    facts: list[tuple[str, str]]
    heads: list[str]
    rows: list[list[str]]
    marks: list[list[str]]


def sheet(judged: Judged, language: Language, *, in_full: bool = True) -> Sheet:
    """The result of a judgement as a table; in full with rows without remarks and all rules."""
    if isinstance(judged, Score):
        return _of_score(judged, language, in_full)
    if isinstance(judged, Comparison):
        return _of_comparison(judged, language, in_full)
    return _of_scorecards(judged, language, in_full)


def html(judged: Judged, language: Language = "da") -> str:
    """The result as a self-contained HTML page, without scripts, in light and dark colours.

    Args:
        judged: a score, a comparison or scorecards.
        language: ``"da"`` or ``"en"``.
    """
    made = sheet(judged, language)
    section = Section("", made.heads, made.rows, made.marks)
    return page(made.title, made.about, made.facts, [section], language)


def as_data(judged: Judged) -> Any:
    """The result as dicts, lists, strings and numbers, for :mod:`json`.

    Args:
        judged: a score, a comparison or scorecards.
    """
    if isinstance(judged, Score | Comparison):
        return {"tool_version": __version__, **as_plain(judged)}
    return {"tool_version": __version__, "folders": [as_plain(one) for one in judged]}


def _word(key: str, language: Language) -> str:
    return _WORDS[key].in_language(language)


def _facts(language: Language, **facts: object) -> list[tuple[str, str]]:
    return [(_word(key, language), str(value)) for key, value in facts.items()]


def _requirements(language: Language) -> dict[str | None, str]:
    return {rule.id: rule.wording.in_language(language) for rule in every_rule()}


def _of_score(score: Score, language: Language, in_full: bool) -> Sheet:
    requirements = _requirements(language)
    shown = [one for one in score.rules if in_full or _is_remarkable(one)]
    totals = {column: score.total(column) for column in _COUNTED}
    others = {"unknown_names": score.unknown_names, "foreign": score.foreign}
    facts = {"cases": score.cases, **totals, **{key: n for key, n in others.items() if n}}
    return Sheet(
        _word("score", language),
        _SEEN.in_language(language) if score.is_perfect else _word("score_about", language),
        _facts(language, **facts, tool=f"dk-apd {__version__}"),
        [_word(key, language) for key in ("rule", *_COUNTED, "requirement")],
        [
            [
                one.rule or _word("unnamed", language),
                *(str(getattr(one, column) or "") for column in _COUNTED),
                requirements.get(one.rule, ""),
            ]
            for one in shown
        ],
        [["", "", _failed(one.missed), "", _failed(one.false_alarms), "", ""] for one in shown],
    )


def _failed(count: int) -> str:
    return "failed" if count else ""


def _is_remarkable(one: RuleScore) -> bool:
    return bool(one.missed or one.unjudged or one.false_alarms)


def _of_comparison(made: Comparison, language: Language, in_full: bool) -> Sheet:
    requirements = _requirements(language)
    shown = [one for one in made.rules if in_full or one.first or one.second]
    return Sheet(
        _word("compare", language),
        _word("compare_about", language),
        _facts(
            language,
            documents=made.documents,
            first_alone=made.first_alone,
            second_alone=made.second_alone,
            refused_by_first=len(made.refused_by_first),
            refused_by_second=len(made.refused_by_second),
            tool=f"dk-apd {__version__}",
        ),
        [_word(key, language) for key in ("rule", "both", "first", "second", "requirement")],
        [
            [
                one.rule,
                *(str(count or "") for count in (one.both, one.first, one.second)),
                requirements.get(one.rule, ""),
            ]
            for one in shown
        ],
        [["", "", *map(_failed, (one.first, one.second)), ""] for one in shown],
    )


def _of_scorecards(cards: Sequence[Scorecard], language: Language, in_full: bool) -> Sheet:
    counted = ("documents", "clean", "invalid", "unjudged")
    totals = {key: sum(getattr(one, key) for one in cards) for key in counted}
    return Sheet(
        _word("scorecard", language),
        _word("scorecard_about", language),
        _facts(language, **totals, tool=f"dk-apd {__version__}"),
        [_word(key, language) for key in ("folder", *counted, "most")],
        [
            [
                one.folder,
                *(str(getattr(one, key) or "") for key in counted),
                _broken(one, "\n" if in_full else ", ", None if in_full else _MOST_BROKEN),
            ]
            for one in cards
        ],
        [["", "", "", _failed(one.invalid), "", ""] for one in cards],
    )


def _broken(card: Scorecard, between: str, most: int | None) -> str:
    return between.join(f"{one.rule} ({one.documents})" for one in card.rules[:most])
