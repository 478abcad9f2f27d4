"""Documents in which something is repeated, and what is done with a document."""

import re
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from functools import cache, partial
from typing import Any

from attrs import evolve
from lxml import etree

import apd
from apd import jsonform
from apd.change import anonymise_bytes, diff, upgrade
from apd.overview import PatientViewer, RegisteredDocument, html, ics, make_overview
from tests.cda.editing import WRITTEN

Repetition = Callable[[int], bytes]

_TAG = b"<ClinicalDocument "
_TITLE = b"<title>"


def _at_root(attribute: str, count: int) -> bytes:
    stated = " ".join(attribute.format(number) for number in range(count))
    return WRITTEN.replace(_TAG, _TAG + stated.encode() + b" ", 1)


def _before_title(xml: str, count: int) -> bytes:
    stated = "".join(xml.format(number) for number in range(count))
    return WRITTEN.replace(_TITLE, stated.encode() + _TITLE, 1)


def _in_text(xml: str, count: int) -> bytes:
    stated = "".join(xml.format(number) for number in range(count))
    return WRITTEN.replace(b"<text>", b"<text>" + stated.encode(), 1)


def _deep(count: int) -> bytes:
    return WRITTEN.replace(_TITLE, b"<a>" * count + b"</a>" * count + _TITLE, 1)


def _long(before: bytes, word: str, count: int) -> bytes:
    stated = "".join(word.format(number) for number in range(count))
    assert before in WRITTEN
    return WRITTEN.replace(before, before + stated.encode(), 1)


def _marks(count: int) -> bytes:
    section = b"<![CDATA[" + b"<<&<?<!--" * count + b"]]>"
    return WRITTEN.replace(_TITLE, _TITLE + section, 1)


def _behind_elements(xml: str, count: int) -> bytes:
    return WRITTEN.replace(b"/>", b"/>" + xml.encode() * count)


def _others_encounters(count: int) -> bytes:
    return _before_title("<x:encounter/>", count).replace(_TAG, _TAG + b'xmlns:x="urn:x" ', 1)


def _again(path: str, is_numbered: bool, count: int) -> bytes:
    """An element so many times more, with a number in each of its values if so wanted."""
    root = etree.fromstring(WRITTEN)
    element = root.find(path)
    assert element is not None
    for number in range(count):
        other = deepcopy(element)
        if is_numbered:
            for one in other.iter():
                for name in ("extension", "value", "displayName"):
                    if one.get(name):
                        one.set(name, f"{one.get(name)}{number}")
                if one.text and one.text.strip():
                    one.text += str(number)
        element.addnext(other)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


@cache
def _paths() -> dict[str, str]:
    """A path of every kind of element in a full document, by the same in plain names."""
    root = etree.fromstring(WRITTEN)
    tree = root.getroottree()
    paths = [tree.getelementpath(element) for element in root.iterdescendants()]
    plain = {path: re.sub(r"\{[^}]*\}|\[[0-9]+\]", "", path) for path in paths}
    return {plain[path]: path for path in reversed(paths)}


REPETITIONS: dict[str, Repetition] = {
    "attributes": partial(_at_root, 'a{}="1"'),
    "declarations": partial(_at_root, 'xmlns:n{0}="urn:n{0}"'),
    "elements that declare": partial(_before_title, '<x{0} xmlns:n{0}="urn:n"/>'),
    "unknown elements": partial(_before_title, "<note>{}</note>"),
    "unknown elements of one another name": partial(_before_title, "<note{}/>"),
    "elements of another namespace": partial(_before_title, '<n:note xmlns:n="urn:n" a="{}"/>'),
    "comments": partial(_before_title, "<!-- {} -->"),
    "comments behind elements": partial(_behind_elements, "<!---->"),
    "elements of a known name": _others_encounters,
    "blanks in a tag": partial(_long, b"<title", "        "),
    "instructions": partial(_before_title, "<?a {}?>"),
    "sections of characters": partial(_in_text, "<![CDATA[{}]]>"),
    "marks in a section of characters": _marks,
    "references": partial(_in_text, "&lt;&#13;{}"),
    "paragraphs": partial(_in_text, "<paragraph>Aftale {} den 05-03-2026</paragraph>"),
    "tags in tags": _deep,
    "a long title": partial(_long, _TITLE, "Aftale 5000 Odense {} "),
    "a long attribute": partial(_long, b'displayName="', "Aftale 5000 {} "),
    "a long name": partial(_long, b"<given>", "Ida {} "),
    "a long word": partial(_long, _TITLE, "Aa9"),
    "a long value": partial(_long, b'value="tel:', "9a%41-"),
    "a long number": partial(_long, b'extension="', "1.2-"),
    "blanks": partial(_long, _TITLE, "        "),
}


def _behind(before: bytes, xml: str, count: int) -> bytes:
    assert before in WRITTEN
    return WRITTEN.replace(before, before + xml.encode() * count, 1)


_in_role = partial(_behind, b'<patientRole classCode="PAT">')
_in_encounter = partial(_behind, b'<statusCode code="active"/>')


FOLLOWING: dict[str, Repetition] = {
    "null ids with content": partial(_in_role, '<id nullFlavor="NI" root="1.2.3" extension="1"/>'),
    "times without an offset": partial(
        _in_encounter, '<effectiveTime><low value="20260305101500"/></effectiveTime>'
    ),
}
"""Repetitions that break a rule which is told with another, or once for all places."""


def every_repetition() -> dict[str, Repetition]:
    """Those, and every element of a full document, the same or with other values."""
    elements = {
        f"{plain}, {'other ones' if is_numbered else 'the same'}": partial(
            _again, path, is_numbered
        )
        for plain, path in _paths().items()
        for is_numbered in (False, True)
    }
    return {**REPETITIONS, **elements}


# --- what is done with one -------------------------------------------------------------------


def _unmapped(data: bytes) -> object:
    return apd.loads(data).unmapped


def _changed(document: apd.AppointmentDocument) -> apd.AppointmentDocument:
    telecoms = [apd.Telecom.phone(f"65 00 {number:04}") for number in range(5)]
    name = apd.PersonName(["Bo"], "Lind")
    patient = evolve(document.appointment.patient, name=name, telecoms=telecoms)
    changes: dict[str, Any] = {
        "patient": patient,
        "reason": apd.Reason("Kontrol"),
        "responsible": None,
    }
    return evolve(document, appointment=evolve(document.appointment, **changes))


def _dumps_changed(data: bytes) -> object:
    return apd.dumps(_changed(apd.loads(data)), check=False)


def _diff(data: bytes) -> object:
    document = apd.loads(data)
    return diff(document, _changed(document)), diff(document, apd.loads(WRITTEN))


def _upgrade(data: bytes) -> object:
    return upgrade(apd.loads(data))


def _as_json(data: bytes) -> object:
    return jsonform.loads(jsonform.dumps(apd.loads(data)))


def _overview(data: bytes) -> Any:
    document = apd.loads(data)
    return make_overview(
        [RegisteredDocument(document)],
        viewer=PatientViewer(document.appointment.patient.id),
        now=apd.local_time(2026, 3, 1),
    )


FUNCTIONS: dict[str, Callable[[bytes], object]] = {
    "validate": apd.validate,
    "loads": apd.loads,
    "dumps": lambda data: apd.dumps(apd.loads(data)),
    "dumps, changed": _dumps_changed,
    "unmapped": _unmapped,
    "upgrade": _upgrade,
    "diff": _diff,
    "anonymise": lambda data: anonymise_bytes(data, "seed"),
    "JSON": _as_json,
    "a page": html.document_page,
    "an overview": lambda data: html.page(_overview(data)),
    "a calendar": lambda data: ics.calendar(_overview(data)),
}


def done(function: Callable[[bytes], object], data: bytes) -> None:
    """Do it; a refusal is an answer."""
    with suppress(apd.ApdError):
        function(data)
