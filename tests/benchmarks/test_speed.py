"""How long reading, writing and the schema take: ``pytest tests/benchmarks --benchmark-only``.

Nothing is asserted of a time, which is the machine's. For ratios see ``tests.benchmarks.ratios``.
"""

import subprocess
import sys

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.benchmarks.ratios import ratio
from tests.benchmarks.work import IMPORTS, UNIT, WORKS, documents
from tests.places import ROOT

DOCUMENTS = documents()


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("work", ["unit", *WORKS])
def test_work(benchmark: BenchmarkFixture, work: str, name: str) -> None:
    benchmark.group = name
    prepare = UNIT if work == "unit" else WORKS[work]
    assert benchmark(prepare(DOCUMENTS[name])) is not None


@pytest.mark.parametrize("what", IMPORTS)
def test_import(benchmark: BenchmarkFixture, what: str) -> None:
    benchmark.group = "import"
    command = [sys.executable, "-c", IMPORTS[what]]
    benchmark.pedantic(  # type: ignore[no-untyped-call]
        subprocess.run, (command,), {"cwd": ROOT, "check": True}, rounds=10
    )


def test_the_ratios_can_be_told() -> None:
    """The script measures something; how much is for people to judge."""
    data = DOCUMENTS["written"]
    found = ratio(UNIT(data), WORKS["loads"](data), turns=2)
    assert found.shortest > 0
    assert found.median > 0
