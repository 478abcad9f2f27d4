"""Parts of a CDA header that an appointment document may not have.

Source: APD-DK 2.0.1, sections 2.1.3 to 2.1.11.
"""

from apd.rules.profile.shapes import PROFILE, from_document, rule
from apd.rules.registry import Rule
from apd.wording import Wording


def _prohibited(name: str, section: str, da: str, en: str) -> Rule:
    return rule(
        "",
        from_document(name),
        Wording(f"{name} må ikke være i et aftaledokument.", f"An appointment may have no {name}."),
        Wording(
            f"{da} hører ikke til i et aftaledokument; profilen udelukker elementet.",
            f"{en} has no place in an appointment document; the profile excludes the element.",
        ),
        Wording(f"Fjern {name}.", f"Remove {name}."),
        name=f"PROHIBIT-{name}",
        source=f"{PROFILE}, section {section}",
    )


RULES: tuple[Rule, ...] = (
    _prohibited("dataEnterer", "2.1.3", "Hvem der tastede", "Who typed it in"),
    _prohibited("informant", "2.1.4", "Hvem oplysningerne kom fra", "Who gave the information"),
    _prohibited("informationRecipient", "2.1.6", "En modtager", "A recipient"),
    _prohibited("legalAuthenticator", "2.1.7", "En juridisk underskrift", "A legal signature"),
    _prohibited("authenticator", "2.1.8", "En underskrift", "A signature"),
    _prohibited("participant", "2.1.9", "En anden deltager", "Another participant"),
    _prohibited("inFulfillmentOf", "2.1.11", "En bestilling", "An order"),
)
