"""The table of elements: every constraint of every row can be broken, and is found by its rule."""

from functools import lru_cache

import pytest
from lxml import etree

from apd.cda.grammar.xsd import types
from apd.cda.xml import hl7
from apd.rules.catalogue import rules_of_the_library
from apd.rules.details import followers
from apd.rules.document_view import DocumentView
from apd.rules.settings import unchecked_walk
from apd.standard.codes import NULL_FLAVORS
from apd.standard.element import (
    Attributes,
    Condition,
    Constraint,
    Element,
    Formed,
    Has,
    In,
    Is,
    Lexical,
    Occurs,
    Presence,
    Such,
)
from apd.standard.elements import elements
from apd.standard.paths import Declares, Having, Path, Position, Step
from apd.testing.defects.editing import edited
from apd.testing.defects.rows import violations
from apd.validation import validate
from tests.rules.editing import valid

MANY = 1_000
RULES = {rule.id: rule for rule in rules_of_the_library()}
ALL = [
    (row, constraint, edits)
    for row in elements()
    for constraint in row.constraints
    for edits in violations(row, constraint)
]


def name(row: Element, constraint: Constraint, edits: str) -> str:
    return f"{constraint.rule.id} | {edits[-60:]}"


@pytest.mark.parametrize(("row", "constraint", "edits"), ALL, ids=[name(*one) for one in ALL])
def test_a_violation_is_found_by_the_rule_of_the_row(
    row: Element, constraint: Constraint, edits: str
) -> None:
    data = with_element(valid(), row, constraint)
    before = constraint.rule.id in found_in(data)
    is_prohibited = isinstance(constraint, Occurs) and constraint.most == 0

    assert before is is_prohibited
    assert constraint.rule.id in found_in(edited(edits, data))


@lru_cache(maxsize=16)
def found_in(data: bytes) -> set[str]:
    """The rules of the findings, and those that a finding speaks for with all their clauses."""
    found = set()
    for finding in validate(data).findings:
        found |= {
            id
            for id in followers(finding.rule)
            if {*RULES[id].conformance} <= {*finding.conformance}
        }
        found.add(finding.rule)
    return found


def test_the_null_flavors_are_those_of_the_schema() -> None:
    assert sorted(NULL_FLAVORS) == sorted(types().values("NullFlavor"))


def test_a_place_has_one_row() -> None:
    paths = [row.path for row in elements()]

    assert len(paths) == len(set(paths))


def test_a_rule_states_the_same_in_every_row() -> None:
    rules = [constraint.rule for row in elements() for constraint in row.constraints]

    assert len({rule.id for rule in rules}) == len(set(rules))


@pytest.mark.parametrize("row", elements(), ids=lambda row: str(row.path) or "ClinicalDocument")
def test_a_row_is_found_where_it_states(row: Element) -> None:
    data = with_element(valid(), row, None)
    view = DocumentView(etree.fromstring(data), unchecked_walk())

    assert {node.name for node in view.at(row.path)} == {row.path.name}


@pytest.mark.parametrize(
    ("row", "attribute"), [(row, attribute) for row in elements() for attribute in row.fixed]
)
def test_a_structural_attribute_is_compared_as_a_string(row: Element, attribute: str) -> None:
    root = etree.fromstring(valid())
    for element in found_at(root, row.path):
        element.set(attribute, row.fixed[attribute] + " ")

    assert "APD-STRUCTURE-1" in found_in(etree.tostring(root))


# --- documents that have what a row is about -------------------------------------------------


def with_element(data: bytes, row: Element, constraint: Constraint | None) -> bytes:
    """The valid document, with the element of a row in it so that its constraint holds."""
    root = etree.fromstring(data)
    if isinstance(constraint, Such):
        child = row.path
        for step in constraint.child.split("/"):
            child = child / step
        made(root, row.path, {})
        made(root, child, constraint.attributes)
    else:
        made(root, row.path, constraint.given if isinstance(constraint, Has) else {})
    return etree.tostring(root)


def made(root: etree._Element, path: Path, given: Attributes) -> None:
    """See that an element of a place is there with what is given of its attributes."""
    there = found_at(root, path)
    if any(has_all(element, given) for element in there):
        return
    if not path.steps:
        raise AssertionError("the root is always there")
    around = found_at(root, path.parent)
    if not around:
        made(root, path.parent, {})
        around = found_at(root, path.parent)
    element = etree.SubElement(around[0], hl7(path.name))
    selector = path.steps[-1].selector
    if isinstance(selector, Declares):
        etree.SubElement(element, hl7("templateId"), root=selector.template)
    elif isinstance(selector, Having):
        element.set(selector.attribute, selector.value)
    fill(element, given)
    for row in elements():
        if row.path == path:
            for constraint in row.constraints:
                if isinstance(constraint, Has) and has_all(element, constraint.given):
                    fill(element, constraint.attributes)


def has_all(element: etree._Element, given: Attributes) -> bool:
    return all(
        element.get(name) == condition.value
        for name, condition in given.items()
        if isinstance(condition, Is)
    )


def fill(element: etree._Element, attributes: Attributes) -> None:
    """Give an element what is asked of its attributes, where it has none."""
    for name, condition in attributes.items():
        value = value_of(condition)
        if value is not None and name not in element.attrib:
            element.set(name, value)


def value_of(condition: Condition) -> str | None:
    """A value that meets a condition, or None where there is to be none."""
    if isinstance(condition, Is):
        return condition.value
    if isinstance(condition, In):
        return condition.values[0]
    if isinstance(condition, Formed):
        return FORMED.get(condition.form)
    return "1" if condition in (Presence.NOT_BLANK, Presence.PRESENT) else None


FORMED = {
    Lexical.UUID: "00000000-0000-4000-8000-000000000001",
    Lexical.ORGANIZATION_NUMBER: "990001",
    Lexical.NOT_BLANK: "x",
}


def takes(step: Step, element: etree._Element) -> bool:
    selector = step.selector
    if isinstance(selector, Declares):
        roots = [child.get("root") for child in element.findall(hl7("templateId"))]
        return selector.template in roots
    if isinstance(selector, Having):
        return element.get(selector.attribute) == selector.value
    if isinstance(selector, Position):
        before = len(list(element.itersiblings(element.tag, preceding=True)))
        return before + 1 in range(selector.first, (selector.last or MANY) + 1)
    return True


def found_at(root: etree._Element, path: Path) -> list[etree._Element]:
    found = [root]
    for step in path.steps:
        found = [
            child for one in found for child in one.findall(hl7(step.name)) if takes(step, child)
        ]
    return found
