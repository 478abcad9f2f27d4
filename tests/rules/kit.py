"""The conformance kits: their cases, the names of clauses, and where we say more than they do.

The reasons below are the only ones for an error of ours in a document of the first kit that the
reference calls clean; those for the second stand beside its test. Each has its source.
"""

import importlib.util
import json
import re
import tarfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from apd import Finding, Report, Severity
from tests.places import EXAMPLES, KIT, SECOND_KIT

ALIASES = {
    "cdc3-CODE": ("CONF-DK-APD:cdc3",),
    "C7725": ("CONF:1098-7725",),
    "C8564": ("CONF:1098-8564",),
    "C14749": ("CONF:1098-14749",),
    "C14749-ENCOUNTER": ("CONF:1098-14749",),
    "C14750": ("CONF:1098-14750",),
    "C134": ("CONF:134",),
    "LOCATION-TYPE": ("CONF-DK-APD:889e", "CONF-DK-APD:9b47", "CONF-DK-APD:F98b"),
    "CRITERION-4": ("CONF-DK-APD:4464", "CONF-DK-APD:488b"),
    "CRITERION-5": ("CONF-DK-APD:4464", "CONF-DK-APD:488b"),
    "CODE-4": ("CONF-DK-APD:72b5", "CONF-DK-APD:e3ff", "CONF-DK-APD:2b78", "CONF-DK-APD:ab85"),
    "CODE-5": ("CONF-DK-APD:72b5", "CONF-DK-APD:e3ff", "CONF-DK-APD:2b78", "CONF-DK-APD:ab85"),
}
"""The names that the reference gives to clauses, where they are not the ids themselves."""


def clauses(name: str) -> tuple[str, ...]:
    """The clause ids that a name of the reference stands for."""
    if name.startswith("PROHIBIT-"):
        return (name,)  # no clause says it
    return ALIASES.get(name) or tuple(f"CONF-DK-APD:{one}" for one in name.split("-"))


class Reason(NamedTuple):
    """Why we find an error where the reference finds none.

    Args:
        why: the reason.
        source: where it is written.
        rules: the rules it is for.
        paths: the places it is for, as a regular expression.
        edits: the edits it is for, as a regular expression; the first kit does not name its edits.
    """

    why: str
    source: str
    rules: str
    paths: str = ".*"
    edits: str = ".*"

    def explains(self, finding: Finding, case: "Case") -> bool:
        """True for a finding in a case that this is the reason of."""
        return (
            re.fullmatch(self.rules, finding.rule) is not None
            and re.fullmatch(self.paths, finding.path.partition("/@")[0]) is not None
            and re.fullmatch(self.edits, case.edit, re.DOTALL) is not None
        )


REASONS = (
    Reason(
        "HL7's data types hold for every element of a type; the official Schematron visits only "
        "those that its templates name: no identifiers of the episode with another root than "
        "MedCom's, no templateId of preconditions, the location and events it does not know, "
        "nothing inside the performer's organisation.",
        "conformance kit, README: any element of the type; HL7 v3 data types R1",
        "DT-.*",
        r".*/(serviceEvent/(id|templateId)|precondition(\[\d\])?/templateId|participantRole/templateId"
        r"|performer/assignedEntity/representedOrganization/\w+)(\[\d\])?",
    ),
    Reason(
        "A document without the APD templateId is no appointment document. To the official "
        "Schematron that is a warning, and it then skips the header, its data types included.",
        "apd-profile.md, part F, 8: require the root",
        "CONF-DK-APD:6c69|DT-.*",
        "/ClinicalDocument(/templateId)?",
    ),
    Reason(
        "A document is about one patient. CDA allows more, and the clause rules break down on it.",
        "apd-profile.md, part F, 35: exactly one",
        "APD-PATIENT-1",
    ),
    Reason(
        "At most one precondition of each kind; the clauses look at each by itself.",
        "apd-profile.md, part F, 21: at most one of each",
        "APD-PRECONDITION-.*",
    ),
    Reason(
        "The gender is bound to a value set. The official Schematron counts the elements with a "
        "right code and, as none is demanded, does not see a wrong one.",
        "apd-profile.md, B.1 and B.2: gender M, F, UN",
        "APD-GENDER-1|DT-CD-.*",
        ".*/administrativeGenderCode",
    ),
)


class Case(NamedTuple):
    """A case of a kit.

    Args:
        id: its name in the kit.
        data: the document.
        schema: the reference's schema accepts it.
        official: what the official Schematron finds; None where it was not asked or broke down.
        clauses: the clause rules that fail.
        edit: what was changed, where the kit says it: kind and edit, or the cause.
    """

    id: str
    data: bytes
    schema: bool
    official: list[str] | None
    clauses: list[str]
    edit: str = ""

    @property
    def is_broken(self) -> bool:
        """True where the reference finds an error."""
        return not self.schema or bool(self.official) or bool(self.clauses)


def cases(step: int = 1) -> Iterator[Case]:
    """The cases of the first kit, or one of so many, each with its document."""
    apply = _mutate()
    bases = {path.name: path.read_bytes() for path in EXAMPLES.glob("*.xml")}
    with (KIT / "cases.jsonl").open(encoding="utf-8") as file:
        for line in islice(file, 0, None, step):
            row: dict[str, Any] = json.loads(line)
            data = apply(bases[row["base"]], row["ops"])
            yield Case(row["id"], data, row["schema"], row["official"], row["clauses"])


def second_cases(step: int = 1) -> Iterator[Case]:
    """The cases of the second kit, or one of so many, each with its document."""
    with tarfile.open(SECOND_KIT / "cases.tar.xz") as archive:
        files = {
            member.name: file.read()
            for member in archive
            if (file := archive.extractfile(member)) is not None
        }
    for line in files["cases.jsonl"].splitlines()[::step]:
        row: dict[str, Any] = json.loads(line)
        yield Case(
            row["id"],
            files[f"{row['id']}.xml"],
            row["schema"],
            row["official"],
            row["clauses"],
            f"{row['kind']} {row['edit']}",
        )


def causes() -> Iterator[Case]:
    """The smallest document for each cause of the second kit."""
    for row in json.loads((SECOND_KIT / "causes" / "index.json").read_text("utf-8")):
        data = (SECOND_KIT / "causes" / f"{row['case']}.xml").read_bytes()
        yield Case(row["case"], data, row["schema"], row["official"], row["clauses"], row["case"])


def _mutate() -> Callable[[bytes, list[Any]], bytes]:
    spec = importlib.util.spec_from_file_location("mutate", KIT / "mutate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    apply: Callable[[bytes, list[Any]], bytes] = module.apply
    return apply


def differences(case: Case, report: Report, reasons: Iterable[Reason] = REASONS) -> list[str]:
    """How a report differs from what the reference says of a case; nothing where they agree."""
    errors = [found for found in report.findings if found.severity is Severity.ERROR]
    if not case.is_broken:
        if case.official is None:
            return []  # the reference broke down: no verdict
        return [
            f"{found.rule} at {found.path}"
            for found in errors
            if not any(reason.explains(found, case) for reason in reasons)
        ]
    missing = [
        f"{name} is not named" for name in case.clauses if not is_named(report, clauses(name))
    ]
    return missing if errors else [*missing, "no error"]


def is_named(report: Report, wanted: Iterable[str]) -> bool:
    """True where findings of the report name all of these rules and clauses."""
    named = {id for found in report.findings for id in (found.rule, *found.conformance)}
    return named.issuperset(wanted)


def explained(case: Case, report: Report, reasons: Iterable[Reason]) -> Iterator[Reason]:
    """The reasons of the errors that a report has in a case."""
    for found in report.findings:
        if found.severity is Severity.ERROR:
            yield from (reason for reason in reasons if reason.explains(found, case))
