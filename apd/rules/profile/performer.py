"""The performer (aftaleudførende). Source: APD-DK 2.0.1, encounter; errata item 17."""

from apd.rules.index import below
from apd.rules.profile.organizations import identified
from apd.rules.profile.shapes import PROFILE, errata, one, part
from apd.rules.registry import Rule
from apd.wording import Wording

_ROLE = Wording("Aftaleudførende (assignedEntity)", "The performer (assignedEntity)")
_NULL = Wording(
    "Er den ikke kendt, står den som null; det tæller som givet.",
    "Where it is not known it stands as null, which counts as given.",
)


_performers = part("performers")


RULES: tuple[Rule, ...] = (
    one(
        "63d8",
        part("encounters"),
        "performer",
        Wording("Aftalen (encounter)", "The appointment (encounter)"),
        Wording("Det er den, der udfører aftalen.", "It is who carries the appointment out."),
        source=f"{PROFILE}, encounter",
    ),
    one(
        "6f0d",
        lambda index: below(index.encounters, "performer"),
        "assignedEntity",
        Wording("performer", "performer"),
        Wording("Det er den, der udfører aftalen.", "It is who carries the appointment out."),
        source=f"{PROFILE}, encounter",
    ),
    one(
        "ad1e",
        _performers,
        "id",
        _ROLE,
        Wording(
            "Id'et er organisationens SOR-kode; CDA tillader flere, erratum 17 kun ét.",
            "The id is the organisation's SOR code; CDA allows more, errata item 17 one only.",
        ),
        source=errata(17),
    ),
    one("cd01", _performers, "addr", _ROLE, _NULL, source=errata(17)),
    one("bf38", _performers, "telecom", _ROLE, _NULL, source=errata(17)),
    one(
        "0d10",
        _performers,
        "representedOrganization",
        _ROLE,
        Wording(
            "Patienten får vist, hvilken organisation der udfører aftalen.",
            "The patient is shown which organisation carries the appointment out.",
        ),
        source=errata(17),
    ),
    one(
        "b770",
        lambda index: below(index.performers, "representedOrganization"),
        "name",
        Wording("Aftaleudførendes organisation", "The performer's organisation"),
        Wording(
            "Patienten får vist, hvilken organisation der udfører aftalen.",
            "The patient is shown which organisation carries the appointment out.",
        ),
        source=errata(17),
    ),
    identified(
        "CONF-DK:19-PERFORMER",
        _performers,
        Wording("Aftaleudførende", "The performer"),
    ),
)
