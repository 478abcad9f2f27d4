"""Lists the appointments in a directory: python examples/read_documents.py [DIRECTORY]"""

import sys
from pathlib import Path

import apd


def place_of(appointment: apd.Appointment) -> str:
    """Where it is, in one line."""
    location = appointment.location
    if location is None or location.name is None:
        return "-"
    return location.name


def main(directory: Path = Path(__file__).parent / "documents") -> None:
    """Print a line an appointment, the first one first."""
    documents = []
    for path in sorted(directory.glob("*.xml")):
        try:
            documents.append(apd.load(path))
        except apd.ParseError as error:  # its text says what is wrong, without personal data
            print(f"{path.name}: {error}", file=sys.stderr)

    # Times of the model always have a zone, so they can be compared as they are.
    documents.sort(key=lambda document: document.appointment.schedule.start)

    for document in documents:
        appointment = document.appointment
        schedule = appointment.schedule
        end = f"{schedule.end:%H:%M}" if schedule.end else "?"
        about = "*" if schedule.indicative else " "  # the times are indicative
        types = "+".join(str(int(type_)) for type_ in appointment.types)
        reason = appointment.reason.text if appointment.reason else "-"
        print(
            f"{schedule.start:%Y-%m-%d %H:%M}-{end:5}{about} {types:3}  "
            f"{reason:36} {place_of(appointment)}"
        )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
