"""What is checked, clause by clause and rule by rule, as a page.

``python -m apd.rules.coverage`` writes docs/coverage.md.
"""

from collections import defaultdict
from pathlib import Path

from apd.finding import Layer
from apd.rules.catalogue import rules_of_the_library
from apd.rules.demands import DEMANDS, Demand
from apd.standard.requirement import Requirement

_INTRODUCTION = """\
# Coverage

Made by `python -m apd.rules.coverage` from the rules themselves; change those, not this page.

What is checked, where, and what no document can show. [The rules](rules.md) tell what each demands
and how to mend what breaks it.
"""
_CLAUSES = """\
## The clauses of the profile

Every clause that the standard or the official examples name, with the rules that check it. A clause
whose text is not public weighs as a warning, so that nobody's document is invalid on a guess.

| Clause | Requirement | Weighs | Demands |
|---|---|---|---|
"""
_OTHERS = """\
## What the sources demand without naming a clause

| Requirement | Weighs | Demands | Source |
|---|---|---|---|
"""
_LAYERS_WITHOUT_RULES = """\
The layers `xml` and `schema` come before these: {xml} rules for what is refused before anything is
read, and {schema} for what CDA R2 with SDTC demands, which `lxml` decides by the project's XSD.
"""
_QUIRKS = """\
## Where the official Schematron says more

Two of its errors are no requirement of the profile and no finding here:

- An appointment that also declares CDA's own encounter template (2.16.840.1.113883.10.12.302) is
  judged by that template as well, which asks for class codes that the profile forbids.
- An encompassing encounter (`componentOf`) with a responsible party wants an id there that CDA
  leaves open.
"""
_BUSINESS = """\
## What Aftaleoversigten asks

Of documents, and of the systems that publish and show them. Sources: content and business rules of
Aftaleoversigten 2.0 (types, table 3, R1–R10, #1–#10, protected addresses); MedCom's FAQ of 2023
(F1–F5).

| Asks | What | Rules | Kept by | What no document shows |
|---|---|---|---|---|
"""


def page() -> str:
    """The page, in Markdown."""
    rules = rules_of_the_library()
    by_layer = {layer: sum(rule.layer is layer for rule in rules) for layer in Layer}
    return "\n".join(
        (
            _INTRODUCTION,
            _CLAUSES + _clause_rows(rules),
            _OTHERS + _other_rows(rules),
            _LAYERS_WITHOUT_RULES.format(xml=by_layer[Layer.XML], schema=by_layer[Layer.SCHEMA]),
            _QUIRKS,
            _BUSINESS + "".join(map(_demand_row, DEMANDS)),
        )
    )


def _clause_rows(rules: tuple[Requirement, ...]) -> str:
    by_clause: dict[str, list[Requirement]] = defaultdict(list)
    for rule in rules:
        for clause in rule.conformance:
            by_clause[clause].append(rule)
    return "".join(
        _row(
            f"`{clause}`",
            " ".join(_link(rule.id) for rule in speaking),
            " ".join(sorted({str(rule.severity) for rule in speaking})),
            " ".join(rule.wording.en for rule in speaking),
        )
        for clause, speaking in sorted(by_clause.items())
    )


def _other_rows(rules: tuple[Requirement, ...]) -> str:
    return "".join(
        _row(_link(rule.id), str(rule.severity), rule.wording.en, rule.source)
        for rule in rules
        if not rule.conformance and rule.layer in (Layer.PROFILE, Layer.BUSINESS)
    )


def _demand_row(demand: Demand) -> str:
    rooms = ", ".join(f"`{room}`" for room in demand.made_by)
    rules = " ".join(map(_link, demand.rules))
    return _row(demand.id, demand.asks, rules or "–", rooms or "–", demand.unseen or "–")


def _link(rule_id: str) -> str:
    anchor = "".join(one for one in rule_id.lower() if one.isalnum() or one in "-_")
    return f"[{rule_id}](rules.md#{anchor})"


def _row(*cells: str) -> str:
    escaped = (cell.replace("|", "\\|").replace("<", "&lt;") for cell in cells)
    return f"| {' | '.join(escaped)} |\n"


def main(path: Path = Path("docs") / "coverage.md") -> None:
    """Write the page."""
    path.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
