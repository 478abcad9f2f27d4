"""What a function gives is the same, however many threads are at work.

A server answers each request in a thread of its own. What one is told must not depend on the
documents of others, nor hold anything of them.
"""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple, TypeVar

import pytest

import apd
from apd.cda.remembering import made_once
from apd.testing import synthetic
from apd.testing.defects import defects, is_of_set, with_defect
from tests import samples
from tests.places import ROOT
from tests.test_caches import USES, Given, Use, documents

T = TypeVar("T")
THREADS = 8
DEFECTS = [rule for rule in defects() if not is_of_set(rule)]
OF_SCHEMA = [rule for rule in DEFECTS if rule.startswith("XSD-")]
OFTEN = 60
"""Of so many documents that a schema refuses, a few met in its log when nothing kept them apart."""


def in_threads(work: Callable[[T], object], given: Sequence[T]) -> list[object]:
    """What a piece of work makes of each, in many threads that take turns often."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(THREADS) as threads:
            return list(threads.map(work, given))
    finally:
        sys.setswitchinterval(usual)


def found_in(data: bytes) -> object:
    """What is found in a document."""
    return apd.validate(data).findings


@pytest.mark.parametrize(
    "rules",
    [
        pytest.param(OF_SCHEMA * OFTEN, id="the schema"),
        pytest.param(DEFECTS, id="all", marks=pytest.mark.slow),
    ],
)
def test_what_is_found_is_of_the_document(rules: list[str]) -> None:
    documents = [with_defect(samples.document(), rule) for rule in rules]
    assert in_threads(found_in, documents) == [found_in(data) for data in documents]


class Job(NamedTuple):
    """What is used, and what it is given."""

    use: Use
    given: Given


def used(job: Job) -> object:
    """What a public function gives, or the error that it raises."""
    use, given = job
    try:
        return use(given)
    except (apd.ApdError, AssertionError) as error:
        return repr(error)


def test_what_public_functions_give() -> None:
    bytes_of = [*documents(), apd.dumps(samples.document()), apd.dumps(samples.full_document())]
    jobs = [Job(use, Given(data, apd.loads(data))) for data in bytes_of for use in USES.values()]
    random.Random(0).shuffle(jobs)
    given = zip(in_threads(used, jobs), map(used, jobs), jobs, strict=True)
    assert [job.use for one, alone, job in given if one != alone and repr(one) != repr(alone)] == []


def read_and_checked(data: bytes) -> object:
    """What a document says, and what is found in it."""
    return apd.loads(data), apd.validate(data).findings


def first_documents() -> None:
    """Read and check the first documents of a process, some clean and some not, in threads."""
    clean = [apd.dumps(one, check=False) for one in synthetic.documents(40, seed=1)]
    both = [
        *clean,
        *(data.replace(b"<effectiveTime ", b'<effectiveTime id="a" ') for data in clean),
    ]
    random.Random(0).shuffle(both)
    assert in_threads(read_and_checked, both) == list(map(read_and_checked, both))


def test_what_the_first_documents_say() -> None:
    script = "from tests.test_threads import first_documents; first_documents()"
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT)


def test_what_takes_long_is_made_once() -> None:
    made = []

    @made_once(maxsize=2)
    def make(of: int) -> int:
        made.append(of)
        time.sleep(0.05)
        return -of

    assert in_threads(make, [1, 2] * THREADS) == [-1, -2] * THREADS
    assert sorted(made) == [1, 2]


FORKED = """
import os, threading, time
from apd.locks import shared_lock

lock, is_held = shared_lock(), threading.Event()

def hold():
    with lock:
        is_held.set()
        time.sleep(0.2)

threading.Thread(target=hold).start()
is_held.wait()
forked = os.fork()
if not forked:
    os._exit(0 if lock.acquire(timeout=10) else 1)
raise SystemExit(os.waitstatus_to_exitcode(os.waitpid(forked, 0)[1]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked here")
def test_a_process_that_is_forked_has_no_lock_of_a_thread_that_it_has_not() -> None:
    subprocess.run([sys.executable, "-W", "ignore", "-c", FORKED], check=True, cwd=ROOT)
