"""Where a long word may be broken: a soft hyphen, which is seen only where it is.

For narrow columns of a page. Browsers hyphenate by themselves only where they have a dictionary of
the language. Source: Dansk Sprognævn, Retskrivningsordbogen § 15: of consonants between vowels, the
last goes to the next line; one before r or l may go with it.
"""

import re

SOFT_HYPHEN = "\u00ad"
_LONG = 12
_AT_LEAST = 3
"""So many letters stay before and after a break."""
_VOWELS = "aeiouyæøåäöüéè"
_long_words = re.compile(rf"[^\W\d_]{{{_LONG},}}")
_consonant = rf"[^\W\d_{_VOWELS}]"
_breaks = re.compile(
    rf"[{_VOWELS}]({_consonant}*?)(?:[bdfgkptv]r|[bfgkp]l|{_consonant})(?=[{_VOWELS}])", re.I
)


def hyphenated(text: str) -> str:
    """A text in which words of twelve letters or more can be broken: *prøve-tagnings-bussen*."""
    return _long_words.sub(lambda match: _broken(match[0]), text)


def _broken(word: str) -> str:
    made, at = [], 0
    for found in _breaks.finditer(word):
        end = found.end(1)
        if min(end, len(word) - end) >= _AT_LEAST:
            made.append(word[at:end])
            at = end
    return SOFT_HYPHEN.join((*made, word[at:]))
