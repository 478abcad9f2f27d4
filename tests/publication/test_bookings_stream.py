"""The bookings file as a stream says and refuses what the whole does."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import apd
from apd.jsonform import JsonError
from apd.publication import Booking, MemoryRegister, Register, Unreadable, plan, plan_each
from apd.publication.bookings_file import Bookings, dumps, loads
from apd.publication.bookings_stream import BookingStream
from tests import samples
from tests.publication.making import KEY, NOW, booking
from tests.publication.test_bookings_form import (
    CLINIC,
    EXAMPLE,
    HOSPITAL,
    WRONG,
    bookings,
    data,
    held,
)


def read(text: bytes) -> Bookings:
    """All that a stream gives, where all bookings can be read."""
    stream = BookingStream(io.BytesIO(text))
    read_at = stream.read_at
    some = [one for one in stream if isinstance(one, Booking)]
    return Bookings(read_at=read_at, bookings=some, producer=stream.producer)


def given_by(text: bytes) -> tuple[list[Booking | Unreadable], list[str]]:
    """What a stream gives, and the problems that it reports."""
    reported: list[str] = []
    return list(BookingStream(io.BytesIO(text), lambda one: reported.append(str(one)))), reported


def problems_of(text: bytes, reader: Any) -> list[str]:
    with pytest.raises(JsonError) as caught:
        reader(text)
    return [str(problem) for problem in caught.value.problems]


def in_bookings(problems: list[str]) -> list[str]:
    return [one for one in problems if one.startswith("$.bookings[")]


def test_the_example_is_read_alike() -> None:
    assert read(EXAMPLE.read_bytes()) == loads(EXAMPLE.read_bytes())


@given(
    st.lists(st.integers(2, 40), unique=True, max_size=5),
    st.permutations(["read_at", "bookings", "producer"]),
)
def test_whatever_the_order_of_its_keys(numbers: list[int], order: list[str]) -> None:
    whole = bookings(*(held(number, CLINIC if number % 2 else None) for number in numbers))
    written = json.loads(dumps(whole))
    text = json.dumps({key: written[key] for key in order}).encode()
    assert read(text) == whole


def test_it_can_be_gone_through_twice_and_from_a_pipe() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    whole = bookings(held(2), held(3))
    stream = BookingStream(Pipe(dumps(whole).encode()))
    assert (list(stream), list(stream)) == (list(whole.bookings),) * 2
    assert stream.places == {booking.id.value: at for at, booking in enumerate(whole.bookings)}
    assert stream.producer_of(None) == HOSPITAL


@pytest.mark.parametrize(("put", "value", "kind", "stated"), WRONG)
def test_what_is_wrong_is_reported_alike(put: Any, value: Any, kind: Any, stated: str) -> None:
    changed = data(2)
    put(changed, value)
    text = json.dumps(changed).encode()
    problems = problems_of(text, loads)
    if not in_bookings(problems):
        assert problems_of(text, read) == problems
        return
    (unreadable, booking), reported = given_by(text)
    assert isinstance(unreadable, Unreadable)
    assert isinstance(booking, Booking)
    assert reported == problems


def test_so_is_everything_that_is_wrong_at_once() -> None:
    changed = data(3)
    del changed["read_at"]
    changed["producer"]["source_id"] = "x"
    changed["bookings"][0]["patient_present"] = "yes"
    del changed["bookings"][2]["custodian"]
    text = json.dumps(changed).encode()
    problems = problems_of(text, loads)
    assert (
        problems_of(text, read)
        == [one for one in problems if one not in in_bookings(problems)]
        != []
    )


def _id(data: Any, value: object) -> None:
    data["appointment"]["id"] = value


UNREADABLE: dict[str, tuple[Callable[[Any], object], bool]] = {
    "a field is missing": (lambda one: one.pop("custodian"), True),
    "a field is of another type": (lambda one: one.update(patient_present="yes"), True),
    "something is unknown": (lambda one: one.update(name="x"), True),
    "something in the appointment": (lambda one: one["appointment"].update(reason=3), True),
    "no appointment": (lambda one: one.pop("appointment"), False),
    "no id": (lambda one: one["appointment"].pop("id"), False),
    "another kind of id": (
        lambda one: _id(one, {"type": "other", "root": "1.2.3", "extension": "5"}),
        False,
    ),
    "an id that is no UUID": (lambda one: _id(one, {"type": "medcom", "value": "5"}), False),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_booking_that_cannot_be_read_is_given_with_its_id_if_that_can_be(case: str) -> None:
    spoil, has_id = UNREADABLE[case]
    changed = data(3)
    id = changed["bookings"][1]["appointment"]["id"]["value"]
    spoil(changed["bookings"][1])
    (first, unreadable, last), reported = given_by(json.dumps(changed).encode())
    assert isinstance(first, Booking)
    assert isinstance(last, Booking)
    assert isinstance(unreadable, Unreadable)
    assert unreadable.reason == "$.bookings[1]"
    assert unreadable.appointment_id == (apd.MedComId(id) if has_id else None)
    assert in_bookings(reported) == reported != []


@pytest.mark.parametrize(
    ("written", "instead", "has_id"),
    [
        ('"patient_present": true', '"patient_present": NaN', True),
        ('"patient_present": true', '"patient_present": true, "patient_present": false', False),
    ],
)
def test_so_is_one_that_no_json_may_hold(written: str, instead: str, has_id: bool) -> None:
    """Of a key that is given twice it is not known which counts, so not whose booking it is."""
    text = json.dumps(data(2)).replace(written, instead, 1)
    (unreadable, _), reported = given_by(text.encode())
    assert isinstance(unreadable, Unreadable)
    assert (unreadable.appointment_id is not None) == has_id
    assert len(reported) == 1


def test_one_that_cannot_be_read_still_has_its_id_alone() -> None:
    changed = data(2)
    changed["bookings"][1] = {**changed["bookings"][0], "name": "x"}
    with pytest.raises(JsonError, match=r"bookings\[1\].appointment.id"):
        given_by(json.dumps(changed).encode())


@pytest.mark.parametrize(
    "text", [b"[]", b"7", b"{}", b'{"bookings": []}', b"", b"{", b'{"bookings":[{}]}']
)
def test_and_what_is_no_such_file(text: bytes) -> None:
    problems = problems_of(text, loads)
    assert problems_of(text, read) == [one for one in problems if one not in in_bookings(problems)]


def test_an_appointment_that_comes_twice() -> None:
    text = json.dumps({**data(), "bookings": data()["bookings"] * 2}).encode()
    assert problems_of(text, read) == problems_of(text, loads)


def test_no_booking_is_given_behind_one_that_comes_again() -> None:
    first, second = data(2)["bookings"]
    text = json.dumps({**data(), "bookings": [first, first, second]}).encode()
    given: list[Booking | Unreadable] = []
    with pytest.raises(JsonError, match=r"appointment\.id"):
        given.extend(BookingStream(io.BytesIO(text)))
    assert len(given) == 1


# --- the plan over a stream ------------------------------------------------------------------


class OnlyARegister:
    """A register with nothing but what every register has."""

    def __init__(self, inner: Register) -> None:
        self.entries, self.expired, self.update = inner.entries, inner.expired, inner.update


@pytest.fixture
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The register is asked for so few that a handful of bookings takes several turns."""
    monkeypatch.setattr("apd.publication.planning._AT_ONCE", 5)


@pytest.mark.usefixtures("few_at_once")
def test_each_step_has_its_booking() -> None:
    some = [booking(number) for number in range(2, 20)]
    pairs = list(plan_each(iter(some), MemoryRegister(), NOW, key=KEY))
    assert [one for one, _ in pairs] == some
    assert [step.appointment_id for _, step in pairs] == [one.id for one in some]


def test_whatever_a_register_can_do_the_plan_is_the_same() -> None:
    from tests.publication.house import House

    house = House()
    house.run(booking(2), booking(3), booking(4))
    now_held = [booking(3, reason=apd.Reason("Andet")), booking(4), booking(5)]
    house.now = NOW + 2 * (house.now - NOW)
    plain = OnlyARegister(house.register)
    assert plan(now_held, plain, house.now, key=KEY) == house.plan(*now_held)
    assert plan([], plain, house.now, key=KEY) == house.plan()
    assert len(house.plan()) == 3


@pytest.mark.usefixtures("few_at_once")
def test_two_bookings_of_one_appointment_far_apart() -> None:
    some = [booking(number) for number in (*range(2, 20), 2)]
    with pytest.raises(apd.InvalidValue, match="two with the same appointment id"):
        plan(some, MemoryRegister(), NOW, key=KEY)
    assert samples.medcom_id(2) == some[0].id


def test_a_file_has_so_many_bookings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apd.publication.bookings_file.MAX_BOOKINGS", 1)
    monkeypatch.setattr("apd.publication.bookings_stream.MAX_BOOKINGS", 1)
    text = EXAMPLE.read_bytes()
    assert problems_of(text, read) == problems_of(text, loads) != []
