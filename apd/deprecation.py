"""The old names of what is public: they work for one minor version at least, with a warning."""

import warnings


def warn_renamed(old: str, new: str) -> None:
    """Warn the caller of a deprecated name, and name the new one."""
    warnings.warn(
        f"{old} is deprecated and will be removed in 3.0: use {new}",
        DeprecationWarning,
        stacklevel=3,
    )
