"""The words of the commands: every one there, in both languages, and used."""

from pathlib import Path

from apd.cli.views import labels
from apd.standard import codes
from apd.text import terms

CLI = Path(labels.__file__).parents[1]


def test_every_use_has_words() -> None:
    assert set(terms.TELECOM_USES) == set(codes.TelecomUse)


def test_every_text_is_used() -> None:
    source = "".join(
        path.read_text("utf-8") for path in CLI.rglob("*.py") if path.name != "labels.py"
    )
    kinds = {"lost", "added", "changed", "order"}
    for key in labels._TEXTS:
        assert f'"{key}"' in source or key in kinds, key
