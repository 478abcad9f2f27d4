"""What strangers wrote, made harmless before it stands in a page."""

import re

# As on a terminal: control characters, line separators, embedded changes of direction, and
# halves of characters. Marks that scripts such as Arabic need for themselves stay.
_NOT_TO_BE_SHOWN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufffe\uffff]"
)
_SAFE = re.compile(r"(?:tel|sms|mailto):\S|https?://\S", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*").fullmatch


def visible(text: str) -> str:
    """A text in which every character that would be obeyed and not seen is a visible mark (�)."""
    return _NOT_TO_BE_SHOWN.sub("\ufffd", text)


def is_safe_uri(uri: str | None) -> bool:
    """True for a telephone number, a text message, an e-mail or a web address."""
    return uri is not None and _SAFE.match(uri) is not None


def foreign_language(of_document: str | None, of_page: str) -> str | None:
    """The language of a document as ``lang`` has it, where the page is in another one."""
    if of_document is None or _LANGUAGE(of_document) is None:
        return None
    return None if of_document.partition("-")[0].lower() == of_page else of_document
