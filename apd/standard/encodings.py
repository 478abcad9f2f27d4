"""Encodings of characters: those that the XML parsers of Java know, by the names they take.

Source: Apache Xerces, ``org.apache.xerces.util.EncodingMap``, which the JDK has as well. Whatever
it does not list it refuses: UTF-7, UTF-32, Macintosh, and ``UTF8`` without its hyphen.
"""

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
"""Their names in capitals."""

SINGLE_BYTE = ("ISO-8859-", "ISO_8859-", "LATIN", "WINDOWS-125", "CP125", "ASCII", "US-ASCII")
"""What the names of encodings begin with that have a byte for each character, ASCII among them."""
