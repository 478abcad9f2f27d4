"""Prints how long an overview takes: ``python -m tests.benchmarks.overview [COUNT [TURNS]]``.

So many documents (1,000 by default), all of them of one patient, are read, made into an overview
and shown in every form. Each is told in units, which is what lxml takes to parse the same
documents, and as a ratio to reading them. What is shown is made anew each time, as an overview
remembers what was asked of it.
"""

import json
import sys
from collections.abc import Callable
from typing import NamedTuple

from attrs import evolve

import apd
from apd import overview as ov
from apd.cli.views.agenda import agenda
from apd.overview import html, ics
from apd.privacy.masking import show
from apd.testing.synthetic import documents
from tests.benchmarks.ratios import ratio
from tests.benchmarks.work import UNIT

_SEED = 6
Form = Callable[[ov.Overview], object]
FORMS: dict[str, Form] = {
    "text": lambda made: agenda(made, show),
    "JSON": lambda made: json.dumps(ov.as_data(made)),
    "calendar": ics.calendar,
    "page": html.page,
}


class Work(NamedTuple):
    """The documents of one patient.

    Args:
        data: their bytes.
        documents: the same, read.
    """

    data: tuple[bytes, ...]
    documents: tuple[apd.AppointmentDocument, ...]

    def parse(self) -> None:
        """The unit: parsing alone."""
        for unit in map(UNIT, self.data):
            unit()

    def read(self) -> list[apd.AppointmentDocument]:
        """Read all of them."""
        return [apd.loads(data) for data in self.data]

    def build(self) -> ov.Overview:
        """The overview of what was read; half of the appointments are past."""
        patient = self.documents[0].appointment.patient.id
        starts = sorted(one.appointment.schedule.start for one in self.documents)
        return ov.make_overview(
            map(ov.RegisteredDocument, self.documents),
            viewer=ov.PatientViewer(patient),
            now=starts[len(starts) // 2],
        )


def work(count: int) -> Work:
    """So many documents, all with the patient of the first."""
    made = list(documents(count, _SEED))
    patient = made[0].appointment.patient
    data = tuple(
        apd.dumps(evolve(one, appointment=evolve(one.appointment, patient=patient)), check=False)
        for one in made
    )
    return Work(data, tuple(map(apd.loads, data)))


def main(count: int = 1_000, turns: int = 5) -> None:
    """Print a table."""
    of = work(count)
    made = of.build()
    size = sum(map(len, of.data)) / count / 1000
    print(f"{count} documents of {size:.1f} kB; appointments that clash: {len(made.overlaps)}")
    works: dict[str, Callable[[], object]] = {
        "read": of.read,
        "build": of.build,
        **{f"build, and {name}": _built_and_shown(of, [form]) for name, form in FORMS.items()},
        "build, and all four": _built_and_shown(of, list(FORMS.values())),
    }
    reading = None
    print(f"{'work':<22} {'min':>6} {'median':>6}   units {'÷ reading':>10}")
    for name, call in works.items():
        found = ratio(of.parse, call, turns)
        reading = reading or found
        of_reading = found.shortest / reading.shortest
        print(
            f"{name:<22} {found.shortest:6.2f} {found.median:6.2f} {of_reading:>18.2f}", flush=True
        )


def _built_and_shown(of: Work, forms: list[Form]) -> Callable[[], object]:
    def call() -> object:
        made = of.build()
        return [form(made) for form in forms]

    return call


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
