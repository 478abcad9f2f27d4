"""The answers of MedCom's FAQ of 2023: F1 to F5, as the library numbers them."""

from typing import Any

from apd.standard.business_rule import FAQ, BusinessRule, Strength
from apd.wording import Wording


def _answer(id: str, **of_row: Any) -> BusinessRule:
    year = "2023"
    return BusinessRule(
        id=id,
        document=FAQ,
        section=id.split()[0],
        edition_from=year,
        edition_to=year,
        **of_row,
    )


ANSWERS: tuple[BusinessRule, ...] = (
    _answer(
        "F1",
        wording=Wording(
            "Aftaleudførende har et telefonnummer, og det har et mødested i SOR; begge vises.",
            "The performer has a telephone number, and so has a location in SOR; both are shown.",
        ),
        quotation="krav, at der er telefonnummer",
        rules=("BR-F1-PERFORMER", "BR-F1-LOCATION", "BR-TELECOM"),
        kept_by=("apd.model.appointment", "apd.overview"),
    ),
    _answer(
        "F1 elsewhere",
        strength=Strength.MAY,
        wording=Wording(
            "Uden for sundhedsinstitutioner og i hjemmet kan telefonnummeret udelades.",
            "Outside health institutions and at home the telephone number may be left out.",
        ),
        quotation="kan telefonnummer udelades",
        kept_by=("apd.model.location",),
        unseen=Wording(
            "Om det også gælder den aftaleudførendes: sætningen kan læses på begge måder.",
            "Whether this also applies to the performer's: the sentence can be read both ways.",
        ),
    ),
    _answer(
        "F2",
        wording=Wording(
            "Efter serviceloven deler kommuner aftaler efter §§ 79 a, 83, 83 a, 84 og 86, ikke "
            "andre.",
            "Under serviceloven municipalities share appointments under §§ 79 a, 83, 83 a, 84 and "
            "86, no others.",
        ),
        quotation="nuværende lovhjemmel til deling",
        kept_by=("apd.publication",),
        unseen=Wording("Retsgrundlaget.", "The legal basis."),
    ),
    _answer(
        "F3",
        wording=Wording(
            "Medarbejdere, der henter en oversigt, logges med fulde navn (MinLog).",
            "Staff who fetch an overview are logged with their full name (MinLog).",
        ),
        quotation="logges med fulde navn",
        kept_by=("apd.overview",),
        unseen=Wording(
            "Hvem der henter. Oversigten leverer det, der skal logges.",
            "Who fetches it. The overview supplies the record to log.",
        ),
    ),
    _answer(
        "F4",
        wording=Wording(
            "Registreringer i SOR er rigtige og detaljerede.",
            "Entries in SOR are correct and detailed.",
        ),
        quotation="retvisende og opdaterede",
        rules=("BR-SOR-1", "BR-SOR-2"),
        kept_by=("apd.model.identifiers", "apd.sor"),
        unseen=Wording(
            "Om koden findes i SOR, og hvem den tilhører; det kræver registret, som brugeren kan "
            "angive.",
            "Whether the code is in SOR, and whose it is; that needs the register, which the "
            "user can specify.",
        ),
    ),
    _answer(
        "F5",
        strength=Strength.MAY,
        wording=Wording("Påmindelser sendes med NemSMS.", "Reminders are sent with NemSMS."),
        quotation="SMS-service gennem NemSMS",
        unseen=Wording(
            "Det er uden for standarden og dette bibliotek.",
            "This is outside the standard and this library.",
        ),
    ),
)
