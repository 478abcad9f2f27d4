"""The states of an entry, and the only ways from one to another."""

import pytest
from attrs import evolve

import apd
from apd.publication import Attempt, Entry, Found, Kind, Registered, State, Trouble, TroubleKind
from apd.publication.entry import abandoned, begun, confirmed, corrected, document_id, entry_uuid
from tests import samples
from tests.publication.making import DAY, MINUTE, NOW

NOTHING = Entry(appointment_id=samples.medcom_id(2))


def registered(version: int) -> Registered:
    entry = evolve(NOTHING, version=version - 1)
    return Registered(
        document_id=document_id(entry),
        entry_uuid=entry_uuid(entry),
        digest=bytes(16),
        patient=bytes(16),
        ends=NOW + DAY,
    )


def attempt(kind: Kind, version: int) -> Attempt:
    return Attempt(
        kind=kind,
        version=version,
        document=registered(version),
        due=NOW + 15 * MINUTE,
        expires=NOW + 2 * MINUTE,
    )


FIRST, SECOND = registered(1), registered(2)
PUBLISHING, REPLACING = attempt(Kind.PUBLISH, 1), attempt(Kind.REPLACE, 2)
DEPRECATING = attempt(Kind.DEPRECATE, 1)
ONE = evolve(NOTHING, version=1, document=FIRST, planned=NOW)
TWO = evolve(NOTHING, version=2, document=SECOND, planned=NOW)
GONE = evolve(ONE, document=None)
OTHER_UUID = "urn:uuid:00000000-0000-0000-0000-00000000000a"
APPROVED = Found(entry_uuid=OTHER_UUID, approved=True)
DEPRECATED = Found(entry_uuid=OTHER_UUID, approved=False)


def pending(entry: Entry, under_way: Attempt) -> Entry:
    return evolve(entry, attempt=under_way, planned=NOW)


def called_otherwise(entry: Entry) -> Entry:
    assert entry.document is not None
    return evolve(entry, document=evolve(entry.document, entry_uuid=OTHER_UUID))


@pytest.mark.parametrize(
    ("entry", "state"),
    [
        (NOTHING, State.NONE),
        (pending(NOTHING, PUBLISHING), State.PENDING),
        (ONE, State.APPROVED),
        (pending(ONE, REPLACING), State.PENDING),
        (GONE, State.DEPRECATED),
    ],
)
def test_the_state_follows(entry: Entry, state: State) -> None:
    assert entry.state is state


@pytest.mark.parametrize(
    ("entry", "under_way"), [(NOTHING, PUBLISHING), (ONE, REPLACING), (ONE, DEPRECATING)]
)
def test_begun(entry: Entry, under_way: Attempt) -> None:
    assert begun(entry, entry, under_way, NOW) == pending(entry, under_way)


@pytest.mark.parametrize("entry", [pending(NOTHING, PUBLISHING), ONE, GONE])
def test_not_begun_from_an_entry_that_the_plan_did_not_see(entry: Entry) -> None:
    assert begun(entry, NOTHING, PUBLISHING, NOW) is None


@pytest.mark.parametrize(
    ("entry", "accepted", "found", "after"),
    [
        (pending(NOTHING, PUBLISHING), PUBLISHING, None, ONE),
        (pending(ONE, REPLACING), REPLACING, None, TWO),
        (pending(ONE, DEPRECATING), DEPRECATING, None, GONE),
        # asked for, as no answer came
        (pending(NOTHING, PUBLISHING), PUBLISHING, APPROVED, called_otherwise(ONE)),
        (pending(NOTHING, PUBLISHING), PUBLISHING, DEPRECATED, GONE),
        (pending(ONE, DEPRECATING), DEPRECATING, DEPRECATED, GONE),
        # given up by another process meanwhile: it is a fact all the same
        (evolve(NOTHING, planned=NOW), PUBLISHING, None, ONE),
        (ONE, REPLACING, None, TWO),
        (ONE, DEPRECATING, None, GONE),
        (pending(ONE, DEPRECATING), REPLACING, None, TWO),
        (pending(ONE, REPLACING), DEPRECATING, None, pending(GONE, REPLACING)),
        # known already
        (ONE, PUBLISHING, None, None),
        (TWO, REPLACING, None, None),
        (GONE, DEPRECATING, None, None),
        (TWO, DEPRECATING, None, None),
        (pending(ONE, REPLACING), PUBLISHING, None, None),
        (pending(TWO, DEPRECATING), DEPRECATING, None, TWO),
    ],
)
def test_confirmed(
    entry: Entry, accepted: Attempt, found: Found | None, after: Entry | None
) -> None:
    assert confirmed(entry, accepted, found) == after


def test_its_content_is_not_known_if_another_attempt_brought_it_there() -> None:
    after = confirmed(pending(NOTHING, PUBLISHING), PUBLISHING, APPROVED, is_ours=False)
    assert after is not None
    assert after.document == evolve(FIRST, entry_uuid=OTHER_UUID, digest=None, patient=None)


@pytest.mark.parametrize(
    ("entry", "given_up", "after"),
    [
        (pending(NOTHING, PUBLISHING), PUBLISHING, evolve(NOTHING, planned=NOW)),
        (pending(ONE, REPLACING), REPLACING, ONE),
        (pending(ONE, DEPRECATING), DEPRECATING, ONE),
        # not this one's to give up
        (pending(ONE, DEPRECATING), REPLACING, None),
        (ONE, REPLACING, None),
        (TWO, REPLACING, None),
    ],
)
def test_abandoned(entry: Entry, given_up: Attempt, after: Entry | None) -> None:
    assert abandoned(entry, given_up) == after


def test_an_id_is_used_again_unless_it_is_taken() -> None:
    after = abandoned(pending(ONE, REPLACING), REPLACING)
    assert after is not None
    assert document_id(after) == SECOND.document_id
    taken = abandoned(pending(ONE, REPLACING), REPLACING, id_is_taken=True)
    assert taken is not None
    assert document_id(taken) == registered(3).document_id
    assert taken.document == FIRST


@pytest.mark.parametrize("refused", [REPLACING, DEPRECATING])
@pytest.mark.parametrize(
    ("found", "after"),
    [(APPROVED, called_otherwise(ONE)), (DEPRECATED, GONE), (None, GONE)],
)
def test_corrected(refused: Attempt, found: Found | None, after: Entry) -> None:
    assert corrected(pending(ONE, refused), refused, found) == after
    assert corrected(ONE, refused, found) is None


def test_ids_follow_from_appointment_and_version() -> None:
    ids = {document_id(evolve(NOTHING, version=version)).value for version in range(5)}
    ids |= {entry_uuid(evolve(NOTHING, version=version))[9:] for version in range(5)}
    ids |= {document_id(Entry(appointment_id=samples.medcom_id(3))).value}
    assert len(ids) == 11
    assert document_id(NOTHING).value == "4be5e3e5-a50e-51e8-9691-dbe63527f33b"  # for good


def test_digests_are_not_shown() -> None:
    assert "digest" not in repr(FIRST)
    assert repr(bytes(16)) not in repr(FIRST)


@pytest.mark.parametrize("value", ["", "urn:uuid:1", "urn:oid:1.2.3", samples.medcom_id(1).value])
def test_what_is_no_entry_uuid(value: str) -> None:
    with pytest.raises(apd.InvalidValue, match="urn:uuid"):
        Found(entry_uuid=value, approved=True)


def test_a_number_among_the_codes_of_a_registry_is_not_shown() -> None:
    codes = ("XDSRegistryError", "0503129900")
    refused = Trouble(kind=TroubleKind.REFUSED, step=Kind.PUBLISH, codes=codes)

    assert "('XDSRegistryError', '050312-****')" in repr(refused)
    assert refused.codes == codes
