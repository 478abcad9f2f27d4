"""When two addresses are those of one building, however they are written."""

from apd.model.contact import Address, words_of


def building(line: str) -> tuple[str, ...] | None:
    """Street and house number in a street line: *Birkelunden 12 B, 2. tv.* → birkelunden, 12b.

    None for a line that is no street with a number, such as *2. sal* or *c/o Hansen*.
    """
    words = words_of(line)
    for place, word in enumerate(words):
        if word[0].isdigit():
            letter = words[place + 1 : place + 2]
            suffix = letter[0] if letter and len(letter[0]) == 1 and letter[0].isalpha() else ""
            return (*words[:place], word + suffix) if place else None
    return None


def is_same_building(one: Address | None, other: Address | None) -> bool:
    """True when both are told, in one street and number, and no other part contradicts that."""
    if one is None or other is None or not one.lines or not other.lines:
        return False
    return (
        _street(one) == _street(other)
        and _agree(one.postal_code, other.postal_code)
        and (bool(one.postal_code and other.postal_code) or _agree(one.city, other.city))
    )


def _street(address: Address) -> tuple[str, ...]:
    """Street and number, from the line that has them; all lines where none has."""
    found = (building(line) for line in address.lines)
    return next((street for street in found if street), words_of(" ".join(address.lines)))


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or words_of(one) == words_of(other)
