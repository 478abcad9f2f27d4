"""``apd roundtrip``: what it tells, and its exit status."""

import pytest

VERSION = "/ClinicalDocument/documentationOf[2]/serviceEvent/id/@extension"


@pytest.fixture(scope="module")
def older(documents) -> bytes:
    """A document that says it is of an older release, and so is changed when it is written."""
    return (documents / "hospital-visit.xml").read_bytes().replace(b"apd-v2.0.1", b"apd-v1.1")


def test_all_examples_are_unchanged(apd_command, documents) -> None:
    result = apd_command("roundtrip", documents)
    count = len(list(documents.glob("*.xml")))
    *lines, blank, summary = result.out.splitlines()
    assert (result.status, result.err, blank) == (0, "", "")
    assert len(lines) == count
    assert all(line.endswith(".xml: uændret") for line in lines)
    assert summary == f"{count} dokumenter: {count} uden forskelle, 0 med forskelle, 0 ikke læst"


# options, and what is written of an older document
REPORTED = [
    ([], f"-: 1 forskel; DK-APD 1.1 skrives som 2.0.1\n  ændres  {VERSION}\n"),
    (["--lang", "en"], f"-: 1 difference; DK-APD 1.1 is written as 2.0.1\n  changed  {VERSION}\n"),
    (
        ["--lang", "en", "--show-content"],
        f"-: 1 difference; DK-APD 1.1 is written as 2.0.1\n  changed  {VERSION}\n"
        "           apd-v1.1 → apd-v2.0.1\n",
    ),
]


@pytest.mark.parametrize(("options", "reported"), REPORTED)
def test_what_changes_in_an_older_document(apd_command, older, options, reported) -> None:
    assert apd_command("roundtrip", *options, "-", stdin=older) == (1, reported, "")


def test_content_is_shown_when_asked_for(apd_command, older) -> None:
    moved = older.replace(b"<realmCode", b"<wrong/><realmCode").replace(b"EVN", b"RQO", 1)
    moved = moved.replace(b'value="19481225"', b'value="19481225000000+0000"')
    quiet = apd_command("roundtrip", "--lang", "en", "-", stdin=moved)
    telling = apd_command("roundtrip", "--lang", "en", "--show-content", "-", stdin=moved)
    assert (quiet.status, telling.status) == (1, 1)
    assert "birthTime/@value" in quiet.out
    assert "19481225" not in quiet.out
    assert "19481225000000+0000 → 19481225" in telling.out


def test_a_file_that_cannot_be_read_outweighs_a_difference(
    apd_command, documents, older, tmp_path
) -> None:
    (tmp_path / "older.xml").write_bytes(older)
    (tmp_path / "bad.xml").write_bytes(b"<")
    good = documents / "hospital-visit.xml"
    both = apd_command("roundtrip", "--lang", "en", tmp_path, good)
    assert both.status == 2
    assert both.out.splitlines()[-1] == ("3 documents: 1 unchanged, 1 with differences, 1 not read")
    assert len(both.err.splitlines()) == 1
    assert apd_command("roundtrip", tmp_path / "older.xml", good).status == 1


def test_files_are_left_alone(apd_command, older, tmp_path) -> None:
    path = tmp_path / "older.xml"
    path.write_bytes(older)
    apd_command("roundtrip", tmp_path)
    assert [p.read_bytes() for p in tmp_path.iterdir()] == [older]
