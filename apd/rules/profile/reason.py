"""The reason (årsag). Source: APD-DK 2.0.1, encounter, reason; official Schematron."""

from apd.finding import Severity
from apd.rules.index import Index, Node
from apd.rules.profile.shapes import (
    EXAMPLES,
    INFERRED,
    OFFICIAL,
    PROFILE,
    both,
    each,
    one,
    part,
    rule,
)
from apd.rules.registry import Rule
from apd.wording import Wording

_SOURCE = f"{PROFILE}, encounter, reason"
_TEMPLATE = "1.2.208.184.10.33"


def _one_reason(index: Index) -> list[Node]:
    found = []
    for encounter in index.encounters:
        reasons = [
            node for node in encounter.all("entryRelationship") if node.get("typeCode") == "RSON"
        ]
        if len(reasons) != 1:
            found += reasons[1:] or [encounter]
    return found


_observations = part("observations")


_codes = part("reason_codes")


def _is_coded_or_free_text(node: Node) -> bool:
    code = node.get("code")
    return not node.is_null and (code == "NI" or bool(code and node.get("codeSystem")))


def _templates(index: Index) -> list[Node]:
    found = []
    for observation in _observations(index):
        templates = observation.all("templateId")
        found += [
            node
            for number, node in enumerate(templates)
            if number > 0 or node.get("root") != _TEMPLATE
        ]
    return found


RULES: tuple[Rule, ...] = (
    rule(
        "ae0f 68a1",
        _one_reason,
        Wording(
            "Aftalen skal have præcis én årsag: et entryRelationship med typeCode RSON.",
            "The appointment must have exactly one reason: an entryRelationship of typeCode RSON.",
        ),
        Wording(
            "Årsagen er det, aftalen drejer sig om, som bookingsystemet formulerer det.",
            "The reason is what the appointment is about, as the booking system words it.",
        ),
        Wording("Angiv én årsag.", "Give one reason."),
        source=_SOURCE,
    ),
    one(
        "250e",
        part("reasons"),
        "observation",
        Wording("Årsagen", "The reason"),
        Wording("Årsagen står i en observation.", "The reason stands in an observation."),
        source=_SOURCE,
    ),
    each(
        "c362 7e02",
        _observations,
        lambda node: node.get("classCode") == "OBS" and node.get("moodCode") == "EVN",
        Wording(
            "Årsagen skal have classCode OBS og moodCode EVN.",
            "The reason must have classCode OBS and moodCode EVN.",
        ),
        Wording(
            "Ældre udgaver havde moodCode RQO, som MedComs Schematron stadig tillader.",
            "Older releases had the moodCode RQO, which MedCom's Schematron still allows.",
        ),
        Wording('Skriv classCode="OBS" moodCode="EVN".', 'Write classCode="OBS" moodCode="EVN".'),
        source=_SOURCE,
    ),
    one(
        "8993",
        _observations,
        "code",
        Wording("Årsagen (observation)", "The reason (observation)"),
        Wording(
            "Koden bærer årsagens ord, også når den er uden kode.",
            "The code holds the words of the reason, even where it is not coded.",
        ),
        source=_SOURCE,
    ),
    each(
        "aa36",
        _codes,
        _is_coded_or_free_text,
        Wording(
            "Årsagen skal have en code med codeSystem, eller koden NI, hvis den er fri tekst.",
            "The reason must have a code with its codeSystem, or the code NI for free text.",
        ),
        both(
            Wording(
                "En årsag i fri tekst har koden NI uden codeSystem, som MedComs eksempler.",
                "A reason in free text has the code NI without a codeSystem, as in MedCom's "
                "examples.",
            ),
            INFERRED,
        ),
        Wording(
            'Angiv codeSystem, eller skriv code="NI".', 'Give the codeSystem, or write code="NI".'
        ),
        source=EXAMPLES,
        severity=Severity.WARNING,
    ),
    each(
        "4c2c a7d3",
        _codes,
        lambda node: bool((node.get("displayName") or "").strip()),
        Wording(
            "Årsagen skal have en læsbar tekst (displayName).",
            "The reason must have a readable text (displayName).",
        ),
        Wording(
            "Patienten får teksten vist; en kode alene siger ingenting.",
            "The patient is shown the text; a code alone says nothing.",
        ),
        Wording("Skriv årsagen som displayName.", "Write the reason as displayName."),
        source=_SOURCE,
    ),
    rule(
        "",
        _templates,
        Wording(
            f"Årsagen må højst have ét templateId, og det skal være {_TEMPLATE}.",
            f"The reason may have one templateId at most, and that must be {_TEMPLATE}.",
        ),
        Wording("templateId kan udelades her.", "The templateId may be left out here."),
        Wording("Fjern templateId.", "Remove the templateId."),
        name="APD-REASON-1",
        source=OFFICIAL,
    ),
)
