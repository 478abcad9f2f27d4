"""Documents that say one thing very often, up to the size that is taken: read and written soon."""

import time

import pytest

import apd
from tests.cda.editing import WRITTEN

SECONDS = 10
"""A generous bound for what takes about one."""
BYTES = 1_900_000
"""Nearly as much as is taken."""


def many(place: str, piece: str, *, behind: bool = True) -> bytes:
    """The document with a piece over and over at a place; ``{}`` in it becomes a number."""
    text = WRITTEN.decode()
    assert place in text
    count = (BYTES - len(text)) // (len(piece) + 4 * piece.count("{}"))
    pieces = "".join(map(piece.format, range(count)))
    return text.replace(place, place + pieces if behind else pieces + place, 1).encode()


ROLE, PATIENT = '<patientRole classCode="PAT">', '<patient classCode="PSN"'

MANY = {
    "different telecoms": many(PATIENT, '<telecom value="tel:{}"/>', behind=False),
    "names": many("<name>", "<given>Navn {}</given>"),
    "ids of an episode": many('<id extension="F-1" root="1.2.3"/>', '<id root="1.2.3.{}"/>'),
    "paragraphs": many("<text>", "<paragraph>{}</paragraph>"),
}


@pytest.mark.parametrize("case", MANY)
def test_many(case: str) -> None:
    begin = time.monotonic()
    document = apd.loads(MANY[case])
    written = apd.dumps(document, check=False)
    assert time.monotonic() - begin < SECONDS
    assert len(written) > BYTES / 2
