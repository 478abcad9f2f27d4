"""The location: a participant of the encounter, whose typeCode is the type of location.

Source: APD-DK 2.0.1, template 1.2.208.184.14.11.3.
"""

from collections.abc import Sequence

from apd.cda.datatypes import (
    all_telecoms,
    read_address,
    read_name,
    read_organization_id,
    write_address,
    write_id,
    write_name,
    write_telecoms,
    written_address,
    written_name,
)
from apd.cda.grammar.kept import KeptParts
from apd.cda.remembering import remembered_if_written_short
from apd.cda.written import attributes_in, recalled_text, unadmitted_elements
from apd.cda.xml import (
    ADDR,
    ID,
    NAME,
    TELECOM,
    Element,
    child,
    children,
    first,
    hl7,
    recalled,
)
from apd.model.contact import Address, Telecom, telephones
from apd.model.identifiers import OrganizationId
from apd.model.location import HomeLocation, Location, OtherLocation, SorLocation
from apd.standard.codes import LOCATION_TEMPLATE
from apd.standard.releases import Release

TYPE_CODES: dict[str, type[SorLocation | OtherLocation | HomeLocation]] = {
    "LOC": SorLocation,
    "DST": OtherLocation,
    "SBJ": HomeLocation,
}
_TYPE_CODE_OF = {location_type: code for code, location_type in TYPE_CODES.items()}
_PARTICIPANT, _PLACE = hl7("participant"), hl7("playingEntity")


def read_location(encounter: Element) -> Location | None:
    """The location, as the class for its type."""
    for participant in encounter.iterchildren(_PARTICIPANT):
        type_code = participant.get("typeCode")
        if type_code in TYPE_CODES:
            # a home is the patient's, and other places may be; neither is remembered
            return recalled(_read, participant) if type_code == "LOC" else _read(participant)
    return None


def _read(participant: Element) -> Location:
    parts = children(child(participant, "participantRole"))
    return _location(
        participant.get("typeCode", ""),
        read_organization_id(parts.get(ID, ())),
        read_name(children(first(parts, _PLACE)).get(NAME, ())),
        read_address(parts.get(ADDR, ())),
        all_telecoms(parts.get(TELECOM, ())),
    )


def kept_location(kept: KeptParts) -> Location | None:
    """As :func:`read_location`, of a document that the grammar admits."""
    type_code = kept["location_type"]
    if type_code not in TYPE_CODES:
        return None
    if type_code == "LOC":
        return recalled_text(_read, kept["location"])
    participants = unadmitted_elements(kept, "location")
    if participants:
        return _read(participants[0])
    telecoms = all_telecoms(attributes_in(kept["location_telecoms"]))
    return _location(
        type_code,
        read_organization_id(attributes_in(kept["location_ids"])),
        written_name(kept["place"]),
        written_address(kept["location_address"]),
        telecoms,
    )


def _location(
    type_code: str,
    id: OrganizationId | None,
    name: str | None,
    address: Address | None,
    telecoms: Sequence[Telecom],
) -> Location:
    telecom = next(iter(telephones(telecoms) or telecoms), None)
    return TYPE_CODES[type_code](id=id, name=name, address=address, telecom=telecom)


def write_location(location: Location | None, release: Release) -> str:
    """The location; in SOR, address and telecom are required."""
    if location is None:
        return ""
    write = _remember if isinstance(location, SorLocation) else _write
    return write(location, release.template_date)


def _write(location: Location, template_date: str) -> str:
    demanded = isinstance(location, SorLocation)
    telecoms = () if location.telecom is None else (location.telecom,)
    return (
        f'<participant typeCode="{_TYPE_CODE_OF[type(location)]}">'
        '<participantRole classCode="SDLOC">'
        f'<templateId extension="{template_date}" root="{LOCATION_TEMPLATE}"/>'
        f"{write_id(location.id)}"
        f"{write_address(location.address, demanded)}"
        f"{write_telecoms(telecoms, demanded)}"
        f'<playingEntity classCode="PLC">{write_name(location.name)}</playingEntity>'
        "</participantRole></participant>"
    )


_remember = remembered_if_written_short(_write)
