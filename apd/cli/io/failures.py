"""What the operating system refuses, in the language of the run."""

import errno

import click

from apd.cli.language import failure, language_of_run
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
"""The reasons in Danish; in English the system gives them itself."""
_OTHER = "fejl {number} fra styresystemet"
_CANNOT_READ = Wording("kan ikke læse {name}: {reason}", "cannot read {name}: {reason}")
_CANNOT_WRITE = Wording("kan ikke skrive {name}: {reason}", "cannot write {name}: {reason}")


def reason(error: OSError, language: Language | None = None) -> str:
    """Why the system refused, in a language or in that of the run."""
    if (language or language_of_run()) == "en":
        return error.strerror or str(error.errno)
    number = error.errno or 0
    return _REASONS.get(number) or _OTHER.format(number=number)


def cannot_read(name: str, error: OSError) -> click.ClickException:
    """That a file cannot be read, and why.

    Args:
        name: what the file is called, fit to be shown.
        error: the refusal.
    """
    return failure(_CANNOT_READ, name=name, reason=reason(error))


def cannot_write(name: str, error: OSError) -> click.ClickException:
    """That a file cannot be written, and why; the arguments as for :func:`cannot_read`."""
    return failure(_CANNOT_WRITE, name=name, reason=reason(error))


def refused(name: str, error: OSError) -> click.ClickException:
    """That something was refused about a file, and why; arguments as of :func:`cannot_read`."""
    return click.ClickException(f"{name}: {reason(error)}")
