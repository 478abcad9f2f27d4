"""The rooms of docs/architecture.md: each imports only from those above it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.places import LIBRARY, ROOT

PICTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8").split("```")[1]
ROOMS = [
    name.removesuffix(".py") for name in re.findall(r"^  ([a-z_]+(?:\.py)?)/?\s", PICTURE, re.M)
]
FILES = sorted(LIBRARY.rglob("*.py"))


def room(path: Path) -> str:
    """The room of a file, ``""`` for the package's own face."""
    parts = path.relative_to(LIBRARY).with_suffix("").parts
    return "" if parts[0].startswith("__") else parts[0]


def imported(path: Path) -> Iterator[str]:
    """The rooms that a file imports from."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "apd":
            yield from (name.name for name in node.names if name.name in ROOMS)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("apd."):
            yield str(node.module).split(".")[1]
        elif isinstance(node, ast.Import):
            yield from (n.name.split(".")[1] for n in node.names if n.name.startswith("apd."))


def test_the_picture_names_every_room() -> None:
    assert sorted(set(map(room, FILES)) - {""}) == sorted(ROOMS)


@pytest.mark.parametrize("page", ["architecture.md", "contributing.md", "performance.md"])
def test_a_page_names_no_file_that_is_gone(page: str) -> None:
    paths = [
        path for of in ("*", "tests/**/*", "docs/**/*", "examples/**/*") for path in ROOT.glob(of)
    ]
    files = [
        *(f"/{path.relative_to(ROOT).as_posix()}" for path in paths),
        *(f"/apd/{path.relative_to(LIBRARY).as_posix()}" for path in FILES),
    ]
    named = set(re.findall(r"[a-z_/]+\.py\b", (ROOT / "docs" / page).read_text("utf-8")))

    assert not {
        name for name in named if not any(file.endswith(f"/{name.strip('/')}") for file in files)
    }


WRITES_ITSELF = ("findings.py", "reports")
"""A report can be asked for itself as JSON, SARIF or JUnit; then the formats are imported."""


def test_a_room_imports_only_from_rooms_above_it() -> None:
    height = {name: number for number, name in enumerate(ROOMS)}
    wrong = [
        (path.relative_to(LIBRARY).as_posix(), other)
        for path in FILES
        if room(path)
        for other in imported(path)
        if height[other] > height[room(path)]
    ]
    assert {*wrong} == {WRITES_ITSELF}


FORMS = {
    "apd/standard/identifier_forms.py": "[0-9A-Fa-f]{8}",
    "apd/text/times.py": "september",
}
"""Where the form of a UUID, and the names of the months, stand."""


@pytest.mark.parametrize(("place", "stated"), FORMS.items())
def test_what_is_recognised_stands_once(place: str, stated: str) -> None:
    places = [path for path in FILES if stated in path.read_text("utf-8")]
    assert [path.relative_to(LIBRARY.parent).as_posix() for path in places] == [place]
