"""A light copy of the tree, walked once, that every rule looks at.

A rule costs a microsecond or so this way; a look-up in lxml's own tree costs ten. The copy holds
what an appointment document is made of. It does not go into the readable text, nor into the
statements an appointment has no use for (act, procedure, …): there the rules have no say.

Names are plain for HL7's elements, ``sdtc:name`` for those of SDTC and ``{namespace}name`` for
any other. Data types follow from the name of an element and of its parent (CDA R2, data types
release 1).
"""

from collections.abc import Iterable
from functools import cached_property, lru_cache

from attrs import define, field

from apd.cda.templates import (
    EPISODE_EVENT,
    INDICATIVE_TEMPLATE,
    REPETITION_TEMPLATE,
    TIME_EVENT,
    VERSION_EVENT,
)
from apd.cda.xml import HL7, SDTC, XSI_TYPE, Element

_HL7_NAME = f"{{{HL7}}}"
_SDTC_NAME = f"{{{SDTC}}}"

NARRATIVE = "narrative"
"""Stands among the data types for the readable text of a section."""

_UNOPENED = frozenset(
    ("act", "observationMedia", "organizer", "procedure", "regionOfInterest", "specimen")
    + ("substanceAdministration", "supply", "reference", "observationRange")
    + ("sdtc:asPatientRelationship", "sdtc:inFulfillmentOf1")
)

_PERSONS_NAME = dict.fromkeys(
    ("patient", "assignedPerson", "playingEntity", "associatedPerson", "relatedPerson")
    + ("informationRecipient", "guardianPerson", "maintainingPerson", "subject"),
    "PN",
)
_ORGANIZATIONS_NAME = dict.fromkeys(
    ("providerOrganization", "representedOrganization", "representedCustodianOrganization")
    + ("receivedOrganization", "scopingOrganization", "guardianOrganization")
    + ("wholeOrganization", "serviceProviderOrganization"),
    "ON",
)
_PARENTS_OF_TIME = dict.fromkeys(
    ("author", "dataEnterer", "legalAuthenticator", "authenticator"), "TS"
)

# The type of an element by its name; where that depends on the parent, by the parent's name,
# and "" for any other parent.
_TYPES: dict[str, str | dict[str, str]] = {
    **dict.fromkeys(("id", "typeId", "templateId", "setId", "sdtc:id"), "II"),
    **dict.fromkeys(("realmCode", "languageCode", "signatureCode", "sdtc:statusCode"), "CS"),
    "statusCode": "CS",
    **dict.fromkeys(
        ("code", "confidentialityCode", "administrativeGenderCode", "maritalStatusCode")
        + ("religiousAffiliationCode", "raceCode", "ethnicGroupCode", "functionCode", "modeCode")
        + ("proficiencyLevelCode", "standardIndustryClassCode", "priorityCode", "awarenessCode")
        + ("dischargeDispositionCode", "interpretationCode", "methodCode", "targetSiteCode")
        + ("translation", "sdtc:raceCode", "sdtc:ethnicGroupCode", "sdtc:functionCode")
        + ("sdtc:dischargeDispositionCode",),
        "CD",
    ),
    "addr": "AD",
    "telecom": "TEL",
    "name": {**_PERSONS_NAME, **_ORGANIZATIONS_NAME, "place": "EN"},
    "title": "ED",
    "text": {"section": NARRATIVE, "": "ED"},
    **dict.fromkeys(("desc", "originalText", "derivationExpr", "sdtc:desc"), "ED"),
    "effectiveTime": {"ClinicalDocument": "TS", "": "IVL"},
    "time": {**_PARENTS_OF_TIME, "": "IVL"},
    **dict.fromkeys(
        ("birthTime", "copyTime", "low", "high", "center", "sdtc:birthTime", "sdtc:deceasedTime"),
        "TS",
    ),
    **dict.fromkeys(
        ("versionNumber", "sequenceNumber", "sdtc:multipleBirthOrderNumber"),
        "INT",
    ),
    "value": {"": "ANY"},
}
# Types that the value of an observation or a criterion can say it is of.
_STATED = {
    **dict.fromkeys(("CD", "CE", "CV"), "CD"),
    **{name: name for name in ("CS", "II", "AD", "PN", "ON", "EN", "TEL", "TS", "INT")},
    **dict.fromkeys(("ED", "ST"), "ED"),
    "IVL_TS": "IVL",
}


@define(eq=False, slots=True)
class Node:
    """An element.

    Args:
        name: its name; see the module.
        attributes: its attributes, by lxml's names.
        text: the text before its first child.
        parent: the element around it.
        element: lxml's element.
        children: the elements in it, in order.
    """

    name: str
    attributes: dict[str, str]
    text: str | None
    parent: "Node | None"
    element: Element
    children: list["Node"] = field(factory=list)

    def get(self, attribute: str) -> str | None:
        """The value of an attribute, or None."""
        return self.attributes.get(attribute)

    def all(self, name: str) -> list["Node"]:
        """The children of one name."""
        return [child for child in self.children if child.name == name]

    def first(self, name: str) -> "Node | None":
        """The first child of one name, or None."""
        for child in self.children:
            if child.name == name:
                return child
        return None

    @property
    def is_null(self) -> bool:
        """True where a nullFlavor stands."""
        return "nullFlavor" in self.attributes

    @property
    def has_text(self) -> bool:
        """True where there is more than white space before the first child."""
        text = self.text
        return text is not None and text != "" and not text.isspace()


def below(nodes: Iterable[Node], *names: str) -> list[Node]:
    """The elements reached from the given ones by a way of child names."""
    found = list(nodes)
    for name in names:
        found = [child for node in found for child in node.children if child.name == name]
    return found


@lru_cache(maxsize=1024)
def _plain_name(tag: str) -> str:
    if tag.startswith(_HL7_NAME):
        return tag[len(_HL7_NAME) :]
    if tag.startswith(_SDTC_NAME):
        return "sdtc:" + tag[len(_SDTC_NAME) :]
    return tag


def _stated_type(node: Node) -> str | None:
    """The data type that an element says it is of, if it is one of HL7's."""
    prefix, _, name = node.attributes.get(XSI_TYPE, "").strip().rpartition(":")
    return _STATED.get(name) if node.element.nsmap.get(prefix or None) == HL7 else None


class Index:
    """A document, as the rules see it.

    Args:
        root: the root element, as :func:`apd.cda.xml.parse` gives it.
    """

    def __init__(self, root: Element) -> None:
        self._by_type: dict[str, list[Node]] = {
            kind: []
            for kind in ("II", "CS", "CD", "AD", "TEL", "PN", "ON", "EN", "ED", "TS", "IVL", "INT")
        }
        self.narratives: list[Node] = []
        self.document = self._copy(root, None)

    def _copy(self, element: Element, parent: Node | None) -> Node:
        name = _plain_name(element.tag)
        node = Node(name, dict(element.items()), element.text, parent, element)
        kind = _TYPES.get(name)
        if kind is not None:
            if isinstance(kind, dict) and parent is not None:
                kind = kind.get(parent.name) or kind.get("")
            if kind == NARRATIVE:
                self.narratives.append(node)
                return node
            if kind == "ANY":
                kind = _stated_type(node)
            if isinstance(kind, str):
                self._by_type[kind].append(node)
        if name not in _UNOPENED:
            copy = self._copy
            node.children = [copy(child, node) for child in element]
        return node

    def of_type(self, *types: str) -> list[Node]:
        """The elements of HL7 data types: II, CS, CD, AD, TEL, PN, ON, EN, ED, TS, IVL, INT."""
        if len(types) == 1:
            return self._by_type[types[0]]
        return [node for kind in types for node in self._by_type[kind]]

    # --- the header --------------------------------------------------------------------------

    @cached_property
    def patient_roles(self) -> list[Node]:
        """recordTarget/patientRole."""
        return below([self.document], "recordTarget", "patientRole")

    @cached_property
    def patients(self) -> list[Node]:
        """recordTarget/patientRole/patient."""
        return below(self.patient_roles, "patient")

    @cached_property
    def authors(self) -> list[Node]:
        """The authors of the header: the responsible, then the requester."""
        return self.document.all("author")

    @cached_property
    def custodians(self) -> list[Node]:
        """custodian/assignedCustodian/representedCustodianOrganization."""
        return below(
            [self.document], "custodian", "assignedCustodian", "representedCustodianOrganization"
        )

    @cached_property
    def _events(self) -> dict[str | None, list[Node]]:
        """The service events by the roots of their templates."""
        events: dict[str | None, list[Node]] = {}
        for event in below([self.document], "documentationOf", "serviceEvent"):
            for root in {template.get("root") for template in event.all("templateId")}:
                events.setdefault(root, []).append(event)
        return events

    @property
    def time_events(self) -> list[Node]:
        """The service events that say when the appointment is."""
        return self._events.get(TIME_EVENT, [])

    @property
    def version_events(self) -> list[Node]:
        """The service events that say which profile the document follows."""
        return self._events.get(VERSION_EVENT, [])

    @property
    def episode_events(self) -> list[Node]:
        """The service events that tell the episode of care."""
        return self._events.get(EPISODE_EVENT, [])

    # --- the body ----------------------------------------------------------------------------

    @cached_property
    def bodies(self) -> list[Node]:
        """component/structuredBody."""
        return below([self.document], "component", "structuredBody")

    @cached_property
    def sections(self) -> list[Node]:
        """The sections of the body."""
        return below(self.bodies, "component", "section")

    @cached_property
    def encounters(self) -> list[Node]:
        """The encounters of the entries: the appointment."""
        return below(self.sections, "entry", "encounter")

    @cached_property
    def performers(self) -> list[Node]:
        """encounter/performer/assignedEntity."""
        return below(self.encounters, "performer", "assignedEntity")

    @cached_property
    def participants(self) -> list[Node]:
        """encounter/participant: the location."""
        return below(self.encounters, "participant")

    @cached_property
    def locations(self) -> list[Node]:
        """encounter/participant/participantRole."""
        return below(self.participants, "participantRole")

    @cached_property
    def reasons(self) -> list[Node]:
        """The entry relationships of type RSON."""
        return [
            relation
            for relation in below(self.encounters, "entryRelationship")
            if relation.get("typeCode") == "RSON"
        ]

    @cached_property
    def _preconditions(self) -> dict[str | None, list[Node]]:
        """The preconditions by the roots of their templates."""
        found: dict[str | None, list[Node]] = {}
        for precondition in below(self.encounters, "precondition"):
            for root in {template.get("root") for template in precondition.all("templateId")}:
                found.setdefault(root, []).append(precondition)
        return found

    @property
    def repetitions(self) -> list[Node]:
        """The preconditions that say that the appointment repeats."""
        return self._preconditions.get(REPETITION_TEMPLATE, [])

    @property
    def indicatives(self) -> list[Node]:
        """The preconditions that say that the times are indicative."""
        return self._preconditions.get(INDICATIVE_TEMPLATE, [])


def path_of(element: Element) -> str:
    """Where an element is: names, and a position where several siblings share the name."""
    steps = []
    at: Element | None = element
    while at is not None:
        name, parent = _plain_name(at.tag), at.getparent()
        if parent is not None:
            same = [sibling for sibling in parent if sibling.tag == at.tag]
            if len(same) > 1:
                name += f"[{same.index(at) + 1}]"
        steps.append(name)
        at = parent
    return "/" + "/".join(reversed(steps))
