"""Inputs made of others: pieces of a text taken out, doubled, exchanged and replaced."""

import re
from collections.abc import Callable, Sequence
from random import Random

_PIECE = re.compile(rb"<[^<>]*>|\"[^\"\n]*\"|[\w.+-]+|\s+|[^\w\s]", re.DOTALL)
_MOST_TIMES = 64
_STEPS = (1, 1, 1, 2, 2, 3, 6)

WORTH_TRYING = [
    *(b"", b" ", b"\n", b"\t", b"0", b"1", b"-1", b"9" * 40, b"NaN", b"null", b"true", b"[]"),
    *(b"&amp;", b"&lt;", b"&#0;", b"&#13;", b"&x;", b"<!--", b"-->", b"<![CDATA[", b"]]>"),
    *(b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xc3\xa6", b"\xed\xa0\x80", b"\xf0\x9f\x99\x82"),
    *(b"\xe2\x80\xae", b"nullFlavor", b"NI", b"UNK", b"xsi:type", b"xmlns", b"xmlns:a"),
    *(b'nullFlavor="NI"', b'xmlns=""', b'xmlns:x="urn:x"', b'xsi:type="II"', b"<id/>", b"<name/>"),
    *(b"urn:hl7-org:v3", b"2026", b"00000000", b"20260305240000", b"99991231", b"{}"),
    *(b"20260329023000", b"20261025023000+0100", b"urn:oid:", b"urn:uuid:", b"0503129900"),
    *(b"FREQ=DAILY", b"COUNT=9", b"UNTIL=20270101", b"BYDAY=MO", b"BYMONTHDAY=30", b"BYSETPOS=-1"),
    *(b"INTERVAL=9999", b"BYMONTH=2", b"FREQ=SECONDLY", b"FREQ=YEARLY", b";", b",", b"\r\n", b"--"),
    *(b"1.2.208.176.1.2", b"1.2.208.176.1.1", b"1.2.208.184"),
]  # fmt: skip
"""What is put in besides pieces of the input itself."""

Pieces = list[bytes]


def mutated(data: bytes, random: Random, most: int) -> bytes:
    """An input after some changes, of no more bytes than are asked for."""
    pieces = _PIECE.findall(data) or [b""]
    for _ in range(random.choice(_STEPS)):
        random.choice(_CHANGES)(pieces, random)
        pieces = pieces or [b""]
    return b"".join(pieces)[:most]


def _span(pieces: Sequence[bytes], random: Random) -> tuple[int, int]:
    """Where some pieces begin and end; as a rule a whole element, where there are elements."""
    start = random.randrange(len(pieces))
    if random.random() < 0.1:
        return start, min(len(pieces), start + random.choice((1, 2, 3, 5, 10, 30)))
    while pieces[start].startswith(b"</") and start:
        start -= 1
    return start, _end(pieces, start)


def _end(pieces: Sequence[bytes], start: int) -> int:
    depth = 0
    for number in range(start, len(pieces)):
        piece = pieces[number]
        if piece.startswith(b"</"):
            depth -= 1
        elif piece[:1] == b"<" and piece[1:2] not in b"?!" and not piece.endswith(b"/>"):
            depth += 1
        if depth <= 0:
            return number + 1
    return len(pieces)


def _take_out(pieces: Pieces, random: Random) -> None:
    start, end = _span(pieces, random)
    del pieces[start:end]


def _double(pieces: Pieces, random: Random) -> None:
    start, end = _span(pieces, random)
    pieces[end:end] = pieces[start:end]


def _repeat(pieces: Pieces, random: Random) -> None:
    start, end = _span(pieces, random)
    pieces[end:end] = pieces[start:end] * random.randint(2, _MOST_TIMES)


def _move(pieces: Pieces, random: Random) -> None:
    start, end = _span(pieces, random)
    moved = pieces[start:end]
    del pieces[start:end]
    at = random.randint(0, len(pieces))
    pieces[at:at] = moved


def _replace(pieces: Pieces, random: Random) -> None:
    words = [number for number, piece in enumerate(pieces) if piece[:1] != b"<"]
    if words:
        pieces[random.choice(words)] = random.choice(WORTH_TRYING)


def _put_in(pieces: Pieces, random: Random) -> None:
    pieces.insert(random.randint(0, len(pieces)), random.choice(WORTH_TRYING))


def _as_another(pieces: Pieces, random: Random) -> None:
    """One piece takes the place of another of its kind: an empty element, a text, a word."""
    at = random.randrange(len(pieces))
    kind = _kind(pieces[at])
    pieces[at] = random.choice([one for one in pieces if _kind(one) == kind])


def _kind(piece: bytes) -> bytes:
    if piece[:1] == b"<":
        return piece[-2:] if piece.endswith(b"/>") else piece.split()[0].rstrip(b">")
    return piece[:1] if piece[:1] == b'"' or piece.isspace() else b""


def _value(pieces: Pieces, random: Random) -> None:
    """A value inside of a tag becomes another."""
    tags = [number for number, piece in enumerate(pieces) if b'="' in piece]
    if tags:
        at = random.choice(tags)
        before, *values = pieces[at].split(b'"')
        which = random.randrange(0, len(values), 2) if values else 0
        values[which : which + 1] = [random.choice(WORTH_TRYING).replace(b'"', b"")]
        pieces[at] = b'"'.join([before, *values])


def _letter(pieces: Pieces, random: Random) -> None:
    at = random.randrange(len(pieces))
    if pieces[at]:
        place = random.randrange(len(pieces[at]))
        letter = bytes([random.randrange(256)])
        pieces[at] = pieces[at][:place] + letter + pieces[at][place + 1 :]


_CHANGES: list[Callable[[Pieces, Random], None]] = [
    *(_take_out, _double, _repeat, _move, _replace, _put_in, _as_another, _as_another),
    *(_value, _value, _value, _letter),
]
