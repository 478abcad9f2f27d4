"""CPR numbers are shown to those who ask for them, and to nobody else."""

import json
from pathlib import Path

import pytest
from attrs import evolve

import apd
from apd.cli.masking import hide_numbers, hide_patient

NUMBER, HIDDEN = "2512489996", "251248-****"


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
        # what is no CPR number stays
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


@pytest.mark.parametrize(
    ("number", "text", "hidden"),
    [
        (apd.CprNumber(NUMBER), "x2512489996y", "x251248-****y"),
        (apd.CprNumber(NUMBER), "25.12.48-99 96", "251248-****"),
        (apd.Identifier("1.2.208.176.1.2", "251248AB12"), "er 251248ab12", "er 251248-****"),
        (apd.Identifier("1.2.3", r"\1(abcdefgh"), r"<\1(abcdefgh>", r"<\1(abc-****>"),
        (apd.Identifier("1.2.3", "1"), "1", "****"),
        (apd.Identifier("1.2.3", "1"), "Version 1", "Version 1"),
    ],
)
def test_the_patients_own_number(number, text, hidden) -> None:
    assert hide_patient(number)(text) == hidden
