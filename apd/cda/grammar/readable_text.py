"""The readable text of the section, as a regular expression; it follows from the XSD alone."""

from collections.abc import Iterator, Sequence

from apd.cda.grammar import attribute_choices
from apd.cda.grammar.notation import BLANKS, MANY, PIECE_OF_READABLE_TEXT, either, element, times
from apd.cda.grammar.xsd import Particle, Types

_TEXT = "StrucDoc."
_WORDS = frozenset(_TEXT + name for name in ("Content", "Sub", "Sup"))
_BLOCKS = frozenset(_TEXT + name for name in ("Table", "List"))
_NO_WORDS = frozenset(
    _TEXT + name for name in ("Caption", "Footnote", "FootnoteRef", "LinkHtml", "RenderMultiMedia")
)


def readable_text(types: Types, name: str, type: str, within: Sequence[str] = ()) -> str:
    """An element of the readable text, as the schema has it and appointments use it.

    Args:
        types: the types of the schema.
        name: its name.
        type: the name of its type.
        within: the types of the elements around it.
    """
    if not types.is_complex(type):
        return element(name, "", None)
    declared = types.type(type)
    attributes = attribute_choices.pattern(attribute_choices.of_type(declared.attributes), {})
    if declared.is_mixed:
        inner = [
            readable_text(types, one.name, one.type, (*within, type))
            for one in _repeated(declared.content)
            if not _is_deep(one.type, (*within, type))
        ]
        # each piece shows by its first characters which it is, so none is tried in another way
        pieces = "|".join((PIECE_OF_READABLE_TEXT, *inner))
        return element(name, attributes, f"(?>(?:{pieces})*)")
    content = _rows_and_cells(types, declared.content, (*within, type))
    return element(name, attributes, BLANKS + content if content else None)


def _rows_and_cells(types: Types, particle: Particle, within: Sequence[str]) -> str:
    """What is in an element of the readable text that has no words itself."""
    if particle.form == "element":
        is_deep = _is_deep(particle.type, within)
        made = "" if is_deep else readable_text(types, particle.name, particle.type, within)
    else:
        parts = [_rows_and_cells(types, part, within) for part in particle.parts]
        made = "".join(parts) if particle.form == "sequence" else either(parts) or ""
    return times(made, particle.least, particle.most) or "" if made else ""


def _is_deep(type: str, within: Sequence[str]) -> bool:
    """Whether an element is left out.

    Texts of appointments have no notes, links or pictures, no table or list in another, and no
    marked words in marked words.
    """
    return type in _NO_WORDS or any(
        type in alike and not alike.isdisjoint(within) for alike in (_WORDS, _BLOCKS)
    )


def _repeated(particle: Particle) -> Iterator[Particle]:
    """The elements of which each may be as often, and in any order."""
    if particle.form == "choice" and particle.most == MANY:
        for part in particle.parts:
            yield from part.elements()
    else:
        for part in particle.parts:
            yield from _repeated(part)
