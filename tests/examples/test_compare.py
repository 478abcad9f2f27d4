"""The examples that compare documents on an engine find what ``apd.validate_all`` finds."""

import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest

import apd
from apd.testing.defects import defects, is_of_set, set_with_defect
from apd.testing.synthetic import documents
from tests.places import ROOT

pytestmark = pytest.mark.slow  # 5,000 documents, and many processes

MANY = 5_000
ENGINES = {"compare_with_polars.py": "polars", "compare_with_dask.py": "dask.distributed"}


def with_defects(count: int) -> Iterator[bytes]:
    """Every third document has a defect, alone or together with another one, or both at once."""
    rules = cycle(sorted(defects(), key=lambda rule: not is_of_set(rule)))
    for number, document in enumerate(documents(count, seed=5)):
        if number % 3:
            yield apd.dumps(document)
        else:
            yield from set_with_defect(document, "SET-OVERLAP" if number % 2 else next(rules))


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The documents as files."""
    path = tmp_path_factory.mktemp("documents")
    for number, data in enumerate(with_defects(MANY)):
        (path / f"{number:05}.xml").write_bytes(data)
    return path


@pytest.fixture(scope="module")
def expected(folder) -> list[str]:
    """What is to be printed."""
    paths = sorted(folder.iterdir())
    lines = [
        f"{found.finding.severity}: {found.finding.message} "
        f"({', '.join(paths[number].name for number in found.documents)})"
        for found in apd.validate_all(paths).findings
    ]
    assert len({line.partition(" (")[0] for line in lines}) == sum(map(is_of_set, defects()))
    assert len(lines) > MANY / 10
    return sorted([*lines, f"{len(paths)} documents compared"])


@pytest.mark.parametrize("program", ENGINES)
def test_the_same_is_found(program, folder, expected) -> None:
    pytest.importorskip(ENGINES[program], reason="not installed: pip install 'dk-apd[test]'")
    done = subprocess.run(
        [sys.executable, str(ROOT / "examples" / program), str(folder)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert sorted(done.stdout.splitlines()) == expected, done.stderr
    assert done.returncode == 1
