"""Address protection, whose sentences are A1 to A3 here; it was added in 1.0.8."""

from typing import Any

from apd.standard.business_rule import BusinessRule, Strength
from apd.wording import Wording


def _protection(id: str, **of_row: Any) -> BusinessRule:
    section = f"address protection ({id})"
    return BusinessRule(id=id, section=section, edition_from="1.0.8", edition_to="2.0", **of_row)


ADDRESSES: tuple[BusinessRule, ...] = (
    _protection(
        "A1",
        wording=Wording(
            "Adressen vises, medmindre der er adressebeskyttelse.",
            "The address is shown unless it is protected.",
        ),
        quotation="medmindre der er lagt adressebeskyttelse",
        rules=("BR-PROTECTED-HOME", "BR-PROTECTED-TEXT", "BR-POSTAL"),
        kept_by=("apd.overview",),
        unseen=Wording(
            "Om der er adressebeskyttelse; det ved CPR-registret.",
            "Whether it is protected; the CPR register knows.",
        ),
    ),
    _protection(
        "A2",
        wording=Wording(
            "Et barns adresse skjules for den anden forælder, hvis den er beskyttet hos både "
            "bo-forælder og barn.",
            "A child's address is hidden from the other parent if it is protected for both the "
            "resident parent and the child.",
        ),
        quotation="både bo-forældre og barn",
        unseen=Wording(
            "Hvem der er forælder, og hvad der er registreret; det ved CPR-registret.",
            "Who is a parent, and what is registered; the CPR register knows.",
        ),
    ),
    _protection(
        "A3",
        strength=Strength.MAY,
        wording=Wording(
            "Beskyttelsen gælder fremadrettet; dokumenter fra før kan have adressen.",
            "Protection applies from then on; earlier documents may contain the address.",
        ),
        quotation="vil den gælde fremadrettet",
        kept_by=("apd.model.location", "apd.overview"),
    ),
)
