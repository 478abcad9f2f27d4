"""What became of a step."""

import datetime
from enum import StrEnum

from attrs import frozen

from apd.model.identifiers import MedComId
from apd.publication.kind import Kind
from apd.wording import Language, Wording


class Result(StrEnum):
    """What became of a step."""

    DONE = "done"
    REFUSED = "refused"
    UNANSWERED = "unanswered"
    NOT_ACCEPTED = "not-accepted"
    TAKEN = "taken"

    def display(self, language: Language = "da") -> str:
        """The result in words."""
        return _WORDS[self].in_language(language)


_WORDS = {
    Result.DONE: Wording("Registret har godtaget det.", "The registry accepted it."),
    Result.REFUSED: Wording(
        "Registret har afvist det; det planlægges igen.",
        "The registry refused it; it will be planned again.",
    ),
    Result.UNANSWERED: Wording(
        "Der kom intet svar; registret bliver spurgt senere.",
        "No answer came; the registry will be asked later.",
    ),
    Result.NOT_ACCEPTED: Wording(
        "Registret har ikke fået det; det planlægges igen.",
        "The registry has not got it; it will be planned again.",
    ),
    Result.TAKEN: Wording(
        "Registret over det udgivne har ændret sig siden planen; aftalen planlægges igen.",
        "The register has changed since the plan; the appointment will be planned again.",
    ),
}


@frozen(kw_only=True)
class Outcome:
    """What became of a step, for a log: it holds ids and times, and nothing personal.

    Args:
        appointment_id: whose step it was, a UUID in lower case.
        kind: publish, replace or deprecate.
        document_id: the document that was sent or deprecated.
        result: what became of it.
        at: when that was known.
        due: when it should have been accepted, or None where that is not known.
    """

    appointment_id: MedComId
    kind: Kind
    document_id: MedComId
    result: Result
    at: datetime.datetime
    due: datetime.datetime | None

    @property
    def late_by(self) -> datetime.timedelta | None:
        """How long after its due time it was known, or None if it was in time."""
        if self.due is None or self.at <= self.due:
            return None
        return self.at - self.due
