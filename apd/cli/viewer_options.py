"""The viewer and the patient of an overview, as options; and the record of the viewing."""

import json
import os

import click
from attrs import frozen

from apd.cli.file_names import STANDARD_INPUT, STANDARD_OUTPUT
from apd.cli.io import streams
from apd.cli.io.failures import reading, writing
from apd.cli.io.inputs import Inputs, standard_input
from apd.cli.language import failure, say, usage_error
from apd.cli.options import refused_as
from apd.cli.views.labels import Words
from apd.model.contact import PersonName
from apd.model.identifiers import CprNumber
from apd.model.party import Organization
from apd.overview import (
    PatientViewer,
    ProfessionalViewer,
    ProxyViewer,
    Viewer,
    ViewingRecord,
)
from apd.overview.viewers import PatientId, Role
from apd.wording import Wording

_MINE_ALONE = 0o600
_LONGEST = 100
_UNKNOWN = Wording(
    "--patient-of skal være et aftaledokument om patienten",
    "--patient-of must be an appointment document about the patient",
)
_TEN_DIGITS = Wording("angiv ti cifre, eller -", "specify ten digits, or -")


def patient_named(text: str | None) -> CprNumber | None:
    """The patient of ``--patient``, or of the first line of standard input; None if not given.

    An error does not repeat the number.
    """
    if text is None:
        return None
    with reading("standard input"), refused_as("--patient", _TEN_DIGITS):
        return CprNumber(_first_line() if text == STANDARD_INPUT else text)


def _first_line() -> str:
    return standard_input().readline(_LONGEST).decode("ascii", "replace").strip()


def patient_of_file(path: str | None, words: Words) -> PatientId | None:
    """The patient of ``--patient-of``; None if not given."""
    if path is None:
        return None
    for source in Inputs((path,), words):
        return source.document.appointment.patient.id
    raise failure(_UNKNOWN)


_NAME_OF_OTHERS = Wording(
    "--viewer-name er til en pårørende eller en fagperson",
    "--viewer-name is for a proxy or a professional",
)
_NEEDS_NAME = Wording("--viewer {role} kræver --viewer-name", "--viewer {role} needs --viewer-name")


@frozen(kw_only=True)
class Viewing:
    """The viewer, from the options, and the file for the record of the viewing.

    ``-`` stands for standard error. A missing option, or one that does not apply, is a usage error.
    """

    role: Role
    name: str | None
    organization: str | None
    record: str | None

    def __attrs_post_init__(self) -> None:
        if (self.name is None) is not (self.role is Role.PATIENT):
            raise click.UsageError(
                say(_NAME_OF_OTHERS) if self.name else say(_NEEDS_NAME, role=self.role)
            )
        if self.organization is not None and self.role is not Role.PROFESSIONAL:
            raise usage_error(
                Wording(
                    "--organization er til en fagperson", "--organization is for a professional"
                )
            )
        if self.record is None and self.role is Role.PROFESSIONAL:
            raise usage_error(
                Wording(
                    "--viewer professional kræver --record; efter loven skal hver visning "
                    "registreres",
                    "--viewer professional needs --record; the law requires a record of each "
                    "viewing",
                )
            )

    def viewer(self, patient: PatientId) -> Viewer:
        """The viewer of a patient's overview."""
        if self.name is None:
            return PatientViewer(patient)
        with refused_as("--viewer-name"):
            *given, family = self.name.split() or [""]
            name = PersonName(given, family)
        if self.role is Role.PROXY:
            return ProxyViewer(name, patient=patient)
        with refused_as("--organization"):
            organization = Organization(name=self.organization) if self.organization else None
        with refused_as("--viewer-name"):
            return ProfessionalViewer(name, organization)


def keep_record(record: ViewingRecord, target: str) -> None:
    """Add the record of a viewing to a file, or ``-``, as a line of JSON, in the clear.

    Only the owner can read a file that is made.
    """
    line = json.dumps(record.as_data())
    if target == STANDARD_OUTPUT:
        streams.write_error(line)
        return
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    with writing(target), open(os.open(target, flags, _MINE_ALONE), "ab") as file:
        file.write(f"{line}\n".encode())
