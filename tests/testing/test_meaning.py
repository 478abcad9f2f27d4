"""``assert_says``: what counts, what is only a note, and that the first line names the mistake."""

from pathlib import Path
from typing import Any, NamedTuple

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings

import apd
from apd.testing import assert_says, assert_valid_apd
from apd.testing import strategies as apd_st
from apd.wording import Language
from tests import samples
from tests.change.test_diff import without_each
from tests.testing.fake_vendor import Bug, written

FULL = samples.document(
    appointment=samples.appointment(
        requester=samples.requester(), repetition=apd.Repetition(samples.medcom_id(7))
    )
)
fewer = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow], deadline=None)


def difference(data: Any, document: apd.AppointmentDocument, **options: Any) -> str:
    """The message of an assertion that fails."""
    with pytest.raises(AssertionError) as caught:
        assert_says(data, document, **options)
    return str(caught.value)


def changed(**changes: Any) -> apd.AppointmentDocument:
    """The sample with other fields in its appointment."""
    return samples.document(appointment=samples.appointment(**changes))


# --- a vendor with twelve bugs ---------------------------------------------------------------

SOR = {
    name: apd.SorCode(code)
    for name, code in {
        "house": "9990021000016009",
        "custodian": "9990061000016003",
        "place": "9990071000016008",
    }.items()
}


def booked() -> apd.AppointmentDocument:
    """An afternoon in June, of a series, at a place in SOR."""
    address = samples.address(country=None)
    house = {
        "id": SOR["house"],
        "organization": apd.Organization(name="Hånd & Fod"),
        "person": None,
        "address": address,
    }
    appointment = samples.appointment(
        category=apd.Category.REGIONAL,
        patient=samples.patient(
            name=apd.PersonName(["Sølve"], "Tranekær"),
            gender=apd.Gender.FEMALE,
            address=evolve(address, use=apd.AddressUse.HOME),
            provider_organization=None,
        ),
        schedule=apd.Schedule(
            apd.local_time(2026, 6, 10, 14, 15), apd.local_time(2026, 6, 10, 14, 45)
        ),
        responsible=samples.responsible(**house),
        performer=samples.performer(**house),
        location=samples.location(id=SOR["place"], address=address),
        repetition=apd.Repetition(samples.medcom_id(7)),
    )
    custodian = samples.custodian(id=SOR["custodian"], address=address)
    return samples.document(appointment=appointment, custodian=custodian)


class Found(NamedTuple):
    """By what a bug is found first, and the first line of that in both languages."""

    by: str
    en: str
    da: str


_TIME = (
    "The time is Wednesday 10 June 2026, {}, but Wednesday 10 June 2026, 14:15–14:45 was expected. "
)
_TID = (
    "Mødetiden er onsdag den 10. juni 2026 kl. {}, men skulle være "
    "onsdag den 10. juni 2026 kl. 14.15–14.45. "
)
BUGS = {
    Bug.UTC_AS_LOCAL: Found(
        "says",
        _TIME.format("12:15–12:45")
        + "UTC was probably written as Danish local time (the difference is exactly Denmark's "
        "offset). The same applies to: the time of the booking, the time of the document.",
        _TID.format("12.15–12.45")
        + "UTC er formentlig skrevet som dansk tid (forskellen er præcis Danmarks tidszone). "
        "Det samme gælder: tidspunktet for bookingen, tidspunktet for dokumentet.",
    ),
    Bug.WINTERS_OFFSET: Found(
        "says",
        _TIME.format("15:15–15:45")
        + "The time of day is right, but the offset is that of winter time (+0100), not of "
        "summer time.",
        _TID.format("15.15–15.45")
        + "Klokkeslættet er rigtigt, men tidszonen er vintertidens (+0100) i stedet for "
        "sommertidens.",
    ),
    Bug.TWELVE_HOURS: Found(
        "says",
        _TIME.format("02:15–02:45")
        + "The time of day was probably written in 12-hour format (the difference is 12 hours).",
        _TID.format("02.15–02.45")
        + "Klokkeslættet er formentlig skrevet i 12-timersformat (forskellen er 12 timer).",
    ),
    Bug.AMPERSAND: Found(
        "both",
        "This is not well-formed XML: & or < in a text must be written as &amp; or &lt;. "
        "[XML-SYNTAX]",
        "Det er ikke velformet XML: & eller < i en tekst skal skrives som &amp; eller &lt;. "
        "[XML-SYNTAX]",
    ),
    Bug.SWAPPED_NAMES: Found(
        "says",
        "The patient's name is wrong. Given and family name are swapped.",
        "Patientens navn er forkert. Fornavn og efternavn er byttet om.",
    ),
    Bug.CUSTODIANS_CODE: Found(
        "says",
        "The performer's id is SOR code 9990061000016003, but SOR code "
        "9990021000016009 was expected. "
        "It is the custodian's id.",
        "Den udførendes id er SOR-kode 9990061000016003, men skulle være "
        "SOR-kode 9990021000016009. Det er forvalterens id.",
    ),
    Bug.ID_REUSED: Found(
        "says",
        "The document's id is 00000000-0000-4000-8000-000000000001, but "
        "00000000-0000-0000-0000-000000000001 was expected.",
        "Dokumentets id er 00000000-0000-4000-8000-000000000001, men skulle være "
        "00000000-0000-0000-0000-000000000001.",
    ),
    Bug.NO_TELECOM: Found(
        "says",
        "The performer's telecom is missing.",
        "Den udførendes kontaktoplysning mangler.",
    ),
    Bug.MINUTES_ONLY: Found(
        "valid",
        "The time must have a date, a time with seconds and an offset: YYYYMMDDhhmmss+hhmm; the "
        "seconds are missing here. [CONF-DK:33]",
        "Tidspunktet skal have dato, klokkeslæt med sekunder og tidszone: ÅÅÅÅMMDDttmmss+ttmm; "
        "her mangler sekunderne. [CONF-DK:33]",
    ),
    Bug.NAMESPACE: Found(
        "both",
        "ClinicalDocument is in a namespace other than CDA. [APD-ROOT]",
        "ClinicalDocument står i et andet navnerum end CDA's. [APD-ROOT]",
    ),
    Bug.ENCODING: Found(
        "both",
        "The declaration states ISO-8859-1, but the bytes are UTF-8. [XML-ENCODING]",
        "Erklæringen angiver ISO-8859-1, men bytene er UTF-8. [XML-ENCODING]",
    ),
    Bug.SERIES: Found(
        "says",
        "The repetition id is 00000000-0000-4000-8000-00000000beef, but "
        "00000000-0000-0000-0000-000000000007 was expected.",
        "Repetitions-id'et er 00000000-0000-4000-8000-00000000beef, men skulle være "
        "00000000-0000-0000-0000-000000000007.",
    ),
}


def test_the_vendor_without_a_bug_is_right() -> None:
    data = written(booked())
    assert_valid_apd(data, "information")
    assert_says(data, booked())
    assert set(BUGS) == set(Bug)


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize("bug", Bug)
def test_the_first_line_names_the_bug(bug: Bug, language: Language) -> None:
    data, found = written(booked(), bug), BUGS[bug]
    line = getattr(found, language)
    if found.by != "valid":
        first = difference(data, booked(), language=language).partition("\n")[0]
        if found.by == "both":  # the reader says what to do in the same line
            wording, _, rule = line.rpartition(" ")
            assert wording in first
            assert first.endswith(rule)
        else:
            assert first == line
    if found.by != "says":
        with pytest.raises(AssertionError) as caught:
            assert_valid_apd(data, "warning", language=language)
        assert str(caught.value).partition("\n")[0].endswith(line)


_CLOCK = "The readable text does not mention the time of the appointment; either the text or the "
BY_THE_VALIDATOR = {
    Bug.UTC_AS_LOCAL: f"{_CLOCK}data are wrong. UTC was probably written as Danish local time "
    "(the difference is exactly Denmark's offset). [BR-TEXT-TIME]",
    Bug.TWELVE_HOURS: f"{_CLOCK}data are wrong. The time of day was probably written in 12-hour "
    "format (the difference is 12 hours). [BR-TEXT-TIME]",
    Bug.WINTERS_OFFSET: "The offset is +0100, but +0200 applies in Denmark at that time. The "
    "readable text mentions the time of day as it is in the data: the offset "
    "is probably wrong. [BR-OFFSET]",
}


@pytest.mark.parametrize("bug", BY_THE_VALIDATOR)
def test_a_wrong_clock_is_seen_without_knowing_what_was_meant(bug: Bug) -> None:
    with pytest.raises(AssertionError) as caught:
        assert_valid_apd(written(booked(), bug), "warning", language="en")
    first = str(caught.value).partition("\n")[0]
    assert first == f"The document has errors or warnings (1): {BY_THE_VALIDATOR[bug]}"


@pytest.mark.parametrize(
    ("bug", "rule"),
    [(Bug.ID_REUSED, "SET-DOCUMENT-ID"), (Bug.SERIES, "SET-SERIES-PATIENT"), (None, "")],
)
def test_what_is_mixed_up_is_found_among_the_documents(bug: Bug | None, rule: str) -> None:
    one, it = booked(), booked().appointment
    patient = evolve(it.patient, id=apd.CprNumber("2512489996"))
    series = apd.Repetition(samples.medcom_id(9))
    other = evolve(it, id=samples.medcom_id(8), patient=patient, repetition=series)
    both = [
        written(one, bug),
        written(evolve(one, id=samples.medcom_id(9), appointment=other), bug),
    ]
    found = {found.finding.rule for found in apd.validate_all(both).findings}
    assert found == ({rule} if rule else set())


# --- what counts -----------------------------------------------------------------------------


def test_a_document_states_itself(tmp_path: Path) -> None:
    data = apd.dumps(FULL)
    (tmp_path / "it.xml").write_bytes(data)
    for given_as in (data, data.decode(), tmp_path / "it.xml", FULL):
        assert_says(given_as, FULL, strict=True)


@fewer
@given(apd_st.documents(complete=False))
def test_any_document_states_itself(document: apd.AppointmentDocument) -> None:
    assert_says(apd.dumps(document, check=False), document)


def test_every_field_that_is_not_stated_fails() -> None:
    seen = 0
    for _, stated in without_each(FULL):
        if stated == FULL:
            continue
        with pytest.raises(AssertionError):
            assert_says(stated, FULL)
        seen += 1
    assert seen > 80


def edited(**replaced: str) -> bytes:
    data = apd.dumps(FULL).decode()
    for old, new in replaced.items():
        assert old in data
        data = data.replace(old, new)
    return data.encode()


OTHER_ID = edited(**{FULL.id.value: "00000000-0000-0000-0000-0000000000aa"})  # type: ignore[union-attr]
LATER = evolve(FULL, time=apd.local_time(2026, 2, 3, 9, 30), version_number=2)
# a document, what is ignored, and whether that is enough
IGNORED: list[tuple[Any, Any, bool]] = [
    (OTHER_ID, (), False),
    (OTHER_ID, "id", True),
    (OTHER_ID, ["bookkeeping"], True),
    (OTHER_ID, ["time", "custodian"], False),
    (LATER, "time", False),
    (LATER, ["time", "version_number"], True),
    (LATER, "bookkeeping", True),
    (changed(performer=None), "appointment.performer", False),
    (evolve(FULL, custodian=samples.custodian(name="Arkivet")), "custodian.name", True),
    (evolve(FULL, custodian=samples.custodian(name="Arkivet")), "custodian", True),
    (edited(**{"10:15 - 10:45": "en formiddag"}), (), False),
    (edited(**{"10:15 - 10:45": "en formiddag"}), "text", True),
    (edited(**{"05-03-2026": "en dag"}), (), False),
    (edited(**{"05-03-2026": "den 5. marts 2026"}), (), True),
]


@pytest.mark.parametrize(("data", "ignore", "passes"), IGNORED)
def test_what_is_ignored(data: Any, ignore: Any, passes: bool) -> None:
    if passes:
        assert_says(data, FULL, ignore=ignore)
    else:
        difference(data, FULL, ignore=ignore)


def with_label(display: str) -> apd.AppointmentDocument:
    label = apd.Code("ALAL01", apd.Oid.SKS, display)
    episode = apd.EpisodeOfCare((apd.EpisodeId("00000000-0000-0000-0000-00000000000c"),), label)
    return changed(episode_of_care=episode)


SEVERAL = samples.patient().telecoms
# what is said, what was meant, and the note, which counts where it is strict
NOTES: list[tuple[Any, apd.AppointmentDocument, str]] = [
    (
        changed(patient=samples.patient(telecoms=SEVERAL[::-1])),
        changed(patient=samples.patient(telecoms=SEVERAL)),
        "The patient's telecom is in another order than expected.",
    ),
    (with_label("Kræft"), with_label("Kræftforløb"), "The episode of care's label is wrong."),
    (
        edited(**{'code="da-DK"/>': 'code="da-DK"/><copyTime value="2026"/>'}),
        FULL,
        "Outside the model, something was added: /ClinicalDocument/copyTime.",
    ),
    (
        edited(**{"<td>Indgang 4, stuen, Ahornparken 7, 2. sal, ": "<td>"}),
        FULL,
        "The readable text mentions neither the name nor the address of the location.",
    ),
    (
        evolve(FULL, id=apd.MedComId(f"{'0' * 8}-0000-0000-0000-{'0' * 10}AB")),
        evolve(FULL, id=apd.MedComId(f"{'0' * 8}-0000-0000-0000-{'0' * 10}ab")),
        "",
    ),
]


@pytest.mark.parametrize(("stated", "meant", "note"), NOTES)
def test_what_means_the_same_is_a_note(
    stated: Any, meant: apd.AppointmentDocument, note: str
) -> None:
    assert_says(stated, meant)
    assert difference(stated, meant, strict=True).startswith(note)
    both = evolve(meant, time=LATER.time)
    first, _, rest = difference(stated, both).partition("\n\n")
    assert first.startswith("The time of the document is ")
    assert rest.startswith(f"Notes, which do not count:\n  {note}")


# --- how it reads ----------------------------------------------------------------------------

REASON = "Kontrol af knæ & hofte på Årø"


def reason(text: str) -> apd.AppointmentDocument:
    return changed(reason=apd.Reason(text))


CAUSES = [
    (reason("Kontrol af knÃ¦ & hofte pÃ¥ Ã\x85rÃ¸"), "UTF-8 was read as ISO-8859-1"),
    (reason("Kontrol af kn? & hofte p? ?r?"), "Letters have become ?"),
    (reason("Kontrol af knæ &amp; hofte på Årø"), "Characters such as & are written as &amp;amp;"),
    (reason("Kontrol af knæ & hofte pa\u030a Årø"), "Letters such as å are composed of two"),
    (reason("KONTROL AF KNÆ & HOFTE PÅ ÅRØ"), "Only the case of letters differs"),
    (reason("Kontrol af kn"), "The text was cut off after 13 characters of 29"),
    (reason("Kontrol af ryg"), "14 characters instead of 29; character 12 is the first that "),
]


@pytest.mark.parametrize(("stated", "cause"), CAUSES)
def test_why_a_text_differs_is_reported_without_it(
    stated: apd.AppointmentDocument, cause: str
) -> None:
    line = difference(stated, reason(REASON), ignore="text")
    assert line.startswith(f"The reason is wrong. {cause}")
    assert "knæ" not in line.casefold()


FIRST_LINES: list[tuple[Any, str]] = [
    (
        changed(patient=samples.patient(address=samples.address(city="Odense N"))),
        "The patient's address is wrong. The difference is in street, city, use.",
    ),
    (
        changed(performer=samples.performer(id=apd.ProviderNumber("012345"))),
        "The performer's id is provider number 012345, but SOR code 111111000016003 was expected. "
        "It is the patient's own practice's id.",
    ),
    (
        changed(performer=samples.performer(id=apd.Identifier("1.2.3", "17"))),
        "The performer's id is wrong. It has the root 1.2.3, not 1.2.208.176.1.1.",
    ),
    (
        changed(patient=samples.patient(gender=apd.Gender.MALE)),
        "The patient's gender is male, but female was expected.",
    ),
    (
        changed(schedule=apd.Schedule(apd.local_time(2026, 5, 3, 10, 15))),
        "The time is Sunday 3 May 2026, 10:15 (the end is not known), but Thursday 5 March 2026, "
        "10:15–10:45 was expected. The day and the month were probably swapped.",
    ),
    (changed(repetition=None, reason=None), "The reason is missing."),
    (
        edited(**{"10:15 - 10:45": "09:15 - 09:45"}),
        "The readable text: It does not mention 10:15, 10:45. The times in the text are probably "
        "UTC (the difference is exactly Denmark's offset).",
    ),
    (
        edited(**{"05-03-2026": "04-03-2026"}),
        "The readable text: It does not mention the date, 5 March 2026.",
    ),
]


@pytest.mark.parametrize(("stated", "line"), FIRST_LINES)
def test_the_first_line(stated: Any, line: str) -> None:
    meant = evolve(FULL, appointment=evolve(FULL.appointment, requester=None, repetition=None))
    if isinstance(stated, bytes):
        meant = FULL
    assert difference(stated, meant).partition("\n")[0] == line


def test_the_readable_text_is_reported_separately() -> None:
    later = evolve(FULL.appointment, schedule=apd.Schedule(apd.local_time(2026, 3, 5, 11)))
    other = evolve(FULL, appointment=later)
    _, _, text = difference(apd.dumps(other), FULL).partition("\n\n")
    assert text == ("The readable text:\n  It agrees with the data, and so it is wrong, too.")
    both = apd.dumps(other).replace(b">11:00<", b">12:00<")
    assert "\n\nThe readable text:\n  It does not mention 10:15" in difference(both, FULL)


def test_nothing_personal_is_shown() -> None:
    patient = samples.patient(
        id=apd.CprNumber("2512489996"), name=apd.PersonName(["Vera"], "Skovsang"), telecoms=()
    )
    for language in ("en", "da"):
        message = difference(changed(patient=patient), FULL, language=language)
        for personal in ("2512489996", samples.CPR, "Vera", "Skovsang", "Tranekær", "65000001"):
            assert personal not in message


def test_a_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "it.xml"
    for data, expected in (
        (OTHER_ID, ": The document's id is "),
        (b"<", ", line 1, cannot be read: "),
    ):
        path.write_bytes(data)
        assert difference(path, FULL).startswith(f"{path}{expected}")


WRONG: list[tuple[dict[str, Any], type[Exception], str]] = [
    ({"ignore": "appointment.perfomer"}, ValueError, "there is no field 'appointment.perfomer'"),
    ({"ignore": ["source"]}, ValueError, "there is no field 'source'"),
    ({"language": "se"}, TypeError, "language must be"),
    ({"data": 1}, TypeError, "takes XML"),
    ({"document": b"<"}, TypeError, "takes .* AppointmentDocument"),
    ({"data": Path("nowhere.xml")}, OSError, "No such file"),
]


@pytest.mark.parametrize(("options", "kind", "expected"), WRONG)
def test_what_cannot_be_asked(
    options: dict[str, Any], kind: type[Exception], expected: str
) -> None:
    with pytest.raises(kind, match=expected):
        assert_says(**{"data": OTHER_ID, "document": FULL, **options})


def test_the_language_is_that_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APD_LANG", "da")
    assert difference(OTHER_ID, FULL).startswith("Dokumentets id er ")
    assert difference(OTHER_ID, FULL, language="en").startswith("The document's id is ")
