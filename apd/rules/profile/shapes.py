"""The forms that most clauses have: exactly one of a child, a value that is fixed."""

from collections.abc import Callable, Iterable
from functools import cache
from itertools import filterfalse
from operator import attrgetter

from apd.finding import Layer, Severity
from apd.rules.counting import ExactlyOne, FixedValue, Nodes
from apd.rules.index import Index, Node
from apd.rules.registry import Check, Rule, clauses
from apd.wording import Wording

PROFILE = "APD-DK 2.0.1"
ERRATA_OF_2021 = "errata of 2021-11-24"
OFFICIAL = "MedCom's Schematron of 2020-11"
EXAMPLES = "MedCom's examples for 2.0.1"

Holds = Callable[[Node], bool]

INFERRED = Wording(
    " Klausulens ordlyd foreligger ikke her; meningen er udledt af MedComs eksempler, og ingen af "
    "deres værktøjer kontrollerer den. Derfor er det en advarsel.",
    " The text of the clause is not at hand; its meaning is inferred from MedCom's examples, and "
    "none of their tools checks it. That is why this is a warning.",
)


def both(first: Wording, second: Wording) -> Wording:
    """One text after the other."""
    return Wording(first.da + second.da, first.en + second.en)


def errata(*items: int) -> str:
    """The source of what an errata item says."""
    numbers = ", ".join(map(str, items))
    return f"{PROFILE}, {ERRATA_OF_2021}, item {numbers}"


def rule(
    ids: str,
    check: Check,
    wording: Wording,
    explanation: Wording,
    mend: Wording,
    *,
    name: str | None = None,
    source: str = PROFILE,
    severity: Severity = Severity.ERROR,
    layer: Layer = Layer.PROFILE,
) -> Rule:
    """A rule of the profile.

    Args:
        ids: the clauses it speaks for, with blanks between them; the first one names it.
        check: gives the elements that break it.
        wording: what is wrong and what would be right.
        explanation: what it is for.
        mend: what to do.
        name: its own id, where the first clause is not the name.
        source: where it is written.
        severity: what a finding weighs.
        layer: the set of rules.
    """
    conformance = clauses(ids)
    return Rule(
        id=name or conformance[0],
        conformance=conformance,
        layer=layer,
        severity=severity,
        source=source,
        wording=wording,
        explanation=explanation,
        mend=mend,
        check=check,
    )


def one(
    ids: str,
    parents: Nodes,
    child: str,
    place: Wording,
    explanation: Wording,
    *,
    name: str | None = None,
    source: str = PROFILE,
) -> Rule:
    """Exactly one child of a name in each of the elements."""
    return rule(
        ids,
        ExactlyOne(parents, child),
        Wording(
            f"{place.da} skal have præcis ét element {child}.",
            f"{place.en} must have exactly one element {child}.",
        ),
        explanation,
        Wording(
            f"Tilføj {child}, hvis det mangler. Er der flere, så behold det rigtige.",
            f"Add {child} if it is missing. If there are several, keep the right one.",
        ),
        name=name,
        source=source,
    )


def at_most_one(
    ids: str,
    parents: Nodes,
    child: str,
    place: Wording,
    explanation: Wording,
    *,
    name: str | None = None,
    source: str = PROFILE,
) -> Rule:
    """At most one child of a name in each of the elements."""

    def check(index: Index) -> list[Node]:
        return [node for parent in parents(index) for node in parent.all(child)[1:]]

    return rule(
        ids,
        check,
        Wording(
            f"{place.da} må højst have ét element {child}.",
            f"{place.en} may have one element {child} at most.",
        ),
        explanation,
        Wording(f"Behold kun ét {child}.", f"Keep one {child} only."),
        name=name,
        source=source,
    )


def each(
    ids: str,
    nodes: Nodes,
    holds: Holds,
    wording: Wording,
    explanation: Wording,
    mend: Wording,
    *,
    name: str | None = None,
    source: str = PROFILE,
    severity: Severity = Severity.ERROR,
) -> Rule:
    """Something holds for each of the elements, if there are any."""

    def check(index: Index) -> Iterable[Node]:
        return filterfalse(holds, nodes(index))

    return rule(ids, check, wording, explanation, mend, name=name, source=source, severity=severity)


def fixed(
    ids: str,
    nodes: Nodes,
    attribute: str,
    value: str,
    explanation: Wording,
    *,
    name: str | None = None,
    source: str = PROFILE,
) -> Rule:
    """An attribute has one value in each of the elements."""
    return rule(
        ids,
        FixedValue(nodes, attribute, value),
        Wording(f'{attribute} skal være "{value}".', f'{attribute} must be "{value}".'),
        explanation,
        Wording(f'Skriv {attribute}="{value}".', f'Write {attribute}="{value}".'),
        name=name,
        source=source,
    )


def dated_template(
    ids: str,
    nodes: Nodes,
    root: str,
    extension: str,
    place: Wording,
    explanation: Wording,
    *,
    source: str = PROFILE,
) -> Rule:
    """Exactly one template id of a root and a date in each of the elements."""

    def check(index: Index) -> list[Node]:
        found: list[Node] = []
        for node in nodes(index):
            templates = node.all("templateId")
            right = [
                one
                for one in templates
                if one.get("root") == root and one.get("extension") == extension
            ]
            if len(right) != 1:
                found.append(right[1] if right else templates[0] if templates else node)
        return found

    return rule(
        ids,
        check,
        Wording(
            f"{place.da} skal have præcis ét templateId med root {root} og extension {extension}.",
            f"{place.en} must have exactly one templateId with root {root} and extension "
            f"{extension}.",
        ),
        explanation,
        Wording(
            f'Skriv <templateId extension="{extension}" root="{root}"/> én gang.',
            f'Write <templateId extension="{extension}" root="{root}"/> once.',
        ),
        source=source,
    )


@cache
def part(name: str) -> Nodes:
    """A part of the document, by the name it has in the index."""
    nodes: Nodes = attrgetter(name)
    return nodes


def in_document(index: Index) -> Iterable[Node]:
    """The root, as the place of what stands right below it."""
    return (index.document,)


@cache
def from_document(name: str) -> Nodes:
    """The children of the root of one name."""
    return lambda index: index.document.named.get(name, ())
