"""``[tool.apd.sor]`` of a settings file: how the file of a register is read."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import evolve, fields, frozen

from apd.errors import InvalidValue
from apd.rules.rule import Rule
from apd.sor.csv_register import OWN_COLUMNS, SorColumns, read_sor
from apd.sor.register_rules import sor_rules
from apd.wording import Wording


@frozen(kw_only=True)
class SorFile:
    """How the file of a register is read; the path is None where only ``--sor`` names one."""

    file: str | None = None
    columns: SorColumns = OWN_COLUMNS
    delimiter: str = ";"
    encoding: str = "utf-8"

    def relative_to(self, directory: Path) -> "SorFile":
        """The same, with its path relative to a directory."""
        return self if self.file is None else evolve(self, file=str(directory / self.file))

    def rules(self, given: str | None = None) -> tuple[Rule, ...]:
        """The rules of the register, or of another that is given; none where there is no file.

        :class:`InvalidValue` if it is not as described, ``OSError`` if it cannot be read.
        """
        path = given or self.file
        if path is None:
            return ()
        return sor_rules(
            read_sor(path, columns=self.columns, delimiter=self.delimiter, encoding=self.encoding)
        )


_TABLE = "[tool.apd.sor]"
_A_TABLE = Wording(
    'skal være en tabel som {code = "SOR-kode", name = "Navn"}',
    'must be a table such as {code = "SOR-kode", name = "Navn"}',
)
_NO_KEY = Wording(
    "har ikke nøglen '{key}'; den har {keys}", "does not have the key '{key}'; it has {keys}"
)
_A_TEXT = Wording("{key} skal være en tekst", "{key} must be a text")
_A_COLUMN = Wording(
    "{key} skal være navnet på en kolonne, eller for street og telephones en liste af dem",
    "{key} must be the name of a column, or for street and telephones a list of them",
)


def sor_table(value: object) -> SorFile:
    """What ``[tool.apd.sor]`` says; :class:`InvalidValue` if it cannot be understood."""
    table = _known(value, [one.name for one in fields(SorFile)])
    given: dict[str, Any] = {}
    for key, setting in table.items():
        if key == "columns":
            given[key] = _columns(setting)
        elif isinstance(setting, str):
            given[key] = setting
        else:
            raise _wrong(_A_TEXT, key=key)
    return SorFile(**given)


def _columns(value: object) -> SorColumns:
    names = [one.name for one in fields(SorColumns)]
    given = _known(value, names)
    try:
        return SorColumns(**given)
    except InvalidValue as error:
        raise _wrong(_A_COLUMN, key=error.field.rpartition(".")[2]) from None
    except TypeError:
        raise _wrong(_A_TABLE) from None


def _known(value: object, keys: list[str]) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(_A_TABLE)
    for key in value:
        if key not in keys:
            raise _wrong(_NO_KEY, key=key, keys=", ".join(keys))
    return value


def _wrong(problem: Wording, **values: object) -> InvalidValue:
    return InvalidValue(_TABLE, problem.filled(**values) if values else problem)
