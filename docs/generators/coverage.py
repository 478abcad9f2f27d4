"""What is checked, clause by clause and rule by rule, as a page.

``python docs/generators/coverage.py`` writes docs/coverage.md.
"""

from collections import defaultdict
from pathlib import Path

from apd.findings import Layer
from apd.rules.catalogue import rules_of_the_library
from apd.standard.business_rule import BusinessRule
from apd.standard.business_rules import BUSINESS_RULES
from apd.standard.edition import Edition
from apd.standard.requirement import Requirement

# as a script, its own folder is what Python looks in; in a test, the project's is
if __name__ == "__main__":
    from rules import link
else:
    from docs.generators.rules import link

PAGE = Path(__file__).resolve().parents[1] / "coverage.md"
_BY_ID = {rule.id: rule for rule in rules_of_the_library()}
_INTRODUCTION = """\
# Coverage

Made by `python docs/generators/coverage.py` from the rules themselves; change those, not this page.

What is checked, where, and what no document can show. [The rules](rules.md) list what each demands
and how to fix what breaks it.
"""
_CLAUSES = """\
## The clauses of the profile

Every clause that the standard or the official examples name, with the rules that check it. A clause
whose text is not public weighs as a warning, so that nobody's document is invalid on a guess.

| Clause | Rule | Severity | Requirement |
|---|---|---|---|
"""
_OTHERS = """\
## What the sources demand without naming a clause

| Rule | Severity | Requirement | Source |
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

Of documents, and of the systems that publish and show them: a row a sentence of
Sundhedsdatastyrelsen's *Indhold og forretningsregler for Aftaleoversigten* (R1–R10 and A1–A3 are
our numbers) and of MedCom's FAQ of 2023 (F1–F5). *Wording of* is the newest text that is at hand:
what #1–#10 say after 1.0.10 is not. 2.0 struck R4, R6 and R7; [Series](series.md) shows what
follows.

"""
_SENTENCES = (
    "Sentence",
    "What it asks",
    "In its own words",
    "Since",
    "Wording of",
    *(f"In {edition}" for edition in Edition),
    "Rules",
    "Kept by",
    "What no document shows",
)


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
            _BUSINESS
            + _row(*_SENTENCES)
            + _row(*("---" for _ in _SENTENCES))
            + "".join(map(_sentence_row, BUSINESS_RULES)),
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


def _sentence_row(sentence: BusinessRule) -> str:
    return _row(
        sentence.id,
        sentence.wording.en,
        f"»{sentence.quotation}«",
        sentence.edition_from,
        sentence.text,
        *(sentence.strength_in(edition) for edition in Edition),
        " ".join(map(_link, sentence.rules)) or "–",
        ", ".join(f"`{module}`" for module in sentence.kept_by) or "–",
        "–" if sentence.unseen is None else sentence.unseen.en,
    )


def _link(rule_id: str) -> str:
    return link(_BY_ID[rule_id])


def _row(*cells: str) -> str:
    escaped = (cell.replace("|", "\\|").replace("<", "&lt;") for cell in cells)
    return f"| {' | '.join(escaped)} |\n"


def main(path: Path = PAGE) -> None:
    """Write the page."""
    path.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
