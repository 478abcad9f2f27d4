"""A wrong call is answered in the language of the run, click's own words too."""

import pytest

from apd.cli.app import run

CALLS = [
    (["nope"], "der er ingen kommando 'nope' (se apd --help)"),
    (["overvew"], "der er ingen kommando 'overvew'. Mente du 'overview'? (se apd --help)"),
    (["help", "valdate"], "der er ingen kommando 'valdate'. Mente du 'validate'? (se apd --help)"),
    (["show"], "mangler argumentet 'FILE...' (se apd show --help)"),
    (["show", "--nope", "x"], "der er ingen indstilling '--nope' (se apd show --help)"),
    (["show", "--html"], "indstillingen '--html' kræver en værdi"),
    (["show", "--json=1", "x"], "indstillingen '--json' tager ingen værdi"),
    (["build", "a", "b"], "der er et argument for meget (b) (se apd build --help)"),
    (["build", "a", "b", "c"], "der er argumenter for meget (b c) (se apd build --help)"),
    (
        ["show", "--lang", "se", "x"],
        "ugyldig værdi for '--lang': 'se' er ikke en af 'da', 'en' (se apd show --help)",
    ),
    (
        ["validate", "--jobs", "x", "y"],
        "ugyldig værdi for '--jobs': 'x' er ikke et heltal (se apd validate --help)",
    ),
    (
        ["validate", "--jobs", "0", "y"],
        "ugyldig værdi for '--jobs': 0 er ikke i intervallet 1<=x<=",
    ),
    (
        ["rules", "--layr", "xml"],
        "der er ingen indstilling '--layr'. (Mente du en af disse: '--lang', '--layer'?)",
    ),
]


@pytest.fixture(autouse=True)
def no_language_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in the environment chooses."""
    monkeypatch.delenv("APD_LANG", raising=False)


@pytest.mark.parametrize(("call", "says"), CALLS)
def test_in_danish(capsys, call, says) -> None:
    assert run(call) == 2
    assert capsys.readouterr().err.startswith(f"apd: {says}")


@pytest.mark.parametrize("call", [call for call, _ in CALLS if "se" not in call])
def test_in_english(monkeypatch, capsys, call) -> None:
    monkeypatch.setenv("APD_LANG", "en")
    assert run(call) == 2
    stated = capsys.readouterr().err
    assert any(
        word in stated
        for word in ("no such", "missing", "invalid", "requires", "not take", "unexpected")
    )


@pytest.mark.parametrize("language", ["da", "en"])
def test_help_is_a_command(monkeypatch, capsys, language) -> None:
    monkeypatch.setenv("APD_LANG", language)
    for words in ([], ["validate"], ["rules"]):
        assert run([*words, "--help"]) == 0
        by_option = capsys.readouterr().out
        assert run(["help", *words]) == 0
        assert capsys.readouterr().out == by_option
