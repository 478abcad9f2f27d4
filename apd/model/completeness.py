"""What DK-APD 2.0.1 demands of a document, told from the model alone.

The writer asks this before it writes. Whatever is demanded but may be unknown (an address, a
telecom) is written as such and is no fault; what is here may not be unknown. One requirement, one
row. Source: APD-DK 2.0.1 and errata of 2021-11-24; Aftaleoversigten's business rules.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from apd.finding import Finding, Layer
from apd.model.document import AppointmentDocument
from apd.model.identifiers import CprNumber, MedComId, ProviderNumber, SorCode
from apd.model.location import SorLocation
from apd.standard.codes import Oid, Status
from apd.wording import Wording


class Requirement(NamedTuple):
    """One thing that a document must have or may not have.

    Args:
        field: the field it is about, from the document on.
        clauses: conformance ids, without their common prefix.
        wording: what is wrong and what would be right.
        is_met: whether a document meets it.
    """

    field: str
    clauses: tuple[str, ...]
    wording: Wording
    is_met: Callable[[AppointmentDocument], bool]

    def finding(self) -> Finding:
        """The finding for a document that does not meet it."""
        conformance = tuple(
            clause if ":" in clause or clause.startswith("#") else f"CONF-DK-APD:{clause}"
            for clause in self.clauses
        )
        return Finding(
            rule=conformance[0],
            layer=Layer.PROFILE,
            wording=self.wording,
            conformance=conformance,
            path=self.field,
            source="APD-DK 2.0.1",
        )


def _location_id_is_sor(document: AppointmentDocument) -> bool:
    location = document.appointment.location
    return location is None or location.id is None or isinstance(location.id, SorCode)


def _episode_label_is_sks(document: AppointmentDocument) -> bool:
    episode = document.appointment.episode_of_care
    return episode is None or (episode.label is not None and episode.label.system == Oid.SKS)


def _has_one_medcom_episode(document: AppointmentDocument) -> bool:
    episode = document.appointment.episode_of_care
    if episode is None:
        return True
    ids = [found for found in episode.ids if found.root == Oid.MEDCOM]
    return len(ids) <= 1 and all(isinstance(found, MedComId) for found in ids)


REQUIREMENTS = (
    Requirement(
        "id",
        ("a5bd", "c89b"),
        Wording(
            "Dokumentet skal have et id: en UUID i MedComs rod.",
            "The document must have an id: a UUID in MedCom's root.",
        ),
        lambda d: isinstance(d.id, MedComId),
    ),
    Requirement(
        "time",
        ("1640",),
        Wording(
            "Tidspunktet, hvor dokumentet er lavet, skal angives.",
            "The time when the document was made must be given.",
        ),
        lambda d: d.time is not None,
    ),
    Requirement(
        "confidentiality",
        ("CONF-DK:36",),
        Wording("Fortroligheden skal angives.", "The confidentiality must be given."),
        lambda d: d.confidentiality is not None,
    ),
    Requirement(
        "language",
        ("CONF-DK:37", "CONF-DK:38", "CONF-DK:39", "CONF-DK:40"),
        Wording("Sproget skal være da-DK.", "The language must be da-DK."),
        lambda d: d.language == "da-DK",
    ),
    Requirement(
        "appointment.patient.id",
        ("9ac6",),
        Wording("Patienten skal have et CPR-nummer.", "The patient must have a CPR number."),
        lambda d: isinstance(d.appointment.patient.id, CprNumber),
    ),
    Requirement(
        "appointment.responsible",
        ("61c6",),
        Wording("Aftaleansvarlig mangler.", "The responsible is missing."),
        lambda d: d.appointment.responsible is not None,
    ),
    Requirement(
        "appointment.responsible.id",
        ("4b90", "9199"),
        Wording(
            "Aftaleansvarlig skal have en SOR-kode eller et ydernummer.",
            "The responsible must have a SOR code or a provider number.",
        ),
        lambda d: (
            d.appointment.responsible is None
            or isinstance(d.appointment.responsible.id, SorCode | ProviderNumber)
        ),
    ),
    Requirement(
        "appointment.requester.id",
        ("7616",),
        Wording("Rekvirenten skal have en SOR-kode.", "The requester must have a SOR code."),
        lambda d: (
            d.appointment.requester is None or isinstance(d.appointment.requester.id, SorCode)
        ),
    ),
    Requirement(
        "custodian.id",
        ("CONF-DK:19", "CONF-DK:20", "CONF-DK:21", "CONF-DK:22"),
        Wording(
            "Forvalteren skal være der og have en SOR-kode.",
            "The custodian must be there and have a SOR code.",
        ),
        lambda d: d.custodian is not None and isinstance(d.custodian.id, SorCode),
    ),
    Requirement(
        "appointment.id",
        ("7493", "22dd"),
        Wording(
            "Aftalen skal have et id: en UUID i MedComs rod, en anden end dokumentets.",
            "The appointment must have an id: a UUID in MedCom's root, not the document's.",
        ),
        lambda d: isinstance(d.appointment.id, MedComId) and d.appointment.id != d.id,
    ),
    Requirement(
        "appointment.category",
        ("9245", "ed37"),
        Wording(
            "Kategorien skal angives: region, kommune eller praksis.",
            "The category must be given: region, municipality or practice.",
        ),
        lambda d: d.appointment.category is not None,
    ),
    Requirement(
        "appointment.status",
        ("0da6", "CONF:134", "#4"),
        Wording("Status skal være active.", "The status must be active."),
        lambda d: d.appointment.status is Status.ACTIVE,
    ),
    Requirement(
        "appointment.reason",
        ("ae0f", "68a1", "4c2c", "a7d3"),
        Wording("Årsagen mangler.", "The reason is missing."),
        lambda d: d.appointment.reason is not None,
    ),
    Requirement(
        "appointment.performer",
        ("63d8",),
        Wording("Aftaleudførende mangler.", "The performer is missing."),
        lambda d: d.appointment.performer is not None,
    ),
    Requirement(
        "appointment.performer.id",
        ("ad1e",),
        Wording("Aftaleudførende skal have et id.", "The performer must have an id."),
        lambda d: d.appointment.performer is None or d.appointment.performer.id is not None,
    ),
    Requirement(
        "appointment.performer.telecoms",
        ("bf38",),
        Wording(
            "Aftaleudførende må kun have én telekommunikationsadresse.",
            "The performer may have one telecom only.",
        ),
        lambda d: d.appointment.performer is None or len(d.appointment.performer.telecoms) <= 1,
    ),
    Requirement(
        "appointment.performer.organization.name",
        ("0d10", "b770"),
        Wording(
            "Aftaleudførendes organisation skal have et navn.",
            "The performer's organisation must have a name.",
        ),
        lambda d: (
            d.appointment.performer is None
            or (
                d.appointment.performer.organization is not None
                and d.appointment.performer.organization.name is not None
            )
        ),
    ),
    Requirement(
        "appointment.location",
        ("4ec7",),
        Wording("Mødestedet mangler.", "The location is missing."),
        lambda d: d.appointment.location is not None,
    ),
    Requirement(
        "appointment.location.id",
        ("3315",),
        Wording(
            "Et mødested i SOR (type 1) skal have en SOR-kode.",
            "A location in SOR (type 1) must have a SOR code.",
        ),
        lambda d: (
            not isinstance(d.appointment.location, SorLocation)
            or d.appointment.location.id is not None
        ),
    ),
    Requirement(
        "appointment.location.id",
        ("91ea", "4862", "062f"),
        Wording(
            "Et mødesteds id må kun være en SOR-kode.",
            "The id of a location may only be a SOR code.",
        ),
        _location_id_is_sor,
    ),
    Requirement(
        "appointment.episode_of_care.label",
        ("158f", "44e3", "b670", "8b6d"),
        Wording(
            "Et forløb skal have en forløbslabel fra SKS.",
            "An episode of care must have a label from SKS.",
        ),
        _episode_label_is_sks,
    ),
    Requirement(
        "appointment.episode_of_care.ids",
        ("8aa5",),
        Wording(
            "Et forløb må kun have ét id i MedComs rod, og det skal være en UUID.",
            "An episode of care may have one id in MedCom's root only, and it must be a UUID.",
        ),
        _has_one_medcom_episode,
    ),
    Requirement(
        "appointment.repetition.id",
        ("40c2", "b4af", "6245", "4b55"),
        Wording(
            "Et repetitions-id skal være en UUID i MedComs rod.",
            "A repetition id must be a UUID in MedCom's root.",
        ),
        lambda d: (
            d.appointment.repetition is None
            or d.appointment.repetition.id is None
            or isinstance(d.appointment.repetition.id, MedComId)
        ),
    ),
)


def missing(document: AppointmentDocument) -> Iterator[Finding]:
    """A finding for every requirement that a document does not meet."""
    return (item.finding() for item in REQUIREMENTS if not item.is_met(document))
