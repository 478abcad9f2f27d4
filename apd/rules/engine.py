"""Runs the rules over one document."""

from attrs import evolve, frozen
from lxml import etree

from apd.cda.xml import HL7, Element, parse
from apd.errors import ParseError
from apd.finding import Finding
from apd.rules.applied import Applied, AppliedRule
from apd.rules.index import Index, path_of
from apd.rules.schema import violations
from apd.rules.settings import Settings, applied, checks
from apd.wording import Language, Wording

_ROOT = f"{{{HL7}}}ClinicalDocument"
_Broken = tuple[AppliedRule, Wording, "etree._Element"]


@frozen
class Examined:
    """A document that the rules have been run over.

    Args:
        findings: sorted by place in the document, then by rule.
        index: the document as the rules saw it; None for what is no XML, or no CDA.
    """

    findings: list[Finding]
    index: Index | None


def examine(
    data: bytes | str, settings: Settings, schema: str | None, language: Language
) -> Examined:
    """All layers. What is no XML is not looked at further; the schema does not stop the rest.

    Args:
        data: the document.
        settings: the rules that apply.
        schema: path of an XSD, or None for the project's own.
        language: the language of the messages.

    Raises:
        InvalidValue: the schema is none.
        OSError: the schema cannot be read.
    """
    try:
        root = parse(data)
    except ParseError as error:
        return Examined([evolve(found, language=language) for found in error.findings], None)
    rules = applied(settings)
    broken: list[_Broken] = [
        (rules[found.rule], found.wording, root if found.element is None else found.element)
        for found in violations(root, schema)
        if found.rule in rules
    ]
    index = None
    if root.tag == _ROOT:
        index = Index(root)
        for rule, node in checks(settings)(index):
            broken.append((rule, rule.rule.wording, node.element))
    return Examined(_findings(root, broken, rules, language) if broken else [], index)


def _findings(
    root: Element, broken: list[_Broken], rules: Applied, language: Language
) -> list[Finding]:
    """One finding for each, in the order of the document and then of the rules."""
    places = {element: number for number, element in enumerate(root.iter())}
    numbers = {id: number for number, id in enumerate(rules)}

    def place(one: _Broken) -> tuple[int, int, str]:
        rule, wording, element = one
        return places.get(element, 0), numbers[rule.rule.id], wording.en

    return [
        rule.finding(language, path_of(element), _line(element), wording)
        for rule, wording, element in sorted(broken, key=place)
    ]


def _line(element: Element) -> int | None:
    # lxml-stubs has no type for it
    line: int | None = getattr(element, "sourceline", None)
    return line
