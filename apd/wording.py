"""Texts that people read, in Danish and in English."""

import os
import re
from collections.abc import Callable, Iterable
from enum import IntEnum, StrEnum
from typing import Final, Literal, NamedTuple, Self

Language = Literal["da", "en"]
LANGUAGE_VARIABLE: Final = "APD_LANG"
"""The environment variable that names the language; any other value than a language is ignored."""
Hide = Callable[[str], str]
"""Hides in a text what is not to be shown, such as CPR numbers."""


def language_of_environment() -> Language | None:
    """The language that ``APD_LANG`` names, or None where it names none.

    It names one as itself or as a locale: ``en``, ``EN``, ``en-GB``, ``en_GB.UTF-8``.
    """
    named: object = _language_of(os.environ.get(LANGUAGE_VARIABLE, "")).lower()
    if named == "da" or named == "en":
        return named
    return None


def _language_of(locale: str) -> str:
    return re.split("[-_.@]", locale, maxsplit=1)[0]


class Wording(NamedTuple):
    """One text in both languages."""

    da: str
    en: str

    def in_language(self, language: Language) -> str:
        """The text in one language, ``"da"`` or ``"en"``."""
        return self.da if language == "da" else self.en

    def filled(self, **values: object) -> "Wording":
        """The text with values in place of ``{names}``, those with words in the same language."""

        def put(language: Language) -> str:
            parts = {
                key: one.in_language(language) if isinstance(one, Wording) else one
                for key, one in values.items()
            }
            return self.in_language(language).format(**parts)

        return Wording(put("da"), put("en"))


def suggestion(names: Iterable[str], otherwise: Wording) -> Wording:
    """Which of the close names may be meant, as a question; ``otherwise`` where none is close."""
    meant = list(dict.fromkeys(names))
    if not meant:
        return otherwise
    return Wording(
        f"mente du {' eller '.join(meant)}?",
        f"did you mean {' or '.join(meant)}?",
    )


class Worded:
    """A member of an enumeration that has words for people."""

    wording: Wording
    """The member in words, in both languages."""

    def display(self, language: Language = "da") -> str:
        """The member in words, in one language, ``"da"`` or ``"en"``."""
        return self.wording.in_language(language)


_OF_A_MEMBER = Wording("", "")
# type checkers take Gender("M"), which finds a member, for a call of __new__


class WordedStrEnum(Worded, StrEnum):
    """An enumeration of strings, each with its words: ``MALE = "M", Wording("mand", "male")``."""

    def __new__(cls, value: str, wording: Wording = _OF_A_MEMBER) -> Self:
        """Make a member of its value and its words."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.wording = wording
        return member


class WordedIntEnum(Worded, IntEnum):
    """An enumeration of whole numbers, each with its words."""

    def __new__(cls, value: int, wording: Wording = _OF_A_MEMBER) -> Self:
        """Make a member of its value and its words."""
        member = int.__new__(cls, value)
        member._value_ = value
        member.wording = wording
        return member


def as_sentence(text: str) -> str:
    """A text with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]
