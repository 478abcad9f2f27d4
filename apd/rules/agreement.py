"""What the profile requires of several elements together: header and body, title and patient.

Source: APD-DK 2.0.1, header and encounter.
"""

import datetime
import re
from collections.abc import Iterator

from apd.cda.timestamps import Precision, TimeValue, time_value
from apd.cda.xml import WHITE_SPACE
from apd.findings import Severity
from apd.rules.admitted_values import AdmittedValues
from apd.rules.document_view import DocumentView, Node
from apd.rules.rule import Rule, checked
from apd.standard import paths
from apd.standard.business_rules import business_rule
from apd.standard.codes import Oid
from apd.standard.requirement import (
    EXAMPLES,
    HEADER,
    INFERRED,
    OFFICIAL,
    PROFILE,
    both,
    requirement,
)
from apd.wording import Wording

_title = re.compile("Aftale for ([0-9]{10})").fullmatch
# a reader takes blanks and fractions in its stride; what is compared is the text
_comparable = re.compile(r"[0-9]{14}[+\-][0-9]{4}").fullmatch


def _without_blanks(value: str | None) -> str:
    return (value or "").strip(WHITE_SPACE)


def _cpr_numbers(view: DocumentView) -> set[str]:
    """What stands as the patient's CPR number, without XML's white space around it.

    The clause compares with what XPath calls normalised; a no-break space is no white space.
    """
    ids = view.at(paths.PATIENT_ROLE / "id")
    numbers = (_without_blanks(id.get("extension")) for id in ids if id.get("root") == Oid.CPR)
    return {number for number in numbers if number}


def _other_titles(view: DocumentView) -> list[Node]:
    numbers = _cpr_numbers(view)
    # of a patient without a number, the finding is that it is missing
    has_number = bool(numbers) or not view.at(paths.PATIENT_ROLE)
    found = []
    for title in view.document.all("title"):
        match = _title(title.text or "")
        if match is None or (has_number and match[1] not in numbers):
            found.append(title)
    return found


def _title_names_patient(values: AdmittedValues) -> bool:
    match = _title(values.title)
    return match is not None and match[1] == values.cpr


def _second_numbers(view: DocumentView) -> list[Node]:
    """The ids of the patient that say another CPR number than the first one."""
    found: list[Node] = []
    first = None
    for id in view.at(paths.PATIENT_ROLE / "id"):
        if id.get("root") != Oid.CPR:
            continue
        number = "".join(filter(str.isalnum, id.get("extension") or ""))
        first = first or number
        if number and number != first:
            found.append(id)
    return found


def _id_is_the_documents(view: DocumentView) -> list[Node]:
    of_document = {
        (id.get("root"), id.get("extension")) for id in view.document.all("id") if not id.is_null
    }
    return [
        id
        for id in view.at(paths.ENCOUNTER / "id")
        if (id.get("root"), id.get("extension")) in of_document
    ]


def _stated(bound: Node) -> tuple[str | None, str | None]:
    return bound.get("value"), bound.get("nullFlavor")


def _moment(bound: Node) -> datetime.datetime | None:
    """The moment of a low or high, if it is written so that it can be compared."""
    value = bound.get("value")
    found = time_value(value) if value is not None and _comparable(value) else None
    return None if found is None else found.utc


def _is_stated_in(bound: Node, others: list[Node]) -> bool:
    if any(_stated(bound) == _stated(other) for other in others):
        return _stated(bound) != (None, None)
    at = _moment(bound)
    return at is not None and any(at == _moment(other) for other in others)


def _other_than_in_header(view: DocumentView, name: str) -> list[Node]:
    in_header = view.at(paths.HEADER_INTERVAL / name)
    return [
        node for node in view.at(paths.BODY_INTERVAL / name) if not _is_stated_in(node, in_header)
    ]


def _other_start(view: DocumentView) -> list[Node]:
    return _other_than_in_header(view, "low")


def _other_end(view: DocumentView) -> list[Node]:
    return _other_than_in_header(view, "high")


def _bounds(view: DocumentView, name: str) -> Iterator[tuple[Node, TimeValue]]:
    """The lows or highs of the appointment with a time for a value, and that time."""
    for node in view.at(paths.BODY_INTERVAL / name):
        time = time_value(node.get("value") or "")
        if time is not None:
            yield node, time


def _start_is_no_day(view: DocumentView) -> list[Node]:
    return [
        node for node, time in _bounds(view, "low") if time.moment is None and not time.is_skipped
    ]


def _start_is_skipped(view: DocumentView) -> list[Node]:
    return [node for node, time in _bounds(view, "low") if time.is_skipped]


def _end_is_no_moment(view: DocumentView) -> list[Node]:
    return [node for node, time in _bounds(view, "high") if time.moment is None]


def _is_no_moment(node: Node) -> bool:
    """Whether a time has all that is asked for and is no moment, which is so of a few years."""
    time = time_value(node.get("value") or "")
    return time is not None and time.is_full and time.moment is None


def _other_times_out_of_range(view: DocumentView) -> list[Node]:
    times = [*view.document.all("effectiveTime"), *view.at(paths.AUTHOR / "time")]
    return [node for node in times if _is_no_moment(node)]


def _births_without_a_day(view: DocumentView) -> list[Node]:
    births = ((node, time_value(node.get("value") or "")) for node in view.at(_BIRTH))
    return [node for node, time in births if time is not None and time.precision < Precision.DAY]


_BIRTH = paths.PATIENT / "birthTime"


def _is_year_of_a_day(time: str) -> bool:
    """Whether a full time is a moment by its year, whatever its offset."""
    return not time or "1900" < time[:4] < "9998"


_SOURCE_OF_DAY = f"{PROFILE}, encounter; {business_rule('Table 1 time').citation}"
_LET_PASS = Wording(
    "MedComs værktøjer accepterer det, men aftalen kan ikke vises.",
    "MedCom's tools accept it, but the appointment cannot be shown.",
)
_GIVE_THE_DAY = Wording(
    "Angiv dagen og klokkeslættet med tidszone.",
    "Specify the day, and the time of day with its offset.",
)


_SAME_MOMENT = Wording(
    "Samme øjeblik kan skrives med to tidszoner, når begge har 14 cifre og tidszone på "
    "fire cifre; ellers skal de være ens tegn for tegn. Er slutningen ukendt, skal "
    "nullFlavor være den samme.",
    "The same moment may be written with two offsets if both have 14 digits and a four-digit "
    "offset; otherwise they must be identical character by character. If the end is not known, the "
    "nullFlavor must be the same.",
)
_FROM_ONE_VALUE = Wording(
    "Dan begge ud fra den samme værdi. Værdien i encounter er den rigtige.",
    "Generate both from the same value. The value in the encounter is the correct one.",
)


def _equal_in_header(da: str, en: str) -> Wording:
    return Wording(
        f"Aftalens {da} skal være det samme i encounter og i headeren.",
        f"The {en} of the appointment must be the same in the encounter and in the header.",
    )


RULES: tuple[Rule, ...] = (
    checked(
        requirement(
            "",
            Wording(
                "Dokumentet har to forskellige CPR-numre for patienten.",
                "The document has two different CPR numbers for the patient.",
            ),
            Wording(
                "En aftale tilhører én patient, og det kan ikke afgøres, hvilket nummer der "
                "gælder.",
                "An appointment belongs to one patient, and it is not clear which number applies.",
            ),
            Wording(
                "Behold patientens CPR-nummer, og fjern det andet.",
                "Keep the patient's CPR number, and remove the other.",
            ),
            name="APD-PATIENT-3",
            source=f"{HEADER} (9ac6 speaks of one patient)",
        ),
        _second_numbers,
        "extension",
    ),
    checked(
        requirement(
            "9ac6",
            Wording(
                'Titlen skal være "Aftale for " efterfulgt af patientens CPR-nummer på ti cifre.',
                'The title must be "Aftale for " followed by the ten digits of the patient\'s '
                "CPR number.",
            ),
            Wording(
                "Titlen nævner patienten. CPR-nummeret er det id for patienten, der har roden "
                f"{Oid.CPR}; det må ikke indeholde mellemrum eller bindestreg.",
                "The title names the patient. The CPR number is the patient's id with the root "
                f"{Oid.CPR}; it must not contain spaces or hyphens.",
            ),
            Wording(
                "Dan titlen ud fra patientens CPR-nummer.",
                "Generate the title from the patient's CPR number.",
            ),
            source=f"{HEADER}; {OFFICIAL}",
        ),
        _other_titles,
        settled=_title_names_patient,
    ),
    checked(
        requirement(
            "22dd",
            Wording(
                "Aftalens id skal være et andet end dokumentets.",
                "The id of the appointment must differ from the id of the document.",
            ),
            both(
                Wording(
                    "Dokumentet får et nyt id, hver gang aftalen ændres; aftalen beholder sit.",
                    "The document gets a new id whenever the appointment changes; the appointment "
                    "keeps its own.",
                ),
                INFERRED,
            ),
            Wording("Tildel dokumentet sit eget id.", "Assign the document its own id."),
            name="CONF-DK-APD:22dd-DISTINCT",
            source=f"{EXAMPLES}; {business_rule('R2').citation}",
            severity=Severity.WARNING,
        ),
        _id_is_the_documents,
        "extension",
        settled=lambda values: values.appointment_id != values.document_id,
    ),
    checked(
        requirement(
            "",
            Wording(
                "Aftalens starttidspunkt skal være en dag i årene 1900 til 9998.",
                "The start of the appointment must be a day in the years 1900 to 9998.",
            ),
            both(
                Wording(
                    "Et år eller en måned er ikke en dag. ", "A year or a month is not a day. "
                ),
                _LET_PASS,
            ),
            _GIVE_THE_DAY,
            name="APD-START-2",
            source=_SOURCE_OF_DAY,
        ),
        _start_is_no_day,
        "value",
        settled=lambda values: _is_year_of_a_day(values.begins),
    ),
    checked(
        requirement(
            "",
            Wording(
                "Aftalens starttidspunkt findes ikke: timen springes over, når sommertiden "
                "begynder.",
                "The start of the appointment does not exist: that hour is skipped when summer "
                "time begins.",
            ),
            both(
                Wording(
                    "Et tidspunkt uden tidszone er dansk lokal tid. ",
                    "A time without an offset is Danish local time. ",
                ),
                _LET_PASS,
            ),
            _GIVE_THE_DAY,
            name="APD-START-3",
            source=_SOURCE_OF_DAY,
        ),
        _start_is_skipped,
        "value",
    ),
    checked(
        requirement(
            "",
            Wording(
                "Aftalens sluttidspunkt skal være en dag i årene 1900 til 9998 og et klokkeslæt, "
                "der findes den dag.",
                "The end of the appointment must be a day in the years 1900 to 9998, and a time "
                "that exists on that day.",
            ),
            Wording(
                "Ellers vises aftalen uden sluttidspunkt.",
                "Otherwise the appointment is shown without an end.",
            ),
            _GIVE_THE_DAY,
            name="APD-END-2",
            source=_SOURCE_OF_DAY,
            severity=Severity.WARNING,
        ),
        _end_is_no_moment,
        "value",
        settled=lambda values: _is_year_of_a_day(values.ends),
    ),
    checked(
        requirement(
            "",
            Wording(
                "Tidspunktet skal ligge i årene 1900 til 9998.",
                "The time must be in the years 1900 to 9998.",
            ),
            both(
                Wording(
                    "Et andet år er en fejl i systemet, og tidspunktet læses ikke.",
                    "Any other year is an error in the system, and the time is not read.",
                ),
                INFERRED,
            ),
            Wording("Ret tidspunktet.", "Correct the time."),
            name="APD-TIME-1",
            source=HEADER,
            severity=Severity.WARNING,
        ),
        _other_times_out_of_range,
        "value",
        settled=lambda values: all(map(_is_year_of_a_day, {values.made, *values.authored})),
    ),
    checked(
        requirement(
            "",
            Wording("Fødselsdatoen skal angive dagen.", "The date of birth must specify the day."),
            both(
                Wording(
                    "Et år eller en måned er ikke en dag, og fødselsdatoen læses ikke.",
                    "A year or a month is not a day, and the date of birth is not read.",
                ),
                INFERRED,
            ),
            Wording(
                "Angiv fødselsdatoen som ÅÅÅÅMMDD, eller udelad den.",
                "Specify the date of birth as YYYYMMDD, or leave it out.",
            ),
            name="APD-BIRTH-1",
            source=HEADER,
            severity=Severity.WARNING,
        ),
        _births_without_a_day,
        "value",
    ),
    checked(
        requirement(
            "ad38",
            _equal_in_header("starttidspunkt (low)", "start (low)"),
            _SAME_MOMENT,
            _FROM_ONE_VALUE,
            source=f"{PROFILE}, encounter",
        ),
        _other_start,
        "value",
        settled=lambda values: values.begins == values.begins_in_header != "",
    ),
    checked(
        requirement(
            "7e5c",
            _equal_in_header("sluttidspunkt (high)", "end (high)"),
            _SAME_MOMENT,
            _FROM_ONE_VALUE,
            source=f"{PROFILE}, encounter",
        ),
        _other_end,
        "value",
        settled=lambda values: (
            values.ends == values.ends_in_header and values.null_end == values.null_end_in_header
        ),
    ),
)
