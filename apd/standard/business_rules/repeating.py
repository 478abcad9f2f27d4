"""Table 2 on repeating appointments (type 4): R1 to R10, as the library numbers them.

2.0 removed R4, R6 and R7; according to the change log, 1.0.5 clarified the definition.
"""

from typing import Any

from apd.standard.business_rule import BusinessRule, Strength
from apd.wording import Wording


def _repeating(id: str, **of_row: Any) -> BusinessRule:
    of_all = {"edition_from": "1.0.5", "edition_to": "2.0"}
    return BusinessRule(id=id, section=f"table 2, type 4 ({id})", **of_all | of_row)


def _struck(id: str, **of_row: Any) -> BusinessRule:
    return _repeating(id, edition_to="1.0.12", ended_in="2.0", **of_row)


REPEATING: tuple[BusinessRule, ...] = (
    _repeating(
        "R1",
        strength=Strength.MAY,
        wording=Wording(
            "En aftale gentager sig over en eller flere dage, så ofte den skal; perioder kan "
            "overlappe.",
            "An appointment can repeat over one or more days, any number of times; periods may "
            "overlap.",
        ),
        quotation="ingen begrænsning på antal",
        rules=("SET-OVERLAP",),
        kept_by=("apd.series", "apd.overview"),
    ),
    _repeating(
        "R2",
        wording=Wording(
            "Hver aftale i en serie er et dokument for sig med sit eget dokument-id og aftale-id.",
            "Each appointment of a series is a document with its own document id and appointment "
            "id.",
        ),
        quotation="selvstændige aftale-dokumenter",
        rules=("SET-DOCUMENT-ID", "SET-APPOINTMENT-ID"),
        kept_by=("apd.series", "apd.publication"),
    ),
    _repeating(
        "R3",
        wording=Wording(
            "Knyttes de sammen med et repetitions-id, er det unikt for serien; det siger intet om, "
            "hvordan de ligger i tid.",
            "If a repetition id links them, it is unique to the series; it says nothing about when "
            "they take place.",
        ),
        quotation="unikt for den repeterende serie",
        kept_by=("apd.series",),
        unseen=Wording(
            "At to aftaler uden repetitions-id hører sammen.",
            "That two appointments without a repetition id belong together.",
        ),
    ),
    _struck(
        "R4",
        wording=Wording(
            "Et repetitions-id tilhører én borger.", "A repetition id belongs to one patient."
        ),
        quotation="altid knyttet til én borger",
        rules=("SET-SERIES-PATIENT",),
        kept_by=("apd.series",),
    ),
    _repeating(
        "R5",
        wording=Wording(
            "Flyttes én aftale i tid, er den stadig repeterende med det samme repetitions-id.",
            "If one appointment is moved in time, it still repeats with the same repetition id.",
        ),
        quotation="har uændret repetitions-id",
        kept_by=("apd.series", "apd.change"),
        unseen=Wording(
            "At den blev flyttet: et dokument viser kun, hvordan den er nu.",
            "That it was moved: a document shows only how it is now.",
        ),
    ),
    _struck(
        "R6",
        wording=Wording(
            "Får én aftale et andet mødested, er den ikke længere repeterende.",
            "If one appointment gets another location, it no longer repeats.",
        ),
        quotation="ikke længere være repeterende",
        rules=("SET-SERIES-LOCATION",),
        kept_by=("apd.series", "apd.change"),
    ),
    _struck(
        "R7",
        wording=Wording(
            "Får én aftale en anden årsag, slutter gentagelsen for den; en ny aftale med et nyt "
            "repetitions-id kan oprettes.",
            "If one appointment gets another reason, the repetition ends for it; a new appointment "
            "with a new repetition id may be created.",
        ),
        quotation="skal repetitionen afsluttes",
        rules=("SET-SERIES-REASON",),
        kept_by=("apd.series", "apd.change"),
    ),
    _repeating(
        "R8",
        wording=Wording(
            "Flyttes alle i tid, ændres hver aftale med repetitions-id'et; id'et må blive.",
            "If all are moved in time, each appointment with the repetition id is changed; the id "
            "may stay the same.",
        ),
        quotation="ændres for alle aftaler",
        kept_by=("apd.series", "apd.change"),
        unseen=Wording("At de blev flyttet, jf. R5.", "That they were moved, as in R5."),
    ),
    _repeating(
        "R9",
        wording=Wording(
            "Aflyses én aftale, fjernes dens dokument fra visning; repetitions-id'et er uændret.",
            "If one appointment is cancelled, its document is removed from display; the "
            "repetition id is unchanged.",
        ),
        quotation="skal aftalen fjernes fra visning",
        rules=("BR-4",),
        kept_by=("apd.series", "apd.publication", "apd.change"),
        unseen=Wording(
            "Om det er sket; det fremgår af registret, ikke af dokumentet.",
            "Whether that happened; the registry shows that, the document does not.",
        ),
    ),
    _repeating(
        "R10",
        strength=Strength.MAY,
        wording=Wording(
            "Flere aftaler efter samme mønster må få det samme repetitions-id.",
            "More appointments with the same pattern may get the same repetition id.",
        ),
        quotation="kan de nye aftaler anvende",
        kept_by=("apd.series",),
        unseen=Wording("At de kom til senere.", "That they were added later."),
    ),
)
