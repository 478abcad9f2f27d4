"""Findings as JUnit XML, which every build server reads: a test case a document."""

import html
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile

from apd.findings import Finding
from apd.reports.checked import Checked, Context, weighs
from apd.text.reports import SEVERITIES, say

_IN_MEMORY = 1 << 20


def junit(documents: Iterable[Checked], context: Context) -> Iterator[str]:
    """One suite. Its head counts the cases, so these wait in a file until the last is known."""
    tests = failures = errors = 0
    with SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="ascii", newline="\n") as waiting:
        for checked in documents:
            case, is_failure = _case(checked, context)
            waiting.write(_ascii(case))
            tests += 1
            errors += checked.problem is not None
            failures += is_failure
        counts = f'tests="{tests}" failures="{failures}" errors="{errors}"'
        yield '<?xml version="1.0" encoding="UTF-8"?>'
        yield f'<testsuites name="dk-apd" {counts}>'
        yield f'<testsuite name="apd validate" {counts} skipped="0">'
        waiting.seek(0)
        for line in waiting:
            yield line.rstrip("\n")
    yield "</testsuite>"
    yield "</testsuites>"


def _case(checked: Checked, context: Context) -> tuple[str, bool]:
    """A test case, and whether it failed."""
    failed = [f for f in checked.findings if weighs(f.severity, context.fail_on)]
    others = [f for f in checked.findings if not weighs(f.severity, context.fail_on)]
    lines = []
    if checked.problem is not None:
        lines.append(f'<error message={_quoted(checked.problem)} type="problem"/>')
    elif failed:
        first = failed[0]
        more = f" (+{len(failed) - 1})" if len(failed) > 1 else ""
        message = f"{first.rule}: {first.wording.in_language(context.language)}{more}"
        body = _text("\n".join((*(_described(f, context) for f in failed), *checked.others)))
        lines.append(
            f"<failure message={_quoted(message)} type={_quoted(first.severity)}>{body}</failure>"
        )
    if others:
        body = _text("\n".join((*(_described(f, context) for f in others), *checked.others)))
        lines.append(f"<system-out>{body}</system-out>")
    name = "apd.validate_all" if checked.of_set else "apd.validate"
    head = f'<testcase name={_quoted(checked.name)} classname="{name}"'
    if not lines:
        return f"{head}/>\n", False
    return "\n".join((f"{head}>", *lines, "</testcase>", "")), bool(failed)


def _described(finding: Finding, context: Context) -> str:
    """A finding on one line."""
    severity = SEVERITIES[finding.severity].in_language(context.language)
    line = say(context.language, "line", line=finding.line) if finding.line else ""
    place = ", ".join(filter(None, (line, finding.path, finding.source)))
    message = finding.wording.in_language(context.language)
    return f"{severity} {finding.rule}: {message}" + (f" ({place})" if place else "")


def _quoted(text: str) -> str:
    return f'"{html.escape(_printable(text))}"'


def _text(text: str) -> str:
    return html.escape(_printable(text), quote=False)


def _printable(text: str) -> str:
    """A text without what XML does not allow."""
    return "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in text)


def _ascii(text: str) -> str:
    return text.encode("ascii", "xmlcharrefreplace").decode()
