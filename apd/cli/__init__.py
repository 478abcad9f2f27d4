"""The command ``apd``. It needs the extra ``cli``: ``pip install 'dk-apd[cli]'``."""

import sys
from importlib.util import find_spec

_NEEDED = ("click", "rich", "cattrs")


def main() -> None:
    """Run the command line and leave with its exit status."""
    try:
        status = _run()
    except KeyboardInterrupt:  # so early that nothing has begun
        status = 130  # as apd.cli.status.INTERRUPTED
    sys.exit(status)


def _run() -> int:
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        if sys.stderr is not None:
            sys.stderr.write(
                f"apd: {' and '.join(missing)} not installed: pip install 'dk-apd[cli]'\n"
            )
        return 2
    from apd.cli.app import run

    return run()
