"""What strangers wrote, made harmless."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apd.overview.html.rendering import foreign_language, is_safe_uri
from apd.text.characters import visible
from tests.overview.html.hostile import SAFE_URIS, URIS


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Kontrol af knæ", "Kontrol af knæ"),
        ("<b>&amp;", "<b>&amp;"),  # escaping is for the template
        ("kl.\u202e 51.01", "kl.\ufffd 51.01"),
        ("\u2066fra\u2069\u2028til", "\ufffdfra\ufffd\ufffdtil"),
        ("a\x00\x1b[2Jb\x9b", "a\ufffd\ufffd[2Jb\ufffd"),
        ("halv \ud83d", "halv \ufffd"),
        ("linje\r\n\tto", "linje\r\n\tto"),
        ("علي \u200fعمر", "علي \u200fعمر"),  # Arabic needs its marks
        ("👩\u200d⚕️", "👩\u200d⚕️"),
    ],
)
def test_visible(text, seen) -> None:
    assert visible(text) == seen


@given(st.text())
def test_what_is_visible_can_be_written(text) -> None:
    assert visible(visible(text)) == visible(text)
    assert len(visible(text).encode()) >= len(text)


@pytest.mark.parametrize("uri", SAFE_URIS)
def test_safe(uri) -> None:
    assert is_safe_uri(uri)
    assert is_safe_uri(uri.upper())


@pytest.mark.parametrize(
    "uri", [*URIS, None, "", "tel:", "http:", "http://", " tel:1", "//a.dk", "a.html", "tel :1"]
)
def test_unsafe(uri) -> None:
    assert not is_safe_uri(uri)


@pytest.mark.parametrize(
    ("of_document", "of_page", "lang"),
    [
        ("da-DK", "da", None),
        ("da", "da", None),
        ("DA-dk", "da", None),
        ("da-DK", "en", "da-DK"),
        ("en", "da", "en"),
        (None, "en", None),
        ("dansk!", "en", None),
        ('da" onclick="x', "en", None),
    ],
)
def test_foreign_language(of_document, of_page, lang) -> None:
    assert foreign_language(of_document, of_page) == lang
