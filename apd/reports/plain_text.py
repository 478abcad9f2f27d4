"""Findings as text for people: the place, the message, the line and the remedy; and a summary."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import compress

from attrs import evolve

from apd.findings import Finding, Place, Severity
from apd.limits import MAX_OTHERS_NAMED
from apd.reports.checked import Checked, Context
from apd.reports.excerpt import Excerpt
from apd.text.reports import SEVERITIES, cited, say

Line = tuple[tuple[str, str], ...]
"""Pieces of text, each with its style: a severity, ``strong``, ``dim`` or nothing."""


def text(documents: Iterable[Checked], context: Context) -> Iterator[Line]:
    """A few lines for each finding. A clean document is reported only if it is the only one."""
    summary = _Summary()
    only: Checked | None = None
    for given in documents:
        checked = summary.without_known(given)
        only = checked if summary.is_empty else None
        summary.add(checked)
        for finding, excerpt in _with_excerpts(checked):
            yield from _described(checked, finding, excerpt, context)
    if summary.documents > 1:
        yield from summary.lines(context)
    elif only and not (only.findings or only.problem):
        yield ((say(context.language, "clean", file=only.name), ""),)
    if context.baseline is not None:
        yield from summary.against_baseline(context)
    if context.ending.left_alone:
        yield from _left_alone(context)


def _left_alone(context: Context) -> Iterator[Line]:
    """The number of files that were left alone, by what they are."""
    kinds = context.ending.left_alone
    yield ((say(context.language, "left_alone", count=kinds.total()), ""),)
    width = len(str(max(kinds.values())))
    for kind, number in kinds.most_common():
        yield ((f"  {number:{width}}  {kind.in_language(context.language)}", ""),)


def _with_excerpts(checked: Checked) -> Iterator[tuple[Finding, Excerpt | None]]:
    excerpts = checked.excerpts or (None,) * len(checked.findings)
    return zip(checked.findings, excerpts, strict=True)


def _described(
    checked: Checked, finding: Finding, excerpt: Excerpt | None, context: Context
) -> Iterator[Line]:
    place = checked.name if finding.line is None else f"{checked.name}:{finding.line}"
    severity = SEVERITIES[finding.severity].in_language(context.language)
    yield (
        (f"{place}: ", "strong"),
        (severity, finding.severity),
        (f": {finding.wording.in_language(context.language)} ", ""),
        (f"[{finding.rule}]", "dim"),
    )
    if excerpt is not None:
        number = f"{excerpt.line:>6}"
        yield ((f"{number} | ", "dim"), (excerpt.text, ""))
        pointer = " " * excerpt.column + "^" * excerpt.width
        yield ((f"{'':>{len(number)}} | ", "dim"), (pointer, finding.severity))
    remedy = context.remedy(finding)
    facts = [("others", other) for other in _some(checked.others, context)]
    facts += [("path", finding.path)]
    facts += [("also_at", place) for place in _some(tuple(map(_at, finding.also_at)), context)]
    facts += [("remedy", remedy), ("source", cited(finding.source, context.language))]
    width = max(len(say(context.language, key)) for key, _ in facts)
    for key, fact in facts:
        if fact:
            yield ((f"  {say(context.language, key):{width}}  ", "dim"), (fact, ""))
    yield ()


def _at(place: Place) -> str:
    return place.path if place.line is None else f"{place.path}:{place.line}"


def _some(names: tuple[str, ...], context: Context) -> tuple[str, ...]:
    """The first names, as many as are readable."""
    if len(names) <= MAX_OTHERS_NAMED:
        return names
    rest = len(names) - MAX_OTHERS_NAMED
    return (*names[:MAX_OTHERS_NAMED], say(context.language, "more", count=rest))


class _Summary:
    """Counts how often each rule was broken. Its size depends on the rules alone."""

    def __init__(self) -> None:
        self.documents = 0
        self._failed = 0
        self._found = 0
        self._known = 0
        self._severities: Counter[Severity] = Counter()
        self._rules: Counter[tuple[str, Severity]] = Counter()

    @property
    def is_empty(self) -> bool:
        return self.documents == 0

    def without_known(self, checked: Checked) -> Checked:
        """The document with those of its findings that are not in the baseline."""
        if not any(checked.known):
            return checked
        self._known += sum(checked.known)
        is_new = [not known for known in checked.known]
        return evolve(
            checked,
            findings=tuple(compress(checked.findings, is_new)),
            excerpts=tuple(compress(checked.excerpts, is_new)),
            known=(),
        )

    def against_baseline(self, context: Context) -> Iterator[Line]:
        """The number of new, known and gone findings, and a list of those that are gone."""
        gone = context.ending.gone
        for one in gone:
            place = " ".join((*one.documents, one.place))
            yield (
                (f"{say(context.language, 'gone')}: ", "strong"),
                (f"{place} ", ""),
                (f"[{one.rule}]", "dim"),
            )
        counts = {"new": self._severities.total(), "known": self._known, "gone": len(gone)}
        yield ((say(context.language, "against_baseline", **counts), "strong"),)

    def add(self, checked: Checked) -> None:
        if not checked.of_set:
            self.documents += 1
            self._failed += checked.problem is not None
            self._found += bool(checked.findings)
        for finding in checked.findings:
            self._severities[finding.severity] += 1
            self._rules[finding.rule, finding.severity] += 1

    def lines(self, context: Context) -> Iterator[Line]:
        if self._rules:
            yield ((say(context.language, "by_rule"), "strong"),)
            yield from self._by_rule(context)
            counts = {severity.value: self._severities[severity] for severity in Severity}
            yield ((say(context.language, "counts", **counts), ""),)
        clean = self.documents - self._found - self._failed
        total = {"total": self.documents, "clean": clean, "found": self._found}
        yield ((say(context.language, "total", **total, failed=self._failed), "strong"),)

    def _by_rule(self, context: Context) -> Iterator[Line]:
        """The rules that were broken: the most severe first, then the most frequent."""
        weights = {severity: weight for weight, severity in enumerate(Severity)}
        ordered = sorted(
            self._rules.items(), key=lambda item: (weights[item[0][1]], -item[1], item[0][0])
        )
        width = max(len(str(count)) for _, count in ordered)
        longest = max(len(id_) for (id_, _), _ in ordered)
        for (id_, severity), count in ordered:
            rule = context.rules.get(id_)
            wording = rule.wording.in_language(context.language) if rule else ""
            name = SEVERITIES[severity].in_language(context.language)
            yield (
                (f"  {count:>{width}} x ", ""),
                (f"{name:{_LONGEST_SEVERITY}} ", severity),
                (f"{id_:{longest}}  ", "strong"),
                (wording, ""),
            )


_LONGEST_SEVERITY = max(len(word) for wording in SEVERITIES.values() for word in wording)
