"""The types of the project's XSD: their elements in order, and their attributes.

Only those parts of XML Schema are supported that the files in ``apd/cda/schema`` use.
"""

from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple

from lxml import etree

from apd.cda.grammar.notation import MANY
from apd.cda.xml import Element

_XS = "{http://www.w3.org/2001/XMLSchema}"
_PARTICLES = ("sequence", "choice", "group", "element", "any")


class Particle(NamedTuple):
    """A part of the content of a type.

    Args:
        form: ``element``, ``sequence``, ``choice``, or ``any`` for what has no name.
        least: how often at least.
        most: how often at most.
        name: of an element, its name.
        type: of an element, the name of its type.
        parts: the parts of a sequence or a choice.
    """

    form: str
    least: int = 1
    most: int = 1
    name: str = ""
    type: str = ""
    parts: tuple["Particle", ...] = ()

    def names(self) -> Iterator[str]:
        """The names of the elements in it."""
        return (one.name for one in self.elements())

    def elements(self) -> Iterator["Particle"]:
        """The elements in it."""
        if self.form == "element":
            yield self
        for part in self.parts:
            yield from part.elements()


NOTHING = Particle("sequence")
ROOT_TYPE = "POCD_MT000040.ClinicalDocument"
"""The type of the root of a document."""


class Attribute(NamedTuple):
    """An attribute.

    Args:
        type: the name of its simple type; "" for one with values of its own.
        is_required: it must be there.
        values: the values it may have, where they are listed.
    """

    type: str
    is_required: bool
    values: tuple[str, ...] = ()


class Type(NamedTuple):
    """A complex type.

    Args:
        content: the elements in it.
        attributes: its attributes, by name; those of other namespaces are left out.
        is_mixed: text may stand between the elements.
    """

    content: Particle = NOTHING
    attributes: dict[str, Attribute] = {}
    is_mixed: bool = False


class Types:
    """The types of the schema, each read when it is asked for."""

    def __init__(self) -> None:
        self._named: dict[tuple[str, str], Element] = {}
        self._known: dict[str, Type] = {}
        self._children: dict[str, dict[str, str]] = {}
        folder = resources.files("apd.cda") / "schema"
        for file in folder.iterdir():
            if file.name.endswith(".xsd") and file.name != "sdtc.xsd":
                for one in etree.fromstring(file.read_bytes()):
                    if isinstance(one.tag, str):
                        self._named[one.tag.removeprefix(_XS), one.get("name", "")] = one

    def is_complex(self, name: str) -> bool:
        """True for the name of a complex type."""
        return ("complexType", name) in self._named

    def type(self, name: str) -> Type:
        """A complex type."""
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = self._type(self._named["complexType", name])
        return found

    def child(self, type: str, name: str) -> str | None:
        """The type of a child of an element of a complex type; None where it has no such child."""
        if not self.is_complex(type):
            return None
        children = self._children.get(type)
        if children is None:
            of_type = self.type(type).content.elements()
            children = self._children[type] = {one.name: one.type for one in of_type}
        return children.get(name)

    def values(self, name: str) -> tuple[str, ...]:
        """The values of a simple type that lists them; of a list of those, each alone."""
        declared = self._named.get(("simpleType", name))
        if declared is None:
            return ()
        base = declared.find(f"{_XS}restriction")
        return self._listed(declared) or self.values("" if base is None else base.get("base", ""))

    def _without_values(self, name: str) -> str:
        """The simple type that one without values of its own is made of."""
        declared = self._named.get(("simpleType", name))
        base = None if declared is None else declared.find(f"{_XS}restriction")
        made_of = "" if base is None else base.get("base", "")
        return name if made_of.startswith("xs:") or not made_of else made_of

    def _listed(self, declared: Element) -> tuple[str, ...]:
        items = declared.find(f"{_XS}list")
        if items is not None:
            return self.values(items.get("itemType", ""))
        union = declared.find(f"{_XS}union")
        if union is not None:
            members = union.get("memberTypes", "").split()
            return tuple(value for member in members for value in self.values(member))
        return tuple(one.get("value", "") for one in declared.iter(f"{_XS}enumeration"))

    def _type(self, declared: Element) -> Type:
        is_mixed = declared.get("mixed") == "true"
        derived = next(declared.iter(f"{_XS}extension", f"{_XS}restriction"), None)
        if declared.find(f"{_XS}complexContent") is None or derived is None:
            return Type(self._content(declared), self._attributes(declared), is_mixed)
        base = self.type(derived.get("base", ""))
        content = self._content(derived)
        if derived.tag == f"{_XS}extension" and base.content.parts:
            content = Particle("sequence", parts=(base.content, content))
        attributes = base.attributes | self._attributes(derived)
        prohibited = {one.get("name") for one in derived if one.get("use") == "prohibited"}
        left = {name: one for name, one in attributes.items() if name not in prohibited}
        return Type(content, left, is_mixed)

    def _content(self, declared: Element) -> Particle:
        parts = tuple(self._particles(declared))
        return parts[0] if len(parts) == 1 else Particle("sequence", parts=parts)

    def _particles(self, declared: Element) -> Iterator[Particle]:
        for one in declared:
            form = str(one.tag).removeprefix(_XS)
            if form not in _PARTICLES:
                continue
            least = int(one.get("minOccurs", "1"))
            limit = one.get("maxOccurs", "1")
            most = MANY if limit == "unbounded" else int(limit)
            if form == "group":
                inner = self._content(self._named["group", one.get("ref", "")])
                yield Particle("sequence", least, most, parts=(inner,))
            elif form == "element" and "name" in one.attrib:
                yield Particle(form, least, most, one.get("name", ""), one.get("type", ""))
            elif form in ("element", "any"):  # one of SDTC, or of another namespace
                yield Particle("any", least, most)
            else:
                yield Particle(form, least, most, parts=tuple(self._particles(one)))

    def _attributes(self, declared: Element) -> dict[str, Attribute]:
        found: dict[str, Attribute] = {}
        for one in declared:
            if one.tag == f"{_XS}attributeGroup":
                found |= self._attributes(self._named["attributeGroup", one.get("ref", "")])
            elif one.tag == f"{_XS}attribute" and "name" in one.attrib:
                type, fixed = one.get("type", ""), one.get("fixed")
                values = self._listed(one) if not type else self.values(type)
                found[one.get("name", "")] = Attribute(
                    self._without_values(type),
                    one.get("use") == "required",
                    values if fixed is None else (fixed,),
                )
        return found


@cache
def types() -> Types:
    """The types of the project's own schema."""
    return Types()
