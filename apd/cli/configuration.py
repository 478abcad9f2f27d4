"""What pyproject.toml says of validating: the table ``[tool.apd]``."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, get_args

from attrs import field, frozen

from apd.cli.batch.documents import current_directory
from apd.cli.io.failures import cannot_read, wrong
from apd.cli.language import say
from apd.cli.rule_names import canonical, unknown
from apd.cli.sor_configuration import SorFile, sor_table
from apd.findings import Severity
from apd.standard.edition import Edition
from apd.wording import Language, Wording

_FILE = "pyproject.toml"


@frozen(kw_only=True)
class Configuration:
    """What is not given on the command line.

    Args:
        off: rules that do not apply, by id or clause.
        severity: what rules weigh.
        language: of the report, or None.
        fail_on: what counts as failed, or None.
        schema: path of an XSD, or None.
        edition: of Aftaleoversigten, or None.
        sor: the register of organisations, and how it is read.
    """

    off: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(factory=dict)
    language: Language | None = None
    fail_on: Severity | None = None
    schema: str | None = None
    edition: Edition | None = None
    sor: SorFile = field(factory=SorFile)


def configuration(path: str | None) -> Configuration:
    """The table of a file; without one, of the first pyproject.toml upward that has it.

    Raises:
        click.ClickException: the file cannot be read, or says what cannot be understood.
    """
    if path is not None:
        return _made(Path(path), _table(Path(path)) or {})
    here = Path(current_directory() or "/")
    for directory in (here, *here.parents):
        file = directory / _FILE
        if file.is_file():
            table = _table(file)
            if table is not None:
                return _made(file, table)
    return Configuration()


def _table(file: Path) -> Mapping[str, Any] | None:
    try:
        with file.open("rb") as opened:
            content = tomllib.load(opened)
    except OSError as error:
        raise cannot_read(str(file), error) from None
    except (tomllib.TOMLDecodeError, UnicodeError) as error:
        raise wrong(
            str(file), say(Wording("ikke TOML: {error}", "not TOML: {error}"), error=error)
        ) from None
    tool = content.get("tool")
    table = tool.get("apd") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise wrong(
            str(file), say(Wording("tool.apd skal være en tabel", "tool.apd must be a table"))
        )
    return table


def _made(file: Path, table: Mapping[str, Any]) -> Configuration:
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in _KEYS:
            raise wrong(str(file), say(_NO_KEY, key=key, keys=", ".join(_KEYS)))
        try:
            values[key.replace("-", "_")] = _KEYS[key](value)
        except ValueError as error:
            raise wrong(str(file), f"[tool.apd] {key}: {error}") from None
    if "schema" in values:
        values["schema"] = str(file.parent / values["schema"])
    if "sor" in values:
        values["sor"] = values["sor"].relative_to(file.parent)
    return Configuration(**values)


_NO_KEY = Wording(
    "[tool.apd] har ikke nøglen '{key}'; den har {keys}",
    "[tool.apd] does not have the key '{key}'; it has {keys}",
)
_A_TEXT = Wording("en regel angives med en tekst", "a rule is named by a text")
_A_TABLE = Wording(
    'skal være en tabel som {"CONF-DK-APD:c79d" = "warning"}',
    'must be a table such as {"CONF-DK-APD:c79d" = "warning"}',
)


def _one_of(values: Iterable[str]) -> str:
    names = ", ".join(values)
    return say(Wording("skal være en af {names}", "must be one of {names}"), names=names)


def rule(name: object) -> str:
    """The id or clause of a rule.

    Raises:
        ValueError: there is no such rule; says which may be meant.
    """
    if not isinstance(name, str):
        raise ValueError(say(_A_TEXT))
    found = canonical(name)
    if found is None:
        raise ValueError(unknown(name))
    return found


def severity(value: object) -> Severity:
    """A severity.

    Raises:
        ValueError: it is not one.
    """
    if value not in tuple(Severity):
        raise ValueError(_one_of(Severity))
    return Severity(str(value))


def _rules(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError(say(Wording("skal være en liste af regler", "must be a list of rules")))
    return tuple(rule(name) for name in value)


def _severities(value: object) -> dict[str, Severity]:
    if not isinstance(value, dict):
        raise ValueError(say(_A_TABLE))
    return {rule(name): severity(level) for name, level in value.items()}


def _language(value: object) -> str:
    if value not in get_args(Language):
        raise ValueError(_one_of(get_args(Language)))
    return str(value)


def _edition(value: object) -> Edition:
    if value not in tuple(Edition):
        raise ValueError(_one_of(map(repr, map(str, Edition))))
    return Edition(str(value))


def _path(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(say(Wording("skal være en sti", "must be a path")))
    return value


_KEYS: dict[str, Callable[[object], object]] = {
    "off": _rules,
    "severity": _severities,
    "language": _language,
    "fail-on": severity,
    "schema": _path,
    "edition": _edition,
    "sor": sor_table,
}
