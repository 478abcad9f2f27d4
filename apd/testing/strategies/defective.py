"""Documents that break one rule."""

from typing import Any

from attrs import field, frozen
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from apd.testing.defects import defects, is_of_set, set_with_defect
from apd.testing.strategies.document import documents

_RULES = tuple(rule for rule in defects() if not is_of_set(rule))


@frozen
class Defective:
    """A document that breaks a rule.

    Args:
        rule: id of the rule.
        documents: the document as XML; for a rule about a set, the documents of the set.
    """

    rule: str
    documents: tuple[bytes, ...] = field(repr=False)

    @property
    def data(self) -> bytes:
        """The document; of a set, the last one, which does not fit the others."""
        return self.documents[-1]


@st.composite
def defective_documents(draw: DrawFn, /, rule: str | None = None, **narrowing: Any) -> Defective:
    """Documents, as XML, in which one rule is broken and those that follow from it.

    See :mod:`apd.testing.defects`; what the rule is about and a document lacks, it is given.

    Args:
        draw: given by hypothesis.
        rule: id of the rule; None for any that is about one document.
        narrowing: as for :func:`documents`: types, locations, categories, first, last.

    Raises:
        InvalidValue: there is no such rule.
    """
    chosen = draw(st.sampled_from(_RULES)) if rule is None else rule
    document = draw(documents(flawless=True, **narrowing))
    return Defective(chosen, set_with_defect(document, chosen))
