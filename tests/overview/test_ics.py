"""What the calendar says of each appointment."""

import datetime
import re

import attrs
import pytest

import apd
from apd import overview as ov
from apd.overview import ics
from tests import samples
from tests.overview import kit, reading_ics
from tests.overview.kit import document, overview, schedule
from tests.overview.reading_ics import events, lines, other, own_events, written

UTC = datetime.UTC
EXACT = document(1, schedule("2026-03-10 10:15", "10:45"))
OPEN = document(2, schedule("2026-03-11 08:00"))
FORENOON = document(
    3, apd.Schedule.during(apd.PartOfDay.FORENOON, datetime.date(2026, 3, 12)), location=kit.HOME
)
NIGHT = document(4, apd.Schedule.during(apd.PartOfDay.NIGHT, datetime.date(2026, 3, 12)))
OTHER = document(9, schedule("2026-03-21 10:15", "10:45"))
ADMISSION = document(5, schedule("2026-03-16 11:00", "2026-03-19 10:00"))


def event(entry, **more):
    """The one event of an overview of one document."""
    (found,) = events(written(overview(entry, **more))).values()
    return found


def property_of(entry, name: str, **more) -> str:
    """A line of the one event, as it is written."""
    (found,) = properties_of(entry, name, **more)
    return found


def properties_of(entry, name: str, **more) -> list[str]:
    """The lines of the one event that have a name."""
    text = written(overview(entry, **more))
    of_event = lines(text[text.index("BEGIN:VEVENT") :])
    return [one for one in of_event if re.match(f"{name}[:;]", one)]


def test_the_calendar() -> None:
    text = written(overview(EXACT))
    assert lines(text)[:7] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//dk-apd//Aftaleoversigten//DA",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "NAME:Aftaler for Solveig Maj Tranekær",
        "X-WR-CALNAME:Aftaler for Solveig Maj Tranekær",
    ]
    assert text.endswith("END:VCALENDAR\r\n")
    assert other(text).method == "PUBLISH"


def test_an_appointment() -> None:
    made = event(EXACT)
    assert made.uid == EXACT.appointment.id.value
    assert (made.summary, made.location) == (
        "Kontrol af knæ",
        "Indgang 4, stuen, Ahornparken 7, 2. sal, 5230 Odense M, Danmark",
    )
    assert (made.dtstart, made.dtend) == (kit.at("2026-03-10 10:15"), kit.at("2026-03-10 10:45"))
    assert (made.status, made.transparency) == ("CONFIRMED", "OPAQUE")
    assert (made.categories, made.classification) == (["Regional aftale"], "PRIVATE")
    assert made.contacts == [
        "Ortopædkirurgisk Ambulatorium, Telefon 65000004",
        "Indgang 4, stuen, Telefon 65000005",
    ]
    assert "Udføres af: Ortopædkirurgisk Ambulatorium, Ejnar Glorup" in made.description
    assert "SOR" not in made.description
    assert (made.sequence, made.related_to, made.rrule) == (0, [], None)


def test_in_english() -> None:
    made = event(FORENOON, language="en")
    assert made.summary == "Indicative time: Kontrol af knæ"
    assert made.description.startswith(
        "Please note that the start and end times of the appointment are indicative\n"
        "In the forenoon\nWhere: The patient's own home"
    )
    assert made.categories == ["Regional appointment"]


TIMES = [  # document, start, end
    (EXACT, "20260310T101500", "20260310T104500"),
    (OPEN, "20260311T080000", None),
    (NIGHT, "20260312T220000", "20260313T070000"),
    (ADMISSION, "20260316T110000", "20260319T100000"),
]


@pytest.mark.parametrize(("entry", "start", "end"), TIMES)
def test_times_are_those_of_a_clock_in_denmark(entry, start, end) -> None:
    zoned = "TZID=Europe/Copenhagen"
    assert property_of(entry, "DTSTART") == f"DTSTART;{zoned}:{start}"
    assert properties_of(entry, "DTEND") == ([f"DTEND;{zoned}:{end}"] if end else [])


def test_no_duration_is_invented_for_an_open_end() -> None:
    made = event(OPEN)
    assert (made.dtend, made.duration) == (None, None)
    assert made.description.startswith("Sluttidspunktet er ikke kendt\n")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ((0, 45), (1, 15)),  # from summer into winter time, in the hour that comes twice
        ((1, 10), (1, 50)),  # all of it in winter time
        ((1, 30), (5, 0)),
    ],
)
def test_the_hour_that_comes_twice_is_written_in_utc(start, end) -> None:
    first, last = (datetime.datetime(2026, 10, 25, *clock, tzinfo=UTC) for clock in (start, end))
    text = written(overview(document(1, apd.Schedule(first, last))))
    assert f"DTSTART:{first:%Y%m%dT%H%M%S}Z" in lines(text)
    assert f"DTEND:{last:%Y%m%dT%H%M%S}Z" in lines(text)


def test_the_first_of_the_two_hours_is_written_as_local_time() -> None:
    first = datetime.datetime(2026, 10, 25, 0, 15, tzinfo=UTC)
    entry = document(1, apd.Schedule(first, first + datetime.timedelta(minutes=30)))
    assert property_of(entry, "DTSTART") == "DTSTART;TZID=Europe/Copenhagen:20261025T021500"


@pytest.mark.parametrize(
    ("language", "prefix", "lead"),
    [
        ("da", "Vejledende tid: ", "Bemærk at aftalens start- og sluttidspunkt er vejledende\n"),
        ("en", "Indicative time: ", "Please note that the start and end times of the appointment"),
    ],
)
def test_indicative_times_are_marked(language, prefix, lead) -> None:
    made = event(FORENOON, language=language)
    assert made.summary == f"{prefix}Kontrol af knæ"
    assert made.description.startswith(lead)
    assert (made.status, made.transparency) == ("TENTATIVE", "OPAQUE")


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_caution_is_written(language) -> None:
    both = [document(1, FORENOON.appointment.schedule, time=kit.at(f"2026-02-0{n} 09:00"))
            for n in (1, 2)]  # fmt: skip
    both[1] = attrs.evolve(both[1], id=samples.medcom_id(77))
    made = overview(*both, OPEN, NIGHT, language=language)
    found = events(written(made))
    assert sum(len(shown.cautions) for shown in made.appointments) >= 6
    for shown in made.appointments:
        reported = found[shown.key].description.split("\n")
        assert reported[: len(shown.cautions)] == list(shown.cautions)


def test_a_change_of_the_clock_is_written() -> None:
    entry = document(1, schedule("2026-03-29 01:00", "05:00"))
    assert event(entry).description.startswith("Uret stilles en time frem undervejs.\n")


# --- versions --------------------------------------------------------------------------------


def version(number: int, **more):
    """A version of one appointment, made that many days after the first."""
    made = document(1, schedule(f"2026-03-1{number} 10:00", "11:00"), version_number=number, **more)
    at = kit.at(f"2026-02-0{number} 09:30")
    return attrs.evolve(made, id=samples.medcom_id(100 + number), time=at)


def test_versions_have_one_uid_and_a_growing_sequence() -> None:
    old = ov.RegisteredDocument(version(1), ov.Availability.DEPRECATED)
    before, after = event(version(1)), event(version(2))
    beside = event(old, now=kit.NOW), events(written(overview(old, version(2))))
    assert before.uid == after.uid
    assert (before.sequence, after.sequence) == (0, 1)
    assert [one.sequence for one in beside[1].values()] == [1]
    assert after.dtstart == kit.at("2026-03-12 10:00")


def test_stamps_are_the_documents_own() -> None:
    made = event(version(2))
    assert made.dtstamp == made.last_modified == kit.at("2026-02-02 09:30")
    assert property_of(version(2), "LAST-MODIFIED") == "LAST-MODIFIED:20260202T083000Z"


def test_a_document_without_a_time_has_that_of_the_overview() -> None:
    made = event(attrs.evolve(EXACT, time=None))
    assert (made.dtstamp, made.last_modified) == (kit.NOW, None)


@pytest.mark.parametrize(
    ("language", "summary"),
    [
        ("da", "Gælder ikke længere: Kontrol af knæ"),
        ("en", "No longer valid: Kontrol af knæ"),
    ],
)
def test_what_was_withdrawn_is_cancelled(language, summary) -> None:
    made = event(ov.RegisteredDocument(version(1), ov.Availability.DEPRECATED), language=language)
    assert (made.status, made.transparency) == ("CANCELLED", "TRANSPARENT")
    assert made.summary == summary
    assert made.sequence > event(version(1)).sequence


def test_a_version_with_that_status_is_cancelled() -> None:
    made = event(version(2, status=apd.Status.CANCELLED))
    assert (made.status, made.sequence) == ("CANCELLED", 1)


# --- series ----------------------------------------------------------------------------------


def test_a_series_is_related() -> None:
    series = apd.Repetition(samples.medcom_id(500))
    days = [
        document(number, schedule(f"2026-03-1{number} 10:00", "11:00"), repetition=series)
        for number in (1, 2, 3)
    ]
    alone = document(7, schedule("2026-03-20 10:00", "11:00"), repetition=apd.Repetition())
    gone = document(8, schedule("2026-03-18 10:00", "11:00"), repetition=series)
    text = written(
        overview(*days, alone, ov.RegisteredDocument(gone, ov.Availability.DEPRECATED), OTHER)
    )
    found, first = own_events(text), samples.medcom_id(1001).value
    related = {uid: one.get("RELATED-TO") for uid, one in found.items()}
    assert {str(uid) for uid in related.values() if uid} == {first}
    assert [uid for uid, to in related.items() if to] == [
        samples.medcom_id(1002).value,
        samples.medcom_id(1003).value,
    ]
    in_series = {uid for uid, one in found.items() if "REFID" in one}
    assert len({str(found[uid]["REFID"]) for uid in in_series}) == 1
    assert in_series == {samples.medcom_id(1000 + number).value for number in (1, 2, 3, 8)}
    assert "RELATED-TO;RELTYPE=SIBLING:" in text
    assert "RRULE" not in text[text.index("BEGIN:VEVENT") :]


def test_the_id_of_a_series_is_not_written() -> None:
    """It may be anything."""
    series = apd.Repetition(apd.Identifier("1.2.3", samples.CPR))
    assert samples.CPR not in written(overview(document(1, repetition=series)))


# --- who may see what ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "reported"),
    [
        (apd.Confidentiality.NORMAL, "PRIVATE"),
        (None, "PRIVATE"),
        (apd.Confidentiality.RESTRICTED, "CONFIDENTIAL"),
        (apd.Confidentiality.VERY_RESTRICTED, "CONFIDENTIAL"),
    ],
)
def test_nothing_is_public(level, reported) -> None:
    assert event(attrs.evolve(EXACT, confidentiality=level)).classification == reported


def test_the_patients_number_is_nowhere() -> None:
    patient = samples.patient(name=apd.PersonName([samples.CPR], "Tranekær"))
    for hide in (None, str.upper):
        text = written(overview(document(1, patient=patient)), hide=hide)
        assert samples.CPR not in text
        assert "050312-****" in text


def test_what_is_to_be_hidden_is_hidden_in_every_text() -> None:
    words = {"Kontrol", "Odense", "Ejnar", "65000004", "Solveig", "Egeskov", "fuldmagt"}
    made = overview(EXACT, viewer=kit.DAUGHTER)
    assert all(word in written(made) for word in words)

    def hide(text: str) -> str:
        return re.sub("|".join(words), "*", text)

    assert not any(word in written(made, hide=hide) for word in words)


def test_every_notice_is_written() -> None:
    made = overview(EXACT, ov.Withheld(), viewer=kit.DAUGHTER)
    reported = [line for line in lines(written(made)) if line.startswith("X-WR-CALDESC:")]
    assert reported == [
        "X-WR-CALDESC:Nogle oplysninger er spærret og vises ikke.\\nVises med fuldmagt til "
        "Karla Tranekær. Aftalerne kan læses\\, men ikke ændres."
    ]
    assert "DESCRIPTION:Nogle oplysninger" in written(made)


def test_how_much_is_withheld_is_not_shown() -> None:
    one = overview(EXACT, ov.Withheld())
    assert ics.calendar(one) == ics.calendar(overview(EXACT, *[ov.Withheld()] * 5))


def test_a_protected_address_leaves_no_trace() -> None:
    address = samples.patient().address
    made = overview(FORENOON, EXACT)
    beside = [FORENOON, EXACT]
    assert ov.address_traces(ics.calendar(made), address, beside=beside)
    protected = ics.calendar(ov.without_address(made))
    assert not ov.address_traces(protected, address, beside=beside)


# --- texts -----------------------------------------------------------------------------------

HOSTILE = [
    "X\r\nATTENDEE:mailto:x@example.com",
    "X\nEND:VEVENT\nBEGIN:VEVENT\nUID:1",
    "X\u2028SUMMARY:Y\u2029Z",
    "X\x85SUMMARY:Y\x0bZ\x0cÆ\x1cØ",
    r"C:\Nyt\nyt\, a\; \\",
    'a;b,c:d="e" ^n ^^ %0D%0A',
    "\ufeffX\ufeff",
    "\u202eevne\u202c \u2066fra\u2069",
    "<script>alert(1)</script> javascript:x",
    "\\",
    "æøå ÆØÅ " * 64,
    "👩\u200d⚕️" * 100,
    "a" * 512,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text) -> None:
    entry = document(
        1,
        reason=apd.Reason(text),
        location=samples.location(name=text, address=samples.address(lines=[text])),
        patient=samples.patient(name=apd.PersonName([text], text)),
        performer=samples.performer(organization=apd.Organization(name=text)),
    )
    made = overview(entry)
    (shown,) = made.appointments
    data = written(made)
    plain = written(overview(document(1)))
    names = [re.match("[^:;]*", line)[0] for line in lines(data)]
    assert names == [re.match("[^:;]*", line)[0] for line in lines(plain)]
    (found,), (own,) = events(data).values(), own_events(data).values()
    assert found.summary == str(own["SUMMARY"]) == reading_ics.marked(shown.about)
    assert reading_ics.marked(shown.place) in found.location
    assert reading_ics.marked(shown.place) in found.description


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_is_hidden_by_anything_stays_text(text) -> None:
    """What replaces a text is no more trusted than the text."""
    data = written(overview(FORENOON, ov.Withheld()), hide=lambda _: text)
    plain = written(overview(FORENOON, ov.Withheld()))
    assert len(lines(data)) == len(lines(plain))
    assert len(data.splitlines()) == data.count("\r\n")


@pytest.mark.parametrize("text", HOSTILE)
def test_lines_are_folded_at_75_octets(text) -> None:
    data = ics.calendar(overview(document(1, reason=apd.Reason(text))))
    assert data.endswith(b"\r\n")
    for line in data.removesuffix(b"\r\n").split(b"\r\n"):
        assert 0 < len(line) <= 75
        line.decode()  # no character is cut in two


def test_a_language_is_written_where_it_is_one() -> None:
    entry = attrs.evolve(EXACT, language="en-GB")
    assert property_of(entry, "SUMMARY").startswith("SUMMARY;LANGUAGE=en-GB:")
    assert property_of(entry, "DESCRIPTION").startswith("DESCRIPTION;LANGUAGE=da:")
    for language in (None, 'x";X=":y', "da:SUMMARY"):
        try:
            entry = attrs.evolve(EXACT, language=language)
        except apd.InvalidValue:
            continue
        assert property_of(entry, "SUMMARY").startswith("SUMMARY:")


# --- messages --------------------------------------------------------------------------------

CLINIC, SOLVEIG, KARLA = (
    apd.Telecom.email(f"{name}@example.dk") for name in ("klinik", "solveig", "karla")
)
WITHDRAWN = ov.RegisteredDocument(version(1), ov.Availability.DEPRECATED)
# RFC 5546, §3.2.2 and §3.2.5: what there is once, and what may be there
ONCE = {"UID", "DTSTAMP", "ORGANIZER", "SEQUENCE", "DTSTART", "SUMMARY", "ATTENDEE"}
MAY_BE = {
    *("DTEND", "DESCRIPTION", "LOCATION", "CATEGORIES", "CLASS", "CONTACT", "LAST-MODIFIED"),
    *("RELATED-TO", "REFID", "STATUS", "TRANSP"),
}


def messages_of(*entries, attendees=(SOLVEIG,), **more) -> dict[str, ics.CalendarMessage]:
    """The messages by what they ask for and when."""
    made = ics.messages(overview(*entries, **more), organizer=CLINIC, attendees=attendees)
    return {message.key: message for message in made}


@pytest.mark.parametrize("entry", [EXACT, OPEN, FORENOON, NIGHT, ADMISSION])
def test_a_message_states_what_the_calendar_states(entry) -> None:
    """And for whom it is; it is stamped with the moment of the overview."""
    (message,) = messages_of(entry).values()
    text = message.data.decode()
    (made,) = own_events(text).values()
    (published,) = own_events(written(overview(entry))).values()
    assert ONCE <= set(made) <= ONCE | MAY_BE
    for name in set(made) - {"ORGANIZER", "ATTENDEE", "DTSTAMP"}:
        assert made[name] == published[name]
    assert (made["ORGANIZER"], made["ATTENDEE"]) == (CLINIC.value, SOLVEIG.value)
    assert made["ATTENDEE"].params["RSVP"] == "FALSE"
    assert made["DTSTAMP"].dt == kit.NOW
    assert made["STATUS"] in ("CONFIRMED", "TENTATIVE")
    assert other(text).method == "REQUEST" == message.method
    assert message.content_type == "text/calendar; charset=utf-8; method=REQUEST"


def test_a_message_is_about_one_appointment() -> None:
    found = messages_of(EXACT, OPEN, attendees=[SOLVEIG, KARLA])
    assert len(found) == 2
    for key, message in found.items():
        (made,) = own_events(message.data.decode()).values()
        assert made["UID"] == key
        assert made["ATTENDEE"] == [SOLVEIG.value, KARLA.value]


@pytest.mark.parametrize(
    "entry", [WITHDRAWN, version(2, status=apd.Status.CANCELLED)], ids=["withdrawn", "cancelled"]
)
def test_what_no_longer_stands_is_cancelled_by_a_message(entry) -> None:
    """With a higher SEQUENCE than that by which it was asked for."""
    (before,), (after,) = messages_of(version(1)).values(), messages_of(entry).values()
    (asked,), (reported) = own_events(before.data.decode()).values(), after.data.decode()
    (made,) = own_events(reported).values()
    assert other(reported).method == "CANCEL" == after.method
    assert made["STATUS"] == "CANCELLED"
    assert made["SEQUENCE"] > asked["SEQUENCE"]
    for name in ("UID", "ORGANIZER", "ATTENDEE"):
        assert made[name] == asked[name]


def test_a_new_version_is_asked_for_with_a_higher_sequence() -> None:
    (before,), (after,) = messages_of(version(1)).values(), messages_of(version(2)).values()
    assert before.key == after.key
    first, second = (own_events(one.data.decode())[one.key] for one in (before, after))
    assert second["SEQUENCE"] > first["SEQUENCE"]


def test_nothing_is_sent_about_what_is_over() -> None:
    late = kit.at("2026-04-01 12:00")
    assert messages_of(EXACT, WITHDRAWN, now=late) == {}


@pytest.mark.parametrize(
    ("organizer", "attendees", "wording"),
    [
        (apd.Telecom.phone("65000000"), [SOLVEIG], "organizer is not an e-mail address"),
        (CLINIC, [apd.Telecom("mailto:a@example.dk?cc=b@example.dk")], "attendees is not"),
        (CLINIC, [], "attendees is empty"),
        ("klinik@example.dk", [SOLVEIG], "organizer must be"),
    ],
)
def test_a_message_needs_mailboxes(organizer, attendees, wording) -> None:
    with pytest.raises(apd.InvalidValue, match=wording):
        ics.messages(overview(EXACT), organizer=organizer, attendees=attendees)


def test_messages_hide_what_is_to_be_hidden_and_show_nobody_in_their_repr() -> None:
    made = overview(document(1, EXACT.appointment.schedule, reason=apd.Reason(samples.CPR)))
    mailboxes = {"organizer": CLINIC, "attendees": [SOLVEIG]}
    (plain,) = ics.messages(made, **mailboxes)
    (hidden,) = ics.messages(made, hide=lambda text: text.replace(samples.CPR, "*"), **mailboxes)
    assert samples.CPR.encode() in plain.data
    assert samples.CPR.encode() not in hidden.data
    assert samples.CPR not in repr(plain)
