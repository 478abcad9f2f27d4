"""What is refused, where, in what words; and that these never hold what stood there."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

import apd
from apd import jsonform
from apd.jsonform import Kind
from tests.jsonform.making import data, refused

Change = Callable[[Any], object]


class Wrong(NamedTuple):
    """Data that are wrong in one place.

    Args:
        path: the place, below the document.
        value: what stands there.
        kind: the kind of problem.
        message: what is said of it.
        at: where the problem is, the place unless given.
    """

    path: str
    value: Any
    kind: Kind
    message: str
    at: str = ""


LEFT_OUT = object()
NAME = "appointment.patient.name"
TABLE = [
    # wrong types
    Wrong(f"{NAME}.given.0", 7, Kind.TYPE, "is a number: specify a text"),
    Wrong(f"{NAME}.given.0", None, Kind.TYPE, "is null: specify a text"),
    Wrong(f"{NAME}.given", "Asta", Kind.TYPE, "is a text: specify a list"),
    Wrong(f"{NAME}.given", {"0": "Asta"}, Kind.TYPE, "is an object: specify a list"),
    Wrong(f"{NAME}.given", None, Kind.TYPE, "is null: specify a list"),
    Wrong(NAME, "Asta Prøve", Kind.TYPE, "is a text: specify an object"),
    Wrong("appointment.patient", None, Kind.TYPE, "is null: specify an object"),
    Wrong(
        "appointment.patient.id",
        "2512489996",
        Kind.TYPE,
        'is a text: specify an object with "type": "cpr" or "other"',
    ),
    Wrong("appointment.schedule.indicative", 1, Kind.TYPE, "is a number: specify true or false"),
    Wrong("appointment.status", True, Kind.TYPE, "is true or false: specify "),
    Wrong("version_number", "2", Kind.TYPE, "is a text: specify a whole number"),
    Wrong("version_number", 2.5, Kind.TYPE, "is a number: specify a whole number"),
    Wrong("version_number", True, Kind.TYPE, "is true or false: specify a whole number"),
    Wrong(
        "appointment.patient.birth_date", "31/12/1999", Kind.TYPE, "is not a date: specify a date"
    ),
    Wrong("appointment.patient.birth_date", "19991231", Kind.TYPE, "is not a date: specify a date"),
    Wrong("time", "2026-03-12T07:00:00", Kind.TYPE, "is not a time with an offset: specify a time"),
    Wrong("time", "2026-03-12", Kind.TYPE, "is not a time with an offset: specify a time"),
    Wrong("time", "2026-03-12T24:00:00+01:00", Kind.TYPE, "is not a time with an offset"),
    Wrong("time", "２026-03-12T07:00:00+01:00", Kind.TYPE, "is not a time with an offset"),
    Wrong("time", 1773298800, Kind.TYPE, "is a number: specify a time such as 2026-"),
    # words and tags
    Wrong(
        "appointment.category",
        "Regional",
        Kind.WORD,
        'is not one of the allowed values: specify "regional", "municipal" or "practitioner"',
    ),
    Wrong("appointment.patient.gender", "F", Kind.WORD, 'specify "male", "female" or'),
    Wrong("appointment.location.type", "hospital", Kind.WORD, 'specify "sor", "other" or "home"'),
    Wrong("appointment.location.type", 1, Kind.WORD, 'specify "sor", "other" or "home"'),
    Wrong("appointment.location.type", LEFT_OUT, Kind.MISSING, 'specify "sor", "other" or "home"'),
    Wrong("appointment.patient.id.type", "sor", Kind.WORD, 'specify "cpr" or "other"'),
    # keys
    Wrong(
        "appointment",
        LEFT_OUT,
        Kind.MISSING,
        "is missing: specify an object",
    ),
    Wrong(
        "appointment.id",
        LEFT_OUT,
        Kind.MISSING,
        'is missing: specify an object with "type": "medcom" or "other", or null',
    ),
    Wrong("appointment.reason.text", LEFT_OUT, Kind.MISSING, "is missing: specify a text"),
    Wrong(
        "appointment.pateint",
        {},
        Kind.UNKNOWN,
        'has the unknown key "pateint": did you mean "patient"?',
        "appointment",
    ),
    Wrong(
        "appointment.patient.birthDate",
        "1948-12-25",
        Kind.UNKNOWN,
        'has the unknown key "birthDate": did you mean "birth_date"?',
        "appointment.patient",
    ),
    Wrong(
        "appointment.schedule.xyz",
        1,
        Kind.UNKNOWN,
        "has one or more unknown keys: the known keys are start, end, indicative, note",
        "appointment.schedule",
    ),
    Wrong(
        "appointment.location.directions",
        1,
        Kind.UNKNOWN,
        "the known keys are type, id, name, address, telecom",
        "appointment.location",
    ),
    Wrong("masked", True, Kind.UNKNOWN, "use what apd show --json --show-cpr writes"),
    # what the model refuses
    Wrong(
        "appointment.patient.id.value", "251248-****", Kind.VALUE, "is not a CPR number: specify"
    ),
    Wrong(
        "appointment.patient.birth_date", "2025-02-29", Kind.VALUE, "is not a date: specify a date"
    ),
    Wrong("time", "1850-01-01T00:00:00Z", Kind.VALUE, "is out of range: specify a year from 1900"),
    Wrong(
        "appointment.schedule.end",
        "2001-01-01T00:00:00Z",
        Kind.VALUE,
        "is not after the start: specify a later time, or leave it out",
    ),
    Wrong(
        "appointment.schedule.indicative",
        False,
        Kind.VALUE,
        "is specified for an exact time: make the time indicative",
        "appointment.schedule.note",
    ),
    Wrong(f"{NAME}.family", "A\x00", Kind.VALUE, "contains a control character that XML cannot"),
    Wrong(f"{NAME}.given.0", "\ud83d", Kind.VALUE, "contains half of a Unicode character"),
    Wrong(NAME, {}, Kind.VALUE, "is empty: specify at least a given or family name"),
    Wrong(
        "appointment.patient.address",
        {},
        Kind.VALUE,
        "is empty: specify its parts, or a null flavor",
    ),
    Wrong(
        "appointment.performer.id",
        {"type": "other", "root": "1.2.208.176.1.1", "extension": "42"},
        Kind.VALUE,
        "is the root of SorCode: specify the number as SorCode",
        "appointment.performer.id.root",
    ),
    Wrong(
        "appointment.performer.id",
        {"type": "sor", "value": "X7"},
        Kind.VALUE,
        "does not have the right form: specify a SOR code of 1 to 18 digits",
        "appointment.performer.id.value",
    ),
    Wrong(
        "version_number", -1, Kind.VALUE, "is not a version number: specify a whole number from 0"
    ),
    Wrong("language", "da DK", Kind.VALUE, "specify a code without white space"),
]


def changed(path: str, value: Any) -> Any:
    """The data of a document with something else in one place."""
    given = inner = data()
    *steps, last = path.split(".")
    for step in steps:
        inner = inner[int(step) if step.isdigit() else step]
    key = int(last) if last.isdigit() else last
    if value is LEFT_OUT:
        del inner[key]
    else:
        inner[key] = value
    return given


def json_path(path: str) -> str:
    """``a.b.0`` as the form's paths have it: ``$.a.b[0]``."""
    return "$" + "".join(f"[{step}]" if step.isdigit() else f".{step}" for step in path.split("."))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.path}-{row.kind}-{row.message[:40]}")
def test_refused(row: Wrong) -> None:
    (problem,) = refused(changed(row.path, row.value))
    assert (problem.path, problem.kind) == (json_path(row.at or row.path), row.kind)
    assert row.message in problem.wording.en
    assert problem.wording.da
    assert problem.wording.da != problem.wording.en


def test_everything_at_once() -> None:
    given = data()
    del given["id"]
    given["appointment"]["patient"]["name"]["given"] = [1, "Asta", None]
    given["appointment"]["patient"]["gender"] = "woman"
    given["appointment"]["schedule"]["end"] = "noon"
    given["appointment"]["statsu"] = given["appointment"]["zzz"] = 1
    assert [(problem.path, problem.kind) for problem in refused(given)] == [
        ("$.id", Kind.MISSING),
        ("$.appointment.patient.name.given[0]", Kind.TYPE),
        ("$.appointment.patient.name.given[2]", Kind.TYPE),
        ("$.appointment.patient.gender", Kind.WORD),
        ("$.appointment.schedule.end", Kind.TYPE),
        ("$.appointment", Kind.UNKNOWN),
        ("$.appointment", Kind.UNKNOWN),
    ]


def test_the_error_states_what_is_wrong() -> None:
    given = {**data(), "time": "now", "version_number": "1"}
    with pytest.raises(jsonform.JsonError) as caught:
        jsonform.from_data(given, apd.AppointmentDocument, path="$.bookings[3]")
    assert str(caught.value) == (
        "$.bookings[3].time is not a time with an offset: specify a time such as "
        "2026-03-12T07:00:00+01:00; $.bookings[3].version_number is a text: specify a whole "
        "number"
    )
    assert caught.value.problems[1].in_language("da") == (
        "$.bookings[3].version_number er en tekst: angiv et helt tal"
    )


def test_a_long_list_of_problems_is_cut() -> None:
    with pytest.raises(jsonform.JsonError) as caught:
        jsonform.from_data({"lines": [1] * 9}, apd.Address)
    assert len(caught.value.problems) == 9
    assert str(caught.value).endswith("; and 4 more")


def test_of_a_long_row_of_mistakes_only_so_many_are_reported() -> None:
    lines = {"lines": [1] * 1000}
    address = {f"line{number}": 1 for number in range(1000)}
    assert len(refused(lines, apd.Address)) == 100
    assert len(refused(address, apd.Address)) <= 100
    with pytest.raises(jsonform.JsonError) as caught:
        jsonform.parse(f"[{'NaN,' * 999}NaN]")
    assert len(caught.value.problems) == 100


TEXTS: list[tuple[str | bytes, str, str]] = [
    ("", "$", "is empty: specify JSON"),
    (" \n", "$", "is empty: specify JSON"),
    ('{"id": ', "$", "is not JSON: see line 1, column 8"),
    ('{"id":\n]', "$", "is not JSON: see line 2, column 1"),
    ("{} {}", "$", "is not JSON: see line 1, column 4"),
    ("<ClinicalDocument/>", "$", "is XML, not JSON: apd show --json"),
    ("[<", "$", "is not JSON: see line 1, column 2"),
    ("{'id': null}", "$", "is not JSON"),
    ('{"a": "\n"}', "$", "is not JSON"),
    (b"\xff\xfe{\x00}\x00", "$", "is not UTF-8: save the file as UTF-8"),
    ('{"id": "\xe6"}'.encode("latin-1"), "$", "is not UTF-8"),
    ("[" * 100_000, "$", "is too deep"),
    ('{"id":' * 100_000, "$", "is too deep"),
    ("[" * 100_000 + "]" * 100_000, "$", "is too deep"),
    (" " * (jsonform.MAX_BYTES + 1), "$", "is too large"),
    ('{"version_number": NaN}', "$.version_number", "is not a JSON number"),
    ('{"appointment": [-Infinity]}', "$.appointment[0]", "is not a JSON number"),
    ('{"version_number": 1e999}', "$.version_number", "is too large a number"),
    (f'{{"version_number": {"9" * 5000}}}', "$.version_number", "is too large a number"),
    ('{"id": 1, "id": 1}', "$", "has the same key more than once: specify it once"),
    ('{"appointment": {"id": {}, "id": {}}}', "$.appointment", "has the same key more than once"),
    ('{"Asta Prøve": {"id": {}, "id": {}}}', "$.*", "has the same key more than once"),
]


@pytest.mark.parametrize(("text", "path", "message"), TEXTS, ids=range(len(TEXTS)))
def test_texts_that_are_refused(text: str | bytes, path: str, message: str) -> None:
    with pytest.raises(jsonform.JsonError) as caught:
        jsonform.loads(text)
    (problem,) = caught.value.problems
    assert (problem.path, problem.kind) == (path, Kind.JSON)
    assert message in problem.wording.en
    assert problem.wording.da != problem.wording.en


@pytest.mark.parametrize("text", ["3", "null", '"x"', "[]", "true", "[" * 150 + "]" * 150])
def test_what_is_no_object(text: str) -> None:
    with pytest.raises(jsonform.JsonError, match=r"^\$ is .*: specify an object$"):
        jsonform.loads(text)


def test_every_flaw_of_a_text_is_reported() -> None:
    with pytest.raises(jsonform.JsonError) as caught:
        jsonform.parse('{"id": NaN, "time": [1, 1e999], "appointment": {"id": 1, "id": 2}}')
    assert [problem.path for problem in caught.value.problems] == [
        "$.id",
        "$.time[1]",
        "$.appointment",
    ]


# --- nothing personal ------------------------------------------------------------------------

SECRET = "Hemmelig 2512489996"


@given(st.data())
def test_no_word_of_the_data_is_in_an_error(draw: st.DataObject) -> None:
    given_data = data()
    places = list(_places(given_data))
    holder, key = draw.draw(st.sampled_from(places))
    if draw.draw(st.booleans()) and isinstance(holder, dict):
        holder[SECRET] = holder.pop(key)
    else:
        holder[key] = draw.draw(
            st.sampled_from([SECRET, [SECRET], {SECRET: 1}, {"type": SECRET}, f"2026-{SECRET}"])
        )
    _assert_silent(given_data)


def _places(value: Any) -> Any:
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in list(inside):
        yield value, key
        if isinstance(inner, dict | list):
            yield from _places(inner)


def _assert_silent(given_data: Any) -> None:
    try:
        jsonform.loads(json.dumps(given_data))
    except jsonform.JsonError as error:
        stated = f"{error} {error!r} {error.__context__} {error.__cause__}"
        assert "emmelig" not in stated
        assert "2512489996" not in stated


@pytest.mark.parametrize("text", [f'{{"id": "{SECRET}', f'["{SECRET}", NaN]', f'"{SECRET}"'])
def test_no_word_of_a_text_is_in_an_error(text: str) -> None:
    with pytest.raises(jsonform.JsonError) as caught:
        jsonform.loads(text)
    assert caught.value.__context__ is None  # json's own error holds the whole text
    assert "emmelig" not in f"{caught.value} {caught.value!r}"


# --- nothing but JsonError leaves ------------------------------------------------------------

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
KEYS = st.sampled_from(["type", "value", "root", "given", "start", "end", "lines", "id", "name"])
NEARLY = st.recursive(
    st.sampled_from([None, True, 0, 10**25, 1e300, "", "sor", "cpr", "other", "\ud800", "1.2"])
    | st.sampled_from(["0001-01-01", "9999-12-31T23:59:59-23:59", "1900-01-01T00:00:00+23:59"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
)


@given(st.binary() | st.text(st.characters()))
def test_any_text(text: bytes | str) -> None:
    with pytest.raises(jsonform.JsonError):
        jsonform.loads(text)


@given(ANY_JSON)
def test_any_data(given_data: Any) -> None:
    assert refused(given_data)


@given(NEARLY, st.sampled_from(["patient", "schedule", "location", "performer", "reason", "id"]))
def test_nearly_right_data(value: Any, key: str) -> None:
    problems = refused(changed(f"appointment.{key}", value))
    assert all(problem.path.startswith(f"$.appointment.{key}") for problem in problems)
