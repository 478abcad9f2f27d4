"""Runs targets for a bounded time, by atheris where it is installed, else at random.

``python -m tests.fuzz.running --seconds 600`` shares the time among all targets;
``… laws pages`` among some. What breaks a target is written to ``--found``.
"""

import argparse
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from random import Random
from types import FrameType

from tests.fuzz.mutating import mutated

_LONGEST = 60
"""So many seconds an input may take, on a machine that does much else as well."""
_MEMORY = 2048
"""So many MiB a run may take."""


def run_at_random(name: str, seconds: float, seed: int) -> int:
    """Try inputs made at random; how many they were. The first that breaks something ends it."""
    from tests.fuzz.targets import TARGETS, tried

    target, random = TARGETS[name], Random(seed)
    pool = target.seeds()
    ends, count = time.monotonic() + seconds, 0
    while time.monotonic() < ends:
        data = mutated(random.choice(pool), random, target.most)
        count += 1
        with _reported(data), _within(_LONGEST):
            tried(target, data)
        if len(pool) < 200 and random.random() < 0.01:
            pool.append(data)
    return count


class Broken(AssertionError):
    """An input that broke a target."""

    def __init__(self, data: bytes, error: BaseException) -> None:
        super().__init__(f"{type(error).__name__}: {error}")
        self.data = data


@contextmanager
def _reported(data: bytes) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        raise Broken(data, error) from error


@contextmanager
def _within(seconds: int) -> Iterator[None]:
    if not hasattr(signal, "SIGALRM"):  # Windows
        yield
        return

    def stop(_: int, __: FrameType | None) -> None:
        raise TimeoutError(f"takes more than {seconds} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def run_guided(name: str, seconds: float, seed: int, found: Path) -> None:
    """Let atheris choose the inputs, by what code they reach. Does not return."""
    import atheris  # type: ignore[import-not-found]

    with atheris.instrument_imports(include=["apd"]):  # before anything else imports it
        from tests.fuzz.targets import TARGETS, tried

    target = TARGETS[name]
    corpus = found / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(target.seeds()):
        (corpus / f"seed-{number}").write_bytes(data)

    def another(data: bytes, most: int, seed: int) -> bytes:
        random = Random(seed)
        if random.random() < 0.1:
            return bytes(atheris.Mutate(data, most))
        return mutated(data, random, most)

    options = [
        f"-max_total_time={round(seconds)}",
        f"-max_len={target.most}",
        f"-timeout={_LONGEST}",
        f"-rss_limit_mb={_MEMORY}",
        f"-seed={seed}",
        f"-artifact_prefix={found}/{name}-",
        "-print_final_stats=1",
        str(corpus),
    ]
    atheris.Setup([sys.argv[0], *options], lambda data: tried(target, data), custom_mutator=another)
    atheris.Fuzz()


def _one(name: str, seconds: float, seed: int, found: Path) -> None:
    """One target, in a process of its own."""
    if find_spec("atheris") is not None:
        run_guided(name, seconds, seed, found)
    try:
        count = run_at_random(name, seconds, seed)
    except Broken as broken:
        found.mkdir(parents=True, exist_ok=True)
        (found / f"{name}-broken").write_bytes(broken.data)
        raise
    print(f"stat::number_of_executed_units: {count}", file=sys.stderr)


_EXECUTED = "stat::number_of_executed_units:"


def main(arguments: list[str] | None = None) -> int:
    """Run the targets one after another, tell how many inputs each has seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", default=[])
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--found", type=Path, default=Path("fuzzed"))
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    given.found.mkdir(parents=True, exist_ok=True)
    if given.alone:
        _one(given.targets[0], given.seconds, given.seed, given.found)
        return 0
    from tests.fuzz.targets import TARGETS

    names = given.targets or list(TARGETS)
    if unknown := set(names) - set(TARGETS):
        parser.error(
            f"no such target: {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}"
        )
    total, broken = 0, []
    for name in names:
        each = given.seconds / len(names)
        command = [sys.executable, "-m", "tests.fuzz.running", name, "--alone"]
        options = [f"--seconds={each}", f"--seed={given.seed}", f"--found={given.found}"]
        done = subprocess.run(
            [*command, *options],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        lines = [line for line in done.stderr.splitlines() if line.startswith(_EXECUTED)]
        count = int(lines[-1].removeprefix(_EXECUTED)) if lines else 0
        total += count
        failed = f", exit status {done.returncode}" if done.returncode else ""
        print(f"{name}: {count} inputs{failed}", flush=True)
        if done.returncode:
            broken.append(name)
            print("\n".join(done.stderr.splitlines()[-40:]))
    print(f"{total} inputs, {len(broken)} targets broken")
    return len(broken)


if __name__ == "__main__":
    sys.exit(main())
