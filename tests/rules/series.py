"""Sets of documents: one that is in order, and others that are not."""

from tests.rules.editing import edited


def _numbered(number: int, hours: str, *more: str) -> bytes:
    """A document of a series: with ids and times of its own."""
    begins, ends = hours.split("-")
    ids = "00000000-0000-0000-0000-00000000000{}"
    return edited(
        " && ".join(
            (
                f"set id extension={ids.format('a')[:-2]}{number}a",
                f"set $encounter/id extension={ids.format('b')[:-2]}{number}b",
                f"replace 20260305090000+0100 => 20260305{begins}00+0100",
                f"replace 20260305110000+0100 => 20260305{ends}00+0100",
                f"replace 09:00 - 11:00 => {begins[:2]}:{begins[2:]} - {ends[:2]}:{ends[2:]}",
                *more,
            )
        )
    )


FIRST, SECOND = _numbered(1, "0900-1000"), _numbered(2, "1000-1100")
_OTHER_CPR = "replace 0503129900 => 0503129902"
TOGETHER = [FIRST, SECOND, _numbered(3, "1200-1300")]
_REPLACING = _numbered(
    4,
    "1400-1500",
    "set $encounter/id extension=00000000-0000-0000-0000-00000000001b",
    'after documentationOf[3] <relatedDocument typeCode="RPLC"><parentDocument>'
    '<id root="1.2.208.184" extension="00000000-0000-0000-0000-00000000001a"/>'
    "</parentDocument></relatedDocument>",
)
_SAME_APPOINTMENT = _numbered(
    5, "1400-1500", "set $encounter/id extension=00000000-0000-0000-0000-00000000001b"
)

SETS: dict[str, tuple[list[bytes], list[tuple[int, ...]]]] = {
    "SET-DOCUMENT-ID": ([FIRST, SECOND, FIRST], [(0, 2)]),
    "SET-APPOINTMENT-ID": ([FIRST, SECOND, _SAME_APPOINTMENT], [(0, 2)]),
    "SET-SERIES-PATIENT": ([FIRST, SECOND, _numbered(6, "1400-1500", _OTHER_CPR)], [(2,)]),
    "SET-SERIES-LOCATION": (
        [FIRST, SECOND, _numbered(7, "1400-1500", "set $place/id extension=444444000016006")],
        [(2,)],
    ),
    "SET-SERIES-REASON": (
        [FIRST, SECOND, _numbered(8, "1400-1500", "set $reason/code displayName=Andet")],
        [(2,)],
    ),
    "SET-OVERLAP": ([FIRST, SECOND, _numbered(9, "0930-0945")], [(0, 2)]),
}
"""By rule: documents that break it, and which of them together."""

REPLACED = [FIRST, SECOND, _REPLACING]
"""The last one replaces the first, of the same appointment."""
