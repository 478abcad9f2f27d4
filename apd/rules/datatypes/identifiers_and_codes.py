"""nullFlavor, identifiers (II) and coded values (CS, CD, CE), beyond what a row can say."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence

from apd.cda.xml import XSI, has_text
from apd.rules.document_view import DocumentView, Node
from apd.rules.rule import Rule, checked
from apd.standard.data_types import of_data_type
from apd.wording import Wording

_WITH_PARTS = ("AD", "PN", "ON", "EN")
# What may stand beside a nullFlavor anyway: it says what the element is, not what it holds.
_STRUCTURAL = frozenset(
    (
        "nullFlavor",
        f"{{{XSI}}}type",
        f"{{{XSI}}}nil",
        "classCode",
        "moodCode",
        "typeCode",
        "determinerCode",
        "partType",
    )
)
_WITH_ONE_VALUE = {
    "integrityCheckAlgorithm": "SHA-1",
    "mediaType": "text/plain",
    "operator": "I",
    "representation": "TXT",
    "inclusive": "true",
    "unit": "1",
}
"""Attributes that may stand beside a nullFlavor with the value that they have by default."""
# What is null for lack of a code may still have the system, the number and the words.
_KEEP_SOME = frozenset(("OTH", "NA", "UNC"))
_KEPT_ATTRIBUTES = frozenset(("codeSystem", "codeSystemName", "codeSystemVersion", "extension"))
_KEPT_CHILDREN = ("originalText", "translation")


def _further_attributes(node: Node) -> set[str]:
    return {
        name
        for name, value in node.attributes.items()
        if name not in _STRUCTURAL and _WITH_ONE_VALUE.get(name) != value
    }


def _contradicts_null(node: Node) -> bool:
    attributes = _further_attributes(node)
    if node.attributes["nullFlavor"] in _KEEP_SOME:
        is_kept = not {"codeSystem", "extension"}.isdisjoint(attributes) or any(
            name in node.named for name in _KEPT_CHILDREN
        )
        if is_kept and attributes <= _KEPT_ATTRIBUTES:
            return False
    return bool(attributes or node.named or node.parts or node.has_text)


def _null_with_content(view: DocumentView) -> list[Node]:
    found = [node for node in view.null if _contradicts_null(node)]
    found += [
        node
        for kind in _WITH_PARTS
        for node in view.of_type(kind)
        for _, text, _, null in node.parts
        if null is not None and has_text(text)
    ]
    return found


def repeated(nodes: Sequence[Node], key: Callable[[Node], Hashable | None]) -> list[Node]:
    """The elements whose key, unless it is None, is that of a sibling of their name before them."""
    seen: set[Hashable] = set()
    found: list[Node] = []
    if len({(node.within, node.name) for node in nodes}) == len(nodes):
        return found  # nobody has a sibling, as a rule
    for node in nodes:
        value = key(node)
        if value is None:
            continue
        whole = (node.within, node.name, value)
        if whole in seen:
            found.append(node)
        seen.add(whole)
    return found


def _number(node: Node) -> tuple[str, str] | None:
    root, extension = node.get("root"), node.get("extension")
    return None if root is None or extension is None else (root, extension)


def _repeated_ids(view: DocumentView) -> list[Node]:
    found: list[Node] = []
    for root, nodes in view.ids_by_root.items():
        if root is None or len(nodes) == 1:
            continue
        found += repeated(nodes, _number)
        # a root alone stands for all its numbers
        siblings = Counter((node.within, node.name) for node in nodes)
        found += [
            node
            for node in nodes
            if node.get("extension") is None and siblings[node.within, node.name] > 1
        ]
    return found


def _code(node: Node) -> tuple[str, str] | None:
    code, system = node.get("code"), node.get("codeSystem")
    return None if code is None or system is None else (code, system)


def _repeated_codes(view: DocumentView) -> list[Node]:
    return repeated(view.of_type("CD"), _code)


RULES: tuple[Rule, ...] = (
    checked(
        of_data_type(
            "DT-NULL",
            Wording(
                "Elementet er null og har samtidig indhold.",
                "The element is null but also has content.",
            ),
            Wording(
                "nullFlavor siger, at der ikke er nogen værdi. Så må der heller ikke være tekst, "
                "attributter eller elementer; kun OTH og NA kan have nogle.",
                "A nullFlavor says that there is no value, so there must be no text, attributes or "
                "elements; only OTH and NA may have some.",
            ),
            Wording(
                "Fjern nullFlavor, hvis værdien kendes; fjern ellers resten.",
                "Remove the nullFlavor if the value is known; otherwise remove the rest.",
            ),
            "ANY",
            "dtr1-1-ANY",
        ),
        _null_with_content,
    ),
    checked(
        of_data_type(
            "DT-II-SAME",
            Wording("Det samme id findes to gange.", "The same identifier occurs twice."),
            Wording(
                "Sideordnede id'er er en mængde, hvor hvert findes én gang.",
                "Sibling identifiers form a set, in which each occurs once.",
            ),
            Wording("Fjern dubletten.", "Remove the duplicate."),
            "II",
            "dtr1-12-II",
        ),
        _repeated_ids,
        settled=lambda values: not values.second_id,
    ),
    checked(
        of_data_type(
            "DT-CD-SAME",
            Wording("Den samme kode findes to gange.", "The same code occurs twice."),
            Wording(
                "Sideordnede koder er en mængde, hvor hver findes én gang.",
                "Sibling codes form a set, in which each occurs once.",
            ),
            Wording("Fjern dubletten.", "Remove the duplicate."),
            "CD",
            "dtr1-18-CD",
        ),
        _repeated_codes,
    ),
)
