"""What is wrong with a JSON text: every problem with its place, and the error that holds them."""

from collections.abc import Iterable
from enum import StrEnum

from attrs import frozen

from apd.errors import ApdError, first_of
from apd.wording import Language, Wording


class Kind(StrEnum):
    """What a problem is about. All but ``json`` and ``value`` are what the JSON Schema refuses."""

    JSON = "json"
    """It is no JSON text, or one that is refused: a key twice, too deep, NaN."""
    TYPE = "type"
    """Something of another JSON type belongs here."""
    MISSING = "missing"
    """A key that is demanded is not there."""
    UNKNOWN = "unknown"
    """A key is there that the form does not know."""
    WORD = "word"
    """A word that is not in its closed list."""
    VALUE = "value"
    """A value that the model refuses, or values that do not go together."""


@frozen
class Problem:
    """One thing that is wrong.

    Neither the path nor the wording holds what stands in the JSON text: they are made of the
    names and words of the form alone, and of a key that is nearly one of those names.

    Args:
        path: where, from ``$``, the whole: ``$.appointment.patient.name.given[0]``. A ``*``
            stands for a key that the form does not know.
        kind: what it is about.
        wording: what is wrong and what would be right, in Danish and English.
    """

    path: str
    kind: Kind
    wording: Wording

    def in_language(self, language: Language) -> str:
        """Place and wording in one line, ``"da"`` or ``"en"``."""
        return f"{self.path} {self.wording.in_language(language)}"

    def __str__(self) -> str:
        return self.in_language("en")


class JsonError(ApdError):
    """A JSON text that is not what the form demands; ``problems`` names every single thing."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        shown = (Wording(one.in_language("da"), one.in_language("en")) for one in self.problems)
        super().__init__(first_of(shown, len(self.problems)), self.problems)
