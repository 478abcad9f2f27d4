"""The comparison behind ``apd roundtrip``: it sees every change, and none where there is none."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator

import pytest
import xmlschema
from lxml import etree

from apd.cli.views.tree_difference import DEFAULTS, Difference, Kind, differences
from tests.places import SCHEMA

pytestmark = pytest.mark.slow  # many processes, one after another

HL7 = "urn:hl7-org:v3"
STRUCTURAL = (
    "classCode",
    "contextConductionInd",
    "contextControlCode",
    "determinerCode",
    "moodCode",
    "typeCode",
)


@pytest.fixture(scope="module")
def xml(documents) -> bytes:
    """A document with much in it."""
    return (documents / "episode-of-care.xml").read_bytes()


# --- what does not count ---------------------------------------------------------------------


def with_prefix(xml: str) -> str:
    xml = re.sub(r"<(/?)(?=\w)", r"<\1cda:", xml).replace("xmlns=", "xmlns:cda=")
    return xml.replace('xsi:type="II"', 'xsi:type="cda:II"')


def without_defaults(xml: str) -> str:
    for default in ('classCode="ASSIGNED"', 'contextConductionInd="true"', 'typeCode="COMP"'):
        assert default in xml
        xml = xml.replace(f" {default}", "")
    return xml


SAME: dict[str, Callable[[str], str]] = {
    "itself": lambda xml: xml,
    "comments": lambda xml: xml.replace("<id ", "<!-- hi --><id ").replace("Sky", "S<!--x-->ky"),
    "instructions": lambda xml: xml.replace("<ClinicalDocument", "<?a b?><ClinicalDocument"),
    "white space": lambda xml: re.sub(r">\s+<", "><", xml),
    "more white space": lambda xml: xml.replace("<id ", "\n\t <id "),
    "an empty element": lambda xml: re.sub(r"<id ([^>]*)/>", r"<id \1> </id>", xml),
    "defaults": without_defaults,
    "prefixes": with_prefix,
    "quotes": lambda xml: xml.replace('code="active"', "code='active'"),
    "CDATA": lambda xml: xml.replace(">Kløverby<", "><![CDATA[Kløverby]]><"),
    "order in an address": lambda xml: re.sub(
        r"(<postalCode>.*?</postalCode>)(\s*)(<city>.*?</city>)", r"\3\2\1", xml
    ),
    "order in a name": lambda xml: re.sub(
        r"(<given>Bodil</given>)(\s*)(<family>.*?</family>)", r"\3\2\1", xml
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_same(documents, name) -> None:
    xml = (documents / "dialysis-repeating.xml").read_text("utf-8")
    other = SAME[name](xml)
    assert (other != xml) == (name != "itself")
    assert differences(xml.encode(), other.encode()) == []
    assert differences(other.encode(), xml.encode()) == []


# --- what counts -----------------------------------------------------------------------------


def changes(root: etree._Element) -> Iterator[None]:
    """Makes every single change that can be made to a tree, one at a time, and undoes it."""
    for element in list(root.iter()):
        defaults = DEFAULTS.get(element.tag, {})
        for name, value in element.attrib.items():
            element.set(name, f"{value}x")
            yield
            if name not in defaults and not (element.tag.endswith("}performer")):
                del element.attrib[name]
                yield
            element.set(name, value)
        element.set("new", "")
        yield
        del element.attrib["new"]
        text, element.text = element.text, f"{element.text or ''}x"
        yield
        element.text = text
        extra = etree.SubElement(element, f"{{{HL7}}}extra")
        yield
        element.remove(extra)
        parent = element.getparent()
        if parent is not None:
            position = parent.index(element)
            parent.remove(element)
            yield
            parent.insert(position, element)
            tag, element.tag = element.tag, f"{{{HL7}}}other"
            yield
            element.tag = tag


def test_every_single_change_is_seen(xml) -> None:
    root = etree.fromstring(xml, etree.XMLParser(remove_blank_text=True))
    original = etree.tostring(root)
    count = 0
    for _ in changes(root):
        changed = etree.tostring(root)
        assert differences(original, changed), f"not seen: change {count}"
        count += 1
    assert etree.tostring(root) == original
    assert count > 1000


NAMED = [
    # what is replaced, by what, and the difference that is told
    (
        'code="active"',
        'code="held"',
        Difference(
            Kind.CHANGED,
            "/ClinicalDocument/component/structuredBody/component/section/entry/encounter"
            "/statusCode/@code",
            "active",
            "held",
        ),
    ),
    (
        ' displayName="Samtale om KOL"',
        "",
        Difference(
            Kind.LOST,
            "/ClinicalDocument/component/structuredBody/component/section/entry/encounter"
            "/entryRelationship/observation/code/@displayName",
            "Samtale om KOL",
            None,
        ),
    ),
    (
        "<given>Lykke</given>",
        "",
        Difference(
            Kind.LOST,
            "/ClinicalDocument/recordTarget/patientRole/patient/name/given[2]",
            f'<given xmlns="{HL7}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            "Lykke</given>",
            None,
        ),
    ),
    (
        "<given>Holger</given>",
        "<given>Holger</given><suffix>ph.d.</suffix>",
        Difference(
            Kind.ADDED,
            "/ClinicalDocument/author[2]/assignedAuthor/assignedPerson/name/suffix",
            None,
            f'<suffix xmlns="{HL7}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            "ph.d.</suffix>",
        ),
    ),
    (
        "<family>Skovsang</family>",
        "<family>Skovgren</family>",
        Difference(
            Kind.CHANGED,
            "/ClinicalDocument/recordTarget/patientRole/patient/name/family/text()",
            "Skovsang",
            "Skovgren",
        ),
    ),
    (
        "Mosevang</family>",
        "Mosevang</family>words",
        Difference(
            Kind.ADDED,
            "/ClinicalDocument/author[2]/assignedAuthor/assignedPerson/name/text()",
            None,
            "words",
        ),
    ),
    (
        "<given>Vera</given>|<given>Lykke</given>",
        "<given>Lykke</given>|<given>Vera</given>",
        Difference(Kind.ORDER, "/ClinicalDocument/recordTarget/patientRole/patient/name/given"),
    ),
]


@pytest.mark.parametrize(("before", "after", "difference"), NAMED)
def test_messages(xml, before, after, difference) -> None:
    text = re.sub(r">\s+<", "><", xml.decode())
    before, after = before.replace("|", ""), after.replace("|", "")
    assert before in text
    assert differences(text.encode(), text.replace(before, after).encode()) == [difference]


TEXTS = [
    # two readable texts, and whether they say the same
    ("<paragraph>a</paragraph>", "\n <paragraph>a</paragraph>\n", True),
    ("<paragraph>a</paragraph>", "<paragraph>a </paragraph>", False),
    ("<list><item>a</item></list>", "<list> <item>a</item> </list>", True),
    ("<sub>a</sub> <sub>b</sub>", "<sub>a</sub><sub>b</sub>", False),
    ("<sub>a</sub> <sub>b</sub>", "<sub>a</sub>\n<sub>b</sub>", True),
    ("<paragraph/><list/>", "<list/><paragraph/>", False),
    ("a<br/>b", "ab<br/>", False),
    ("a<br/>b", "a<br/>b", True),
    ("a <sub>b</sub>", "a<sub>b</sub>", False),
]


@pytest.mark.parametrize(("before", "after", "is_same"), TEXTS)
def test_readable_text(before, after, is_same) -> None:
    first, second = (
        f'<section xmlns="{HL7}"><text>{text}</text></section>'.encode() for text in (before, after)
    )
    found = differences(first, second)
    assert (found == []) is is_same
    if not is_same:
        assert [(d.kind, d.path) for d in found] == [(Kind.CHANGED, "/section/text")]


def test_another_root() -> None:
    (found,) = differences(b"<a>x</a>", b"<b/>")
    assert found == Difference(Kind.CHANGED, "/a", "<a>x</a>", "<b/>")


# --- the table of defaults -------------------------------------------------------------------


@pytest.fixture(scope="module")
def in_schema() -> dict[str, set[tuple[str, str | None]]]:
    """Structural attributes of each element, alone and in its parent, as the XSD has them."""
    schema = xmlschema.XMLSchema10(str(SCHEMA), allow="local")
    found: dict[str, set[tuple[str, str | None]]] = defaultdict(set)
    seen: set[tuple[str, str, int]] = set()

    def walk(element: xmlschema.XsdElement, parent: str) -> None:
        key = (parent, element.name, id(element.type))
        if key in seen or not element.name.startswith(f"{{{HL7}}}"):
            return
        seen.add(key)
        for name, attribute in element.attributes.items():
            if name in STRUCTURAL:
                value = attribute.fixed or attribute.default
                found[element.name].add((name, value))
                found[f"{parent}/{element.name}"].add((name, value))
        if element.type.has_complex_content():
            for child in element.type.content.iter_elements():
                if isinstance(child, xmlschema.XsdElement):
                    walk(child, element.name)

    walk(schema.elements["ClinicalDocument"], "")
    return found


def test_defaults_are_those_of_the_schema(in_schema) -> None:
    for element, attributes in DEFAULTS.items():
        for name, value in attributes.items():
            assert [v for n, v in in_schema[element] if n == name] == [value], element


def test_defaults_are_complete_for_what_documents_hold(in_schema, documents) -> None:
    used = {
        element.tag
        for path in documents.glob("*.xml")
        for element in etree.fromstring(path.read_bytes()).iter()
    }
    for element in used:
        for name, value in in_schema[element]:
            values = {v for n, v in in_schema[element] if n == name}
            if value is not None and len(values) == 1:
                assert DEFAULTS[element][name] == value
