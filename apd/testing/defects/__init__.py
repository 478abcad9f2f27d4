"""Documents that break a rule of the validator, for every rule.

::

    from apd.testing.defects import defects, with_defect
    from apd.testing.synthetic import document

    for rule in defects():
        data = with_defect(document(seed=1, number=1), rule)
        assert not accepted(data), rule

A document without findings gets, with a defect, findings of that rule and of the rules that
:func:`consequences` returns, which are always broken together with it. If the document lacks what
the rule is about, such as a requester or a location in SOR, it is added first.
"""

from functools import cache

from apd.api import dumps
from apd.errors import InvalidValue
from apd.model.document import AppointmentDocument
from apd.rules.catalogue import rules_of_the_library
from apd.testing.defects import body, business, datatypes, header
from apd.testing.defects.editing import Change, Defect, edited
from apd.testing.defects.file import REFUSED
from apd.testing.defects.rows import of_rows
from apd.testing.defects.sets import SET_DEFECTS, SetDefect, next_appointment
from apd.wording import Wording

__all__ = ["consequences", "defects", "is_of_set", "set_with_defect", "with_defect"]


@cache
def _defects() -> dict[str, Defect]:
    tables = (header.DEFECTS, body.DEFECTS, datatypes.DEFECTS, business.DEFECTS)
    declared = {defect.rule: defect for table in tables for defect in table}
    return {**declared, **{defect.rule: defect for defect in of_rows(declared)}}


@cache
def _set_defects() -> dict[str, SetDefect]:
    return {defect.rule: defect for defect in SET_DEFECTS}


@cache
def defects() -> tuple[str, ...]:
    """The ids of the rules that have a defect: all rules of the library."""
    known = {*REFUSED, *_defects(), *_set_defects()}
    return tuple(rule.id for rule in rules_of_the_library() if rule.id in known)


def is_of_set(rule: str) -> bool:
    """Whether a rule is about several documents together.

    Raises:
        InvalidValue: there is no such rule.
    """
    _check(rule)
    return rule in _set_defects()


def consequences(rule: str) -> tuple[str, ...]:
    """The other rules that a document with the defect of a rule breaks.

    CDA itself requires many of the elements that the profile requires; a document without one
    breaks the schema too. Every rule returned is broken in every such document.

    Raises:
        InvalidValue: there is no such rule.
    """
    _check(rule)
    return _defects()[rule].also if rule in _defects() else ()


def with_defect(document: AppointmentDocument, rule: str) -> bytes:
    """The document, written so that it breaks a rule.

    Args:
        document: a document without findings. It is not changed.
        rule: id of a rule that is about one document; see :func:`is_of_set`.

    Raises:
        InvalidValue: there is no such rule, it is about several documents, or the document lacks
            an element that every document has.
    """
    if is_of_set(rule):
        raise InvalidValue(
            "rule",
            Wording("handler om flere dokumenter", "is about several documents"),
            Wording("brug set_with_defect()", "use set_with_defect()"),
        )
    if rule in REFUSED:
        return REFUSED[rule](dumps(document, check=False))
    defect = _defects()[rule]
    data = dumps(_given(document, defect.given), check=False)
    return edited(defect.edits, data) if defect.edits else data


def set_with_defect(document: AppointmentDocument, rule: str) -> tuple[bytes, ...]:
    """Documents that break a rule together: the document, and the patient's next appointment.

    Args:
        document: a document without findings. It is not changed.
        rule: the id of a rule; if it is about one document, only that document is returned.

    Raises:
        InvalidValue: as :func:`with_defect`.
    """
    if not is_of_set(rule):
        return (with_defect(document, rule),)
    defect = _set_defects()[rule]
    first = _given(document, defect.given)
    second = defect.second(first, next_appointment(first))
    return dumps(first, check=False), dumps(second, check=False)


def _given(document: AppointmentDocument, changes: tuple[Change, ...]) -> AppointmentDocument:
    for change in changes:
        document = change(document)
    return document


def _check(rule: str) -> None:
    if rule not in defects():
        raise InvalidValue(
            "rule",
            Wording("er ukendt", "is unknown"),
            Wording(
                "angiv id'et på en regel; apd rules viser dem",
                "specify the id of a rule; apd rules lists them",
            ),
        )
