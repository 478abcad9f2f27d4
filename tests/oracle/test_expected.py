"""The oracle imports nothing of the library, and its table of choices is true to its functions."""

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from tests.oracle import expected
from tests.oracle.expected.choices import CHOICES, Choice
from tests.places import ROOT

FOLDER = Path(expected.__file__).parent
MODULES = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")


def _imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add("." * node.level + (node.module or ""))
    return found


@pytest.mark.parametrize("module", MODULES)
def test_it_imports_the_standard_library_and_itself(module: str) -> None:
    for name in _imported(FOLDER / f"{module}.py"):
        is_own = name.startswith(f"{expected.__name__}.")
        assert is_own or name.partition(".")[0] in sys.stdlib_module_names, name


def test_it_loads_nothing_of_the_library() -> None:
    imports = ", ".join(f"{expected.__name__}.{module}" for module in MODULES)
    code = f"import sys, {imports}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.decode().split()}
    assert "tests" in loaded
    assert "apd" not in loaded


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.question)
def test_every_choice_is_made_by_a_function(choice: Choice) -> None:
    module, _, name = choice.by.partition(".")
    assert hasattr(importlib.import_module(f"{expected.__name__}.{module}"), name)
