"""What Aftaleoversigten's parts 2, 4, 5 and 6 ask a viewer to say, in both languages."""

import datetime
from typing import Any, NamedTuple

import attrs
import pytest

import apd
from apd import overview as ov
from tests import samples
from tests.overview import kit
from tests.overview.kit import document, overview, schedule

DAY = datetime.date(2026, 3, 10)
LEAD = "Bemærk at aftalens start- og sluttidspunkt er vejledende"
LEAD_EN = "Please note that the start and end times of the appointment are indicative"


class Expected(NamedTuple):
    """A rule, an appointment it is about, and what is said of it there.

    Args:
        rule: the part and the row or number.
        appointment: fields of the appointment.
        key: the line that says it.
        da: the texts of that line in Danish, or the first of them.
        en: the same in English.
        cautions: how many of them a renderer has to say whenever it shows the time.
    """

    rule: str
    appointment: dict[str, Any]
    key: str
    da: tuple[str, ...]
    en: tuple[str, ...]
    cautions: int = 0


def during(part: apd.PartOfDay) -> dict[str, Any]:
    return {"schedule": apd.Schedule.during(part, DAY)}


def day_part(part: apd.PartOfDay, clock: str, da: str, en: str) -> Expected:
    start, end = clock.split("-")
    name = part.name.lower()
    return Expected(
        f"part 4, {name}",
        during(part),
        "when",
        (f"tirsdag den 10. marts 2026 kl. {start}.00–{end}.00", LEAD, da),
        (f"Tuesday 10 March 2026, {start}:00–{end}:00", LEAD_EN, en),
        2,
    )


RULES = [
    Expected(
        "part 2, type 1: start and end",
        {"schedule": schedule("2026-03-10 10:15", "10:45")},
        "when",
        ("tirsdag den 10. marts 2026 kl. 10.15–10.45",),
        ("Tuesday 10 March 2026, 10:15–10:45",),
    ),
    Expected(
        "part 2, type 1: over several days",
        {"schedule": schedule("2026-03-10 22:00", "2026-03-11 07:00")},
        "when",
        ("fra tirsdag den 10. marts 2026 kl. 22.00 til onsdag den 11. marts 2026 kl. 07.00",),
        ("from Tuesday 10 March 2026, 22:00 to Wednesday 11 March 2026, 07:00",),
    ),
    Expected(
        "part 2, type 2: whoever shows it must say so",
        {"schedule": schedule("2026-03-10 10:15", "10:45", indicative=True)},
        "when",
        ("tirsdag den 10. marts 2026 kl. 10.15–10.45", LEAD),
        ("Tuesday 10 March 2026, 10:15–10:45", LEAD_EN),
        1,
    ),
    Expected(
        "part 2, type 2: with a note",
        {
            "schedule": schedule(
                "2026-03-10 10:15", "10:45", indicative=True, note="Vi ringer, før vi kommer"
            )
        },
        "when",
        ("tirsdag den 10. marts 2026 kl. 10.15–10.45", LEAD, "Vi ringer, før vi kommer"),
        ("Tuesday 10 March 2026, 10:15–10:45", LEAD_EN, "Vi ringer, før vi kommer"),
        2,
    ),
    Expected(
        "part 2, type 2: the lead text as a note is not said twice",
        {"schedule": schedule("2026-03-10 10:15", "10:45", indicative=True, note=LEAD)},
        "when",
        ("tirsdag den 10. marts 2026 kl. 10.15–10.45", LEAD),
        ("Tuesday 10 March 2026, 10:15–10:45", LEAD_EN),
        1,
    ),
    Expected(
        "part 2, type 3: the end is not known",
        {"schedule": schedule("2026-03-10 10:15")},
        "when",
        ("tirsdag den 10. marts 2026 kl. 10.15", "Sluttidspunktet er ikke kendt"),
        ("Tuesday 10 March 2026, 10:15", "The end is not known"),
        1,
    ),
    Expected(
        "part 2, type 3: an indicative start",
        {"schedule": schedule("2026-03-10 10:15", indicative=True)},
        "when",
        (
            "tirsdag den 10. marts 2026 kl. 10.15",
            "Bemærk at aftalens starttidspunkt er vejledende",
            "Sluttidspunktet er ikke kendt",
        ),
        (
            "Tuesday 10 March 2026, 10:15",
            "Please note that the start time of the appointment is indicative",
            "The end is not known",
        ),
        2,
    ),
    Expected(
        "part 2, type 4: repeating",
        {"repetition": apd.Repetition(samples.medcom_id(5))},
        "repeats",
        ("Aftalen er en del af en serie, der gentages",),
        ("The appointment is part of a repeating series",),
    ),
    Expected(
        "part 2, type 4: errata item 16, no id",
        {"repetition": apd.Repetition()},
        "repeats",
        ("Aftalen er en del af en serie, der gentages",),
        ("The appointment is part of a repeating series",),
    ),
    Expected(
        "part 2: the types that follow",
        {**during(apd.PartOfDay.EVENING), "repetition": apd.Repetition()},
        "type",
        ("2 Tidspunkt ikke eksakt", "4 Repeterende aftale"),
        ("2 Time not exact", "4 Repeating appointment"),
        2,
    ),
    day_part(apd.PartOfDay.MORNING, "07-09", "I løbet af morgenen", "Early in the morning"),
    day_part(apd.PartOfDay.FORENOON, "09-11", "I løbet af formiddagen", "In the forenoon"),
    day_part(apd.PartOfDay.MIDDAY, "11-13", "Omkring middag", "Around midday"),
    day_part(apd.PartOfDay.AFTERNOON, "13-17", "I løbet af eftermiddagen", "In the afternoon"),
    day_part(apd.PartOfDay.EVENING, "17-22", "I løbet af aftenen", "In the evening"),
    Expected(
        "part 4, night: it ends the next day",
        during(apd.PartOfDay.NIGHT),
        "when",
        (
            "fra tirsdag den 10. marts 2026 kl. 22.00 til onsdag den 11. marts 2026 kl. 07.00",
            LEAD,
            "I løbet af natten",
        ),
        (
            "from Tuesday 10 March 2026, 22:00 to Wednesday 11 March 2026, 07:00",
            LEAD_EN,
            "During the night",
        ),
        2,
    ),
    Expected(
        "rule #8: an interval of one's own",
        {"schedule": apd.Schedule.between(DAY, datetime.time(8), datetime.time(13))},
        "when",
        ("tirsdag den 10. marts 2026 kl. 08.00–13.00", LEAD),
        ("Tuesday 10 March 2026, 08:00–13:00", LEAD_EN),
        1,
    ),
    Expected(
        "the clock is changed: a time that comes twice",
        {"schedule": schedule("2026-10-25 02:30", "03:15")},
        "when",
        (
            "søndag den 25. oktober 2026 kl. 02.30 (sommertid)–03.15",
            "Uret stilles en time tilbage undervejs.",
        ),
        (
            "Sunday 25 October 2026, 02:30 (summer time)–03:15",
            "The clock is set back one hour in between.",
        ),
    ),
    Expected(
        "the clock is changed: an hour that is skipped",
        {"schedule": schedule("2026-03-29 01:30", "03:15")},
        "when",
        ("søndag den 29. marts 2026 kl. 01.30–03.15", "Uret stilles en time frem undervejs."),
        (
            "Sunday 29 March 2026, 01:30–03:15",
            "The clock is set forward one hour in between.",
        ),
    ),
    Expected(
        "part 1, reason",
        {"reason": apd.Reason("Genoptræning", apd.Code("91251008", apd.Oid.SNOMED_CT))},
        "about",
        ("Genoptræning", "SNOMED CT 91251008"),
        ("Genoptræning", "SNOMED CT 91251008"),
    ),
    Expected(
        "part 1, location type 1; F1: its telephone",
        {"location": samples.location()},
        "where",
        (
            "Indgang 4, stuen",
            "Ahornparken 7, 2. sal, 5230 Odense M, Danmark",
            "Telefon 65000005",
            "SOR-kode 333333000016001",
        ),
        (
            "Indgang 4, stuen",
            "Ahornparken 7, 2. sal, 5230 Odense M, Danmark",
            "Telephone 65000005",
            "SOR code 333333000016001",
        ),
    ),
    Expected(
        "part 1, location type 2",
        {"location": apd.OtherLocation(name="Svømmehallen, mød i forhallen")},
        "where",
        ("Svømmehallen, mød i forhallen",),
        ("Svømmehallen, mød i forhallen",),
    ),
    Expected(
        "part 1, location type 3: the patient's own address",
        {"location": kit.HOME},
        "where",
        ("Borgerens egen adresse", "Birkelunden 12, 5230 Odense M, Danmark"),
        ("The patient's own home", "Birkelunden 12, 5230 Odense M, Danmark"),
    ),
    Expected(
        "part 1, location type 3: directions",
        {"location": apd.HomeLocation(name="Gå om til bagdøren")},
        "where",
        ("Borgerens egen adresse", "Gå om til bagdøren"),
        ("The patient's own home", "Gå om til bagdøren"),
    ),
    Expected(
        "part 6, location type 3: the address is protected",
        {"location": apd.HomeLocation()},
        "where",
        ("Borgerens egen adresse",),
        ("The patient's own home",),
    ),
    Expected(
        "part 1, performer; F1: its telephone",
        {"performer": samples.performer(address=None)},
        "performer",
        (
            "Ortopædkirurgisk Ambulatorium",
            "Ejnar Glorup",
            "Telefon 65000004",
            "SOR-kode 111111000016003",
        ),
        (
            "Ortopædkirurgisk Ambulatorium",
            "Ejnar Glorup",
            "Telephone 65000004",
            "SOR code 111111000016003",
        ),
    ),
    Expected(
        "part 1, responsible",
        {"responsible": samples.responsible(address=None)},
        "responsible",
        (
            "Ortopædkirurgisk Afdeling",
            "Sygeplejerske Bodil Egeskov",
            "Telefon 65000003",
            "SOR-kode 111111000016003",
            "Booket søndag den 1. februar 2026 kl. 09.30",
        ),
        (
            "Ortopædkirurgisk Afdeling",
            "Sygeplejerske Bodil Egeskov",
            "Telephone 65000003",
            "SOR code 111111000016003",
            "Booked Sunday 1 February 2026, 09:30",
        ),
    ),
    Expected(
        "part 1, requester",
        {"requester": samples.requester(address=None)},
        "requester",
        (
            "Lægerne på Torvet",
            "Læge Vagn Brahesminde ph.d.",
            "Telefon 65000002",
            "SOR-kode 222222000016008",
            "Rekvireret torsdag den 15. januar 2026 kl. 14.05",
        ),
        (
            "Lægerne på Torvet",
            "Læge Vagn Brahesminde ph.d.",
            "Telephone 65000002",
            "SOR code 222222000016008",
            "Requested Thursday 15 January 2026, 14:05",
        ),
    ),
    Expected(
        "part 1, custodian",
        {},
        "custodian",
        (
            "Regionens it-afdeling",
            "Damhaven 3, 5230 Odense M, Danmark",
            "E-mail data@example.dk",
            "SOR-kode 444444000016006",
        ),
        (
            "Regionens it-afdeling",
            "Damhaven 3, 5230 Odense M, Danmark",
            "E-mail data@example.dk",
            "SOR code 444444000016006",
        ),
    ),
    Expected(
        "part 1, episode of care",
        {
            "episode_of_care": apd.EpisodeOfCare(
                [samples.medcom_id(4)], apd.Code("ALAL07", apd.Oid.SKS, "Bevægeapparatet")
            )
        },
        "episode",
        ("Bevægeapparatet", "SKS ALAL07", f"Id {samples.medcom_id(4).value}"),
        ("Bevægeapparatet", "SKS ALAL07", f"Id {samples.medcom_id(4).value}"),
    ),
    Expected("category", {}, "category", ("Regional aftale",), ("Regional appointment",)),
    *(
        Expected(f"not stated: {name}", {name: None}, key, ("Ikke oplyst",), ("Not provided",))
        for name, key in {
            "reason": "about",
            "location": "where",
            "performer": "performer",
            "responsible": "responsible",
            "category": "category",
        }.items()
    ),
]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("reported", RULES, ids=[reported.rule for reported in RULES])
def test_the_texts_of_a_line(reported, language) -> None:
    (shown,) = overview(document(1, **reported.appointment), language=language).appointments
    expected = reported.da if language == "da" else reported.en
    texts = kit.line(shown, reported.key).texts
    assert texts[: len(expected)] == expected
    if reported.key in ("when", "where", "performer"):
        assert texts == expected
    assert len(shown.cautions) == reported.cautions


@pytest.mark.parametrize("reported", RULES, ids=[reported.rule for reported in RULES])
def test_what_must_be_shown_is_in_the_lines_as_a_caution(reported) -> None:
    (shown,) = overview(document(1, **reported.appointment)).appointments
    cautions = [
        part.text
        for line in shown.lines
        for part in line.parts
        if part.kind is ov.PartKind.CAUTION and line.key != "repeats"
    ]
    assert tuple(cautions) == shown.cautions


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        (
            "da",
            "Hvornår Gentages Vedrørende Mødested Udføres_af Aftaleansvarlig Rekvirent Forvalter "
            "Kategori Aftaletype Forløb Egen_læge Dokument",
        ),
        (
            "en",
            "When Repeats About Where Performer Responsible Requester Custodian Category Type "
            "Episode_of_care Own_practice Document",
        ),
    ],
)
def test_labels(language, labels) -> None:
    full = ov.RegisteredDocument(samples.full_document())
    (shown,) = overview(full, language=language).appointments
    assert [line.label.replace(" ", "_") for line in shown.lines] == labels.split()
    assert [line.key for line in shown.lines if line.is_detail] == [
        "type",
        "own_practice",
        "document",
    ]


def test_everything_a_document_states_is_shown() -> None:
    """Every text of the document is in its lines; what is not is the patient's, or a code's."""
    made = samples.full_document()
    (shown,) = overview(made).appointments
    stated = "\n".join(text for line in shown.lines for text in line.texts)
    stated += "".join(str(one.value) for line in shown.lines for one in line.parts)
    appointment = made.appointment
    of_patient = kit.texts_in(appointment.patient)
    not_shown = {"active", "N", "da-DK", "RegionalAppointment", appointment.schedule.note}
    silent = {
        text
        for text in kit.texts_in(made) - of_patient - not_shown
        if text not in stated and not text.startswith(("1.2", "2.16"))
    }
    assert silent <= {"WP", "H"}


def test_links_are_of_harmless_schemes_only() -> None:
    telecoms = ["tel:65000001", "mailto:a@example.dk", "https://example.dk", "javascript:alert(1)"]
    lines = []
    for number, value in enumerate(telecoms):
        place = samples.location(telecom=apd.Telecom(value))
        (shown,) = overview(document(number, location=place)).appointments
        lines += [one for one in kit.line(shown, "where").parts if one.kind is ov.PartKind.LINK]
    assert [one.value for one in lines] == telecoms[:3]


def test_what_no_longer_holds_is_marked() -> None:
    place = samples.location(
        address=apd.Address(["Gammelvej 1"], use=apd.AddressUse.BAD),
        telecom=apd.Telecom.phone("65000009", apd.TelecomUse.TEMPORARY),
    )
    shown = overview(document(1, location=place)).appointments[0]
    texts = kit.line(shown, "where").texts
    assert texts[1:3] == ("Gammelvej 1 (gælder ikke længere)", "Telefon 65000009 (midlertidig)")
    texts = kit.line(attrs.evolve(shown, language="en"), "where").texts
    assert texts[1:3] == ("Gammelvej 1 (no longer valid)", "Telephone 65000009 (temporary)")


def test_a_document_that_is_restricted_is_marked() -> None:
    restricted = attrs.evolve(samples.document(), confidentiality=apd.Confidentiality.RESTRICTED)
    (shown,) = overview(restricted).appointments
    assert "Fortrolighed: begrænset adgang" in kit.line(shown, "document").texts


def test_hostile_text_stays_as_it_is() -> None:
    hostile = "<script>alert(1)</script> \u202eevne " + "x" * 480
    (shown,) = overview(document(1, reason=apd.Reason(hostile))).appointments
    assert shown.about == kit.line(shown, "about").texts[0] == hostile


# --- the overview as a whole ------------------------------------------------------------------


def notices(made: ov.Overview) -> dict[str, str]:
    return {notice.key: notice.text for notice in made.notices}


@pytest.mark.parametrize(
    ("entries", "viewer", "language", "expected"),
    [
        ((), kit.SELF, "da", {}),
        (
            (ov.Withheld(),),
            kit.SELF,
            "da",
            {"withheld": "Nogle oplysninger er spærret og vises ikke."},
        ),
        (
            (ov.Withheld(),),
            kit.SELF,
            "en",
            {"withheld": "Some information is blocked and not shown."},
        ),
        (
            (),
            kit.DAUGHTER,
            "da",
            {
                "proxy": "Vises med fuldmagt til Karla Tranekær. Aftalerne kan læses, men ikke "
                "ændres."
            },
        ),
        (
            (),
            kit.DAUGHTER,
            "en",
            {
                "proxy": "Shown under the power of attorney of Karla Tranekær. "
                "The appointments can be read but not changed."
            },
        ),
        ((), kit.NURSE, "da", {"logged": "Visningen registreres med navnet Bodil Marie Egeskov."}),
        (
            (),
            kit.NURSE,
            "en",
            {"logged": "This viewing is recorded under the name Bodil Marie Egeskov."},
        ),
    ],
)
def test_notices(entries, viewer, language, expected) -> None:
    made = overview(*entries, viewer=viewer, language=language, patient=kit.PATIENT)
    assert notices(made) == expected


@pytest.mark.parametrize(
    ("address", "da", "en"),
    [
        (samples.address(), "Ahornparken 7, 2. sal, 5230 Odense M, Danmark", None),
        (
            apd.Address(["ADRESSEBESKYTTET"], "0000", "ADRESSEBESKYTTET"),
            "Adressen er beskyttet",
            "The address is protected",
        ),
        (
            apd.Address.not_informed(null_flavor=apd.NullFlavor.MASKED),
            "Adressen er beskyttet",
            "The address is protected",
        ),
        (apd.Address.not_informed(), None, None),
        (None, None, None),
    ],
)
def test_who_the_patient_is(address, da, en) -> None:
    made = overview(document(1, patient=samples.patient(address=address)))
    assert made.title == "Aftaler for Solveig Maj Tranekær"
    reported = [da] if da else []
    assert list(made.patient_texts) == ["CPR 0503129900", "født 5. marts 2012", *reported]
    made = attrs.evolve(made, language="en")
    assert made.title == "Appointments of Solveig Maj Tranekær"
    reported = [en or da] if da else []
    assert list(made.patient_texts) == ["CPR 0503129900", "born 5 March 2012", *reported]


def test_a_patient_of_whom_nothing_is_stated() -> None:
    made = overview()
    assert made.title == "Aftaleoversigt"
    assert attrs.evolve(made, language="en").title == "Appointments"
    assert made.patient_texts == ("CPR 0503129900",)


@pytest.mark.parametrize(
    ("entries", "da", "en"),
    [
        ((), "Der er ingen kommende aftaler.", "There are no upcoming appointments."),
        (
            (ov.Withheld(),),
            "Ingen kommende aftaler kan vises.",
            "No upcoming appointments can be shown.",
        ),
        ((document(1, schedule("2026-03-06 10:00", "10:30")),), None, None),
        ((document(1, schedule("2026-03-05 11:00", "12:30")),), None, None),
        (
            (document(1, schedule("2026-03-05 10:00", "10:30")),),
            "Der er ingen kommende aftaler.",
            "There are no upcoming appointments.",
        ),
    ],
)
def test_nothing_upcoming(entries, da, en) -> None:
    assert overview(*entries).nothing_upcoming == da
    assert overview(*entries, language="en").nothing_upcoming == en


def test_phases_have_names() -> None:
    assert [phase.display() for phase in ov.Phase] == ["Kommende", "I gang", "Tidligere"]
    assert [phase.display("en") for phase in ov.Phase] == ["Upcoming", "In progress", "Past"]
