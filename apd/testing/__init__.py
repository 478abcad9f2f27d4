"""Help for tests of programs that handle appointment documents.

:func:`assert_valid_apd` asserts that a document is valid. ``pytest --apd`` makes a test of every
appointment document below a path. :mod:`apd.testing.strategies` makes documents, and every part
of one, for property tests with hypothesis; it needs the extra ``testing``:
``pip install dk-apd[testing]``. :mod:`apd.testing.synthetic` makes as many as are wanted, the same
ones from the same seed, and :mod:`apd.testing.defects` breaks each rule of the validator. All
persons, numbers and places in them are invented.
"""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

__all__ = ["assert_valid_apd"]


if TYPE_CHECKING:
    from apd.findings import Severity
    from apd.rules.settings import Settings
    from apd.validation import Validated
    from apd.wording import Language


def assert_valid_apd(
    data: "Validated",
    level: "Severity | str" = "error",
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
        level: the lowest severity that counts: ``"error"``, ``"warning"`` or ``"information"``.
        ignore: rules that do not apply, by id or by any clause they speak for.
        settings: more of that: see :class:`apd.rules.settings.Settings`.
        schema: path of another XSD than the project's own.
        language: the language of the findings, ``"en"`` or ``"da"``; None for that of the
            environment variable ``APD_LANG``, else English.

    Raises:
        AssertionError: there are findings that count. Each is described as by ``apd validate``:
            where, what, the line with everything personal masked, how to fix it, and the
            source.
        TypeError: the data cannot be validated, or the language is not ``"da"`` or ``"en"``.
        ValueError: there is no such level or rule.
        OSError: a file cannot be read.
    """
    __tracebackhide__ = True
    from apd.testing.failure_message import Expectation, explained

    expectation = Expectation.of(
        level, ignore=ignore, settings=settings, schema=schema, language=language
    )
    message = explained(data, expectation)
    if message is not None:
        raise AssertionError(message)
