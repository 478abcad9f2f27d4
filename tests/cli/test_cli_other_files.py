"""Every command, and ``pytest --apd``, on files that are no appointment documents."""

from collections.abc import Callable
from pathlib import Path

import pytest

import apd
from apd.findings import explained
from apd.wording import Language
from tests.cda.other_files import OTHER_FILES, SECRETS
from tests.cli.inside import Result, call_inside
from tests.places import REPORTED, ROOT

pytest_plugins = ["pytester"]

LANGUAGES: tuple[Language, ...] = ("da", "en")
SOURCE = "1.2.208.176.43210.8.1.29"
XDS = ("--facility", "hospital", "--specialty", "Ortopædisk  KIRURGI", "--source", SOURCE)
GOOD = ROOT / "examples" / "documents" / "hospital-visit.xml"

Call = Callable[..., Result]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A directory with a file of each kind."""
    directory = tmp_path_factory.mktemp("other")
    paths = {name: directory / f"{n:03}.xml" for n, name in enumerate(OTHER_FILES)}
    for name, path in paths.items():
        path.write_bytes(OTHER_FILES[name].data)
    return paths


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Call:
    """Calls ``apd`` in this process."""

    def call(*arguments: object) -> Result:
        return call_inside(monkeypatch, *arguments)

    return call


def refusal(data: bytes) -> apd.Finding:
    """What reading says of it."""
    with pytest.raises(apd.ParseError) as caught:
        apd.loads(data)
    return caught.value.findings[0]


def words(data: bytes, language: Language) -> str:
    """What is wrong, as reports have it, which say in another place what to do."""
    return refusal(data).wording.in_language(language)


def all_words(data: bytes, language: Language) -> str:
    """What is wrong and what to do, in one line."""
    return explained(refusal(data)).in_language(language)


def differing(reported: str, files: dict[str, Path], language: Language) -> list[str]:
    """The files of which it is not told once what they are, and nothing else."""
    lines = [line for line in reported.splitlines() if ".xml: " in line]
    return [
        name
        for name, path in files.items()
        if [line.endswith(all_words(OTHER_FILES[name].data, language)) for line in lines
            if path.name in line] != [True]
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "command",
    [("show",), ("show", "--json"), ("roundtrip",), ("overview", "--now", "2026-03-01T09:00")],
)
def test_commands_that_read_files(
    call: Call, files: dict[str, Path], command: tuple[str, ...], language: Language
) -> None:
    result = call(*command, "--lang", language, *files.values())

    assert result.status == 2
    assert differing(result.err, files, language) == []
    assert not any(secret in result.out + result.err for secret in SECRETS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", [("xds", *XDS), ("upgrade",), ("diff", GOOD)])
def test_commands_that_read_one_file(
    call: Call, files: dict[str, Path], command: tuple[object, ...], language: Language
) -> None:
    results = [call(*command, path, "--lang", language) for path in files.values()]

    assert {(result.status, result.out) for result in results} == {(2, "")}
    assert differing("".join(result.err for result in results), files, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_validating(call: Call, files: dict[str, Path], language: Language) -> None:
    result = call("validate", "--no-set", "--lang", language, *files.values())
    reported = [
        line for line in result.out.splitlines() if line.startswith(str(files["JSON"].parent))
    ]

    assert (result.status, result.err) == (1, "")
    for (name, path), line in zip(files.items(), reported, strict=True):
        rule = OTHER_FILES[name].rule
        assert line.startswith(str(path))
        assert line.endswith(f": {words(OTHER_FILES[name].data, language)} [{rule}]"), name
    assert not any(secret in result.out for secret in SECRETS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_validating_appointment_documents_only(
    call: Call, files: dict[str, Path], language: Language
) -> None:
    """What has nothing to do with appointments is counted, and told in the same words."""
    result = call("validate", "--apd-only", "--no-set", "--lang", language, *files.values())
    left_alone = {name for name in files if OTHER_FILES[name].is_left_alone}

    assert (result.status, result.err) == (1, "")
    for name, path in files.items():
        assert words(OTHER_FILES[name].data, language) in result.out
        assert (f"{path}:" in result.out) is (name not in left_alone), name
    assert f": {len(left_alone)}\n" in result.out


def test_only_other_files_are_no_failure(call: Call, files: dict[str, Path]) -> None:
    result = call("validate", "--apd-only", "--lang", "en", files["HTML"], files["JSON"])

    assert (result.status, result.err) == (0, "")
    assert "Other files, which are not appointment documents: 2\n" in result.out


@pytest.mark.usefixtures("all_imported")
@pytest.mark.parametrize("language", LANGUAGES)
def test_pytest_states_the_same(
    pytester: pytest.Pytester, files: dict[str, Path], language: Language
) -> None:
    """What holds an appointment fails; what does not is skipped; other XML is no test."""
    for path in files.values():
        (pytester.path / path.name).write_bytes(path.read_bytes())
    pytester.makeini(f"[pytest]\napd_language = {language}\n")
    result = pytester.runpytest_inprocess(
        "-p", "no:apd", "-p", "apd.testing.hooks", "-p", "no:xdist", "--apd", "-rs"
    )
    reported = result.stdout.str()
    for name, other in OTHER_FILES.items():
        assert words(other.data, language) in reported, name
    no_tests = [name for name, path in files.items() if path.name not in reported]

    assert no_tests == ["another root"]
    outcomes = result.parseoutcomes()
    left_alone = sum(other.is_left_alone for other in OTHER_FILES.values())
    assert outcomes["skipped"] == left_alone - len(no_tests)
    assert outcomes["failed"] == len(OTHER_FILES) - left_alone


FEW = ("nothing", "HTML", "SOAP 1.2", "PHMR by template", "no namespace", "a blank line first")


@pytest.mark.slow  # a process for each command
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FEW)
def test_the_commands_themselves(
    apd_command: Call, files: dict[str, Path], name: str, language: Language
) -> None:
    path, stated = files[name], words(OTHER_FILES[name].data, language)
    shown = apd_command("show", path, "--lang", language)
    validated = apd_command("validate", path, "--lang", language)

    assert (shown.status, shown.out, shown.err.count(stated)) == (2, "", 1)
    assert (validated.status, validated.err, validated.out.count(stated)) == (1, "", 1)


# --- what was reported -----------------------------------------------------------------------

MESSAGES = {
    "F04-": ("XML-ENCODING", "states utf-16, but the bytes are UTF-8 with a byte order mark"),
    "F04c": ("XML-ENCODING", "states utf-16, but the bytes are UTF-8."),
    "F08": ("BR-TEXT-EMPTY", "The readable text is empty."),
    "F09-": ("XML-IS-SOAP", "a SOAP 1.2 message, and it contains an appointment document"),
    "F09b": ("APD-ROOT", "has no namespace"),
    "F09c": ("APD-TEMPLATE", "another CDA document, PHMR"),
    "F10-": ("XML-PROLOG", "There is white space before the XML declaration"),
    "F10b": ("XML-IS-HTML", "an HTML page"),
    "F17": ("XML-IS-SOAP", "a SOAP 1.2 message, not an appointment document"),
    "F18": ("XML-IS-SOAP", "a SOAP 1.2 message, not an appointment document"),
}
"""The reported files, by what their names begin with: the rule, and what is said."""


@pytest.mark.skipif(not REPORTED.is_dir(), reason="the reported inputs are not there")
@pytest.mark.parametrize("name", MESSAGES)
def test_what_was_reported(call: Call, name: str) -> None:
    (path,) = REPORTED.glob(f"{name}*")
    (finding,) = apd.validate(path).findings
    result = call("validate", "--lang", "en", path)

    assert (finding.rule, MESSAGES[name][1] in finding.message) == (MESSAGES[name][0], True)
    assert result.status == (finding.severity is apd.Severity.ERROR)
    assert MESSAGES[name][1] in result.out
