"""What is shipped: the packages are sound, and the wheel works where nothing else is installed."""

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tests.examples.suite import outside, run_suite
from tests.places import ROOT

pytestmark = pytest.mark.slow


def run(*command: object, cwd: Path) -> str:
    """What a command writes; it has to end well."""
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=outside(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The wheel, and the archive of the sources it was made of."""
    made = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", made, ROOT, cwd=made)
    return next(made.glob("*.whl")), next(made.glob("*.tar.gz"))


def test_the_packages_are_sound(packages: tuple[Path, Path], tmp_path: Path) -> None:
    run(sys.executable, "-m", "twine", "check", "--strict", *packages, cwd=tmp_path)
    run(sys.executable, "-m", "check_wheel_contents", packages[0], cwd=tmp_path)


def test_the_wheel_holds_the_library_and_its_data(packages: tuple[Path, Path]) -> None:
    wheel = zipfile.ZipFile(packages[0])
    data = [p for p in (ROOT / "apd").rglob("*") if p.suffix in (".py", ".xsd", ".typed", ".html")]
    names = {path.relative_to(ROOT).as_posix() for path in data}
    assert {"apd/py.typed", "apd/cda/schema/cda.xsd"} < names <= set(wheel.namelist())


def test_the_archive_holds_what_the_tests_need(packages: tuple[Path, Path]) -> None:
    with tarfile.open(packages[1]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"README.md", "LICENSE", "tests/conftest.py", "examples/cast.py"} <= names
    assert not [name for name in names if name.startswith(("build", "dist", ".venv"))]


TRY_IT = """
import sys, apd
document = apd.load(sys.argv[1])
assert apd.validate(apd.dumps(document)).is_valid
absent = ("cattrs", "click", "hypothesis", "icalendar", "jinja2", "pytest", "rich")
assert not set(absent) & set(sys.modules)
print(document.appointment.schedule.start.isoformat())
"""


def test_the_wheel_works_alone(packages: tuple[Path, Path], tmp_path: Path) -> None:
    """In an environment of its own: without extras, with the command line, and with pytest."""
    document = ROOT / "examples" / "documents" / "home-nurse.xml"
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, packages[0], cwd=tmp_path)
    assert run(python, "-c", TRY_IT, document, cwd=tmp_path).startswith("20")
    run(*pip, f"{packages[0]}[cli]", cwd=tmp_path)
    assert "Skovsang" in run(python, "-m", "apd", "show", document, cwd=tmp_path)
    assert run(python, "-m", "apd", "--version", cwd=tmp_path).startswith("dk-apd ")
    run(*pip, "pytest", cwd=tmp_path)
    run_suite(python, tmp_path, outside())
