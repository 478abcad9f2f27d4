"""Whether a patient, a party or a place is another one than before, or the same with new details.

Every comparison and every change of a document that was read uses :func:`is_another`.
"""

from collections.abc import Callable
from typing import Any

from apd.model.identifiers import id_key
from apd.model.location import HomeLocation, OtherLocation, SorLocation, is_same_place
from apd.model.party import Custodian, Organization, Patient, Performer, Requester, Responsible


def is_another(old: object, new: object) -> bool:
    """Whether the new value is about another patient, party or place than the old one.

    * A patient with another id is another patient.
    * A party with another id is another party. If one of them has no id, the names of their
      organisations decide, and without these it is the same party.
    * An organisation that somebody belongs to is another one only by another id.
    * Places are compared by :func:`apd.model.location.is_same_place`.

    What was not there before is another one. Values of other classes are never others.
    """
    is_other = _IS_ANOTHER.get(type(new))
    return is_other is not None and (old is None or is_other(old, new))


def _is_other_patient(old: Patient, new: Patient) -> bool:
    return id_key(old.id) != id_key(new.id)


def _is_other_place(
    old: SorLocation | OtherLocation | HomeLocation, new: SorLocation | OtherLocation | HomeLocation
) -> bool:
    return not is_same_place(old, new)


def _is_other_organization(old: Organization, new: Organization) -> bool:
    return None not in (old.id, new.id) and id_key(old.id) != id_key(new.id)


def _is_other_party(old: Any, new: Any) -> bool:
    if None not in (old.id, new.id):
        return id_key(old.id) != id_key(new.id)
    names = _name_of(old), _name_of(new)
    return None not in names and names[0] != names[1]


def _name_of(party: Responsible | Requester | Performer | Custodian) -> str | None:
    named: Custodian | Organization | None = (
        party if isinstance(party, Custodian) else party.organization
    )
    return None if named is None else named.name


_IS_ANOTHER: dict[type, Callable[[Any, Any], bool]] = {
    Patient: _is_other_patient,
    Organization: _is_other_organization,
    **dict.fromkeys((SorLocation, OtherLocation, HomeLocation), _is_other_place),
    **dict.fromkeys((Responsible, Requester, Performer, Custodian), _is_other_party),
}
