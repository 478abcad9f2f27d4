"""All rules of the library, in the order in which they are listed and run."""

from functools import cache

from apd.rules import documents, schema, xml
from apd.rules.business import appointment, identity, narrative
from apd.rules.datatypes import texts, times, values
from apd.rules.profile import (
    authors,
    custodian,
    dates,
    encounter,
    events,
    header,
    location,
    patient,
    performer,
    preconditions,
    prohibitions,
    reason,
    section,
)
from apd.rules.registry import Rule


@cache
def rules_of_the_library() -> tuple[Rule, ...]:
    """The rules, layer by layer and in the order of the document."""
    before_the_profile = (xml, schema)
    of_header = (header, dates, prohibitions, patient, authors, custodian, events)
    of_body = (section, encounter, performer, location, reason, preconditions)
    of_data_types = (values, texts, times)
    of_business = (appointment, identity, narrative, documents)
    modules = (*before_the_profile, *of_header, *of_body, *of_data_types, *of_business)
    return tuple(rule for module in modules for rule in module.RULES)
