"""Finds an address in a document, and in anything made from one.

What counts as a trace of an address:

* its street with the house number, wherever it occurs, unless it is the address of somebody else
  in another town;
* the name of the street alone, a line without a house number, the postal code, and the town,
  unless they would also be there for a patient who lives elsewhere: in the name or address of an
  organisation, a person or a place, or in a fixed text.

Floors and doors, countries, and texts with neither three letters nor four digits in a row are not a
trace by themselves.
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any, NamedTuple
from urllib.parse import unquote

from attrs import evolve, frozen

from apd.api import dumps, loads
from apd.cda.encoding import codec_of
from apd.errors import ParseError
from apd.model.appointment import Reason
from apd.model.contact import Address
from apd.model.document import AppointmentDocument
from apd.privacy.address_terms import AddressPart, Term, clean, find
from apd.privacy.stripping import PROTECTED_ADDRESS, rewritten, stripped

# --- the ways in which bytes can be read as text, so that nothing hides in how it is written -----


_tag = re.compile("<[^<>]*>")
_JSON_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})")
_FOLD = re.compile("\r?\n[ \t]|%0D%0A%20")  # the second within a link
_ESCAPED_LETTER = re.compile(r"\\[nrtN]")


def readings(data: bytes | str) -> Iterator[str]:
    """All readings of a document, a page, a calendar or JSON, each cleaned.

    As written, with the values of attributes; with every tag replaced by a blank; and with the
    lines of a calendar unfolded. Entities, JSON's escapes and URIs are decoded in each.
    """
    text = decoded(data) if isinstance(data, bytes) else data
    for reading in dict.fromkeys((text, _tag.sub(_blank, text), _FOLD.sub("", text))):
        yield clean(_spelled_out(reading))


def decoded(data: bytes) -> str:
    """Bytes as text: by their first bytes, by the XML declaration, as UTF-8 or as Latin-1."""
    codec = codec_of(data)
    if codec.startswith(("utf-16", "utf-32")):  # though something be cut off: there are NULs in it
        return data.decode(codec, "replace")
    for encoding in (codec, "utf-8"):
        try:
            return data.decode(encoding)
        except (LookupError, ValueError):
            continue
    return data.decode("latin-1")


def _blank(tag: re.Match[str]) -> str:
    return " " + "\n" * tag[0].count("\n")


def _spelled_out(text: str) -> str:
    text = _JSON_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    text = unquote(html.unescape(_ESCAPED_LETTER.sub(" ", text)))
    return _ESCAPED_LETTER.sub(" ", text)  # those of a calendar within a link


@frozen
class AddressTrace:
    """A part of an address, found where it must not be. It does not contain the address.

    Args:
        part: which part.
        where: ``line 12`` of the text, the path of the unmapped piece, or ``line 12 of the source``
            that a changed document was read from.
    """

    part: AddressPart
    where: str


class Ground(NamedTuple):
    """What would also be shown for a patient who lives elsewhere.

    Args:
        texts: everything that would be shown.
        addresses: the addresses of others in it.
    """

    texts: list[str]
    addresses: list[str]

    def holds(self, term: Term) -> bool:
        """Whether a part is allowed: a house in another town; any other part in any text."""
        texts = self.addresses if term.part is AddressPart.HOUSE else self.texts
        return any(find([term], text) for text in texts)


@frozen
class Search:
    """The search for the parts of one address."""

    terms: Sequence[Term]
    address: Address

    def in_document(self, document: AppointmentDocument) -> Iterator[AddressTrace]:
        """The traces left in a document, its unmapped XML and its source."""
        wanted = self.without(ground_of(document, [self.address]))
        data = dumps(document, check=False)
        yield from traces_in(wanted, data)
        for piece in loads(data).unmapped:
            for trace in traces_in(wanted, piece.xml or ""):
                yield evolve(trace, where=piece.path)
        if document.source is not None and document.source.data != data:
            for trace in traces_in(wanted, document.source.data):
                yield evolve(trace, where=f"{trace.where} of the source")

    def in_data(
        self, data: bytes | str, beside: Iterable[AppointmentDocument]
    ) -> Iterator[AddressTrace]:
        """The traces left in data, except terms that may be in the documents."""
        documents = list(beside)
        with suppress(ParseError):
            documents.append(loads(data))
        return traces_in(self.without(*self.grounds(documents)), data)

    def grounds(self, documents: Iterable[AppointmentDocument]) -> Iterator[Ground]:
        """The content of the documents apart from the address."""
        return (ground_of(document, [self.address]) for document in documents)

    def without(self, *grounds: Ground) -> list[Term]:
        """The terms that no ground allows."""
        return [term for term in self.terms if not any(one.holds(term) for one in grounds)]


def ground_of(document: AppointmentDocument, homes: Sequence[Address]) -> Ground:
    """What a document would also contain if the patient did not live in these homes."""
    elsewhere = neutral(document, homes)
    texts = list(readings(dumps(elsewhere, check=False)))
    return Ground(texts, [address.one_line for address in _addresses(elsewhere)])


def neutral(document: AppointmentDocument, homes: Sequence[Address]) -> AppointmentDocument:
    """The document as it would be for a patient elsewhere, with no free text."""
    bare = stripped(evolve(document, source=None), homes)
    appointment = bare.appointment
    return evolve(
        bare,
        appointment=evolve(
            appointment,
            reason=appointment.reason and Reason("-"),
            schedule=evolve(appointment.schedule, note=None),
        ),
    )


def _addresses(document: AppointmentDocument) -> list[Address]:
    """Every address in a document but that of the patient."""
    found: list[Address] = []

    def collect(value: Any) -> Any:
        if isinstance(value, Address) and value != PROTECTED_ADDRESS:
            found.append(value)
        return value

    rewritten(document, collect)
    return found


def traces_in(terms: Sequence[Term], data: bytes | str) -> Iterator[AddressTrace]:
    """All positions of the terms in data."""
    for text in readings(data):
        for span in find(terms, text):
            line = text.count("\n", 0, span.start) + 1
            yield AddressTrace(span.term.part, f"line {line}")
