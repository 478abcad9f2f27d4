"""What the page of an overview holds."""

import datetime
import re
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import apd
from apd import overview as ov
from apd.overview import html
from apd.testing import strategies as apd_st
from apd.text.characters import visible
from apd.wording import Wording
from tests import samples
from tests.overview import kit
from tests.overview.html import scenes
from tests.overview.html.hostile import SCRIPT
from tests.overview.html.reading import calendars, ids, parsed, text_of, texts
from tests.overview.reading_ics import events, own_events, written
from tests.overview.test_blocking import SOME, of_patient, telling_values


def page_of(*documents, **more) -> tuple[ov.Overview, str]:
    """An overview of documents, and its page."""
    made = kit.overview(*documents, **more)
    return made, html.page(made)


# --- one file, nothing else ----------------------------------------------------------------------


@pytest.fixture(scope="module", params=["da", "en"])
def shown(request) -> tuple[ov.Overview, str]:
    """The overview of the examples in a language, and its page."""
    made = scenes.overview(language=request.param)
    return made, html.page(made)


def test_nothing_is_fetched_and_nothing_runs(shown) -> None:
    root = parsed(shown[1])
    assert root.xpath("//script | //iframe | //object | //embed | //img | //form | //base") == []
    assert [element.get("href") for element in root.xpath("//link")] == ["data:,"]
    assert root.xpath("//@style | //@src | //@*[starts-with(name(), 'on')]") == []
    assert not re.search(r"url\(|@import", root.xpath("string(//style)"))
    for href in root.xpath("//a/@href"):
        assert re.match(r"#|tel:|sms:|mailto:|https?:|data:text/calendar;charset=utf-8,", href)


def test_the_policy_admits_the_one_style_sheet(shown) -> None:
    root = parsed(shown[1])
    (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    style = re.search("<style>(.*)</style>", shown[1], re.DOTALL)[1]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'")


def test_the_frame_of_the_page(shown) -> None:
    made, page = shown
    root = parsed(page)
    assert page.startswith("<!doctype html>\n")
    assert root.get("lang") == made.language
    assert root.xpath("//meta/@charset") == ["utf-8"]
    assert texts(root, "//title") == texts(root, "//h1") == [made.title]
    assert len(root.xpath("//main")) == len(root.xpath("//header")) == 1
    assert root.xpath("//nav/@aria-label") == [{"da": "Visning", "en": "View"}[made.language]]


def test_every_link_leads_somewhere(shown) -> None:
    root = parsed(shown[1])
    found = ids(root)
    assert len(found) == len(set(found))
    targets = {href[1:] for href in root.xpath("//a/@href") if href.startswith("#")}
    assert targets <= set(found)
    assert set(root.xpath("//@aria-labelledby")) <= set(found)


def test_headings_go_down_one_at_a_time(shown) -> None:
    levels = [int(one.tag[1]) for one in parsed(shown[1]).xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1
    assert all(lower - upper <= 1 for upper, lower in pairwise(levels))


def test_the_same_overview_gives_the_same_page(shown) -> None:
    assert html.page(shown[0]) == shown[1]


# --- what must be said is said -------------------------------------------------------------------


def test_who_and_when_and_every_notice(shown) -> None:
    made, page = shown
    root = parsed(page)
    assert texts(root, "//header//*[contains(@class, 'of-patient')]") == list(made.patient_texts)
    assert texts(root, "//header//*[contains(@class, 'notice')]") == [
        notice.text for notice in made.notices
    ]
    assert [notice.key for notice in made.notices] == ["withheld", "logged"]
    as_of = {"da": "tirsdag den 10. marts 2026 kl. 12.00", "en": "Tuesday 10 March 2026, 12:00"}
    assert as_of[made.language] in text_of(root.xpath("//header")[0])


def test_a_lifted_block_is_shown() -> None:
    blocked = kit.overview(ov.Withheld(), viewer=kit.NURSE, patient=kit.PATIENT)
    lifted = ov.lift_block(
        blocked, [ov.RegisteredDocument(kit.document(1))], ground=ov.LiftGround.CONSENT, now=kit.NOW
    ).overview
    keys = [notice.key for notice in lifted.notices]
    root = parsed(html.page(lifted))
    assert keys == ["lifted", "logged"]
    assert texts(root, "//*[contains(@class, 'notice')]") == [one.text for one in lifted.notices]


def test_nothing_upcoming() -> None:
    made, page = page_of(patient=kit.PATIENT)
    assert texts(parsed(page), "//*[@class='nothing']") == [made.nothing_upcoming] * 3
    assert parsed(page).xpath("//article") == []


def test_phases_have_their_headings() -> None:
    documents = [
        kit.document(number, kit.schedule(start, end))
        for number, (start, end) in enumerate(
            [
                ("2026-03-05 11:00", "12:30"),
                ("2026-03-06 11:00", "12:30"),
                ("2026-03-03 11:00", "12:30"),
                ("2026-03-04 11:00", "12:30"),
            ]
        )
    ]
    _, page = page_of(*documents)
    root = parsed(page)
    headings = texts(root, "//*[@id='list']//h2")
    assert headings == ["I gang", "Næste aftale", "Tidligere (2)"]
    past = texts(root, "//details[@class='past']//h3/time")
    assert past == [
        "onsdag den 4. marts 2026",
        "tirsdag den 3. marts 2026",
    ]  # the last one first


def test_an_overlap_stands_on_both_cards() -> None:
    made, page = page_of(
        kit.document(1, kit.schedule("2026-03-06 11:00", "12:30")),
        kit.document(2, kit.schedule("2026-03-06 12:00", "13:00", indicative=True)),
    )
    (overlap,) = made.overlaps
    root = parsed(page)
    for one, other in ((overlap.first, overlap.second), (overlap.second, overlap.first)):
        (clash,) = root.xpath(f"//*[@id='a-{one.key}']//*[contains(@class, 'clash')]")
        assert text_of(clash) == overlap.text_beside(one)
        assert "soft" in clash.get("class")
        assert clash.xpath(".//a/@href") == [f"#a-{other.key}"]
    (summary,) = root.xpath("//*[@class='overlapping']/a")
    assert text_of(summary) == "2 aftaler overlapper"
    assert summary.get("href") == f"#a-{overlap.first.key}"
    assert (
        texts(root, "//*[@id='week']//*[@class='clash-word']")
        == ["Overlapper måske en anden aftale"] * 2
    )


def test_a_card_shows_how_many_overlaps_it_leaves_out() -> None:
    when = kit.schedule("2026-03-06 11:00", "12:30")
    _, page = page_of(*(kit.document(number, when) for number in range(12)))
    root = parsed(page)
    assert texts(root, "//*[@class='overlapping']") == ["12 aftaler overlapper"]
    of_card = texts(root, "(//article)[1]//*[contains(@class, 'clash')]")
    assert len(of_card) == 6
    assert of_card[-1].endswith("her: 6")


def test_findings_stand_on_the_card_with_what_to_do() -> None:
    root = parsed(html.page(scenes.overview()))
    (found,) = root.xpath("//article[.//h4[contains(., 'Årskontrol')]]//ul[@class='findings']/li")
    text = text_of(found)
    assert found.get("class") == "warning"
    assert text.startswith("advarsel Aftaleudførende skal have et telefonnummer")
    assert "BR-F1-PERFORMER" in text
    assert texts(found, ".//dt") == ["Sådan rettes det", "Sted i dokumentet", "Kilde"]


def test_findings_of_rules_of_ones_own() -> None:
    finding = apd.Finding(
        rule="HUS-1", layer=apd.Layer.BUSINESS, wording=Wording("Forkert <dør>", "Wrong <door>")
    )
    made = kit.overview(ov.RegisteredDocument(kit.document(1), findings=[finding]))
    assert texts(parsed(html.page(made)), "//ul[@class='findings']/li") == [
        "fejl Forkert <dør> HUS-1"
    ]


def test_what_is_past_is_folded_and_what_is_now_is_marked() -> None:
    _, page = page_of(
        *(
            kit.document(n, kit.schedule(f"{day} 10:00", "11:00"))
            for n, day in enumerate(["2026-02-02", "2026-03-05", "2026-04-01"])
        )
    )
    root = parsed(page)
    assert texts(root, "//*[@id='week']/details//h3") == ["Uge 6, 2026"]
    assert texts(root, "//*[@id='week']/section/h2") == ["Uge 10, 2026", "Uge 14, 2026"]
    assert texts(root, "//*[@id='month']/details//h3") == ["februar 2026"]
    assert root.xpath("//li[contains(@class, 'today')]/@id") == ["d-2026-03-05"]
    assert texts(root, "//*[@id='week']//*[@class='is-today']") == ["i dag"]


def test_times_are_written_for_machines_as_well() -> None:
    _, page = page_of(
        kit.document(1, kit.schedule("2026-03-06 22:00", "2026-03-08 07:00")),
    )
    root = parsed(page)
    assert root.xpath("//article//time/@datetime") == ["2026-03-06T22:00:00+01:00"]
    marks = "//*[@id='week']//li[@class='mark']/time"
    assert root.xpath(f"{marks}/@datetime") == [
        "2026-03-06T22:00:00+01:00",
        "2026-03-07",
        "2026-03-08T07:00:00+01:00",
    ]
    assert texts(root, marks) == ["fra 22.00", "hele dagen", "til 07.00"]


def test_the_language_of_the_document_where_the_page_has_another() -> None:
    danish = kit.document(1)
    english = parsed(html.page(kit.overview(danish, language="en")))
    assert english.xpath("//article//h4/@lang") == ["da-DK"]
    assert parsed(html.page(kit.overview(danish))).xpath("//article//@lang") == []
    odd = parsed(html.page(kit.overview(evolve(danish, language='"onclick="x'), language="en")))
    assert odd.xpath("//article//@lang") == []


def test_an_end_in_the_last_week_there_is() -> None:
    """What systems write for an end that never comes."""
    _, page = page_of(
        kit.document(1, apd.Schedule(kit.at("2026-03-05 10:00"), kit.at("9998-12-31 23:00")))
    )
    days = parsed(page).xpath("//*[@id='week']/section[last()]//li/@id")
    assert (days[0], days[-1]) == ("d-9998-12-28", "d-9999-01-03")


def test_texts_can_be_hidden() -> None:
    made = scenes.overview()
    number = made.patient.id.value
    assert number in html.page(made)
    hidden = html.page(made, hide=lambda text: text.replace(number, "****"))
    assert number not in hidden
    assert "CPR ****" in hidden
    assert html.page(made) == html.page(made, hide=lambda text: text)


def test_who_carries_it_out_can_be_chosen() -> None:
    """Of many, those who carry out most; each card is of one choice."""
    by = [
        samples.performer(organization=apd.Organization(name=f"Klinik {number}"))
        for number in range(12)
    ]
    documents = [
        kit.document(100 * n + m, kit.schedule(f"2026-04-{n + 1:02} 1{m}:00"), performer=one)
        for n, one in enumerate(by)
        for m in range(1 + (n < 3))
    ]
    root = parsed(page_of(*documents)[1])
    labels = texts(root, "//fieldset[@class='filters']/label")
    assert (labels[0], labels[-1], len(labels)) == ("Alle", "Andre", 9)
    assert {*labels[1:4]} == {"Klinik 0", "Klinik 1", "Klinik 2"}
    cards = root.xpath("//article/@class")
    assert {card.split()[1] for card in cards} == {f"of-{n}" for n in range(1, 9)}
    alone = parsed(page_of(kit.document(1), kit.document(2))[1])
    assert alone.xpath("//fieldset") == []


# --- calendar files within the page --------------------------------------------------------------


@pytest.mark.parametrize("language", ["da", "en"])
def test_each_that_comes_can_be_taken_over_by_a_calendar(language) -> None:
    """As the calendar file has it, in which nothing else is said of it but its series."""
    viewer = ov.PatientViewer(scenes.example("pool-training-1").appointment.patient.id)
    made = scenes.overview(language=language, viewer=viewer)
    page = html.page(made)
    found, file = calendars(parsed(page)), own_events(written(made))
    coming = [entry.shown.key for entry in made.agenda.entries]
    assert list(found) == ["all" if key is None else f"a-{key}" for key in found_order(made)]
    for name, keys in (("all", coming), *((f"a-{key}", [key]) for key in coming)):
        own = own_events(found[name])
        assert list(own) == list(events(found[name])) == keys
        for key in keys:
            of_file = {name: value for name, value in file[key].items() if name not in SERIES}
            assert dict(own[key]) == of_file


SERIES = ("REFID", "RELATED-TO")


def found_order(made) -> list[str | None]:
    """The keys in the order of the page, None for the link of all."""
    soon = [*(one.shown.key for one in made.agenda.ongoing), made.agenda.next.shown.key]
    later = [one.shown.key for day in made.agenda.later for one in day.entries]
    return [*soon, None, *later]


def test_a_link_names_nobody_and_carries_what_the_page_shows() -> None:
    patient = samples.patient(name=apd.PersonName([samples.CPR], "Tranekær"))
    about = apd.Reason(f"{SCRIPT} {samples.CPR}")
    days = [kit.schedule(f"2026-03-1{n} 10:00", "11:00") for n in (1, 2)]
    documents = [kit.document(n, day, patient=patient, reason=about) for n, day in enumerate(days)]
    made = kit.overview(*documents)
    page = html.page(made, hide=lambda text: text.replace(samples.CPR, "******-****"))
    assert samples.CPR not in page
    assert set(parsed(page).xpath("//a/@download")) == {"aftale.ics", "aftaler.ics"}
    for text in calendars(parsed(page)).values():
        assert "Tranekær" not in text
        for event in own_events(text).values():
            assert event["SUMMARY"] == f"{SCRIPT} ******-****"


@pytest.mark.parametrize(
    ("viewer", "are_there"), [(kit.SELF, True), (kit.DAUGHTER, True), (kit.NURSE, False)]
)
def test_in_the_calendar_of_a_professional_it_would_be_a_copy(viewer, are_there) -> None:
    """Rule #6: no local copies of a patient's overview."""
    days = [kit.schedule(f"2026-03-1{n} 10:00", "11:00") for n in (1, 2)]
    made = kit.overview(*(kit.document(n, day) for n, day in enumerate(days)), viewer=viewer)
    page = html.page(made)
    assert len(calendars(parsed(page))) == (3 if are_there else 0)
    assert ("text/calendar" in page) is are_there
    assert "to-calendar" not in "".join(parsed(page).xpath("//@class")) or are_there


def test_one_alone_has_no_link_of_all_and_what_is_over_none() -> None:
    past = kit.document(2, kit.schedule("2026-02-02 10:00", "11:00"))
    _, page = page_of(kit.document(1, kit.schedule("2026-04-02 10:00", "11:00")), past)
    assert len(calendars(parsed(page))) == 1
    assert calendars(parsed(page_of(past)[1])) == {}


def test_a_page_grows_with_its_appointments_and_not_with_their_years() -> None:
    def size(years: int) -> int:
        days = [kit.schedule(f"{2027 + n % years}-03-06 11:00", "12:00") for n in range(60)]
        return len(html.page(page_of(*(kit.document(n, one) for n, one in enumerate(days)))[0]))

    assert size(60) < 2 * size(1)


def test_a_text_is_hidden_before_its_words_are_broken() -> None:
    secret = "Patientnummerlang"
    made = kit.overview(document := kit.document(1, reason=apd.Reason(f"Kontrol {secret}")))
    page = html.page(made, hide=lambda text: text.replace(secret, "****"))
    assert secret not in page.replace("\u00ad", "")
    assert secret in html.page(made).replace("\u00ad", "")
    assert document.appointment.reason.text not in html.page(made, hide=lambda _: "****")


# --- laws ----------------------------------------------------------------------------------------


# A page costs more than most things here, and one holds all that can be in it.
fewer = settings(max_examples=max(settings.default.max_examples // 4, 1))


def as_shown(text: str) -> str:
    """A text as it is read on a page."""
    return " ".join(visible(text).split())


@fewer
@given(st.lists(apd_st.documents(complete=False), min_size=1, max_size=3), st.sampled_from("de"))
def test_every_card_shows_all_that_is_stated(documents, letter) -> None:
    """Every line of every appointment, its cautions wherever it is shown, and every notice."""
    language = "da" if letter == "d" else "en"
    made, page = page_of(*of_patient(documents, 1), language=language, viewer=kit.NURSE)
    root = parsed(page)
    entries = [entry for day in (*made.agenda.past, *made.agenda.days) for entry in day.entries]
    for entry in entries:
        shown = entry.shown
        (card,) = root.xpath(f"//*[@id='a-{shown.key}']")
        reported = {as_shown(text) for text in texts(card, ".//bdi")}
        title = as_shown(entry.title)
        for line in (*shown.lines, *entry.meeting):
            if line.key == "when":
                continue  # on its day the time is enough; how it is said stands below
            left = {as_shown(text) for text in line.texts} - reported
            assert all(text in title for text in left)
            is_merged = line.key in ("where", "performer") and len(entry.meeting) == 1
            stated_here = is_merged or line.texts == (shown.about,)
            assert stated_here or line.label in texts(card, ".//dt")
        assert {as_shown(text) for text in entry.cautions} <= reported
        whole, on_its_day = as_shown(shown.when), as_shown(entry.time)
        assert reported & {whole, on_its_day}
    sentences = texts(root, "//*[@class='legend']")
    assert sentences == [f"{short} {sentence}" for short, sentence in made.agenda.cautions]
    for shown in made.appointments:
        for mark in root.xpath(f"//li[.//a[@href='#a-{shown.key}']][contains(@class, 'mark')]"):
            reported = {as_shown(text) for text in texts(mark, ".//bdi")}
            assert as_shown(shown.about) in {text.replace("\u00ad", "") for text in reported}
            assert texts(mark, "./time")[0] in {
                as_shown(on_day.when)
                for day in made.days
                for on_day in day.appointments
                if on_day.appointment.key == shown.key
            }


@fewer
@given(st.lists(apd_st.schedules(), max_size=5))
def test_the_views_show_the_days_of_the_value(schedules) -> None:
    made, page = page_of(
        *(kit.document(n, when) for n, when in enumerate(schedules)), patient=kit.PATIENT
    )
    root = parsed(page)
    days = [
        (day.date.isoformat(), on_day.appointment.key)
        for day in made.days
        for on_day in day.appointments
    ]
    for view in ("week", "month"):
        cells = root.xpath(f"//*[@id='{view}']//ol/li")
        found = [
            (cell.xpath("string(.//time/@datetime)"), href.removeprefix("#a-"))
            for cell in cells
            for href in cell.xpath(".//li/a/@href")
        ]
        assert sorted(found) == sorted(days)
    assert sorted(root.xpath("//article/@id")) == sorted(f"a-{a.key}" for a in made.appointments)


@fewer
@given(SOME, SOME)
def test_nothing_blocked_is_on_the_page(shown, hidden) -> None:
    """As it stands in the bytes and as it is read; once the block is lifted, it is there."""
    shown, hidden = of_patient(shown, 10**30), of_patient(hidden, 2 * 10**30)
    made, page = page_of(*shown, ov.Withheld(), viewer=kit.NURSE)
    _, plain = page_of(*shown, viewer=kit.NURSE)
    secrets = {
        secret
        for secret in telling_values(hidden) - telling_values(shown)
        if secret not in plain and secret not in parsed(plain).text_content()
    }
    read = parsed(page).text_content()
    assert not {secret for secret in secrets if secret in page or secret in read}
    lifted = ov.lift_block(
        made,
        [ov.RegisteredDocument(one) for one in (*shown, *hidden)],
        ground=ov.LiftGround.CONSENT,
        now=kit.NOW,
    ).overview
    assert {one.appointment.id.value for one in hidden} <= secrets
    assert all(one.appointment.id.value in html.page(lifted) for one in hidden)


def test_a_block_adds_one_sentence_and_nothing_else() -> None:
    open_, secret = (
        kit.document(number, kit.schedule("2026-03-06 11:00", "12:00")) for number in (1, 2)
    )
    with_block = html.page(kit.overview(open_, ov.Withheld()))
    without = html.page(kit.overview(open_))
    notice = kit.overview(ov.Withheld(), patient=kit.PATIENT).notices[0].text
    assert with_block == without.replace(
        "</header>", f'<p class="notice withheld"><bdi>{notice}</bdi></p>\n</header>'
    )
    assert str(secret.appointment.id.value) not in with_block


def test_a_protected_address_leaves_no_trace() -> None:
    document = kit.document(1, location=kit.HOME)
    address = document.appointment.patient.address
    made = kit.overview(document)
    assert ov.address_traces(html.page(made), address)
    protected = html.page(ov.without_address(made))
    assert ov.address_traces(protected, address, beside=[document]) == ()
    assert "Adressen er beskyttet" in protected


def test_midnight_and_the_change_of_clock() -> None:
    winter = datetime.timezone(datetime.timedelta(hours=1))
    end = datetime.datetime(2026, 10, 25, 2, 15, tzinfo=winter)
    _, page = page_of(kit.document(1, apd.Schedule(kit.at("2026-10-25 02:45"), end)))
    text = parsed(page).text_content()
    assert "02.45 (sommertid)–02.15 (vintertid)" in text
    assert "Uret stilles en time tilbage undervejs." in text


def test_ids_hold_nothing_personal() -> None:
    document = kit.document(1, id=apd.Identifier("1.2.3", samples.CPR))
    root = parsed(html.page(kit.overview(document)))
    assert not [value for value in ids(root) if samples.CPR in value]
