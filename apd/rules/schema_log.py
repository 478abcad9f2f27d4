"""What a schema refuses, where the log of lxml says all of it."""

import re
from collections.abc import Collection, Iterable
from enum import Enum, auto
from typing import Any, NamedTuple

from lxml import etree

from apd.cda.xml import XSI_TYPE, Element, hl7
from apd.limits import (
    MAX_ATTRIBUTES_EXPLAINED,
    MAX_CHILDREN_REMEMBERED,
    MAX_EXPLAINED,
    MAX_ROUNDS,
)
from apd.locks import shared_lock
from apd.rules.schema_declarations import (
    declared_children,
    declares_child,
    is_accepted,
    wrong_children,
)
from apd.rules.tried_changes import TriedChanges

FOREIGN, LACKING = "SCHEMAV_CVC_COMPLEX_TYPE_3_2_1", "SCHEMAV_CVC_COMPLEX_TYPE_4"
CONTENT = "SCHEMAV_ELEMENT_CONTENT"
MISSING = ": Missing child element(s)."

_REFERRING_BY = frozenset(("ID", "IDREF", "referencedObject", "headers"))
# by each name in turn, for which libxml2 takes a third of the time
REFERRING = etree.XPath(f"({' | '.join(f'//@{name}' for name in sorted(_REFERRING_BY))})/..")
"""Elements with an ``xs:ID``, or that refer to one. Whether it exists only all of them show."""

_FEW = 64
"""Of more elements that are doubtful, the attributes are looked for in the whole document."""

_plain_attribute = re.compile(r"^Element '[^']*', attribute '([A-Za-z_][\w.\-]*)': ").match
_named_attribute = re.compile(r": The attribute '([A-Za-z_][\w.\-]*)' is [^']+$").search
_plain_path = re.compile(r"(?:/\*(?:\[[0-9]+\])?)+").fullmatch
_positions = re.compile(r"/\*(?:\[([0-9]+)\])?").findall


_one_at_a_time = shared_lock()


def refusals(schema: etree.XMLSchema, element: Element) -> Any:
    """The log of lxml: what a schema refuses in an element; None where it accepts it.

    A schema has one log for all threads, which each validation begins anew. It keeps that of the
    last document, whose messages quote it, as long as it lives. Ours live as long as the process,
    so theirs is emptied.
    """
    with _one_at_a_time:
        log = None if schema.validate(element) else schema.error_log
        schema._clear_error_log()  # type: ignore[attr-defined]  # not in lxml-stubs
    return log


def element_at(path: str | None, root: Element) -> Element | None:
    """The element that a path in lxml's log leads to, if it can be followed."""
    if path is None or _plain_path(path) is None:
        return _by_xpath(path, root)
    found = root
    for position in _positions(path)[1:]:
        found = found[int(position or 1) - 1]
    return found


def _by_xpath(path: str | None, root: Element) -> Element | None:
    namespaces = {prefix: uri for prefix, uri in root.nsmap.items() if prefix}
    try:
        found = root.getroottree().xpath(path, namespaces=namespaces) if path else []
    except etree.XPathError:
        return None
    first = found[0] if isinstance(found, list) and found else None
    return first if isinstance(first, etree._Element) else None


def names_to(element: Element) -> tuple[str, ...] | None:
    """The names from the root down to an element; None where a type is stated above it."""
    above = list(element.iterancestors())
    if any(XSI_TYPE in one.attrib for one in above):
        return None
    return (*(one.tag for one in reversed(above)), element.tag)


class Refused(Enum):
    """What is refused of an element."""

    FOREIGN = auto()
    """An attribute that is not allowed."""
    LACKING = auto()
    """An attribute that is demanded and missing."""
    VALUE = auto()
    """The value of an attribute."""
    CHILDREN = auto()
    """The children, by their names."""


class Refusal(NamedTuple):
    """What a schema refuses of an element.

    Args:
        element: the element.
        refused: what of it.
        name: the name of the attribute, which is in no namespace; "" for its children.
        names: the names from the root down to the element.
    """

    element: Element
    refused: Refused
    name: str
    names: tuple[str, ...]


Refusals = dict[Refusal, set[str]]
"""What is refused, each with lxml's names of the errors of a value."""


def plain_refusals(
    document: Element, log: Any, schema: etree.XMLSchema, doubtful: Collection[Element] | None
) -> Refusals | None:
    """All that a schema refuses, where it is attributes and children by their names.

    lxml does not look at an element that it did not expect, nor behind it. If something there may
    be refused, the document is changed for a while so that it does.

    Args:
        document: the document.
        log: what lxml says.
        schema: the schema.
        doubtful: the elements that may be refused; None for all.

    Returns:
        None where it refuses something else as well.
    """
    if _may_refer(document, doubtful):
        return None
    found: Refusals = {}
    with TriedChanges() as changes:
        behind = _Behind(changes, doubtful)
        for _ in range(MAX_ROUNDS):
            unexpected = _note(found, document, log, behind.inserted)
            if unexpected is None:
                return None
            try:
                if not behind.uncover(unexpected):
                    return found
            except _Unknown:
                return None
            log = refusals(schema, document)
            if log is None:
                return found
    return None


def _may_refer(document: Element, doubtful: Collection[Element] | None) -> bool:
    """Whether an element refers to another, as none does that is not doubtful."""
    if doubtful is None or len(doubtful) > _FEW:
        return bool(REFERRING(document))
    return any(not _REFERRING_BY.isdisjoint(one.attrib.keys()) for one in doubtful)


class _Unknown(Exception):
    """Whether something is refused cannot be told."""


class _Behind:
    """What stands at and behind elements that lxml did not expect, where it does not look.

    As a rule one is missing in front of such an element, so an empty one is put there; or it is out
    of order, so it is put where it belongs. If that will not do, the element is taken out.

    Args:
        changes: what changes the document.
        doubtful: the elements that may be refused; None for all.
    """

    def __init__(self, changes: TriedChanges, doubtful: Collection[Element] | None) -> None:
        self._changes, self._doubtful = changes, doubtful
        self._tried: set[Element] = set()
        self.inserted: set[Element] = set()

    def uncover(self, unexpected: Iterable[Element]) -> bool:
        """Change the document so that lxml looks there; False where it need not.

        Raises:
            _Unknown: it cannot be told whether an element that is taken out is refused.
        """
        changed = [self._uncover(element) for element in unexpected]
        return any(changed)

    def _uncover(self, element: Element) -> bool:
        parent = element.getparent()
        names = None if parent is None else names_to(parent)
        if parent is None or names is None:
            raise _Unknown
        is_declared = declares_child(names, element.tag)
        if element not in self.inserted:
            if not self._is_hidden(element, with_itself=is_declared):
                return False
            if is_declared and element not in self._tried and len(parent) < MAX_CHILDREN_REMEMBERED:
                self._tried.add(element)
                following = _following(element, parent, names)
                if following is not None:
                    self._changes.move_before(element, following)
                    return True
                missing = _missing_before(element, parent, names)
                if missing:
                    self.inserted.add(self._changes.put_before(element, missing))
                    return True
            if is_declared and not self._is_accepted(element, names):
                raise _Unknown
        self._changes.take_out(element)
        return True

    def _is_hidden(self, element: Element, *, with_itself: bool) -> bool:
        hidden = (*([element] if with_itself else ()), *element.itersiblings())
        return self._doubtful is None or any(self._may_be_refused(one) for one in hidden)

    def _may_be_refused(self, element: Element) -> bool:
        doubtful = self._doubtful
        return doubtful is None or any(one in doubtful for one in element.iter())

    def _is_accepted(self, element: Element, names: tuple[str, ...]) -> bool:
        return not self._may_be_refused(element) or is_accepted((*names, element.tag), element)


def _following(element: Element, parent: Element, names: tuple[str, ...]) -> Element | None:
    """The sibling that an element is behind and belongs in front of; None if it is in order."""
    order = declared_children(names)
    number, before = order[element.tag], element.itersiblings(preceding=True)
    behind = [one for one in before if order.get(one.tag, number) > number]
    return behind[-1] if behind else None


def _missing_before(element: Element, parent: Element, names: tuple[str, ...]) -> str:
    """The name of the element that xmlschema expects in the place of one; "" for none."""
    wrong = wrong_children(names, [child.tag for child in parent])
    number = parent.index(element)
    expected = next((one.expected for one in wrong if one.number == number), ())
    return hl7(expected[0]) if expected else ""


def misplaced_in(document: Element, log: Any) -> list[tuple[Element, str]]:
    """Attributes that are not allowed, and elements that are not expected.

    Args:
        document: the document.
        log: what lxml says; None where nothing is refused.

    Returns:
        Elements with the names of attributes; "" for an element that is not expected itself.
    """
    found = []
    for entry in log[:MAX_EXPLAINED] if log else ():
        element = element_at(entry.path, document)
        if element is None:
            continue
        if entry.type_name == FOREIGN and (name := _named_attribute(entry.message)):
            found.append((element, name[1]))
        if _is_unexpected(entry):
            found.append((element, ""))
    return found


def _is_unexpected(entry: Any) -> bool:
    return entry.type_name == CONTENT and MISSING not in entry.message


def _note(
    found: Refusals, document: Element, log: Any, inserted: Collection[Element]
) -> list[Element] | None:
    """Note what a log says; gives the elements that lxml did not expect, None for what is else."""
    if len(log) > MAX_EXPLAINED:
        return None
    unexpected = []
    for entry in log:
        element = element_at(entry.path, document)
        if element is None:
            return None
        if _is_unexpected(entry):
            unexpected.append(element)
        if element in inserted:
            continue
        if _is_unexpected(entry):
            element = element.getparent()
        refusal = None if element is None else _refusal(entry, element)
        if refusal is None:
            return None
        errors = found.setdefault(refusal, set())
        if refusal.refused is Refused.VALUE:
            errors.add(entry.type_name)
    return unexpected


def _refusal(entry: Any, element: Element) -> Refusal | None:
    names = None if XSI_TYPE in element.attrib else names_to(element)
    if names is None:
        return None
    if entry.type_name == CONTENT:
        is_short = len(element) <= MAX_CHILDREN_REMEMBERED
        return Refusal(element, Refused.CHILDREN, "", names) if is_short else None
    if len(element.attrib) > MAX_ATTRIBUTES_EXPLAINED:
        return None
    of_name = entry.type_name in (FOREIGN, LACKING)
    name = (_named_attribute if of_name else _plain_attribute)(entry.message)
    if name is None:
        return None
    if not of_name:
        return Refusal(element, Refused.VALUE, name[1], names)
    refused = Refused.FOREIGN if entry.type_name == FOREIGN else Refused.LACKING
    return Refusal(element, refused, name[1], names)
