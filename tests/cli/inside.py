"""Calls the command in this process, many times faster than one by itself.

What it does to its process, and what it does when that ends, is tried in processes.
"""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from apd.cli.app import run


class Result(NamedTuple):
    """How a call ended, and what it wrote."""

    status: int
    out: str
    err: str


Apd = Callable[..., Result]


def documents_in(report: str | bytes) -> list[Any]:
    """The documents of a report as JSON Lines, without its header and what is gone."""
    forms = map(json.loads, report.splitlines())
    return [form for form in forms if "type" not in form]


def call_inside(
    monkeypatch: pytest.MonkeyPatch,
    *arguments: object,
    stdin: bytes = b"",
    cwd: Path | None = None,
    encoding: str = "utf-8",
    columns: int | None = None,
) -> Result:
    """How a call of ``apd`` ended, and what it wrote.

    Args:
        arguments: those of the command line.
        stdin: what stands at standard input.
        cwd: the working directory, where it is to be another one.
        encoding: that of standard output.
        columns: write to a terminal that is so wide.
    """
    written = {"stdout": io.BytesIO(), "stderr": io.BytesIO()}
    encodings = {"stdout": encoding, "stderr": "utf-8"}
    with monkeypatch.context() as patched:
        if cwd is not None:
            patched.chdir(cwd)
        patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        for name, stream in written.items():
            wrapper = io.TextIOWrapper(stream, encodings[name], newline="\n")
            if columns is not None and name == "stdout":
                wrapper.isatty = lambda: True  # type: ignore[method-assign]
                patched.setenv("COLUMNS", str(columns))
                patched.setenv("LINES", "50")
                patched.setenv("TERM", "xterm")
            patched.setattr(sys, name, wrapper)
        status = run([str(argument) for argument in arguments])
        sys.stdout.flush()
        sys.stderr.flush()
        out, err = (stream.getvalue().decode(encodings[name]) for name, stream in written.items())
    return Result(status, out, err)
