"""All rules of the library, in the order in which they are listed."""

import datetime
from functools import cache

from apd.rules import agreement, cross_document, schema_layer, structural_attributes, xml_layer
from apd.rules.business import appointment, contact, identity, narrative
from apd.rules.datatypes import identifiers_and_codes, intervals, texts
from apd.standard.business_rules import sentences_seen_by
from apd.standard.data_types import ROWS
from apd.standard.elements import elements
from apd.standard.releases import Release
from apd.standard.requirement import ERRATA_DATE, ERRATA_OF_2021, Requirement


@cache
def rules_of_the_library(release: Release = Release.CURRENT) -> tuple[Requirement, ...]:
    """The rules by layer; those of the table of elements in document order."""
    of_elements = [constraint.rule for row in elements(release) for constraint in row.constraints]
    of_data_types = [row.constraint.rule for row in ROWS]
    first = [rule for module in (xml_layer, schema_layer) for rule in module.RULES]
    of_functions = [
        rule
        for module in (agreement, structural_attributes, identifiers_and_codes, texts, intervals)
        for rule in module.RULES
    ]
    of_business = [
        rule
        for module in (appointment, identity, contact, narrative, cross_document)
        for rule in module.RULES
    ]
    listed = (*first, *of_elements, *of_data_types, *of_functions, *of_business)
    return tuple({rule.id: rule for rule in listed}.values())


def stands_since(rule: Requirement) -> datetime.date | None:
    """The day from which a rule applies, by its errata or else by its sentences.

    None for a rule that its release, HL7 or XML has had from the beginning.
    """
    if ERRATA_OF_2021 in rule.source:
        return ERRATA_DATE
    return min((row.since for row in sentences_seen_by(rule.id)), default=None)
