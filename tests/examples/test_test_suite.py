"""The project of a test engineer does what its page says, also where the wheel is installed."""

import sys
from pathlib import Path

import pytest

from tests.examples.suite import run_suite

pytestmark = pytest.mark.slow  # many processes, one after another


def test_it_does_what_its_page_describes(tmp_path: Path, environment: dict[str, str]) -> None:
    # it may be installed as well; then it is loaded by this name only
    plugin = {"PYTEST_ADDOPTS": "-p no:apd -p apd.testing.hooks -p no:cacheprovider"}
    run_suite(sys.executable, tmp_path, {**environment, **plugin})
