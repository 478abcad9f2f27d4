"""Documents of invented patients, as many as are wanted, and the same ones every time.

::

    from apd.testing.synthetic import documents

    for document in documents(1000, seed=7):
        ...

Every document is valid, with nothing to remark, each for itself and all of them together. The
same patients come again and again, some of their appointments are in series, and none of them
overlap. A document follows from the seed and from its number alone, so work can be divided and
taken up again; the same seed gives the same bytes on every machine.

Nothing in it belongs to anyone: the CPR numbers are those of test persons, the SOR codes have the
right form, and no telephone number in Denmark begins as these do.
"""

from collections.abc import Iterator

from apd.errors import InvalidValue
from apd.model.document import AppointmentDocument
from apd.model.location import HomeLocation, OtherLocation, SorLocation
from apd.standard.codes import Category
from apd.testing.numbers import MOST_PATIENTS
from apd.testing.synthetic.appointments import document_of
from apd.testing.synthetic.criteria import LocationClass, Selection
from apd.testing.synthetic.older_releases import as_released, document_of_release
from apd.testing.synthetic.timetable import slot_of
from apd.wording import Wording

__all__ = [
    "CATEGORIES",
    "LOCATIONS",
    "MOST_DOCUMENTS",
    "Selection",
    "as_released",
    "document",
    "document_name",
    "documents",
]

MOST_DOCUMENTS = MOST_PATIENTS - 1
"""The highest number of a document: that many patients have a CPR number of their own."""

LOCATIONS: dict[str, LocationClass] = {
    "sor": SorLocation,
    "elsewhere": OtherLocation,
    "home": HomeLocation,
}
"""The classes of the location types 1, 2 and 3, by a short name."""

CATEGORIES: dict[str, Category] = {
    "region": Category.REGIONAL,
    "municipality": Category.MUNICIPAL,
    "practice": Category.PRACTITIONER,
}
"""The categories by a short name."""

_EVERYTHING = Selection()
_WORDS: dict[object, str] = {
    thing: word for words in (LOCATIONS, CATEGORIES) for word, thing in words.items()
}


def document(seed: int, number: int, selection: Selection = _EVERYTHING) -> AppointmentDocument:
    """One document.

    Args:
        seed: a whole number; another one gives other patients.
        number: which document, from 1 to :data:`MOST_DOCUMENTS`.
        selection: which documents are wanted.

    Raises:
        InvalidValue: no such number, nothing is left of the selection, or its patients have no
            day left.
    """
    slot = slot_of(seed, _checked(number), selection)
    return document_of_release(selection.release, document_of(seed, number, slot))


def documents(
    count: int, seed: int, selection: Selection = _EVERYTHING
) -> Iterator[AppointmentDocument]:
    """Documents number 1 to ``count``, made one after another as they are taken.

    Args:
        count: how many.
        seed: a whole number; another one gives other patients.
        selection: which documents are wanted.

    Raises:
        InvalidValue: too many, or nothing is left of the selection.
    """
    slot_of(seed, _checked(max(count, 1)), selection)  # the last one, too, has its day
    return (document(seed, number, selection) for number in range(1, count + 1))


def document_name(seed: int, number: int, selection: Selection = _EVERYTHING) -> str:
    """A name for a file: number, category, types and location; nothing about the patient.

    Such as ``0000012-municipality-type2-4-home``. Arguments as for :func:`document`.
    """
    variant = slot_of(seed, _checked(number), selection).variant
    category = _WORDS[variant.activity.category]
    types = f"type{variant.type}" + "-4" * variant.repeats
    return f"{number:07}-{category}-{types}-{_WORDS[variant.activity.location]}"


def _checked(number: int) -> int:
    if not 1 <= number <= MOST_DOCUMENTS:
        raise InvalidValue(
            "number",
            Wording("er ikke et dokuments nummer", "is that of no document"),
            Wording(
                f"angiv et tal fra 1 til {MOST_DOCUMENTS}",
                f"give a number from 1 to {MOST_DOCUMENTS}",
            ),
        )
    return number
