"""What the public functions take. Anything else is refused in one sentence that says what to do.

These are faults of a program and not of a document, so they are TypeErrors.
"""

import io
import os
from collections.abc import Iterable

from apd.errors import InvalidArgument
from apd.model.appointment import Appointment
from apd.model.document import AppointmentDocument
from apd.standard.releases import Release
from apd.wording import Wording


def _same(text: str) -> Wording:
    return Wording(text, text)


# what may be given
_DOCUMENT = Wording("et AppointmentDocument", "an AppointmentDocument")
_APPOINTMENT = Wording("en Appointment", "an Appointment")
_PATH = Wording("en sti", "a path")
_STR = Wording("en str", "a str")
_BYTES, _XML, _NONE = _same("bytes"), _same("XML"), _same("None")
_MUTABLE = Wording("foranderlige bytes", "mutable bytes")
_FILE = Wording("en åben fil", "an open file")
_TEXT_FILE = Wording("en fil åbnet i teksttilstand", "a file opened in text mode")
_SEVERAL = Wording("flere værdier", "several values")

_XML_ALONE = Wording("XML som bytes eller str", "XML as bytes or str")
_TAKES = {
    "loads": _XML_ALONE,
    "load": Wording(
        "en sti eller en fil åbnet i binær tilstand", "a path, or a file opened in binary mode"
    ),
    "dumps": _DOCUMENT,
    "dump": Wording(
        "et AppointmentDocument og det, der skal skrives til",
        "an AppointmentDocument and what to write it to",
    ),
    "complete": _DOCUMENT,
    "validate": Wording(
        "XML som bytes eller str, en sti eller et AppointmentDocument",
        "XML as bytes or str, a path, or an AppointmentDocument",
    ),
    "validate_all": Wording("flere dokumenter", "several documents"),
    "assert_says": _DOCUMENT,
    "diff": Wording("to AppointmentDocuments", "two AppointmentDocuments"),
    "upgrade": _DOCUMENT,
    "anonymise": _DOCUMENT,
    "anonymise_bytes": _XML_ALONE,
}
"""What each function takes."""

_READ_PATH = Wording("apd.load(path) læser en fil", "apd.load(path) reads a file")
_READ_XML = Wording("apd.loads(xml) læser XML", "apd.loads(xml) reads XML")
_READ_FILE = Wording("apd.load(file) læser den", "apd.load(file) reads it")
_IS_READ = Wording("det er allerede læst", "it has already been read")
_WRAP = Wording("læg den i et apd.AppointmentDocument", "put it into an apd.AppointmentDocument")
_COPY = Wording("brug en kopi, bytes(data)", "use a copy, bytes(data)")
_PASS_CONTENT = Wording(
    "brug filens indhold, apd.validate(file.read())",
    "pass the content of the file, apd.validate(file.read())",
)
_PASS_LIST = Wording(
    'brug en liste eller Path("outbox").glob("*.xml")',
    'pass a list, or Path("outbox").glob("*.xml")',
)
_PASS_XML = Wording(
    "brug en liste, eller apd.validate(xml) for ét dokument",
    "pass a list, or use apd.validate(xml) for one document",
)
_FOR_DOCUMENT = {
    _PATH: _READ_PATH,
    _STR: _READ_PATH,
    _BYTES: _READ_XML,
    _XML: _READ_XML,
    _FILE: _READ_FILE,
    _APPOINTMENT: _WRAP,
}
_FOR_XML = {
    _PATH: _READ_PATH,
    _MUTABLE: _COPY,
    _FILE: _READ_FILE,
    _TEXT_FILE: Wording(
        "apd.load(file) læser en, der er åbnet i binær tilstand",
        "apd.load(file) reads one opened in binary mode",
    ),
    _DOCUMENT: Wording(
        "det er allerede læst; apd.dumps(document) skriver det som XML",
        "it has already been read; apd.dumps(document) writes it as XML",
    ),
    _APPOINTMENT: _WRAP,
}
_ADVICE = {
    "loads": _FOR_XML,
    "load": {
        _BYTES: _READ_XML,
        _XML: _READ_XML,
        _DOCUMENT: _IS_READ,
        _TEXT_FILE: Wording("åbn den med mode 'rb'", "open it with mode 'rb'"),
    },
    "dumps": _FOR_DOCUMENT,
    "dump": _FOR_DOCUMENT,
    "complete": _FOR_DOCUMENT,
    "validate": {
        _MUTABLE: _COPY,
        _FILE: _PASS_CONTENT,
        _TEXT_FILE: _PASS_CONTENT,
        _APPOINTMENT: _WRAP,
        _SEVERAL: Wording(
            "apd.validate_all(documents) tager flere", "apd.validate_all(documents) takes several"
        ),
    },
    "validate_all": {
        _STR: _PASS_LIST,
        _PATH: _PASS_LIST,
        _BYTES: _PASS_XML,
        _XML: _PASS_XML,
        _DOCUMENT: Wording(
            "brug en liste, eller apd.validate(document) for ét dokument",
            "pass a list, or use apd.validate(document) for one document",
        ),
    },
    "assert_says": _FOR_DOCUMENT,
    "diff": _FOR_DOCUMENT,
    "upgrade": _FOR_DOCUMENT,
    "anonymise": {
        **_FOR_DOCUMENT,
        _BYTES: Wording("anonymise_bytes() tager XML", "anonymise_bytes() takes XML"),
    },
    "anonymise_bytes": {
        **_FOR_XML,
        _PATH: Wording(
            "brug filens indhold, path.read_bytes()",
            "pass the content of the file, path.read_bytes()",
        ),
        _FILE: Wording(
            "brug filens indhold, file.read()", "pass the content of the file, file.read()"
        ),
        _DOCUMENT: Wording("anonymise() tager et dokument", "anonymise() takes a document"),
    },
}
"""What to do instead, by function and by what was given."""


def refusal(function: str, given: object) -> InvalidArgument:
    """What to raise where a function was given something else than it takes."""
    return _refusal(function, _kind(given))


def _refusal(function: str, kind: Wording) -> InvalidArgument:
    takes = _TAKES[function]
    advice = _ADVICE[function].get(kind)
    return InvalidArgument(
        Wording(
            f"{function}() tager {takes.da}, ikke {kind.da}" + (f": {advice.da}" if advice else ""),
            f"{function}() takes {takes.en}, not {kind.en}" + (f": {advice.en}" if advice else ""),
        )
    )


def _kind(given: object) -> Wording:
    """What something is, in words that repeat nothing of it."""
    if isinstance(given, str):
        return _XML if _is_xml(given) else _STR
    for kind, types in _KINDS:
        if isinstance(given, types):
            return kind
    if hasattr(given, "read") or hasattr(given, "write"):
        return _FILE
    if isinstance(given, Iterable):
        return _SEVERAL
    name = type(given).__name__
    return Wording(name, f"an {name}" if name[0] in "aeiouAEIO" else f"a {name}")


def _is_xml(text: str) -> bool:
    return text.lstrip("\ufeff \t\r\n").startswith("<")


_KINDS: tuple[tuple[Wording, type | tuple[type, ...]], ...] = (
    (_NONE, type(None)),
    (_BYTES, bytes),
    (_MUTABLE, (bytearray, memoryview)),
    (_PATH, os.PathLike),
    (_DOCUMENT, AppointmentDocument),
    (_APPOINTMENT, Appointment),
    (_TEXT_FILE, io.TextIOBase),
)


def as_xml(function: str, data: object) -> bytes | str:
    """The XML that a function was given; :class:`InvalidArgument` for what is none."""
    if isinstance(data, bytes | str):
        return data
    raise refusal(function, data)


def check_document(function: str, document: object) -> None:
    """Refuse what is not a document."""
    if not isinstance(document, AppointmentDocument):
        raise refusal(function, document)


def check_source(source: object) -> None:
    """Refuse what nothing can be read from."""
    is_name = isinstance(source, str) and not _is_xml(source)
    is_file = hasattr(source, "read") and not isinstance(source, io.TextIOBase)
    if not is_name and not isinstance(source, os.PathLike) and not is_file:
        raise refusal("load", source)


def as_bytes_read(data: object) -> bytes | str:
    """What was read from a file; :class:`InvalidArgument` for the text of one in text mode."""
    if isinstance(data, str):
        raise _refusal("load", _TEXT_FILE)
    return as_xml("load", data)


def check_target(document: object, target: object) -> None:
    """Refuse what is not a document, and what cannot be written to."""
    if isinstance(target, AppointmentDocument):
        raise InvalidArgument(
            Wording(
                "dump() tager dokumentet først: apd.dump(document, path)",
                "dump() takes the document first: apd.dump(document, path)",
            )
        )
    check_document("dump", document)
    if isinstance(target, io.TextIOBase):
        raise InvalidArgument(
            Wording(
                "dump() skriver bytes: åbn filen med mode 'wb'",
                "dump() writes bytes: open the file with mode 'wb'",
            )
        )
    if not isinstance(target, str | os.PathLike) and not hasattr(target, "write"):
        kind = _kind(target)
        raise InvalidArgument(
            Wording(
                "dump() skriver til en sti eller til en fil åbnet i binær tilstand, ikke til "
                f"{kind.da}: apd.dumps(document) returnerer bytes",
                "dump() writes to a path, or to a file opened in binary mode, not to "
                f"{kind.en}: apd.dumps(document) returns bytes",
            )
        )


def check_several(documents: object) -> None:
    """Refuse what is one document, or the name of a directory, where several are asked for."""
    if isinstance(documents, str | bytes | bytearray | memoryview) or hasattr(documents, "read"):
        raise refusal("validate_all", documents)
    if not isinstance(documents, Iterable):
        raise refusal("validate_all", documents)


def check_release(release: object) -> None:
    """Refuse what is not a release."""
    if not isinstance(release, Release):
        kind = _kind(release)
        raise InvalidArgument(
            Wording(
                f"release skal være en apd.Release, f.eks. Release.CURRENT, ikke {kind.da}",
                f"release must be an apd.Release, such as Release.CURRENT, not {kind.en}",
            )
        )


def check_language(language: object) -> None:
    """Refuse what is not a language of the library."""
    if language not in ("da", "en"):
        raise InvalidArgument(
            Wording("language skal være 'da' eller 'en'", "language must be 'da' or 'en'")
        )
