"""``apd validate``: what is wrong with several documents together."""

import shutil
from pathlib import Path

import pytest

from tests.cli.inside import documents_in

pytestmark = pytest.mark.slow  # many processes, one after another

RULE = "SET-DOCUMENT-ID"


@pytest.fixture
def twins(tmp_path, documents) -> Path:
    """The same document twice, and another one."""
    for source, name in (("home-nurse", "a"), ("hospital-visit", "b"), ("home-nurse", "c")):
        shutil.copy(documents / f"{source}.xml", tmp_path / f"{name}.xml")
    (tmp_path / "bad.xml").write_bytes(b"<")
    return tmp_path


# options, and whether the documents are compared
COMPARED = [
    ([], True),
    (["--set"], True),
    (["--no-set"], False),
    (["--jobs", "2"], True),
    (["--off", RULE], False),
    (["--layer", "profile"], False),
]


@pytest.mark.parametrize(("options", "compared"), COMPARED)
def test_when_they_are_compared(apd_command, twins, options, compared) -> None:
    result = apd_command("validate", "--format", "json", *options, ".", cwd=twins)
    forms = documents_in(result.out)
    together = [
        (form["file"], form["others"], form["passed"])
        for form in forms
        if form["set"] and form["findings"][0]["rule"] == RULE
    ]
    assert [form["file"] for form in forms[:4]] == ["./a.xml", "./b.xml", "./bad.xml", "./c.xml"]
    assert together == ([("./a.xml", ["./c.xml"], False)] if compared else [])


def test_they_count(apd_command, twins) -> None:
    assert apd_command("validate", "a.xml", "b.xml", cwd=twins).status == 0
    assert apd_command("validate", "a.xml", "c.xml", cwd=twins).status == 1
    result = apd_command("validate", "a.xml", "c.xml", "--no-set", cwd=twins)
    assert result.status == 0


def test_they_are_reported_in_words(apd_command, twins) -> None:
    out = apd_command("validate", "a.xml", "c.xml", "--lang", "en", cwd=twins).out
    assert f"a.xml: error: Several documents have the same document id. [{RULE}]\n" in out
    assert "  also    c.xml\n" in out


def test_one_document_has_nothing_to_be_compared_with(apd_command, twins) -> None:
    for options in ([], ["--set"]):
        assert apd_command("validate", "a.xml", *options, cwd=twins).status == 0


def test_a_file_that_is_named_twice_is_one_document(apd_command, twins) -> None:
    (twins / "link.xml").symlink_to("a.xml")
    names = ["a.xml", "a.xml", "./a.xml", twins / "a.xml", "link.xml", twins / "../" / twins.name]
    result = apd_command("validate", "--format", "json", "--off", RULE, *names, cwd=twins)
    files = [form["file"] for form in documents_in(result.out)]
    again = str(twins / ".." / twins.name)
    assert files == ["a.xml", *(f"{again}/{name}.xml" for name in ("b", "bad", "c"))]
    assert apd_command("validate", *names[:5], cwd=twins).status == 0
