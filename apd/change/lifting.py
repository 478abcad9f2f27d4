"""What changes in a document of an older release when it is written as 2.0.1.

Facts: MedCom's example documents of 1.0, 1.1 and the draft of 2.0; see :mod:`apd.cda.migrations`.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from apd.model.appointment import Appointment
from apd.model.document import AppointmentDocument
from apd.standard.releases import Release
from apd.wording import Wording

_BEFORE_2 = (Release.V1_0, Release.V1_1)
_BEFORE_2_0_1 = (*_BEFORE_2, Release.V2_0)


class _Fact(NamedTuple):
    """Something that older releases said otherwise.

    Args:
        releases: those that did.
        path: the field it is about.
        wording: what is written now.
        applies: whether an appointment has such a thing.
    """

    releases: tuple[Release, ...]
    path: str
    wording: Wording
    applies: Callable[[Appointment], bool] = lambda _: True


_FACTS = (
    _Fact(
        _BEFORE_2_0_1,
        "release",
        Wording(
            "Profilversion, template-id'er og deres datoer skrives som i DK-APD 2.0.1.",
            "Profile version, template ids and their dates are written as in DK-APD 2.0.1.",
        ),
    ),
    _Fact(
        _BEFORE_2,
        "appointment.category",
        Wording(
            "Aftalens kode siger nu kategorien og ikke kun, at det er en aftale.",
            "The code of the appointment now says its category, not only that it is one.",
        ),
    ),
    _Fact(
        _BEFORE_2,
        "appointment.requester",
        Wording(
            "Rekvirenten skrives i headeren som anden author med koden REFB.",
            "The requester is written in the header as second author with the code REFB.",
        ),
        lambda appointment: appointment.requester is not None,
    ),
    _Fact(
        _BEFORE_2,
        "appointment.reason",
        Wording(
            "Årsagen skrives med moodCode EVN.", "The reason is written with the moodCode EVN."
        ),
        lambda appointment: appointment.reason is not None,
    ),
    _Fact(
        _BEFORE_2,
        "appointment.patient.birth_date",
        Wording(
            "Patientens fødselsdato skrives uden klokkeslæt.",
            "The patient's date of birth is written without a time of day.",
        ),
        lambda appointment: appointment.patient.birth_date is not None,
    ),
    _Fact(
        (Release.V2_0,),
        "appointment.repetition",
        Wording(
            "Gentagelsen skrives med koden RepeatingDocumentType.",
            "The repetition is written with the code RepeatingDocumentType.",
        ),
        lambda appointment: appointment.repetition is not None,
    ),
)


def lifted(document: AppointmentDocument) -> Iterator[tuple[str, Wording]]:
    """What a document of an older release said otherwise: the field, and what is written now."""
    for fact in _FACTS:
        if document.release in fact.releases and fact.applies(document.appointment):
            yield fact.path, fact.wording
