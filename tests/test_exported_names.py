"""The names that the public packages export: none comes or goes by accident.

``exported_names.json`` lists them. Whoever means to change the interface changes it there as well.
"""

import importlib
import json
import pkgutil
from pathlib import Path

import pytest

import apd
from tests.places import LIBRARY

KEPT: dict[str, list[str]] = json.loads(
    Path(__file__).with_name("exported_names.json").read_text("utf-8")
)
PRIVATE = ("apd.cda.", "apd.cli.", "apd.rules.", "apd.standard.")
"""Packages that no program is meant to import from, but for what the pages name."""


def packages() -> set[str]:
    """The packages with a list of what they export."""
    return {
        "apd",
        *(
            module.name
            for module in pkgutil.walk_packages([str(LIBRARY)], "apd.")
            if module.ispkg
            and not module.name.startswith(PRIVATE)
            and hasattr(importlib.import_module(module.name), "__all__")
        ),
    }


def test_every_public_package_is_listed() -> None:
    assert packages() == set(KEPT)


@pytest.mark.parametrize("package", KEPT)
def test_it_exports_what_is_listed(package: str) -> None:
    module = importlib.import_module(package)
    assert sorted(module.__all__) == KEPT[package]
    assert all(hasattr(module, name) for name in module.__all__)


def test_the_version_is_that_of_the_distribution() -> None:
    number = apd.__version__.split(".")
    assert len(number) == 3
    assert all(part.isdigit() for part in number)
