"""nullFlavor, identifiers (II) and coded values (CS, CD, CE)."""

from apd.cda.xml import XSI_TYPE, has_text
from apd.rules.datatypes.shapes import datatype_rule, typed
from apd.rules.forms import is_oid_or_uuid
from apd.rules.index import Index, Node
from apd.rules.registry import Rule
from apd.wording import Wording

_WITH_PARTS = ("AD", "PN", "ON", "EN")
# What may stand beside a nullFlavor anyway: it says what the element is, not what it holds.
_STRUCTURAL = frozenset(
    ("nullFlavor", XSI_TYPE, "mediaType", "representation", "operator", "classCode", "moodCode")
)
# Of what is null for lack of a code, the system and the words may be told.
_KEEP_SOME = frozenset(("OTH", "NA", "UNC"))


def _says_something(node: Node) -> bool:
    has_elements = bool(node.named or node.parts)
    return node.has_text or has_elements or not node.attributes.keys() <= _STRUCTURAL


def _null_with_content(index: Index) -> list[Node]:
    found = [
        node
        for node in index.null
        if node.attributes["nullFlavor"] not in _KEEP_SOME
        and _says_something(node)
        and node not in index.reason_codes
    ]
    found += [
        node
        for kind in _WITH_PARTS
        for node in index.of_type(kind)
        for _, text, _, null in node.parts
        if null is not None and has_text(text)
    ]
    return found


def _root_is_missing(index: Index) -> list[Node]:
    return [
        node for root in (None, "") for node in index.ids_by_root.get(root, ()) if not node.is_null
    ]


def _root_is_none(index: Index) -> list[Node]:
    return [
        node
        for root, nodes in index.ids_by_root.items()
        if root is not None and not is_oid_or_uuid(root)
        for node in nodes
    ]


def _null_with_root(index: Index) -> list[Node]:
    return [
        node
        for node in index.null
        if node.kind == "II"
        and ("root" in node.attributes or "assigningAuthorityName" in node.attributes)
    ]


def equal_siblings(index: Index, *types: str) -> list[Node]:
    """The elements that say the same as a sibling of the same name before them."""
    found: list[Node] = []
    for kind in types:
        nodes = index.of_type(kind)
        if len({node.within for node in nodes}) < len(nodes):
            found += equal_among(nodes)
    return found


def _equal_ids(index: Index) -> list[Node]:
    found: list[Node] = []
    for nodes in index.ids_by_root.values():
        if len(nodes) > 1 and len({node.within for node in nodes}) < len(nodes):
            found += equal_among(nodes)
    return found


def equal_among(nodes: list[Node]) -> list[Node]:
    """Those among the elements that say the same as a sibling of the same name before them."""
    families: dict[tuple[int, str], list[Node]] = {}
    for node in nodes:
        families.setdefault((node.within, node.name), []).append(node)
    return [
        node
        for siblings in families.values()
        for number, node in enumerate(siblings)
        if any(_equal(node, other) for other in siblings[:number])
    ]


def _equal(one: Node, other: Node) -> bool:
    return (
        one.name == other.name
        and one.attributes == other.attributes
        and (one.text or "").split() == (other.text or "").split()
        and _parts(one) == _parts(other)
        and one.named.keys() == other.named.keys()
        and len(one.children) == len(other.children)
        and all(map(_equal, one.children, other.children))
    )


def _parts(node: Node) -> list[tuple[str, list[str], str | None]]:
    """The parts of an address or a name, whatever the white space in them."""
    return [(name, (text or "").split(), null) for name, text, _, null in node.parts]


def _same_code(index: Index) -> list[Node]:
    found = []
    seen: set[tuple[object, ...]] = set()
    for node in index.of_type("CD"):
        attributes = node.attributes
        code = (node.within, node.name, attributes.get("code"), attributes.get("codeSystem"))
        if code in seen and not node.is_null:
            found.append(node)
        seen.add(code)
    return found


def _code_is_missing(node: Node) -> bool:
    attributes = node.attributes
    return (
        not attributes.get("code")
        and "nullFlavor" not in attributes
        and node.first("originalText") is None
    )


def _symbol_is_missing(node: Node) -> bool:
    return not node.attributes.get("code") and "nullFlavor" not in node.attributes


def _null_with_code(index: Index) -> list[Node]:
    return [
        node
        for node in index.null
        if node.kind == "CD"
        and node not in index.reason_codes
        and ("code" in node.attributes or "displayName" in node.attributes)
    ]


def _lacks_system(node: Node) -> bool:
    attributes = node.attributes
    return "code" in attributes and not attributes.get("codeSystem")


def _name_lacks_system(node: Node) -> bool:
    attributes = node.attributes
    return "codeSystemName" in attributes and not attributes.get("codeSystem")


def _display_lacks_code(node: Node) -> bool:
    attributes = node.attributes
    return (
        "displayName" in attributes
        and not attributes.get("code")
        and "nullFlavor" not in attributes
    )


RULES: tuple[Rule, ...] = (
    datatype_rule(
        "DT-NULL",
        _null_with_content,
        Wording(
            "Elementet er null og har samtidig indhold.",
            "The element is null and has content as well.",
        ),
        Wording(
            "nullFlavor siger, at der ikke er noget. Så må der heller ikke stå tekst, attributter "
            "eller elementer; kun OTH og NA kan have nogle.",
            "A nullFlavor says that there is nothing. Then no text, attribute or element may stand "
            "there; only OTH and NA may have some.",
        ),
        Wording(
            "Fjern nullFlavor, hvis værdien kendes; fjern ellers resten.",
            "Remove the nullFlavor if the value is known; otherwise remove the rest.",
        ),
        "ANY",
        "dtr1-1-ANY",
    ),
    datatype_rule(
        "DT-II-ROOT",
        _root_is_missing,
        Wording("Id'et skal have en root.", "The identifier must have a root."),
        Wording(
            "Roden siger, hvem der har udstedt nummeret; uden den siger nummeret intet.",
            "The root says who handed the number out; without it the number says nothing.",
        ),
        Wording("Angiv root, eller skriv nullFlavor.", "Give the root, or write a nullFlavor."),
        "II",
        "dtr1-1-II",
    ),
    datatype_rule(
        "DT-II-NULL",
        _null_with_root,
        Wording(
            "Et id, der er null, må ikke have root eller assigningAuthorityName.",
            "An identifier that is null may not have a root or an assigningAuthorityName.",
        ),
        Wording(
            "Enten er der et id, eller også er der ikke.",
            "There is an identifier, or there is none.",
        ),
        Wording("Fjern nullFlavor, eller fjern resten.", "Remove the nullFlavor, or the rest."),
        "II",
        "dtr1-2-II, dtr1-7-II",
    ),
    datatype_rule(
        "DT-II-FORM",
        _root_is_none,
        Wording(
            "Id'ets root skal være en OID eller en UUID.",
            "The root of the identifier must be an OID or a UUID.",
        ),
        Wording(
            "Kun sådan er roden med sikkerhed entydig. Id'er, HL7 har reserveret, er det ikke.",
            "Only so is the root certain to be unique. Ids reserved by HL7 are not.",
        ),
        Wording("Brug udstederens OID.", "Use the OID of who hands the numbers out."),
        "II",
        "dtr1-10-II, dtr1-10a-II",
    ),
    datatype_rule(
        "DT-II-SAME",
        _equal_ids,
        Wording("Det samme id står to gange.", "The same identifier stands twice."),
        Wording(
            "Id'erne ved siden af hinanden er en mængde, hvor hvert står én gang.",
            "The identifiers beside each other are a set, in which each stands once.",
        ),
        Wording("Fjern gentagelsen.", "Remove the repeated one."),
        "II",
        "dtr1-12-II",
    ),
    typed(
        "DT-CD-EMPTY",
        ("CD",),
        _code_is_missing,
        Wording(
            "Den kodede værdi skal have en code eller være null.",
            "The coded value must have a code or be null.",
        ),
        Wording(
            "originalText kan også stå i stedet for en kode.",
            "An originalText may stand for the code as well.",
        ),
        Wording("Angiv code, eller skriv nullFlavor.", "Give the code, or write a nullFlavor."),
        "dtr1-1-CD",
    ),
    typed(
        "DT-CS-EMPTY",
        ("CS",),
        _symbol_is_missing,
        Wording("Koden skal være der eller være null.", "The code must be there or be null."),
        Wording(
            "Elementet har kun sin kode; uden den siger det intet.",
            "The element has nothing but its code, and says nothing without it.",
        ),
        Wording("Angiv code, eller skriv nullFlavor.", "Give the code, or write a nullFlavor."),
        "dtr1-1-CS",
    ),
    datatype_rule(
        "DT-CD-NULL",
        _null_with_code,
        Wording(
            "En kodet værdi, der er null, må ikke have code eller displayName.",
            "A coded value that is null may not have a code or a displayName.",
        ),
        Wording(
            "Årsagens kode er undtaget; den har ord uden kode.",
            "The code of the reason is excepted; it has words without a code.",
        ),
        Wording("Fjern nullFlavor, eller fjern resten.", "Remove the nullFlavor, or the rest."),
        "CD",
        "dtr1-6-CD, dtr1-7-CD",
    ),
    typed(
        "DT-CD-SYSTEM",
        ("CD",),
        _lacks_system,
        Wording("En code skal have et codeSystem.", "A code must have a codeSystem."),
        Wording(
            "Den samme kode betyder noget forskelligt i to kodesystemer. Årsagens kode er "
            "undtaget.",
            "The same code means different things in two systems. The code of the reason is "
            "excepted.",
        ),
        Wording("Angiv codeSystem.", "Give the codeSystem."),
        "dtr1-2-CD",
    ),
    typed(
        "DT-CD-SYSTEM-NAME",
        ("CD",),
        _name_lacks_system,
        Wording(
            "Et codeSystemName skal have et codeSystem.",
            "A codeSystemName must have a codeSystem.",
        ),
        Wording(
            "Navnet er til mennesker; kodesystemets OID er det, der gælder.",
            "The name is for people; the OID of the code system is what counts.",
        ),
        Wording("Angiv codeSystem.", "Give the codeSystem."),
        "dtr1-3-CD",
    ),
    typed(
        "DT-CD-DISPLAY",
        ("CD",),
        _display_lacks_code,
        Wording("Et displayName skal have en code.", "A displayName must have a code."),
        Wording(
            "displayName er ordene for en kode. Ord uden kode hører til i originalText.",
            "displayName is the words for a code. Words without one belong in originalText.",
        ),
        Wording("Angiv code, eller brug originalText.", "Give the code, or use originalText."),
        "dtr1-5-CD",
    ),
    datatype_rule(
        "DT-CD-SAME",
        _same_code,
        Wording("Den samme kode står to gange.", "The same code stands twice."),
        Wording(
            "Koder ved siden af hinanden er en mængde, hvor hver står én gang.",
            "Codes beside each other are a set, in which each stands once.",
        ),
        Wording("Fjern gentagelsen.", "Remove the repeated one."),
        "CD",
        "dtr1-18-CD",
    ),
)
