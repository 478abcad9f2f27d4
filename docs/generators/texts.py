"""Print every text of the library in both languages, and where it stands.

``python docs/generators/texts.py`` prints one text per line: the place, the Danish and the English,
separated by tabs. What is put in when a text is made stands as ``{…}``.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_ROOT = Path(__file__).resolve().parents[2]


class Text(NamedTuple):
    """A text as it stands in the source.

    Args:
        place: file and line.
        da: the Danish text.
        en: the English text.
    """

    place: str
    da: str
    en: str


def texts(folder: Path = _ROOT / "apd") -> Iterator[Text]:
    """Every ``Wording`` that is written out, and the help of every command and option."""
    for file in sorted(folder.rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        name = file.relative_to(folder.parent).as_posix()
        for node in ast.walk(tree):
            for da, en in _pair(node):
                yield Text(
                    f"{name}:{da.lineno}", _text(da), en if isinstance(en, str) else _text(en)
                )


def _pair(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr | str]]:
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "Wording" and len(node.args) == 2:
        yield node.args[0], node.args[1]
    if isinstance(node, ast.Call):
        named = {keyword.arg: keyword.value for keyword in node.keywords}
        if isinstance(named.get("da"), ast.Constant | ast.JoinedStr) and "en" in named:
            yield named["da"], named["en"]
    if isinstance(node, ast.FunctionDef):
        for decorator in node.decorator_list:
            for keyword in decorator.keywords if isinstance(decorator, ast.Call) else ():
                if keyword.arg == "danish":
                    yield keyword.value, " ".join((ast.get_docstring(node) or "").split())


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return " ".join(str(node.value).split())
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{…}" for part in node.values
        )
    return "{…}"


if __name__ == "__main__":
    for text in texts():
        print(*text, sep="\t")
