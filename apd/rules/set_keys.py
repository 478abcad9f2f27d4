"""The data of a document that rules on a set need: one flat row of keys.

The keys are keyed digests, so that nothing personal is kept and a set may have any size.
Rows can be put into tables (Arrow, Parquet, SQL) and grouped there.
"""

from collections.abc import Iterable, Iterator
from typing import Literal, get_args

from attrs import field, frozen

from apd.cda.encounter import read_schedule
from apd.cda.location import read_location
from apd.cda.reason import read_reason
from apd.cda.timestamps import time_value
from apd.keyed import KeyedDigest
from apd.model.appointment import reason_key
from apd.model.identifiers import key_of
from apd.model.location import place_key
from apd.rules.document_view import DocumentView, Node, below
from apd.standard import paths
from apd.standard.codes import Oid

_PURPOSE = b"dk-apd set keys"

GroupKey = Literal["document_id", "appointment_id", "repetition_id", "patient"]
"""The keys that rows are grouped by; only documents that share one can be wrong together."""

GROUP_KEYS: tuple[GroupKey, ...] = get_args(GroupKey)
"""All of them, in the order of the rules."""


def _as_ids(ids: Iterable[bytes]) -> tuple[bytes, ...]:
    return tuple(ids)


@frozen(kw_only=True)
class SetKeys:
    """The data of a document that rules on a set need, as one flat row.

    Every column is bytes, a number or a truth value, but ``replaces``, which is a list of bytes.
    Rows can be compared only if they were made with one key. :func:`attrs.asdict` makes a dict
    of a row, and ``SetKeys(**row)`` a row of a dict.

    Args:
        number: the number of the document in the set, from 0; findings name documents by it.
        document_id: root and extension of the document's id.
        appointment_id: root and extension of the encounter's id.
        patient: the patient's CPR number.
        repetition_id: root and extension of the series.
        reason: the digest of :func:`apd.model.appointment.reason_key`.
        location: the digest of :func:`apd.model.location.place_key`.
        replaces: ids of the documents that this one replaces.
        is_active: whether the appointment is active, and no document of the set replaces this one.
        begins: start of the appointment, in seconds since 1970, UTC; None where the day is known
            and no time of day, as such an appointment can be kept beside any other.
        ends: its end, or None.
    """

    number: int = 0
    document_id: bytes | None = None
    appointment_id: bytes | None = None
    patient: bytes | None = None
    repetition_id: bytes | None = None
    reason: bytes | None = None
    location: bytes | None = None
    replaces: tuple[bytes, ...] = field(default=(), converter=_as_ids)
    is_active: bool = False
    begins: int | None = None
    ends: int | None = None


def keys_of(view: DocumentView, key: bytes, number: int = 0) -> SetKeys:
    """The row of the document of a view, which has a number in its set."""
    keyed = _Keyed(key)
    encounters = view.at(paths.ENCOUNTER)[:1]
    has_times = not any(map(_is_by_day, encounters))
    low, high = (view.at(paths.BODY_INTERVAL / bound) for bound in ("low", "high"))
    return SetKeys(
        number=number,
        document_id=keyed.id(view.document.first("id")),
        appointment_id=keyed.id(_first(below(encounters, "id"))),
        patient=keyed.id(_first(_patients(view))),
        repetition_id=keyed.id(_first(view.at(paths.REPETITION / "criterion/value"))),
        reason=keyed.all([reason_key(read_reason(one.element)) for one in encounters]),
        location=keyed.all([place_key(read_location(one.element)) for one in encounters]),
        replaces=keyed.replaced(view),
        is_active=any(status.get("code") == "active" for status in below(encounters, "statusCode")),
        begins=_seconds(_first(low)) if has_times else None,
        ends=_seconds(_first(high)) if has_times else None,
    )


class _Keyed:
    """Makes the digests of one row."""

    def __init__(self, key: bytes) -> None:
        self._digest = KeyedDigest(key, _PURPOSE)

    def of(self, *values: str) -> bytes:
        """The digest of some values in their order."""
        return self._digest("\0".join(values).encode(errors="replace"))

    def id(self, node: Node | None) -> bytes | None:
        """The digest of an identifier, whose letters may be of either case."""
        if node is None or not node.get("root"):
            return None
        return self.of(*key_of(node.get("root"), node.get("extension")))

    def all(self, keys: list[tuple[str, ...]]) -> bytes | None:
        """The digest of a key that must not be there, or says that there is none."""
        return self.of(*keys[0]) if keys and keys[0] else None

    def replaced(self, view: DocumentView) -> Iterator[bytes]:
        """The digests of the documents that this one replaces."""
        for related in view.document.all("relatedDocument"):
            if related.get("typeCode") == "RPLC":
                for node in below([related], "parentDocument", "id"):
                    id = self.id(node)
                    if id is not None:
                        yield id


def _first(nodes: list[Node]) -> Node | None:
    return nodes[0] if nodes else None


def _patients(view: DocumentView) -> list[Node]:
    return [node for node in view.at(paths.PATIENT_ROLE / "id") if node.get("root") == Oid.CPR]


def _is_by_day(encounter: Node) -> bool:
    schedule = read_schedule(encounter.element)
    return schedule is not None and schedule.date_only


def _seconds(node: Node | None) -> int | None:
    found = time_value((node.get("value") if node is not None else None) or "")
    if found is None:
        return None
    at = found.utc
    return at.toordinal() * 24 * 60 * 60 + at.hour * 60 * 60 + at.minute * 60 + at.second
