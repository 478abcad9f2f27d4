"""``apd show``: what the card says, in both languages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import evolve

import apd
from apd.standard.releases import Release


def cards(output: str) -> dict[str, str]:
    """The card of each document, by the name of its file."""
    return {Path(card.split("\n", 1)[0]).stem: card for card in output.rstrip("\n").split("\n\n")}


@pytest.fixture(scope="module", params=["da", "en"])
def shown(request, apd_command, documents) -> tuple[str, dict[str, str]]:
    """A language, and the cards of all example documents in it."""
    result = apd_command("show", "--lang", request.param, documents)
    assert (result.status, result.err) == (0, "")
    return request.param, cards(result.out)


# The document; below it what its card says, in Danish and in English.
LINES = """
hospital-visit
  tirsdag den 3. marts 2026 kl. 10.15–10.45 | Tuesday 3 March 2026, 10:15–10:45
  Vedrørende Kontrol efter operation | About Kontrol efter operation
  Regional aftale | Regional appointment
  1 Standardaftale | 1 Standard appointment
  Et sted i SOR (type 1) | A place in SOR (type 1)
  Telefon 00401000 | Telephone 00401000
  SOR-kode 9990071000016008 | SOR code 9990071000016008
  Udføres af Kløverby Sygehus | Performer Kløverby Sygehus
  Aftaleansvarlig Kløverby Sygehus | Responsible Kløverby Sygehus
  Bodil Ravnsbjerg | Bodil Ravnsbjerg
  Forvalter Region Vestfjord | Custodian Region Vestfjord
  Patient Vera Lykke Skovsang | Patient Vera Lykke Skovsang
  CPR 251248-**** | CPR 251248-****
  kvinde | female
  født 25. december 1948 | born 25 December 1948
  Humlevangen 12, 2. tv., 9999 Kløverby | Humlevangen 12, 2. tv., 9999 Kløverby
  Telefon 00102030 (hjemme) | Telephone 00102030 (home)
  Status aktiv | Status active
  DK-APD 2.0.1 | DK-APD 2.0.1
  Oprettet mandag den 2. februar 2026 kl. 09.30 | Created Monday 2 February 2026, 09:30
operation-indicative
  aftalens start- og sluttidspunkt er vejledende | times of the appointment are indicative
  hvornår du skal opereres | hvornår du skal opereres
  2 Tidspunkt ikke eksakt | 2 Time not exact
home-care-morning
  I løbet af morgenen | Early in the morning
  Borgerens egen adresse (type 3) | The patient's own home (type 3)
  Kommunal aftale | Municipal appointment
examination-open-end
  Sluttidspunktet er ikke kendt | The end is not known
  3 Sluttidspunkt ikke kendt | 3 End not known
pool-training-1
  Et sted uden for SOR (type 2) | A place outside SOR (type 2)
  Repetitions-id 8b43682a-1a8d-5544 | Repetition id 8b43682a-1a8d-5544
  4 Repeterende aftale | 4 Repeating appointment
  Rekvirent Lægerne Lærkereden | Requester Lægerne Lærkereden
  Læge Esben Holger Mosevang | Læge Esben Holger Mosevang
  E-mail viggo@example.com | E-mail viggo@example.com
home-care-evening-repeating
  Aftalen er en del af en serie | The appointment is part of a repeating series
admission-several-days
  fra mandag den 20. april 2026 kl. 11.00 til torsdag den 23. april 2026 kl. 10.00
    | from Monday 20 April 2026, 11:00 to Thursday 23 April 2026, 10:00
night-to-summer-time
  Uret stilles en time frem | The clock is set forward one hour
night-to-winter-time
  Uret stilles en time tilbage | The clock is set back one hour
  kl. 02.45 (sommertid)–02.15 (vintertid) | 02:45 (summer time)–02:15 (winter time)
episode-of-care
  Kronisk obstruktiv lungesygdom (KOL) | Kronisk obstruktiv lungesygdom (KOL)
  Forløbs-id 487e5753 | Episode id 487e5753
reason-with-snomed-code
  SNOMED CT 40701008 | SNOMED CT 40701008
protected-address
  Adressen er ikke oplyst | The address is not provided
practice-provider-number
  Ydernummer 099901 | Provider number 099901
  Aftale i praksissektoren | Practitioner appointment
"""

NOT_LINES = """
hospital-visit
  vejledende | indicative
  Gentages | Repeats
  Rekvirent | Requester
  Forløb | Episode
  Ikke i modellen | Not in the model
home-care-morning
  Tidspunktet er vejledende, i løbet af | Tidspunktet er vejledende
"""


def rows(table: str, language: str) -> Iterator[tuple[str, str]]:
    """The rows of a table: a document, and words in one language."""
    name = ""
    for line in table.replace("\n    |", " |").strip().splitlines():
        if line.startswith(" "):
            yield name, line.split("|")[language == "en"].strip()
        else:
            name = line


def test_lines_of_a_card(shown) -> None:
    language, of = shown
    for name, words in rows(LINES, language):
        assert words in " ".join(of[name].split())
    for name, words in rows(NOT_LINES, language):
        assert words not in " ".join(of[name].split())


def test_danish_is_the_default(apd_command, documents) -> None:
    assert "onsdag den 4. marts" in apd_command("show", documents / "home-nurse.xml").out


def peculiar(document: apd.AppointmentDocument) -> bytes:
    """A document with things that no example has."""
    appointment = document.appointment
    changed = evolve(
        appointment,
        status=apd.Status.CANCELLED,
        reason=None,
        schedule=evolve(appointment.schedule, end=None, indicative=True),
        patient=evolve(
            appointment.patient,
            id=apd.Identifier("1.2.3", "X-7"),
            provider_organization=apd.Organization(name="Lægehuset"),
            telecoms=[apd.Telecom.sms("1212"), apd.Telecom("http://example.com")],
            address=apd.Address(["Stien 1"], use=apd.AddressUse.TEMPORARY),
        ),
    )
    return apd.dumps(
        evolve(
            document,
            appointment=changed,
            confidentiality=apd.Confidentiality.RESTRICTED,
            set_id=apd.MedComId("7f1c8b52-4f0e-4d3a-9a55-0c6d2e8f9b11"),
            version_number=3,
        ),
        check=False,
    )


def test_what_is_seldom(apd_command, documents) -> None:
    document = apd.load(documents / "hospital-visit.xml")
    card = apd_command("show", "-", stdin=peculiar(document)).out
    for message in (
        "Bemærk at aftalens starttidspunkt er vejledende",
        "Vedrørende       Ikke oplyst",
        "Status           aflyst",
        "Patient-id ****",
        "Egen læge        Lægehuset",
        "SMS 1212 (mobil)",
        "http://example.com",
        "Stien 1 (midlertidig)",
        "Fortrolighed: begrænset adgang",
        "Version 3",
        "Fælles id for alle versioner 7f1c8b52",
    ):
        assert message in card
    assert "X-7" not in card


@pytest.fixture(scope="module")
def with_extras(documents) -> Iterator[bytes]:
    """A document that says more than the model holds, and hints at a schema."""
    xml = (documents / "hospital-visit.xml").read_bytes()
    hint = (
        b'<ClinicalDocument xsi:schemaLocation="urn:hl7-org:v3 CDA.xsd" '
        b'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    )
    return (
        xml.replace(b'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"', b"", 1)
        .replace(b"<ClinicalDocument", hint, 1)
        .replace(
            b"<component ",
            b"<authorization><consent><code code='HEMMELIG'/><statusCode code='completed'/>"
            b"</consent></authorization><component ",
            1,
        )
    )


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("da", "Ikke i modellen  1 stykke\n                   findes kun i dokumentet"),
        ("en", "Not in the model  1 piece\n                    only in the document"),
    ],
)
def test_unmapped_names_places_only(apd_command, with_extras, language, message) -> None:
    result = apd_command("show", "-", "--lang", language, stdin=with_extras)
    assert f"{message}: /ClinicalDocument/authorization\n" in result.out
    assert "HEMMELIG" not in result.out


def test_schema_hint_alone_is_not_reported(apd_command, with_extras) -> None:
    without = with_extras[: with_extras.index(b"<authorization")]
    without += with_extras[with_extras.index(b"<component ") :]
    result = apd_command("show", "-", stdin=without)
    assert (result.status, "Ikke i modellen" in result.out) == (0, False)
    assert apd.loads(without).unmapped  # though it is kept


def test_the_older_release_is_reported(apd_command, documents) -> None:
    older = (documents / "home-nurse.xml").read_bytes().replace(b"apd-v2.0.1", b"apd-v1.1")
    assert apd.loads(older).release == Release.V1_1
    assert "DK-APD 1.1" in apd_command("show", "-", stdin=older).out
