"""Document entry, submission set and association as ebRIM objects: readers and writers.

The first two use the tables of their attributes. Source: IHE ITI TF-3, section 4.2.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from apd.cda.xml import Element, attribute
from apd.errors import InvalidValue
from apd.model.identifiers import Identifier, ProviderNumber, SorCode
from apd.model.party import Organization
from apd.xds.ebxml.ebrim import (
    Part,
    classifications,
    external_identifiers,
    read_code,
    read_name,
    read_slots,
    rim,
    write_classification,
    write_code,
    write_external_identifier,
    write_name,
    write_node,
    write_slot,
)
from apd.xds.ebxml.vocabulary import (
    DOCUMENT_ENTRY_SLOTS,
    OBJECT_TYPE,
    SUBMISSION_SET_NODE,
)
from apd.xds.errors import not_understood
from apd.xds.metadata.attribute_formats import write_author
from apd.xds.metadata.attributes import DOCUMENT_ENTRY, SUBMISSION_SET, Attribute, Place
from apd.xds.metadata.composite_values import Author, Slot
from apd.xds.metadata.document_entry import DocumentEntry
from apd.xds.metadata.hl7v2 import read_xcn, read_xon
from apd.xds.metadata.submission import Association, SubmissionSet, symbol

T = TypeVar("T")

EXTRINSIC_OBJECT, REGISTRY_PACKAGE = rim("ExtrinsicObject"), rim("RegistryPackage")
ASSOCIATION = rim("Association")
_VERSION_INFO = rim("VersionInfo")


def _present(values: Iterable[T | None]) -> list[T]:
    return [value for value in values if value is not None]


# --- authors ---------------------------------------------------------------------------------


def _write_author(part: Part, author: Author) -> str:
    slots = [write_slot(name, [text]) for name, text in write_author(author).items()]
    return write_classification(part, "", "".join(slots))


def _read_author(element: Element) -> Author | None:
    """The author, with the first organisation and the first person in it."""
    slots = read_slots(element)
    institution = _read_institution("".join(slots.get("authorInstitution", [])[:1]))
    person = read_xcn("".join(slots.get("authorPerson", [])[:1]))
    return None if institution is None and person is None else Author(institution, person)


def _read_institution(xon: str) -> Organization | None:
    name, identifier = read_xon(xon)
    if not isinstance(identifier, SorCode | ProviderNumber | Identifier):
        identifier = None
    try:
        return Organization(name=name, id=identifier)
    except InvalidValue:  # neither name nor id
        return None


# --- objects by a table ----------------------------------------------------------------------

_WRITERS: dict[Place, Callable[[Part, Sequence[Any]], str]] = {
    Place.XML: lambda part, values: f' {part.key}="{attribute(values[0])}"',
    Place.SLOT: lambda part, values: write_slot(part.key, values),
    Place.NAME: lambda _, values: write_name(values[0]),
    Place.VERSION: lambda _, values: f'<rim:VersionInfo versionName="{values[0]}"/>',
    Place.AUTHOR: lambda part, values: _write_author(part, values[0]),
    Place.CODE: lambda part, values: "".join(
        [write_code(_numbered(part, number), code) for number, code in enumerate(values, 1)]
    ),
    Place.ID: lambda part, values: write_external_identifier(part, values[0]),
}


def _numbered(part: Part, number: int) -> Part:
    """The part with an id of its own, if there are several of its kind."""
    return part if number == 1 else part._replace(id=f"{part.id}-{number}")


def _write_pieces(
    holder: DocumentEntry | SubmissionSet, table: Sequence[Attribute]
) -> dict[Place, list[str]]:
    """The values at each place of an object."""
    pieces: dict[Place, list[str]] = {place: [] for place in Place}
    owner, kind = holder.entry_uuid, type(holder).__name__
    for row in table:
        values = row.values(holder)
        if values:
            part = Part(owner, f"{symbol(owner)}-{row.name}", row.key, f"XDS{kind}.{row.name}")
            pieces[row.place].append(_WRITERS[row.place](part, values))
    return pieces


def _inside(pieces: dict[Place, list[str]]) -> str:
    """The children of an object, in the order of ebRIM."""
    order = (Place.SLOT, Place.NAME, Place.VERSION, Place.AUTHOR, Place.CODE, Place.ID)
    return "".join([piece for place in order for piece in pieces[place]])


_READERS: dict[Place, Callable[[Element, str], Sequence[Any]]] = {
    Place.XML: lambda element, key: _present([element.get(key)]),
    Place.NAME: lambda element, _: _present([read_name(element)]),
    Place.VERSION: lambda element, _: _present(
        [found.get("versionName") for found in element.iterchildren(_VERSION_INFO)]
    ),
    Place.AUTHOR: lambda element, key: _present(map(_read_author, classifications(element, key))),
    Place.CODE: lambda element, key: _present(map(read_code, classifications(element, key))),
    Place.ID: lambda element, key: list(external_identifiers(element, key)),
}


def _read_fields(
    element: Element, table: Sequence[Attribute], slots: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """The fields of an object, by name, from its slots and other content."""
    fields = {}
    for row in table:
        if row.place is Place.SLOT:
            values = slots.get(row.key, ())
        else:
            values = _READERS[row.place](element, row.key)
        fields[row.field] = row.format.read(values)
    return fields


def _made(cls: type[T], fields: dict[str, Any]) -> T:
    """An object of the fields read; :class:`ParseError` where a required one is refused."""
    while True:
        try:
            return cls(**fields)
        except InvalidValue as error:
            name = error.field.rpartition(".")[2]
            if name not in fields or fields[name] is None or name == "entry_uuid":
                raise not_understood(
                    f"Et objekt i {cls.__name__} mangler sit id, eller id'et kan ikke læses.",
                    f"A {cls.__name__} has no id, or none that can be read.",
                ) from None
            fields[name] = None


# --- the three objects -----------------------------------------------------------------------


def write_document_entry(entry: DocumentEntry) -> str:
    """A document entry (rim:ExtrinsicObject)."""
    pieces = _write_pieces(entry, DOCUMENT_ENTRY)
    pieces[Place.SLOT] += [write_slot(slot.name, slot.values) for slot in entry.extra_slots]
    start = "".join(sorted(pieces[Place.XML]))
    return f"<rim:ExtrinsicObject{start}>{_inside(pieces)}</rim:ExtrinsicObject>"


def read_document_entry(element: Element) -> DocumentEntry:
    """A document entry; fields that cannot be read are None. :class:`ParseError` without an id."""
    slots = read_slots(element)
    fields = _read_fields(element, DOCUMENT_ENTRY, slots)
    fields["extra_slots"] = [
        Slot(name, values)
        for name, values in slots.items()
        if name and name not in DOCUMENT_ENTRY_SLOTS
    ]
    return _made(DocumentEntry, fields)


def write_submission_set(submission_set: SubmissionSet) -> str:
    """A submission set (rim:RegistryPackage)."""
    pieces = _write_pieces(submission_set, SUBMISSION_SET)
    pieces[Place.XML].append(f' objectType="{OBJECT_TYPE}RegistryPackage"')
    owner = submission_set.entry_uuid
    pieces[Place.CODE].append(write_node(owner, f"{symbol(owner)}-node", SUBMISSION_SET_NODE))
    start = "".join(sorted(pieces[Place.XML]))
    return f"<rim:RegistryPackage{start}>{_inside(pieces)}</rim:RegistryPackage>"


def read_submission_set(element: Element) -> SubmissionSet:
    """A submission set; fields that cannot be read are None. :class:`ParseError` without an id."""
    return _made(SubmissionSet, _read_fields(element, SUBMISSION_SET, read_slots(element)))


def write_association(association: Association) -> str:
    """An association (rim:Association)."""
    slots = "".join([write_slot(slot.name, slot.values) for slot in association.slots])
    id = "" if association.id is None else f' id="{attribute(association.id)}"'
    return (
        f'<rim:Association associationType="{attribute(association.type)}"{id}'
        f' objectType="{OBJECT_TYPE}Association"'
        f' sourceObject="{attribute(association.source)}"'
        f' targetObject="{attribute(association.target)}">{slots}</rim:Association>'
    )


def read_association(element: Element) -> Association:
    """An association; :class:`ParseError` if it lacks its type or one of its ends."""
    slots = [Slot(name, values) for name, values in read_slots(element).items() if name]
    try:
        return Association(
            element.get("id") or None,  # some systems leave it out: nothing refers to it
            element.get("associationType", ""),
            element.get("sourceObject", ""),
            element.get("targetObject", ""),
            slots,
        )
    except InvalidValue:
        raise not_understood(
            "En Association mangler sin type eller en af sine ender.",
            "An Association lacks its type or one of its ends.",
        ) from None
