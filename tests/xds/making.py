"""Metadata and messages for the tests, and strategies that make any."""

import datetime
import uuid
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from lxml import etree

import apd
from apd import xds
from apd.cda.xml import Element
from apd.testing import strategies as apd_st
from apd.xds.ebxml.vocabulary import DOCUMENT_ENTRY_SLOTS, RIM
from tests import samples

NOW = apd.local_time(2026, 2, 1, 9, 35)
SENT = "20260201083500"
SOURCE, REPOSITORY = "1.2.208.176.43210.8.1", "1.2.208.176.43210.8.2"
OLD = f"urn:uuid:{uuid.UUID(int=900)}"
LABEL = apd.Code("ALAL21", apd.Oid.SKS, "Kronisk obstruktiv lungesygdom (KOL)")

# what may be personal in the samples
SECRETS = (samples.CPR, "Solveig", "Tranekær", "20120305", "2012-03-05", "Egeskov", "Bodil")


def number(value: int) -> uuid.UUID:
    """The same UUID for the same number."""
    return uuid.UUID(int=value)


def configuration(**changes: Any) -> xds.ProducerConfiguration:
    """A hospital's orthopaedic surgery."""
    fields: dict[str, Any] = {
        "healthcare_facility_type_code": "22232009",
        "practice_setting_code": "394801008",
        "source_id": SOURCE,
    }
    return xds.ProducerConfiguration(**{**fields, **changes})


def document(**changes: Any) -> apd.AppointmentDocument:
    """The sample, in an episode of care; ``changes`` are fields of its appointment."""
    episode = apd.EpisodeOfCare([], LABEL)
    return samples.document(
        appointment=samples.appointment(**{"episode_of_care": episode, **changes})
    )


def entry(of: apd.AppointmentDocument | None = None, **changes: Any) -> xds.DocumentEntry:
    """The entry of a document, of :func:`document` unless told otherwise."""
    made = xds.document_entry(of or document(), configuration(**changes), entry_uuid=number(7))
    assert isinstance(made, xds.DocumentEntry)
    return made


def submission_set(of: xds.DocumentEntry | None = None) -> xds.SubmissionSet:
    """Who sends an entry, and when."""
    return xds.submission_set(of or entry(), configuration(), now=NOW, id=number(8))


def submission(replaces: str | None = None) -> xds.Submission:
    """A new document, or one in the place of another."""
    return xds.publish(entry(), submission_set(), replaces=replaces)


def header(**changes: Any) -> xds.SoapHeader:
    """A header without security."""
    return xds.SoapHeader(**{"message_id": number(9), **changes})


def element(letters: str) -> Element:
    """A piece of ebRIM as an element."""
    return etree.fromstring(letters.replace(">", f' xmlns:rim="{RIM}">', 1))


# --- strategies ------------------------------------------------------------------------------

# HL7's separators, and what looks like an escape of one
TROUBLE = st.text("^&|~\\EFSTR abcÆØÅ'", min_size=1, max_size=12).filter(str.strip)
TEXTS = TROUBLE | apd_st.texts(20)
NAMES = st.builds(apd.PersonName, st.lists(TEXTS, max_size=3), TEXTS)
NUMBERED = apd_st.identifiers(has_extension=True)
PATIENT_IDS = apd_st.cpr_numbers() | NUMBERED
ORGANIZATION_IDS = apd_st.sor_codes() | apd_st.provider_numbers() | NUMBERED
ORGANIZATIONS = st.builds(
    apd.Organization, name=st.none() | TEXTS, id=ORGANIZATION_IDS
) | st.builds(apd.Organization, name=TEXTS)
AUTHORS = st.builds(xds.Author, ORGANIZATIONS, st.none() | NAMES)
UUIDS = st.uuids().map("urn:uuid:{}".format)
OBJECT_IDS = UUIDS | st.text("abcÆ<&>\"'.:-", min_size=1, max_size=9)
_CODES = st.none() | apd_st.codes()
_TIMES = st.none() | apd_st.times()
_DATES = st.dates(datetime.date(1900, 1, 2), datetime.date(9998, 12, 30))
_INFO = st.builds(
    xds.SourcePatientInfo,
    name=NAMES,
    birth_date=st.none() | st.dates(),
    gender=st.none() | st.sampled_from(apd.Gender),
)
_SLOTS = st.builds(
    xds.Slot,
    TEXTS.filter(lambda name: name.strip() not in DOCUMENT_ENTRY_SLOTS),
    st.lists(TEXTS, min_size=1, max_size=2),
)
_OIDS = st.none() | st.sampled_from(["1.2.208.176.8.1", "2.25.7", "0.9"])


@st.composite
def entries(draw: DrawFn) -> xds.DocumentEntry:
    """Entries with any of their attributes, and with texts of all kinds in them."""
    optional: dict[str, SearchStrategy[Any]] = {
        "unique_id": st.none() | apd_st.medcom_ids() | apd_st.identifiers(),
        "patient_id": st.none() | PATIENT_IDS,
        "source_patient_id": st.none() | PATIENT_IDS,
        "source_patient_info": st.none() | _INFO,
        "author": st.none() | AUTHORS,
        "title": st.none() | TEXTS,
        "creation_time": _TIMES,
        "service_start_time": _TIMES | _DATES,
        "service_stop_time": _TIMES | _DATES,
        "class_code": _CODES,
        "type_code": _CODES,
        "format_code": _CODES,
        "event_code_list": st.lists(apd_st.codes(), max_size=3),
        "confidentiality_code": _CODES,
        "healthcare_facility_type_code": _CODES,
        "practice_setting_code": _CODES,
        "language_code": st.none() | TEXTS,
        "mime_type": st.none() | TEXTS,
        "home_community_id": _OIDS,
        "object_type": st.none() | st.sampled_from(xds.ObjectType),
        "availability_status": st.none() | st.sampled_from(xds.AvailabilityStatus),
        "hash": st.none() | st.binary(min_size=20, max_size=20).map(bytes.hex),
        "size": st.none() | st.integers(0, 2**40),
        "repository_unique_id": _OIDS,
        "uri": st.none() | TEXTS,
        "reference_id_list": st.lists(
            st.builds(xds.Reference, ORGANIZATION_IDS, TEXTS), max_size=2
        ),
        "legal_authenticator": st.none() | NAMES,
        "logical_id": st.none() | UUIDS,
        "version": st.none() | st.integers(0, 99),
        "extra_slots": st.lists(_SLOTS, max_size=2, unique_by=lambda slot: slot.name),
    }
    return xds.DocumentEntry(
        entry_uuid=draw(OBJECT_IDS), **draw(st.fixed_dictionaries({}, optional=optional))
    )


SUBMISSION_SETS = st.builds(
    xds.SubmissionSet,
    entry_uuid=OBJECT_IDS,
    unique_id=_OIDS,
    source_id=_OIDS,
    patient_id=st.none() | PATIENT_IDS,
    submission_time=_TIMES,
    author=st.none() | AUTHORS,
    content_type_code=_CODES,
    title=st.none() | TEXTS,
    home_community_id=_OIDS,
)
