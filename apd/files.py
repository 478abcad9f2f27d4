"""Files that are written completely or not at all, and which are looked at."""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import BinaryIO

XML_FILES = ("*.xml",)
"""The patterns of the files that are looked at, unless somebody says otherwise."""


def is_wanted(path: Path, patterns: Iterable[str], root: Path) -> bool:
    """True where one of the patterns fits a file.

    A pattern with a slash is about the path below ``root``, where ``*`` also stands for slashes;
    any other about the name. Large and small letters are alike, so that ``.XML`` is not overlooked.
    """
    name = path.name.lower()
    from_root = None
    for pattern in patterns:
        compared = name
        if "/" in pattern:
            if from_root is None:
                from_root = Path(os.path.relpath(path, root)).as_posix().lower()
            compared = from_root
        if fnmatchcase(compared, pattern.lower()):
            return True
    return False


def real_path(path: str | os.PathLike[str]) -> str:
    """A path without links; as it is where nobody can tell, as the working directory is gone."""
    try:
        return os.path.realpath(path)
    except OSError:
        return os.fspath(path)


@cache
def schemas_of(package: str) -> Path:
    """The folder of a package's schemas, whose files name each other.

    Where the library lies in an archive, it is a copy, as schema engines read files.
    """
    from importlib import resources  # on first use, as what follows

    folder = resources.files(package) / "schema"
    if isinstance(folder, Path):
        return folder
    import atexit
    import shutil
    import tempfile

    copy = Path(tempfile.mkdtemp(prefix="apd-"))
    atexit.register(shutil.rmtree, copy, ignore_errors=True)
    for file in folder.iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    return copy


_FOR_ALL, _MINE_ALONE = 0o666, 0o600


@contextmanager
def whole_file(
    path: str | os.PathLike[str], *, is_private: bool = False, is_synced: bool = False
) -> Iterator[BinaryIO]:
    """A new file that takes the place of another when everything has been written to it.

    Nobody ever sees half of it, and nothing of it is left after an error. A link is followed, a
    file that was there keeps its mode, and what is not a file, such as a pipe or ``/dev/null``, is
    not replaced but written to. A private one only its owner can read; a synced one is whole even
    if the machine stops.
    """
    if _is_special(path):
        with open(path, "wb") as file:
            yield file
        return
    target = Path(real_path(path))
    beside = target.with_name(f".{target.name}.{os.getpid()}.{os.urandom(4).hex()}")
    mode = _MINE_ALONE if is_private else _FOR_ALL
    try:
        with open(beside, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            yield file
            file.flush()
            if is_synced:
                os.fsync(file.fileno())
        if target.exists() and not is_private:
            beside.chmod(stat.S_IMODE(target.stat().st_mode))
        beside.replace(target)
    except BaseException as error:
        beside.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename == str(beside):
            error.filename = str(path)  # which is the one that people know
        raise


def _is_special(path: str | os.PathLike[str]) -> bool:
    """True for what exists and is no file, also where only the system can follow its link.

    ``/dev/stdout`` and ``/dev/fd/63`` are links to a pipe that has no path.
    """
    try:
        return not stat.S_ISREG(Path(path).stat().st_mode)
    except OSError:  # it does not exist, or writing to it will say why not
        return False
