"""Replaces names that may be personal: of elements, attributes, namespaces and prefixes.

Those of CDA stay. Any other belongs to an extension, or is a mistake, and may contain anything.
"""

from typing import Any, NamedTuple

from lxml import etree

from apd.cda import fixed_values
from apd.cda.xml import Element
from apd.privacy.scrubbing import Texts

_XML = "http://www.w3.org/XML/1998/namespace"


def is_of_cda(name: str) -> bool:
    """Whether it is the name of a CDA element or attribute, in any namespace and case."""
    return name.lower() in fixed_values.names()


def without_foreign_names(root: Element, texts: Texts) -> Element:
    """A tree in which names that are not part of CDA are replaced; unchanged if there are none."""
    names = _Names(texts)
    if all(names.stay(element) for element in root.iter("*")):
        return root
    made = names.renamed(root, None)
    copies = {root: made}
    for element in root.iter("*"):
        parent = element.getparent()
        if parent is not None and element is not root:
            copies[element] = names.renamed(element, copies[parent])
    return made


class _Names(NamedTuple):
    """Gives names."""

    texts: Texts

    def stay(self, element: Element) -> bool:
        """True where an element has no foreign name."""
        if not fixed_values.PREFIXES.issuperset(prefix or "" for prefix in element.nsmap):
            return False
        if not fixed_values.NAMESPACES.issuperset(element.nsmap.values()):
            return False
        return all(
            is_of_cda(etree.QName(name).localname) for name in (element.tag, *element.attrib)
        )

    def renamed(self, element: Element, parent: Element | None) -> Element:
        """A copy of an element, without its children, in the copy of its parent."""
        name = self._name(str(element.tag))
        attributes = {self._name(str(key)): str(value) for key, value in element.attrib.items()}
        around = element.getparent()
        known = {} if around is None or parent is None else around.nsmap
        declared: Any = {  # lxml takes None for a prefix, which its types do not say
            self.prefix(prefix): self._namespace(uri)
            for prefix, uri in element.nsmap.items()
            if known.get(prefix) != uri
        }
        if parent is None:
            copy = etree.Element(name, attributes, nsmap=declared)
        else:
            copy = etree.SubElement(parent, name, attributes, nsmap=declared)
        copy.text, copy.tail = element.text, element.tail
        return copy

    def prefix(self, prefix: str | None) -> str | None:
        """A prefix; None for the one without a name."""
        return prefix if (prefix or "") in fixed_values.PREFIXES else self.texts.plain(str(prefix))

    def _name(self, name: str) -> str:
        parts = etree.QName(name)
        local = parts.localname
        shown = local if is_of_cda(local) else self.texts.plain(local)
        namespace = parts.namespace
        return shown if namespace is None else f"{{{self._namespace(namespace)}}}{shown}"

    def _namespace(self, uri: str) -> str:
        return namespace(self.texts, uri)


def namespace(texts: Texts, uri: str) -> str:
    """The replacement for a namespace."""
    return uri if uri in fixed_values.NAMESPACES or uri == _XML else texts.text(uri)
