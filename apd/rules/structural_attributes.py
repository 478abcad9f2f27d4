"""Structural attributes compared as strings, white space around values or for one, ``xsi:type``."""

from attrs import evolve

from apd.cda.grammar.xsd import ROOT_TYPE, types
from apd.cda.path_automaton import described
from apd.cda.xml import XSI_TYPE, Element, has_text
from apd.findings import Severity
from apd.rules.document_view import DocumentView, Node
from apd.rules.rule import Rule, checked
from apd.standard import paths
from apd.standard.data_types import of_data_type
from apd.standard.element import STRUCTURAL_ATTRIBUTES
from apd.standard.requirement import DATA_TYPES, OFFICIAL, requirement
from apd.wording import Wording


def _padded(node: Node, *, structural: bool) -> bool:
    return any(
        value != value.strip()
        and (name in STRUCTURAL_ATTRIBUTES) is structural
        and (structural or bool(value.strip()))  # a value of blanks alone says nothing at all
        for name, value in node.attributes.items()
    )


def _padded_structure(view: DocumentView) -> list[Node]:
    return [node for node in view.padded if _padded(node, structural=True)]


def _padded_values(view: DocumentView) -> list[Node]:
    return [node for node in view.padded if _padded(node, structural=False)]


_WORDS = ("displayName", "codeSystemName", "codeSystemVersion", "assigningAuthorityName")
_MAY_SAY_NOTHING = frozenset((*_WORDS, "extension", "use"))
"""Attributes that XML Schema lets be white space."""
_WITH_TEXTS = ("AD", "PN", "ON", "EN", "ED")


def _is_white_space(text: str | None) -> bool:
    """Whether a text has characters that XML does not take for white space, and no others."""
    return has_text(text) and text is not None and text.isspace()


def _white_space_for_a_value(view: DocumentView) -> list[Node]:
    attributes = [
        node
        for node in view.padded
        if node.kind is not None
        and any(node.attributes.get(name, "-").isspace() for name in _MAY_SAY_NOTHING)
        and (node.kind != "II" or paths.EPISODE / "id" in node.state.paths)  # others need a number
    ]
    texts = [
        node
        for node in view.of_type(*_WITH_TEXTS)
        if _is_white_space(node.text) or any(_is_white_space(part[1]) for part in node.parts)
    ]
    return attributes + [node for node in texts if node not in attributes]


_OPEN_TYPES = ("ANY", "SXCM_TS")
"""Types of the schema in whose place ``xsi:type`` states which of several it is."""


class _DeclaredTypes:
    """The types that the schema declares for the elements of a document."""

    def __init__(self) -> None:
        self._known: dict[Element | None, str | None] = {}

    def of(self, element: Element) -> str | None:
        """The type of an element; None where the schema has no such element."""
        way, known = [], self._known
        above: Element | None = element
        while above is not None and above not in known:
            way.append(above)
            above = above.getparent()
        type = known.get(above)
        for one in reversed(way):
            if above is None:
                type = ROOT_TYPE
            elif type is not None:
                type = types().child(type, described(one.tag)[0])
            known[one], above = type, one
        return type


def _of_another_type(view: DocumentView) -> list[Node]:
    declared, found = _DeclaredTypes(), []
    for node in view.typed:
        type = declared.of(node.element)
        if type is None or type in _OPEN_TYPES:
            type = view.type_of(node)
        if type is not None and node.stated_type != type:
            found.append(node)
    return found


RULES: tuple[Rule, ...] = (
    checked(
        requirement(
            "",
            Wording(
                "En strukturel attribut (classCode, typeCode, moodCode og lignende) må ikke have "
                "mellemrum omkring sin værdi.",
                "A structural attribute (classCode, typeCode, moodCode and the like) must not have "
                "white space around its value.",
            ),
            Wording(
                "XML Schema ser bort fra mellemrum, men MedComs Schematron sammenligner tegn for "
                "tegn.",
                "XML Schema ignores white space, but MedCom's Schematron compares character by "
                "character.",
            ),
            Wording("Fjern mellemrummet.", "Remove the white space."),
            name="APD-STRUCTURE-1",
            source=OFFICIAL,
        ),
        _padded_structure,
    ),
    checked(
        requirement(
            "",
            Wording(
                "Der er mellemrum omkring en attributs værdi.",
                "There is white space around the value of an attribute.",
            ),
            Wording(
                "Værdien læses uden mellemrummet; andre systemer kan læse den som en anden værdi.",
                "The value is read without the white space; other systems may read it as another "
                "value.",
            ),
            Wording("Fjern mellemrummet.", "Remove the white space."),
            name="DT-BLANK",
            source=DATA_TYPES,
            severity=Severity.WARNING,
        ),
        _padded_values,
    ),
    checked(
        requirement(
            "",
            Wording(
                "Værdien består kun af mellemrum.",
                "The value consists of white space only.",
            ),
            Wording(
                "XML regner et hårdt mellemrum for indhold, men det siger ikke læseren noget. "
                "Værdien læses, som om den manglede.",
                "To XML a no-break space is content, but it says nothing to a reader. The value "
                "is read as if it were not there.",
            ),
            Wording("Angiv værdien, eller udelad den.", "Specify the value, or leave it out."),
            name="DT-BLANK-ONLY",
            source=DATA_TYPES,
            severity=Severity.WARNING,
        ),
        _white_space_for_a_value,
    ),
    checked(
        evolve(
            of_data_type(
                "DT-XSI-TYPE",
                Wording(
                    "Er der en xsi:type, skal den være den datatype, som elementet har i profilen.",
                    "An xsi:type must be the data type that the element has in the profile.",
                ),
                Wording(
                    "XML Schema tillader også en afledt datatype; det gør MedComs Schematron ikke.",
                    "XML Schema also allows a derived type; MedCom's Schematron does not.",
                ),
                Wording("Udelad xsi:type, eller ret den.", "Leave xsi:type out, or correct it."),
                "ANY",
                XSI_TYPE,
            ),
            source=OFFICIAL,
        ),
        _of_another_type,
        XSI_TYPE,
    ),
)
