"""Tries the mutants of the fixed sample; fails when the tests see fewer than the floor asks.

``python -m tests.mutation.running`` tries the whole sample, ``… series`` one matter,
``… 0123456789ab`` one mutant, of the sample or not; ``--list`` shows them and tries none.

A mutant is written into a copy of the project, and the tests of its matter run there, in a process
of their own, with a fixed seed; the checkout is never touched. It is killed when a test fails or
nothing can be imported, or when the tests take much longer than without it; else it survives and is
shown. Mutants that no test can see stand in ``equivalent.toml`` and are not tried.

It is written here as no library does it. mutmut 3 mutates functions alone and passes over those
with a decorator: tables, fields and whatever is cached would never be tried, which is half of the
rules. cosmic-ray changes no texts, has one command for all modules, and rewrites the checkout.
Neither has a sample that stays the same when other code changes.
"""

import argparse
import contextlib
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from difflib import unified_diff
from enum import StrEnum
from pathlib import Path

from tests.mutation.sample import Chosen, Matter, all_mutants, equivalent, floor, matters, sample
from tests.places import ROOT

_COPIED = ("apd", "docs", "examples", "tests", "CHANGELOG.md", "README.md", "pyproject.toml")
_PYTEST = (
    *("-x", "-q", "--no-header", "--tb=line", "-o", "addopts=", "-m", "not slow"),
    *("-p", "no:cacheprovider", "-p", "_hypothesis_pytestplugin", "--hypothesis-seed=0"),
)
"""The plugins that are installed are not loaded: that takes longer than most of the tests do."""
_TIMES_AS_LONG, _SECONDS_MORE = 4, 20
"""The tests may take so many times as long as without the mutant, and so many seconds more."""
_MEMORY = 4 * 2**30
"""So many bytes may be taken while a mutant is tried: some never end and collect all the while."""


class Outcome(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    TIMED_OUT = "timed out"
    SURVIVED = "survived"


class Copy:
    """A copy of the project in which one mutant after the other is tried."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for name in _COPIED:
            if (ROOT / name).is_dir():
                without = shutil.ignore_patterns("__pycache__", ".hypothesis")
                shutil.copytree(ROOT / name, folder / name, ignore=without)
            elif (ROOT / name).exists():
                shutil.copy2(ROOT / name, folder / name)

    def seconds(self, matter: Matter) -> float:
        """How long the tests of a matter take without a mutant.

        Raises:
            SystemExit: they fail.
        """
        begins = time.monotonic()
        status, output = self._tested(matter, None, keeps_bytecode=True)
        if status != 0:
            raise SystemExit(f"{matter.name}: the tests fail without any mutant\n{output}")
        return time.monotonic() - begins

    def tried(self, chosen: Chosen, seconds: float) -> Outcome:
        """What becomes of a mutant.

        Args:
            chosen: the mutant.
            seconds: how long its tests may take.
        """
        target = self._folder / chosen.path
        made = target.stat()
        target.write_bytes(chosen.mutant.of(chosen.source))
        try:
            status, _ = self._tested(chosen.matter, seconds)
        except subprocess.TimeoutExpired:
            return Outcome.TIMED_OUT
        finally:
            target.write_bytes(chosen.source)
            os.utime(target, ns=(made.st_atime_ns, made.st_mtime_ns))  # its bytecode is known by it
        return Outcome.KILLED if status else Outcome.SURVIVED

    def _tested(
        self, matter: Matter, seconds: float | None, *, keeps_bytecode: bool = False
    ) -> tuple[int, str]:
        # what one mutant made hypothesis remember must not help to find the next
        shutil.rmtree(self._folder / ".hypothesis", ignore_errors=True)
        environment = {
            **os.environ,
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            "PYTHONHASHSEED": "0",
            "PYTHONPATH": str(self._folder),
        }
        if not keeps_bytecode:
            environment["PYTHONDONTWRITEBYTECODE"] = "1"
        process = subprocess.Popen(
            [sys.executable, "-m", "pytest", *_PYTEST, *matter.tests],
            cwd=self._folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
            preexec_fn=_with_bounded_memory if os.name == "posix" else None,
        )
        try:
            output, _ = process.communicate(timeout=seconds)
        except BaseException:  # it took too long, or the run is broken off
            _end(process)
            raise
        return process.returncode, output


def _with_bounded_memory() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _end(process: "subprocess.Popen[str]") -> None:
    """End a process, and what it has started."""
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate()


def outcomes(chosen: list[Chosen], processes: int) -> Iterator[tuple[Chosen, Outcome]]:
    """What becomes of each mutant, in their order.

    Args:
        chosen: the mutants.
        processes: so many are tried at once.
    """
    with tempfile.TemporaryDirectory(prefix="mutation-") as place:
        copies: queue.SimpleQueue[Copy] = queue.SimpleQueue()
        first = Copy(Path(place) / "0")
        longest: dict[Matter, float] = {}
        for matter in dict.fromkeys(one.matter for one in chosen):
            taken = first.seconds(matter)
            longest[matter] = taken * _TIMES_AS_LONG + _SECONDS_MORE
            print(f"{matter.name}: {taken:.0f} s without a mutant", flush=True)
        copies.put(first)
        for number in range(1, processes):
            copies.put(Copy(Path(place) / str(number)))

        def tried(one: Chosen) -> Outcome:
            copy = copies.get()
            try:
                return copy.tried(one, longest[one.matter])
            finally:
                copies.put(copy)

        with ThreadPoolExecutor(processes) as pool:
            yield from zip(chosen, pool.map(tried, chosen), strict=True)


def shown(chosen: Chosen) -> str:
    """A mutant as a difference."""
    texts = chosen.source, chosen.mutant.of(chosen.source)
    before, after = (text.decode().splitlines() for text in texts)
    name = chosen.path.as_posix()
    lines = unified_diff(before, after, name, name, n=1, lineterm="")
    return "\n".join((f"{chosen.mutant.id} in {chosen.mutant.where or 'the module'}", *lines))


def _wanted(names: list[str], parser: argparse.ArgumentParser) -> list[Chosen]:
    if not names:
        return sample()
    known = {matter.name for matter in matters()}
    ids = set(names) - known
    chosen = [one for one in sample() if one.matter.name in names]
    chosen += [one for one in all_mutants() if one.mutant.id in ids] if ids else []
    if unknown := ids - {one.mutant.id for one in chosen}:
        parser.error(f"neither a matter nor a mutant: {', '.join(sorted(unknown))}")
    return chosen


def main(arguments: list[str] | None = None) -> int:
    """Try the mutants and tell what became of them; 1 when fewer are seen than the floor asks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="matters, or ids of mutants")
    parser.add_argument("--processes", type=int, default=1, help="so many at once")
    parser.add_argument("--list", action="store_true", help="show the mutants, and try none")
    given = parser.parse_args(arguments)
    wanted = _wanted(given.names, parser)
    known = equivalent()
    if given.list:
        print("\n\n".join(map(shown, wanted)))
        return 0
    chosen = [one for one in wanted if given.names or one.mutant.id not in known]
    counted: Counter[Outcome] = Counter()
    for one, outcome in outcomes(chosen, given.processes):
        counted[outcome] += 1
        at = f"{one.path.as_posix()}:{one.mutant.line}"
        print(f"{one.mutant.id} {outcome:<9} {at}", flush=True)
        if outcome is Outcome.SURVIVED:
            print(shown(one), flush=True)
    counts = ", ".join(f"{counted[outcome]} {outcome}" for outcome in Outcome)
    seen = 100 * (len(chosen) - counted[Outcome.SURVIVED]) / max(len(chosen), 1)
    print(f"{len(wanted)} mutants, {len(wanted) - len(chosen)} equivalent: {counts}; {seen:.1f} %")
    return int(seen < floor())


if __name__ == "__main__":
    sys.exit(main())
