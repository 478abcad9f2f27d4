"""What people reported of systems like ours: each trait, variants of it, and what must happen.

A row of :data:`TRAITS` is a trait: a file of the reported inputs, variants of it made of an example
of our own, and what holds for all of them. To add one is to add a row.
"""

import datetime
import json
import re
from collections.abc import Callable
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple

import pytest

import apd
from apd import overview as ov
from apd import xds
from tests.cli.inside import Result, call_inside
from tests.laws.law import broken_law
from tests.places import REPORTED, ROOT
from tests.rules.editing import edited
from tests.xds.making import configuration, number

HOSPITAL = (ROOT / "examples" / "documents" / "hospital-visit.xml").read_bytes()
"""An example of ours, in which nothing is wrong; the reported inputs are about the same visit."""
VISIT = apd.loads(HOSPITAL)
CPR = apd.CprNumber("2512489996")
START, END = apd.local_time(2026, 3, 3, 10, 15), apd.local_time(2026, 3, 3, 10, 45)
BOOKED = apd.local_time(2026, 2, 2, 9, 30)
BEFORE = apd.local_time(2026, 3, 1, 9)
SOURCE = "1.2.208.176.43210.8.1.29"
XDS = ("--facility", "hospital", "--specialty", "Ortopædisk  KIRURGI", "--source", SOURCE)
ENTRY = ("--entry-uuid", "00000000-0000-0000-0000-000000000010")
NOW = ("--now", "2026-03-01T09:00")

Apd = Callable[..., Result]
Check = Callable[[bytes, Apd], None]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Apd:
    """Calls ``apd`` in this process on a document: the command, and its options."""

    def call(command: str, data: bytes, *options: object) -> Result:
        return call_inside(monkeypatch, command, "-", *options, stdin=data)

    return call


# --- what may be asked of a document ---------------------------------------------------------


def element_of(finding: apd.Finding) -> str:
    """The path of the element, where that of the finding is of an attribute in it."""
    return finding.path.partition("/@")[0]


def findings(data: bytes, path: str = "") -> list[apd.Finding]:
    """What is found where the path ends so."""
    about = re.compile(rf".*{path}(\[\d+\])?" if path else ".*", re.DOTALL)
    return [found for found in apd.validate(data).findings if about.fullmatch(element_of(found))]


def errors(data: bytes, path: str = "") -> list[apd.Finding]:
    """The findings that make it invalid."""
    return [found for found in findings(data, path) if found.severity is apd.Severity.ERROR]


def keeps_the_law(data: bytes, _: Apd) -> None:
    """Reader, rules and writer say the same of it."""
    assert broken_law(data) == ""


def has_no_error(data: bytes, _: Apd) -> None:
    """It is valid."""
    assert not errors(data)


def is_flagged(path: str) -> Check:
    """Something is found at this place, be it an error or less."""

    def is_flagged(data: bytes, _: Apd) -> None:
        assert findings(data, path), findings(data)

    return is_flagged


def has_error(path: str) -> Check:
    """An error stands at this place."""

    def has_error(data: bytes, _: Apd) -> None:
        assert errors(data, path), findings(data)

    return has_error


def warns(path: str) -> Check:
    """A warning stands at this place, and no error anywhere."""

    def warns(data: bytes, _: Apd) -> None:
        found = findings(data, path)
        assert apd.Severity.WARNING in {finding.severity for finding in found}, findings(data)
        assert not errors(data)

    return warns


def reports_one_thing(data: bytes, _: Apd) -> None:
    """One finding, and none on what follows from it; the schema may say so as well."""
    found = [one for one in findings(data) if one.layer is not apd.Layer.SCHEMA]
    assert len(found) == 1, [str(one) for one in found]


def never_reports(words: str) -> Check:
    """No finding has these words, neither of the rules nor of the reader."""

    def never_reports(data: bytes, _: Apd) -> None:
        stated = [str(found) for found in (*findings(data), *refusal(data))]
        assert not [text for text in stated if re.search(words, text)], stated

    return never_reports


def reports_it(path: str, danish: str, english: str) -> Check:
    """A finding of the rules at this place, and of the reader if it refuses, says it so."""

    def reports_it(data: bytes, _: Apd) -> None:
        texts = [[f.wording for f in findings(data, path)], [f.wording for f in refusal(data)]]
        for wordings in texts[: 1 + bool(texts[1])]:
            assert any(re.search(danish, wording.da) for wording in wordings), wordings
            assert any(re.search(english, wording.en) for wording in wordings), wordings

    return reports_it


def refusal(data: bytes) -> tuple[apd.Finding, ...]:
    """Why it is not read, nothing where it is."""
    try:
        apd.loads(data)
    except apd.ParseError as error:
        return error.findings
    return ()


def reads(field: str, value: object) -> Check:
    """A field of the model is this."""

    def reads(data: bytes, _: Apd) -> None:
        assert attrgetter(field)(apd.loads(data)) == value

    return reads


def reads_the_same(data: bytes, _: Apd) -> None:
    """The appointment and the custodian are those of the document without the trait."""
    document = apd.loads(data)
    assert document.appointment == VISIT.appointment
    assert document.custodian == VISIT.custodian


is_of_the_patient = reads("appointment.patient.id", CPR)


def is_not_read(data: bytes, _: Apd) -> None:
    """There is no appointment in it: nobody guesses."""
    assert refusal(data)


def is_written(data: bytes, _: Apd) -> None:
    """It is written, with its CPR number, and reads the same again."""
    document = apd.loads(data)
    written = apd.dumps(document)
    assert b'extension="2512489996"' in written
    assert apd.loads(written) == document


def is_selected(data: bytes, _: Apd) -> None:
    """The overview of the patient has it."""
    entries = [ov.RegisteredDocument(apd.loads(data))]
    viewer = ov.PatientViewer(CPR)
    made = ov.make_overview(entries, viewer=viewer, patient=CPR, now=BEFORE)
    assert len(made.appointments) == 1


def is_shown(data: bytes, call: Apd) -> None:
    """``apd show`` tells the patient, without the last four digits."""
    result = call("show", data, "--lang", "en")
    assert (result.status, result.err) == (0, "")
    assert "CPR 251248-****" in result.out
    assert "9996" not in result.out


def is_not_shown(data: bytes, call: Apd) -> None:
    """``apd show`` and ``apd overview`` refuse it."""
    assert call("show", data).status != 0
    assert "10.15" not in call("overview", data, "--patient", CPR.value, *NOW).out


PATIENT_ID = re.compile(r"([^<>\"]*)\^\^\^&amp;1\.2\.208\.176\.1\.2&amp;ISO")


def is_sent_with_ten_digits(data: bytes, call: Apd) -> None:
    """``apd xds`` writes the CPR number as ten digits, at each place."""
    result = call("xds", data, *XDS, "--format", "ebrim")
    assert (result.status, result.err) == (0, "")
    assert set(PATIENT_ID.findall(result.out)) == {CPR.value}
    assert "251248-" not in result.out


def is_not_sent(rule: str = "") -> Check:
    """``apd xds`` writes no message of it; a finding says why."""

    def is_not_sent(data: bytes, call: Apd) -> None:
        for form in ("ebrim", "mime"):
            result = call("xds", data, *XDS, "--format", form, "--lang", "en")
            assert (result.status != 0, result.out) == (True, "")
            assert f"[{rule}" in result.err if rule else result.err

    return is_not_sent


def is_sent(data: bytes, call: Apd) -> None:
    """``apd xds`` writes a message of it."""
    result = call("xds", data, *XDS, "--format", "ebrim")
    assert (result.status, result.err) == (0, "")


# --- times without a time of day -------------------------------------------------------------


def shows_no_time_of_day(data: bytes, call: Apd) -> None:
    """The day is told, and no midnight."""
    for language, day in (("da", "3. marts 2026"), ("en", "3 March 2026")):
        for command, options in (("show", ()), ("overview", NOW)):
            result = call(command, data, "--lang", language, *options)
            assert result.status == 0
            assert day in result.out
            assert not re.search("00[.:]00", result.out)


def is_a_whole_day_in_calendars(data: bytes, call: Apd) -> None:
    """The event begins on the day, without a time."""
    result = call("overview", data, *NOW, "--ics", "-")
    assert "DTSTART;VALUE=DATE:20260303" in result.out


def is_sent_as_a_day(data: bytes, call: Apd) -> None:
    """The metadata have the day as such."""
    result = call("xds", data, *XDS[:4], "--format", "json")
    assert json.loads(result.out)["serviceStartTime"] == "20260303"


# --- the traits ------------------------------------------------------------------------------


class Trait(NamedTuple):
    """A trait that was reported.

    Args:
        file: the beginning of the file's name, nothing where only variants are there.
        variants: edits that give our example the same trait in other ways, by what they are.
        checks: what holds for the file and for each variant.
        of_file: what holds for the file only.
    """

    file: str
    variants: dict[str, str]
    checks: tuple[Check, ...]
    of_file: tuple[Check, ...] = ()


LOCAL = '<id root="1.2.208.999.1" extension="4711"/>'
OTHER_LOCAL = '<id root="1.2.208.999.2" extension="2512489997"/>'
NULL = '<id nullFlavor="NI"/>'
OTHER_CPR = '<id root="1.2.208.176.1.2" extension="0101010101"/>'
OTHER_PATIENT = (
    '<recordTarget typeCode="RCT" contextControlCode="OP"><patientRole classCode="PAT">'
    f"{OTHER_CPR}</patientRole></recordTarget>"
)


def everywhere(old: str, new: str) -> str:
    """An edit: a text of the document in another form."""
    return f'replace "{old}" => "{new}"'


def low(value: str) -> str:
    """An edit: the start, in the header and in the body."""
    return everywhere("20260303101500+0100", value)


def high(value: str) -> str:
    """An edit: the end, in the header and in the body."""
    return everywhere("20260303104500+0100", value)


def with_id(length: int, root: str = "1.2.208.184") -> str:
    """An edit: a document id whose extension has a length."""
    return f'before id <id root="{root}" extension="{"x" * length}"/> && remove id[2]'


def before_each(places: dict[str, str], *siblings: str) -> dict[str, str]:
    """Edits: each of some siblings before the element at each place."""
    return {
        f"{words}, {sibling}": f"before {path} {sibling}"
        for words, path in places.items()
        for sibling in siblings
    }


NULL_NAMES = {
    "patient": "$patient/patient/name",
    "author's person": "$author/assignedPerson/name",
    "author's organisation": "$author/representedOrganization/name",
    "performer's organisation": "$performer/representedOrganization/name",
    "custodian": "$custodian/name",
    "location": "$place/playingEntity/name",
}
ADDRESSES = {
    "patient": "$patient/addr",
    "author": "$author/addr",
    "performer": "$performer/addr",
    "custodian": "$custodian/addr",
    "location": "$place/addr",
}
IDS = {
    "author": "$author/id",
    "author's organisation": "$author/representedOrganization/id",
    "performer": "$performer/id",
    "performer's organisation": "$performer/representedOrganization/id",
    "custodian": "$custodian/id",
    "location": "$place/id",
}

TRAITS = {
    "F01 a local id before the CPR number": Trait(
        "F01-",
        {
            "local": f"before $patient/id {LOCAL}",
            "local after": f"after $patient/id {LOCAL}",
            "two local": f"before $patient/id {LOCAL} && before $patient/id {OTHER_LOCAL}",
            "local before and after": f"before $patient/id {LOCAL} "
            f"&& after $patient/id[2] {OTHER_LOCAL}",
            "a local one without extension": 'before $patient/id <id root="1.2.208.999.1"/>',
            "a local one that is not a CPR number": "before $patient/id "
            '<id root="1.2.208.999.1" extension="0101010101"/>',
        },
        (
            has_no_error,
            is_of_the_patient,
            reads_the_same,
            is_selected,
            is_shown,
            is_written,
            is_sent_with_ten_digits,
        ),
    ),
    "F01c a null id before the CPR number": Trait(
        "F01c",
        {
            "NI": f"before $patient/id {NULL}",
            "MSK": f"before $patient/id {NULL.replace('NI', 'MSK')}",
            "after": f"after $patient/id {NULL}",
            "null and local": f"before $patient/id {NULL} && before $patient/id {LOCAL}",
            "local, null after": f"before $patient/id {LOCAL} && after $patient/id[2] {NULL}",
        },
        (
            has_no_error,
            is_of_the_patient,
            reads_the_same,
            is_selected,
            is_shown,
            is_written,
            is_sent_with_ten_digits,
        ),
    ),
    "F02 two different CPR numbers": Trait(
        "F02",
        {
            "the other before": f"before $patient/id {OTHER_CPR}",
            "the other after": f"after $patient/id {OTHER_CPR}",
            "a local one between": f"after $patient/id {OTHER_CPR} && after $patient/id[1] {LOCAL}",
            "in two recordTargets": f"after recordTarget {OTHER_PATIENT}",
            "in two recordTargets, the other first": f"before recordTarget {OTHER_PATIENT}",
        },
        (
            keeps_the_law,
            has_error(r"/(ClinicalDocument|recordTarget(\[\d\])?(/patientRole(/id)?)?)"),
            is_not_read,
            is_not_shown,
            is_not_sent(),
        ),
    ),
    "F02 one CPR number twice": Trait(
        "",
        {
            "the same": "double $patient/id",
            "with a hyphen": "after $patient/id "
            '<id root="1.2.208.176.1.2" extension="251248-9996"/>',
        },
        (keeps_the_law, is_of_the_patient, is_selected),
    ),
    "F03 an offset with a colon": Trait(
        "F03-",
        {
            "start and end": f"{low('20260303101500+01:00')} && {high('20260303104500+01:00')}",
            "start in UTC": low("20260303091500+00:00"),
            "without seconds": low("202603031015+01:00"),
            "header only": "set $time/effectiveTime/low value=20260303101500+01:00",
            "body only": "set $encounter/effectiveTime/low value=20260303101500+01:00",
        },
        (
            keeps_the_law,
            reads("appointment.schedule", VISIT.appointment.schedule),
            is_flagged("effectiveTime/low"),
            never_reports("no start|APD-START"),
            is_selected,
            is_shown,
        ),
    ),
    "F03b a Z": Trait(
        "F03b",
        {
            "start and end": f"{low('20260303091500Z')} && {high('20260303094500Z')}",
            "small": low("20260303091500z"),
            "without seconds": low("202603030915Z"),
            "dashes": low("2026-03-03T09:15:00Z"),
            "dashes and an offset": low("2026-03-03T10:15:00+01:00"),
            "dashes and small letters": low("2026-03-03t09:15:00z"),
        },
        (
            keeps_the_law,
            reads("appointment.schedule", VISIT.appointment.schedule),
            is_flagged("effectiveTime/low"),
            never_reports("no start|APD-START"),
            is_selected,
            is_shown,
        ),
    ),
    "F03 the document's time": Trait(
        "",
        {
            "colon": "set effectiveTime value=20260202093000+01:00",
            "Z": "set effectiveTime value=20260202083000Z",
            "z": "set effectiveTime value=20260202083000z",
            "dashes": "set effectiveTime value=2026-02-02T09:30:00+01:00",
        },
        (keeps_the_law, reads("time", BOOKED), is_flagged("/effectiveTime")),
    ),
    "F03 the author's time": Trait(
        "",
        {
            "colon": "set author/time value=20260202093000+01:00",
            "Z": "set author/time value=20260202083000Z",
            "z": "set author/time value=20260202083000z",
            "dashes": "set author/time value=2026-02-02T09:30:00+01:00",
        },
        (keeps_the_law, reads("appointment.responsible.time", BOOKED), is_flagged("author/time")),
    ),
    "F03 the end": Trait(
        "",
        {
            "colon": high("20260303104500+01:00"),
            "Z": high("20260303094500Z"),
            "z": high("20260303094500z"),
            "dashes": high("2026-03-03T10:45:00+01:00"),
        },
        (
            keeps_the_law,
            reads("appointment.schedule.end", END),
            is_flagged("effectiveTime/high"),
        ),
    ),
    "F03 the birth date": Trait(
        "",
        {
            "dashes": "set $patient/patient/birthTime value=1948-12-25",
            "colon": "set $patient/patient/birthTime value=19481225000000+01:00",
            "Z": "set $patient/patient/birthTime value=19481225120000Z",
        },
        (
            keeps_the_law,
            reads("appointment.patient.birth_date", datetime.date(1948, 12, 25)),
            is_flagged("birthTime"),
        ),
    ),
    "F03 24:00": Trait(
        "",
        {"end": high("20260303240000+0100")},
        (
            has_no_error,
            reads("appointment.schedule.end", apd.local_time(2026, 3, 4)),
            is_flagged("effectiveTime/high"),
            is_written,
        ),
    ),
    "F03d in the gap of spring": Trait(
        "F03d",
        {
            "start": f"{low('20260329023000')} && {high('20260329033000')}",
            "two o'clock": f"{low('20260329020000')} && {high('20260329033000')}",
            "minutes": f"{low('202603290230')} && {high('202603290330')}",
        },
        (
            keeps_the_law,
            reports_it(
                "effectiveTime/low",
                "sommertid|stilles frem|findes ikke",
                "summer time|set forward|does not exist",
            ),
            never_reports("must have a value|skal have en værdi"),
        ),
    ),
    "F03d beside the gap of spring": Trait(
        "",
        {
            "three o'clock": f"{low('20260329030000')} && {high('20260329033000')}",
            "twice in autumn": f"{low('20261025023000')} && {high('20261025033000')}",
        },
        (has_no_error, keeps_the_law, never_reports("APD-START"), is_selected),
    ),
    "F05 a CPR number with a hyphen": Trait(
        "F05",
        {
            "hyphen": everywhere("2512489996", "251248-9996"),
            "title, too": "replace 2512489996 => 251248-9996",
            "hyphen in lower positions": everywhere("2512489996", "25124899-96"),
            "en dash": everywhere("2512489996", "251248–9996"),
            "no-break hyphen": everywhere("2512489996", "251248\u20119996"),
            "blank": everywhere("2512489996", "251248 9996"),
            "hyphen and blanks": everywhere("2512489996", "251248 - 9996"),
        },
        (
            keeps_the_law,
            is_of_the_patient,
            is_flagged("(patientRole/id|/title)"),
            is_selected,
            is_shown,
            is_sent_with_ten_digits,
        ),
    ),
    "F06 blanks around the CPR number": Trait(
        "F06",
        {
            "before": everywhere("2512489996", " 2512489996"),
            "after": everywhere("2512489996", "2512489996 "),
            "tab": everywhere("2512489996", "&#9;2512489996"),
            "line end": everywhere("2512489996", "2512489996&#10;"),
            "no-break space": everywhere("2512489996", "2512489996&#160;"),
            "root": everywhere("1.2.208.176.1.2", " 1.2.208.176.1.2 "),
        },
        (
            keeps_the_law,
            is_of_the_patient,
            is_flagged("patientRole/id"),
            is_selected,
            is_shown,
            is_sent_with_ten_digits,
        ),
    ),
    "F07 a custodian with a provider number": Trait(
        "F07",
        {
            "provider number": "set $custodian/id root=1.2.208.176.1.4 "
            "&& set $custodian/id extension=123456",
            "local": "set $custodian/id root=1.2.208.999.1",
            "no extension": "unset $custodian/id extension",
            "SOR code after a local id": f"before $custodian/id {LOCAL}",
            "SOR code after a null id": f"before $custodian/id {NULL}",
        },
        (keeps_the_law,),
        (reads("custodian.id", apd.ProviderNumber("123456")),),
    ),
    "F11 a CPR id without extension": Trait(
        "F11",
        {
            "none": "unset $patient/id extension",
            "empty": everywhere("2512489996", ""),
            "a blank": everywhere("2512489996", " "),
        },
        (
            keeps_the_law,
            has_error("(patientRole(/id)?|/title)"),
            reports_one_thing,
            is_not_read,
            is_not_shown,
            is_not_sent(),
        ),
    ),
    "F12 a birth in another century": Trait(
        "F12",
        {
            "2048": "set $patient/patient/birthTime value=20481225",
            "1848": "set $patient/patient/birthTime value=18481225",
        },
        (warns("birthTime"), keeps_the_law),
    ),
    "F12 a birth in the century of the seventh digit": Trait(
        "",
        {
            "1948": "set $patient/patient/birthTime value=19481225",
            "with a time": "set $patient/patient/birthTime value=194812250000",
        },
        (has_no_error, never_reports("BR-CPR")),
    ),
    "F13 a date without a time of day": Trait(
        "F13",
        {
            "end not known": f'{low("20260303")} && replace value="20260303104500+0100" '
            '=> nullFlavor="NI"',
            "end the day after": f"{low('20260303')} && {high('20260304')}",
        },
        (
            keeps_the_law,
            shows_no_time_of_day,
            is_a_whole_day_in_calendars,
            is_sent_as_a_day,
            is_selected,
        ),
    ),
    "F14 a null name before the patient's": Trait(
        "F14",
        {
            "NI": 'before $patient/patient/name <name nullFlavor="NI"/>',
            "after": 'after $patient/patient/name <name nullFlavor="NI"/>',
            "empty": "before $patient/patient/name <name/>",
            "empty parts": "before $patient/patient/name <name><given/><family/></name>",
            "null parts": 'before $patient/patient/name <name><given nullFlavor="NI"/></name>',
        },
        (keeps_the_law, reads("appointment.patient.name.family", "Skovsang"), is_shown),
    ),
    "F14 a null name, address or id before another": Trait(
        "",
        {
            **before_each(NULL_NAMES, '<name nullFlavor="NI"/>', "<name/>"),
            **before_each(
                ADDRESSES,
                '<addr nullFlavor="NI"/>',
                "<addr/>",
                '<addr><streetAddressLine nullFlavor="NI"/></addr>',
            ),
            **before_each(IDS, NULL, LOCAL),
            **{
                f"{words}, null after": f'after {path} <name nullFlavor="NI"/>'
                for words, path in NULL_NAMES.items()
            },
        },
        (keeps_the_law, reads_the_same),
    ),
    "F15 tel: without a number": Trait(
        "F15",
        {
            "performer": "set $performer/telecom value=tel:",
            "blanks": everywhere("tel:00401000", "tel:  "),
            "upper case": everywhere("tel:00401000", "TEL:"),
            "hyphen": everywhere("tel:00401000", "tel:-"),
            "escape": everywhere("tel:00401000", "tel:%20"),
            "parameter": everywhere("tel:00401000", "tel:;ext=12"),
        },
        (keeps_the_law, is_flagged("(performer|assignedEntity|telecom)")),
    ),
    "F15 tel: without a number at the location": Trait(
        "",
        {
            "none": "set $place/telecom value=tel:",
            "plus": "set $place/telecom value=tel:+",
            "null": "unset $place/telecom value && unset $place/telecom use "
            "&& set $place/telecom nullFlavor=NI",
        },
        (keeps_the_law, is_flagged("(participant|participantRole|telecom)")),
    ),
    "F16 a document id that is too long for XDS": Trait(
        "F16",
        {
            "extension of 200": with_id(200),
            "extension of 129": with_id(129),
            "extension of 128, and the root": with_id(128),
            "129 with the root": with_id(129 - len("1.2.208.184^")),
            "another root": with_id(200, "1.2.3"),
            "extension of 200 without a root": f"{with_id(200)} && unset id root",
            "extension of 128 without a root": f"{with_id(128)} && unset id root",
        },
        (keeps_the_law, is_not_sent()),
    ),
    "F16 a document id that XDS can hold": Trait(
        "",
        {
            "128 with the root": with_id(128 - len("1.2.208.184^")),
            "a UUID": everywhere(
                VISIT.id.value if isinstance(VISIT.id, apd.MedComId) else "",
                "0c5ccb1d-4c0f-4f29-9c4b-9d3f9b5fb5a1",
            ),
        },
        (keeps_the_law, is_sent),
    ),
    "blanks around a SOR code": Trait(
        "",
        {
            f"{words}, {blank}": f'set {path} extension=x && replace extension="x" => {form}'
            for words, path in IDS.items()
            for blank, form in (
                ("before", 'extension=" {}"'),
                ("after", 'extension="{} "'),
                ("tab", 'extension="&#9;{}"'),
                ("no-break space", 'extension="{}&#160;"'),
            )
        },
        (keeps_the_law, reads_the_same, is_flagged("/id")),
    ),
}

CODES = {
    "author": "9990011000016000",
    "author's organisation": "9990011000016000",
    "performer": "9990011000016000",
    "performer's organisation": "9990011000016000",
    "custodian": "9990051000016001",
    "location": "9990071000016008",
}


def of_variant(name: str, edits: str) -> bytes:
    """Our example after the edits of a variant."""
    return edited(edits.replace("{}", CODES.get(name.partition(",")[0], "")), HOSPITAL)


def documents(trait: Trait) -> dict[str, Callable[[], bytes]]:
    """The documents with a trait, made when asked for; no file where it is not there."""
    made: dict[str, Callable[[], bytes]] = {
        name: partial(of_variant, name, edits) for name, edits in trait.variants.items()
    }
    if trait.file:
        for path in REPORTED.glob(f"{trait.file}*"):
            made = {"reported": path.read_bytes, **made}
    return made


def rows() -> list[Any]:
    """Each document with each of its checks."""
    return [
        pytest.param(make, check, id=f"{name}: {variant}: {check.__name__}")
        for name, trait in TRAITS.items()
        for variant, make in documents(trait).items()
        for check in (*trait.checks, *(trait.of_file if variant == "reported" else ()))
    ]


@pytest.mark.parametrize(("make", "check"), rows())
def test_what_was_reported(make: Callable[[], bytes], check: Check, call: Apd) -> None:
    check(make(), call)


@pytest.mark.skipif(not REPORTED.is_dir(), reason="the reported inputs are not there")
def test_each_trait_has_its_file() -> None:
    files = [trait.file for trait in TRAITS.values() if trait.file]

    assert [len(list(REPORTED.glob(f"{name}*"))) for name in files] == [1] * len(files)


# --- what is written of a number that is none -------------------------------------------------

NOT_CPR = {"nine digits": "512489996", "letters": "251248AB01", "a foreign number": "FIKTIV77"}


def with_number(number: str) -> bytes:
    """Our example, its CPR number and its title changed."""
    return edited(f"replace 2512489996 => {number}", HOSPITAL)


@pytest.mark.parametrize("number", NOT_CPR.values(), ids=NOT_CPR)
@pytest.mark.parametrize("form", ["ebrim", "mime"])
def test_a_number_that_is_none_is_not_sent(call: Apd, number: str, form: str) -> None:
    result = call("xds", with_number(number), *XDS, "--format", form)

    assert (result.status != 0, result.out) == (True, "")
    assert "[XDS-VALUE:patientId]" in result.err


@pytest.mark.parametrize("number", NOT_CPR.values(), ids=NOT_CPR)
@pytest.mark.parametrize(
    "command",
    [
        ("show",),
        ("show", "--json"),
        ("overview", *NOW),
        ("overview", *NOW, "--json"),
        ("overview", *NOW, "--ics", "-"),
        ("overview", *NOW, "--html", "-"),
        ("xds", *XDS[:4], *ENTRY),
        ("xds", *XDS[:4], *ENTRY, "--format", "json"),
        ("validate",),
    ],
    ids=" ".join,
)
def test_a_number_that_is_none_is_masked(call: Apd, number: str, command: tuple[str, ...]) -> None:
    result = call(command[0], with_number(number), *command[1:])

    assert number not in result.out + result.err
    assert number[-4:] not in result.out + result.err


# --- the length of what is assembled ----------------------------------------------------------

AROUND = len("^^^^^&1.2.208.176.1.1&ISO^^^^9990011000016000")
"""What stands beside the name in the metadata: the SOR code, its root and their separators."""


def with_name(length: int) -> bytes:
    """Our example, the responsible organisation's name of a length."""
    return edited(f"text $author/representedOrganization/name {'N' * length}", HOSPITAL)


@pytest.mark.parametrize("length", [250, 256, 256 - AROUND + 1])
@pytest.mark.parametrize("form", ["ebrim", "mime"])
def test_an_institution_over_256_characters_is_not_sent(call: Apd, length: int, form: str) -> None:
    result = call("xds", with_name(length), *XDS, "--format", form)

    assert (result.status != 0, result.out) == (True, "")
    assert "[XDS-LENGTH:author" in result.err
    assert "SubmissionSet.author" in result.err
    assert "DocumentEntry.author" in result.err


@pytest.mark.parametrize("form", ["text", "json", "fhir"])
def test_an_institution_over_256_characters_is_reported(call: Apd, form: str) -> None:
    result = call("xds", with_name(250), *XDS[:4], "--format", form)

    assert result.status != 0
    assert "[XDS-LENGTH:author" in result.err


def test_an_institution_of_256_characters_is_sent(call: Apd) -> None:
    result = call("xds", with_name(256 - AROUND), *XDS, "--format", "ebrim")

    assert (result.status, result.err) == (0, "")


# --- what the library says of metadata --------------------------------------------------------


def found_in_metadata(data: bytes) -> set[tuple[str, str]]:
    """The rules and places of what is found in the entry and the submission set of a document."""
    entry = xds.document_entry(apd.loads(data), configuration(), entry_uuid=number(7), data=data)
    sent = xds.submission_set(entry, configuration(), now=BEFORE, id=number(8))
    reports = (xds.check_entry(entry), xds.check_submission_set(sent))
    return {
        (found.rule.partition(":")[0], found.path)
        for report in reports
        for found in report.findings
        if found.severity is apd.Severity.ERROR
    }


METADATA = {
    "nothing": (HOSPITAL, set[str]()),
    "nine digits": (with_number("512489996"), {"DocumentEntry.patientId"}),
    "letters": (with_number("251248AB01"), {"DocumentEntry.patientId"}),
    "a long document id": (of_variant("", with_id(200)), {"DocumentEntry.uniqueId"}),
    "a document id of 129 characters": (
        of_variant("", with_id(129 - len("1.2.208.184^"))),
        {"DocumentEntry.uniqueId"},
    ),
    "a document id of 128 characters": (
        of_variant("", with_id(128 - len("1.2.208.184^"))),
        set[str](),
    ),
    "a long institution": (with_name(250), {"DocumentEntry.author", "SubmissionSet.author"}),
    "an institution of 256 characters": (with_name(256 - AROUND), set[str]()),
}


@pytest.mark.parametrize("case", METADATA)
def test_the_metadata_are_judged_as_they_are_written(case: str) -> None:
    data, places = METADATA[case]
    stated = {path for _, path in found_in_metadata(data)}

    assert {
        place for place in places if not any(path.startswith(place) for path in stated)
    } == set()
    assert bool(stated) == bool(places), stated
