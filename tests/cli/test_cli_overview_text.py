"""``apd overview``: what the text says, and how it looks."""

import datetime
import io
import re
import sys

import pytest
from rich.cells import cell_len

import apd
from apd import overview as ov
from apd.cli.io import streams
from apd.cli.views.agenda import STYLES, Paragraph, agenda, write_agenda
from apd.privacy.masking import hide_patient, show
from apd.wording import Wording
from tests import samples
from tests.cli.terminal import on_terminal, posix
from tests.overview import kit
from tests.overview.kit import at, document, overview, schedule

EXACT = document(1, schedule("2026-03-10 10:15", "10:45"))
OPEN = document(2, schedule("2026-03-11 08:00"))
FORENOON = document(
    3, apd.Schedule.during(apd.PartOfDay.FORENOON, datetime.date(2026, 3, 12)), location=kit.HOME
)
ADMISSION = document(5, schedule("2026-03-16 11:00", "2026-03-18 10:00"))


@pytest.fixture
def agenda_text(monkeypatch):
    """What is told of an overview where it goes to a file."""

    def text_of(made: ov.Overview, hide=show, **more) -> str:
        written = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, "utf-8", newline="\n"))
        streams.prepare()
        write_agenda(agenda(made, hide, **more))
        streams.flush()
        return written.getvalue().decode()

    return text_of


def of_day(text: str, title: str) -> str:
    """What is told of a day."""
    (found,) = re.findall(rf"^{title}.*\n((?: .*\n)*)", text, re.MULTILINE)
    return found


def test_an_appointment(agenda_text) -> None:
    assert agenda_text(overview(EXACT)) == (
        "Aftaler for Solveig Maj Tranekær\n"
        "  CPR 0503129900\n"
        "  født 5. marts 2012\n"
        "  Birkelunden 12, 5230 Odense M, Danmark\n"
        "  Vist torsdag den 5. marts 2026 kl. 12.00.\n"
        "\n"
        "Uge 11, 2026\n"
        "tirsdag den 10. marts 2026 (om 5 dage)\n"
        "  10.15–10.45  Kontrol af knæ\n"
        "    Mødested         Indgang 4, stuen, Ahornparken 7, 2. sal, 5230 Odense M, Danmark, "
        "Telefon 65000005\n"
        "    Udføres af       Ortopædkirurgisk Ambulatorium, Ejnar Glorup, "
        "Telefon 65000004\n"
        "    Aftaleansvarlig  Ortopædkirurgisk Afdeling, Sygeplejerske Bodil Egeskov, "
        "Ahornparken 7, 2. sal, 5230 Odense M, Danmark, Telefon 65000003, "
        "Booket søndag den 1. februar 2026 kl. 09.30\n"
    )


def test_every_line_is_shown_but_details_the_custodian_and_the_category(agenda_text) -> None:
    made = overview(
        document(
            1,
            schedule("2026-03-10 10:15", "10:45"),
            repetition=apd.Repetition(),
            requester=samples.requester(),
            episode_of_care=apd.EpisodeOfCare([], apd.Code("ALAL02", apd.Oid.SKS, "Hjerte")),
        )
    )
    (shown,) = made.appointments

    text = agenda_text(made)

    lines = [line for line in shown.lines if not line.is_detail]
    assert len(lines) > 9
    assert [line.key for line in lines if not any(one in text for one in line.texts)] == [
        "when",  # said in another way
        "custodian",
        "category",
    ]


LINES = [  # what is shown, the day, and what is said of it in both languages
    (
        FORENOON,
        ("torsdag den 12. marts 2026", "Thursday 12 March 2026"),
        ["09.00–11.00 (vejledende)  Kontrol af knæ", "09:00–11:00 (indicative)  Kontrol af knæ"],
        ["I løbet af formiddagen\n", "In the forenoon\n"],
        ["Borgerens egen adresse, Birkelunden 12", "The patient's own home, Birkelunden 12"],
    ),
    (
        OPEN,
        ("onsdag den 11. marts 2026", "Wednesday 11 March 2026"),
        ["fra 08.00  Kontrol", "from 08:00  Kontrol"],
        ["Sluttidspunktet er ikke kendt\n", "The end is not known\n"],
        ["Telefon 65000004", "Telephone 65000004"],
    ),
    (
        document(1, schedule("2026-03-29 01:00", "05:00"), repetition=apd.Repetition()),
        ("søndag den 29. marts 2026", "Sunday 29 March 2026"),
        ["Uret stilles en time frem undervejs.", "The clock is set forward one hour in between."],
        ["Gentages         Aftalen er en del af", "Repeats      The appointment is part of a"],
        ["01.00–05.00", "01:00–05:00"],
    ),
    (
        document(1, schedule("2026-03-05 11:00", "13:00"), requester=samples.requester()),
        (r"torsdag den 5. marts 2026 \(i dag\)", r"Thursday 5 March 2026 \(today\)"),
        ["Kontrol af knæ (i gang)", "Kontrol af knæ (in progress)"],
        ["Rekvirent        Lægerne på Torvet", "Requester    Lægerne på Torvet"],
        ["Rekvireret torsdag den 15. januar", "Requested Thursday 15 January"],
    ),
]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize(("entry", "day", "first", "second", "third"), LINES)
def test_lines_of_a_day(agenda_text, entry, day, first, second, third, language) -> None:
    index = language == "en"
    text = of_day(agenda_text(overview(entry, language=language)), day[index])
    for message in (first, second, third):
        assert message[index] in text


@pytest.mark.parametrize("language", ["da", "en"])
def test_what_must_be_shown_is_shown_on_every_day(agenda_text, language) -> None:
    night = document(4, apd.Schedule.during(apd.PartOfDay.NIGHT, datetime.date(2026, 3, 14)))
    versions = [document(9, OPEN.appointment.schedule), document(9, FORENOON.appointment.schedule)]
    versions[1] = samples.document(id=samples.medcom_id(99), appointment=versions[1].appointment)
    made = overview(
        *versions, night, FORENOON, ov.Withheld(), viewer=kit.DAUGHTER, language=language
    )
    text = agenda_text(made)
    assert len(made.notices) == 2
    assert all(notice.text in text for notice in made.notices)
    entries = {entry.shown.key: entry for entry in made.agenda.entries}
    rows = [entries[one.appointment.key] for day in made.days for one in day.appointments]
    assert len(rows) == 4
    for short, sentence in made.agenda.cautions:
        assert text.count(sentence) == 1
        assert f"{short}: {sentence}\n" in text
    for caution in {caution for row in rows for caution in row.cautions}:
        assert text.count(f"    {caution}\n") == sum(caution in row.cautions for row in rows)


def test_several_days(agenda_text) -> None:
    text = agenda_text(overview(ADMISSION))
    first, second, third = (
        of_day(text, day) for day in ("mandag den 16", "tirsdag den 17", "onsdag den 18")
    )
    assert "fra 11.00  Kontrol" in first
    assert "fra mandag den 16. marts 2026 kl. 11.00 til onsdag den 18. marts 2026" in first
    assert second.startswith("  hele dagen  Kontrol af knæ\n    Mødested  ")
    assert third.startswith("  til 10.00  Kontrol af knæ\n    Mødested  ")
    assert text.count("Udføres af") == 1


def test_a_series_is_shown_with_its_first_one(agenda_text) -> None:
    series = apd.Repetition(samples.medcom_id(500))
    days = [
        document(number, schedule(f"2026-03-1{number} 10:00", "11:00"), repetition=series)
        for number in (1, 2, 3)
    ]
    other = samples.performer(organization=apd.Organization(name="Vikaren"))
    changed = document(4, schedule("2026-03-14 10:00", "11:00"), repetition=series, performer=other)
    text = agenda_text(overview(*days, changed))
    for number in (1, 2, 3, 4):
        assert f"  10.00–11.00  Kontrol af knæ ({number} af 4)\n" in text
    assert text.count("Udføres af       Ortopædkirurgisk") == 1
    assert "4 aftaler i en serie, fra 11. marts 2026 til 14. marts 2026" in text
    assert "Udføres af       Vikaren" in of_day(text, "lørdag den 14. marts 2026")
    assert of_day(text, "torsdag den 12. marts 2026").count("\n") == 2


def test_what_is_past_comes_last(agenda_text) -> None:
    past = document(1, schedule("2026-03-04 10:00", "11:00"))
    today = document(2, schedule("2026-03-05 08:00", "09:00"))
    text = agenda_text(overview(past, today, EXACT_LATER))
    places = [text.index(word) for word in ("(i dag)", "10. marts", "Tidligere\n", "4. marts")]
    assert places == sorted(places)
    assert "Tidligere" not in agenda_text(overview(EXACT_LATER))


EXACT_LATER = document(7, schedule("2026-03-10 10:15", "10:45"))


@pytest.mark.parametrize(
    ("language", "nothing", "withheld"),
    [
        ("da", "Der er ingen kommende aftaler.", "Ingen kommende aftaler kan vises."),
        ("en", "There are no upcoming", "No upcoming appointments can be shown."),
    ],
)
def test_nothing(agenda_text, language, nothing, withheld) -> None:
    assert nothing in agenda_text(overview(language=language))
    assert withheld in agenda_text(overview(ov.Withheld(), language=language))
    assert nothing not in agenda_text(overview(EXACT, language=language))


@pytest.mark.parametrize(
    ("language", "summary"),
    [("da", "4 aftaler overlapper"), ("en", "4 appointments overlap")],
)
def test_clashes(agenda_text, language, summary) -> None:
    """How many there are is said once, and each appointment says with what."""
    inside = document(6, schedule("2026-03-10 10:30", "11:00"), reason=apd.Reason("Blodprøve"))
    soft = document(8, apd.Schedule.during(apd.PartOfDay.MORNING, datetime.date(2026, 3, 11)))
    made = overview(EXACT, inside, OPEN, soft, language=language)
    firm, softer = made.overlaps
    text = agenda_text(made)
    assert text.count(f"\n!  {summary}\n") == 1
    for overlap, mark in ((firm, "!"), (softer, "?")):
        for one in (overlap.first, overlap.second):
            assert text.count(f"    {mark}  {overlap.text_beside(one)}\n") == 1
    assert summary not in agenda_text(overview(EXACT, language=language))


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("da", "!  Filer, der ikke kunne læses: 2. Der kan mangle aftaler.\n"),
        ("en", "!  Files that could not be read: 2. Appointments may be missing.\n"),
    ],
)
def test_what_could_not_be_read_is_reported(agenda_text, language, message) -> None:
    assert message in agenda_text(overview(EXACT, language=language), unread=2)
    assert message not in agenda_text(overview(EXACT, language=language))


def test_findings(agenda_text) -> None:
    finding = apd.Finding(rule="BR-8", layer=apd.Layer.BUSINESS, wording=Wording("da", "en"))
    entry = ov.RegisteredDocument(EXACT, findings=[finding, finding])
    assert agenda_text(overview(entry)).count("    Fund             fejl: da [BR-8]\n") == 1
    assert "    Finding      error: en [BR-8]\n" in agenda_text(overview(entry, language="en"))


def test_numbers_are_hidden_everywhere(agenda_text) -> None:
    text = f"nr. {samples.CPR} og 251248-9996"
    entry = document(
        1,
        schedule("2026-03-10 10:00", "11:00", indicative=True, note=text),
        reason=apd.Reason(text),
        patient=samples.patient(name=apd.PersonName([text], text)),
        location=apd.HomeLocation(name=text, address=samples.address(lines=[text])),
        performer=samples.performer(organization=apd.Organization(name=text)),
    )
    other = document(2, schedule("2026-03-10 10:00", "11:00"), reason=apd.Reason(text))
    made = overview(entry, other)
    hidden = agenda_text(made, hide_patient(kit.PATIENT))
    assert samples.CPR not in hidden
    assert "9996" not in hidden
    assert hidden.count("050312-****") >= 10
    assert samples.CPR in agenda_text(made)


def test_what_a_terminal_would_obey_is_not_written(agenda_text) -> None:
    bad = "\u202eevne\u202c \x85 \u2028 \x9b31m [bold]x[/] :smile:"
    text = agenda_text(overview(document(1, EXACT.appointment.schedule, reason=apd.Reason(bad))))
    assert not set("\u202e\u202c\x85\u2028\x9b") & set(text)
    assert "[bold]x[/] :smile:" in text


def test_every_style_is_known() -> None:
    made = overview(EXACT, FORENOON, EXACT_LATER, ov.Withheld(), now=at("2026-03-10 10:20"))
    stated = agenda(made, show, unread=1)
    assert {one.style for one in stated} <= set(STYLES)
    assert Paragraph("x").pieces == ("x",)


# --- on a terminal ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def terminal(environment, documents):
    """Calls ``apd overview`` on a terminal of a width."""

    def call(width: int, *options: str, **variables: str) -> str:
        command = [sys.executable, "-m", "apd", "overview", documents, "--patient", "0707809985"]
        status, shown = on_terminal(
            [*command, "--now", "2026-04-08", "--travel", "30", *options],
            {**environment, "TERM": "xterm-256color", "COLUMNS": str(width), **variables},
        )
        assert status == 0
        return shown

    return call


@posix
@pytest.mark.parametrize(("width", "language"), [(60, "da"), (80, "en"), (140, "da")])
def test_on_a_terminal_it_fits(terminal, width, language) -> None:
    coloured = terminal(width, "--lang", language)
    assert "\x1b[1;36m" in coloured
    assert "\x1b[33m" in coloured
    text = re.sub(r"\x1b\[[\d;]*m", "", coloured)
    lines = text.split("\n")
    assert max(map(cell_len, lines)) <= width
    assert not any(line.endswith(" ") for line in lines)
    # a telephone number stands on one line with what it is, whatever the width
    word = "Telefon" if language == "da" else "Telephone"
    assert text.count(f"{word} 00402050") == text.count("00402050") > 0


@posix
def test_without_colours(terminal) -> None:
    assert not re.search(r"\x1b\[[\d;]*3\d", terminal(80, NO_COLOR="1"))
    assert "\x1b" not in terminal(80, TERM="dumb")
