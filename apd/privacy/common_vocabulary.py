"""What is the same in everybody's documents, and so may stay in an anonymous one.

Words that the standard and the library fix; nothing that a person or an organisation has chosen.
Source: :mod:`apd.cda.fixed_values`, and the readable text that the library writes.
"""

import re
from functools import cache

from apd.cda import fixed_values
from apd.cda.date_only import WORDS as NO_TIME_WORDS
from apd.model.location import PATIENTS_HOME
from apd.model.schedule import INDICATIVE_NOTE, NO_TIME_NOTE, PartOfDay
from apd.standard.codes import (
    CODE_SYSTEM_NAMES,
    DOCUMENT_DISPLAY,
    REFERRED_BY_DISPLAY,
    SECTION_DISPLAY,
)

_TEXTS = (
    *CODE_SYSTEM_NAMES.values(),
    *("CPR", "SOR", "MedCom", "Yderregisteret", "SKS", "EpisodeOfCareLabels"),
    *(part.phrase() for part in PartOfDay),
    *(PATIENTS_HOME, INDICATIVE_NOTE, NO_TIME_NOTE, "I løbet af dagen", "ADRESSEBESKYTTET"),
    *(SECTION_DISPLAY, REFERRED_BY_DISPLAY, DOCUMENT_DISPLAY),
    *("Aftale for", "Aftale:", "Aftale dato", "Aftale tidspunkt", "Vedrørende", "Mødested"),
    *("Udførende organisation", "Er tidspunktet vejledende?", "Repeterende aftale"),
    *("Danmark", "Denmark", "DK"),  # where addresses are judged
    *("Ikke oplyst", "Ja", "Nej", "tlf.", "kl."),
)
_words_in = re.compile(r"[^\W\d_]+").findall
WORDS = NO_TIME_WORDS | frozenset(word.casefold() for text in _TEXTS for word in _words_in(text))
"""The words of fixed texts and of notes that no time is set, in small letters."""


@cache
def common_words() -> frozenset[str]:
    """The words of fixed texts, of codes, and of the names of elements, in small letters."""
    fixed = (*fixed_values.codes(), *fixed_values.types(), *fixed_values.names())
    return WORDS | frozenset(word.casefold() for text in fixed for word in _words_in(text))
