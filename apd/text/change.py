"""What a comparison says, in Danish and in English."""

from apd.wording import Language, Wording

TEXTS = {
    # what has happened to a field
    "added": Wording("{label} er tilføjet.", "{label} was added."),
    "removed": Wording("{label} er fjernet.", "{label} was removed."),
    "changed": Wording("{label} er ændret.", "{label} was changed."),
    "moved": Wording("{label} står i en anden rækkefølge.", "{label} was put in another order."),
    "added_with_values": Wording("{label} er tilføjet: {new}.", "{label} was added: {new}."),
    "removed_with_values": Wording("{label} er fjernet: {old}.", "{label} was removed: {old}."),
    "changed_with_values": Wording(
        "{label} er ændret fra {old} til {new}.", "{label} was changed from {old} to {new}."
    ),
    "moved_with_values": Wording(
        "{label} er flyttet fra {old} til {new}.", "{label} was moved from {old} to {new}."
    ),
    # a document compared with the expected one
    "meant_added": Wording(
        "{label} er angivet, men skulle ikke være det", "{label} is there but was not expected"
    ),
    "meant_removed": Wording("{label} mangler", "{label} is missing"),
    "meant_changed": Wording("{label} er forkert", "{label} is wrong"),
    "meant_moved": Wording(
        "{label} står i en anden rækkefølge", "{label} is in another order than expected"
    ),
    "meant_added_with_values": Wording(
        "{label} er angivet, men skulle ikke være det: {new}",
        "{label} is there but was not expected: {new}",
    ),
    "meant_removed_with_values": Wording(
        "{label} mangler; der skulle stå {old}", "{label} is missing; {old} was expected"
    ),
    "meant_changed_with_values": Wording(
        "{label} er {new}, men skulle være {old}", "{label} is {new}, but {old} was expected"
    ),
    # what is not in the model
    "unmapped_added": Wording(
        "Uden for modellen er der tilføjet noget: {path}.",
        "Outside the model, something was added: {path}.",
    ),
    "unmapped_removed": Wording(
        "Uden for modellen er der fjernet noget: {path}.",
        "Outside the model, something was removed: {path}.",
    ),
    "unmapped_changed": Wording(
        "Uden for modellen er der ændret noget: {path}.",
        "Outside the model, something was changed: {path}.",
    ),
    "unmapped_moved": Wording(
        "Uden for modellen er rækkefølgen ændret: {path}.",
        "Outside the model, the order was changed: {path}.",
    ),
    # what comes first, or where there is nothing else
    "other_patient": Wording(
        "Dokumenterne handler om to forskellige patienter.",
        "The documents are about two different patients.",
    ),
    "other_appointment": Wording(
        "Dokumenterne handler om to forskellige aftaler.",
        "The documents are about two different appointments.",
    ),
    "same": Wording("Aftalen er den samme.", "The appointment is the same."),
    "not_followed": Wording(
        "Det nye dokument følger ikke {rule}.", "The newer document does not follow {rule}."
    ),
}


def text(key: str, language: Language, **values: object) -> str:
    """The text of a key, with values put in."""
    return TEXTS[key].in_language(language).format(**values)
