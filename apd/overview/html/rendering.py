"""Templates to pages: escaped, without network, without script."""

import re
from base64 import b64encode
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from apd.privacy.masking import show
from apd.text.characters import is_language_tag, visible
from apd.text.page import PageWords
from apd.wording import Hide, Language

_SAFE = re.compile(r"(?:tel|sms|mailto):\S|https?://\S", re.IGNORECASE)


class _ToHyphenate(str):
    """A text with soft hyphens in long words, after masking."""

    __slots__ = ()


def is_safe_uri(uri: str | None) -> bool:
    """True for a telephone number, a text message, an e-mail or a web address."""
    return uri is not None and _SAFE.match(uri) is not None


def foreign_language(of_document: str | None, of_page: str) -> str | None:
    """The language of a document for ``lang``, if it differs from that of the page."""
    if of_document is None or is_language_tag(of_document) is None:
        return None
    return None if of_document.partition("-")[0].lower() == of_page else of_document


def render(template: str, language: Language, hide: Hide | None, **values: object) -> str:
    """A page of a template and its values, with ``hide`` applied to every text."""
    environment = _environment()
    if hide is not None:
        environment = environment.overlay(finalize=_finalizer(hide))
    return environment.get_template(template).render(
        language=language, words=PageWords(language), style=_style(), policy=_policy(), **values
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("apd.overview.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=_finalizer(show),
    )
    environment.tests["safe_uri"] = is_safe_uri
    environment.filters["hyphenated"] = _ToHyphenate
    return environment


def _finalizer(hide: Hide) -> Callable[[Any], Any]:
    """The filter of every value before escaping; markup made here is not changed."""

    def finalize(value: Any) -> Any:
        if type(value) is str:  # nearly all of them
            return visible(hide(value))
        if not isinstance(value, str) or isinstance(value, Markup):
            return value
        shown = visible(hide(value))
        return hyphenated(shown) if isinstance(value, _ToHyphenate) else shown

    return finalize


@cache
def _style() -> Markup:
    file = resources.files("apd.overview.html") / "templates" / "style.css"
    return Markup("\n" + file.read_text("utf-8"))


@cache
def _policy() -> Markup:
    """The Content-Security-Policy: no external resources, no scripts, one style sheet."""
    digest = b64encode(sha256(_style().encode()).digest()).decode()
    return Markup(
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


# Where a long word may be broken, for narrow columns: browsers hyphenate by themselves only where
# they have a dictionary of the language. Source: Dansk Sprognævn, Retskrivningsordbogen § 15: of
# consonants between vowels, the last goes to the next line; one before r or l may go with it.
SOFT_HYPHEN = "\u00ad"
_LONG = 12
_AT_LEAST = 3
"""The minimum number of letters before and after a break."""
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
