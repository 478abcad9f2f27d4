"""Bytes to a file, which appears as a whole or not at all."""

import os
import stat
from pathlib import Path

import click

from apd.cli import output
from apd.cli.inputs import printed
from apd.cli.masking import hide_numbers
from apd.cli.report_file import STANDARD_OUTPUT

_FOR_ALL, _MINE_ALONE = 0o666, 0o600


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
    path = Path(os.path.realpath(target))
    try:
        if path.exists() and not path.is_file():  # /dev/null, a pipe: not to be replaced
            path.write_bytes(data)
        else:
            write_whole(path, data)
    except OSError as error:
        raise cannot_write(target, error) from None


def cannot_write(path: str, error: OSError) -> click.ClickException:
    """That a file cannot be written, and why."""
    return click.ClickException(f"cannot write {hide_numbers(printed(path))}: {error.strerror}")


def write_whole(path: Path, data: bytes, *, is_private: bool = False) -> None:
    """Write beside the file first, so that nobody ever sees half of it, not after a crash either.

    Args:
        path: the file.
        data: what to write.
        is_private: nobody but the owner may read it.

    Raises:
        OSError: it cannot be written.
    """
    mode = _MINE_ALONE if is_private else _FOR_ALL
    beside = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        with open(beside, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists() and not is_private:
            beside.chmod(stat.S_IMODE(path.stat().st_mode))
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
