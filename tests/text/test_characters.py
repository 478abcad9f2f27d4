"""What would be obeyed and not seen: shown as a mark in texts, and escaped in JSON."""

import json
import os
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apd.text.characters import (
    exact_name,
    is_language_tag,
    json_text,
    name_on_a_line,
    on_a_line,
    visible,
)

_IN_UTF_8 = pytest.mark.skipif(
    os.sep == "\\" or sys.getfilesystemencoding() != "utf-8",
    reason="names are not in UTF-8 with stray bytes",
)
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


def _may_name_a_file(text: str) -> bool:
    try:
        return os.fsdecode(os.fsencode(text)) == text
    except UnicodeEncodeError:
        return False


NAMES = st.binary(max_size=12).map(os.fsdecode) | TEXTS.filter(_may_name_a_file)


@_IN_UTF_8
@given(st.lists(NAMES, max_size=2))
def test_the_name_of_a_file_is_told_from_every_other(names: list[str]) -> None:
    shown = [name_on_a_line(name) for name in names]

    assert not set(OBEYED) & set("".join(shown))
    assert all(len(one.splitlines()) <= 1 for one in shown)
    assert [exact_name(one) for one in shown] == names


@_IN_UTF_8
def test_how_the_name_of_a_file_is_shown() -> None:
    names = [b"a\nb", b"a\xffb", rb"a\xffb", "a\u202eb æø".encode(), b"plain 1.xml"]

    assert [name_on_a_line(os.fsdecode(name)) for name in names] == [
        r"a\x0ab",
        r"a\xffb",
        r"a\\xffb",
        r"a\xe2\x80\xaeb æø",
        "plain 1.xml",
    ]
    assert name_on_a_line("\ud800") == r"\xed\xa0\x80"
