"""The national integration test as tests of pytest, a test for each row of the protocol.

In a test module::

    import pytest
    from apd.testing.certification import publisher
    from apd.testing.certification.suite import *  # noqa: F403

    @pytest.fixture(scope="module")
    def apd_producer():
        return publisher(publish)

A row that is not tested is skipped with the reason. The fixture ``apd_certification`` gives the
settings of :func:`apd.testing.certification.certify`, and can be overridden as well.
"""

from typing import Any

import pytest

from apd.testing.certification import ROW_IDS, Producer, Protocol, Verdict, certify
from apd.wording import language_of_environment

__all__ = ["apd_certification", "apd_protocol", "test_integration"]


@pytest.fixture(scope="module")
def apd_certification() -> dict[str, Any]:
    """Settings of the run: ``types``, ``categories``, ``clock`` and so on."""
    return {}


@pytest.fixture(scope="module")
def apd_protocol(apd_producer: Producer, apd_certification: dict[str, Any]) -> Protocol:
    """The protocol of a run, shared by all tests of a module."""
    return certify(apd_producer, **apd_certification)


@pytest.mark.parametrize("row_id", ROW_IDS)
def test_integration(apd_protocol: Protocol, row_id: str) -> None:
    """One row of the protocol."""
    __tracebackhide__ = True
    row, language = apd_protocol.row(row_id), language_of_environment() or "en"
    if row.verdict is Verdict.NOT_TESTED:
        pytest.skip(row.comment.in_language(language) if row.comment else row_id)
    stated = "\n".join(one.in_language(language) for one in row.deviations)
    assert row.verdict is Verdict.PASSED, f"{row.expected.in_language(language)}\n{stated}"
