"""The words with which a document states that an appointment has a day but no time of day.

Such a document has 00:00 as its start, and the note of its guided interval states that no time is
set. Organisations word this differently, so single words count, not the whole sentence.
Source: MedCom's test protocol for APD, scenario 0202.
"""

import re
from functools import cache

from apd.model.schedule import NO_TIME_NOTE, Schedule

_TIMES = (
    *("klokkeslæt", "klokkeslættet", "tid", "tiden", "tidspunkt", "tidspunktet"),
    *("mødetid", "mødetiden", "mødetidspunkt", "mødetidspunktet"),
    *("starttid", "starttiden", "starttidspunkt", "starttidspunktet"),
)
_SET = (
    *("afsat", "aftalt", "angivet", "besluttet", "booket", "fastlagt", "fastsat", "fundet"),
    *("givet", "kendt", "oplyst", "opsat", "planlagt", "registreret", "reserveret", "sat"),
    *("tildelt", "valgt"),
)
_DEFINITE = (
    *("bestemt", "eksakt", "fast", "konkret", "nøjagtig", "nøjagtigt", "præcis", "præcist"),
    *("specifik", "specifikt", "særlig", "særligt"),
)
_SOME, _NO = ("en", "et", "nogen", "noget"), ("ingen", "intet", "uden")
_IN_THE_DAY = ("hele dagen", "heldagsaftale", "i løbet af dagen")

WORDS = frozenset(
    (*_TIMES, *_SET, *_DEFINITE, *_SOME, *_NO, "ikke", *" ".join(_IN_THE_DAY).split())
)
"""The words that count, in lower case."""


def _one_of(words: tuple[str, ...]) -> str:
    return f"(?:{'|'.join(words)})"


@cache  # compiled on first use, as they take a while
def _phrases() -> tuple["re.Pattern[str]", ...]:
    return tuple(
        re.compile(
            phrase.format(
                time=_one_of(_TIMES),
                set=_one_of(_SET),
                definite=rf"(?:{_one_of(_DEFINITE)}\W+)?",
                some=_one_of(_SOME),
                no=_one_of(_NO),
                day=_one_of(_IN_THE_DAY),
                gap=r"(?:\W+\w+){0,2}?\W+",  # up to two words
            ),
            re.IGNORECASE,
        )
        for phrase in (
            r"\b{time}{gap}ikke{gap}{set}\b",  # tidspunktet er ikke aftalt
            r"\bikke{gap}{set}{gap}{definite}{time}\b",  # ikke afsat et bestemt tidspunkt
            r"\bikke\W+{some}\W+{definite}{time}\b",  # ikke noget tidspunkt
            r"\b{no}\W+{definite}{time}\b",  # intet klokkeslæt
            r"\b{day}\b",
        )
    )


def says_no_time(note: str | None) -> bool:
    """Whether a note states, in Danish, that no time of day is set."""
    return note is not None and any(phrase.search(note) for phrase in _phrases())


def indicative_text(schedule: Schedule) -> str | None:
    """The note of an indicative time as written in a document; :class:`Schedule` reads it back.

    If only the date is known, the note states that, in its own words or in the usual ones.
    """
    note = schedule.note
    if not schedule.date_only or says_no_time(note):
        return note
    return NO_TIME_NOTE if note is None else f"{NO_TIME_NOTE}. {note}"
