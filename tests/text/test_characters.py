"""What would be obeyed and not seen: shown as a mark in texts, and escaped in JSON."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apd.text.characters import is_language_tag, json_text, on_a_line, visible

OBEYED = "\x1b\x7f\x9b\u2028\u202e\u2067\ud800\uffff"
TEXTS = st.text(st.characters() | st.sampled_from(OBEYED))


@pytest.mark.parametrize(
    ("text", "in_lines", "in_a_line"),
    [
        ("én\tto\nlinjer", "én\tto\nlinjer", "én�to�linjer"),
        ("a\x1b[31m", "a�[31m", "a�[31m"),
        ("a\u202eb", "a�b", "a�b"),
        ("ود\u200fا", "ود\u200fا", "ود\u200fا"),  # a mark that the script needs
    ],
)
def test_texts(text: str, in_lines: str, in_a_line: str) -> None:
    assert (visible(text), on_a_line(text)) == (in_lines, in_a_line)


@given(TEXTS)
def test_a_text_stays_as_long_as_it_was(text: str) -> None:
    for shown in (visible(text), on_a_line(text)):
        assert len(shown) == len(text)
        assert not set(OBEYED) & set(shown)
    assert all(unicodedata.category(one) != "Cc" for one in on_a_line(text))


@given(TEXTS, st.booleans())
def test_json_states_the_same(text: str, ascii_only: bool) -> None:
    written = json_text({text: [text]}, ascii_only=ascii_only)
    assert not set(OBEYED) & set(written)
    assert json.loads(written) == {text: [text]}


@pytest.mark.parametrize(
    ("tag", "is_one"), [("da", True), ("kl-GL", True), ("d", False), ("da-DK;X=1", False)]
)
def test_language_tags(tag: str, is_one: bool) -> None:
    assert bool(is_language_tag(tag)) is is_one
