"""The clauses that every organisation shares: CONF-DK:19 to 22, on its id."""

import re

from apd.finding import Severity
from apd.rules.counting import Nodes
from apd.rules.index import Index, Node
from apd.rules.profile.shapes import EXAMPLES, INFERRED, both, rule
from apd.rules.registry import Rule
from apd.standard.codes import Oid
from apd.wording import Wording

_AUTHORITIES = {Oid.SOR.value: "SOR", Oid.PROVIDER.value: "Yderregisteret"}
_digits = re.compile("[0-9]{1,18}").fullmatch


def _is_organization_id(id: Node) -> bool:
    root = id.get("root")
    return (
        root in _AUTHORITIES
        and _digits(id.get("extension") or "") is not None
        and id.get("assigningAuthorityName") == _AUTHORITIES[root]
    )


def identified(name: str, nodes: Nodes, who: Wording) -> Rule:
    """CONF-DK:19 to 22 for one kind of organisation."""

    def check(index: Index) -> list[Node]:
        found: list[Node] = []
        for node in nodes(index):
            ids = node.all("id")
            found += [id for id in ids if not _is_organization_id(id)] if ids else [node]
        return found

    return rule(
        "CONF-DK:19 CONF-DK:20 CONF-DK:21 CONF-DK:22",
        check,
        Wording(
            f"{who.da} skal have et id: en SOR-kode ({Oid.SOR}, SOR) eller et ydernummer "
            f"({Oid.PROVIDER}, Yderregisteret).",
            f"{who.en} must have an id: a SOR code ({Oid.SOR}, SOR) or a provider number "
            f"({Oid.PROVIDER}, Yderregisteret).",
        ),
        both(
            Wording(
                "Organisationer kendes på deres nummer i SOR; praksis kan have et ydernummer.",
                "Organisations are known by their number in SOR; a practice may have a provider "
                "number.",
            ),
            INFERRED,
        ),
        Wording(
            "Angiv nummeret med rod og assigningAuthorityName.",
            "Give the number with its root and assigningAuthorityName.",
        ),
        name=name,
        source=EXAMPLES,
        severity=Severity.WARNING,
    )
