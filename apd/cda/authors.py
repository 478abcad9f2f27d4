"""Responsible and requester: the header's authors.

The first is the responsible, the second the requester, whose role code says so. Source: APD-DK
2.0.1, errata items 1, 10, 11 and 14.
"""

from typing import TypeVar

from apd.cda.datatypes import read_time, write_time
from apd.cda.organization import recall_role, write_role
from apd.cda.xml import Element, child, hl7, named
from apd.model.party import Requester, Responsible
from apd.standard.codes import CODE_SYSTEM_NAMES, REFERRED_BY, REFERRED_BY_DISPLAY, Oid

_Role = TypeVar("_Role", Responsible, Requester)

REQUESTER_CODE = (
    f'<code code="{REFERRED_BY}" codeSystem="{Oid.PARTICIPATION_TYPE}"'
    f' codeSystemName="{CODE_SYSTEM_NAMES[Oid.PARTICIPATION_TYPE]}"'
    f' displayName="{REFERRED_BY_DISPLAY}"/>'
)
# RESB is not a code of the system, but stands in documents that meant REFB.
_REQUESTER_CODES = (REFERRED_BY, "RESB")
_AUTHOR = hl7("author")


def _role_code(author: Element) -> str | None:
    assigned = child(author, "assignedAuthor")
    code = None if assigned is None else child(assigned, "code")
    return None if code is None else code.get("code")


def _find_authors(root: Element) -> tuple[Element | None, Element | None]:
    """Responsible and requester: by the role code where one is given, else by position."""
    coded: list[Element] = []
    others: list[Element] = []
    for author in root.iterchildren(_AUTHOR):
        (coded if _role_code(author) in _REQUESTER_CODES else others).append(author)
    responsible = others[0] if others else None
    if coded:
        return responsible, coded[0]
    uncoded_second = len(others) > 1 and _role_code(others[1]) is None
    return responsible, others[1] if uncoded_second else None


def read_authors(root: Element) -> tuple[Responsible | None, Requester | None]:
    """The responsible and the requester, each None where there is none."""
    responsible, requester = _find_authors(root)
    return _read_author(Responsible, responsible), _read_author(Requester, requester)


def _read_author(role: type[_Role], author: Element | None) -> _Role | None:
    parts = {} if author is None else named(author)
    assigned = parts.get("assignedAuthor")
    if assigned is None:
        return None
    return role(time=read_time(parts.get("time")), **recall_role(assigned))


def write_authors(responsible: Responsible | None, requester: Requester | None) -> str:
    """The responsible, and the requester after it; empty who is not there."""
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
