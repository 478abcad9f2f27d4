"""Which known faults a validator has found; and two validators compared."""

from collections import Counter
from collections.abc import Iterable

from attrs import define, field, frozen

from apd.errors import InvalidValue
from apd.findings import Severity
from apd.rules.details import followers
from apd.testing.bench.manifest import Case, Manifest
from apd.testing.bench.names import Files, rules_named, shown
from apd.testing.bench.verdicts import CombinedVerdict, Verdict, by_file
from apd.wording import Wording


@frozen(kw_only=True)
class RuleScore:
    """How well a validator finds one rule broken.

    Args:
        rule: its id; null for documents that are judged without naming a rule.
        seen: the number of cases that break it, in which it was found.
        missed: the number of cases that break it, in which it was not found.
        refused: how many of the missed cases were judged invalid all the same.
        unjudged: the number of cases without a verdict that could show it.
        false_alarms: the number of cases that keep it, in which it was found.
        missed_in: the first file of each case in which it was missed.
        false_alarms_in: the first file of each case in which it was a false alarm.
    """

    rule: str | None
    seen: int
    missed: int
    refused: int
    unjudged: int
    false_alarms: int
    missed_in: tuple[str, ...]
    false_alarms_in: tuple[str, ...]


@frozen(kw_only=True)
class Score:
    """How well a validator finds the faults of a manifest.

    Args:
        rules: a row for each rule, in the order of the manifest.
        cases: the number of cases.
        unknown_names: the number of names in all verdicts that no rule has.
        foreign: the number of verdicts about files that are not in the manifest, or about
            documents of several cases together.
    """

    rules: tuple[RuleScore, ...]
    cases: int
    unknown_names: int
    foreign: int

    @property
    def is_perfect(self) -> bool:
        """Whether every fault was found, and nothing else."""
        return not any(one.missed or one.unjudged or one.false_alarms for one in self.rules)

    def total(self, column: str) -> int:
        """The sum of a column, such as ``seen`` or ``false_alarms``."""
        counts: list[int] = [getattr(one, column) for one in self.rules]
        return sum(counts)


@define
class _Row:
    """The counts of a row."""

    counts: Counter[str] = field(factory=Counter)
    missed_in: list[str] = field(factory=list)
    false_alarms_in: list[str] = field(factory=list)


def score(manifest: Manifest, verdicts: Iterable[Verdict]) -> Score:
    """Compare the verdicts of a validator with a manifest.

    A rule counts as found in a document if the verdict names it, by its id or one of its clauses.
    For a validator that names no rules, it counts as found if the document is judged invalid;
    whether it finds a warning cannot be known. Entailed findings may be named, but need not be.

    Args:
        manifest: the known faults.
        verdicts: the verdicts of the validator, in any order; several about a file count together.

    Raises:
        InvalidValue: no verdict is about a file of the manifest.
    """
    cases = manifest.cases
    answers = [CombinedVerdict() for _ in cases]
    files = Files((file, number) for number, one in enumerate(cases) for file in one.files)
    foreign = 0
    for verdict in verdicts:
        (number, *others) = {files.find(file) for file in verdict.files}
        if number is None or others:
            foreign += 1
        else:
            answers[number].add(verdict)
    if cases and not any(one.is_judged for one in answers):
        raise InvalidValue(
            "verdicts",
            Wording("er ikke om filer i manifestet", "are not about files of the manifest"),
            Wording(
                "lad validatoren kontrollere de filer, som manifestet blev skrevet med",
                "let the validator check the files that the manifest was written with",
            ),
        )
    rows: dict[str | None, _Row] = {
        one.broken.rule: _Row() for one in cases if one.broken is not None
    }
    unknown = sum(_count(case, answer, rows) for case, answer in zip(cases, answers, strict=True))
    return Score(
        rules=tuple(_scored(rule, row) for rule, row in rows.items()),
        cases=len(cases),
        unknown_names=unknown,
        foreign=foreign,
    )


def _scored(rule: str | None, row: _Row) -> RuleScore:
    columns = ("seen", "missed", "refused", "unjudged", "false_alarms")
    return RuleScore(
        rule=rule,
        **{column: row.counts[column] for column in columns},
        missed_in=tuple(row.missed_in),
        false_alarms_in=tuple(row.false_alarms_in),
    )


def _count(case: Case, answer: CombinedVerdict, rows: dict[str | None, _Row]) -> int:
    """Count the verdicts on a case; returns the number of names that no rule has."""
    stated = () if case.broken is None else (case.broken, *case.entailed)
    # another validator may report a consequence that ours leaves out
    expected = {rule for one in stated for rule in (one.rule, *followers(one.rule))}
    unknown, false = 0, dict[str | None, None]()
    for name in sorted(answer.names or ()):
        meant = rules_named(name)
        if not meant:
            unknown += 1
        elif expected.isdisjoint(meant):
            false[meant[0]] = None
    if case.broken is None and answer.is_refused and not false:
        false[None] = None
    for rule in false:
        row = rows.setdefault(rule, _Row())
        row.counts["false_alarms"] += 1
        row.false_alarms_in.append(case.files[0])
    if case.broken is not None:
        _count_broken(case.broken.rule, case.broken.severity, case, answer, rows)
    return unknown


def _count_broken(
    rule: str, severity: Severity, case: Case, answer: CombinedVerdict, rows: dict[str | None, _Row]
) -> None:
    row = rows[rule]
    can_tell = answer.names is not None or severity is Severity.ERROR
    if not answer.is_judged or not can_tell:
        row.counts["unjudged"] += 1
        return
    named = answer.names
    is_seen = (
        answer.is_refused if named is None else any(rule in rules_named(name) for name in named)
    )
    row.counts["seen" if is_seen else "missed"] += 1
    if not is_seen:
        row.counts["refused"] += answer.is_refused
        row.missed_in.append(case.files[0])


# --- two validators --------------------------------------------------------------------------


@frozen(kw_only=True)
class RuleComparison:
    """The number of documents in which two validators find a rule broken.

    Args:
        rule: its id, or the name as given if no rule has it.
        both: the number of documents in which both do.
        first: the number in which only the first does.
        second: the number in which only the second does.
    """

    rule: str
    both: int
    first: int
    second: int


@frozen(kw_only=True)
class Comparison:
    """Two validators compared on the same documents.

    Args:
        documents: the number of documents that both have judged.
        first_alone: the number of files that only the first has judged.
        second_alone: the number of files that only the second has judged.
        refused_by_first: the documents that only the first finds invalid.
        refused_by_second: the documents that only the second finds invalid.
        rules: the rules that are named, those on which they differ most first.
    """

    documents: int
    first_alone: int
    second_alone: int
    refused_by_first: tuple[str, ...]
    refused_by_second: tuple[str, ...]
    rules: tuple[RuleComparison, ...]

    @property
    def is_equal(self) -> bool:
        """Whether they agree on the documents that both have judged."""
        alone = self.first_alone or self.second_alone
        differ = any(one.first or one.second for one in self.rules)
        return not (alone or self.refused_by_first or self.refused_by_second or differ)


def compare(first: Iterable[Verdict], second: Iterable[Verdict]) -> Comparison:
    """Compare the verdicts of two validators on the same documents.

    Names are compared by their rules: a clause agrees with every rule that has it. If one validator
    does not state validity, or names no rules, this is not compared.

    Args:
        first: the verdicts of the first validator.
        second: the verdicts of the second.

    Raises:
        InvalidValue: no document was judged by both.
    """
    one, other = (
        {file: answer for file, answer in by_file(verdicts).items() if answer.is_judged}
        for verdicts in (first, second)
    )
    files = Files((name, name) for name in one)
    pairs = {name: found for name in other if (found := files.find(name)) is not None}
    if not pairs:
        raise InvalidValue(
            "verdicts",
            Wording("skal handle om de samme dokumenter", "must be about the same documents"),
            Wording(
                "lad begge kontrollere de samme filer", "let both validators check the same files"
            ),
        )
    rules: dict[str, Counter[str]] = {}
    refused: dict[str, list[str]] = {"first": [], "second": []}
    for name, same in pairs.items():
        a, b = one[same], other[name]
        if a.names is not None and b.names is not None:
            _compare_names(a.names, b.names, rules)
        if a.is_refused and not b.is_refused and b.is_judged:
            refused["first"].append(same)
        if b.is_refused and not a.is_refused and a.is_judged:
            refused["second"].append(same)
    ordered = sorted(rules.items(), key=lambda row: (-row[1]["first"] - row[1]["second"], row[0]))
    return Comparison(
        documents=len(pairs),
        first_alone=len(one) - len(set(pairs.values())),
        second_alone=len(other) - len(pairs),
        refused_by_first=tuple(refused["first"]),
        refused_by_second=tuple(refused["second"]),
        rules=tuple(
            RuleComparison(
                rule=rule, both=counts["both"], first=counts["first"], second=counts["second"]
            )
            for rule, counts in ordered
        ),
    )


def _compare_names(first: set[str], second: set[str], rules: dict[str, Counter[str]]) -> None:
    """Count the rules that both name for a document, and those that only one names."""
    meant = [{rule for name in names for rule in _meant(name)} for names in (first, second)]
    both = set[str]()
    alone = dict[tuple[str, str], None]()
    for side, names, others in (("first", first, meant[1]), ("second", second, meant[0])):
        for name in sorted(names):
            shared = [rule for rule in _meant(name) if rule in others]
            both.update(shared[:1])
            if not shared:
                alone[side, _meant(name)[0]] = None
    for rule in both:
        rules.setdefault(rule, Counter())["both"] += 1
    for side, rule in alone:
        rules.setdefault(rule, Counter())[side] += 1


def _meant(name: str) -> tuple[str, ...]:
    return rules_named(name) or (shown(name),)
