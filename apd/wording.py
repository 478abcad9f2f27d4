"""Texts that people read, in Danish and in English."""

from collections.abc import Callable
from typing import Literal, NamedTuple

Language = Literal["da", "en"]
Hide = Callable[[str], str]
"""Hides in a text what is not to be shown, such as CPR numbers."""


class Wording(NamedTuple):
    """One text in both languages.

    Args:
        da: the Danish text.
        en: the English text.
    """

    da: str
    en: str

    def in_language(self, language: Language) -> str:
        """The text in one language, ``"da"`` or ``"en"``."""
        return self.da if language == "da" else self.en


def as_sentence(text: str) -> str:
    """A text with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]
