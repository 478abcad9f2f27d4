"""The command ``apd``. It needs the extra ``cli``: ``pip install 'dk-apd[cli]'``."""

import sys
from importlib.util import find_spec

DIFFERENT = 1
"""A command that compares found differences."""

FAILED = 2
"""Something could not be read or written, or was not asked for rightly."""

INTERRUPTED = 130
"""Ctrl-C, as a shell counts it: 128 and the number of the signal."""

OUTPUT_CLOSED = 141
"""Who read the output has gone away; as a shell counts it."""

_NEEDED = ("click", "rich", "cattrs")


def main() -> None:
    """Run the command line and leave with its exit status."""
    try:
        status = _run()
    except KeyboardInterrupt:  # so early that nothing has begun
        status = INTERRUPTED
    sys.exit(status)


def _run() -> int:
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        if sys.stderr is not None:
            sys.stderr.write(
                f"apd: {' and '.join(missing)} not installed: pip install 'dk-apd[cli]'\n"
            )
        return FAILED
    from apd.cli.app import run

    return run()
