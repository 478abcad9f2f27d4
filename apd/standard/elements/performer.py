"""The performer (aftaleudførende). Source: APD-DK 2.0.1, encounter; errata item 17."""

from apd.standard.element import Element
from apd.standard.elements.common_constraints import (
    NULL_COUNTS,
    attributes,
    exactly_one,
    identified,
    row,
)
from apd.standard.elements.encounter import THE_APPOINTMENT
from apd.standard.elements.patient import ORGANIZATION, PERSON
from apd.standard.paths import ENCOUNTER, PERFORMER, PERFORMER_ORGANIZATION
from apd.standard.requirement import PROFILE, errata
from apd.wording import Wording

_ROLE = Wording("Aftaleudførende (assignedEntity)", "The performer (assignedEntity)")
_WHO = Wording(
    "Det er den organisation eller person, der udfører aftalen.",
    "It is the organisation or person that carries out the appointment.",
)
_SHOWN = Wording(
    "Patienten får vist, hvilken organisation der udfører aftalen.",
    "The patient is shown which organisation carries out the appointment.",
)
_SOURCE = f"{PROFILE}, encounter"
_FIELD = "appointment.performer"

ELEMENTS: tuple[Element, ...] = (
    row(
        ENCOUNTER / "performer",
        None,
        exactly_one("63d8", THE_APPOINTMENT, _WHO, source=_SOURCE),
        field=_FIELD,
        fixed=attributes("typeCode=PRF"),
    ),
    row(
        PERFORMER,
        None,
        exactly_one("6f0d", Wording("performer", "performer"), _WHO, source=_SOURCE),
        field=_FIELD,
        fixed=attributes("classCode=ASSIGNED"),
    ),
    row(
        PERFORMER / "id",
        "II",
        exactly_one(
            "ad1e",
            _ROLE,
            Wording(
                "Id'et er organisationens SOR-kode; CDA tillader flere, erratum 17 kun ét.",
                "The id is the organisation's SOR code; CDA allows more, errata item 17 only one.",
            ),
            source=errata(17),
        ),
        *identified("CONF-DK:19-PERFORMER", Wording("Aftaleudførende", "The performer")),
        field=f"{_FIELD}.id",
    ),
    row(
        PERFORMER / "addr",
        "AD",
        exactly_one("cd01", _ROLE, NULL_COUNTS, source=errata(17)),
        field=f"{_FIELD}.address",
    ),
    row(
        PERFORMER / "telecom",
        "TEL",
        exactly_one("bf38", _ROLE, NULL_COUNTS, source=errata(17)),
        field=f"{_FIELD}.telecoms",
    ),
    row(PERFORMER / "assignedPerson", None, field=f"{_FIELD}.person", fixed=PERSON),
    row(PERFORMER / "assignedPerson/name", "PN", field=f"{_FIELD}.person.name"),
    row(
        PERFORMER_ORGANIZATION,
        None,
        exactly_one("0d10", _ROLE, _SHOWN, source=errata(17)),
        field=f"{_FIELD}.organization",
        fixed=ORGANIZATION,
    ),
    row(PERFORMER_ORGANIZATION / "id", "II", field=f"{_FIELD}.organization.id"),
    row(
        PERFORMER_ORGANIZATION / "name",
        "ON",
        exactly_one(
            "b770",
            Wording("Aftaleudførendes organisation", "The performer's organisation"),
            _SHOWN,
            source=errata(17),
        ),
        field=f"{_FIELD}.organization.name",
    ),
    row(PERFORMER_ORGANIZATION / "telecom", "TEL", field=f"{_FIELD}.organization.telecoms"),
    row(PERFORMER_ORGANIZATION / "addr", "AD", field=f"{_FIELD}.organization.address"),
)
