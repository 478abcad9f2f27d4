"""``apd show --json``: the JSON form, a document a line; marked where anything is hidden."""

import json
from typing import Any

import pytest

import apd
from apd import jsonform


def test_a_document_a_line_in_the_order_of_the_files(apd_command, documents) -> None:
    result = apd_command("show", "--json", "--show-cpr", documents)
    assert (result.status, result.err) == (0, "")
    read = [jsonform.loads(line) for line in result.out.splitlines()]
    assert read == [apd.load(path) for path in sorted(documents.glob("*.xml"))]


def test_a_file_that_cannot_be_read_has_no_line(apd_command, documents) -> None:
    files = (documents / "home-nurse.xml", "nowhere.xml", documents / "blood-test-bus.xml")
    result = apd_command("show", "--json", *files)
    assert result.status == 2
    assert len(result.out.splitlines()) == 2
    assert result.err.startswith("apd: nowhere.xml: ")


def paths(form: Any, path: str = "$") -> list[str]:
    """Every place in a form, without the values."""
    if isinstance(form, dict):
        return [inner for key in form for inner in paths(form[key], f"{path}.{key}")]
    if isinstance(form, list):
        return [inner for item in form for inner in paths(item, f"{path}[]")]
    return [path]


def test_masked_has_the_same_places_in_the_same_order(apd_command, documents) -> None:
    masked, clear = (
        map(json.loads, apd_command("show", "--json", documents, *more).out.splitlines())
        for more in ([], ["--show-cpr"])
    )
    for hidden, shown in zip(masked, clear, strict=True):
        assert paths(hidden) == ["$.masked", *paths(shown)]


def test_masked_is_not_taken_for_the_document(apd_command, documents) -> None:
    masked = apd_command("show", "--json", documents / "home-nurse.xml").out
    with pytest.raises(jsonform.JsonError) as caught:
        jsonform.loads(masked)
    assert "$.masked" in [problem.path for problem in caught.value.problems]


def test_content_of_unmapped_is_left_out_unless_asked_for(apd_command, documents) -> None:
    xml = (documents / "home-nurse.xml").read_bytes().replace(b"<td>Skift", b"<td>SKIFT")
    masked = apd_command("show", "--json", "-", stdin=xml).out
    assert "SKIFT" not in masked
    (piece,) = json.loads(masked)["unmapped"]
    assert piece == {
        "path": "/ClinicalDocument/component/structuredBody/component/section/text",
        "difference": "narrative",
    }
    shown = apd_command("show", "--json", "--show-cpr", "-", stdin=xml).out
    assert jsonform.loads(shown) == apd.loads(xml)


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1"])
def test_any_encoding(apd_command, documents, encoding) -> None:
    path = documents / "home-nurse.xml"
    result = apd_command("show", "--json", "--show-cpr", path, encoding=encoding)
    assert jsonform.loads(result.out) == apd.load(path)
    assert result.out.isascii() == (encoding != "utf-8")
