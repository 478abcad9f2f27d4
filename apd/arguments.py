"""What the public functions take. Anything else is refused in one sentence that says what to do.

These are faults of a program and not of a document, so they are TypeErrors, in English.
"""

import io
import os
from collections.abc import Iterable

from apd.model.appointment import Appointment
from apd.model.document import AppointmentDocument
from apd.standard.releases import Release

_DOCUMENT = "an AppointmentDocument"
_TAKES = {
    "loads": "XML as bytes or str",
    "load": "a path, or a file opened in binary mode",
    "dumps": _DOCUMENT,
    "dump": "an AppointmentDocument, and then where to",
    "complete": _DOCUMENT,
    "validate": "XML as bytes or str, a path, or an AppointmentDocument",
    "validate_all": "several documents",
    "diff": "two AppointmentDocuments",
    "upgrade": _DOCUMENT,
    "anonymise": _DOCUMENT,
    "anonymise_bytes": "XML as bytes or str",
}
"""What each function takes."""

_READ_PATH = "apd.load(path) reads a file"
_READ_XML = "apd.loads(xml) makes a document of XML"
_PUT_IN = "put it into an apd.AppointmentDocument"
_COPY = "give a copy, bytes(data)"
_SEVERAL = 'give a list, or Path("outbox").glob("*.xml")'
_FOR_DOCUMENT = {
    "a path": _READ_PATH,
    "a str": _READ_PATH,
    "bytes": _READ_XML,
    "XML": _READ_XML,
    "an open file": "apd.load(file) reads it",
    "an Appointment": _PUT_IN,
}
_FOR_XML = {
    "a path": _READ_PATH,
    "bytes that may change": _COPY,
    "an open file": "apd.load(file) reads it",
    "a file opened in text mode": "apd.load(file) reads one opened in binary mode",
    _DOCUMENT: "it is read already; apd.dumps(document) gives its XML",
    "an Appointment": _PUT_IN,
}
_ADVICE = {
    "loads": _FOR_XML,
    "load": {
        "bytes": _READ_XML,
        "XML": _READ_XML,
        _DOCUMENT: "it is read already",
    },
    "dumps": _FOR_DOCUMENT,
    "dump": _FOR_DOCUMENT,
    "complete": _FOR_DOCUMENT,
    "validate": {
        "bytes that may change": _COPY,
        "an open file": "give what it holds, apd.validate(file.read())",
        "a file opened in text mode": "give what it holds, apd.validate(file.read())",
        "an Appointment": _PUT_IN,
        "several values": "apd.validate_all(documents) takes several",
    },
    "validate_all": {
        "a str": _SEVERAL,
        "a path": _SEVERAL,
        "bytes": "give a list, or apd.validate(xml) for one",
        "XML": "give a list, or apd.validate(xml) for one",
        _DOCUMENT: "give a list, or apd.validate(document) for one",
    },
    "diff": _FOR_DOCUMENT,
    "upgrade": _FOR_DOCUMENT,
    "anonymise": {**_FOR_DOCUMENT, "bytes": "anonymise_bytes() takes XML"},
    "anonymise_bytes": {
        **_FOR_XML,
        "a path": "give what it holds, path.read_bytes()",
        "an open file": "give what it holds, file.read()",
        _DOCUMENT: "anonymise() takes a document",
    },
}
"""What to do instead, by function and by what was given."""


def refusal(function: str, given: object) -> TypeError:
    """What to raise where a function was given something else than it takes."""
    kind = _kind(given)
    advice = _ADVICE[function].get(kind)
    says = f"{function}(): give {_TAKES[function]}, not {kind}"
    return TypeError(f"{says}: {advice}" if advice else says)


def _kind(given: object) -> str:
    """What something is, in words that repeat nothing of it."""
    if isinstance(given, str):
        return "XML" if _is_xml(given) else "a str"
    for kind, types in _KINDS:
        if isinstance(given, types):
            return kind
    if hasattr(given, "read") or hasattr(given, "write"):
        return "an open file"
    if isinstance(given, Iterable):
        return "several values"
    name = type(given).__name__
    return f"an {name}" if name[0] in "aeiouAEIO" else f"a {name}"


def _is_xml(text: str) -> bool:
    return text.lstrip("\ufeff \t\r\n").startswith("<")


_KINDS: tuple[tuple[str, type | tuple[type, ...]], ...] = (
    ("None", type(None)),
    ("bytes", bytes),
    ("bytes that may change", (bytearray, memoryview)),
    ("a path", os.PathLike),
    (_DOCUMENT, AppointmentDocument),
    ("an Appointment", Appointment),
    ("a file opened in text mode", io.TextIOBase),
)


def as_xml(function: str, data: object) -> bytes | str:
    """The XML that a function was given.

    Raises:
        TypeError: it is none.
    """
    if isinstance(data, bytes | str):
        return data
    raise refusal(function, data)


def check_document(function: str, document: object) -> None:
    """Refuse what is no document.

    Raises:
        TypeError: it is none.
    """
    if not isinstance(document, AppointmentDocument):
        raise refusal(function, document)


def check_source(source: object) -> None:
    """Refuse what nothing can be read from.

    Raises:
        TypeError: it is neither a path nor an open file.
    """
    is_name = isinstance(source, str) and not _is_xml(source)
    if not is_name and not isinstance(source, os.PathLike) and not hasattr(source, "read"):
        raise refusal("load", source)


def check_target(document: object, target: object) -> None:
    """Refuse what is no document, and what nothing can be written to.

    Raises:
        TypeError: they are swapped, or one of them is something else.
    """
    if isinstance(target, AppointmentDocument):
        raise TypeError("dump() takes the document first: apd.dump(document, path)")
    check_document("dump", document)
    if isinstance(target, io.TextIOBase):
        raise TypeError("dump() writes bytes: open the file with mode 'wb'")
    if not isinstance(target, str | os.PathLike) and not hasattr(target, "write"):
        raise TypeError(
            f"dump() writes to a path, or to a file opened in binary mode, not to {_kind(target)}: "
            "apd.dumps(document) gives the bytes"
        )


def check_several(documents: object) -> None:
    """Refuse what is one document, or the name of a directory, where several are asked for.

    Raises:
        TypeError: it is one, or nothing that holds any.
    """
    if isinstance(documents, str | bytes | bytearray | memoryview) or hasattr(documents, "read"):
        raise refusal("validate_all", documents)
    if not isinstance(documents, Iterable):
        raise refusal("validate_all", documents)


def check_release(release: object) -> None:
    """Refuse what is no release.

    Raises:
        TypeError: it is none.
    """
    if not isinstance(release, Release):
        kind = _kind(release)
        raise TypeError(f"release must be an apd.Release, such as Release.CURRENT, not {kind}")


def check_language(language: object) -> None:
    """Refuse what is no language of the library.

    Raises:
        TypeError: it is none.
    """
    if language not in ("da", "en"):
        raise TypeError("language must be 'da' or 'en'")
