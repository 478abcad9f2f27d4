"""The details of findings of the table's rows, and the merging of findings with one cause.

One mistake is one finding: if a rule is broken in the same way in several places, the finding names
all of them; and if breaking a rule also breaks a more general one of the same layer, the finding of
the first has the clauses of both. Rules that are switched off are not merged. The layers are kept
separate, as each can be requested by itself: a missing element is a finding of the schema and one
of the profile.
"""

from collections.abc import Iterator, Mapping
from functools import cache

from attrs import frozen

from apd.cda.clock_mistakes import offset_due, offset_text
from apd.cda.timestamps import Precision, time_value
from apd.rules.document_view import DocumentView, Node
from apd.rules.rule import Detail
from apd.standard.element import ABSENT, Has
from apd.standard.elements import elements
from apd.standard.elements.events import TIME_OF_THE_APPOINTMENT
from apd.standard.elements.header import TIME_OF_WRITING
from apd.standard.requirement import Requirement
from apd.wording import Wording

_NO_CLOCK = Wording("her mangler klokkeslættet", "the time of day is missing here")
_NO_SECONDS = Wording("her mangler sekunderne", "the seconds are missing here")
_NO_OFFSET = Wording(
    "her mangler tidszonen; på det tidspunkt er den {due}",
    "the offset is missing here; at that time it is {due}",
)
_UNKNOWN_OFFSET = Wording("her mangler tidszonen", "the offset is missing here")
_SHORT_OFFSET = Wording(
    "her har tidszonen ikke fire cifre ({due})", "the offset does not have four digits here ({due})"
)
_OTHER_FORM = Wording(
    "her er formen en anden, f.eks. ISO 8601", "the form is a different one here, such as ISO 8601"
)


def _full_time(rule: Requirement) -> Detail:
    """What of a full time is missing."""

    def detail(view: DocumentView, node: Node) -> Wording:
        time = time_value(node.get("value") or "")
        if time is None:
            return rule.wording
        due = offset_due(time)
        found = []
        if time.precision <= Precision.HOUR:
            found.append(_NO_CLOCK)
        elif time.precision is Precision.MINUTE:
            found.append(_NO_SECONDS)
        if time.offset is None:
            found.append(_UNKNOWN_OFFSET if due is None else _NO_OFFSET)
        elif not time.has_whole_offset:
            found.append(_SHORT_OFFSET)
        if not found:
            found.append(_OTHER_FORM)
        filled = "" if due is None else offset_text(due)
        da, en = (
            "; ".join(one.in_language(language).format(due=filled) for one in found)
            for language in ("da", "en")
        )
        return Wording(f"{rule.wording.da[:-1]}; {da}.", f"{rule.wording.en[:-1]}; {en}.")

    return detail


DETAILS: Mapping[str, Detail] = {
    rule.id: _full_time(rule) for rule in (TIME_OF_WRITING, TIME_OF_THE_APPOINTMENT)
}
"""The wording of findings of rows; a rule with a check of its own has its own wording."""

TOGETHER = frozenset(("BR-OFFSET", TIME_OF_WRITING.id, TIME_OF_THE_APPOINTMENT.id))
"""Rules that a system breaks wherever it writes a kind of value: places with the same wording
share one finding."""


@frozen
class Follows:
    """A rule that is broken because others are; their findings replace its own if equally severe.

    They are of the same layer, as layers can be reported separately. ``anywhere``: in the whole
    document, not only at the same element.
    """

    others: tuple[str, ...]
    anywhere: bool = False


def _after(*others: str, anywhere: bool = False) -> Follows:
    return Follows(others, anywhere)


def _that_refuse_null() -> Iterator[str]:
    """The rules of rows by which a value must not be null, and nothing else."""
    for row in elements():
        for one in row.constraints:
            if row.type and isinstance(one, Has) and one.attributes == {"nullFlavor": ABSENT}:
                yield one.rule.id


_FOLLOWS = {
    # a start or an end that is missing in one place is not the same in the other
    "CONF-DK-APD:ad38": _after(
        "CONF-DK-APD:0b52", "CONF-DK-APD:0561", "APD-START-1", anywhere=True
    ),
    "CONF-DK-APD:7e5c": _after(
        "CONF-DK-APD:2d8c", "CONF-DK-APD:eff6", "CONF-DK-APD:d058", anywhere=True
    ),
    "DT-TS-EMPTY": _after("CONF-DK-APD:0561", "CONF-DK-APD:eff6", "CONF-DK-APD:d058"),
    "APD-STRUCTURE-2": _after("CONF-DK-APD:c362"),
    "CONF-DK:19-CUSTODIAN": _after("APD-CUSTODIAN-1"),
    "CONF-DK-APD:a2e5": _after("CONF-DK-APD:a879"),
    "BR-CPR-2": _after("BR-BIRTH"),
    "BR-HOME": _after("BR-PROTECTED-HOME"),
}


@cache  # the table is not made before something is found
def follows() -> Mapping[str, Follows]:
    """For each rule that is broken because others are: those others."""
    null = _after(*dict.fromkeys(_that_refuse_null()), "DT-II-NULL", "DT-CD-NULL")
    return {**_FOLLOWS, "DT-NULL": null}


def followers(rule: str) -> tuple[str, ...]:
    """The ids of the rules whose findings are replaced by the finding of a rule."""
    return tuple(id for id, one in follows().items() if rule in one.others)
