"""Hypothesis strategies for appointment documents and all their parts.

    from hypothesis import given

    import apd
    from apd.testing import strategies as apd_st

    @given(apd_st.documents())
    def test_a_booking_survives_the_import(document: apd.AppointmentDocument) -> None:
        assert export(import_(apd.dumps(document))) == document

Together they cover every field of the model, every class of location, every enumeration, and texts
with all characters that XML allows. A failing example shrinks to the smallest document.

If the profile requires more than the model, a strategy has the argument ``complete``. True, the
default, generates what :func:`apd.dumps` writes; False also generates what it writes only with
``check=False``: parts that are missing, and identifiers of another kind.

Appointments and documents can be narrowed: ``documents(types=[2, 4], locations=[HomeLocation])``.
``documents(flawless=True)`` generates documents that break no rule, and
:func:`defective_documents` documents that break a given rule.

All persons and organisations are invented: see :func:`cpr_numbers`.
"""

from apd.testing.strategies.document import (
    Defective,
    appointments,
    defective_documents,
    documents,
    episodes_of_care,
    locations,
    reasons,
    repetitions,
)
from apd.testing.strategies.identifiers import (
    codes,
    cpr_numbers,
    episode_ids,
    identifiers,
    medcom_ids,
    provider_numbers,
    sor_codes,
)
from apd.testing.strategies.party import (
    addresses,
    custodians,
    organizations,
    patients,
    performers,
    person_names,
    persons,
    requesters,
    responsibles,
    telecoms,
)
from apd.testing.strategies.schedule import days_without_time, schedules, times
from apd.testing.strategies.series import patterns, series
from apd.testing.strategies.text import texts

__all__ = [
    "Defective",
    "addresses",
    "appointments",
    "codes",
    "cpr_numbers",
    "custodians",
    "days_without_time",
    "defective_documents",
    "documents",
    "episode_ids",
    "episodes_of_care",
    "identifiers",
    "locations",
    "medcom_ids",
    "organizations",
    "patients",
    "patterns",
    "performers",
    "person_names",
    "persons",
    "provider_numbers",
    "reasons",
    "repetitions",
    "requesters",
    "responsibles",
    "schedules",
    "series",
    "sor_codes",
    "telecoms",
    "texts",
    "times",
]
