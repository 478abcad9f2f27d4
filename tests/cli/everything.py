"""Calls of every command: helps, results, and errors of odd inputs.

``python -m tests.cli.everything`` writes what some of them show on terminals of 60, 80 and 120
columns to ``tests/cli/terminals.txt``, which a test holds.
"""

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from apd.cli.commands import COMMANDS
from tests.cli.inside import Result, call_inside

ROOT = Path(__file__).resolve().parents[2]
TERMINALS = Path(__file__).with_name("terminals.txt")
WIDTHS = (60, 80, 120)

NOW = "--now 2026-04-08T12:00"
DOCUMENTS, NURSE = "examples/documents", "examples/documents/home-nurse.xml"
POOL = [f"examples/documents/pool-training-{number}.xml" for number in (1, 2, 3)]
SERIES = "series FREQ=WEEKLY;COUNT=2 --start 2026-03-23T10:15"
XDS = "xds --facility hospital --specialty urologi"
PLAN = "plan --register none.db --key key examples/bookings.json --now 2026-02-02T09:35"
UUID = "6a6c1a2e-6f2b-4f0e-9a53-5d1f0a7f2c11"
LONG = "a-name-of-a-file-that-is-longer-than-many-terminals-are-wide-and-goes-on-2026-03-12.xml"

OF_DOCUMENTS = [
    f"show {NURSE}",
    f"show {LONG}",
    "show beyond.xml",
    f"overview {' '.join(POOL)} {NOW}",
    f"overview {DOCUMENTS} {NOW}",
    f"overview {DOCUMENTS} --patient-of {NURSE} {NOW} --validate",
    f"roundtrip {NURSE} older.xml",
    "roundtrip --show-content older.xml",
    f"diff {POOL[0]} {POOL[1]} --show-content",
    f"{XDS} {NURSE} --entry-uuid {UUID}",
    "xds --codes specialty",
    f"{XDS} wrong.xml --entry-uuid {UUID}",
]
"""Results that show what documents or the national value sets say, which is Danish."""

RESULTS = [
    f"validate {NURSE}",
    f"validate {DOCUMENTS}",
    "validate wrong.xml empty.xml text.xml older.xml",
    f"validate wrong.xml --severity BR-HOME=warning --apd-only other.xml {LONG}",
    "rules",
    "rules --layer xml --edition 1.0",
    "rules 9ac6 BR-4 SET-OVERLAP",
    "rules --on 2025-06-24",
    "rules --on 2019-01-01",
    f"diff {NURSE} {NURSE}",
    f"diff {POOL[0]} {POOL[1]}",
    SERIES,
    f"{SERIES} --duration 45m --series {UUID}",
    "series FREQ=WEEKLY;COUNT=3 --start 2026-03-23 --part-of-day night",
    "series FREQ=WEEKLY --start 2026-03-23 --date-only --days 3",
    "series FREQ=WEEKLY;COUNT=1 --start 2026-03-23T10:15 --from 2027-01-01",
    PLAN,
    f"{PLAN} --all",
    f"{PLAN} --status",
    "generate -o made --count 2 --force",
    f"anonymise {NURSE} -o anonymous.xml --secret x",
    f"upgrade older.xml --set id={UUID} --set category=region -o newer.xml",
    "help",
    "--version",
]

ERRORS = [
    "nope",
    "valdate x",
    "--nope",
    "help nope",
    *(f"{name} --nope" for name in COMMANDS),
    *(f"{name} --lang se" for name in COMMANDS),
    *(f"{name} nowhere.xml" for name in COMMANDS if name not in ("generate", "certify", "rules")),
    *(
        f"{command} {file}"
        for command in (
            "show",
            "overview",
            "roundtrip",
            "validate",
            "anonymise --secret x",
            "upgrade",
            XDS,
        )
        for file in ("text.xml", "torn.xml", "other.xml", "empty", "empty.xml", "dtd.xml")
    ),
    f"show {DOCUMENTS} --html page.html",
    f"show {NURSE} --sor nowhere.csv",
    f"show {NURSE} -o nowhere/out",
    f"show {NURSE} --html nowhere/out",
    f"show {NURSE} -o {LONG} --format nope",
    f"overview {DOCUMENTS} --json",
    f"overview {NURSE} --patient 123",
    f"overview {NURSE} --patient 0707801234 {NOW}",
    f"overview {NURSE} --patient-of text.xml",
    f"overview {NURSE} --patient 0707801234 --patient-of {NURSE}",
    f"overview {NURSE} --viewer professional",
    f"overview {NURSE} --viewer professional --viewer-name Bo",
    f"overview {NURSE} --viewer proxy --viewer-name B --organization x",
    f"overview {NURSE} --html - --ics -",
    f"overview {NURSE} --html out --ics out",
    f"overview {NURSE} --travel 9999",
    f"overview {NURSE} --now yesterday",
    "build document.json",
    "build wrong.json",
    "build text.xml",
    "build a b c",
    f"validate --off nope {NURSE}",
    f"validate --off BR-44 {NURSE}",
    f"validate --severity BR-4 {NURSE}",
    f"validate --severity BR-4=fatal {NURSE}",
    f"validate --jobs 0 {NURSE}",
    f"validate --jobs x {NURSE}",
    f"validate --schema nowhere.xsd {NURSE}",
    f"validate --schema text.xml {NURSE}",
    f"validate --config nowhere.toml {NURSE}",
    f"validate --config text.xml {NURSE}",
    f"validate --config wrong.toml {NURSE}",
    f"validate --sor wrong.csv {NURSE}",
    f"validate --resume-from text.xml {NURSE}",
    f"validate --resume-from - {NURSE}",
    f"validate --resume-from x --format sarif {NURSE}",
    "validate --files-from nowhere",
    f"validate -0 {NURSE}",
    f"validate --baseline nowhere.json {NURSE}",
    f"validate --update-baseline {NURSE}",
    "validate",
    "rules nope",
    "rules BR-44",
    "rules --on tomorrow",
    "rules BR-4 --on 2025-01-01",
    "diff - -",
    f"diff {NURSE}",
    f"upgrade {NURSE} --set colour=red",
    f"upgrade {NURSE} --set id",
    f"upgrade {NURSE} --set id=17",
    "upgrade older.xml",
    f"anonymise {DOCUMENTS}",
    f"anonymise {NURSE} --resume",
    f"anonymise {NURSE} -o {NURSE}",
    "generate",
    "generate -o examples",
    "generate -o full --resume",
    "generate -o made --resume --force",
    "generate -o made --force --count 0",
    "generate -o made --force --patients 3 --count 2",
    "generate -o made --force --patients 1 --count 999",
    "generate -o made --force --defect nope",
    "generate -o made --force --defect BR-4 --release 1.1",
    "generate -o made --force --type 4 --release 1.0",
    "generate -o made --force --from 2026-02-30",
    "generate -o made --force --from 2026-02-02 --to 2026-02-01",
    "generate -o text.xml",
    "series",
    "series FREQ=NEVER --start 2026-03-23T10:15",
    "series FREQ=DAILY",
    "series FREQ=DAILY --start 2026-03-23",
    "series FREQ=DAILY --start noon",
    "series FREQ=DAILY;COUNT=9 --start 2026-03-26T02:30",
    "series FREQ=DAILY;COUNT=9999999 --start 2026-03-26T02:30",
    f"{SERIES} --days 2",
    f"{SERIES} --end 10:45 --duration 4m",
    f"{SERIES} --end noon",
    f"{SERIES} --duration long",
    f"{SERIES} --to 2026-01-01 --from 2026-02-01",
    f"{SERIES} --series 17",
    f"{SERIES} --date-only --part-of-day night",
    f"xds {NURSE}",
    f"xds --facility nope --specialty urologi {NURSE}",
    f"xds --facility hospital --specialty urolog {NURSE}",
    f"{XDS} {NURSE} --home-community nope",
    f"{XDS} {NURSE} --format mime",
    f"{XDS} {NURSE} --replaces 17",
    f"{XDS} {NURSE} --endpoint nope",
    f"{XDS} {NURSE} --security nowhere.xml",
    f"{XDS} {NURSE} --replaces {UUID} --format json",
    "plan --register none.db",
    "plan --register text.xml --key key examples/bookings.json",
    "plan --register none.db examples/bookings.json",
    "plan --register none.db --key text.xml nowhere.json",
    "plan --register none.db --key torn.xml examples/bookings.json",
    "plan --register none.db --key key text.xml",
    "plan --register none.db --key key wrong.json",
    f"{PLAN} --brake-share 2",
    f"{PLAN} --format openmetrics",
    f"{PLAN} --status --retry-refused",
    f"{PLAN} --confirm 17",
    "certify",
    "certify --publisher nope",
    "certify --publisher nope:nope",
    "certify --maker json:nope",
    f"certify --maker json:loads --real-time {NOW}",
    "certify --command nope --type 9",
    "bench score nowhere.json nowhere.jsonl",
    "bench score text.xml text.xml",
    "bench verdicts svrl empty",
    "bench verdicts xmllint text.xml",
    "bench nope",
]


_BEYOND = (
    '<reference typeCode="XCRPT"><externalDocument>'
    '<id root="1.2.3.4" extension="a-long-extension-of-an-id"/></externalDocument></reference>'
)


def calls(*, of_documents: bool = True) -> Iterator[str]:
    """All of them: helps, results and errors."""
    yield from ("", "--help", *(f"{name} --help" for name in COMMANDS))
    yield from RESULTS
    yield from OF_DOCUMENTS if of_documents else ()
    yield from ERRORS


def prepare(directory: Path) -> None:
    """Put there what the calls are about."""
    shutil.copytree(ROOT / "examples", directory / "examples")
    nurse = (directory / NURSE).read_text("utf-8")
    files = {
        LONG: nurse,
        "older.xml": nurse.replace("apd-v2.0.1", "apd-v1.1"),
        "wrong.xml": nurse.replace("<title>", "<title>x").replace("2512489996", "2512489995"),
        "beyond.xml": nurse.replace("</encounter>", f"{_BEYOND}</encounter>"),
        "torn.xml": "<a",
        "text.xml": "Tekst",
        "empty.xml": "",
        "other.xml": "<html/>",
        "dtd.xml": "<!DOCTYPE a><a/>",
        "wrong.json": '{"id": null, "time": "x", "custodain": 1}',
        "wrong.csv": "a;b\n1;2\n",
        "wrong.toml": "[tool.apd]\nnope = 1\n",
        "full/a.xml": nurse,
    }
    for name, text in files.items():
        (directory / name).parent.mkdir(exist_ok=True)
        (directory / name).write_text(text, "utf-8")
    (directory / "empty").mkdir()
    (directory / "key").write_bytes(bytes(range(32)))


def result_of(
    call: str, directory: Path, language: str, columns: int, *, colour: bool = False
) -> Result:
    """What a call writes to a terminal.

    Args:
        call: the words after ``apd``.
        directory: where it was prepared.
        language: of the run.
        columns: how wide the terminal is.
        colour: whether it has colours.
    """
    patch = pytest.MonkeyPatch()
    with patch.context() as patched:
        patched.setenv("APD_LANG", language)
        if colour:
            patched.delenv("NO_COLOR", raising=False)
        else:
            patched.setenv("NO_COLOR", "1")
        return call_inside(patched, *call.split(), cwd=directory, columns=columns)


CAPTURED = [
    f"show {LONG}",
    f"overview {POOL[0]} {NOW}",
    f"overview {DOCUMENTS} {NOW}",
    "build wrong.json",
    "roundtrip older.xml",
    "validate wrong.xml",
    "rules xml-dtd",
    f"diff {POOL[0]} {POOL[1]}",
    "upgrade older.xml",
    f"anonymise {NURSE} -o anonymous.xml --secret x",
    "generate -o made --count 2 --force",
    f"{SERIES} --series {UUID}",
    f"{XDS} {NURSE} --entry-uuid {UUID}",
    f"{PLAN} --all",
    "bench score nowhere.json nowhere.jsonl",
    "certify --publisher nope:nope",
]
"""What is captured: a result of each command, or an error where a result takes long."""


def captured() -> str:
    """What they show; a text that is the same at several widths stands once."""
    pieces = []
    with tempfile.TemporaryDirectory() as name:
        prepare(Path(name))
        for call in CAPTURED:
            for language in ("da", "en"):
                shown: dict[str, list[str]] = {}
                for columns in WIDTHS:
                    result = result_of(call, Path(name), language, columns)
                    text = "".join(f"{line.rstrip()}\n" for line in plain(result).splitlines())
                    shown.setdefault(text, []).append(str(columns))
                for text, widths in shown.items():
                    heading = f"$ apd {call}  # {language}, {', '.join(widths)} columns"
                    pieces.append(f"{heading}\n{text}")
    return "\n".join(pieces)


_STYLE = re.compile(r"\x1b\[[0-9;]*m")


def plain(result: Result) -> str:
    """All that was written, without colours and the like."""
    return _STYLE.sub("", f"{result.out}{result.err}")


if __name__ == "__main__":
    TERMINALS.write_text(captured(), encoding="utf-8", newline="\n")
