"""A JSON text read piece by piece says and refuses what the whole does, wherever it is cut."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apd.jsonform import JsonError, parse, pieces
from apd.jsonform.pieces import Pieces

_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)
_WHOLES = st.dictionaries(st.sampled_from(["a", "b", "bookings", "æ"]), _VALUES)


def put_together(text: bytes) -> object:
    """What the pieces of a text make when they are put together."""
    made: object = {}
    for piece in Pieces(io.BytesIO(text), "bookings", max_bytes=1000_000):
        if piece.problems:
            raise JsonError(piece.problems)
        if piece.key is None:
            made = piece.value
        elif piece.at is None:
            assert isinstance(made, dict)
            made[piece.key] = piece.value
        else:
            assert isinstance(made, dict)
            assert piece.at == len(made[piece.key])
            made[piece.key].append(piece.value)
    return made


@given(st.one_of(_WHOLES, _VALUES), st.sampled_from([None, 1]), st.booleans(), st.integers(1, 30))
def test_the_pieces_are_the_whole(
    whole: object, indent: int | None, ascii_only: bool, chunk: int
) -> None:
    text = json.dumps(whole, indent=indent, ensure_ascii=ascii_only).encode("utf-8", "ignore")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pieces, "_CHUNK", chunk)
        assert put_together(text) == json.loads(text)
        assert put_together(b"\xef\xbb\xbf" + text + b" \n") == json.loads(text)


REFUSED = [
    "", "{", "}", '{"a"', '{"a" 1}', '{"a":1,}', '{"a":1 "b":2}', '{"a":1} x', '{a:1}', "{,}",
    '{"bookings":[1,]}', '{"bookings":[1 2]}', '{"bookings":[1', '{"bookings":[,1]}', '{"a":"x',
    '{"a":tru', '{"a":"\\x"}', '{"a":"\\u12"}', '{"a":"\t"}',
    '\n\n {"bookings":[{"a":1},\n {"a" 1}]}',
    '{"bookings":[{"a":1,"a":2}]}', '{"a":1,"a":2}', '{"name":NaN}', '{"bookings":[1e999]}',
    '{"bookings":[' + "9" * 40 + "]}", '{"bookings":[' + "[" * 5000 + "]" * 5000 + "]}",
    '{"a":[1, \n ]}', '{"name":' + "[" * 250 + "]" * 250 + "}",
]  # fmt: skip


@pytest.mark.parametrize("chunk", [1, 5, 1000_000])
@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:40])
def test_what_is_refused_and_where(text: str, chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "_CHUNK", chunk)
    with pytest.raises(JsonError) as whole:
        parse(text)
    with pytest.raises(JsonError) as by_piece:
        put_together(text.encode())
    expected = [str(problem) for problem in whole.value.problems]
    shown = ["$" + one[len("$.*") :] if one.startswith("$.*[") else one for one in expected]
    found = [str(problem).replace("$.bookings", "$") for problem in by_piece.value.problems]
    assert found == shown


def test_bytes_that_are_no_utf_8() -> None:
    with pytest.raises(JsonError, match="is not UTF-8"):
        put_together(b'{"a":"\xff"}')
    with pytest.raises(JsonError, match="is not UTF-8"):
        put_together(b'{"a":1}\xe2')


def test_no_more_is_read_than_is_allowed() -> None:
    with pytest.raises(JsonError, match="at most 0 MiB"):
        list(Pieces(io.BytesIO(b'{"a": 1}'), "bookings", max_bytes=7))


class _Counting(io.BytesIO):
    """Counts what is held of it at a time."""

    most = 0

    def read(self, size: int | None = -1, /) -> bytes:
        self.most = max(self.most, size or 0)
        return super().read(size)


def test_a_long_list_is_not_held() -> None:
    text = _Counting(b'{"bookings":[' + b",".join([b'{"a":1}'] * 100_000) + b"]}")
    assert (
        sum(piece.at is not None for piece in Pieces(text, "bookings", max_bytes=10**8)) == 100_000
    )
    assert text.most == pieces._CHUNK
