"""A light copy of the tree, walked once, that every rule looks at.

A rule costs a microsecond or so this way; a look-up in lxml's own tree costs ten. The copy holds
what an appointment document is made of. It does not go into the readable text, nor into the
statements an appointment has no use for (act, procedure, …): there the rules have no say.

Names are plain for HL7's elements, ``sdtc:name`` for those of SDTC and ``*:name`` for any
other. Data types follow from the name of an element and of its parent (CDA R2, data types
release 1).
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from attrs import define

from apd.cda.xml import HL7, SDTC, XSI_TYPE, Element
from apd.rules.element_types import (
    BY_PARENT,
    DATA_TYPES,
    NARRATIVE,
    STATED,
    STATED_TYPES,
    TYPES,
    TYPES_BY_PARENT,
    UNOPENED,
)
from apd.standard.templates import (
    EPISODE_EVENT,
    INDICATIVE_TEMPLATE,
    REPETITION_TEMPLATE,
    TIME_EVENT,
    VERSION_EVENT,
)

_WITH_PARTS = frozenset(("AD", "PN", "ON", "EN"))

_HL7_NAME = f"{{{HL7}}}"
_SDTC_NAME = f"{{{SDTC}}}"

Part = tuple[str, str | None, str | None, str | None]
"""A part of an address or a name: its name, its text, the text behind it, its nullFlavor."""

_NONE: tuple["Node", ...] = ()
_NO_NAMES: dict[str, list["Node"]] = {}


@define(eq=False, slots=True)
class Node:
    """An element.

    Args:
        name: its name; see the module.
        kind: its data type, among :data:`DATA_TYPES`, or None for what is no value.
        attributes: its attributes, by lxml's names.
        text: the text before its first child.
        within: a number that the children of one element share, and no others.
        element: lxml's element.
        named: the elements in it, by their names; none for an address or a name, whose elements
            are its parts.
        parts: of an address or a name: name, text, text behind, and nullFlavor of each part.
    """

    name: str
    kind: str | None
    attributes: dict[str, str]
    text: str | None
    within: int
    element: Element
    named: dict[str, list["Node"]]
    parts: Sequence[Part] = ()

    def get(self, attribute: str) -> str | None:
        """The value of an attribute, or None."""
        return self.attributes.get(attribute)

    def all(self, name: str) -> Sequence["Node"]:
        """The children of one name."""
        return self.named.get(name, _NONE)

    def first(self, name: str) -> "Node | None":
        """The first child of one name, or None."""
        found = self.named.get(name)
        return found[0] if found else None

    @property
    def children(self) -> list["Node"]:
        """The elements in it, name by name."""
        return [node for same in self.named.values() for node in same]

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
        reached: list[Node] = []
        for node in found:
            reached += node.named.get(name, _NONE)
        found = reached
    return found


@lru_cache(maxsize=1024)
def _described(tag: str) -> tuple[str, str | None]:
    """The plain name of an element, and its data type or how to find that."""
    if tag.startswith(_HL7_NAME):
        name = tag[len(_HL7_NAME) :]
    elif tag.startswith(_SDTC_NAME):
        name = "sdtc:" + tag[len(_SDTC_NAME) :]
    else:
        name = "*:" + tag.rpartition("}")[2]
    return name, TYPES.get(name)


def _stated_type(node: Node) -> str | None:
    """The data type that an element says it is of, if it is one of HL7's."""
    prefix, _, name = node.attributes.get(XSI_TYPE, "").strip().rpartition(":")
    return STATED_TYPES.get(name) if node.element.nsmap.get(prefix or None) == HL7 else None


class Index:
    """A document, as the rules see it.

    Args:
        root: the root element, as :func:`apd.cda.xml.parse` gives it.

    Attributes:
        document: the root.
        ids_by_root: every identifier, by its root.
        null: the elements of data types that have a nullFlavor.
        narratives: the readable texts of the sections; without what is in them.
        patient_roles: recordTarget/patientRole.
        patients: recordTarget/patientRole/patient.
        authors: the authors of the header: the responsible, then the requester.
        assigned_authors: author/assignedAuthor.
        custodians: custodian/assignedCustodian/representedCustodianOrganization.
        time_events: the service events that say when the appointment is.
        version_events: the service events that say which profile the document follows.
        episode_events: the service events that tell the episode of care.
        header_intervals: the effectiveTimes of the time events.
        bodies: component/structuredBody.
        sections: the sections of the body.
        encounters: the encounters of the entries: the appointment.
        encounter_codes: their codes.
        body_intervals: their effectiveTimes.
        performers: encounter/performer/assignedEntity.
        participants: encounter/participant: the location.
        locations: encounter/participant/participantRole.
        reasons: the entry relationships of type RSON.
        observations: entryRelationship/observation of the reasons.
        reason_codes: their codes, which are words for people and not among the coded values.
        repetitions: the preconditions that say that the appointment repeats.
        indicatives: the preconditions that say that the times are indicative.
    """

    def __init__(self, root: Element) -> None:
        self.narratives: list[Node] = []
        self.null: list[Node] = []
        self._readable_texts: list[tuple[Node, str]] | None = None
        self._by_type: dict[str, list[Node]] = {kind: [] for kind in DATA_TYPES}
        self._by_type[NARRATIVE] = self.narratives
        self.document = document = self._copy(root, None)
        self.ids_by_root: dict[str | None, list[Node]] = {}
        for node in self._by_type["II"]:
            self.ids_by_root.setdefault(node.attributes.get("root"), []).append(node)

        self.patient_roles = below([document], "recordTarget", "patientRole")
        self.patients = below(self.patient_roles, "patient")
        self.authors = list(document.all("author"))
        self.assigned_authors = below(self.authors, "assignedAuthor")
        self.custodians = below(
            [document], "custodian", "assignedCustodian", "representedCustodianOrganization"
        )
        events = _by_template(below([document], "documentationOf", "serviceEvent"))
        self.time_events = events.get(TIME_EVENT, [])
        self.version_events = events.get(VERSION_EVENT, [])
        self.episode_events = events.get(EPISODE_EVENT, [])
        self.header_intervals = below(self.time_events, "effectiveTime")

        self.bodies = below([document], "component", "structuredBody")
        self.sections = below(self.bodies, "component", "section")
        self.encounters = below(self.sections, "entry", "encounter")
        self.encounter_codes = below(self.encounters, "code")
        self.body_intervals = below(self.encounters, "effectiveTime")
        self.performers = below(self.encounters, "performer", "assignedEntity")
        self.participants = below(self.encounters, "participant")
        self.locations = below(self.participants, "participantRole")
        self.reasons = [
            relation
            for relation in below(self.encounters, "entryRelationship")
            if relation.attributes.get("typeCode") == "RSON"
        ]
        self.observations = below(self.reasons, "observation")
        self.reason_codes = below(self.observations, "code")
        self._by_type["CD"] = [
            node for node in self._by_type["CD"] if node not in self.reason_codes
        ]
        preconditions = _by_template(below(self.encounters, "precondition"))
        self.repetitions = preconditions.get(REPETITION_TEMPLATE, [])
        self.indicatives = preconditions.get(INDICATIVE_TEMPLATE, [])

    def _copy(self, element: Element, parent: Node | None) -> Node:
        name, kind = _described(element.tag)
        attributes: dict[str, str] = dict(element.items())  # type: ignore[arg-type]  # str, as read
        # the number of the parent, as a reference to it would make a circle of every two
        node = Node(name, None, attributes, element.text, id(parent), element, _NO_NAMES)
        if kind is not None:
            if kind is BY_PARENT:
                types = TYPES_BY_PARENT[name]
                kind = types.get("" if parent is None else parent.name) or types.get("")
            elif kind is STATED:
                kind = _stated_type(node)
            elif kind is UNOPENED:
                return node
            if kind is not None:
                node.kind = kind
                self._by_type[kind].append(node)
                if "nullFlavor" in attributes:
                    self.null.append(node)
                if kind is NARRATIVE:
                    return node
                if kind in _WITH_PARTS:
                    node.parts = [
                        (_described(part.tag)[0], part.text, part.tail, part.get("nullFlavor"))
                        for part in element
                    ]
                    return node
        if len(element):
            copy = self._copy
            named: dict[str, list[Node]] = {}
            node.named = named
            for child in element:
                inner = copy(child, node)
                if inner.name in named:
                    named[inner.name].append(inner)
                else:
                    named[inner.name] = [inner]
        return node

    @property
    def readable_texts(self) -> list[tuple[Node, str]]:
        """The readable texts with their letters: small ones, and one blank for many."""
        if self._readable_texts is None:
            self._readable_texts = [
                (node, " ".join(" ".join(texts_in(node.element)).split()).lower())
                for node in self.narratives
            ]
        return self._readable_texts

    def of_type(self, *types: str) -> list[Node]:
        """The elements of some HL7 data types, which are among :data:`DATA_TYPES`."""
        if len(types) == 1:
            return self._by_type[types[0]]
        return [node for kind in types for node in self._by_type[kind]]


def _by_template(nodes: list[Node]) -> dict[str | None, list[Node]]:
    """Elements by the roots of their templates."""
    found: dict[str | None, list[Node]] = {}
    for node in nodes:
        roots = {child.get("root") for child in node.all("templateId")}
        for root in roots:
            found.setdefault(root, []).append(node)
    return found


def texts_in(element: Element) -> Iterator[str]:
    """The texts of an element and of all that is in it."""
    texts: Iterator[str] = element.itertext()  # type: ignore[assignment]  # text, as read
    return texts


def path_of(element: Element) -> str:
    """Where an element is: names, and a position where several siblings share the name."""
    steps = []
    at: Element | None = element
    while at is not None:
        tag = at.tag
        name = _described(tag)[0]
        before = sum(1 for _ in at.itersiblings(tag, preceding=True))
        if before or next(at.itersiblings(tag), None) is not None:
            name += f"[{before + 1}]"
        steps.append(name)
        at = at.getparent()
    return "/" + "/".join(reversed(steps))
