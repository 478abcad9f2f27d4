"""Prints the memory and the rate of ``apd validate`` over very many documents.

``python -m tests.benchmarks.bulk [COUNT [JOBS]]`` generates that many documents (20,000 by
default) into a zip, a .tar.gz and a directory, and validates each of the three as a user would,
with the comparison of all of them. Memory is that of all processes together, told after each
tenth of the documents, and at the end, when they are compared. It asks for Linux.
"""

import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import apd
from apd.testing.synthetic import documents

_SEED = 6


def make(folder: Path, count: int) -> tuple[Path, Path, Path]:
    """The same documents in a zip, in a packed tar and in a directory."""
    zipped, packed, plain = folder / "all.zip", folder / "all.tar.gz", folder / "all"
    plain.mkdir()
    with (
        zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as zip_file,
        tarfile.open(packed, "w:gz") as tar_file,
    ):
        for number, document in enumerate(documents(count, _SEED)):
            name, data = f"{number:07}.xml", apd.dumps(document)
            (plain / name).write_bytes(data)
            zip_file.writestr(name, data)
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar_file.addfile(member, BytesIO(data))
    return zipped, packed, plain


def memory(process: int) -> float:
    """What a process and those that it started hold, in MiB: the pages that are theirs alone,
    and their part of those that they share."""
    found = 0.0
    for one in (process, *_started_by(process)):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="utf-8").splitlines()
        except OSError:  # it has just ended
            continue
        found += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return found


def _started_by(process: int) -> Iterator[int]:
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, task.read_text(encoding="utf-8").split()):
            yield child
            yield from _started_by(child)


def measure(source: Path, count: int, jobs: int) -> None:
    """Validate, and tell on the way."""
    print(f"\n{source.name}, --jobs {jobs}\n{'documents':>10} {'seconds':>8} {'MiB':>6}")
    begin = time.perf_counter()
    command = [sys.executable, "-m", "apd", "validate", "--format", "json", "--jobs", str(jobs)]
    with subprocess.Popen([*command, str(source)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        most, done = 0.0, 0
        for done, _ in enumerate(process.stdout, 1):
            if done % max(1, count // 100) == 0:
                held = memory(process.pid)
                most = max(most, held)
                if done % max(1, count // 10) == 0:
                    seconds = time.perf_counter() - begin
                    print(f"{done:>10} {seconds:>8.1f} {held:>6.1f}", flush=True)
        while process.poll() is None:  # the documents are compared
            most = max(most, memory(process.pid))
            time.sleep(0.1)
    seconds = time.perf_counter() - begin
    print(
        f"{done} lines, exit status {process.returncode}, {done / seconds:.0f} a second; "
        f"at the most {most:.1f} MiB"
    )


def main(count: int = 20_000, jobs: int = 2) -> None:
    """Make the documents, and measure."""
    with tempfile.TemporaryDirectory() as folder:
        for source in make(Path(folder), count):
            measure(source, count, jobs)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
