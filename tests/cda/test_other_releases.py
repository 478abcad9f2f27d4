"""A release that does not exist is read and written without another line of code."""

import pickle

import pytest
from attrs import evolve
from hypothesis import given

import apd
from apd.standard.elements.common_constraints import fixed, row
from apd.standard.paths import ENCOUNTER
from apd.standard.releases import RELEASES
from apd.testing import strategies as apd_st
from apd.wording import Wording
from tests import samples
from tests.cda.editing import WRITTEN
from tests.cda.test_older_releases import OLDER, Older

PRIORITY = row(
    ENCOUNTER / "priorityCode",
    "CE",
    fixed(
        "",
        "codeSystem",
        "1.2.208.184.100.1",
        Wording("Hastegraden er fra MedCom.", "The priority is MedCom's."),
        name="APD-PRIORITY-1",
    ),
)
V2_1 = apd.Release("2.1", "apd-v2.1", "2027-01-01", elements=(PRIORITY,))
DOCUMENT = samples.full_document()
AS_2_1 = evolve(DOCUMENT, release=V2_1)
DATA = apd.dumps(DOCUMENT, check=False, release=V2_1)
WITH_MORE = DATA.replace(
    b"<statusCode", b'<text mediaType="text/plain"/>\n          <statusCode', 1
)


def test_it_is_written_with_its_own_dates_and_version() -> None:
    assert b"2019-09-10" not in DATA
    assert b"apd-v2.0.1" not in DATA
    assert DATA.count(b"2027-01-01") == WRITTEN.count(b"2019-09-10")
    assert WRITTEN.replace(b"2019-09-10", b"2027-01-01").replace(b"v2.0.1", b"v2.1") == DATA


def test_it_is_read_as_it_is() -> None:
    document = apd.loads(DATA, release=V2_1)
    assert document == AS_2_1
    assert document.unmapped == ()
    assert apd.dumps(document, check=False, release=V2_1) == DATA


@pytest.mark.parametrize(
    ("priority", "rules"),
    [
        ("", set()),
        ('<priorityCode code="R" codeSystem="1.2.208.184.100.1"/>', set()),
        ('<priorityCode code="R" codeSystem="1.2.3"/>', {"APD-PRIORITY-1"}),
    ],
)
def test_it_is_validated_by_its_own_table(priority: str, rules: set[str]) -> None:
    data = DATA.replace(b"<performer", priority.encode() + b"<performer", 1)
    report = apd.validate(data, release=V2_1)

    assert {found.rule for found in report.errors} == rules
    assert not apd.validate(data).is_valid  # of 2.0.1 it is none


def test_what_is_written_is_judged_by_its_own_table() -> None:
    assert apd.dumps(DOCUMENT, release=V2_1) == DATA
    with pytest.raises(apd.InvalidDocument):
        apd.dumps(evolve(DOCUMENT, appointment=samples.appointment(performer=None)), release=V2_1)


def test_an_element_that_is_new_in_it_is_kept() -> None:
    document = apd.loads(WITH_MORE, release=V2_1)
    assert [piece.path.rpartition("/")[2] for piece in document.unmapped] == ["text"]
    assert apd.dumps(document, check=False, release=V2_1) == WITH_MORE
    changed = evolve(document, language="en")
    written = apd.dumps(changed, check=False, release=V2_1)
    assert apd.loads(written, release=V2_1) == changed
    assert b'<text mediaType="text/plain"/>' in written


@given(apd_st.documents(complete=False))
def test_any_document_is_written_as_it_and_read(document: apd.AppointmentDocument) -> None:
    data = apd.dumps(document, check=False, release=V2_1)
    assert apd.loads(data, release=V2_1) == evolve(document, release=V2_1)


@pytest.mark.parametrize("older", OLDER.values(), ids=list(OLDER))
def test_an_older_document_is_lifted_to_it(older: Older) -> None:
    document = apd.loads(older.data, release=V2_1)
    assert (document.release, document.appointment) == (older.release, older.appointment)
    written = apd.dumps(document, check=False, release=V2_1)
    again = apd.loads(written, release=V2_1)
    assert (again.release, again.appointment) == (V2_1, older.appointment)


def test_so_is_one_of_the_release_that_is_current_now() -> None:
    document = apd.loads(WRITTEN, release=V2_1)
    assert document == DOCUMENT
    written = apd.dumps(document, check=False, release=V2_1)
    assert apd.loads(written, release=V2_1) == AS_2_1
    assert apd.dumps(apd.loads(WRITTEN), check=False, release=V2_1) == written


def test_and_back() -> None:
    document = apd.loads(WITH_MORE, release=V2_1)
    written = apd.dumps(document, check=False)
    assert apd.loads(written) == DOCUMENT
    assert b'<text mediaType="text/plain"/>' in written


# --- the values ----------------------------------------------------------------------------------


def test_a_release_is_its_number() -> None:
    assert [str(release) for release in RELEASES] == ["1.0", "1.1", "2.0", "2.0.1"]
    assert apd.Release.V2_0_1.value == f"{apd.Release.CURRENT}" == "2.0.1"
    assert repr(apd.Release.V1_0) == "<Release 1.0>"


def test_a_release_that_was_sent_to_another_process_is_the_same() -> None:
    for release in (*RELEASES, V2_1):
        again = pickle.loads(pickle.dumps(release))
        assert again == release
        assert hash(again) == hash(release)
    assert len({*RELEASES}) == len(RELEASES)
