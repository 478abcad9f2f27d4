"""How long reading, writing and the schema take: ``pytest tests/benchmarks --benchmark-only``.

Nothing is asserted of a time, which is the machine's. For ratios see ``tests.benchmarks.ratios``.
"""

from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

import apd
from tests import samples
from tests.benchmarks import vendor
from tests.benchmarks.ratios import ratio, started
from tests.benchmarks.work import OTHERS, STARTS, UNIT, WORKS, documents

DOCUMENTS = documents()


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("work", ["unit", *OTHERS, *WORKS])
def test_work(benchmark: BenchmarkFixture, work: str, name: str) -> None:
    benchmark.group = name
    prepare = UNIT if work == "unit" else (OTHERS | WORKS)[work]
    assert benchmark(prepare(DOCUMENTS[name])) is not None


@pytest.mark.parametrize("what", STARTS)
def test_start(benchmark: BenchmarkFixture, what: str, tmp_path: Path) -> None:
    benchmark.group = "start"
    arguments = (STARTS[what], str(tmp_path))
    benchmark.pedantic(started, arguments, rounds=10)  # type: ignore[no-untyped-call]


def test_the_ratios_can_be_printed() -> None:
    """The script measures something; how much is for people to judge."""
    data = DOCUMENTS["written"]
    found = ratio(UNIT(data), WORKS["loads"](data), turns=2)
    assert found.shortest > 0
    assert found.median > 0


def test_the_reader_to_compare_with_reads() -> None:
    """It reads what it is there for, or it would be fast for nothing."""
    found = vendor.read(apd.dumps(samples.document(), check=False))
    document = samples.document().appointment
    assert (found.cpr, found.start) == (samples.CPR, document.schedule.start)
    assert found.reason == "Kontrol af knæ"
    assert found.patient.name == "Solveig Maj Tranekær"
    assert found.place.name == "Indgang 4, stuen"
