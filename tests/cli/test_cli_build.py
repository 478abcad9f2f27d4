"""``apd build``: a document out of JSON, whole or not at all."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import apd
from apd import jsonform
from tests.places import EXAMPLES, ROOT, example_names, needs_examples

pytestmark = pytest.mark.slow  # many processes, one after another

DOCUMENT = ROOT / "examples" / "documents" / "home-nurse.xml"


@pytest.fixture
def data() -> Any:
    """A document in the JSON form."""
    return jsonform.to_data(apd.load(DOCUMENT))


@pytest.fixture
def written(tmp_path, data) -> Path:
    """The same in a file."""
    path = tmp_path / "booking.json"
    path.write_text(json.dumps(data), "utf-8")
    return path


def test_show_and_build_give_the_document_back(apd_command, documents, tmp_path) -> None:
    lines = apd_command("show", "--json", "--show-cpr", documents).out.splitlines()
    for path, line in list(zip(sorted(documents.glob("*.xml")), lines, strict=True))[::5]:
        target = tmp_path / path.name
        result = apd_command("build", "-", "-o", target, stdin=line.encode())
        assert result == (0, "", "")
        assert target.read_bytes() == apd.dumps(apd.load(path))


@needs_examples
def test_so_they_do_with_an_official_example(apd_command, tmp_path) -> None:
    path = EXAMPLES / next(name for name in example_names() if "maximum" in name)
    line = apd_command("show", "--json", "--show-cpr", path).out
    target = tmp_path / "a.xml"
    assert apd_command("build", "-", "--no-check", "-o", target, stdin=line.encode()).status == 0
    assert target.read_bytes() == apd.dumps(apd.load(path), check=False)


@pytest.mark.parametrize("options", [[], ["-o", "-"]])
def test_to_standard_output_in_utf_8_whatever_it_takes(environment, written, options) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "apd", "build", str(written), *options],
        capture_output=True,
        env={**environment, "PYTHONIOENCODING": "ascii"},
        check=True,
    )
    assert done.stdout == apd.dumps(apd.load(DOCUMENT))


def test_each_problem_is_a_line_with_its_path(apd_command, data, tmp_path) -> None:
    del data["appointment"]["patient"]
    data["appointment"]["reason"]["text"] = 7
    data["appointment"]["catgory"] = "municipal"
    result = apd_command("build", "--lang", "en", "-", stdin=json.dumps(data).encode())
    assert (result.status, result.out) == (2, "")
    assert result.err.splitlines() == [
        "apd: -: $.appointment.patient is missing: specify an object",
        "apd: -: $.appointment.reason.text is a number: specify a text",
        'apd: -: $.appointment has the unknown key "catgory": did you mean "category"?',
    ]


def test_in_danish_unless_another_language_is_chosen(apd_command, data) -> None:
    data["appointment"]["category"] = "regionalt"
    result = apd_command("build", "-", stdin=json.dumps(data).encode())
    assert result.err == (
        "apd: -: $.appointment.category er ikke en af de tilladte værdier: "
        'angiv "regional", "municipal" eller "practitioner"\n'
    )


def test_what_the_profile_demands(apd_command, data, tmp_path) -> None:
    data["appointment"]["reason"] = None
    path, target = tmp_path / "a.json", tmp_path / "a.xml"
    path.write_text(json.dumps(data), "utf-8")
    result = apd_command("build", path, "-o", target, "--lang", "en")
    assert (result.status, result.out) == (2, "")
    assert result.err == (
        f"apd: {path}: $.appointment.reason: The appointment must have exactly one reason: an "
        f"entryRelationship with the typeCode RSON.\n"
    )
    assert not target.exists()
    assert apd_command("build", path, "-o", target, "--no-check") == (0, "", "")
    assert apd.load(target).appointment.reason is None


WRONG = [
    (b"", "$ is empty: specify JSON"),
    (b"<ClinicalDocument/>", "$ is XML, not JSON"),
    (b"[" * 100_000, "$ is too deep"),
    (b"\xff\xfe", "$ is not UTF-8"),
    (b"{}{}", "$ is not JSON"),
    (b'{"id": 1, "id": 2}', "$ has the same key more than once"),
    (b"NaN", "$ is not a JSON number"),
    (b"[]", "$ is a list: specify an object"),
]


@pytest.mark.parametrize(("text", "message"), WRONG, ids=range(len(WRONG)))
def test_what_is_no_document(apd_command, text, message) -> None:
    result = apd_command("build", "-", "--lang", "en", stdin=text)
    assert (result.status, result.out) == (2, "")
    assert re.fullmatch(rf"apd: -: {re.escape(message)}.*\n", result.err)


def test_an_older_file_stays_where_none_can_be_made(apd_command, written, tmp_path) -> None:
    target = tmp_path / "a.xml"
    target.write_bytes(b"as it was")
    written.write_text("{", "utf-8")
    assert apd_command("build", written, "-o", target).status == 2
    assert target.read_bytes() == b"as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xml", "booking.json"]


def test_files_that_cannot_be_read_or_written(apd_command, written, tmp_path) -> None:
    for arguments, message in [
        (["nowhere.json"], "apd: nowhere.json: Filen findes ikke."),
        ([tmp_path], f"apd: ugyldig værdi for 'FILE': Filen '{tmp_path}' er en mappe"),
        ([written, "-o", tmp_path / "no" / "a.xml"], "apd: kan ikke skrive "),
        ([written, "-o", written], f"apd: {written} ville blive overskrevet"),
        ([], "apd: mangler argumentet 'FILE'"),
    ]:
        result = apd_command("build", *arguments)
        assert (result.status, result.out) == (2, "")
        assert result.err.startswith(message)
        assert result.err.count("\n") == 1
    assert jsonform.loads(written.read_bytes()) == apd.load(DOCUMENT)


@pytest.mark.skipif(not Path("/dev/null").is_char_device(), reason="there is no /dev/null")
def test_a_device_is_written_to_and_not_replaced(apd_command, written) -> None:
    assert apd_command("build", written, "-o", os.devnull) == (0, "", "")
    assert Path(os.devnull).is_char_device()


def test_no_personal_data_in_errors(apd_command, data, tmp_path) -> None:
    data["appointment"]["patient"]["id"]["value"] = "2512489996x"
    data["appointment"]["patient"]["name"]["Vera 2512489996"] = "Skovsang"
    path = tmp_path / "2512489996.json"
    path.write_text(json.dumps(data), "utf-8")
    result = apd_command("build", path)
    assert result.status == 2
    assert len(result.err.splitlines()) == 2
    assert "2512489996" not in result.err
    assert "Vera" not in result.err
