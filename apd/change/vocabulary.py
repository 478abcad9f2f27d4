"""What is the same in everybody's documents, and so may stay in an anonymous one.

Codes and words that the standard and the library fix; nothing that a person or an organisation
has chosen. Source: HL7 CDA R2 vocabulary, by the project's own schema; APD-DK 2.0.1 and its older
releases; the readable text that the library writes.
"""

import re
from functools import cache
from importlib import resources

from apd.cda.no_time import WORDS as NO_TIME_WORDS
from apd.model.location import PATIENTS_HOME
from apd.model.schedule import INDICATIVE_NOTE, NO_TIME_NOTE, PartOfDay
from apd.standard.codes import (
    CODE_SYSTEM_NAMES,
    DOCUMENT_CODE,
    DOCUMENT_DISPLAY,
    FREE_TEXT,
    INDICATIVE_CODE,
    REALM,
    REFERRED_BY,
    REFERRED_BY_DISPLAY,
    REPETITION_CODE,
    SECTION_CODE,
    SECTION_DISPLAY,
    TYPE_EXTENSION,
    AddressUse,
    Category,
    Confidentiality,
    Gender,
    NullFlavor,
    Status,
    TelecomUse,
)

# --- codes -----------------------------------------------------------------------------------

_LISTS = (AddressUse, Category, Confidentiality, Gender, NullFlavor, Status, TelecomUse)
_CODES = frozenset(
    (
        *(code.value for closed in _LISTS for code in closed),
        *(REALM, DOCUMENT_CODE, SECTION_CODE, REFERRED_BY, FREE_TEXT, TYPE_EXTENSION),
        *(REPETITION_CODE, INDICATIVE_CODE),
        *("185353001", "RESB", "RepeatingAppointmentType"),  # of older releases
    )
)
_in_schema = re.compile(r'(?:value|fixed|default)="([A-Za-z][\w.\-]*)"').findall
_types_in_schema = re.compile(r'<xs:(?:complex|simple)Type name="([\w.]+)"').findall
_names_in_schema = re.compile(r'<xs:(?:element|attribute) (?:name|ref)="([\w.:]+)"').findall


@cache
def _schema() -> str:
    folder = resources.files("apd.cda") / "schema"
    files = (file for file in folder.iterdir() if file.name.endswith(".xsd"))
    return "\n".join(file.read_text("utf-8") for file in files)


@cache
def codes() -> frozenset[str]:
    """Codes of the closed lists of HL7 and MedCom."""
    return _CODES | frozenset(_in_schema(_schema()))


@cache
def types() -> frozenset[str]:
    """Names of HL7's data types and classes, as xsi:type has them."""
    return frozenset(_types_in_schema(_schema()))


@cache
def names() -> frozenset[str]:
    """Names of HL7's elements and attributes, in small letters."""
    return frozenset(name.lower() for name in _names_in_schema(_schema()))


_fixed_extension = re.compile(r"POCD_HD000040|[0-9]{4}-[0-9]{2}-[0-9]{2}|apd-v[0-9](?:\.[0-9])*")
_language = re.compile(r"[a-z]{2,3}(?:-[A-Z]{2})?")
_media_type = re.compile(r"[a-z]+/[a-z0-9.+\-]+")
_small_number = re.compile(r"[0-9]{1,3}%?")


def is_fixed_extension(value: str) -> bool:
    """True for the extension of a template or type, and for the version of the profile."""
    return _fixed_extension.fullmatch(value) is not None


def is_language(value: str) -> bool:
    """True for a language: ``da-DK``."""
    return _language.fullmatch(value) is not None


def is_media_type(value: str) -> bool:
    """True for a media type: ``text/plain``."""
    return _media_type.fullmatch(value) is not None


def is_small_number(value: str) -> bool:
    """True for a number of three digits at most, or a percentage."""
    return _small_number.fullmatch(value) is not None


_KNOWN_ROOTS = ("2.16.840.1.113883.", "1.2.208.184", "1.2.208.176.")
_arcs = re.compile(r"[0-2](?:\.[0-9]{1,6})+")


def is_known_oid(value: str) -> bool:
    """True for an OID of HL7, MedCom or Sundhedsdatastyrelsen, with no long number in it."""
    return value.startswith(_KNOWN_ROOTS) and _arcs.fullmatch(value) is not None


# --- words -----------------------------------------------------------------------------------

_TEXTS = (
    *CODE_SYSTEM_NAMES.values(),
    *("CPR", "SOR", "MedCom", "Yderregisteret", "SKS", "EpisodeOfCareLabels"),
    *(part.phrase() for part in PartOfDay),
    *(PATIENTS_HOME, INDICATIVE_NOTE, NO_TIME_NOTE, "I løbet af dagen", "ADRESSEBESKYTTET"),
    *(SECTION_DISPLAY, REFERRED_BY_DISPLAY, DOCUMENT_DISPLAY),
    *("Aftale for", "Aftale:", "Aftale dato", "Aftale tidspunkt", "Vedrørende", "Mødested"),
    *("Udførende organisation", "Er tidspunktet vejledende?", "Repeterende aftale"),
    *("Ikke oplyst", "Ja", "Nej", "tlf.", "kl."),
)
_words_in = re.compile(r"[^\W\d_]+").findall
WORDS = NO_TIME_WORDS | frozenset(word.casefold() for text in _TEXTS for word in _words_in(text))
"""The words of fixed texts and of notes that no time is set, in small letters."""


@cache
def common_words() -> frozenset[str]:
    """The words of fixed texts, of codes, and of the names of elements, in small letters."""
    fixed = (*codes(), *types(), *names())
    return WORDS | frozenset(word.casefold() for text in fixed for word in _words_in(text))
