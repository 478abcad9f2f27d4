"""Checks documents one by one, reports those that could not be read, and counts."""

from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing
from itertools import groupby

from attrs import evolve, fields

from apd.cli import FAILED
from apd.cli.batch.documents import File, Files
from apd.cli.batch.jobs import Job, Outcome, outcomes
from apd.cli.batch.progress import Bar
from apd.cli.batch.resume import Earlier
from apd.cli.batch.spool import Spool
from apd.cli.io import streams
from apd.cli.io.failures import unreadable
from apd.cli.views.labels import Words
from apd.findings import Finding, Severity
from apd.reports.baseline import Comparison, silent_rules
from apd.reports.checked import Checked, Ending
from apd.rules.fingerprints import digest, of_several
from apd.rules.set_keys import GROUP_KEYS, SetKeys
from apd.rules.settings import Settings
from apd.validation import findings_by_key
from apd.wording import Language

_KEYS = tuple(one.name for one in fields(SetKeys) if one.name not in ("number", "replaces"))
_COLUMNS = ("name", "identity", *_KEYS)
_GROUPS = """
    SELECT first, {columns} FROM documents JOIN (
        SELECT {key} AS shared, min(rowid) AS first FROM documents
        WHERE {key} IS NOT NULL GROUP BY {key} HAVING count(*) > 1
    ) ON {key} = shared ORDER BY first, documents.rowid
"""


class CrossDocument:
    """Collects the keys of each document for the rules over a set, and returns their findings."""

    def __init__(self, spool: Spool) -> None:
        self.documents = 0
        """The number of documents."""
        self._spool = spool
        spool.run(f"CREATE TABLE documents ({', '.join(_COLUMNS)})")
        spool.run("CREATE TABLE replaced (id)")

    def add(self, checked: Checked, keys: SetKeys | None) -> None:
        """Add a document; without keys if it could not be read."""
        self.documents += 1
        if keys is None:
            return
        identity = digest(checked.identity)
        places = ", ".join("?" * len(_COLUMNS))
        values = (getattr(keys, key) for key in _KEYS)
        self._spool.run(
            f"INSERT INTO documents VALUES ({places})", (checked.name, identity, *values)
        )
        for replaced in keys.replaces:
            self._spool.run("INSERT INTO replaced VALUES (?)", (replaced,))

    def findings(
        self, *, language: Language, settings: Settings
    ) -> Iterator[tuple[Finding, tuple[str, ...]]]:
        """Each finding with the names of its documents."""
        run = self._spool.run
        run("UPDATE documents SET is_active = 0 WHERE document_id IN (SELECT id FROM replaced)")
        for key in GROUP_KEYS:
            run(f"CREATE INDEX by_{key} ON documents ({key})")
            rows = run(_GROUPS.format(columns=", ".join(_COLUMNS), key=key))
            for _, group in groupby(rows, lambda row: row[0]):
                names, identities, keys = [], [], []
                for number, (_, name, identity, *values) in enumerate(group):
                    names.append(name)
                    identities.append(identity)
                    keys.append(SetKeys(number=number, **dict(zip(_KEYS, values, strict=True))))
                for found in findings_by_key(keys, key, language=language, settings=settings):
                    shared = (identities[number] for number in found.documents)
                    known_by = of_several(found.finding.rule, shared)
                    finding = evolve(found.finding, fingerprint=known_by)
                    yield finding, tuple(names[number] for number in found.documents)


FOUND = 1
"""The exit status if there are findings that count."""


class Checking:
    """Yields each document with its findings, and keeps no document in memory."""

    def __init__(
        self,
        files: Files,
        job: Job,
        words: Words,
        bar: Bar,
        earlier: Earlier | None = None,
        known: Comparison | None = None,
    ) -> None:
        self.ending = Ending()
        """The part of the report that is known at the end."""
        self._files = files
        self._job = job
        self._words = words
        self._bar = bar
        self._earlier = earlier
        self._known = known
        self._failed = earlier is not None and earlier.failed
        self._found: Counter[Severity] = Counter() if earlier is None else earlier.found.copy()

    def documents(
        self, processes: int, spool: Spool, *, as_set: bool | None
    ) -> Generator[Checked, None, None]:
        """Yield every document, in the order of the files.

        Without ``as_set`` they are compared with each other if there are several.
        """
        together = CrossDocument(spool)
        with closing(outcomes(self._job, self._to_do(), processes)) as found:
            for outcome in found:
                self._bar.advance()
                if outcome.left_alone is not None:
                    self.ending.left_alone[outcome.left_alone.wording] += 1
                    continue
                checked = self._held(self._checked(outcome))
                self._note(checked)
                yield checked
                if self._job.set_key is not None:
                    together.add(checked, outcome.keys)
        if as_set or (as_set is None and together.documents > 1):
            self.ending.compared = True
            for checked in self._together(together):
                self._count(checked)
                yield checked
        if self._known is not None:
            self.ending.gone = self._known.gone(self.silent_rules)

    @property
    def silent_rules(self) -> frozenset[str]:
        """The rules that cannot have findings."""
        job = self._job
        return silent_rules(job.settings, job.layers, compared=self.ending.compared)

    def _to_do(self) -> Iterator[File]:
        """The files that the earlier run did not report."""
        for file in self._files.listed():
            if self._earlier is not None and self._earlier.done.take(file.name):
                self._bar.skip()
            else:
                yield file

    def _note(self, checked: Checked) -> None:
        if checked.problem is not None:
            self._failed = True
            self._bar.hide()
            streams.flush()  # so that the error comes after earlier output
            streams.write_error(f"apd: {checked.name}: {checked.problem}")
        self._count(checked)

    def _together(self, together: CrossDocument) -> Generator[Checked, None, None]:
        """The findings about several documents together, reported with the first of them."""
        job = self._job
        for finding, names in together.findings(language=job.language, settings=job.settings):
            if finding.layer in job.layers:
                yield self._held(Checked(names[0], (finding,), of_set=True, others=names[1:]))

    def _held(self, checked: Checked) -> Checked:
        """A document, compared with the baseline."""
        return checked if self._known is None else self._known.compared(checked)

    def _count(self, checked: Checked) -> None:
        self._found.update(one.severity for one in checked.counting(Severity.INFORMATION))

    def status(self, fail_on: Severity | None) -> int:
        """The exit status for all documents; without ``fail_on`` no severity counts."""
        if self._failed:
            return FAILED
        counts = fail_on is not None and any(one >= fail_on for one in self._found)
        return FOUND if counts else 0

    def _checked(self, outcome: Outcome) -> Checked:
        return Checked(
            outcome.file.name,
            outcome.findings,
            outcome.excerpts,
            self._problem(outcome),
            document=outcome.document,
            seconds=outcome.seconds,
        )

    def _problem(self, outcome: Outcome) -> str | None:
        """The reason why a document could not be checked."""
        if outcome.error is not None:
            return unreadable(OSError(*outcome.error))
        return outcome.fault or outcome.file.problem
