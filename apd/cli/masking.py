"""Hiding CPR numbers in what is printed: ``251248-****``."""

from collections.abc import Iterator
from typing import Any

from attrs import fields, has

from apd.model.document import AppointmentDocument
from apd.model.identifiers import CprNumber, Identifier
from apd.reports.numbers import Hide, hide_numbers, hide_patient
from apd.standard.codes import Oid

__all__ = ["Hide", "hide_in", "hide_numbers", "hide_patient", "show"]


def show(text: str) -> str:
    """The text as it is."""
    return text


def hide_in(*documents: AppointmentDocument) -> Hide:
    """A function that hides the numbers of the persons in documents, and all CPR numbers.

    Those are the ids of the patients, whatever they are, and what stands below the root of CPR
    anywhere else and is no CPR number.
    """
    patients = [document.appointment.patient.id for document in documents]
    return hide_patient(*patients, *_cpr_roots(documents))


def _cpr_roots(value: Any) -> Iterator[CprNumber | Identifier]:
    """What is in a value below the root of CPR."""
    if isinstance(value, CprNumber | Identifier):
        if value.root == Oid.CPR:
            yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _cpr_roots(item)
    elif has(type(value)):
        for part in fields(type(value)):
            if part.name != "unmapped":  # nothing of it is shown where numbers are hidden
                yield from _cpr_roots(getattr(value, part.name))
