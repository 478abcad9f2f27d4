"""Elements that were found beside the texts that are written for them, told by their letters.

Most of a document is the same to the letter as what the writer makes of its model; finding out
so costs little.
"""

from typing import NamedTuple

from apd.cda.parts import Parts
from apd.cda.xml import Element, local_name, own_letters


class Alignment(NamedTuple):
    """Which of some found elements stand for which of some written parts.

    Args:
        elements: each found element with the number of its part, or None for an extra one.
        equal: numbers of the parts that are the same to the letter.
        missing: numbers of the parts that no element stands for.
        end: where in the letters the last element ends.
    """

    elements: list[tuple[Element, int | None]]
    equal: set[int]
    missing: list[int]
    end: int

    @property
    def differs(self) -> bool:
        """True when anything is not the same."""
        return len(self.equal) < len(self.elements) or bool(self.missing)

    def outline(self, parts: list[str]) -> list[str]:
        """The parts; of those that are equal the name is enough, to tell places by."""
        return [
            f"<{_name(part)}/>" if number in self.equal else part
            for number, part in enumerate(parts)
        ]


def _name(part: str) -> str:
    """The name of the element that a text begins with."""
    return part[1 : part.index(">")].partition(" ")[0].rstrip("/")


def align_encounter(
    encounter: Element, parts: Parts, text: str, letters: str, position: int
) -> Alignment | None:
    """The children of the encounter beside what is written, if all around them is the same."""
    before, after = parts.frame(text)
    if not letters.startswith(before, position):
        return None
    inside = align(list(encounter), parts.encounter, letters, position + len(before))
    return None if inside is None or letters[inside.end :] != after else inside


def align(
    elements: list[Element], parts: list[str], letters: str, position: int
) -> Alignment | None:
    """Found elements beside written parts.

    None where it takes more than letters to tell what stands for what.
    """
    whole = "".join(parts)
    if len(elements) == len(parts) and letters.startswith(whole, position):
        numbers = range(len(parts))
        rows: list[tuple[Element, int | None]] = list(zip(elements, numbers, strict=True))
        return Alignment(rows, set(numbers), [], position + len(whole))
    return _align_by_name(elements, parts, letters, position)


# Elements of which there are several, and the position tells which is which.
_BY_POSITION = frozenset(("author",))


def _align_by_name(
    elements: list[Element], parts: list[str], letters: str, position: int
) -> Alignment | None:
    names = list(map(_name, parts))
    found_names = list(map(local_name, elements))
    rows: list[tuple[Element, int | None]] = []
    equal: set[int] = set()
    unequal: set[str] = set()
    next_part = 0
    for index, element in enumerate(elements):
        if next_part < len(parts) and letters.startswith(parts[next_part], position):
            rows.append((element, next_part))
            equal.add(next_part)
            position += len(parts[next_part])
            next_part += 1
            continue
        own, name = own_letters(element), found_names[index]
        if not letters.startswith(own, position):
            return None
        position += len(own)
        if name not in names[next_part:]:
            rows.append((element, None))
            continue
        number = names.index(name, next_part)
        if own == parts[number]:
            equal.add(number)
        elif names.count(name) != found_names.count(name) or name in unequal - _BY_POSITION:
            return None  # which one of several it is takes a closer look
        else:
            unequal.add(name)
        if set(names[next_part:number]).intersection(found_names[index:]):
            return None  # not in the order of what is written
        rows.append((element, number))
        next_part = number + 1
    stood_for = {number for _, number in rows}
    missing = [number for number in range(len(parts)) if number not in stood_for]
    return Alignment(rows, equal, missing, position)
