"""What the library writes breaks no rule that is an error, in any layer."""

from hypothesis import assume, given

import apd
from apd.finding import Severity
from apd.testing.strategies import documents
from apd.validation import validate


def says_something_twice(document: apd.AppointmentDocument) -> bool:
    """The same telecom or identifier beside itself, which the writer writes as it is told to."""
    appointment = document.appointment
    patient = appointment.patient
    roles = (appointment.responsible, appointment.requester, appointment.performer)
    organizations = [role.organization for role in roles if role is not None]
    parties = [patient, patient.provider_organization, *roles, *organizations]
    telecoms = [party.telecoms for party in parties if party is not None]
    ids = [(id.root, id.extension) for id in episode_ids(document)]
    return any(len(set(items)) < len(items) for items in (*telecoms, ids))


def has_foreign_episode_id(document: apd.AppointmentDocument) -> bool:
    """An id of the episode in MedCom's root that is no UUID, which the writer lets pass."""
    return any(
        isinstance(id, apd.Identifier) and id.root == apd.Oid.MEDCOM for id in episode_ids(document)
    )


def episode_ids(
    document: apd.AppointmentDocument,
) -> tuple[apd.EpisodeId | apd.MedComId | apd.Identifier, ...]:
    episode = document.appointment.episode_of_care
    return () if episode is None else episode.ids


@given(documents())
def test_what_is_written_is_valid(document: apd.AppointmentDocument) -> None:
    assume(not says_something_twice(document))
    assume(not has_foreign_episode_id(document))
    findings = validate(apd.dumps(document)).findings

    assert [found for found in findings if found.severity is Severity.ERROR] == []


@given(documents(complete=False))
def test_any_document_can_be_validated(document: apd.AppointmentDocument) -> None:
    validate(document)
