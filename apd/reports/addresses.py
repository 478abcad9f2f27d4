"""The addresses at which rules are explained: a page of the documentation and a place on it."""

from collections.abc import Callable, Mapping
from functools import cache

from apd.findings import Layer
from apd.sor import SOR_REQUIREMENTS
from apd.sor.register_rules import every_rule
from apd.standard.elements import elements
from apd.standard.requirement import Requirement


@cache
def _ids(*, in_body: bool) -> frozenset[str]:
    """The rules of the elements in the body of a document, or in its header."""
    return frozenset(
        constraint.rule.id
        for row in elements()
        if str(row.path).startswith("component") is in_body
        for constraint in row.constraints
    )


PAGES: Mapping[str, Callable[[Requirement], bool]] = {
    "xml": lambda rule: rule.layer in (Layer.XML, Layer.SCHEMA),
    "header": lambda rule: rule.id in _ids(in_body=False),
    "appointment": lambda rule: rule.id in _ids(in_body=True),
    "data-types": lambda rule: rule.layer is Layer.PROFILE and rule.id.startswith("DT-"),
    "agreement": lambda rule: rule.layer is Layer.PROFILE,
    "sets": lambda rule: rule.id.startswith("SET-"),
    "sor": lambda rule: rule in SOR_REQUIREMENTS,
    "aftaleoversigten": lambda rule: rule.layer is Layer.BUSINESS,
}
"""The pages below ``rules``, each with its condition; the first that holds gives the page."""


def page_of(rule: Requirement) -> str:
    """The page of a rule of the library."""
    return next(page for page, holds in PAGES.items() if holds(rule))


def anchor_of(id: str) -> str:
    """The place of a rule on its page."""
    return "".join(one for one in id.lower() if one.isalnum() or one in "-_")


@cache
def _addresses() -> Mapping[str, str]:
    return {rule.id: f"rules/{page_of(rule)}/#{anchor_of(rule.id)}" for rule in every_rule()}


def address_of(id: str, documentation: str | None) -> str | None:
    """The address at which a rule is explained; None for a rule that is not the library's.

    ``documentation`` is where the pages of ``docs`` are published, which nobody but those who
    publish them knows; None where they are not.
    """
    found = _addresses().get(id)
    return (
        None if found is None or documentation is None else f"{documentation.rstrip('/')}/{found}"
    )
