"""Violations of the rows of the table of elements, derived from the rows.

Each is an edit; see :mod:`apd.testing.defects.editing`.
"""

from collections.abc import Iterator, Mapping

from apd.standard.element import (
    Attributes,
    Condition,
    Constraint,
    Element,
    Formed,
    Is,
    IsNot,
    Lexical,
    Occurs,
    OrAbsent,
    Presence,
    Such,
    Typed,
)
from apd.standard.elements import elements
from apd.standard.paths import Declares, Having, Path, Position, Step
from apd.testing.defects import given
from apd.testing.defects.editing import IN_CDA, Defect

_OF_ANOTHER_FORM = {
    Lexical.UUID: "17",
    Lexical.OID: "not-an-oid",
    Lexical.OID_OR_UUID: "not-an-oid",
    Lexical.ORGANIZATION_NUMBER: "12A",
    Lexical.FULL_TIME: "999812312359",  # no date of birth is after it
    Lexical.TIME: "20260230",
    Lexical.URI: "tel:00 65",
    Lexical.INTEGER: "+1",
    Lexical.NOT_BLANK: " ",
}
"""A value that does not have a lexical form."""
_DEMANDED_BY_CDA = frozenset(
    ("structuredBody", "section", "assignedEntity", "participantRole", "observation", "criterion")
)
"""Elements that CDA's schema requires wherever the table does."""
_OTHER_OID, _OTHER_VALUE = "1.2.3", "other"


def violations(row: Element, constraint: Constraint) -> Iterator[str]:
    """The edits that break a constraint of a row, the simplest first."""
    path = edited_path(row.path)
    if isinstance(constraint, Occurs):
        if constraint.least > 0:
            yield f"clear {path}"
        if constraint.most:
            yield " && ".join([f"double {path}"] * constraint.most)
        elif constraint.most == 0:
            yield f"double {path}"
    elif isinstance(constraint, Such):
        child = constraint.child if path == "." else f"{path}/{constraint.child}"
        child += _chosen(constraint.attributes)
        is_selector = isinstance(row.path.steps[-1].selector, Declares) if row.path.steps else False
        if constraint.least > 0:
            for name, condition in constraint.attributes.items():
                if not (is_selector and constraint.child == "templateId" and name == "root"):
                    yield _otherwise(child, name, condition)
        if constraint.most is not None:
            yield f"double {child}"
    else:
        path += _chosen(constraint.given)
        for name, condition in constraint.attributes.items():
            if constraint.given.get(name) != condition:  # then it would not apply
                yield _otherwise(path, name, condition)


def edited_path(path: Path) -> str:
    """The path of a place in an edit."""
    return "/".join(map(_step, path.steps)) or "."


def _step(step: Step) -> str:
    selector = step.selector
    if isinstance(selector, Declares):
        return f"{step.name}[@{selector.template}]"
    if isinstance(selector, Having):
        return f"{step.name}[@{selector.attribute}='{selector.value}']"
    if isinstance(selector, Position):
        return f"{step.name}[{selector.first}]"
    return step.name


def _chosen(attributes: Attributes) -> str:
    """The predicate that selects elements by their attributes."""
    return "".join(
        f"[@{name}='{condition.value}']"
        for name, condition in attributes.items()
        if isinstance(condition, Is)
    )


def _otherwise(path: str, name: str, condition: Condition) -> str:
    if isinstance(condition, OrAbsent):
        return _otherwise(path, name, condition.condition)
    if condition is Presence.ABSENT:
        return f"set {path} {name}={'OTH' if name == 'nullFlavor' else _OTHER_OID}"
    if isinstance(condition, Presence):
        return f"unset {path} {name}"
    if isinstance(condition, Formed):
        return f"set {path} {name}={_OF_ANOTHER_FORM[condition.form]}"
    if isinstance(condition, Typed):
        return f"set {path} {name}=ST"
    if isinstance(condition, IsNot):
        return f"set {path} {name}={condition.value}"
    other = _OTHER_OID if name in ("root", "codeSystem") else _OTHER_VALUE
    return f"set {path} {name}={other}"


def of_rows(declared: Mapping[str, Defect]) -> Iterator[Defect]:
    """A defect for every requirement of a row, by its simplest violation.

    ``declared`` are defects by rule with what the row does not show; those with edits are left out.
    """
    seen: set[str] = set()
    for row in elements():
        for constraint in row.constraints:
            rule = constraint.rule.id
            defect = declared.get(rule, Defect(rule, also=_also(row, constraint)))
            if rule not in seen and not defect.edits:
                yield defect._replace(
                    edits=next(violations(row, constraint)),
                    given=defect.given or given.for_path(row.path),
                )
            seen.add(rule)


def _also(row: Element, constraint: Constraint) -> tuple[str, ...]:
    demands = isinstance(constraint, Occurs) and constraint.least > 0
    return IN_CDA if demands and row.path.name in _DEMANDED_BY_CDA else ()
