"""``apd rules``: the rules, as a list or in detail."""

import datetime
from collections.abc import Iterable
from typing import Any

import click
from attrs import evolve
from click.core import ParameterSource

from apd.cli import options
from apd.cli.help import make_command, option
from apd.cli.io import streams
from apd.cli.language import say, usage_error
from apd.cli.rule_arguments import complete_rule, unknown
from apd.cli.views.card import Row, write_card
from apd.cli.views.labels import Words
from apd.cli.views.tables import write_table
from apd.sor.register_rules import every_rule, rules_named
from apd.standard.edition import Edition
from apd.standard.requirement import Requirement
from apd.text.reports import LAYERS, SEVERITIES, cited
from apd.wording import Language, Wording

_WITH_DAY = Wording("--on kan ikke angives sammen med {other}", "--on cannot be used with {other}")
_NOT_WITH_DAY = {
    "names": Wording("RULE", "RULE"),
    "layers": Wording("--layer", "--layer"),
    "edition": Wording("--edition", "--edition"),
}


@make_command(
    "rules",
    danish="""Vis reglerne, eller forklar dem, der nævnes.

    RULE er id'et på en regel eller en klausul, f.eks. CONF-DK-APD:9ac6 eller blot 9ac6.
    Afslutningskoden er 2, hvis der ikke er en sådan regel, ellers 0.
    """,
    examples=(
        "apd rules --layer business",
        "apd rules 9ac6 BR-4",
        "apd rules --on 2025-08-01",
    ),
)
@click.argument("names", nargs=-1, metavar="[RULE]...", shell_complete=complete_rule)
@options.edition
@options.layers(Wording("Vis kun regler i dette lag.", "List rules of this layer only."))
@option(
    "--on",
    "day",
    callback=options.day,
    metavar="DAY",
    da="Vis i stedet, hvad der gjaldt på en dag som 2025-08-01: Aftaleoversigten, "
    "retsgrundlagene og de regler, der har en dato.",
    en="Show instead what applied on a day such as 2025-08-01: Aftaleoversigten, the legal "
    "bases, and the rules that have a date.",
)
@options.form(
    "text",
    "json",
    help=Wording(
        "text til mennesker; json: ét objekt for hver regel, på hver sin linje.",
        "text for people; json: one object per rule, each on a line.",
    ),
    aliases={"--json": "json"},
)
@options.output_as_a_whole(Wording("reglerne", "the rules"))
@click.pass_context
def command(
    context: click.Context,
    /,
    names: tuple[str, ...],
    language: Language,
    edition: str,
    layers: tuple[str, ...],
    day: datetime.date | None,
    form: str,
) -> int:
    """List the rules, or explain those that are named.

    RULE is the id of a rule or a clause, such as CONF-DK-APD:9ac6 or just 9ac6. The exit status
    is 2 if there is no such rule, otherwise 0.
    """
    if day is not None:
        _refuse_with_day(context)
        _show_day(day, language, form)
        return 0
    found = _named(names) if names else every_rule()
    rules = [
        evolve(rule, severity=rule.severity_in(Edition(edition)))
        for rule in found
        if not layers or rule.layer in layers
    ]
    if form == "json":
        for rule in rules:
            streams.write(streams.json_line(_as_data(rule, language)))
    elif names:
        _explain(rules, Words(language))
    else:
        _list(rules, language)
    return 0


def _refuse_with_day(context: click.Context) -> None:
    for name, called in _NOT_WITH_DAY.items():
        is_given = context.get_parameter_source(name) is ParameterSource.COMMANDLINE
        if is_given and context.params[name]:
            raise usage_error(_WITH_DAY, other=say(called))


def _show_day(day: datetime.date, language: Language, form: str) -> None:
    # on first use: a rule needs no laws
    from apd.cli.views.rules_on_day import rules_on, write_rules_on

    if form == "json":
        streams.write(streams.json_line(rules_on(day, language)))
    else:
        write_rules_on(day, Words(language))


def _named(names: Iterable[str]) -> list[Requirement]:
    """The rules of the names; an unknown name is an error before anything is written."""
    found: dict[str, Requirement] = {}
    for name in names:
        rules = rules_named(name)
        if not rules:
            raise click.ClickException(unknown(name))
        found.update((rule.id, rule) for rule in rules)
    return list(found.values())


def _list(rules: list[Requirement], language: Language) -> None:
    """A line for each rule; on a terminal, columns that fit its width."""
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
            "source": cited(rule.source, words.language),
        }
        rows = [
            Row(streams.printable(words(key)), (streams.printable(fact),))
            for key, fact in facts.items()
            if fact
        ]
        write_card(streams.printable(rule.id), rows)


def _as_data(rule: Requirement, language: Language) -> dict[str, Any]:
    return {
        "id": rule.id,
        "conformance": list(rule.conformance),
        "layer": rule.layer.value,
        "severity": rule.severity.value,
        "message": rule.wording.in_language(language),
        "explanation": rule.explanation.in_language(language),
        "remedy": rule.remedy.in_language(language),
        "source": rule.source,
    }
