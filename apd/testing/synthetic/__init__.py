"""Documents of invented patients: any number of them, and the same ones in every run.

::

    from apd.testing.synthetic import documents

    for document in documents(1000, seed=7):
        ...

The documents are free of findings, each by itself and all together. Patients have several
appointments, some of them in series, and none of them overlap. A document depends on the seed and
its number alone, so that work can be divided and resumed; the same seed gives the same bytes on
every machine.

All data are invented: the CPR numbers are those of test persons, the SOR codes are valid in form
but not assigned, and no telephone number in Denmark begins as these do.
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
"""The highest number of a document, limited by the number of different CPR numbers."""

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
        seed: a whole number that selects the population.
        number: the number of the document, from 1 to :data:`MOST_DOCUMENTS`.
        selection: the kinds of documents to generate.

    Raises:
        InvalidValue: the number is out of range, the selection is empty, or its patients have no
            day left.
    """
    slot = slot_of(seed, _checked(number), selection)
    return document_of_release(selection.release, document_of(seed, number, slot))


def documents(
    count: int, seed: int, selection: Selection = _EVERYTHING
) -> Iterator[AppointmentDocument]:
    """Generate the documents with the numbers 1 to ``count``.

    Args:
        count: the number of documents.
        seed: a whole number that selects the population.
        selection: the kinds of documents to generate.

    Raises:
        InvalidValue: there are too many, or the selection is empty.
    """
    slot_of(seed, _checked(max(count, 1)), selection)  # the last one, too, has its day
    return (document(seed, number, selection) for number in range(1, count + 1))


def document_name(seed: int, number: int, selection: Selection = _EVERYTHING) -> str:
    """A name for a file: number, category, types and location; nothing about the patient.

    For example ``0000012-municipality-type2-4-home``. The arguments are those of :func:`document`.
    """
    variant = slot_of(seed, _checked(number), selection).variant
    category = _WORDS[variant.activity.category]
    types = f"type{variant.type}" + "-4" * variant.repeats
    return f"{number:07}-{category}-{types}-{_WORDS[variant.activity.location]}"


def _checked(number: int) -> int:
    if not 1 <= number <= MOST_DOCUMENTS:
        raise InvalidValue(
            "number",
            Wording("er ikke et dokuments nummer", "is not the number of a document"),
            Wording(
                f"angiv et tal fra 1 til {MOST_DOCUMENTS}",
                f"specify a number from 1 to {MOST_DOCUMENTS}",
            ),
        )
    return number
