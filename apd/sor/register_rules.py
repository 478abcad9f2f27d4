"""Compares the organisations of a document with SOR: rules for ``Settings(rules=…)``.

Source: MedCom's page for the municipalities requires the data in SOR to be correct and detailed
(FAQ of 2023, F4), as the codes in a document are only as good as the register. No difference makes
a document invalid: the user's register may be older than the document, and the document may be more
accurate than SOR.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple
from urllib.parse import unquote

from attrs import frozen

from apd.cda.datatypes import read_address, read_date, read_name, read_telecom, read_time
from apd.errors import InvalidArgument
from apd.findings import Layer, Severity
from apd.model.contact import Address, is_protected, words_of
from apd.model.time import danish_time
from apd.privacy.address_terms import street_of
from apd.rules.catalogue import rules_of_the_library
from apd.rules.document_view import DocumentView, Node
from apd.rules.rule import Rule, checked
from apd.rules.rule_names import RuleNames
from apd.sor.unit import SorRegister, SorUnit
from apd.standard import paths
from apd.standard.business_rules import business_rule
from apd.standard.codes import Oid
from apd.standard.requirement import Requirement
from apd.wording import Wording

_SOURCE = f"{business_rule('F4').citation}; the register specified"

_LOOK_UP = Wording(
    "Slå koden op i SOR, og ret enten dokumentet eller SOR.",
    "Look the code up in SOR, and correct either the document or SOR.",
)


def _requirement(
    id: str, severity: Severity, wording: Wording, explanation: Wording
) -> Requirement:
    return Requirement(
        id=id,
        layer=Layer.BUSINESS,
        severity=severity,
        source=_SOURCE,
        wording=wording,
        explanation=explanation,
        remedy=_LOOK_UP,
    )


_UNKNOWN = _requirement(
    "SOR-UNKNOWN",
    Severity.WARNING,
    Wording("SOR-koden findes ikke i SOR.", "The SOR code is not in SOR."),
    Wording(
        "Kontrolleres kun, hvor et register er angivet (--sor). Koden kan være forkert, eller "
        "registeret ældre end enheden.",
        "Checked only if a register is specified (--sor). The code may be wrong, or the register "
        "may be older than the unit.",
    ),
)
_CLOSED = _requirement(
    "SOR-CLOSED",
    Severity.WARNING,
    Wording(
        "SOR-kodens enhed er ikke åben på aftalens dag.",
        "The unit with this SOR code is not open on the day of the appointment.",
    ),
    Wording(
        "Enheden lukker før aftalens første dag eller åbner efter den. Ofte har en ny enhed "
        "taget dens plads.",
        "The unit closes before the first day of the appointment, or opens after it. Often another "
        "unit has taken its place.",
    ),
)
_NAME = _requirement(
    "SOR-NAME",
    Severity.INFORMATION,
    Wording("Navnet er et andet end i SOR.", "The name differs from the one in SOR."),
    Wording(
        "Der ses bort fra store bogstaver, blanktegn og tegnsætning. Et sted kan med god grund "
        "have et længere navn end i SOR, f.eks. med lokalet.",
        "Capitals, white space and punctuation are ignored. A place may have good reason to have "
        "a longer name than in SOR, such as one with the room.",
    ),
)
_ADDRESS = _requirement(
    "SOR-ADDRESS",
    Severity.WARNING,
    Wording("Adressen er en anden end i SOR.", "The address differs from the one in SOR."),
    Wording(
        "Gade og nummer, postnummer eller by er forskellige. Der ses bort fra etage, store "
        "bogstaver, blanktegn og tegnsætning, og en beskyttet eller ikke oplyst adresse "
        "sammenlignes ikke. Patienten kan gå forkert.",
        "Street and number, postal code or city differ. Floor, capitals, white space and "
        "punctuation are ignored. An address that is protected or not provided is not compared. "
        "The patient may go to the wrong place.",
    ),
)
_TELEPHONE = _requirement(
    "SOR-TELEPHONE",
    Severity.INFORMATION,
    Wording("Ingen af telefonnumrene findes i SOR.", "None of the telephone numbers is in SOR."),
    Wording(
        "Der ses bort fra +45, blanktegn og tegnsætning. Et lokalnummer kan være bedre end "
        "hovednummeret i SOR.",
        "+45, white space and punctuation are ignored. A direct number may be better than the "
        "main number in SOR.",
    ),
)


# --- what a document says of a unit -----------------------------------------------------------


class _Stated(NamedTuple):
    """What a document says of one unit: its code, and the elements that say the rest."""

    code: str
    parts: tuple[Node, ...]
    """The role, its organisation or the entity of the place, whichever are of this unit."""

    def all(self, name: str) -> Sequence[Node]:
        """The elements of a name in the first of them that has one."""
        return next(filter(None, (part.all(name) for part in self.parts)), ())


_ROLES = (
    (paths.PROVIDER_ORGANIZATION, None),
    (paths.ASSIGNED_AUTHOR, "representedOrganization"),
    (paths.CUSTODIAN_ORGANIZATION, None),
    (paths.PERFORMER, "representedOrganization"),
    (paths.IN_SOR / "participantRole", "playingEntity"),
)
"""Who may have a SOR code, and what beside that speaks of the same unit. A place outside SOR and a
home are not in it: what is stated of them is the patient's."""


def _code(node: Node) -> str | None:
    """The SOR code of an identifier, if it is of the form of one."""
    number = (node.get("extension") or "").strip()
    is_code = (node.get("root") or "").strip() == Oid.SOR and not node.is_null
    return number if is_code and _CODE(number) else None


_CODE = re.compile("[0-9]{1,18}").fullmatch


def _unit_of(node: Node) -> str | None:
    """The first SOR code of who has a role, or of an organisation."""
    return next(filter(None, map(_code, node.all("id"))), None)


def _stated(view: DocumentView) -> Iterator[_Stated]:
    for path, within in _ROLES:
        for node in view.at(path):
            code = _unit_of(node)
            inner = node.first(within) if within else None
            own = _unit_of(inner) if inner is not None else None
            if inner is not None and own is not None and own != code:
                yield _Stated(own, (inner,))
                inner = None
            if code is not None:
                yield _Stated(code, (node,) if inner is None else (node, inner))


def _day(view: DocumentView) -> datetime.date | None:
    """The first day of the appointment, in Denmark."""
    for path in (paths.BODY_INTERVAL, paths.HEADER_INTERVAL):
        for interval in view.at(path):
            low = interval.first("low")
            if low is not None:
                time = read_time(low.element)
                day = danish_time(time).date() if time else read_date(low.element)
                if day is not None:
                    return day
    return None


def _units(register: SorRegister, view: DocumentView) -> Iterator[tuple[_Stated, SorUnit]]:
    """What is stated of each unit that is open on the day, and the unit."""
    day = _day(view)
    if day is None:
        return
    for stated in _stated(view):
        unit = register.lookup(stated.code, day)
        if unit is not None and unit.is_open_on(day):
            yield stated, unit


# --- the checks -------------------------------------------------------------------------------


def _unknown(register: SorRegister, view: DocumentView) -> Iterator[Node]:
    day = _day(view) or datetime.date.max
    for node in view.ids_by_root.get(Oid.SOR, ()):
        code = _code(node)
        if code is not None and register.lookup(code, day) is None:
            yield node


def _closed(register: SorRegister, view: DocumentView) -> Iterator[Node]:
    day = _day(view)
    if day is None:
        return
    for node in view.ids_by_root.get(Oid.SOR, ()):
        code = _code(node)
        unit = register.lookup(code, day) if code is not None else None
        if unit is not None and not unit.is_open_on(day):
            yield node


def _other_names(register: SorRegister, view: DocumentView) -> Iterator[Node]:
    for stated, unit in _units(register, view):
        nodes = stated.all("name")
        name = read_name([node.element for node in nodes])
        if name and unit.name and _words(name) != _words(unit.name):
            yield nodes[0]


def _words(name: str) -> tuple[str, ...]:
    return words_of(unicodedata.normalize("NFKC", name))


def _other_addresses(register: SorRegister, view: DocumentView) -> Iterator[Node]:
    for stated, unit in _units(register, view):
        nodes = stated.all("addr")
        if _differs(read_address([node.element for node in nodes]), unit.address):
            yield nodes[0]


def _differs(stated: Address | None, registered: Address | None) -> bool:
    if stated is None or registered is None or is_protected(stated):
        return False
    if stated.lines and registered.lines and street_of(stated) != street_of(registered):
        return True
    codes = [_digits(one.postal_code or "") for one in (stated, registered)]
    if all(codes):
        return codes[0] != codes[1]
    cities = [_words(one.city or "") for one in (stated, registered)]
    return all(cities) and cities[0] != cities[1]


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))


def _other_telephones(register: SorRegister, view: DocumentView) -> Iterator[Node]:
    for stated, unit in _units(register, view):
        registered = set(map(_dialled, unit.telephones)) - {""}
        numbers = [
            (node, _dialled(telecom.address))
            for part in stated.parts
            for node in part.all("telecom")
            if (telecom := read_telecom(node.element)) is not None and telecom.is_phone
        ]
        if registered and numbers and registered.isdisjoint(number for _, number in numbers):
            yield numbers[0][0]


_COUNTRY_CODE = re.compile("(?:00)?45(?=[0-9]{8}$)")


def _dialled(number: str) -> str:
    """The digits of a telephone number, without the country code of Denmark."""
    return _COUNTRY_CODE.sub("", _digits(unquote(number).partition(";")[0]))


_Compare = Callable[[SorRegister, DocumentView], Iterable[Node]]


@frozen
class _Check:
    """A check against a register; a class, as a process that gets it has to know it as equal."""

    compare: _Compare
    register: SorRegister

    def __call__(self, view: DocumentView) -> Iterable[Node]:
        return self.compare(self.register, view)


_COMPARED: tuple[tuple[Requirement, _Compare], ...] = (
    (_UNKNOWN, _unknown),
    (_CLOSED, _closed),
    (_NAME, _other_names),
    (_ADDRESS, _other_addresses),
    (_TELEPHONE, _other_telephones),
)

SOR_REQUIREMENTS: tuple[Requirement, ...] = tuple(one for one, _ in _COMPARED)
"""What the rules require, for lists of rules."""


def every_rule() -> tuple[Requirement, ...]:
    """The rules of the library, and those that a register adds."""
    return (*rules_of_the_library(), *SOR_REQUIREMENTS)


@cache
def rule_names() -> RuleNames:
    """What each of them is called."""
    return RuleNames(every_rule())


def rules_named(name: str) -> tuple[Requirement, ...]:
    """Those that an id, a clause, or the last part of one refers to; none where it is unknown."""
    return _by_name().get(rule_names().canonical(name) or "", ())


@cache
def _by_name() -> dict[str, tuple[Requirement, ...]]:
    found: dict[str, tuple[Requirement, ...]] = {}
    for rule in every_rule():
        for name in dict.fromkeys((rule.id, *rule.conformance)):
            found[name] = (*found.get(name, ()), rule)
    return found


def sor_rules(register: SorRegister) -> tuple[Rule, ...]:
    """The rules that compare documents with a register, for ``Settings(rules=…)``.

    A code of another form than a SOR code's is left to ``BR-SOR-1``. A unit that is closed, or
    not in the register, is not compared further. Names, addresses and telephones of places
    outside SOR and of homes are not compared.

    Args:
        register: what the codes are looked up in, on the first day of the appointment.

    Returns:
        ``SOR-UNKNOWN``, ``SOR-CLOSED`` and ``SOR-ADDRESS``, which are warnings, ``SOR-NAME`` and
        ``SOR-TELEPHONE``, which are information.
    """
    if not isinstance(register, SorRegister):
        raise InvalidArgument(
            Wording(
                "sor_rules tager et register med lookup(code, on); brug apd.sor.read_sor",
                "sor_rules takes a register with lookup(code, on); use apd.sor.read_sor",
            )
        )
    return tuple(checked(demanded, _Check(compare, register)) for demanded, compare in _COMPARED)
