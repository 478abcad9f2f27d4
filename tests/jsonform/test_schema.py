"""The JSON Schema: what it holds, and that it and the reader agree on the structure."""

import copy
import json
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import apd
from apd import jsonform
from apd.jsonform import Kind
from docs.generators.schemas import files
from tests.jsonform.making import data, documents, refused
from tests.places import ROOT

KEPT = ROOT / "docs" / "apd.schema.json"


@cache
def validator() -> Draft202012Validator:
    """Judges by the schema that is kept."""
    return Draft202012Validator(json.loads(KEPT.read_text("utf-8")))


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(jsonform.schema())


def test_the_one_that_is_kept_is_what_is_made() -> None:
    made = files()["apd.schema.json"]
    assert made == KEPT.read_bytes().decode()
    assert json.loads(made) == jsonform.schema()


def test_it_states_what_the_model_states() -> None:
    schedule = jsonform.schema()["$defs"]["Schedule"]
    assert schedule["description"] == apd.Schedule.__doc__.partition("\n")[0]
    assert schedule["required"] == ["start"]
    assert schedule["properties"]["indicative"]["default"] is False
    assert schedule["properties"]["end"]["description"] == (
        "when it ends, with an offset; null if that is not known (type 3). With a start that is "
        "a date, the last day."
    )
    home = jsonform.schema()["$defs"]["HomeLocation"]
    assert home["properties"]["type"] == {"const": "home"}
    assert home["properties"]["name"]["default"] == "Borgerens egen adresse"


def test_every_field_is_described() -> None:
    for name, one in jsonform.schema()["$defs"].items():
        for key, field in one["properties"].items():
            assert key == "type" or field["description"], f"{name}.{key}"
            assert "None" not in field.get("description", "")


@given(documents())
def test_every_document_is_valid(document: apd.AppointmentDocument) -> None:
    validator().validate(json.loads(jsonform.dumps(document)))


# --- the same judgement ------------------------------------------------------------------------

OTHER_VALUES = st.sampled_from(
    [None, True, False, 0, 3.0, 2.5, "", "x", "home", "sor", "other", [], ["x"], {}, {"type": "x"}]
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in data: what holds it, and its key there."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for key, inner in inside:
        found.append((value, key))
        if isinstance(inner, dict | list):
            found += places(inner)
    return found


def mutate(draw: st.DataObject, whole: Any) -> None:
    """Change one thing: another value, a key or an item gone, a key or an item more."""
    holder, key = draw.draw(st.sampled_from(places(whole)))
    change = draw.draw(st.sampled_from(["replace", "remove", "add", "copy"]))
    if change == "replace":
        holder[key] = draw.draw(OTHER_VALUES)
    elif change == "remove":
        del holder[key]
    elif change == "copy":  # what is right in one place, in another
        other, from_key = draw.draw(st.sampled_from(places(whole)))
        holder[key] = copy.deepcopy(other[from_key])
    elif isinstance(holder, dict):
        holder[draw.draw(st.sampled_from(["names", "type", "id", "extension", "masked"]))] = "x"
    else:
        holder.append(draw.draw(OTHER_VALUES))


@given(st.data(), documents(), st.integers(1, 3))
def test_the_reader_and_the_schema_refuse_the_same_structures(
    draw: st.DataObject, document: apd.AppointmentDocument, count: int
) -> None:
    whole = jsonform.to_data(document)
    for _ in range(count):
        mutate(draw, whole)
    is_refused = any(problem.kind is not Kind.VALUE for problem in refused(whole))
    assert validator().is_valid(whole) == (not is_refused)


@pytest.mark.slow
def test_each_place_with_each_other_value() -> None:
    count = len(places(data()))
    for number in range(count):
        for value in (None, 2.5, "x", [2.5], {"x": 1}):
            whole = data()
            place, at = places(whole)[number]
            place[at] = value
            is_refused = any(problem.kind is not Kind.VALUE for problem in refused(whole))
            assert validator().is_valid(whole) == (not is_refused), (at, value)
