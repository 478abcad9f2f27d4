"""Nothing personal is shown unless it is asked for."""

import pytest

from apd import xds
from tests.xds.making import OLD, SECRETS, entry, header, submission, submission_set
from tests.xds.test_messages import FIND, MADE

SHOWN = {
    "entry": entry(),
    "submission set": submission_set(),
    "submission": submission(OLD),
    "message": MADE["new"](header()),
    "question": FIND,
    "slot": xds.Slot("sourcePatientId", ["0503129900"]),
    "response": xds.QueryResponse(
        xds.ResponseStatus.SUCCESS,
        [xds.RegistryError("X", "0503129900", location="Bodil")],
        [entry()],
    ),
}


@pytest.mark.parametrize("name", SHOWN)
def test_repr(name) -> None:
    shown = repr(SHOWN[name]) + str(SHOWN[name])
    assert not [secret for secret in SECRETS if secret in shown]


def test_a_listing_shows_what_is_there() -> None:
    assert "0503129900" in str(xds.metadata(entry()))
