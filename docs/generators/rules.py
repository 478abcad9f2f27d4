"""The rules as pages, one a group: ``python docs/generators/rules.py`` writes them.

``docs/rules.md`` lists all of them, and each page in ``docs/rules/`` lists what those of a group
demand and how to correct a document that breaks them.
"""

from pathlib import Path
from typing import NamedTuple

from apd.findings import Severity
from apd.reports.addresses import anchor_of, page_of
from apd.rules.details import follows
from apd.sor.register_rules import every_rule
from apd.standard.requirement import Requirement

DOCS = Path(__file__).resolve().parents[1]

_INTRODUCTION = """\
# The rules

Made by `python docs/generators/rules.py` from the rules themselves; change those, not this page.

`apd.validate` and `apd validate` check a document against every rule below, and
`apd.validate_all` a set of documents against those whose id begins with `SET-`. A rule is named
by its first clause, or by a name of its own if it has no clause. Switch a rule
off, or change its severity, by its id or by any of its clauses.

An **error** makes a document invalid. A **warning** is what a source wants but no reference
insists on; **information** is worth knowing.
"""
_FILTER = '<div class="filter" data-label="Show only what contains"></div>\n'


class Group(NamedTuple):
    """The rules of a page.

    Args:
        page: the name of the page.
        title: its heading.
        about: a sentence below that.
    """

    page: str
    title: str
    about: str


GROUPS = (
    Group(
        "xml",
        "XML and schema",
        "What the bytes are, and CDA R2 with SDTC. After an error of the layer `xml` nothing else "
        "is checked; of the schema, `lxml` gives the verdict and `xmlschema` the words.",
    ),
    Group(
        "header",
        "The header",
        "APD-DK 2.0.1 with the errata of 2021: the document, the patient, authors, custodian and "
        "service events.",
    ),
    Group(
        "appointment",
        "The appointment",
        "APD-DK 2.0.1 with the errata of 2021: the section, the encounter and all that is in it.",
    ),
    Group(
        "data-types",
        "Data types",
        "HL7's data types, wherever they are used.",
    ),
    Group(
        "agreement",
        "What has to agree",
        "What several elements say together.",
    ),
    Group(
        "sets",
        "Documents together",
        "What Aftaleoversigten asks of several documents.",
    ),
    Group(
        "sor",
        "SOR",
        "What differs from SOR. Checked only where a register is given: `apd validate --sor FILE`, "
        "or `apd.sor.sor_rules`.",
    ),
    Group(
        "aftaleoversigten",
        "Aftaleoversigten",
        "What Aftaleoversigten asks of one document.",
    ),
)
"""The groups, in the order of :data:`apd.reports.addresses.PAGES`."""


def group_of(rule: Requirement) -> Group:
    """The group of a rule."""
    return next(group for group in GROUPS if group.page == page_of(rule))


def link(rule: Requirement) -> str:
    """A link to a rule, from a page beside ``rules.md``."""
    return f"[{rule.id}](rules/{page_of(rule)}.md#{anchor_of(rule.id)})"


def pages() -> dict[str, str]:
    """The pages in Markdown, by their paths below ``docs``."""
    return {
        "rules.md": _list(),
        **{f"rules/{group.page}.md": _page(group) for group in GROUPS},
    }


def _list() -> str:
    rules = every_rule()
    counts = ", ".join(
        f"{sum(rule.severity is severity for rule in rules)} {severity}" for severity in Severity
    )
    rows = (
        f"| {link(rule)} | {rule.severity} | {' '.join(f'`{one}`' for one in rule.conformance)} "
        f"| {_escaped(rule.wording.en)} |"
        for rule in rules
    )
    groups = (f"- [{one.title}](rules/{one.page}.md): {one.about}" for one in GROUPS)
    return "\n".join(
        (
            _INTRODUCTION,
            f"{len(rules)} rules: {counts}.\n",
            *groups,
            "",
            _FILTER,
            "| Rule | Severity | Clauses | Requirement |",
            "|---|---|---|---|",
            *rows,
            "",
        )
    )


def _page(group: Group) -> str:
    rules = [rule for rule in every_rule() if group_of(rule) is group]
    made = "Made by `python docs/generators/rules.py` from the rules; change those, not this page."
    return "\n".join(
        (f"# {group.title}\n\n{made}\n\n{group.about}\n", _FILTER, *map(_entry, rules))
    )


def _entry(rule: Requirement) -> str:
    clauses = ", ".join(f"`{one}`" for one in rule.conformance)
    earlier = "".join(f" ({one} in {edition})" for edition, one in rule.severity_by_edition)
    facts = [f"*{rule.severity}*{earlier}", f"source: {rule.source}"]
    if clauses:
        facts.insert(1, f"clauses: {clauses}")
    cause = follows().get(rule.id)
    if cause is not None:
        others = ", ".join(f"`{one}`" for one in sorted(cause.others))
        facts.append(f"part of the finding of {others} where that causes it")
    remedy = rule.remedy
    lines = [
        f"## {rule.id}",
        "",
        "; ".join(facts),
        "",
        f"- **en** {rule.wording.en}",
        f"  {rule.explanation.en} *{remedy.en}*",
        f"- **da** {rule.wording.da}",
        f"  {rule.explanation.da} *{remedy.da}*",
        "",
    ]
    return "\n".join(line.replace("<", "&lt;") for line in lines)


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def main(docs: Path = DOCS) -> None:
    """Write the pages."""
    for name, text in pages().items():
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
