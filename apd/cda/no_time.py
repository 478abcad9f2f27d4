"""The words by which a document says that an appointment has a day and no time of day.

Such a document has 00:00 for a start, and the note of its guided interval says in words that no
time is set. Houses word it in their own way, so what counts are the words and not the sentence.
Source: MedCom's test protocol for APD, scenario 0202.
"""

import re

from apd.model.schedule import NO_TIME_NOTE, Schedule

_TIME = r"(?:klokkesl(?:æ|ae)t(?:tet)?|(?:møde|start)?(?:tidspunkt(?:et)?|tid(?:en)?))"
_SET = (
    r"(?:(?:af|an|fast|op)?sat|aftalt|angivet|besluttet|booket|fastlagt|fundet|givet|kendt|oplyst"
    r"|planlagt|registreret|reserveret|tildelt|valgt)"
)
_DEFINITE = r"(?:bestemt|eksakt|fast|konkret|nøjagtig|præcis|specifik|særlig)t?"
_UP_TO_2 = r"(?:\W+\w+){0,2}?\W+"

_SAYINGS = tuple(
    re.compile(saying, re.IGNORECASE)
    for saying in (
        rf"\b{_TIME}{_UP_TO_2}ikke{_UP_TO_2}{_SET}\b",  # tidspunktet er ikke aftalt
        rf"\bikke{_UP_TO_2}{_SET}{_UP_TO_2}(?:{_DEFINITE}\W+)?{_TIME}\b",  # ikke sat et tidspunkt
        rf"\bikke\W+(?:en|et|nogen|noget)\W+(?:{_DEFINITE}\W+)?{_TIME}\b",  # ikke noget tidspunkt
        rf"\b(?:ingen|intet|uden)\W+(?:{_DEFINITE}\W+)?{_TIME}\b",  # intet klokkeslæt
        r"\b(?:hele dagen|heldags\w*|i løbet af dagen)\b",
    )
)


def says_no_time(note: str | None) -> bool:
    """True for a note that says, in Danish words, that no time of day is set."""
    return note is not None and any(saying.search(note) for saying in _SAYINGS)


def indicative_text(schedule: Schedule) -> str | None:
    """The note of an indicative time as a document has it; :class:`Schedule` reads it back.

    Where the date alone is known, it says so, in words of its own or in the usual ones.
    """
    note = schedule.note
    if not schedule.date_only or says_no_time(note):
        return note
    return NO_TIME_NOTE if note is None else f"{NO_TIME_NOTE}. {note}"
