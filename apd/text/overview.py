"""Every word that an overview says, in Danish and in English."""

from attrs import frozen

from apd.model.location import HomeLocation, OtherLocation, SorLocation
from apd.standard.codes import Confidentiality
from apd.text import times
from apd.wording import Language, Wording

_TEXTS = {
    # the overview as a whole
    "title": Wording("Aftaler for {name}", "Appointments of {name}"),
    "title_unnamed": Wording("Aftaleoversigt", "Appointments"),
    "withheld": Wording(
        "Nogle oplysninger er spærret og vises ikke.", "Some data are blocked and not shown."
    ),
    "lifted": Wording(
        "Spærringen er ophævet. Grundlag: {ground}.", "The block has been lifted. Ground: {ground}."
    ),
    "proxy": Wording(
        "Vises med fuldmagt til {name}. Aftalerne kan læses, men ikke ændres.",
        "Shown under a power of attorney to {name}. The appointments can be read, not changed.",
    ),
    "logged": Wording(
        "Visningen registreres med navnet {name}.",
        "This viewing is recorded under the name {name}.",
    ),
    "no_upcoming": Wording("Der er ingen kommende aftaler.", "There are no upcoming appointments."),
    "none_shown": Wording(
        "Ingen kommende aftaler kan vises.", "No upcoming appointments can be shown."
    ),
    # labels of lines
    "when": Wording("Hvornår", "When"),
    "about": Wording("Vedrørende", "About"),
    "where": Wording("Mødested", "Where"),
    "performer": Wording("Udføres af", "Performer"),
    "responsible": Wording("Aftaleansvarlig", "Responsible"),
    "requester": Wording("Rekvirent", "Requester"),
    "custodian": Wording("Forvalter", "Custodian"),
    "category": Wording("Kategori", "Category"),
    "type": Wording("Aftaletype", "Type"),
    "repeats": Wording("Gentages", "Repeats"),
    "episode": Wording("Forløb", "Episode of care"),
    "note": Wording("Bemærk", "Note"),
    "own_practice": Wording("Egen læge", "Own practice"),
    "document": Wording("Dokument", "Document"),
    # times
    "from": Wording("fra {clock}", "from {clock}"),
    "until": Wording("til {clock}", "until {clock}"),
    "all_day": Wording("hele dagen", "all day"),
    "during_the_day": times.DURING_THE_DAY,
    "indicative": Wording("{time} (vejledende)", "{time} (indicative)"),
    "week": Wording("Uge {number}, {year}", "Week {number}, {year}"),
    # what is said of an appointment
    "unknown": Wording("Ikke oplyst", "Not informed"),
    "repeating": Wording(
        "Aftalen er en del af en serie, der gentages",
        "The appointment is one of a series that repeats",
    ),
    "series": Wording(
        "{about}: {count} aftaler i en serie, fra {first} til {last}",
        "{about}: {count} appointments in a series, from {first} to {last}",
    ),
    "several_versions": Wording(
        "Der står flere udgaver af aftalen i registret. Her vises den nyeste.",
        "Several versions of the appointment stand in the registry. The newest is shown.",
    ),
    "newer_withdrawn": Wording(
        "En nyere udgave af aftalen er trukket tilbage. Spørg, om aftalen stadig gælder.",
        "A newer version of the appointment was withdrawn. Ask whether it still stands.",
    ),
    "sor": Wording("SOR-kode {value}", "SOR code {value}"),
    "provider": Wording("Ydernummer {value}", "Provider number {value}"),
    "episode_id": Wording("Forløbs-id {value}", "Episode id {value}"),
    "series_id": Wording("Repetitions-id {value}", "Repetition id {value}"),
    "other_id": Wording("Id {value}", "Id {value}"),
    "appointment_id": Wording("Aftale-id {value}", "Appointment id {value}"),
    "document_id": Wording("Dokument-id {value}", "Document id {value}"),
    "set_id": Wording("Fælles id for alle udgaver {value}", "Id of all versions {value}"),
    "version": Wording("Udgave {number}", "Version {number}"),
    "made": Wording("Lavet {time}", "Made {time}"),
    "booked": Wording("Booket {time}", "Booked {time}"),
    "asked": Wording("Rekvireret {time}", "Requested {time}"),
    "cpr": Wording("CPR {value}", "CPR {value}"),
    "patient_id": Wording("Patient-id {value}", "Patient id {value}"),
    "born": Wording("født {date}", "born {date}"),
    "protected": Wording("Adressen er beskyttet", "The address is protected"),
    # overlaps
    "overlaps_left": Wording(
        "Sammenstød, der ikke vises her: {count}", "Clashes that are not shown here: {count}"
    ),
    "overlaps_left_at_least": Wording(
        "Sammenstød, der ikke vises her: mindst {count}",
        "Clashes that are not shown here: at least {count}",
    ),
    "overlap": Wording("{one} overlapper {other}", "{one} overlaps {other}"),
    "overlap_soft": Wording(
        "{one} overlapper måske {other}, da tiden er vejledende",
        "{one} may overlap {other}, as the time is indicative",
    ),
    "travel": Wording(
        "Der er {minutes} min. fra {one} til {other}, som er et andet sted",
        "There are {minutes} min. from {one} to {other}, which is in another place",
    ),
    "travel_soft": Wording(
        "Der er måske kun {minutes} min. fra {one} til {other}, som er et andet sted; "
        "tiden er vejledende",
        "There may be only {minutes} min. from {one} to {other}, which is in another place; "
        "the time is indicative",
    ),
    "named": Wording("{about} ({time})", "{about} ({time})"),
}
PHASES = {
    "upcoming": Wording("Kommende", "Upcoming"),
    "ongoing": Wording("I gang", "In progress"),
    "past": Wording("Tidligere", "Past"),
}
PLACES = {
    SorLocation: Wording("Sted i SOR", "A place in SOR"),
    OtherLocation: Wording("Sted uden for SOR", "A place outside SOR"),
    HomeLocation: Wording("Borgerens egen adresse", "The patient's own address"),
}
CONFIDENTIALITIES: dict[Confidentiality | None, Wording] = {
    Confidentiality.RESTRICTED: Wording("Begrænset adgang", "Restricted"),
    Confidentiality.VERY_RESTRICTED: Wording("Meget begrænset adgang", "Very restricted"),
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
