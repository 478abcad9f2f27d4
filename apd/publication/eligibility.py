"""Which appointments may be shared at all, whenever they are.

Source: Aftaleoversigten 1.0.10, rules #4 and #7; MedCom's FAQ of 2023 (F2).
"""

from collections.abc import Callable

from apd.publication.booking import Booking
from apd.publication.ground import Ground
from apd.standard.codes import Status

_BARS: tuple[tuple[Ground, Callable[[Booking], bool]], ...] = (
    (Ground.LEGAL_BASIS, lambda booking: not booking.legal_basis.may_be_shared),
    (Ground.WITHOUT_PATIENT, lambda booking: not booking.patient_present),
    (Ground.NOT_ACTIVE, lambda booking: booking.appointment.status is not Status.ACTIVE),
)


def refusals(booking: Booking) -> tuple[Ground, ...]:
    """Why a booking may not be shared, each with its rule; empty when it may.

    Whether it is so far ahead that it is not shared yet is another question; see
    :class:`apd.publication.Horizon`.
    """
    return tuple([ground for ground, bars in _BARS if bars(booking)])
