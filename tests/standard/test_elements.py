"""The table of elements: every constraint of every row can be broken, and is found by its rule."""

import pytest
from lxml import etree

from apd.cda.xml import hl7
from apd.rules.constraints import walk_of
from apd.rules.view import DocumentView
from apd.standard.data_types import ROWS
from apd.standard.element import Attributes, Constraint, Element, Has, Is, Occurs, Presence, Such
from apd.standard.elements import elements
from apd.standard.paths import Declares, Having, Path, Position, Step
from apd.testing.defects.editing import edited
from apd.testing.defects.rows import violations
from apd.validation import validate
from tests.rules.editing import valid

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


def found_in(data: bytes) -> set[str]:
    return {finding.rule for finding in validate(data).findings}


def test_a_place_has_one_row() -> None:
    paths = [row.path for row in elements()]

    assert len(paths) == len(set(paths))


def test_a_rule_says_the_same_in_every_row() -> None:
    rules = [constraint.rule for row in elements() for constraint in row.constraints]

    assert len({rule.id for rule in rules}) == len(set(rules))


@pytest.mark.parametrize("row", elements(), ids=lambda row: str(row.path) or "ClinicalDocument")
def test_a_row_is_found_where_it_says(row: Element) -> None:
    data = with_element(valid(), row, None)
    view = DocumentView(etree.fromstring(data), walk_of(elements(), ROWS, ()))

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
    element = made(root, row.path)
    if isinstance(constraint, Such):
        child = made(element, Path(tuple(Step(one) for one in constraint.child.split("/"))))
        fill(child, constraint.attributes)
    elif isinstance(constraint, Has):
        fill(element, {**constraint.given, **constraint.attributes})
    return etree.tostring(root)


def fill(element: etree._Element, attributes: Attributes) -> None:
    """Give an element that was made here the values that are asked of it."""
    for attribute, condition in attributes.items():
        if element.get(MADE) is not None and attribute not in element.attrib:
            if isinstance(condition, Is):
                element.set(attribute, condition.value)
            elif condition in (Presence.SAID, Presence.PRESENT):
                element.set(attribute, "1")


MADE = "made"
"""Marks an element that the valid document does not have."""


def made(at: etree._Element, path: Path) -> etree._Element:
    """The first element of a place, made where it is not there."""
    for step in path.steps:
        found = [child for child in at.findall(hl7(step.name)) if takes(step, child)]
        if found:
            at = found[0]
            continue
        at = etree.SubElement(at, hl7(step.name), {MADE: ""})
        if isinstance(step.selector, Declares):
            etree.SubElement(at, hl7("templateId"), root=step.selector.template)
        elif isinstance(step.selector, Having):
            at.set(step.selector.attribute, step.selector.value)
    return at


def takes(step: Step, element: etree._Element) -> bool:
    selector = step.selector
    if isinstance(selector, Declares):
        roots = [child.get("root") for child in element.findall(hl7("templateId"))]
        return selector.template in roots
    if isinstance(selector, Having):
        return element.get(selector.attribute) == selector.value
    if isinstance(selector, Position):
        before = len(list(element.itersiblings(element.tag, preceding=True)))
        return before + 1 >= selector.first
    return True


def found_at(root: etree._Element, path: Path) -> list[etree._Element]:
    found = [root]
    for step in path.steps:
        found = [
            child for one in found for child in one.findall(hl7(step.name)) if takes(step, child)
        ]
    return found
