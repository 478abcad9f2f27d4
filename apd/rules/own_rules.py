"""Runs custom rules on the XML or on the model.

Their checks are code of others: one that raises, or returns something other than it should, ends in
an error that names the rule. The error repeats neither the document nor the text of the check.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TypeVar

from attrs import fields

from apd.cda.reader import read
from apd.errors import ParseError, RuleError
from apd.model.document import AppointmentDocument
from apd.person_numbers import hide_numbers
from apd.rules.document_view import DocumentView, Node
from apd.rules.rule import Rule
from apd.standard.elements import elements
from apd.standard.paths import Path
from apd.standard.releases import Release
from apd.wording import Wording

_T = TypeVar("_T")
_RAISED = Wording("dens kontrol fejlede ({kind})", "its check raised {kind}")
_NO_ELEMENTS = Wording(
    "dens kontrol returnerede andet end elementer i dokumentet",
    "its check returned something other than elements of the document",
)
_NO_WORDS = Wording(
    "dens detail returnerede andet end en Wording",
    "its detail returned something other than a Wording",
)
_NO_FIELDS = Wording(
    'dens kontrol returnerede andet end felter i modellen, f.eks. "appointment.performer"',
    'its check returned something other than fields of the model, such as "appointment.performer"',
)


def broken_by(
    rules: Iterable[Rule], data: bytes | str, view: DocumentView, release: Release
) -> Iterator[tuple[Rule, Node, str]]:
    """The elements that break custom rules, each with the field of the model, if named.

    :class:`RuleError` if a check raised, or returned something other than it should.
    """
    document: AppointmentDocument | None = None
    for rule in rules:
        if rule.check is not None:
            for node in _called(rule, rule.check, view):
                if not isinstance(node, Node):
                    raise RuleError(rule.id, _NO_ELEMENTS)
                yield rule, node, ""
        if rule.document_check is not None:
            try:
                document = document or read(data, release)
            except ParseError:  # there is no appointment; a rule of the library reports that
                continue
            for field in _called(rule, rule.document_check, document):
                if not isinstance(field, str) or not _is_field(field):
                    raise RuleError(rule.id, _NO_FIELDS)
                yield rule, _node_of(view, field, release), field


def _called(rule: Rule, check: Callable[[_T], Iterable[object]], given: _T) -> list[object]:
    try:
        return list(check(given))
    except Exception as error:  # whatever a program of somebody else's does
        raise RuleError(rule.id, _raised(error)) from error


def detail_of(rule: Rule, view: DocumentView, node: Node) -> Wording:
    """The words of a rule for one element; :class:`RuleError` if its function fails.

    A value that they quote may have the number of a person in it, and reports go anywhere.
    """
    if rule.detail is None:
        return rule.wording
    try:
        detail = rule.detail(view, node)
    except Exception as error:  # as above
        raise RuleError(rule.id, _raised(error)) from error
    if not isinstance(detail, Wording) or not all(isinstance(text, str) for text in detail):
        raise RuleError(rule.id, _NO_WORDS)
    return Wording(*map(hide_numbers, detail))


def _raised(error: Exception) -> Wording:
    return _RAISED.filled(kind=type(error).__name__)


def _is_field(path: str) -> bool:
    first, *others = path.split(".")
    known = {one.name for one in fields(AppointmentDocument)}
    return path == "" or (first in known and all(one.isidentifier() for one in others))


@cache
def _places(release: Release) -> dict[str, Path]:
    """Where fields of the model are written; of several places the first."""
    found: dict[str, Path] = {}
    for row in elements(release):
        if row.field:
            found.setdefault(row.field, row.path)
    return found


def _node_of(view: DocumentView, field: str, release: Release) -> Node:
    """The element of a field, or the nearest around it that the document has."""
    places = _places(release)
    while field:
        nodes = view.at(places[field]) if field in places else []
        if nodes:
            return nodes[0]
        field = field.rpartition(".")[0]
    return view.document
