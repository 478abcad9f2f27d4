"""The hooks of pytest: ``pytest --apd``, implemented in :mod:`apd.testing.plugin`, and a fixture.

Every run of pytest loads this module if dk-apd is installed, so it imports nothing before it is
needed.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from apd.testing.registry import RunningRegistry


def pytest_addoption(parser: pytest.Parser) -> None:
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
        help="The lowest severity that fails: error, warning or information.",
    )
    group.addoption(
        "--apd-strict",
        action="store_true",
        default=None,
        help="Every file that is looked at must be an appointment document.",
    )
    group.addoption(
        "--apd-baseline",
        metavar="FILE",
        help="Findings that FILE knows do not fail; apd validate --update-baseline writes it.",
    )
    group.addoption(
        "--apd-config",
        metavar="FILE",
        help="The settings file, instead of the first apd.toml, or pyproject.toml with [tool.apd].",
    )
    parser.addini("apd_strict", "Every file must be an appointment document.", "bool", False)
    parser.addini("apd_level", "The lowest severity that fails.", default="")
    parser.addini("apd_baseline", "The file of findings that are known.", default="")
    parser.addini("apd_files", "Patterns of the files to look at.", "linelist", [])
    parser.addini("apd_ignore", "Rules that do not apply, by id or clause.", "linelist", [])
    parser.addini(
        "apd_language",
        "Language of the findings, da or en, where APD_LANG does not name it.",
        default="",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker, and check the settings before anything is collected."""
    config.addinivalue_line("markers", "apd: an appointment document, collected by --apd")
    if config.getoption("--apd"):
        from apd.testing import plugin

        plugin.configure(config)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """The test of a file, if it is to be validated."""
    if not parent.config.getoption("--apd"):
        return None
    from apd.testing import plugin

    return plugin.collect(file_path, parent)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Report how many files were left out, and which findings of a baseline are gone."""
    if terminalreporter.config.getoption("--apd"):
        from apd.testing import plugin

        plugin.summarize(terminalreporter)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In a worker of pytest-xdist: pass its counts to the process that reports."""
    if session.config.getoption("--apd") and hasattr(session.config, "workeroutput"):
        from apd.testing import plugin

        session.config.workeroutput[plugin.OF_WORKER] = plugin.of_worker(session.config)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Add the counts of a worker of pytest-xdist; each worker collects everything."""
    if node.config.getoption("--apd"):
        from apd.testing import plugin

        plugin.take(node.config, getattr(node, "workeroutput", {}).get(plugin.OF_WORKER))


@pytest.fixture
def apd_registry() -> "Iterator[RunningRegistry]":
    """A registry and repository that runs during the test; post to its ``url``."""
    from apd.testing.registry import RunningRegistry

    with RunningRegistry() as registry:
        yield registry
