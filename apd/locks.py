"""Locks for what all threads of a process share."""

import os
from threading import RLock


def shared_lock() -> "RLock":
    """A lock that a fork waits for, so that no process begins with one that nobody will release."""
    lock = RLock()
    if hasattr(os, "register_at_fork"):  # not where processes are not forked
        os.register_at_fork(
            before=lock.acquire, after_in_parent=lock.release, after_in_child=lock.release
        )
    return lock
