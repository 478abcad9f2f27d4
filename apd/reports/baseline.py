"""A baseline: the findings that are known, in a file, so that only new ones count.

A known finding is gone only if its document was checked, its rule applied, and, for a rule over a
set, the documents were compared. Otherwise it stays when the file is written again.
"""

import json
import os
from collections.abc import Collection, Iterable
from typing import Any

from attrs import evolve, field, frozen

from apd.errors import InvalidValue
from apd.files import whole_file
from apd.findings import Layer
from apd.reports.checked import Checked, Known
from apd.rules.cross_document import RULES as SET_RULES
from apd.rules.fingerprints import place_of_path
from apd.rules.settings import Settings, applied
from apd.sor.register_rules import every_rule
from apd.wording import Wording

FORMAT, FORMAT_VERSION = "dk-apd-baseline", 1
_NO_BASELINE = Wording("er ikke en baseline", "is not a baseline")
_MAKE_ONE = Wording(
    "dan den med apd validate --baseline FILE --update-baseline",
    "make it with apd validate --baseline FILE --update-baseline",
)


def _in_order(findings: Iterable[Known]) -> tuple[Known, ...]:
    return tuple(sorted({*findings}))


@frozen
class Baseline:
    """The findings that are known, each once, sorted."""

    findings: tuple[Known, ...] = field(converter=_in_order, default=())

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> "Baseline":
        """The baseline in a file; :class:`InvalidValue` for another file or version."""
        with open(path, "rb") as file:
            content = file.read()
        try:
            form = json.loads(content)
            is_ours = form["format"] == FORMAT and form["version"] == FORMAT_VERSION
            findings = [_read(one) for one in form["findings"]]
        except (ValueError, TypeError, KeyError):
            is_ours, findings = False, []
        if not is_ours:
            raise InvalidValue("baseline", _NO_BASELINE, _MAKE_ONE)
        return cls(findings)

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write it to a file, atomically, with each finding on a line of its own, for a diff."""
        lines = ",\n".join(f"    {json.dumps(_as_json(one))}" for one in self.findings)
        listed = f"[\n{lines}\n  ]" if lines else "[]"
        head = f'  "format": "{FORMAT}",\n  "version": {FORMAT_VERSION},\n'
        text = f'{{\n{head}  "findings": {listed}\n}}\n'
        with whole_file(path) as file:
            file.write(text.encode())


def _as_json(known: Known) -> dict[str, Any]:
    return {
        "documents": list(known.documents),
        "rule": known.rule,
        "place": known.place,
        "fingerprint": known.fingerprint,
    }


def _read(form: dict[str, Any]) -> Known:
    known = Known(tuple(form["documents"]), form["rule"], form["place"], form["fingerprint"])
    texts = (*known.documents, known.rule, known.place, known.fingerprint)
    if isinstance(form["documents"], str) or not all(isinstance(one, str) for one in texts):
        raise TypeError
    return known


class Comparison:
    """Compares findings with a baseline, document by document.

    Args:
        baseline: the known findings.
        keeps_found: keep all findings, to write the file again.
    """

    def __init__(self, baseline: Baseline, *, keeps_found: bool = False) -> None:
        self._known = {one.fingerprint: one for one in baseline.findings}
        self._documents = {name for one in baseline.findings for name in one.documents}
        self._keeps_found = keeps_found
        self._found: set[Known] = set()
        self.again: set[str] = set()
        """The fingerprints of the known findings that were found again."""
        self.seen: set[str] = set()
        """The documents of the baseline that were checked in this run."""

    def compared(self, checked: Checked) -> Checked:
        """The document, with a mark for each of its findings that is known."""
        if checked.problem is None and not checked.of_set:
            self.seen |= {checked.identity, checked.file} & self._documents
        fingerprints = [checked.fingerprint(one) for one in checked.findings]
        self.again |= self._known.keys() & fingerprints
        if self._keeps_found:
            self._found.update(
                Known(_documents(checked), one.rule, place_of_path(one.path), fingerprint)
                for one, fingerprint in zip(checked.findings, fingerprints, strict=True)
            )
        return evolve(checked, known=tuple(one in self._known for one in fingerprints))

    def gone(self, silent: Collection[str]) -> tuple[Known, ...]:
        """The known findings that were looked for and not found again.

        Args:
            silent: the ids of rules that did not apply.
        """
        return tuple(
            one
            for one in self._known.values()
            if one.fingerprint not in self.again
            and one.rule not in silent
            and self.seen.issuperset(one.documents)
        )

    def updated(self, silent: Collection[str]) -> Baseline:
        """The baseline as of now: what was found, and what was not looked for."""
        gone = {one.fingerprint for one in self.gone(silent)} | self.again
        kept = (one for one in self._known.values() if one.fingerprint not in gone)
        return Baseline((*self._found, *kept))


def silent_rules(settings: Settings, layers: Iterable[Layer], *, compared: bool) -> frozenset[str]:
    """The rules that cannot have findings: off, or of a layer that is not reported."""
    reported = {*layers, Layer.XML}
    found = {id for id, one in applied(settings).items() if one.rule.layer in reported}
    silent = {rule.id for rule in (*every_rule(), *settings.rules)} - found
    return frozenset(silent if compared else silent | {rule.id for rule in SET_RULES})


def _documents(checked: Checked) -> tuple[str, ...]:
    return (checked.file, *checked.other_files) if checked.of_set else (checked.identity,)
