"""What Aftaleoversigten asks of documents and of whole systems, and who sees to it.

Sources: content and business rules of Aftaleoversigten 2.0 (types, table 3, R1-R10, #1-#10,
protected addresses); MedCom's FAQ of 2023 (F1-F5).
"""

from typing import NamedTuple


class Demand(NamedTuple):
    """Something that Aftaleoversigten asks for.

    Args:
        id: its number in the sources.
        asks: what it asks for.
        rules: the rules of the validator that see it in a document.
        made_by: the rooms of the library that keep it, or help to keep it.
        unseen: what no document can show of it, and why.
    """

    id: str
    asks: str
    rules: tuple[str, ...] = ()
    made_by: tuple[str, ...] = ()
    unseen: str = ""


DEMANDS = (
    Demand(
        "Type 1–4",
        "The type follows from the data: exact, indicative, open end; repeating besides.",
        ("BR-8",),
        ("apd.model.appointment", "apd.overview"),
        "Whether an appointment without an end is a standing one: the two look the same in CDA.",
    ),
    Demand(
        "Table 3",
        "The six parts of the day, and intervals of one's own.",
        (),
        ("apd.model.schedule", "apd.overview"),
        "Which part of the day somebody meant: any interval is allowed.",
    ),
    Demand(
        "R1",
        "A series repeats as often as it likes, and may overlap.",
        ("SET-OVERLAP",),
        ("apd.series",),
    ),
    Demand(
        "R2",
        "Each appointment of a series is a document with ids of its own.",
        ("SET-DOCUMENT-ID", "SET-APPOINTMENT-ID"),
        ("apd.series", "apd.publication"),
    ),
    Demand(
        "R3",
        "A repetition id may tie them, and says nothing of time.",
        (),
        ("apd.series",),
        "That two appointments without an id belong together.",
    ),
    Demand(
        "R4", "A repetition id belongs to one patient.", ("SET-SERIES-PATIENT",), ("apd.series",)
    ),
    Demand(
        "R5",
        "One moves in time: same repetition id.",
        (),
        ("apd.series", "apd.change"),
        "A move: a document shows only how it is now.",
    ),
    Demand(
        "R6",
        "One changes location: it no longer repeats.",
        ("SET-SERIES-LOCATION",),
        ("apd.series", "apd.change"),
    ),
    Demand(
        "R7",
        "One changes reason: the repetition ends for it.",
        ("SET-SERIES-REASON",),
        ("apd.series", "apd.change"),
    ),
    Demand(
        "R8",
        "All change time: each is changed, the id may stay.",
        (),
        ("apd.series", "apd.change"),
        "A move, as in R5.",
    ),
    Demand(
        "R9",
        "One is cancelled: its document is taken out of display.",
        ("BR-4",),
        ("apd.series", "apd.publication"),
        "Whether it was: the registry knows, not the document.",
    ),
    Demand(
        "R10",
        "More on the same pattern may take the id.",
        (),
        ("apd.series",),
        "That they were added later.",
    ),
    Demand(
        "#1",
        "All data elements are filled, and all appointments published.",
        (),
        ("apd.validation", "apd.publication"),
        "What a booking system holds besides; the plan compares it with what was published.",
    ),
    Demand(
        "#2",
        "A change is published within 15 minutes.",
        (),
        ("apd.publication",),
        "When a booking was changed and when its document was sent.",
    ),
    Demand(
        "#3",
        "Repeating appointments: 6 months ahead, or 30 days.",
        (),
        ("apd.publication", "apd.series"),
        "The pattern and the legal basis, which a document does not say.",
    ),
    Demand(
        "#4",
        "An appointment that stands is active.",
        ("BR-4",),
        ("apd.publication", "apd.overview"),
    ),
    Demand(
        "#5",
        "What no longer stands is taken out.",
        ("BR-4", "SET-APPOINTMENT-ID"),
        ("apd.publication", "apd.overview"),
        "The status in the registry.",
    ),
    Demand(
        "#6",
        "No local copies of a patient's overview.",
        (),
        ("apd.publication",),
        "What a system keeps. Our register of what was published holds no overview.",
    ),
    Demand(
        "#7",
        "Meetings without the patient are not shared.",
        (),
        ("apd.publication",),
        "Whether the patient is there; the booking knows.",
    ),
    Demand("#8", "An interval has a start and an end.", ("BR-8",), ("apd.model.schedule",)),
    Demand(
        "#9",
        "A proxy reads as the patient does, and never edits.",
        (),
        ("apd.overview",),
        "Who looks.",
    ),
    Demand(
        "#10",
        "Blocked data: coped with, and a lifted block is recorded.",
        (),
        ("apd.overview",),
        "What was withheld.",
    ),
    Demand(
        "Protected addresses",
        "No address where protection is registered.",
        ("BR-PROTECTED-HOME", "BR-PROTECTED-TEXT"),
        ("apd.overview",),
        "Whether protection is registered; the CPR register knows.",
    ),
    Demand(
        "F1",
        "Telephone on the performer, and on a place in SOR.",
        ("BR-F1-PERFORMER", "BR-F1-LOCATION"),
        ("apd.overview",),
    ),
    Demand("F2", "What municipalities may share.", (), ("apd.publication",), "The legal basis."),
    Demand(
        "F3",
        "Staff who look are logged by their full name.",
        (),
        ("apd.overview",),
        "Who looks. The overview gives the record to log.",
    ),
    Demand(
        "F4",
        "SOR codes are right.",
        ("BR-SOR-1", "BR-SOR-2"),
        ("apd.model.identifiers",),
        "Whether the code is in SOR, and whose it is: that needs the register.",
    ),
    Demand("F5", "Reminders go through NemSMS.", (), (), "Outside this standard and this library."),
)
