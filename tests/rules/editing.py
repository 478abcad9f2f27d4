"""A valid document, and small edits of it written on one line.

An edit is a command and a path, and several of them stand with ``&&`` between them::

    remove PATH                  take the element out
    double PATH                  put a copy after it
    set PATH NAME=VALUE          set an attribute; xsi:type by that name
    unset PATH NAME              take an attribute away
    text PATH TEXT               replace the text before the first child
    add PATH XML                 put XML into the element, before its children
    end PATH XML                 put XML into the element, after its children
    after PATH XML               put XML after the element
    replace TEXT => TEXT         replace a text everywhere, in the document as written

PATH is of plain names with positions, from the root; ``.`` is the root. Shorthands stand for
the longer ways.
"""

import copy
import re
from functools import cache

from lxml import etree
from stdnum import verhoeff

import apd
from tests import samples

HL7 = "urn:hl7-org:v3"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SHORT = {
    "$patient": "recordTarget/patientRole",
    "$author": "author[1]/assignedAuthor",
    "$requester": "author[2]/assignedAuthor",
    "$custodian": "custodian/assignedCustodian/representedCustodianOrganization",
    "$time": "documentationOf[1]/serviceEvent",
    "$version": "documentationOf[2]/serviceEvent",
    "$episode": "documentationOf[3]/serviceEvent",
    "$section": "component/structuredBody/component/section",
    "$encounter": "component/structuredBody/component/section/entry/encounter",
    "$performer": "$encounter/performer/assignedEntity",
    "$place": "$encounter/participant/participantRole",
    "$reason": "$encounter/entryRelationship/observation",
    "$repetition": "$encounter/precondition[1]",
    "$indicative": "$encounter/precondition[2]",
}


@cache
def valid() -> bytes:
    """A document in which everything stands that can, and that breaks no rule at all."""
    return with_check_digits(apd.dumps(samples.full_document()))


def with_check_digits(data: bytes) -> bytes:
    """The document with SOR codes that have the right check digit."""
    return re.sub(
        rb'(?<=SOR" extension=")[0-9]{5}',
        _with_check_digit,
        re.sub(rb'(?<=SOR" extension=")([0-9]{5})[0-9]+', rb"\1", data),
    )


def _with_check_digit(match: "re.Match[bytes]") -> bytes:
    stem = match[0].decode() + "1000016" + "00"
    return f"{stem}{verhoeff.calc_check_digit(stem)}".encode()


def edited(edits: str, document: bytes | None = None) -> bytes:
    """The valid document, or another one, after some edits."""
    data = valid() if document is None else document
    for edit in edits.split(" && "):
        command, _, rest = edit.strip().partition(" ")
        if command == "replace":
            old, _, new = rest.partition(" => ")
            assert old.encode() in data, old
            data = data.replace(old.encode(), new.encode())
        else:
            data = _edited(data, command, rest)
    return data


def _edited(data: bytes, command: str, rest: str) -> bytes:
    root = etree.fromstring(data)
    path, _, argument = rest.partition(" ")
    node = _at(root, path)
    parent = node.getparent()
    if command == "remove":
        assert parent is not None
        parent.remove(node)
    elif command == "double":
        node.addnext(copy.deepcopy(node))
    elif command == "set":
        name, _, value = argument.partition("=")
        node.set(_attribute(name), value)
    elif command == "unset":
        del node.attrib[_attribute(argument)]
    elif command == "text":
        node.text = argument
    elif command == "add":
        node.insert(0, _element(argument))
    elif command == "end":
        node.append(_element(argument))
    elif command == "after":
        node.addnext(_element(argument))
    else:
        raise ValueError(command)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _at(root: etree._Element, path: str) -> etree._Element:
    while "$" in path:
        short = next(name for name in _SHORT if path == name or path.startswith(name + "/"))
        path = _SHORT[short] + path[len(short) :]
    steps = "/".join(step if step == "." else f"{{{HL7}}}{step}" for step in path.split("/"))
    node = root.find(steps)
    assert node is not None, path
    return node


def _attribute(name: str) -> str:
    return f"{{{XSI}}}{name[4:]}" if name.startswith("xsi:") else name


def _element(xml: str) -> etree._Element:
    return etree.fromstring(f'<x xmlns="{HL7}" xmlns:xsi="{XSI}">{xml}</x>')[0]
