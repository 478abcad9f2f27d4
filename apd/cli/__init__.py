"""The command ``apd``. It needs the extra ``cli``: ``pip install 'dk-apd[cli]'``."""

import sys

DIFFERENT = 1
"""A command that compares found differences."""

FAILED = 2
"""Something could not be read or written, or the usage was wrong."""

INTERRUPTED = 130
"""Ctrl-C, as shells report it: 128 plus the number of the signal."""

OUTPUT_CLOSED = 141
"""The reader of the output is gone, as shells report it."""

_NEEDED = ("click", "rich", "cattrs")


def main() -> None:
    """Run the command line and exit with its status."""
    # whatever else is imported is imported in here, as Ctrl-C may come meanwhile
    try:
        status = _run()
    except KeyboardInterrupt:  # before anything has started
        status = INTERRUPTED
    sys.exit(status)


def _run() -> int:
    from importlib.util import find_spec

    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        if sys.stderr is not None:
            sys.stderr.write(
                f"apd: {' and '.join(missing)} not installed: pip install 'dk-apd[cli]'\n"
            )
        return FAILED
    from apd.cli.app import run

    return run()
