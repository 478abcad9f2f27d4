"""The preconditions (betingelser) of the encounter: repetition and indicative time.

CDA precondition. Source: APD-DK 2.0.1, templates 1.2.208.184.14.11.4 and .5, errata item 16.
"""

import re
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple, TypedDict

from apd.cda.datatypes import read_document_id, read_text, write_id
from apd.cda.date_only import indicative_text
from apd.cda.document_parts import Part
from apd.cda.grammar.kept import KeptParts
from apd.cda.written import HasAttributes, attributes_in, text_of, unadmitted_elements
from apd.cda.xml import CODE, TEMPLATE_ID, Element, children, content, first, hl7
from apd.model.appointment import Repetition
from apd.model.schedule import Schedule
from apd.standard.codes import (
    CODE_SYSTEM_NAMES,
    INDICATIVE_TEMPLATE,
    PRECONDITIONS,
    REPETITION_TEMPLATE,
    Oid,
)
from apd.standard.releases import Release

_CRITERION, _TEXT, _VALUE = map(hl7, ("criterion", "text", "value"))
# of each the template that it declares, its text and its value
_criteria = re.compile(
    r'<templateId[^<]* root="([^"]*)"[^<]*+(?>(?:<(?!text>|value|/criterion)[^<]*+)*)'
    r"(?:<text>([^<]*)</text>\s*)?(<value[^<]*)?"
).findall


class Criterion(NamedTuple):
    """What the criterion of a precondition says.

    Args:
        text: its text, if it has one.
        values: its values.
    """

    text: str | None
    values: Sequence[HasAttributes]


Criteria = dict[str | None, Criterion]
"""Criteria of preconditions, by the root of the template that they declare."""

_TEMPLATE_OF: dict[str | None, str] = {code: template for template, code in PRECONDITIONS.items()}


class Preconditions(TypedDict):
    """The preconditions except those on the schedule, as arguments of an appointment."""

    repetition: Repetition | None


def find_criteria(preconditions: Sequence[Element]) -> Criteria:
    """The criteria of every precondition; of several with the same template, the first.

    Where none declares a template, the first with its code that declares none of the profile.
    """
    criteria: Criteria = {}
    by_code: Criteria = {}
    for precondition in preconditions:
        parts = children(precondition)
        element = first(parts, _CRITERION)
        if element is None:
            continue
        inside = children(element)
        criterion = Criterion(read_text(first(inside, _TEXT)), inside.get(_VALUE, ()))
        declared = [one.get("root") for one in parts.get(TEMPLATE_ID, ())]
        for template in declared:
            criteria.setdefault(template, criterion)
        code = first(inside, CODE)
        if code is not None and PRECONDITIONS.keys().isdisjoint(declared):
            by_code.setdefault(_TEMPLATE_OF.get(code.get("code")), criterion)
    return {**by_code, **criteria}


def kept_criteria(kept: KeptParts) -> Criteria:
    """As :func:`find_criteria`, of a document whose parts the grammar keeps."""
    preconditions = unadmitted_elements(kept, "precondition")
    if preconditions:
        return find_criteria(preconditions)
    return {
        template: Criterion(text_of(text) if text else None, attributes_in(value))
        for template, text, value in _criteria(kept["precondition"])
    }


def read_preconditions(criteria: Criteria) -> Preconditions:
    """Read the criteria except those on the schedule."""
    return {"repetition": _read_repetition(criteria)}


def _read_repetition(criteria: Criteria) -> Repetition | None:
    """That the appointment repeats, and the id of its series if it says one."""
    criterion = criteria.get(REPETITION_TEMPLATE)
    if criterion is None:
        return None
    return Repetition(read_document_id(criterion.values))


def read_indicative(criteria: Criteria) -> tuple[bool, str | None]:
    """Whether the times are indicative, and the note on that."""
    criterion = criteria.get(INDICATIVE_TEMPLATE)
    if criterion is None:
        return False, None
    return True, criterion.text


def _write(of: tuple[Repetition | None, Schedule], release: Release) -> str:
    """Repetition and indicative time, each where it applies."""
    repetition, schedule = of
    conditions = ""
    if repetition is not None:
        value = write_id(repetition.id, "value", ' xsi:type="II"')
        conditions += _write_precondition(REPETITION_TEMPLATE, value, release)
    if schedule.indicative:
        stated = indicative_text(schedule)
        note = "" if stated is None else f"<text>{content(stated)}</text>"
        conditions += _write_precondition(INDICATIVE_TEMPLATE, note, release)
    return conditions


def _write_precondition(template: str, more: str, release: Release) -> str:
    return (
        '<precondition typeCode="PRCN">'
        f'<templateId extension="{release.template_date}" root="{template}"/>'
        f'<criterion><code code="{PRECONDITIONS[template]}" codeSystem="{Oid.MEDCOM_MESSAGE_CODES}"'
        f' codeSystemName="{CODE_SYSTEM_NAMES[Oid.MEDCOM_MESSAGE_CODES]}"/>'
        f"{more}</criterion></precondition>"
    )


PRECONDITIONS_PART = Part(
    "precondition", attrgetter("appointment.repetition", "appointment.schedule"), _write
)
