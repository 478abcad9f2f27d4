"""The options of ``apd plan``."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

import click

from apd.cli.file_names import FileName, Use
from apd.cli.help import option
from apd.model.identifiers import MedComId
from apd.publication import Brake

_F = TypeVar("_F", bound=Callable[..., Any])


def _document_ids(_: click.Context, __: click.Parameter, ids: Sequence[UUID]) -> list[MedComId]:
    return [MedComId(id) for id in ids]


def plan_options(function: _F) -> _F:
    """The options of a plan alone: register, key, output, and display."""
    for decorate in (
        option(
            "--all",
            "wants_all",
            is_flag=True,
            da="Vis også det, der forbliver, som det er.",
            en="Also show what is left as it is.",
        ),
        option(
            "--status",
            "wants_status",
            is_flag=True,
            da="Vis i stedet status for publiceringen; med BOOKINGS også, hvad der mangler at "
            "blive sendt.",
            en="Show the status of publication instead; with BOOKINGS also what remains to be "
            "sent.",
        ),
        option(
            "--retry-refused",
            "retries_refused",
            is_flag=True,
            aliases={"--release": "--retry-refused"},
            da="Frigiv det, som registret har afvist, så det forsøges igen med det samme.",
            en="Release what the registry refused, so that it is tried again at once.",
        ),
        option(
            "--brake-count",
            type=click.IntRange(0),
            metavar="N",
            da="Det højeste antal dokumenter, en plan må fjerne fra visning ubekræftet.",
            en="The most documents that a plan may deprecate without being confirmed.",
        ),
        option(
            "--brake-share",
            type=click.FloatRange(0, 1),
            default=Brake().share,
            show_default=True,
            metavar="SHARE",
            da="Den største andel af det publicerede, fra 0 til 1, en plan må fjerne fra visning "
            "ubekræftet.",
            en="The greatest share of what is published, from 0 to 1, that a plan may deprecate "
            "without being confirmed.",
        ),
        option(
            "--confirm-deprecations",
            "confirmed",
            type=click.IntRange(0),
            default=0,
            metavar="N",
            da="Fjern op til N dokumenter fra visning, også hvis det er usædvanligt mange.",
            en="Deprecate up to N documents, even if they are unusually many.",
        ),
        option(
            "--abandon",
            "lost",
            type=click.UUID,
            multiple=True,
            metavar="DOCUMENT",
            callback=_document_ids,
            da="Registrér, at registret ikke har fået beskeden om dette dokument; den planlægges "
            "igen. Kan gentages.",
            en="Record that the registry did not get the message about this document; it is "
            "planned again. Can be repeated.",
        ),
        option(
            "--confirm",
            "accepted",
            type=click.UUID,
            multiple=True,
            metavar="DOCUMENT",
            callback=_document_ids,
            da="Registrér, at registret har godtaget beskeden om dette dokument. Kan gentages.",
            en="Record that the registry accepted the message about this document. "
            "Can be repeated.",
        ),
        option(
            "--write",
            "directory",
            type=FileName(Use.DIRECTORY),
            metavar="DIR",
            da="Skriv beskederne til DIR, og i registret, at de er undervejs; indlæs "
            "først de svar, der ligger der.",
            en="Write the messages to DIR, and into the register that they are under "
            "way; first read the answers found there.",
        ),
        option(
            "--key",
            "key_path",
            type=FileName(Use.READ),
            metavar="FILE",
            da="En fil med 16 til 64 hemmelige bytes, altid de samme; opbevar den et andet sted "
            "end registret.",
            en="A file of 16 to 64 secret bytes, always the same; keep it apart from the register.",
        ),
        option(
            "--register",
            "register_path",
            required=True,
            type=FileName(Use.KEPT),
            metavar="FILE",
            da="Registret over det publicerede, en SQLite-fil; --write opretter den, hvis den "
            "ikke findes.",
            en="The register of what was published, a SQLite file; --write creates it if it does "
            "not exist.",
        ),
    ):
        function = decorate(function)
    return function
