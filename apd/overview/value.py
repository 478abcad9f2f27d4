"""The overview of a patient, as a value: the content, the viewer and the texts.

Every output (text, page, calendar, JSON) is made from this value alone. It has no withheld content.
"""

import datetime
from collections.abc import Iterable, Iterator
from functools import cached_property

from attrs import field, frozen

from apd.deprecation import warn_renamed
from apd.limits import MAX_CLASHES_ON_CARD, MAX_CLASHES_ON_PAGE
from apd.model.party import Patient
from apd.model.validators import masked
from apd.overview.agenda import Agenda, agenda_of
from apd.overview.days import Day, Week, days_of, weeks_of
from apd.overview.groups import Group, fold
from apd.overview.overlaps import Overlap, ShownOverlaps, limited
from apd.overview.records import LiftRecord, ViewingRecord
from apd.overview.shown import Phase, ShownAppointment
from apd.overview.table import Row, rows_of
from apd.overview.viewers import ProfessionalViewer, ProxyViewer, Viewer
from apd.prompt import Row as TableRow
from apd.prompt import Tabular
from apd.text.appointment import patient_texts
from apd.text.overview import Words
from apd.wording import Language


@frozen
class Notice:
    """A notice that must be shown with an overview.

    Args:
        key: its stable name: ``withheld``, ``incomplete``, ``lifted``, ``proxy``, ``logged``.
        text: its text, in the language of the overview.
    """

    key: str
    text: str = field(repr=masked)


@frozen(kw_only=True)
class Overview(Tabular):
    """The appointments of a patient, for a viewer at a time.

    Made by :func:`apd.overview.make_overview`.

    Args:
        patient: the patient, as in the newest document.
        viewer: the viewer.
        now: the time of viewing, which decides what is upcoming and what is past.
        language: ``"da"`` or ``"en"``.
        appointments: those that stand, by their start.
        overlaps: the conflicts among them.
        has_more_overlaps: whether there may be others, as more than
            :data:`apd.limits.MAX_AT_ONCE` of them are in progress at once.
        cancelled: appointments that no longer stand and have no other version. Do not show them
            as appointments; a calendar that has imported them needs them.
        has_withheld: whether documents were withheld because the patient blocked them. Their
            number is unknown.
        is_incomplete: whether documents could not be fetched for other reasons.
        lifted: the record of the block that was lifted for this viewing, if any.
        travel: the assumed time to get from one place to another.
    """

    patient: Patient
    viewer: Viewer = field(repr=masked)
    now: datetime.datetime
    language: Language = "da"
    appointments: tuple[ShownAppointment, ...] = field(default=(), repr=False)
    overlaps: tuple[Overlap, ...] = field(default=(), repr=False)
    has_more_overlaps: bool = False
    cancelled: tuple[ShownAppointment, ...] = field(default=(), repr=False)
    has_withheld: bool = False
    is_incomplete: bool = False
    lifted: LiftRecord | None = None
    travel: datetime.timedelta = datetime.timedelta()

    # --- what is shown ---

    @property
    def upcoming(self) -> tuple[ShownAppointment, ...]:
        """The appointments that begin in the future."""
        return self.in_phase(Phase.UPCOMING)

    @property
    def ongoing(self) -> tuple[ShownAppointment, ...]:
        """The appointments in progress."""
        return self.in_phase(Phase.ONGOING)

    @property
    def past(self) -> tuple[ShownAppointment, ...]:
        """The past appointments, the earliest first."""
        return self.in_phase(Phase.PAST)

    def in_phase(self, *phases: Phase) -> tuple[ShownAppointment, ...]:
        """The appointments of some phases, by their start."""
        return tuple(shown for shown in self.appointments if shown.phase in phases)

    def groups(self, *phases: Phase) -> tuple[Group, ...]:
        """The appointments of some phases, or all of them, with every series folded into one."""
        return fold(self.in_phase(*(phases or Phase)), self.language)

    @cached_property
    def days(self) -> tuple[Day, ...]:
        """Every day that appointments touch, in order."""
        return days_of(self.appointments, self.language)

    @cached_property
    def weeks(self) -> tuple[Week, ...]:
        """Every ISO week that appointments touch, in order."""
        return weeks_of(self.days, self.language)

    @cached_property
    def agenda(self) -> Agenda:
        """The agenda: what comes next, and the days with their appointments."""
        return agenda_of(
            self.appointments,
            self._overlaps_by_key,
            self.now.date(),
            language=self.language,
            has_more_overlaps=self.has_more_overlaps,
        )

    def to_rows(self) -> list[Row]:
        """A flat row for each appointment, past ones first, for a table of pandas or polars.

        Every row has the same keys, which ``docs/showing.md`` lists. The content is not masked.

        Example::

            pandas.DataFrame(shown.to_rows())
        """
        return rows_of(self.agenda)

    def overlaps_of(self, shown: ShownAppointment) -> tuple[Overlap, ...]:
        """The conflicts of an appointment."""
        return self._overlaps_by_key.get(shown.key, ())

    @property
    def shown_overlaps(self) -> ShownOverlaps:
        """The conflicts that are shown at the top of a page."""
        return self._limited(self.overlaps, MAX_CLASHES_ON_PAGE)

    def shown_overlaps_of(self, shown: ShownAppointment) -> ShownOverlaps:
        """The conflicts shown with one of their appointments."""
        return self._limited(self.overlaps_of(shown), MAX_CLASHES_ON_CARD)

    @property
    def told_overlaps(self) -> ShownOverlaps:
        """Deprecated name of ``shown_overlaps``."""
        warn_renamed("Overview.told_overlaps", "shown_overlaps")
        return self.shown_overlaps

    def told_overlaps_of(self, shown: ShownAppointment) -> ShownOverlaps:
        """Deprecated name of ``shown_overlaps_of``."""
        warn_renamed("Overview.told_overlaps_of", "shown_overlaps_of")
        return self.shown_overlaps_of(shown)

    def _limited(self, overlaps: tuple[Overlap, ...], most: int) -> ShownOverlaps:
        return limited(overlaps, most, has_more=self.has_more_overlaps, language=self.language)

    @cached_property
    def _overlaps_by_key(self) -> dict[str, tuple[Overlap, ...]]:
        found: dict[str, list[Overlap]] = {}
        for overlap in self.overlaps:
            for key in (overlap.first.key, overlap.second.key):
                found.setdefault(key, []).append(overlap)
        return {key: tuple(overlaps) for key, overlaps in found.items()}

    # --- what is stated ---

    @property
    def title(self) -> str:
        """*Aftaler for* and the patient's name."""
        words = Words(self.language)
        if self.patient.name is None:
            return words("title_unnamed")
        return words("title", name=self.patient.name.full)

    @property
    def patient_texts(self) -> tuple[str, ...]:
        """The patient's CPR number, date of birth and address."""
        return patient_texts(self.patient, self.language)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """The notices about it as a whole; renderers show all of them."""
        return tuple(self._notices())

    def _notices(self) -> Iterator[Notice]:
        words, viewer = Words(self.language), self.viewer
        if self.has_withheld:
            yield Notice("withheld", words("withheld"))
        if self.is_incomplete:
            yield Notice("incomplete", words("incomplete"))
        if self.lifted is not None:
            ground = self.lifted.ground.display(self.language)
            yield Notice("lifted", words("lifted", ground=ground))
        if isinstance(viewer, ProxyViewer):
            yield Notice("proxy", words("proxy", name=viewer.name.full))
        if isinstance(viewer, ProfessionalViewer):
            yield Notice("logged", words("logged", name=viewer.name.full))

    @property
    def nothing_upcoming(self) -> str | None:
        """A sentence for when no appointment is upcoming or in progress; None if one is.

        If documents were withheld or could not be fetched, it does not state that there are none.
        """
        if self.in_phase(Phase.UPCOMING, Phase.ONGOING):
            return None
        may_have_more = self.has_withheld or self.is_incomplete
        return Words(self.language)("none_shown" if may_have_more else "no_upcoming")

    def _table(self) -> tuple[TableRow, Iterable[TableRow]]:
        """The period of its appointments, without patient and reasons."""
        agenda = self.agenda
        return ("date", "time", "distance", "phase", "position", "overlap"), (
            (
                entry.date.isoformat(),
                entry.time,
                entry.distance,
                entry.shown.phase.value,
                entry.position.text if entry.position else "",
                entry.overlap.value if entry.overlap else "",
            )
            for day in (*agenda.days, *agenda.past)
            for entry in day.entries
        )

    # --- what it leaves ---

    @property
    def record(self) -> ViewingRecord:
        """The record of this viewing, which the system that shows it must keep (F3, MinLog)."""
        return ViewingRecord(self.viewer, self.patient.id, self.now)
