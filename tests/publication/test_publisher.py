"""The publisher against a registry that follows the rules of XDS: what it does on bad nights."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import apd
from apd import xds
from apd.publication import (
    AsyncPublisher,
    Booking,
    Brake,
    Ground,
    MemoryRegister,
    Publisher,
    PublisherRegister,
    Reply,
    Retry,
    SqliteRegister,
    Unreadable,
    WrongKeyError,
    plan,
    read_bookings,
)
from apd.testing.registry import Fault, Transaction
from tests import samples
from tests.awaiting import awaited
from tests.publication.making import DAY, HOUR, KEY, MINUTE, NOW, booking, cancelled, moved
from tests.publication.publishing import PRODUCER, House, results, some

SUBMIT, UPDATE, ASK = Transaction.PROVIDE_AND_REGISTER, Transaction.UPDATE, Transaction.QUERY


@pytest.fixture(params=["memory", pytest.param("file", marks=pytest.mark.slow)])
def house(request, tmp_path) -> House:
    """A house with a register in memory, and one with a register in a file."""
    if request.param == "memory":
        return House()
    return House(register=SqliteRegister(tmp_path / "published.db"))


# --- a life --------------------------------------------------------------------------------------


def test_published_moved_and_cancelled(house: House) -> None:
    first = booking()
    assert results(house.run(first)) == [("publish", "done")]
    assert house.shown() == [first.starts]
    assert results(house.run(first)) == []
    assert results(house.run(moved(first))) == [("replace", "done")]
    assert house.shown() == [first.starts + HOUR]
    assert results(house.run(cancelled(first))) == [("deprecate", "done")]
    assert house.shown() == []
    assert house.registry.count(ASK) == 0  # the register knew whose it was


def test_without_cryptography_the_registry_is_asked_whose_a_document_is(house, monkeypatch) -> None:
    monkeypatch.setattr("apd.publication.sealing.can_seal", lambda: False)
    first = booking()
    house.run(first)
    assert results(house.run(cancelled(first))) == [("deprecate", "done")]
    assert house.registry.count(ASK) == 1


def test_a_booking_that_is_gone_is_deprecated_by_what_the_register_keeps(house: House) -> None:
    bookings = list(some(20, booking))
    house.run(*bookings)
    assert results(house.run(*bookings[1:])) == [("deprecate", "done")]
    assert len(house.shown()) == 19


def test_the_register_reveals_nothing_of_a_patient(tmp_path) -> None:
    house = House(register=SqliteRegister(tmp_path / "published.db"))
    house.run(booking())
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    patient = booking().appointment.patient
    for reported in (patient.id.value, *patient.name.given, samples.custodian().name):
        assert reported.encode() not in held
    assert PRODUCER.source_id.encode() in held


# --- faults of the registry ----------------------------------------------------------------------

FAULTS = [
    # what goes wrong, what the run says, whether the message was accepted
    (Fault.REFUSE, "refused", False),
    (Fault.BUSY, "refused", False),
    (Fault.FAULT, "unanswered", False),
    (Fault.HTML, "unanswered", False),
    (Fault.TIME_OUT, "unanswered", False),
    (Fault.LOSE_ANSWER, "unanswered", True),
    (Fault.PARTIAL_SUCCESS, "unanswered", True),
]


@pytest.mark.parametrize(("fault", "outcome", "is_accepted"), FAULTS)
@pytest.mark.parametrize("kind", ["publish", "replace", "deprecate"])
def test_one_fault(house: House, kind: str, fault: Fault, outcome: str, is_accepted: bool) -> None:
    first = booking()
    wanted = {"publish": first, "replace": moved(first), "deprecate": cancelled(first)}[kind]
    if kind != "publish":
        house.run(first)
    house.registry.order(fault)
    assert results(house.run(wanted)) == [(kind, outcome)]
    for _ in range(3):
        house.run(wanted)
    assert house.shown() == ([] if kind == "deprecate" else [wanted.starts])
    submitted = [SUBMIT, UPDATE][kind == "deprecate"]
    sent = house.registry.count(submitted) - (kind == "replace")
    assert sent == (1 if is_accepted else 2)  # nothing that was accepted is sent again


def test_a_registry_that_is_down_ends_the_run_and_the_next_goes_on(house: House) -> None:
    bookings = list(some(10, booking))
    house.registry.order(Fault.TIME_OUT, times=3)
    run = house.run(*bookings)
    assert results(run) == [("publish", "unanswered")] * 3
    assert run.stopped
    run = house.run(*bookings)
    assert not run.stopped
    assert len(house.shown()) == 10
    assert house.registry.count(SUBMIT) == 13


def test_it_cannot_be_asked_either(house: House) -> None:
    bookings = list(some(5, booking))
    house.registry.order(Fault.LOSE_ANSWER, times=3)
    house.registry.order(Fault.TIME_OUT, times=3, transaction=ASK)
    assert house.run(*bookings).stopped
    assert house.run(*bookings).stopped
    assert house.registry.count(SUBMIT) == 3
    house.run(*bookings)
    assert len(house.shown()) == 5
    assert house.registry.count(SUBMIT) == 5


def test_an_answer_from_which_consent_filtered_something_shows_nothing(house: House) -> None:
    first = booking()
    house.registry.order(Fault.LOSE_ANSWER)
    house.run(first)
    house.registry.order(Fault.CONSENT_FILTER, transaction=ASK)
    assert ("publish", "unanswered") in results(house.run(first))
    assert ("publish", "done") in results(house.run(first))
    assert house.registry.count(SUBMIT) == 1


@pytest.mark.parametrize("error", [OSError, ValueError, RuntimeError, ZeroDivisionError, KeyError])
def test_whatever_post_raises_it_is_not_known_what_arrived(house: House, error: Any) -> None:
    first = booking()

    def post(message: xds.Message) -> Reply:
        house.post(message)
        raise error("2512489996 is in here")

    house.now += MINUTE
    run = house.publisher(post).run([first])
    assert results(run) == [("publish", "unanswered")]
    assert "2512489996" not in repr(run)
    house.run(first)
    assert house.registry.count(SUBMIT) == 1
    assert house.shown() == [first.starts]


@pytest.mark.parametrize("answered", [None, 200, "text", (200, b""), True])
def test_what_is_no_answer_is_an_error_of_the_caller(house: House, answered: Any) -> None:
    with pytest.raises(TypeError, match="post must return the answer"):
        house.publisher(lambda _: answered).run([booking()])
    house.now += HOUR
    house.run(booking())
    assert house.shown() == [booking().starts]


@pytest.mark.parametrize("wrap", [lambda r: (r.body, r.content_type), lambda r: r.body])
def test_the_answer_may_be_a_body_alone(house: House, wrap: Any) -> None:
    run = house.publisher(lambda message: wrap(house.post(message))).run([booking()])
    assert results(run) == [("publish", "done")]


def test_no_security_token_no_message(house: House) -> None:
    def header() -> str:
        raise ConnectionError("the STS is down")

    house.settings = {"header": header}
    run = house.run(*some(9, booking))
    assert (results(run), run.stopped) == ([("publish", "not-sent")] * 3, True)
    assert house.registry.count() == 0
    house.settings = {"header": lambda: '<token xmlns="urn:example">x</token>'}
    assert len(house.run(*some(9, booking)).outcomes) == 9


# --- refusals ------------------------------------------------------------------------------------


def test_a_refusal_has_its_codes_and_what_to_do(house: House) -> None:
    house.registry.order(Fault.REFUSE, code="XDSUnknownPatientId")
    [outcome] = house.run(booking()).outcomes
    [error] = outcome.errors
    assert error.code == "XDSUnknownPatientId"
    assert "CPR-nummer" in error.advice()
    assert "CPR number" in error.advice("en")
    assert error.context == ""


def test_what_is_refused_waits_longer_each_time_and_is_parked(house: House) -> None:
    house.settings = {"retry": Retry(pauses=(5 * MINUTE, 10 * MINUTE), attempts=3)}
    house.registry.order(Fault.REFUSE, times=3)
    first, sent = booking(), []
    for _ in range(12):
        house.run(first)
        sent.append(house.registry.count(SUBMIT))
    assert sent == [1, 1, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3]
    status = house.publisher().status([first])
    assert (status.parked, status.due, status.overdue) == (1, 1, 1)
    assert house.publisher().release() == 1
    assert results(house.run(first)) == [("publish", "done")]
    assert house.publisher().status().parked == 0


@pytest.mark.parametrize(("attempts", "ground"), [(1, Ground.PARKED), (2, Ground.WAITING)])
def test_why_what_was_refused_is_left(house: House, attempts: int, ground: Ground) -> None:
    house.settings = {"retry": Retry(attempts=attempts)}
    house.registry.order(Fault.REFUSE)
    house.run(booking())
    [step] = plan([booking()], house.register, house.now, key=KEY)
    assert step.reason is ground


def test_a_booking_that_changed_is_not_what_was_refused(house: House) -> None:
    house.settings = {"retry": Retry(attempts=1)}
    house.registry.order(Fault.REFUSE)
    house.run(booking())
    assert results(house.run(booking())) == []
    assert results(house.run(moved(booking()))) == [("publish", "done")]


# --- one booking cannot stop another -------------------------------------------------------------


def unsendable(number: int = 7) -> Booking:
    """A booking that lacks what a document needs."""
    return booking(number, reason=None)


def test_what_cannot_be_made_stops_nothing(house: House) -> None:
    run = house.run(booking(), unsendable(), booking(8))
    assert results(run) == [("publish", "unsendable"), ("publish", "done"), ("publish", "done")]
    assert {finding.rule for finding in run.outcomes[0].findings}
    assert house.publisher().status().unsendable == 1
    house.run(booking(), booking(7), booking(8))
    assert len(house.shown()) == 3
    assert house.publisher().status().unsendable == 0


def test_a_booking_that_nobody_publishes_stops_nothing(house: House) -> None:
    house.settings = {"producer": None}
    run = house.run(booking(), evolve(booking(8), producer=PRODUCER))
    assert sorted(results(run)) == [("publish", "done"), ("publish", "unsendable")]
    [outcome] = run.of("unsendable")
    assert outcome.findings[0].field == "Booking.producer"


def test_metadata_that_are_refused_stop_nothing(house: House) -> None:
    responsible = samples.responsible()
    department = evolve(responsible.organization, name="Ortopædkirurgisk " * 20)
    long = booking(responsible=evolve(responsible, organization=department))
    [outcome, other] = house.run(long, booking(8)).outcomes
    assert (outcome.result, other.result) == ("unsendable", "done")
    assert outcome.findings[0].rule.startswith("XDS-LENGTH")


def test_a_producer_that_cannot_submit_is_refused_at_once() -> None:
    with pytest.raises(apd.InvalidValue, match="source_id"):
        Publisher(
            MemoryRegister(), lambda _: b"", key=KEY, producer=evolve(PRODUCER, source_id=None)
        )


def test_two_bookings_of_one_appointment_stop_nothing(house: House) -> None:
    house.run(booking(), booking(8))
    run = house.run(moved(booking()), booking(), booking(9))
    assert sorted(results(run))[0] == ("deprecate", "done")  # 8 is gone
    assert [one.findings[0].rule for one in run.of("unsendable")] == ["BOOKING-DOUBLED"]
    assert booking().starts in house.shown()
    assert house.registry.count(SUBMIT) == 3


def test_a_fault_of_ours_stops_nothing(house: House, monkeypatch) -> None:
    import apd.publication.messages as messages

    def broken(document: apd.AppointmentDocument, *, check: bool) -> bytes:
        if document.appointment.id == samples.medcom_id(7):
            raise ZeroDivisionError("2512489996")
        return apd.dumps(document, check=check)

    monkeypatch.setattr(messages, "dumps", broken)
    run = house.run(booking(), booking(7), booking(8))
    assert sorted(results(run)) == [
        ("publish", "done"),
        ("publish", "done"),
        ("publish", "unsendable"),
    ]
    [outcome] = run.of("unsendable")
    assert "ZeroDivisionError" in str(outcome.findings[0])
    assert "2512489996" not in repr(run)


def test_troubles_have_codes(house: House) -> None:
    house.registry.order(Fault.REFUSE, code="XDSUnknownPatientId")
    house.run(booking())
    [entry] = house.publisher().troubles()
    assert entry.trouble.codes == ("XDSUnknownPatientId",)
    assert entry.trouble.again == house.now + MINUTE


def test_what_cannot_be_read_leaves_what_is_published(house: House) -> None:
    bookings = list(some(10, booking))
    house.run(*bookings)
    unreadable = [Unreadable(appointment_id=one.id, reason="bad row") for one in bookings[:5]]
    assert results(house.run(*unreadable, *bookings[5:], booking())) == [("publish", "done")]
    assert len(house.shown()) == 11


def test_one_of_which_not_even_the_id_is_known_takes_nothing_down(house: House) -> None:
    bookings = list(some(20, booking))
    house.run(*bookings)
    assert results(house.run(*bookings[:19], Unreadable(appointment_id=None))) == []
    assert results(house.run(*bookings[:19])) == [("deprecate", "done")]


def test_a_mapping_that_fails_refuses_its_own_record_alone(house: House) -> None:
    def to_booking(number: int) -> Booking:
        if number == 3:
            raise KeyError("2512489996")
        return booking(number)

    records = [2, 3, 4]
    house.run(*map(booking, records))
    made = list(read_bookings(records, to_booking, lambda number: booking(number).id))
    assert isinstance(made[1], Unreadable)
    assert made[1].reason == "KeyError"
    assert results(house.run(*made)) == []
    assert len(house.shown()) == 3


# --- the brake -----------------------------------------------------------------------------------


def test_an_empty_list_takes_nothing_down(house: House) -> None:
    house.run(*some(12, booking))
    run = house.run()
    assert (results(run), run.braked.deprecations, run.braked.published) == ([], 12, 12)
    assert "12" in run.braked.message("en")
    assert len(house.shown()) == 12
    run = house.run(confirmed=12)
    assert results(run) == [("deprecate", "done")] * 12


@pytest.mark.parametrize(
    ("published", "gone", "is_braked"),
    [(1, 1, True), (2, 1, False), (10, 1, False), (10, 2, True), (20, 2, False), (20, 3, True)],
)
def test_more_than_a_tenth_needs_to_be_confirmed(
    house: House, published: int, gone: int, is_braked: bool
) -> None:
    bookings = list(some(published, booking))
    house.run(*bookings)
    run = house.run(*bookings[gone:])
    assert bool(run.braked) is is_braked
    assert len(house.shown()) == (published if is_braked else published - gone)


def test_cancellations_are_believed_unless_they_are_very_many(house: House) -> None:
    bookings = list(some(15, booking))
    house.run(*bookings)
    run = house.run(*map(cancelled, bookings[:10]), *bookings[10:])
    assert (len(run.outcomes), run.braked) == (10, None)
    house.run(*some(40, booking))
    assert house.run(*map(cancelled, some(40, booking))).braked


def test_the_brake_counts_if_it_is_asked_to(house: House) -> None:
    house.settings = {"brake": Brake(share=1, count=2)}
    bookings = list(some(20, booking))
    house.run(*bookings)
    assert house.run(*bookings[3:]).braked
    assert len(house.run(*bookings[2:]).outcomes) == 2


def test_everything_of_one_producer(house: House) -> None:
    other = evolve(PRODUCER, source_id="1.2.208.176.43210.8.1.30")
    ours, theirs = (
        list(some(40, booking)),
        [evolve(booking(number), producer=other) for number in (2, 3)],
    )
    house.run(*ours, *theirs)
    assert house.run(*ours).braked.producer == "1.2.208.176.43210.8.1.30"
    assert house.run(*ours, theirs[0]).braked is None


def test_another_key_is_refused(house: House) -> None:
    house.run(*some(5, booking))
    house.settings = {"key": b"another key of the tests"}
    with pytest.raises(WrongKeyError):
        house.run(*some(5, booking))
    with pytest.raises(WrongKeyError):
        house.publisher().status([])
    assert len(house.shown()) == 5


# --- a protected address -------------------------------------------------------------------------


def test_a_protected_address_is_taken_out_before_anything(house: House) -> None:
    home = booking(location=apd.HomeLocation(address=samples.patient().address))
    house.run(evolve(home, address_protected=True))
    [data] = house.registry.documents.values()
    address = samples.patient().address
    assert address.lines[0].encode() not in data
    assert apd.validate(data).is_valid
    assert results(house.run(evolve(home, address_protected=True))) == []
    assert results(house.run(home)) == [("replace", "done")]


# --- for operations ------------------------------------------------------------------------------


def test_status(house: House) -> None:
    late = booking(changed=NOW - HOUR)
    house.registry.order(Fault.TIME_OUT)
    house.run(late, booking(3, changed=NOW), unsendable())
    status = house.publisher().status([late, booking(3, changed=NOW), unsendable()])
    found = (status.published, status.under_way, status.unsendable, status.accepted, status.late)
    assert found in ((1, 1, 1, 1, 1), (1, 1, 1, 1, 0))
    metrics = status.openmetrics()
    assert metrics.endswith("# EOF\n")
    assert "apd_publication_published 1\n" in metrics
    assert dict(status.rows("en"))["Cannot be sent"] == "1"
    assert status.to_dict()["under_way"] == 1
    house.now += 2 * DAY
    assert house.publisher().status().accepted == 0


def test_lateness_is_that_of_the_answer(house: House) -> None:
    house.run(booking(changed=NOW - HOUR))
    status = house.publisher().status()
    assert (status.accepted, status.late) == (1, 1)
    assert status.latest_seconds == (4 + 60 - 15) * 60


def test_a_trouble_of_a_booking_that_is_gone_is_forgotten(house: House) -> None:
    house.run(unsendable(), booking())
    house.run(booking())
    assert house.publisher().status().unsendable == 0


# --- awaited -------------------------------------------------------------------------------------


def test_the_same_awaited() -> None:
    house = House()

    async def post(message: xds.Message) -> Reply:
        await asyncio.sleep(0)
        return house.post(message)

    publisher = AsyncPublisher(
        house.register, post, key=KEY, producer=PRODUCER, clock=lambda: house.now
    )
    house.registry.order(Fault.LOSE_ANSWER)
    assert results(awaited(publisher.run([booking()]))) == [("publish", "unanswered")]
    house.now += 5 * MINUTE
    [outcome] = awaited(publisher.settle())
    assert outcome.result == "done"
    assert results(awaited(publisher.run([moved(booking())]))) == [("replace", "done")]
    assert house.shown() == [booking().starts + HOUR]


def test_one_that_is_cancelled_is_settled_later() -> None:
    house = House()

    async def post(message: xds.Message) -> Reply:
        house.post(message)
        await asyncio.sleep(60)
        raise AssertionError

    async def cancel() -> None:
        publisher = AsyncPublisher(
            house.register, post, key=KEY, producer=PRODUCER, clock=lambda: house.now
        )
        await asyncio.wait_for(publisher.run([booking()]), timeout=0.2)

    with pytest.raises(TimeoutError):
        awaited(cancel())
    house.run(booking())
    assert house.registry.count(SUBMIT) == 1
    assert house.shown() == [booking().starts]


# --- what it is made of --------------------------------------------------------------------------


def test_a_register_of_version_1_is_migrated(tmp_path) -> None:
    path = tmp_path / "published.db"
    house = House(register=SqliteRegister(path))
    house.run(*some(12, booking))
    as_version_1(path)
    house.register = SqliteRegister(path)
    assert house.register.key_check() is None
    assert results(house.run(*some(12, booking))) == []
    changed = [cancelled(one) for one in some(12, booking)][:1]
    assert results(house.run(*changed, *list(some(12, booking))[1:])) == [("deprecate", "done")]


def as_version_1(path: Path) -> None:
    """Put a register back to what version 1 had."""
    with closing(sqlite3.connect(path)) as opened, opened as database:
        database.execute("DROP INDEX entry_by_trouble")
        database.execute("DROP INDEX entry_by_acceptance")
        database.execute("DROP TABLE register_key")
        columns = [row[1] for row in database.execute("PRAGMA table_info(entry)")]
        for column in columns[17:]:
            database.execute(f"ALTER TABLE entry DROP COLUMN {column}")
        database.execute("PRAGMA user_version = 1")


def test_it_is_a_register(tmp_path) -> None:
    assert isinstance(MemoryRegister(), PublisherRegister)
    assert isinstance(SqliteRegister(tmp_path / "published.db"), PublisherRegister)


def test_a_key_is_never_shown() -> None:
    shown = repr(Publisher(MemoryRegister(), lambda _: b"", key=KEY))
    assert KEY.decode() not in shown
    with pytest.raises(apd.InvalidValue):
        Publisher(MemoryRegister(), lambda _: b"", key=b"short")
