"""A baseline: what is known, found again, gone, and what nobody looked for."""

import json
from pathlib import Path

import pytest
from attrs import evolve

import apd
from apd.reports.baseline import Baseline, Comparison
from apd.reports.checked import Checked, Known
from tests.reports.making import DOCUMENTS, UNKNOWN, finding

BAD, REPORTED = DOCUMENTS[1], DOCUMENTS[-1]
FIRST, WARNING = BAD.findings


def baseline_of(*documents: Checked) -> Baseline:
    """What is known when documents were found to be as they are."""
    comparison = Comparison(Baseline(), keeps_found=True)
    for checked in documents:
        comparison.compared(checked)
    return comparison.updated(())


def test_what_is_found_again_is_known() -> None:
    comparison = Comparison(baseline_of(BAD))
    assert comparison.compared(BAD).known == (True, True)
    assert comparison.compared(evolve(BAD, findings=(UNKNOWN, FIRST))).known == (False, True)
    assert comparison.compared(evolve(BAD, name="other.xml")).known == (False, False)
    assert comparison.gone(()) == ()


def test_a_file_is_the_same_however_it_is_named() -> None:
    comparison = Comparison(baseline_of(BAD))
    assert comparison.compared(evolve(BAD, name="./a folder//bad.xml")).known == (True, True)


def test_what_was_looked_for_and_not_found_is_gone() -> None:
    comparison = Comparison(baseline_of(BAD))
    comparison.compared(evolve(BAD, findings=(FIRST,)))
    (gone,) = comparison.gone(())
    assert (gone.rule, gone.documents) == ("T-2", ("a folder/bad.xml",))


# what was looked at, which rules said nothing, and the rules of what is gone
SILENT = [
    ([], (), []),
    ([evolve(BAD, name="other.xml", findings=())], (), []),
    ([evolve(BAD, findings=(), problem="There is no such file.")], (), []),
    ([evolve(BAD, findings=())], ("T-1",), ["T-2"]),
    ([evolve(BAD, findings=())], (), ["T-1", "T-2"]),
]


@pytest.mark.parametrize(("documents", "silent", "gone"), SILENT)
def test_what_nobody_looked_for_is_not_gone_and_stays(documents, silent, gone) -> None:
    known = baseline_of(BAD)
    comparison = Comparison(known, keeps_found=True)
    for checked in documents:
        comparison.compared(checked)
    assert [one.rule for one in comparison.gone(silent)] == gone
    kept = [one for one in known.findings if one.rule not in gone]
    assert list(comparison.updated(silent).findings) == kept


def test_what_documents_are_wrong_together_is_gone_where_all_of_them_were_seen() -> None:
    known = baseline_of(REPORTED)
    assert [one.documents for one in known.findings] == [("clean.xml", "warned.xml")]
    for names, gone in ((["clean.xml"], 0), (["clean.xml", "warned.xml"], 1)):
        comparison = Comparison(known)
        for name in names:
            comparison.compared(Checked(name))
        assert len(comparison.gone(())) == gone
    assert Comparison(known).compared(REPORTED).known == (True,)


def test_a_file_has_a_line_a_finding_sorted_and_is_read_as_it_was(tmp_path: Path) -> None:
    made = baseline_of(*DOCUMENTS)
    made.write(tmp_path / "known.json")
    text = (tmp_path / "known.json").read_text("ascii")
    assert Baseline.read(tmp_path / "known.json") == made
    form = json.loads(text)
    assert (form["format"], form["version"]) == ("dk-apd-baseline", 1)
    assert len([line for line in text.splitlines() if "fingerprint" in line]) == len(made.findings)
    baseline_of(*reversed(DOCUMENTS)).write(tmp_path / "again.json")
    assert (tmp_path / "again.json").read_text("ascii") == text


def test_an_empty_one(tmp_path: Path) -> None:
    Baseline().write(tmp_path / "known.json")
    assert Baseline.read(tmp_path / "known.json") == Baseline()


def test_names_that_are_not_hl7s_are_not_kept() -> None:
    checked = Checked("a.xml", (finding(path="/ClinicalDocument/*:Egeskov[2]/time"),))
    assert [one.place for one in baseline_of(checked).findings] == ["/ClinicalDocument/*/time"]


NONE = [
    b"",
    b"[]",
    b"{}",
    b"\xff",
    b'{"format": "dk-apd-baseline", "version": 2, "findings": []}',
    b'{"format": "dk-apd-baseline", "version": 1, "findings": [1]}',
    b'{"format": "dk-apd-baseline", "version": 1, "findings": [{"documents": "a", "rule": "r", '
    b'"place": "", "fingerprint": "f"}]}',
    b'{"format": "dk-apd-baseline", "version": 1, "findings": [{"documents": ["a"], "rule": 1, '
    b'"place": "", "fingerprint": "f"}]}',
]


@pytest.mark.parametrize("content", NONE)
def test_what_is_no_baseline_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "known.json").write_bytes(content)
    with pytest.raises(apd.InvalidValue, match="is not a baseline"):
        Baseline.read(tmp_path / "known.json")


def test_each_is_there_once_and_in_order() -> None:
    one, other = (Known((name,), "T-1", "", name) for name in "ab")
    assert Baseline([other, one, other]).findings == (one, other)
