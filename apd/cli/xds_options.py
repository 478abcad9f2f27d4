"""Options of metadata and messages: how messages are made, and the codes of value sets."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit
from uuid import uuid4

import click
from click.shell_completion import CompletionItem

from apd import xds
from apd.cli import options
from apd.cli.file_names import FileName, Use
from apd.cli.help import option
from apd.cli.io.failures import cannot_read
from apd.cli.language import bad_parameter, say
from apd.errors import InvalidValue
from apd.model.code import Code
from apd.wording import Wording, suggestion
from apd.xds import TEST_HOME_COMMUNITIES, VALUE_SETS

_F = TypeVar("_F", bound=Callable[..., Any])
_VERSIONS = {"1.2": xds.SoapVersion.V1_2, "1.1": xds.SoapVersion.V1_1}


def soap_options(function: _F) -> _F:
    """``--endpoint``, ``--security`` and ``--soap``: ``endpoint``, ``security`` and ``version``."""
    for decorate in (
        option(
            "--endpoint",
            metavar="URL",
            callback=_endpoint,
            aliases={"--to": "--endpoint"},
            da="Den adresse, som beskederne sendes til; skrives i dem (wsa:To).",
            en="The address that the messages are sent to; it is written in them (wsa:To).",
        ),
        option(
            "--security",
            type=FileName(Use.READ),
            metavar="FILE",
            callback=_security,
            da="XML, der sættes ind i beskedernes header, som det er: sikkerhedsheaderne.",
            en="XML to insert into the headers of the messages unchanged: the security headers.",
        ),
        option(
            "--soap",
            "version",
            type=click.Choice(list(_VERSIONS)),
            default="1.2",
            show_default=True,
            callback=lambda _, __, number: _VERSIONS[number],
            da="Den version af SOAP, som beskederne har. DGWS bruger 1.1.",
            en="The SOAP version of the messages. DGWS uses 1.1.",
        ),
    ):
        function = decorate(function)
    return function


def _endpoint(_: click.Context, __: click.Parameter, url: str | None) -> str | None:
    if url is None:
        return None
    try:
        parts = urlsplit(url.strip())
        is_address = parts.scheme in ("http", "https") and bool(parts.netloc)
    except ValueError:
        is_address = False
    if not is_address:
        raise bad_parameter(
            Wording(
                "er ikke en adresse; angiv https://… eller http://…",
                "is not an address; specify https://… or http://…",
            )
        )
    return url.strip()


def _security(_: click.Context, __: click.Parameter, path: str | None) -> str:
    if path is None:
        return ""
    try:
        security = Path(path).read_text("utf-8")
        xds.SoapHeader(message_id=uuid4(), security=security)
    except OSError as error:
        raise cannot_read(path, error) from None
    except UnicodeDecodeError:
        raise bad_parameter(Wording("er ikke UTF-8", "is not UTF-8")) from None
    except InvalidValue as error:
        raise options.refused(error, "--security") from None
    return security


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
    """The code that a text means, as a code or its name in any case; the error has suggestions."""
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
    """The codes and one-word names with a prefix, each with its name."""
    found = []
    for code in CODES[str(parameter.name).replace("_", "-")]:
        display = code.display or ""
        for one in (code.code, display if incomplete and " " not in display else ""):
            if one and _folded(one).startswith(_folded(incomplete)):
                found.append(CompletionItem(one, help=display))
    return found
