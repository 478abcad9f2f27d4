"""A rule: a requirement with a function, and as it applies under the settings given."""

from collections.abc import Callable, Iterable, Mapping

import attrs
from attrs import field, frozen

from apd.findings import Finding, Place, Severity
from apd.model.document import AppointmentDocument
from apd.rules.admitted_values import Settled
from apd.rules.document_view import DocumentView, Node
from apd.standard.requirement import Requirement, takes_mend
from apd.wording import Language, Wording

Check = Callable[[DocumentView], Iterable[Node]]
"""Returns the elements that break the rule; for one that is missing, the element it belongs in."""
DocumentCheck = Callable[[AppointmentDocument], Iterable[str]]
"""Returns the fields of the model that break the rule, such as
``"appointment.performer.telecoms"``; ``""`` for the document as a whole."""

Detail = Callable[[DocumentView, Node], Wording]
"""Words a finding for an element of a document."""


def each(predicate: Callable[[Node], bool], *types: str) -> Check:
    """The elements of some data types of which something is true."""
    return lambda view: filter(predicate, view.of_type(*types))


@takes_mend
@frozen(kw_only=True)
class Rule(Requirement):
    """A requirement with a check of its own, which no row of the table of elements can express.

    Its other arguments are those of :class:`~apd.standard.requirement.Requirement`.

    Args:
        check: returns the elements that break it. For use in several processes it must be a
            function of a module, and so must ``detail``.
        document_check: returns the fields of the model that break it, for a custom rule on the
            document as read.
        attribute: the attribute that is wrong, where the element has it; "" for the element.
        detail: words the finding for one element, in place of the rule's own words: which form was
            found and which is due. It must not repeat a value.
        settled: for a rule of the library, whether a few values of an admitted document show that
            the check finds nothing in it.
    """

    check: Check | None = field(default=None, repr=False)
    document_check: DocumentCheck | None = field(default=None, repr=False)
    attribute: str = ""
    detail: Detail | None = field(default=None, repr=False)
    settled: Settled | None = field(default=None, repr=False)


def checked(
    requirement: Requirement,
    check: Check,
    attribute: str = "",
    detail: Detail | None = None,
    settled: Settled | None = None,
) -> Rule:
    """The rule that consists of a requirement and a check."""
    return Rule(
        **attrs.asdict(requirement, recurse=False),
        check=check,
        attribute=attribute,
        detail=detail,
        settled=settled,
    )


_NOWHERE = Place(path="")


@frozen
class EffectiveRule:
    """A rule, and the severity of its findings under the settings."""

    rule: Requirement
    severity: Severity

    def finding(
        self,
        language: Language,
        place: Place = _NOWHERE,
        wording: Wording | None = None,
        field: str = "",
        also_at: tuple[Place, ...] = (),
        conformance: Iterable[str] | None = None,
        fingerprint: str = "",
    ) -> Finding:
        """A finding of the rule, worded as the rule is unless another wording is given.

        Args:
            language: of the message.
            place: where it is.
            wording: what is wrong.
            field: the field of the model that is wrong.
            also_at: where else the same is wrong.
            conformance: the clauses, if not only those of the rule.
            fingerprint: what identifies it.
        """
        return Finding(
            rule=self.rule.id,
            layer=self.rule.layer,
            wording=wording or self.rule.wording,
            severity=self.severity,
            conformance=self.rule.conformance if conformance is None else tuple(conformance),
            path=place.path,
            field=field,
            line=place.line,
            column=place.column,
            source=self.rule.source,
            remedy_wording=self.rule.remedy,
            language=language,
            fingerprint=fingerprint,
            also_at=also_at,
        )


EffectiveRules = Mapping[str, EffectiveRule]
"""The rules that apply, by id."""
