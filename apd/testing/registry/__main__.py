"""``python -m apd.testing.registry``: runs the registry until it is interrupted."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from apd.privacy.masking import hide_numbers
from apd.testing.registry.http_server import LOOPBACK, RunningRegistry
from apd.testing.registry.registry import Received
from apd.wording import Language, Wording
from apd.xds.ebxml.responses import ResponseStatus

_HELP = Wording(
    f"""\
Brug: python -m apd.testing.registry [--port PORT] [--host ADRESSE] [--lang da|en]

Et register og repository at teste mod. Det besvarer ITI-41, ITI-42, ITI-57, ITI-18 og ITI-43 på
hver en sti, har alt i hukommelsen og glemmer det, når det standses med Ctrl-C. Brug opdigtede data.

  --port PORT      porten; uden den en, der er ledig
  --host ADRESSE   adressen, der lyttes på ({LOOPBACK})
  --lang da|en     sproget; ellers APD_LANG, ellers dansk
  --help           denne tekst
""",
    f"""\
Usage: python -m apd.testing.registry [--port PORT] [--host ADDRESS] [--lang da|en]

A registry and repository to test against. It answers ITI-41, ITI-42, ITI-57, ITI-18 and ITI-43 on
any path, has everything in memory, and forgets it when Ctrl-C stops it. Use invented data.

  --port PORT      the port; without it, one that is free
  --host ADDRESS   the address to listen on ({LOOPBACK})
  --lang da|en     the language; else APD_LANG, else Danish
  --help           this text
""",
)
_USAGE = Wording(
    "Argumenterne kan ikke bruges. Se --help.", "The arguments cannot be used. See --help."
)
_LISTENING = Wording("Registret lytter på {url}", "The registry listens on {url}")
_NO_ADDRESS = Wording(
    "Registret kan ikke lytte på {host}:{port}. Vælg en anden port eller adresse.",
    "The registry cannot listen on {host}:{port}. Choose another port or address.",
)
_NOT_UNDERSTOOD = Wording("ikke forstået", "not understood")
_NOT_ANSWERED = Wording("ikke besvaret", "not answered")
_OUTCOMES = {
    ResponseStatus.SUCCESS: Wording("godtaget", "accepted"),
    ResponseStatus.PARTIAL_SUCCESS: Wording("delvist godtaget", "accepted in part"),
    ResponseStatus.FAILURE: Wording("afvist", "refused"),
}


class _Parser(argparse.ArgumentParser):
    """A parser that leaves error messages to :func:`main`."""

    def error(self, message: str) -> NoReturn:
        """Report a usage error as a ``ValueError``."""
        raise ValueError


def line(received: Received, language: Language) -> str:
    """A line about a message: transaction, outcome, error codes and document ids."""
    if received.transaction is None:
        return _NOT_UNDERSTOOD.in_language(language)
    outcome = _NOT_ANSWERED if received.status is None else _OUTCOMES[received.status]
    parts = [received.transaction.number, outcome.in_language(language)]
    shown = hide_numbers("  ".join([*parts, *received.codes, *received.document_ids]))
    # ids come from outside, and a terminal interprets control characters
    return "".join([letter if letter.isprintable() else "?" for letter in shown])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the registry until it is interrupted.

    The exit status is 0; 1 if the address is in use; 2 if the arguments are wrong.
    """
    parser = _Parser(add_help=False, allow_abbrev=False)
    parser.add_argument("--port", type=int, default=0, choices=range(65536))
    parser.add_argument("--host", default=LOOPBACK)
    parser.add_argument("--lang", choices=("da", "en"))
    parser.add_argument("--help", action="store_true")
    language: Language = "en" if os.environ.get("APD_LANG") == "en" else "da"
    try:
        given = parser.parse_args(arguments)
    except ValueError:
        print(_USAGE.in_language(language), file=sys.stderr)
        return 2
    language = given.lang or language
    if given.help:
        print(_HELP.in_language(language), end="")
        return 0
    return _run(given.host, given.port, language)


def _run(host: str, port: int, language: Language) -> int:
    def show(received: Received) -> None:
        print(line(received, language), flush=True)

    try:
        registry = RunningRegistry(host=host, port=port, on_message=show)
    except OSError:
        message = _NO_ADDRESS.in_language(language).format(host=host, port=port)
        print(message, file=sys.stderr)
        return 1
    with registry:
        print(_LISTENING.in_language(language).format(url=registry.url), flush=True)
        try:
            registry.join()
        except KeyboardInterrupt:
            print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
