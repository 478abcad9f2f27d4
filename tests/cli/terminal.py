"""Calls a command on a terminal of its own."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

posix = pytest.mark.skipif(os.name != "posix", reason="asks for a POSIX system")


def on_terminal(
    command: Sequence[Any],
    environment: Mapping[str, str],
    *,
    stream: str = "stdout",
    cwd: Path | None = None,
) -> tuple[int, str]:
    """The exit status, and what the terminal shows of a stream; the other goes nowhere.

    Args:
        command: the command with its arguments.
        environment: its variables.
        stream: ``stdout`` or ``stderr``.
        cwd: where it is called.
    """
    import pty

    reading, writing = pty.openpty()
    streams: dict[str, int] = {"stdout": subprocess.DEVNULL, stream: writing}
    with subprocess.Popen(list(command), env=environment, cwd=cwd, **streams) as process:
        os.close(writing)
        shown = b""
        while chunk := _read(reading):
            shown += chunk
    os.close(reading)
    return process.returncode, shown.decode().replace("\r\n", "\n")


def _read(file: int) -> bytes:
    try:
        return os.read(file, 65536)
    except OSError:  # Linux says so when the other end is closed
        return b""
