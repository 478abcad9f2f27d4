"""What is said of one appointment: labelled lines, before anyone decides how they look.

Every renderer shows these, so what must be said is worded here and nowhere else.
Source: Aftaleoversigten 2.0, tables 1 to 3; MedCom's FAQ of 2023 (F1).
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

from attrs import field, frozen

from apd.model.appointment import Appointment
from apd.model.code import Code
from apd.model.contact import Address, Telecom, remarked
from apd.model.document import AppointmentDocument
from apd.model.identifiers import AnyIdentifier, EpisodeId, ProviderNumber, SorCode
from apd.model.location import PATIENTS_HOME, HomeLocation
from apd.model.party import Organization, Performer, Requester, Responsible
from apd.model.validators import masked
from apd.standard.codes import CODE_SYSTEM_NAMES, Oid
from apd.text import times
from apd.text.overview import CONFIDENTIALITIES, PLACES, Words
from apd.wording import Language


class SaidKind(StrEnum):
    """What a text is, so that a renderer can show it as such."""

    TEXT = "text"
    TIME = "time"
    """A time; ``value`` is its start in ISO 8601, a date where no time of day is known."""
    LINK = "link"
    """A telephone number, e-mail or web address; ``value`` is the URI, of a harmless scheme."""
    CAUTION = "caution"
    """What whoever shows the appointment must say."""
    DETAIL = "detail"
    """Ids and codes, which most readers do not need."""


@frozen
class Said:
    """One text of a line.

    Args:
        text: what people read. It is not markup and may hold any character.
        kind: what it is.
        value: the same for machines: a time or a URI; None for other kinds.
    """

    text: str = field(repr=masked)
    kind: SaidKind = SaidKind.TEXT
    value: str | None = field(default=None, repr=masked)


@frozen
class Line:
    """A label and what stands beside it.

    Args:
        key: stable name of the line: ``when``, ``about``, ``where`` and so on.
        label: the label in the language of the overview.
        said: what stands beside it, at least one text.
        is_detail: the line is about the papers; a renderer may fold it away.
    """

    key: str
    label: str
    said: tuple[Said, ...] = field(repr=masked)
    is_detail: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts alone."""
        return tuple(said.text for said in self.said)


_Texts = Iterable["Said | None"]


def lines_of(
    document: AppointmentDocument, language: Language, remarks: tuple[str, ...] = ()
) -> tuple[Line, ...]:
    """All that a document says of its appointment; lines that have nothing to say are left out.

    Args:
        document: the document.
        language: ``"da"`` or ``"en"``. What the document says itself stays as it is.
        remarks: keys of what is to be said of how it stands in the registry.
    """
    words = Words(language)
    teller = _Teller(document, words, remarks)
    lines = []
    for key, tell in _LINES:
        said = tuple(dict.fromkeys(text for text in tell(teller) if text is not None))
        if not said and key in _DEMANDED:
            said = (Said(words("unknown")),)
        if said:
            lines.append(Line(key, words(key), said, is_detail=key in _DETAILS))
    return tuple(lines)


def place_of(appointment: Appointment, words: Words) -> str:
    """The place in few words: its name, or its address."""
    location = appointment.location
    if isinstance(location, HomeLocation):
        return words.put(PLACES[HomeLocation])
    if location is None:
        return words("unknown")
    address = location.address.one_line if location.address else ""
    return location.name or address or words("unknown")


def about(appointment: Appointment, words: Words) -> str:
    """The reason, as the booking system words it."""
    return appointment.reason.text if appointment.reason else words("unknown")


@frozen
class _Teller:
    """Tells of one document, in one language; a method a line."""

    document: AppointmentDocument
    words: Words
    remarks: tuple[str, ...]

    @property
    def appointment(self) -> Appointment:
        return self.document.appointment

    def when(self) -> _Texts:
        schedule, words = self.appointment.schedule, self.words
        start = (schedule.first_day if schedule.date_only else schedule.start).isoformat()
        yield Said(times.period(schedule, words.language), SaidKind.TIME, start)
        for caution in times.cautions(schedule, words.language):
            yield Said(caution, SaidKind.CAUTION)
        yield _text(times.change_of_clock(schedule, words.language))

    def of_registry(self) -> _Texts:
        return (Said(self.words(remark), SaidKind.CAUTION) for remark in self.remarks)

    def about(self) -> _Texts:
        reason = self.appointment.reason
        if reason is not None:
            yield Said(reason.text)
            yield _code(reason.code)

    def where(self) -> _Texts:
        location = self.appointment.location
        if location is None:
            return
        if isinstance(location, HomeLocation):
            yield Said(self.words.put(PLACES[HomeLocation]))
        yield _text(location.name) if location.name != PATIENTS_HOME else None
        yield self._address(location.address)
        yield from self._telecoms(location.telecom)
        yield self._identifier(location.id)

    def performer(self) -> _Texts:
        return self._role(self.appointment.performer)

    def responsible(self) -> _Texts:
        responsible = self.appointment.responsible
        yield from self._role(responsible)
        if responsible and responsible.time:
            yield _text(
                self.words("booked", time=times.moment(responsible.time, self.words.language))
            )

    def _at(self, said: str, time: datetime.datetime) -> Said | None:
        return _text(self.words(said, time=times.moment(time, self.words.language)))

    def requester(self) -> _Texts:
        requester = self.appointment.requester
        yield from self._role(requester)
        if requester and requester.time:
            yield _text(self.words("asked", time=times.moment(requester.time, self.words.language)))

    def custodian(self) -> _Texts:
        custodian = self.document.custodian
        if custodian is not None:
            yield _text(custodian.name)
            yield self._address(custodian.address)
            yield from self._telecoms(custodian.telecom)
            yield self._identifier(custodian.id)

    def category(self) -> _Texts:
        category = self.appointment.category
        yield _text(category.display(self.words.language)) if category else None

    def types(self) -> _Texts:
        language = self.words.language
        return (Said(f"{kind:d} {kind.display(language)}") for kind in self.document.types)

    def repeats(self) -> _Texts:
        repetition = self.appointment.repetition
        if repetition is not None:
            yield Said(self.words("repeating"), SaidKind.CAUTION)
            yield self._identifier(repetition.id, "series_id")

    def episode(self) -> _Texts:
        episode = self.appointment.episode_of_care
        if episode is not None:
            yield _text(episode.label.display) if episode.label else None
            yield _code(episode.label)
            yield from map(self._identifier, episode.ids)

    def own_practice(self) -> _Texts:
        practice = self.appointment.patient.provider_organization
        if practice is not None:
            yield _text(practice.name)
            yield from self._organization(practice)

    def papers(self) -> _Texts:
        document, words = self.document, self.words
        level = CONFIDENTIALITIES.get(document.confidentiality)
        yield _text(words.put(level)) if level else None
        if document.version_number is not None:
            yield _text(words("version", number=document.version_number))
        if document.time is not None:
            yield _text(words("made", time=times.moment(document.time, words.language)))
        yield self._identifier(document.id, "document_id")
        yield self._identifier(document.set_id, "set_id")
        yield self._identifier(self.appointment.id, "appointment_id")

    # --- what occurs in several lines ---

    def _role(self, role: Performer | Responsible | Requester | None) -> Iterator[Said | None]:
        if role is not None:
            yield _text(role.organization.name) if role.organization else None
            yield _text(role.person.name.full) if role.person else None
            yield self._address(role.address)
            yield from self._telecoms(*role.telecoms)
            yield self._identifier(role.id)
            yield from self._organization(role.organization)

    def _organization(self, organization: Organization | None) -> Iterator[Said | None]:
        if organization is not None:
            yield self._address(organization.address)
            yield from self._telecoms(*organization.telecoms)
            yield self._identifier(organization.id)

    def _address(self, address: Address | None) -> Said | None:
        if address is None or not address.is_informed:
            return None
        return Said(remarked(address.one_line, address.use, self.words.language))

    def _telecoms(self, *telecoms: Telecom | None) -> Iterator[Said]:
        return (self._telecom(telecom) for telecom in telecoms if telecom)

    def _telecom(self, telecom: Telecom) -> Said:
        text = times.telecom(telecom, self.words.language)
        if telecom.scheme in _LINKED:
            return Said(text, SaidKind.LINK, telecom.value)
        return Said(text)

    def _identifier(self, id: AnyIdentifier | None, key: str | None = None) -> Said | None:
        if id is None:
            return None
        key = key or _ID_KEYS.get(type(id), "other_id")
        return Said(self.words(key, value=id.value or id.root), SaidKind.DETAIL)


def _text(text: str | None) -> Said | None:
    return Said(text) if text else None


def _code(code: Code | None) -> Said | None:
    if code is None:
        return None
    system = _SYSTEM_NAMES.get(code.system, code.system)
    return Said(f"{system} {code.code}", SaidKind.DETAIL)


_LINKED = frozenset(("tel", "sms", "mailto", "http", "https"))
_SYSTEM_NAMES = {**CODE_SYSTEM_NAMES, Oid.SKS: "SKS"}
_ID_KEYS: dict[type, str] = {SorCode: "sor", ProviderNumber: "provider", EpisodeId: "episode_id"}
_LINES: tuple[tuple[str, Callable[[_Teller], _Texts]], ...] = (
    ("when", _Teller.when),
    ("note", _Teller.of_registry),
    ("repeats", _Teller.repeats),
    ("about", _Teller.about),
    ("where", _Teller.where),
    ("performer", _Teller.performer),
    ("responsible", _Teller.responsible),
    ("requester", _Teller.requester),
    ("custodian", _Teller.custodian),
    ("category", _Teller.category),
    ("type", _Teller.types),
    ("episode", _Teller.episode),
    ("own_practice", _Teller.own_practice),
    ("document", _Teller.papers),
)
_DEMANDED = frozenset(("about", "where", "performer", "responsible", "custodian", "category"))
_DETAILS = frozenset(("type", "own_practice", "document"))
