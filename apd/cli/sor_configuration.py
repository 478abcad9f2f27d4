"""``[tool.apd.sor]`` of pyproject.toml: how the file of a register is read."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import fields, frozen

from apd.cli import options
from apd.cli.io.failures import cannot_read, safe_name
from apd.cli.language import say
from apd.errors import InvalidValue
from apd.rules.rule import Rule
from apd.sor import SorColumns, read_sor, sor_rules
from apd.sor.csv_register import OWN_COLUMNS
from apd.wording import Wording


@frozen(kw_only=True)
class SorFile:
    """How the file of a register is read.

    Args:
        file: its path, or None where only ``--sor`` names one.
        columns: the names of its columns.
        delimiter: what stands between two fields.
        encoding: how the text is encoded.
    """

    file: str | None = None
    columns: SorColumns = OWN_COLUMNS
    delimiter: str = ";"
    encoding: str = "utf-8"

    def relative_to(self, directory: Path) -> "SorFile":
        """The same, its path seen from a directory."""
        file = None if self.file is None else str(directory / self.file)
        return SorFile(
            file=file, columns=self.columns, delimiter=self.delimiter, encoding=self.encoding
        )

    def rules(self, given: str | None) -> tuple[Rule, ...]:
        """The rules of the register; none where there is no file.

        Args:
            given: the file that the command line names; it beats the one that is configured.

        Raises:
            click.ClickException: the file cannot be read.
        """
        path = given or self.file
        if path is None:
            return ()
        try:
            register = read_sor(
                path, columns=self.columns, delimiter=self.delimiter, encoding=self.encoding
            )
        except OSError as error:
            raise cannot_read(path, error) from None
        except InvalidValue as error:
            raise options.refused(error, safe_name(error.field)) from None
        return sor_rules(register)


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
    """What ``[tool.apd.sor]`` says.

    Raises:
        ValueError: it cannot be understood.
    """
    table = _known(value, [one.name for one in fields(SorFile)])
    given: dict[str, Any] = {}
    for key, value in table.items():
        if key == "columns":
            given[key] = _columns(value)
        elif isinstance(value, str):
            given[key] = value
        else:
            raise ValueError(say(_A_TEXT, key=key))
    return SorFile(**given)


def _columns(value: object) -> SorColumns:
    names = [one.name for one in fields(SorColumns)]
    try:
        return SorColumns(**_known(value, names))
    except InvalidValue as error:
        key = error.field.rpartition(".")[2]
        raise ValueError(say(_A_COLUMN, key=key)) from None
    except TypeError:
        raise ValueError(say(_A_TABLE)) from None


def _known(value: object, keys: list[str]) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(say(_A_TABLE))
    for key in value:
        if key not in keys:
            raise ValueError(say(_NO_KEY, key=key, keys=", ".join(keys)))
    return value
