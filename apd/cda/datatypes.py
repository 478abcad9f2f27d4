"""HL7 v3 data types as the profile uses them: II, CD, TS, AD, PN, ON, TEL. Reader beside writer.

A reader takes what it understands and returns None if there is nothing; what it leaves out is
found by comparison (see :mod:`apd.cda.lossless.unmapped`). A writer returns XML as text, with
attributes in alphabetical order. Source: HL7 v3 data types R1; APD-DK 2.0.1.
"""

import datetime
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from apd.cda.timestamps import Precision, time_of, time_value
from apd.cda.written import HasAttributes, attributes_in, parts_in
from apd.cda.xml import NULL, TELECOM, Element, attribute, content, hl7
from apd.errors import InvalidValue
from apd.model.code import Code
from apd.model.contact import Address, PersonName, Telecom
from apd.model.identifiers import (
    AnyIdentifier,
    CprNumber,
    DocumentId,
    Identifier,
    MedComId,
    OrganizationId,
    ProviderNumber,
    SorCode,
    known_identifier,
)
from apd.standard.codes import AddressUse, NullFlavor, Oid, TelecomUse

T = TypeVar("T")

_ADDRESS_USES = {use.value: use for use in AddressUse}
_TELECOM_USES = {use.value: use for use in TelecomUse}
_NULL_FLAVORS = {flavor.value: flavor for flavor in NullFlavor}


def is_null(element: HasAttributes) -> bool:
    """Whether the element has a nullFlavor."""
    return element.get("nullFlavor") is not None


def _first_use(uses: dict[str, T], element: HasAttributes) -> T | None:
    """The use that an address or telecom states first; the list may hold several."""
    stated = element.get("use")
    if stated is None:
        return None
    return uses.get(stated) or next((uses[use] for use in stated.split() if use in uses), None)


# --- II: identifiers -------------------------------------------------------------------------


def read_id(element: HasAttributes) -> AnyIdentifier | None:
    """The identifier, if it has a root."""
    root = element.get("root")
    if root is None:
        return None
    root, extension = root.strip(), element.get("extension")
    if extension is not None:
        extension = extension.strip()
    try:
        return known_identifier(root, extension) or Identifier(
            root, extension, element.get("assigningAuthorityName")
        )
    except InvalidValue:
        return None


def read_document_id(ids: Sequence[HasAttributes]) -> DocumentId | None:
    """The identifier of a document, an appointment or a series: the first that is not empty."""
    for at in ids:
        found = None if is_null(at) else read_id(at)
        if isinstance(found, (MedComId, Identifier)):
            return found
    return None


def read_organization_id(ids: Sequence[HasAttributes]) -> OrganizationId | None:
    """The identifier of an organisation or of a role in one.

    The SOR code counts, else the provider number, else the first that is not null.
    """
    found: list[OrganizationId] = []
    for at in ids:
        identifier = None if is_null(at) else read_id(at)
        if isinstance(identifier, (SorCode, ProviderNumber, Identifier)):
            found.append(identifier)
    return min(found, key=lambda one: _RANKS[type(one)], default=None)


_RANKS: dict[type, int] = {SorCode: 0, ProviderNumber: 1, Identifier: 2}


def read_patient_ids(ids: Sequence[HasAttributes]) -> tuple[CprNumber | Identifier, ...]:
    """The identifiers of the patient that may apply.

    The CPR number applies, wherever it is; several different ones are all returned, as none may be
    guessed. If there is none, the first identifier that is not null applies.
    """
    numbers: dict[CprNumber | Identifier, None] = {}
    other = None
    for at in ids:
        identifier = read_id(at)
        if isinstance(identifier, (CprNumber, Identifier)) and identifier.extension is not None:
            if identifier.root == Oid.CPR:
                numbers[identifier] = None
            elif other is None and not is_null(at):
                other = identifier
    return tuple(numbers) or (() if other is None else (other,))


def write_id(value: AnyIdentifier | None, tag: str = "id", also: str = "") -> str:
    """The identifier, with its assigning authority and optionally another attribute."""
    if value is None:
        return ""
    authority = "" if value.authority is None else attribute(value.authority)
    extension = "" if value.extension is None else attribute(value.extension)
    return (
        f"<{tag}"
        + (authority and f' assigningAuthorityName="{authority}"')
        + (extension and f' extension="{extension}"')
        + f' root="{value.root}"{also}/>'
    )


# --- CS, CE, CD: codes -----------------------------------------------------------------------


def read_symbol(element: HasAttributes | None) -> str | None:
    """The bare code of an element whose code system is fixed."""
    words = [] if element is None else (element.get("code") or "").split()
    return words[0] if len(words) == 1 else None


def read_code(element: HasAttributes | None, *, with_display: bool = True) -> Code | None:
    """The code with its display name, if any; None if it has no code system."""
    if element is None:
        return None
    code, system = element.get("code"), element.get("codeSystem")
    if code is None or system is None:
        return None
    try:
        return Code(code, system, element.get("displayName") if with_display else None)
    except InvalidValue:
        return None


def write_code(code: Code, display: str | None = None) -> str:
    """The code, its code system with its name, and its display name."""
    name = code.system_name
    display = display or code.display
    return (
        f'<code code="{attribute(code.code)}" codeSystem="{code.system}"'
        + ("" if name is None else f' codeSystemName="{name}"')
        + ("" if display is None else f' displayName="{attribute(display)}"')
        + "/>"
    )


# --- TS: times -------------------------------------------------------------------------------


def read_time(element: HasAttributes | None) -> datetime.datetime | None:
    """The moment in the value of an element."""
    value = None if element is None else element.get("value")
    return None if value is None else time_of(value)


_DATE_DIGITS = len("YYYYMMDD")
_IN_ISO_ONLY = str.maketrans("", "", "-:T")


@lru_cache(maxsize=64)  # a document says the same few times over and over
def ts(time: datetime.datetime) -> str:
    """A moment as 14 digits and an offset. Offsets of the model are east of Greenwich."""
    return time.isoformat().translate(_IN_ISO_ONLY)


def write_time(tag: str, time: datetime.datetime | None) -> str:
    """A time that is required; null if it is not known."""
    return f"<{tag} {NULL}/>" if time is None else f'<{tag} value="{ts(time)}"/>'


def read_date(element: HasAttributes | None) -> datetime.date | None:
    """The date in the value of an element, whatever follows it."""
    value = None if element is None else element.get("value")
    return None if value is None else date_of(value)


def date_of(value: str) -> datetime.date | None:
    """The date in a value, whatever follows it."""
    stated = time_value(value.strip()[:_DATE_DIGITS]) or time_value(value)
    return None if stated is None or stated.precision < Precision.DAY else stated.local.date()


# --- AD: addresses ---------------------------------------------------------------------------

_LINE = hl7("streetAddressLine")
_POSTAL_CODE, _CITY, _COUNTRY = hl7("postalCode"), hl7("city"), hl7("country")
_OTHER_LINES = frozenset(map(hl7, ("careOf", "postBox", "precinct", "deliveryAddressLine")))
_STREET_PARTS = frozenset(
    hl7(name)
    for name in (
        "streetName",
        "streetNameBase",
        "streetNameType",
        "houseNumber",
        "houseNumberNumeric",
        "buildingNumberSuffix",
        "additionalLocator",
        "unitType",
        "unitID",
        "direction",
    )
)


def read_address(addresses: Sequence[Element]) -> Address | None:
    """The first address that is provided, else the first that states why it is not."""
    not_informed = None
    for element in addresses:
        found = _address(element)
        if found is not None and found.is_informed:
            return found
        not_informed = not_informed or found
    return not_informed


def _address(element: Element) -> Address | None:
    """One address; None for one that is null as a whole."""
    if is_null(element):
        return None
    parts = [(part.tag, part.text, part.get("nullFlavor")) for part in element]
    return _address_of(element, parts, element.text)


def written_address(written: str) -> Address | None:
    """As :func:`read_address`, of what the grammar keeps: one address at most."""
    if not written:
        return None
    attributes = attributes_in(written)[0]
    return None if is_null(attributes) else _address_of(attributes, *parts_in(written))


def _address_of(
    attributes: HasAttributes,
    parts: Sequence[tuple[str, str | None, str | None]],
    text: str | None,
) -> Address | None:
    """The address with these parts, each its name, text and null flavor; without any, its text.

    Of several codes, cities or countries the first that says something counts.
    """
    lines: list[str] = []
    street: list[str] = []
    postal_code = city = country = null_flavor = None
    for tag, said, flavor in parts:
        if not said or said.isspace():
            null_flavor = null_flavor or _NULL_FLAVORS.get((flavor or "").strip())
        elif tag == _LINE or tag in _OTHER_LINES:
            lines.append(said)
        elif tag == _POSTAL_CODE:
            postal_code = postal_code or said
        elif tag == _CITY:
            city = city or said
        elif tag == _COUNTRY:
            country = country or said
        elif tag in _STREET_PARTS:
            street.append(said)
    if street:
        lines.insert(0, " ".join(street))
    if not parts and text:
        lines.append(text)
    if lines or postal_code or city or country:
        null_flavor = None
    use = _first_use(_ADDRESS_USES, attributes)
    try:
        return Address(lines, postal_code, city, country, use=use, null_flavor=null_flavor)
    except InvalidValue:
        return None


def write_address(address: Address | None, demanded: bool = False) -> str:
    """The address, its parts in the usual order; null if it is required but not known."""
    if address is None:
        return f"<addr {NULL}/>" if demanded else ""
    parts = [f'<addr use="{address.use}">' if address.use else "<addr>"]
    if address.null_flavor is not None:
        parts.append(f'<streetAddressLine nullFlavor="{address.null_flavor}"/>')
    for line in address.lines:
        parts.append(f"<streetAddressLine>{content(line)}</streetAddressLine>")
    if address.postal_code:
        parts.append(f"<postalCode>{content(address.postal_code)}</postalCode>")
    if address.city:
        parts.append(f"<city>{content(address.city)}</city>")
    if address.country:
        parts.append(f"<country>{content(address.country)}</country>")
    parts.append("</addr>")
    return "".join(parts)


# --- PN, ON: names ---------------------------------------------------------------------------

_GIVEN, _FAMILY = hl7("given"), hl7("family")
_PREFIX, _SUFFIX = hl7("prefix"), hl7("suffix")


def read_person_name(names: Sequence[Element]) -> PersonName | None:
    """The first name of the person that is not empty; plain text is taken as the family name."""
    return next((name for name in map(_person_name, names) if name is not None), None)


def _person_name(element: Element) -> PersonName | None:
    return _name_of([(part.tag, part.text, None) for part in element], element.text)


def written_person_name(written: str) -> PersonName | None:
    """As :func:`read_person_name`, of what the grammar keeps: one name at most."""
    return _name_of(*parts_in(written)) if written else None


def _name_of(
    parts: Sequence[tuple[str, str | None, str | None]], text: str | None
) -> PersonName | None:
    """The name with these parts; without any, its text is the family name."""
    texts: dict[str, list[str]] = {} if parts else {_FAMILY: [text or ""]}
    for tag, said, _ in parts:
        if said:
            texts.setdefault(tag, []).append(said)
    try:
        return PersonName(
            texts.get(_GIVEN, ()),
            " ".join(texts.get(_FAMILY, ())),
            texts.get(_PREFIX, ()),
            texts.get(_SUFFIX, ()),
        )
    except InvalidValue:
        return None


def write_person_name(name: PersonName | None) -> str:
    """The person's name, its parts in the order in which they are read; null if it is not known."""
    if name is None:
        return f"<name {NULL}/>"
    return (
        "<name>"
        + "".join([f"<prefix>{content(prefix)}</prefix>" for prefix in name.prefix])
        + "".join([f"<given>{content(given)}</given>" for given in name.given])
        + (f"<family>{content(name.family)}</family>" if name.family else "")
        + "".join([f"<suffix>{content(suffix)}</suffix>" for suffix in name.suffix])
        + "</name>"
    )


def read_text(element: Element | None) -> str | None:
    """The text of an element and its descendants."""
    if element is None:
        return None
    return " ".join(map(str, element.itertext())) if len(element) else element.text


def read_name(names: Sequence[Element]) -> str | None:
    """A name that is plain text, of an organisation or a place: the first that is not empty."""
    stated = map(read_text, names)
    return next((text for text in stated if text is not None and text.strip()), None)


def written_name(written: str) -> str | None:
    """As :func:`read_name`, of what the grammar keeps: one name at most."""
    parts, text = parts_in(written)
    return " ".join([said for _, said, _ in parts]) or text or None


def write_name(name: str | None) -> str:
    """A name that is plain text, of an organisation or a place; null if it is not known."""
    return f"<name {NULL}/>" if name is None else f"<name>{content(name)}</name>"


# --- TEL: telecoms ---------------------------------------------------------------------------

_DIALLED = re.compile(r"\+?[0-9][0-9 \-]*")


def read_telecom(element: HasAttributes) -> Telecom | None:
    """The telecom of one element, or None if it is not understood."""
    value = element.get("value")
    if not value:
        return None
    if _DIALLED.fullmatch(value):  # a number whose scheme was left out
        value = "tel:" + value
    try:
        return Telecom("".join(value.split()), _first_use(_TELECOM_USES, element))
    except InvalidValue:
        return None


def read_telecoms(parent: Element) -> tuple[Telecom, ...]:
    """The telecoms of an element that are understood, in order."""
    return all_telecoms(list(parent.iterchildren(TELECOM)))


def all_telecoms(telecoms: Sequence[HasAttributes]) -> tuple[Telecom, ...]:
    """The telecoms that are understood, in order."""
    return tuple([found for found in map(read_telecom, telecoms) if found is not None])


def write_telecoms(telecoms: Iterable[Telecom], demanded: bool = False) -> str:
    """The telecoms, in order; a null one if one is required and none is known."""
    written = "".join(
        [
            f'<telecom use="{telecom.use}" value="{attribute(telecom.value)}"/>'
            if telecom.use
            else f'<telecom value="{attribute(telecom.value)}"/>'
            for telecom in telecoms
        ]
    )
    return written or (f"<telecom {NULL}/>" if demanded else "")
