"""What validating costs. ``pytest --benchmark-only`` runs these; read them beside each other."""

from collections.abc import Callable
from typing import Any, TypeVar

from lxml import etree
from pytest_benchmark.fixture import BenchmarkFixture

import apd
from apd.validation import validate, validate_all
from tests import samples
from tests.rules.editing import edited, with_check_digits

T = TypeVar("T")
ROUNDS = 100
DATA = with_check_digits(apd.dumps(samples.document()))


def run(benchmark: BenchmarkFixture, function: Callable[..., T], *args: Any, **how: Any) -> T:
    """``benchmark.pedantic``, which has no types."""
    result: T = benchmark.pedantic(function, *args, **how)  # type: ignore[no-untyped-call]
    return result


def test_the_unit(benchmark: BenchmarkFixture) -> None:
    """What the others are measured by: lxml reading the same bytes."""
    run(benchmark, etree.fromstring, (DATA,), rounds=ROUNDS, iterations=10, warmup_rounds=5)


def test_validate(benchmark: BenchmarkFixture) -> None:
    """All layers, on a valid document of about 9 kB."""
    report = run(benchmark, validate, (DATA,), rounds=ROUNDS, iterations=10, warmup_rounds=5)

    assert report.findings == ()


def test_validate_what_the_schema_rejects(benchmark: BenchmarkFixture) -> None:
    """With the explanation, which takes another library."""
    data = edited("remove $author/id")

    assert not run(benchmark, validate, (data,), rounds=10, warmup_rounds=2).is_valid


def test_validate_a_hundred_together(benchmark: BenchmarkFixture) -> None:
    """A set, with what the documents say together."""
    reports = run(benchmark, lambda: list(validate_all([DATA] * 100)), rounds=10, warmup_rounds=1)

    assert len(reports) == 100
