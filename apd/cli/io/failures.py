"""Errors with files, in the language of the run, and printable names of files."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import click

from apd.cli.language import failure, language_of_run, say
from apd.text.characters import name_on_a_line
from apd.wording import Language, Wording

_REASONS = {
    errno.ENOENT: "filen eller mappen findes ikke",
    errno.EACCES: "der er ikke adgang",
    errno.EPERM: "der er ikke adgang",
    errno.EISDIR: "det er en mappe",
    errno.ENOTDIR: "det er ikke en mappe",
    errno.EEXIST: "den findes allerede",
    errno.ENOSPC: "der er ikke mere plads på disken",
    errno.EROFS: "der kan ikke skrives til disken",
    errno.ENAMETOOLONG: "navnet er for langt",
    errno.ELOOP: "et symbolsk link fører i ring",
    errno.EBADF: "den er ikke åben",
    errno.EIO: "der er fejl på disken",
}
"""The reasons in Danish; in English the system provides them."""
_NO_ACCESS = Wording("Der er ikke læseadgang.", "There is no permission to read it.")
_UNREADABLE = {
    errno.ENOENT: Wording("Filen findes ikke.", "There is no such file."),
    errno.EACCES: _NO_ACCESS,
    errno.EPERM: _NO_ACCESS,
}
"""The reasons for which a file cannot be read, as sentences."""
_CANNOT_BE_READ = Wording("Kan ikke læses ({reason}).", "Cannot be read ({reason}).")
_OTHER = "fejl {number} fra styresystemet"
_CANNOT_WRITE = Wording("kan ikke skrive {name}: {reason}", "cannot write {name}: {reason}")


def reason(error: OSError, language: Language | None = None) -> str:
    """The reason of a system error, in a language or in that of the run."""
    if (language or language_of_run()) == "en":
        return error.strerror or str(error.errno)
    number = error.errno or 0
    return _REASONS.get(number) or _OTHER.format(number=number)


def unreadable(error: OSError) -> str:
    """The reason why a file cannot be read, as a sentence."""
    known = _UNREADABLE.get(error.errno or 0)
    return say(known) if known else say(_CANNOT_BE_READ, reason=reason(error))


def printed(path: str) -> str:
    """A printable form of a file's name, whatever its bytes."""
    return name_on_a_line(path)


def safe_name(path: str) -> str:
    """A file's name in a form that is safe to show: printable, without CPR numbers."""
    from apd.privacy.masking import hide_numbers  # on first use: the help needs no attrs

    return hide_numbers(printed(path))


class FileError(click.ClickException):
    """An error that begins with the name of a file, so that it is shown as it is."""


def wrong(path: str, problem: str) -> FileError:
    """The error for a file with a problem."""
    return FileError(f"{safe_name(path)}: {problem}")


def cannot_read(path: str, error: OSError) -> FileError:
    """The error for a file that cannot be read, with the reason."""
    return wrong(path, unreadable(error))


def cannot_write(path: str, error: OSError) -> click.ClickException:
    """The error for a file that cannot be written, with the reason."""
    return failure(_CANNOT_WRITE, name=safe_name(path), reason=reason(error))


@contextmanager
def reading(path: str) -> Iterator[None]:
    """Report what the system refuses as a file that cannot be read."""
    try:
        yield
    except OSError as error:
        raise cannot_read(path, error) from None


@contextmanager
def writing(path: str) -> Iterator[None]:
    """Report system errors as a file that cannot be written."""
    try:
        yield
    except OSError as error:
        raise cannot_write(path, error) from None
