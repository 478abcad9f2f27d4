"""``apd rules``: the rules, as a list or one by one."""

import json
from collections.abc import Iterable

import click
from attrs import evolve

from apd.cli import options
from apd.cli.help import make_command, option
from apd.cli.io import streams
from apd.cli.rule_names import named, unknown
from apd.cli.views.card import Row, write_card
from apd.cli.views.labels import Words
from apd.cli.views.tables import write_table
from apd.sor.comparison import every_rule
from apd.standard.edition import Edition
from apd.standard.requirement import Requirement
from apd.text.reports import LAYERS, SEVERITIES
from apd.wording import Language, Wording


@make_command(
    "rules",
    danish="""Vis reglerne, eller forklar dem, der nævnes.

    RULE er id'et på en regel eller en klausul, f.eks. CONF-DK-APD:9ac6 eller blot 9ac6.
    Afslutningskoden er 2, hvis der ikke er en sådan regel, ellers 0.
    """,
)
@click.argument("names", nargs=-1, metavar="[RULE]...")
@options.language
@options.edition
@options.layers(Wording("Vis kun regler i dette lag.", "List rules of this layer only."))
@option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help=Wording(
        "text til mennesker; json: ét objekt for hver regel, på hver sin linje.",
        "text for people; json: one object per rule, each on a line.",
    ),
)
def command(
    names: tuple[str, ...], language: Language, edition: str, layers: tuple[str, ...], form: str
) -> int:
    """List the rules, or explain those that are named.

    RULE is the id of a rule or a clause, such as CONF-DK-APD:9ac6 or just 9ac6. The exit status
    is 2 if there is no such rule, otherwise 0.
    """
    found = _named(names) if names else every_rule()
    rules = [
        evolve(rule, severity=rule.severity_in(Edition(edition)))
        for rule in found
        if not layers or rule.layer in layers
    ]
    if form == "json":
        for rule in rules:
            streams.write(f"{_as_json(rule, language)}\n")
    elif names:
        _explain(rules, Words(language))
    else:
        _list(rules, language)
    return 0


def _named(names: Iterable[str]) -> list[Requirement]:
    """The rules of the names; a name that finds none is an error before anything is written."""
    found: dict[str, Requirement] = {}
    for name in names:
        rules = named(name)
        if not rules:
            raise click.ClickException(unknown(name))
        found.update((rule.id, rule) for rule in rules)
    return list(found.values())


def _list(rules: list[Requirement], language: Language) -> None:
    """A line a rule; on a terminal, columns that keep within it."""
    rows = [
        (
            rule.id,
            LAYERS[rule.layer].in_language(language),
            SEVERITIES[rule.severity].in_language(language),
            rule.wording.in_language(language),
        )
        for rule in rules
    ]
    write_table(rows)


def _explain(rules: list[Requirement], words: Words) -> None:
    for number, rule in enumerate(rules):
        if number > 0:
            streams.write("\n")
        facts = {
            "demands": words.put(rule.wording),
            "explanation": words.put(rule.explanation),
            "remedy": words.put(rule.remedy),
            "severity": words.put(SEVERITIES[rule.severity]),
            "layer": words.put(LAYERS[rule.layer]),
            "clauses": ", ".join(rule.conformance),
            "source": rule.source,
        }
        rows = [
            Row(streams.printable(words(key)), (streams.printable(fact),))
            for key, fact in facts.items()
            if fact
        ]
        write_card(streams.printable(rule.id), rows)


def _as_json(rule: Requirement, language: Language) -> str:
    form = {
        "id": rule.id,
        "conformance": list(rule.conformance),
        "layer": rule.layer.value,
        "severity": rule.severity.value,
        "message": rule.wording.in_language(language),
        "explanation": rule.explanation.in_language(language),
        "remedy": rule.remedy.in_language(language),
        "source": rule.source,
    }
    return json.dumps(form, ensure_ascii=not streams.is_utf8())
