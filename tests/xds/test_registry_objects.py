"""Metadata as ebRIM: what is written is read back, and others' ways of writing are read too."""

import datetime

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import apd
from apd import xds
from apd.xds.ebxml.registry_objects import (
    read_association,
    read_document_entry,
    read_submission_set,
    write_association,
    write_document_entry,
    write_submission_set,
)
from apd.xds.metadata.attributes import DOCUMENT_ENTRY, Place
from tests.xds.making import (
    LABEL,
    OBJECT_IDS,
    OLD,
    SUBMISSION_SETS,
    TEXTS,
    element,
    entries,
    entry,
    submission_set,
)

RIM = "{urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0}"

# --- there and back --------------------------------------------------------------------------


@given(entries())
def test_entries_are_read_back(any_entry) -> None:
    assert read_document_entry(element(write_document_entry(any_entry))) == any_entry


@given(SUBMISSION_SETS)
def test_submission_sets_are_read_back(any_set) -> None:
    assert read_submission_set(element(write_submission_set(any_set))) == any_set


_SLOTS = st.lists(
    st.builds(xds.Slot, TEXTS, st.lists(TEXTS, min_size=1)), unique_by=lambda s: s.name
)
_TYPES = st.sampled_from(xds.AssociationType)


@given(st.builds(xds.Association, OBJECT_IDS, _TYPES, OBJECT_IDS, OBJECT_IDS, _SLOTS))
def test_associations_are_read_back(association) -> None:
    assert read_association(element(write_association(association))) == association


# --- the places ------------------------------------------------------------------------------


def _at(root, row):
    """What stands at the place of an attribute, found by other means than the reader's."""
    match row.place:
        case Place.XML:
            return root.get(row.key)
        case Place.NAME:
            return root.find(f"{RIM}Name/{RIM}LocalizedString").get("value")
        case Place.SLOT:
            slot = root.find(f"{RIM}Slot[@name='{row.key}']/{RIM}ValueList/{RIM}Value")
            return None if slot is None else slot.text
        case Place.CODE:
            found = root.find(f"{RIM}Classification[@classificationScheme='{row.key}']")
            return None if found is None else found.get("nodeRepresentation")
        case Place.ID:
            found = root.find(f"{RIM}ExternalIdentifier[@identificationScheme='{row.key}']")
            assert found.find(f"{RIM}Name/{RIM}LocalizedString").get("value") == (
                f"XDSDocumentEntry.{row.name}"
            )
            return found.get("value")
    return None


_SIMPLE = [row for row in DOCUMENT_ENTRY if row.place not in (Place.AUTHOR, Place.VERSION)]


@pytest.mark.parametrize("row", _SIMPLE, ids=lambda row: row.name)
def test_place(row) -> None:
    written = {listed.name: listed.value for listed in reversed(xds.metadata(entry()))}
    assert _at(element(write_document_entry(entry())), row) == written.get(row.name)


ROOT = element(write_document_entry(entry()))
OWN_ID = entry().entry_uuid


def test_children_stand_in_the_order_of_ebrim() -> None:
    made = evolve(entry(), version=1)
    order = ["Slot", "Name", "VersionInfo", "Classification", "ExternalIdentifier"]
    found = [child.tag.removeprefix(RIM) for child in element(write_document_entry(made))]
    assert found == sorted(found, key=order.index)
    assert set(found) == set(order)


def test_every_part_belongs_to_the_object_and_has_an_id_of_its_own() -> None:
    parts = [
        *ROOT.iterchildren(f"{RIM}Classification"),
        *ROOT.iterchildren(f"{RIM}ExternalIdentifier"),
    ]
    assert {part.get("classifiedObject") or part.get("registryObject") for part in parts} == {
        OWN_ID
    }
    ids = [part.get("id") for part in parts]
    assert len(set(ids)) == len(ids)
    assert not [id_ for id_ in ids if id_.startswith("urn:uuid:")]  # they are symbolic
    assert {part.get("objectType") for part in parts} == {
        "urn:oasis:names:tc:ebxml-regrep:ObjectType:RegistryObject:Classification",
        "urn:oasis:names:tc:ebxml-regrep:ObjectType:RegistryObject:ExternalIdentifier",
    }


def test_author() -> None:
    scheme = "urn:uuid:93606bcf-9494-43ec-9b4e-a7748d1a838d"
    found = ROOT.find(f"{RIM}Classification[@classificationScheme='{scheme}']")
    assert found.get("nodeRepresentation") == ""
    assert [slot.get("name") for slot in found] == ["authorInstitution", "authorPerson"]


def test_codes_have_their_system_and_name() -> None:
    scheme = "urn:uuid:f33fb8ac-18af-42cc-ae0e-ed0b0bdb91e1"
    found = ROOT.find(f"{RIM}Classification[@classificationScheme='{scheme}']")
    assert found.find(f"{RIM}Slot[@name='codingScheme']//{RIM}Value").text == apd.Oid.SNOMED_CT
    assert found.find(f"{RIM}Name/{RIM}LocalizedString").get("value") == "hospital"


def test_several_codes_have_several_ids() -> None:
    other = apd.Code("ALAL01", apd.Oid.SKS)
    made = evolve(entry(), event_code_list=[LABEL, other])
    root = element(write_document_entry(made))
    ids = [part.get("id") for part in root.iter() if "eventCodeList" in part.get("id", "")]
    assert len(set(ids)) == 2
    assert read_document_entry(root).event_code_list == (LABEL, other)


def test_submission_set_states_what_it_is() -> None:
    root = element(write_submission_set(submission_set()))
    node = root.find(f"{RIM}Classification[@classificationNode]")
    assert node.get("classificationNode") == "urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd"
    assert node.get("classifiedObject") == root.get("id") == submission_set().entry_uuid


# --- what others write -----------------------------------------------------------------------

WRITTEN = write_document_entry(entry())
SCHEME = "urn:uuid:f0306f51-975f-434e-a61c-c59651d33983"


def read(letters):
    return read_document_entry(element(letters))


LENIENT = [
    # what is written instead, and that nothing changes by it
    (">20260305091500<", ">202603050915<"),
    (">20260305091500<", ">\n  20260305091500\n<"),
    ("^Egeskov^Bodil<", "^Egeskov^Bodil^^^^&amp;ISO<"),
    ("^Egeskov^Bodil<", "123^Egeskov^Bodil^^^Hr<"),
    (">2.16.840.1.113883.6.1<", ">urn:oid:2.16.840.1.113883.6.1<"),
    ('name="codingScheme"', 'name=""'),
    ("urn:oid:1.2.208.176.8.1", "1.2.208.176.8.1"),
    ("<rim:Name>", "<rim:Name/><rim:Name>"),
    ('name="creationTime"', 'name=" creationTime" slotType="x"'),
    ("PID-8|F</rim:Value>", "PID-8|F</rim:Value><rim:Value>PID-3|1^^^&amp;2&amp;ISO</rim:Value>"),
    ("</rim:ExtrinsicObject>", "<rim:Unknown/></rim:ExtrinsicObject>"),
    ("</rim:ExtrinsicObject>", '<rim:Classification classificationScheme="urn:uuid:0"/>'
     "</rim:ExtrinsicObject>"),
    ("</rim:ExtrinsicObject>", "<rim:Description/></rim:ExtrinsicObject>"),
]  # fmt: skip


@pytest.mark.parametrize(("usual", "unusual"), LENIENT)
def test_tolerated(usual, unusual) -> None:
    assert usual in WRITTEN
    assert read(WRITTEN.replace(usual, unusual)) == entry()


UNREADABLE = [
    (">20260305091500<", ">i morgen<", "service_start_time"),
    (">20260305091500<", "><", "service_start_time"),
    ("&amp;1.2.208.176.1.2&amp;ISO<", "<", "source_patient_id"),
    ("StatusType:Approved", "StatusType:Lost", "availability_status"),
    ("urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1", "urn:uuid:7", "object_type"),
    ("urn:oid:1.2.208.176.8.1", "urn:oid:DK", "home_community_id"),
    ('"39289-4"', '"39289 4"', "type_code"),
    (">2.16.840.1.113883.6.1<", ">LOINC<", "type_code"),
    (SCHEME, "urn:uuid:0", "type_code"),
    ('mimeType="text/xml"', "", "mime_type"),
]


@pytest.mark.parametrize(("usual", "broken", "field"), UNREADABLE)
def test_what_cannot_be_read_is_none(usual, broken, field) -> None:
    assert usual in WRITTEN
    found = read(WRITTEN.replace(usual, broken))
    assert getattr(found, field) is None
    assert evolve(found, **{field: getattr(entry(), field)}) == entry()


def test_every_attribute_may_be_missing() -> None:
    found = read('<rim:ExtrinsicObject id="x"></rim:ExtrinsicObject>')
    assert {getattr(found, row.field) for row in DOCUMENT_ENTRY} == {"x", None, ()}


def test_other_slots_are_kept() -> None:
    slot = (
        '<rim:Slot name="urn:x"><rim:ValueList><rim:Value>a</rim:Value></rim:ValueList></rim:Slot>'
    )
    letters = WRITTEN.replace("<rim:Name>", slot + "<rim:Name>", 1)
    assert read(letters).extra_slots == (xds.Slot("urn:x", ["a"]),)
    assert read(write_document_entry(read(letters))) == read(letters)


def test_what_a_registry_answers() -> None:
    """A first version as a registry keeps it: logical id, version, times cut short."""
    kept = evolve(
        entry(),
        logical_id=entry().entry_uuid,
        version=1,
        hash="DA39A3EE5E6B4B0D3255BFEF95601890AFD80709",
        size=0,
        repository_unique_id="urn:oid:1.2.3",
        service_stop_time=datetime.datetime(2026, 3, 5, 10, tzinfo=datetime.UTC),
    )
    letters = write_document_entry(kept).replace(">20260305100000<", ">2026030510<")
    assert 'versionName="1"' in letters
    assert read(letters) == kept
    assert kept.hash == "da39a3ee5e6b4b0d3255bfef95601890afd80709"


NO_ID = [
    "<rim:ExtrinsicObject></rim:ExtrinsicObject>",
    WRITTEN.replace(f' id="{OWN_ID}"', ' id=""'),
]


@pytest.mark.parametrize("letters", NO_ID)
def test_no_id(letters) -> None:
    with pytest.raises(apd.ParseError) as caught:
        read(letters)
    assert caught.value.findings[0].rule == "XDS-MESSAGE"


@pytest.mark.parametrize("gone", ["associationType", "sourceObject", "targetObject"])
def test_no_association(gone) -> None:
    letters = write_association(xds.deprecate(submission_set(), OLD).associations[0])
    with pytest.raises(apd.ParseError):
        read_association(element(letters.replace(f" {gone}=", " comment=")))


@pytest.mark.parametrize("id", ["", ' id=""', ' id="a-1"', ' id="{}"'])
def test_an_association_without_id(id) -> None:
    """As some senders write it; and any other id is read as before."""
    given = xds.deprecate(submission_set(), OLD).associations[0]
    letters = write_association(given)
    written = letters.replace(f' id="{given.id}"', id.format(given.id))
    read = read_association(element(written))
    assert read == evolve(given, id=id.format(given.id).split('"')[1] or None if id else None)
    assert read_association(element(write_association(read))) == read


# what a registry may hold of another's document, and knows it by
FOREIGN_IDS = [
    "7301.55.1700000000000",
    "urn:oid:1.2.3",
    "urn:uuid:00000000-0000-0000-0000-000000000001",
    "et dokument",
    "01.2.3^x",
    "^x",
    "1.2.208.176.1.1^325421000016001",
    "https://example.org/documents/1",
]


@pytest.mark.parametrize("unique_id", FOREIGN_IDS)
def test_a_unique_id_that_is_no_oid_is_kept_as_text(unique_id) -> None:
    own = "1.2.208.184^00000000-0000-0000-0000-000000000001"
    letters = write_document_entry(entry())
    assert letters.count(own) == 1
    read = read_document_entry(element(letters.replace(own, unique_id)))
    assert read.unique_id == unique_id
    assert read_document_entry(element(write_document_entry(read))) == read
    assert unique_id in xds.get_documents(unique_ids=[read.unique_id]).parameters[0].values[0]
    assert {one.rule for one in xds.check_entry(read).errors} == {"XDS-VALUE:uniqueId"}
    assert xds.document_reference(read, check=False)["masterIdentifier"] == {"value": unique_id}


def test_others_write_ids_and_statuses_in_other_forms() -> None:
    letters = write_document_entry(evolve(entry(), logical_id=OLD))
    bare = letters.replace("urn:uuid:", "", 1) if "id=" in letters else letters
    assert read_document_entry(element(bare)).entry_uuid.startswith("urn:uuid:")
    for status in ("Approved", "approved", " Approved ", "StatusType:Approved"):
        written = "urn:oasis:names:tc:ebxml-regrep:StatusType:Approved"
        read = read_document_entry(element(letters.replace(written, status)))
        is_read = read.availability_status is xds.AvailabilityStatus.APPROVED
        assert is_read is (status != "StatusType:Approved")
    package = write_submission_set(submission_set())
    own = submission_set().unique_id
    assert own is not None
    read_set = read_submission_set(element(package.replace(own, "urn:uuid:of-somebody")))
    assert read_set.unique_id == "urn:uuid:of-somebody"
    assert not xds.check_submission_set(read_set).is_valid
