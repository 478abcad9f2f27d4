"""XML as letters: text in one form, so that what says the same can be told by comparing text.

HL7's elements have plain names, ``xsi:`` and ``sdtc:`` are understood, and whatever is of another
namespace declares it itself. The writer makes letters, and lxml those of what was read.
"""

import re
from collections.abc import Mapping
from itertools import count
from typing import TypeAlias, cast

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
Scope: TypeAlias = Mapping[str, str]
"""Namespaces by the prefixes that stand for them; the empty prefix is the default."""
_USUAL_SCOPE: Scope = {"": HL7, **{prefix: uri for uri, prefix in PREFIXES.items()}}
_declared = re.compile(r' xmlns:([^=]+)="[^"]*"').findall
_declaration = re.compile(r' xmlns(?::[^=]+)?="[^"]*"')
_has_plain_name = re.compile("<[^:/ >]+(?! xmlns=)[ />]").search
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
    around: list[tuple[str, Scope]] = [("", _USUAL_SCOPE)]  # names and what they declare
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            scope = around[-1][1]
            start, inside = _start(element, scope)
            said.append(f"<{start}")
            # what is inside HL7's elements may be kept alone, and so declares all it needs
            is_usual = scope is _USUAL_SCOPE and _is_hl7(element)
            around.append((tag_name(start), scope if is_usual else inside))
            continue
        name, _ = around.pop()
        if not _is_empty(element):
            said.append(f"</{name}>")
        if element is not root:
            said.append(content(element.tail or ""))
    return "".join(said)


def start_of(element: Element) -> str:
    """The start tag of an element as in letters, without its ``<`` and with the text behind it."""
    return _start(element, _USUAL_SCOPE)[0]


def _start(element: Element, scope: Scope) -> tuple[str, Scope]:
    """A start tag in a scope, and the scope inside it."""
    inside = dict(scope)
    name = _name_in(inside, element.tag, "" if _is_hl7(element) else element.prefix or "")
    said = []
    for key, value in cast("dict[str, str]", element.attrib).items():
        if key[0] == "{":
            said.append(_attribute_in(inside, element, key, value))
        else:
            said.append(f' {key}="{attribute(value)}"')
    declared = [] if inside == scope else _declarations(inside, scope)
    start = "".join((name, *declared, *said))
    return f"{start}/>" if _is_empty(element) else f"{start}>{content(element.text or '')}", inside


def _declarations(inside: Scope, scope: Scope) -> list[str]:
    """What an element in a scope must declare for the scope inside it."""
    return [
        f' xmlns{":" if prefix else ""}{prefix}="{attribute(uri)}"'
        for prefix, uri in inside.items()
        if scope.get(prefix) != uri
    ]


def _attribute_in(scope: dict[str, str], element: Element, key: str, value: str) -> str:
    """An attribute of a namespace, in a scope; see :func:`_name_in`."""
    text = _without_prefix(value, element) if key == XSI_TYPE else value
    return f' {_name_in(scope, key, _prefix_declared(element, key))}="{attribute(text)}"'


def _name_in(scope: dict[str, str], tag: str, hint: str) -> str:
    """A name in a scope. A namespace that is not in it is put there, as the hint if that may be.

    Args:
        scope: the scope.
        tag: the name as lxml has it.
        hint: the prefix that it has had; empty for an element in the default namespace.
    """
    namespace, _, name = tag.rpartition("}")
    uri = namespace[1:]
    if not hint and scope[""] == uri:
        return name
    fitting = [prefix for prefix, known in scope.items() if known == uri and prefix]
    prefix = fitting[0] if fitting else hint
    if prefix and scope.get(prefix, uri) != uri:
        prefix = next(free for n in count(1) if (free := f"ns{n}") not in scope)
    scope[prefix] = uri
    return f"{prefix}:{name}" if prefix else name


def _is_hl7(element: Element) -> bool:
    return element.tag.startswith(f"{{{HL7}}}")


def _is_empty(element: Element) -> bool:
    return not len(element) and not element.text


def _prefix_declared(element: Element, name: str) -> str:
    """The prefix under which the namespace of an attribute's name is declared."""
    uri = name[1:].partition("}")[0]
    declared = element.nsmap.items()
    return next((prefix for prefix, known in declared if prefix and known == uri), "xml")


def _without_prefix(type_name: str, element: Element) -> str:
    """A type as ``xsi:type`` names it, plainly if it is one of HL7's."""
    prefix, _, name = type_name.rpartition(":")
    return name if prefix and element.nsmap.get(prefix) == HL7 else type_name


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
