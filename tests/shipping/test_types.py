"""The types that users see."""

import subprocess
import sys
from pathlib import Path

from tests.places import ROOT


def test_a_consumer_passes_the_type_checker(environment: dict[str, str]) -> None:
    consumer = Path(__file__).with_name("consumer.py")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", consumer],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
