"""What does not get through, as the register keeps it: noted, released, and forgotten."""

from collections.abc import Container, Iterable

from attrs import evolve

from apd.findings import Finding
from apd.model.identifiers import MedComId
from apd.publication.entry import Entry, Kind, Trouble, TroubleKind
from apd.publication.register import PublisherRegister


def note_unsendable(
    register: PublisherRegister, id: MedComId, step: Kind, findings: Iterable[Finding]
) -> None:
    """Write that no message can be made, and which rules that is by.

    Args:
        register: where.
        id: the appointment.
        step: what was to be done about it.
        findings: what is wrong.
    """
    rules = tuple(dict.fromkeys(finding.rule for finding in findings))
    trouble = Trouble(kind=TroubleKind.UNSENDABLE, step=step, codes=rules)

    def noted(entry: Entry) -> Entry | None:
        return None if entry.trouble == trouble else evolve(entry, trouble=trouble)

    register.update(id, noted)


def entry_of(register: PublisherRegister, id: MedComId) -> Entry:
    """The entry of an appointment, empty where nothing is known of it."""
    return next(iter(register.some([id])), Entry(appointment_id=id))


def unsendable_step(entry: Entry) -> Kind:
    """What was to be done about a booking that is incomplete."""
    return Kind.PUBLISH if entry.document is None else Kind.REPLACE


def release(register: PublisherRegister, ids: Iterable[MedComId] | None = None) -> int:
    """Let be tried again what waits or is parked.

    Args:
        register: where.
        ids: the appointments; None for all.

    Returns:
        How many were released.
    """
    if ids is None:
        ids = [one.appointment_id for one in list(register.troubled())]
    return sum(register.update(id, _without_trouble) for id in ids)


def forget_troubles(register: PublisherRegister, known: Container[str]) -> None:
    """Forget the troubles of what is neither held nor published any more.

    Args:
        register: where.
        known: the ids of the appointments that are held, in lower case.
    """
    for entry in list(register.troubled()):
        if entry.appointment_id.value not in known and entry.document is None:
            register.update(entry.appointment_id, _without_trouble)


def _without_trouble(entry: Entry) -> Entry | None:
    return None if entry.trouble is None else evolve(entry, trouble=None)
