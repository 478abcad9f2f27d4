"""What is wrong with documents together, however many there are."""

from collections.abc import Iterator
from itertools import groupby

from attrs import fields

from apd.cli.batch.spool import Spool
from apd.findings import Finding
from apd.rules.set_keys import GROUP_KEYS, SetKeys
from apd.rules.settings import Settings
from apd.validation import findings_by_key
from apd.wording import Language

_KEYS = tuple(one.name for one in fields(SetKeys) if one.name not in ("number", "replaces"))
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
        spool: where it is kept.
    """

    def __init__(self, spool: Spool) -> None:
        self.documents = 0
        """How many there are."""
        self._spool = spool
        spool.run(f"CREATE TABLE documents ({', '.join(_COLUMNS)})")
        spool.run("CREATE TABLE replaced (id)")

    def add(self, name: str, keys: SetKeys | None) -> None:
        """One document more; without keys where it could not be read."""
        self.documents += 1
        if keys is None:
            return
        places = ", ".join("?" * len(_COLUMNS))
        values = (getattr(keys, key) for key in _KEYS)
        self._spool.run(f"INSERT INTO documents VALUES ({places})", (name, *values))
        for replaced in keys.replaces:
            self._spool.run("INSERT INTO replaced VALUES (?)", (replaced,))

    def findings(
        self, *, language: Language, settings: Settings
    ) -> Iterator[tuple[Finding, tuple[str, ...]]]:
        """Each finding with the names of its documents; those that share something together."""
        run = self._spool.run
        run("UPDATE documents SET is_active = 0 WHERE document_id IN (SELECT id FROM replaced)")
        for key in GROUP_KEYS:
            run(f"CREATE INDEX by_{key} ON documents ({key})")
            rows = run(_GROUPS.format(columns=", ".join(_COLUMNS), key=key))
            for _, group in groupby(rows, lambda row: row[0]):
                names, keys = [], []
                for number, (_, name, *values) in enumerate(group):
                    names.append(name)
                    keys.append(SetKeys(number=number, **dict(zip(_KEYS, values, strict=True))))
                for found in findings_by_key(keys, key, language=language, settings=settings):
                    yield found.finding, tuple(names[number] for number in found.documents)
