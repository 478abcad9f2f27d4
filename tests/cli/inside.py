"""Calls the command in this process, for tables of many calls; a few tests call it by itself."""

import io
import sys

import pytest

from apd.cli.app import run
from tests.cli.conftest import Result


def call_inside(monkeypatch: pytest.MonkeyPatch, *arguments: object, stdin: bytes = b"") -> Result:
    """How a call of ``apd`` ended, and what it wrote."""
    written = {"stdout": io.BytesIO(), "stderr": io.BytesIO()}
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        for name, stream in written.items():
            patched.setattr(sys, name, io.TextIOWrapper(stream, "utf-8", newline="\n"))
        status = run([str(argument) for argument in arguments])
        sys.stdout.flush()
        sys.stderr.flush()
        out, err = (stream.getvalue().decode() for stream in written.values())
    return Result(status, out, err)
