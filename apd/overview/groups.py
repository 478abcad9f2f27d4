"""Series folded together: the appointments of one repetition id as one group.

Source: Aftaleoversigten 2.0, type 4 (R3: the id is what ties a series together).
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
    """The appointments of a series, or one that stands alone.

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
        """The one that begins last."""
        return self.appointments[-1]

    @property
    def is_series(self) -> bool:
        """More than one."""
        return len(self.appointments) > 1

    @property
    def title(self) -> str:
        """What it is about; of a series also how many there are and from when to when.

        The appointments counted are those that are shown, so nothing withheld is counted.
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
    """What ties the appointments of a series together; None for one that is tied to no other.

    Without a repetition id (errata item 16) nothing shows which appointments belong together.
    """
    repetition = shown.appointment.repetition
    id: DocumentId | None = repetition.id if repetition else None
    return None if id is None else id_key(id)


def fold(appointments: Iterable[ShownAppointment], language: Language) -> tuple[Group, ...]:
    """Appointments with every series folded into one group, where its first one stood.

    Args:
        appointments: by their start.
        language: ``"da"`` or ``"en"``.
    """
    groups: dict[object, list[ShownAppointment]] = {}
    for shown in appointments:
        groups.setdefault(series_key(shown) or shown.key, []).append(shown)
    return tuple(Group(tuple(group), language) for group in groups.values())
