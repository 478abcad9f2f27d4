"""``apd show --html``: the page of one document, written whole or not at all."""

import shutil
import sys

import pytest

from tests.overview.html import scenes
from tests.overview.html.reading import parsed, texts

VISIT = scenes.DOCUMENTS / "hospital-visit.xml"
CPR = "2512489996"


def test_a_page_is_written(apd_command, tmp_path) -> None:
    page = tmp_path / "page.html"
    result = apd_command("show", "--html", page, VISIT)
    assert result == (0, "", "")
    root = parsed(page.read_text("utf-8"))
    assert texts(root, "//h1") == ["Aftaledokument"]
    assert texts(root, "//header/p")[0].endswith("hospital-visit.xml")
    assert [entry.name for entry in tmp_path.iterdir()] == ["page.html"]


def test_numbers_are_masked_unless_asked_for(apd_command, tmp_path) -> None:
    named = tmp_path / f"{CPR}.xml"
    shutil.copy(VISIT, named)
    masked = apd_command("show", "--html", "-", named).out
    shown = apd_command("show", "--html", "-", "--show-cpr", "--lang", "en", named).out
    assert CPR not in masked
    assert "CPR 251248-****" in masked
    assert f"CPR {CPR}" in shown
    assert '<html lang="en">' in shown


def test_standard_input_and_output(apd_command) -> None:
    result = apd_command("show", "--html", "-", "-", stdin=VISIT.read_bytes(), encoding="latin-1")
    page = result.out.encode("latin-1").decode("utf-8")  # a page is UTF-8, whatever the terminal
    assert "<title>Aftaledokument</title>" in page
    assert "Mødested" in page


def test_what_cannot_be_read_has_a_page_as_well(apd_command, tmp_path) -> None:
    broken = tmp_path / "broken.xml"
    broken.write_text(f"<ClinicalDocument>{CPR}", encoding="utf-8")
    result = apd_command("show", "--html", tmp_path / "page.html", broken)
    assert result.status == 2
    assert "broken.xml: Det er ikke velformet XML" in result.err
    page = (tmp_path / "page.html").read_text("utf-8")
    assert "Der kan ikke læses nogen aftale i dokumentet." in page
    assert CPR not in page


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--html", "page.html", "a.xml", "a.xml"], "--html viser ét dokument"),
        (["--html", "page.html", "--json", "a.xml"], "angiv enten --html eller --json"),
        (["--html", "a.xml", "a.xml"], "a.xml ville blive overskrevet"),
        (["--html", "link.xml", "a.xml"], "link.xml ville blive overskrevet"),
        (["--html", "page.html", "none.xml"], "Filen findes ikke"),
        (["--html", "page.html", "."], "--html viser ét dokument og ingen mappe: angiv en fil"),
        (
            ["--html", "page.html", ".", "--lang", "en"],
            "one document and no directory: specify a file",
        ),
        (["--html", "no/page.html", "a.xml"], "kan ikke skrive no/page.html"),
    ],
)
def test_refusals_write_nothing(apd_command, tmp_path, arguments, message) -> None:
    if "link.xml" in arguments and sys.platform == "win32":
        pytest.skip("asks for symbolic links")
    shutil.copy(VISIT, tmp_path / "a.xml")
    (tmp_path / "link.xml").symlink_to("a.xml")
    result = apd_command("show", *arguments, cwd=tmp_path)
    assert (result.status, result.out) == (2, "")
    assert message in result.err
    assert result.err.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xml", "link.xml"]
    assert (tmp_path / "a.xml").read_bytes() == VISIT.read_bytes()
