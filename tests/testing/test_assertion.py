"""``assert_valid_apd``: what passes, what fails, and how that reads."""

import subprocess
import sys
from pathlib import Path

import pytest

import apd
from apd.findings import Layer, Severity
from apd.rules.rule import Rule
from apd.rules.settings import Settings
from apd.testing import assert_valid_apd
from apd.wording import Wording
from tests.cli.inside import call_inside
from tests.places import ROOT

GOOD = (ROOT / "examples" / "documents" / "home-nurse.xml").read_bytes()
BAD = GOOD.replace(b'"DK"', b'"SE"')
RULE = "CONF-DK-APD:cdc3-CODE"


@pytest.fixture
def good(tmp_path) -> Path:
    path = tmp_path / "good.xml"
    path.write_bytes(GOOD)
    return path


def failure(data: object, *arguments: object, **options: object) -> str:
    """The message of an assertion that fails."""
    with pytest.raises(AssertionError) as caught:
        assert_valid_apd(data, *arguments, **options)  # type: ignore[arg-type]
    return str(caught.value)


# --- the settings file -----------------------------------------------------------------------

# what the file says, what is given in the test, and whether the document with a fault passes
SETTINGS_FILE: list[tuple[str, dict[str, object], bool]] = [
    ("", {}, False),
    ('off = ["cdc3"]', {}, True),
    ('severity = {cdc3 = "warning"}', {}, True),
    ('severity = {cdc3 = "warning"}\nfail-on = "warning"', {}, False),
    ('severity = {cdc3 = "warning"}\nfail-on = "warning"', {"level": "error"}, True),
    ('layers = ["business"]', {}, True),
    ('off = ["cdc3"]', {"settings": Settings()}, False),
    ("", {"ignore": ["cdc3-code"]}, True),
]


@pytest.mark.parametrize(("table", "given", "passes"), SETTINGS_FILE)
def test_the_settings_file_holds(tmp_path, monkeypatch, table, given, passes) -> None:
    (tmp_path / "apd.toml").write_text(table, encoding="utf-8")
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")
    if passes:
        assert_valid_apd(BAD, **given)
    else:
        assert RULE in failure(BAD, **given)


def test_what_is_known_passes(tmp_path, monkeypatch, capsys) -> None:
    (tmp_path / "bad.xml").write_bytes(BAD)
    (tmp_path / "apd.toml").write_text('baseline = "known.json"\nlanguage = "da"', encoding="utf-8")
    made = call_inside(monkeypatch, "validate", "bad.xml", "--update-baseline", cwd=tmp_path)
    assert made.status == 0, made
    monkeypatch.chdir(tmp_path)
    assert_valid_apd(BAD)
    assert "fejl" in failure(BAD.replace(b"<title>", b"<extra/><title>", 1))


# --- what passes and what fails --------------------------------------------------------------


@pytest.mark.parametrize("level", [*Severity, "error", "warning", "information"])
def test_valid_documents(good, level) -> None:
    for data in (GOOD, GOOD.decode(), good, apd.loads(GOOD)):
        assert_valid_apd(data, level)


def test_every_kind_of_data_can_fail(tmp_path) -> None:
    (tmp_path / "bad.xml").write_bytes(BAD)
    document = apd.loads(BAD)
    for data in (BAD, BAD.decode(), tmp_path / "bad.xml", document, b"<", "<", b""):
        assert "error: " in failure(data)


WARNED = Settings(severities={RULE: "warning"})
# arguments, and whether the document with one fault passes
LEVELS = [
    ({}, False),
    ({"settings": WARNED}, True),
    ({"settings": WARNED, "level": "warning"}, False),
    ({"settings": WARNED, "level": Severity.INFORMATION}, False),
    ({"ignore": [RULE]}, True),
    ({"ignore": RULE}, True),
    ({"ignore": ["CONF-DK-APD:cdc3"]}, True),
    ({"ignore": (rule for rule in [RULE, "BR-TEXT-PLACE"])}, True),
    ({"ignore": ["BR-TEXT-PLACE"]}, False),
    ({"ignore": [RULE], "settings": WARNED, "level": "information"}, True),
    ({"settings": Settings(off={RULE})}, True),
]


@pytest.mark.parametrize(("options", "passes"), LEVELS)
def test_what_counts(options, passes) -> None:
    if passes:
        assert_valid_apd(BAD, **options)
    else:
        assert f"[{RULE}]" in failure(BAD, **options)


def test_another_schema(tmp_path) -> None:
    (tmp_path / "any.xsd").write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"/></xs:schema>',
        encoding="utf-8",
    )
    assert "[XSD-" in failure(GOOD, schema=tmp_path / "any.xsd")


def test_rules_of_ones_own() -> None:
    own = Rule(
        id="OUR-VERSION",
        layer=Layer.BUSINESS,
        severity=Severity.WARNING,
        source="Our guide, page 4",
        wording=Wording("Mangler.", "Missing."),
        explanation=Wording("Vi viser det.", "We show it."),
        remedy=Wording("Angiv den.", "Give it."),
        check=lambda index: [index.document],
    )
    settings = Settings(rules=[own])
    assert_valid_apd(GOOD, settings=settings)
    message = failure(GOOD, "warning", settings=settings)
    assert "warning: Missing. [OUR-VERSION]" in message
    assert "  remedy  Give it.\n  source  Our guide, page 4" in message
    assert_valid_apd(GOOD, "warning", settings=settings, ignore=["OUR-VERSION"])


WRONG = [
    ({"level": "grave"}, ValueError, "the level must be one of error, warning, information"),
    ({"ignore": ["NO-RULE"]}, ValueError, "there is no rule 'NO-RULE'"),
    ({"language": "se"}, TypeError, "language must be"),
    ({"data": 1}, TypeError, "takes XML as"),
    ({"data": Path("nowhere.xml")}, OSError, "No such file"),
]


@pytest.mark.parametrize(("options", "kind", "text"), WRONG)
def test_what_cannot_be_asked(options, kind, text) -> None:
    with pytest.raises(kind, match=text):
        assert_valid_apd(**{"data": GOOD, **options})


# --- how it reads ----------------------------------------------------------------------------


def test_the_message_is_that_of_the_command_line(monkeypatch, tmp_path) -> None:
    path = tmp_path / "bad.xml"
    path.write_bytes(BAD.replace(b"<city>", b"<citi>").replace(b"</city>", b"</citi>"))
    stated = call_inside(monkeypatch, "validate", "--lang", "en", path)
    heading, _, listed = failure(path).partition("\n\n")
    findings = listed.count(" error: ")
    assert heading.startswith(f"{path} has errors ({findings}): ")
    assert stated.out.startswith(f"{listed}\n\n")
    assert findings > 1


ENGLISH, DANISH = f'code must be "DK". [{RULE}]', f'code skal være "DK". [{RULE}]'


@pytest.mark.parametrize(
    ("language", "level", "text"),
    [
        ("en", "error", f"The document has errors (1): {ENGLISH}\n\nThe document:3: error: "),
        ("en", "warning", f"The document has errors or warnings (1): {ENGLISH}\n\n"),
        ("en", "information", f"The document has findings (1): {ENGLISH}\n\n"),
        ("da", "error", f"Dokumentet har fejl (1): {DANISH}\n\nDokumentet:3: fejl: "),
        ("da", "warning", f"Dokumentet har fejl eller advarsler (1): {DANISH}\n\n"),
        ("da", "information", f"Dokumentet har fund (1): {DANISH}\n\n"),
    ],
)
def test_the_heading(language, level, text) -> None:
    assert failure(BAD, level, language=language).startswith(text)


def test_the_first_line_names_what_weighs_most() -> None:
    both = BAD.replace(b"20260202093000+0100", b"202602020930+0100", 1).replace(
        b"<realmCode", b"<x/><realmCode"
    )
    first, _, rest = failure(both, "information").partition("\n\n")
    assert first.startswith("The document has findings (")
    assert first.endswith(rest.partition("error: ")[2].partition("\n")[0])


def test_the_language_is_that_of_the_environment(monkeypatch) -> None:
    monkeypatch.setenv("APD_LANG", "da")
    assert failure(BAD).startswith("Dokumentet har fejl (1): ")
    assert failure(BAD, language="en").startswith("The document has errors (1): ")
    with pytest.raises(ValueError, match="niveauet skal være et af error, warning, information"):
        assert_valid_apd(GOOD, "grave")


def test_nothing_personal_is_reported(tmp_path) -> None:
    path = tmp_path / "2512489996\x1b[31m.xml"
    for tag in (b"given", b"city", b"id", b"birthTime"):
        path.write_bytes(GOOD.replace(b"<" + tag, b"<x" + tag).replace(b"</" + tag, b"</x" + tag))
        message = failure(path)
        assert "251248-****" in message
        for personal in ("2512489996", "19481225", "Vera", "Skovsang", "Humlevangen", "\x1b"):
            assert personal not in message


def test_findings_that_do_not_count_are_not_reported() -> None:
    both = BAD.replace(b"9990061000016003", b"9990061000016004")  # a wrong check digit
    assert "[BR-SOR-2]" in failure(both, "warning")
    assert "[BR-SOR-2]" not in failure(both)


def test_it_needs_no_pytest(environment) -> None:
    code = (
        "import sys; sys.modules['pytest'] = sys.modules['hypothesis'] = None\n"
        "from apd.testing import assert_valid_apd\n"
        "try: assert_valid_apd(b'<')\n"
        "except AssertionError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, check=True
    )
    assert done.stdout.decode().startswith("The document has errors (1): This is not well-")
