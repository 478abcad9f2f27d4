"""``pytest --apd``, as the user of a test suite has it."""

import re

import pytest
from lxml import etree

import apd
from apd.testing import plugin
from apd.testing.synthetic import Selection, as_released, document
from tests.places import ROOT

pytestmark = [
    pytest.mark.slow,  # many processes, one after another
    pytest.mark.usefixtures("all_imported"),
]

pytest_plugins = ["pytester"]

GOOD = (ROOT / "examples" / "documents" / "home-nurse.xml").read_bytes()
BAD = GOOD.replace(b'"DK"', b'"SE"')
CUT = GOOD[:3000]
OTHER_CDA = GOOD.replace(b"1.2.208.184.14.", b"1.2.208.184.15.")
RULE = "CONF-DK-APD:cdc3-CODE"

# it may be installed as well; then it is loaded by this name only
PLUGIN = ("-p", "no:apd", "-p", "apd.testing.hooks")
FILES = {
    "good.xml": GOOD,
    "in/bad.xml": BAD,
    "in/cut.xml": CUT,
    "in/other-cda.xml": OTHER_CDA,
    "in/other.xml": b"<project/>",
    "in/words.txt": GOOD,
    "in/empty.xml": b"",
}


@pytest.fixture
def project(pytester, monkeypatch) -> pytest.Pytester:
    """A directory with documents, other XML, and a test of the ordinary kind."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.syspath_prepend(ROOT)
    for name, data in FILES.items():
        path = pytester.path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    pytester.makepyfile(test_ordinary="def test_ordinary(): pass")
    return pytester


def outcomes(result: pytest.RunResult) -> dict[str, int]:
    found = result.parseoutcomes()
    return {name: found[name] for name in found if name not in ("warning", "warnings")}


def collected(result: pytest.RunResult) -> list[str]:
    """The names that ``--collect-only -q`` lists."""
    return [line for line in result.outlines if "::" in line]


# --- what is a test --------------------------------------------------------------------------


def test_nothing_unless_asked_for(project) -> None:
    result = project.runpytest_inprocess(*PLUGIN)
    assert outcomes(result) == {"passed": 1}


def test_every_appointment_document_is_a_test(project) -> None:
    result = project.runpytest_inprocess(*PLUGIN, "--apd", "--collect-only", "-q")
    assert collected(result) == [
        "good.xml::good.xml",
        "in/bad.xml::bad.xml",
        "in/cut.xml::cut.xml",
        "in/empty.xml::empty.xml",
        "in/other-cda.xml::other-cda.xml",
        "test_ordinary.py::test_ordinary",
    ]
    result = project.runpytest_inprocess(*PLUGIN, "--apd")
    assert outcomes(result) == {"passed": 2, "failed": 2, "skipped": 2}


# arguments, and the files that are tested
CHOSEN = [
    (["in"], ["bad", "cut", "empty", "other-cda"]),
    (["in/bad.xml"], ["bad"]),
    (["in/bad.xml::bad.xml", "good.xml"], ["bad", "good"]),
    (["-k", "good or cut"], ["good", "cut"]),
    (["-k", "not in"], ["good"]),
    (["-m", "apd"], ["good", "bad", "cut", "empty", "other-cda"]),
    (["--ignore", "in", "-m", "apd"], ["good"]),
    (["-o", "apd_files=b*.xml c*.xml", "-m", "apd"], []),
    (["-o", "apd_files=b*.xml\nc*.xml", "-m", "apd"], ["bad", "cut"]),
    (["-o", "apd_files=in/*.xml", "-m", "apd"], ["bad", "cut", "empty", "other-cda"]),
    (["-o", "apd_files=*/bad.*", "-m", "apd"], ["bad"]),
]


@pytest.mark.parametrize(("arguments", "files"), CHOSEN)
def test_which_files(project, arguments, files) -> None:
    result = project.runpytest_inprocess(*PLUGIN, "--apd", "--collect-only", "-q", *arguments)
    assert [line.rpartition("::")[2] for line in collected(result)] == [f"{f}.xml" for f in files]


def test_markers_are_known(project) -> None:
    result = project.runpytest_inprocess(*PLUGIN, "--apd", "--strict-markers", "-m", "not apd")
    assert outcomes(result) == {"passed": 1, "deselected": 5}
    listed = project.runpytest_inprocess(*PLUGIN, "--markers")
    listed.stdout.fnmatch_lines(["@pytest.mark.apd: an appointment document*"])


# --- what counts -----------------------------------------------------------------------------

# options, settings, and what comes of the document with one fault
SETTINGS = [
    ([], "", "failed"),
    ([], "apd_level = error", "failed"),
    ([], f"apd_ignore = {RULE}", "passed"),
    ([], f"apd_ignore =\n    BR-TEXT-PLACE\n    {RULE}", "passed"),
    ([], "apd_level = information", "failed"),
    (["--apd-level", "warning"], "", "failed"),
    ([], "apd_ignore = cdc3-code", "passed"),
]


@pytest.mark.parametrize(("options", "settings", "outcome"), SETTINGS)
def test_what_counts(project, options, settings, outcome) -> None:
    project.makeini(f"[pytest]\n{settings}\n")
    result = project.runpytest_inprocess(*PLUGIN, "--apd", "in/bad.xml", *options)
    assert outcomes(result) == {outcome: 1}


def test_a_level_decides(project) -> None:
    """A document that has warnings only."""
    warned = GOOD.replace(b"9990061000016003", b"9990061000016004")  # a wrong check digit
    (project.path / "warned.xml").write_bytes(warned)
    levels = {}
    for level in ("error", "warning"):
        arguments = ("--apd", "warned.xml", "--apd-level", level)
        levels[level] = outcomes(project.runpytest_inprocess(*PLUGIN, *arguments))
    assert levels == {"error": {"passed": 1}, "warning": {"failed": 1}}


WRONG = [
    ("apd_level = grave", "--apd: the level must be one of error, warning, information"),
    ("apd_ignore = NO-RULE", "--apd: there is no rule 'NO-RULE'; apd rules lists them all"),
    ("apd_language = se", "apd_language must be da or en"),
]


@pytest.mark.parametrize(("settings", "message"), WRONG)
def test_settings_that_are_wrong(project, settings, message) -> None:
    project.makeini(f"[pytest]\n{settings}\n")
    result = project.runpytest_inprocess(*PLUGIN, "--apd")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert f"ERROR: {message}" in result.errlines


# --- how it reads ----------------------------------------------------------------------------


def test_a_failure_is_findings_and_no_traceback(project) -> None:
    # pytest warns of the plugin where another test of this process has imported it
    result = project.runpytest_inprocess(*PLUGIN, "--apd", "in/bad.xml", "--disable-warnings")
    result.stdout.fnmatch_lines(
        [
            "*_ in/bad.xml _*",
            f'in/bad.xml has errors (1): code must be "DK". [[]{RULE}[]]',
            "",
            f'in/bad.xml:3: error: code must be "DK". [[]{RULE}[]]',
            '     3 | <realmCode code="…"/>',
            "       |            ^^^^^^^^",
            "  path    /ClinicalDocument/realmCode/@code",
            '  remedy  Write code="DK".',
            "FAILED in/bad.xml::bad.xml - in/bad.xml has errors (1): *",
        ]
    )
    assert "Traceback" not in result.stdout.str()
    assert ".py" not in result.stdout.str().partition("FAILURES")[2]


def test_in_danish(project) -> None:
    project.makeini("[pytest]\napd_language = da\n")
    result = project.runpytest_inprocess(*PLUGIN, "--apd", "in/bad.xml")
    result.stdout.fnmatch_lines(
        ["in/bad.xml har fejl (1): *", "in/bad.xml:3: fejl: code skal være*"]
    )


def test_the_language_of_the_environment_counts_first(project, monkeypatch) -> None:
    project.makeini("[pytest]\napd_language = en\n")
    monkeypatch.setenv("APD_LANG", "da")
    result = project.runpytest_inprocess(*PLUGIN, "--apd", "in/bad.xml")
    result.stdout.fnmatch_lines(
        ["in/bad.xml har fejl (1): *", "in/bad.xml:3: fejl: code skal være*"]
    )


def test_what_is_no_document_is_skipped_with_what_it_is(project) -> None:
    result = project.runpytest_inprocess(*PLUGIN, "--apd", "-rs", "in/empty.xml")
    message = "This is an empty file, not an appointment document."
    result.stdout.fnmatch_lines([f"SKIPPED [[]1[]] in/empty.xml*: {message}"])


def test_a_file_that_cannot_be_read_fails(project) -> None:
    project.makeconftest(
        "from pathlib import Path\n"
        "def pytest_collection_finish(session): Path('in/bad.xml').unlink()\n"
    )
    result = project.runpytest_inprocess(*PLUGIN, "--apd", "in")
    result.stdout.fnmatch_lines(["in/bad.xml cannot be read: No such file or directory"])
    assert outcomes(result) == {"failed": 2, "skipped": 2}


def test_one_that_cannot_be_read_at_first_is_tested_when_its_turn_comes(
    project, monkeypatch
) -> None:
    def refused(_: bytes) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("apd.testing.plugin.other_than_appointment", refused)
    result = project.runpytest_inprocess(*PLUGIN, "--apd", "good.xml")
    assert outcomes(result) == {"passed": 1}


def test_nothing_personal_is_reported(project) -> None:
    for tag in (b"given", b"city", b"id"):
        data = GOOD.replace(b"<" + tag, b"<x" + tag).replace(b"</" + tag, b"</x" + tag)
        (project.path / f"x-{tag.decode()}.xml").write_bytes(data)
    result = project.runpytest_inprocess(*PLUGIN, "--apd", "-k", "x-", "--junitxml=report.xml")
    assert outcomes(result) == {"failed": 3, "deselected": 6}
    reported = result.stdout.str() + (project.path / "report.xml").read_text("utf-8")
    for personal in ("2512489996", "Vera", "Skovsang", "Humlevangen", "00102030"):
        assert personal not in reported


def test_a_fault_of_the_program_shows_its_traceback(project, monkeypatch) -> None:
    monkeypatch.setattr(plugin, "explained", None)
    result = project.runpytest_inprocess(*PLUGIN, "--apd", "good.xml")
    result.stdout.fnmatch_lines(["E *TypeError*"])


def test_junit(project) -> None:
    project.runpytest_inprocess(*PLUGIN, "--apd", "--junitxml=report.xml")
    cases = etree.parse(str(project.path / "report.xml")).findall(".//testcase")
    found = {(case.get("classname"), case.get("name")): [e.tag for e in case] for case in cases}
    assert found == {
        ("good.xml", "good.xml"): [],
        ("in.bad.xml", "bad.xml"): ["failure"],
        ("in.cut.xml", "cut.xml"): ["failure"],
        ("in.empty.xml", "empty.xml"): ["skipped"],
        ("in.other-cda.xml", "other-cda.xml"): ["skipped"],
        ("test_ordinary", "test_ordinary"): [],
    }


def test_a_failed_assertion_shows_the_line_of_the_test(project) -> None:
    project.makepyfile(
        test_booking=f"""
        from pathlib import Path
        from apd.testing import assert_valid_apd

        def test_booking():
            assert_valid_apd(Path({str(project.path / "in" / "bad.xml")!r}))
        """
    )
    result = project.runpytest_inprocess(*PLUGIN, "test_booking.py")
    result.stdout.fnmatch_lines(
        [
            ">       assert_valid_apd(Path(*",
            "E       AssertionError: */in/bad.xml has errors (1): *",
            'E            3 | <realmCode code="…"/>',
            "test_booking.py:5: AssertionError",
        ]
    )
    assert "testing/__init__.py" not in result.stdout.str()


# --- together with others --------------------------------------------------------------------


def test_xdist(project) -> None:
    result = project.runpytest_subprocess(*PLUGIN, "--apd", "-n2")
    assert outcomes(result) == {"passed": 2, "failed": 2, "skipped": 2}


def test_where_it_is_not_asked_for_only_the_hooks_are_loaded(project, monkeypatch) -> None:
    """Not what does the work, nor what only the extras bring."""
    project.makepyfile(
        test_ordinary="""
        import sys

        def test_ordinary():
            assert "apd.testing.hooks" in sys.modules
            assert not set(sys.modules) & {"apd.testing.plugin", "hypothesis", "xmlschema"}
        """
    )
    # other plugins that are installed here may load these
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    result = project.runpytest_subprocess("-p", "apd.testing.hooks")
    assert outcomes(result) == {"passed": 1}


def test_options_are_explained(project) -> None:
    text = project.runpytest_inprocess(*PLUGIN, "--help").stdout.str()
    for name in ("--apd", "--apd-level", "apd_level", "apd_files", "apd_ignore", "apd_language"):
        assert re.search(rf"^ +{name}\b", text, re.MULTILINE)
    page = (ROOT / "docs" / "testing.md").read_text("utf-8")
    assert all(name in page for name in re.findall(r"^ +(--apd[a-z-]*|apd_\w+)", text, re.M))


# --- the settings file -----------------------------------------------------------------------

# what it says, the arguments, and what comes of the document with one fault
OF_PROJECT = [
    ('off = ["cdc3"]', [], "passed"),
    ('severity = {"cdc3" = "warning"}', [], "passed"),
    ('severity = {"cdc3" = "warning"}\nfail-on = "warning"', [], "failed"),
    ('severity = {"cdc3" = "warning"}\nfail-on = "warning"', ["--apd-level", "error"], "passed"),
    ('layers = ["business"]', [], "passed"),
    ('files = ["*.txt"]', [], ""),
    ('off = ["cdc3"]', ["--apd-config", "other.toml"], "failed"),
]


@pytest.mark.parametrize(("table", "arguments", "outcome"), OF_PROJECT)
def test_the_settings_file_holds(project, table, arguments, outcome) -> None:
    (project.path / "apd.toml").write_text(table, encoding="utf-8")
    (project.path / "other.toml").write_text('language = "da"', encoding="utf-8")
    result = project.runpytest_inprocess(*PLUGIN, "--apd", *arguments, "in/bad.xml")
    assert outcomes(result) == ({outcome: 1} if outcome else {})


def test_a_settings_file_that_cannot_be_understood(project) -> None:
    (project.path / "apd.toml").write_text("of = []", encoding="utf-8")
    result = project.runpytest_inprocess(*PLUGIN, "--apd")
    result.stderr.fnmatch_lines(["ERROR: --apd: apd.toml: * does not have the key 'of'*"])


@pytest.mark.parametrize("more", [(), ("-p", "xdist", "-n", "2")])
def test_what_is_known_does_not_fail_and_what_is_gone_is_reported(project, more) -> None:
    from apd.cli.app import run

    (project.path / "apd.toml").write_text('baseline = "known.json"', encoding="utf-8")
    assert run(["validate", "in", "--update-baseline", "--apd-only"]) == 0
    names = ("in/bad.xml", "in/cut.xml")
    result = project.runpytest_inprocess(*PLUGIN, *more, "--apd", *names)
    assert outcomes(result) == {"passed": 2}
    result.stdout.no_fnmatch_line("apd: gone*")
    (project.path / "in" / "bad.xml").write_bytes(GOOD)
    result = project.runpytest_inprocess(*PLUGIN, *more, "--apd", *names)
    result.stdout.fnmatch_lines([f"apd: gone: * /ClinicalDocument/realmCode/@code [[]{RULE}[]]"])


# --- strict ----------------------------------------------------------------------------------

BROKEN = {
    "empty.xml": b"",
    "blank-first.xml": b"\n" + GOOD,
    "no-namespace.xml": GOOD.replace(b' xmlns="urn:hl7-org:v3"', b""),
    "other-namespace.xml": GOOD.replace(b"urn:hl7-org:v3", b"urn:hl7-org:v2"),
    "small-letter.xml": GOOD.replace(b"ClinicalDocument", b"clinicalDocument"),
    "other-template.xml": OTHER_CDA,
    "envelope.xml": b"<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'>"
    b"<s:Body/></s:Envelope>",
    "utf-32.xml": GOOD.decode().replace("UTF-8", "UTF-32").encode("utf-32"),
    "LARGE.XML": BAD,
    "page.xml": b"<html><body>502 Bad Gateway</body></html>",
    "other.xml": b"<project/>",
    "object.xml": b'{"resourceType": "Binary"}',
}


@pytest.fixture
def broken(pytester, monkeypatch) -> pytest.Pytester:
    """A directory of files none of which is a flawless appointment document."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.syspath_prepend(ROOT)
    for name, data in BROKEN.items():
        pytester.path.joinpath(name).write_bytes(data)
    return pytester


@pytest.mark.parametrize("more", [(), ("-n", "2", "-p", "xdist")])
def test_strict_every_broken_file_fails(broken, more) -> None:
    result = broken.runpytest_subprocess(*PLUGIN, "--apd", "--apd-strict", *more)
    assert outcomes(result) == {"failed": len(BROKEN)}
    assert result.ret == 1


def test_strict_by_configuration(broken) -> None:
    broken.makepyprojecttoml("[tool.pytest.ini_options]\napd_strict = true\n")
    assert outcomes(broken.runpytest_inprocess(*PLUGIN, "--apd")) == {"failed": len(BROKEN)}


def test_an_older_document_as_what_it_is(pytester) -> None:
    made = document(1, 1, Selection(release=apd.Release.V1_1))
    (pytester.path / "old.xml").write_bytes(as_released(made))
    assert outcomes(pytester.runpytest_inprocess(*PLUGIN, "--apd")) == {"failed": 1}
    pytester.makepyprojecttoml("[tool.apd]\nas-release = true\n")
    assert outcomes(pytester.runpytest_inprocess(*PLUGIN, "--apd")) == {"passed": 1}


@pytest.mark.parametrize("more", [(), ("-n", "2", "-p", "xdist")])
def test_otherwise_what_is_left_out_is_counted(broken, more) -> None:
    result = broken.runpytest_subprocess(*PLUGIN, "--apd", *more)
    lines = [line for line in result.outlines if line.startswith("apd: left out: ")]
    counted = sum(int(line.split(": ")[2].split()[0]) for line in lines)
    found = outcomes(result)
    assert counted == found["skipped"] + 1  # other XML has no test
    assert counted + found["failed"] + found["passed"] == len(BROKEN)  # UTF-32 can be read
