"""The words that stand on pages only, in Danish and in English."""

from apd.text import terms
from apd.wording import Wording

_TEXTS = {
    # both pages
    "more": Wording("Flere oplysninger", "More information"),
    "findings": Wording("Fund ved kontrol af dokumentet", "Findings in the document"),
    "counted": Wording("{title} ({count})", "{title} ({count})"),
    "remedy": Wording("Sådan rettes det", "How to fix it"),
    "path": Wording("Sted i dokumentet", "Place in the document"),
    # the overview
    "view": Wording("Visning", "View"),
    "list": Wording("Liste", "List"),
    "week": Wording("Uge", "Week"),
    "month": Wording("Måned", "Month"),
    "skip_list": Wording("Spring til listen", "Skip to the list"),
    "skip_week": Wording("Spring til ugerne", "Skip to the weeks"),
    "skip_month": Wording("Spring til månederne", "Skip to the months"),
    "past_week": Wording("Tidligere uger", "Past weeks"),
    "past_month": Wording("Tidligere måneder", "Past months"),
    "filter": Wording("Vis", "Show"),
    "everyone": Wording("Alle", "All"),
    "others": Wording("Andre", "Others"),
    "only_series": Wording("Kun aftaler i en serie", "Only appointments of a series"),
    "next": Wording("Næste aftale", "Next appointment"),
    "to_calendar": Wording("Føj til kalender", "Add to calendar"),
    "all_to_calendar": Wording("Føj alle aftaler til kalender", "Add all appointments to calendar"),
    "calendar_file": Wording("aftale.ics", "appointment.ics"),
    "calendar_file_of_all": Wording("aftaler.ics", "appointments.ics"),
    "position_in_series": Wording("{position} i serien", "{position} in the series"),
    "one_on_day": Wording("1 aftale", "1 appointment"),
    "several_on_day": Wording("{count} aftaler", "{count} appointments"),
    "today": Wording("i dag", "today"),
    "week_number": Wording("uge {number}", "week {number}"),
    "day_of_week": Wording("{weekday} {day}. {month}", "{weekday} {day} {month}"),
    "month_of_year": Wording("{month} {year}", "{month} {year}"),
    # the single document
    "appointment_document": Wording("Aftaledokument", "Appointment document"),
    "skip": Wording("Spring til dokumentet", "Skip to the document"),
    "valid": Wording("Kontrollen fandt ingen fejl.", "No errors were found."),
    "remarked_once": Wording("Ingen fejl, 1 bemærkning.", "No errors, 1 other finding."),
    "remarked": Wording("Ingen fejl, {count} bemærkninger.", "No errors, {count} other findings."),
    "invalid_once": Wording("Kontrollen fandt 1 fejl.", "1 error was found."),
    "invalid": Wording("Kontrollen fandt {count} fejl.", "{count} errors were found."),
    "unreadable": Wording(
        "Der kan ikke læses nogen aftale i dokumentet.",
        "No appointment can be read from the document.",
    ),
    "data": Wording("Data", "Data"),
    "data_about": Wording("Det, systemer læser.", "What systems read."),
    "text": Wording("Læsbar tekst", "Readable text"),
    "text_about": Wording(
        "Det, dokumentet giver mennesker at læse.", "The readable text of the document."
    ),
    "no_text": Wording("Dokumentet har ingen læsbar tekst.", "The document has no readable text."),
    "same": Wording("Teksten svarer til data.", "The text matches the data."),
    "differs": Wording(
        "Teksten svarer ikke til data. Sammenlign dem.",
        "The text does not match the data. Compare them.",
    ),
    "of_data": Wording("Data siger: {text}", "The data say: {text}"),
    "expected": Wording("Teksten, som den dannes af data", "The text generated from the data"),
    "nothing_found": Wording("Intet at bemærke.", "Nothing found."),
    "unmapped_about": Wording(
        "Det, dokumentet siger ud over data ovenfor. Det går ikke tabt, når dokumentet skrives.",
        "Content outside the data above, which is kept when the document is written.",
    ),
    "stands": Wording("I dokumentet", "In the document"),
    "written": Wording("Efter standarden", "According to the standard"),
    "left_out": Wording("Indholdet vises ikke her.", "The content is not shown here."),
}


class PageWords(terms.Words):
    """The words of one language, those of pages among them."""

    TEXTS = {**terms.TERMS, **_TEXTS}
