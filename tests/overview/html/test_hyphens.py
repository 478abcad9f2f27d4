"""Where long words are broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apd.overview.html.rendering import SOFT_HYPHEN, hyphenated


@pytest.mark.parametrize(
    "text",
    [
        "Blodprøver",
        "prøve-tagningsbussen",
        "Kontrol af knæ",
        "0707809985",
        "<script>",
        "",
    ],
)
def test_short_words_and_numbers_stay(text) -> None:
    assert hyphenated(text).replace(SOFT_HYPHEN, "") == text
    assert SOFT_HYPHEN not in hyphenated("Kontrol af knæ 0707809985")


@pytest.mark.parametrize(
    ("word", "broken"),
    [
        ("prøvetagningsbussen", "prø-ve-tag-nings-bus-sen"),
        ("Genoptræning", "Genop-træ-ning"),
        ("Ekkokardiografi", "Ekko-kar-dio-grafi"),
        ("Indlæggelser", "Ind-læg-gel-ser"),
        ("Lærkereden", "Lærkereden"),
    ],
)
def test_long_words(word, broken) -> None:
    assert hyphenated(word).replace(SOFT_HYPHEN, "-") == broken


@given(st.text())
def test_nothing_else_changes(text) -> None:
    assert hyphenated(text).replace(SOFT_HYPHEN, "") == text.replace(SOFT_HYPHEN, "")
