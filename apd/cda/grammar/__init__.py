"""A grammar of the documents in which no row and no schema finds anything: a regular expression.

It is derived from the table of elements, the data types and the XSD: order and number of elements,
fixed values as strings, lists of values, lexical forms, a nullFlavor or content. It matches
documents in the form of canonical XML (:mod:`apd.cda.grammar.notation`); libxml2 converts others
to that form first. A document that is admitted is neither walked nor validated with the XSD. One
that is not admitted may still be valid. The relaxed grammar says which elements of one are not
admitted, so that these are checked and the others are not; what that does not match is checked in
full.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import count
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from apd.cda.grammar.kept import (
    HEADER,
    KEPT,
    PARSED,
    PARSED_TOGETHER,
    KeptParts,
    unadmitted,
)
from apd.cda.grammar.notation import (
    COMMENT_BEFORE_TAG,
    MOST_DECLARATIONS,
    OTHERWISE,
    PART,
)
from apd.cda.remembering import made_once
from apd.cda.xml import Element, canonical_xml
from apd.model.document import Layout
from apd.model.validators import NOT_IN_XML_ABOVE
from apd.standard.paths import ROOT
from apd.standard.releases import Release

# What a grammar is derived of is imported then: a process that reads a few documents needs none.
if TYPE_CHECKING:
    from apd.cda.grammar.derivation import Derivation

__all__ = [
    "KEPT",
    "MOST_CHARACTERS",
    "Grammar",
    "PartlyAdmitted",
    "RelaxedGrammar",
    "Unadmitted",
    "as_written",
    "canonical",
    "grammar_after_few",
    "grammar_of",
    "relaxed_after_few",
    "relaxed_grammar_of",
    "without_comments",
]

MOST_CHARACTERS = 64 * 1024
"""A longer document is checked in full. The longest official example has 18,000."""


class Unadmitted(NamedTuple):
    """The children of one name that an element has, and of which not all are admitted.

    Args:
        way: the names of the elements from the root to them.
        start: where they start in the text.
        end: where they end; the same if there is none where one is demanded.
        kept_as: the name under which they are kept, of those that the reader parses.
    """

    way: tuple[str, ...]
    start: int
    end: int
    kept_as: str = ""


class PartlyAdmitted(NamedTuple):
    """A document of which all is admitted but some elements, with all that is in them.

    Args:
        kept: as :meth:`Grammar.kept` gives them; of what is not admitted, anything.
        unadmitted: the elements, in the order of the document.
    """

    kept: KeptParts
    unadmitted: list[Unadmitted]


class Readable(NamedTuple):
    """A document that the reader need not parse.

    Args:
        parts: what of it is admitted; the rest is parsed.
        layout: where some of its parts are.
    """

    parts: PartlyAdmitted
    layout: Layout


class Grammar:
    """The grammar of a release.

    Args:
        release: the release.

    Attributes:
        places: the places of its table.
    """

    def __init__(self, release: Release) -> None:
        derivation = _derivation(release)
        self.places = derivation.places
        self._match, groups = _compiled(derivation.pattern())
        self._kept = _NamedGroups(groups)
        self._parsed = [
            (unadmitted(name), way, groups[name][0] + 1, name) for name, way in _ways_to_parsed()
        ]
        self._places = [groups[name][0] + 1 for name in (HEADER, "section", "text", "encounter")]

    def kept(self, text: str | None) -> KeptParts | None:
        """The parts of a document that are kept, by name; None if the grammar does not admit it.

        In a document that it admits no row and no schema finds anything.

        Args:
            text: the document; None for none.
        """
        parts = self.parts(text)
        return None if parts is None or parts.unadmitted else parts.kept

    def parts(self, text: str | None) -> PartlyAdmitted | None:
        """What of a document is admitted, if the rest is in elements that the reader parses.

        The rest is well-formed. None of any other document.

        Args:
            text: the document; None for none.
        """
        match = self._matched(text)
        return None if match is None else self._parts(match)

    def readable(self, text: str | None) -> Readable | None:
        """As :meth:`parts`, with the layout; None if the reader has to parse all of a document.

        Args:
            text: the document; None for none.
        """
        match = self._matched(text)
        if match is None:
            return None
        header, section, readable_text, encounter = self._places
        layout = Layout(
            match.start(header),
            match.start(section),
            *match.span(readable_text),
            *match.span(encounter),
        )
        return Readable(self._parts(match), layout)

    def _matched(self, text: str | None) -> "re.Match[str] | None":
        return None if text is None or len(text) > MOST_CHARACTERS else self._match(text)

    def _parts(self, match: "re.Match[str]") -> PartlyAdmitted:
        kept = self._kept.of(match)
        others = [
            Unadmitted(way, *match.span(group), name)
            for shows, way, group, name in self._parsed
            if kept[shows]
        ]
        return PartlyAdmitted(kept, sorted(others, key=itemgetter(1)))


class RelaxedGrammar:
    """The grammar of a release in which any children of an element may be otherwise.

    Args:
        release: the release.

    Attributes:
        ways: the ways of all that may be otherwise.
    """

    def __init__(self, release: Release) -> None:
        derivation = _derivation(release, is_relaxed=True)
        self._whole = _RelaxedPattern(derivation.pattern(), derivation.ways)
        self.ways, self._patterns = derivation.ways, derivation.parsed

    @cached_property
    def _parsed(self) -> dict[str, "_RelaxedPattern"]:
        return {name: _RelaxedPattern(self._patterns[name], self.ways) for name in _PARSED}

    def parts(self, text: str | None) -> PartlyAdmitted | None:
        """What of a well-formed document is admitted; None where that cannot be told.

        In elements that are admitted no row and no schema finds anything; in those around the
        others they may.

        Args:
            text: the document; None for none.
        """
        if text is None or len(text) > MOST_CHARACTERS:
            return None
        return self._whole.parts(text, 0, len(text))

    def within(self, text: str, parts: PartlyAdmitted) -> PartlyAdmitted:
        """What is admitted of the elements that :meth:`Grammar.parts` has as not admitted.

        Args:
            text: the document.
            parts: what the grammar knows of it.
        """
        kept, unadmitted = dict(parts.kept), []
        for one in parts.unadmitted:
            found = self._parsed[one.kept_as].parts(text, one.start, one.end)
            # that something in it is not admitted is certain
            if found is None or not found.unadmitted:
                unadmitted.append(one)
            else:
                kept.update(found.kept)
                unadmitted += found.unadmitted
        return PartlyAdmitted(kept, unadmitted)


class _RelaxedPattern:
    """A pattern that keeps what is not admitted.

    Args:
        pattern: the pattern.
        ways: the ways of what it may keep, by the numbers of that.
    """

    def __init__(self, pattern: str, ways: Sequence[tuple[str, ...]]) -> None:
        self._match, groups = _compiled(pattern)
        names = [(f"{OTHERWISE}{number}", way) for number, way in enumerate(ways)]
        self._otherwise = [(way, n) for name, way in names for n in groups.pop(name, ())]
        self._kept = _NamedGroups(groups)

    def parts(self, text: str, start: int, end: int) -> PartlyAdmitted | None:
        """What is admitted of a part of a text; None where that cannot be told."""
        match = self._match(text, start, end)
        if match is None:
            return None
        taken = match.groups()
        there = [
            (match.start(n + 1), match.end(n + 1), way)
            for way, n in self._otherwise
            if taken[n] is not None
        ]
        return PartlyAdmitted(
            self._kept.of(match), [Unadmitted(way, start, end) for start, end, way in sorted(there)]
        )


_PARSED = (*PARSED, *PARSED_TOGETHER)


def _ways_to_parsed() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The elements that are parsed, each with the names of the elements from the root to it."""
    for path, name in KEPT.elements.items():
        if name in _PARSED:
            yield name, path.names


@made_once(maxsize=8)
def grammar_of(release: Release) -> Grammar:
    """The grammar of a release, derived once."""
    return Grammar(release)


@made_once(maxsize=8)
def relaxed_grammar_of(release: Release) -> RelaxedGrammar:
    """The relaxed grammar of a release, derived once."""
    return RelaxedGrammar(release)


FEW_DOCUMENTS = 10
"""So many documents are read or checked without it: to derive it takes as long as hundreds."""


def grammar_after_few(release: Release) -> Grammar | None:
    """The grammar of a release; None the first few times that it is asked for."""
    return grammar_of(release) if next(_times_asked(Grammar, release)) > FEW_DOCUMENTS else None


def relaxed_after_few(release: Release) -> RelaxedGrammar | None:
    """The relaxed grammar of a release; None the first few times that it is asked for."""
    is_needed = next(_times_asked(RelaxedGrammar, release)) > FEW_DOCUMENTS
    return relaxed_grammar_of(release) if is_needed else None


@lru_cache(maxsize=16)
def _times_asked(grammar: type, release: Release) -> Iterator[int]:
    return count(1)


def as_written(data: bytes | str) -> str | None:
    """The text of a document in UTF-8; None if it is in another encoding."""
    try:
        text = data if isinstance(data, str) else data.decode()
    except UnicodeDecodeError:
        return None
    return None if _illegal(text) else text


def without_comments(text: str) -> str:
    """A text without the comments in the root that stand before tags."""
    root = text.find(_ROOT_STARTS)  # the grammar admits comments around it
    # an exclamation mark is found much faster than the start of a comment
    has_comments = text.rfind("!") > root and text.find("<!--", root) > 0
    return _comment_before_tag.sub("", text) if has_comments else text


def canonical(data: bytes | str, root: Element) -> str | None:
    """A document as canonical XML without comments, if the grammar may admit it.

    Args:
        data: the document.
        root: its root element.

    Returns:
        None where it is too long, or declares more namespaces than the grammar has: libxml2
        compares each with all that are in scope, again and again.
    """
    declarations = data.count("xmlns") if isinstance(data, str) else data.count(b"xmlns")
    if len(data) > MOST_CHARACTERS or not 0 < declarations <= MOST_DECLARATIONS:
        return None
    return canonical_xml(root)


def _illegal(text: str) -> bool:
    """Whether there is a character above 255 that XML has not."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return _is_illegal(text) is not None
    return False


_ROOT_STARTS = f"<{ROOT.name}"
_comment_before_tag = re.compile(COMMENT_BEFORE_TAG)
_is_illegal = re.compile(f"[{NOT_IN_XML_ABOVE}]").search
_NAMED = re.compile(r"\(\?P(<|=)(\w+)(?:>|\))")


def _derivation(release: Release, *, is_relaxed: bool = False) -> "Derivation":
    from apd.cda.grammar.derivation import Derivation
    from apd.standard.elements import elements

    return Derivation(elements(release), KEPT, is_relaxed=is_relaxed)


_Match = Callable[..., "re.Match[str] | None"]


def _compiled(pattern: str) -> tuple[_Match, dict[str, list[int]]]:
    """A pattern in which a name may occur several times, and the numbers of its groups, from 0."""
    numbered = _Numbered()
    return re.compile(_NAMED.sub(numbered, pattern)).fullmatch, numbered.groups


class _NamedGroups:
    """Names the parts that a match has kept.

    Args:
        groups: the numbers of the groups of each name.
    """

    def __init__(self, groups: Mapping[str, list[int]]) -> None:
        others = (PART, HEADER, *KEPT.places.values())
        kept = {name: numbers for name, numbers in groups.items() if name not in others}
        self._names = tuple(kept)
        self._first_groups = _items([numbers[0] for numbers in kept.values()])
        self._several_groups = [
            (name, _items(numbers)) for name, numbers in kept.items() if len(numbers) > 1
        ]

    def of(self, match: "re.Match[str]") -> dict[str, str]:
        """The parts, by name."""
        taken = match.groups("")
        kept = dict(zip(self._names, self._first_groups(taken), strict=True))
        for name, groups in self._several_groups:
            kept[name] = "".join(groups(taken))
        return kept


def _items(numbers: Sequence[int]) -> Callable[[Sequence[str]], Sequence[str]]:
    """Gives the items of some numbers."""
    if len(numbers) > 1:
        return itemgetter(*numbers)
    return lambda of: [of[number] for number in numbers]


class _Numbered:
    """Makes groups out of those that have a name which may occur several times.

    Attributes:
        groups: the numbers of the groups of each name, from 0 on.
    """

    def __init__(self) -> None:
        self.groups: dict[str, list[int]] = {}
        self._count = 0

    def __call__(self, named: "re.Match[str]") -> str:
        kind, name = named.groups()
        if kind == "=":  # the last of its name; by a name, as \\101 is a letter
            return f"(?P=_{self.groups[name][-1]})"
        self.groups.setdefault(name, []).append(self._count)
        self._count += 1
        return f"(?P<_{self._count - 1}>"
