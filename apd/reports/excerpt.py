"""The line of a document that a finding is about, with everything personal in it masked."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from attrs import frozen

from apd.cda.encoding import codec_of
from apd.cda.lossless.markup import attribute_in
from apd.findings import Finding
from apd.privacy.masked_document import Masked, Place, masked

_WIDTH = 100
_BEFORE = 12
_LAST_STEPS = re.compile(r"/(?:@[^/]*|text\(\))\Z")
_END_OF_LINE = re.compile("\n")


@frozen
class Excerpt:
    """A line of a document, masked, and the place of the element that a finding is about.

    The column is one in the text, from 0; the width counts characters to point at.
    """

    line: int
    text: str
    column: int
    width: int


def excerpts(data: bytes | str, findings: Sequence[Finding]) -> tuple[Excerpt | None, ...]:
    """The excerpt of each finding; None if there is none, as in a file that is not XML."""
    paths = [_with_positions(finding.path) for finding in findings]
    wanted = {path for path in paths if path is not None}
    text = _decoded(data) if wanted else None
    document = masked(text, wanted) if text is not None else None
    if document is None:
        return (None,) * len(paths)
    starts = [0, *(end.end() for end in _END_OF_LINE.finditer(document.text))]
    names = (_attribute_of(finding.path) for finding in findings)
    return tuple(_excerpt(document, starts, *one) for one in zip(paths, names, strict=True))


def _with_positions(path: str) -> str | None:
    """The path with a position in every step; None if it is not the path of an element."""
    if not path.startswith("/"):
        return None
    steps = _LAST_STEPS.sub("", path)[1:].split("/")
    return "".join(f"/{step}" if step.endswith("]") else f"/{step}[1]" for step in steps)


def _attribute_of(path: str) -> str:
    """The attribute at the end of a path, without its prefix; "" if there is none."""
    name = path.rpartition("/@")[2] if "/@" in path else ""
    return name.rpartition(":")[2]


def _decoded(data: bytes | str) -> str | None:
    if isinstance(data, str):
        return data
    try:
        # blanks before the declaration are one of the mistakes that are reported
        return data.decode(codec_of(data.lstrip())).removeprefix("\ufeff")
    except (LookupError, UnicodeError):
        return None


def _excerpt(
    document: Masked, starts: Sequence[int], path: str | None, attribute: str
) -> Excerpt | None:
    place = document.places.get(path) if path is not None else None
    if place is None:
        return None
    found = attribute_in(document.text, place.offset, attribute) if attribute else None
    if found is not None:
        place = Place(found[0], found[1] - found[0])
    number = bisect_right(starts, place.offset)
    start = starts[number - 1]
    end = document.text.find("\n", place.offset)
    line = document.text[start : None if end < 0 else end].replace("\t", " ").rstrip()
    column = place.offset - start
    indent = len(line) - len(line.lstrip())
    text, column = _window(line[indent:], column - indent)
    return Excerpt(number, text, column, min(place.width, len(text) - column))


def _window(text: str, column: int) -> tuple[str, int]:
    """The readable part of a long line, around a column."""
    if len(text) <= _WIDTH:
        return text, column
    start = max(0, min(column - _BEFORE, len(text) - _WIDTH))
    piece = text[start : start + _WIDTH]
    if start > 0:
        piece = "…" + piece[1:]
    if start + _WIDTH < len(text):
        piece = piece[:-1] + "…"
    return piece, column - start
