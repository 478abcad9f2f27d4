"""Codes of the metadata's value sets, found by the code or by its Danish name."""

import unicodedata
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

import click
from click.shell_completion import CompletionItem

from apd.cli.language import bad_parameter, say
from apd.model.code import Code
from apd.wording import Wording, suggestion
from apd.xds import TEST_HOME_COMMUNITIES, VALUE_SETS

CODES: dict[str, tuple[Code, ...]] = {
    "facility": VALUE_SETS["healthcareFacilityTypeCode"].codes,
    "specialty": VALUE_SETS["practiceSettingCode"].codes,
    "home-community": (*VALUE_SETS["homeCommunityId"].codes, *TEST_HOME_COMMUNITIES.codes),
}
"""The codes of an option, by its name."""
_SUGGESTED = 3


_NO_CODE = Wording("koden findes ikke; {hint}", "there is no such code; {hint}")
_LISTED = Wording("se apd xds --codes {option}", "see apd xds --codes {option}")


def code_of(option: str, text: str) -> str:
    """Find a code.

    Args:
        option: a name of :data:`CODES`.
        text: a code, or its name in any case.

    Raises:
        click.BadParameter: there is no such code; the message has suggestions.
    """
    known = _by_name(CODES[option])
    name = _folded(text)
    if name not in known:
        close = [known[one] for one in get_close_matches(name, known, _SUGGESTED)]
        codes = (f"{code.code} ({code.display})" for code in close)
        listed = Wording(*(words.format(option=option) for words in _LISTED))
        raise bad_parameter(_NO_CODE, hint=say(suggestion(codes, listed)))
    return known[name].code


def _by_name(codes: Iterable[Code]) -> dict[str, Code]:
    return {name: code for code in codes for name in _names(code)}


def _names(code: Code) -> Iterator[str]:
    """The code, its name, and its name without the part in brackets."""
    display = code.display or ""
    yield from map(_folded, (code.code, display, display.partition(" (")[0]))


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def complete_code(
    _: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The codes and one-word names with a prefix, each with its name.

    Args:
        parameter: its name is one of :data:`CODES`, with ``_`` for ``-``.
        incomplete: what was typed.
    """
    found = []
    for code in CODES[str(parameter.name).replace("_", "-")]:
        display = code.display or ""
        for one in (code.code, display if incomplete and " " not in display else ""):
            if one and _folded(one).startswith(_folded(incomplete)):
                found.append(CompletionItem(one, help=display))
    return found
