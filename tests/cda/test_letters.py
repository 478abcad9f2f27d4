"""XML in one form: whatever prefixes and declarations it comes with, it gives the same letters."""

from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from apd.cda.letters import letters_of, rewrite, standing_alone
from apd.cda.xml import HL7, SDTC, XSI

ROOT = f'xmlns="{HL7}" xmlns:xsi="{XSI}"'

# Each with what it is as letters, and whether lxml's own text is that already.
FORMS = {
    "plain": (f'<a {ROOT} x="1"><b>t</b><c/></a>', '<a x="1"><b>t</b><c/></a>', True),
    "without xsi": (f'<a xmlns="{HL7}"/>', "<a/>", True),
    "usual prefixes": (
        f'<a {ROOT} xmlns:sdtc="{SDTC}"><sdtc:b xsi:type="II" xml:lang="da"/></a>',
        '<a><sdtc:b xsi:type="II" xml:lang="da"/></a>',
        True,
    ),
    "a prefix that nothing has": (f'<a {ROOT} xmlns:voc="urn:v"><b/></a>', "<a><b/></a>", True),
    "a prefix that a text may have": (
        f'<a {ROOT} xmlns:v="urn:v"><b>v: 5</b></a>',
        "<a><b>v: 5</b></a>",
        False,
    ),
    "HL7 under a prefix": (
        f'<h:a xmlns:h="{HL7}" x="1"><h:b>t</h:b><h:c/></h:a>',
        '<a x="1"><b>t</b><c/></a>',
        False,
    ),
    "HL7 under two names": (f'<a {ROOT} xmlns:h="{HL7}"><h:b/><b/></a>', "<a><b/><b/></a>", False),
    "declared again": (f'<a {ROOT}><b xmlns="{HL7}"/></a>', "<a><b/></a>", False),
    "other prefixes": (
        f'<a xmlns="{HL7}" xmlns:i="{XSI}" xmlns:s="{SDTC}"><s:b i:type="II"/></a>',
        '<a><sdtc:b xsi:type="II"/></a>',
        False,
    ),
    "a type under a prefix": (
        f'<a {ROOT} xmlns:h="{HL7}"><b xsi:type="h:II"/></a>',
        '<a><b xsi:type="II"/></a>',
        False,
    ),
    "another's type": (
        f'<a {ROOT} xmlns:v="urn:v"><b xsi:type="v:II"/></a>',
        '<a><b xsi:type="v:II"/></a>',
        False,
    ),
    "an attribute of another namespace": (
        f'<a {ROOT} xmlns:v="urn:v"><b v:x="1" y="2"/></a>',
        '<a><b xmlns:v="urn:v" v:x="1" y="2"/></a>',
        False,
    ),
    "another namespace": (
        f'<a {ROOT}><v:b xmlns:v="urn:v" x="1">t<v:c/>u</v:b>w<c/></a>',
        '<a><v:b xmlns:v="urn:v" x="1">t<v:c/>u</v:b>w<c/></a>',
        False,
    ),
    "no namespace": (f'<a {ROOT}><b xmlns="">t</b></a>', '<a><b xmlns="">t</b></a>', False),
    "no namespace where there is no default": (
        f'<h:a xmlns:h="{HL7}"><b><c/></b></h:a>',
        '<a><b xmlns=""><c/></b></a>',
        False,
    ),
    "no namespace within another": (
        f'<h:a xmlns:h="{HL7}"><v:b xmlns:v="urn:v"><c/></v:b></h:a>',
        '<a><v:b xmlns:v="urn:v"><c xmlns=""/></v:b></a>',
        False,
    ),
    "HL7 within no namespace": (
        f'<h:a xmlns:h="{HL7}"><b><h:c/></b></h:a>',
        f'<a><b xmlns=""><c xmlns="{HL7}"/></b></a>',
        False,
    ),
    "another namespace by default": (
        f'<a {ROOT}><b xmlns="urn:v"><c/></b></a>',
        '<a><b xmlns="urn:v"><c/></b></a>',
        False,
    ),
    "a usual prefix for something else": (
        f'<a xmlns="{HL7}" xmlns:xsi="urn:v"><xsi:b xsi:x="1"/></a>',
        '<a><ns1:b xmlns:ns1="urn:v" ns1:x="1"/></a>',
        False,
    ),
    "inside an attribute's namespace": (
        f'<a {ROOT} xmlns:v="urn:v"><b v:x="1"><v:c/></b></a>',
        '<a><b xmlns:v="urn:v" v:x="1"><v:c xmlns:v="urn:v"/></b></a>',
        False,
    ),
    "special characters": (
        f'<h:a xmlns:h="{HL7}" x="&quot;&lt;&amp;&#10;&#9;">&lt;&amp;&#13;&gt; "</h:a>',
        '<a x="&quot;&lt;&amp;&#10;&#9;">&lt;&amp;&#13;&gt; "</a>',
        False,
    ),
    "text between elements": (
        f'<h:a xmlns:h="{HL7}">t<h:b/>u<h:c>v</h:c>w</h:a>',
        "<a>t<b/>u<c>v</c>w</a>",
        False,
    ),
}


@pytest.mark.parametrize("case", FORMS)
def test_the_letters_of_a_form(case: str) -> None:
    xml, letters, is_usual = FORMS[case]
    root = etree.fromstring(xml)
    assert rewrite(root) == letters
    assert letters_of(root) == (letters if is_usual else None)


ALONE = {
    "<b/>": f'<b xmlns="{HL7}"/>',
    '<b x="1">t<c/></b>': f'<b xmlns="{HL7}" x="1">t<c/></b>',
    '<b xsi:type="II"/>': f'<b xmlns="{HL7}" xmlns:xsi="{XSI}" xsi:type="II"/>',
    '<b><c xsi:type="II"/></b>': f'<b xmlns="{HL7}" xmlns:xsi="{XSI}"><c xsi:type="II"/></b>',
    "<sdtc:b/>": f'<sdtc:b xmlns:sdtc="{SDTC}"/>',
    "<sdtc:b><c/></sdtc:b>": f'<sdtc:b xmlns="{HL7}" xmlns:sdtc="{SDTC}"><c/></sdtc:b>',
    '<b xml:lang="da"/>': f'<b xmlns="{HL7}" xml:lang="da"/>',
    '<v:b xmlns:v="urn:v"/>': '<v:b xmlns:v="urn:v"/>',
    '<b xmlns="">t</b>': '<b xmlns="">t</b>',
    '<b xmlns:v="urn:v" v:x="1"/>': f'<b xmlns="{HL7}" xmlns:v="urn:v" v:x="1"/>',
}


@pytest.mark.parametrize("letters", ALONE)
def test_letters_that_stand_alone(letters: str) -> None:
    assert standing_alone(letters) == ALONE[letters]


TEXTS = st.text("aZ <>&\"':ø\n", max_size=4).map(
    lambda text: escape(text, {'"': "&quot;", "\n": "&#10;"})
)
NAMESPACES = st.sampled_from([HL7, HL7, HL7, SDTC, XSI, "urn:v", "urn:w"])
DECLARED = st.dictionaries(st.sampled_from(["", "h", "sdtc", "xsi", "v"]), NAMESPACES, max_size=2)


@st.composite
def documents(draw: st.DrawFn, scope: dict[str, str] | None = None, depth: int = 3) -> str:
    """XML of all kinds of namespaces, under prefixes of all kinds, with texts between elements."""
    declared = draw(DECLARED) if scope else {draw(st.sampled_from(["", "h"])): HL7}
    scope = {"": "", **(scope or {}), **declared}
    is_root = depth == 3
    if scope[""] and not is_root and draw(st.booleans()):
        scope[""] = declared[""] = ""
    prefix = next(iter(declared)) if is_root else draw(st.sampled_from(sorted(scope)))
    said = [f' xmlns{":" * bool(p)}{p}="{uri}"' for p, uri in declared.items()]
    of_attributes = {"": "", **{scope[p]: p for p in scope if p}}
    for uri in draw(st.lists(st.sampled_from(sorted(of_attributes)), unique=True, max_size=2)):
        p = of_attributes[uri]
        said.append(f' {p}{":" * bool(p)}x="{draw(TEXTS)}"')
    name = f"{prefix}{':' * bool(prefix)}{draw(st.sampled_from('ab'))}"
    inside = draw(st.lists(documents(scope, depth - 1), max_size=3)) if depth else []
    texts = [f"{one}{draw(TEXTS)}" for one in ("", *inside)]
    return f"<{name}{''.join(said)}>{''.join(texts)}</{name}>"


def meaning(element: etree._Element) -> object:
    """What an element says, by namespaces and not by prefixes."""
    return (
        element.tag,
        sorted(element.attrib.items()),
        element.text or "",
        [(meaning(inside), inside.tail or "") for inside in element],
    )


@given(documents())
def test_letters_say_what_the_document_said(xml: str) -> None:
    root = etree.fromstring(xml)
    assert meaning(etree.fromstring(standing_alone(rewrite(root)))) == meaning(root)
    letters = letters_of(root)
    if letters is not None:
        assert letters == rewrite(root)
