"""A grammar of the documents in which no row and no schema finds anything, run by libxml2.

It is derived from the table of elements, the data types and the XSD, as RELAX NG: order and number
of elements, fixed values as strings, lists of values, a nullFlavor or content. What it cannot say
in good time, the lexical forms of values and blanks around them, Python sees to. A document that
is admitted is neither walked nor given to the XSD. One that is not may be as good, and is judged
the full way.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple, cast

from lxml import etree

from apd.cda.xml import Element, hl7
from apd.rules.admitted_values import ASKED_FOR, AdmittedValues, ElementsByName, values_of
from apd.rules.grammar.attribute_values import Form
from apd.rules.grammar.derivation import Derivation
from apd.rules.path_automaton import Places
from apd.rules.schema_refusal import accepts
from apd.standard.elements import elements
from apd.standard.releases import Release

__all__ = ["COVERED", "MOST_BYTES", "Grammar", "grammar_of"]

COVERED = frozenset(
    (
        "APD-PATIENT-3",
        "APD-START-3",
        "APD-STRUCTURE-1",
        "BR-4",
        "DT-BLANK",
        "DT-XSI-TYPE",
        "DT-NULL",
        "DT-CD-SAME",
        "DT-CD-TRANSLATION",
        "DT-TS-24",
        "DT-AD-CONTENT",
        "DT-AD-SAME",
        "DT-AD-NULL",
        "DT-TEL-NULL",
        "DT-ON-PLAIN",
        "DT-EN-EMPTY",
        "DT-EN-MIXED",
        "DT-EN-SAME",
        "DT-EN-NULL",
        "DT-EN-PART",
        "DT-ED-EMPTY",
        "DT-ED-INTEGRITY",
        "DT-ED-COMPRESSION",
        "DT-ED-LANGUAGE",
        "DT-IVL-EMPTY",
        "DT-IVL-CONTENT",
        "DT-IVL-WIDTH",
        "DT-IVL-OFFSET",
        "DT-IVL-INFINITE",
    )
)
"""The rules with a function of their own that finds nothing in what is admitted."""

MOST_BYTES = 64 * 1024
"""A document of more bytes is judged the full way: libxml2 takes longer for thousands of siblings
than in proportion to their number. The longest official example has 18,000."""

_VALUE = hl7("value")

_VALUES = etree.XPath("//@*", smart_strings=False)

_Form = Callable[[str], object]


class _Checked(NamedTuple):
    """The lexical form of an attribute.

    Args:
        name: the name of the element.
        attribute: the name of the attribute.
        form: what recognises its values; None for any.
        by_root: the same for some roots of the identifier.
    """

    name: str
    attribute: str
    form: _Form | None
    by_root: Mapping[str | None, _Form]


class Grammar:
    """The grammar of a release.

    Args:
        release: the release.

    Attributes:
        places: the places of its table.
    """

    def __init__(self, release: Release) -> None:
        derivation = Derivation(elements(release))
        self.places: Places = derivation.places
        self._schema = etree.RelaxNG(etree.fromstring(derivation.grammar().encode()))
        self._forms = tuple(_compiled(derivation.forms))
        self._names = ASKED_FOR.union(one.name for one in self._forms)

    def values(self, root: Element, size: int = 0) -> AdmittedValues | None:
        """The values of a document that the grammar admits; None of one that it does not.

        In a document that it admits no row and no schema finds anything.

        Args:
            root: the document.
            size: its size in bytes.
        """
        if size > MOST_BYTES or not accepts(self._schema, root) or _is_padded(root):
            return None
        by_name: dict[str, list[Element]] = {}
        for element in root.iter(*self._names):
            by_name.setdefault(element.tag, []).append(element)
        return values_of(root, by_name) if self._has_forms(by_name) else None

    def _has_forms(self, by_name: ElementsByName) -> bool:
        for name, attribute, form, by_root in self._forms:
            of_name = by_name.get(name, ())
            if by_root:
                for element in of_name:
                    of_root = by_root.get(element.get("root"), form)
                    value = element.get(attribute)
                    if of_root is not None and value is not None and not of_root(value):
                        return False
            elif form is not None:
                for value in {element.get(attribute) for element in of_name}:
                    if value is not None and not form(value):
                        return False
        return all(element.prefix is None for element in by_name.get(_VALUE, ()))


@lru_cache(maxsize=8)
def grammar_of(release: Release) -> Grammar:
    """The grammar of a release, derived once."""
    return Grammar(release)


def _compiled(
    forms: Mapping[tuple[str, str], Mapping[str | None, Form]],
) -> Iterator[_Checked]:
    for (name, attribute), by_root in forms.items():
        recognised = {root: re.compile(form.value).fullmatch for root, form in by_root.items()}
        usual = recognised.pop(None, None)
        yield _Checked(hl7(name), attribute, usual, recognised)


def _is_padded(root: Element) -> bool:
    """Whether a blank stands around the value of an attribute."""
    values = cast(list[str], _VALUES(root))
    return values != list(map(str.strip, values))
