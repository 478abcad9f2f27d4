"""Organisations, and the entities that carry the roles. CDA Organization, AssignedEntity."""

from typing import TypedDict

from apd.cda.datatypes import (
    read_address,
    read_name,
    read_organization_id,
    read_person_name,
    read_telecoms,
    write_address,
    write_id,
    write_name,
    write_person_name,
    write_telecoms,
)
from apd.cda.xml import Element, child, named, recalled, remembered
from apd.errors import InvalidValue
from apd.model.contact import Address, Telecom
from apd.model.identifiers import OrganizationId
from apd.model.party import Organization, Performer, Person, Requester, Responsible


def read_organization(element: Element | None) -> Organization | None:
    """The organisation; None where nothing is stated of it. See :func:`recalled`."""
    return None if element is None else recalled(_read_organization, element)


def _read_organization(element: Element) -> Organization | None:
    parts = named(element)
    try:
        return Organization(
            name=read_name(parts.get("name")),
            id=read_organization_id(parts.get("id")),
            address=read_address(parts.get("addr")),
            telecoms=read_telecoms(element) if "telecom" in parts else (),
        )
    except InvalidValue:
        return None


def write_organization(tag: str, organization: Organization | None) -> str:
    """The organisation with its name, which is demanded; nothing for None."""
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


def _read_person(element: Element | None) -> Person | None:
    name = None if element is None else read_person_name(child(element, "name"))
    return None if name is None else Person(name)


def _write_person(person: Person | None) -> str:
    if person is None:
        return ""
    return (
        '<assignedPerson classCode="PSN" determinerCode="INSTANCE">'
        f"{write_person_name(person.name)}</assignedPerson>"
    )


class RoleParts(TypedDict):
    """What an entity says, as arguments of the roles' classes."""

    id: OrganizationId | None
    organization: Organization | None
    person: Person | None
    address: Address | None
    telecoms: tuple[Telecom, ...]


def recall_role(element: Element) -> RoleParts:
    """What an assignedAuthor or assignedEntity says; see :func:`recalled`."""
    return recalled(_read_role, element)


def _read_role(element: Element) -> RoleParts:
    parts = named(element)
    organization = parts.get("representedOrganization")
    return {
        "id": read_organization_id(parts.get("id")),
        "organization": None if organization is None else _read_organization(organization),
        "person": _read_person(parts.get("assignedPerson")),
        "address": read_address(parts.get("addr")),
        "telecoms": read_telecoms(element),
    }


def write_role(tag: str, role: Responsible | Requester | Performer, code: str = "") -> str:
    """An assignedAuthor or assignedEntity; address and telecom are demanded.

    Args:
        tag: ``assignedAuthor`` or ``assignedEntity``.
        role: who has the role.
        code: the code that names the role, as XML, if it has one.
    """
    return _write_role(
        tag, code, role.id, role.address, role.telecoms, role.person, role.organization
    )


@remembered
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
        f"{write_organization('representedOrganization', organization)}"
        f"</{tag}>"
    )
