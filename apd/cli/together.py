"""What is wrong with documents together, however many there are."""

from collections.abc import Iterator
from itertools import groupby

from attrs import fields

from apd.cli.scratch import Scratch
from apd.finding import Finding
from apd.rules.documents import DocumentKeys
from apd.rules.settings import Settings
from apd.validation import findings_over_set
from apd.wording import Language

RULES_BY_KEY = {
    "document_id": ("SET-DOCUMENT-ID",),
    "appointment_id": ("SET-APPOINTMENT-ID",),
    "repetition_id": ("SET-SERIES-PATIENT", "SET-SERIES-LOCATION", "SET-SERIES-REASON"),
    "patient": ("SET-OVERLAP",),
}
"""What documents share that these rules find wrong together; so only those need be in memory."""

_KEYS = tuple(one.name for one in fields(DocumentKeys) if one.name != "replaces")
_COLUMNS = ("name", *_KEYS)
_GROUPS = """
    SELECT first, {columns} FROM documents JOIN (
        SELECT {key} AS shared, min(rowid) AS first FROM documents
        WHERE {key} IS NOT NULL GROUP BY {key} HAVING count(*) > 1
    ) ON {key} = shared ORDER BY first, documents.rowid
"""


class Together:
    """Takes what the rules over a set need of each document, and tells what they find.

    Args:
        scratch: where it is kept.
    """

    def __init__(self, scratch: Scratch) -> None:
        self.documents = 0
        """How many there are."""
        self._scratch = scratch
        scratch.run(f"CREATE TABLE documents ({', '.join(_COLUMNS)})")
        scratch.run("CREATE TABLE replaced (id)")

    def add(self, name: str, keys: DocumentKeys | None) -> None:
        """One document more; without keys where it could not be read."""
        self.documents += 1
        if keys is None:
            return
        places = ", ".join("?" * len(_COLUMNS))
        values = (self._kept(getattr(keys, key)) for key in _KEYS)
        self._scratch.run(f"INSERT INTO documents VALUES ({places})", (name, *values))
        for replaced in keys.replaces:
            self._scratch.run("INSERT INTO replaced VALUES (?)", (self._kept(replaced),))

    def _kept(self, value: object) -> object:
        return self._scratch.digest(value) if isinstance(value, bytes) else value

    def findings(
        self, *, language: Language, settings: Settings
    ) -> Iterator[tuple[Finding, tuple[str, ...]]]:
        """Each finding with the names of its documents; those that share something together."""
        run = self._scratch.run
        run("UPDATE documents SET is_active = 0 WHERE document_id IN (SELECT id FROM replaced)")
        for key, rules in RULES_BY_KEY.items():
            run(f"CREATE INDEX by_{key} ON documents ({key})")
            rows = run(_GROUPS.format(columns=", ".join(_COLUMNS), key=key))
            for _, group in groupby(rows, lambda row: row[0]):
                names, keys = [], []
                for _, name, *values in group:
                    names.append(name)
                    keys.append(DocumentKeys(**dict(zip(_KEYS, values, strict=True))))
                for found in findings_over_set(keys, language=language, settings=settings):
                    if found.finding.rule in rules:
                        yield found.finding, tuple(names[number] for number in found.documents)
