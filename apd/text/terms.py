"""What is called the same wherever people read it: labels, identifiers, places, uses, fields.

The words of one view alone (an overview, a page, the commands) stand in a table of its own, which
goes on from this one.
"""

from collections.abc import Mapping
from typing import ClassVar

from attrs import frozen

from apd.model.location import HomeLocation, OtherLocation, SorLocation
from apd.standard.codes import REMARKS, AddressUse, TelecomUse
from apd.text.reports import LINE
from apd.wording import Language, Wording

TERMS = {
    # labels of lines
    "when": Wording("Hvornår", "When"),
    "note": Wording("Bemærk", "Note"),
    "repeats": Wording("Gentages", "Repeats"),
    "about": Wording("Vedrørende", "About"),
    "where": Wording("Mødested", "Where"),
    "performer": Wording("Udføres af", "Performer"),
    "where_and_performer": Wording("Mødested og udførende", "Where and performer"),
    "responsible": Wording("Aftaleansvarlig", "Responsible"),
    "requester": Wording("Rekvirent", "Requester"),
    "custodian": Wording("Forvalter", "Custodian"),
    "category": Wording("Kategori", "Category"),
    "type": Wording("Aftaletype", "Type"),
    "patient": Wording("Patient", "Patient"),
    "as_of": Wording("Vist {moment}.", "As of {moment}."),
    "own_practice": Wording("Egen læge", "Own practice"),
    "episode": Wording("Forløb", "Episode of care"),
    "status": Wording("Status", "Status"),
    "document": Wording("Dokument", "Document"),
    "unmapped": Wording("Ikke i modellen", "Not in the model"),
    # identifiers
    "sor": Wording("SOR-kode {value}", "SOR code {value}"),
    "provider": Wording("ydernummer {value}", "provider number {value}"),
    "episode_id": Wording("Forløbs-id {value}", "Episode id {value}"),
    "series_id": Wording("Repetitions-id {value}", "Repetition id {value}"),
    "cpr": Wording("CPR {value}", "CPR {value}"),
    "patient_id": Wording("Patient-id {value}", "Patient id {value}"),
    "other_id": Wording("Id {value}", "Id {value}"),
    "rooted_id": Wording("{value} ({root})", "{value} ({root})"),
    "appointment_id": Wording("Aftale-id {value}", "Appointment id {value}"),
    "document_id": Wording("Dokument-id {value}", "Document id {value}"),
    "set_id": Wording("Fælles id for alle versioner {value}", "Set id {value}"),
    # persons and places
    "born": Wording("født {date}", "born {date}"),
    "not_informed": Wording("ikke oplyst", "not provided"),
    "no_address": Wording("Adressen er ikke oplyst", "The address is not provided"),
    "protected": Wording("Adressen er beskyttet", "The address is protected"),
    # times
    "asked": Wording("Rekvireret {time}", "Requested {time}"),
    "booked": Wording("Booket {time}", "Booked {time}"),
    # series
    "repeating": Wording(
        "Aftalen er en del af en serie, der gentages",
        "The appointment is part of a repeating series",
    ),
    "in_series": Wording("serien {id}", "the series {id}"),
    "series_unnamed": Wording("en serie uden id", "a series without an id"),
    # documents
    "release": Wording("DK-APD {release}", "DK-APD {release}"),
    "version": Wording("Version {number}", "Version {number}"),
    "made": Wording("Oprettet {time}", "Created {time}"),
    "confidentiality": Wording("Fortrolighed: {level}", "Confidentiality: {level}"),
    # findings and rules
    "line": LINE,
    "clauses": Wording("Klausuler", "Clauses"),
    "source": Wording("Kilde", "Source"),
    # values
    "yes": Wording("ja", "yes"),
    "no": Wording("nej", "no"),
}
PLACES = {
    SorLocation: Wording("et sted i SOR", "a place in SOR"),
    OtherLocation: Wording("et sted uden for SOR", "a place outside SOR"),
    HomeLocation: Wording("borgerens egen adresse", "the patient's own home"),
}
_HOME = Wording("hjemme", "home")
TELECOM_USES: dict[str, Wording] = {
    TelecomUse.HOME: _HOME,
    TelecomUse.PRIMARY_HOME: _HOME,
    TelecomUse.VACATION_HOME: Wording("feriebolig", "vacation home"),
    TelecomUse.WORK: Wording("arbejde", "work"),
    TelecomUse.DIRECT: Wording("direkte", "direct"),
    TelecomUse.PUBLIC: Wording("offentlig", "public"),
    TelecomUse.MOBILE: Wording("mobil", "mobile"),
    TelecomUse.ANSWERING_SERVICE: Wording("telefonsvarer", "answering service"),
    TelecomUse.EMERGENCY: Wording("nødsituation", "emergency"),
    TelecomUse.PAGER: Wording("personsøger", "pager"),
    **REMARKS,
}
"""What a telephone number is for."""
ADDRESS_USES: dict[str, Wording] = {
    AddressUse.VACATION_HOME: TELECOM_USES[TelecomUse.VACATION_HOME],
    AddressUse.WORK: TELECOM_USES[TelecomUse.WORK],
    AddressUse.POSTAL: Wording("til post", "for mail"),
    **REMARKS,
}
"""What an address is for, where it is for something else than to live there."""

# the names of fields, as the subject of a sentence
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


def name_of_field(path: str) -> Wording:
    """What a field, such as ``appointment.patient.address``, is called: *Patientens adresse*."""
    known = _FIELDS.get(path) or _OWNERS.get(path)
    if known is not None:
        return known
    above, _, name = path.rpartition(".")
    owner, part = name_of_field(above), _PARTS[name]
    return Wording(f"{owner.da}s {part.da}", f"{owner.en}'s {part.en}")


@frozen
class Words:
    """The words of one language."""

    language: Language
    TEXTS: ClassVar[Mapping[str, Wording]] = TERMS

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key, with values put in."""
        return self.put(self.TEXTS[key], **values)

    def put(self, wording: Wording, **values: object) -> str:
        """A wording of another table, with values put in."""
        return wording.in_language(self.language).format(**values)
