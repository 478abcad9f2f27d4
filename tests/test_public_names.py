"""What ``import apd`` gives, and what it costs: nothing is imported before it is asked for."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable

import pytest

import apd
from tests.places import ROOT

EXPORTED = ROOT / "tests" / "exported_names.json"
LOADED = "import sys; {}; print(*sys.modules)"


def loaded_by(statement: str) -> set[str]:
    """The modules that a new Python has after a statement."""
    measured = ("COVERAGE_", "COV_")  # whoever measures imports modules of its own
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(statement)],
        cwd=ROOT,
        env={k: v for k, v in os.environ.items() if not k.startswith(measured)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return set(done.stdout.split("\n")[-2].split())


def packages(modules: Iterable[str], *names: str) -> set[str]:
    """Those of some packages."""
    return {name for name in modules if name.partition(".")[0] in names}


def test_each_public_name_is_there() -> None:
    for name in apd.__all__:
        assert getattr(apd, name) is getattr(apd, name)
    assert {*apd.__all__} <= {*dir(apd)}
    proposed = {name for name in dir(apd) if not name.startswith("__")} - {*apd.__all__}
    assert {f"apd.{name}" for name in proposed} <= json.loads(
        EXPORTED.read_text(encoding="utf-8")
    ).keys()
    assert sorted(apd.__all__) == sorted(set(apd.__all__))


def test_all_of_them_can_be_imported_at_once() -> None:
    given: dict[str, object] = {}
    exec("from apd import *", given)
    assert {*apd.__all__} <= {*given}


@pytest.mark.parametrize("name", ["load_all", "_nothing", "__wrapped__"])
def test_a_name_that_is_not_there(name: str) -> None:
    with pytest.raises(AttributeError, match=f"module 'apd' has no attribute '{name}'"):
        getattr(apd, name)


def test_importing_it_imports_nothing_else() -> None:
    assert packages(loaded_by("import apd"), "apd", "attrs", "lxml", "email") == {"apd"}


def test_the_first_name_brings_what_belongs_to_reading_and_writing() -> None:
    loaded = loaded_by("import apd; apd.loads")
    assert "apd.cda.reader" in loaded
    others = (
        "apd.rules.engine",
        "apd.change",
        "xmlschema",
        "dateutil",
        "stdnum",
        "uuid",
        "pathlib",
    )
    assert not {*others} & loaded


@pytest.mark.parametrize("asked", ["--version", "--help", "validate --help"])
def test_a_command_is_imported_when_it_is_called(asked: str) -> None:
    loaded = loaded_by(f"from apd.cli.app import run; run({asked.split()})")
    commands = {name for name in loaded if name.startswith("apd.cli.commands.")}
    named = asked.split()[:-1]
    assert commands == {f"apd.cli.commands.{name}" for name in named}
    if not named:
        assert not packages(loaded, "lxml", "attrs", "rich", "email", "importlib.metadata")
