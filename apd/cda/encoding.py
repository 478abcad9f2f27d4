"""The encoding that a document declares, and the one that its bytes are in.

Source: Apache Xerces, ``org.apache.xerces.util.EncodingMap``. It refuses whatever it does not
list: UTF-7, UTF-32, Macintosh, and ``UTF8`` without its hyphen. The parser of JDK 17 also accepts
Java's own names, such as ``UTF8`` and ``Cp1252``.

XML 1.0, 4.3.3: a document in another encoding than it declares is a fatal error. libxml2 accepts
many; the parsers of Java and .NET do not, or read other characters than those written.
"""

import codecs
import re
from encodings.aliases import aliases
from typing import NamedTuple

from apd.wording import Wording

_BY_NAME = """
    ASCII US-ASCII ISO646-US US ISO-IR-6 ANSI_X3.4-1968 ANSI_X3.4-1986 ISO_646.IRV:1991 CSASCII
    UTF-8 UTF-16 UTF-16BE UTF-16LE ISO-10646-UCS-2 ISO-10646-UCS-4
    LATIN1 L1 CSISOLATIN1 ISO-IR-100 LATIN2 L2 CSISOLATIN2 ISO-IR-101 LATIN3 L3 CSISOLATIN3
    ISO-IR-109 LATIN4 L4 CSISOLATIN4 ISO-IR-110 LATIN5 L5 CSISOLATIN5 ISO-IR-148 LATIN-9
    CYRILLIC CSISOLATINCYRILLIC ISO-IR-144 ARABIC CSISOLATINARABIC ISO-IR-127 ECMA-114 ASMO-708
    GREEK GREEK8 CSISOLATINGREEK ISO-IR-126 ELOT_928 ECMA-118 HEBREW CSISOLATINHEBREW ISO-IR-138
    ISO-8859-8-I ISO-8859-13 KOI8-R CSKOI8R TIS-620
    BIG5 CSBIG5 EUC-JP EUC-KR CSEUCKR GB2312 CSGB2312 GB18030 GBK CP936 MS936 WINDOWS-936
    ISO-2022-CN ISO-2022-JP CSISO2022JP ISO-2022-KR CSISO2022KR SHIFT_JIS CSSHIFTJIS MS_KANJI
    WINDOWS-31J CSWINDOWS31J
"""
_PAGES = """
    037 273 277 278 280 284 285 290 297 367 420 424 437 500 775 819 850 852 855 857 860 861 862
    863 864 865 866 868 869 870 871 918 1026 1047
"""

KNOWN_TO_JAVA = frozenset(
    (
        *_BY_NAME.split(),
        *(f"WINDOWS-125{number}" for number in range(9)),
        *(f"ISO{mark}8859-{number}" for mark in "-_" for number in (*range(1, 10), 15)),
        *(f"{prefix}{page}" for prefix in ("IBM", "IBM-", "CP") for page in _PAGES.split()),
        *(f"{prefix}0{page}" for prefix in ("IBM", "CP") for page in range(1140, 1150)),
        *(f"IBM-{page}" for page in (858, 924, *range(1140, 1150))),
    )
)
"""Their names in upper case."""

SINGLE_BYTE = ("ISO-8859-", "ISO_8859-", "LATIN", "WINDOWS-125", "CP125", "ASCII", "US-ASCII")
"""The prefixes of the names of single-byte encodings that include ASCII."""


_DECLARATION_ENDS_WITHIN = 256
_USUAL = tuple(
    f"<?xml version={quote}1.0{quote} encoding={quote}{name}{quote}".encode()
    for name in ("UTF-8", "utf-8")
    for quote in "\"'"
)
"""The usual beginnings of a document, which are right."""
_declared = re.compile(
    rb"""<\?xml\s[^>]{0,200}?\sencoding\s{0,20}=\s{0,20}["']([A-Za-z][A-Za-z0-9._:\-]{0,40})["']"""
).match


class Family(NamedTuple):
    """Encodings that encode the characters of a declaration in the same bytes.

    Args:
        name: its name.
        start: the first bytes of a document.
        mark: whether these are a byte order mark.
        codec: Python's name of an encoding that reads the declaration.
        members: the prefixes of the names of its encodings, in upper case; none for any other.
    """

    name: str
    start: bytes
    mark: bool
    codec: str
    members: tuple[str, ...]


_UTF_8, _UTF_16 = ("UTF-8", "UTF8"), ("UTF-16", "UTF16", "UCS-2", "ISO-10646-UCS-2")
_UTF_32 = ("UTF-32", "UTF32", "UCS-4", "ISO-10646-UCS-4")
_ANY_OTHER = ()

FAMILIES = (
    Family("UTF-8", codecs.BOM_UTF8, True, "utf-8", _UTF_8),
    Family("UTF-32", codecs.BOM_UTF32_LE, True, "utf-32-le", (*_UTF_32, "UTF-32LE")),
    Family("UTF-32", codecs.BOM_UTF32_BE, True, "utf-32-be", (*_UTF_32, "UTF-32BE")),
    Family("UTF-16", codecs.BOM_UTF16_LE, True, "utf-16-le", _UTF_16),
    Family("UTF-16", codecs.BOM_UTF16_BE, True, "utf-16-be", _UTF_16),
    Family("UTF-32", b"<\0\0\0", False, "utf-32-le", _UTF_32),
    Family("UTF-32", b"\0\0\0<", False, "utf-32-be", _UTF_32),
    Family("UTF-16", b"<\0", False, "utf-16-le", _UTF_16),
    Family("UTF-16", b"\0<", False, "utf-16-be", _UTF_16),
    Family("EBCDIC", b"Lo\xa7\x94\x93", False, "cp037", _ANY_OTHER),
)
"""The families by first bytes; if none matches, ASCII characters are encoded as in ASCII."""
_EBCDIC = ("EBCDIC", "CP037", "IBM037", "CP277", "IBM277", "CP500", "IBM500", "CP1047", "IBM1047")
_NOT_IN_ASCII = (*_UTF_16, *_UTF_32, *_EBCDIC)
_ANY_MEMBERS = (*_UTF_8, *_UTF_16, *_UTF_32, *SINGLE_BYTE)


def family_of(data: bytes) -> Family | None:
    """The family that the first bytes show; None for ASCII-compatible ones without a mark."""
    if data.startswith(b"<") and data[1:2] != b"\0":
        return None
    return next((family for family in FAMILIES if data.startswith(family.start)), None)


def in_ascii(data: bytes) -> bytes:
    """The bytes converted so that ASCII characters are encoded as in ASCII, without a mark."""
    family = family_of(data)
    if family is None:
        return data
    text = data[len(family.start) if family.mark else 0 :]
    if family.codec == "utf-8":
        return text
    return text.decode(family.codec, "replace").encode()


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a document declares, as written; None if it declares none."""
    found = _declared(in_ascii(data[: _DECLARATION_ENDS_WITHIN * 4])[:_DECLARATION_ENDS_WITHIN])
    return None if found is None else found[1].decode()


def codec_of(data: bytes) -> str:
    """Python's name of the encoding of a document's bytes.

    The first bytes decide, as for a parser; if they show nothing, the declaration does, and if that
    is missing or impossible it is UTF-8. A byte order mark is then read as a character. Python may
    not support the declared encoding.
    """
    if data.startswith(_USUAL):
        return "utf-8"
    family = family_of(data)
    if family is not None and family.members:
        return family.codec
    declared = declared_encoding(data)
    if declared is None or (family is None and declared.upper().startswith(_NOT_IN_ASCII)):
        return "utf-8"
    return declared


WRITE_UTF_8 = Wording(
    "Skriv dokumentet i UTF-8, og angiv UTF-8 i erklæringen.",
    "Write the document in UTF-8, and declare UTF-8.",
)
"""What to do about every such finding."""


def contradiction(data: bytes) -> Wording | None:
    """The finding on a document that declares another encoding than that of its bytes."""
    if data.startswith(_USUAL):
        return None
    written = declared_encoding(data)
    if written is None:
        return None
    declared = written.upper()
    family = family_of(data)
    if family is not None:
        if _may_be(declared, family):
            return None
        return _contradicts(written, family.name, has_mark=family.mark)
    if declared.startswith(_NOT_IN_ASCII):
        return _contradicts(written, "UTF-8" if _is_utf_8(data) else "8-bit")
    if declared.startswith(SINGLE_BYTE) and not data.isascii() and _is_utf_8(data):
        return _contradicts(written, "UTF-8")
    return None


def _may_be(declared: str, family: Family) -> bool:
    """Whether an encoding is of a family; where it names the order of bytes, of that order."""
    if not family.members:
        return not declared.startswith(_ANY_MEMBERS)
    is_swapped = declared.endswith(("LE", "BE")) and declared[-2:] != family.codec[-2:].upper()
    return declared.startswith(family.members) and not is_swapped


def _contradicts(written: str, found: str, *, has_mark: bool = False) -> Wording:
    da, en = (" med BOM", " with a byte order mark") if has_mark else ("", "")
    name = _name(written)
    return Wording(
        f"Erklæringen angiver {name.da}, men bytene er {found}{da}.",
        f"The declaration states {name.en}, but the bytes are {found}{en}.",
    )


def _is_utf_8(data: bytes) -> bool:
    return first_not_utf_8(data) is None


def first_not_utf_8(data: bytes) -> int | None:
    """The first position that is not UTF-8, or None; the last character may be cut off."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError as error:
        return error.start
    return None


def not_utf_8(data: bytes) -> tuple[Wording, int] | None:
    """The finding on bytes that should be UTF-8 but are not, with the line; else None."""
    declared = declared_encoding(data)
    if family_of(data) not in (None, FAMILIES[0]) or (declared or "UTF-8").upper() not in _UTF_8:
        return None
    at = first_not_utf_8(data)
    if at is None:
        return None
    line = data.count(b"\n", 0, at) + 1
    says = (
        Wording("Erklæringen angiver UTF-8", "The declaration states UTF-8")
        if declared
        else Wording("Uden erklæring er XML i UTF-8", "XML without a declaration is in UTF-8")
    )
    return Wording(
        f"{says.da}, men bytene er det ikke; de ligner ISO-8859-1 eller Windows-1252.",
        f"{says.en}, but the bytes are not; they look like ISO-8859-1 or Windows-1252.",
    ), line


def unknown_to_java(data: bytes) -> Wording | None:
    """The finding on a document in an encoding that Java's parsers do not support."""
    if data.startswith(_USUAL):
        return None
    written, family = declared_encoding(data), family_of(data)
    if written is None and family and family.name == "UTF-32":
        written = "UTF-32"
    if written is None or written.upper() in KNOWN_TO_JAVA:
        return None
    name = _name(written)
    return Wording(
        f"Dokumentet er i {name.da}, som ikke alle XML-parsere til Java kan læse. Skriv det i "
        "UTF-8.",
        f"The document is in {name.en}, which not all Java XML parsers can read. Write it in "
        "UTF-8.",
    )


def _name(written: str) -> Wording:
    """The name of an encoding, if there is one of that name; nothing else that a stranger wrote."""
    known = written.lower().replace("-", "_").replace(":", "_")
    if written.upper() in KNOWN_TO_JAVA or known in aliases or known in aliases.values():
        return Wording(written, written)
    return Wording("et andet tegnsæt", "another encoding")
