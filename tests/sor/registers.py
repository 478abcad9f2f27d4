"""Registers to hold the invented documents of :mod:`tests.samples` against."""

import datetime

from attrs import frozen

import apd
from apd.sor import SorUnit
from tests import samples

PERFORMER, PLACE, CUSTODIAN = "111111000016003", "333333000016001", "444444000016006"


@frozen
class Units:
    """A register of one's own: the units in it, whatever the day; all others are unknown."""

    units: tuple[SorUnit, ...]

    def lookup(self, code: apd.SorCode | str, on: datetime.date) -> SorUnit | None:
        """The unit of the code."""
        return next((one for one in self.units if one.code.value == code), None)


def place(**fields: object) -> SorUnit:
    """The unit at which :func:`tests.samples.appointment` is held."""
    return SorUnit(code=apd.SorCode(PLACE), **fields)  # type: ignore[arg-type]  # any of its fields


def register(*units: SorUnit) -> Units:
    """A register of these units, and of the others of a document, of which it tells nothing."""
    others = (SorUnit(code=apd.SorCode(code)) for code in (PERFORMER, PLACE, CUSTODIAN))
    return Units((*units, *others))


def changed_place(**changes: object) -> apd.AppointmentDocument:
    """A document whose place says something else than usual."""
    at = samples.location(**changes)
    return samples.document(appointment=samples.appointment(location=at))
