"""Arguments that are of another kind than a function takes: one sentence that says what to do."""

import codecs
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import apd
from apd import change
from tests.places import ROOT

PATH = ROOT / "examples" / "documents" / "hospital-visit.xml"
XML = PATH.read_bytes()
TEXT = XML.decode()
DOCUMENT = apd.loads(XML)
APPOINTMENT = DOCUMENT.appointment
SECRETS = ("2512489996", "Skovsang", "Humlevangen")

Function = Callable[..., Any]

REFUSED: list[tuple[Function, tuple[Any, ...], str]] = [
    (apd.loads, (PATH,), "not a path: apd.load(path) reads a file"),
    (apd.loads, (io.BytesIO(XML),), "not an open file: apd.load(file) reads it"),
    (apd.loads, (None,), "loads() takes XML as bytes or str, not None"),
    (apd.loads, (12,), "not an int"),
    (apd.loads, (DOCUMENT,), "not an AppointmentDocument: it has already been read"),
    (apd.loads, ([XML],), "not several values"),
    (apd.loads, (bytearray(XML),), "not mutable bytes: use a copy, bytes(data)"),
    (apd.load, (XML,), "not bytes: apd.loads(xml) reads XML"),
    (apd.load, (TEXT,), "not XML: apd.loads(xml) reads XML"),
    (apd.load, (f"\ufeff\n{TEXT}",), "not XML: apd.loads(xml)"),
    (apd.load, (DOCUMENT,), "not an AppointmentDocument: it has already been read"),
    (apd.load, (None,), "load() takes a path, or a file opened in binary mode, not None"),
    (apd.load, (3,), "not an int"),
    (apd.load, (io.StringIO(TEXT),), "not a file opened in text mode: open it with mode 'rb'"),
    (apd.load, (codecs.getreader("utf-8")(io.BytesIO(XML)),), "not a file opened in text mode"),
    (apd.dumps, (APPOINTMENT,), "not an Appointment: put it into an apd.AppointmentDocument"),
    (apd.dumps, (XML,), "not bytes: apd.loads(xml) reads XML"),
    (apd.dumps, (TEXT,), "not XML: apd.loads(xml) reads XML"),
    (apd.dumps, (PATH,), "not a path: apd.load(path) reads a file"),
    (apd.dumps, (None,), "dumps() takes an AppointmentDocument, not None"),
    (apd.dump, (Path("new.xml"), DOCUMENT), "the document first: apd.dump(document, path)"),
    (apd.dump, (io.BytesIO(), DOCUMENT), "the document first"),
    (apd.dump, (APPOINTMENT, "new.xml"), "put it into an apd.AppointmentDocument"),
    (apd.dump, (DOCUMENT, None), "not to None: apd.dumps(document) returns bytes"),
    (apd.dump, (DOCUMENT, b"new.xml"), "not to bytes"),
    (apd.dump, (DOCUMENT, io.StringIO()), "open the file with mode 'wb'"),
    (apd.validate, (None,), "path, or an AppointmentDocument, not None"),
    (apd.validate, (APPOINTMENT,), "not an Appointment: put it into"),
    (apd.validate, (memoryview(XML),), "not mutable bytes: use a copy, bytes(data)"),
    (apd.validate, ([DOCUMENT],), "apd.validate_all(documents) takes several"),
    (apd.validate, (io.BytesIO(XML),), "apd.validate(file.read())"),
    (apd.validate_all, ("outbox",), "not a str: pass a list, or Path(\"outbox\").glob"),
    (apd.validate_all, (Path("outbox"),), "not a path: pass a list, or Path"),
    (apd.validate_all, (XML,), "not bytes: pass a list, or use apd.validate(xml) for one"),
    (apd.validate_all, (TEXT,), "not XML: pass a list, or use apd.validate(xml) for one"),
    (apd.validate_all, (DOCUMENT,), "pass a list, or use apd.validate(document) for one"),
    (apd.validate_all, (None,), "validate_all() takes several documents, not None"),
    (apd.validate_all, (io.BytesIO(XML),), "not an open file"),
    (apd.diff, (XML, DOCUMENT), "diff() takes two AppointmentDocuments, not bytes: apd.loads"),
    (apd.diff, (DOCUMENT, APPOINTMENT), "not an Appointment"),
    (change.upgrade, (XML,), "upgrade() takes an AppointmentDocument, not bytes"),
    (change.anonymise, (XML, "seed"), "not bytes: anonymise_bytes() takes XML"),
    (change.anonymise_bytes, (DOCUMENT, "seed"), "anonymise() takes a document"),
    (change.anonymise_bytes, (PATH, "seed"), "not a path: pass the content"),
]  # fmt: skip


@pytest.mark.parametrize(("function", "given", "wording"), REFUSED)
def test_something_else_is_refused_in_a_sentence(
    function: Function, given: tuple[Any, ...], wording: str
) -> None:
    with pytest.raises(TypeError) as caught:
        function(*given)
    message = str(caught.value)

    assert wording in message
    assert message.startswith(f"{function.__name__}()")
    assert "\n" not in message
    assert not any(secret in message for secret in SECRETS)


@pytest.mark.parametrize(
    ("language", "wording"),
    [
        ("da", "loads() tager XML som bytes eller str, ikke None"),
        ("en", "loads() takes XML as bytes or str, not None"),
        ("de", "loads() takes XML as bytes or str, not None"),
        ("", "loads() takes XML as bytes or str, not None"),
    ],
)
def test_a_refusal_is_in_the_language_of_the_run(
    monkeypatch: pytest.MonkeyPatch, language: str, wording: str
) -> None:
    monkeypatch.setenv("APD_LANG", language)
    nothing: Any = None
    with pytest.raises(apd.InvalidArgument) as caught:
        apd.loads(nothing)

    assert str(caught.value) == wording
    assert caught.value.message("da").startswith("loads() tager")


@pytest.mark.parametrize(("function", "given", "wording"), REFUSED)
def test_a_refusal_has_danish_and_english_words(
    function: Function, given: tuple[Any, ...], wording: str
) -> None:
    with pytest.raises(apd.InvalidArgument) as caught:
        function(*given)
    assert caught.value.message("en") != caught.value.message("da")


@pytest.mark.parametrize(
    ("function", "given"),
    [
        (apd.loads, (XML,)),
        (apd.load, (PATH,)),
        (apd.dumps, (DOCUMENT,)),
        (apd.dump, (DOCUMENT, io.BytesIO())),
        (apd.validate, (DOCUMENT,)),
    ],
)
@pytest.mark.parametrize("release", ["2.0.1", None, 2])
def test_a_release_is_a_value(function: Function, given: tuple[Any, ...], release: object) -> None:
    with pytest.raises(TypeError, match="release must be an apd"):
        function(*given, release=release)


@pytest.mark.parametrize(
    ("function", "given"),
    [(apd.validate, (XML,)), (apd.validate_all, ([XML],)), (apd.diff, (DOCUMENT, DOCUMENT))],
)
def test_a_language_is_one_of_two(function: Function, given: tuple[Any, ...]) -> None:
    with pytest.raises(TypeError, match="language must be 'da' or 'en'"):
        function(*given, language="DA")


def test_settings_are_settings() -> None:
    settings: Any = {"off": ["BR-TEXT-PLACE"]}
    with pytest.raises(TypeError, match="settings must be"):
        apd.validate(XML, settings=settings)


def test_nothing_is_written_where_the_arguments_are_wrong(tmp_path: Path) -> None:
    target: Any = tmp_path / "new.xml"
    with pytest.raises(TypeError):
        apd.dump(target, DOCUMENT)  # type: ignore[arg-type]
    with target.open("w") as file, pytest.raises(TypeError, match="'wb'"):
        apd.dump(DOCUMENT, file)

    assert target.read_bytes() == b""


def test_what_holds_documents_is_taken() -> None:
    for documents in ([DOCUMENT], (XML,), {PATH}, iter([TEXT]), (one for one in [PATH])):
        assert apd.validate_all(documents).is_valid


def test_one_wrong_value_among_documents_is_reported() -> None:
    documents: Any = [DOCUMENT, None]
    with pytest.raises(TypeError, match="not None"):
        list(apd.validate_all(documents))
