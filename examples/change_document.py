"""Moves an appointment one week: python examples/change_document.py [FROM [TO]]

Reads a document, changes it, and writes the next version of it to moved.xml.
"""

import datetime
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

from attrs import evolve

import apd

DENMARK = ZoneInfo("Europe/Copenhagen")
WEEK = datetime.timedelta(days=7)


def a_week_later(time: datetime.datetime) -> datetime.datetime:
    """The same time of day a week later, also when the clock is changed in between."""
    return time.astimezone(DENMARK) + WEEK


def move(document: apd.AppointmentDocument) -> apd.AppointmentDocument:
    """The next version of a document, with its appointment a week later."""
    now = datetime.datetime.now(DENMARK)
    appointment = document.appointment
    schedule = appointment.schedule

    # Nothing in a document can be changed in place. evolve() makes a copy with other values.
    moved = evolve(
        appointment,
        schedule=evolve(
            schedule,
            start=a_week_later(schedule.start),
            end=a_week_later(schedule.end) if schedule.end else None,
        ),
        responsible=evolve(appointment.responsible, time=now) if appointment.responsible else None,
    )
    return evolve(
        document,
        appointment=moved,  # its own id stays: it is the same appointment
        id=apd.MedComId.new(),
        time=now,
        set_id=document.set_id or apd.MedComId.new(),  # the same in all versions
        version_number=(document.version_number or 1) + 1,
    )


def main(
    source: Path = Path(__file__).parent / "documents" / "hospital-visit.xml",
    target: Path = Path("moved.xml"),
) -> None:
    """Read, move and write."""
    document = apd.load(source)
    changed = move(document)
    apd.dump(changed, target)
    for which, schedule in (
        ("before", document.appointment.schedule),
        ("after", changed.appointment.schedule),
    ):
        print(f"{which:7} {schedule.start:%Y-%m-%d %H:%M}")
    print(f"written to {target}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
