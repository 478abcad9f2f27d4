"""What a shell is told when somebody presses Tab."""

import subprocess
import sys

import click
import pytest
from click.shell_completion import ShellComplete

from apd.cli.app import _apd
from apd.cli.commands import COMMANDS
from apd.cli.file_names import FileName
from apd.cli.help import Option
from apd.cli.xds_options import CODES
from apd.sor.register_rules import every_rule
from tests.cli.test_cli_vocabulary import LOADED


def completed(line: str, language: str = "en") -> dict[str, str]:
    """What may follow, and what it means; files as ``type: file``."""
    *args, incomplete = line.split(" ")
    found = ShellComplete(_apd, {"obj": language}, "apd", "_APD_COMPLETE").get_completions(
        args, incomplete
    )
    return {
        item.value if item.type == "plain" else f"type: {item.type}": item.help for item in found
    }


RULES = {rule.id for rule in every_rule()}
FOLLOWS = [
    # what is typed, and some of what may follow
    ("", {"show", "validate", "certify"}),
    ("va", {"validate"}),
    ("help ov", {"overview"}),
    ("validate --com", {"--compare"}),
    ("validate --no-c", {"--no-compare"}),
    ("validate --format ", {"text", "json", "sarif", "junit"}),
    ("validate --off ", RULES),
    ("validate --off BR-", {"BR-4", "BR-8"}),
    ("validate --off 9ac", {"9ac6"}),
    ("validate --off CONF-DK-APD:9ac", {"CONF-DK-APD:9ac6"}),
    ("validate --severity br-4", {"BR-4"}),
    ("validate --severity BR-4=", {"BR-4=error", "BR-4=warning", "BR-4=information"}),
    ("rules ", RULES),
    ("rules 9ac6 XML-", {"XML-SYNTAX"}),
    ("rules --layer ", {"xml", "schema", "profile", "business"}),
    ("generate --defect ", {"all", "none", "BR-4"}),
    ("xds --facility ", {code.code for code in CODES["facility"]}),
    ("xds --facility hosp", {"hospital"}),
    ("xds --specialty urol", {"urologi"}),
    ("xds --home-community ", {"none", *(code.code for code in CODES["home-community"])}),
    ("xds --codes ", set(CODES)),
    ("certify --type ", {"1", "2", "3", "4"}),
    ("bench ", {"score"}),
    ("show --lang ", {"da", "en"}),
]


@pytest.mark.parametrize(("line", "some"), FOLLOWS)
def test_what_may_follow(line: str, some: set[str]) -> None:
    found = completed(line)
    assert some <= found.keys()
    begun = line.rpartition(" ")[2].lower()
    assert all(value.lower().startswith(begun) for value in found)


@pytest.mark.parametrize("name", LOADED)
def test_files_are_completed_wherever_one_is_named(name: str) -> None:
    """The law: what is called a file, a directory or a path is completed as one."""
    for parameter in LOADED[name].params:
        assert isinstance(parameter.type, FileName) or not isinstance(parameter.type, click.Path)
        shown = (parameter.metavar or "").strip("[].")
        if shown in {"FILE", "OUT", "DIR", "PATH", "LIST", "BOOKINGS", "A", "B"}:
            assert isinstance(parameter.type, FileName), f"{name} {parameter.name}"
            if isinstance(parameter, Option):
                proposed = completed(f"{name} {parameter.opts[-1]} ")
                assert {"type: file", "type: dir"} & proposed.keys()


@pytest.mark.parametrize("language", ["da", "en"])
def test_each_is_explained_in_the_language(language: str) -> None:
    assert completed("sh", language)["show"] == COMMANDS["show"].in_language(language)
    for name, command in LOADED.items():
        explained = completed(f"{name} --", language)
        for option in command.params:
            if isinstance(option, Option):
                for one in option.opts:
                    if one.startswith("--"):
                        assert explained[one] == option.wording.in_language(language)
    (rule,) = (rule for rule in every_rule() if rule.id == "BR-4")
    assert completed("rules BR-4", language)["BR-4"] == rule.wording.in_language(language)


def test_older_names_are_not_proposed() -> None:
    for name, command in LOADED.items():
        for option in command.params:
            if isinstance(option, Option):
                assert not option.aliases.keys() & completed(f"{name} --").keys()


@pytest.mark.parametrize(("words", "count"), [("apd ", 1), ("apd help va", 2)])
def test_commands_are_completed_without_loading_them(environment, words: str, count: int) -> None:
    code = (
        "import sys\n"
        "from apd.cli import main\n"
        "sys.argv = ['apd']\n"
        "try: main()\n"
        "finally: print(*[m for m in sys.modules if m.startswith('apd.') and 'cli' not in m])\n"
    )
    asked = {"_APD_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(count)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment | asked,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    *proposed, loaded = done.stdout.splitlines()
    assert "plain,validate" in proposed
    light = {"apd.wording", "apd.deprecation", "apd._public", "apd.text", "apd.text.characters"}
    assert set(loaded.split()) <= light


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script(environment, shell: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from apd.cli import main; main()"],
        env=environment | {"_APD_COMPLETE": f"{shell}_source"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if "Bash is not supported" not in done.stderr:
        assert f"_APD_COMPLETE={shell}_complete" in done.stdout
