"""The comparison that other tests rely on: what it tells apart, and what it does not."""

import pytest
from lxml import etree

import apd
from tests import samples
from tests.cda.comparison import DEFAULTS, assert_same
from tests.places import SCHEMA

WRITTEN = apd.dumps(samples.full_document())


def changed(old: str, new: str) -> bytes:
    """The written sample with one thing otherwise."""
    assert old.encode() in WRITTEN
    return WRITTEN.replace(old.encode(), new.encode(), 1)


SAME = {
    "comment": changed("<recordTarget", "<!-- who --><recordTarget"),
    "processing instruction": changed("<recordTarget", "<?who is?><recordTarget"),
    "white space": changed("<recordTarget", "\n\n  <recordTarget"),
    "no white space": b"".join(line.strip() for line in WRITTEN.splitlines()),
    "default left out": changed(' contextControlCode="OP" typeCode="RCT"', ""),
    "order of attributes": changed(
        'contextControlCode="OP" typeCode="RCT"', 'typeCode="RCT" contextControlCode="OP"'
    ),
    "order of an address": changed(
        "<postalCode>5230</postalCode>\n        <city>Odense M</city>",
        "<city>Odense M</city><postalCode>5230</postalCode>",
    ),
    "prefix of a type": changed(
        'root="1.2.208.184" xsi:type="II"',
        'root="1.2.208.184" xmlns:h="urn:hl7-org:v3" xsi:type="h:II"',
    ),
    "an entity": changed("Odense M", "Odense&#32;M"),
}
OTHER = {
    "attribute": changed('code="F"', 'code="M"'),
    "attribute left out": changed(' use="H"', ""),
    "attribute that is no default": changed('classCode="MPROT"', 'classCode="ACT"'),
    "text": changed("Odense M", "Odense  M"),
    "text at its end": changed("Odense M", "Odense M "),
    "text beside elements": changed("<recordTarget", "her <recordTarget"),
    "element more": changed("<recordTarget", "<copyTime/><recordTarget"),
    "namespace": changed("<realmCode", '<realmCode xmlns="urn:hl7-org:sdtc"'),
    "order of lines": changed(
        "<streetAddressLine>Ahornparken 7</streetAddressLine>\n"
        "        <streetAddressLine>2. sal</streetAddressLine>",
        "<streetAddressLine>2. sal</streetAddressLine>"
        "<streetAddressLine>Ahornparken 7</streetAddressLine>",
    ),
    "type": changed('xsi:type="II"', 'xsi:type="CD"'),
}
ANOTHER_ORDER = changed(
    '<realmCode code="DK"/>\n  <typeId extension="POCD_HD000040" root="2.16.840.1.113883.1.3"/>',
    '<typeId extension="POCD_HD000040" root="2.16.840.1.113883.1.3"/><realmCode code="DK"/>',
)


@pytest.mark.parametrize("case", SAME)
def test_makes_no_difference(case: str) -> None:
    assert_same(SAME[case], WRITTEN)


@pytest.mark.parametrize("case", OTHER)
@pytest.mark.parametrize("any_order", [False, True])
def test_makes_a_difference(case: str, any_order: bool) -> None:
    with pytest.raises(AssertionError, match="the documents differ"):
        assert_same(OTHER[case], WRITTEN, any_order=any_order)


def test_the_order_of_different_elements_counts_unless_it_is_asked_not_to() -> None:
    with pytest.raises(AssertionError):
        assert_same(ANOTHER_ORDER, WRITTEN)
    assert_same(ANOTHER_ORDER, WRITTEN, any_order=True)


def test_the_defaults_are_those_of_the_schema() -> None:
    """Left out everywhere, they are what the schema puts in."""
    with_defaults = etree.XMLSchema(  # lxml-stubs does not know the argument
        etree.parse(str(SCHEMA)),
        attribute_defaults=True,  # type: ignore[call-arg]
    )
    root = etree.fromstring(WRITTEN)
    elements = [element for element in root.iter() if element.tag in DEFAULTS]
    left_out = []
    for element in elements:
        default = DEFAULTS[element.tag] - (set(_other_values(element)))
        for name, _ in default:
            element.attrib.pop(name, "")
        left_out.append(default)
    assert with_defaults.validate(root), with_defaults.error_log
    for element, default in zip(elements, left_out, strict=True):
        assert default <= set(element.attrib.items()), element.tag
    assert {element.tag for element in elements} == set(DEFAULTS)


def _other_values(element: etree._Element) -> list[tuple[str, str]]:
    """The defaults that an element does not have, as it has another value."""
    return [
        (name, value) for name, value in DEFAULTS[element.tag] if element.get(name, value) != value
    ]
