"""The four kinds of steps."""

from enum import StrEnum

from apd.wording import Language, Wording


class Kind(StrEnum):
    """What a plan does about an appointment; in the order in which a plan does it.

    What misleads the patient goes before what is missing.
    """

    DEPRECATE = "deprecate"
    REPLACE = "replace"
    PUBLISH = "publish"
    LEAVE = "leave"

    def display(self, language: Language = "da") -> str:
        """The kind in words."""
        return _WORDS[self].in_language(language)


_WORDS = {
    Kind.DEPRECATE: Wording("tag ud af visning", "deprecate"),
    Kind.REPLACE: Wording("erstat", "replace"),
    Kind.PUBLISH: Wording("udgiv", "publish"),
    Kind.LEAVE: Wording("lad stå", "leave"),
}
