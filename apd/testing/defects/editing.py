"""Small edits of a document, written on one line each.

An edit is a command with a path; several are joined with ``&&``::

    remove PATH                  remove the element
    clear PATH                   remove every such element
    double PATH                  insert a copy after the element
    set PATH NAME=VALUE          set an attribute; xsi:type by that name
    unset PATH NAME              remove an attribute
    text PATH TEXT               replace the text before the first child
    add PATH XML                 insert XML before the element's children
    end PATH XML                 insert XML after the element's children
    before PATH XML              insert XML before the element
    after PATH XML               insert XML after the element
    move PATH after PATH         move the element after another

PATH consists of plain names with positions, from the root; ``.`` is the root. It may begin with one
of :data:`PLACES`: the parts of an appointment document, wherever they are in it.
"""

import copy
import re
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple, cast

from lxml import etree

from apd.cda.xml import HL7, SDTC, XSI, XSI_TYPE, Element, parse
from apd.errors import InvalidValue
from apd.model.document import AppointmentDocument
from apd.standard.codes import (
    EPISODE_EVENT,
    INDICATIVE_TEMPLATE,
    REPETITION_TEMPLATE,
    TIME_EVENT,
    VERSION_EVENT,
)
from apd.wording import Wording

IN_CDA = ("XSD-ELEMENT",)
"""Consequences where CDA has the same requirement, or does not allow a second element."""

START, END = "CONF-DK-APD:ad38", "CONF-DK-APD:7e5c"
"""Consequences where only one of header and encounter states the start or the end."""

Change = Callable[[AppointmentDocument], AppointmentDocument]


class Defect(NamedTuple):
    """How to make a document that breaks one rule.

    Args:
        rule: the id of the rule.
        edits: small edits of the XML; see :mod:`apd.testing.defects.editing`.
        given: changes of the document before the edits: they add what the rule is about and the
            document may lack, or make the defect itself if the model can express it.
        also: the ids of the rules that are always broken as well; if the reason is not obvious,
            a comment gives it.
    """

    rule: str
    edits: str = ""
    given: tuple[Change, ...] = ()
    also: tuple[str, ...] = ()


PLACES = {
    "$patient": "recordTarget/patientRole",
    "$author": "author[1]/assignedAuthor",
    "$requester": "author[2]/assignedAuthor",
    "$custodian": "custodian/assignedCustodian/representedCustodianOrganization",
    "$time": f"documentationOf/serviceEvent[@{TIME_EVENT}]",
    "$version": f"documentationOf/serviceEvent[@{VERSION_EVENT}]",
    "$episode": f"documentationOf/serviceEvent[@{EPISODE_EVENT}]",
    "$section": "component/structuredBody/component/section",
    "$cells": "component/structuredBody/component/section/text/table/tbody/tr[2]",
    "$encounter": "component/structuredBody/component/section/entry/encounter",
    "$performer": "$encounter/performer/assignedEntity",
    "$location": "$encounter/participant",
    "$place": "$encounter/participant/participantRole",
    "$reason": "$encounter/entryRelationship/observation",
    "$repetition": f"$encounter/precondition[@{REPETITION_TEMPLATE}]",
    "$indicative": f"$encounter/precondition[@{INDICATIVE_TEMPLATE}]",
}
"""The parts of a document. ``[@1.2.3]`` is the element that declares this template."""

_NAMESPACES = {"h": HL7}
_named_step = re.compile(r"(?<![^/])(?=[A-Za-z])")
_template = re.compile(r"\[@([0-9.]+)\]")


def edited(edits: str, data: bytes) -> bytes:
    """A document after some edits, indented; see the module.

    :class:`InvalidValue` if it has no element at the path of an edit.
    """
    root = parse(data)
    for edit in filter(None, edits.split(" && ")):
        command, _, rest = edit.strip().partition(" ")
        path, _, argument = rest.strip().partition(" ")
        if command == "clear":
            for node in _all_at(root, path):
                _remove(node, "")
        else:
            _COMMANDS[command](_all_at(root, path)[0], argument)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _all_at(root: Element, path: str) -> list[Element]:
    found = cast("list[Element]", _finder(path)(root))
    if not found:
        raise InvalidValue(
            "document",
            Wording(f"har ingen {path}", f"has no {path}"),
            Wording("angiv et dokument, der har det", "specify a document that has it"),
        )
    return found


@cache
def _finder(path: str) -> Callable[[Element], Any]:
    first, slash, rest = path.partition("/")
    while first in PLACES:
        first, slash, rest = (PLACES[first] + slash + rest).partition("/")
    by_template = _template.sub(r"[h:templateId/@root='\1']", first + slash + rest)
    return etree.XPath(_named_step.sub("h:", by_template), namespaces=_NAMESPACES)


def _remove(node: Element, _: str) -> None:
    parent = node.getparent()
    assert parent is not None  # the root is never removed
    parent.remove(node)


def _double(node: Element, _: str) -> None:
    node.addnext(copy.deepcopy(node))


def _set(node: Element, argument: str) -> None:
    name, _, value = argument.partition("=")
    node.set(_attribute(name), value)


def _unset(node: Element, name: str) -> None:
    node.attrib.pop(_attribute(name), "")


def _text(node: Element, text: str) -> None:
    node.text = text


def _add(node: Element, xml: str) -> None:
    node.insert(0, _element(xml))


def _end(node: Element, xml: str) -> None:
    node.append(_element(xml))


def _before(node: Element, xml: str) -> None:
    node.addprevious(_element(xml))


def _after(node: Element, xml: str) -> None:
    node.addnext(_element(xml))


def _move(node: Element, argument: str) -> None:
    root = node.getroottree().getroot()
    _all_at(root, argument.removeprefix("after "))[0].addnext(node)


_COMMANDS: dict[str, Callable[[Element, str], None]] = {
    "remove": _remove,
    "double": _double,
    "set": _set,
    "unset": _unset,
    "text": _text,
    "add": _add,
    "end": _end,
    "before": _before,
    "after": _after,
    "move": _move,
}


def _attribute(name: str) -> str:
    return XSI_TYPE if name == "xsi:type" else name


def _element(xml: str) -> Element:
    around = f'<x xmlns="{HL7}" xmlns:xsi="{XSI}" xmlns:sdtc="{SDTC}">{xml}</x>'
    return etree.fromstring(around)[0]
