"""What every organisation shares: CONF-DK:19 to 22, on its id."""

from apd.standard.codes import Oid
from apd.standard.element import Formed, In, Is, Lexical
from apd.standard.elements.common_constraints import WARNING, Constrained, has, occurs
from apd.standard.requirement import EXAMPLES, INFERRED, both, requirement
from apd.wording import Wording

_AUTHORITIES = {Oid.SOR.value: "SOR", Oid.PROVIDER.value: "Yderregisteret"}


def identified(name: str, who: Wording) -> tuple[Constrained, ...]:
    """CONF-DK:19 to 22 for the ids of one kind of organisation.

    Args:
        name: the id of the requirement.
        who: what the organisation is called.
    """
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
            "Angiv nummeret med rod og assigningAuthorityName.",
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
