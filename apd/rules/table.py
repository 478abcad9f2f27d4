"""The table of rules as a page: ``python -m apd.rules.table`` writes docs/rules.md."""

from pathlib import Path

from apd.findings import Layer, Severity
from apd.rules.catalogue import rules_of_the_library
from apd.standard.requirement import Requirement

_INTRODUCTION = """\
# The rules

Made by `python -m apd.rules.table` from the rules themselves; change those, not this page.

`apd.validate` and `apd validate` check a document against every rule below, and
`apd.validate_all` a set of documents against those whose id begins with `SET-`. A rule is named
by the first clause it speaks for, or by a name of its own where no clause says it. Switch a rule
off, or change what it weighs, by its id or by any of its clauses.

An **error** makes a document invalid. A **warning** is what a source wants but no reference
insists on; **information** is worth knowing.
"""

_LAYERS = {
    Layer.XML: "What the bytes are. After an error of this layer nothing else is checked.",
    Layer.SCHEMA: "CDA R2 with SDTC. `lxml` gives the verdict, `xmlschema` the words.",
    Layer.PROFILE: "The clauses of APD-DK 2.0.1 with the errata of 2021, and HL7's data types.",
    Layer.BUSINESS: "What Aftaleoversigten asks, of one document and of several together.",
}


def page() -> str:
    """The page, in Markdown."""
    rules = rules_of_the_library()
    counts = ", ".join(
        f"{sum(rule.severity is severity for rule in rules)} {severity}" for severity in Severity
    )
    parts = [_INTRODUCTION, f"{len(rules)} rules: {counts}.\n"]
    for layer, about in _LAYERS.items():
        parts.append(f"## Layer {layer}\n\n{about}\n")
        parts += [_entry(rule) for rule in rules if rule.layer is layer]
    return "\n".join(parts)


def _entry(rule: Requirement) -> str:
    clauses = ", ".join(f"`{one}`" for one in rule.conformance)
    earlier = "".join(f" ({one} in {edition})" for edition, one in rule.severity_by_edition)
    facts = [f"*{rule.severity}*{earlier}", f"source: {rule.source}"]
    if clauses:
        facts.insert(1, f"clauses: {clauses}")
    lines = [
        f"### {rule.id}",
        "",
        "; ".join(facts),
        "",
        f"- **en** {rule.wording.en}",
        f"  {rule.explanation.en} *{rule.mend.en}*",
        f"- **da** {rule.wording.da}",
        f"  {rule.explanation.da} *{rule.mend.da}*",
        "",
    ]
    return "\n".join(line.replace("<", "&lt;") if "<" in line else line for line in lines)


def main(path: Path = Path("docs") / "rules.md") -> None:
    """Write the page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
