"""The readable text as HTML: a handful of elements and attributes, and otherwise text."""

import html5lib
import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from apd.overview.html.narrative import as_html, narratives
from tests.overview.html import scenes
from tests.overview.html.hostile import SAFE_URIS, URIS

HL7 = "urn:hl7-org:v3"


def shown(inside: str, **more) -> str:
    """What is made of a text with something in it."""
    return str(as_html(etree.fromstring(f'<text xmlns="{HL7}">{inside}</text>'), **more))


@pytest.mark.parametrize(
    ("cda", "html"),
    [
        ("Aftale", "Aftale"),
        ("<paragraph>Aftale</paragraph> og mere", "<p>Aftale</p> og mere"),
        ("5 &lt; 6 &amp; 7", "5 &lt; 6 &amp; 7"),
        ("H<sub>2</sub>O, m<sup>2</sup>", "H<sub>2</sub>O, m<sup>2</sup>"),
        ("en<br/>to", "en<br>to"),
        (
            "<list><item>a</item><item>b</item></list>",
            "<ul><li>a</li><li>b</li></ul>",
        ),
        ('<list listType="ordered"><item>a</item></list>', "<ol><li>a</li></ol>"),
        ("<list><caption>Husk</caption><item>a</item></list>", "<ul><li>Husk</li><li>a</li></ul>"),
        (
            '<table border="1" width="9000"><caption>T</caption><thead><tr><th>a</th></tr></thead>'
            "<tfoot/><tbody><tr><td>b</td></tr></tbody></table>",
            "<table><caption>T</caption><thead><tr><th>a</th></tr></thead><tfoot></tfoot>"
            "<tbody><tr><td>b</td></tr></tbody></table>",
        ),
        ('<td colspan="2" rowspan="3">a</td>', '<td colspan="2" rowspan="3">a</td>'),
        ('<td colspan="2e9" rowspan="-1">a</td>', "<td>a</td>"),
        ('<td colspan="99999" onclick="x">a</td>', "<td>a</td>"),
        ('<content styleCode="Bold">a</content>', "<b>a</b>"),
        ('<content styleCode="xRed Italics">a</content>', "<i>a</i>"),
        ('<content ID="x" styleCode="x">a</content>', "a"),
        # what was taken back must not be read as if it stood
        ('<content revised="delete">kl. 9</content>', "<del>kl. 9</del>"),
        ('<content revised="insert" styleCode="Bold">kl. 10</content>', "<ins>kl. 10</ins>"),
        (
            '<renderMultiMedia referencedObject="x"><caption>a</caption></renderMultiMedia>',
            "<p>a</p>",
        ),
        ("a<footnote>b</footnote>", "ab"),
        ("<script>alert(1)</script>", "alert(1)"),
        ("<iframe src='http://a.dk'/><style>p {}</style>", "p {}"),
        ("<h:script xmlns:h='http://www.w3.org/1999/xhtml'>x</h:script>", "x"),
        ("<svg onload='x'><image href='x'/></svg>b", "b"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("\u202e51.01", "\ufffd51.01"),
    ],
)
def test_elements(cda, html) -> None:
    assert shown(cda) == html


@pytest.mark.parametrize("uri", SAFE_URIS)
def test_safe_links(uri) -> None:
    (link,) = lxml.html.fragments_fromstring(
        shown(f"<linkHtml href='{uri.replace('&', '&amp;')}' />")
    )
    assert dict(link.attrib) == {"href": uri, "rel": "noopener noreferrer"}


@pytest.mark.parametrize("uri", [*URIS, "#x", "", "java&#10;script:alert(1)", "&#9;javascript:x"])
def test_other_links_are_text(uri) -> None:
    href = uri.replace("<", "&lt;")
    assert shown(f'<linkHtml href="{href}" title="x">Tryk her</linkHtml>') == "Tryk her"


def test_every_readable_text_of_a_document() -> None:
    data = scenes.disagreeing()
    section = data[data.index(b"<section") : data.index(b"</section>") + 10]
    both = data.replace(section, section + b"</component><component>" + section)
    found = narratives(both)
    assert [narrative.title for narrative in found] == ["Aftale", "Aftale"]
    assert "<td>11-03-2026</td>" in found[0].html


@pytest.mark.parametrize("data", [b"", b"<html", "tekst", b"<a/>", b"<!DOCTYPE a []><a/>"])
def test_no_document_has_no_readable_text(data) -> None:
    assert narratives(data) == ()


# --- hiding --------------------------------------------------------------------------------------


def hide(text: str) -> str:
    return text.replace("0503129900", "****")


def test_what_is_hidden_is_hidden_in_texts_and_links() -> None:
    assert shown("<paragraph>CPR 0503129900</paragraph>", hide=hide) == "<p>CPR ****</p>"
    assert "0503129900" not in shown("<linkHtml href='tel:0503129900'>a</linkHtml>", hide=hide)


def test_tags_do_not_keep_anything_from_being_hidden() -> None:
    split = '<content styleCode="Bold">050312</content>9900 &lt;b&gt;'
    assert (
        shown(f"<paragraph>{split}</paragraph>", hide=hide) == '<p class="plain">**** &lt;b&gt;</p>'
    )
    assert shown("<paragraph>050312</paragraph>9900", hide=hide) == "<p>050312</p>9900"


# --- laws ----------------------------------------------------------------------------------------

# fmt: off
NAMES = [
    "paragraph", "list", "item", "table", "thead", "tbody", "tr", "th", "td", "caption", "content",
    "br", "sub", "sup", "linkHtml", "footnote", "script", "style", "a", "p", "div", "body", "html",
    "form", "select", "textarea", "title", "template", "math", "svg", "b",
]
PLAIN = [
    "p", "ul", "ol", "li", "table", "caption", "thead", "tbody", "tfoot", "tr", "br", "sub", "sup",
    "b", "i", "em", "u", "ins", "del",
]
# fmt: on
ALLOWED = {
    "a": {"href", "rel"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    **{name: set() for name in PLAIN},
}
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["href", "styleCode", "revised", "colspan", "listType", "onclick", "style"]),
    st.sampled_from([*URIS, *SAFE_URIS, "Bold", "delete", "2", "ordered", '"><script>']),
    max_size=2,
)
WORDS = st.sampled_from(["", "Aftale", "<script>", "</div>", "-->", "&lt;", "\u202e", "10.15"])


@st.composite
def texts(draw, depth: int = 4) -> etree._Element:
    """Any tree, most of it not as CDA has it."""
    element = etree.Element(f"{{{HL7}}}{draw(st.sampled_from(NAMES))}", draw(ATTRIBUTES))
    element.text = draw(WORDS)
    for child in draw(st.lists(texts(depth=depth - 1), max_size=3)) if depth else ():
        child.tail = draw(WORDS)
        element.append(child)
    return element


@given(texts())
def test_any_tree_becomes_harmless_and_stays_in_its_place(tree) -> None:
    """Read as a browser reads it: nothing but what is allowed, nothing outside, all the text."""
    made = as_html(tree)
    page = html5lib.parse(
        f"<!doctype html><title>t</title><main>{made}</main><footer>f</footer>",
        treebuilder="lxml",
        namespaceHTMLElements=False,
    ).getroot()
    assert [element.tag for element in page.find("body")] == ["main", "footer"]
    for element in page.find("body/main").iterdescendants():
        assert set(element.attrib) <= ALLOWED[element.tag]
        assert element.get("href") in (None, *SAFE_URIS)
    read = "".join(page.find("body/main").itertext())
    assert sorted(read) == sorted("".join(tree.itertext()).replace("\u202e", "\ufffd"))
