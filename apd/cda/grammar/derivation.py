"""The derivation of the grammar from the table of elements, the data types and the XSD.

The grammar describes the usual forms of what the table contains: one address where CDA allows many,
no ``nullFlavor`` on a class, no element without a row. Documents with anything else are checked in
full.
"""

from collections.abc import Collection, Mapping, Sequence

from apd.cda.grammar import attribute_choices
from apd.cda.grammar.attribute_choices import One
from apd.cda.grammar.attribute_values import Values
from apd.cda.grammar.kept import HEADER, PARSED, PARSED_TOGETHER, Kept, unadmitted
from apd.cda.grammar.notation import (
    BLANKS,
    MANY,
    OTHERWISE,
    admitted_or_parsed,
    admitted_or_parsed_together,
    document,
    either,
    element,
    named,
    optional,
    siblings,
    times,
)
from apd.cda.grammar.parsed_content import parsed_content, parsed_element
from apd.cda.grammar.value_patterns import ValuePatterns
from apd.cda.grammar.xsd import ROOT_TYPE, Particle, Types, types
from apd.cda.path_automaton import Choice as ChoiceOfStates
from apd.cda.path_automaton import Places, State
from apd.standard.element import Element, In, Is, Occurs, Such
from apd.standard.paths import ROOT, Declares, Having, Path, Position

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
        self._values = ValuePatterns(self._rows, self._types, kept)
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
        root = self._class(ROOT.name, ROOT_TYPE, self.places.root, (), {})
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
        constraints = self._values.has(state)
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
        if name == ROOT.name:
            assert content is not None
            return document(
                self._values.attributes(choices[0], state.paths), named(HEADER, "") + content
            )
        return either(
            [element(name, self._values.attributes(one, state.paths), content) for one in choices]
        )

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
            if not kept or not made:
                return self._relaxed(made, particle, bool(least), state)
            if kept in PARSED_TOGETHER and not self._is_relaxed:
                parsed = parsed_element(self._types, particle, self._names)
                shows = unadmitted(kept)
                made = admitted_or_parsed_together(particle.name, made, parsed, shows)
            relaxed = self._relaxed(named(kept, made), particle, bool(least), state)
            if kept in PARSED:
                self.parsed[kept] = made
            elif kept in PARSED_TOGETHER and relaxed:
                self.parsed[kept] = relaxed
            return relaxed
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
        if self._values.kind(name, parent, leads) is None:
            if not self._types.is_complex(particle.type):
                return None if least else ""
            # of what recurs without end a match would keep the last only
            around, self._is_relaxed = self._is_relaxed, self._is_relaxed and most != MANY
            made = self._class(name, particle.type, leads, (), {})
            self._is_relaxed = around
            return times(made, least, most)
        return self._values.pattern(particle, least, most, parent, leads, such, places)

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
            for one in self._values.has(others)
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


def _template_of(state: State) -> str | None:
    """The template that tells an element from others of its name, if one does."""
    selectors = (path.steps[-1].selector for path in state.paths if path.steps)
    return next((one.template for one in selectors if isinstance(one, Declares)), None)


def _is_by_position(leads: ChoiceOfStates) -> bool:
    """Whether elements are told from others of their name by their positions."""
    return all(isinstance(one, Position) for one in leads.selectors)
