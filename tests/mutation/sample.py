"""The fixed sample: which mutants are tried, which tests have to see each, what cannot be seen."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from tests.mutation.operators import Mutant, mutants
from tests.places import ROOT

_FOLDER = Path(__file__).parent


class Matter(NamedTuple):
    """Modules and the tests that have to see a mutant of them.

    Args:
        name: of the matter.
        modules: patterns of their paths below the project's folder.
        tests: paths of files and folders of tests, in the order in which they are run.
    """

    name: str
    modules: tuple[str, ...]
    tests: tuple[str, ...]

    def paths(self) -> Iterator[Path]:
        """The modules, as paths below the project's folder."""
        for pattern in self.modules:
            yield from (path.relative_to(ROOT) for path in sorted(ROOT.glob(pattern)))


class Chosen(NamedTuple):
    """A mutant with its module.

    Args:
        matter: that the module belongs to.
        path: of the module below the project's folder.
        source: of the module.
        mutant: the change.
    """

    matter: Matter
    path: Path
    source: bytes
    mutant: Mutant


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((_FOLDER / "sample.toml").read_text("utf-8"))


def floor() -> int:
    """So many of a hundred mutants have to be seen."""
    return int(_table()["floor"])


def matters() -> tuple[Matter, ...]:
    """What is mutated."""
    return tuple(
        Matter(row["name"], tuple(row["modules"]), tuple(row["tests"]))
        for row in _table()["matter"]
    )


def equivalent() -> dict[str, str]:
    """The ids of the mutants that no test can see, with the reason of each."""
    rows = tomllib.loads((_FOLDER / "equivalent.toml").read_text("utf-8"))
    return {id: row["reason"] for id, row in rows.items()}


def all_mutants() -> Iterator[Chosen]:
    """Every mutant of every module, in the order of the table."""
    for matter in matters():
        for path in matter.paths():
            source = (ROOT / path).read_bytes()
            yield from (Chosen(matter, path, source, mutant) for mutant in mutants(source))


def sample() -> list[Chosen]:
    """The mutants that are tried: those whose ids, as numbers, are divided by ``one_in``.

    So whether a mutant is of the sample does not hang on any other, nor on names of modules.
    """
    one_in = int(_table()["one_in"])
    return [chosen for chosen in all_mutants() if int(chosen.mutant.id, 16) % one_in == 0]
