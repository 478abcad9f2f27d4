"""Documents for the tests of the JSON form."""

from typing import Any

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

import apd
from apd import jsonform
from apd.testing import strategies as apd_st
from tests import samples

_EXTRAS = ("", '<note a="1">x</note>', "<!-- who --><v:note xmlns:v='urn:v'/>")


def _read(document: apd.AppointmentDocument, extra: str) -> apd.AppointmentDocument:
    data = apd.dumps(document, check=False).replace(b"<title>", f"{extra}<title>".encode(), 1)
    return evolve(apd.loads(data), release=document.release)


def documents() -> SearchStrategy[apd.AppointmentDocument]:
    """Documents of every kind: complete or not, of every release, made or read."""
    made = st.builds(
        lambda document, release: evolve(document, release=release),
        apd_st.documents() | apd_st.documents(complete=False),
        st.sampled_from(apd.RELEASES),
    )
    return made | st.builds(_read, made, st.sampled_from(_EXTRAS))


def data() -> Any:
    """The data of a document that has everything; to be changed."""
    return jsonform.to_data(samples.full_document())


def refused(given: object, type: Any = apd.AppointmentDocument) -> tuple[jsonform.Problem, ...]:
    """What is wrong with data; nothing where they are read."""
    try:
        jsonform.from_data(given, type)
    except jsonform.JsonError as error:
        return error.problems
    return ()
