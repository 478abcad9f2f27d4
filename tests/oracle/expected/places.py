"""Whether two appointments are at the same place.

Source: Aftaleoversigten, table 1 (three types of locations; type 3 *is* the patient's home) and
"Håndtering af adressebeskyttelse": what was published before an address was protected keeps it,
so one home has two forms.
"""

from typing import Literal, NamedTuple


class Place(NamedTuple):
    """A place. For a home, name and address are what the document happens to tell of it."""

    kind: Literal["sor", "other", "home"]
    name: str | None = None
    street: str | None = None
    postal_code: str | None = None
    sor: str | None = None
    phone: str | None = None


def same(one: Place, other: Place) -> bool:
    """Home is home; then the SOR code; then name and address. Telephones do not count."""
    if "home" in (one.kind, other.kind):
        return one.kind == other.kind
    if one.sor or other.sor:
        return one.sor == other.sor
    return _name_and_address(one) == _name_and_address(other)


def _name_and_address(place: Place) -> list[str]:
    """Without regard to large and small letters and blanks."""
    return [_words(text or "") for text in (place.name, place.street, place.postal_code)]


def _words(text: str) -> str:
    return " ".join(text.lower().split())
