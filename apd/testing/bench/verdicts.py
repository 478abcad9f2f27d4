"""The verdicts of any validator, in one small format.

A verdict is a line of JSON; ``docs/verdict.schema.json`` is its JSON Schema. A line of a report of
``apd validate --format json`` is read as a verdict, and the output of a Schematron (SVRL) and of
xmllint with an XSD is converted to verdicts.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from attrs import define, evolve, field, frozen

from apd.cda.xml import parse as parse_xml
from apd.errors import InvalidValue
from apd.findings import Severity
from apd.jsonform import JsonError, parse
from apd.jsonform.parsing import refusal, too_large
from apd.jsonform.schema import Schema, object_schema
from apd.limits import MAX_JSON_BYTES, MAX_SVRL_BYTES, MAX_VERDICTS
from apd.model.validators import as_tuple
from apd.testing.bench.manifest import read_form
from apd.wording import Wording


def _as_names(names: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if names is None else as_tuple(names)


def _as_files(names: Iterable[str]) -> tuple[str, ...]:
    return as_tuple(names)


@frozen(kw_only=True)
class Verdict:
    """The verdict of a validator on a document, or on several that are wrong together.

    Args:
        file: the name of its file; its first directories may differ from those in the manifest.
        valid: whether the document is valid; null if the validator does not state it.
        rules: the ids or clauses of the broken rules; null if the validator names none.
        others: the other files, if several documents are wrong together.
    """

    file: str
    valid: bool | None = None
    rules: tuple[str, ...] | None = field(default=None, converter=_as_names)
    others: tuple[str, ...] = field(default=(), converter=_as_files)

    @property
    def files(self) -> tuple[str, ...]:
        """All its files."""
        return (self.file, *self.others)


@define
class CombinedVerdict:
    """The verdicts on a document, or on those of a case, combined."""

    is_judged: bool = False
    is_refused: bool = False
    names: set[str] | None = None

    def add(self, verdict: Verdict) -> None:
        """Combine it with another verdict."""
        self.is_judged |= verdict.valid is not None or verdict.rules is not None
        self.is_refused |= verdict.valid is False
        if verdict.rules is not None:
            self.names = (self.names or set()) | set(verdict.rules)


def by_file(verdicts: Iterable[Verdict]) -> dict[str, CombinedVerdict]:
    """The verdicts on each file, combined."""
    combined: dict[str, CombinedVerdict] = {}
    for verdict in verdicts:
        for file in verdict.files:
            combined.setdefault(file, CombinedVerdict()).add(verdict)
    return combined


def verdict_schema() -> Schema:
    """The JSON Schema of a line of a file of verdicts."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A verdict for apd bench: a line of a file of verdicts",
        **object_schema(Verdict),
    }


_TOO_MANY = Wording(
    f"har flere end {MAX_VERDICTS} linjer: del filen",
    f"has more than {MAX_VERDICTS} lines: split the file",
)
_NOT_A_REPORT = Wording(
    "er ikke en linje, som apd validate --format json skriver",
    "is not a line as apd validate --format json writes it",
)


def read_verdicts(lines: Iterable[bytes]) -> Iterator[Verdict]:
    """Read verdicts from JSON Lines, or from a report of ``apd validate --format json``.

    Args:
        lines: JSON Lines in UTF-8. Empty lines, and lines of a report that are not about
            documents, are skipped.

    Raises:
        JsonError: a line is not a verdict, or there are too many; the path of each problem
            begins with the number of the line.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            if number > MAX_VERDICTS:
                raise refusal(_TOO_MANY)
            verdict = _verdict(parse(line))
        except JsonError as error:
            found = [evolve(one, path=f"{number}:{one.path}") for one in error.problems]
        else:
            if verdict is not None:
                yield verdict
            continue
        raise JsonError(found)


def bounded_lines(file: Any) -> Iterator[bytes]:
    """The lines of an open binary file; :class:`JsonError` if one is too long."""
    number = 0
    while line := file.readline(MAX_JSON_BYTES + 1):
        number += 1
        if len(line) > MAX_JSON_BYTES:
            (problem,) = refusal(too_large(MAX_JSON_BYTES)).problems
            raise JsonError([evolve(problem, path=f"{number}:$")])
        yield line


def written(verdict: Verdict) -> str:
    """A verdict as a line of JSON."""
    values = {"file": verdict.file, "valid": verdict.valid, "rules": verdict.rules}
    return json.dumps({**values, **({"others": verdict.others} if verdict.others else {})})


# --- a report of our own ---------------------------------------------------------------------


def _verdict(data: Any) -> Verdict | None:
    if not isinstance(data, dict) or not {"findings", "type"} & data.keys():
        return read_form(data, Verdict)
    return _of_report(data) if "findings" in data else None


def _of_report(data: dict[str, Any]) -> Verdict:
    """The verdict in a line of a report, which may have more keys than these."""
    try:
        findings = [(one["rule"], Severity(one["severity"])) for one in data["findings"]]
        values = {"file": data["file"], "others": data["others"]}
        if not data["checked"]:
            return read_form(values, Verdict)
        names = list(dict.fromkeys(rule for rule, _ in findings))
        is_valid = all(severity is not Severity.ERROR for _, severity in findings)
        return read_form({**values, "valid": is_valid, "rules": names}, Verdict)
    except (KeyError, TypeError, ValueError) as error:
        if isinstance(error, JsonError):
            raise
    raise refusal(_NOT_A_REPORT)


# --- a Schematron ----------------------------------------------------------------------------

_SVRL = "{http://purl.oclc.org/dsdl/svrl}"
_FAILED = (f"{_SVRL}failed-assert", f"{_SVRL}successful-report")
_LIGHTER = frozenset({"warning", "warn", "information", "info"})
_CLAUSE = re.compile(r"\bCONF(?:-DK(?:-APD)?)?[:-][0-9a-z]+(?:-[A-Z]+)?\b")
_NOT_SVRL = Wording("er ikke SVRL", "is not SVRL")


def svrl_verdict(data: bytes, file: str) -> Verdict:
    """The verdict on a document in the report of a Schematron.

    A clause is looked for in the id and the text of a failed assertion; without one, the id itself
    is used. Assertions with the role or flag of a warning or of information do not make a document
    invalid.

    Args:
        data: SVRL, as XML.
        file: the name of the document.

    Raises:
        ParseError: it is not XML.
        InvalidValue: it is not SVRL.

    Source: ISO/IEC 19757-3, annex D.
    """
    root = parse_xml(data, max_bytes=MAX_SVRL_BYTES)
    if root.tag != f"{_SVRL}schematron-output":
        raise InvalidValue(file, _NOT_SVRL)
    names: dict[str, None] = {}
    is_valid = True
    for failed in root.iter(*_FAILED):
        id = failed.get("id", "")
        texts = [id, *("".join(map(str, text.itertext())) for text in failed.iter(f"{_SVRL}text"))]
        clauses = [clause for text in texts for clause in _CLAUSE.findall(text)]
        names.update(dict.fromkeys(clauses or filter(None, [id])))
        weights = {failed.get("role", "").lower(), failed.get("flag", "").lower()}
        is_valid = is_valid and not weights.isdisjoint(_LIGHTER)
    return Verdict(file=file, valid=is_valid, rules=tuple(names))


# --- an XSD ----------------------------------------------------------------------------------

_XMLLINT_LINE = re.compile(
    r"(?P<valid>.+) validates|(?P<invalid>.+) fails to validate"
    r"|(?P<broken>.+?):\d+: \w* ?error : .*"
)


def xmllint_verdicts(lines: Iterable[str]) -> Iterator[Verdict]:
    """The verdicts in the output of ``xmllint --noout --schema FILE``, which names no rules.

    Args:
        lines: its output on standard error.
    """
    is_valid_by_file: dict[str, bool] = {}
    for line in lines:
        found = _XMLLINT_LINE.fullmatch(line.rstrip("\r\n"))
        if found is not None:
            file = found["valid"] or found["invalid"] or found["broken"]
            is_valid_by_file[file] = is_valid_by_file.get(file, True) and found["valid"] is not None
    for file, is_valid in is_valid_by_file.items():
        yield Verdict(file=file, valid=is_valid)
