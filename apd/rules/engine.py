"""The engine, which runs the rules over one document."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache, partial
from typing import NamedTuple

from attrs import evolve, frozen

from apd.cda.detection import is_appointment, not_appointment, parse_document
from apd.cda.encoding import unknown_to_java
from apd.cda.grammar import as_written, canonical, grammar_after_few
from apd.cda.loader import release_of_root
from apd.cda.path_automaton import Places
from apd.cda.xml import Element
from apd.errors import ParseError
from apd.findings import Finding, Place
from apd.rules.admitted_values import COVERED, admitted_values
from apd.rules.admitted_view import AdmittedView
from apd.rules.catalogue import rules_of_the_library
from apd.rules.details import DETAILS, TOGETHER, follows
from apd.rules.document_view import DocumentView, Node
from apd.rules.element_paths import ElementPaths, attribute_name
from apd.rules.fingerprints import (
    PlacesByNames,
    document_uuid,
    place_of_path,
    with_fingerprints,
)
from apd.rules.older_releases import Lifted, lifted, not_asked_for, stated
from apd.rules.own_rules import broken_by, detail_of
from apd.rules.rule import EffectiveRule, EffectiveRules, Rule
from apd.rules.schema_layer import violations
from apd.rules.settings import Function, Settings, applied, functions, unchecked_walk, walk
from apd.rules.source_places import SourcePlaces
from apd.rules.xml_layer import OTHER_RELEASE, UNKNOWN_TO_JAVA
from apd.standard.elements import elements
from apd.standard.paths import Path
from apd.standard.releases import Release
from apd.wording import Language, Wording


class _Broken(NamedTuple):
    """That an element breaks a rule, in what words, and which field or attribute is wrong."""

    rule: EffectiveRule
    wording: Wording
    element: Element
    field: str = ""
    attribute: str = ""


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
        judged = judged or _walked(opened.root, schema, settings, release)
    except ParseError as error:
        return Examined(_refused(error, language), None)
    rules = applied(settings, release)
    view, lift, older = judged.view, judged.lift, judged.release
    broken = judged.broken
    unreadable = unknown_to_java(data) if isinstance(data, bytes) else None
    if unreadable is not None and UNKNOWN_TO_JAVA in rules:
        broken.append(_Broken(rules[UNKNOWN_TO_JAVA], unreadable, opened.root))
    own = (rule for rule in settings.rules if rule.id in rules)
    broken += [
        _of_function(rules[rule.id], view, node)._replace(field=field)
        for rule, node, field in broken_by(own, data, view, release)
    ]
    if not broken:
        return Examined([], view, judged.document)
    field = partial(_field, view.places, _carried(release))
    if lift is not None:
        broken = [*_of_the_document(broken, lift, not_asked_for(older), field)]
        view = DocumentView(opened.root, unchecked_walk(release))
        field = partial(_field, view.places, _carried(release))
    places = SourcePlaces(data, opened.root)
    findings = _findings(places, broken, rules, field, language, judged.document)
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
    broken: list[_Broken]
    release: Release
    document: str
    lift: Lifted | None = None


def _admitted(opened: _Opened, settings: Settings, release: Release) -> _Judged | None:
    """What is found in a document that the grammar admits; None of one that it does not."""
    grammar = grammar_after_few(release)
    if grammar is None:
        return None
    values = admitted_values(grammar, as_written(opened.data)) or admitted_values(
        grammar, canonical(opened.data, opened.root)
    )
    if values is None:
        return None
    view = AdmittedView(lambda: opened.root, grammar.places)
    left_open = (
        one
        for one in _not_covered(settings, release)
        if one.settled is None or not one.settled(values)
    )
    broken = _of_functions(left_open, view, applied(settings, release))
    return _Judged(view, broken, release, values.document_id.lower())


@lru_cache(maxsize=16)
def _not_covered(settings: Settings, release: Release) -> tuple[Function, ...]:
    """The functions that may find something in a document that the grammar admits."""
    return tuple(one for one in functions(settings, release) if one.rule not in COVERED)


def _walked(root: Element, schema: str | None, settings: Settings, release: Release) -> _Judged:
    """What is found in any document: by the schema, on the walk, and by the functions."""
    rules = applied(settings, release)
    broken = []
    older = release_of_root(root, release)
    if older != release and OTHER_RELEASE in rules:
        broken.append(_Broken(rules[OTHER_RELEASE], stated(older, release), root))
    lift = lifted(root, release) if older != release and settings.as_release else None
    judged = root if lift is None else lift.root
    view = DocumentView(judged, walk(settings, release))
    broken += [
        _Broken(
            rules[found.rule],
            found.wording,
            judged if found.element is None else found.element,
            attribute=found.attribute,
        )
        for found in violations(judged, schema)
        if found.rule in rules
    ]
    broken += [
        _Broken(rules[id], _words(rules[id], view, node), node.element, field, attribute)
        for id, node, field, attribute in view.broken
    ]
    broken += _of_functions(functions(settings, release), view, rules)
    return _Judged(view, broken, older, document_uuid(root), lift)


def _of_functions(
    checks: Iterable[Function], view: DocumentView, rules: EffectiveRules
) -> list[_Broken]:
    return [_of_function(rules[one.rule], view, node) for one in checks for node in one.check(view)]


def _words(rule: EffectiveRule, view: DocumentView, node: Node) -> Wording:
    """The words of a rule for one element."""
    if isinstance(rule.rule, Rule) and rule.rule.detail is not None:
        return detail_of(rule.rule, view, node)
    detail = DETAILS.get(rule.rule.id)
    return rule.rule.wording if detail is None else detail(view, node)


def _of_function(rule: EffectiveRule, view: DocumentView, node: Node) -> _Broken:
    attribute = rule.rule.attribute if isinstance(rule.rule, Rule) else ""
    is_there = bool(attribute) and node.get(attribute) is not None
    wording = _words(rule, view, node)
    return _Broken(rule, wording, node.element, attribute=attribute if is_there else "")


def _of_the_document(
    broken: Iterable[_Broken],
    lift: Lifted,
    without: Collection[str],
    field: Callable[[Element], str],
) -> Iterator[_Broken]:
    """What is found in a copy that was lifted, at the elements of the document itself."""
    for one in broken:
        if one.element not in lift.elements:
            yield one
        elif one.rule.rule.id not in without:
            yield one._replace(
                element=lift.origin(one.element),
                field=one.field or field(one.element),
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
    findings = (
        evolve(
            found,
            language=language,
            remedy_wording=found.remedy_wording
            if found.remedy
            else requirements[found.rule].remedy,
        )
        for found in error.findings
    )
    places = (place_of_path(found.path) for found in error.findings)
    return [*with_fingerprints(findings, "", places)]


def _findings(
    places: SourcePlaces,
    broken: list[_Broken],
    rules: EffectiveRules,
    field: Callable[[Element], str],
    language: Language,
    document: str,
) -> list[Finding]:
    """One finding for each mistake, in the order of the document and then of the rules."""
    paths, by_names = ElementPaths(), PlacesByNames()
    numbers = {id: number for number, id in enumerate(rules)}

    def place(one: _Broken) -> tuple[int, int, str]:
        return places.number(one.element), numbers[one.rule.rule.id], one.wording.en

    each = {(one.element, one.rule.rule.id, one.wording): one for one in reversed(broken)}
    mistakes = _mistakes(sorted(each.values(), key=place))

    def place_of(one: _Broken) -> Place:
        line, column = places.of(one.element, one.attribute)
        path = paths.of(one.element)
        if one.attribute:
            path = f"{path}/@{attribute_name(one.attribute)}"
        return Place(path=path, line=line, column=column)

    findings = [
        one.first.rule.finding(
            language,
            place_of(one.first),
            one.first.wording,
            one.first.field or field(one.first.element),
            tuple(map(place_of, one.others)),
            one.conformance,
        )
        for one in mistakes
    ]
    # what is one finding wherever it is stays the same where it is somewhere else as well
    by_name = (
        "" if one.first.rule.rule.id in TOGETHER else by_names.of(one.first.element)
        for one in mistakes
    )
    return [*with_fingerprints(findings, document, by_name)]


class _Mistake(NamedTuple):
    """One finding: its first place, its other places, and its clauses."""

    first: _Broken
    others: list[_Broken]
    conformance: list[str]


def _mistakes(broken: list[_Broken]) -> list[_Mistake]:
    """What is wrong, with what has one cause in one; see :mod:`apd.rules.details`."""
    first: _First = {}
    for one in broken:
        rule = one.rule.rule.id
        first.setdefault((rule, None), one)
        first.setdefault((rule, one.element), one)
    found: dict[int, _Mistake] = {}
    together: dict[tuple[str, Wording], _Mistake] = {}
    following = []
    for one in broken:
        rule = one.rule.rule.id
        known = together.get((rule, one.wording))
        spokesman = _spokesman(one, first)
        if spokesman is not None:
            following.append((spokesman, one))
        elif known is not None:
            known.others.append(one)
        else:
            made = found[id(one)] = _Mistake(one, [], [*one.rule.rule.conformance])
            if rule in TOGETHER:
                together[rule, one.wording] = made
    for spokesman, one in following:
        spoken = found[id(spokesman)].conformance
        spoken += [clause for clause in one.rule.rule.conformance if clause not in spoken]
    return list(found.values())


_First = dict[tuple[str, Element | None], _Broken]
"""The first that was found of a rule: at an element, and anywhere, which is None."""


def _spokesman(one: _Broken, first: _First) -> _Broken | None:
    """Of what was found, that from which this follows, or None."""
    cause = follows().get(one.rule.rule.id)
    if cause is None:
        return None
    place = None if cause.anywhere else one.element
    others = (first.get((id, place)) for id in cause.others)
    return next(
        (other for other in others if other and other.rule.severity >= one.rule.severity), None
    )


@lru_cache
def _carried(release: Release) -> Mapping[Path, tuple[int, str]]:
    """The fields of the model that places carry, each with the number of its row in the table."""
    rows = enumerate(elements(release))
    return {row.path: (number, row.field) for number, row in rows if row.field}


def _field(places: Places, carried: Mapping[Path, tuple[int, str]], element: Element) -> str:
    """The field that an element or the nearest around it carries; of several rows the last."""
    at: Element | None = element
    while at is not None:
        paths = places.state_of(at).paths
        found = max((carried[path] for path in paths if path in carried), default=None)
        if found is not None:
            return found[1]
        at = at.getparent()
    return ""
