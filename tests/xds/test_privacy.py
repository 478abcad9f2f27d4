"""Nothing personal is shown unless it is asked for."""

from collections.abc import Callable

import pytest
from lxml import etree

import apd
from apd import xds
from apd.xds.ebxml.responses import write_response
from apd.xds.ebxml.retrieval import write_retrieve_response
from apd.xds.soap.envelope import write_fault
from apd.xds.soap.incoming import open_message
from tests.model.test_privacy import WRITTEN, everything_shown, names_it, places_of, put
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


ERRORS = [xds.RegistryError("XDSRegistryError", "text", location="line 1")]
FOUND = xds.QueryResponse(
    xds.ResponseStatus.PARTIAL_SUCCESS, ERRORS, [entry()], ["urn:uuid:" + "0" * 8]
)
RETRIEVED = xds.RetrieveResponse(
    xds.ResponseStatus.SUCCESS,
    ERRORS,
    documents=[
        xds.RetrievedDocument(
            unique_id=entry().unique_id,
            data=b"x",
            repository_unique_id="1.2.3",
            home_community_id="1.2.3",
            mime_type="text/xml",
        )
    ],
)
FAULT = (
    '<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"><soap:Body>'
    + write_fault("Sender", "text", xds.SoapVersion.V1_2)
    + "</soap:Body></soap:Envelope>"
)
RECEIVED: dict[str, tuple[str, Callable[[bytes], object]]] = {
    "the answer to a query": (write_response(FOUND), xds.read_query_response),
    "the answer to a submission": (write_response(FOUND), xds.read_response),
    "documents": (
        write_retrieve_response(RETRIEVED, ["1"]),
        xds.read_retrieved,
    ),
    "a fault": (FAULT, xds.read_response),
    "a question": (MADE["find"](header()).body.decode(), open_message),
    "an entry": (MADE["register"](header()).body.decode(), xds.read_submission),
}
"""What comes from others, and what reads it."""


@pytest.mark.parametrize("received", RECEIVED)
def test_a_number_in_any_place_of_a_message_is_not_shown(received: str) -> None:
    xml, read = RECEIVED[received]
    root = etree.fromstring(xml.encode())
    for element, attribute in places_of(root):
        kept = element.get(attribute) if attribute else element.text
        for written in WRITTEN:
            put(element, attribute, written)
            try:
                shown = [*everything_shown(read(etree.tostring(root)))]
            except apd.ApdError as error:
                shown = [repr(error), str(error)]
            assert not [text for text in shown if names_it(text)], (element.tag, attribute)
        put(element, attribute, kept or "")
