"""The national integration test, run against producers that do it right, and that do not."""

import datetime
import json
import shlex
import sys
import uuid
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import html5lib
import pytest
from attrs import evolve

import apd
from apd.privacy.address_removal import appointment_without_address
from apd.publication import Booking, MemoryRegister, Publisher
from apd.testing import certification
from apd.testing.certification import (
    ROW_IDS,
    Handover,
    ProducerError,
    Protocol,
    RealClock,
    SimulatedClock,
    Verdict,
    as_data,
    certify,
    html,
    maker,
    markdown,
    publisher,
)
from apd.testing.certification.producers import CONFIGURATION
from apd.testing.certification.scenarios import SCENARIOS, TYPES, booking, series_cases
from apd.testing.certification.suite import test_integration as integration
from apd.testing.registry import Registry, RunningRegistry, Transaction

NOW = apd.local_time(2026, 11, 2, 9, 31)
Held = tuple[Booking, ...]
CATEGORIES = (apd.Category.REGIONAL, apd.Category.MUNICIPAL)


class System:
    """A system that publishes; each fault makes something else of what it holds."""

    def __init__(self, *faults: Callable[[Handover, Held], Held]) -> None:
        self.register, self.faults = MemoryRegister(), faults

    def publish(self, handover: Handover) -> None:
        held = handover.bookings
        for fault in self.faults:
            held = fault(handover, held)
        publisher = Publisher(
            self.register,
            handover.post,
            key=b"a key of the tests",
            producer=CONFIGURATION,
            clock=lambda: handover.now,
        )
        publisher.run(held)


def late(handover: Handover, held: Held) -> Held:
    """It publishes what has not changed for 16 minutes."""
    before = handover.now - datetime.timedelta(minutes=16)
    return tuple(one for one in held if one.changed <= before)


def five_months(handover: Handover, held: Held) -> Held:
    end = handover.now + datetime.timedelta(days=152)
    return tuple(one for one in held if not (one.is_repeating and one.starts > end))


def left_approved(handover: Handover, held: Held) -> Held:
    """It does not notice that something is cancelled."""
    long_ago = handover.now - datetime.timedelta(days=1)
    return tuple(
        one
        if one.appointment.status is apd.Status.ACTIVE
        else evolve(
            one,
            appointment=evolve(one.appointment, status=apd.Status.ACTIVE),
            changed=long_ago,
        )
        for one in held
    )


def run(*faults: Callable[[Handover, Held], Held], **settings: Any) -> Protocol:
    system = System(*faults)
    return certify(publisher(system.publish), clock=SimulatedClock(NOW), **settings)


def document_of(booking: Booking) -> apd.AppointmentDocument:
    """What a maker makes that does it right."""
    appointment = booking.appointment
    if booking.address_protected:
        appointment = appointment_without_address(appointment)
    return apd.AppointmentDocument(
        id=apd.MedComId(uuid.uuid4()),
        time=booking.changed,
        appointment=appointment,
        custodian=booking.custodian,
    )


@pytest.fixture(scope="module")
def right() -> Protocol:
    return run(producer_name="Bookingsystem <7.1> | A&B")


@pytest.fixture(scope="module")
def wrong() -> Protocol:
    # of practices, so that few scenarios are run
    return run(left_approved, late, five_months, categories=[apd.Category.PRACTITIONER])


# --- publishers ----------------------------------------------------------------------------------


def test_who_does_it_right_passes_every_row(right) -> None:
    assert tuple(row.id for row in right.rows) == ROW_IDS
    assert {row.verdict for row in right.rows} == {Verdict.PASSED}
    assert right.is_passed
    assert right.is_simulated
    [before, after] = right.row("4").evidence
    assert (before.status, after.status) == ("Approved", "Deprecated")
    assert before.document_id == after.document_id


def test_exactly_the_right_rows_fail(wrong) -> None:
    assert wrong.failed == ("2", "3", "4")
    stated = {row.id: [one.en for one in row.deviations] for row in wrong.rows}
    assert stated["2"][0] == "type 1, standard: after 16 minutes"
    assert stated["3"] == [
        "5 of 26 appointments up to 2027-05-02 cannot be fetched, from 2027-04-04"
    ]
    assert stated["4"] == ["an appointment that is cancelled: still has the status Approved"]
    delays = {one.delay for one in wrong.row("1").evidence}
    assert delays == {datetime.timedelta(minutes=16)}


@pytest.mark.slow
@pytest.mark.parametrize(("fault", "row"), [(late, "2"), (five_months, "3"), (left_approved, "4")])
def test_each_fault_fails_its_own_row(fault, row) -> None:
    assert run(fault).failed == (row,)


def test_one_that_publishes_nothing_fails_what_it_was_tested_in() -> None:
    def fail(_: Handover) -> None:
        raise KeyError("Vera Skovsang")

    two_minutes = datetime.timedelta(minutes=2)
    protocol = certify(
        publisher(fail),
        clock=SimulatedClock(NOW),
        types=[apd.AppointmentType.STANDARD],
        categories=[apd.Category.REGIONAL],
        patience=two_minutes,
    )
    not_tested = [row.id for row in protocol.rows if row.verdict is Verdict.NOT_TESTED]
    assert not_tested == ["3", "0101", "0102", "0103", "0104", "0105", "0202", "0301", "0302"]
    assert protocol.failed == ("1", "2", "4", "0201", "0203", "0303", "0304", "0401", "0501")
    assert "KeyError" in markdown(protocol)
    assert "Vera" not in markdown(protocol)


# --- makers of documents -------------------------------------------------------------------------


def test_a_maker_is_tested_in_what_it_makes() -> None:
    protocol = certify(maker(document_of), clock=SimulatedClock(NOW))
    assert protocol.is_passed
    assert [row.id for row in protocol.rows if row.verdict is Verdict.NOT_TESTED] == ["2", "3", "4"]


def faulty(one: Booking) -> Any:
    """Wrong in a few of the scenarios, each in its own way."""
    document = document_of(one)
    appointment = document.appointment
    if one.address_protected:  # 0401: the address is not taken out
        return evolve(document, appointment=one.appointment)
    if appointment.patient.birth_date and appointment.patient.birth_date.year > 2010:  # 0501
        raise ValueError(appointment.patient.id.value)
    if appointment.schedule.date_only:  # 0202: given a time of day
        schedule = apd.Schedule(appointment.schedule.start)
        return apd.dumps(evolve(document, appointment=evolve(appointment, schedule=schedule)))
    if appointment.schedule.end and appointment.schedule.end.date() > one.starts.date():  # 0201
        return apd.dumps(document).replace(b'<realmCode code="DK"/>', b'<realmCode code="SE"/>')
    if appointment.repetition is not None:  # 0102, 0103: another id in each
        other = apd.Repetition(apd.MedComId(uuid.uuid4()))
        return apd.dumps(evolve(document, appointment=evolve(appointment, repetition=other)))
    if appointment.schedule.indicative and one.appointment.category is apd.Category.MUNICIPAL:
        return None  # 0104
    return document


def test_exactly_the_scenarios_fail_that_are_wrong() -> None:
    protocol = certify(maker(faulty), clock=SimulatedClock(NOW))
    assert protocol.failed == ("0102", "0103", "0104", "0201", "0202", "0401", "0501")
    stated = {row.id: " ".join(one.en for one in row.deviations) for row in protocol.rows}
    assert "another repetition id" in stated["0102"]
    assert "no document was made" in stated["0104"]
    assert "differs: no time of day" in stated["0202"]
    assert "the document has errors: " in stated["0201"]
    assert "address is in the document" in stated["0401"]
    failed = "a child: no document could be made: ValueError (test_certification.py:"
    assert stated["0501"].startswith(failed)


def test_a_document_that_the_registry_refuses_is_a_deviation() -> None:
    """Each has the id of the first."""
    id = apd.MedComId(uuid.uuid4())
    protocol = certify(
        maker(lambda one: evolve(document_of(one), id=id)),
        clock=SimulatedClock(NOW),
        types=[apd.AppointmentType.STANDARD],
        categories=[apd.Category.PRACTITIONER],
    )
    assert protocol.failed == ("0401", "0501")
    [stated] = protocol.row("0501").deviations
    assert stated.en == "a child: the registry refused it: XDSNonIdenticalHash"


COPY = "import shutil, sys; shutil.copytree(sys.argv[1], sys.argv[2], dirs_exist_ok=True)"


def test_a_command_makes_the_documents(tmp_path) -> None:
    """Here it copies those that are made; one is about nothing, and one is missing."""
    for case in (TYPES[0], *SCENARIOS):
        if case.id != "0304":
            made = document_of(booking(case, CATEGORIES, NOW))
            (tmp_path / f"{case.id}.xml").write_bytes(apd.dumps(made))
    (tmp_path / "other.xml").write_text("<other/>", encoding="utf-8")
    command = [sys.executable, "-S", "-c", COPY, str(tmp_path), "{output}", "{bookings}"]
    protocol = certify(
        certification.command_maker(shlex.join(command)),
        clock=SimulatedClock(NOW),
        types=[apd.AppointmentType.STANDARD],
    )
    assert protocol.failed == ("0304",)
    assert protocol.row("0304").deviations[0].en == "region, past: no document was made"


@pytest.mark.parametrize(
    ("command", "stated"),
    [
        (f"{sys.executable} -S -c 1/0 {{bookings}} {{output}}", "ended with status 1"),
        ("/nowhere/maker {bookings} {output}", "could not be run: FileNotFoundError"),
    ],
)
def test_a_command_that_fails_is_a_deviation(command, stated) -> None:
    protocol = certify(
        certification.command_maker(command),
        clock=SimulatedClock(NOW),
        types=[apd.AppointmentType.STANDARD],
        categories=[apd.Category.PRACTITIONER],
    )
    assert protocol.failed == ("1", "0401", "0501")
    assert stated in protocol.row("1").deviations[0].en


def test_a_hook_is_named_by_module_and_function() -> None:
    named = f"{__name__}:document_of"
    assert certification.load_hook(named) is document_of
    for wrong in ("", "nowhere:f", __name__, f"{__name__}:nothing", f"{__name__}:NOW"):
        with pytest.raises(ProducerError):
            certification.load_hook(wrong)
    with pytest.raises(ProducerError, match="output"):
        certification.command_maker("make {bookings}")


# --- the protocol --------------------------------------------------------------------------------


def personal() -> set[str]:
    """What is told of the patients that are booked for."""
    cases = [*TYPES, *SCENARIOS, *series_cases(NOW.date(), NOW.date())]
    patients = {booking(case, CATEGORIES, NOW).appointment.patient for case in cases}
    reported: set[str] = set()
    for one in patients:
        reported |= {one.id.value, one.id.value[:6], *one.name.given, one.name.family}
        reported |= set(one.address.lines)
    return reported


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_protocol_states_nothing_personal(right, wrong, language) -> None:
    secrets = personal()
    for protocol in (right, wrong):
        data = json.dumps(as_data(protocol, language), ensure_ascii=False)
        for text in (markdown(protocol, language), html(protocol, language), data):
            words = set(text.replace("|", " ").replace("<", " ").replace(",", " ").split())
            assert not secrets & words
            assert not [secret for secret in secrets if len(secret) > 6 and secret in text]


def test_the_page_needs_nothing_and_is_escaped(right) -> None:
    page = html(right)
    html5lib.HTMLParser(strict=True).parse(page)
    assert "Bookingsystem &lt;7.1&gt; | A&amp;B" in page
    for forbidden in ("<script", "http://", "https://", "src=", "@import", "url("):
        assert forbidden not in page
    assert "color-scheme:light dark" in page
    assert page.count("tabindex=") == page.count("role=group aria-label=") > 0
    assert ".table{overflow:visible}" in page  # or paper would cut what is wide


def test_markdown_is_escaped(right) -> None:
    assert "Bookingsystem \\<7.1> \\| A&B" in markdown(right)


@pytest.mark.parametrize(("language", "word"), [("da", "Bestået"), ("en", "Passed")])
def test_every_row_stands_in_every_form(right, language, word) -> None:
    for text in (markdown(right, language), html(right, language)):
        assert text.count(word) >= len(ROW_IDS)
    data = as_data(right, language)
    assert [row["id"] for row in data["tests"]] == list(ROW_IDS)
    assert data["tests"][0]["evidence"][0]["document_id"].startswith("1.2.208.184^")


def test_the_suite_passes_skips_and_fails(right, wrong) -> None:
    integration(right, "2")
    with pytest.raises(AssertionError, match="after 16 minutes"):
        integration(wrong, "2")
    made = certify(maker(lambda _: None), clock=SimulatedClock(NOW))
    with pytest.raises(pytest.skip.Exception, match="Only the generation"):
        integration(made, "2")


# --- the clock, and the registry -----------------------------------------------------------------


def test_what_is_booked_follows_from_the_time() -> None:
    for case in (*TYPES, *SCENARIOS):
        one, other = (booking(case, CATEGORIES, NOW) for _ in range(2))
        assert one == other
        age = NOW.year - one.appointment.patient.birth_date.year
        assert (age < 18) is case.is_child


@pytest.mark.parametrize("day", ["2026-01-31", "2026-03-29", "2028-02-29", "2026-08-31"])
def test_a_series_reaches_to_the_last_day_with_even_gaps(day) -> None:
    today = datetime.date.fromisoformat(day)
    last = today + datetime.timedelta(days=181)
    days = [case.day for case in series_cases(today, last)]
    assert 181 in days
    assert {later - one for one, later in pairwise(days)} == {7}


def test_what_is_published_while_it_is_fetched_is_seen_the_next_time() -> None:
    """As by a system in its own time: here, when it sees that it is asked for."""
    system = System()
    handovers: list[Handover] = []

    class Watched(Registry):
        def receive(self, body: bytes, content_type: str | None = None) -> Any:
            answer = super().receive(body, content_type)
            if handovers and self.count(Transaction.QUERY) == 1:
                system.publish(handovers.pop())
            return answer

    protocol = certify(
        publisher(lambda handover: handovers or handovers.append(handover)),
        clock=SimulatedClock(NOW),
        registry=Watched(),
        types=[apd.AppointmentType.STANDARD],
        categories=[apd.Category.PRACTITIONER],
        patience=datetime.timedelta(minutes=3),
    )
    [evidence] = protocol.row("2").evidence
    assert evidence.delay == datetime.timedelta(minutes=1)


@pytest.mark.slow
def test_a_system_that_posts_to_the_address_in_its_own_time() -> None:
    import httpx

    from apd.publication.http import HttpPost

    register = MemoryRegister()

    def publish(handover: Handover) -> None:
        with httpx.Client() as client:
            post = HttpPost(client, registry=handover.url, repository=handover.url)
            publisher = Publisher(register, post, key=b"a key of the tests", producer=CONFIGURATION)
            publisher.run(handover.bookings)

    with RunningRegistry() as registry:
        clock = RealClock(seconds=0.1)
        protocol = certify(publisher(publish), clock=clock, registry=registry)
    assert (protocol.failed, protocol.is_simulated) == ((), False)
