"""Rules of somebody's own: over the XML, over the model, and what is wrong with them."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

import apd
from apd.rules.document_view import DocumentView, Node
from apd.rules.rule import Rule
from apd.rules.settings import Settings
from apd.standard import paths
from apd.wording import Wording
from tests.places import ROOT

DOCUMENT = ROOT / "examples" / "documents" / "home-nurse.xml"


def rule(**given: Any) -> Rule:
    """A rule with a text in one language."""
    facts: dict[str, Any] = {
        "id": "OUR-1",
        "layer": apd.Layer.BUSINESS,
        "severity": apd.Severity.WARNING,
        "source": "Our guide, page 4",
        "wording": "This is not as we do it.",
    }
    return Rule(**{**facts, **given})


def found(given: object = DOCUMENT, **facts: Any) -> apd.Finding:
    """The one finding of a rule."""
    settings = Settings(rules=[rule(**facts)])
    (finding,) = apd.validate(given, settings=settings).findings  # type: ignore[arg-type]
    return finding


def test_over_the_xml() -> None:
    def addresses(view: DocumentView) -> Iterable[Node]:
        return view.at(paths.PATIENT_ROLE / "addr")

    finding = found(check=addresses)
    assert finding.path == "/ClinicalDocument/recordTarget/patientRole/addr"
    assert (finding.rule, finding.line, finding.severity) == ("OUR-1", 15, "warning")


# what a check of the model says, and the place and the field of the finding
FIELDS = [
    ("", "/ClinicalDocument", ""),
    ("version_number", "/ClinicalDocument", "version_number"),
    ("appointment.patient.address", "/ClinicalDocument/recordTarget/patientRole/addr", None),
    ("appointment.patient.address.city", "/ClinicalDocument/recordTarget/patientRole/addr", None),
    ("appointment.patient.no_such_field", "/ClinicalDocument/recordTarget", None),
    ("appointment", "/ClinicalDocument", None),
]


@pytest.mark.parametrize(("stated", "place", "field"), FIELDS)
def test_over_the_model(stated: str, place: str, field: str | None) -> None:
    finding = found(document_check=lambda document: [stated])
    assert finding.path.startswith(place)
    assert finding.field == (stated if field is None else field)
    assert finding.line is not None


def test_a_rule_over_the_model_is_given_the_document() -> None:
    given: list[apd.AppointmentDocument] = []

    def check(document: apd.AppointmentDocument) -> Iterable[str]:
        given.append(document)
        return ["id"] if document.appointment.patient.id is not None else []

    document = apd.load(DOCUMENT)
    assert found(document, document_check=check).line is None
    assert found(document_check=check).line == 6
    assert given == [document, document]


def test_without_an_appointment_there_is_no_model_to_look_at() -> None:
    data = DOCUMENT.read_bytes().replace(b"<encounter", b"<act").replace(b"</encounter", b"</act")
    settings = Settings(rules=[rule(document_check=lambda document: 1 / 0)])
    assert "OUR-1" not in {one.rule for one in apd.validate(data, settings=settings).findings}


def test_texts_in_one_language_or_two() -> None:
    def check(view: DocumentView) -> Iterable[Node]:
        return [view.document]

    one = found(check=check)
    assert one.wording == Wording("This is not as we do it.", "This is not as we do it.")
    assert one.remedy == ""
    two = found(check=check, wording=Wording("Nej.", "No."), remedy=Wording("Gør det.", "Do it."))
    assert (two.message, two.remedy) == ("No.", "Do it.")


def raising(given: object) -> Iterable[Any]:
    raise KeyError("251248-9996")


# a check, and what is said of it
WRONG: list[tuple[dict[str, Callable[..., Any]], str]] = [
    ({"check": raising}, "its check raised KeyError"),
    ({"document_check": raising}, "its check raised KeyError"),
    ({"check": lambda view: None}, "its check raised TypeError"),
    ({"check": lambda view: 1}, "its check raised TypeError"),
    ({"check": lambda view, other: []}, "its check raised TypeError"),
    ({"check": lambda view: "title"}, "something other than elements"),
    ({"check": lambda view: [None]}, "something other than elements"),
    ({"document_check": lambda document: [1]}, "something other than fields"),
    ({"document_check": lambda document: "appointment"}, "something other than fields"),
    ({"document_check": lambda document: ["251248-9996"]}, "something other than fields"),
    ({"document_check": lambda document: ["apointment.id"]}, "something other than fields"),
    ({"check": lambda view: [view.document], "detail": lambda view, node: 1 / 0}, "ZeroDivision"),
    ({"check": lambda view: [view.document], "detail": lambda view, node: "x"}, "a Wording"),
    (
        {"check": lambda view: [view.document], "detail": lambda view, node: Wording("x", 1)},
        "a Wording",
    ),
]


@pytest.mark.parametrize("number", ["2512489996", "251248/9996", "25 12 48 9996"])
def test_the_number_of_a_person_in_a_detail_is_hidden(number: str) -> None:
    one = found(
        check=lambda view: [view.document],
        detail=lambda view, node: Wording(f"Nr. {number}.", f"No. {number}."),
    )
    assert "9996" not in f"{one.wording} {one.message} {one!r}"
    assert one.message.startswith("No. 25")


@pytest.mark.parametrize(("check", "text"), WRONG)
def test_what_is_wrong_with_a_rule_is_named(check: dict[str, Any], text: str) -> None:
    with pytest.raises(apd.RuleError) as caught:
        found(**check)
    assert text in str(caught.value)
    assert str(caught.value).startswith("The rule OUR-1 cannot be checked: ")
    assert caught.value.message("da").startswith("Reglen OUR-1 kan ikke kontrolleres: ")
    assert "9996" not in str(caught.value)
