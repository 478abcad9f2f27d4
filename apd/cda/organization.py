"""Organisations, and the entities that have the roles. CDA Organization, AssignedEntity."""

from collections.abc import Iterator
from typing import TypedDict

from apd.cda.datatypes import (
    all_telecoms,
    read_address,
    read_name,
    read_organization_id,
    read_person_name,
    write_address,
    write_id,
    write_name,
    write_person_name,
    write_telecoms,
)
from apd.cda.remembering import remembered_if_written_short
from apd.cda.written import recalled_text
from apd.cda.xml import (
    ADDR,
    ID,
    NAME,
    TELECOM,
    Children,
    Element,
    children,
    first,
    hl7,
    recalled,
)
from apd.errors import InvalidValue
from apd.model.contact import Address, Telecom
from apd.model.identifiers import OrganizationId
from apd.model.identity import is_another
from apd.model.party import Organization, Performer, Person, Requester, Responsible

REPRESENTED = "representedOrganization"
_REPRESENTED, _PERSON = hl7(REPRESENTED), hl7("assignedPerson")


def read_organization(element: Element | None) -> Organization | None:
    """The organisation; None if nothing is stated about it. See :func:`recalled`."""
    return None if element is None else recalled(_read_organization, element)


def kept_organization(written: str) -> Organization | None:
    """As :func:`read_organization`, of what the grammar keeps."""
    return recalled_text(_read_organization, written)


def _read_organization(element: Element) -> Organization | None:
    parts = children(element)
    try:
        return Organization(
            name=read_name(parts.get(NAME, ())),
            id=read_organization_id(parts.get(ID, ())),
            address=read_address(parts.get(ADDR, ())),
            telecoms=all_telecoms(parts.get(TELECOM, ())),
        )
    except InvalidValue:
        return None


def write_organization(tag: str, organization: Organization | None) -> str:
    """The organisation with its name, which is required; an empty text for None."""
    if organization is None:
        return ""
    return (
        f'<{tag} classCode="ORG" determinerCode="INSTANCE">'
        f"{write_id(organization.id)}"
        f"{write_name(organization.name)}"
        f"{write_telecoms(organization.telecoms)}"
        f"{write_address(organization.address)}"
        f"</{tag}>"
    )


def write_other_organization(
    tag: str, old: Organization | None, new: Organization | None
) -> tuple[str, ...]:
    """The organisation if it is another one than before."""
    return (write_organization(tag, new),) if is_another(old, new) else ()


def write_others_in_role(
    old: Responsible | Requester | Performer, new: Responsible | Requester | Performer
) -> Iterator[str]:
    """The person of a role, if named otherwise than before, and the organisation if another one."""
    if old.person != new.person:
        yield _write_person(new.person)
    yield from write_other_organization(REPRESENTED, old.organization, new.organization)


def _read_person(element: Element | None) -> Person | None:
    name = read_person_name(children(element).get(NAME, ()))
    return None if name is None else Person(name)


def _write_person(person: Person | None) -> str:
    if person is None:
        return ""
    return (
        '<assignedPerson classCode="PSN" determinerCode="INSTANCE">'
        f"{write_person_name(person.name)}</assignedPerson>"
    )


class RoleParts(TypedDict):
    """The content of an entity, as arguments of the roles' classes."""

    id: OrganizationId | None
    organization: Organization | None
    person: Person | None
    address: Address | None
    telecoms: tuple[Telecom, ...]


def recall_role(element: Element) -> RoleParts:
    """The content of an assignedAuthor or assignedEntity; see :func:`recalled`."""
    return recalled(_read_role, element)


def _read_role(element: Element) -> RoleParts:
    return read_role(children(element))


def read_role(parts: Children) -> RoleParts:
    """Read the content of an assignedAuthor or assignedEntity."""
    organization = first(parts, _REPRESENTED)
    return {
        "id": read_organization_id(parts.get(ID, ())),
        "organization": None if organization is None else _read_organization(organization),
        "person": _read_person(first(parts, _PERSON)),
        "address": read_address(parts.get(ADDR, ())),
        "telecoms": all_telecoms(parts.get(TELECOM, ())),
    }


def write_role(tag: str, role: Responsible | Requester | Performer, code: str = "") -> str:
    """An ``assignedAuthor`` or ``assignedEntity``; address and telecom are required.

    The code of the role, if any, is passed as XML.
    """
    return _write_role(
        tag, code, role.id, role.address, role.telecoms, role.person, role.organization
    )


@remembered_if_written_short
def _write_role(
    tag: str,
    code: str,
    role_id: OrganizationId | None,
    address: Address | None,
    telecoms: tuple[Telecom, ...],
    person: Person | None,
    organization: Organization | None,
) -> str:
    return (
        f'<{tag} classCode="ASSIGNED">'
        f"{write_id(role_id)}"
        f"{code}"
        f"{write_address(address, demanded=True)}"
        f"{write_telecoms(telecoms, demanded=True)}"
        f"{_write_person(person)}"
        f"{write_organization(REPRESENTED, organization)}"
        f"</{tag}>"
    )
