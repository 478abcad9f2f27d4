"""Fingerprints, which identify a finding: its rule, its document, and the names that lead to it.

Positions, lines and other findings do not count, so that a finding keeps its fingerprint when
something is inserted before it. Nothing of a patient is included, as a CPR number could be guessed
from a digest without a key: of a document the UUID counts, of an element its name and the codes of
HL7's closed lists, and nothing else in the document.
"""

import re
from collections.abc import Iterable
from hashlib import sha256

from apd.cda import fixed_values
from apd.cda.path_automaton import described
from apd.cda.xml import Element, hl7
from apd.standard.identifier_forms import UUID

_LENGTH = 32
_DISTINGUISHING = ("typeCode", "classCode", "use")
"""Attributes that distinguish siblings and have closed lists."""
_is_uuid = re.compile(UUID).fullmatch
_POSITION = re.compile(r"\[[0-9]+\]")
_ID = hl7("id")
_OTHER = "*"


def digest(*parts: str) -> str:
    """The digest of some texts: 32 hexadecimal digits."""
    return sha256("\0".join(parts).encode(errors="replace")).hexdigest()[:_LENGTH]


def document_uuid(root: Element) -> str:
    """The UUID of a document in lower case; "" if its id is missing or not a UUID."""
    found = next(root.iterchildren(_ID), None)
    extension = None if found is None else found.get("extension")
    return extension.lower() if extension is not None and _is_uuid(extension) else ""


class PlacesByNames:
    """Where elements are, without positions: names, and codes that distinguish siblings."""

    def __init__(self) -> None:
        self._known: dict[Element, str] = {}

    def of(self, element: Element) -> str:
        """The place of an element."""
        known = self._known.get(element)
        if known is None:
            parent = element.getparent()
            around = "" if parent is None else self.of(parent)
            known = self._known[element] = f"{around}/{_step(element)}"
        return known


def _step(element: Element) -> str:
    step = _plain(described(element.tag)[0])  # anything may be the name of an element
    for key in _DISTINGUISHING:
        value = element.get(key)
        if value is not None and value in fixed_values.codes():
            step += f"[{key}={value}]"
    return step


class Fingerprints:
    """The fingerprints of the findings of one document, asked for in their order.

    Args:
        document: the UUID of the document; "" if it has none.
    """

    def __init__(self, document: str) -> None:
        self._document = document
        self._times: dict[tuple[str, str], int] = {}

    def of(self, rule: str, place: str) -> str:
        """The fingerprint of the next finding of a rule in a place, which is without positions."""
        times = self._times[rule, place] = self._times.get((rule, place), 0) + 1
        return digest(rule, self._document, place, str(times))


def of_several(rule: str, documents: Iterable[str]) -> str:
    """The fingerprint of a finding on several documents: their digests, in any order."""
    return digest(rule, *sorted(documents))


def place_of_path(path: str) -> str:
    """An XPath without positions, and without names that are not HL7's."""
    return "/".join(map(_plain, _POSITION.sub("", path).split("/")))


def _plain(step: str) -> str:
    name = step.rpartition(":")[2].lstrip("@").lower()
    return step if not name or name in fixed_values.names() else _OTHER
