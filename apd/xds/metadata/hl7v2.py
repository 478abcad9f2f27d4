r"""HL7 v2 fields in XDS metadata: DTM, XON, XCN, CX, CXi, PID. Readers and writers.

A reader returns what it recognises, or None. The separators of a field (``^ & | ~ \``) are escaped
inside its parts. Sources: HL7 v2.5.1, chapter 2.7; IHE
ITI TF-3, table 4.2.3.1.7-2; Danish XDS metadata profile 1.0.1.
"""

import datetime
import re
from collections.abc import Sequence

from apd.errors import InvalidValue
from apd.model.contact import PersonName
from apd.model.identifiers import AnyIdentifier, Identifier, known_identifier
from apd.model.time import danish_time
from apd.standard.codes import Gender

# --- separators ------------------------------------------------------------------------------

_LETTERS = {"|": "F", "^": "S", "&": "T", "~": "R", "\\": "E"}
_ESCAPES = str.maketrans({separator: f"\\{name}\\" for separator, name in _LETTERS.items()})
_MEANT = {name: separator for separator, name in _LETTERS.items()}
_ESCAPE = re.compile(r"\\([EFSTR])\\")


def escaped(text: str) -> str:
    r"""The text with escaped separators: ``B&O`` is ``B\T\O``."""
    return text.translate(_ESCAPES)


def unescaped(text: str) -> str:
    """The text that :func:`escaped` made; an escape of another kind stays as it is."""
    return _ESCAPE.sub(lambda found: _MEANT[found[1]], text)


def _field(*components: str) -> str:
    """Components separated by carets, with none after the last that has a value."""
    return "^".join(components).rstrip("^")


class _Components:
    """The components of a field, counted from 1; missing ones are empty."""

    def __init__(self, text: str) -> None:
        self._all = text.split("^")

    def raw(self, number: int) -> str:
        return self._all[number - 1].strip() if number <= len(self._all) else ""

    def text(self, number: int) -> str:
        return unescaped(self.raw(number)).strip()

    def parts(self, number: int) -> list[str]:
        return [unescaped(part).strip() for part in self.raw(number).split("&")]


# --- DTM: times ------------------------------------------------------------------------------

_DTM = re.compile("[0-9]{4}(?:[0-9]{2}){0,5}")
_LEFT_OUT = "00000101000000"  # 1 January, midnight
_DATE_DIGITS = len("YYYYMMDD")


def utc_time(time: datetime.datetime) -> datetime.datetime:
    """The same moment in UTC, in whole seconds; see :func:`apd.model.time.danish_time`."""
    return danish_time(time).astimezone(datetime.UTC)


def write_dtm(time: datetime.datetime) -> str:
    """A moment in UTC to the second: ``20220909071100``."""
    return time.astimezone(datetime.UTC).strftime("%Y%m%d%H%M%S")


def read_dtm(text: str) -> datetime.datetime | None:
    """The moment in UTC. Registries cut zeros at the end: ``2022090907`` is seven o'clock."""
    if _DTM.fullmatch(text) is None:
        return None
    try:
        found = datetime.datetime.strptime(text + _LEFT_OUT[len(text) :], "%Y%m%d%H%M%S")
        return utc_time(found.replace(tzinfo=datetime.UTC))
    except ValueError:  # no such date, or a year that times do not have here
        return None


def write_day_or_dtm(time: datetime.date) -> str:
    """A moment as :func:`write_dtm`; a date in Denmark, which no zone changes: ``20220909``."""
    if isinstance(time, datetime.datetime):
        return write_dtm(time)
    return time.isoformat().replace("-", "")


def read_day_or_dtm(text: str) -> datetime.date | None:
    """What :func:`write_day_or_dtm` made: eight digits are a date, others a moment in UTC."""
    found = read_dtm(text)
    return found.date() if found is not None and len(text) == _DATE_DIGITS else found


# --- HD: who hands numbers out ---------------------------------------------------------------


def _authority(root: str) -> str:
    return f"&{root}&{'UUID' if '-' in root else 'ISO'}"


def _identifier(authority: list[str], number: str) -> AnyIdentifier | None:
    """A number and its assigning authority (HD), whose OID is the second part."""
    root = authority[1] if len(authority) > 1 else authority[0]
    if not root or not number:
        return None
    try:
        return known_identifier(root, number) or Identifier(root, number)
    except InvalidValue:
        return None


# --- CX, CXi: identifiers --------------------------------------------------------------------


def write_cx(identifier: AnyIdentifier) -> str:
    """A patient's identifier: ``2512489996^^^&1.2.208.176.1.2&ISO``."""
    return _field(escaped(identifier.extension or ""), "", "", _authority(identifier.root))


def read_cx(text: str) -> AnyIdentifier | None:
    """The identifier, if it has a root and a number."""
    components = _Components(text)
    return _identifier(components.parts(4), components.text(1))


def write_cxi(identifier: AnyIdentifier, type: str) -> str:
    """An identifier with its type: ``F-1^^^&1.2.3&ISO^urn:ihe:iti:xds:2013:order``."""
    return f"{write_cx(identifier)}^{escaped(type)}"


def read_cxi(text: str) -> tuple[AnyIdentifier, str] | None:
    """The identifier with its type, if it has both."""
    identifier, type = read_cx(text), _Components(text).text(5)
    return None if identifier is None or not type else (identifier, type)


# --- XON: organisations ----------------------------------------------------------------------


def write_xon(name: str | None, identifier: AnyIdentifier | None) -> str:
    """Name and identifier of an organisation: ``Kløverby Sygehus^^^^^&OID&ISO^^^^number``."""
    named = escaped(name or "")
    if identifier is None:
        return named
    number = escaped(identifier.extension or "")
    return _field(named, "", "", "", "", _authority(identifier.root), "", "", "", number)


def read_xon(text: str) -> tuple[str | None, AnyIdentifier | None]:
    """Name and identifier of an organisation, each if present."""
    components = _Components(text)
    # before XON.10 came, the number stood in XON.3
    number = components.text(10) or components.text(3)
    return components.text(1) or None, _identifier(components.parts(6), number)


# --- XCN, XPN: names of persons --------------------------------------------------------------


def _name_components(name: PersonName) -> tuple[str, str, str]:
    """Family name, first given name, and the others with ``&`` between them."""
    first, *others = [escaped(given) for given in name.given] or [""]
    return escaped(name.family or ""), first, "&".join(others)


def _read_name(components: _Components, family: int) -> PersonName | None:
    given = [components.text(family + 1), *components.parts(family + 2)]
    try:
        return PersonName(given, components.parts(family)[0])
    except InvalidValue:
        return None


def write_xcn(name: PersonName) -> str:
    """A person by name alone: ``^Jensen^Jens^Bo&Henrik``."""
    return _field("", *_name_components(name))


def read_xcn(text: str) -> PersonName | None:
    """The name of a person; number, title and assigning authority are ignored."""
    return _read_name(_Components(text), family=2)


# --- PID: facts on the patient ---------------------------------------------------------------

_GENDERS = {Gender.MALE: "M", Gender.FEMALE: "F", Gender.UNDIFFERENTIATED: "U"}
"""HL7 v2 table 0001."""
_GENDER_OF = {letter: gender for gender, letter in _GENDERS.items()}


def write_pid(
    name: PersonName | None, gender: Gender | None, birth_date: datetime.date | None
) -> list[str]:
    """Name, date of birth and gender, one text for each that is known."""
    facts = {
        "PID-5": "" if name is None else _field(*_name_components(name)),
        "PID-7": "" if birth_date is None else birth_date.isoformat().replace("-", ""),
        "PID-8": "" if gender is None else _GENDERS[gender],
    }
    return [f"{field}|{fact}" for field, fact in facts.items() if fact]


def read_pid(
    texts: Sequence[str],
) -> tuple[PersonName | None, Gender | None, datetime.date | None]:
    """Name, gender and date of birth, each if present; other fields are ignored."""
    facts: dict[str, str] = {}
    for text in texts:
        field, _, fact = text.partition("|")
        facts.setdefault(field.strip(), fact.strip())
    name = _read_name(_Components(facts.get("PID-5", "")), family=1)
    return name, _GENDER_OF.get(facts.get("PID-8", "")), _read_date(facts.get("PID-7", ""))


def _read_date(text: str) -> datetime.date | None:
    """The date at the beginning of a field."""
    try:
        return datetime.date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None
