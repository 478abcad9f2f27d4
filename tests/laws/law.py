"""The law that holds reader, rules and writer together.

    validate finds no error => loads reads => dumps writes => loads says the same,
    and what loads refuses has an error in validate that names the same cause.

``dumps`` of what was read refuses exactly where ``validate`` has an error; the patient of a
document without errors is the one whose CPR number it states, and ``complete`` takes it or names a
field for which it has no value.
"""

import re
from operator import attrgetter

from lxml import etree

import apd

CPR_ROOT = "1.2.208.176.1.2"

CAUSES = {
    "APD-PATIENT": re.compile(r"APD-PATIENT(-.*)?|CONF-DK-APD:9ac6|BR-CPR-.*"),
    "APD-START": re.compile(r"APD-START(-.*)?|CONF-DK-APD:(851d|0b52|0561|592c|8bfe|ad38|4021)"),
}
"""The rules that speak of what the reader refuses a document for."""

_NUMBERS = re.compile(r"\[\d+\]")


def broken_law(data: bytes) -> str:
    """How a document breaks the law, in words; nothing where the law holds."""
    report = apd.validate(data)
    errors = [found for found in report.findings if found.severity is apd.Severity.ERROR]
    try:
        document = apd.loads(data)
    except apd.ParseError as refused:
        return _unnamed(refused, errors)
    except Exception as error:  # the law allows no other
        return f"loads raises {type(error).__name__}"
    broken = _written(data, document, errors)
    if broken or errors:
        return broken
    return _other_patient(data, document) or _incomplete(document)


def _unnamed(refused: apd.ParseError, errors: list[apd.Finding]) -> str:
    rules = ", ".join(found.rule for found in refused.findings)
    if not errors:
        return f"validate finds no error, loads refuses: {rules}"
    for cause in refused.findings:
        if cause.rule in CAUSES and not any(_is_named(cause, error) for error in errors):
            named = ", ".join(sorted({error.rule for error in errors}))
            return f"loads refuses with {cause.rule}, validate names another cause: {named}"
    return ""


def _is_named(cause: apd.Finding, error: apd.Finding) -> bool:
    """True for an error at the place of the cause, above it (but the root) or below it."""
    if any(CAUSES[cause.rule].fullmatch(rule) for rule in (error.rule, *error.conformance)):
        return True
    here, there = (_NUMBERS.sub("", found.path) + "/" for found in (cause, error))
    return there.count("/") > 2 and (here.startswith(there) or there.startswith(here))


def _written(data: bytes, document: apd.AppointmentDocument, errors: list[apd.Finding]) -> str:
    try:
        written = apd.dumps(document)
    except apd.InvalidDocument as refused:
        if errors:
            return ""
        rules = ", ".join(sorted({found.rule for found in refused.findings}))
        return f"validate finds no error, dumps refuses: {rules}"
    except Exception as error:
        return f"dumps raises {type(error).__name__}"
    if errors and document.release == "2.0.1":
        rules = ", ".join(sorted({error.rule for error in errors}))
        return f"dumps writes what validate refuses: {rules}"
    if written != data and not apd.validate(written).is_valid:
        return "dumps writes what is not valid"
    return differing(document, written)


def differing(document: apd.AppointmentDocument, written: bytes) -> str:
    """How what was written says something else than the document; nothing where it does not."""
    try:
        again = apd.loads(written)
    except apd.ParseError as error:
        return f"dumps writes what loads refuses: {error.findings[0].rule}"
    if again == document:
        return ""
    return f"what is written reads otherwise: {', '.join(_fields(document, again))}"


def differing_model(document: apd.AppointmentDocument, written: bytes) -> str:
    """The same, but for what the XML says beyond the model: a change may leave less of it."""
    how = differing(document, written)
    return "" if how == "what is written reads otherwise: unmapped" else how


def _fields(one: object, other: object, path: str = "") -> list[str]:
    """The fields in which two models differ."""
    fields = getattr(type(one), "__attrs_attrs__", None)
    if one == other or fields is None or type(one) is not type(other):
        return [] if one == other else [path or "document"]
    return [
        found
        for field in fields
        for found in _fields(
            getattr(one, field.name), getattr(other, field.name), f"{path}.{field.name}".lstrip(".")
        )
    ] or [path or "document"]


def _incomplete(document: apd.AppointmentDocument) -> str:
    """An id or a confidentiality that is null breaks no rule; complete names the field."""
    try:
        apd.complete(document)
    except apd.InvalidDocument as refused:
        fields = [found.field for found in refused.findings]
        named = all(field and attrgetter(field)(document) is None for field in fields)
        return "" if named else "complete refuses a field that has a value"
    except Exception as error:
        return f"complete raises {type(error).__name__}"
    return ""


def _other_patient(data: bytes, document: apd.AppointmentDocument) -> str:
    stated = stated_numbers(data)
    read = getattr(document.appointment.patient.id, "value", None)
    return "" if stated == {read} else "the patient is another than the one of the CPR number"


def stated_numbers(data: bytes) -> set[str]:
    """The CPR numbers that a document states for its patient, without blanks and hyphens."""
    ids = etree.fromstring(data).iterfind("{*}recordTarget/{*}patientRole/{*}id")
    of_cpr = [id for id in ids if id.get("root", "").strip() == CPR_ROOT]
    return {id.get("extension", "").strip().replace("-", "") for id in of_cpr} - {""}
