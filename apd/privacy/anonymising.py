"""Makes documents anonymous, as XML, so that their errors are preserved.

The elements and attributes stay. Texts, values and names that are not part of CDA stay only if they
are the standard's; see :mod:`apd.privacy.scrubbing`. Comments and processing instructions are
removed.
"""

import datetime
import re
from collections.abc import Callable, Iterator

from attrs import evolve
from lxml import etree

from apd.api import dumps, loads
from apd.arguments import as_xml, check_document
from apd.cda import fixed_values
from apd.cda.detection import parse_document
from apd.cda.timestamps import time_value
from apd.cda.xml import SDTC, XSI, Element, hl7, local_name
from apd.errors import InvalidValue
from apd.model.contact import NUMBER_SCHEMES
from apd.model.document import AppointmentDocument
from apd.model.identifiers import CprNumber
from apd.privacy.patterns import LIKE_ROOT
from apd.privacy.pseudonyms import Pseudonyms
from apd.privacy.scrubbing import Known, Texts, phone_digits
from apd.privacy.shifting import fitting
from apd.privacy.xml_names import namespace, without_foreign_names
from apd.standard.codes import CODE_SYSTEM_NAMES, Oid
from apd.standard.data_types import LONGEST_EXTENSION, LONGEST_ROOT

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_XSI_TYPE, _XSI_LOCATION = f"{{{XSI}}}type", f"{{{XSI}}}schemaLocation"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def anonymise(document: AppointmentDocument, seed: str | bytes | Pseudonyms) -> AppointmentDocument:
    """A copy of a document in which test data replace all personal data.

    It has the same form: what was present, missing or wrong still is. Content outside the model is
    kept, with other words and values.

    Args:
        document: the document.
        seed: a secret, or :class:`Pseudonyms` with options. The same seed gives the same test data,
            so one patient in several documents is still one patient afterwards.

    Raises:
        ParseError: the document is too large.
    """
    check_document("anonymise", document)
    anonymous = loads(anonymise_bytes(dumps(document, check=False), seed))
    return evolve(anonymous, release=document.release)


def anonymise_bytes(data: bytes | str, seed: str | bytes | Pseudonyms) -> bytes:
    """XML in which test data replace all personal data; see :func:`anonymise`.

    It may be any XML, even a document that cannot be read as an appointment, or that breaks rules;
    it breaks the same rules afterwards. Names of elements and attributes, prefixes and namespaces
    stay if they are part of CDA.

    Args:
        data: the XML.
        seed: a secret, or :class:`Pseudonyms` with options.

    Returns:
        XML in UTF-8.

    Raises:
        ParseError: it is not XML, or XML that is refused, with a document type or over 512 KiB.
    """
    by = seed if isinstance(seed, Pseudonyms) else Pseudonyms(seed)
    root = parse_document(as_xml("anonymise_bytes", data), keep_blanks=True)
    texts = Texts(by, _known(list(root.iter("*")), by))
    root = without_foreign_names(root, texts)
    elements = list(root.iter("*"))
    for element in elements:
        for name, value in element.attrib.items():
            element.set(name, _attribute(texts, element, str(name), str(value)))
        element.text = element.text and texts.text(element.text)
        element.tail = element.tail and texts.text(element.tail)
    return _DECLARATION + etree.tostring(root, encoding="UTF-8", xml_declaration=False) + b"\n"


# --- what a document says of itself ----------------------------------------------------------


def _known(elements: list[Element], by: Pseudonyms) -> Known:
    cprs = [digits for element in elements if (digits := cpr_of(element)) is not None]
    times = [value for element in elements if (value := time_of_element(element)) is not None]
    stated = [moment for value in times for moment in moments(value)]
    return Known(
        days=frozenset(moment.date() for moment in stated),
        clocks=frozenset((moment.hour, moment.minute) for moment in stated),
        births={_birth(digits): _birth(by.cpr(digits)) for digits in cprs},
        kept=frozenset(kept_words(elements)) if by.keep_organizations else frozenset(),
        phones=frozenset(filter(None, map(_phone_of, elements))),
        made=_made(elements[0]),
        weeks=fitting(times, by.weeks(cprs[0] if cprs else "")),
    )


def _made(root: Element) -> datetime.date:
    """The day in the time of a document, or the last there is."""
    stated = (time_value(time.get("value", "")) for time in root.iterfind(hl7("effectiveTime")))
    days = (time.local.date() for time in stated if time is not None)
    return max(days, default=datetime.date.max)


def _phone_of(element: Element) -> str:
    """The digits of a telephone number."""
    scheme, _, number = element.get("value", "").strip().partition(":")
    is_phone = local_name(element) == "telecom" and scheme.lower() in NUMBER_SCHEMES
    return phone_digits(number) if is_phone else ""


def cpr_of(element: Element) -> str | None:
    """The CPR number in an id."""
    if element.get("root", "").strip() != Oid.CPR:
        return None
    try:
        return CprNumber(element.get("extension", "")).value
    except InvalidValue:
        return None


def _birth(cpr: str) -> datetime.date:
    return CprNumber(cpr).birth_date


def time_of_element(element: Element) -> str | None:
    """The time in an element, of any precision."""
    value = element.get("value", "")
    return value if _is_time(local_name(element)) and time_value(value) is not None else None


def moments(value: str) -> Iterator[datetime.datetime]:
    """A time in Danish local time, and as written."""
    stated = time_value(value)
    if stated is not None:
        for moment in (stated.moment, stated._replace(offset=None).moment):
            if moment is not None:
                yield moment


def kept_words(elements: list[Element]) -> Iterator[str]:
    """The words of organisations' names, except those of persons, and their codes."""
    names = [element for element in elements if local_name(element) == "name"]
    organizations: list[Element] = []
    others: list[Element] = []
    for name in names:
        parent = name.getparent()
        is_named = parent is not None and local_name(parent).endswith("Organization")
        (organizations if is_named else others).append(name)
    persons = {word for name in others if len(name) for word in _words(name)}
    for name in organizations:
        yield from (word for word in _words(name) if word not in persons)
    for element in elements:
        if element.get("root", "").strip() in (Oid.SOR, Oid.PROVIDER):
            yield element.get("extension", "").strip()


def _words(element: Element) -> list[str]:
    text = " ".join(map(str, element.itertext()))
    return re.findall(r"[^\W\d_]+|\d+", text.casefold())


# --- attributes ------------------------------------------------------------------------------

_BIRTHS = frozenset(("birthTime", "deceasedTime"))
_TIMES = frozenset(("time", "low", "high", "center"))
_MOST_CHARACTERS = {"root": LONGEST_ROOT, "extension": LONGEST_EXTENSION}
_is_oid = re.compile(LIKE_ROOT).fullmatch
_is_reference = re.compile(r"#?[A-Za-z_][\w.\-]*").fullmatch


def _is_time(element: str) -> bool:
    return element in _TIMES or (element.endswith("Time") and element not in _BIRTHS)


def _attribute(texts: Texts, element: Element, name: str, value: str) -> str:
    """What stands for the value of an attribute; the blanks around it stay."""
    stated = value.strip()
    before, _, after = value.partition(stated) if stated else (value, "", "")
    found = _replaced(texts, element, name, stated)
    most = _MOST_CHARACTERS.get(name, len(stated))
    if len(found) <= most < len(stated):  # what is too long stays so
        found = (found * len(stated))[: most + 1]
    return f"{before}{found}{after}"


def _replaced(texts: Texts, element: Element, name: str, value: str) -> str:
    special = _SPECIAL.get(name)
    if special is not None:
        return special(texts, element, value)
    is_free = name == "displayName"
    return value if not is_free and _is_standard(value) else texts.text(value)


def _is_standard(value: str) -> bool:
    """True for codes of the standard, and for the measures of a table."""
    return fixed_values.is_small_number(value) or fixed_values.codes().issuperset(value.split())


_WORDS_OF_NUMBERS = frozenset(("true", "false", "INF", "-INF", "NaN"))
"""What the schema asks for where a truth value or a number is due."""
_PLAIN_NUMBERS = frozenset(("versionNumber", "sequenceNumber", "width"))
_is_certain = re.compile(r"1(?:\.0*)?").fullmatch


def _root(texts: Texts, element: Element, value: str) -> str:
    if fixed_values.is_known_oid(value):
        return value
    return (
        texts.oid(value)
        if _is_oid(value)
        else texts.unlike(value, lambda other: _is_oid(other) is not None)
    )


def _extension(texts: Texts, element: Element, value: str) -> str:
    is_declared = local_name(element) in ("templateId", "typeId") or value.startswith("apd-v")
    if is_declared and fixed_values.is_fixed_extension(value):
        return value
    if element.get("root", "").strip() == Oid.SOR:
        return texts.sor(value)
    return texts.text(value)


def _value(texts: Texts, element: Element, value: str) -> str:
    name = local_name(element)
    if name in _BIRTHS:
        return texts.birth_time(value)
    if _is_time(name):
        return texts.time(value)
    if name == "telecom":
        return texts.telecom(value)
    if value in _WORDS_OF_NUMBERS:
        return value
    if element.get(_XSI_TYPE, "").strip().endswith("TS"):
        return texts.birth_time(value)
    is_number = name in _PLAIN_NUMBERS and fixed_values.is_small_number(value)
    return value if is_number else texts.real(value)


def _code(texts: Texts, element: Element, value: str) -> str:
    if local_name(element) == "languageCode" and fixed_values.is_language(value):
        return value
    return value if value in fixed_values.codes() else texts.text(value)


def _system_name(texts: Texts, element: Element, value: str) -> str:
    """The name of a code system that the standard names stays; any other could be anything."""
    return value if value in CODE_SYSTEM_NAMES.values() else texts.text(value)


def _type(texts: Texts, element: Element, value: str) -> str:
    prefix, colon, name = value.rpartition(":")
    known = prefix if prefix in fixed_values.PREFIXES else texts.plain(prefix)
    return f"{known}{colon}{name if name in fixed_values.types() else texts.text(name)}"


def _location(texts: Texts, element: Element, value: str) -> str:
    """Where a schema could be found: its namespaces are known, its place may be somebody's."""
    return re.sub(r"\S+", lambda found: namespace(texts, found[0]), value)


def _language(texts: Texts, element: Element, value: str) -> str:
    return value if fixed_values.is_language(value) else texts.text(value)


def _media_type(texts: Texts, element: Element, value: str) -> str:
    return value if value in fixed_values.MEDIA_TYPES else texts.text(value)


def _probability(texts: Texts, element: Element, value: str) -> str:
    """What is between 0 and 1 stays so."""
    return value if _is_certain(value) else texts.text(value)


def _reference(texts: Texts, element: Element, value: str) -> str:
    is_one = all(map(_is_reference, value.split()))
    if not is_one or (element.tag == hl7("reference") and not value.startswith("#")):
        return texts.text(value)
    return " ".join(map(texts.reference, value.split()))


_SPECIAL: dict[str, Callable[[Texts, Element, str], str]] = {
    "root": _root,
    "codeSystem": _root,
    "extension": _extension,
    "value": _value,
    "code": _code,
    "codeSystemName": _system_name,
    _XSI_TYPE: _type,
    _XSI_LOCATION: _location,
    **dict.fromkeys((_XML_LANG, "language"), _language),
    f"{{{SDTC}}}valueSet": _root,
    "mediaType": _media_type,
    "integrityCheck": lambda texts, _, value: texts.base64(value),
    "probability": _probability,
    **dict.fromkeys(("ID", "IDREF", "IDREFS", "referencedObject", "headers", "href"), _reference),
}
