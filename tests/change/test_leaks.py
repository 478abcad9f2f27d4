"""The check on anonymous copies: it finds whatever is put back."""

import datetime

import pytest
from lxml import etree

import apd
from apd.change import anonymise_bytes, leaks
from apd.privacy.residual_check import _Search
from tests import samples
from tests.sampling import one_in

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


@pytest.mark.parametrize(
    ("place", "secret"), one_in(2, [(place, secret) for secret in FOUND for place in PLACES])
)
def test_what_is_left_is_found(place: str, secret: str) -> None:
    anchor, leak = PLACES[place]
    assert anchor in ANONYMOUS.decode()
    leaking = ANONYMOUS.replace(anchor.encode(), leak.format(secret).encode(), 1)
    found = leaks(ORIGINAL, leaking)
    assert {leaking.decode().splitlines()[leak.line - 1].count(secret) for leak in found} == {1}
    assert secret not in repr(found)


# where else something personal could stand
HIDDEN = {
    "prefix": '<realmCode xmlns:Kjeldsen="urn:hl7-org:v3" ',
    "namespace": '<realmCode xmlns:cda="urn:Kjeldsen" ',
    "instruction's name": "<?Kjeldsen ?><realmCode ",
    "instruction": "<?epj Kjeldsen?><realmCode ",
    "comment": "<!--Kjeldsen--><realmCode ",
    "element": "<Kjeldsen/><realmCode ",
    "attribute": '<realmCode Kjeldsen="1" ',
    "qualified attribute": '<realmCode xmlns:x="urn:x" x:Kjeldsen="1" ',
    "type": '<realmCode xmlns:Kjeldsen="urn:hl7-org:v3" xsi:type="Kjeldsen:CS" ',
    "code": '<realmCode use="Kjeldsen" ',
    "language": '<realmCode xml:lang="Kjeldsen" ',
    "media type": '<realmCode mediaType="text/kjeldsen" ',
    "CDATA": "<x><![CDATA[Kjeldsen]]></x><realmCode ",
    "reference": "<x>&#75;jelds&#x65;n</x><realmCode ",
    "escaped twice": "<x>&amp;#75;jeldsen</x><realmCode ",
    "percent": '<x value="http://x.dk/%4bjeldsen"/><realmCode ',
    "soft hyphen": "<x>Kjeld\u00adsen</x><realmCode ",
}


@pytest.mark.parametrize("place", HIDDEN)
def test_wherever_it_stands_it_is_found_and_replaced(place: str) -> None:
    original = ORIGINAL.decode().replace("<realmCode ", HIDDEN[place], 1).encode()
    assert original != ORIGINAL
    # a copy in which the place was forgotten
    forgotten = ANONYMOUS.decode().replace("<realmCode ", HIDDEN[place], 1).encode()
    line = ANONYMOUS.decode().partition("<realmCode")[0].count("\n") + 1
    assert {leak.line for leak in leaks(original, forgotten)} == {line}
    anonymous = anonymise_bytes(original, "a seed for the tests")
    assert leaks(original, anonymous) == ()
    assert b"jeldsen" not in anonymous.lower()
    # and where it stands in the open in the original
    reported = ORIGINAL.replace(b"<title>", b"<title>Kjeldsen ", 1)
    assert leaks(reported, forgotten)


def test_names_of_an_extension_are_replaced_and_its_form_stays() -> None:
    extension = (
        b'<k:Kjeldsen xmlns:k="urn:kjeldsen" k:Maj="1" xsi:type="k:Maj"><k:b2/></k:Kjeldsen>'
    )
    original = ORIGINAL.replace(b"<realmCode ", extension + b"<realmCode ", 1)
    anonymous = anonymise_bytes(original, "a seed for the tests")
    before, after = (list(etree.fromstring(data).iter()) for data in (original, anonymous))
    assert [len(one) for one in before] == [len(one) for one in after]
    assert [len(one.attrib) for one in before] == [len(one.attrib) for one in after]
    assert sum(old.tag == new.tag for old, new in zip(before, after, strict=True)) == len(after) - 2
    assert anonymise_bytes(ORIGINAL, "a seed for the tests") == ANONYMOUS


def test_a_reference_that_is_no_character_is_read_as_it_is() -> None:
    odd = b"<!-- &#" + b"9" * 5000 + b"; &#x" + b"f" * 5000 + b"; --><realmCode "
    assert leaks(ORIGINAL.replace(b"<realmCode ", odd, 1), ANONYMOUS) == ()


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


def test_a_date_of_birth_that_the_digits_of_a_time_happen_to_hold() -> None:
    """20000101010000 holds the first day of the year 1, and is not that."""
    patient = samples.patient(birth_date=datetime.date.min)
    start = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
    appointment = samples.appointment(patient=patient, schedule=apd.Schedule(start))
    original = apd.dumps(samples.document(appointment=appointment), check=False)
    assert b'"20000101010000+0100"' in original
    assert b'"00010101"' in original

    assert leaks(original, b'<a b="20000101010000"/>') == ()
    elsewhere = original.replace(b"20000101010000", b"20000102010000")
    assert leaks(elsewhere, b'<a b="00010101"/>') != ()


class _Counted(str):
    """A text that counts how often it is looked into."""

    looks = 0

    def __getitem__(self, key: object) -> str:
        type(self).looks += 1
        return super().__getitem__(key)  # type: ignore[index]


def test_the_search_takes_time_in_proportion_to_the_text() -> None:
    wanted = {"a" * length + "b" for length in range(6, 35)}
    looks = []
    for length in (1000, 2000, 4000):
        _Counted.looks = 0
        assert not _Search(wanted, 6).finds_in({_Counted("a" * length)})
        looks.append(_Counted.looks)
    assert looks[2] < 2.1 * looks[1] < 4.5 * looks[0]


def test_what_is_very_long_is_known_by_its_beginning() -> None:
    reported = ORIGINAL.replace(b"<title>", b"<title>" + b"k" * 90 + b"o ", 1)
    for leaked, is_found in ((b"k" * 90 + b"ox", True), (b"k" * 50, True), (b"k" * 35, False)):
        copy = ANONYMOUS.replace(b"<title>", b"<title>" + leaked + b" ", 1)
        assert bool(leaks(reported, copy)) is is_found
