"""nullFlavor, identifiers (II) and coded values (CS, CD, CE), beyond what a row can express."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence

from attrs import evolve

from apd.cda.path_automaton import described
from apd.cda.xml import WHITE_SPACE, XSI, has_text
from apd.findings import Severity
from apd.rules.document_view import DocumentView, Node
from apd.rules.rule import Rule, checked, each
from apd.standard import paths
from apd.standard.data_types import of_data_type
from apd.standard.requirement import DATA_TYPES
from apd.wording import Wording

_WITH_PARTS = ("AD", "PN", "ON", "EN")
_WITH_ELEMENTS = ("CD", "ED", "TEL", "IVL")
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


def _contradict_null(
    attributes: Mapping[str, str], children: Collection[str], is_text_there: bool
) -> bool:
    """Whether an element that is null has something beside its nullFlavor."""
    further = {
        name
        for name, value in attributes.items()
        if name not in _STRUCTURAL and _WITH_ONE_VALUE.get(name) != value
    }
    if attributes["nullFlavor"] in _KEEP_SOME:
        is_kept = not {"codeSystem", "extension"}.isdisjoint(further) or any(
            name in children for name in _KEPT_CHILDREN
        )
        if is_kept and further <= _KEPT_ATTRIBUTES:
            return False
    return bool(further or children or is_text_there)


def _contradicts_null(node: Node) -> bool:
    children = node.named or [name for name, _, _, _ in node.parts]
    return _contradict_null(node.attributes, children, has_text(node.text))


def _has_contradictory_part(node: Node) -> bool:
    """Whether that is so of what is in an address or a name, at any depth."""
    for element in node.element.iterdescendants("*"):
        if element.get("nullFlavor") is not None:
            attributes: dict[str, str] = dict(element.items())  # type: ignore[arg-type]  # as read
            children = [described(child.tag)[0] for child in element]
            texts = (element.text, *(child.tail for child in element))
            if _contradict_null(attributes, children, any(map(has_text, texts))):
                return True
    return False


def _without_type(nodes: Iterable[Node]) -> Iterator[Node]:
    """What is in values and has no data type of its own here: references, qualifiers, widths."""
    for node in nodes:
        for child in node.children:
            if child.kind is None:
                yield child
                yield from _without_type((child,))


def _null_with_content(view: DocumentView) -> list[Node]:
    within = _without_type(view.of_type(*_WITH_ELEMENTS))
    null = [*view.null, *(node for node in within if node.is_null)]
    found = [node for node in null if _contradicts_null(node)]
    found += [
        node
        for node in view.of_type(*_WITH_PARTS)
        if node.parts and not node.is_null and _has_contradictory_part(node)
    ]
    return found


def repeated(nodes: Sequence[Node], key: Callable[[Node], Hashable | None]) -> list[Node]:
    """The elements with the same key, other than None, as an earlier sibling of the same name."""
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


def _translations(node: Node) -> Iterator[Node]:
    for one in node.all("translation"):
        yield one
        yield from _translations(one)


def _wrong_translations(view: DocumentView) -> list[Node]:
    """Translations that are null or have a system alone, and those that say what another does."""
    found: list[Node] = []
    for node in view.of_type("CD"):
        if node.name == "translation" or "translation" not in node.named:
            continue
        siblings: dict[tuple[str, str], set[int]] = {}
        for one in list(_translations(node)):  # as long as one is kept, no other has its number
            code, system = one.get("code"), one.get("codeSystem")
            said = siblings.setdefault((code or "", system or ""), set())
            says_nothing = one.is_null or (code is None and system is not None)
            is_coded = code is not None and system is not None
            # of siblings with a code DT-CD-SAME tells
            is_again = bool(said - {one.within}) if is_coded else bool(said)
            if says_nothing or is_again:
                found.append(one)
            said.add(one.within)
    return found


_FREE_CODES = (paths.REASON_CODE, paths.EPISODE / "code")
"""The places of codes that no list has."""


def _has_blank_inside(node: Node) -> bool:
    """Whether there is white space in a code that XML Schema takes for a character."""
    code = (node.get("code") or "").strip()
    return len(code.split()) > 1 and set(WHITE_SPACE).isdisjoint(code)


def _are_two_words(view: DocumentView) -> list[Node]:
    return [node for place in _FREE_CODES for node in view.at(place) if _has_blank_inside(node)]


def _has_several_lines(node: Node) -> bool:
    return not set("\t\n\r").isdisjoint(node.get("displayName") or "")


RULES: tuple[Rule, ...] = (
    checked(
        of_data_type(
            "DT-NULL",
            Wording(
                "Elementet er null og har samtidig indhold.",
                "The element is null but also has content.",
            ),
            Wording(
                "nullFlavor betyder, at der ikke er nogen værdi. Derfor må der heller ikke være "
                "tekst, attributter eller elementer; kun OTH og NA kan have nogle.",
                "A nullFlavor means that there is no value, so there must be no text, attributes "
                "or elements; only OTH and NA may have some.",
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
            Wording("Det samme id findes to gange.", "The same id occurs twice."),
            Wording(
                "Sideordnede id'er udgør en mængde, hvor hvert id kun findes én gang.",
                "Sibling ids form a set, in which each occurs only once.",
            ),
            Wording("Fjern dubletten.", "Remove the duplicate."),
            "II",
            "dtr1-12-II",
        ),
        _repeated_ids,
        settled=lambda values: not values.same_id,
    ),
    checked(
        of_data_type(
            "DT-CD-SAME",
            Wording("Den samme kode findes to gange.", "The same code occurs twice."),
            Wording(
                "Sideordnede koder udgør en mængde, hvor hver kode kun findes én gang.",
                "Sibling codes form a set, in which each occurs only once.",
            ),
            Wording("Fjern dubletten.", "Remove the duplicate."),
            "CD",
            "dtr1-18-CD",
        ),
        _repeated_codes,
    ),
    checked(
        of_data_type(
            "DT-CD-TRANSLATION",
            Wording(
                "En oversættelse af en kode skal selv være en kode, og hver kode må kun "
                "forekomme én gang.",
                "A translation of a code must itself be a code, and each code must occur only "
                "once.",
            ),
            Wording(
                "En oversættelse, der er null eller kun har et codeSystem, har intet indhold.",
                "A translation that is null or has only a codeSystem has no content.",
            ),
            Wording(
                "Angiv code, eller fjern oversættelsen.",
                "Specify the code, or remove the translation.",
            ),
            "CD",
            "dtr1-10-CD, dtr1-11-CD, dtr1-19-CD",
        ),
        _wrong_translations,
    ),
    checked(
        of_data_type(
            "DT-CD-LINES",
            Wording(
                "Der er linjeskift eller tabulator i displayName.",
                "There is a line break or a tab in displayName.",
            ),
            Wording(
                "displayName er kodens navn på én linje. MedComs Schematron melder det som en "
                "advarsel.",
                "displayName is the name of the code on one line. MedCom's Schematron "
                "reports this as a warning.",
            ),
            Wording("Skriv et mellemrum i stedet.", "Write a space instead."),
            "CD",
            "dtr1-15-CD",
            Severity.WARNING,
        ),
        each(_has_several_lines, "CD"),
        "displayName",
    ),
    checked(
        evolve(
            of_data_type(
                "DT-CD-BLANK",
                Wording("Der er et mellemrum inde i koden.", "There is white space in the code."),
                Wording(
                    "XML Schema ser ikke et hårdt mellemrum, men en kode er ét ord; denne læses "
                    "ikke.",
                    "XML Schema does not see a no-break space, but a code is one word; this one "
                    "is not read.",
                ),
                Wording("Ret koden.", "Correct the code."),
                "CD",
                "",
            ),
            severity=Severity.WARNING,
            source=f"{DATA_TYPES}, CS",
        ),
        _are_two_words,
        "code",
    ),
)
