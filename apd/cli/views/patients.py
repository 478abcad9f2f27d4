"""The list of patients: a line for each, with masked CPR numbers."""

import datetime
from collections.abc import Iterable

from apd.cli.io.overview_entries import OfPatient
from apd.cli.views.labels import Words
from apd.cli.views.tables import write_table
from apd.overview import PatientViewer, make_overview
from apd.wording import Hide, Wording

_HEADER = (
    Wording("Patient", "Patient"),
    Wording("Kommende", "Upcoming"),
    Wording("Tidligere", "Past"),
    Wording("Et dokument", "A document"),
)


def write_patients(
    patients: Iterable[OfPatient], now: datetime.datetime, words: Words, hide: Hide
) -> None:
    """Write each patient, the number of appointments, and the file of one of the documents.

    Args:
        patients: their documents.
        now: separates past appointments from upcoming ones; those in progress count as upcoming.
        words: the words of the language.
        hide: masks CPR numbers in a text.
    """
    rows = [_row(patient, now, hide) for patient in patients]
    write_table(rows, [words.put(title) for title in _HEADER])


def _row(patient: OfPatient, now: datetime.datetime, hide: Hide) -> list[str]:
    agenda = make_overview(
        patient.entries, viewer=PatientViewer(patient.id), now=now, patient=patient.id
    ).agenda
    past = sum(len(day.entries) for day in agenda.past)
    number = hide(patient.id.extension or "")
    return [number, str(len(agenda.entries)), str(past), hide(patient.name)]
