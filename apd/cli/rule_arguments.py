"""The rules that an argument names, of the library and of a register."""

import click
from click.shell_completion import CompletionItem

from apd.cli.language import language_of_run, say
from apd.findings import Severity
from apd.sor.register_rules import every_rule, rule_names


def unknown(name: str) -> str:
    """The error for an unknown rule, with suggestions."""
    return say(rule_names().unknown(name))


# --- for the shell ---------------------------------------------------------------------------


def complete_rule(
    context: click.Context, _: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The names with a prefix, each with the text of its rule.

    The last part of a clause alone is included once something was typed, as a shell may treat the
    part before the colon as a word of its own.
    """
    begun = incomplete.lower()
    language = language_of_run(context)
    demands: dict[str, str] = {}
    for rule in every_rule():
        for name in (rule.id, *rule.conformance):
            short = name.rpartition(":")[2] if begun else name
            for one in (name, short):
                if one.lower().startswith(begun):
                    demands.setdefault(one, rule.wording.in_language(language))
    return [CompletionItem(name, help=demand) for name, demand in demands.items()]


def complete_severity(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """``RULE=LEVEL``: completes the rule, and then its severity."""
    name, equals, level = incomplete.partition("=")
    if not equals:
        return complete_rule(context, parameter, incomplete)
    return [CompletionItem(f"{name}={one}") for one in Severity if one.startswith(level)]
