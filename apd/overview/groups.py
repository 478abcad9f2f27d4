"""Groups of a series: the appointments with one repetition id.

Source: Aftaleoversigten 2.0, type 4 (R3: the id identifies a series).
"""

from collections.abc import Iterable

from attrs import frozen

from apd.model.identifiers import DocumentId, id_key
from apd.overview.shown import ShownAppointment
from apd.text import times
from apd.text.overview import Words
from apd.wording import Language


@frozen
class Group:
    """The appointments of a series, or a single one.

    Args:
        appointments: at least one, by their start.
        language: of the texts.
    """

    appointments: tuple[ShownAppointment, ...]
    language: Language = "da"

    @property
    def first(self) -> ShownAppointment:
        """The first of them."""
        return self.appointments[0]

    @property
    def last(self) -> ShownAppointment:
        """The last one to start."""
        return self.appointments[-1]

    @property
    def is_series(self) -> bool:
        """Whether it has more than one."""
        return len(self.appointments) > 1

    @property
    def title(self) -> str:
        """The reason; for a series also the number of appointments and the period.

        Only appointments that are shown are counted, not withheld ones.
        """
        if not self.is_series:
            return self.first.about
        words = Words(self.language)
        return words(
            "series",
            about=self.first.about,
            count=len(self.appointments),
            first=times.date(self.first.start, words.language),
            last=times.date(self.last.start, words.language),
        )


def series_key(shown: ShownAppointment) -> tuple[str, str] | None:
    """The key of a series; None for a single appointment.

    Without a repetition id (errata item 16) it is unknown which appointments belong together.
    """
    repetition = shown.appointment.repetition
    id: DocumentId | None = repetition.id if repetition else None
    return None if id is None else id_key(id)


def fold(appointments: Iterable[ShownAppointment], language: Language) -> tuple[Group, ...]:
    """Appointments, sorted by their start, with every series as one group at its first one."""
    groups: dict[object, list[ShownAppointment]] = {}
    for shown in appointments:
        groups.setdefault(series_key(shown) or shown.key, []).append(shown)
    return tuple(Group(tuple(group), language) for group in groups.values())
