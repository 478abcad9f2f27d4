"""Help for tests of programs that handle appointment documents.

:func:`assert_valid_apd` asserts that a document is valid, :func:`assert_says` that it contains the
expected appointment. ``pytest --apd`` turns every appointment document below a path into a test.
:mod:`apd.testing.strategies` generates documents and all their parts for property tests with
hypothesis; it needs the extra ``testing``: ``pip install dk-apd[testing]``.
:mod:`apd.testing.synthetic` generates any number of documents, the same ones from the same seed,
and :mod:`apd.testing.defects` breaks each rule of the validator. All persons, numbers and places in
them are invented.
"""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

__all__ = ["assert_says", "assert_valid_apd"]


if TYPE_CHECKING:
    from apd.findings import Severity
    from apd.model.document import AppointmentDocument
    from apd.rules.settings import Settings
    from apd.validation import Validated
    from apd.wording import Language


def assert_valid_apd(
    data: "Validated",
    level: "Severity | str | None" = None,
    *,
    ignore: Iterable[str] = (),
    settings: "Settings | None" = None,
    schema: str | os.PathLike[str] | None = None,
    language: "Language | None" = None,
) -> None:
    """Assert that an appointment document has no findings that count.

    ::

        def test_booking():
            assert_valid_apd(booking_system.document(), ignore=["BR-TEXT-PLACE"])

    Args:
        data: as for :func:`apd.validate`: XML as bytes or as a text, the path of a file (a
            ``pathlib.Path``; a ``str`` is XML), or an ``AppointmentDocument``.
        level: the lowest severity that counts: ``"error"``, ``"warning"`` or ``"information"``;
            None for ``fail-on`` of the settings file, else ``"error"``.
        ignore: rules that do not apply, by id or by one of their clauses.
        settings: the rules that apply, instead of those of the settings file; see
            :class:`apd.rules.settings.Settings`.
        schema: the path of an XSD to use instead of the library's own; None for that of the
            settings file.
        language: the language of the findings, ``"en"`` or ``"da"``; None for that of the
            environment variable ``APD_LANG``, of the settings file, else English.

    The settings file is the one that :func:`apd.load_settings` finds.

    Raises:
        AssertionError: there are findings that count. Each is described as by ``apd validate``:
            the place, the message, the line with personal data masked, the remedy and the
            source.
        TypeError: the data cannot be validated, or the language is not ``"da"`` or ``"en"``.
        ValueError: the level or a rule does not exist, or the settings file is not valid.
        OSError: a file cannot be read.
    """
    __tracebackhide__ = True
    from apd.settings_file import load_settings
    from apd.testing.failure_message import Expectation, explained

    expectation = Expectation.of(
        level,
        project=load_settings(),
        ignore=ignore,
        settings=settings,
        schema=schema,
        language=language,
    )
    message = explained(data, expectation)
    if message is not None:
        raise AssertionError(message)


def assert_says(
    data: "Validated",
    document: "AppointmentDocument",
    *,
    ignore: Iterable[str] = (),
    strict: bool = False,
    language: "Language | None" = None,
) -> None:
    """Assert that a document contains the expected appointment.

    ::

        def test_booking():
            assert_says(their_system.export(booking), expected, ignore="bookkeeping")

    All fields of the model are compared, and the readable text must mention the date and the times.
    Differences in form alone do not count and are shown as notes: the order of telecoms, the
    displayName of a code, an id in capital letters, and content that the model does not cover. To
    assert that the document is valid, use :func:`assert_valid_apd`.

    Args:
        data: as for :func:`apd.validate`: XML as bytes or as a text, the path of a file (a
            ``pathlib.Path``; a ``str`` is XML), or an ``AppointmentDocument``.
        document: the expected document.
        ignore: fields that may differ, with everything in them: ``"custodian"``,
            ``"appointment.performer.telecoms"``. ``"bookkeeping"`` stands for the id, time, set id,
            version and release of the document and the time of the booking; ``"text"`` for the
            readable text.
        strict: whether the differences that are otherwise shown as notes count as well.
        language: the language of the message, ``"en"`` or ``"da"``; None for that of the
            environment variable ``APD_LANG``, else English.

    Raises:
        AssertionError: the document differs, or cannot be read. The first line names
            the difference: the field, its value, the expected value, and the likely cause if
            there is one, such as UTC written as local time. No personal data are shown.
        TypeError: the data cannot be read, ``document`` is not a document, or the language is not
            ``"da"`` or ``"en"``.
        ValueError: a field in ``ignore`` does not exist.
        OSError: a file cannot be read.
    """
    __tracebackhide__ = True
    from apd.testing.meaning import unlike

    message = unlike(data, document, ignore=ignore, strict=strict, language=language)
    if message is not None:
        raise AssertionError(message)
