"""``apd validate``: what ``[tool.apd]`` of pyproject.toml says."""

from pathlib import Path

import pytest

from apd.cli.app import run

RULE = "CONF-DK-APD:cdc3"  # realmCode is DK


@pytest.fixture
def folder(tmp_path, documents) -> Path:
    """A document that breaks one clause, in a directory below the one that is configured."""
    good = (documents / "home-nurse.xml").read_bytes()
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bad.xml").write_bytes(good.replace(b'"DK"', b'"SE"'))
    (tmp_path / "any.xsd").write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"/></xs:schema>'
    )
    return tmp_path


# what is configured, the options, the exit status, and what the report says
CONFIGURED = [
    ("", [], 1, "fejl"),
    (f'off = ["{RULE}"]', [], 0, "intet at bemærke"),
    ('off = ["cdc3"]', [], 0, "intet at bemærke"),
    (f'off = ["{RULE}"]', ["--severity", f"{RULE}=warning"], 0, "advarsel"),
    (f'severity = {{"{RULE}" = "warning"}}', [], 0, "advarsel"),
    (f'severity = {{"{RULE}" = "warning"}}', ["--severity", f"{RULE}=error"], 1, "fejl"),
    (f'severity = {{"{RULE}" = "warning"}}', ["--off", RULE], 0, "intet at bemærke"),
    (f'fail-on = "warning"\nseverity = {{"{RULE}" = "warning"}}', [], 1, "advarsel"),
    (f'severity = {{"{RULE}" = "warning"}}', ["--fail-on", "warning"], 1, "advarsel"),
    (
        f'fail-on = "warning"\nseverity = {{"{RULE}" = "warning"}}',
        ["--fail-on", "error"],
        0,
        "advarsel",
    ),
    ('language = "en"', [], 1, "error"),
    ('language = "en"', ["--lang", "da"], 1, "fejl"),
    ('schema = "any.xsd"', [], 1, "[XSD-"),
]


@pytest.mark.parametrize(("table", "options", "status", "says"), CONFIGURED)
def test_configured(folder, monkeypatch, capsys, table, options, status, says) -> None:
    (folder / "pyproject.toml").write_text(f"[tool.apd]\n{table}\n")
    monkeypatch.chdir(folder / "in")  # in this process, as it is so much
    assert run(["validate", "bad.xml", *options]) == status
    out, err = capsys.readouterr()
    assert (says in out, err) == (True, "")


def test_a_file_without_the_table_is_passed_by(apd_command, folder) -> None:
    (folder / "pyproject.toml").write_text(f'[tool.apd]\noff = ["{RULE}"]\n')
    (folder / "in" / "pyproject.toml").write_text("[tool.other]\n")
    assert apd_command("validate", "bad.xml", cwd=folder / "in").status == 0


def test_a_file_that_is_named(apd_command, folder) -> None:
    (folder / "pyproject.toml").write_text("[tool.apd]\nlanguage = 1\n")
    (folder / "own.toml").write_text(f'[tool.apd]\noff = ["{RULE}"]\n')
    result = apd_command("validate", "in/bad.xml", "--config", "own.toml", cwd=folder)
    assert (result.status, result.err) == (0, "")
