"""Documents that say one thing very often: the time they take grows with their size only."""

import time

import pytest
from attrs import evolve

import apd
from apd.limits import MAX_DECLARATIONS
from tests.cda.editing import WRITTEN

pytestmark = pytest.mark.slow

SECONDS = 10
"""A generous bound for what takes about one; by the square of the size it takes minutes."""
BYTES = 300_000
"""A sixth of what is taken at most."""


def many(place: str, piece: str, most: int = BYTES, *, behind: bool = True) -> bytes:
    """The document with a piece over and over at a place; ``{}`` in it becomes a number."""
    text = WRITTEN.decode()
    assert place in text
    count = min((BYTES - len(text)) // (len(piece) + 4 * piece.count("{}")), most)
    pieces = "".join(map(piece.format, range(count)))
    return text.replace(place, place + pieces if behind else pieces + place, 1).encode()


ROLE, PATIENT = '<patientRole classCode="PAT">', '<patient classCode="PSN"'

MANY = {
    # which the model has several of
    "telecoms": many(PATIENT, '<telecom value="tel:{}"/>', behind=False),
    "equal telecoms": many(PATIENT, '<telecom value="tel:1"/>', behind=False),
    "names": many("<name>", "<given>Navn {}</given>"),
    "ids of an episode": many('<id extension="F-1" root="1.2.3"/>', '<id root="1.2.3.{}"/>'),
    "paragraphs": many("<text>", "<paragraph>{}</paragraph>"),
    # which the model has one of
    "authors": many('<realmCode code="DK"/>', "<author/>"),
    "templates": many('<realmCode code="DK"/>', '<templateId root="1.2"/>'),
    "service events": many("</custodian>", "<documentationOf><serviceEvent/></documentationOf>"),
    "entries": many("</entry>", "<entry/>"),
    "conditions": many("</encounter>", "<precondition/>", behind=False),
    # which it has none of
    "unknown elements": many(ROLE, "<x/>"),
    "unknown elements, all different": many(ROLE, '<x a="{}"/>'),
    "elements of other namespaces": many(ROLE, '<x xmlns="urn:{}"/>', MAX_DECLARATIONS - 10),
    "texts between elements": many(ROLE, "x<y/>"),
}


@pytest.mark.parametrize("case", MANY)
def test_many(case: str) -> None:
    begin = time.process_time()
    document = apd.loads(MANY[case])
    written = apd.dumps(document, check=False)
    assert time.process_time() - begin < SECONDS
    assert len(written) > len(MANY[case]) / 2


def test_many_that_would_say_otherwise_of_a_changed_document() -> None:
    """They are not all tried one by one."""
    data = many("<playingEntity", '<telecom value="tel:{}"/>', behind=False)
    begin = time.process_time()
    document = apd.loads(data)
    hall = apd.OtherLocation(name="Hallen")
    changed = evolve(document, appointment=evolve(document.appointment, location=hall))
    written = apd.dumps(changed, check=False)
    assert apd.loads(written).appointment == changed.appointment
    assert time.process_time() - begin < SECONDS
