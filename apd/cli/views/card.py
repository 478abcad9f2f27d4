"""What a card says of a document, as labelled lines, and how it looks: a panel or plain lines."""

import sys
from collections.abc import Callable, Iterable, Iterator

from attrs import frozen

import apd
from apd.cda.lossless.unmapped import is_schema_hint
from apd.cli.io import streams
from apd.cli.io.streams import printable
from apd.cli.views import labels
from apd.cli.views.labels import Words
from apd.model.identifiers import AnyIdentifier
from apd.model.location import PATIENTS_HOME
from apd.privacy.masking import Hide
from apd.standard.codes import REMARKS
from apd.text import times
from apd.wording import Wording

Lines = Iterable[str | None]
_ID_KEYS = {apd.SorCode: "sor", apd.ProviderNumber: "provider", apd.EpisodeId: "episode_id"}


@frozen
class Row:
    """A label and the lines that stand beside it."""

    label: str
    lines: tuple[str, ...]


def rows(document: apd.AppointmentDocument, words: Words, hide: Hide) -> list[Row]:
    """The rows of a document's card; one that has nothing to say is left out."""
    teller = _Teller(document, words, hide)
    card = []
    for key, tell in _ROWS:
        # what is said twice is told once
        lines = dict.fromkeys(printable(hide(line)) for line in tell(teller) if line)
        if not lines and key in _DEMANDED:
            lines = {words("unknown"): None}
        if lines:
            card.append(Row(printable(words(key)), tuple(lines)))
    return card


@frozen
class _Teller:
    """Tells of one document, in one language; a method a row."""

    document: apd.AppointmentDocument
    words: Words
    hide: Hide

    @property
    def appointment(self) -> apd.Appointment:
        return self.document.appointment

    # --- the appointment ---

    def when(self) -> Lines:
        schedule, language = self.appointment.schedule, self.words.language
        yield times.period(schedule, language)
        yield times.change_of_clock(schedule, language)
        yield from times.cautions(schedule, language)

    def repeats(self) -> Lines:
        repetition = self.appointment.repetition
        if repetition is not None:
            id_ = repetition.id
            yield self.words("series", id=id_.value) if id_ else self.words("series_unnamed")

    def about(self) -> Lines:
        reason = self.appointment.reason
        if reason is not None:
            yield reason.text
            yield _code(reason.code)

    def category(self) -> Lines:
        category = self.appointment.category
        yield category and category.display(self.words.language)

    def types(self) -> Lines:
        return (f"{kind:d} {kind.display(self.words.language)}" for kind in self.document.types)

    def where(self) -> Lines:
        location = self.appointment.location
        if location is not None:
            number, kind = labels.LOCATION_TYPES[type(location)]
            yield f"{self.words.put(kind)} (type {number})"
            yield location.name if location.name != PATIENTS_HOME else None
            yield self._address(location.address)
            yield from self._telecoms(location.telecom)
            yield self._identifier(location.id)

    # --- who takes part ---

    def performer(self) -> Lines:
        return self._role(self.appointment.performer)

    def responsible(self) -> Lines:
        responsible = self.appointment.responsible
        yield from self._role(responsible)
        if responsible and responsible.time:
            yield self.words("booked", time=times.moment(responsible.time, self.words.language))

    def requester(self) -> Lines:
        requester = self.appointment.requester
        yield from self._role(requester)
        if requester and requester.time:
            yield self.words("asked", time=times.moment(requester.time, self.words.language))

    def custodian(self) -> Lines:
        custodian = self.document.custodian
        if custodian is not None:
            yield custodian.name
            yield self._address(custodian.address)
            yield from self._telecoms(custodian.telecom)
            yield self._identifier(custodian.id)

    def patient(self) -> Lines:
        patient = self.appointment.patient
        yield patient.name.full if patient.name else None
        key = "cpr" if isinstance(patient.id, apd.CprNumber) else "patient_id"
        yield self.words(key, value=self.hide(patient.id.value or ""))
        yield patient.gender and patient.gender.display(self.words.language)
        if patient.birth_date is not None:
            yield self.words("born", date=times.date(patient.birth_date, self.words.language))
        yield self._address(patient.address) or self.words("no_address")
        for telecom in patient.telecoms:
            use = telecom.use if telecom.use not in REMARKS else None  # which is said already
            yield self._used(self._telecom(telecom), labels.TELECOM_USES[use] if use else None)

    def own_practice(self) -> Lines:
        return self._organization(self.appointment.patient.provider_organization)

    # --- the rest of the document ---

    def episode(self) -> Lines:
        episode = self.appointment.episode_of_care
        if episode is not None:
            yield episode.label.display if episode.label else None
            yield _code(episode.label)
            yield from map(self._identifier, episode.ids)

    def status(self) -> Lines:
        status = self.appointment.status
        yield status and status.display(self.words.language)

    def papers(self) -> Lines:
        document, words = self.document, self.words
        yield words("release", release=document.release)
        if document.version_number is not None:
            yield words("version", number=document.version_number)
        if document.time is not None:
            yield words("made", time=times.moment(document.time, words.language))
        if document.confidentiality not in (None, apd.Confidentiality.NORMAL):
            level = document.confidentiality.display(words.language)
            yield words("confidentiality", level=level)
        ids = (
            ("document_id", document.id),
            ("set_id", document.set_id),
            ("appointment_id", self.appointment.id),
        )
        for key, id_ in ids:
            yield words(key, id=id_.value or id_.root) if id_ else None

    def unmapped(self) -> Lines:
        pieces = [piece for piece in self.document.unmapped if not is_schema_hint(piece)]
        if pieces:
            count = len(pieces)
            yield self.words("one_piece" if count == 1 else "pieces", count=count)
        for piece in pieces:
            yield f"{piece.difference.display(self.words.language)}: {piece.path}"

    # --- what occurs in several rows ---

    def _role(self, role: apd.Performer | apd.Responsible | apd.Requester | None) -> Lines:
        if role is not None:
            yield role.organization.name if role.organization else None
            yield role.person.name.full if role.person else None
            yield self._address(role.address)
            yield from self._telecoms(*role.telecoms)
            yield self._identifier(role.id)
            yield from self._organization(role.organization)

    def _organization(self, organization: apd.Organization | None) -> Lines:
        if organization is not None:
            yield organization.name
            yield self._address(organization.address)
            yield from self._telecoms(*organization.telecoms)
            yield self._identifier(organization.id)

    def _address(self, address: apd.Address | None) -> str | None:
        if address is None or not address.is_informed:
            return None
        return self._used(
            address.one_line, labels.ADDRESS_USES.get(address.use) if address.use else None
        )

    def _used(self, text: str, use: Wording | None) -> str:
        """A text with what it is used for, in parentheses."""
        return text if use is None else f"{text} ({self.words.put(use)})"

    def _telecoms(self, *telecoms: apd.Telecom | None) -> Iterator[str]:
        return (self._telecom(telecom) for telecom in telecoms if telecom)

    def _telecom(self, telecom: apd.Telecom) -> str:
        return times.telecom(telecom, self.words.language)

    def _identifier(self, id_: AnyIdentifier | None) -> str | None:
        if id_ is None:
            return None
        if id_.value is None:
            return id_.root
        key = _ID_KEYS.get(type(id_), "other_id")
        return self.words(key, value=id_.value, root=id_.authority or id_.root)


def _code(code: apd.Code | None) -> str | None:
    if code is None:
        return None
    return f"{labels.CODE_SYSTEMS.get(code.system, code.system)} {code.code}"


_ROWS: tuple[tuple[str, Callable[[_Teller], Lines]], ...] = (
    ("when", _Teller.when),
    ("repeats", _Teller.repeats),
    ("about", _Teller.about),
    ("category", _Teller.category),
    ("type", _Teller.types),
    ("where", _Teller.where),
    ("performer", _Teller.performer),
    ("responsible", _Teller.responsible),
    ("requester", _Teller.requester),
    ("custodian", _Teller.custodian),
    ("patient", _Teller.patient),
    ("own_practice", _Teller.own_practice),
    ("episode", _Teller.episode),
    ("status", _Teller.status),
    ("document", _Teller.papers),
    ("unmapped", _Teller.unmapped),
)
_DEMANDED = frozenset(
    ("about", "category", "where", "performer", "responsible", "custodian", "status")
)


_INDENT = "  "


def write_card(title: str, rows: list[Row]) -> None:
    """Write a card to standard output."""
    if sys.stdout.isatty():
        streams.write(_panel(title, rows))
    else:
        streams.write(_plain(title, rows))


def _plain(title: str, rows: list[Row]) -> str:
    """The title, then each label with its lines in a column; lines are not broken."""
    width = max(len(row.label) for row in rows)
    text = [title]
    for row in rows:
        for number, line in enumerate(row.lines):
            label = row.label if number == 0 else ""
            text.append(f"{_INDENT}{label:{width}}{_INDENT}{line}")
    return "\n".join([*text, ""])


def _panel(title: str, rows: list[Row]) -> str:
    from rich.console import Console
    from rich.panel import Panel
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for row in rows:
        # Text takes what it is given to the letter: no markup, no highlighting
        table.add_row(Text(row.label), Text("\n".join(row.lines)))
    console = Console(highlight=False, emoji=False)
    with console.capture() as capture:
        console.print(Panel(table, title=Text(title), title_align="left"))
    return capture.get()
