"""Texts: what every field that holds one takes, makes of it, and refuses.

A text is said on one line. What XML cannot represent is refused when it is given, not when the
document is written.
"""

from collections.abc import Callable

import pytest
from attrs import evolve

import apd
from tests import samples

Make = Callable[[str], object]
_OIDS = {"system": "1.2.3"}

# Every field with a text, how to give it, and how to have it back.
REQUIRED: dict[str, tuple[Make, Callable[..., str | None]]] = {
    "Reason.text": (apd.Reason, lambda made: made.text),
}
OPTIONAL: dict[str, tuple[Make, Callable[..., str | None]]] = {
    "Code.display": (lambda text: apd.Code("A", "1.2", text), lambda made: made.display),
    "Identifier.extension": (lambda text: apd.Identifier("1.2", text), lambda m: m.extension),
    "Identifier.authority": (
        lambda text: apd.Identifier("1.2", authority=text),
        lambda m: m.authority,
    ),
    "PersonName.family": (lambda text: apd.PersonName(["Ida"], text), lambda made: made.family),
    "Address.postal_code": (lambda t: apd.Address(["Gade 1"], t), lambda made: made.postal_code),
    "Address.city": (lambda t: apd.Address(["Gade 1"], city=t), lambda made: made.city),
    "Address.country": (lambda t: apd.Address(["Gade 1"], country=t), lambda made: made.country),
    "Organization.name": (
        lambda text: apd.Organization(id=apd.SorCode("1"), name=text),
        lambda made: made.name,
    ),
    "Custodian.name": (lambda text: samples.custodian(name=text), lambda made: made.name),
    "SorLocation.name": (lambda text: samples.location(name=text), lambda made: made.name),
    "OtherLocation.name": (lambda text: apd.OtherLocation(name=text), lambda made: made.name),
    "HomeLocation.name": (lambda text: apd.HomeLocation(name=text), lambda made: made.name),
    "Schedule.note": (
        lambda text: apd.Schedule(apd.local_time(2026, 1, 1), indicative=True, note=text),
        lambda made: made.note,
    ),
}
IN_TUPLES: dict[str, tuple[Make, Callable[..., tuple[str, ...]]]] = {
    "PersonName.given": (lambda t: apd.PersonName(["Ida", t]), lambda made: made.given[1:]),
    "PersonName.prefix": (lambda t: apd.PersonName(["Ida"], prefix=[t]), lambda m: m.prefix),
    "PersonName.suffix": (lambda t: apd.PersonName(["Ida"], suffix=[t]), lambda m: m.suffix),
    "Address.lines": (lambda t: apd.Address(["Gade 1", t]), lambda made: made.lines[1:]),
}
ALL = REQUIRED | OPTIONAL | IN_TUPLES

KEPT = [
    ("Kontrol af knæ", "Kontrol af knæ"),
    ("  Kontrol \t af\n\r\nknæ ", "Kontrol af knæ"),
    ("Kontrol\x0b\x0c\x1faf knæ", "Kontrol af knæ"),
    ("fast\u00a0blank og \u2028 linje", "fast blank og linje"),
    ("<b> & \"b\" 'c' ]]>", "<b> & \"b\" 'c' ]]>"),
    ("&amp; &#60;", "&amp; &#60;"),
    ("e\u0301", "e\u0301"),
    ("\u202eevne\u202c \u2066x\u2069", "\u202eevne\u202c \u2066x\u2069"),
    ("👩\u200d⚕️ \U00020000", "👩\u200d⚕️ \U00020000"),
    ("\x7f\x80", "\x7f\x80"),
]


@pytest.mark.parametrize("field", ALL)
@pytest.mark.parametrize(("given", "kept"), KEPT)
def test_a_text_is_kept_but_for_its_white_space(field: str, given: str, kept: str) -> None:
    make, back = ALL[field]
    found = back(make(given))
    assert found in (kept, (kept,))


@pytest.mark.parametrize("field", ALL)
@pytest.mark.parametrize(
    "character", ["\x00", "\x08", "\x0e", "\x1b", "\ud800", "\udfff", "\ufffe", "\uffff"]
)
def test_what_xml_cannot_carry_is_refused(field: str, character: str) -> None:
    make, _ = ALL[field]
    with pytest.raises(apd.InvalidValue, match="XML cannot represent") as caught:
        make(f"Hemmelig{character}tekst")
    assert caught.value.field == field
    assert "Hemmelig" not in str(caught.value)


@pytest.mark.parametrize("field", OPTIONAL)
@pytest.mark.parametrize("blank", ["", "  ", "\n\t", "\u00a0"])
def test_a_blank_text_is_none(field: str, blank: str) -> None:
    make, back = OPTIONAL[field]
    assert back(make(blank)) is None


@pytest.mark.parametrize("field", IN_TUPLES)
@pytest.mark.parametrize("blank", ["", "  ", "\n\t", "\u00a0"])
def test_a_blank_text_among_several_is_left_out(field: str, blank: str) -> None:
    make, back = IN_TUPLES[field]
    assert back(make(blank)) == ()


@pytest.mark.parametrize("blank", ["", " \n"])
def test_a_blank_text_that_is_demanded_is_refused(blank: str) -> None:
    with pytest.raises(apd.InvalidValue, match=r"Reason\.text is empty: specify a text"):
        apd.Reason(blank)


@pytest.mark.parametrize("field", ALL)
def test_anything_but_a_text_is_refused(field: str) -> None:
    make, _ = ALL[field]
    with pytest.raises(apd.InvalidValue, match=r"must be text \(str\), not int") as caught:
        make(17)  # type: ignore[arg-type]
    assert caught.value.field == field


def test_a_lone_text_is_not_taken_for_its_letters() -> None:
    assert apd.Address("Gade 1").lines == ("Gade 1",)
    assert apd.PersonName("Ida").given == ("Ida",)


def test_evolving_checks_again() -> None:
    with pytest.raises(apd.InvalidValue, match="is empty"):
        evolve(apd.Reason("Kontrol"), text=" ")
