"""The national integration test for publishing appointments, run against your own producer.

::

    from apd.testing.certification import certify, publisher

    protocol = certify(publisher(publish), producer_name="Our system 7.1")
    assert protocol.is_passed, protocol.failed
    print(markdown(protocol, "da"))

It runs tests 1 to 4 of the system integration test "Skrivning af aftaler til aftaleoversigt" and
thirteen scenarios against the registry of :mod:`apd.testing.registry`, and fills in the protocol.
``apd certify`` does the same from the command line; ``docs/certifying.md`` describes it.

It does not replace the test on NSP with the patients and the infrastructure there.
Source: NSP, Systemintegrationstest Aftaleoversigt, of which only an excerpt was available: test 4
is incomplete, and the half about viewers is missing. The scenarios are those of a public set of
test data; their documents were not copied.
"""

from apd.testing.certification.certifying import certify
from apd.testing.certification.producers import (
    Handover,
    Producer,
    ProducerError,
    command_maker,
    load_hook,
    maker,
    publisher,
)
from apd.testing.certification.protocol import Evidence, Protocol, Row, Verdict
from apd.testing.certification.reports import as_data, html, markdown
from apd.testing.certification.running import Clock, RealClock, SimulatedClock
from apd.testing.certification.scenarios import ROW_IDS, Case

__all__ = [
    "ROW_IDS",
    "Case",
    "Clock",
    "Evidence",
    "Handover",
    "Producer",
    "ProducerError",
    "Protocol",
    "RealClock",
    "Row",
    "SimulatedClock",
    "Verdict",
    "as_data",
    "certify",
    "command_maker",
    "html",
    "load_hook",
    "maker",
    "markdown",
    "publisher",
]
