"""The mutants of a module: its source with one small change each.

Changed are comparisons, ``and`` and ``or``, negations, arithmetic, numbers, texts, truth values,
conditions, what is returned, named arguments, and statements that are there for their effect. Not
changed are annotations, decorators, imports, docstrings, f-strings, the words that people read, and
what a module does when it is run as a program.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_CALCULATED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
}
_CALLED = {"any": "all", "all": "any", "min": "max", "max": "min"}
_NOT_LOOKED_INTO = frozenset(
    {"Wording", "TypeVar", "cast", "lru_cache", "cache", "isinstance", "import_module"}
)
"""What is called with words for people, with types, or with what no result depends on."""
_ASKING = ast.Compare | ast.BoolOp | ast.UnaryOp | ast.Constant
"""What is changed in itself, so that its negation would be one mutant too many."""


class Mutant(NamedTuple):
    """A small change of a module.

    Args:
        id: the same as long as the changed piece, what stands around it, and the names of its
            function and class are; whatever else changes, and however the module is called.
        where: the names of class and function.
        line: of the piece, from 1.
        start: of the piece, in bytes.
        end: of the piece, in bytes.
        new: what stands there instead.
    """

    id: str
    where: str
    line: int
    start: int
    end: int
    new: str

    def of(self, source: bytes) -> bytes:
        """The module with the change."""
        return source[: self.start] + self.new.encode() + source[self.end :]


class _Piece(NamedTuple):
    node: ast.AST
    around: ast.AST
    where: str


def mutants(source: bytes) -> Iterator[Mutant]:
    """The mutants of a module, in the order of their places.

    Args:
        source: of the module, in UTF-8.
    """
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def span(node: ast.AST) -> tuple[int, int]:
        begins, ends = starts[node.lineno - 1], starts[node.end_lineno - 1]  # type: ignore[attr-defined]
        return begins + node.col_offset, ends + node.end_col_offset  # type: ignore[attr-defined]

    seen: Counter[tuple[str, ...]] = Counter()
    for node, around, where in _pieces(ast.parse(source)):
        for changed in _changes(node, around):
            new = ast.unparse(changed)
            if isinstance(changed, ast.expr) and not isinstance(changed, ast.Constant | ast.Name):
                new = f"({new})"
            start, end = span(node)
            near = _without_blanks(source[slice(*span(around))] if _is_small(around) else b"")
            key = (where, near, _without_blanks(source[start:end]), new)
            seen[key] += 1
            id = sha256("\0".join((*key, str(seen[key]))).encode()).hexdigest()[:12]
            yield Mutant(id, where, node.lineno, start, end, new)  # type: ignore[attr-defined]


def _without_blanks(source: bytes) -> str:
    return "".join(source.decode().split())


def _is_small(node: ast.AST) -> bool:
    """False for what has a body, most of which has nothing to do with a piece of it."""
    return hasattr(node, "lineno") and not hasattr(node, "body")


def _pieces(tree: ast.Module) -> Iterator[_Piece]:
    """Every piece that may be changed, with what it stands in."""

    def walk(node: ast.AST, around: ast.AST, where: str) -> Iterator[_Piece]:
        if hasattr(node, "lineno"):
            yield _Piece(node, around, where)
        inside = f"{where}.{node.name}".lstrip(".") if isinstance(node, _NAMED) else where
        for child in _children(node):
            yield from walk(child, node, inside)

    return walk(tree, tree, "")


_NAMED = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _children(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Import | ast.ImportFrom | ast.JoinedStr | ast.Assert):
        return
    if isinstance(node, ast.Call) and _called(node) in _NOT_LOOKED_INTO:
        return
    if isinstance(node, ast.If) and ast.unparse(node.test) == "__name__ == '__main__'":
        return
    if isinstance(node, ast.Assign) and any(
        isinstance(target, ast.Name) and target.id.startswith("__") for target in node.targets
    ):
        return
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns", "decorator_list", "bases", "type_params", "ctx"}:
            continue
        yield from (one for one in _listed(value) if not _is_docstring(one))


def _listed(value: object) -> Iterator[ast.AST]:
    values = value if isinstance(value, list) else [value]
    yield from (one for one in values if isinstance(one, ast.AST))


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _changes(node: ast.AST, around: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Constant():
            yield from _other_constant(node)
        case ast.Compare(left, operators, others):
            for at, operator in enumerate(operators):
                other = [*operators[:at], _COMPARED[type(operator)](), *operators[at + 1 :]]
                yield ast.Compare(left, other, others)
        case ast.BoolOp(operator, values):
            yield ast.BoolOp(ast.Or() if isinstance(operator, ast.And) else ast.And(), values)
        case ast.UnaryOp(ast.Not(), operand):
            yield operand
        case ast.BinOp(left, operator, right) if type(operator) in _CALCULATED:
            if not any(_is_text(side) for side in (left, right)):
                yield ast.BinOp(left, _CALCULATED[type(operator)](), right)
        case ast.Name(id=name) if name in _CALLED and isinstance(around, ast.Call):
            yield ast.Name(_CALLED[name], ast.Load())
        case ast.Call() if _called(node) not in _NOT_LOOKED_INTO:
            for at, argument in enumerate(node.keywords):
                if argument.arg is not None:
                    left_over = [*node.keywords[:at], *node.keywords[at + 1 :]]
                    yield ast.Call(node.func, node.args, left_over)
        case ast.Return(value) if value is not None and not isinstance(value, ast.Constant):
            yield ast.Return(ast.Constant(None))
        case ast.Expr(ast.Call()) | ast.AugAssign() | ast.Continue() | ast.Break() | ast.Raise():
            yield ast.Pass()
    if isinstance(node, ast.expr) and _is_condition(node, around) and not isinstance(node, _ASKING):
        yield ast.UnaryOp(ast.Not(), node)


def _is_condition(node: ast.AST, around: ast.AST) -> bool:
    if isinstance(around, ast.comprehension):
        return node in around.ifs
    return isinstance(around, ast.If | ast.IfExp | ast.While) and node is around.test


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)
    )


def _other_constant(node: ast.Constant) -> Iterator[ast.Constant]:
    match node.value:
        case bool(value):
            yield ast.Constant(not value)
        case int(value):
            yield ast.Constant(value + 1)
        case str(value):
            yield ast.Constant(f"XX{value}")
        case bytes(value):
            yield ast.Constant(b"XX" + value)
