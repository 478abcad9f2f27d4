"""Names that were changed: the old one works for one release, and says so."""

import importlib
import sys

import pytest

import apd.overview
import apd.xds
from apd.change import Change, Kind
from apd.findings import Layer
from apd.rules.rule import Rule
from apd.series.errors import NO_ID, Forbidden
from apd.standard.requirement import Requirement
from apd.text.appointment import Line, LinePart, PartKind
from apd.wording import Wording
from tests.overview.kit import document, overview


def test_the_package_of_xds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "apd.publication.xds", raising=False)
    with pytest.warns(DeprecationWarning, match=r"import apd\.xds"):
        assert importlib.import_module("apd.publication.xds") is apd.xds


@pytest.mark.parametrize("made", [Requirement, Rule])
def test_a_rule_that_is_made_with_mend(made: type[Requirement]) -> None:
    remedy = Wording("Gør det.", "Do it.")
    texts = {"wording": remedy, "explanation": remedy}
    with pytest.warns(DeprecationWarning, match="use remedy"):
        rule = made(id="A", layer=Layer.BUSINESS, source="", mend=remedy, **texts)  # type: ignore[call-arg, arg-type]
    assert rule.remedy == remedy


_TEXT = Wording("", "")


@pytest.mark.parametrize(
    "rule",
    [
        Requirement(
            id="A", layer=Layer.BUSINESS, source="", wording=_TEXT, explanation=_TEXT, remedy=_TEXT
        ),
        NO_ID,
    ],
)
def test_the_mend_of_a_rule(rule: Requirement | Forbidden) -> None:
    with pytest.warns(DeprecationWarning, match="use remedy"):
        assert rule.mend == rule.remedy


def test_the_sentence_of_a_change() -> None:
    change = Change(path="appointment.status", kind=Kind.CHANGED)
    with pytest.warns(DeprecationWarning, match="use describe"):
        assert change.told() == change.message


def test_the_parts_of_a_line() -> None:
    with pytest.warns(DeprecationWarning, match="use LinePart"):
        assert apd.overview.Said is LinePart
    with pytest.warns(DeprecationWarning, match="use PartKind"):
        assert apd.overview.SaidKind is PartKind
    line = Line("where", "Sted", (LinePart("Sal 3"),))
    with pytest.warns(DeprecationWarning, match="use parts"):
        assert line.said == line.parts


def test_the_templates_of_a_release() -> None:
    release = apd.Release.V1_0
    with pytest.warns(DeprecationWarning, match="use declared_by"):
        assert release.told_by == release.declared_by
    with pytest.warns(DeprecationWarning, match="use is_declared_by"):
        assert release.is_told_by(release.declared_by[0])


def test_the_overlaps_that_are_shown() -> None:
    shown = overview(document(1))
    with pytest.warns(DeprecationWarning, match="use shown_overlaps"):
        assert shown.told_overlaps == shown.shown_overlaps
    one = shown.appointments[0]
    with pytest.warns(DeprecationWarning, match="use shown_overlaps_of"):
        assert shown.told_overlaps_of(one) == shown.shown_overlaps_of(one)
