"""What our house asks for beyond the standard: ``apd.toml`` names this module."""

from collections.abc import Iterator

from apd import AppointmentDocument
from apd.findings import Layer, Severity
from apd.rules.document_view import DocumentView, Node
from apd.rules.rule import Rule
from apd.standard.paths import REASON_CODE
from apd.wording import Wording

_SATURDAY = 5


def without_words(view: DocumentView) -> Iterator[Node]:
    """Over the XML: reasons with a code that does not say in words what it means."""
    for node in view.at(REASON_CODE):
        if node.get("code") is not None and not node.get("displayName"):
            yield node


def on_weekends(document: AppointmentDocument) -> Iterator[str]:
    """Over the model: appointments on days on which the houses that we know are closed."""
    schedule = document.appointment.schedule
    if schedule is not None and schedule.first_day.weekday() >= _SATURDAY:
        yield "appointment.schedule.start"


RULES = (
    Rule(
        id="HOUSE-WORDS",
        layer=Layer.BUSINESS,
        severity=Severity.INFORMATION,
        source="Our guide for vendors, page 4",
        wording=Wording("Koden har ingen displayName.", "The code has no displayName."),
        explanation=Wording(
            "Vi viser den, hvor vi ikke kender koden.",
            "We show it where we do not know the code.",
        ),
        remedy=Wording("Angiv displayName.", "Give the displayName."),
        check=without_words,
    ),
    Rule(
        id="HOUSE-WEEKEND",
        layer=Layer.BUSINESS,
        severity=Severity.WARNING,
        source="Our guide for vendors, page 7",
        wording=Wording("Aftalen er i weekenden.", "The appointment is at the weekend."),
        explanation=Wording(
            "Det er som regel en forkert dato.", "The date is wrong then, as a rule."
        ),
        remedy=Wording("Se efter i bookingen.", "Look at the booking."),
        document_check=on_weekends,
    ),
)
