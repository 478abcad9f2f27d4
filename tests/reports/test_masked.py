"""What is shown of a document: its structure, and nothing personal."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from lxml import etree

import apd
from apd.privacy.masked_document import masked
from apd.testing import strategies
from tests.places import ROOT

DOCUMENTS = sorted((ROOT / "examples" / "documents").glob("*.xml"))

# what stands in the document, and what is shown of it
SHOWN = [
    ("<name>Vera</name>", "<name>…</name>"),
    ("<name>\n  Vera Lykke\n  Skov\n</name>", "<name>\n  …\n  …\n</name>"),
    ("<a><![CDATA[Vera <b> ]]></a>", "<a><![CDATA[… ]]></a>"),
    ("<a><!-- Vera --></a>", "<a><!-- … --></a>"),
    ("<a><?Vera 1?></a>", "<a><?…?></a>"),
    (
        "<id root='1.2.208.176.1.2' extension='2512489996'/>",
        "<id root='1.2.208.176.1.2' extension='…'/>",
    ),
    ('<id root="2512489996"/>', '<id root="…"/>'),
    ('<id root="1.2.2512489996"/>', '<id root="…"/>'),
    ('<id root="7f1c8b52-4f0e-4d3a-9a55-0c6d2e8f9b11"/>', '<id root="…"/>'),
    ('<templateId root="1.2.3" extension="2019-09-10"/>', None),
    (
        '<templateId root="1.2.3" extension="1948-12-25"/>',
        '<templateId root="1.2.3" extension="…"/>',
    ),
    ('<typeId root="1.2.3" extension="Vera"/>', '<typeId root="1.2.3" extension="…"/>'),
    ('<typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>', None),
    ('<templateId extension="2512489996"/>', '<templateId extension="…"/>'),
    ('<templateId extension="251248-9996"/>', '<templateId extension="…"/>'),
    ('<templateId extension="Vera Skov"/>', '<templateId extension="…"/>'),
    ('<section><code code="18776-5" codeSystem="2.16.840.1.113883.6.1"/></section>', None),
    ('<value><code code="40701008"/></value>', '<value><code code="…"/></value>'),
    ('<code displayName="Vera"/>', '<code displayName="…"/>'),
    ('<administrativeGenderCode code="F"/>', '<administrativeGenderCode code="…"/>'),
    ('<telecom use="H" value="tel:1"/>', '<telecom use="H" value="…"/>'),
    ('<time value="20260305"/>', '<time value="…"/>'),
    ('<a\n b = "x>y"\n  use="H" />', '<a\n b = "…"\n  use="H" />'),
    ('<a use=""/>', None),
    ('<a use=" "/>', None),
    ('<addr use="H PUB"/>', None),
    (
        '<a unit="Vera" qualifier="Vera" xsi:type="Vera"/>',
        '<a unit="…" qualifier="…" xsi:type="…"/>',
    ),
    ('<a xsi:type="II"/>', None),
    ('<a xsi:type="cda:II"/>', None),
    ('<a xsi:type="Vera:II"/>', '<a xsi:type="…"/>'),
    ('<x mediaType="text/plain" representation="TXT"/>', None),
    ('<x mediaType="vera/skov" representation="Vera"/>', '<x mediaType="…" representation="…"/>'),
    ('<realmCode code="DK"/>', None),
    ('<realmCode code="Vera"/>', '<realmCode code="…"/>'),
    ('<languageCode code="da-DK"/>', None),
    ('<languageCode code="ida"/>', '<languageCode code="…"/>'),
    (
        '<confidentialityCode code="N" displayName="N"/>',
        '<confidentialityCode code="N" displayName="…"/>',
    ),
    ('<statusCode code="active"/>', None),
    ('<statusCode code="Vera"/>', '<statusCode code="…"/>'),
    ('<section><code code="Vera"/></section>', '<section><code code="…"/></section>'),
    ('<id root="1.2.251248.9996"/>', '<id root="…"/>'),
    ('<x:b xmlns:x="urn:hl7-org:v3" x:code="q"/>', '<x:b xmlns:x="urn:hl7-org:v3" x:code="…"/>'),
    ('<a xmlns:x="urn:2512489996"/>', '<a xmlns:x="…"/>'),
    ('<a xmlns:x="urn:vera"/>', '<a xmlns:x="…"/>'),
    *[
        (f'<a {name}="Vera"/>', f'<a {name}="…"/>')
        for name in (
            *("classCode", "moodCode", "typeCode", "determinerCode", "contextControlCode"),
            *("contextConductionInd", "negationInd", "inversionInd", "nullFlavor", "use"),
            *("root", "codeSystem", "partType", "operator", "compression"),
        )
    ],
]


@pytest.mark.parametrize(("text", "shown"), SHOWN)
def test_what_is_shown(text, shown) -> None:
    root = '<r xmlns="urn:hl7-org:v3">{}</r>'
    result = masked(root.format(text), ())
    assert result is not None
    assert result.text == root.format(text if shown is None else shown)
    assert not re.search("(?i)vera|Skov|2512489996|251248-9996|40701008", result.text)


@pytest.mark.parametrize("text", ["<a", "<a></a></a>", "a < b", '<a b="<"/>', "<!DOCTYPE a><a/>"])
def test_what_is_not_well_formed_is_not_shown(text) -> None:
    assert masked(text, ()) is None


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_the_examples_keep_their_form_and_nothing_else(path: Path) -> None:
    text = path.read_text("utf-8")
    result = masked(text, ())
    assert result is not None
    assert result.text.count("\n") == text.count("\n")
    before, after = (etree.fromstring(t.encode()) for t in (text, result.text.partition("?>")[2]))
    assert [e.tag for e in before.iter()] == [e.tag for e in after.iter()]
    assert [e.sourceline for e in after.iter()] == [e.sourceline for e in before.iter()]
    for value in _personal(apd.loads(text)):
        assert value not in result.text


@given(strategies.documents())
def test_nothing_personal_is_left(document) -> None:
    result = masked(apd.dumps(document, check=False).decode(), ())
    assert result is not None
    for _, text in etree.iterwalk(etree.fromstring(result.text.partition("?>")[2]), ["end"]):
        assert (text.text or "").strip() in ("", "…")
        assert (text.tail or "").strip() in ("", "…")


def _personal(document: apd.AppointmentDocument) -> Iterator[str]:
    patient = document.appointment.patient
    yield str(patient.id.extension)
    if patient.name:
        yield from patient.name.given
        yield str(patient.name.family)
    if patient.address:
        yield from patient.address.lines
    yield from (telecom.address for telecom in patient.telecoms)
    if document.appointment.reason:
        yield document.appointment.reason.text
