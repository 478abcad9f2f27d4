"""The reports on the same documents, as every interpreter makes them, but for what the header says.

``python -m tests.reports.expected_reports`` makes the files in ``expected`` anew.
"""

import json
import os
import re
import tempfile
from pathlib import Path

from apd.cli.app import run
from tests.places import ROOT

EXPECTED = Path(__file__).with_name("expected")
FORMATS = ("text", "json", "sarif", "junit")
DOCUMENTS = ROOT / "examples" / "documents"


def write_documents(folder: Path) -> None:
    """Documents with all kinds of findings: of a layer each, of none, and of several together."""
    good = (DOCUMENTS / "home-nurse.xml").read_text("utf-8")
    visit = (DOCUMENTS / "hospital-visit.xml").read_text("utf-8")
    texts = {
        "bad.xml": good.replace('"DK"', '"SE"').replace('use="WP"', 'use="QQ"'),
        "clean.xml": visit,
        "copy.xml": visit,
        "empty.xml": "",
        "offset.xml": visit.replace("+0100", "+0200").replace("<title>", "<extra/><title>", 1),
        "other.xml": "<project/>",
    }
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())


def report(form: str) -> str:
    """The report on the documents in the current directory, without what may differ."""
    run(["validate", ".", "--lang", "en", "--apd-only", "--format", form, "-o", "report"])
    text = Path("report").read_text("utf-8")
    if form == "json":
        return text.partition("\n")[2]  # behind the header
    if form == "sarif":
        [made] = json.loads(text)["runs"]
        for result in made["results"]:
            del result["ruleIndex"]  # which another rule changes
        return json.dumps([made["results"], made["invocations"]], indent=1) + "\n"
    return re.sub(' time="[0-9.]+"', "", text)


def reports() -> dict[str, str]:
    """The report in each format."""
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        write_documents(Path(folder))
        os.chdir(folder)
        try:
            return {form: report(form) for form in FORMATS}
        finally:
            os.chdir(here)


if __name__ == "__main__":
    EXPECTED.mkdir(exist_ok=True)
    for form, text in reports().items():
        (EXPECTED / form).write_text(text, encoding="utf-8", newline="\n")
