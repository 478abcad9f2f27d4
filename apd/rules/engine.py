"""The engine, which runs the rules over one document."""

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from attrs import evolve, frozen

from apd.cda.detection import is_appointment, not_appointment, parse_document
from apd.cda.encoding import unknown_to_java
from apd.cda.grammar import (
    as_written,
    canonical,
    grammar_after_few,
    relaxed_after_few,
    without_comments,
)
from apd.cda.loader import release_of_root
from apd.cda.path_automaton import Places
from apd.cda.xml import Element
from apd.errors import ParseError
from apd.findings import Finding
from apd.rules.admitted_values import (
    BY_ELEMENT,
    COVERED,
    AdmittedValues,
    DataTypes,
    admitted_values,
    values_of,
)
from apd.rules.admitted_view import AdmittedView
from apd.rules.catalogue import rules_of_the_library
from apd.rules.details import DETAILS
from apd.rules.document_view import DocumentView, Node
from apd.rules.element_fields import Fields
from apd.rules.fingerprints import Fingerprints, document_uuid, place_of_path
from apd.rules.known_values import known_values
from apd.rules.mistakes import BrokenRule, findings_of
from apd.rules.older_releases import Lifted, lifted, not_asked_for, stated
from apd.rules.own_rules import broken_by, detail_of
from apd.rules.partly_admitted import (
    InParts,
    PartlyAdmittedView,
    PartlyWalked,
    in_parts,
    of_parts,
)
from apd.rules.rule import EffectiveRule, EffectiveRules, Rule
from apd.rules.schema_layer import Verdict, violations
from apd.rules.settings import (
    Function,
    Settings,
    applied,
    functions,
    numbers_of,
    unchecked_walk,
    walk,
)
from apd.rules.source_places import SourcePlaces
from apd.rules.xml_layer import OTHER_RELEASE, UNKNOWN_TO_JAVA
from apd.standard.releases import Release
from apd.wording import Language, Wording


@frozen
class Examined:
    """A document that has been checked by the rules.

    Args:
        findings: sorted by place in the document, then by rule.
        view: the document view that the rules used; None if it is not an appointment document.
        document: its UUID; "" if it has none.
    """

    findings: list[Finding]
    view: DocumentView | None
    document: str = ""


def examine(
    data: bytes | str,
    settings: Settings,
    schema: str | None,
    language: Language,
    release: Release = Release.CURRENT,
) -> Examined:
    """Run all layers over a document.

    Data that are not an appointment document get a single finding, which names what they are. A
    document that the schema rejects is checked against the other rules as well.

    Args:
        data: the document.
        settings: the rules that apply.
        schema: the path of an XSD, or None for the library's own.
        language: the language of the messages.
        release: the expected release of the document.

    Raises:
        InvalidValue: the file is not an XML Schema.
        RuleError: a custom rule cannot be checked.
        OSError: the schema cannot be read.
    """
    opened = _Opened(data)
    # a rule of one's own may ask for what only a walk finds
    may_be_admitted = schema is None and not settings.rules
    try:
        judged = _admitted(opened, settings, release) if may_be_admitted else None
        judged = judged or _walked(opened, schema, settings, release)
    except ParseError as error:
        return Examined(_refused(error, language), None)
    rules = applied(settings, release)
    view, lift, older = judged.view, judged.lift, judged.release
    broken = judged.broken
    unreadable = unknown_to_java(data) if isinstance(data, bytes) else None
    if unreadable is not None and UNKNOWN_TO_JAVA in rules:
        broken.append(BrokenRule(rules[UNKNOWN_TO_JAVA], unreadable, opened.root))
    own = (rule for rule in settings.rules if rule.id in rules)
    broken += [
        _of_function(rules[rule.id], view, node)._replace(field=field)
        for rule, node, field in broken_by(own, data, view, release)
    ]
    if not broken:
        return Examined([], view, judged.document)
    fields = Fields(view.places, release)
    if lift is not None:
        broken = [*_of_the_document(broken, lift, not_asked_for(older), fields)]
        view = DocumentView(opened.root, unchecked_walk(release))
        fields = Fields(view.places, release)
    findings = findings_of(
        SourcePlaces(data, opened.root),
        broken,
        numbers_of(settings, release),
        fields,
        language,
        judged.document,
    )
    return Examined(findings, view, judged.document)


class _Opened:
    """A document, which is parsed when its elements are asked for.

    Args:
        data: the document.
    """

    def __init__(self, data: bytes | str) -> None:
        self.data = data

    @cached_property
    def root(self) -> Element:
        """The root element.

        Raises:
            ParseError: it is no appointment document.
        """
        root = parse_document(self.data)
        if not is_appointment(root):
            raise not_appointment(root)
        return root

    @cached_property
    def verdict(self) -> Verdict:
        """What the library's own schema says of it."""
        return Verdict(self.root)


class _Judged(NamedTuple):
    """What the library's rules find in a document.

    Args:
        view: what they looked at.
        broken: what is broken.
        release: the release that the document is of.
        document: its UUID; "" if it has none.
        lift: the copy that was judged in place of a document of an older release.
    """

    view: DocumentView
    broken: list[BrokenRule]
    release: Release
    document: str
    lift: Lifted | None = None


def _admitted(opened: _Opened, settings: Settings, release: Release) -> _Judged | None:
    """What is found in a document that the grammar admits, all of it or in part; None of others."""
    grammar = grammar_after_few(release)
    if grammar is None:
        return None
    written = as_written(opened.data)
    text = None if written is None else without_comments(written)
    parts = grammar.parts(text)
    if text is not None and parts is not None and not parts.unadmitted:
        admitted = values_of(text, parts.kept)
        return _of_values(opened, admitted, grammar.places, settings, release)
    relaxed = relaxed_after_few(release)
    if text is not None and parts is not None:
        parts = parts if relaxed is None else relaxed.within(text, parts)
        told = of_parts(text, parts, opened.root, release)
    elif relaxed is not None:
        told = in_parts(relaxed, opened.data, text, opened.verdict, release)
    else:
        values = admitted_values(grammar, canonical(opened.data, opened.root))
        return values and _of_values(opened, values, grammar.places, settings, release)
    if told is None:
        return None
    if not told.elements.around:
        values = values_of(told.text, told.parts.kept)
        return _of_values(opened, values, grammar.places, settings, release)
    return _partly_walked(told, opened.verdict, settings, release)


def _of_values(
    opened: _Opened, values: AdmittedValues, places: Places, settings: Settings, release: Release
) -> _Judged:
    """What is found in a document that is admitted, of which only some values are looked at."""
    view = AdmittedView(lambda: opened.root, places)
    left_open = (
        one
        for one in _not_covered(settings, release)
        if one.settled is None or not one.settled(values)
    )
    broken = _of_functions(left_open, view, applied(settings, release))
    return _Judged(view, broken, release, values.document_id.lower())


def _partly_walked(
    told: InParts, verdict: Verdict, settings: Settings, release: Release
) -> _Judged:
    """What is found in a document of which only some elements are not admitted."""
    root = verdict.root
    text, parts, elements = told
    rules = applied(settings, release)
    walked = PartlyWalked(root, walk(settings, release), elements)
    view = PartlyAdmittedView(walked)
    values = known_values(text, parts, walked)
    doubtful = elements.unadmitted.union(elements.around)
    broken = [*_of_schema(verdict, rules, doubtful), *_of_rows(walked, rules)]
    types = walked.types
    # in what is admitted these find nothing
    broken += _of_functions(_looking_at(types, settings, release), walked, rules)
    for one in _not_covered(settings, release):
        looked_at = BY_ELEMENT.get(one.rule)
        if not values.settle(one.settled, by_element=looked_at is not None):
            broken += _of_functions([one], view, rules)
        elif _looks_at(looked_at, types):
            broken += _of_functions([one], walked, rules)
    return _Judged(view, broken, release, document_uuid(root))


@lru_cache(maxsize=16)
def _not_covered(settings: Settings, release: Release) -> tuple[Function, ...]:
    """The functions that may find something in a document that the grammar admits."""
    return tuple(one for one in functions(settings, release) if one.rule not in COVERED)


@lru_cache(maxsize=64)
def _looking_at(
    types: frozenset[str], settings: Settings, release: Release
) -> tuple[Function, ...]:
    """The functions that may find something in walked elements, and nothing in admitted ones."""
    return tuple(
        one for one in functions(settings, release) if _looks_at(COVERED.get(one.rule), types)
    )


def _looks_at(looked: DataTypes | None, types: frozenset[str]) -> bool:
    """Whether a rule looks at any element where there are elements of some data types."""
    return looked is not None and (not looked or not types.isdisjoint(looked))


def _walked(opened: _Opened, schema: str | None, settings: Settings, release: Release) -> _Judged:
    """What is found in any document: by the schema, on the walk, and by the functions."""
    root = opened.root
    rules = applied(settings, release)
    broken = []
    older = release_of_root(root, release)
    if older != release and OTHER_RELEASE in rules:
        broken.append(BrokenRule(rules[OTHER_RELEASE], stated(older, release), root))
    lift = lifted(root, release) if older != release and settings.as_release else None
    judged = root if lift is None else lift.root
    view = DocumentView(judged, walk(settings, release))
    is_known = schema is None and lift is None
    broken += _of_schema(opened.verdict if is_known else Verdict(judged, schema), rules)
    broken += _of_rows(view, rules)
    broken += _of_functions(functions(settings, release), view, rules)
    return _Judged(view, broken, older, document_uuid(root), lift)


def _of_schema(
    verdict: Verdict, rules: EffectiveRules, doubtful: Collection[Element] | None = None
) -> list[BrokenRule]:
    return [
        BrokenRule(
            rules[found.rule],
            found.wording,
            verdict.root if found.element is None else found.element,
            attribute=found.attribute,
        )
        for found in violations(verdict, doubtful)
        if found.rule in rules
    ]


def _of_rows(view: DocumentView, rules: EffectiveRules) -> list[BrokenRule]:
    return [
        BrokenRule(rules[id], _words(rules[id], view, node), node.element, field, attribute)
        for id, node, field, attribute in view.broken
    ]


def _of_functions(
    checks: Iterable[Function], view: DocumentView, rules: EffectiveRules
) -> list[BrokenRule]:
    return [_of_function(rules[one.rule], view, node) for one in checks for node in one.check(view)]


def _words(rule: EffectiveRule, view: DocumentView, node: Node) -> Wording:
    """The words of a rule for one element."""
    if isinstance(rule.rule, Rule) and rule.rule.detail is not None:
        return detail_of(rule.rule, view, node)
    detail = DETAILS.get(rule.rule.id)
    return rule.rule.wording if detail is None else detail(view, node)


def _of_function(rule: EffectiveRule, view: DocumentView, node: Node) -> BrokenRule:
    attribute = rule.rule.attribute if isinstance(rule.rule, Rule) else ""
    is_there = bool(attribute) and node.get(attribute) is not None
    wording = _words(rule, view, node)
    return BrokenRule(rule, wording, node.element, attribute=attribute if is_there else "")


def _of_the_document(
    broken: Iterable[BrokenRule],
    lift: Lifted,
    without: Collection[str],
    fields: Fields,
) -> Iterator[BrokenRule]:
    """What is found in a copy that was lifted, at the elements of the document itself."""
    for one in broken:
        if one.element not in lift.elements:
            yield one
        elif one.rule.rule.id not in without:
            yield one._replace(
                element=lift.origin(one.element),
                field=one.field or fields.of(one.element),
                attribute=one.attribute if one.element in lift.origins else "",
            )


def view_of(data: bytes | str) -> DocumentView | None:
    """The document view that rules use; None if it is not an appointment document."""
    try:
        root = _Opened(data).root
    except ParseError:
        return None
    return DocumentView(root, unchecked_walk())


def _refused(error: ParseError, language: Language) -> list[Finding]:
    """What is no appointment document, by the rules of the library."""
    requirements = {rule.id: rule for rule in rules_of_the_library()}
    fingerprints = Fingerprints("")
    return [
        evolve(
            found,
            language=language,
            remedy_wording=found.remedy_wording
            if found.remedy
            else requirements[found.rule].remedy,
            fingerprint=fingerprints.of(found.rule, place_of_path(found.path)),
        )
        for found in error.findings
    ]
