"""Texts: words as people write them, and everything else that XML can carry."""

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

_WORDS = (
    "Kontrol", "Blodprøve", "Ambulatorium for øre, næse og hals", "Åbyhøj", "Sal 3, dør B",
    "Fru Ærø-Sjöström", "O'Neill & Søn", "<ukendt>", 'kaldet "Bo"', "a]]>b", "&amp;", "&#60;",
    "<!-- -->", "100 %", "2 > 1", "Ali عمر", "Zoë 周", "e\u0301 og é", "\u202eevne\u202c",
    "\u2066fra\u2069 \u200fside", "👩\u200d⚕️ 10:15", "\U00020000", "\u00ad\u200b", "\ufeffa",
)  # fmt: skip
_TROUBLE = "&<>\"'[]{}%;#/\\ \t\n\r\x7f\x85\xa0\u2028\u202e\u202c\u200f\u2066\ufeff\ufffd😀𐍈æØå"
_NOT_IN_XML = "".join(map(chr, {*range(0x20)} - {0x09, 0x0A, 0x0D})) + "\ufffe\uffff"


def _is_not_blank(text: str) -> bool:
    """Something is left when runs of white space are made one."""
    return bool(text.split())


def texts(max_size: int = 40) -> SearchStrategy[str]:
    """Texts that every text of the model takes: not blank, nothing that XML cannot carry.

    Words, XML's special characters, line breaks, controls of the direction of writing, emoji
    and any other character of Unicode.

    Args:
        max_size: the longest, in characters.
    """
    any_character = st.characters(exclude_categories=["Cs"], exclude_characters=_NOT_IN_XML)
    return st.one_of(
        st.sampled_from([word for word in _WORDS if len(word) <= max_size]),
        st.text(_TROUBLE, min_size=1, max_size=max_size),
        st.text(any_character, min_size=1, max_size=max_size),
    ).filter(_is_not_blank)
