"""The preconditions (betingelser): repetition, and indicative times.

Source: APD-DK 2.0.1, encounter, preconditions; errata of 2021-11-24, item 16.
"""

from apd.cda.xml import HL7, XSI_TYPE
from apd.rules.counting import Nodes
from apd.rules.forms import is_uuid
from apd.rules.index import Index, Node, below
from apd.rules.profile.shapes import (
    PROFILE,
    at_most_one,
    dated_template,
    each,
    errata,
    one,
    part,
    rule,
)
from apd.rules.registry import Rule
from apd.standard.codes import Oid
from apd.standard.templates import INDICATIVE_TEMPLATE, REPETITION_TEMPLATE, TEMPLATE_DATE
from apd.wording import Wording

_SOURCE = f"{PROFILE}, encounter, preconditions"


_repetitions = part("repetitions")


_indicatives = part("indicatives")


def _is_repetition_id(value: Node) -> bool:
    if not _is_ii(value):
        return False
    if value.is_null:
        return True
    return (
        value.get("root") == Oid.MEDCOM
        and is_uuid(value.get("extension"))
        and value.get("assigningAuthorityName") == "MedCom"
    )


def _is_ii(value: Node) -> bool:
    prefix, _, name = (value.get(XSI_TYPE) or "").strip().rpartition(":")
    return name == "II" and value.element.nsmap.get(prefix or None) == HL7


def _repeated(nodes: Nodes) -> Nodes:
    def check(index: Index) -> list[Node]:
        seen: set[int] = set()
        found = []
        for node in nodes(index):
            if node.within in seen:
                found.append(node)
            seen.add(node.within)
        return found

    return check


def _one_kind(
    template: str, code: str, nodes: Nodes, clauses: tuple[str, ...], suffix: str, who: Wording
) -> tuple[Rule, ...]:
    """The rules that both kinds of preconditions have."""

    def code_is_right(index: Index) -> list[Node]:
        found = []
        for criterion in below(nodes(index), "criterion"):
            codes = criterion.all("code")
            right = [
                node
                for node in codes
                if node.get("code") == code and node.get("codeSystem") == Oid.MEDCOM_MESSAGE_CODES
            ]
            if len(codes) != 1 or len(right) != 1:
                found.append(codes[-1] if codes else criterion)
        return found

    return (
        dated_template(
            clauses[0],
            nodes,
            template,
            TEMPLATE_DATE,
            who,
            Wording(
                "templateId siger, hvilken betingelse det er, og i hvilken udgave.",
                "The templateId says which precondition this is, and its release.",
            ),
            source=_SOURCE,
        ),
        one(
            clauses[1],
            nodes,
            "criterion",
            who,
            Wording("Kriteriet rummer betingelsen.", "The criterion holds the precondition."),
            name=f"CONF-DK-APD:4464-{suffix}",
            source=_SOURCE,
        ),
        rule(
            clauses[2],
            code_is_right,
            Wording(
                f"{who.da} skal have præcis én kode: {code} fra {Oid.MEDCOM_MESSAGE_CODES}.",
                f"{who.en} must have exactly one code: {code} of {Oid.MEDCOM_MESSAGE_CODES}.",
            ),
            Wording(
                "Koden er fra MedCom Message Codes og siger det samme som templateId.",
                "The code is one of the MedCom Message Codes and says the same as the templateId.",
            ),
            Wording(
                f'Skriv <code code="{code}" codeSystem="{Oid.MEDCOM_MESSAGE_CODES}" '
                'codeSystemName="MedCom Message Codes"/>.',
                f'Write <code code="{code}" codeSystem="{Oid.MEDCOM_MESSAGE_CODES}" '
                'codeSystemName="MedCom Message Codes"/>.',
            ),
            name=f"CONF-DK-APD:72b5-{suffix}",
            source=_SOURCE,
        ),
        rule(
            "",
            _repeated(nodes),
            Wording(
                f"{who.da} må højst stå én gang.",
                f"{who.en} may stand once at most.",
            ),
            Wording(
                "Aftalen er repeterende eller ej, og tiden vejledende eller ej. Klausulerne siger "
                "intet om gentagelser.",
                "An appointment repeats or not, and its time is indicative or not. The clauses do "
                "not speak of doubles.",
            ),
            Wording("Fjern gentagelsen.", "Remove the repeated one."),
            name=f"APD-PRECONDITION-{suffix}",
            source=f"{PROFILE}, encounter (0..1 of each template)",
        ),
    )


RULES: tuple[Rule, ...] = (
    *_one_kind(
        REPETITION_TEMPLATE,
        "RepeatingDocumentType",
        _repetitions,
        ("8768 4c94 bb46", "4464 488b", "72b5 e3ff 2b78 ab85"),
        "REPETITION",
        Wording("Betingelsen om repetition", "The precondition of repetition"),
    ),
    at_most_one(
        "d38c",
        lambda index: below(index.repetitions, "criterion"),
        "value",
        Wording("Betingelsen om repetition", "The precondition of repetition"),
        Wording(
            "Repetitions-id'et kan udelades siden erratum 16.",
            "The repetition id may be left out since errata item 16.",
        ),
        source=errata(16),
    ),
    each(
        "40c2 b4af 6245 4b55",
        lambda index: below(index.repetitions, "criterion", "value"),
        _is_repetition_id,
        Wording(
            f"Repetitions-id'et skal være af typen II: en UUID i MedComs rod {Oid.MEDCOM} med "
            "assigningAuthorityName MedCom, eller null.",
            f"The repetition id must be of type II: a UUID in MedCom's root {Oid.MEDCOM} with the "
            "assigningAuthorityName MedCom, or null.",
        ),
        Wording(
            "Id'et binder aftalerne i en serie sammen. Det kan udelades, men ikke se anderledes "
            "ud.",
            "The id ties the appointments of a series together. It may be left out, but not look "
            "otherwise.",
        ),
        Wording(
            f'Skriv <value xsi:type="II" assigningAuthorityName="MedCom" root="{Oid.MEDCOM}" '
            "extension=…/> med en UUID.",
            f'Write <value xsi:type="II" assigningAuthorityName="MedCom" root="{Oid.MEDCOM}" '
            "extension=…/> with a UUID.",
        ),
        source=f"{_SOURCE}; {errata(16)}",
    ),
    *_one_kind(
        INDICATIVE_TEMPLATE,
        "GuidedIntervalType",
        _indicatives,
        ("d425 e881 e24d", "4464 488b", "72b5 e3ff 2b78 ab85"),
        "INDICATIVE",
        Wording("Betingelsen om vejledende tid", "The precondition of indicative times"),
    ),
)
