"""What a document, a report and an overview look like in a notebook and on a terminal."""

import io
import re
from html import unescape

import pytest
from hypothesis import given
from rich.console import Console

import apd
from apd.testing import strategies as apd_st
from apd.wording import Wording
from tests import samples
from tests.overview import kit

FINDING = apd.Finding(
    rule="HUS-1",
    layer=apd.Layer.BUSINESS,
    wording=Wording("Forkert <dør>", "Wrong <door> [bold]"),
    path="/ClinicalDocument",
    line=7,
)
REPORT = apd.Report([FINDING])
DOCUMENT = samples.full_document()

OVERVIEW = kit.overview(kit.document(1, kit.schedule("2026-03-06 10:00", "11:00")))


def on_terminal(value: object) -> str:
    console = Console(file=io.StringIO(), width=200)
    console.print(value)
    return console.file.getvalue()


def test_a_report_as_text() -> None:
    assert str(REPORT) == (
        "Errors: 1, warnings: 0, information: 0\n"
        "error: HUS-1: Wrong <door> [bold] (/ClinicalDocument, line 7)"
    )
    assert str(apd.Report()) == "Errors: 0, warnings: 0, information: 0"
    assert str(apd.validate(b"")).endswith("not an appointment document. (line 1)")


def test_the_reports_on_a_set_say_how_far_they_are() -> None:
    reports = apd.validate_all([DOCUMENT, DOCUMENT])
    assert repr(reports) == "SetReport(<0 documents read so far>)"
    assert len(list(reports)) == 2
    assert repr(reports) == "SetReport(<2 documents read so far>)"


@pytest.mark.parametrize(
    ("value", "stated"),
    [
        (REPORT, ["HUS-1", "Wrong <door> [bold]", "/ClinicalDocument, line 7"]),
        (
            DOCUMENT,
            [
                "appointment.schedule.start",
                "CprNumber(***)",
                "PersonName(given=***",
            ],
        ),
        (OVERVIEW, ["2026-03-06", "10.00–11.00", "i morgen", "upcoming"]),
    ],
    ids=["report", "document", "overview"],
)
def test_both_forms_say_it(value, stated) -> None:
    page, text = value._repr_html_(), on_terminal(value)
    assert page.startswith("<table>")
    for one in stated:
        assert one.replace("<", "&lt;").replace(">", "&gt;") in page
        assert one in text
    assert not re.search(r"<(?!/?(?:table|thead|tbody|tr|th|td)>)", page)


@given(apd_st.documents(complete=False))
def test_nothing_is_shown_that_a_repr_masks(document) -> None:
    """Texts of less than eight characters may stand in others by chance."""
    shown, masked = unescape(document._repr_html_()), repr(document)
    texts = {text for text in kit.texts_in(document) if len(text) >= 8}
    assert not {text for text in texts if text in shown and repr(text)[1:-1] not in masked}


def test_what_a_terminal_would_obey_is_not_shown() -> None:
    finding = apd.Finding(
        rule="HUS-2", layer=apd.Layer.XML, wording=Wording("a\x1b[2J", "a\x1b[2J<script>")
    )
    report = apd.Report([finding])
    assert "\x1b" not in report._repr_html_()
    assert "\x1b[2J" not in on_terminal(report)
    assert "<script>" not in report._repr_html_()


def test_an_overview_shows_nothing_of_whom_or_what() -> None:
    shown = OVERVIEW._repr_html_()
    document = OVERVIEW.appointments[0].document
    ids = {document.id.value, document.appointment.id.value}
    assert not {text for text in kit.texts_in(document) - ids if len(text) > 4 and text in shown}
