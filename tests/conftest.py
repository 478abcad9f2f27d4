"""What every test can ask for, and how long the property tests search.

``HYPOTHESIS_PROFILE=ci pytest`` searches ten times as long as by default, as CI does, and
``slow`` six hundred times.
"""

import os
import signal

import pytest
from hypothesis import settings
from lxml import etree

from tests.places import ROOT, SCHEMA, modules

# in CI the same code is searched with the same examples: no change is refused by chance
settings.register_profile(
    "default", max_examples=10, deadline=None, print_blob=True, derandomize="CI" in os.environ
)
settings.register_profile("ci", settings.get_profile("default"), max_examples=100)
settings.register_profile("slow", settings.get_profile("default"), max_examples=2500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # as in the background of a shell: the commands that tests interrupt would ignore it as well
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def schema() -> etree.XMLSchema:
    """The project's own XSD."""
    return etree.XMLSchema(etree.parse(str(SCHEMA)))


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """Environment variables that find the library, with UTF-8 for input and output."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}


@pytest.fixture(scope="session")
def all_imported() -> None:
    """Every module of the library is imported before pytest is run within a test.

    ``pytester`` forgets the modules that such a run was the first to import. Imported anew, their
    functions are others than those that older modules hold, and cannot be sent to a process.
    """
    for _ in modules():
        pass
