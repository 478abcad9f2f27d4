"""The tests one by one: the bookings of each, and the conditions under which it is passed.

Differences from a booking are named, values are not shown.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence

from attrs import evolve

import apd
from apd.api import dumps
from apd.cda.xml import content
from apd.model.appointment import Appointment
from apd.model.document import AppointmentDocument
from apd.model.time import danish_time
from apd.overview import Availability
from apd.publication import WITHIN, Booking, LegalBasis, last_day
from apd.standard.codes import AppointmentType, Category
from apd.testing.certification.producers import Producer
from apd.testing.certification.protocol import Evidence, Protocol, Row, Verdict
from apd.testing.certification.running import (
    NOT_FETCHED,
    Clock,
    Execution,
    Saved,
    Seen,
    SimulatedClock,
    about,
)
from apd.testing.certification.scenarios import (
    CANCELLED,
    SCENARIOS,
    TYPES,
    Case,
    series_cases,
)
from apd.testing.registry import Registry
from apd.validation import validate
from apd.wording import Wording

ASPECTS: tuple[tuple[Wording, Callable[[Appointment], object]], ...] = (
    (Wording("CPR-nummer", "CPR number"), lambda one: one.patient.id),
    (Wording("starttidspunkt", "start"), lambda one: one.schedule.start),
    (Wording("sluttidspunkt", "end"), lambda one: one.schedule.end),
    (Wording("vejledende tid", "indicative time"), lambda one: one.schedule.indicative),
    (Wording("uden klokkeslæt", "no time of day"), lambda one: one.schedule.date_only),
    (Wording("repeterende (type 4)", "repeating (type 4)"), lambda one: one.repetition is not None),
    (Wording("kategori", "category"), lambda one: one.category),
    (Wording("lokationstype", "location type"), lambda one: type(one.location)),
    (Wording("årsag", "reason"), lambda one: one.reason and one.reason.text),
    (Wording("status", "status"), lambda one: one.status),
)
"""The compared parts, by name. The performer is not compared: the system decides it."""


def deviations(booking: Booking, document: AppointmentDocument) -> Iterator[Wording]:
    """The deviations of a document from its booking, and the rules that it breaks."""
    for name, value in ASPECTS:
        if value(booking.appointment) != value(document.appointment):
            yield Wording(f"afviger: {name.da}", f"differs: {name.en}")
    data = dumps(document, check=False)
    rules = dict.fromkeys(finding.rule for finding in validate(data).errors)
    if rules:
        broken = ", ".join(rules)
        yield Wording(f"dokumentet har fejl: {broken}", f"the document has errors: {broken}")
    if booking.address_protected and _has_address(booking, data):
        yield Wording(
            "den beskyttede adresse står i dokumentet",
            "the protected address is in the document",
        )


def _has_address(booking: Booking, data: bytes) -> bool:
    """Whether the bytes contain a line of the patient's address."""
    address = booking.appointment.patient.address
    lines = () if address is None else address.lines
    return any(content(line).encode() in data for line in lines)


PATIENCE = datetime.timedelta(minutes=30)
"""The time to wait for an expected document: twice the permitted time, to distinguish a late
document from one that never comes."""
ALL_TYPES = tuple(AppointmentType)
ALL_CATEGORIES = (Category.REGIONAL, Category.MUNICIPAL)


def certify(
    producer: Producer,
    *,
    producer_name: str = "",
    clock: Clock | None = None,
    registry: Registry | None = None,
    types: Iterable[AppointmentType] = ALL_TYPES,
    categories: Iterable[Category] = ALL_CATEGORIES,
    patience: datetime.timedelta = PATIENCE,
    on_row: Callable[[Row], None] = lambda _: None,
) -> Protocol:
    """Run the national integration test and fill in its protocol.

    Args:
        producer: the producer to test; see :func:`apd.testing.certification.publisher`,
            :func:`apd.testing.certification.maker` and
            :func:`apd.testing.certification.command_maker`.
        producer_name: the name that the vendor uses for the system.
        clock: a :class:`SimulatedClock` unless the system publishes in its own time.
        registry: an empty registry; None for a new one.
        types: the appointment types that the system supports. Tests of other types are skipped;
            without type 4, so is test 3.
        categories: the categories of appointments that the system supports.
        patience: how long to wait for a document.
        on_row: is called with each row as soon as it is complete, to show progress.

    Returns:
        The protocol, with a row for each of :data:`apd.testing.certification.ROW_IDS`.
    """
    clock = clock or SimulatedClock(datetime.datetime.now(datetime.UTC))
    given_types, given_categories = tuple(types), tuple(categories)
    started = clock.now()
    test = Execution(
        producer,
        Registry() if registry is None else registry,
        clock,
        given_categories,
        patience,
    )

    def supports(case: Case) -> bool:
        is_ours = case.category is None or case.category in given_categories
        return case.type in given_types and is_ours

    def made() -> Iterator[Row]:
        yield from _types_and_time(test, [case for case in TYPES if supports(case)])
        has_series = AppointmentType.REPEATING in given_types
        yield _series(test) if has_series else _not_supported(_ROWS["3"])
        yield _cancelled(test)
        yield from _scenarios(test, supports)

    rows = []
    for row in made():
        rows.append(row)
        on_row(row)
    return Protocol(
        producer_name=producer_name,
        started=started,
        ended=clock.now(),
        is_simulated=clock.is_simulated,
        rows=rows,
        version=apd.__version__,
    )


_ROWS = {
    "1": Row(
        id="1",
        rule="#1, #8",
        done=Wording(
            "En aftale af hver type, systemet understøtter, er oprettet og publiceret.",
            "An appointment of each type that the system supports was booked and published.",
        ),
        expected=Wording(
            "Hver aftale kan hentes, og dokumentet svarer til bookingen.",
            "Each can be fetched, and the document agrees with the booking.",
        ),
        verdict=Verdict.NOT_TESTED,
    ),
    "2": Row(
        id="2",
        rule="#2",
        done=Wording(
            "Tiden fra aftalerne i test 1 blev gemt, til de kunne hentes, er målt.",
            "The time from when the appointments of test 1 were saved until they could be fetched "
            "was measured.",
        ),
        expected=Wording("Højst 15 minutter.", "At most 15 minutes."),
        verdict=Verdict.NOT_TESTED,
    ),
    "3": Row(
        id="3",
        rule="#3",
        done=Wording(
            "En serie med en aftale hver uge er oprettet og publiceret.",
            "A series with an appointment every week was booked and published.",
        ),
        expected=Wording(
            "Aftalerne i de næste 6 måneder kan hentes.",
            "The appointments of the next 6 months can be fetched.",
        ),
        verdict=Verdict.NOT_TESTED,
    ),
    "4": Row(
        id="4",
        rule="#4, #5",
        done=Wording(
            "En aftale er oprettet og publiceret og derefter aflyst.",
            "An appointment was booked and published, and then cancelled.",
        ),
        expected=Wording(
            "Først kan den hentes; efter aflysningen har dens metadata status Deprecated.",
            "First it can be fetched; after the cancellation its metadata have the status "
            "Deprecated.",
        ),
        verdict=Verdict.NOT_TESTED,
    ),
}
_SUPPORTED = Wording("Systemet understøtter det ikke.", "The system does not support it.")
_NO_PUBLISHER = Wording(
    "Kun dannelsen af dokumenter er afprøvet; testen har selv publiceret dem.",
    "Only the generation of documents was tested; the test itself published them.",
)


def _not_supported(row: Row) -> Row:
    return evolve(row, comment=_SUPPORTED)


def _judged(row: Row, found: Iterable[Wording], evidence: Iterable[Evidence]) -> Row:
    deviating = tuple(dict.fromkeys(found))
    verdict = Verdict.FAILED if deviating else Verdict.PASSED
    return evolve(row, verdict=verdict, deviations=deviating, evidence=tuple(evidence))


def _content_deviations(test: Execution, one: Saved, seen: Seen) -> list[Wording]:
    if seen.found is None or seen.at is None:
        return [test.missing(one), *test.problems]
    return [about(one.case, stated) for stated in deviations(one.booking, seen.found.document)]


def _types_and_time(test: Execution, cases: Sequence[Case]) -> list[Row]:
    """Tests 1 and 2, which are run together."""
    if not cases:
        return [_not_supported(_ROWS["1"]), _not_supported(_ROWS["2"])]
    saved = test.book(cases)
    seen = test.until(saved)
    evidence = [test.evidence(one, seen[one.booking.id.value]) for one in saved]
    wrong = [
        stated
        for one in saved
        for stated in _content_deviations(test, one, seen[one.booking.id.value])
    ]
    first = _judged(_ROWS["1"], wrong, evidence)
    if not test.producer.is_publisher:
        return [first, evolve(_ROWS["2"], comment=_NO_PUBLISHER)]
    late = [
        _late(one.case, found.delay)
        for one, found in zip(saved, evidence, strict=True)
        if found.delay is None or found.delay > WITHIN
    ]
    return [first, _judged(_ROWS["2"], late, evidence)]


def _late(case: Case, delay: datetime.timedelta | None) -> Wording:
    if delay is None:
        return about(case, NOT_FETCHED)
    minutes = -(-delay // datetime.timedelta(minutes=1))
    return about(case, Wording(f"efter {minutes} minutter", f"after {minutes} minutes"))


def _series(test: Execution) -> Row:
    row = _ROWS["3"]
    if not test.producer.is_publisher:
        return evolve(row, comment=_NO_PUBLISHER)
    now = danish_time(test.clock.now(), "now")
    last = last_day(LegalBasis.HEALTH_ACT, now)
    saved = test.book(series_cases(now.date(), last))
    wanted = [one for one in saved if one.booking.starts.date() <= last]
    seen = test.until(wanted)
    evidence = [test.evidence(one, seen[one.booking.id.value]) for one in wanted]
    missing = [one for one in wanted if seen[one.booking.id.value].at is None]
    wrong = []
    if missing:
        first = min(one.booking.starts.date() for one in missing).isoformat()
        count, of = len(missing), len(wanted)
        wrong.append(
            Wording(
                f"{count} af {of} aftaler til og med {last} kan ikke hentes, fra den {first}",
                f"{count} of {of} appointments up to {last} cannot be fetched, from {first}",
            )
        )
        wrong += [test.raised] if test.raised else []
        wrong += test.problems
    return _judged(row, wrong, evidence)


def _cancelled(test: Execution) -> Row:
    row = _ROWS["4"]
    if not test.producer.is_publisher:
        return evolve(row, comment=_NO_PUBLISHER)
    [saved] = test.book([CANCELLED])
    before = test.until([saved])[saved.booking.id.value]
    evidence = [test.evidence(saved, before)]
    if before.at is None:
        return _judged(row, [test.missing(saved), *test.problems], evidence)
    cancelled = test.cancel(saved)
    after = test.until([cancelled], Availability.DEPRECATED)[saved.booking.id.value]
    evidence.append(test.evidence(cancelled, after))
    wrong = []
    if after.at is None:
        stated = test.raised or Wording(
            "har stadig status Approved", "still has the status Approved"
        )
        wrong = [about(saved.case, stated), *test.problems]
    return _judged(row, wrong, evidence)


def _scenarios(test: Execution, supports: Callable[[Case], bool]) -> list[Row]:
    saved = test.book([case for case in SCENARIOS if supports(case)])
    seen = test.until(saved)
    by_case = {one.case.id: one for one in saved}
    rows = []
    for case in SCENARIOS:
        row = _scenario_row(case)
        one = by_case.get(case.id)
        if one is None:
            rows.append(_not_supported(row))
            continue
        found = seen[one.booking.id.value]
        wrong = _content_deviations(test, one, found)
        wrong += _series_deviations(case, by_case, seen)
        rows.append(_judged(row, wrong, [test.evidence(one, found)]))
    return rows


def _series_deviations(
    case: Case, by_case: dict[str, Saved], seen: dict[str, Seen]
) -> list[Wording]:
    """The appointments of a series must share one repetition id, if they have any."""
    if not case.series:
        return []
    documents = [
        found.document
        for one in by_case.values()
        if one.case.series == case.series
        and (found := seen[one.booking.id.value].found) is not None
    ]
    ids = {
        repetition.id
        for document in documents
        if (repetition := document.appointment.repetition) is not None
    }
    if len(ids) <= 1:
        return []
    return [about(case, Wording("har et andet repetitions-id", "has another repetition id"))]


def _scenario_row(case: Case) -> Row:
    return Row(
        id=case.id,
        rule=case.rule,
        done=Wording(
            f"Aftalen er oprettet og publiceret: {case.words.da}.",
            f"The appointment was booked and published: {case.words.en}.",
        ),
        expected=Wording(
            "Den kan hentes, og dokumentet svarer til bookingen, uden fejl.",
            "It can be fetched, and the document agrees with the booking, without errors.",
        ),
        verdict=Verdict.NOT_TESTED,
    )
