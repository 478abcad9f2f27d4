"""XML as letters: text in one form, so that what says the same can be told by comparing text.

HL7's elements have plain names, ``xsi:`` and ``sdtc:`` are understood, and whatever is of another
namespace declares it itself. The writer makes letters, and lxml those of what was read.
"""

import re
from copy import deepcopy

from lxml import etree

from apd.cda.xml import (
    DEFAULT_NAMESPACE,
    HL7,
    PREFIXES,
    XSI_TYPE,
    Element,
    attribute,
    content,
)

_USUAL = (DEFAULT_NAMESPACE, *(f' xmlns:{prefix}="{uri}"' for uri, prefix in PREFIXES.items()))
_declared = re.compile(r' xmlns:([^=]+)="[^"]*"').findall
_declaration = re.compile(r' xmlns(?::[^=]+)?="[^"]*"')
_has_plain_name = re.compile("<[^:/ >]+[ />]").search
name_at_start = re.compile("[^ />]+").match


def letters_of(element: Element) -> str | None:
    """An element as letters, if nothing inside it declares namespaces, and it the usual ones.

    So it is with nearly every document; of any other, :func:`rewrite` makes letters.
    """
    letters = etree.tostring(element, encoding="unicode", with_tail=False)
    start, _, rest = letters.partition(">")
    for declaration in _USUAL:
        start = start.replace(declaration, "", 1)
    if "xmlns" in start:
        start = _without_unused(start, rest)
    if "xmlns" in start or "xmlns" in rest or ":" in tag_name(start):
        return None
    return f"{start}>{rest}"


def _without_unused(start: str, rest: str) -> str:
    """A start tag without the declarations of prefixes, if none of them is used."""
    if any(f"{prefix}:" in rest or f" {prefix}:" in start for prefix in _declared(start)):
        return start
    return _declaration.sub("", start)


def rewrite(root: Element) -> str:
    """An element as letters, whatever namespaces are declared in it, and where."""
    said = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if _usual_name(element) is None:
            if event == "start":
                said.append(_of_another_namespace(element))
                walk.skip_subtree()
        elif event == "start":
            said.append(f"<{start_of(element)}")
        elif not _is_empty(element):
            said.append(f"</{_usual_name(element)}>")
        if event == "end" and element is not root:
            said.append(content(element.tail or ""))
    return "".join(said)


def start_of(element: Element) -> str:
    """What a :data:`Node` says of an element itself, one that letters have a name for."""
    start = f"{_usual_name(element)}{_attributes(element)}"
    return f"{start}/>" if _is_empty(element) else f"{start}>{content(element.text or '')}"


def _is_empty(element: Element) -> bool:
    return not len(element) and not element.text


def _usual_name(element: Element) -> str | None:
    """The name that an element has in letters; None for one of another namespace."""
    uri, _, name = element.tag.rpartition("}")
    if uri[1:] == HL7:
        return name
    return f"{PREFIXES[uri[1:]]}:{name}" if uri[1:] in PREFIXES else None


def _attributes(element: Element) -> str:
    """The attributes of an element, behind the namespaces they need that are not usual."""
    said = []
    others: dict[str, str] = {}
    for key, value in element.attrib.items():
        uri, _, name = str(key).rpartition("}")
        if key == XSI_TYPE:
            value = _without_prefix(str(value), element)
        if uri:
            prefix = PREFIXES.get(uri[1:]) or others.setdefault(uri[1:], f"ns{len(others) + 1}")
            name = f"{prefix}:{name}"
        said.append(f' {name}="{attribute(str(value))}"')
    declared = [f' xmlns:{prefix}="{attribute(uri)}"' for uri, prefix in others.items()]
    return "".join(declared + said)


def _without_prefix(type_name: str, element: Element) -> str:
    """A type as ``xsi:type`` names it, plainly if it is one of HL7's."""
    prefix, _, name = type_name.rpartition(":")
    return name if prefix and element.nsmap.get(prefix) == HL7 else type_name


def _of_another_namespace(element: Element) -> str:
    # a copy declares what it uses, and keeps the declaration that undoes the default
    xml = etree.tostring(deepcopy(element), encoding="unicode", with_tail=False)
    start = xml.partition(">")[0]
    if _has_plain_name(xml) and ' xmlns="' not in start:  # which are in no namespace
        name = tag_name(start[1:])
        return f'<{name} xmlns=""{xml[1 + len(name) :]}'
    return xml


def tag_name(tag: str) -> str:
    """The name that a start tag without its ``<`` begins with."""
    return name_at_start(tag)[0]  # type: ignore[index]  # every start tag begins with one


def standing_alone(letters: str) -> str:
    """Letters as XML that stands alone, with the namespaces it needs and no others."""
    start = letters.partition(">")[0]
    name = tag_name(start[1:])
    needed = []
    if _has_plain_name(letters) and ' xmlns="' not in start:
        needed.append(DEFAULT_NAMESPACE)
    for uri, prefix in PREFIXES.items():
        if prefix != "xml" and f"{prefix}:" in letters and f" xmlns:{prefix}=" not in start:
            needed.append(f' xmlns:{prefix}="{uri}"')
    return "".join((f"<{name}", *needed, letters[1 + len(name) :]))
