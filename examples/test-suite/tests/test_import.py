"""How our own import reads the vendors' documents."""

from pathlib import Path

import pytest

import apd
from apd.testing import assert_says

VENDORS = Path(__file__).resolve().parents[1] / "vendors"
DOCUMENTS = sorted(VENDORS.rglob("*.xml"))


def stored_and_sent_on(data: bytes) -> bytes:
    """Where the system under test would stand."""
    return apd.dumps(apd.loads(data), check=False)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_comes_in_goes_out(path: Path) -> None:
    """Whatever is wrong with a document, nothing that it says is lost."""
    data = path.read_bytes()
    # what is sent on is of the release in force, whatever came in
    assert_says(stored_and_sent_on(data), apd.loads(data), ignore=["bookkeeping"])
