"""The custodian: CDA custodian."""

from apd.cda.datatypes import (
    all_telecoms,
    read_address,
    read_name,
    read_organization_id,
    write_address,
    write_id,
    write_name,
    write_telecoms,
)
from apd.cda.remembering import remembered_if_written_short
from apd.cda.written import recalled_text
from apd.cda.xml import (
    ADDR,
    ID,
    NAME,
    TELECOM,
    Element,
    child,
    children,
    recalled,
)
from apd.model.party import Custodian


def read_custodian(custodian: Element | None) -> Custodian | None:
    """The organisation that keeps the document."""
    return None if custodian is None else recalled(_read, custodian)


def kept_custodian(written: str) -> Custodian | None:
    """As :func:`read_custodian`, of what the grammar keeps."""
    return recalled_text(_read, written)


def _read(custodian: Element) -> Custodian | None:
    assigned = child(custodian, "assignedCustodian")
    element = None if assigned is None else child(assigned, "representedCustodianOrganization")
    if element is None:
        return None
    parts = children(element)
    telecoms = all_telecoms(parts.get(TELECOM, ()))
    return Custodian(
        id=read_organization_id(parts.get(ID, ())),
        name=read_name(parts.get(NAME, ())),
        telecom=telecoms[0] if telecoms else None,
        address=read_address(parts.get(ADDR, ())),
    )


@remembered_if_written_short
def write_custodian(custodian: Custodian | None) -> str:
    """The organisation that keeps the document; name, telecom and address are required."""
    if custodian is None:
        return ""
    telecoms = () if custodian.telecom is None else (custodian.telecom,)
    return (
        '<custodian typeCode="CST"><assignedCustodian classCode="ASSIGNED">'
        '<representedCustodianOrganization classCode="ORG" determinerCode="INSTANCE">'
        f"{write_id(custodian.id)}"
        f"{write_name(custodian.name)}"
        f"{write_telecoms(telecoms, demanded=True)}"
        f"{write_address(custodian.address, demanded=True)}"
        "</representedCustodianOrganization></assignedCustodian></custodian>"
    )
