"""The values of data types in the grammar, from the data types, the table and the XSD."""

from collections.abc import Collection, Mapping, Sequence

from apd.cda.grammar import attribute_choices
from apd.cda.grammar.attribute_choices import Choice, One
from apd.cda.grammar.attribute_values import Values
from apd.cda.grammar.kept import Kept
from apd.cda.grammar.notation import (
    BLANKS,
    MANY,
    NOT_BLANK,
    UNQUOTED,
    either,
    element,
    named,
    optional,
    times,
)
from apd.cda.grammar.parsed_content import part
from apd.cda.grammar.readable_text import readable_text
from apd.cda.grammar.xsd import Particle, Types
from apd.cda.path_automaton import State
from apd.standard.data_types import ROWS
from apd.standard.element import Element, Has, Such
from apd.standard.element_types import (
    BY_PARENT,
    NARRATIVE,
    STATED,
    STATED_TYPES,
    TYPES,
    TYPES_BY_PARENT,
)
from apd.standard.paths import REASON_CODE, Having, Path, Step

_WITH_PARTS = frozenset(("AD", "PN", "EN"))
_NAMES = frozenset(("PN", "ON", "EN"))


class ValuePatterns:
    """Derives them, and what the attributes of any element may be.

    Args:
        rows: the table of elements, by their paths.
        types: the types of the schema.
        kept: the parts of an admitted document that are kept.
    """

    def __init__(self, rows: Mapping[Path, Element], types: Types, kept: Kept) -> None:
        self._rows, self._types, self._kept = rows, types, kept
        flavors = Values.of(types.values("NullFlavor"))
        self._null = One(flavors.without("NINF").without("PINF"), True)

    def attributes(self, choice: Choice, paths: Collection[Path]) -> str:
        """The pattern of the attributes of an element in some places."""
        kept = {
            attribute: name
            for (path, attribute), name in self._kept.attributes.items()
            if path in paths or _is_selected(path, paths, choice)
        }
        return attribute_choices.pattern(choice, kept)

    def has(self, state: State) -> list[Has]:
        """What the table asks of the attributes of an element."""
        return [
            one
            for path in state.paths
            if path in self._rows
            for one in self._rows[path].constraints
            if isinstance(one, Has)
        ]

    def kind(self, name: str, parent: str, state: State) -> str | None:
        """The data type of an element; None for one that is no value."""
        kind = TYPES.get(name)
        if kind == BY_PARENT:
            by_parent = TYPES_BY_PARENT[name]
            kind = by_parent.get(parent) or by_parent.get("")
        elif kind == STATED:
            types = [self._rows[path].type for path in state.paths if path in self._rows]
            kind = STATED_TYPES.get(types[0] or "") if types else None
        return None if kind == "IVL" or kind == "unopened" else kind

    def pattern(
        self,
        particle: Particle,
        least: int,
        most: int,
        parent: str,
        state: State,
        such: list[Such],
        places: Sequence[Path],
    ) -> str | None:
        """Children that are values of a data type; None where they cannot be described.

        Args:
            particle: what the schema has.
            least: how many there are at least.
            most: how many at most.
            parent: the name of the element that they are in.
            state: their places.
            such: what the table asks of those of their name.
            places: the paths of those.
        """
        name = particle.name
        kind = self.kind(name, parent, state)
        if kind == NARRATIVE:
            return times(readable_text(self._types, name, particle.type), least, 1)
        constraints = self.has(state)
        if REASON_CODE not in state.paths:
            constraints += [row.constraint for row in ROWS if kind in row.types]
        own = self._attributes_of(particle, kind, state)
        if own is None:
            return None if least else ""
        demanded = [one for one in such if one.least or (one.most is not None and one.alone)]
        counted = [] if demanded else such
        for one in demanded:
            own = None if own is None else attribute_choices.with_all(own, one.attributes)
        if own is None:
            return None
        choices = list(attribute_choices.meeting(own, constraints))
        given = [self._given(kind, particle, one, places) for one in choices]
        if not given:
            return None
        if counted:
            return self._counted(kind, particle, choices, counted[0], least, places)
        null = None
        has_type = own.get("xsi:type")
        if not demanded and attribute_choices.admits_null(constraints):
            stated = {} if has_type is None else {"xsi:type": has_type}
            flavored = {**stated, "nullFlavor": self._null}
            null = element(name, self.attributes(flavored, places), self._nothing(particle))
        # of nothing else the model has several; a function sees whether they differ
        several = times(either(given), 1, MANY if kind == "TEL" and most > 1 else 1)
        both = either([one for one in (several, null) if one])
        return both if least else optional(both or "")

    def _attributes_of(self, particle: Particle, kind: str | None, state: State) -> Choice | None:
        """The attributes of a value, by its type in the schema or, if that is open, the table."""
        type = particle.type
        if type == "ANY":
            stated = [self._rows[path].type for path in state.paths if path in self._rows]
            if not stated or stated[0] is None:
                return None
            type = stated[0]
            own = attribute_choices.of_type(self._types.type(type).attributes, ("nullFlavor",))
            return {**own, "xsi:type": One(Values.of((type,)), True)}
        if kind == "ED":
            return {}
        return attribute_choices.of_type(
            self._types.type(type).attributes, ("nullFlavor", "inclusive")
        )

    def _given(
        self, kind: str | None, particle: Particle, choice: Choice, places: Sequence[Path]
    ) -> str:
        kept = next((name for path, name in self._kept.texts.items() if path in places), None)
        text = named(kept, NOT_BLANK) if kept else NOT_BLANK
        content = self._nothing(particle)
        if kind in _WITH_PARTS:
            content = self._parts(particle.type, text)
        elif kind in ("ON", "ED"):
            content = text
        if kind in _NAMES:
            content = f"{UNQUOTED}{content}"
        return element(particle.name, self.attributes(choice, places), content)

    def _nothing(self, particle: Particle) -> str | None:
        """What is in an element without content: white space, if the schema has elements there."""
        if particle.type == "ANY" or self._types.type(particle.type).is_mixed:
            return None
        return "" if any(self._types.type(particle.type).content.names()) else None

    def _parts(self, type: str, text: str) -> str:
        """The content of a name or an address: parts, or text."""
        return f"(?:{BLANKS}(?:{part(self._types, type)})+|{text})"

    def _counted(
        self,
        kind: str | None,
        particle: Particle,
        choices: list[Choice],
        counted: Such,
        least: int,
        places: Sequence[Path],
    ) -> str | None:
        """Children of which some are counted, and the others not."""
        some = [one for one in choices if _is_such(one, counted)]
        others = [one for one in choices if one not in some]
        one, other = (
            either([self._given(kind, particle, choice, places) for choice in half])
            for half in (some, others)
        )
        if one is None or other is None:
            return None if least else ""
        return f"(?:{other})*(?:{one}(?:{other})*)?"


def _is_selected(path: Path, paths: Collection[Path], choice: Choice) -> bool:
    """Whether a choice has the value of an attribute that selects a place among others."""
    name, selector = path.steps[-1] if path.steps else Step("")
    if not isinstance(selector, Having) or path.parent / name not in paths:
        return False
    one = choice.get(selector.attribute)
    return one is not None and one.values == Values.of((selector.value,))


def _is_such(choice: Choice, such: Such) -> bool:
    """Whether all elements of a choice are such."""
    return attribute_choices.with_all(choice, such.attributes) == choice
