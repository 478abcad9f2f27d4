"""Texts: ordinary words, and everything else that XML allows."""

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

_WORDS = (
    "Kontrol", "Blodprøve", "Ambulatorium for øre, næse og hals", "Åbyhøj", "Sal 3, dør B",
    "Fru Ærø-Sjöström", "O'Neill & Søn", "<ukendt>", 'kaldet "Bo"', "a]]>b", "&amp;", "&#60;",
    "<!-- -->", "100 %", "2 > 1", "Ali عمر", "Zoë 周", "e\u0301 og é", "\u202eevne\u202c",
    "\u2066fra\u2069 \u200fside", "👩\u200d⚕️ 10:15", "\U00020000", "\u00ad\u200b", "\ufeffa",
)  # fmt: skip
_LENGTHS = (63, 64, 255, 256, 1000)
"""Lengths at which systems truncate: columns of 64 and 256 characters, one less and one more."""
_FILLINGS = (
    "Kontrol af knæ & hofte, ",
    "Sygehusundersøgelsesafdeling",  # no blank to break at
    "e\u0301a\u030a\u0323o\u0338 ",  # letters and the marks on them are characters of their own
    "فحص الدم בדיקה ",
    "👩\u200d⚕️\U00020000 ",
)


def _filled(filling: str, length: int) -> str:
    text = (filling * length)[:length]
    return f"{text[:-1]}." if text[-1].isspace() else text


SHORT_TEXTS = ("Å", "x", "周", "ع")
LONG_TEXTS = tuple(_filled(filling, length) for length in _LENGTHS for filling in _FILLINGS)
_RANDOM_SIZE = 40
_TROUBLE = "&<>\"'[]{}%;#/\\ \t\n\r\x7f\x85\xa0\u2028\u202e\u202c\u200f\u2066\ufeff\ufffd😀𐍈æØå"
_NOT_IN_XML = "".join(map(chr, {*range(0x20)} - {0x09, 0x0A, 0x0D})) + "\ufffe\uffff"


def _is_not_blank(text: str) -> bool:
    """Whether a text is not blank once white space is collapsed."""
    return bool(text.split())


def texts(max_size: int = _LENGTHS[-1]) -> SearchStrategy[str]:
    """Texts that every field of the model accepts: not blank, and only characters that XML allows.

    Words, single letters, XML's special characters, line breaks, controls of the direction of
    writing, emoji, combining characters, letters that are written from right to left, and any other
    character of Unicode; long texts at the lengths at which systems truncate: 63 and 64, 255 and
    256, and 1,000 characters.

    Args:
        max_size: the maximum length in characters.
    """
    any_character = st.characters(exclude_categories=["Cs"], exclude_characters=_NOT_IN_XML)
    return st.one_of(
        st.sampled_from([w for w in (*_WORDS, *SHORT_TEXTS, *LONG_TEXTS) if len(w) <= max_size]),
        st.text(_TROUBLE, min_size=1, max_size=min(max_size, _RANDOM_SIZE)),
        st.text(any_character, min_size=1, max_size=min(max_size, _RANDOM_SIZE)),
    ).filter(_is_not_blank)
