"""The preconditions (betingelser): repetition, and indicative times.

Source: APD-DK 2.0.1, encounter, preconditions; errata of 2021-11-24, item 16.
"""

from collections.abc import Iterator
from typing import NamedTuple

from apd.standard.codes import INDICATIVE_TEMPLATE, PRECONDITIONS, REPETITION_TEMPLATE, Oid
from apd.standard.element import Element, Is, Typed
from apd.standard.elements.common_constraints import (
    at_most_one,
    attributes,
    dated_template,
    exactly_one,
    has,
    medcom_uuid,
    occurs,
    row,
    structural,
    such,
)
from apd.standard.paths import INDICATIVE, PRECONDITION, REPETITION, precondition
from apd.standard.requirement import PROFILE, errata, requirement
from apd.wording import Wording

_SOURCE = f"{PROFILE}, encounter, preconditions"


class _Kind(NamedTuple):
    """A kind of precondition: its template and field, and what it is called."""

    template: str
    template_clauses: str
    suffix: str
    who: Wording
    field: str


_REPETITION = _Kind(
    REPETITION_TEMPLATE,
    "8768 4c94 bb46",
    "REPETITION",
    Wording("Betingelsen om repetition", "The repetition precondition"),
    "appointment.repetition",
)
_INDICATIVE = _Kind(
    INDICATIVE_TEMPLATE,
    "d425 e881 e24d",
    "INDICATIVE",
    Wording("Betingelsen om vejledende tid", "The indicative times precondition"),
    "appointment.schedule.indicative",
)


def _of_kind(kind: _Kind, date: str) -> Iterator[Element]:
    """The rows that every kind of preconditions has."""
    who, path = kind.who, precondition(kind.template)
    code, system = PRECONDITIONS[kind.template], Oid.MEDCOM_MESSAGE_CODES
    yield row(
        path,
        None,
        dated_template(
            kind.template_clauses,
            kind.template,
            date,
            who,
            Wording(
                "templateId angiver, hvilken betingelse det er, og hvilken version den følger.",
                "The templateId states which precondition this is, and which release it follows.",
            ),
            source=_SOURCE,
        ),
        occurs(
            requirement(
                "",
                Wording(f"{who.da} må højst stå én gang.", f"{who.en} must occur at most once."),
                Wording(
                    "Aftalen er repeterende eller ej, og tiden vejledende eller ej. Klausulerne "
                    "siger intet om gentagelser.",
                    "An appointment repeats or it does not, and its time is indicative or it is "
                    "not. The clauses say nothing about duplicates.",
                ),
                Wording("Fjern dubletten.", "Remove the duplicate."),
                name=f"APD-PRECONDITION-{kind.suffix}",
                source=f"{PROFILE}, encounter (0..1 of each template)",
            ),
            least=0,
        ),
        field=kind.field,
    )
    yield row(
        path / "criterion",
        None,
        exactly_one(
            "4464 488b",
            who,
            Wording("Kriteriet rummer betingelsen.", "The criterion contains the precondition."),
            name=f"CONF-DK-APD:4464-{kind.suffix}",
            source=_SOURCE,
        ),
        such(
            requirement(
                "72b5 e3ff 2b78 ab85",
                Wording(
                    f"{who.da} skal have præcis én kode: {code} fra {system}.",
                    f"{who.en} must have exactly one code: {code} of {system}.",
                ),
                Wording(
                    "Koden er fra MedCom Message Codes og betyder det samme som templateId.",
                    "The code is one of the MedCom Message Codes and means the same as the "
                    "templateId.",
                ),
                Wording(
                    f'Skriv <code code="{code}" codeSystem="{system}" '
                    'codeSystemName="MedCom Message Codes"/>.',
                    f'Write <code code="{code}" codeSystem="{system}" '
                    'codeSystemName="MedCom Message Codes"/>.',
                ),
                name=f"CONF-DK-APD:72b5-{kind.suffix}",
                source=_SOURCE,
            ),
            "code",
            {"code": Is(code), "codeSystem": Is(system)},
            alone=True,
        ),
        field=kind.field,
    )


def preconditions(date: str) -> tuple[Element, ...]:
    """The rows of the preconditions."""
    written = f'xsi:type="II" assigningAuthorityName="MedCom" root="{Oid.MEDCOM}" extension=…'
    is_series_id = requirement(
        "40c2 b4af 6245 4b55",
        Wording(
            f"Repetitions-id'et skal være af typen II: en UUID i MedComs rod {Oid.MEDCOM} med "
            "assigningAuthorityName MedCom, eller null.",
            f"The repetition id must be of type II: a UUID under MedCom's root {Oid.MEDCOM} with "
            f"the "
            "assigningAuthorityName MedCom, or null.",
        ),
        Wording(
            "Id'et knytter aftalerne i en serie sammen. Det kan udelades, men må ikke have en "
            "anden form.",
            "The id links the appointments of a series. It may be left out, but must not have any "
            "other form.",
        ),
        Wording(f"Skriv <value {written}/> med en UUID.", f"Write <value {written}/> with a UUID."),
        source=f"{_SOURCE}; {errata(16)}",
    )
    return (
        row(PRECONDITION, None, fixed=attributes("typeCode=PRCN")),
        row(
            PRECONDITION / "criterion",
            None,
            structural("classCode", "OBS"),
            fixed=attributes("classCode=OBS moodCode=EVN.CRT"),
        ),
        row(PRECONDITION / "criterion/code", "CD"),
        row(PRECONDITION / "criterion/text", "ED"),
        *_of_kind(_REPETITION, date),
        row(
            REPETITION / "criterion/value",
            "II",
            at_most_one(
                "d38c",
                _REPETITION.who,
                Wording(
                    "Siden erratum 16 kan repetitions-id'et udelades.",
                    "Since errata item 16 the repetition id may be left out.",
                ),
                source=errata(16),
            ),
            has(is_series_id, {"xsi:type": Typed("II")}),
            has(is_series_id, medcom_uuid(Oid.MEDCOM), or_null=True),
            field="appointment.repetition.id",
        ),
        *_of_kind(_INDICATIVE, date),
        row(INDICATIVE / "criterion/text", "ED", field="appointment.schedule.note"),
    )
