"""The two checks that most clauses are made of, and running many of them in one go.

By themselves they are checks like any other. As a quarter of what a validation costs would be
calling them one by one, those that look at the same elements are run together.
"""

from collections.abc import Callable, Iterable, Iterator

from attrs import frozen

from apd.rules.applied import AppliedRule
from apd.rules.index import Index, Node
from apd.rules.registry import Check

Nodes = Callable[[Index], Iterable[Node]]
Broken = Iterator[tuple[AppliedRule, Node]]


@frozen
class ExactlyOne:
    """Exactly one child of a name in each of the elements."""

    parents: Nodes
    child: str

    def __call__(self, index: Index) -> list[Node]:
        found: list[Node] = []
        for parent in self.parents(index):
            same = parent.named.get(self.child)
            if same is None:
                found.append(parent)
            elif len(same) > 1:
                found += same[1:]
        return found


@frozen
class FixedValue:
    """An attribute has one value in each of the elements."""

    nodes: Nodes
    attribute: str
    value: str

    def __call__(self, index: Index) -> list[Node]:
        attribute, value = self.attribute, self.value
        return [node for node in self.nodes(index) if node.attributes.get(attribute) != value]


class Together:
    """The checks of many rules, as one."""

    def __init__(self, rules: Iterable[AppliedRule]) -> None:
        ones: dict[Nodes, list[tuple[str, AppliedRule]]] = {}
        values: dict[Nodes, list[tuple[str, str, AppliedRule]]] = {}
        others: list[tuple[Check, AppliedRule]] = []
        for rule in rules:
            check = rule.rule.check
            if isinstance(check, ExactlyOne):
                ones.setdefault(check.parents, []).append((check.child, rule))
            elif isinstance(check, FixedValue):
                values.setdefault(check.nodes, []).append((check.attribute, check.value, rule))
            elif check is not None:
                others.append((check, rule))
        self._ones = list(ones.items())
        self._values = list(values.items())
        self._others = others

    def __call__(self, index: Index) -> Broken:
        """Every element that breaks a rule, with the rule; in no particular order."""
        for parents, children in self._ones:
            for parent in parents(index):
                named = parent.named
                for child, rule in children:
                    same = named.get(child)
                    if same is None:
                        yield rule, parent
                    elif len(same) > 1:
                        for node in same[1:]:
                            yield rule, node
        for nodes, attributes in self._values:
            for node in nodes(index):
                given = node.attributes
                for attribute, value, rule in attributes:
                    if given.get(attribute) != value:
                        yield rule, node
        for check, rule in self._others:
            for node in check(index):
                yield rule, node
