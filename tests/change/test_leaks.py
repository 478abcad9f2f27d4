"""The check on anonymous copies: it finds whatever is put back."""

import pytest

import apd
from apd.change import anonymise_bytes, leaks
from tests import samples

ORIGINAL = apd.dumps(samples.full_document())
ANONYMOUS = anonymise_bytes(ORIGINAL, "a seed for the tests")

FOUND = [
    "Solveig",
    "SOLVEIG",
    "solveigs",
    "præSolveig",
    "Maj",
    "Tranek&#xe6;r",
    "Birkelunden",
    "Torvet",
    "0503129900",
    "050312-9900",
    "05 03 12 99 00",
    "20120305",
    "5. marts 2012",
    "05.03.2012",
    "65000001",
    "65 00 00 01",
    "tel:+4565000001",
    "Genoptræning",
    "Bevægeapparatet",
    "111111000016003",
    "00000000-0000-0000-0000-000000000002",
    "Regionens",
]
PLACES = {
    "text": ("<title>", "<title>{} "),
    "attribute": ("<realmCode ", '<realmCode displayName="{}" '),
    "comment": ("<realmCode ", "<!-- {} --><realmCode "),
}


@pytest.mark.parametrize("secret", FOUND)
@pytest.mark.parametrize("place", PLACES)
def test_what_is_left_is_found(secret: str, place: str) -> None:
    anchor, leak = PLACES[place]
    assert anchor in ANONYMOUS.decode()
    leaking = ANONYMOUS.replace(anchor.encode(), leak.format(secret).encode(), 1)
    found = leaks(ORIGINAL, leaking)
    assert {leaking.decode().splitlines()[leak.line - 1].count(secret) for leak in found} == {1}
    assert secret not in repr(found)


# what is common, short, or everybody's
NOT_FOUND = ["Aftale", "og", "Er", "12", "2026-03-05", "05-03-2026", "09:00", "Ikke", "xyzzy"]


@pytest.mark.parametrize("word", NOT_FOUND)
def test_what_is_common_is_not(word: str) -> None:
    harmless = ANONYMOUS.replace(b"<title>", f"<title>{word} ".encode(), 1)
    assert leaks(ORIGINAL, harmless) == ()


def test_nothing_of_it_is_left() -> None:
    assert leaks(ORIGINAL, ANONYMOUS) == ()
    assert len({leak.line for leak in leaks(ORIGINAL, ORIGINAL)}) > 30


def test_a_document_in_another_encoding() -> None:
    latin = ORIGINAL.decode().replace("UTF-8", "ISO-8859-1").encode("ISO-8859-1")
    anonymous = anonymise_bytes(latin, "a seed for the tests")
    assert anonymous == ANONYMOUS
    assert leaks(latin, anonymous) == ()
    assert leaks(latin, latin)


def test_comments_are_looked_at() -> None:
    noted = ORIGINAL.replace(b"<title>", b"<!-- Ring til Kjeldsen --><title>", 1)
    anonymous = anonymise_bytes(noted, "a seed for the tests")
    assert leaks(noted, anonymous) == ()
    assert leaks(noted, anonymous.replace(b"<title>", b"<title>Kjeldsen ", 1))


def test_what_is_no_xml_is_refused() -> None:
    for data in (b"<a", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>', "<a>\ud800</a>"):
        with pytest.raises(apd.ParseError):
            anonymise_bytes(data, "a seed")
        with pytest.raises(apd.ParseError):
            leaks(data, b"<a/>")
        with pytest.raises(apd.ParseError):
            leaks(b"<a/>", data)


def test_a_child_that_is_seen_on_the_day_it_is_born() -> None:
    patient = samples.patient(
        id=apd.CprNumber("0503269900"), birth_date=samples.DAY, provider_organization=None
    )
    original = apd.dumps(samples.document(appointment=samples.appointment(patient=patient)))
    anonymous = anonymise_bytes(original, "a seed for the tests")
    assert leaks(original, anonymous) == ()
    assert apd.loads(anonymous).appointment.patient.birth_date != samples.DAY
