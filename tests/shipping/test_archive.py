"""The library in an archive on Python's path, as a wheel that was not installed."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.places import LIBRARY, ROOT

TRY_IT = f"""
import sys, tempfile
import apd
from apd.xds import check_message
document = apd.load({str(ROOT / "examples" / "documents" / "hospital-visit.xml")!r})
assert apd.__file__.startswith(sys.argv[1]), apd.__file__
data = apd.dumps(document)
wrong = apd.validate(data.replace(b"<realmCode", b"<realm", 1))
assert [one.rule for one in wrong.findings if one.rule.startswith("XSD")], wrong
assert check_message(b"<a/>").findings
print(tempfile.gettempdir())
"""


def test_it_validates_from_an_archive(tmp_path: Path) -> None:
    """Schema engines read files: they get a copy, which goes when the process ends."""
    archive, temporary = tmp_path / "apd.zip", tmp_path / "temporary"
    temporary.mkdir()
    with zipfile.ZipFile(archive, "w") as file:
        for path in LIBRARY.rglob("*"):
            if "__pycache__" not in path.parts:
                file.write(path, path.relative_to(LIBRARY.parent))
    # coverage looks for the source of what it measures, which is gone by then
    others = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    done = subprocess.run(
        [sys.executable, "-c", TRY_IT, str(archive)],
        cwd=tmp_path,
        env={**others, "PYTHONPATH": str(archive), "TMPDIR": str(temporary)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(temporary)
    assert [*temporary.iterdir()] == []
