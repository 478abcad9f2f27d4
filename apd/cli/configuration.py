"""The settings of a project for a command, which ends if they have an error."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from apd.cli import options
from apd.cli.io.failures import cannot_read, reading, safe_name
from apd.cli.language import language_of_run
from apd.errors import InvalidValue
from apd.settings_file import ProjectSettings, SettingsError, load_settings


def configuration(path: str | None) -> ProjectSettings:
    """The settings of a file; without one, of the first file upward that has settings."""
    try:
        return load_settings(path)
    except OSError as error:
        raise cannot_read(path or str(error.filename), error) from None
    except SettingsError as error:
        raise click.ClickException(error.message(language_of_run())) from None


@contextmanager
def register_is_read(project: ProjectSettings, given: str | None) -> Iterator[None]:
    """Report an error in the file of a register, the one given or that of the settings."""
    try:
        with reading(given or project.sor.file or ""):
            yield
    except InvalidValue as error:
        raise options.refused(error, safe_name(error.field)) from None
