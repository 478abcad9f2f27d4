"""The file or the standard output that a command's options name."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from apd.cli import output
from apd.cli.inputs import printed
from apd.cli.masking import hide_numbers
from apd.files import whole_file

STANDARD_OUTPUT = "-"


def write_out(target: str | None, data: bytes) -> None:
    """Write to a file, or to standard output.

    Args:
        target: the file; None or ``-`` for standard output.
        data: what to write.

    Raises:
        click.ClickException: it cannot be written.
    """
    if target is None or target == STANDARD_OUTPUT:
        output.write_bytes(data)
        return
    with failures_told(target), whole_file(target, is_synced=True) as file:
        file.write(data)


@contextmanager
def failures_told(path: str) -> Iterator[None]:
    """Let a file that cannot be written be told of as such.

    Raises:
        click.ClickException: it cannot.
    """
    try:
        yield
    except OSError as error:
        raise cannot_write(path, error) from None


def cannot_write(path: str, error: OSError) -> click.ClickException:
    """That a file cannot be written, and why."""
    return click.ClickException(f"cannot write {hide_numbers(printed(path))}: {error.strerror}")
