"""``apd validate``: findings, options, exit statuses, and everything that can be wrong."""

import json
import re
from pathlib import Path

import pytest
from lxml import etree

from tests.cli.inside import documents_in
from tests.reports.sarif_shape import check

pytestmark = pytest.mark.slow  # many processes, one after another

GOOD = "home-nurse.xml"
RULE = "CONF-DK-APD:cdc3"  # realmCode is DK


@pytest.fixture(scope="module")
def good(documents) -> bytes:
    """A document without findings."""
    return (documents / GOOD).read_bytes()


@pytest.fixture(scope="module")
def bad(good) -> bytes:
    """A document that breaks one clause."""
    return good.replace(b'<realmCode code="DK"/>', b'<realmCode code="SE"/>')


@pytest.fixture
def folder(tmp_path, good, bad) -> Path:
    """Good and bad documents, and files that are none."""
    files = {
        "bad.xml": bad,
        "cut.xml": good[:3000],
        "dtd.xml": b"<!DOCTYPE a><a/>",
        "empty.xml": b"",
        "good.xml": good,
        "huge.xml": b" " * (3 << 20),
        "other.xml": b"\n<a/>",
        "same.xml": good.replace(b"\n", b""),
        "zz/binary.xml": bytes(range(256)),
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return tmp_path


def headings(output: str) -> list[tuple[str, str]]:
    """File and severity of each finding in a report."""
    return re.findall(r"^([^\s:]+)(?::\d+)?: (\w+): .* \[.+\]$", output, re.MULTILINE)


# --- what is found ---------------------------------------------------------------------------


def test_the_examples_are_clean(apd_command, documents) -> None:
    result = apd_command("validate", documents, "--no-set", "--fail-on", "information")
    assert (result.status, result.err) == (0, ""), result.out
    assert len(result.out.splitlines()) == 1


@pytest.mark.parametrize(
    ("language", "message"), [("da", "-: intet at bemærke\n"), ("en", "-: nothing found\n")]
)
def test_standard_input(apd_command, good, language, message) -> None:
    assert apd_command("validate", "-", "--lang", language, stdin=good) == (0, message, "")


def test_a_finding_states_where_what_and_how_to_fix_it(apd_command, bad) -> None:
    result = apd_command("validate", "-", "--lang", "en", stdin=bad)
    first, line, pointer, path, remedy, source, blank = result.out.split("\n")[:7]
    assert (result.status, result.err, blank) == (1, "", "")
    assert re.fullmatch(r"-:3: error: code must be \"DK\"\. \[CONF-DK-APD:cdc3.*\]", first)
    assert line == '     3 | <realmCode code="…"/>'
    assert pointer == "       |            ^^^^^^^^"
    assert path.split() == ["path", "/ClinicalDocument/realmCode/@code"]
    assert (remedy.split()[0], source.split()[0]) == ("remedy", "source")


def test_every_bad_file_is_reported_and_none_stops_the_rest(apd_command, folder) -> None:
    result = apd_command("validate", "--lang", "en", "--no-set", "missing.xml", ".", cwd=folder)
    files = {Path(file).name for file, _ in headings(result.out)}
    assert files == {
        *("bad.xml", "binary.xml", "cut.xml", "dtd.xml", "empty.xml", "huge.xml", "other.xml")
    }
    assert (result.status, result.err) == (2, "apd: missing.xml: There is no such file.\n")
    assert result.out.splitlines()[-1] == (
        "Documents: 10, without findings: 2, with findings: 7, not checked: 1"
    )


def test_findings_are_sorted_by_place(apd_command, good) -> None:
    xml = good.replace(b'"DK"', b'"SE"').replace(b"<city>", b"<citi>").replace(b"/city", b"/citi")
    xml = xml.replace(b'code="da-DK"', b'code="da"')
    [form] = documents_in(apd_command("validate", "-", "--format", "json", stdin=xml).out)
    lines = [found["line"] for found in form["findings"]]
    assert len(lines) > 5
    assert lines == sorted(lines)


def test_no_personal_data_in_any_report(apd_command, good, tmp_path) -> None:
    for number, tag in enumerate((b"given", b"city", b"id")):
        xml = good.replace(b"<" + tag, b"<x" + tag).replace(b"</" + tag, b"</x" + tag)
        (tmp_path / f"2512489996-{number}.xml").write_bytes(xml)
        flat = xml.replace(b"\n", b"").replace(b'telecom use="H" value="tel:', b'telecom value="x:')
        (tmp_path / f"flat-{number}.xml").write_bytes(flat)
    for form in ("text", "sarif", "junit"):
        result = apd_command("validate", tmp_path, "--format", form)
        assert result.status == 1
        for personal in ("2512489996", "19481225", "Vera", "Lykke", "Skovsang", "Humlevangen"):
            assert personal not in result.out.replace("-", "")
        assert "Skift af" not in result.out
        assert "00102030" not in result.out


# --- options ---------------------------------------------------------------------------------

# options, and the exit status for the document that breaks one clause
STATUSES = [
    ([], 1),
    (["--off", RULE], 0),
    (["--off", "CDC3"], 0),
    (["--severity", f"{RULE}=warning"], 0),
    (["--severity", f"{RULE}=warning", "--fail-on", "warning"], 1),
    (["--severity", f"{RULE}=information", "--fail-on", "warning"], 0),
    (["--severity", f"{RULE}=information", "--fail-on", "information"], 1),
    (["--layer", "xml", "--layer", "schema"], 0),
    (["--layer", "profile"], 1),
]


@pytest.mark.parametrize(("options", "status"), STATUSES)
def test_what_counts(apd_command, bad, options, status) -> None:
    result = apd_command("validate", "-", *options, "--format", "json", stdin=bad)
    assert (result.status, result.err) == (status, "")
    [form] = documents_in(result.out)
    assert form["passed"] is (status == 0)


def test_findings_of_the_xml_layer_are_always_reported(apd_command) -> None:
    result = apd_command("validate", "-", "--layer", "business", stdin=b"<a")
    assert (result.status, "[XML-SYNTAX]" in result.out) == (1, True)


@pytest.mark.parametrize("form", ["text", "sarif"])
def test_the_same_report_whatever_the_number_of_processes(
    apd_command, folder, documents, form
) -> None:
    arguments = ["validate", "--format", form, "missing.xml", documents, "-", folder]
    one, two = (apd_command(*arguments, "--jobs", jobs, stdin=b"<a") for jobs in (1, 2))
    assert one == two
    assert one.status == 2
    assert len(one.out.splitlines()) > 10


def test_another_schema(apd_command, good, bad, tmp_path) -> None:
    (tmp_path / "any.xsd").write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"/></xs:schema>',
        encoding="utf-8",
    )
    result = apd_command("validate", "-", "--schema", tmp_path / "any.xsd", stdin=good)
    assert result.status == 1
    assert "[XSD-" in result.out


# --- formats ---------------------------------------------------------------------------------


def test_json(apd_command, folder) -> None:
    result = apd_command("validate", "missing.xml", ".", "--format", "json", "--no-set", cwd=folder)
    forms = documents_in(result.out)
    assert result.status == 2
    assert [form["file"] for form in forms] == [
        "missing.xml",
        *(f"./{path.relative_to(folder)}" for path in sorted(folder.rglob("*.xml"))),
    ]
    assert forms[0]["problem"] == "Filen findes ikke."
    assert [form["passed"] for form in forms].count(True) == 2


def test_sarif(apd_command, folder) -> None:
    result = apd_command(
        "validate", "missing.xml", folder, "--format", "sarif", "--no-set", cwd=folder
    )
    form = json.loads(result.out)
    check(form)
    [run] = form["runs"]
    places = [found["locations"][0]["physicalLocation"] for found in run["results"]]
    assert places[0] == {
        "artifactLocation": {"uri": "bad.xml"},
        "region": {"startLine": 3, "startColumn": 14},
    }
    assert places[-1]["artifactLocation"]["uri"] == "zz/binary.xml"
    assert not run["invocations"][0]["executionSuccessful"]
    assert result.status == 2


def test_junit(apd_command, folder) -> None:
    result = apd_command("validate", ".", "--format", "junit", "--no-set", cwd=folder)
    suite = etree.fromstring(result.out.encode())[0]
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("15", "7", "0")


@pytest.mark.parametrize(
    ("form", "encoding"),
    [("text", "latin-1"), ("text", "ascii"), ("json", "ascii"), ("sarif", "ascii")],
)
def test_terminals_that_do_not_know_every_character(apd_command, bad, form, encoding) -> None:
    result = apd_command("validate", "-", "--format", form, stdin=bad, encoding=encoding)
    assert (result.status, result.err) == (1, "")
    assert "cdc3" in result.out


# --- the report as a file --------------------------------------------------------------------


@pytest.mark.parametrize("form", ["text", "sarif"])
def test_a_file(apd_command, bad, form, tmp_path) -> None:
    target = tmp_path / "report"
    target.write_text("old", encoding="utf-8")
    arguments = ["validate", "-", "--format", form]
    result = apd_command(*arguments, "--output", target, stdin=bad)
    assert (result.status, result.out, result.err) == (1, "", "")
    assert target.read_text("utf-8") == apd_command(*arguments, stdin=bad).out
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_standard_output_by_name(apd_command, good) -> None:
    assert apd_command("validate", "-", "--output", "-", stdin=good).out.startswith("-: ")


def test_a_file_that_is_none_is_written_to_and_not_replaced(apd_command, good) -> None:
    if not Path("/dev/null").is_char_device():
        pytest.skip("there is no /dev/null")
    assert apd_command("validate", "-", "--output", "/dev/null", stdin=good) == (0, "", "")
    assert Path("/dev/null").is_char_device()


def test_the_report_is_not_checked_itself(apd_command, folder) -> None:
    arguments = ["validate", ".", "--format", "json", "--output", "report.xml"]
    apd_command(*arguments, cwd=folder)
    first = (folder / "report.xml").read_bytes()
    apd_command(*arguments, cwd=folder)
    assert (folder / "report.xml").read_bytes() == first


UNWRITABLE = [
    ("nowhere/report", "apd: kan ikke skrive nowhere/report: filen eller mappen findes ikke\n"),
    ("good.xml/report", "apd: kan ikke skrive good.xml/report: det er ikke en mappe\n"),
    ("zz", "apd: kan ikke skrive zz: det er en mappe\n"),
]


@pytest.mark.parametrize(("target", "message"), UNWRITABLE)
def test_a_file_that_cannot_be_written(apd_command, folder, target, message) -> None:
    before = sorted(folder.rglob("*"))
    result = apd_command("validate", ".", "--output", target, cwd=folder)
    assert result == (2, "", message)
    assert sorted(folder.rglob("*")) == before


def test_a_document_is_never_overwritten(apd_command, folder) -> None:
    result = apd_command("validate", "good.xml", "--output", "./good.xml", cwd=folder)
    assert (result.status, "ville blive overskrevet" in result.err) == (2, True)


def test_a_directory_without_documents(apd_command, tmp_path) -> None:
    for jobs in (1, 2):
        result = apd_command("validate", tmp_path, "--jobs", jobs, "--lang", "en")
        assert (result.status, result.out) == (2, "")
        assert result.err == f"apd: {tmp_path}: There are no XML files in the directory.\n"
