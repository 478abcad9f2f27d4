"""``apd diff``: what it tells, of whom, and its exit status."""

import json
import re

import pytest


@pytest.fixture(scope="module")
def booked(documents) -> bytes:
    """An appointment of a series."""
    return (documents / "pool-training-1.xml").read_bytes()


@pytest.fixture(scope="module")
def moved(booked) -> bytes:
    """The same appointment, two days later, in a newer version of its document."""
    return (
        booked.replace(b"20260407", b"20260409")
        .replace(b"07-04-2026", b"09-04-2026")
        .replace(b"9c13a631", b"9c13a632")
    )


LINES = {
    "da": (
        "Mødetiden er flyttet fra tirsdag den 7. april 2026 kl. 15.00–16.00 til torsdag den 9. "
        "april 2026 kl. 15.00–16.00.\nDokumentets id er ændret fra "
        "9c13a631-51a4-5094-9a13-95b423a7278e til 9c13a632-51a4-5094-9a13-95b423a7278e.\nR5: "
        "Flyttes kun denne aftale, er den stadig repeterende og beholder repetitions-id'et. "
        "(Aftaleoversigten 2.0)\nR8: Flyttes hele serien, ændres alle aftaler med "
        "repetitions-id'et; id'et må beholdes. (Aftaleoversigten 2.0)\n"
    ),
    "en": (
        "The time was moved from Tuesday 7 April 2026, 15:00–16:00 to Thursday 9 April 2026, "
        "15:00–16:00.\nThe document's id was changed from 9c13a631-51a4-5094-9a13-95b423a7278e "
        "to 9c13a632-51a4-5094-9a13-95b423a7278e.\nR5: If this appointment alone is moved, it "
        "still repeats and keeps its repetition id. (Aftaleoversigten 2.0)\nR8: If the whole "
        "series is moved, every appointment with the repetition id is changed; the id may stay "
        "the same. (Aftaleoversigten 2.0)\n"
    ),
}


@pytest.mark.parametrize("language", ["da", "en"])
def test_an_appointment_that_was_moved(apd_command, documents, moved, language) -> None:
    first = documents / "pool-training-1.xml"
    result = apd_command("diff", first, "-", "--lang", language, stdin=moved)
    assert result == (1, LINES[language], "")


def test_the_same_document_and_a_newer_version_of_it(apd_command, documents, booked) -> None:
    first = documents / "pool-training-1.xml"
    assert apd_command("diff", first, first) == (0, "Aftalen er den samme.\n", "")
    newer = booked.replace(b"9c13a631", b"9c13a632")
    status, out, err = apd_command("diff", first, "-", stdin=newer)
    assert (status, err) == (0, "")
    assert out.splitlines()[0] == "Aftalen er den samme."
    assert out.splitlines()[1].startswith("Dokumentets id er ændret")


def test_personal_data_are_reported_when_asked_for(apd_command, documents) -> None:
    pair = documents / "pool-training-1.xml", documents / "home-nurse.xml"
    quiet, telling = apd_command("diff", *pair), apd_command("diff", "--show-content", *pair)
    assert quiet.status == telling.status == 1
    assert quiet.out.splitlines()[:2] == [
        "Dokumenterne handler om to forskellige patienter.",
        "Dokumenterne handler om to forskellige aftaler.",
    ]
    for secret in ("Viggo", "0707809985", "Genoptræning i vand", "Åbrinken"):
        assert secret not in quiet.out
        assert secret in telling.out


def test_json(apd_command, documents, moved) -> None:
    first = documents / "pool-training-1.xml"
    result = apd_command("diff", "--json", first, "-", stdin=moved)
    assert (result.status, result.err) == (1, "")
    reported = json.loads(result.out)
    assert [reported[key] for key in ("same", "same_patient", "same_appointment")] == [
        False,
        True,
        True,
    ]
    (change,) = reported["changes"]
    assert (change["path"], change["kind"]) == ("appointment.schedule", "moved")
    assert change["rules"] == ["R5", "R8"]
    assert change["old"] == {
        "start": "2026-04-07T15:00:00+02:00",
        "end": "2026-04-07T16:00:00+02:00",
    }
    assert [one["path"] for one in reported["bookkeeping"]] == ["id"]
    assert [(one["rule"], one["followed"]) for one in reported["consequences"]] == [
        ("R5", True),
        ("R8", None),
    ]


def test_json_without_and_with_personal_data(apd_command, documents) -> None:
    pair = documents / "pool-training-1.xml", documents / "practice-provider-number.xml"
    quiet = apd_command("diff", "--json", *pair)
    telling = apd_command("diff", "--json", "--show-content", *pair)
    hidden = {change["path"]: change["old"] for change in json.loads(quiet.out)["changes"]}
    shown = {change["path"]: change["old"] for change in json.loads(telling.out)["changes"]}
    assert hidden.keys() == shown.keys()
    assert hidden["appointment.patient"] is None
    assert shown["appointment.patient"]["id"]["value"] == "0707809985"
    assert "Viggo" not in quiet.out


OTHER_ID = '<id root="1.2.3.4" extension="K-4711" assigningAuthorityName="Vera Skovsang"/>'


@pytest.mark.parametrize("is_newer", [True, False])
@pytest.mark.parametrize("place", ["<encounter", "<ClinicalDocument"])
def test_an_id_that_could_be_anything_is_shown_on_request_only(
    apd_command, documents, tmp_path, place, is_newer
) -> None:
    """Also where the other document has one that says nothing of anybody."""
    text = (documents / "home-nurse.xml").read_text("utf-8")
    before, element, after = text.partition(place)
    old = re.search(r"<id [^>]*/>", after)
    other = tmp_path / "other.xml"
    other.write_text(before + element + after.replace(old[0], OTHER_ID, 1), "utf-8")
    pair = (documents / "home-nurse.xml", other)[:: 1 if is_newer else -1]
    for options in ((), ("--json",)):
        quiet, telling = (
            apd_command("diff", *options, *more, *pair) for more in ((), ("--show-content",))
        )
        assert quiet.status == telling.status
        assert "K-4711" in telling.out
        assert "Vera" in telling.out
        assert "K-4711" not in quiet.out
        assert "Vera" not in quiet.out


WRONG = [
    (("nowhere.xml", "{good}"), "apd: nowhere.xml: Filen findes ikke.\n"),
    (("{good}", "pyproject.toml"), "apd: pyproject.toml: linje 1: "),
    (("{good}", "examples"), "apd: ugyldig værdi for 'B': Filen 'examples' er en mappe"),
    (("-", "-"), "apd: standard input (-) kan kun angives én gang"),
    (("{good}",), "apd: mangler argumentet 'B'"),
]


@pytest.mark.parametrize(("arguments", "error"), WRONG)
def test_what_cannot_be_compared(apd_command, documents, arguments, error) -> None:
    good = str(documents / "home-nurse.xml")
    result = apd_command("diff", *(one.format(good=good) for one in arguments))
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith(error)


def test_every_document_that_cannot_be_read_is_reported(apd_command) -> None:
    result = apd_command("diff", "nowhere.xml", "elsewhere.xml")
    assert (result.status, len(result.err.splitlines())) == (2, 2)
