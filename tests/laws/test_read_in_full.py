"""What validates clean is read in full: where a value is dropped, a rule says so there or above.

After each edit of a value, ``validate`` has a finding at the element or around it if a field of the
model is gone that was there before.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

import pytest
from attrs import fields, has

import apd
from tests.laws.bases import bases, sample, summary, unlike_edits, unnumbered
from tests.laws.edits import Edit

OF_VALUES = (
    "blanks in attributes",
    "blanks in texts",
    "only blanks",
    "odd value",
    "other case",
    "xsi:type",
    "null beside content",
    "markup in a text",
    "hyphen",
    "other time",
)
"""The kinds of edits that leave every element where it is."""

SAMPLED = 60
"""So many edits of a kind are made in a run that is to be quick."""

PARTS = 16
"""Into so many tests the whole is split, for several processes."""

LEGITIMATE = re.compile(
    # an event of another template is one that an appointment has no use for, and may be there
    r".* @root /documentationOf/serviceEvent/templateId"
    # a list of no uses is one
    r"|(?:only blanks: empty|odd value: '') @use .*"
)
"""Edits after which less is said, and rightly so."""


def said(value: object, place: str = "") -> Iterator[str]:
    """The fields of a model that say something."""
    if has(type(value)):
        yield place
        for field in fields(type(value)):
            if field.name not in ("unmapped", "source"):
                # the number of an identifier, whatever form it has
                name = "value" if field.name == "extension" else field.name
                yield from said(getattr(value, field.name), f"{place}.{name}")
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from said(item, f"{place}[{number}]")
    elif value is not None:
        yield place


@cache
def said_before(base: str) -> frozenset[str]:
    """The fields that say something in an example as it is."""
    return frozenset(said(apd.loads(bases()[base])))


def dropped(base: str, edit: Edit) -> str:
    """What an edit drops and no finding says, in words; nothing where there is nothing."""
    data = edit.data()
    try:
        after = set(said(apd.loads(data)))
    except apd.ParseError:  # which the other law is about
        return ""
    gone = sorted(said_before(base) - after)
    if not gone or LEGITIMATE.fullmatch(unnumbered(edit.name)) or is_found(edit.place, data):
        return ""
    return f"nobody says that {gone[0]} is gone"


def is_found(place: str, data: bytes) -> bool:
    """Whether there is an error or a warning at an element or around it, but for the root."""
    return any(
        found.severity is not apd.Severity.INFORMATION and is_around(found.path, place)
        for found in apd.validate(data).findings
    )


def is_around(path: str, place: str) -> bool:
    """Whether a finding is at a place, or around it."""
    around = path.partition("/@")[0].removeprefix("/ClinicalDocument")
    return around != "" and f"{place}/".startswith(f"{around}/")


def all_dropped(edits: Iterable[tuple[str, Edit]]) -> list[tuple[str, str]]:
    """The edits that drop something which no finding says."""
    found = ((f"{base}: {edit.name}", dropped(base, edit)) for base, edit in edits)
    return [(name, how) for name, how in found if how]


@pytest.mark.parametrize("kind", OF_VALUES)
def test_what_is_dropped_is_found_after_some_edits(kind: str) -> None:
    found = all_dropped(sample(kind, SAMPLED))

    assert not found, summary(found)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_what_is_dropped_is_found_after_every_edit(part: int) -> None:
    edits = (one for one in unlike_edits() if one[1].kind in OF_VALUES)
    found = all_dropped(edit for index, edit in enumerate(edits) if index % PARTS == part)

    assert not found, summary(found)


def test_a_value_that_is_dropped_unseen_would_be_told_of() -> None:
    """The tests above would pass as well if nothing were ever missed."""
    base = next(iter(bases()))
    before = said_before(base)

    assert ".appointment.reason.text" in before
    assert before - set(said(apd.loads(bases()[base]))) == set()
    assert is_around("/ClinicalDocument/id/@root", "/id")
    assert not is_around("/ClinicalDocument", "/id")
    assert not is_around("/ClinicalDocument/id[1]", "/id[2]")
