"""The numbered business rules #1 to #10, in the wording of 1.0.10 or earlier.

According to the change log, 1.0.11 reworded #10, and 1.0.12 divided the rules into publishing and
showing and changed #8. Their present wording is not available.
"""

from typing import Any

from apd.standard.business_rule import BusinessRule
from apd.wording import Wording


def _numbered(id: str, **of_row: Any) -> BusinessRule:
    of_all = {"section": f"rule {id.split()[0]}", "edition_from": "1.0", "edition_to": "1.0.10"}
    return BusinessRule(id=id, **of_all | of_row)


NUMBERED: tuple[BusinessRule, ...] = (
    _numbered(
        "#1",
        wording=Wording(
            "Et system, der publicerer, udfylder alle dataelementer og publicerer alle patientens "
            "aftaler, som det har.",
            "A system that publishes fills in all data elements and publishes all appointments "
            "of the patient that it holds.",
        ),
        quotation="publicere alle aftaler",
        kept_by=("apd.validation", "apd.publication"),
        unseen=Wording(
            "Hvad bookingsystemet har derudover; planen sammenligner det med det publicerede.",
            "What else the booking system holds; the plan compares it with what was published.",
        ),
    ),
    _numbered(
        "#2",
        edition_from="1.0.3",
        wording=Wording(
            "En ny eller ændret aftale publiceres inden for 15 minutter.",
            "A new or changed appointment is published within 15 minutes.",
        ),
        quotation="løbende og tidstro",
        kept_by=("apd.publication",),
        unseen=Wording(
            "Hvornår bookingen blev ændret, og hvornår dokumentet blev sendt.",
            "When the booking was changed, and when its document was sent.",
        ),
    ),
    _numbered(
        "#3",
        edition_from="1.0.9",
        wording=Wording(
            "Repeterende aftaler publiceres løbende, så mønsteret er publiceret mindst 6 måneder "
            "frem, så "
            "længe det varer.",
            "Repeating appointments are published on a rolling basis, so that the pattern is "
            "published at least 6 months ahead for as long as it lasts.",
        ),
        quotation="gentaget 6 måneder frem",
        kept_by=("apd.publication", "apd.series"),
        unseen=Wording(
            "Mønsteret, som ikke fremgår af et dokument.",
            "The pattern, which a document does not state.",
        ),
    ),
    _numbered(
        "#3 30 days",
        edition_from="1.0.9",
        wording=Wording(
            "Repeterende aftaler efter servicelovens § 83 og sundhedslovens § 138 publiceres kun "
            "30 dage frem.",
            "Repeating appointments under serviceloven § 83 and sundhedsloven § 138 are published "
            "only 30 days ahead.",
        ),
        quotation="kun publiceres 30 dage frem",
        kept_by=("apd.publication",),
        unseen=Wording(
            "Retsgrundlaget, som ikke fremgår af et dokument.",
            "The legal basis, which a document does not state.",
        ),
    ),
    _numbered(
        "#4",
        wording=Wording("En gyldig aftale er active.", "A valid appointment is active."),
        quotation="skal have statuskoden",
        rules=("BR-4",),
        kept_by=("apd.publication", "apd.overview"),
    ),
    _numbered(
        "#5",
        wording=Wording(
            "En aftale, der er flyttet, forkert eller aflyst, er ikke længere aktiv.",
            "An appointment that has been moved or cancelled, or is wrong, is no longer active.",
        ),
        quotation="ikke længere fremgår som aktive",
        rules=("BR-4", "SET-APPOINTMENT-ID"),
        kept_by=("apd.publication", "apd.overview"),
        unseen=Wording("Status i registret.", "The status in the registry."),
    ),
    _numbered(
        "#6",
        edition_from="1.0.1",
        wording=Wording(
            "Et system har ingen kopi af patientens aftaleoversigt, ud over hvad der skal "
            "journalføres.",
            "A system keeps no copy of the patient's overview, except what must be kept in the "
            "patient record.",
        ),
        quotation="ikke lave lokale kopier",
        kept_by=("apd.publication", "apd.overview.html"),
        unseen=Wording(
            "Hvad et system gemmer. Vores register over det publicerede er ikke en oversigt.",
            "What a system keeps. Our register of what was published is not an overview.",
        ),
    ),
    _numbered(
        "#7",
        wording=Wording(
            "Møder mellem fagpersoner uden patienten deles ikke.",
            "Meetings between professionals without the patient are not shared.",
        ),
        quotation="sundhedsfaglige imellem må ikke deles",
        kept_by=("apd.publication",),
        unseen=Wording(
            "Om patienten deltager; det fremgår af bookingen.",
            "Whether the patient takes part; only the booking shows that.",
        ),
    ),
    _numbered(
        "#8",
        reworded_in="1.0.12",
        wording=Wording(
            "En intervalaftale har et interval, fra tabel 3 eller sit eget.",
            "An interval appointment has an interval, from table 3 or its own.",
        ),
        quotation="definere egne intervaller",
        rules=("BR-8",),
        kept_by=("apd.model.schedule",),
    ),
    _numbered(
        "#9",
        edition_from="1.0.6",
        wording=Wording(
            "En pårørende med digital fuldmagt læser som patienten selv og redigerer aldrig.",
            "A relative with a digital power of attorney can read what the patient can, but never "
            "edit.",
        ),
        quotation="pårørende med fuldmagt",
        kept_by=("apd.overview",),
        unseen=Wording("Hvem der læser.", "Who reads."),
    ),
    _numbered(
        "#10",
        reworded_in="1.0.11",
        wording=Wording(
            "Et system kan håndtere, at patienten har spærret, og registrerer, når spærringen "
            "brydes.",
            "A system handles data that the patient has blocked, and records when a block is "
            "overridden.",
        ),
        quotation="registrere hvis spærringen brydes",
        kept_by=("apd.overview",),
        unseen=Wording("Hvad der blev holdt tilbage.", "What was withheld."),
    ),
)
