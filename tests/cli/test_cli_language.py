"""One language a run: by --lang, else APD_LANG, else the configuration, else Danish."""

from pathlib import Path

import pytest

from apd.cli.app import run
from apd.cli.commands import COMMANDS

BY = [
    # --lang, APD_LANG, [tool.apd] language, the language of the run
    (None, None, None, "da"),
    (None, None, "en", "en"),
    (None, "da", "en", "da"),
    (None, "en", "da", "en"),
    ("da", "en", "en", "da"),
    ("en", "da", "da", "en"),
    (None, "se", "en", "en"),
    (None, "", None, "da"),
    (None, "EN", None, "en"),
    (None, "en-GB", None, "en"),
    (None, "en_GB.UTF-8", "da", "en"),
    (None, "da_DK", "en", "da"),
    (None, "english", "da", "da"),
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory without a configuration, and an environment without a language."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("APD_LANG", raising=False)
    return tmp_path


@pytest.mark.parametrize(("option", "variable", "configured", "language"), BY)
@pytest.mark.parametrize("command", [[], ["show"], ["validate"], ["rules"]])
def test_what_chooses_the_language(
    here, monkeypatch, capsys, command, option, variable, configured, language
) -> None:
    if variable is not None:
        monkeypatch.setenv("APD_LANG", variable)
    if configured is not None:
        (here / "pyproject.toml").write_text(
            f'[tool.apd]\nlanguage = "{configured}"\n', encoding="utf-8"
        )
    assert run([*command, "--help", *(["--lang", option] if option else [])]) == 0
    assert capsys.readouterr().out.startswith({"da": "Brug:", "en": "Usage:"}[language])


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("way", ["before", "behind", "variable"])
@pytest.mark.parametrize("is_configured", [False, True])
def test_a_report_is_in_the_language(
    here, monkeypatch, capsys, language, way, is_configured
) -> None:
    (here / "a.xml").write_text("<a/>", encoding="utf-8")
    option = [] if way == "variable" else ["--lang", language]
    if way == "variable":
        monkeypatch.setenv("APD_LANG", language)
    if is_configured:
        other = {"da": "en", "en": "da"}[language]
        (here / "pyproject.toml").write_text(
            f'[tool.apd]\nlanguage = "{other}"\n', encoding="utf-8"
        )
    run([*option, "validate", "a.xml"] if way == "before" else ["validate", "a.xml", *option])
    assert ("fejl" in capsys.readouterr().out) is (language == "da")


@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_help_is_in_one_language(here, capsys, command) -> None:
    shown = {}
    for language in ("da", "en"):
        assert run([*([command] if command else []), "--help", "--lang", language]) == 0
        shown[language] = " ".join(capsys.readouterr().out.split())
    assert not {"Usage:", "Options:", " the ", " and ", "[default"} & set(_parts(shown["da"]))
    assert not {"Brug:", "Indstillinger:", " og ", " eller "} & set(_parts(shown["en"]))


def _parts(text: str) -> list[str]:
    words = text.split()
    return [*words, *(f" {word} " for word in words)]
