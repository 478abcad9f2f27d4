"""The schema layer: lxml gives the verdict, xmlschema the explanation in words and paths.

xmlschema explains only what lxml refuses; see :mod:`apd.rules.schema_refusal`. Of attributes that
are missing or not allowed lxml says enough itself.

The messages of both libraries quote the document, which may contain personal data, so only names
and the values that the schema itself lists are taken from them.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any

from attrs import frozen
from lxml import etree

from apd.cda.xml import Element, local_name
from apd.errors import InvalidValue
from apd.findings import Layer
from apd.limits import MAX_EXPLAINED, MAX_VALUES_NAMED
from apd.rules.schema_declarations import (
    ValueDeclared,
    declaration,
    declared_of,
    expected_names,
    explaining,
    path_of,
    prohibited,
    wrong_children,
    wrong_value,
)
from apd.rules.schema_log import (
    Refusal,
    Refusals,
    Refused,
    element_at,
    plain_refusals,
    refusals,
)
from apd.rules.schema_refusal import Part, parts_of
from apd.standard.requirement import Requirement
from apd.wording import Wording

_named_attribute = re.compile(r"attribute '?([A-Za-z_][\w.\-]*(?::[\w.\-]+)?)'?[ =]").search
_quoted_attribute = re.compile(
    r"'(?:\{[^{}']*\})?([A-Za-z_][\w.\-]*)' attribute not allowed"
).search
_required_attribute = re.compile(r"required attribute '(?:\{[^{}']*\})?([A-Za-z_][\w.\-]*)'").search


@frozen
class Violation:
    """One thing that the schema rejects.

    Args:
        rule: id of the rule.
        wording: what was expected.
        element: where.
        attribute: the attribute that is wrong, by lxml's name; "" where the element is.
    """

    rule: str
    wording: Wording
    element: Element | None
    attribute: str = ""


class Verdict:
    """What lxml says of a document by a schema, which is asked once.

    Args:
        root: the document.
        schema: path of an XSD, or None for the project's own.
    """

    def __init__(self, root: Element, schema: str | None = None) -> None:
        self.root, self.schema = root, schema

    @cached_property
    def log(self) -> Any:
        """What is refused; None for nothing.

        Raises:
            InvalidValue: the file is not an XML Schema.
            OSError: it cannot be read.
        """
        return refusals(compiled(self.schema), self.root)


def violations(verdict: Verdict, doubtful: Collection[Element] | None = None) -> list[Violation]:
    """The violations of a schema in a document; none if it is valid.

    Args:
        verdict: what lxml says.
        doubtful: the elements that may violate it; None for all.

    Raises:
        InvalidValue: the file is not an XML Schema.
        OSError: it cannot be read.
    """
    root, schema, log = verdict.root, verdict.schema, verdict.log
    if log is None:
        return []
    own = compiled(None) if schema is None else None
    found = None
    if own is not None:
        found = _tried(lambda: _plain(plain_refusals(root, log, own, doubtful)))
    if found is None:
        found = _tried(lambda: list(explanations(parts_of(root, log, own), schema)))
    return found or list(_masked(log, root))


def _tried(explain: Callable[[], list[Violation] | None]) -> list[Violation] | None:
    try:
        return explain()
    except Exception:  # xmlschema raises many kinds, KeyError for an unknown xsi:type among them
        return None


def _plain(refused: Refusals | None) -> list[Violation] | None:
    """The violations that need no more than a declaration; None where one needs more."""
    if refused is None:
        return None
    found: dict[Violation, None] = {}
    for one, errors in refused.items():
        made = list(_of_refusal(one, errors))
        if not made or one.name in prohibited():
            return None
        found.update(dict.fromkeys(made))
    return list(found)


def _of_refusal(one: Refusal, errors: Collection[str]) -> Iterator[Violation]:
    if one.refused is Refused.CHILDREN:
        children = [child.tag for child in one.element]
        for wrong in wrong_children(one.names, children):
            yield _child(one.element, *wrong)
    elif one.refused is Refused.VALUE:
        value = str(one.element.get(one.name, ""))
        for declared in wrong_value(one.names, one.name, value, errors):
            yield _value(declared, one.name, one.element)
    else:
        yield _of_attribute(one.element, one.name, one.refused is Refused.FOREIGN)


@lru_cache(maxsize=8)
def compiled(schema: str | None) -> "etree.XMLSchema":
    """A schema for lxml; :class:`InvalidValue` for a file that is none."""
    if schema is not None:
        with open(schema, "rb"):  # the error that everybody knows, where it cannot be read
            pass
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return etree.XMLSchema(etree.parse(path_of(schema), parser))
    except (etree.XMLSchemaParseError, etree.XMLSyntaxError):
        raise InvalidValue(
            "schema",
            Wording("er ikke et XML-skema", "is not an XML Schema"),
            Wording("angiv stien til en XSD", "specify the path of an XSD"),
        ) from None


def _errors(part: Part, schema: str | None) -> Iterator[Any]:
    """What xmlschema finds in a part of a document."""
    declared = None if part.element.getparent() is None else declaration(part.names)
    explained_by = explaining(schema) if declared is None else declared
    yield from explained_by.iter_errors(
        part.root, namespaces=part.prefixes, validation_hook=part.is_left_out
    )


def explanations(parts: Iterable[Part], schema: str | None = None) -> Iterator[Violation]:
    """The explanations of xmlschema for parts of a document.

    Args:
        parts: the parts, in the order of the document.
        schema: path of an XSD, or None for the project's own.
    """
    seen: set[tuple[Element | None, str]] = set()
    for part in parts:
        for error in _errors(part, schema):
            violation = _violation(error, part.original(error.elem))
            if (violation.element, violation.wording.en) not in seen:
                seen.add((violation.element, violation.wording.en))
                yield violation
            if len(seen) >= MAX_EXPLAINED:
                return


def _violation(error: Any, element: Element | None) -> Violation:
    """What an error of xmlschema says, without what stands in the document."""
    if hasattr(error, "expected"):  # children that are not those of the class
        number = None if error.invalid_tag is None else error.index
        return _child(element, number, expected_names(error))
    reason = str(error.reason or "")
    missing = _required_attribute(reason)
    if missing:
        return _of_attribute(element, missing[1], is_foreign=False)
    foreign = _quoted_attribute(reason)
    if foreign:
        return _of_attribute(element, foreign[1], is_foreign=True)
    if not reason.startswith("attribute "):  # what follows a value's own words is the value
        if reason.endswith("is abstract"):
            return _wrong_type(element)
        if reason.startswith("character data"):
            return _text(element)
    named = _named_attribute(reason)
    return _value(declared_of(error), named[1] if named else "", element)


def _of_attribute(element: Element | None, name: str, is_foreign: bool) -> Violation:
    if not is_foreign:
        missing = Wording(f"Attributten {name} mangler.", f"The attribute {name} is missing.")
        return Violation("XSD-ATTRIBUTE", missing, element)
    return Violation(
        "XSD-ATTRIBUTE",
        Wording(
            f"Attributten {name} er ikke tilladt her.", f"The attribute {name} is not allowed here."
        ),
        element,
        _attribute(element, name),
    )


def _attribute(element: Element | None, name: str) -> str:
    """The attribute of an element that has a name, with or without a prefix; "" for none."""
    local = name.rpartition(":")[2]
    names = () if element is None else map(str, element.keys())
    return next((one for one in names if one.rpartition("}")[2] == local), "")


def _child(element: Element | None, number: int | None, expected: Sequence[str]) -> Violation:
    named = expected[:MAX_VALUES_NAMED]
    da = f" Forventet: {' eller '.join(named)}." if named else ""
    en = f" Expected: {' or '.join(named)}." if named else ""
    if number is None or element is None:
        return Violation(
            "XSD-ELEMENT",
            Wording(f"Der mangler et element.{da}", f"An element is missing.{en}"),
            element,
        )
    child = next(islice(element.iterchildren("*"), number, None), element)
    name = local_name(child)
    return Violation(
        "XSD-ELEMENT",
        Wording(
            f"Elementet {name} må ikke stå her: det hører ikke til her, står forkert i "
            f"rækkefølgen eller forekommer for mange gange.{da}",
            f"The element {name} is not allowed here: it does not belong here, is out of order "
            f"or occurs too often.{en}",
        ),
        child,
    )


def _wrong_type(element: Element | None) -> Violation:
    return Violation(
        "XSD-TYPE",
        Wording(
            "xsi:type mangler, eller typen findes ikke eller kan ikke bruges her.",
            "xsi:type is missing, or the type does not exist or cannot be used here.",
        ),
        element,
    )


def _text(element: Element | None) -> Violation:
    return Violation(
        "XSD-TEXT",
        Wording("Der må ikke stå tekst her.", "Text is not allowed here."),
        element,
    )


def _value(declared: ValueDeclared, name: str, element: Element | None) -> Violation:
    da = f"Attributten {name} har" if name else "Elementet har"
    en = f"The attribute {name} has" if name else "The element has"
    fixed, allowed, type = declared
    if fixed is not None:
        more_da, more_en = f' Den skal være "{fixed}".', f' It must be "{fixed}".'
    elif allowed:
        values = ", ".join(allowed[:MAX_VALUES_NAMED])
        dots = " …" if len(allowed) > MAX_VALUES_NAMED else ""
        more_da, more_en = f" Tilladt: {values}{dots}.", f" Allowed: {values}{dots}."
    else:
        form = _FORMS.get(type or "")
        more_da = f" Den skal være {form.da}." if form else ""
        more_en = f" It must be {form.en}." if form else ""
    return Violation(
        "XSD-VALUE",
        Wording(
            f"{da} en værdi, som skemaet ikke tillader.{more_da}",
            f"{en} a value that the schema does not allow.{more_en}",
        ),
        element,
        _attribute(element, name) if name else "",
    )


_FORMS = {
    "st": Wording("en tekst, der ikke er tom", "a text that is not empty"),
    "cs": Wording("en kode uden mellemrum", "a code without spaces"),
    "ts": Wording("et tidspunkt: ÅÅÅÅMMDDttmmss+ttmm", "a time: YYYYMMDDhhmmss+hhmm"),
    "uid": Wording("en OID eller en UUID", "an OID or a UUID"),
    "oid": Wording("en OID", "an OID"),
    "uuid": Wording("en UUID", "a UUID"),
    "url": Wording("en URI", "a URI"),
    "int": Wording("et helt tal", "a whole number"),
    "bl": Wording("true eller false", "true or false"),
    "bn": Wording("true eller false", "true or false"),
}
"""What the simple types of the schema ask for, in words."""


def _masked(log: Any, root: Element) -> Iterator[Violation]:
    """What lxml says by the names of its errors alone, where xmlschema has no explanation."""
    by_type = {
        "SCHEMAV_CVC_ELT_4_2": _wrong_type,
        "SCHEMAV_CVC_ELT_4_3": _wrong_type,
        "SCHEMAV_CVC_TYPE_2": _wrong_type,
        "SCHEMAV_CVC_COMPLEX_TYPE_2_3": _text,
    }
    for entry in islice(log, MAX_EXPLAINED):
        element = element_at(entry.path, root)
        element = root if element is None else element
        known = by_type.get(entry.type_name)
        if known is not None:
            yield known(element)
        else:
            yield Violation(
                "XSD-OTHER",
                Wording(
                    "Skemaet tillader ikke dette her.",
                    "The schema does not allow this here.",
                ),
                element,
            )


def _schema(id: str, wording: Wording, explanation: Wording, remedy: Wording) -> Requirement:
    return Requirement(
        id=id,
        layer=Layer.SCHEMA,
        source="HL7 CDA R2 with SDTC, XML Schema",
        wording=wording,
        explanation=explanation,
        remedy=remedy,
    )


RULES: tuple[Requirement, ...] = (
    _schema(
        "XSD-ELEMENT",
        Wording(
            "Elementerne skal være dem, som CDA definerer her, i CDA's rækkefølge og antal.",
            "The elements must be those that CDA defines here, in its order and number.",
        ),
        Wording(
            "CDA fastlægger rækkefølgen af elementer i hver klasse: i en organisation id, name, "
            "telecom, addr; i en rolle id, code, addr, telecom.",
            "CDA fixes the order of the elements in every class: in an organisation id, name, "
            "telecom, addr; in a role id, code, addr, telecom.",
        ),
        Wording("Flyt, tilføj eller fjern elementet.", "Move the element, add it or remove it."),
    ),
    _schema(
        "XSD-ATTRIBUTE",
        Wording(
            "Attributterne skal være dem, som CDA definerer her.",
            "The attributes must be those that CDA defines here.",
        ),
        Wording(
            "Nogle attributter er obligatoriske; andre er ikke tilladt på elementet.",
            "Some attributes are required; others are not allowed on the element.",
        ),
        Wording("Tilføj eller fjern attributten.", "Add or remove the attribute."),
    ),
    _schema(
        "XSD-VALUE",
        Wording(
            "Værdierne skal have den form, som CDA fastlægger.",
            "The values must have the form that CDA defines.",
        ),
        Wording(
            "En attribut må f.eks. ikke være tom; udelad den i stedet.",
            "An attribute must not be empty, for instance; leave it out instead.",
        ),
        Wording("Ret værdien.", "Correct the value."),
    ),
    _schema(
        "XSD-TYPE",
        Wording(
            "xsi:type skal være en type, som CDA definerer her.",
            "xsi:type must be a type that CDA defines here.",
        ),
        Wording(
            'Hvor CDA lader typen stå åben, skal dokumentet angive den, f.eks. xsi:type="II".',
            'Where CDA leaves the type open, the document must state it, such as xsi:type="II".',
        ),
        Wording("Angiv xsi:type.", "Specify the xsi:type."),
    ),
    _schema(
        "XSD-TEXT",
        Wording(
            "Tekst må kun stå i elementer, der kan indeholde tekst.",
            "Text is allowed only in elements that may contain text.",
        ),
        Wording(
            "Mellem elementer må der kun være mellemrum og linjeskift.",
            "Only white space is allowed between elements.",
        ),
        Wording("Fjern teksten.", "Remove the text."),
    ),
    _schema(
        "XSD-OTHER",
        Wording(
            "Dokumentet skal overholde CDA's skema.", "The document must follow the CDA schema."
        ),
        Wording(
            "Skemaet afviser dokumentet af en grund, der ikke kan forklares nærmere uden at vise "
            "indholdet.",
            "The schema rejects the document for a reason that cannot be explained further without "
            "showing the content.",
        ),
        Wording(
            "Sammenlign med et eksempel, eller brug en XML-editor med skemaet.",
            "Compare with an example, or use an XML editor with the schema.",
        ),
    ),
)
