"""A JSON text that is too large to hold, read piece by piece.

The pieces are what one object holds: the value of each key, and the items of one list singly. Each
is parsed by :mod:`json` and refused as :func:`apd.jsonform.parse` refuses it; only what stands
between them is read here. The libraries that read JSON as a stream let pass what is refused here (a
key given twice, half of a Unicode character), and cannot say where an error is.
"""

import codecs
import json
import re
from collections.abc import Iterator
from itertools import count
from typing import Any, BinaryIO, NamedTuple

from apd.jsonform.parsing import (
    NOT_UTF_8,
    REPEATS,
    TOO_DEEP,
    Decoder,
    no_json,
    refusal,
    too_large,
)
from apd.jsonform.problems import Problem
from apd.jsonform.types import field_names

_CHUNK = 1024 * 1024
_LONGEST_WORD = 16
"""No word or escape of JSON is longer, so what is wrong farther from the end is wrong for good."""
_blanks = re.compile(r"[ \t\n\r]*").match


class Piece(NamedTuple):
    """What one key holds, or one item of the list, and what is refused in it.

    The key is None for a text that holds no object, which comes as one piece; ``at`` is the place
    in the list, None for what is no item of it.
    """

    key: str | None
    at: int | None
    value: Any
    problems: tuple[Problem, ...] = ()


class Pieces:
    """The pieces of a JSON object in UTF-8, in the order of the text, which is read once.

    ``split`` is the key of the list whose items come singly. Where it holds something else, that
    comes as one piece.
    """

    def __init__(self, file: BinaryIO, split: str, *, max_bytes: int) -> None:
        self._file, self._split, self._max_bytes = file, split, max_bytes
        self._letters = codecs.getincrementaldecoder("utf-8-sig")()
        self._decoder = Decoder()
        self._text, self._place = "", 0
        self._line, self._column = 1, 1  # of where the text that is held begins
        self._read = 0

    def __iter__(self) -> Iterator[Piece]:
        """Go through them, once; :class:`JsonError` for no JSON, or one too deep or too large."""
        try:
            yield from self._pieces()
        except json.JSONDecodeError as error:
            lines = error.doc.count("\n", 0, error.pos)
            column = error.colno if lines else error.colno + self._column - 1
            is_first = (self._line, self._column) == (1, 1)
            wrong = no_json(error, self._line + lines, column, is_first=is_first)
        except UnicodeDecodeError:
            wrong = NOT_UTF_8
        except RecursionError:
            wrong = TOO_DEEP
        else:
            return
        raise refusal(wrong)  # here, so that what quotes the text does not travel along

    def _pieces(self) -> Iterator[Piece]:
        if self._next() != "{":
            yield self._piece(None, "$")
        elif self._is_empty("}"):
            self._place += 1
        else:
            yield from self._members()
        if self._next():
            raise json.JSONDecodeError("Extra data", self._text, self._place)

    def _is_empty(self, end: str) -> bool:
        """Step over the bracket that opens something; whether it ends there."""
        self._place += 1
        return self._next() == end

    def _members(self) -> Iterator[Piece]:
        keys: set[str] = set()
        while True:
            key = self._key()
            if key in keys:
                raise refusal(REPEATS)
            keys.add(key)
            if key == self._split and self._next() == "[":
                yield from self._items(key)
            else:
                is_known = key == self._split or key in field_names()
                yield self._piece(key, f"$.{key if is_known else '*'}")
            if self._mark(",}") == "}":
                return

    def _items(self, key: str) -> Iterator[Piece]:
        yield Piece(key, None, [])  # that the list is there, though it may be empty
        if self._is_empty("]"):
            self._place += 1
            return
        for index in count():
            yield self._piece(key, f"$.{key}[{index}]", index)
            if self._mark(",]") == "]":
                return

    def _piece(self, key: str | None, path: str, at: int | None = None) -> Piece:
        value = self._value()
        return Piece(key, at, value, self._decoder.flaws(value, path))

    def _key(self) -> str:
        if self._next() != '"':
            raise json.JSONDecodeError("Expecting a key", self._text, self._place)
        key: str = self._value()
        self._mark(":")
        return key

    def _mark(self, wanted: str) -> str:
        found = self._next()
        if not found or found not in wanted:
            raise json.JSONDecodeError(f"Expecting {wanted}", self._text, self._place)
        self._place += 1
        return found

    def _next(self) -> str:
        """The character that comes after blanks; nothing at the end."""
        while True:
            blanks = _blanks(self._text, self._place)
            self._place = blanks.end() if blanks else self._place
            if self._place < len(self._text):
                return self._text[self._place]
            if not self._more():
                return ""

    def _value(self) -> Any:
        self._next()
        while True:
            try:
                value, end = self._decoder.value(self._text, self._place)
            except json.JSONDecodeError as error:
                is_cut = error.pos >= len(self._text) - _LONGEST_WORD or error.msg.startswith(
                    "Unterminated string"
                )
                if is_cut and self._more():
                    continue
                raise
            is_cut = end > len(self._text) - _LONGEST_WORD  # a number might go on: 1, 1.5, 1e+9
            if not is_cut or not self._more():
                self._place = end
                return value

    def _more(self) -> bool:
        """Read on; false at the end.

        At least as much as is held, so that no value costs more than twice its length however
        often it is begun.
        """
        held = self._text[self._place :]
        data = self._file.read(max(_CHUNK, len(held)))
        self._read += len(data)
        if self._read > self._max_bytes:
            raise refusal(too_large(self._max_bytes))
        letters = self._letters.decode(data, final=not data)
        if not data:
            return False
        lines = self._text.count("\n", 0, self._place)
        if lines:
            self._column = self._place - self._text.rfind("\n", 0, self._place)
            self._line += lines
        else:
            self._column += self._place
        self._text, self._place = held + letters, 0
        return True
