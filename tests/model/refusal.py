"""What a refusal must look like."""

import traceback
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest

import apd

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Refused(NamedTuple):
    """A value that a field does not take, and what is said of it.

    Args:
        make: the class, or what else is called.
        field: the field it is given to.
        value: the value.
        problem: what the message says is wrong.
        expected: what the message says would be right, or a part of that.
        others: further arguments.
        where: the place that the message names, the class and its field unless given.
    """

    make: Callable[..., object]
    field: str
    value: Any
    problem: str
    expected: str
    others: Mapping[str, Any] = _NOTHING
    where: str = ""

    def __str__(self) -> str:
        return f"{self.make.__name__}-{self.field}-{self.problem.replace(' ', '_')}"


def assert_refused(row: Refused) -> None:
    """The value is refused; the message says where, what and what else, and never the value."""
    with pytest.raises(apd.InvalidValue) as caught:
        row.make(**{row.field: row.value, **row.others})
    error = caught.value
    assert error.field == (row.where or f"{row.make.__name__}.{row.field}")
    assert row.problem in error.refusal.en
    assert row.expected in error.refusal.en
    assert str(error) == f"{error.field} {error.refusal.en}"
    assert error.message("da") == f"{error.field} {error.refusal.da}"
    assert isinstance(error, ValueError)
    assert isinstance(error, apd.ApdError)
    for value in (row.value, *row.others.values()):
        if isinstance(value, str) and len(value.strip()) > 3 and value not in row.expected:
            assert_silent(error, value.strip())


def assert_silent(error: BaseException, *secrets: str) -> None:
    """Nothing that is printed of an error, what caused it included, holds a secret."""
    shown = repr(error) + "".join(traceback.format_exception(error)[-1:])
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    shown += "" if cause is None else repr(cause)
    for secret in secrets:
        assert secret not in shown
