"""One appointment described in labelled lines, before anyone decides how they look.

Every renderer shows these, so what must be stated is worded here and nowhere else.
Source: Aftaleoversigten 2.0, tables 1 to 3; MedCom's FAQ of 2023 (F1).
"""

import datetime
from collections.abc import Callable, Iterable, Mapping
from enum import Enum, StrEnum

from attrs import evolve, field, frozen

from apd.deprecation import warn_renamed
from apd.model.appointment import Appointment
from apd.model.code import Code
from apd.model.contact import Address, Telecom, is_protected, remarked, words_of
from apd.model.document import AppointmentDocument
from apd.model.identifiers import AnyIdentifier, CprNumber
from apd.model.location import LOCATION_TYPES, PATIENTS_HOME, HomeLocation, Location
from apd.model.party import Custodian, Organization, Patient, Performer, Requester, Responsible
from apd.model.validators import masked
from apd.standard.codes import REMARKS, Confidentiality
from apd.text import times, values
from apd.text.overview import Words
from apd.text.terms import ADDRESS_USES, TELECOM_USES
from apd.wording import Hide, Language, Wording, as_sentence


class PartKind(StrEnum):
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
class LinePart:
    """One text of a line.

    Args:
        text: what people read. It is not markup and may hold any character.
        kind: what it is.
        value: the same for machines: a time or a URI; None for other kinds.
    """

    text: str = field(repr=masked)
    kind: PartKind = PartKind.TEXT
    value: str | None = field(default=None, repr=masked)


@frozen
class Line:
    """A label with its texts.

    Args:
        key: stable name of the line: ``when``, ``about``, ``where`` and so on.
        label: the label in the language of the overview.
        parts: its texts, at least one.
        is_detail: the line is about the document itself; a renderer may fold it away.
    """

    key: str
    label: str
    parts: tuple[LinePart, ...] = field(repr=masked)
    is_detail: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts alone."""
        return tuple(part.text for part in self.parts)

    @property
    def said(self) -> tuple[LinePart, ...]:
        """Deprecated name of ``parts``."""
        warn_renamed("Line.said", "parts")
        return self.parts


class Detail(Enum):
    """How much is described."""

    OVERVIEW = "overview"
    """What a viewer shows of one appointment among others of the same patient."""
    FULL = "full"
    """All that the model holds: also the patient, kinds of places, uses, and roots of ids."""


_Texts = Iterable["LinePart | None"]
_Role = Performer | Responsible | Requester
_Reachable = _Role | Organization | Custodian | Location


def lines_of(
    document: AppointmentDocument,
    language: Language,
    remarks: tuple[str, ...] = (),
    *,
    detail: Detail = Detail.OVERVIEW,
    hide: Hide | None = None,
) -> tuple[Line, ...]:
    """All that a document says of its appointment; lines that have nothing to say are left out.

    What the document says itself stays in its language. ``remarks`` are keys of remarks about its
    status in the registry; ``hide`` is applied to every text.
    """
    description = _Description(Words(language), detail is Detail.FULL, remarks, hide)
    lines = []
    for key, describe in _LINES:
        if key in _FULL_ONLY and not description.is_full:
            continue
        given = (one for one in describe(description, document) if one is not None)
        parts = tuple(dict.fromkeys(given if hide is None else map(description.hidden, given)))
        if not parts and key in _DEMANDED:
            parts = (LinePart(_unknown(description.words)),)
        if parts:
            lines.append(Line(key, description.words(key), parts, is_detail=key in _DETAILS))
    return tuple(lines)


def patient_texts(patient: Patient, language: Language) -> tuple[str, ...]:
    """Who a patient is, beside the name: CPR number, date of birth, address."""
    return tuple(part.text for part in _Description(Words(language)).of_patient(patient) if part)


def place_of(appointment: Appointment, words: Words) -> str:
    """The place in few words: its name, or its address."""
    location = appointment.location
    if location is None:
        return _unknown(words)
    if isinstance(location, HomeLocation):
        return as_sentence(values.place_kind(location, words.language))
    address = location.address.one_line if location.address else ""
    return location.name or address or _unknown(words)


def about(appointment: Appointment, words: Words) -> str:
    """The reason, as the booking system words it."""
    return appointment.reason.text if appointment.reason else _unknown(words)


def performer_of(appointment: Appointment) -> str | None:
    """Who carries it out, in few words: the organisation, or the person where none is named."""
    performer = appointment.performer
    if performer is None:
        return None
    organization, person = performer.organization, performer.person
    name = organization.name if organization else None
    return name or (person.name.full if person else None)


def meeting_of(
    document: AppointmentDocument, lines: Iterable[Line], language: Language
) -> tuple[Line, ...]:
    """Where it is and who carries it out, with nothing repeated that both have.

    One of the lines that :func:`lines_of` made where the place and the performer are the same, by
    id or by name; else two.
    """
    where, performer = (
        next(line for line in lines if line.key == key) for key in ("where", "performer")
    )
    rest = tuple(part for part in performer.parts if part not in where.parts)
    if not _performs_where_it_is(document.appointment):
        # a line of its own begins with the name, whether or not the place has the same
        return where, evolve(performer, parts=tuple(dict.fromkeys((performer.parts[0], *rest))))
    label = Words(language)("where_and_performer")
    return (evolve(where, label=label, parts=(*where.parts, *rest)),)


def _performs_where_it_is(appointment: Appointment) -> bool:
    place, name = appointment.location, performer_of(appointment)
    if place is None or name is None or isinstance(place, HomeLocation):
        return False
    organization = appointment.performer and appointment.performer.organization
    if organization and organization.id is not None and organization.id == place.id:
        return True
    return place.name is not None and words_of(place.name) == words_of(name)


def _unknown(words: Words) -> str:
    return as_sentence(words("not_informed"))


@frozen
class _Description:
    """Describes a document in one language; a method for each line."""

    words: Words
    is_full: bool = False
    remarks: tuple[str, ...] = ()
    hide: Hide | None = None

    def when(self, document: AppointmentDocument) -> _Texts:
        schedule, language = document.appointment.schedule, self.words.language
        start = (schedule.first_day if schedule.date_only else schedule.start).isoformat()
        yield LinePart(times.period(schedule, language), PartKind.TIME, start)
        for caution in times.cautions(schedule, language):
            yield LinePart(caution, PartKind.CAUTION)
        yield _text(times.change_of_clock(schedule, language))

    def note(self, _: AppointmentDocument) -> _Texts:
        return (LinePart(self.words(remark), PartKind.CAUTION) for remark in self.remarks)

    def repeats(self, document: AppointmentDocument) -> _Texts:
        repetition = document.appointment.repetition
        if repetition is not None:
            yield LinePart(self.words("repeating"), PartKind.CAUTION)
            yield self._identifier(repetition.id, "series_id")

    def about(self, document: AppointmentDocument) -> _Texts:
        reason = document.appointment.reason
        if reason is not None:
            yield LinePart(reason.text)
            yield self._code(reason.code)

    def where(self, document: AppointmentDocument) -> _Texts:
        location, language = document.appointment.location, self.words.language
        if location is None:
            return
        if self.is_full or isinstance(location, HomeLocation):
            kind = as_sentence(values.place_kind(location, language))
            number = f" (type {LOCATION_TYPES[type(location)]})" if self.is_full else ""
            yield LinePart(f"{kind}{number}")
        yield _text(location.name) if location.name != PATIENTS_HOME else None
        yield from self._reached(location, location.telecom)

    def performer(self, document: AppointmentDocument) -> _Texts:
        return self._role(document.appointment.performer)

    def responsible(self, document: AppointmentDocument) -> _Texts:
        return self._author(document.appointment.responsible, "booked")

    def requester(self, document: AppointmentDocument) -> _Texts:
        return self._author(document.appointment.requester, "asked")

    def custodian(self, document: AppointmentDocument) -> _Texts:
        custodian = document.custodian
        if custodian is not None:
            yield _text(custodian.name)
            yield from self._reached(custodian, custodian.telecom)

    def category(self, document: AppointmentDocument) -> _Texts:
        category = document.appointment.category
        yield _text(category.display(self.words.language)) if category else None

    def types(self, document: AppointmentDocument) -> _Texts:
        language = self.words.language
        return (LinePart(f"{kind:d} {kind.display(language)}") for kind in document.types)

    def patient(self, document: AppointmentDocument) -> _Texts:
        return self.of_patient(document.appointment.patient)

    def episode(self, document: AppointmentDocument) -> _Texts:
        episode = document.appointment.episode_of_care
        if episode is not None:
            label = episode.label
            yield _text(label.display) if label else None
            yield self._code(label)
            yield from map(self._identifier, episode.ids)

    def own_practice(self, document: AppointmentDocument) -> _Texts:
        return self._organization(document.appointment.patient.provider_organization)

    def status(self, document: AppointmentDocument) -> _Texts:
        status = document.appointment.status
        yield _text(status and status.display(self.words.language))

    def of_document(self, document: AppointmentDocument) -> _Texts:
        words, level = self.words, document.confidentiality
        if self.is_full:
            yield LinePart(words("release", release=document.release))
        if document.version_number is not None:
            yield LinePart(words("version", number=document.version_number))
        if document.time is not None:
            yield self._at("made", document.time)
        if level not in (None, Confidentiality.NORMAL):
            yield LinePart(words("confidentiality", level=level.display(words.language)))
        yield self._identifier(document.id, "document_id")
        yield self._identifier(document.set_id, "set_id")
        yield self._identifier(document.appointment.id, "appointment_id")

    # --- what occurs in several lines ---

    def of_patient(self, patient: Patient) -> _Texts:
        """Who it is; the name stands elsewhere, where not everything is described here."""
        words = self.words
        if self.is_full:
            yield _text(patient.name.full) if patient.name else None
        # hidden by itself, too, as a short number is not found within a text
        number = patient.id.value or ""
        key = "cpr" if isinstance(patient.id, CprNumber) else "patient_id"
        yield LinePart(words(key, value=self.hide(number) if self.hide else number))
        if self.is_full and patient.gender is not None:
            yield LinePart(patient.gender.display(words.language))
        if patient.birth_date is not None:
            yield LinePart(words("born", date=times.date(patient.birth_date, words.language)))
        protected = is_protected(patient.address)
        if protected:
            yield LinePart(words("protected"))
        if self.is_full or not protected:
            yield self._address(patient.address)
        if self.is_full:
            if patient.address is None or not (protected or patient.address.is_informed):
                yield LinePart(words("no_address"))
            yield from (self._telecom(telecom, TELECOM_USES) for telecom in patient.telecoms)

    def _author(self, role: Responsible | Requester | None, did: str) -> _Texts:
        yield from self._role(role)
        if role and role.time:
            yield self._at(did, role.time)

    def _role(self, role: _Role | None) -> _Texts:
        if role is not None:
            organization = role.organization
            yield _text(organization.name) if organization else None
            yield _text(role.person.name.full) if role.person else None
            yield from self._reached(role, *role.telecoms)
            if organization is not None:
                yield from self._reached(organization, *organization.telecoms)

    def _organization(self, organization: Organization | None) -> _Texts:
        if organization is not None:
            yield _text(organization.name)
            yield from self._reached(organization, *organization.telecoms)

    def _reached(self, of: _Reachable, *by: Telecom | None) -> list[LinePart | None]:
        telecoms = [self._telecom(telecom, REMARKS) for telecom in by if telecom]
        return [self._address(of.address), *telecoms, self._identifier(of.id)]

    def _at(self, key: str, time: datetime.datetime) -> LinePart:
        return LinePart(self.words(key, time=times.moment(time, self.words.language)))

    def _address(self, address: Address | None) -> LinePart | None:
        if address is None or not address.is_informed:
            return None
        uses = ADDRESS_USES if self.is_full else REMARKS
        return LinePart(remarked(address.one_line, address.use, self.words.language, uses))

    def _telecom(self, telecom: Telecom, uses: Mapping[str, Wording]) -> LinePart:
        text = times.telecom(telecom, self.words.language, uses)
        if telecom.scheme in _LINKED:
            return LinePart(text, PartKind.LINK, telecom.value)
        return LinePart(text)

    def _code(self, code: Code | None) -> LinePart | None:
        return None if code is None else _detail(values.code(code))

    def _identifier(self, id: AnyIdentifier | None, key: str | None = None) -> LinePart | None:
        if id is None:
            return None
        if key is None and not self.is_full and values.is_foreign(id):
            key = "other_id"  # whose it is says nothing to most
        if key is None:
            return _detail(as_sentence(values.identifier(id, self.words.language)))
        return _detail(self.words(key, value=id.value or id.root))

    def hidden(self, part: LinePart) -> LinePart:
        """A text as it is to be shown."""
        if self.hide is None:
            return part
        text, value = self.hide(part.text), part.value and self.hide(part.value)
        is_same = (text, value) == (part.text, part.value)
        return part if is_same else LinePart(text, part.kind, value)


def _text(text: str | None) -> LinePart | None:
    return LinePart(text) if text else None


def _detail(text: str | None) -> LinePart | None:
    return LinePart(text, PartKind.DETAIL) if text else None


_LINKED = frozenset(("tel", "sms", "mailto", "http", "https"))
_LINES: tuple[tuple[str, Callable[[_Description, AppointmentDocument], _Texts]], ...] = (
    ("when", _Description.when),
    ("note", _Description.note),
    ("repeats", _Description.repeats),
    ("about", _Description.about),
    ("where", _Description.where),
    ("performer", _Description.performer),
    ("responsible", _Description.responsible),
    ("requester", _Description.requester),
    ("custodian", _Description.custodian),
    ("category", _Description.category),
    ("type", _Description.types),
    ("patient", _Description.patient),
    ("episode", _Description.episode),
    ("own_practice", _Description.own_practice),
    ("status", _Description.status),
    ("document", _Description.of_document),
)
_FULL_ONLY = frozenset(("patient", "status"))
_DEMANDED = frozenset(
    ("about", "where", "performer", "responsible", "custodian", "category", "status")
)
_DETAILS = frozenset(("type", "own_practice", "document"))
