"""The reason of the appointment (årsag). CDA entryRelationship.

Source: APD-DK 2.0.1, encounter, reason.
"""

from apd.cda.datatypes import read_code, read_text, write_code
from apd.cda.grammar.kept import KeptParts
from apd.cda.written import HasAttributes, attributes_in
from apd.cda.xml import CODE, Element, attribute, child, children, first, hl7
from apd.errors import InvalidValue
from apd.model.appointment import Reason
from apd.standard.codes import (
    FREE_TEXT,
)

_ENTRY_RELATIONSHIP, _OBSERVATION = hl7("entryRelationship"), hl7("observation")


def read_reason(encounter: Element) -> Reason | None:
    """The reason; None if it has no text."""
    for relationship in encounter.iterchildren(_ENTRY_RELATIONSHIP):
        code = first(children(first(children(relationship), _OBSERVATION)), CODE)
        if code is None or relationship.get("typeCode") != "RSON":
            continue
        return _reason(code, code.get("displayName") or read_text(child(code, "originalText")))
    return None


def kept_reason(kept: KeptParts) -> Reason | None:
    """As :func:`read_reason`, of a document that the grammar admits."""
    code = next(iter(attributes_in(kept["reason"])), None)
    return None if code is None else _reason(code, code.get("displayName"))


def _reason(code: HasAttributes, text: str | None) -> Reason | None:
    try:
        return Reason(text or "", read_code(code, with_display=False))
    except InvalidValue:
        return None


def write_reason(reason: Reason | None) -> str:
    """The reason, coded or as text only."""
    if reason is None:
        return ""
    if reason.code is None:
        code = f'<code code="{FREE_TEXT}" displayName="{attribute(reason.text)}"/>'
    else:
        code = write_code(reason.code, reason.text)
    return (
        '<entryRelationship typeCode="RSON"><observation classCode="OBS" moodCode="EVN">'
        f"{code}</observation></entryRelationship>"
    )
