"""Where things are: the schema of the package, and MedCom's files beside the repository."""

import importlib
import pkgutil
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import apd

ROOT = Path(__file__).resolve().parents[1]
LIBRARY = Path(apd.__file__).resolve().parent
"""The library's folder, wherever it is installed."""
SCHEMA = LIBRARY / "cda" / "schema" / "cda.xsd"
SHARED = ROOT.parent / "shared"
EXAMPLES = SHARED / "medcom-examples"
KIT = SHARED / "conformance"
SECOND_KIT = KIT / "second"
REPORTED = SHARED / "reported"

needs_examples = pytest.mark.skipif(
    not EXAMPLES.is_dir(), reason="MedCom's examples are not beside the repository"
)
needs_kit = pytest.mark.skipif(
    not (KIT / "cases.jsonl").is_file() or not EXAMPLES.is_dir(),
    reason="the conformance kit is not beside the repository",
)
needs_second_kit = pytest.mark.skipif(
    not (SECOND_KIT / "cases.tar.xz").is_file(),
    reason="the second conformance kit is not beside the repository",
)
needs_reported = pytest.mark.skipif(
    not REPORTED.is_dir(), reason="the reported inputs are not beside the repository"
)
needs_clone = pytest.mark.skipif(
    LIBRARY.parent != ROOT, reason="the library is installed, and not that of this clone"
)


def example_names() -> list[str]:
    """The names of MedCom's examples, none where they are not there."""
    return sorted(path.name for path in EXAMPLES.glob("*.xml"))


def modules() -> Iterator[ModuleType]:
    """Every module of the library, imported, but those that do something when they are."""
    for module in pkgutil.walk_packages([str(LIBRARY)], "apd."):
        if not module.name.endswith(("__main__", ".testing.hooks")):
            with warnings.catch_warnings(action="ignore"):  # some are deprecated
                imported = importlib.import_module(module.name)
            yield imported
