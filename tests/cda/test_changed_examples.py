"""Ten kinds of change on every official example: what is new is said, all else is as it was.

How many lines a change takes away and puts in, measured with ``python -m
tests.cda.test_changed_examples``, as the fewest, the median and the most over the examples:

                        fewest median most
    time                    10     18   62
    reason                   6     10   56
    requester gone           0      0   28
    requester new           25     25   27
    home instead of place    6     19   65
    episode gone             0      0   14
    repetition               2     15   61
    open end                 0     14   58
    new id and version       3      3    4
    one more telephone       1      1    1

Where the readable text speaks of what is changed it goes whole, which in one example is 45 lines.
"""

import datetime
import difflib
import statistics
import uuid
from collections import Counter
from collections.abc import Callable
from functools import cache

import pytest
from attrs import evolve

import apd
from tests import samples
from tests.places import EXAMPLES, example_names, needs_examples
from tests.sampling import one_in

Document = apd.AppointmentDocument
Change = Callable[[Document], Document]


def _with(document: Document, **fields: object) -> Document:
    return evolve(document, appointment=evolve(document.appointment, **fields))


def another_time(document: Document) -> Document:
    """An hour later."""
    schedule = document.appointment.schedule
    later = datetime.timedelta(hours=1)
    end = None if schedule.end is None else schedule.end + later
    return _with(document, schedule=evolve(schedule, start=schedule.start + later, end=end))


def one_more_telephone(document: Document) -> Document:
    """Of the patient."""
    patient = document.appointment.patient
    telecoms = (*patient.telecoms, apd.Telecom.phone("65999999", apd.TelecomUse.MOBILE))
    return _with(document, patient=evolve(patient, telecoms=telecoms))


def open_end(document: Document) -> Document:
    """The end is not known."""
    return _with(document, schedule=evolve(document.appointment.schedule, end=None))


CHANGES: dict[str, Change] = {
    "time": another_time,
    "reason": lambda document: _with(document, reason=apd.Reason("Noget helt andet")),
    "requester gone": lambda document: _with(document, requester=None),
    "requester new": lambda document: _with(document, requester=samples.requester()),
    "home instead of place": lambda document: _with(document, location=apd.HomeLocation()),
    "episode gone": lambda document: _with(document, episode_of_care=None),
    "repetition": lambda document: _with(
        document, repetition=apd.Repetition(samples.medcom_id(77))
    ),
    "open end": open_end,
    "new id and version": lambda document: evolve(
        document, id=apd.MedComId(uuid.UUID(int=9)), version_number=7
    ),
    "one more telephone": one_more_telephone,
}
MOST_LINES = {
    "time": 62,
    "reason": 56,
    "requester gone": 28,
    "requester new": 31,
    "home instead of place": 65,
    "episode gone": 14,
    "repetition": 61,
    "open end": 58,
    "new id and version": 4,
    "one more telephone": 1,
}
"""Lines that a change takes away and puts in at most; most are those of the readable text."""
APART = ("new id and version", "one more telephone")
"""Changes of what no example has anything beyond the model in."""


@cache
def documents() -> dict[str, Document]:
    """The official examples that can be read."""
    read = {}
    for name in example_names():
        try:
            read[name] = apd.load(EXAMPLES / name)
        except apd.ParseError:
            continue
    return read


def current() -> list[str]:
    """Those of the current release; others are rewritten to be lifted."""
    return [name for name, one in documents().items() if one.release == apd.Release.CURRENT]


def changed_lines(before: bytes, after: bytes) -> int:
    """How many lines went and came."""
    old, new = (data.decode("utf-8-sig").splitlines() for data in (before, after))
    lines = list(difflib.unified_diff(old, new, n=0, lineterm=""))[2:]
    return sum(line[0] in "+-" for line in lines)


def errors(data: bytes) -> set[str]:
    """The rules that a document breaks."""
    found = apd.validate(data).findings
    return {finding.rule for finding in found if finding.severity is apd.Severity.ERROR}


def beyond(document: Document) -> Counter[tuple[str, str | None]]:
    """What stands beyond the model, but for the readable text."""
    pieces = [p for p in document.unmapped if p.difference is not apd.Difference.NARRATIVE]
    return Counter((piece.difference, piece.xml) for piece in pieces)


@needs_examples
@pytest.mark.parametrize(
    ("kind", "name"), one_in(3, [(kind, name) for kind in CHANGES for name in example_names()])
)
def test_the_new_is_stated_and_no_rule_is_broken_that_was_not(kind: str, name: str) -> None:
    data = (EXAMPLES / name).read_bytes()
    try:
        document = apd.loads(data)
    except apd.ParseError:
        pytest.skip("there is no appointment in it")
    as_it_was = apd.dumps(document, check=False)
    changed = CHANGES[kind](document)
    written = apd.dumps(changed, check=False)
    assert evolve(apd.loads(written), release=document.release) == changed
    assert errors(written) <= errors(as_it_was)
    if document.release == apd.Release.CURRENT:
        assert changed_lines(data, written) <= MOST_LINES[kind]
    before, after = beyond(apd.loads(as_it_was)), beyond(apd.loads(written))
    assert after <= before
    assert kind not in APART or after == before


@needs_examples
@pytest.mark.parametrize("kind", CHANGES)
def test_what_is_changed_back_is_as_it_was(kind: str) -> None:
    """In what the model says; a null that gave way does not come back."""
    for name in current():
        document = documents()[name]
        changed = apd.loads(apd.dumps(CHANGES[kind](document), check=False))
        back = evolve(document, source=changed.source)
        assert apd.loads(apd.dumps(back, check=False)) == document


def main() -> None:
    """Print the table."""
    for kind, change in CHANGES.items():
        counts = []
        for name in current():
            data = (EXAMPLES / name).read_bytes()
            counts.append(changed_lines(data, apd.dumps(change(apd.loads(data)), check=False)))
        median = statistics.median(counts)
        print(f"{kind:<22} {min(counts):>3} {median:>5} {max(counts):>3}")


if __name__ == "__main__":
    main()
