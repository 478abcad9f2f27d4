"""The settings of a project, from ``[tool.apd]`` of pyproject.toml or from apd.toml.

The command line, ``pytest --apd``, :func:`apd.testing.assert_valid_apd` and whoever calls
:func:`load_settings` obey the same file.
"""

import os
import re
import sys
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

from attrs import field, frozen

from apd.errors import ApdError, InvalidValue
from apd.findings import Layer, Severity
from apd.rules.rule import Rule
from apd.rules.rule_names import RuleNames
from apd.rules.settings import Settings
from apd.rules.xml_layer import UNKNOWN_TO_JAVA
from apd.sor.register_rules import SOR_REQUIREMENTS, every_rule
from apd.sor.register_table import SorFile, sor_table
from apd.standard.edition import Edition
from apd.wording import Language, Wording

FILES = ("apd.toml", "pyproject.toml")
"""What a settings file is called; of a directory that has both, the first counts."""


class SettingsError(ApdError, ValueError):
    """A settings file says what cannot be understood; the text names the file and the key."""


@frozen(kw_only=True)
class ProjectSettings:
    """What a project says of how its documents are judged.

    Args:
        file: where it says so; None where there is no such file.
        rules: rules of its own.
        off: rules that do not apply, by id or clause.
        severity: what rules weigh.
        language: of messages, or None.
        fail_on: what counts as failed, or None.
        schema: path of an XSD, or None.
        edition: of Aftaleoversigten, or None.
        layers: findings of which layers are reported; none for all.
        strict: whether every file must be an appointment document, one that receivers can read.
        as_release: whether a document of an older release is judged as what it is.
        files: patterns of the files that are looked at in a directory.
        baseline: path of the findings that are known, or None.
        documentation: where the pages that explain the rules lie, or None.
        sor: the register of organisations, and how it is read.
    """

    file: str | None = None
    rules: tuple[Rule, ...] = ()
    off: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(factory=dict)
    language: Language | None = None
    fail_on: Severity | None = None
    schema: str | None = None
    edition: Edition | None = None
    layers: tuple[Layer, ...] = ()
    strict: bool = False
    as_release: bool = False
    files: tuple[str, ...] = ()
    baseline: str | None = None
    documentation: str | None = None
    sor: SorFile = field(factory=SorFile)

    @property
    def settings(self) -> Settings:
        """Which rules apply; :class:`InvalidValue` or ``OSError`` if a register is not right."""
        return self.with_others()

    def with_others(
        self,
        *,
        off: Collection[str] = (),
        severity: Mapping[str, Severity] | None = None,
        edition: Edition | str | None = None,
        register: str | None = None,
        strict: bool = False,
        as_release: bool = False,
    ) -> Settings:
        """The settings with those given here, which take precedence over the file.

        A rule that is given a severity here is on, whatever the file says. Settings for the rules
        of a register apply where a register is given.

        Args:
            off: more rules that do not apply, by id or clause.
            severity: what rules weigh.
            edition: another edition of Aftaleoversigten.
            register: another register of organisations.
            strict: every file must be one that receivers can read, as where the file says so.
            as_release: judge a document of an older release as what it is, as where it says so.

        Raises:
            InvalidValue: no rule has that name, or the register is not as described.
            OSError: the register cannot be read.
        """
        rules = (*self.rules, *self.sor.rules(register))
        names = self.names
        given = {names.canonical(name) or name: one for name, one in (severity or {}).items()}
        usual = {UNKNOWN_TO_JAVA: Severity.ERROR} if strict or self.strict else {}
        levels = {**usual, **self.severity, **given}
        absent = {one.id for one in SOR_REQUIREMENTS} - {one.id for one in rules}
        without = {names.canonical(name) or name for name in off}
        without |= {name for name in self.off if name not in given}
        return Settings(
            off=without - absent,
            severities={name: level for name, level in levels.items() if name not in absent},
            rules=rules,
            edition=edition or self.edition or Edition.CURRENT,
            as_release=as_release or self.as_release,
        )

    @property
    def names(self) -> RuleNames:
        """What rules are called here: those of the library, of a register, and its own."""
        return RuleNames((*every_rule(), *self.rules))


def load_settings(
    path: str | os.PathLike[str] | None = None, *, directory: str | os.PathLike[str] | None = None
) -> ProjectSettings:
    """The settings of a project.

    Args:
        path: the file; None for the first ``apd.toml``, or ``pyproject.toml`` with the table
            ``[tool.apd]``, from a directory upward.
        directory: where to begin looking; None for the current one.

    Returns:
        What the file says; its paths are relative to its directory. Where there is no such
        file, everything is as usual.

    Raises:
        SettingsError: it says what cannot be understood, or its rules cannot be imported.
        OSError: it cannot be read.

    Examples:
        >>> import apd
        >>> project = apd.load_settings("examples/sor.toml")
        >>> project.settings.edition.value
        '2.0'
    """
    if path is not None:
        return _made(Path(path), _table(Path(path), is_named=True) or {})
    try:
        here = Path.cwd() if directory is None else Path(directory).absolute()
    except OSError:  # the current directory has been removed
        return ProjectSettings()
    for place in (here, *here.parents):
        for name in FILES:
            file = place / name
            table = _table(file, is_named=False) if file.is_file() else None
            if table is not None:
                return _made(file, table)
    return ProjectSettings()


def _table(file: Path, *, is_named: bool) -> Mapping[str, Any] | None:
    """What a file says; None where it says nothing of documents."""
    try:
        content = tomllib.loads(file.read_bytes().decode())
    except (tomllib.TOMLDecodeError, UnicodeError) as error:
        raise _error(file, _NO_TOML, error=_reason_of(error), place=_place_of(error)) from None
    except ValueError:  # Python reads no number of more than 4,300 digits
        raise _error(file, _TOO_MANY_DIGITS) from None
    except RecursionError:
        raise _error(file, _TOO_DEEP) from None
    tool = content.get("tool")
    if file.name != FILES[1] and "tool" not in content:
        return content
    table = tool.get("apd") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise _error(file, Wording("tool.apd skal være en tabel", "tool.apd must be a table"))
    return {} if table is None and is_named else table


def _made(file: Path, table: Mapping[str, Any]) -> ProjectSettings:
    values: dict[str, Any] = {"file": str(file)}
    place = file.parent
    rules: tuple[Rule, ...] = ()
    for key in sorted(table, key=lambda key: key != "rules"):  # first, as others name them
        if key not in KEYS:
            raise _error(file, _NO_KEY, key=key, keys=", ".join(KEYS))
        try:
            made = KEYS[key](table[key], _Place(place, rules))
        except InvalidValue as error:
            raise _error(file, _AT_KEY, key=key, error=error.refusal) from None
        if key == "rules":
            rules = made
        values[key.replace("-", "_")] = made
    return ProjectSettings(**values)


def _reason_of(error: ValueError) -> str:
    """Why it is no TOML, in English; of other letters Python says more than people ask."""
    return "not UTF-8" if isinstance(error, UnicodeError) else str(error)


def _place_of(error: ValueError) -> str:
    """Where it is no TOML, in Danish; what is wrong there Python says in English alone."""
    if isinstance(error, UnicodeError):
        return "ikke UTF-8"
    found = re.search(r"at line (\d+), column (\d+)", str(error))
    return f"linje {found[1]}, kolonne {found[2]}" if found else "ved slutningen"


_TOO_MANY_DIGITS = Wording("et tal har for mange cifre", "a number has too many digits")
_TOO_DEEP = Wording("værdier ligger for dybt i hinanden", "values are nested too deep")
_NO_TOML = Wording("ikke TOML: {place}", "not TOML: {error}")
_NO_KEY = Wording(
    "[tool.apd] har ikke nøglen '{key}'; den har {keys}",
    "[tool.apd] does not have the key '{key}'; it has {keys}",
)
_AT_KEY = Wording("[tool.apd] {key}: {error}", "[tool.apd] {key}: {error}")


def _error(file: Path, problem: Wording, **values: object) -> SettingsError:
    message = problem.filled(**values)
    return SettingsError(Wording(f"{file.name}: {message.da}", f"{file.name}: {message.en}"))


def _refused(problem: Wording, **values: object) -> InvalidValue:
    return InvalidValue("", problem.filled(**values))


# --- the keys --------------------------------------------------------------------------------


@frozen
class _Place:
    """What a key is read with: the directory of the file, and its own rules."""

    directory: Path
    rules: tuple[Rule, ...]

    @cached_property
    def names(self) -> RuleNames:
        """What rules are called in the file."""
        return RuleNames((*every_rule(), *self.rules))


def _one_of(values: Iterable[str]) -> InvalidValue:
    return _refused(
        Wording("skal være en af {names}", "must be one of {names}"), names=", ".join(values)
    )


def _rule(name: object, place: _Place) -> str:
    if not isinstance(name, str):
        raise _refused(Wording("en regel angives med en tekst", "a rule is named by a text"))
    found = place.names.canonical(name)
    if found is None:
        raise InvalidValue("", place.names.unknown(name))
    return found


def severity(value: object) -> Severity:
    """A severity; :class:`InvalidValue` for what is none."""
    if value not in tuple(Severity):
        raise _one_of(Severity)
    return Severity(str(value))


def _off(value: object, place: _Place) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _refused(Wording("skal være en liste af regler", "must be a list of rules"))
    return tuple(_rule(name, place) for name in value)


def _severities(value: object, place: _Place) -> dict[str, Severity]:
    if not isinstance(value, dict):
        raise _refused(
            Wording(
                'skal være en tabel som {{"CONF-DK-APD:c79d" = "warning"}}',
                'must be a table such as {{"CONF-DK-APD:c79d" = "warning"}}',
            )
        )
    return {_rule(name, place): severity(level) for name, level in value.items()}


def _language(value: object, _: _Place) -> str:
    if value not in get_args(Language):
        raise _one_of(get_args(Language))
    return str(value)


def _edition(value: object, _: _Place) -> Edition:
    if value not in tuple(Edition):
        raise _one_of(map(repr, map(str, Edition)))
    return Edition(str(value))


def _path(value: object, place: _Place) -> str:
    if not isinstance(value, str):
        raise _refused(Wording("skal være en sti", "must be a path"))
    return str(place.directory / value)


def _layers(value: object, _: _Place) -> tuple[Layer, ...]:
    if not isinstance(value, list) or not all(one in tuple(Layer) for one in value):
        raise _refused(
            Wording("skal være en liste af {names}", "must be a list of {names}"),
            names=", ".join(Layer),
        )
    return tuple(Layer(one) for one in value)


def _flag(value: object, _: _Place) -> bool:
    if not isinstance(value, bool):
        raise _refused(Wording("skal være true eller false", "must be true or false"))
    return value


def _patterns(value: object, _: _Place) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise _refused(
            Wording('skal være en liste som ["*.xml"]', 'must be a list such as ["*.xml"]')
        )
    return tuple(value)


def _address(value: object, _: _Place) -> str:
    if not isinstance(value, str) or not value.startswith(("https://", "http://")):
        raise _refused(
            Wording("skal være en adresse som https://…", "must be an address such as https://…")
        )
    return value


def _sor(value: object, place: _Place) -> SorFile:
    return sor_table(value).relative_to(place.directory)


# --- rules of one's own ----------------------------------------------------------------------

_NAMED = Wording(
    'skal være en liste som ["house.rules:RULES"], et modul og et navn i det',
    'must be a list such as ["house.rules:RULES"], a module and a name in it',
)
_CANNOT = Wording(
    "{name} kan ikke importeres ({kind}); modulet søges i {directory}",
    "{name} cannot be imported ({kind}); the module is looked for in {directory}",
)
_NO_NAME = Wording("modulet {module} har ikke navnet {name}", "the module {module} has no {name}")
_NO_RULES = Wording(
    "{name} er hverken en apd.rules.rule.Rule eller en liste af dem",
    "{name} is neither an apd.rules.rule.Rule nor a list of them",
)


def _own_rules(value: object, place: _Place) -> tuple[Rule, ...]:
    if not isinstance(value, list):
        raise _refused(_NAMED)
    rules = tuple(rule for name in value for rule in _imported(name, place.directory))
    Settings(rules=rules)  # refuses an id that is taken, and a rule without a check
    return rules


def _imported(named: object, directory: Path) -> tuple[Rule, ...]:
    """The rules that a name stands for. Its module may lie in the directory of the file.

    The directory stays in ``sys.path``, as other processes have to find the same functions.
    """
    if not isinstance(named, str) or not all(named.partition(":")):
        raise _refused(_NAMED)
    module, _, name = named.partition(":")
    place = str(directory.absolute())
    if place not in sys.path:
        sys.path.append(place)
    try:
        content = import_module(module)
    except Exception as error:  # whatever a module of somebody else's does
        kind = type(error).__name__
        raise _refused(_CANNOT, name=named, kind=kind, directory=directory) from error
    if not hasattr(content, name):
        raise _refused(_NO_NAME, module=module, name=name)
    found = getattr(content, name)
    rules = (found,) if isinstance(found, Rule) else found
    if isinstance(rules, str) or not isinstance(rules, Iterable):
        raise _refused(_NO_RULES, name=named)
    listed = tuple(rules)
    if not all(isinstance(one, Rule) for one in listed):
        raise _refused(_NO_RULES, name=named)
    return listed


KEYS: Mapping[str, Callable[[object, _Place], Any]] = {
    "off": _off,
    "severity": _severities,
    "language": _language,
    "fail-on": lambda value, _: severity(value),
    "schema": _path,
    "edition": _edition,
    "layers": _layers,
    "as-release": _flag,
    "strict": _flag,
    "files": _patterns,
    "baseline": _path,
    "rules": _own_rules,
    "documentation": _address,
    "sor": _sor,
}
"""The keys of ``[tool.apd]``, each with what reads it."""
