"""Resuming interrupted work from the JSON Lines of the earlier run."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from attrs import field, frozen

from apd.cli.batch.spool import Done
from apd.cli.io.failures import reading, writing, wrong
from apd.cli.io.output_files import Write
from apd.cli.language import say
from apd.findings import Severity
from apd.reports.contract import KNOWN
from apd.wording import Wording

_BEGINNINGS = (b'{"file": ', b'{"type": ')
_NOT_COMPARED = ("type", "date", "tool_version")
"""Keys of the header that may differ when a report is continued."""


@frozen(kw_only=True)
class Earlier:
    """The report of an earlier run, with the length of its complete lines in bytes."""

    path: str
    done: Done = field(repr=False)
    found: Counter[Severity]
    failed: bool = False
    length: int = 0
    header: Mapping[str, Any] | None = field(default=None, repr=False)

    def check_same(self, header: Mapping[str, Any]) -> None:
        """Refuse to continue a report that was made with other rules.

        Args:
            header: the header of the present run.
        """
        if self.header is None:
            return
        names = [
            name
            for name, value in header.items()
            if name not in _NOT_COMPARED and self.header.get(name) != value
        ]
        if names:
            raise wrong(self.path, say(_OTHERWISE, names=", ".join(names)))

    @contextmanager
    def file(self) -> Iterator[Write]:
        """Yield a function that appends a line immediately."""
        with writing(self.path), Path(self.path).open("ab") as file:
            file.truncate(self.length)

            def write(line: str) -> None:
                file.write(f"{line}\n".encode())
                file.flush()

            yield write


def earlier_run(path: str, done: Done) -> Earlier:
    """Read the report of an earlier run; if there is none, no document is done.

    An incomplete last line does not count. What is not such a report is an error, and is not
    changed.
    """
    if not Path(path).exists():
        return Earlier(path=path, done=done, found=Counter())
    if not Path(path).is_file():
        raise wrong(
            path,
            say(
                Wording(
                    "det er ikke en fil, der kan skrives videre på",
                    "this is not a file that can be appended to",
                )
            ),
        )
    found: Counter[Severity] = Counter()
    failed, length, ending, header = False, 0, 0, None
    with reading(path), Path(path).open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.endswith(b"\n"):
                _check_torn(line, path, number)
                break
            form = _form(line, path, number)
            if form.get("type") in _AT_THE_END:  # is written anew
                ending += len(line)
                continue
            length, ending = length + ending + len(line), 0
            if "type" in form:
                header = form
                continue
            failed = failed or not form["checked"]
            found.update(
                Severity(one["severity"])
                for one in form["findings"]
                if one.get("baseline") != KNOWN
            )
            if not form["set"]:
                done.add(form["file"])
    return Earlier(path=path, done=done, found=found, failed=failed, length=length, header=header)


_HEADER, _AT_THE_END = "header", ("gone", "left_alone")
_OTHERWISE = Wording(
    "rapporten er lavet med andre indstillinger ({names}); angiv de samme, eller begynd på en ny",
    "the report was made with other settings ({names}); specify the same, or begin a new one",
)
_NOT_OURS = Wording(
    "linje {number} er ikke fra en rapport fra apd validate --format json",
    "line {number} does not come from a report of apd validate --format json",
)


def _form(line: bytes, path: str, number: int) -> dict[str, Any]:
    """The content of a line of the report."""
    try:
        form: dict[str, Any] = json.loads(line)
        if form.get("type") in (_HEADER, *_AT_THE_END):
            return form
        is_ours = isinstance(form["file"], str) and {"checked", "set"} <= form.keys()
        for finding in form["findings"]:
            Severity(finding["severity"])
    except (ValueError, TypeError, KeyError, AttributeError):
        is_ours = False
    if not is_ours:
        raise _not_ours(path, number)
    return form


def _check_torn(line: bytes, path: str, number: int) -> None:
    begun = line.rstrip(b"\0")  # some file systems leave zeros after a power failure
    if not any(begun.startswith(one) or one.startswith(begun) for one in _BEGINNINGS):
        raise _not_ours(path, number)


def _not_ours(path: str, number: int) -> click.ClickException:
    return wrong(path, say(_NOT_OURS, number=number))
