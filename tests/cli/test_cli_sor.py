"""``--sor FILE`` and ``[tool.apd.sor]``: documents held against a register."""

import json
from pathlib import Path

import pytest

from tests.cli.inside import Apd, documents_in

OWN = "code;name;street;postal_code;city;telephone;valid_from;valid_to\n"
NURSE = OWN + "9990021000016009;Hjemmeplejen;;;;;;\n9990061000016003;;;;;;;\n"
TABLE = '[tool.apd.sor]\nfile = "units.csv"\ncolumns = {code = "Kode", name = "Navn"}\n'
UNITS = "Kode;Navn\n9990021000016009;Hjemmeplejen\n"


@pytest.fixture
def folder(tmp_path: Path, documents: Path) -> Path:
    """A document and two registers, one of which has columns of its own."""
    (tmp_path / "nurse.xml").write_bytes((documents / "home-nurse.xml").read_bytes())
    (tmp_path / "own.csv").write_text(NURSE, "utf-8")
    (tmp_path / "units.csv").write_text(UNITS, "utf-8")
    return tmp_path


def found(apd_command: Apd, folder: Path, *arguments: str) -> list[str]:
    """The rules that ``apd validate`` finds broken."""
    result = apd_command("validate", "nurse.xml", "--format", "json", *arguments, cwd=folder)
    assert result.err == ""
    (form,) = documents_in(result.out)
    return sorted({one["rule"] for one in form["findings"]})


def test_a_register_on_the_command_line(apd_command, folder) -> None:
    assert found(apd_command, folder, "--sor", "own.csv") == ["SOR-NAME"]
    assert found(apd_command, folder) == []


def test_a_register_that_is_configured(apd_command, folder) -> None:
    (folder / "pyproject.toml").write_text(TABLE, "utf-8")
    assert found(apd_command, folder) == ["SOR-NAME", "SOR-UNKNOWN"]
    (folder / "in").mkdir()
    (folder / "nurse.xml").rename(folder / "in" / "nurse.xml")
    assert found(apd_command, folder / "in", "--off", "SOR-NAME") == ["SOR-UNKNOWN"]


def test_severities_hold_where_there_is_a_register(apd_command, folder) -> None:
    (folder / "pyproject.toml").write_text(
        '[tool.apd]\noff = ["SOR-ADDRESS"]\nseverity = {SOR-NAME = "error"}\n', "utf-8"
    )
    assert apd_command("validate", "nurse.xml", cwd=folder).status == 0
    assert apd_command("validate", "nurse.xml", "--sor", "own.csv", cwd=folder).status == 1


def test_the_report_in_sarif_has_the_rules_of_the_register(apd_command, folder) -> None:
    result = apd_command(
        "validate", "nurse.xml", "--sor", "own.csv", "--format", "sarif", cwd=folder
    )
    (run,) = json.loads(result.out)["runs"]
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert {ids[one["ruleIndex"]] for one in run["results"]} == {"SOR-NAME"}


@pytest.mark.slow
def test_several_processes_report_the_same(apd_process, folder) -> None:
    for number in range(70):
        (folder / f"{number}.xml").write_bytes((folder / "nurse.xml").read_bytes())
    arguments = ("validate", ".", "--sor", "own.csv", "--no-set", "--format", "json")
    one = apd_process(*arguments, cwd=folder)
    assert one.out.count('"rule": "SOR-NAME"') == 2 * 71
    assert apd_process(*arguments, "--jobs", "2", cwd=folder) == one


def test_the_page_of_a_document_states_what_differs(apd_command, folder) -> None:
    result = apd_command(
        "show", "nurse.xml", "--html", "-", "--lang", "en", "--sor", "own.csv", cwd=folder
    )
    assert (result.status, result.err) == (0, "")
    assert "SOR-NAME" in result.out
    assert "Look the code up in SOR" in result.out
    assert "SOR-NAME" not in apd_command("show", "nurse.xml", "--html", "-", cwd=folder).out


REFUSED = [
    ("", ["--sor", "none.csv"], "none.csv: Filen findes ikke."),
    ("", ["--sor", "units.csv"], "units.csv:1: har ikke kolonnen 'code'"),
    ("", ["--sor", "nurse.xml"], "nurse.xml:1:"),
    ("[tool.apd.sor]\nfiles = 'x'\n", [], "har ikke nøglen 'files'; den har file, columns, del"),
    ("[tool.apd.sor]\nfile = 1\n", [], "[tool.apd] sor: file skal være en tekst"),
    ("[tool.apd]\nsor = 'x.csv'\n", [], "skal være en tabel som"),
    ("[tool.apd.sor]\ncolumns = {kode = 'x'}\n", [], "har ikke nøglen 'kode'; den har code, name"),
    ("[tool.apd.sor]\ncolumns = {code = 1}\n", [], "code skal være navnet på en kolonne"),
    ("[tool.apd.sor]\ncolumns = {code = 'x', street = [1]}\n", [], "street skal være navnet på"),
    ("[tool.apd.sor]\ncolumns = {name = 'x'}\n", [], "skal være en tabel som {code ="),
    ("[tool.apd.sor]\ndelimiter = ';;'\n", ["--sor", "own.csv"], "delimiter er ikke ét tegn"),
    ("[tool.apd.sor]\nencoding = 'x'\n", ["--sor", "own.csv"], "encoding kan ikke læses linje"),
]


@pytest.mark.parametrize(("table", "arguments", "message"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_read_is_one_line(apd_command, folder, table, arguments, message) -> None:
    (folder / "pyproject.toml").write_text(table, "utf-8")
    result = apd_command("validate", "nurse.xml", *arguments, cwd=folder)
    assert (result.status, result.out) == (2, "")
    assert message in result.err
    assert result.err.count("\n") == 1


def test_it_goes_with_a_page(apd_command, folder) -> None:
    result = apd_command("show", "nurse.xml", "--sor", "own.csv", cwd=folder)
    assert (result.status, result.out) == (2, "")
    assert "--sor hører til --html" in result.err


def test_no_document_can_be_made_that_breaks_them(apd_command, folder) -> None:
    result = apd_command("generate", "--defect", "SOR-NAME", "--out", "made", cwd=folder)
    assert result.status == 2
    assert "hvor et register er angivet" in result.err
