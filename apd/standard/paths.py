"""The places of a document: paths of element names from the root, as values.

A step may select one of several elements of its name: by a template that it declares, by an
attribute, or by its position.
"""

from functools import lru_cache
from typing import NamedTuple

from attrs import frozen

from apd.standard.codes import (
    EPISODE_EVENT,
    INDICATIVE_TEMPLATE,
    REPETITION_TEMPLATE,
    TIME_EVENT,
    VERSION_EVENT,
)


class Declares(NamedTuple):
    """An element that declares a template."""

    template: str

    def __str__(self) -> str:
        return f"[templateId/@root='{self.template}']"


class Having(NamedTuple):
    """An element with a value of an attribute."""

    attribute: str
    value: str

    def __str__(self) -> str:
        return f"[@{self.attribute}='{self.value}']"


class Position(NamedTuple):
    """An element at a position among siblings of its name, counted from 1; the last one or any."""

    first: int
    last: int | None

    def __str__(self) -> str:
        last = self.last
        return f"[{self.first}]" if last == self.first else f"[position()>={self.first}]"


Selector = Declares | Having | Position


class Step(NamedTuple):
    """One step of a path: the name of a child, and which of several."""

    name: str
    selector: Selector | None = None

    def __str__(self) -> str:
        return self.name + ("" if self.selector is None else str(self.selector))


@frozen(cache_hash=True)
class Path:
    """The place of an element.

    ``ROOT / "author" / "time"`` is the time of any author. ``str`` returns an XPath relative to the
    root, with plain names.
    """

    steps: tuple[Step, ...] = ()

    def __truediv__(self, names: str) -> "Path":
        return _below(self, names)

    def which(self, selector: Selector) -> "Path":
        """The same place, but only the elements that a selector matches."""
        return Path((*self.steps[:-1], Step(self.steps[-1].name, selector)))

    @property
    def parent(self) -> "Path":
        """The place of the parent."""
        return Path(self.steps[:-1])

    @property
    def name(self) -> str:
        """The name of the element; for the root, its name."""
        return self.steps[-1].name if self.steps else "ClinicalDocument"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the elements from the root to this one."""
        return (ROOT.name, *(step.name for step in self.steps))

    def __str__(self) -> str:
        return "/".join(map(str, self.steps))


@lru_cache(maxsize=512)  # a rule asks for the same places of every document
def _below(path: Path, names: str) -> Path:
    return Path((*path.steps, *(Step(name) for name in names.split("/"))))


ROOT = Path()

RECORD_TARGET = ROOT / "recordTarget"
PATIENT_ROLE = RECORD_TARGET / "patientRole"
PATIENT = PATIENT_ROLE / "patient"
PROVIDER_ORGANIZATION = PATIENT_ROLE / "providerOrganization"

AUTHOR = ROOT / "author"
ASSIGNED_AUTHOR = AUTHOR / "assignedAuthor"
RESPONSIBLE = AUTHOR.which(Position(1, 1))
REQUESTER = AUTHOR.which(Position(2, None))

CUSTODIAN = ROOT / "custodian"
CUSTODIAN_ORGANIZATION = CUSTODIAN / "assignedCustodian/representedCustodianOrganization"

SERVICE_EVENT = ROOT / "documentationOf/serviceEvent"
TIME_OF_APPOINTMENT = SERVICE_EVENT.which(Declares(TIME_EVENT))
PROFILE_VERSION = SERVICE_EVENT.which(Declares(VERSION_EVENT))
EPISODE = SERVICE_EVENT.which(Declares(EPISODE_EVENT))
HEADER_INTERVAL = TIME_OF_APPOINTMENT / "effectiveTime"

BODY = ROOT / "component/structuredBody"
SECTION = BODY / "component/section"
SECTION_TEXT = SECTION / "text"
ENCOUNTER = SECTION / "entry/encounter"
BODY_INTERVAL = ENCOUNTER / "effectiveTime"
PERFORMER = ENCOUNTER / "performer/assignedEntity"
PERFORMER_ORGANIZATION = PERFORMER / "representedOrganization"

PARTICIPANT = ENCOUNTER / "participant"
LOCATION = PARTICIPANT / "participantRole"
PLACE = LOCATION / "playingEntity"
IN_SOR = PARTICIPANT.which(Having("typeCode", "LOC"))

ENTRY_RELATIONSHIP = ENCOUNTER / "entryRelationship"
REASON = ENTRY_RELATIONSHIP.which(Having("typeCode", "RSON"))
OBSERVATION = REASON / "observation"
REASON_CODE = OBSERVATION / "code"

PRECONDITION = ENCOUNTER / "precondition"


def precondition(template: str) -> Path:
    """The place of the preconditions of a kind, by the template that they declare."""
    return PRECONDITION.which(Declares(template))


REPETITION, INDICATIVE = precondition(REPETITION_TEMPLATE), precondition(INDICATIVE_TEMPLATE)
