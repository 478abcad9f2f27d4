"""The line of a finding, and where the pointer stands."""

import pytest

from apd.reports.excerpt import excerpts
from apd.rules.element_paths import ElementPaths
from tests.places import ROOT
from tests.reports.making import finding

HL7 = 'xmlns="urn:hl7-org:v3"'

# the document, the path of the finding, and what is shown: number, text, pointer
PLACES = [
    (f"<a {HL7}>\n  <b/>\n</a>", "/a/b", 2, "<b/>", "^^"),
    (f"<a {HL7}>\n  <b/><b/>\n</a>", "/a/b[2]", 2, "<b/><b/>", "    ^^"),
    (f"<a {HL7}>\n  <b/><b/>\n</a>", "/a/b[1]", 2, "<b/><b/>", "^^"),
    (f"<a {HL7}><c/>\r\n\t<b\r\n   use='H'/></a>", "/a/b", 2, "<b", "^^"),
    (f"<a {HL7}>\n<b>Vera\n</b><c/></a>", "/a/c", 3, "</b><c/></a>", "    ^^"),
    (f"<a {HL7}>\n<b/></a>", "/a/b/@use", 2, "<b/></a>", "^^"),
    (f"<a {HL7}>\n<b>x</b></a>", "/a/b/text()", 2, "<b>…</b></a>", "^^"),
    (f"<a {HL7}>\n<b xmlns=''/><b/></a>", "/a/*:b", 2, "<b xmlns=''/><b/></a>", "^^"),
    (f"<a {HL7}>\n<b xmlns=''/><b/></a>", "/a/b", 2, "<b xmlns=''/><b/></a>", " " * 13 + "^^"),
    (
        f"<a {HL7} xmlns:s='urn:hl7-org:sdtc'>\n<s:b/></a>",
        "/a/sdtc:b",
        2,
        "<s:b/></a>",
        "^^^^",
    ),
]


@pytest.mark.parametrize(("text", "path", "line", "shown", "pointer"), PLACES)
def test_places(text, path, line, shown, pointer) -> None:
    [found] = excerpts(text.encode(), [finding(path=path)])
    assert found is not None
    assert (found.line, found.text) == (line, shown)
    assert " " * found.column + "^" * found.width == pointer


NOWHERE = ["", "appointment.reason", "/a/c", "/a/b[2]", "/b"]


@pytest.mark.parametrize("path", NOWHERE)
def test_no_place(path) -> None:
    data = f"<a {HL7}><b/></a>".encode()
    assert excerpts(data, [finding(path=path)]) == (None,)


@pytest.mark.parametrize("data", [b"", b"<a", b"\xff\xfe<", b"<?xml version='1.0' encoding='x'?>"])
def test_what_is_not_xml(data) -> None:
    assert excerpts(data, [finding(path="/a")]) == (None,)


ENCODINGS = [
    *("utf-8", "utf-8-sig", "iso-8859-1", "cp037"),
    *("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"),
]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings(encoding) -> None:
    name = encoding.removesuffix("-sig")
    text = f"<?xml version='1.0' encoding='{name}'?>\n<a {HL7}>\n<ø/></a>"
    [found] = excerpts(text.encode(encoding), [finding(path="/a/ø")])
    assert found is not None
    assert (found.line, found.text) == (3, "<ø/></a>")


@pytest.mark.parametrize("before", [0, 5, 500])
@pytest.mark.parametrize("after", [0, 5, 500])
def test_long_lines_are_cut_around_the_place(before, after) -> None:
    text = f"<a {HL7}>{'<x/>' * before}<b/>{'<x/>' * after}</a>"
    [found] = excerpts(text.encode(), [finding(path="/a/b")])
    assert found is not None
    assert found.text[found.column : found.column + found.width] == "<b"
    assert len(found.text) <= 100


def test_every_element_is_found_where_lxml_has_it() -> None:
    from lxml import etree

    for path in sorted((ROOT / "examples" / "documents").glob("*.xml")):
        data = path.read_bytes()
        elements = list(etree.fromstring(data).iter("{urn:hl7-org:v3}*"))
        found = excerpts(data, [finding(path=ElementPaths().of(element)) for element in elements])
        for element, excerpt in zip(elements, found, strict=True):
            assert excerpt is not None
            assert excerpt.line == element.sourceline
            name = etree.QName(element).localname
            assert excerpt.text[excerpt.column :].startswith(f"<{name}")
