"""``apd validate``: what cannot be run is told in one line. In this process, as it is so much."""

import re
from collections.abc import Callable

import pytest

from apd.cli.app import run

RULE = "CONF-DK-APD:cdc3"


@pytest.fixture
def refused(capsys, tmp_path, monkeypatch) -> Callable[..., str]:
    """Calls ``apd validate`` in an empty directory and gives the error."""
    (tmp_path / "words.txt").write_text("words", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> str:
        assert run(["validate", "x.xml", *arguments]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert re.fullmatch(r"apd: .+\n", err)
        return str(err)

    return call


OPTIONS = [
    (["--off", "CONF-DK-APD:cdc"], "mente du CONF-DK-APD:cdc3"),
    (["--off", "qqqqqqqqqqqq"], "reglen 'qqqqqqqqqqqq' findes ikke; apd rules viser dem alle"),
    (["--severity", RULE], "skal være RULE=LEVEL"),
    (["--severity", f"{RULE}=grave"], "skal være en af error, warning, information"),
    (["--severity", "x=error"], "reglen 'x' findes ikke"),
    (["--format", "xml"], "'sarif'"),
    (["--fail-on", "never"], "'error'"),
    (["--layer", "attic"], "'business'"),
    (["--jobs", "0"], "0 er ikke i intervallet 1<=x<=61"),
    (["--jobs", "62"], "62 er ikke i intervallet"),
    (
        ["--schema", "nowhere.xsd"],
        "apd: nowhere.xsd: Filen findes ikke.\n",
    ),
    (["--schema", "words.txt"], "apd: words.txt er ikke et XML-skema: angiv stien til en XSD\n"),
    (
        ["--config", "nowhere.toml"],
        "apd: nowhere.toml: Filen findes ikke.\n",
    ),
]


@pytest.mark.parametrize(("options", "message"), OPTIONS)
def test_options(refused, options, message) -> None:
    assert message in refused(*options)


TABLES = [
    ("[tool.apd", "ikke TOML"),
    (f"[tool.apd]\noff = {'[' * 5000}", "værdier ligger for dybt i hinanden"),
    (f"[tool.apd]\noff = {'9' * 5000}", "et tal har for mange cifre"),
    ("[tool]\napd = 1", "tool.apd skal være en tabel"),
    (
        "[tool.apd]\nof = []",
        "har ikke nøglen 'of'; den har off, severity, language, fail-on, schema",
    ),
    ("[tool.apd]\noff = 'cdc3'", "off: skal være en liste af regler"),
    ("[tool.apd]\noff = [1]", "off: en regel angives med en tekst"),
    (
        "[tool.apd]\noff = ['CONF-DK-APD:cdc']",
        "off: reglen 'CONF-DK-APD:cdc' findes ikke; mente du",
    ),
    ("[tool.apd]\nseverity = 'error'", "severity: skal være en tabel"),
    (
        "[tool.apd.severity]\ncdc3 = 'grave'",
        "severity: skal være en af error, warning, information",
    ),
    ("[tool.apd.severity]\ncdc3 = ['error']", "severity: skal være en af"),
    ("[tool.apd]\nlanguage = 'se'", "language: skal være en af da, en"),
    ("[tool.apd]\nfail-on = 'never'", "fail-on: skal være en af"),
    ("[tool.apd]\nschema = 1", "schema: skal være en sti"),
    ("[tool.apd]\nlayers = ['attic']", "layers: skal være en liste af xml, schema"),
    ("[tool.apd]\nstrict = 1", "strict: skal være true eller false"),
    ("[tool.apd]\nfiles = '*.xml'", "files: skal være en liste som"),
    ("[tool.apd]\nbaseline = 'nowhere.json'", "nowhere.json: Filen findes ikke."),
    ("[tool.apd]\ndocumentation = 'x'", "documentation: skal være en adresse"),
    ("[tool.apd]\nrules = 'x:y'", "rules: skal være en liste som"),
    ("[tool.apd]\nrules = ['x']", "rules: skal være en liste som"),
    ("[tool.apd]\nrules = ['no_such.module:RULES']", "(ModuleNotFoundError)"),
    ("[tool.apd]\nrules = ['words:RULES']", "words:RULES kan ikke importeres"),
    ("[tool.apd]\nrules = ['json:RULES']", "modulet json har ikke navnet RULES"),
    ("[tool.apd]\nrules = ['json:loads']", "json:loads er hverken en apd.rules.rule.Rule"),
    ("[tool.apd]\nrules = ['json:__name__']", "json:__name__ er hverken"),
    ("[tool.apd.sor]\nfile = 1", "sor: file skal være en tekst"),
    ("[tool.apd]\nschema = 'nowhere.xsd'", "nowhere.xsd: Filen findes ikke."),
]


@pytest.mark.parametrize(("content", "message"), TABLES)
def test_configuration(refused, tmp_path, content, message) -> None:
    (tmp_path / "pyproject.toml").write_text(content, encoding="utf-8")
    assert message in refused()


def test_a_current_directory_that_is_gone(refused, tmp_path, monkeypatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert "Filen findes ikke." in refused("--format", "text")
