"""examples/validate_with_dask.py on Dask's own schedulers, and on a cluster of this machine."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.places import ROOT

pytestmark = pytest.mark.slow  # many processes, one after another

pytest.importorskip("dask.bag", reason="Dask is not installed: pip install 'dk-apd[test]'")

PROGRAM = ROOT / "examples" / "validate_with_dask.py"


@pytest.fixture
def folder(tmp_path) -> Path:
    """Two good documents, and one that breaks a rule."""
    good = ROOT / "examples" / "documents" / "home-nurse.xml"
    (tmp_path / "in").mkdir()
    shutil.copy(good, tmp_path / "a.xml")
    shutil.copy(good, tmp_path / "in" / "b.xml")
    (tmp_path / "in" / "bad.xml").write_bytes(good.read_bytes().replace(b'"DK"', b'"SE"'))
    return tmp_path


def call(*arguments: object) -> tuple[int, str, str]:
    """Run the program; gives exit status, output and errors."""
    done = subprocess.run(
        [sys.executable, str(PROGRAM), *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


FOUND = (
    'bad.xml:3: error: code must be "DK". [CONF-DK-APD:cdc3-CODE]\n'
    "3 documents, 2 without findings\n"
)


@pytest.mark.parametrize("scheduler", ["processes", "sync"])
def test_a_directory(folder, scheduler) -> None:
    assert call(folder, scheduler) == (1, FOUND, "")


def test_files_that_cannot_be_read(folder) -> None:
    (folder / "nowhere.xml").symlink_to("nothing")
    status, out, err = call(folder, "sync")
    assert (status, err) == (2, "nowhere.xml: No such file or directory\n")
    assert out.endswith("4 documents, 2 without findings\n")
    (folder / "empty").mkdir()
    assert call(folder / "empty", "sync") == (2, "", "no XML files\n")


@pytest.fixture
def cluster() -> Iterator[str]:
    """The address of a cluster of this machine."""
    distributed = pytest.importorskip(
        "distributed", reason="dask.distributed is not installed: pip install 'dk-apd[test]'"
    )
    with distributed.LocalCluster(
        n_workers=1,
        threads_per_worker=2,
        processes=False,
        protocol="tcp",
        host="127.0.0.1",
        dashboard_address=None,
    ) as cluster:
        yield cluster.scheduler_address


def test_a_cluster(folder, cluster) -> None:
    assert cluster.startswith("tcp://")
    assert call(folder, cluster) == (1, FOUND, "")
