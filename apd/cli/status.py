"""The exit statuses of the commands."""

DIFFERENT = 1
"""A command that compares found differences."""

FAILED = 2
"""Something could not be read or written, or was not asked for rightly."""

INTERRUPTED = 130
"""Ctrl-C, as a shell counts it: 128 and the number of the signal."""

OUTPUT_CLOSED = 141
"""Who read the output has gone away; as a shell counts it."""
