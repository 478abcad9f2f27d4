"""The configuration in docs/validating.md works, and no option is forgotten."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "validating.md").read_text("utf-8")
COMMANDS = (ROOT / "docs" / "command-line.md").read_text("utf-8")


def blocks(language: str) -> str:
    """All that stands in blocks of one language."""
    return "\n".join(re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL))


def test_configuration(apd_command, documents, tmp_path) -> None:
    from apd.settings_file import KEYS

    table = tomllib.loads(blocks("toml"))["tool"]["apd"]
    assert list(table) == list(KEYS)
    without_files = re.sub("(schema|file|baseline|rules) = .*", "", blocks("toml"))
    (tmp_path / "pyproject.toml").write_text(without_files, encoding="utf-8")
    result = apd_command("validate", documents / "home-nurse.xml", cwd=tmp_path)
    assert (result.status, result.err) == (0, "")


def test_options_are_documented(apd_command) -> None:
    for command in ("validate", "rules"):
        options = re.findall(r"^  (--[a-z-]+)", apd_command(command, "--help").out, re.MULTILINE)
        assert len(options) >= 3
        for option in options:
            assert option in COMMANDS
