"""The custodian (forvalter), and the consent. Source: official Schematron; CONF-DK:19–22."""

from apd.rules.index import Index, Node, below
from apd.rules.profile.organizations import identified
from apd.rules.profile.shapes import OFFICIAL, each, part, rule
from apd.rules.registry import Rule
from apd.standard.codes import Oid
from apd.wording import Wording


def _has_id(index: Index) -> list[Node]:
    return [
        organization
        for organization in index.custodians
        if all(id.is_null for id in organization.all("id"))
    ]


def _consents(index: Index) -> list[Node]:
    return below([index.document], "authorization", "consent", "statusCode")


RULES: tuple[Rule, ...] = (
    rule(
        "",
        _has_id,
        Wording(
            "Forvalteren skal have et id, der ikke er null.",
            "The custodian must have an id that is not null.",
        ),
        Wording(
            "Forvalteren er dataansvarlig for dokumentet og skal kunne findes.",
            "The custodian is the data controller of the document, and must be found.",
        ),
        Wording(
            f"Angiv forvalterens SOR-kode ({Oid.SOR}).",
            f"Give the custodian's SOR code ({Oid.SOR}).",
        ),
        name="APD-CUSTODIAN-1",
        source=OFFICIAL,
    ),
    identified(
        "CONF-DK:19-CUSTODIAN",
        part("custodians"),
        Wording("Forvalteren", "The custodian"),
    ),
    each(
        "",
        _consents,
        lambda node: node.get("code") == "completed" or node.is_null,
        Wording(
            "Et samtykkes statusCode skal være completed.",
            "The statusCode of a consent must be completed.",
        ),
        Wording(
            "authorization er tilladt, men kun med et samtykke, der er givet.",
            "An authorization is allowed, but only with a consent that has been given.",
        ),
        Wording(
            'Skriv <statusCode code="completed"/>, eller fjern authorization.',
            'Write <statusCode code="completed"/>, or remove the authorization.',
        ),
        name="APD-CONSENT-1",
        source=OFFICIAL,
    ),
)
