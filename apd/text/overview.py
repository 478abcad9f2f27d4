"""The words that an overview says only, in Danish and in English."""

from apd.text import terms, times
from apd.wording import Wording

_TEXTS = {
    # the overview as a whole
    "title": Wording("Aftaler for {name}", "Appointments of {name}"),
    "title_unnamed": Wording("Aftaleoversigt", "Appointments"),
    "withheld": Wording(
        "Nogle oplysninger er spærret og vises ikke.", "Some information is blocked and not shown."
    ),
    "incomplete": Wording(
        "Oversigten er ikke fuldstændig, da noget ikke kunne hentes. Prøv igen senere.",
        "The overview is not complete, as something could not be fetched. Try again later.",
    ),
    "lifted": Wording(
        "Spærringen er ophævet. Grundlag: {ground}.", "The block has been lifted. Ground: {ground}."
    ),
    "proxy": Wording(
        "Vises med fuldmagt til {name}. Aftalerne kan læses, men ikke ændres.",
        "Shown under the power of attorney of {name}. The appointments can be read but not "
        "changed.",
    ),
    "logged": Wording(
        "Visningen registreres med navnet {name}.",
        "This viewing is recorded under the name {name}.",
    ),
    "no_upcoming": Wording("Der er ingen kommende aftaler.", "There are no upcoming appointments."),
    "none_shown": Wording(
        "Ingen kommende aftaler kan vises.", "No upcoming appointments can be shown."
    ),
    # times
    "from": Wording("fra {clock}", "from {clock}"),
    "until": Wording("til {clock}", "until {clock}"),
    "all_day": Wording("hele dagen", "all day"),
    "during_the_day": times.DURING_THE_DAY,
    "indicative": Wording("{time} (vejledende)", "{time} (indicative)"),
    "week": Wording("Uge {number}, {year}", "Week {number}, {year}"),
    # about an appointment
    "series": Wording(
        "{about}: {count} aftaler i en serie, fra {first} til {last}",
        "{about}: {count} appointments in a series, from {first} to {last}",
    ),
    "titled": Wording("{about}, {performer}", "{about}, {performer}"),
    "titled_by": Wording("{title}, {detail}", "{title}, {detail}"),
    "position": Wording("{number} af {count}", "{number} of {count}"),
    "several_versions": Wording(
        "Der står flere versioner af aftalen i registret. Her vises den nyeste.",
        "There are several versions of the appointment in the registry. The newest is shown.",
    ),
    "newer_withdrawn": Wording(
        "En nyere version af aftalen er trukket tilbage. Spørg, om aftalen stadig gælder.",
        "A newer version of the appointment was withdrawn. Ask whether it is still valid.",
    ),
    # overlaps
    "overlaps_left": Wording(
        "Overlap, der ikke vises her: {count}", "Overlaps not shown here: {count}"
    ),
    "overlaps_left_at_least": Wording(
        "Overlap, der ikke vises her: mindst {count}",
        "Overlaps not shown here: at least {count}",
    ),
    "overlap": Wording("{one} overlapper {other}", "{one} overlaps {other}"),
    "overlap_soft": Wording(
        "{one} overlapper måske {other}, da tiden er vejledende",
        "{one} may overlap {other}, as the time is indicative",
    ),
    "travel": Wording(
        "Der er {minutes} min. fra {one} til {other}, som er et andet sted",
        "There are {minutes} min from {one} to {other}, which is in another place",
    ),
    "travel_soft": Wording(
        "Der er måske kun {minutes} min. fra {one} til {other}, som er et andet sted; "
        "tiden er vejledende",
        "There may be only {minutes} min from {one} to {other}, which is in another place; "
        "the time is indicative",
    ),
    "overlap_with": Wording("Overlapper {other}", "Overlaps {other}"),
    "overlap_with_soft": Wording(
        "Overlapper måske {other}, da tiden er vejledende",
        "May overlap {other}, as the time is indicative",
    ),
    "travel_with": Wording(
        "Kun {minutes} min. mellem denne og {other}, som er et andet sted",
        "Only {minutes} min between this and {other}, which is in another place",
    ),
    "travel_with_soft": Wording(
        "Måske kun {minutes} min. mellem denne og {other}, som er et andet sted; "
        "tiden er vejledende",
        "Maybe only {minutes} min between this and {other}, which is in another place; "
        "the time is indicative",
    ),
    "overlapping": Wording("{count} aftaler overlapper", "{count} appointments overlap"),
    "overlapping_at_least": Wording(
        "Mindst {count} aftaler overlapper", "At least {count} appointments overlap"
    ),
    "overlap_firm": Wording("Overlapper en anden aftale", "Overlaps another appointment"),
    "overlap_maybe": Wording("Overlapper måske en anden aftale", "May overlap another appointment"),
    "named": Wording("{about} ({time})", "{about} ({time})"),
}


class Words(terms.Words):
    """The words of one language, those of an overview among them."""

    TEXTS = {**terms.TERMS, **_TEXTS}
