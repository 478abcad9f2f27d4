"""The document around an appointment, and what of it has no place in the model."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, overload

from attrs import Attribute, field, frozen

from apd.errors import InvalidValue
from apd.model.appointment import Appointment
from apd.model.checks import (
    all_are,
    as_tuple,
    field_name,
    is_a,
    is_optional_code,
    masked,
    optional,
    optional_line,
)
from apd.model.identifiers import DocumentId, Identifier, MedComId
from apd.model.party import Custodian
from apd.model.time import as_optional_time, is_time
from apd.standard.codes import AppointmentType, Confidentiality, Release
from apd.wording import Language, Wording


class Difference(StrEnum):
    """How a piece of the XML that was read differs from what the model says."""

    EXTRA = "extra"
    """An element that the model has no place for."""
    MISSING = "missing"
    """The standard has an element here, the document has none."""
    CHANGED = "changed"
    """An element's own attributes or text are others; what is inside it is not meant."""
    REPLACED = "replaced"
    """An element is another one as a whole."""
    ORDER = "order"
    """Elements of one name stand in another order."""
    NARRATIVE = "narrative"
    """The readable text is worded otherwise than the writer would word it."""

    def display(self, language: Language = "da") -> str:
        """The difference in words."""
        return _DIFFERENCES[self].in_language(language)


_DIFFERENCES = {
    Difference.EXTRA: Wording("findes kun i dokumentet", "only in the document"),
    Difference.MISSING: Wording("mangler i dokumentet", "missing in the document"),
    Difference.CHANGED: Wording("har et andet indhold", "with other content"),
    Difference.REPLACED: Wording("er erstattet", "replaced"),
    Difference.ORDER: Wording("i anden rækkefølge", "in another order"),
    Difference.NARRATIVE: Wording(
        "læsbar tekst, anderledes formuleret", "readable text, worded otherwise"
    ),
}


@frozen(kw_only=True)
class Unmapped:
    """A piece of a document that was read and that the model does not say.

    The writer puts it back where it stood. A difference from what the model says is put back
    only as long as the model still says the same there: in a document that is changed, the
    changed part is written as the standard has it. Nor is a piece put back that would make the
    document say otherwise than its model.

    Args:
        path: XPath with positions in the document that was read.
        difference: what kind of piece it is.
        xml: the piece as XML; for :attr:`Difference.ORDER` the positions, such as ``"2 1"``;
            None where there was nothing.
        expected: what the writer would have put there, or None.
        place: where in the writer's own document it belongs; for the writer only.
        after: the sibling there that it follows; for the writer only.
    """

    path: str
    difference: Difference
    xml: str | None = field(default=None, repr=masked)
    expected: str | None = field(default=None, repr=masked)
    place: str = field(default="", repr=False)
    after: str = field(default="", repr=False)


Pieces = tuple[Unmapped, ...]


class FoundLater(Sequence[Unmapped]):
    """Pieces that are looked for when somebody first asks; else like a tuple of them.

    Who reads a document to show it never needs them, and finding them takes longer than reading.

    Args:
        find: finds the pieces; the same whenever it is called, and never fails.
        said: the fields of the document that was read, by their names.
    """

    __slots__ = ("_find", "_pieces", "_said")

    def __init__(self, find: Callable[[], Pieces], said: Mapping[str, object]) -> None:
        self._find: Callable[[], Pieces] | None = find
        self._pieces: Pieces = ()
        self._said = said

    def is_of(self, document: "AppointmentDocument") -> bool:
        """True for the document that was read, as long as none of its fields says anything else."""
        held = ((getattr(document, name), value) for name, value in self._said.items())
        return all(now is then or now == then for now, then in held)

    def _found(self) -> Pieces:
        find = self._find
        if find is not None:  # two threads may both look, and find the same
            self._pieces = find()
            self._find = None
        return self._pieces

    @overload
    def __getitem__(self, index: int) -> Unmapped: ...
    @overload
    def __getitem__(self, index: slice) -> Pieces: ...
    def __getitem__(self, index: int | slice) -> Unmapped | Pieces:
        return self._found()[index]

    def __iter__(self) -> Iterator[Unmapped]:
        return iter(self._found())

    def __len__(self) -> int:
        return len(self._found())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, FoundLater):
            return self is other or self._found() == other._found()
        return self._found() == other

    def __hash__(self) -> int:
        return hash(self._found())

    def __repr__(self) -> str:
        return repr(self._found())

    def __reduce__(self) -> tuple[type[Pieces], tuple[Pieces]]:
        return tuple, (self._found(),)


def _as_pieces(pieces: Iterable[Unmapped]) -> Sequence[Unmapped]:
    return pieces if isinstance(pieces, FoundLater) else as_tuple(pieces)


_are_pieces = all_are(Unmapped)


def _is_pieces(instance: object, attribute: "Attribute[Any]", value: Sequence[Unmapped]) -> None:
    if not isinstance(value, FoundLater):
        _are_pieces(instance, attribute, value)


def is_version(value: object) -> bool:
    """True for a version number: a whole number from 0, of nine digits at most."""
    return type(value) is int and 0 <= value < 10**9


def _is_optional_version(instance: object, attribute: "Attribute[Any]", value: object) -> None:
    if value is not None and not is_version(value):
        raise InvalidValue(
            field_name(instance, attribute),
            "is no version number",
            "give a whole number (int) from 0, of nine digits at most",
        )


@frozen(kw_only=True)
class AppointmentDocument:
    """A DK-APD document (aftaledokument): one appointment, and the papers around it.

    Args:
        id: the document's own id, a new one for every version of the document.
        time: when this version was made, with a zone.
        appointment: what the document is about.
        custodian: who keeps it (forvalter).
        confidentiality: normal, as a rule.
        language: language of the texts.
        set_id: the same in every version of a document.
        version_number: 1 for the first version, and so on.
        release: the release of DK-APD that was read. The writer writes 2.0.1 whatever it is.
        unmapped: what was read and has no place in the model; of a document that was read,
            found when it is first asked for.
    """

    id: DocumentId | None = field(validator=optional(MedComId, Identifier))
    time: datetime.datetime | None = field(converter=as_optional_time, validator=is_time)
    appointment: Appointment = field(validator=is_a(Appointment))
    custodian: Custodian | None = field(validator=optional(Custodian))
    confidentiality: Confidentiality | None = field(
        default=Confidentiality.NORMAL, validator=optional(Confidentiality)
    )
    language: str | None = field(
        default="da-DK", converter=optional_line, validator=is_optional_code
    )
    set_id: DocumentId | None = field(default=None, validator=optional(MedComId, Identifier))
    version_number: int | None = field(default=None, validator=_is_optional_version)
    release: Release = field(default=Release.V2_0_1, validator=is_a(Release))
    unmapped: Sequence[Unmapped] = field(default=(), converter=_as_pieces, validator=_is_pieces)

    @property
    def types(self) -> tuple[AppointmentType, ...]:
        """The appointment types 1 to 4 that follow from the data."""
        return self.appointment.types

    @property
    def title(self) -> str:
        """The document's title: *Aftale for* and the CPR number, in the clear."""
        return f"Aftale for {self.appointment.patient.id.value or ''}".rstrip()
