"""Reports are the same to the byte on every interpreter, with every version of what is used."""

import pytest

from tests.reports.expected_reports import EXPECTED, FORMATS, report, write_documents


@pytest.mark.parametrize("form", FORMATS)
def test_reports_are_those_that_are_kept(form, tmp_path, monkeypatch) -> None:
    write_documents(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert report(form) == (EXPECTED / form).read_text("utf-8")
