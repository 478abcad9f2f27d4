"""A booking system for `apd certify`: it publishes what it is handed.

    apd certify --publisher examples.certified_system:publish

In earnest `publish` puts the bookings into the tables of your system, and lets it do a run.
"""

import secrets

from apd import xds
from apd.publication import MemoryRegister, Publisher
from apd.testing.certification import Handover

REGISTER = MemoryRegister()  # of what was published
KEY = secrets.token_bytes(32)
PRODUCER = xds.ProducerConfiguration(
    healthcare_facility_type_code="22232009",
    practice_setting_code="394801008",
    source_id="1.2.208.176.43210.8.1.29",
)


def publish(handover: Handover) -> None:
    """One run, with all bookings that are held at this time."""
    publisher = Publisher(
        REGISTER, handover.post, key=KEY, producer=PRODUCER, clock=lambda: handover.now
    )
    publisher.run(handover.bookings)
