"""A unit of SOR (SOR-enhed), and what a register of them has to be able to do."""

import datetime
from typing import Protocol, runtime_checkable

from attrs import field, frozen

from apd.model.contact import Address
from apd.model.identifiers import SorCode
from apd.model.validators import (
    are_texts,
    is_a,
    is_optional_date,
    is_optional_text,
    lines,
    optional,
    optional_line,
)
from apd.person_numbers import repr_without_numbers


@frozen(kw_only=True)
class SorUnit:
    """A unit of SOR, as the register has it in one period.

    Args:
        code: its SOR code.
        name: its name.
        address: its visiting address; None where the register has none.
        telephones: its telephone numbers, as the register writes them.
        valid_from: the first day on which it is open; None for since ever.
        valid_to: the last such day; None for until further notice.
    """

    code: SorCode = field(validator=is_a(SorCode))
    name: str | None = field(
        default=None, converter=optional_line, validator=is_optional_text, repr=repr_without_numbers
    )
    address: Address | None = field(default=None, validator=optional(Address))
    telephones: tuple[str, ...] = field(default=(), converter=lines, validator=are_texts)
    valid_from: datetime.date | None = field(default=None, validator=is_optional_date)
    valid_to: datetime.date | None = field(default=None, validator=is_optional_date)

    def is_open_on(self, day: datetime.date) -> bool:
        """Whether it is open on a day."""
        return days_from(day, self.valid_from, self.valid_to) == 0


@runtime_checkable
class SorRegister(Protocol):
    """Whatever can look a SOR code up: a file (:func:`apd.sor.read_sor`), a database, a service.

    For use in several processes it must be something that can be pickled, and equal to its copy.
    """

    def lookup(self, code: SorCode | str, on: datetime.date) -> SorUnit | None:
        """The unit of a code, as it is on a day.

        Args:
            code: a SOR code, or its digits.
            on: the day.

        Returns:
            The unit in the period that holds the day. Where the unit is closed on it, in the
            period that is nearest, whose dates say so. None where the register has no such code.
        """


def days_from(day: datetime.date, first: datetime.date | None, last: datetime.date | None) -> int:
    """How many days a day is away from a period; 0 within it."""
    if first is not None and day < first:
        return (first - day).days
    if last is not None and day > last:
        return (day - last).days
    return 0
