"""What is checked, a session each: ``nox`` runs all of them, ``nox -s lint types`` two.

Sessions that need what is not on the machine (an interpreter) are skipped, and nox says so.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nox

nox.needs_version = ">=2024.10"
nox.options.default_venv_backend = "uv|venv"
nox.options.error_on_missing_interpreters = False
nox.options.reuse_venv = "yes"

PROJECT = nox.project.load_toml("pyproject.toml")["project"]
PYTHONS = nox.project.python_versions({"project": PROJECT})
"""The interpreters of the classifiers."""
RUNNING = f"{sys.version_info.major}.{sys.version_info.minor}"
MEASURED = RUNNING if RUNNING in PYTHONS else PYTHONS[0]
"""The interpreter on which coverage is measured, and everything is run that is run once."""
OTHERS = [version for version in PYTHONS if version != MEASURED]
DATA = Path("build", "coverage").resolve()
"""Where what was measured lies between the sessions that measure and the one that reports."""

_FOLDERS = {
    "~/.pyenv/versions": "{}*/bin",
    "~/.local/share/uv/python": "cpython-{}*/bin",
    "~/.local/share/mise/installs/python": "{}*/bin",
    "~/.asdf/installs/python": "{}*/bin",
    "/opt/hostedtoolcache/Python": "{}*/*/bin",
}
"""Where version managers keep interpreters, and what of a version."""


def _known_to_version_managers() -> list[str]:
    """Folders with an interpreter of the classifiers, none of which need be on the PATH."""
    return [
        str(folder)
        for home, below in _FOLDERS.items()
        for version in PYTHONS
        for folder in sorted(Path(home).expanduser().glob(below.format(f"{version}.")))
        if (folder / f"python{version}").is_file()
    ]


os.environ["PATH"] = os.pathsep.join([os.environ["PATH"], *_known_to_version_managers()])


def _oldest() -> str:
    """The oldest interpreter on the machine that the classifiers allow, with all its faults."""
    name = f"python{PYTHONS[0]}"
    versions = {}
    for folder in os.environ["PATH"].split(os.pathsep):
        path = Path(folder, name)
        if not path.is_file():
            continue
        told = subprocess.run(
            [path, "--version"], capture_output=True, encoding="utf-8", check=False
        )
        if numbers := re.findall(r"\d+", told.stdout):
            versions[str(path)] = [int(number) for number in numbers[:3]]
    return min(versions, key=lambda path: versions[path], default=PYTHONS[0])


def _readme_commands() -> list[str]:
    """The two commands of the README, so that they cannot drift from what is run."""
    text = Path("README.md").read_text("utf-8")
    [block] = re.findall(r"<!-- commands -->(.*?)<!-- end -->", text, re.DOTALL)
    commands = re.findall(r"^python .*", block, re.MULTILINE)
    assert len(commands) == 2, "README.md must hold two commands"
    return commands


# Every Python that a session starts measures its coverage, in whatever folder it works.
MEASURE = {
    "COVERAGE_PROCESS_START": str(Path("pyproject.toml").resolve()),
    "COVERAGE_FILE": str(DATA / "data"),
}


@nox.session(python=MEASURED, venv_params=["--seed"], reuse_venv=False)
def tests(session: nox.Session) -> None:
    """The two commands of the README in an empty environment; the second runs the tests."""
    shutil.rmtree(DATA, ignore_errors=True)
    DATA.mkdir(parents=True)
    for command in _readme_commands():
        session.run("bash", "-c", command, env=MEASURE, external=True)


@nox.session(python=OTHERS)
def wheel(session: nox.Session) -> None:
    """The tests on the other interpreters, of the wheel: the library's folder is not there."""
    session.install("build")
    work = Path(session.create_tmp()).resolve()
    shutil.rmtree(work / "tree", ignore_errors=True)
    session.run("python", "-m", "build", "--quiet", "--wheel", "--outdir", str(work / "tree"))
    [built] = (work / "tree").glob("*.whl")
    session.install(f"{built}[test]")
    for name in ("tests", "docs", "examples"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(name, work / "tree" / name, ignore=ignored)
    for name in (
        "pyproject.toml",
        "noxfile.py",
        "README.md",
        "CHANGELOG.md",
        ".pre-commit-hooks.yaml",
    ):
        shutil.copy(name, work / "tree")
    session.chdir(work / "tree")
    session.run("python", "-m", "pytest", *session.posargs)


REPEATING = (
    *("tests/cda", "tests/fuzz", "tests/laws", "tests/oracle", "tests/rules", "tests/scaling"),
    "tests/testing/test_strategies.py",
)
"""Where slow tests do the same over thousands of inputs: they would take twice as long if they were
measured, and run no line that others do not."""


@nox.session(python=MEASURED)
def slow(session: nox.Session) -> None:
    """What the default run leaves out, but for the packages."""
    session.install("--editable", ".[test]")
    left = [f"--ignore={path}" for path in (*REPEATING, "tests/shipping/test_packages.py")]
    # tests of a group share what takes long to make
    arguments = ("-m", "slow", "--dist=loadgroup", *session.posargs)
    session.run("python", "-m", "pytest", *arguments, *left, env=MEASURE)
    session.run("python", "-m", "pytest", *arguments, *REPEATING)


@nox.session(python=MEASURED)
def coverage(session: nox.Session) -> None:
    """How much of the library the sessions ``tests`` and ``slow`` ran, which must be enough."""
    session.install("coverage")
    # A report takes in, and removes, what lies beside its file; what was measured is to stay.
    together = DATA / "together"
    together.mkdir(parents=True, exist_ok=True)
    where = {"COVERAGE_FILE": str(together / Path(MEASURE["COVERAGE_FILE"]).name)}
    session.run("coverage", "combine", "--quiet", "--keep", str(DATA), env=where)
    session.run("coverage", "report", "--skip-covered", env=where)


@nox.session(python=MEASURED)
def search(session: nox.Session) -> None:
    """The property tests, which search ten times as long as by default."""
    session.install("--editable", ".[test]")
    arguments = ("-m", "hypothesis and not slow", *session.posargs)
    session.run("python", "-m", "pytest", *arguments, env={"HYPOTHESIS_PROFILE": "ci"})


@nox.session(python=MEASURED, default=False)
def mutation(session: nox.Session) -> None:
    """Whether the tests see small changes of what matters; run when asked for by its name."""
    session.install("--editable", ".[test]")
    arguments = session.posargs or ("--processes", "2")
    session.run("python", "-m", "tests.mutation.running", *arguments)


@nox.session(python=_oldest())
def lowest(session: nox.Session) -> None:
    """The tests on the oldest Python, with the lowest versions that pyproject.toml allows."""
    if session.venv_backend != "uv":
        session.skip("needs uv, which resolves the lowest versions")
    constraints = Path(session.create_tmp()) / "lowest.txt"
    session.run_install(
        *("uv", "pip", "compile", "--quiet", "--resolution", "lowest-direct"),
        *("--extra", "cli", "--extra", "testing", "--output-file", str(constraints)),
        "pyproject.toml",
        external=True,
    )
    session.install("--constraint", str(constraints), "--editable", ".[test]")
    session.run("python", "-m", "pytest", *session.posargs)


@nox.session(python=MEASURED)
def types(session: nox.Session) -> None:
    """Types, as mypy sees them."""
    session.install("--editable", ".[test]")
    session.run("mypy", "--strict", "apd")


@nox.session(python=MEASURED)
def lint(session: nox.Session) -> None:
    """Style, docstrings of public names, and code that nothing uses."""
    session.install("ruff", "towncrier", "vulture")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("vulture")
    session.run("towncrier", "build", "--draft", "--version", "next", silent=True)


@nox.session(python=MEASURED)
def docs(session: nox.Session) -> None:
    """The pages, built strictly: a link that leads nowhere fails, and a name that is not there."""
    session.install("--editable", ".[cli,docs,testing]")
    session.run(
        *("mkdocs", "build", "--quiet", "--config-file", ".mkdocs.yml"),
        *("--site-dir", str(Path(session.create_tmp()).resolve() / "site")),
        env={"NO_MKDOCS_2_WARNING": "1"},
    )


@nox.session(python=MEASURED)
def package(session: nox.Session) -> None:
    """The packages: built, checked, and the wheel tried in an empty environment."""
    session.install("--editable", ".[test]")
    session.run("python", "-m", "pytest", "-n0", "-m", "slow", "tests/shipping/test_packages.py")
