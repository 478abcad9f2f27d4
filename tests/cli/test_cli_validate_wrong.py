"""``apd validate``: what cannot be run is told in one line. In this process, as it is so much."""

import re
from collections.abc import Callable

import pytest

from apd.cli.app import run

RULE = "CONF-DK-APD:cdc3"


@pytest.fixture
def refused(capsys, tmp_path, monkeypatch) -> Callable[..., str]:
    """Calls ``apd validate`` in an empty directory and gives the error."""
    (tmp_path / "words.txt").write_text("words")
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> str:
        assert run(["validate", "x.xml", *arguments]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert re.fullmatch(r"apd: .+\n", err)
        return str(err)

    return call


OPTIONS = [
    (["--off", "CONF-DK-APD:cdc"], "did you mean CONF-DK-APD:cdc3"),
    (["--off", "qqqqqqqqqqqq"], "there is no rule 'qqqqqqqqqqqq'; apd rules lists them all"),
    (["--severity", RULE], "must be RULE=LEVEL"),
    (["--severity", f"{RULE}=grave"], "must be one of error, warning, information"),
    (["--severity", "x=error"], "there is no rule 'x'"),
    (["--format", "xml"], "'sarif'"),
    (["--fail-on", "never"], "'error'"),
    (["--layer", "attic"], "'business'"),
    (["--jobs", "0"], "0 er ikke i intervallet 1<=x<=61"),
    (["--jobs", "62"], "62 er ikke i intervallet"),
    (["--schema", "nowhere.xsd"], "apd: nowhere.xsd: No such file or directory\n"),
    (["--schema", "words.txt"], "apd: words.txt er ikke et XML-skema: angiv stien til en XSD\n"),
    (["--config", "nowhere.toml"], "apd: nowhere.toml: No such file or directory\n"),
]


@pytest.mark.parametrize(("options", "says"), OPTIONS)
def test_options(refused, options, says) -> None:
    assert says in refused(*options)


TABLES = [
    ("[tool.apd", "not TOML"),
    ("[tool]\napd = 1", "tool.apd must be a table"),
    ("[tool.apd]\nof = []", "has no key 'of'; it has off, severity, language, fail-on, schema"),
    ("[tool.apd]\noff = 'cdc3'", "off: must be a list of rules"),
    ("[tool.apd]\noff = [1]", "off: a rule is named by a text"),
    ("[tool.apd]\noff = ['CONF-DK-APD:cdc']", "off: there is no rule 'CONF-DK-APD:cdc'; did you"),
    ("[tool.apd]\nseverity = 'error'", "severity: must be a table"),
    ("[tool.apd.severity]\ncdc3 = 'grave'", "severity: must be one of error, warning, information"),
    ("[tool.apd.severity]\ncdc3 = ['error']", "severity: must be one of"),
    ("[tool.apd]\nlanguage = 'se'", "language: must be one of da, en"),
    ("[tool.apd]\nfail-on = 'never'", "fail-on: must be one of"),
    ("[tool.apd]\nschema = 1", "schema: must be a path"),
    ("[tool.apd]\nschema = 'nowhere.xsd'", "nowhere.xsd: No such file or directory"),
]


@pytest.mark.parametrize(("content", "says"), TABLES)
def test_configuration(refused, tmp_path, content, says) -> None:
    (tmp_path / "pyproject.toml").write_text(content)
    assert says in refused()


def test_a_current_directory_that_is_gone(refused, tmp_path, monkeypatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert "Filen findes ikke." in refused("--format", "text")
