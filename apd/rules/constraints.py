"""The constraints of the table of elements, as checks made during the walk."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence

from apd.cda.lexical_forms import RECOGNISERS
from apd.cda.path_automaton import Places
from apd.rules.document_view import Broken, Node, NodeCheck, Walk
from apd.standard.data_types import DataType
from apd.standard.element import (
    AtMost,
    Attributes,
    Condition,
    Constraint,
    Element,
    Formed,
    Has,
    In,
    Is,
    IsNot,
    Occurs,
    OrAbsent,
    Presence,
    Such,
    Typed,
)
from apd.standard.paths import Path

Holds = Callable[[Node], bool]

Checks = dict[Path, list[tuple[NodeCheck, str]]]
"""The checks at each place, with the name of the children that they look at."""


def walk_of(
    elements: Iterable[Element], data_types: Iterable[DataType], applied: Container[str]
) -> Walk:
    """The checks made during the walk over a document, for the requirements that apply."""
    rows = tuple(elements)
    fields = {row.path: row.field for row in rows}
    checks: Checks = {}
    for row in rows:
        for constraint in row.constraints:
            if constraint.rule.id in applied:
                place, check, looked_at = _check_of(row, constraint, fields)
                checks.setdefault(place, []).append((check, looked_at))
    places = Places(row.path for row in rows)
    by_type: dict[str, list[NodeCheck]] = {}
    for data_type in data_types:
        if data_type.constraint.rule.id in applied:
            for type in data_type.types:
                by_type.setdefault(type, []).append(_has(data_type.constraint, ""))
    by_state = [
        [check for path in places.paths if path in state.paths for check in checks.get(path, ())]
        for state in places.states
    ]
    types = {row.path: row.type for row in rows if row.type}
    return Walk(
        places,
        [tuple(check for check, _ in one) for one in by_state],
        list(map(_by_child, by_state)),
        by_type,
        types,
    )


def _by_child(checks: Iterable[tuple[NodeCheck, str]]) -> Mapping[str, Sequence[NodeCheck]]:
    """Checks by the name of the children that they look at."""
    found: dict[str, list[NodeCheck]] = {}
    for check, name in checks:
        found.setdefault(name, []).append(check)
    return found


def _check_of(
    row: Element, constraint: Constraint, fields: Mapping[Path, str]
) -> tuple[Path, NodeCheck, str]:
    """The place at which a constraint is checked, the check, and the children that it looks at."""
    if isinstance(constraint, Occurs):
        within = row.path.parent if constraint.within is None else constraint.within
        looked_at = row.path.steps[len(within.steps)].name
        return within, _occurs(constraint, within, row.path, row.field), looked_at
    if isinstance(constraint, Such):
        field = fields.get(row.path / constraint.child, "") or row.field
        return row.path, _such(constraint, field), constraint.child.partition("/")[0]
    return row.path, _has(constraint, row.field), ""


def _occurs(constraint: Occurs, within: Path, path: Path, field: str) -> NodeCheck:
    rule, least, most = constraint.rule.id, constraint.least, constraint.most
    is_child = path.parent == within and path.steps[-1].selector is None
    if is_child and least == most == 1:
        return _exactly_one(rule, path.name, field)
    found_in = _descent(within, path)

    def check(node: Node, broken: list[Broken]) -> None:
        found = found_in(node)
        if len(found) < least:
            broken.append(Broken(rule, node, field))
        elif most is not None and len(found) > most:
            broken.extend([Broken(rule, one, field) for one in found[most:]])

    return check


def _exactly_one(rule: str, name: str, field: str) -> NodeCheck:
    """The check that most clauses are made of, without a call that it can do without."""

    def check(node: Node, broken: list[Broken]) -> None:
        found = node.named.get(name)
        if found is None:
            broken.append(Broken(rule, node, field))
        elif len(found) > 1:
            broken.extend([Broken(rule, one, field) for one in found[1:]])

    return check


def _fixed(rule: str, name: str, value: str, field: str) -> NodeCheck:
    """The other one: an attribute has one value."""

    def check(node: Node, broken: list[Broken]) -> None:
        value_found = node.attributes.get(name)
        if value_found != value:
            broken.append(Broken(rule, node, field, "" if value_found is None else name))

    return check


def _descent(within: Path, path: Path) -> Callable[[Node], list[Node]]:
    """How the elements of a place are found in one of a place around it."""
    length = len(within.steps)
    steps = [Path(path.steps[: n + 1]) for n in range(length, len(path.steps))]
    if len(steps) == 1 and path.steps[-1].selector is None:
        name = path.name
        return lambda node: node.named.get(name, [])

    def descend(node: Node) -> list[Node]:
        found = [node]
        for step in steps:
            found = [
                child for one in found for child in one.all(step.name) if step in child.state.paths
            ]
        return found

    return descend


def _such(constraint: Such, field: str) -> NodeCheck:
    rule, least, most, alone = (
        constraint.rule.id,
        constraint.least,
        constraint.most,
        constraint.alone,
    )
    *way, name = constraint.child.split("/")
    is_such = _holds(constraint.attributes)

    def check(node: Node, broken: list[Broken]) -> None:
        parents = [node]
        for step in way:
            parents = [child for parent in parents for child in parent.all(step)]
        children = [child for parent in parents for child in parent.all(name)]
        such = [child for child in children if is_such(child)]
        if most is not None and len(such) > most:
            broken.append(Broken(rule, such[most], field))
        elif len(such) < least:
            broken.append(Broken(rule, children[0] if children else node, field))
        elif alone and len(such) < len(children):
            other = next(child for child in children if child not in such)
            broken.append(Broken(rule, other, field))

    return check


def _has(constraint: Has, field: str) -> NodeCheck:
    rule, or_null, or_child = constraint.rule.id, constraint.or_null, constraint.or_child
    (name, condition), *more = constraint.attributes.items()
    if isinstance(condition, Is) and not (more or or_null or or_child or constraint.given):
        return _fixed(rule, name, condition.value, field)
    holds = _holds(constraint.attributes)
    tests = {name: _test(name, condition) for name, condition in constraint.attributes.items()}
    applies = _holds(constraint.given) if constraint.given else None

    def check(node: Node, broken: list[Broken]) -> None:
        if or_null and "nullFlavor" in node.attributes:
            return
        if applies is not None and not applies(node):
            return
        if not holds(node) and all(child.is_null for child in node.all(or_child)):
            wrong = [name for name, test in tests.items() if not test(node)]
            is_one = len(wrong) == 1 and wrong[0] in node.attributes
            broken.append(Broken(rule, node, field, wrong[0] if is_one else ""))

    return check


def _holds(attributes: Attributes) -> Holds:
    """Whether all conditions on an element's attributes hold."""
    tests = [_test(name, condition) for name, condition in attributes.items()]
    if len(tests) == 1:
        return tests[0]
    return lambda node: all(test(node) for test in tests)


def _test(name: str, condition: Condition) -> Holds:
    if isinstance(condition, Typed):
        return lambda node: node.stated_type == condition.name
    if isinstance(condition, OrAbsent):
        test = _test(name, condition.condition)
        return lambda node: name not in node.attributes or test(node)
    if isinstance(condition, Is):
        value = condition.value
        return lambda node: node.attributes.get(name) == value
    if isinstance(condition, IsNot):
        return lambda node: node.attributes.get(name) not in (None, condition.value)
    if isinstance(condition, In):
        values = frozenset(condition.values)
        if condition.padded:
            return lambda node: node.attributes.get(name, "").strip() in values
        return lambda node: node.attributes.get(name) in values
    if isinstance(condition, AtMost):
        return lambda node: len(node.attributes.get(name, "")) <= condition.characters
    if isinstance(condition, Formed):
        recognises = RECOGNISERS[condition.form]
        return lambda node: bool(recognises(node.attributes.get(name, "")))
    return _PRESENCES[condition](name)


_PRESENCES: dict[Presence, Callable[[str], Holds]] = {
    Presence.NOT_BLANK: lambda name: lambda node: bool(node.attributes.get(name, "").strip()),
    Presence.PRESENT: lambda name: lambda node: name in node.attributes,
    Presence.ABSENT: lambda name: lambda node: name not in node.attributes,
}
