"""Findings as JUnit XML, which every build server reads, with a test case for each document.

Each rule over a set also has a test case, with or without findings, so that the number of cases is
the same in every run over the same files.
"""

import html
from collections import Counter
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import NamedTuple

from apd.findings import Finding
from apd.limits import MAX_DESCRIBED_OF_A_SET
from apd.reports.checked import Checked, Context
from apd.text.characters import printable
from apd.text.reports import SEVERITIES, cited, say

_IN_MEMORY = 1 << 20


class _Case(NamedTuple):
    """A test case; its outcome is ``failures``, ``errors``, ``skipped`` or nothing."""

    xml: str
    outcome: str = ""
    seconds: float = 0.0


def junit(documents: Iterable[Checked], context: Context) -> Iterator[str]:
    """A test suite. Its start tag counts the cases, so a file holds them until all are known."""
    counted = Counter[str]()
    seconds = 0.0
    with SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="ascii", newline="\n") as waiting:
        for case in _cases(documents, context):
            waiting.write(_ascii(case.xml))
            counted.update(("tests", case.outcome))
            seconds += case.seconds
        counts = " ".join(
            f'{name}="{counted[name]}"' for name in ("tests", "failures", "errors", "skipped")
        )
        counts = f'{counts} time="{seconds:.3f}"'
        yield '<?xml version="1.0" encoding="UTF-8"?>'
        yield f'<testsuites name="dk-apd" {counts}>'
        yield f'<testsuite name="apd validate" {counts}>'
        waiting.seek(0)
        for line in waiting:
            yield line.rstrip("\n")
    yield "</testsuite>"
    yield "</testsuites>"


def _cases(documents: Iterable[Checked], context: Context) -> Iterator[_Case]:
    names = Counter[int]()  # of names themselves there may be very many
    together = {id_: _OfSet() for id_ in context.set_rules}
    for checked in documents:
        if checked.of_set:
            for finding in checked.findings:
                together.setdefault(finding.rule, _OfSet()).add(checked, context)
        else:
            names[hash(checked.name)] += 1
            yield _case(checked, names[hash(checked.name)], context)
    for id_, found in together.items():
        yield found.case(id_, context)
    if context.baseline is not None:
        yield _gone(context)
    for kind, count in context.ending.left_alone.most_common():
        reason = kind.in_language(context.language)
        skipped = [f"<skipped message={_quoted(f'{count} x {reason}')}/>"]
        yield _Case(_element(reason, "apd.left_alone", 'time="0.000"', skipped), "skipped")


def _case(checked: Checked, times: int, context: Context) -> _Case:
    """The test case of a document; of several with the same name, the later ones are numbered."""
    counting = checked.counting(context.fail_on)
    others = [one for one in checked.findings if one not in counting]
    inside, outcome = [], ""
    if checked.problem is not None:
        inside.append(f'<error message={_quoted(checked.problem)} type="problem"/>')
        outcome = "errors"
    elif counting:
        body = "\n".join(_described(one, context) for one in counting)
        inside.append(_failure(counting[0], len(counting), body, context))
        outcome = "failures"
    if others:
        body = "\n".join(_described(one, context) for one in others)
        inside.append(f"<system-out>{_text(body)}</system-out>")
    name = checked.name if times == 1 else f"{checked.name} ({times})"
    seconds = checked.seconds or 0.0
    facts = f'file={_quoted(checked.name)} time="{seconds:.3f}"'
    return _Case(_element(name, "apd.validate", facts, inside), outcome, seconds)


class _OfSet:
    """The findings of a rule over a set."""

    def __init__(self) -> None:
        self._first: Finding | None = None
        self._counting = 0
        self._described: list[str] = []
        self._more = 0

    def add(self, checked: Checked, context: Context) -> None:
        """A finding about several documents together."""
        counting = checked.counting(context.fail_on)
        self._counting += len(counting)
        if counting and self._first is None:
            self._first = counting[0]
        if len(self._described) == MAX_DESCRIBED_OF_A_SET:
            self._more += 1
            return
        lines = [_described(one, context) for one in checked.findings]
        self._described.append("\n".join((*lines, checked.name, *checked.others)))

    def case(self, id_: str, context: Context) -> _Case:
        """The test case of the rule."""
        more = [say(context.language, "more", count=self._more)] if self._more else []
        body = "\n".join((*self._described, *more))
        inside, outcome = [], ""
        if self._first is not None:
            inside.append(_failure(self._first, self._counting, body, context))
            outcome = "failures"
        elif self._described:
            inside.append(f"<system-out>{_text(body)}</system-out>")
        elif not context.ending.compared:
            inside.append(f"<skipped message={_quoted(say(context.language, 'not_compared'))}/>")
            outcome = "skipped"
        return _Case(_element(id_, "apd.validate_all", 'time="0.000"', inside), outcome)


def _gone(context: Context) -> _Case:
    """The case that lists the findings of a baseline that are gone; it does not fail."""
    lines = "\n".join(
        " ".join((*one.documents, one.rule, one.place)) for one in context.ending.gone
    )
    inside = [f"<system-out>{_text(lines)}</system-out>"] if lines else []
    return _Case(_element("baseline", "apd.baseline", 'time="0.000"', inside))


def _element(name: str, of: str, facts: str, inside: list[str]) -> str:
    head = f'<testcase name={_quoted(name)} classname="{of}" {facts}'
    return "\n".join((f"{head}>", *inside, "</testcase>", "")) if inside else f"{head}/>\n"


def _failure(first: Finding, count: int, body: str, context: Context) -> str:
    more = f" (+{count - 1})" if count > 1 else ""
    message = f"{first.rule}: {first.wording.in_language(context.language)}{more}"
    kind = _quoted(first.severity)
    return f"<failure message={_quoted(message)} type={kind}>{_text(body)}</failure>"


def _described(finding: Finding, context: Context) -> str:
    """A finding on one line, and its remedy on the next."""
    severity = SEVERITIES[finding.severity].in_language(context.language)
    line = say(context.language, "line", line=finding.line) if finding.line else ""
    paths = (finding.path, *(place.path for place in finding.also_at))
    source = cited(finding.source, context.language)
    place = ", ".join(filter(None, (line, *paths, source)))
    message = finding.wording.in_language(context.language)
    remedy = context.remedy(finding)
    return "".join(
        (
            f"{severity} {finding.rule}: {message}",
            f" ({place})" if place else "",
            f"\n  {remedy}" if remedy else "",
        )
    )


def _quoted(text: str) -> str:
    return f'"{html.escape(printable(text))}"'


def _text(text: str) -> str:
    return html.escape(printable(text), quote=False)


def _ascii(text: str) -> str:
    return text.encode("ascii", "xmlcharrefreplace").decode()
