"""CPR numbers are shown to those who ask for them, and to nobody else."""

import json
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import apd
from apd.privacy.masking import hide_numbers, hide_patient, uuid_of_name
from apd.testing import strategies as apd_st
from apd.xds.metadata.hl7v2 import unescaped, write_cx
from tests.cli.inside import call_inside

NUMBER, HIDDEN = "2512489996", "251248-****"
NINE = apd.Identifier(apd.Oid.CPR, "512489996")


@pytest.fixture
def talkative(documents, tmp_path) -> Path:
    """A document with CPR numbers wherever words may stand, in its file's name as well."""
    document = apd.load(documents / "home-care-morning.xml")
    appointment = document.appointment
    text = "cpr2512489996 251248-9996 25 12 48 9996 251248–9996 og 0309529980"
    changed = evolve(
        appointment,
        reason=apd.Reason(text),
        schedule=evolve(appointment.schedule, note=text),
        location=apd.HomeLocation(name=text, address=apd.Address([text], city=text)),
        patient=evolve(
            appointment.patient,
            name=apd.PersonName([text], text),
            telecoms=[apd.Telecom("tel:2512489996"), apd.Telecom("mailto:2512489996@example.com")],
        ),
    )
    xml = apd.dumps(evolve(document, appointment=changed))
    xml = xml.replace(b"</td>", f" {text}</td>".encode())  # in what is not mapped, too
    path = tmp_path / f"{NUMBER}.xml"
    path.write_bytes(xml)
    return path


def digits_of(text: str) -> str:
    """A text without what may stand between digits."""
    return "".join(character for character in text if character not in " -–")


def test_masked_everywhere_unless_asked_for(apd_command, talkative) -> None:
    for options in ([], ["--json"], ["--lang", "en"]):
        masked, clear = (
            apd_command("show", talkative, *options, *more) for more in ([], ["--show-cpr"])
        )
        assert (masked.status, clear.status) == (0, 0)
        assert NUMBER not in digits_of(masked.out)
        assert "9980" not in masked.out
        assert masked.out.count(HIDDEN) >= 9
        assert NUMBER in clear.out
        assert "****" not in clear.out


@pytest.mark.parametrize("number", ["512489996", "251248AB12", "251248--9996", "K-4711-22"])
@pytest.mark.parametrize("cut", [b"<low ", b"<templateId "])
def test_masked_on_the_page_of_what_cannot_be_read(apd_command, documents, number, cut) -> None:
    data = (documents / "hospital-visit.xml").read_bytes()
    data = data.replace(NUMBER.encode(), number.encode())
    data = data.replace(b"</td>", f" Ring {number}</td>".encode()).replace(cut, b"<x ")
    masked, clear = (
        apd_command("show", "--html", "-", "-", *more, stdin=data) for more in ((), ("--show-cpr",))
    )
    assert number in clear.out
    assert "****" in masked.out
    assert number not in masked.out + masked.err


@pytest.mark.parametrize("ids", [[f"K-{n:04}" for n in range(50)], ["K" * 5000]])
def test_what_states_too_many_ids_shows_no_text(apd_command, documents, ids) -> None:
    data = (documents / "hospital-visit.xml").read_bytes().replace(b"<low ", b"<x ")
    role = b'<patientRole classCode="PAT">'
    data = data.replace(role, role + b"".join(b'<id extension="%b"/>' % i.encode() for i in ids))
    data = data.replace(b"</td>", f" Ring {ids[-1]}</td>".encode())
    masked = apd_command("show", "--html", "-", "-", stdin=data)
    assert "****" in masked.out
    assert ids[-1] not in masked.out


def test_masked_and_marked_in_json(apd_command, talkative) -> None:
    form = json.loads(apd_command("show", "--json", talkative).out)
    assert form["masked"] is True
    assert form["appointment"]["patient"]["id"]["value"] == HIDDEN


def test_masked_in_errors_and_in_a_round_trip(apd_command, talkative) -> None:
    unchanged = apd_command("roundtrip", talkative)
    assert unchanged.out.strip().endswith(f"{HIDDEN}.xml: uændret")
    talkative.write_bytes(talkative.read_bytes()[:3000])
    for command in ("show", "roundtrip"):
        result = apd_command(command, talkative)
        assert (result.status, result.out) == (2, "")
        assert NUMBER not in digits_of(result.err)


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("2512489996", "251248-****"),
        ("251248-9996", "251248-****"),
        ("251248 9996", "251248-****"),
        ("8512489996", "851248-****"),  # 60 added to the day
        ("tel:2512489996.", "tel:251248-****."),
        ("?q=Ring%202512489996", "?q=Ring%20251248-****"),
        ("?q=251248%209996", "?q=251248-****"),
        # as word processors and other people write it
        *[
            (f"Mor: 251248{between}9996.", "Mor: 251248-****.")
            for between in (
                *("\u00a0", "\u2007", "\u202f", "\u3000", "\t", "  ", " - ", "--"),
                *(
                    "\u2010",
                    "\u2011",
                    "\u2013",
                    "\u2014",
                    "\u2212",
                    "\u00ad",
                    "\u00ad-",
                    " \u2013 ",
                ),
                *("\uff0d", "\ufe63", "\u202c", "\u2066-"),
                *("\u200b", "\u200f-", "\u2060", "\ufeff", "%C2%A0", "%E2%80%93", "%2D"),
            )
        ],
        ("２５１２４８９９９６", "251248-****"),
        ("٢٥١٢٤٨-٩٩٩٦ og 10", "251248-**** og 10"),
        ("cpr2512489996.xml", "cpr251248-****.xml"),
        ("CPR2512489996", "CPR251248-****"),
        ("aftale_251248_9996.xml", "aftale_251248-****.xml"),
        ("25.12.48-9996", "25.12.48-****"),
        ("25 12 48 – 9996", "25 12 48-****"),
        ("251248/9996", "251248-****"),
        ("251248 / 9996", "251248-****"),
        ("251248.9996", "251248-****"),
        ("25 12 48 9996", "25 12 48-****"),
        ("25\u00a012\u00a048\u00a09996", "25\u00a012\u00a048-****"),
        ("25.12.48.9996", "25.12.48-****"),
        ("25/12/48/9996", "25/12/48-****"),
        ("25_12_48_9996", "25_12_48-****"),
        # what is not a CPR number stays
        ("den 251248. 5000 Odense", "den 251248. 5000 Odense"),
        ("tlf. 20 12 34 56 eller 65 11 33 33", "tlf. 20 12 34 56 eller 65 11 33 33"),
        ("uge 10 11 12 13 14", "uge 10 11 12 13 14"),
        ("20260303101500.2500+0100", "20260303101500.2500+0100"),
        ("10.12.34.56", "10.12.34.56"),
        ("ring 98 12 10 15 9000 Aalborg", "ring 98 12 10 15 9000 Aalborg"),
        ("+46-10-11-12-1314", "+46-10-11-12-1314"),
        ("den 251248\n9996 By", "den 251248\n9996 By"),
        ("den 05.03.26 1015", "den 05.03.26 1015"),
        ("３０ minutter, 25", "３０ minutter, 25"),
        ("3213489996", "3213489996"),
        ("4565113333", "4565113333"),
        ("+2512489996", "+2512489996"),
        ("9990011000016000", "9990011000016000"),
        ("ab251248-9996-4abc-8abc-0123456789ab", "ab251248-9996-4abc-8abc-0123456789ab"),
        ("2026-03-05T10:15:00+01:00", "2026-03-05T10:15:00+01:00"),
        ("1.2.208.176.1.2", "1.2.208.176.1.2"),
    ],
)
def test_what_has_the_form_of_a_number(text, hidden) -> None:
    assert hide_numbers(text) == hidden


@pytest.mark.parametrize("form", ["{}9996", "{}-9996", "{}\u20139996", "{} 9996"])
def test_a_digest_of_an_id_reveals_no_number(form) -> None:
    """Whoever tries all CPR numbers finds that all give the same; also one that lost its zero."""
    forms = {form.format(birth) for birth in ("251248", "150748", "010199")}
    ids = {f"1.2.3 {one}-7" for one in forms} | {"1.2.3 112999996-7", "1.2.3 512489996-7"}
    assert len({uuid_of_name(one) for one in ids}) == 1
    assert uuid_of_name("1.2.3 4711") != uuid_of_name("1.2.3 4712")


@pytest.mark.parametrize(
    ("number", "text", "hidden"),
    [
        (apd.CprNumber(NUMBER), "x2512489996y", "x251248-****y"),
        (apd.CprNumber(NUMBER), "25.12.48-99 96", "251248-****"),
        (apd.CprNumber(NUMBER), "25_12_48_9996.xml", "251248-****.xml"),
        (apd.Identifier("1.2.208.176.1.2", "251248AB12"), "er 251248ab12", "er 251248-****"),
        (apd.Identifier("1.2.3", r"\1(abcdefgh"), r"<\1(abcdefgh>", r"<\1(abc-****>"),
        (apd.Identifier("1.2.3", "1"), "1", "****"),
        (apd.Identifier("1.2.3", "1"), "Version 1", "Version 1"),
        (apd.Identifier("1.2.3", "1"), "Aftale for 1", "Aftale for ****"),
        (apd.Identifier("1.2.3", "1"), "1^^^&1.2.3&ISO", "****^^^&1.2.3&ISO"),
        (apd.Identifier("1.2.3", "K-7"), "Patient-id K-7, K-70", "Patient-id ****, K-70"),
        (apd.Identifier("1.2.3", "K-77"), "(K-77) AK-77", "(****) AK-77"),
        # without the zero that it begins with
        (apd.CprNumber("0707809985"), "70780-9985, 707809985 og 70780/9985", "****, **** og ****"),
        (apd.CprNumber("0707809985"), "0707809985, 17078099851", "070780-****, 17078099851"),
        (apd.CprNumber(NUMBER), "512489996", "512489996"),
        # shorter than a CPR number: nothing is shown of it
        (NINE, "Aftale for 512489996, 51248-9996", "Aftale for ****, ****"),
        (NINE, "cpr512489996.xml", "cpr****.xml"),
        (NINE, "?q=Ring%20512489996", "?q=Ring%20****"),
        (NINE, "9990512489996000 5124899961", "9990512489996000 5124899961"),
        (apd.Identifier("1.2.3", "FIKTIV77"), "xFiktiv77 FIKTIV-77", "x**** ****"),
        (apd.Identifier("1.2.3", "1015"), "10.15 1015 20261015", "10.15 **** 20261015"),
        (apd.Identifier("1.2.3", "AB-12"), "AB12, ab 12, xab12", "****, ****, xab12"),
        # as metadata and links write it
        (apd.Identifier("1.2.3", "AB&CD-1234^9"), r"AB\T\CD-1234\S\9^^^&1", "AB&CD--****^^^&1"),
        (apd.Identifier("1.2.3", "19850131-1234"), "?q=19850131%2D1234", "?q=198501-****"),
        (apd.Identifier("1.2.3", "---------1"), "a 1 b", "a 1 b"),
    ],
)
def test_a_persons_own_number(number, text, hidden) -> None:
    assert hide_patient(number)(text) == hidden


NUMBERS = (
    (st.text("^&|~\\EFST abcÆØÅ'-07", min_size=1, max_size=14) | apd_st.texts(20))
    .filter(lambda text: text.strip(" *"))
    .map(lambda text: apd.Identifier("1.2.3", text))
)


@given(NUMBERS)
def test_whatever_number_a_patient_has(patient) -> None:
    """It is hidden where it stands for the patient, and one of some length in any text."""
    number, hide = patient.extension, hide_patient(patient)
    for text in (number, f"Aftale for {number}", f"Patient-id {number}"):
        assert not hide(text).endswith(number)
    assert number not in unescaped(hide(write_cx(patient)).partition("^^^")[0])
    if sum(map(str.isalnum, number)) >= 4:
        for text in (f"er {number}.", f"({number})", quote(number)):
            assert number not in unquote(hide(text))


def test_all_of_several_numbers() -> None:
    hide = hide_patient(apd.Identifier("1.2.3", "4711"), apd.CprNumber(NUMBER), NINE)
    assert hide(f"4711, {NUMBER}, 512489996 and 0309529980") == (
        "****, 251248-****, **** and 030952-****"
    )


def test_a_long_run_of_separators_takes_no_time() -> None:
    hide = hide_patient(apd.Identifier("1.2.3", "1&-&-&-a2345678"))
    assert hide("1" + "&-" * 10_000 + "b").endswith("b")


FOREIGN = "FIKTIV^&77"


@pytest.fixture
def foreign(documents, tmp_path) -> Path:
    """A document whose patient has no CPR number, and whose responsible has what looks like one."""
    document = apd.load(documents / "hospital-visit.xml")
    appointment = document.appointment
    text = f"ring om {FOREIGN} eller 251248AB01"
    changed = evolve(
        appointment,
        reason=apd.Reason(text),
        patient=evolve(appointment.patient, id=apd.Identifier("1.2.3", FOREIGN)),
        responsible=evolve(
            appointment.responsible, id=apd.Identifier(apd.Oid.CPR, "251248AB01"), organization=None
        ),
    )
    path = tmp_path / f"{FOREIGN}.xml"
    path.write_bytes(apd.dumps(evolve(document, appointment=changed), check=False))
    return path


XDS = ("xds", "--facility", "hospital", "--specialty", "394801008")
SHOWING = [
    ("show",),
    ("show", "--json"),
    ("show", "--html", "-"),
    ("overview",),
    ("overview", "--json"),
    ("overview", "--html", "-"),
    ("overview", "--ics", "-"),
    XDS,
    (*XDS, "--format", "json"),
    (*XDS, "--format", "fhir"),
    ("roundtrip",),
]


@pytest.mark.parametrize("command", SHOWING, ids=" ".join)
def test_a_number_in_the_place_of_one_is_hidden(monkeypatch, foreign, command) -> None:
    result = call_inside(monkeypatch, *command, foreign)

    assert "****" in result.out + result.err
    reported = unescape(result.out + result.err).replace("\\\\", "\\")
    for secret in (FOREIGN, r"FIKTIV\S\\T\77", "FIKTIV%5E%2677", "251248AB01", "AB01"):
        assert secret not in reported


def test_a_number_in_the_place_of_one_is_hidden_in_a_comparison(monkeypatch, foreign) -> None:
    other = foreign.with_name("b.xml")
    other.write_bytes(foreign.read_bytes().replace(b"251248AB01", b"251248AB02"))
    for options in ((), ("--json",), ("--lang", "en")):
        result = call_inside(monkeypatch, "diff", foreign, other, *options)
        assert result.status == 1
        assert not [
            reported
            for reported in ("AB01", "AB02", FOREIGN)
            if reported in result.out + result.err
        ]
