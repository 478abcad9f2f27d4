"""Letters as nested tuples, and told in the words of others."""

import pytest
from hypothesis import given
from lxml import etree

from apd.cda.letters import rewrite
from apd.cda.nodes import (
    Node,
    alike,
    elements_in,
    first_in,
    has_same_attributes,
    head_of,
    letters_in,
    name_of,
    node,
    pieces_of,
    plain,
    text_of,
)
from tests.cda.test_letters import documents


def node_of(letters: str) -> Node:
    """The node that letters say."""
    return node(pieces_of(letters))


NODES = {
    "<a/>": ("a/>", ()),
    "<a></a>": ("a>", []),
    '<a x="/">t</a>': ('a x="/">t', []),
    "<a>t/</a>": ("a>t/", []),
    "<a><b/><c>t</c></a>": ("a>", [("b/>", ()), ("c>t", [])]),
    "<a>s<b/>t<c>u</c>v/</a>": ("a>s", [("b/>", ()), "t", ("c>u", []), "v/"]),
    "<a><b><c/></b> <b/></a>": ("a>", [("b>", [("c/>", ())]), " ", ("b/>", ())]),
}


@pytest.mark.parametrize("letters", NODES)
def test_a_node_and_its_letters(letters: str) -> None:
    assert node_of(letters) == NODES[letters]
    assert letters_in(NODES[letters]) == letters


@given(documents())
def test_a_node_says_all_of_its_letters(xml: str) -> None:
    letters = rewrite(etree.fromstring(xml))
    assert letters_in(node_of(letters)) == letters


def test_elements_nested_as_deep_as_they_may_be() -> None:
    letters = "<a>" * 256 + "</a>" * 256
    assert letters_in(node_of(letters)) == letters


def test_what_a_node_says() -> None:
    found = node_of('<a>s<b x="1"/>t<c>u &lt;&amp;lt;&#13;&gt;</c><c xmlns="">v</c><sdtc:c/></a>')
    assert list(map(name_of, elements_in(found))) == ["b", "c", ":c", "sdtc:c"]
    assert (text_of(found), plain(text_of(elements_in(found)[1]))) == ("s", "u <&lt;\r>")
    assert first_in(found, "c") == ("c>u &lt;&amp;lt;&#13;&gt;", [])
    assert first_in(found, "sdtc") is None
    assert first_in(found, "d") is None


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ('<a x="1" y="2"/>', '<a y="2" x="1"/>', True),
        ('<a x="1"/>', '<a x="1">t</a>', True),
        ("<author/>", '<author typeCode="AUT" contextControlCode="OP"/>', True),
        ("<author/>", '<author typeCode="CST"/>', False),
        ("<performer/>", '<performer typeCode="AUT"/>', False),
        ('<a x="1" y="2"/>', '<a x="2" y="1"/>', False),
        ('<a x="1"/>', "<a/>", False),
    ],
)
def test_attributes_are_the_same(one: str, other: str, is_same: bool) -> None:
    assert has_same_attributes(node_of(one), node_of(other)) is is_same
    assert has_same_attributes(node_of(other), node_of(one)) is is_same


@pytest.mark.parametrize(
    ("letters", "words", "told"),
    [
        ('<a y="2" x="1"/>', '<a x="1" y="2"/>', {'a y="2" x="1"/>': 'a x="1" y="2"/>'}),
        ("<author>", '<author typeCode="AUT">', {"author>": 'author typeCode="AUT">'}),
        ('<a x="1"/>', '<a x="1"/>', {}),
        ('<a y="2" x="1">t</a>', '<a x="1" y="2">u</a>', {}),
        ("<author/>", '<author typeCode="AUT"></author>', {}),
        # each piece has a word of its own, or it could not be told again
        ('<author>s<author typeCode="AUT">s', '<author typeCode="AUT">s', {}),
        ("<c/>t</a>", '<c x="1"/>u</a>', {}),
    ],
)
def test_pieces_that_mean_the_same(letters: str, words: str, told: dict[str, str]) -> None:
    assert alike(pieces_of(letters), pieces_of(words)) == told


def test_the_head_of_a_node() -> None:
    hl7 = 'xmlns="urn:hl7-org:v3"'
    assert head_of(node_of('<a x="1">t<b/></a>')) == f'<a {hl7} x="1">t</a>'
    assert head_of(node_of('<a x="1">t<b/></a>'), with_text=False) == f'<a {hl7} x="1"/>'
    assert head_of(node_of('<a x="1"> <b/></a>')) == f'<a {hl7} x="1"/>'
    assert head_of(node_of('<a x="1"/>'), {'a x="1"/>': 'a x="2"/>'}) == f'<a {hl7} x="2"/>'
