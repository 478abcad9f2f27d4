"""Every word that the commands print, in Danish and in English."""

from attrs import frozen

from apd.model.location import HomeLocation, OtherLocation, SorLocation
from apd.standard.codes import CODE_SYSTEM_NAMES, REMARKS, AddressUse, Oid, TelecomUse
from apd.wording import Language, Wording

_TEXTS = {
    # what the card says: its rows
    "when": Wording("Hvornår", "When"),
    "repeats": Wording("Gentages", "Repeats"),
    "about": Wording("Vedrørende", "About"),
    "category": Wording("Kategori", "Category"),
    "type": Wording("Aftaletype", "Type"),
    "where": Wording("Mødested", "Where"),
    "performer": Wording("Udføres af", "Performer"),
    "responsible": Wording("Aftaleansvarlig", "Responsible"),
    "requester": Wording("Rekvirent", "Requester"),
    "custodian": Wording("Forvalter", "Custodian"),
    "patient": Wording("Patient", "Patient"),
    "own_practice": Wording("Egen læge", "Own practice"),
    "episode": Wording("Forløb", "Episode of care"),
    "status": Wording("Status", "Status"),
    "document": Wording("Dokument", "Document"),
    "unmapped": Wording("Ikke i modellen", "Not in the model"),
    # when
    # series, identifiers, texts about persons and places
    "series": Wording("Ja, i serien {id}", "Yes, in the series {id}"),
    "series_unnamed": Wording("Ja, serien har intet id", "Yes, the series has no id"),
    "sor": Wording("SOR-kode {value}", "SOR code {value}"),
    "provider": Wording("Ydernummer {value}", "Provider number {value}"),
    "episode_id": Wording("Forløbs-id {value}", "Episode id {value}"),
    "cpr": Wording("CPR {value}", "CPR {value}"),
    "patient_id": Wording("Patient-id {value}", "Patient id {value}"),
    "other_id": Wording("{value} ({root})", "{value} ({root})"),
    "born": Wording("født {date}", "born {date}"),
    "unknown": Wording("Ikke oplyst", "Not informed"),
    "no_address": Wording("Adressen er ikke oplyst", "The address is not informed"),
    "asked": Wording("Rekvireret {time}", "Requested {time}"),
    "booked": Wording("Booket {time}", "Booked {time}"),
    # the document
    "document_id": Wording("Dokument-id {id}", "Document id {id}"),
    "appointment_id": Wording("Aftale-id {id}", "Appointment id {id}"),
    "set_id": Wording("Fælles id for alle versioner {id}", "Id of all versions {id}"),
    "version": Wording("Version {number}", "Version {number}"),
    "made": Wording("Lavet {time}", "Made {time}"),
    "release": Wording("DK-APD {release}", "DK-APD {release}"),
    "confidentiality": Wording("Fortrolighed: {level}", "Confidentiality: {level}"),
    "one_piece": Wording("1 stykke", "1 piece"),
    "pieces": Wording("{count} stykker", "{count} pieces"),
    # what cannot be read
    "line": Wording("linje {line}: ", "line {line}: "),
    "no_such_file": Wording("Filen findes ikke.", "There is no such file."),
    "no_access": Wording("Der er ikke læseadgang.", "There is no permission to read it."),
    "unreadable": Wording("Kan ikke læses ({reason}).", "Cannot be read ({reason})."),
    "no_xml": Wording(
        "Der er ingen XML-filer i mappen.", "There are no XML files in the directory."
    ),
    # what a rule says
    "demands": Wording("Krav", "Demands"),
    "explanation": Wording("Forklaring", "Explanation"),
    "mend": Wording("Ret", "Mend"),
    "severity": Wording("Alvor", "Severity"),
    "layer": Wording("Lag", "Layer"),
    "clauses": Wording("Klausuler", "Clauses"),
    "rule_source": Wording("Kilde", "Source"),
    # the round trip
    "same": Wording("{file}: uændret", "{file}: unchanged"),
    "one_difference": Wording("{file}: 1 forskel", "{file}: 1 difference"),
    "differences": Wording("{file}: {count} forskelle", "{file}: {count} differences"),
    "lifted": Wording(
        "{line}; DK-APD {release} skrives som 2.0.1", "{line}; DK-APD {release} is written as 2.0.1"
    ),
    "lost": Wording("forsvinder", "lost"),
    "added": Wording("kommer til", "added"),
    "changed": Wording("ændres", "changed"),
    "order": Wording("ombyttes", "reordered"),
    "nothing": Wording("(intet)", "(nothing)"),
    "summary": Wording(
        "{total} dokumenter: {same} uden forskelle, {different} med forskelle, {failed} ikke læst",
        "{total} documents: {same} unchanged, {different} with differences, {failed} not read",
    ),
}

CODE_SYSTEMS = {**CODE_SYSTEM_NAMES, Oid.SKS: "SKS"}
LOCATION_TYPES = {
    SorLocation: (1, Wording("Sted i SOR", "A place in SOR")),
    OtherLocation: (2, Wording("Sted uden for SOR", "A place outside SOR")),
    HomeLocation: (3, Wording("Borgerens egen adresse", "The patient's own home")),
}
_HOME = Wording("hjemme", "home")
ADDRESS_USES = {
    AddressUse.VACATION_HOME: Wording("feriebolig", "vacation home"),
    AddressUse.WORK: Wording("arbejde", "work"),
    AddressUse.BAD: REMARKS[AddressUse.BAD],
    AddressUse.TEMPORARY: REMARKS[AddressUse.TEMPORARY],
    AddressUse.POSTAL: Wording("til post", "for mail"),
}
TELECOM_USES = {
    TelecomUse.HOME: _HOME,
    TelecomUse.PRIMARY_HOME: _HOME,
    TelecomUse.VACATION_HOME: Wording("feriebolig", "vacation home"),
    TelecomUse.WORK: Wording("arbejde", "work"),
    TelecomUse.DIRECT: Wording("direkte", "direct"),
    TelecomUse.PUBLIC: Wording("offentlig", "public"),
    TelecomUse.BAD: REMARKS[TelecomUse.BAD],
    TelecomUse.TEMPORARY: REMARKS[TelecomUse.TEMPORARY],
    TelecomUse.MOBILE: Wording("mobil", "mobile"),
    TelecomUse.ANSWERING_SERVICE: Wording("telefonsvarer", "answering service"),
    TelecomUse.EMERGENCY: Wording("nødsituation", "emergency"),
    TelecomUse.PAGER: Wording("personsøger", "pager"),
}


@frozen
class Words:
    """The words of one language.

    Args:
        language: ``"da"`` or ``"en"``.
    """

    language: Language

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key, with values put in."""
        return self.put(_TEXTS[key], **values)

    def put(self, wording: Wording, **values: object) -> str:
        """A wording of another table, with values put in."""
        return wording.in_language(self.language).format(**values)
