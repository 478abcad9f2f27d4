"""What a comparison says of a field, in Danish and in English."""

from apd.wording import Language, Wording

# --- fields ----------------------------------------------------------------------------------

_OWNERS = {
    "appointment.patient": Wording("Patienten", "The patient"),
    "appointment.schedule": Wording("Mødetiden", "The time"),
    "appointment.location": Wording("Mødestedet", "The location"),
    "appointment.reason": Wording("Årsagen", "The reason"),
    "appointment.performer": Wording("Den udførende", "The performer"),
    "appointment.responsible": Wording("Den aftaleansvarlige", "The responsible"),
    "appointment.requester": Wording("Rekvirenten", "The requester"),
    "appointment.episode_of_care": Wording("Forløbet", "The episode of care"),
    "appointment.repetition": Wording("Gentagelsen", "The repetition"),
    "custodian": Wording("Forvalteren", "The custodian"),
}
_FIELDS = {
    "appointment.id": Wording("Aftalens id", "The appointment's id"),
    "appointment.category": Wording("Kategorien", "The category"),
    "appointment.status": Wording("Status", "The status"),
    "appointment.schedule.end": Wording("Sluttidspunktet", "The end"),
    "appointment.schedule.indicative": Wording("Vejledende tid", "Indicative time"),
    "appointment.schedule.date_only": Wording("Kun datoen er kendt", "Only the date is known"),
    "appointment.schedule.note": Wording("Bemærkningen til tiden", "The note about the time"),
    "appointment.reason.text": Wording("Årsagen", "The reason"),
    "appointment.responsible.time": Wording("Tidspunktet for bookingen", "The time of the booking"),
    "appointment.requester.time": Wording("Tidspunktet for henvisningen", "The time of referral"),
    "appointment.repetition.id": Wording("Repetitions-id'et", "The repetition id"),
    "id": Wording("Dokumentets id", "The document's id"),
    "time": Wording("Tidspunktet for dokumentet", "The time of the document"),
    "confidentiality": Wording("Fortroligheden", "The confidentiality"),
    "language": Wording("Sproget", "The language"),
    "set_id": Wording("Det fælles id for alle versioner", "The set id"),
    "version_number": Wording("Versionsnummeret", "The version number"),
    "release": Wording("Versionen af DK-APD", "The release of DK-APD"),
}
# What a field is called after the name of what it belongs to: "Patientens adresse".
_PARTS = {
    "id": Wording("id", "id"),
    "ids": Wording("id", "id"),
    "name": Wording("navn", "name"),
    "address": Wording("adresse", "address"),
    "telecom": Wording("kontaktoplysning", "telecom"),
    "telecoms": Wording("kontaktoplysning", "telecom"),
    "gender": Wording("køn", "gender"),
    "birth_date": Wording("fødselsdato", "date of birth"),
    "provider_organization": Wording("egen læge", "own practice"),
    "organization": Wording("organisation", "organisation"),
    "person": Wording("person", "person"),
    "time": Wording("tidspunkt", "time"),
    "code": Wording("kode", "code"),
    "label": Wording("label", "label"),
}


def label(path: str) -> Wording:
    """What a field, such as ``appointment.patient.address``, is called: *Patientens adresse*."""
    known = _FIELDS.get(path) or _OWNERS.get(path)
    if known is not None:
        return known
    above, _, name = path.rpartition(".")
    owner, part = label(above), _PARTS[name]
    return Wording(f"{owner.da}s {part.da}", f"{owner.en}'s {part.en}")


# --- sentences -------------------------------------------------------------------------------

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
