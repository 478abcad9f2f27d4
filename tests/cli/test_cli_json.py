"""``apd show --json``: complete, in a stable order, and the same as the model."""

import datetime
import json
from enum import Enum
from typing import Any

import attrs
import pytest

import apd
from apd.model.identifiers import CprNumber, EpisodeId, MedComId, ProviderNumber, SorCode

OWN_IDENTIFIERS = (CprNumber, EpisodeId, MedComId, ProviderNumber, SorCode)


@pytest.fixture(scope="module")
def forms(apd_command, documents) -> dict[str, dict[str, Any]]:
    """The JSON of all example documents, by the name of their files; nothing masked."""
    result = apd_command("show", "--json", "--show-cpr", documents)
    assert (result.status, result.err) == (0, "")
    lines = [json.loads(line) for line in result.out.splitlines()]
    return {line["file"]: line for line in lines}


def check(value: Any, form: Any) -> None:
    """Fails unless a value of the model and its form say the same, down to the last field."""
    if isinstance(value, OWN_IDENTIFIERS):
        assert form == {"root": value.root, "extension": value.value, "authority": value.authority}
    elif isinstance(value, tuple):
        assert len(value) == len(form)
        for item, item_form in zip(value, form, strict=True):
            check(item, item_form)
    elif isinstance(value, datetime.datetime):
        assert datetime.datetime.fromisoformat(form) == value
    elif isinstance(value, datetime.date):
        assert datetime.date.fromisoformat(form) == value
    elif isinstance(value, Enum):
        assert form == value.value
    elif attrs.has(type(value)):
        names = [field.name for field in attrs.fields(type(value))]
        assert [name for name in form if name in names] == names
        for name in names:
            check(getattr(value, name), form[name])
    else:
        assert form == value


def test_every_field_is_there(forms, documents) -> None:
    assert len(forms) == len(list(documents.glob("*.xml")))
    for path in documents.glob("*.xml"):
        check(apd.load(path), forms[str(path)])


def test_what_follows_is_there(forms, documents) -> None:
    home_care = forms[str(documents / "home-care-morning.xml")]
    assert home_care["title"] == "Aftale for 2512489996"
    assert home_care["types"] == [2]
    assert home_care["appointment"]["location"]["type"] == 3
    assert home_care["appointment"]["schedule"]["part_of_day"] == "morning"
    assert forms[str(documents / "pool-training-1.xml")]["types"] == [1, 4]


def keys(form: Any) -> Any:
    """The names in a form, without the values."""
    return [(name, keys(value)) for name, value in form.items()] if isinstance(form, dict) else ()


def test_masked_has_the_same_keys_in_the_same_order(forms, apd_command, documents) -> None:
    result = apd_command("show", "--json", documents)
    for line in result.out.splitlines():
        masked = json.loads(line)
        assert keys(masked) == keys(forms[masked["file"]])


def test_content_of_unmapped_is_left_out_unless_asked_for(apd_command, documents) -> None:
    xml = (documents / "home-nurse.xml").read_bytes().replace(b"<td>Skift", b"<td>SKIFT")
    (piece,) = json.loads(apd_command("show", "--json", "-", stdin=xml).out)["unmapped"]
    assert piece == {
        "path": "/ClinicalDocument/component/structuredBody/component/section/text",
        "difference": "narrative",
        "place": "",
        "after": "",
    }
    shown = apd_command("show", "--json", "--show-cpr", "-", stdin=xml)
    (piece,) = json.loads(shown.out)["unmapped"]
    assert "SKIFT" in piece["xml"]
    assert piece["expected"]


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1"])
def test_any_encoding(apd_command, documents, encoding) -> None:
    result = apd_command("show", "--json", documents / "home-nurse.xml", encoding=encoding)
    assert json.loads(result.out)["appointment"]["location"]["address"]["city"] == "Kløverby"
    assert result.out.isascii() == (encoding != "utf-8")
