"""Whatever is sent, the library answers with a value or an error of its own, and keeps its laws.

A run of ten minutes, guided by coverage: ``python -m tests.fuzz.running --seconds 600``.
"""

import subprocess
import sys
from random import Random

import pytest

import apd
from tests.fuzz.mutating import mutated
from tests.fuzz.running import run_at_random
from tests.fuzz.targets import TARGETS, tried
from tests.places import ROOT

EVERY_TIME = 3
SECONDS = 120
"""For all targets together, where much time is given."""


@pytest.mark.parametrize("name", TARGETS)
def test_what_it_begins_with_breaks_nothing(name: str) -> None:
    target = TARGETS[name]
    for data in target.seeds()[:EVERY_TIME]:
        tried(target, data)


@pytest.mark.parametrize("name", TARGETS)
def test_a_few_changed_inputs_break_nothing(name: str) -> None:
    target, random = TARGETS[name], Random(name)
    for _ in range(EVERY_TIME):
        tried(target, mutated(random.choice(target.seeds()), random, target.most))


def test_the_same_seed_makes_the_same_input() -> None:
    data = TARGETS["laws"].seeds()[0]
    one, other = (mutated(data, Random(5), 40_000) for _ in range(2))
    assert one == other != data


def test_many_changed_documents_can_be_read() -> None:
    """Otherwise the parser is tried, and nothing behind it."""
    random, data = Random(1), TARGETS["laws"].seeds()[0]
    read = 0
    for _ in range(100):
        try:
            apd.loads(mutated(data, random, 40_000))
        except apd.ParseError:
            continue
        read += 1
    assert read > 30


def test_what_breaks_a_target_is_reported() -> None:
    def break_it(data: bytes) -> None:
        raise ZeroDivisionError

    broken = TARGETS["laws"]._replace(run=break_it)
    with pytest.raises(ZeroDivisionError):
        tried(broken, b"")


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_a_while_at_random(name: str) -> None:
    assert run_at_random(name, SECONDS / 2 / len(TARGETS), seed=1) > 1


@pytest.mark.slow
def test_a_while_guided_by_coverage(tmp_path) -> None:
    pytest.importorskip("atheris", reason="the extra fuzz is not installed")
    command = [sys.executable, "-m", "tests.fuzz.running", f"--seconds={SECONDS / 2}"]
    done = subprocess.run(
        [*command, f"--found={tmp_path}"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout
