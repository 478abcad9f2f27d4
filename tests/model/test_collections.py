"""Fields that hold several values: any collection will do, and nothing else."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

import apd
from tests import samples
from tests.model.refusal import Refused, assert_refused

TELECOM, SOR = apd.Telecom.phone("65000001"), apd.SorCode("325421000016001")
EPISODE = apd.MedComId("f3b1c0de-0000-4000-8000-000000000001")
PIECE = apd.Unmapped(path="/ClinicalDocument/note", difference=apd.Difference.EXTRA, xml="<note/>")
WITH_ID = {"id": SOR}


class Field(NamedTuple):
    """A field of several values, one of them, and what else its class asks for."""

    make: Callable[..., Any]
    name: str
    value: object
    others: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.make.__name__}.{self.name}"


_DOCUMENT = {
    name: getattr(samples.document(), name) for name in ("id", "time", "appointment", "custodian")
}
FIELDS = [
    *[
        Field(apd.PersonName, name, "Ida", {} if name == "given" else {"given": ["Bo"]})
        for name in ("given", "prefix", "suffix")
    ],
    Field(apd.Address, "lines", "Torvet 1", {"city": "Odense"}),
    Field(apd.Patient, "telecoms", TELECOM, {"id": apd.CprNumber("2512489996")}),
    Field(apd.Organization, "telecoms", TELECOM, {"name": "Klinik"}),
    *[
        Field(role, "telecoms", TELECOM, WITH_ID)
        for role in (apd.Responsible, apd.Requester, apd.Performer)
    ],
    Field(apd.EpisodeOfCare, "ids", EPISODE, {}),
]


@pytest.mark.parametrize("field", FIELDS, ids=str)
@pytest.mark.parametrize(
    "collected", [list, tuple, iter, dict.fromkeys], ids=["list", "tuple", "iterator", "dict"]
)
def test_any_collection_becomes_a_tuple(field: Field, collected: Callable[..., Any]) -> None:
    made = field.make(**field.others, **{field.name: collected([field.value])})
    assert getattr(made, field.name) == (field.value,)


@pytest.mark.parametrize("field", FIELDS, ids=str)
@pytest.mark.parametrize("value", [5, None, 1.5, True, object()], ids=lambda it: type(it).__name__)
def test_what_is_no_collection_is_refused(field: Field, value: object) -> None:
    problem = f"not {'None' if value is None else type(value).__name__}"
    expected = "a list or a tuple, possibly empty"
    assert_refused(Refused(field.make, field.name, value, problem, expected, field.others))


@pytest.mark.parametrize("field", FIELDS, ids=str)
@pytest.mark.parametrize("item", [None, [], 7], ids=lambda it: type(it).__name__)
def test_so_is_one_that_holds_something_else(field: Field, item: object) -> None:
    """Wherever it stands, and also where an iterator is used up by looking at it."""
    for values in ([item], [field.value, item], iter([item, field.value])):
        with pytest.raises(apd.InvalidValue, match="must be") as caught:
            field.make(**field.others, **{field.name: values})
        assert caught.value.field == str(field)
