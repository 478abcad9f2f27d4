"""Texts at the lengths where systems cut off, in every place of a document that takes one.

What is read, written, shown and sent says them whole; what has a limit says so.
"""

import html as markup
import re

import pytest
from hypothesis import HealthCheck, Phase, find, settings

import apd
from apd import change, jsonform, xds
from apd.overview import html, ics
from apd.testing import assert_says
from apd.testing import strategies as apd_st
from apd.testing.strategies.text import LONG_TEXTS, SHORT_TEXTS
from tests import samples
from tests.overview import kit
from tests.overview.reading_ics import events, marked, written
from tests.xds.making import configuration, header, number, submission_set

EACH = [*SHORT_TEXTS, *LONG_TEXTS]
QUICKLY = {SHORT_TEXTS[0], *(one for one in LONG_TEXTS if len(one) == 1000)}
marked_slow = [one if one in QUICKLY else pytest.param(one, marks=pytest.mark.slow) for one in EACH]
each = pytest.mark.parametrize("text", marked_slow, ids=lambda text: f"{len(text)} {text[:4]!a}")


def document(text: str) -> apd.AppointmentDocument:
    """A document that says a text wherever it may."""
    name, address = apd.PersonName([text], text), samples.address(lines=[text], city=text)
    person, house = apd.Person(name), apd.Organization(name=text)
    role = {"organization": house, "person": person, "address": address}
    return samples.document(
        appointment=samples.appointment(
            patient=samples.patient(name=name, address=address),
            reason=apd.Reason(text),
            responsible=samples.responsible(**role),
            performer=samples.performer(**role),
            location=samples.location(name=text, address=address),
        ),
        custodian=samples.custodian(name=text, address=address),
    )


@each
def test_it_is_written_and_read_again(text: str) -> None:
    made = document(text)
    data = apd.dumps(made)
    assert apd.loads(data) == made
    assert apd.validate(data).is_valid
    assert_says(data, made, strict=True)
    assert jsonform.loads(jsonform.dumps(made)) == made
    changed = change.diff(made, document(f"{text}x"))
    assert len(changed.changes) > 8


@each
def test_the_page_and_the_calendar_show_it_whole(text: str) -> None:
    made = kit.overview(document(text))
    page = html.page(made)
    shown = markup.unescape(re.sub(r"<[^>]*>|\u00ad|\u200b", "", page))
    assert " ".join(text.split()) in " ".join(shown.split())
    data = ics.calendar(made)
    assert max(map(len, data.split(b"\r\n"))) <= 75
    data.decode()  # no character is cut
    (event,) = events(written(made)).values()
    assert marked(text) in event.summary


@each
def test_what_is_sent_keeps_to_the_lengths_of_the_registry(text: str) -> None:
    made = document(text)
    entry = xds.document_entry(made, configuration(), entry_uuid=number(7))
    sent = xds.publish(entry, submission_set(entry))
    try:
        body = xds.provide_and_register(sent, apd.dumps(made), header()).body
    except apd.InvalidDocument as refused:
        assert len(text) > 200
        assert text not in str(refused)
    else:
        values = re.findall("<rim:Value>([^<]*)</rim:Value>", body.decode())
        assert values
        assert max(len(markup.unescape(value)) for value in values) <= 256


@each
def test_an_anonymous_copy_states_nothing_of_it(text: str) -> None:
    anonymous = change.anonymise(document(text), "a secret that is long enough")
    assert anonymous.appointment.patient.name != document(text).appointment.patient.name
    if len(text) > 8:
        assert text not in apd.dumps(anonymous).decode()


@pytest.mark.parametrize("length", sorted({len(one) for one in EACH}))
def test_the_strategy_makes_each_length(length: int) -> None:
    quickly = settings(
        max_examples=2000,
        phases=[Phase.generate],
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    assert find(apd_st.texts(), lambda text: len(text) == length, settings=quickly)
