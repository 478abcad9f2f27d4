"""Upgrades a document of an older release to DK-APD 2.0.1, and reports what changes.

Source: MedCom's example documents of 1.0, 1.1 and the draft of 2.0; see :mod:`apd.cda.migrations`.
"""

from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple, Unpack

from attrs import evolve, field, frozen

from apd.api import dumps, loads
from apd.arguments import check_document
from apd.cda.lossless.writing import path_of_part, without
from apd.change.comparing import diff
from apd.change.upgrade_inputs import ANSWERS, Answers, answered, answers_for
from apd.errors import InvalidArgument
from apd.findings import Finding, Layer, Severity
from apd.model.appointment import Appointment
from apd.model.document import AppointmentDocument, Unmapped
from apd.model.identifiers import MedComId
from apd.model.location import SorLocation
from apd.standard.releases import Release
from apd.validation import validate
from apd.wording import Wording

_BEFORE_2 = (Release.V1_0, Release.V1_1)
_BEFORE_2_0_1 = (*_BEFORE_2, Release.V2_0)


class _Fact(NamedTuple):
    """Something that older releases express in another way, and what is written now."""

    releases: tuple[Release, ...]
    path: str
    wording: Wording
    applies: Callable[[Appointment], bool] = lambda _: True


_FACTS = (
    _Fact(
        _BEFORE_2_0_1,
        "release",
        Wording(
            "Profilversion, template-id'er og deres datoer skrives som i DK-APD 2.0.1.",
            "Profile version, template ids and their dates are written as in DK-APD 2.0.1.",
        ),
    ),
    _Fact(
        _BEFORE_2,
        "appointment.category",
        Wording(
            "Aftalens kode angiver nu kategorien og ikke kun, at det er en aftale.",
            "The code of the appointment now states its category, not only that it is an "
            "appointment.",
        ),
    ),
    _Fact(
        _BEFORE_2,
        "appointment.requester",
        Wording(
            "Rekvirenten skrives i headeren som anden author med koden REFB.",
            "The requester is written in the header as the second author, with the code REFB.",
        ),
        lambda appointment: appointment.requester is not None,
    ),
    _Fact(
        _BEFORE_2,
        "appointment.reason",
        Wording(
            "Årsagen skrives med moodCode EVN.", "The reason is written with the moodCode EVN."
        ),
        lambda appointment: appointment.reason is not None,
    ),
    _Fact(
        _BEFORE_2,
        "appointment.patient.birth_date",
        Wording(
            "Patientens fødselsdato skrives uden klokkeslæt.",
            "The patient's date of birth is written without a time of day.",
        ),
        lambda appointment: appointment.patient.birth_date is not None,
    ),
    _Fact(
        (Release.V2_0,),
        "appointment.repetition",
        Wording(
            "Gentagelsen skrives med koden RepeatingDocumentType.",
            "The repetition is written with the code RepeatingDocumentType.",
        ),
        lambda appointment: appointment.repetition is not None,
    ),
)


def lifted(document: AppointmentDocument) -> Iterator[tuple[str, Wording]]:
    """The fields that an older release writes differently, each with what is written now."""
    for fact in _FACTS:
        if document.release in fact.releases and fact.applies(document.appointment):
            yield fact.path, fact.wording


@frozen
class Step:
    """Something that was done to a document.

    Args:
        path: the field, from the document on; outside the model, an XPath.
        wording: what was done, without personal data.
    """

    path: str
    wording: Wording


@frozen
class Lack:
    """Something that a document lacks.

    Args:
        path: the field, from the document on.
        wording: what is wrong and what would be right.
        answers: the names of the arguments of :func:`upgrade` that provide it.
    """

    path: str
    wording: Wording
    answers: tuple[str, ...]


@frozen(kw_only=True)
class Upgrade:
    """The result of upgrading a document.

    Args:
        document: the document as 2.0.1, as far as it is known; valid when nothing is missing.
        steps: what was done.
        missing: what it lacks and must have.
        advised: what it lacks and should have; it can be written without.
    """

    document: AppointmentDocument = field(repr=False)
    steps: tuple[Step, ...] = ()
    missing: tuple[Lack, ...] = ()
    advised: tuple[Lack, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing, so that :func:`apd.dumps` writes it."""
        return not self.missing


def upgrade(document: AppointmentDocument, **answers: Unpack[Answers]) -> Upgrade:
    """Upgrade a document of an older release to DK-APD 2.0.1.

    What the older release did not have is listed in :attr:`Upgrade.missing`, with the argument that
    provides it. An answer replaces a present value. Deviations in
    :attr:`apd.AppointmentDocument.unmapped` that 2.0.1 forbids are not kept.

    A changed document is a new version. So a new ``id`` and a ``time`` are required, and a
    ``version_number`` if the older one has one; ``set_id`` stays the same unless it is specified.

    A valid 2.0.1 document is returned unchanged. An invalid one is corrected in the same way.

    Args:
        document: the document, of any release.
        **answers: what it lacks; see :class:`Answers`.

    Raises:
        InvalidValue: an answer is not a valid value of its field.
        InvalidArgument: an answer is unknown, or ``document`` is not a document.
        InvalidDocument: upgraded, it is larger than 512 KiB.
    """
    check_document("upgrade", document)
    unknown = sorted(answers.keys() - ANSWERS.keys())
    if unknown:
        known = ", ".join(ANSWERS)
        raise InvalidArgument(
            Wording(
                f"upgrade() har ikke argumentet '{unknown[0]}'; de mulige er {known}",
                f"upgrade() has no argument '{unknown[0]}'; the possible ones are {known}",
            )
        )
    new = evolve(document, release=Release.CURRENT)
    for name, value in answers.items():
        new = answered(new, name, value)
    new, dropped = _without_faults(new)
    return Upgrade(
        document=new,
        steps=tuple(_steps(document, new, dropped)),
        missing=tuple(
            _missing(document, new, answers, is_changed=bool(dropped) or new != document)
        ),
        advised=tuple(_advised(new)),
    )


# --- deviations ------------------------------------------------------------------------------

# More deviations than anyone makes by hand are kept or dropped together.
_MANY = 50


def _without_faults(
    document: AppointmentDocument,
) -> tuple[AppointmentDocument, tuple[str, ...]]:
    """The document without the deviations that break a rule, and the paths of those."""
    plain = evolve(document, source=None)
    known = _faults(plain)
    if _faults(document) <= known:
        return document, ()
    pieces = loads(dumps(document, check=False)).unmapped
    # such as the order of elements, which is no deviation by itself
    left = sorted({path for _, path in _faults(_with_only(document, ())) - known})
    parts = {part for part in map(path_of_part, left) if part is not None}
    beside = [one for one in pieces if path_of_part(one.path) not in parts]
    one_by_one = beside if len(beside) <= _MANY else ()
    kept = tuple(one for one in one_by_one if _faults(_with_only(document, (one,), parts)) <= known)
    for keeping in (kept, ()):
        made = _with_only(document, keeping, parts)
        if _faults(made) <= known:
            return made, (*(one.path for one in pieces if one not in keeping), *left)
    return plain, tuple(one.path for one in pieces)


def _with_only(
    document: AppointmentDocument, kept: tuple[Unmapped, ...], parts: Collection[str] = ()
) -> AppointmentDocument:
    return without(document, lambda piece: piece not in kept, parts=parts)


def _faults(document: AppointmentDocument) -> set[tuple[str, str]]:
    """The rules that a document breaks, and where."""
    findings = validate(dumps(document, check=False)).findings
    return {(one.rule, one.path) for one in findings if one.severity is Severity.ERROR}


# --- what was done ---------------------------------------------------------------------------


def _steps(
    old: AppointmentDocument, new: AppointmentDocument, dropped: tuple[str, ...]
) -> Iterator[Step]:
    for path, wording in lifted(old):
        yield Step(path, wording)
    compared = diff(old, new)
    for change in (*compared.changes, *compared.bookkeeping):
        yield Step(
            change.path, Wording(change.describe(language="da"), change.describe(language="en"))
        )
    for path in dict.fromkeys(dropped):
        yield Step(
            path,
            Wording(
                f"En afvigelse, som 2.0.1 ikke tillader, skrives efter standarden: {path}.",
                f"A deviation that 2.0.1 does not allow is written according to the standard: "
                f"{path}.",
            ),
        )


# --- what is missing -------------------------------------------------------------------------

_NEW_ID = Wording(
    "Den nye version af dokumentet skal have sit eget id.",
    "The new version of the document must have its own id.",
)
_NEW_TIME = Wording(
    "Tidspunktet for den nye versions oprettelse skal angives.",
    "The time at which the new version was created must be specified.",
)
_NEW_VERSION = Wording(
    "Den nye version skal have sit eget versionsnummer.",
    "The new version must have its own version number.",
)
_SET_ID = Wording(
    "Et fælles id knytter versionerne af dokumentet sammen.",
    "A set id links the versions of the document.",
)
_PERFORMER_PHONE = Wording(
    "Den udførende skal have et telefonnummer.", "The performer must have a telephone number."
)
_LOCATION_PHONE = Wording(
    "Et mødested i SOR skal have et telefonnummer.",
    "A location in SOR must have a telephone number.",
)


def _missing(
    old: AppointmentDocument, new: AppointmentDocument, answers: Answers, *, is_changed: bool
) -> Iterator[Lack]:
    lacks = [Lack(path, one.wording, answers_for(path)) for path, one in _errors(new).items()]
    if lacks or is_changed:
        lacking = list(_missing_of_version(old, new, answers))
        named = {lack.path for lack in lacking}
        lacks = lacking + [lack for lack in lacks if lack.path not in named]
    yield from lacks


def _errors(document: AppointmentDocument) -> dict[str, Finding]:
    """The first error of each field; of what no field carries, by its place in the XML."""
    errors: dict[str, Finding] = {}
    for one in validate(document).errors:
        if one.layer is not Layer.SCHEMA:  # the profile says the same in words
            errors.setdefault(one.field or one.path, one)
    return errors


def _missing_of_version(
    old: AppointmentDocument, new: AppointmentDocument, answers: Answers
) -> Iterator[Lack]:
    """What a new version needs of its own."""
    if not isinstance(new.id, MedComId) or new.id == old.id:
        yield Lack("id", _NEW_ID, ("id",))
    if "time" not in answers:
        yield Lack("time", _NEW_TIME, ("time",))
    if old.version_number is not None and new.version_number == old.version_number:
        yield Lack("version_number", _NEW_VERSION, ("version_number",))


def _advised(document: AppointmentDocument) -> Iterator[Lack]:
    """What may be left out, but should be there."""
    performer, location = document.appointment.performer, document.appointment.location
    if document.set_id is None:
        yield Lack("set_id", _SET_ID, ("set_id",))
    if performer is not None and not performer.telephones:
        yield Lack("appointment.performer.telecoms", _PERFORMER_PHONE, ("performer_telecom",))
    if isinstance(location, SorLocation) and not location.telephones:
        yield Lack("appointment.location.telecom", _LOCATION_PHONE, ("location_telecom",))
