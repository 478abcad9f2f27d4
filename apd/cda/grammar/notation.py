"""The usual notation of a valid document, as regular expressions: canonical XML and white space.

Attributes in their order with one blank before each, double quotes, references for five characters
only. Beyond canonical XML there may be white space between elements, and ``<a/>``. A repetition is
possessive, if it is of one character, or in an atomic group, or the next piece shows by its first
characters whether it goes on; so a match takes time in proportion to the length, also where it
fails. Possessive repetitions of more than one character go wrong up to Python 3.11.4.

Source: Canonical XML 1.0; XML 1.0, 2.2 (characters), 2.8 (prolog).
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from apd.cda.xml import HL7, SDTC, XSI
from apd.model.validators import NOT_IN_XML

MANY = 1_000_000
"""So often at most, where there is no limit."""

REFERENCE = "&(?:amp|lt|gt|quot|apos);"
IN_ATTRIBUTE = r'[^"<&\x00-\x1f]'
"""A character in an attribute; white space but for a blank would be another when read."""
UNPADDED = rf'(?!\s){IN_ATTRIBUTE}*+(?:{REFERENCE}{IN_ATTRIBUTE}*+)*(?<![\s"])'
"""The value of an attribute that says something, without a blank around it."""
_IN_TEXT = rf"[^<>&\r{NOT_IN_XML}]"  # a line end in two characters is one when read
BLANKS = r"[ \t\n\r]*+"
# white space in the readable text is compared as one blank, whatever it is
PIECE_OF_READABLE_TEXT = rf"[^<>&{NOT_IN_XML}]++|{REFERENCE}"
NOT_BLANK = rf"[ \t\n]*+(?=[^\s<]){_IN_TEXT}*+(?:{REFERENCE}{_IN_TEXT}*+)*"
"""Text that says something."""

UNQUOTED = (
    r'(?!(?>(?:[ \t\n\r]*+<\w++ nullFlavor="\w++"(?: ?/>|></\w++>))*)'
    r'[ \t\n\r]*+(?:<\w++>[ \t\n]*+)?(?:"|&quot;))'
)
"""Before the content of a name: its first text does not begin with a quotation mark."""

COMMENT_BEFORE_TAG = rf"<!--[^\-{NOT_IN_XML}]*+(?>(?:-[^\-{NOT_IN_XML}]++)*)-->(?={BLANKS}<)"
"""A comment with a tag behind it. Within a tag, a value or a CDATA section there is none such, or
something is left behind it that the grammar does not admit."""

# without "<", so that every tag in the text of the document is one of its own
_COMMENT = rf"<!--[^\-<{NOT_IN_XML}]*+(?:-[^\-<{NOT_IN_XML}]++)*-->"
_INSTRUCTION = rf"<\?(?![Xx][Mm][Ll][ ?])[A-Za-z_][A-Za-z0-9_.\-]*+(?: [^?<{NOT_IN_XML}]*+)?\?>"
_MISC = rf"{BLANKS}(?:(?:{_COMMENT}|{_INSTRUCTION}){BLANKS})*"


def _declaration(quote: str) -> str:
    encoding = f" encoding={quote}(?:UTF|utf)-8{quote}"
    standalone = f" standalone={quote}(?:yes|no){quote}"
    return rf"<\?xml version={quote}1\.0{quote}(?:{encoding})?(?:{standalone})? ?\?>"


class Declared(NamedTuple):
    """A namespace that the root declares.

    Args:
        prefix: what stands for it; empty for the default.
        uri: its name.
        is_needed: it must be declared.
    """

    prefix: str
    uri: str
    is_needed: bool

    @property
    def name(self) -> str:
        """The name of the attribute that declares it."""
        return f"xmlns:{self.prefix}" if self.prefix else "xmlns"


NAMESPACES = (
    Declared("", HL7, True),
    Declared("sdtc", SDTC, False),
    Declared("voc", f"{HL7}/voc", False),
    Declared("xsi", XSI, True),
)
"""The namespaces that a document may declare."""
_NAMESPACES = "".join(
    rf'(?: {one.name}="{re.escape(one.uri)}"){"" if one.is_needed else "?"}' for one in NAMESPACES
)
MOST_DECLARATIONS = len(NAMESPACES)


def document(attributes: str, content: str) -> str:
    """A document.

    Args:
        attributes: the pattern of those of its root element.
        content: the pattern of its content.
    """
    declaration = "|".join(map(_declaration, ('"', "'")))
    start = f"(?:{_NAMESPACES}{attributes}|{attributes}{_NAMESPACES})"
    schema = f'(?: xsi:schemaLocation="{UNPADDED}")?'
    root = f"<ClinicalDocument{start}{schema}>{BLANKS}{content}</ClinicalDocument>"
    return f"(?:{declaration})?{_MISC}{root}{_MISC}"


PART = "part"
"""The name under which that of a part of a name or an address is kept, until its end."""


OTHERWISE = "otherwise"
"""The names under which a relaxed grammar keeps what is not admitted begin so."""


def named(name: str, pattern: str) -> str:
    """A pattern whose match is kept under a name; the name may occur again."""
    return f"(?P<{name}>{pattern})"


def again(name: str) -> str:
    """The last match that was kept under a name."""
    return f"(?P={name})"


def siblings(name: str, pattern: str, kept_as: str, is_needed: bool, first: str = "") -> str:
    """The children of one name, or all that stand there by that name, which are kept as text.

    Of those that are kept nothing is known but where they end, in a document that is well-formed:
    no comment, instruction or CDATA section is in them, and no other element of their name.

    Args:
        name: their name.
        pattern: that of what is admitted.
        kept_as: the name of the group that keeps what is not.
        is_needed: whether the pattern demands one; then none at all is kept as an empty text.
        first: the pattern of a first one that is admitted, behind which others are kept.
    """
    starts, ends = rf"<{name}(?=[\s/>])[^<>]*+", rf"</{name}\s*+>"
    inside = rf"(?>(?:[^<]++|<(?!/?{name}[\s/>]|[!?]))*)"
    whole = rf"(?:{starts}(?:(?<=/)>|(?<!/)>{inside}{ends}){BLANKS})"
    kept = named(kept_as, f"(?>{whole}{'*' if is_needed else '+'})")
    behind_first = f"{first}{named(kept_as, f'(?>{whole}+)')}|" if first else ""
    return rf"(?>{pattern}(?!<{name}[\s/>])|{behind_first}{kept})"


def admitted_or_parsed(admitted: str, parsed: str, kept_as: str) -> str:
    """What is in an element, to its end: what is admitted, or else what can be parsed.

    Args:
        admitted: the pattern of what is admitted.
        parsed: that of what can be parsed.
        kept_as: the name of a group that keeps something where it is not admitted.
    """
    return f"(?>{admitted}(?=</)|(?={named(kept_as, '<')}){parsed})"


def admitted_or_parsed_together(name: str, admitted: str, parsed: str, kept_as: str) -> str:
    """The children of one name: what is admitted, or else what can be parsed, of the first on.

    Args:
        name: their name.
        admitted: the pattern of what is admitted.
        parsed: that of one that can be parsed.
        kept_as: as for :func:`admitted_or_parsed`.
    """
    shows = named(kept_as, "<")
    return rf"(?>{admitted}(?!<{name}[\s/>])|(?={shows})(?:{parsed})+)"


def element(name: str, attributes: str, content: str | None, *, may_be_closed: bool = False) -> str:
    """An element, and the white space behind it.

    Args:
        name: its name.
        attributes: their pattern.
        content: the pattern of what is in it, with white space; an empty text for white space
            alone, None for nothing at all.
        may_be_closed: whether one with content may be closed by its start tag.
    """
    inside = BLANKS if content == "" else content or ""
    rest = f">{inside}</{name}>"
    if not content or may_be_closed:
        rest = f"(?: ?/>|{rest})"
    return f"<{name}{attributes}{rest}{BLANKS}"


def optional(pattern: str) -> str:
    """Zero or one occurrence; what is behind it begins otherwise, so it is never given back."""
    return f"(?>{pattern}|)" if pattern else ""


def either(patterns: Sequence[str]) -> str | None:
    """One of several; None if there are none."""
    different = list(dict.fromkeys(patterns))
    if not different:
        return None
    return different[0] if len(different) == 1 else f"(?:{'|'.join(different)})"


def times(pattern: str | None, least: int, most: int) -> str | None:
    """Something so often; None where it is demanded and cannot be described."""
    if pattern is None:
        return None if least else ""
    if most == MANY:
        assert OTHERWISE not in pattern
        return f"(?:{pattern}){'+' if least else '*'}"
    return pattern * least + optional(pattern) * (most - least)
