"""The commands on MedCom's own examples, where they lie beside the repository."""

from pathlib import Path

import pytest

import apd

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "medcom-examples"
WITHOUT_APPOINTMENT = "No_Time_Place"
MONTHS = "januar februar marts april maj juni juli august september oktober november december"

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="MedCom's examples are not here (../shared/medcom-examples)"
)


@pytest.fixture(scope="module")
def official() -> dict[Path, apd.AppointmentDocument]:
    """The examples that hold an appointment."""
    paths = sorted(p for p in FOLDER.glob("*.xml") if WITHOUT_APPOINTMENT not in p.name)
    return {path: apd.load(path) for path in paths}


def test_show_states_the_date(apd_command, official) -> None:
    result = apd_command("show", *official)
    assert (result.status, result.err) == (0, "")
    cards = result.out.split("\n\n")
    for card, (path, document) in zip(cards, official.items(), strict=True):
        start = document.appointment.schedule.start
        month = MONTHS.split()[start.month - 1]
        assert card.startswith(str(path))
        assert f"den {start.day}. {month} {start.year} kl. {start:%H.%M}" in card


def test_what_has_no_appointment_is_reported(apd_command) -> None:
    result = apd_command("show", *FOLDER.glob(f"*{WITHOUT_APPOINTMENT}*"))
    assert (result.status, result.out) == (2, "")
    assert "linje " in result.err


def test_roundtrip_leaves_the_current_release_unchanged(apd_command, official) -> None:
    current = [p for p, d in official.items() if d.release == apd.Release.V2_0_1]
    result = apd_command("roundtrip", *current)
    assert (result.status, result.err) == (0, ""), result.out
    assert result.out.count("uændret\n") == len(current) > 5


def test_roundtrip_reports_older_releases(apd_command, official) -> None:
    older = [p for p, d in official.items() if d.release != apd.Release.V2_0_1]
    result = apd_command("roundtrip", *older)
    assert (result.status, result.err) == (1, "")
    assert result.out.count("skrives som 2.0.1") == len(older)
