"""The constraints that most rows have, with texts generated from their kind."""

from collections.abc import Callable, Mapping

from apd.findings import Severity
from apd.standard.codes import Oid
from apd.standard.element import (
    ABSENT,
    Attributes,
    Constraint,
    Element,
    Formed,
    Has,
    In,
    Is,
    Lexical,
    Occurs,
    OrAbsent,
    Such,
)
from apd.standard.paths import Path
from apd.standard.requirement import (
    EXAMPLES,
    INFERRED,
    OFFICIAL,
    PROFILE,
    Requirement,
    both,
    requirement,
)
from apd.wording import Wording

Constrained = Callable[[Path], Constraint]
"""A constraint of the row for a place: its words name the place."""


def row(
    path: Path,
    type: str | None = None,
    *constraints: Constrained,
    field: str = "",
    fixed: Mapping[str, str] | None = None,
) -> Element:
    """A row; see :class:`apd.standard.element.Element`."""
    made = tuple(constraint(path) for constraint in constraints)
    return Element(path, type, field, made, fixed=fixed or {})


def attributes(text: str) -> dict[str, str]:
    """Structural attributes: ``typeCode=RCT contextControlCode=OP``."""
    pairs = (pair.partition("=") for pair in text.split())
    return {name: value for name, _, value in pairs}


def exactly_one(
    ids: str,
    parent: Wording,
    explanation: Wording,
    *,
    name: str | None = None,
    source: str = PROFILE,
) -> Constrained:
    """It occurs exactly once in its parent.

    Args:
        ids: the clauses.
        parent: the name of its parent in texts.
        explanation: what the requirement is for.
        name: the id of the requirement, if it is not the first clause.
        source: where it is written.
    """

    def constraint(path: Path) -> Occurs:
        child = path.name
        return Occurs(
            requirement(
                ids,
                Wording(
                    f"{parent.da} skal have præcis ét {child}-element.",
                    f"{parent.en} must have exactly one {child} element.",
                ),
                explanation,
                Wording(
                    f"Tilføj {child}, hvis det mangler. Er der flere, så behold det rigtige.",
                    f"Add {child} if it is missing. If there are several, keep the right one.",
                ),
                name=name,
                source=source,
            )
        )

    return constraint


def at_most_one(
    ids: str,
    parent: Wording,
    explanation: Wording,
    *,
    name: str | None = None,
    source: str = PROFILE,
) -> Constrained:
    """It occurs at most once in its parent; see :func:`exactly_one`."""

    def constraint(path: Path) -> Occurs:
        child = path.name
        return Occurs(
            requirement(
                ids,
                Wording(
                    f"{parent.da} må højst have ét {child}-element.",
                    f"{parent.en} must have at most one {child} element.",
                ),
                explanation,
                Wording(f"Behold kun ét {child}-element.", f"Keep only one {child} element."),
                name=name,
                source=source,
            ),
            least=0,
        )

    return constraint


def occurs(
    rule: Requirement, least: int = 1, most: int | None = 1, within: Path | None = None
) -> Constrained:
    """It occurs a number of times, with texts of its own."""
    return lambda _: Occurs(rule, least, most, within)


def fixed(
    ids: str,
    attribute: str,
    value: str,
    explanation: Wording,
    *,
    name: str | None = None,
    source: str = PROFILE,
) -> Constrained:
    """An attribute has one value."""
    rule = requirement(
        ids,
        Wording(f'{attribute} skal være "{value}".', f'{attribute} must be "{value}".'),
        explanation,
        Wording(f'Skriv {attribute}="{value}".', f'Write {attribute}="{value}".'),
        name=name,
        source=source,
    )
    return lambda _: Has(rule, {attribute: Is(value)})


def has(
    rule: Requirement,
    attributes: Attributes,
    *,
    or_null: bool = False,
    given: Attributes | None = None,
) -> Constrained:
    """Conditions on its attributes, with texts of its own."""
    return lambda _: Has(rule, attributes, or_null, given or {})


def structural(attribute: str, value: str) -> Constrained:
    """A structural attribute has one value, if it is there: XML Schema lets it have others."""
    return lambda _: Has(_STRUCTURE, {attribute: OrAbsent(Is(value))})


_STRUCTURE = requirement(
    "",
    Wording(
        "En strukturel attribut (classCode) skal have den værdi, som den har i profilen.",
        "A structural attribute (classCode) must have the value that it has in the profile.",
    ),
    Wording(
        "Kriteriet og udsagnet er observationer (OBS), og det, som et sted hører under, er en "
        "enhed (ENT). XML Schema tillader også andre værdier; det gør MedComs Schematron ikke.",
        "The criterion and the statement are observations (OBS), and what a place belongs to is "
        "an entity (ENT). XML Schema also allows other values; MedCom's Schematron does not.",
    ),
    Wording("Udelad attributten, eller ret den.", "Leave the attribute out, or correct it."),
    name="APD-STRUCTURE-2",
    source=OFFICIAL,
)


def not_null(rule: Requirement) -> Constrained:
    """It has no nullFlavor."""
    return has(rule, {"nullFlavor": ABSENT})


def such(
    rule: Requirement,
    child: str,
    attributes: Attributes,
    least: int = 1,
    most: int | None = 1,
    *,
    alone: bool = False,
) -> Constrained:
    """A number of children of a name with certain attributes, with texts of its own."""
    return lambda _: Such(rule, child, attributes, least, most, alone)


def dated_template(
    ids: str,
    root: str,
    extension: str,
    parent: Wording,
    explanation: Wording,
    *,
    source: str = PROFILE,
) -> Constrained:
    """Exactly one template id with a root and a date."""
    rule = requirement(
        ids,
        Wording(
            f"{parent.da} skal have præcis ét templateId med root {root} og extension {extension}.",
            f"{parent.en} must have exactly one templateId with root {root} and extension "
            f"{extension}.",
        ),
        explanation,
        Wording(
            f'Skriv <templateId extension="{extension}" root="{root}"/> én gang.',
            f'Write <templateId extension="{extension}" root="{root}"/> once.',
        ),
        source=source,
    )
    return such(rule, "templateId", {"root": Is(root), "extension": Is(extension)})


def medcom_uuid(root: str) -> dict[str, Is | Formed]:
    """The attributes of a UUID under MedCom's root."""
    return {
        "root": Is(root),
        "extension": Formed(Lexical.UUID),
        "assigningAuthorityName": Is("MedCom"),
    }


WARNING = Severity.WARNING
NULL_COUNTS = Wording(
    "Er den ikke kendt, skrives den som null; det tæller med.",
    "If it is not known, it is written as null; a null element counts.",
)
ONLY_A_UUID = both(
    Wording("Kun en UUID er med sikkerhed unik.", "Only a UUID is certain to be unique."), INFERRED
)

_AUTHORITIES = {Oid.SOR.value: "SOR", Oid.PROVIDER.value: "Yderregisteret"}


def identified(name: str, who: Wording) -> tuple[Constrained, ...]:
    """CONF-DK:19 to 22 for the ids of one kind of organisation."""
    rule = requirement(
        "CONF-DK:19 CONF-DK:20 CONF-DK:21 CONF-DK:22",
        Wording(
            f"{who.da} skal have et id: en SOR-kode ({Oid.SOR}, SOR) eller et ydernummer "
            f"({Oid.PROVIDER}, Yderregisteret).",
            f"{who.en} must have an id: a SOR code ({Oid.SOR}, SOR) or a provider number "
            f"({Oid.PROVIDER}, Yderregisteret).",
        ),
        both(
            Wording(
                "Organisationer identificeres ved deres SOR-kode; en praksis kan have et "
                "ydernummer.",
                "Organisations are identified by their SOR code; a practice may have a provider "
                "number.",
            ),
            INFERRED,
        ),
        Wording(
            "Angiv nummeret med root og assigningAuthorityName.",
            "Specify the number with its root and assigningAuthorityName.",
        ),
        name=name,
        source=EXAMPLES,
        severity=WARNING,
    )
    return (
        occurs(rule, least=1, most=None),
        has(
            rule,
            {
                "root": In(tuple(_AUTHORITIES)),
                "extension": Formed(Lexical.ORGANIZATION_NUMBER),
            },
        ),
        *(
            has(rule, {"assigningAuthorityName": Is(authority)}, given={"root": Is(root)})
            for root, authority in _AUTHORITIES.items()
        ),
    )
