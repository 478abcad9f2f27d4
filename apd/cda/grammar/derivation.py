"""The derivation of the grammar from the table of elements, the data types and the XSD.

The grammar describes the usual forms of what the table contains: one address where CDA allows many,
no ``nullFlavor`` on a class, no element without a row. Documents with anything else are checked in
full.
"""

from collections.abc import Collection, Mapping, Sequence

from apd.cda.grammar import attribute_choices
from apd.cda.grammar.attribute_choices import Choice, One
from apd.cda.grammar.attribute_values import Values
from apd.cda.grammar.kept import HEADER, PARSED, Kept, unadmitted
from apd.cda.grammar.notation import (
    BLANKS,
    MANY,
    NOT_BLANK,
    OTHERWISE,
    UNQUOTED,
    admitted_or_parsed,
    document,
    either,
    element,
    named,
    optional,
    siblings,
    times,
)
from apd.cda.grammar.parsed_content import parsed_content, part
from apd.cda.grammar.readable_text import readable_text
from apd.cda.grammar.xsd import Particle, Types, types
from apd.cda.path_automaton import Choice as ChoiceOfStates
from apd.cda.path_automaton import Places, State
from apd.standard.data_types import ROWS
from apd.standard.element import Element, Has, In, Is, Occurs, Such
from apd.standard.element_types import (
    BY_PARENT,
    NARRATIVE,
    STATED,
    STATED_TYPES,
    TYPES,
    TYPES_BY_PARENT,
)
from apd.standard.paths import REASON_CODE, Declares, Having, Path, Position, Step

_WITH_PARTS = frozenset(("AD", "PN", "EN"))
_NAMES = frozenset(("PN", "ON", "EN"))
_ROOT_TYPE = "POCD_MT000040.ClinicalDocument"


_USUAL = {"serviceEvent": {"classCode": ("MPROT", "ACT")}}
"""Of sixty classes that CDA has for a service event, those of MedCom's examples."""

_OF_THE_ROOT = ("realmCode", "typeId")
"""What any class may have by the schema; in appointments only the root has it."""

Selected = tuple[tuple[str, Is], ...]
"""The attributes that distinguish an element from others of its name."""


class Derivation:
    """The grammar of a release.

    Args:
        rows: the table of elements.
        kept: the parts of an admitted document that are kept.
        is_relaxed: whether children that are not admitted are kept instead, as ``otherwise0`` and
            so on.

    Attributes:
        places: the places of the table.
        ways: of a relaxed grammar, by the number of what it keeps, the names of the elements from
            the root to the children that are not admitted.
        parsed: the patterns of the elements that the reader parses, by the names of what is kept.
    """

    def __init__(self, rows: Sequence[Element], kept: Kept, *, is_relaxed: bool = False) -> None:
        self._kept = kept
        self._is_relaxed = is_relaxed
        self._parsed_as: str | None = None  # what shows that an element is only parsed
        self._way: tuple[str, ...] = ()
        self.ways: list[tuple[str, ...]] = []
        self.parsed: dict[str, str] = {}
        self._rows = {row.path: row for row in rows}
        names = {step.name for row in rows for step in row.path.steps}
        self._names = names.difference(_OF_THE_ROOT)
        self.places = Places(self._rows)
        self._types: Types = types()
        flavors = Values.of(self._types.values("NullFlavor"))
        self._null = One(flavors.without("NINF").without("PINF"), True)
        self._occurs: list[tuple[Path, Path, Occurs]] = []
        self._such: dict[Path, list[Such]] = {}
        for row in rows:
            for one in row.constraints:
                if isinstance(one, Occurs):
                    within = row.path.parent if one.within is None else one.within
                    self._occurs.append((within, row.path, one))
                elif isinstance(one, Such):
                    self._such.setdefault(row.path / one.child, []).append(one)

    def pattern(self) -> str:
        """The grammar, as a regular expression; a name may occur in it several times."""
        root = self._class("ClinicalDocument", _ROOT_TYPE, self.places.root, (), {})
        assert root is not None
        return root

    # --- classes -----------------------------------------------------------------------------

    def _class(
        self,
        name: str,
        type: str,
        state: State,
        selected: Selected,
        instead: Mapping[str, State],
    ) -> str | None:
        """An element that is no value; None where it cannot be described.

        Args:
            name: its name.
            type: the name of its type in the schema.
            state: the places that it is.
            selected: attributes that distinguish it from others of its name.
            instead: the states of children that several places share.
        """
        declared = self._types.type(type)
        choice = attribute_choices.of_type(declared.attributes, ("nullFlavor",))
        values: dict[str, Collection[str]] = {**_USUAL.get(name, {})}
        for path in state.paths:
            row = self._rows.get(path)
            if row is not None:
                values |= {one: (value,) for one, value in row.fixed.items()}
        selecting = {one: (value.value,) for one, value in selected}
        values |= selecting
        constraints = self._has(state)
        constrained = {one for has in constraints for one in has.attributes}
        choice = {
            attribute: One(Values.of(values[attribute]), one.is_required or attribute in selecting)
            if attribute in values
            else one
            for attribute, one in choice.items()
            if one.is_required or attribute in values.keys() | constrained
        }
        content: str | None = None
        if declared.content.form == "choice" or any(True for _ in declared.content.names()):
            around, self._way = self._way, (*self._way, name)
            parsed_as, self._parsed_as = self._parsed_as, None
            content = self._content(declared.content, self._needed(state), state, name, instead)
            self._way, self._parsed_as = around, parsed_as
            if content is None:
                return None
            if parsed_as is not None:
                parsed = parsed_content(self._types, type, self._names)
                content = admitted_or_parsed(content, parsed, parsed_as)
            content = BLANKS + content
        if "value" in choice and "IVL_TS" in type:
            choice = {}  # an interval says its bounds and nothing else
        choices = list(attribute_choices.meeting(choice, constraints))
        if name == "ClinicalDocument":
            assert content is not None
            return document(self._attributes(choices[0], state.paths), named(HEADER, "") + content)
        return either(
            [element(name, self._attributes(one, state.paths), content) for one in choices]
        )

    def _attributes(self, choice: Choice, paths: Collection[Path]) -> str:
        """The pattern of the attributes of an element in some places."""
        kept = {
            attribute: name
            for (path, attribute), name in self._kept.attributes.items()
            if path in paths or _is_selected(path, paths, choice)
        }
        return attribute_choices.pattern(choice, kept)

    def _has(self, state: State) -> list[Has]:
        return [
            one
            for path in state.paths
            if path in self._rows
            for one in self._rows[path].constraints
            if isinstance(one, Has)
        ]

    def _needed(self, state: State) -> set[str]:
        """The names of children that the table demands."""
        needed = set()
        for within, path, one in self._occurs:
            if within in state.paths and one.least:
                needed.add(path.steps[len(within.steps)].name)
            # of one that is demanded further up, each element on the way
            for here in state.paths:
                is_between = len(within.steps) < len(here.steps) < len(path.steps)
                if one.least and is_between and path.steps[: len(here.steps)] == here.steps:
                    needed.add(path.steps[len(here.steps)].name)
        for path, such in self._such.items():
            if path.parent in state.paths and any(one.least for one in such):
                needed.add(path.name)
        for path in state.paths:
            if path.steps and isinstance(path.steps[-1].selector, Declares):
                needed.add("templateId")
        return needed

    def _content(
        self,
        particle: Particle,
        needed: set[str],
        state: State,
        parent: str,
        instead: Mapping[str, State],
    ) -> str | None:
        """The pattern of what is in an element; None where it cannot be described."""
        if particle.form == "any":
            return None if particle.least else ""
        if particle.form == "element":
            least = max(particle.least, particle.name in needed)
            places = [path / particle.name for path in state.paths]
            kept = self._kept.element(places)
            if kept in PARSED and not self._is_relaxed:
                self._parsed_as = unadmitted(kept)
            made = self._children(particle, least, state, parent, instead)
            self._parsed_as = None
            if kept in PARSED and made:
                self.parsed[kept] = made
            made = named(kept, made) if kept and made else made
            return self._relaxed(made, particle, bool(least), state)
        is_needed = not needed.isdisjoint(particle.names())
        if particle.form == "sequence":
            parts = []
            for part in particle.parts:
                made = self._content(part, needed, state, parent, instead)
                if made is None:
                    return "" if not particle.least and not is_needed else None
                parts.append(made)
            whole = "".join(parts)
            return whole if particle.least or is_needed else optional(whole)
        wanted = needed.intersection(particle.names())
        made_of = [
            self._content(part, needed, state, parent, instead)
            for part in particle.parts
            if wanted <= set(part.names())
        ]
        choice = either([made for made in made_of if made])
        if particle.least or is_needed:
            return choice
        return "" if choice is None else optional(choice)

    def _relaxed(
        self, made: str | None, particle: Particle, is_needed: bool, state: State
    ) -> str | None:
        """The children of one name, or in a relaxed grammar whatever stands in their place."""
        name = particle.name
        # what tells which place an element is settles the rest of it
        is_told = name == "templateId" and _template_of(state) is not None
        if not (self._is_relaxed and made) or is_told:
            return made
        leads = state.next.get(name)
        first = None
        if isinstance(leads, ChoiceOfStates) and _is_by_position(leads):
            first = self._class(name, particle.type, leads.states[1], (), {})
        self.ways.append((*self._way, name))
        return siblings(name, made, f"{OTHERWISE}{len(self.ways) - 1}", is_needed, first or "")

    # --- the children of one name ------------------------------------------------------------

    def _children(
        self,
        particle: Particle,
        least: int,
        state: State,
        parent: str,
        instead: Mapping[str, State],
    ) -> str | None:
        name = particle.name
        leads = instead.get(name) or state.next.get(name)
        places = [path / name for path in state.paths]
        such = [one for path in places for one in self._such.get(path, ())]
        template = _template_of(state)
        if name == "templateId" and template is not None:
            such = [Such(such[0].rule, name, {"root": Is(template)}), *such]
        if leads is None and not such:
            return None if least else ""
        most = particle.most
        for within, path, one in self._occurs:
            if within in state.paths and path in places:
                least = max(least, one.least)
                most = most if one.most is None else min(most, one.most)
        if not most:
            return ""
        if isinstance(leads, ChoiceOfStates):
            return self._of_choice(particle, least, most, state, leads)
        leads = leads or self.places.nowhere
        shared = self._shared(leads)
        if shared is not None:
            return self._of_shared(particle, state, leads, *shared)
        if self._kind(name, parent, leads) is None:
            if not self._types.is_complex(particle.type):
                return None if least else ""
            # of what recurs without end a match would keep the last only
            around, self._is_relaxed = self._is_relaxed, self._is_relaxed and most != MANY
            made = self._class(name, particle.type, leads, (), {})
            self._is_relaxed = around
            return times(made, least, most)
        return self._values(particle, least, most, parent, leads, such, places)

    def _of_choice(
        self, particle: Particle, least: int, most: int, state: State, leads: ChoiceOfStates
    ) -> str | None:
        """Children of one name that are several places, in the order of the table."""
        made: list[tuple[State, Selected, int, int]] = []
        selectors = leads.selectors
        for number, selector in enumerate(selectors):
            chosen = leads.states[1 << number]
            if isinstance(selector, Position):
                count = (selector.last or most) - selector.first + 1
                made.append((chosen, (), int(selector.first <= least), min(count, most)))
            elif isinstance(selector, Having):
                made.append((chosen, ((selector.attribute, Is(selector.value)),), 0, 1))
            else:
                made.append((chosen, (), 0, 1))
        if _is_by_position(leads):
            parts = [
                times(self._class(particle.name, particle.type, chosen, selected, {}), few, many)
                for chosen, selected, few, many in made
            ]
            return None if None in parts else "".join(part for part in parts if part)
        if all(isinstance(one, Having) for one in selectors):
            made += self._other_values(leads)
            classes = (
                self._class(particle.name, particle.type, chosen, selected, {})
                for chosen, selected, _, _ in made
            )
            return times(either([one for one in classes if one]), least, 1)
        return "".join(
            times(one, few, many) or ""
            for chosen, selected, few, many in made
            if (one := self._class(particle.name, particle.type, chosen, selected, {}))
        )

    def _other_values(self, leads: ChoiceOfStates) -> list[tuple[State, Selected, int, int]]:
        """The elements that no selector takes, where a row lists the values of the attribute."""
        others = leads.states[0]
        known = {s.value for s in leads.selectors if isinstance(s, Having)}
        return [
            (others, ((name, Is(value)),), 0, 1)
            for one in self._has(others)
            for name, condition in one.attributes.items()
            if isinstance(condition, In)
            for value in condition.values
            if value not in known
        ]

    def _shared(self, leads: State) -> tuple[str, ChoiceOfStates] | None:
        """The one child that says which place an element is about, if a template does."""
        for name, choice in leads.next.items():
            if isinstance(choice, ChoiceOfStates) and all(
                isinstance(one, Declares) for one in choice.selectors
            ):
                paths = [path for path in choice.states[1].paths if path.steps[-1].selector]
                counted = [p for w, p, one in self._occurs if p in paths and w not in leads.paths]
                if counted:
                    return name, choice
        return None

    def _of_shared(
        self, particle: Particle, state: State, leads: State, name: str, choice: ChoiceOfStates
    ) -> str | None:
        """Elements that are counted by what is in them: the service events."""
        variants = []
        for number, _ in enumerate(choice.selectors):
            chosen = choice.states[1 << number]
            made = self._class(particle.name, particle.type, leads, (), {name: chosen})
            counts = [
                one for w, path, one in self._occurs if path in chosen.paths and w in state.paths
            ]
            if made is not None:
                least = max(one.least for one in counts)
                variants.append(times(made, least, 1) or "")
        return "".join(variants)

    # --- values ------------------------------------------------------------------------------

    def _kind(self, name: str, parent: str, state: State) -> str | None:
        kind = TYPES.get(name)
        if kind == BY_PARENT:
            by_parent = TYPES_BY_PARENT[name]
            kind = by_parent.get(parent) or by_parent.get("")
        elif kind == STATED:
            types = [self._rows[path].type for path in state.paths if path in self._rows]
            kind = STATED_TYPES.get(types[0] or "") if types else None
        return None if kind == "IVL" or kind == "unopened" else kind

    def _values(
        self,
        particle: Particle,
        least: int,
        most: int,
        parent: str,
        state: State,
        such: list[Such],
        places: Sequence[Path],
    ) -> str | None:
        """Children that are values of a data type."""
        name = particle.name
        kind = self._kind(name, parent, state)
        if kind == NARRATIVE:
            return times(readable_text(self._types, name, particle.type), least, 1)
        constraints = self._has(state)
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
            null = element(name, self._attributes(flavored, places), self._nothing(particle))
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
        return element(particle.name, self._attributes(choice, places), content)

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


def _template_of(state: State) -> str | None:
    """The template that tells an element from others of its name, if one does."""
    selectors = (path.steps[-1].selector for path in state.paths if path.steps)
    return next((one.template for one in selectors if isinstance(one, Declares)), None)


def _is_by_position(leads: ChoiceOfStates) -> bool:
    """Whether elements are told from others of their name by their positions."""
    return all(isinstance(one, Position) for one in leads.selectors)


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
