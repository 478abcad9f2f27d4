"""Every word that the commands print, in Danish and in English."""

from attrs import frozen

from apd.model.codes import (
    CODE_SYSTEM_NAMES,
    AddressUse,
    Confidentiality,
    Oid,
    Status,
    TelecomUse,
)
from apd.model.document import Difference
from apd.model.location import HomeLocation, OtherLocation, SorLocation
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
    "day": Wording("{weekday} den {date}", "{weekday} {date}"),
    "date": Wording("{day}. {month} {year}", "{day} {month} {year}"),
    "clock": Wording("%H.%M", "%H:%M"),
    "moment": Wording("{day} kl. {clock}", "{day}, {clock}"),
    "same_day": Wording("{start}–{clock}", "{start}–{clock}"),
    "several_days": Wording("fra {start} til {end}", "from {start} to {end}"),
    "open_end": Wording(
        "fra {start}; sluttidspunktet er ikke kendt", "from {start}; the end is not known"
    ),
    "summer": Wording("{clock} (sommertid)", "{clock} (summer time)"),
    "winter": Wording("{clock} (vintertid)", "{clock} (winter time)"),
    "to_summer": Wording(
        "Uret stilles en time frem undervejs.", "The clock is set forward one hour in between."
    ),
    "to_winter": Wording(
        "Uret stilles en time tilbage undervejs.", "The clock is set back one hour in between."
    ),
    "indicative": Wording(
        "Bemærk: Start- og sluttidspunkt er kun vejledende.",
        "Note: the start and end times are indicative only.",
    ),
    "indicative_start": Wording(
        "Bemærk: Starttidspunktet er kun vejledende.",
        "Note: the start time is indicative only.",
    ),
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

WEEKDAYS = (
    Wording("mandag", "Monday"),
    Wording("tirsdag", "Tuesday"),
    Wording("onsdag", "Wednesday"),
    Wording("torsdag", "Thursday"),
    Wording("fredag", "Friday"),
    Wording("lørdag", "Saturday"),
    Wording("søndag", "Sunday"),
)
MONTHS = (
    Wording("januar", "January"),
    Wording("februar", "February"),
    Wording("marts", "March"),
    Wording("april", "April"),
    Wording("maj", "May"),
    Wording("juni", "June"),
    Wording("juli", "July"),
    Wording("august", "August"),
    Wording("september", "September"),
    Wording("oktober", "October"),
    Wording("november", "November"),
    Wording("december", "December"),
)
STATUSES = {
    Status.ACTIVE: Wording("aktiv", "active"),
    Status.NORMAL: Wording("normal", "normal"),
    Status.ABORTED: Wording("afbrudt", "aborted"),
    Status.CANCELLED: Wording("aflyst", "cancelled"),
    Status.COMPLETED: Wording("afsluttet", "completed"),
    Status.HELD: Wording("sat i bero", "held"),
    Status.NEW: Wording("ny", "new"),
    Status.SUSPENDED: Wording("midlertidigt afbrudt", "suspended"),
    Status.NULLIFIED: Wording("annulleret", "nullified"),
    Status.OBSOLETE: Wording("forældet", "obsolete"),
}
CONFIDENTIALITIES = {
    Confidentiality.NORMAL: Wording("normal", "normal"),
    Confidentiality.RESTRICTED: Wording("begrænset adgang", "restricted"),
    Confidentiality.VERY_RESTRICTED: Wording("meget begrænset adgang", "very restricted"),
}
CODE_SYSTEMS = {**CODE_SYSTEM_NAMES, Oid.SKS: "SKS"}
LOCATION_TYPES = {
    SorLocation: (1, Wording("Sted i SOR", "A place in SOR")),
    OtherLocation: (2, Wording("Sted uden for SOR", "A place outside SOR")),
    HomeLocation: (3, Wording("Borgerens egen adresse", "The patient's own home")),
}
SCHEMES = {
    "tel": Wording("Telefon {address}", "Telephone {address}"),
    "sms": Wording("SMS {address}", "Text messages {address}"),
    "mailto": Wording("E-mail {address}", "E-mail {address}"),
    "fax": Wording("Fax {address}", "Fax {address}"),
}
_HOME = Wording("hjemme", "home")
ADDRESS_USES = {
    AddressUse.VACATION_HOME: Wording("feriebolig", "vacation home"),
    AddressUse.WORK: Wording("arbejde", "work"),
    AddressUse.BAD: Wording("gælder ikke længere", "no longer valid"),
    AddressUse.TEMPORARY: Wording("midlertidig", "temporary"),
    AddressUse.POSTAL: Wording("til post", "for mail"),
}
TELECOM_USES = {
    TelecomUse.HOME: _HOME,
    TelecomUse.PRIMARY_HOME: _HOME,
    TelecomUse.VACATION_HOME: Wording("feriebolig", "vacation home"),
    TelecomUse.WORK: Wording("arbejde", "work"),
    TelecomUse.DIRECT: Wording("direkte", "direct"),
    TelecomUse.PUBLIC: Wording("offentlig", "public"),
    TelecomUse.BAD: Wording("gælder ikke længere", "no longer valid"),
    TelecomUse.TEMPORARY: Wording("midlertidig", "temporary"),
    TelecomUse.MOBILE: Wording("mobil", "mobile"),
    TelecomUse.ANSWERING_SERVICE: Wording("telefonsvarer", "answering service"),
    TelecomUse.EMERGENCY: Wording("nødsituation", "emergency"),
    TelecomUse.PAGER: Wording("personsøger", "pager"),
}
DIFFERENCES = {
    Difference.EXTRA: Wording("findes kun i dokumentet", "only in the document"),
    Difference.MISSING: Wording("mangler i dokumentet", "missing in the document"),
    Difference.CHANGED: Wording("har et andet indhold", "with other content"),
    Difference.REPLACED: Wording("er erstattet", "replaced"),
    Difference.ORDER: Wording("i anden rækkefølge", "in another order"),
    Difference.NARRATIVE: Wording(
        "læsbar tekst, anderledes formuleret", "readable text, worded otherwise"
    ),
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
