"""What the value of a TS means: HL7's form, and other forms that can mean one moment only."""

import datetime

import pytest

from apd.cda import timestamps
from apd.cda.timestamps import Precision, time_of, time_value

WINTER, SUMMER = "+01:00", "+02:00"
_DAY, _MINUTE, _SECOND = Precision.DAY, Precision.MINUTE, Precision.SECOND


@pytest.mark.parametrize(
    ("value", "moment", "precision", "offset", "is_hl7"),
    [
        # HL7's form
        ("20260303101500+0100", "2026-03-03T10:15:00+01:00", _SECOND, 60, True),
        ("20260703101500+0200", "2026-07-03T10:15:00+02:00", _SECOND, 120, True),
        ("20260303101500-0500", "2026-03-03T16:15:00+01:00", _SECOND, -300, True),
        ("20260303101500.25+0100", "2026-03-03T10:15:00+01:00", _SECOND, 60, True),
        ("20260303101500+01", "2026-03-03T10:15:00+01:00", _SECOND, 60, True),
        ("20260303101500", "2026-03-03T10:15:00+01:00", _SECOND, None, True),
        ("202603031015", "2026-03-03T10:15:00+01:00", _MINUTE, None, True),
        ("2026030310", "2026-03-03T10:00:00+01:00", Precision.HOUR, None, True),
        ("20260303", "2026-03-03T00:00:00+01:00", _DAY, None, True),
        (" 20260303 ", "2026-03-03T00:00:00+01:00", _DAY, None, True),
        ("20260303+0100", "2026-03-03T00:00:00+01:00", _DAY, 60, True),
        ("20260329023000+0100", "2026-03-29T03:30:00+02:00", _SECOND, 60, True),
        # other forms
        ("20260303101500+01:00", "2026-03-03T10:15:00+01:00", _SECOND, 60, False),
        ("20260303091500Z", "2026-03-03T10:15:00+01:00", _SECOND, 0, False),
        ("2026-03-03T10:15:00+01:00", "2026-03-03T10:15:00+01:00", _SECOND, 60, False),
        ("2026-03-03T10:15:00.25+01:00", "2026-03-03T10:15:00+01:00", _SECOND, 60, False),
        ("2026-03-03T10:15:00+01", "2026-03-03T10:15:00+01:00", _SECOND, 60, False),
        ("2026-03-03T09:15:00Z", "2026-03-03T10:15:00+01:00", _SECOND, 0, False),
        ("2026-03-03t09:15:00z", "2026-03-03T10:15:00+01:00", _SECOND, 0, False),
        ("2026-07-03T08:15Z", "2026-07-03T10:15:00+02:00", _MINUTE, 0, False),
        ("2026-03-03 10:15", "2026-03-03T10:15:00+01:00", _MINUTE, None, False),
        ("20260303T101500", "2026-03-03T10:15:00+01:00", _SECOND, None, False),
        ("2026-03-03", "2026-03-03T00:00:00+01:00", _DAY, None, False),
        ("20260302240000+0100", "2026-03-03T00:00:00+01:00", _SECOND, 60, True),
        ("2026-12-31T24:00", "2027-01-01T00:00:00+01:00", _MINUTE, None, False),
    ],
)
def test_what_a_value_means(
    value: str, moment: str, precision: Precision, offset: int | None, is_hl7: bool
) -> None:
    stated = time_value(value)
    assert stated is not None
    assert stated.moment is not None
    assert stated.moment.isoformat() == moment
    assert (stated.precision, stated.offset, stated.is_hl7) == (precision, offset, is_hl7)
    assert stated.has_time is (precision > _DAY)
    assert not stated.is_skipped
    assert time_of(value) == stated.moment


@pytest.mark.parametrize(
    "value",
    [
        "", " ", "i morgen", "20260230", "20261301", "202603031", "20260303106000",
        "20260303101560", "20260303240001", "20260303250000", "2026-0303T10:15",
        "2026-03-0310:1500",
        "05-03-2026", "3/3/2026", "20260303101500+1401", "20260303101500+0160",
        "2026-03-03T10:15:00 +1:00", "20260303101500ZZ", "２０２６０３０３", "20260303/20260304",
    ],
)  # fmt: skip
def test_what_is_no_time(value: str) -> None:
    assert time_value(value) is None
    assert time_of(value) is None


@pytest.mark.parametrize(
    "value", ["2026", "202603", "18991231", "99990101", "00010101", "99991231240000"]
)
def test_what_names_no_moment_that_the_model_has(value: str) -> None:
    stated = time_value(value)
    assert stated is None or stated.moment is None


@pytest.mark.parametrize(
    ("value", "is_skipped"),
    [
        ("20260329020000", True),
        ("20260329025959", True),
        ("2026-03-29T02:30", True),
        ("20260329015959", False),
        ("20260329030000", False),
        ("20260329023000+0100", False),
        ("20261025023000", False),
        ("00010101", False),
        ("99991231235959", False),
    ],
)
def test_a_time_that_the_clock_skips(value: str, is_skipped: bool) -> None:
    stated = time_value(value)
    assert stated is not None
    assert stated.is_skipped is is_skipped
    assert not is_skipped or stated.moment is None


@pytest.mark.parametrize(
    ("value", "is_kept"),
    [
        ("20260303101500+0100", True),
        ("20260303101500", True),
        ("20260303100000", True),
        ("20120305", False),
        ("201203050000", False),
        ("20120305000000+0100", False),
        ("2012-03-05T00:00:00", False),
    ],
)
def test_what_may_be_a_date_of_birth_is_not_remembered(
    value: str, is_kept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(timestamps, "_remembered", asked.append)
    time_value(value)

    assert asked == ([value] if is_kept else [])


def test_what_the_rules_ask_of_a_value() -> None:
    full = time_value("20260303101500+0100")
    assert full is not None
    assert full.is_full
    assert full.utc == datetime.datetime(2026, 3, 3, 9, 15)
    for value in ("20260303101500", "202603031015+0100", "20260303101500+01", "20260303"):
        stated = time_value(value)
        assert stated is not None
        assert not stated.is_full
    short = time_value("20260303101500+01")
    assert short is not None
    assert not short.has_whole_offset
