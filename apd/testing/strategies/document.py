"""Appointments, what belongs to them, and the documents around them."""

import datetime
from collections.abc import Collection
from functools import lru_cache
from typing import Any, TypeVar

from attrs import field, frozen
from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from apd.errors import InvalidValue
from apd.model.appointment import Appointment, EpisodeOfCare, Reason, Repetition
from apd.model.document import AppointmentDocument
from apd.model.identifiers import EpisodeId, Identifier, MedComId
from apd.model.location import PATIENTS_HOME, HomeLocation, Location, OtherLocation, SorLocation
from apd.standard.codes import AppointmentType, Category, Confidentiality, Oid, Status
from apd.standard.releases import Release
from apd.testing.defects import defects, is_of_set, set_with_defect
from apd.testing.strategies.flawless import without_flaws
from apd.testing.strategies.identifiers import (
    codes,
    episode_ids,
    identifiers,
    medcom_ids,
    sor_codes,
)
from apd.testing.strategies.party import (
    MAYBE_ORGANIZATION_IDS,
    addresses,
    custodians,
    patients,
    performers,
    requesters,
    responsibles,
    telecoms,
)
from apd.testing.strategies.schedule import schedules, times
from apd.testing.strategies.text import texts
from apd.testing.synthetic.criteria import LocationClass, Selection
from apd.testing.synthetic.older_releases import appointment_of_release
from apd.wording import Wording

_SOR_CODES, _MAYBE_SOR_CODES = sor_codes(), st.none() | sor_codes()
_MAYBE_TEXTS = st.none() | texts()
_HOME_NAMES = st.just(PATIENTS_HOME) | _MAYBE_TEXTS
_MAYBE_ADDRESSES, _MAYBE_TELECOMS = st.none() | addresses(), st.none() | telecoms()
_SIMPLEST_FIRST: tuple[LocationClass, ...] = (HomeLocation, OtherLocation, SorLocation)


@st.composite
def locations(
    draw: DrawFn, *, complete: bool = True, classes: Collection[LocationClass] | None = None
) -> Location:
    """Locations of the three types.

    Args:
        draw: the draw function of hypothesis.
        complete: only locations with a SOR code or, outside SOR, possibly without one.
        classes: the classes of locations to generate.
    """
    location_type = draw(st.sampled_from(_wanted(_SIMPLEST_FIRST, classes)))
    ids = _SOR_CODES if location_type is SorLocation else _MAYBE_SOR_CODES
    return location_type(
        id=draw(ids if complete else MAYBE_ORGANIZATION_IDS),
        name=draw(_HOME_NAMES if location_type is HomeLocation else _MAYBE_TEXTS),
        address=draw(_MAYBE_ADDRESSES),
        telecom=draw(_MAYBE_TELECOMS),
    )


def reasons() -> SearchStrategy[Reason]:
    """Reasons as text alone, and with a code."""
    return st.builds(Reason, texts(), st.none() | codes())


_LABELS, _ANY_LABELS = codes(Oid.SKS), st.none() | codes()
_ANY_OTHER_IDS = st.lists(episode_ids() | identifiers(), max_size=3)
_NO_MEDCOM_ID = st.lists(
    episode_ids() | identifiers().filter(lambda other: other.root != Oid.MEDCOM), max_size=3
)
_MEDCOM_ID, _MEDCOM_IDS = st.lists(medcom_ids(), max_size=1), st.lists(medcom_ids(), max_size=2)


@st.composite
def episodes_of_care(draw: DrawFn, *, complete: bool = True) -> EpisodeOfCare:
    """Episodes of care, with no, one or several ids.

    Args:
        draw: the draw function of hypothesis.
        complete: only episodes with a label from SKS, and at most one id in MedCom's root.
    """
    medcom, others = (_MEDCOM_ID, _NO_MEDCOM_ID) if complete else (_MEDCOM_IDS, _ANY_OTHER_IDS)
    ids = [*draw(medcom), *draw(others)]
    if complete:
        ids = _distinct(ids)
    in_any_order = draw(st.permutations(ids)) if len(ids) > 1 else ids
    return EpisodeOfCare(in_any_order, draw(_LABELS if complete else _ANY_LABELS))


_EpisodeIds = list[EpisodeId | MedComId | Identifier]


def _distinct(ids: _EpisodeIds) -> _EpisodeIds:
    """The ids without those that HL7 regards as the same as another."""
    alone = {one.root for one in ids if one.extension is None}
    by_number = {(one.root, None if one.root in alone else one.extension): one for one in ids}
    return list(by_number.values())


_IDS, _ANY_IDS = medcom_ids(), medcom_ids() | identifiers()
_MAYBE_IDS, _MAYBE_ANY_IDS = st.none() | _IDS, st.none() | _ANY_IDS


@st.composite
def repetitions(draw: DrawFn, *, complete: bool = True) -> Repetition:
    """Repetitions, with and without the id of the series.

    Args:
        draw: the draw function of hypothesis.
        complete: only ids in MedCom's root.
    """
    return Repetition(draw(_MAYBE_IDS if complete else _MAYBE_ANY_IDS))


_CATEGORIES = tuple(Category)
_REASONS, _MAYBE_REASONS = reasons(), st.none() | reasons()
_STATUSES, _ANY_STATUSES = st.just(Status.ACTIVE), st.sampled_from([*Status, None])
_PATIENTS, _ANY_PATIENTS = patients(), patients(complete=False)
_RESPONSIBLES, _MAYBE_RESPONSIBLES = responsibles(), st.none() | responsibles(complete=False)
_REQUESTERS, _ANY_REQUESTERS = st.none() | requesters(), st.none() | requesters(complete=False)
_PERFORMERS, _MAYBE_PERFORMERS = performers(), st.none() | performers(complete=False)
_EPISODES, _ANY_EPISODES = (
    st.none() | episodes_of_care(),
    st.none() | episodes_of_care(complete=False),
)
_REPETITIONS, _ANY_REPETITIONS = repetitions(), repetitions(complete=False)


@st.composite
def appointments(
    draw: DrawFn,
    *,
    complete: bool = True,
    types: Collection[int] | None = None,
    locations: Collection[LocationClass] | None = None,
    categories: Collection[Category] | None = None,
    first: datetime.date | None = None,
    last: datetime.date | None = None,
    release: Release = Release.V2_0_1,
) -> Appointment:
    """Appointments of all four types.

    Args:
        draw: the draw function of hypothesis.
        complete: only appointments that :func:`apd.dumps` writes.
        types: the appointment types to generate, of 1 to 4.
        locations: the classes of locations to generate, such as :class:`apd.HomeLocation`.
        categories: the categories to generate.
        first: the first day of an appointment, in Danish local time.
        last: the last day on which an appointment begins.
        release: only what this release of DK-APD could say.

    Raises:
        InvalidValue: no document meets all conditions.
    """
    wanted = frozenset(AppointmentType if types is None else types)
    type, repeats = draw(st.sampled_from(_ways(wanted, release)))
    category = st.sampled_from(_wanted(_CATEGORIES, categories))
    location = _locations(complete=complete, classes=locations)
    repetition = _REPETITIONS if complete else _ANY_REPETITIONS
    appointment = Appointment(
        id=draw(_IDS if complete else _MAYBE_ANY_IDS),
        category=draw(category if complete or categories else st.none() | category),
        patient=draw(_PATIENTS if complete else _ANY_PATIENTS),
        schedule=draw(schedules(types=[type], first=first, last=last)),
        reason=draw(_REASONS if complete else _MAYBE_REASONS),
        responsible=draw(_RESPONSIBLES if complete else _MAYBE_RESPONSIBLES),
        performer=draw(_PERFORMERS if complete else _MAYBE_PERFORMERS),
        location=draw(location if complete or locations else st.none() | location),
        requester=draw(_REQUESTERS if complete else _ANY_REQUESTERS),
        episode_of_care=draw(_EPISODES if complete else _ANY_EPISODES),
        repetition=draw(repetition) if repeats else None,
        status=draw(_STATUSES if complete else _ANY_STATUSES),
    )
    return appointment_of_release(release, appointment)


_locations = locations  # the function, where an argument has its name
_T = TypeVar("_T")


def _wanted(items: Collection[_T], wanted: Collection[_T] | None) -> list[_T]:
    """The selected items, the simplest first."""
    left = [item for item in items if wanted is None or item in wanted]
    if not left:
        raise InvalidValue(
            "the selection",
            Wording("er tomt", "is empty"),
            Wording(f"angiv nogle af {len(items)}", f"specify some of {len(items)}"),
        )
    return left


@lru_cache(maxsize=64)
def _ways(types: frozenset[int], release: Release) -> tuple[tuple[AppointmentType, bool], ...]:
    """The selected types 1 to 3, each with whether the appointment repeats."""
    selection = Selection(types=types, release=release)
    ways = [
        (type, repeats)
        for repeats in (False, True)
        for type in AppointmentType
        if type is not AppointmentType.REPEATING and selection.takes(type, repeats=repeats)
    ]
    return tuple(_wanted(ways, None))


_CUSTODIANS, _MAYBE_CUSTODIANS = custodians(), st.none() | custodians(complete=False)
_TIMES, _MAYBE_TIMES = times(), st.none() | times()
_CONFIDENTIALITIES = st.sampled_from(Confidentiality)
_MAYBE_CONFIDENTIALITIES = st.none() | _CONFIDENTIALITIES
_LANGUAGES, _ANY_LANGUAGES = st.just("da-DK"), st.sampled_from(["da-DK", None, "en", "kl-GL"])
_MAYBE_VERSIONS = st.none() | st.integers(0, 10**9 - 1)


@st.composite
def documents(
    draw: DrawFn,
    *,
    complete: bool = True,
    flawless: bool = False,
    types: Collection[int] | None = None,
    locations: Collection[LocationClass] | None = None,
    categories: Collection[Category] | None = None,
    first: datetime.date | None = None,
    last: datetime.date | None = None,
    release: Release = Release.V2_0_1,
) -> AppointmentDocument:
    """Documents made from the model, with nothing unmapped.

    Args:
        draw: the draw function of hypothesis.
        complete: only documents that :func:`apd.dumps` writes, which have no errors; False also
            generates what it writes only with ``check=False``.
        flawless: only documents without any findings.
        types: the appointment types to generate, of 1 to 4.
        locations: the classes of locations to generate, such as :class:`apd.HomeLocation`.
        categories: the categories to generate.
        first: the first day of an appointment, in Danish local time.
        last: the last day on which an appointment begins.
        release: as if read from a document of this release of DK-APD, with what it could express.
            :func:`apd.testing.synthetic.as_released` writes it in that release.

    Raises:
        InvalidValue: no document meets all conditions.
    """
    complete = complete or flawless
    appointment = draw(
        appointments(
            complete=complete,
            types=types,
            locations=locations,
            categories=categories,
            first=first,
            last=last,
            release=release,
        )
    )
    id = draw(_IDS if complete else _MAYBE_ANY_IDS)
    assume(not complete or id != appointment.id)
    document = AppointmentDocument(
        id=id,
        time=draw(_TIMES if complete else _MAYBE_TIMES),
        appointment=appointment,
        custodian=draw(_CUSTODIANS if complete else _MAYBE_CUSTODIANS),
        confidentiality=draw(_CONFIDENTIALITIES if complete else _MAYBE_CONFIDENTIALITIES),
        language=draw(_LANGUAGES if complete else _ANY_LANGUAGES),
        set_id=draw(_MAYBE_ANY_IDS),
        version_number=draw(_MAYBE_VERSIONS),
        release=release,
    )
    return without_flaws(document) if flawless else document


_RULES = tuple(rule for rule in defects() if not is_of_set(rule))


@frozen
class Defective:
    """A document that breaks a rule.

    Args:
        rule: id of the rule.
        documents: the document as XML; for a rule about a set, the documents of the set.
    """

    rule: str
    documents: tuple[bytes, ...] = field(repr=False)

    @property
    def data(self) -> bytes:
        """The document; of a set, the last one, which conflicts with the others."""
        return self.documents[-1]


@st.composite
def defective_documents(draw: DrawFn, /, rule: str | None = None, **narrowing: Any) -> Defective:
    """Documents, as XML, that break one rule, and the rules that are always broken with it.

    If a document lacks what the rule is about, it is added. See :mod:`apd.testing.defects`.

    Args:
        draw: the draw function of hypothesis.
        rule: the id of the rule; None for any rule about one document.
        narrowing: the arguments of :func:`documents`: types, locations, categories, first, last.

    Raises:
        InvalidValue: there is no such rule.
    """
    chosen = draw(st.sampled_from(_RULES)) if rule is None else rule
    document = draw(documents(flawless=True, **narrowing))
    return Defective(chosen, set_with_defect(document, chosen))
