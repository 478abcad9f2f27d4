"""The encounter: the appointment itself, and that header and body agree on its time.

Source: APD-DK 2.0.1, encounter; errata of 2021-11-24, item 5; CONF:134 and CONF:1098 (C-CDA).
"""

import datetime
import re

from apd.finding import Severity
from apd.rules.forms import is_uuid, moment
from apd.rules.index import Index, Node, below
from apd.rules.profile.shapes import (
    EXAMPLES,
    INFERRED,
    OFFICIAL,
    PROFILE,
    at_most_one,
    both,
    dated_template,
    each,
    errata,
    fixed,
    one,
    part,
    rule,
)
from apd.rules.registry import Rule
from apd.standard.codes import Category, Oid
from apd.standard.templates import ENCOUNTER_TEMPLATE, TEMPLATE_DATE
from apd.wording import Wording

_SOURCE = f"{PROFILE}, encounter"
_THE_APPOINTMENT = Wording("Aftalen (encounter)", "The appointment (encounter)")
_THE_TIME = Wording("Aftalens tid", "The time of the appointment")
_CATEGORIES = frozenset(Category)
*_FIRST, _LAST = Category
_ALL_BUT_LAST = ", ".join(_FIRST)
_comparable = re.compile(r"[0-9]{14}[+\-][0-9]{4}").fullmatch


_encounters = part("encounters")


_codes = part("encounter_codes")


_intervals = part("body_intervals")


def _is_medcom_uuid(node: Node) -> bool:
    return (
        node.get("root") == Oid.MEDCOM
        and is_uuid(node.get("extension"))
        and node.get("assigningAuthorityName") == "MedCom"
    )


def _id_is_the_documents(index: Index) -> list[Node]:
    of_document = {
        (id.get("root"), id.get("extension")) for id in index.document.all("id") if not id.is_null
    }
    return [
        id
        for id in below(index.encounters, "id")
        if (id.get("root"), id.get("extension")) in of_document
    ]


def _says(bound: Node) -> tuple[str | None, str | None]:
    return bound.get("value"), bound.get("nullFlavor")


def _moment(bound: Node) -> datetime.datetime | None:
    """The moment of a low or high, if it is written so that it can be compared."""
    value = bound.get("value")
    found = moment(value) if value is not None and _comparable(value) else None
    return None if found is None else found.at


def _is_said_in(bound: Node, others: list[Node]) -> bool:
    if any(_says(bound) == _says(other) for other in others):
        return True
    at = _moment(bound)
    return at is not None and any(at == _moment(other) for other in others)


def _equal_in_header(name: str) -> "Rule":
    clause, da, en = {
        "low": ("ad38", "starttidspunkt (low)", "start (low)"),
        "high": ("7e5c", "sluttidspunkt (high)", "end (high)"),
    }[name]

    def check(index: Index) -> list[Node]:
        in_body = below(index.body_intervals, name)
        in_header = below(index.header_intervals, name)
        return [node for node in in_body if not _is_said_in(node, in_header)]

    return rule(
        clause,
        check,
        Wording(
            f"Aftalens {da} skal være det samme i encounter og i headeren.",
            f"The {en} of the appointment must be the same in the encounter and in the header.",
        ),
        Wording(
            "Samme øjeblik kan skrives med to tidszoner, når begge har 14 cifre og tidszone på "
            "fire cifre; ellers skal de være ens bogstav for bogstav. Er slutningen ukendt, skal "
            "nullFlavor være den samme.",
            "The same moment may be written with two offsets if both have 14 digits and an offset "
            "of four; otherwise they must be equal letter by letter. Where the end is not known, "
            "the nullFlavor must be the same.",
        ),
        Wording(
            "Dan begge af den samme værdi. Den, der står i encounter, er den rigtige.",
            "Make both from the same value. The one in the encounter is the right one.",
        ),
        source=_SOURCE,
    )


def _has_content(node: Node) -> bool:
    return not node.is_null


RULES: tuple[Rule, ...] = (
    fixed(
        "CONF:1098-8564",
        _encounters,
        "classCode",
        "ENC",
        Wording("En aftale er en encounter.", "An appointment is an encounter."),
        source=f"{_SOURCE}; C-CDA",
    ),
    fixed(
        "8f97",
        _encounters,
        "moodCode",
        "APT",
        Wording("APT siger, at mødet er aftalt.", "APT says that the meeting is agreed upon."),
        source=_SOURCE,
    ),
    dated_template(
        "49d8 ad5b",
        _encounters,
        ENCOUNTER_TEMPLATE,
        TEMPLATE_DATE,
        _THE_APPOINTMENT,
        Wording(
            "templateId siger, at det er en aftale, og i hvilken udgave.",
            "The templateId says that this is an appointment, and its release.",
        ),
        source=_SOURCE,
    ),
    one(
        "7493",
        _encounters,
        "id",
        _THE_APPOINTMENT,
        Wording(
            "Aftalens id er det samme i alle udgaver af dokumentet om den.",
            "The id of the appointment is the same in all versions of the document about it.",
        ),
        source=_SOURCE,
    ),
    each(
        "22dd",
        lambda index: below(index.encounters, "id"),
        _is_medcom_uuid,
        Wording(
            f"Aftalens id skal være en UUID i MedComs rod {Oid.MEDCOM} med "
            "assigningAuthorityName MedCom.",
            f"The id of the appointment must be a UUID in MedCom's root {Oid.MEDCOM} with the "
            "assigningAuthorityName MedCom.",
        ),
        both(
            Wording(
                "Kun en UUID er med sikkerhed ikke brugt af andre.",
                "Only a UUID is certain not to be used by anybody else.",
            ),
            INFERRED,
        ),
        Wording("Brug aftalens UUID.", "Use the UUID of the appointment."),
        source=EXAMPLES,
        severity=Severity.WARNING,
    ),
    rule(
        "22dd",
        _id_is_the_documents,
        Wording(
            "Aftalens id skal være et andet end dokumentets.",
            "The id of the appointment must be another than the document's.",
        ),
        both(
            Wording(
                "Dokumentet får nyt id, hver gang aftalen ændres; aftalen beholder sit.",
                "The document gets a new id whenever the appointment changes; the appointment "
                "keeps its own.",
            ),
            INFERRED,
        ),
        Wording("Giv dokumentet sit eget id.", "Give the document an id of its own."),
        name="CONF-DK-APD:22dd-DISTINCT",
        source=f"{EXAMPLES}; Aftaleoversigten, repeating appointments",
        severity=Severity.WARNING,
    ),
    each(
        "",
        lambda index: [*below(index.encounters, "id"), *_intervals(index)],
        _has_content,
        Wording(
            "Aftalens id og tid må ikke være null.",
            "The id and the time of the appointment may not be null.",
        ),
        Wording(
            "En aftale uden id kan ikke ændres, og en uden tid ikke vises.",
            "An appointment without an id cannot be changed, one without a time not be shown.",
        ),
        Wording("Fjern nullFlavor, og angiv værdien.", "Remove the nullFlavor; give the value."),
        name="APD-ENCOUNTER-1",
        source=OFFICIAL,
    ),
    one(
        "CONF:1098-14749",
        _encounters,
        "code",
        _THE_APPOINTMENT,
        Wording(
            "Koden er aftalens kategori: region, kommune eller praksis.",
            "The code is the category of the appointment: region, municipality or practice.",
        ),
        name="CONF:1098-14749-ENCOUNTER",
        source=f"{_SOURCE}; C-CDA",
    ),
    each(
        "9245",
        _codes,
        lambda node: node.get("code") in _CATEGORIES,
        Wording(
            f"Aftalens kategori skal være {_ALL_BUT_LAST} eller {_LAST}.",
            f"The category of the appointment must be {_ALL_BUT_LAST} or {_LAST}.",
        ),
        Wording("De tre kategorier, som MedCom har udgivet.", "The three that MedCom published."),
        Wording("Brug en af de tre koder.", "Use one of the three codes."),
        source=errata(5),
    ),
    fixed(
        "ed37",
        _codes,
        "codeSystem",
        Oid.MEDCOM_MESSAGE_CODES,
        Wording(
            "Kategorierne er fra MedCom Message Codes.",
            "The categories are MedCom Message Codes.",
        ),
        source=_SOURCE,
    ),
    each(
        "4df9 6306",
        _codes,
        lambda node: bool((node.get("codeSystemName") or "").strip()),
        Wording(
            "Aftalens kategori skal have et codeSystemName.",
            "The category of the appointment must have a codeSystemName.",
        ),
        Wording(
            "MedComs Schematron kræver et navn, men ser ikke på, hvilket. Klausulernes ordlyd "
            "foreligger ikke her.",
            "MedCom's Schematron asks for a name, but does not look at which. The text of the "
            "clauses is not at hand.",
        ),
        Wording(
            'Skriv codeSystemName="MedCom Message Codes".',
            'Write codeSystemName="MedCom Message Codes".',
        ),
        source=OFFICIAL,
    ),
    one(
        "CONF:134",
        _encounters,
        "statusCode",
        _THE_APPOINTMENT,
        Wording("Status siger, om aftalen gælder.", "The status says whether it stands."),
        source=_SOURCE,
    ),
    fixed(
        "0da6",
        lambda index: below(index.encounters, "statusCode"),
        "code",
        "active",
        Wording(
            "En gyldig aftale er active. MedComs Schematron tillader alle koder i HL7 ActStatus, "
            "profilen kun denne.",
            "A valid appointment is active. MedCom's Schematron allows all of HL7's ActStatus, "
            "the profile only this one.",
        ),
        source=f"{_SOURCE}; Aftaleoversigten, rule #4",
    ),
    one(
        "4021",
        _encounters,
        "effectiveTime",
        _THE_APPOINTMENT,
        Wording("Det er, hvornår patienten møder.", "It is when the patient meets."),
        source=_SOURCE,
    ),
    one(
        "8bfe",
        _intervals,
        "low",
        _THE_TIME,
        Wording("En aftale har altid en start.", "An appointment always has a start."),
        source=_SOURCE,
    ),
    each(
        "",
        lambda index: below(index.body_intervals, "low"),
        lambda node: bool(node.get("value")) and not node.is_null,
        Wording(
            "Aftalens starttidspunkt skal have en værdi og må ikke være null.",
            "The start of the appointment must have a value and may not be null.",
        ),
        Wording(
            "En aftale uden start kan ikke vises i en kalender.",
            "An appointment without a start cannot be shown in a calendar.",
        ),
        Wording(
            "Skriv starttidspunktet som value, og fjern nullFlavor.",
            "Write the start as the value, and remove the nullFlavor.",
        ),
        name="APD-START-1",
        source=OFFICIAL,
    ),
    one(
        "5df9",
        _intervals,
        "high",
        _THE_TIME,
        Wording(
            "Også en aftale, hvis slutning ikke kendes, har et high; det er så null.",
            "Even an appointment whose end is not known has a high, which is null then.",
        ),
        source=_SOURCE,
    ),
    each(
        "d058",
        lambda index: below(index.body_intervals, "high"),
        lambda node: bool(node.get("value")) or node.is_null,
        Wording(
            "Aftalens sluttidspunkt skal have en værdi eller være null.",
            "The end of the appointment must have a value or be null.",
        ),
        Wording(
            "Kendes slutningen ikke, siges det med en nullFlavor. Klausulens ordlyd foreligger "
            "ikke her.",
            "Where the end is not known, a nullFlavor says so. The text of the clause is not at "
            "hand.",
        ),
        Wording('Skriv value, eller nullFlavor="NI".', 'Write a value, or nullFlavor="NI".'),
        source="HL7 v3 data types R1, TS",
    ),
    _equal_in_header("low"),
    _equal_in_header("high"),
    at_most_one(
        "",
        _encounters,
        "author",
        _THE_APPOINTMENT,
        Wording(
            "Rekvirenten står i headeren siden 2.0; ældre udgaver har den her.",
            "The requester is in the header since 2.0; older releases have it here.",
        ),
        name="APD-ENCOUNTER-AUTHOR-1",
        source=OFFICIAL,
    ),
)
