"""The options that say how messages are made."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit
from uuid import uuid4

import click

from apd import xds
from apd.cli import options
from apd.cli.help import option
from apd.cli.io.failures import cannot_read
from apd.cli.language import bad_parameter
from apd.errors import InvalidValue
from apd.wording import Wording

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
            help=Wording(
                "Den adresse, som beskederne sendes til; skrives i dem (wsa:To).",
                "The address that the messages are sent to; it is written in them (wsa:To).",
            ),
        ),
        option(
            "--security",
            type=click.Path(),
            metavar="FILE",
            default="",
            callback=_security,
            help=Wording(
                "XML, der sættes ind i beskedernes header, som det er: sikkerhedsheaderne.",
                "XML to put into the header of the messages as it is: the security headers.",
            ),
        ),
        option(
            "--soap",
            "version",
            type=click.Choice(list(_VERSIONS)),
            default="1.2",
            show_default=True,
            callback=lambda _, __, number: _VERSIONS[number],
            help=Wording(
                "Den version af SOAP, som beskederne har. DGWS bruger 1.1.",
                "The SOAP version of the messages. DGWS uses 1.1.",
            ),
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
                "is not an address; give https://… or http://…",
            )
        )
    return url.strip()


def _security(_: click.Context, __: click.Parameter, path: str) -> str:
    if not path:
        return ""
    try:
        security = Path(path).read_text("utf-8")
        xds.SoapHeader(message_id=uuid4(), security=security)
    except OSError as error:
        raise click.BadParameter(cannot_read(path, error).message) from None
    except UnicodeDecodeError:
        raise bad_parameter(Wording("er ikke UTF-8", "is not UTF-8")) from None
    except InvalidValue as error:
        raise options.refused(error, "--security") from None
    return security
