"""Responsible and requester: the header's authors.

The first is the responsible, the second the requester, which its role code shows. Source: APD-DK
2.0.1, errata items 1, 10, 11 and 14.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from apd.cda.datatypes import read_time, write_time
from apd.cda.grammar.kept import KeptParts
from apd.cda.organization import RoleParts, read_role, write_others_in_role, write_role
from apd.cda.timestamps import time_of
from apd.cda.written import recalled_text, unadmitted_elements
from apd.cda.xml import CODE, Element, children, first, hl7, recalled
from apd.model.identity import is_another
from apd.model.party import Requester, Responsible
from apd.standard.codes import (
    CODE_SYSTEM_NAMES,
    REFERRED_BY,
    REFERRED_BY_DISPLAY,
    REQUESTER_CODES,
    Oid,
)

_Role = TypeVar("_Role", Responsible, Requester)

REQUESTER_CODE = (
    f'<code code="{REFERRED_BY}" codeSystem="{Oid.PARTICIPATION_TYPE}"'
    f' codeSystemName="{CODE_SYSTEM_NAMES[Oid.PARTICIPATION_TYPE]}"'
    f' displayName="{REFERRED_BY_DISPLAY}"/>'
)
_ASSIGNED, _TIME = hl7("assignedAuthor"), hl7("time")


class _Assigned(NamedTuple):
    """What an assignedAuthor says: the code of the role, and the rest."""

    code: str | None
    says: RoleParts


class _Author(NamedTuple):
    """An author: when, and what the assignedAuthor says."""

    time: datetime.datetime | None
    assigned: _Assigned | None

    @property
    def code(self) -> str | None:
        return None if self.assigned is None else self.assigned.code

    def as_a(self, role: type[_Role]) -> _Role | None:
        """The author in one of the roles."""
        return None if self.assigned is None else role(time=self.time, **self.assigned.says)


def _read_author(author: Element) -> _Author:
    parts = children(author)
    assigned = first(parts, _ASSIGNED)
    return _Author(
        read_time(first(parts, _TIME)),
        None if assigned is None else recalled(_read_assigned, assigned),
    )


def _read_assigned(assigned: Element) -> _Assigned:
    parts = children(assigned)
    code = first(parts, CODE)
    return _Assigned(None if code is None else code.get("code"), read_role(parts))


def read_authors(authors: Sequence[Element]) -> tuple[Responsible | None, Requester | None]:
    """The responsible and the requester, by the role code or else by position."""
    return _in_roles(map(_read_author, authors))


def kept_authors(kept: KeptParts) -> tuple[Responsible | None, Requester | None]:
    """As :func:`read_authors`, of a document whose parts the grammar keeps."""
    authors = unadmitted_elements(kept, "authors")
    if authors:
        return read_authors(authors)
    return _in_roles(
        _Author(
            time_of(kept[f"{name}_time"]) if kept[f"{name}_time"] else None,
            recalled_text(_read_assigned, kept[name]),
        )
        for name in ("responsible", "requester")
        if kept[name]
    )


def _in_roles(authors: Iterable[_Author]) -> tuple[Responsible | None, Requester | None]:
    coded: list[_Author] = []
    others: list[_Author] = []
    for author in authors:
        (coded if author.code in REQUESTER_CODES else others).append(author)
    if not coded and len(others) > 1 and others[1].code is None:
        coded = others[1:]
    responsible = others[0].as_a(Responsible) if others else None
    return responsible, coded[0].as_a(Requester) if coded else None


def write_authors(responsible: Responsible | None, requester: Requester | None) -> str:
    """The responsible, followed by the requester; an empty text for one that is missing."""
    return _write_author(responsible, "") + _write_author(requester, REQUESTER_CODE)


def _write_author(role: Responsible | Requester | None, code: str) -> str:
    if role is None:
        return ""
    return (
        '<author contextControlCode="OP" typeCode="AUT">'
        f"{write_time('time', role.time)}"
        f"{write_role('assignedAuthor', role, code)}"
        "</author>"
    )


def write_other_authors(
    old: tuple[Responsible | None, Requester | None],
    new: tuple[Responsible | None, Requester | None],
) -> Iterator[str]:
    """Those who are others than before, and the persons and organisations that are."""
    for before, after, code in zip(old, new, ("", REQUESTER_CODE), strict=True):
        if is_another(before, after):
            yield _write_author(after, code)
        elif before is not None and after is not None:
            yield from write_others_in_role(before, after)
