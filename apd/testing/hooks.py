"""The hooks by which pytest finds ``pytest --apd``; :mod:`apd.testing.plugin` does the work.

This module is loaded at every start of pytest where dk-apd is installed, so it loads nothing that
only ``--apd`` asks for.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_addoption(parser: "pytest.Parser") -> None:
    """Options and settings."""
    group = parser.getgroup("apd", "DK-APD appointment documents")
    group.addoption(
        "--apd",
        action="store_true",
        help="Make a test of every XML file that is an appointment document.",
    )
    group.addoption(
        "--apd-level",
        metavar="LEVEL",
        help="The least severity that fails: error, warning or information.",
    )
    parser.addini("apd_level", "The least severity that fails.", default="error")
    parser.addini("apd_files", "Patterns of the files to look at.", "linelist", ["*.xml"])
    parser.addini("apd_ignore", "Rules that do not apply, by id or clause.", "linelist", [])
    parser.addini("apd_language", "Language of the findings: da or en.", default="en")


def pytest_configure(config: "pytest.Config") -> None:
    """The marker; and the settings are looked at before anything is collected."""
    config.addinivalue_line("markers", "apd: an appointment document, collected by --apd")
    if config.getoption("--apd"):
        from apd.testing import plugin

        plugin.configure(config)


def pytest_collect_file(file_path: Path, parent: "pytest.Collector") -> "pytest.Collector | None":
    """The test of a file, if it is one for us."""
    if not parent.config.getoption("--apd"):
        return None
    from apd.testing import plugin

    return plugin.collect(file_path, parent)
