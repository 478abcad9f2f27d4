"""What a registry answers: how it went, what went wrong, and the documents it knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import apd
from apd import xds
from apd.findings import Severity
from apd.testing import strategies as apd_st
from apd.xds.ebxml.registry_objects import write_document_entry
from apd.xds.ebxml.vocabulary import QUERY, RIM
from tests.xds.making import OLD, UUIDS, entries, entry

RS = "urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0"
STATUS = "urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:"
SEVERITY = "urn:oasis:names:tc:ebxml-regrep:ErrorSeverityType:"


def answer(status="Success", *errors):
    """A registry's answer, as others write it."""
    listed = "".join(f"<RegistryError {error}/>" for error in errors)
    inside = f"<RegistryErrorList>{listed}</RegistryErrorList>" if errors else ""
    return (
        f'<?xml version="1.0"?><RegistryResponse xmlns="{RS}" status="{STATUS}{status}">'
        f"{inside}</RegistryResponse>"
    ).encode()


def test_success() -> None:
    found = xds.read_response(answer())
    assert found.succeeded
    assert not found.is_duplicate
    assert found.errors == ()


def test_failure() -> None:
    found = xds.read_response(
        answer(
            "Failure",
            f'errorCode="XDSRegistryError" codeContext="Ukendt borger 0503129900" '
            f'severity="{SEVERITY}Error" location="Registry.java:7"',
            f'errorCode="XDSExtraMetadataNotSaved" codeContext="" severity="{SEVERITY}Warning"',
        )
    )
    assert not found.succeeded
    assert found.errors == (
        xds.RegistryError(
            "XDSRegistryError", "Ukendt borger 0503129900", Severity.ERROR, "Registry.java:7"
        ),
        xds.RegistryError("XDSExtraMetadataNotSaved", "", Severity.WARNING),
    )
    assert "0503129900" not in repr(found)


def test_success_with_a_warning() -> None:
    found = xds.read_response(answer("Success", f'errorCode="X" severity="{SEVERITY}Warning"'))
    assert found.succeeded
    assert [error.severity for error in found.errors] == [Severity.WARNING]


@pytest.mark.parametrize("urn", [xds.ResponseStatus.PARTIAL_SUCCESS, f"{STATUS}PartialSuccess"])
def test_partial_success_is_none(urn) -> None:
    """By the URN of IHE, and by the older one of OASIS."""
    found = xds.read_response(answer().replace(f"{STATUS}Success".encode(), urn.encode()))
    assert found.status is xds.ResponseStatus.PARTIAL_SUCCESS
    assert not found.succeeded


CODES = [
    ("XDSDuplicateUniqueIdInRegistry", True),
    ("urn:ihe:iti:XDSDuplicateUniqueIdInRegistry", True),
    ("XDSNonIdenticalHash", True),
    ("XDSNonIdenticalSize", True),
    ("XDSDuplicateUniqueIdInMessage", False),  # a fault of the message itself
    ("XDSRegistryError", False),
    ("", False),
]


@pytest.mark.parametrize(("code", "is_duplicate"), CODES)
def test_duplicates(code, is_duplicate) -> None:
    found = xds.read_response(
        answer("Failure", 'errorCode="XDSRegistryError"', f'errorCode="{code}"')
    )
    assert found.is_duplicate is is_duplicate
    assert xds.read_response(answer("Success", f'errorCode="{code}"')).is_duplicate is False


# --- answers to queries ----------------------------------------------------------------------


def test_entries_and_references() -> None:
    stated = (
        f'<q:AdhocQueryResponse xmlns:q="{QUERY}" xmlns:rim="{RIM}" status="{STATUS}Success">'
        f'<rim:RegistryObjectList><rim:ObjectRef id="{OLD}"/>'
        f"{write_document_entry(entry())}</rim:RegistryObjectList></q:AdhocQueryResponse>"
    )
    found = xds.read_query_response(stated.encode())
    assert found.succeeded
    assert found.entries == (entry(),)
    assert found.references == (OLD,)


def test_nothing_was_found() -> None:
    stated = f'<q:AdhocQueryResponse xmlns:q="{QUERY}" status="{STATUS}Success"/>'
    found = xds.read_query_response(stated.encode())
    assert (found.succeeded, found.entries, found.references) == (True, (), ())


def test_a_query_that_is_answered_as_a_submission() -> None:
    found = xds.read_query_response(answer("Failure", 'errorCode="XDSStoredQueryMissingParam"'))
    assert not found.succeeded
    assert found.errors[0].code == "XDSStoredQueryMissingParam"


# --- writing ---------------------------------------------------------------------------------

ERRORS = st.lists(
    st.builds(
        xds.RegistryError,
        apd_st.texts(),
        apd_st.texts(),
        st.sampled_from([Severity.ERROR, Severity.WARNING]),
        apd_st.texts(),
    ),
    max_size=2,
)
STATUSES = st.sampled_from(xds.ResponseStatus)


@given(st.builds(xds.RegistryResponse, STATUSES, ERRORS))
def test_responses_are_read_back(response) -> None:
    data = xds.write_response(response).encode()
    assert xds.read_response(data) == response
    assert xds.check_message(data).findings == ()


@given(
    st.builds(xds.QueryResponse, STATUSES, ERRORS, st.lists(entries(), max_size=2), st.lists(UUIDS))
)
def test_query_responses_are_read_back(response) -> None:
    assert xds.read_query_response(xds.write_response(response).encode()) == response


@pytest.mark.parametrize("status", ["", "Done"])
def test_an_unknown_status(status) -> None:
    with pytest.raises(apd.ParseError, match="status"):
        xds.read_response(answer(status))


def test_a_hundred_documents() -> None:
    many = xds.QueryResponse(xds.ResponseStatus.SUCCESS, entries=[entry()] * 100)
    data = xds.write_response(many).encode()
    assert len(data) > 512 * 1024  # more than a document may have
    assert xds.read_query_response(data) == many
