"""How many documents of each folder are clean, and which rules they break most."""

from collections import Counter
from collections.abc import Iterable
from itertools import takewhile
from typing import Literal

from attrs import frozen

from apd.testing.bench.names import folder_of, rules_named, shown
from apd.testing.bench.verdicts import CombinedVerdict, Verdict, by_file

By = Literal["vendor", "folder"]
"""By the first folder below the one that all files share, or by the folder of the file."""


@frozen(kw_only=True)
class RuleCount:
    """How many documents break a rule.

    Args:
        rule: its id, or the name as given if no rule has it.
        documents: the number of documents.
    """

    rule: str
    documents: int


@frozen(kw_only=True)
class Scorecard:
    """The findings in the documents of a folder.

    Args:
        folder: its name, relative to the folder that all share; "." for that folder itself.
        documents: the number of documents.
        clean: the number of documents without findings.
        invalid: the number of documents with errors.
        unjudged: the number of documents that could not be judged.
        rules: the rules that are broken, the most frequent first.
    """

    folder: str
    documents: int
    clean: int
    invalid: int
    unjudged: int
    rules: tuple[RuleCount, ...]


def scorecards(verdicts: Iterable[Verdict], by: By = "vendor") -> tuple[Scorecard, ...]:
    """The findings in the documents of each folder, sorted by the names of the folders.

    A finding about several documents together counts in each of them.

    Args:
        verdicts: the verdicts of any validator; several about a file count together.
        by: ``"vendor"`` or ``"folder"``.
    """
    documents = by_file(verdicts)
    shared = _shared([folder_of(file) for file in documents])
    last = shared + 1 if by == "vendor" else None
    folders: dict[str, list[CombinedVerdict]] = {}
    for file, document in documents.items():
        folder = "/".join(folder_of(file)[shared:last]) or "."
        folders.setdefault(folder, []).append(document)
    return tuple(_card(folder, folders[folder]) for folder in sorted(folders))


def _shared(folders: list[tuple[str, ...]]) -> int:
    """The number of leading directories that all files share."""
    if not folders:
        return 0
    pairs = zip(min(folders), max(folders), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _card(folder: str, documents: list[CombinedVerdict]) -> Scorecard:
    counted = Counter(rule for document in documents for rule in _rules(document))
    ordered = sorted(counted.items(), key=lambda row: (-row[1], row[0]))
    return Scorecard(
        folder=folder,
        documents=len(documents),
        clean=sum(one.is_judged and not one.is_refused and not one.names for one in documents),
        invalid=sum(one.is_refused for one in documents),
        unjudged=sum(not one.is_judged for one in documents),
        rules=tuple(RuleCount(rule=rule, documents=count) for rule, count in ordered),
    )


def _rules(document: CombinedVerdict) -> set[str]:
    return {next(iter(rules_named(name)), shown(name)) for name in document.names or ()}
