"""What generated documents must bring, and what of it a validator has seen."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from apd.jsonform import JsonError
from apd.testing import bench
from apd.testing.bench import verdicts
from apd.testing.bench.names import Files
from apd.testing.defects import defects, is_of_set
from docs.generators.schemas import files
from tests.cli.inside import Apd, documents_in
from tests.places import ROOT

# generated once, as the command writes them


@pytest.fixture(scope="module")
def generated(apd_command: Apd, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with ``wrong``, a document for each rule and one without a flaw, and more.

    ``wrong.json`` is their manifest, ``ours.jsonl`` what ``apd validate`` says of them.
    """
    place = tmp_path_factory.mktemp("bench")
    order = ("--defect", "none", "--defect", "all", "--out", "wrong", "--manifest", "wrong.json")
    assert apd_command("generate", *order, cwd=place).status == 0
    report = apd_command("validate", "--no-set", "--format", "json", "wrong", cwd=place).out
    for folder in sorted((place / "wrong").glob("SET-*")):
        given = ("--set", "--format", "json", folder.relative_to(place))
        report += apd_command("validate", *given, cwd=place).out
    (place / "ours.jsonl").write_text(report, "utf-8")
    return place


# The manifest --------------------------------------------------------------------------------


def test_the_manifest_states_what_is_found(generated: Path) -> None:
    """Of every document, neither less nor more: the rules, their clauses, what they weigh."""
    manifest = bench.read_manifest((generated / "wrong.json").read_bytes())
    found: dict[str, set[tuple[str, tuple[str, ...], str]]] = {}
    for line in documents_in((generated / "ours.jsonl").read_bytes()):
        for file in (line["file"], *line["others"]):
            found.setdefault(file, set()).update(
                (one["rule"], tuple(one["conformance"]), one["severity"])
                for one in line["findings"]
            )
    for case in manifest.cases:
        stated = [] if case.broken is None else [case.broken, *case.entailed]
        expected = {(one.rule, one.conformance, one.severity.value) for one in stated}
        assert set.union(*(found.pop(f"wrong/{file}") for file in case.files)) == expected, case
    assert found == {}
    assert [case.broken and case.broken.rule for case in manifest.cases] == [None, *defects()]
    assert any(case.entailed for case in manifest.cases)


def test_a_set_is_one_case(generated: Path) -> None:
    manifest = bench.read_manifest((generated / "wrong.json").read_bytes())
    several = [case for case in manifest.cases if len(case.files) > 1]
    rules = [case.broken.rule for case in several if case.broken is not None]
    assert rules == [rule for rule in defects() if is_of_set(rule)]


def test_a_manifest_follows_from_the_order(apd_command: Apd, tmp_path: Path) -> None:
    """The same for several processes, and for work that is taken up."""
    order = ("--defect", "br-home", "--defect", "SET-OVERLAP", "--count", 3, "--seed", 4)
    ways = {"a": (), "b": ("--jobs", 2), "c": ("--resume",)}
    for name, way in ways.items():
        given = (*order, "--out", "a" if way == ("--resume",) else name, *way)
        assert apd_command("generate", *given, "--manifest", f"{name}.json", cwd=tmp_path)[0] == 0
    made = [(tmp_path / f"{name}.json").read_bytes() for name in ways]
    assert made[0] == made[1] == made[2]
    manifest = bench.read_manifest(made[0])
    assert (manifest.seed, manifest.release.name, len(manifest.cases)) == (4, "2.0.1", 6)
    assert [case.number for case in manifest.cases] == [1, 2, 3] * 2


@pytest.mark.parametrize("more", [["--release", "1.1"], ["--release", "1.1", "--defect", "none"]])
def test_only_documents_of_2_0_1_are_in_it(apd_command: Apd, tmp_path: Path, more: Any) -> None:
    given = ("generate", "--out", "out", "--manifest", "m.json", "--lang", "en", *more)
    refused = apd_command(*given, cwd=tmp_path)
    assert (refused.status, [*tmp_path.iterdir()]) == (2, [])
    assert "--manifest goes with documents of 2.0.1" in refused.err


def test_a_manifest_that_cannot_be_written(apd_command: Apd, tmp_path: Path) -> None:
    given = ("generate", "--out", "out", "--manifest", "nowhere/m.json", "--lang", "en")
    refused = apd_command(*given, cwd=tmp_path)
    assert (refused.status, refused.out) == (2, "")
    assert refused.err.startswith("apd: cannot write nowhere/m.json: ")


WHOLE = {"format_version": 1, "tool_version": "0.1.0", "seed": 1, "release": "2.0.1", "cases": []}
REFUSED = {
    "no list": ({"cases": {}}, r"\$\.cases is an object"),
    "another version": ({"format_version": 2}, r"\$\.format_version has another version"),
    "an unknown release": ({"release": "3.0"}, r"\$\.release is not one of the allowed values"),
    "a misspelt key": ({"sead": 1}, 'has the unknown key "sead": did you mean "seed"'),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_manifest(case: str) -> None:
    changes, reported = REFUSED[case]
    assert bench.read_manifest(json.dumps(WHOLE)).cases == ()
    with pytest.raises(JsonError, match=reported):
        bench.read_manifest(json.dumps({**WHOLE, **changes}))


# The JSON Schemas ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["manifest.schema.json", "verdict.schema.json"])
def test_the_schema_that_is_kept_is_what_is_made(name: str) -> None:
    kept = (ROOT / "docs" / name).read_text("utf-8")
    assert files()[name] == kept
    schema = json.loads(kept)
    Draft202012Validator.check_schema(schema)
    for one in schema.get("$defs", {"": schema}).values():
        for key, value in one["properties"].items():
            assert value["description"], key


def test_what_is_written_is_of_the_schema(generated: Path) -> None:
    schema = json.loads((ROOT / "docs" / "manifest.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(json.loads((generated / "wrong.json").read_text("utf-8")))


# A score -------------------------------------------------------------------------------------

OFF = ("BR-HOME", "CONF-DK-APD:b962", "XSD-ELEMENT")


@pytest.fixture
def score(apd_command: Apd, generated: Path, tmp_path: Path) -> Callable[..., Any]:
    """Calls ``apd bench score`` for verdicts, as JSON; gives the status and what was said."""

    def call(*verdicts: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        path = tmp_path / "verdicts.jsonl"
        path.write_text("".join(f"{json.dumps(one)}\n" for one in verdicts), "utf-8")
        done = apd_command("bench", "score", "wrong.json", path, "--json", cwd=generated)
        assert (done.status < 2, done.err) == (True, "")
        return done.status, json.loads(done.out)

    return call


def row(content: dict[str, Any], rule: str | None) -> dict[str, int]:
    """What is counted of a rule."""
    (found,) = (one for one in content["rules"] if one["rule"] == rule)
    return {key: value for key, value in found.items() if isinstance(value, int) and value}


def test_our_own_validator_sees_everything_and_nothing_else(
    apd_command: Apd, generated: Path
) -> None:
    done = apd_command("bench", "score", "wrong.json", "ours.jsonl", "--lang", "en", cwd=generated)
    assert (done.status, done.err) == (0, "")
    total = len(defects())
    assert done.out.splitlines()[:3] == [
        f"Cases           {total + 1}",
        f"Seen            {total}",
        "Missed          0",
    ]
    assert "Requirement" not in done.out  # nothing to remark


def test_three_rules_switched_off_are_exactly_those_that_are_missed(
    apd_command: Apd, generated: Path
) -> None:
    off = [argument for rule in OFF for argument in ("--off", rule)]
    report = apd_command("validate", "--no-set", "--format", "json", *off, "wrong", cwd=generated)
    sets = [
        line
        for line in documents_in((generated / "ours.jsonl").read_bytes())
        if "/SET-" in line["file"]
    ]
    kept = report.out + "".join(f"{json.dumps(line)}\n" for line in sets)
    (generated / "three.jsonl").write_text(kept, "utf-8")
    done = apd_command("bench", "score", "wrong.json", "three.jsonl", "--json", cwd=generated)
    assert done.status == 1
    rules = json.loads(done.out)["rules"]
    assert {one["rule"] for one in rules if one["missed"]} == set(OFF)
    assert not any(one["false_alarms"] or one["unjudged"] for one in rules)
    (home,) = (one for one in rules if one["rule"] == "BR-HOME")
    assert home["missed_in"] == ["BR-HOME-0000001.xml"]


def test_a_clause_is_as_good_as_a_rule(score: Any) -> None:
    """Wholly or its last part, in any case, and with a hyphen as in a file's name."""
    for name in ("conf-dk-apd:b962", "B962", "CONF-DK-APD-b962"):
        status, content = score({"file": "x/wrong/CONF-DK-APD-b962-0000001.xml", "rules": [name]})
        assert (status, row(content, "CONF-DK-APD:b962")) == (1, {"seen": 1})
        assert row(content, "BR-HOME") == {"unjudged": 1}


def test_what_is_entailed_may_be_named_and_need_not_be(score: Any) -> None:
    file = "CONF-DK-APD-b962-0000001.xml"
    _, content = score({"file": file, "valid": False, "rules": ["XSD-ELEMENT"]})
    assert row(content, "CONF-DK-APD:b962") == {"missed": 1, "refused": 1}
    assert row(content, "XSD-ELEMENT") == {"unjudged": 1}


def test_a_false_alarm(score: Any) -> None:
    flawless = "0000001-region-type2-elsewhere.xml"
    _, content = score(
        {"file": flawless, "rules": ["BR-HOME", "their-own-17"]},
        {"file": "BR-HOME-0000001.xml", "rules": ["BR-HOME", "b962"]},
        {"file": "BR-4-0000001.xml", "others": [flawless], "rules": ["SET-OVERLAP"]},
        {"file": "elsewhere.xml", "valid": True},
    )
    assert row(content, "BR-HOME") == {"seen": 1, "false_alarms": 1}
    assert row(content, "CONF-DK-APD:b962") == {"unjudged": 1, "false_alarms": 1}
    assert (content["unknown_names"], content["foreign"]) == (1, 2)


def test_a_validator_that_names_no_rule(score: Any) -> None:
    """It sees what it refuses; of what is no error nothing can be told."""
    _, content = score(
        {"file": "0000001-region-type2-elsewhere.xml", "valid": False},
        {"file": "XSD-ELEMENT-0000001.xml", "valid": False},
        {"file": "CONF-DK-APD-b962-0000001.xml", "valid": True},
        {"file": "XML-ENCODING-JAVA-0000001.xml", "valid": False},
        {"file": "BR-4-0000001.xml"},
    )
    assert row(content, None) == {"false_alarms": 1}
    assert row(content, "XSD-ELEMENT") == {"seen": 1}
    assert row(content, "CONF-DK-APD:b962") == {"missed": 1}
    assert row(content, "XML-ENCODING-JAVA") == row(content, "BR-4") == {"unjudged": 1}


def test_the_page(apd_command: Apd, generated: Path) -> None:
    """All rules are on the page; nothing in it is loaded or run."""
    given = ("bench", "score", "wrong.json", "ours.jsonl")
    done = apd_command(*given, "--format", "html", "-o", "page.html", cwd=generated)
    assert done == (0, "", "")
    page = (generated / "page.html").read_text("utf-8")
    assert page.startswith('<!DOCTYPE html>\n<html lang="da">')
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert all(rule in page for rule in defects())
    assert "<title>Hvad en validator har set</title>" in page


# Two validators ------------------------------------------------------------------------------


def test_two_validators(apd_command: Apd, tmp_path: Path) -> None:
    first = [
        {"file": "in/a.xml", "valid": False, "rules": ["b962", "BR-HOME"]},
        {"file": "in/b.xml", "valid": True, "rules": []},
        {"file": "in/c.xml", "valid": True},
    ]
    second = [
        {"file": "/there/in/a.xml", "valid": False, "rules": ["CONF-DK-APD:b962"]},
        {"file": "/there/in/b.xml", "valid": False, "rules": ["theirs 0101010101"]},
    ]
    for name, content in (("1.jsonl", first), ("2.jsonl", second)):
        (tmp_path / name).write_text("\n".join(map(json.dumps, content)), "utf-8")
    done = apd_command("bench", "compare", "1.jsonl", "2.jsonl", "--json", cwd=tmp_path)
    found = json.loads(done.out)
    assert (done.status, found["documents"], found["first_alone"]) == (1, 2, 1)
    assert (found["refused_by_first"], found["refused_by_second"]) == ([], ["in/b.xml"])
    assert [tuple(one.values()) for one in found["rules"]] == [
        ("BR-HOME", 0, 1, 0),
        ("theirs 010101-****", 0, 0, 1),
        ("CONF-DK-APD:b962", 1, 0, 0),
    ]
    done = apd_command("bench", "compare", "1.jsonl", "1.jsonl", "--lang", "en", cwd=tmp_path)
    assert done.status == 0
    assert done.out.startswith("Documents                   3\n")


# Scorecards ----------------------------------------------------------------------------------


def test_a_scorecard_by_vendor_and_by_folder(apd_command: Apd, tmp_path: Path) -> None:
    content = [
        {"file": "in/north/a.xml", "valid": True, "rules": []},
        {"file": "in/north/new/b.xml", "valid": False, "rules": ["b962", "BR-HOME"]},
        {"file": "in/south/c.xml", "valid": True, "rules": ["BR-HOME"]},
        {"file": "in/south/c.xml", "others": ["in/north/a.xml"], "rules": ["SET-OVERLAP"]},
        {"file": "in/south/d.xml"},
    ]
    (tmp_path / "v.jsonl").write_text("\n".join(map(json.dumps, content)), "utf-8")
    done = apd_command("bench", "scorecard", "v.jsonl", "--lang", "en", cwd=tmp_path)
    assert done.status == 0
    assert done.out.splitlines()[-3:] == [
        "Folder  Documents  Clean  With errors  Not judged  Broken most often",
        "north   2                 1                        "
        "BR-HOME (1), CONF-DK-APD:b962 (1), SET-OVERLAP (1)",
        "south   2                              1           BR-HOME (1), SET-OVERLAP (1)",
    ]
    given = ("bench", "scorecard", "v.jsonl", "--by", "folder", "--format")
    cards = json.loads(apd_command(*given, "json", cwd=tmp_path).out)["folders"]
    assert [one["folder"] for one in cards] == ["north", "north/new", "south"]
    assert "north/new" in apd_command(*given, "html", cwd=tmp_path).out


# Verdicts of other validators ----------------------------------------------------------------

SVRL = """<svrl:schematron-output xmlns:svrl="http://purl.oclc.org/dsdl/svrl">
<svrl:fired-rule context="/"/>{}</svrl:schematron-output>"""
TEXT = "<svrl:text>[CONF-DK-APD:b962] typeId</svrl:text>"
CLAUSE = f'<svrl:failed-assert id="a1">{TEXT}</svrl:failed-assert>'
FAILED: dict[str, tuple[bool, list[str]]] = {
    "": (True, []),
    CLAUSE: (False, ["CONF-DK-APD:b962"]),
    '<svrl:failed-assert id="CONF-DK-19"><svrl:text>x</svrl:text></svrl:failed-assert>': (
        False,
        ["CONF-DK-19"],
    ),
    '<svrl:failed-assert id="their-1"><svrl:text/></svrl:failed-assert>': (False, ["their-1"]),
    "<svrl:failed-assert/>": (False, []),
    '<svrl:successful-report role="WARNING" id="w"/>': (True, ["w"]),
    f'<svrl:failed-assert flag="info" id="w"/>{CLAUSE}': (False, ["w", "CONF-DK-APD:b962"]),
}


@pytest.mark.parametrize("failed", FAILED)
def test_a_schematron(failed: str) -> None:
    verdict = bench.svrl_verdict(SVRL.format(failed).encode(), "a.xml")
    valid, rules = FAILED[failed]
    assert verdict == bench.Verdict(file="a.xml", valid=valid, rules=rules)


def test_a_folder_of_svrl(apd_command: Apd, tmp_path: Path) -> None:
    (tmp_path / "out" / "s").mkdir(parents=True)
    for name in ("a.svrl", "b.xml.svrl", "s/1.svrl.xml"):
        (tmp_path / "out" / name).write_text(SVRL.format(CLAUSE), "utf-8")
    done = apd_command("bench", "verdicts", "svrl", "out", cwd=tmp_path)
    assert [json.loads(line) for line in done.out.splitlines()] == [
        {"file": f"out/{name}", "valid": False, "rules": ["CONF-DK-APD:b962"]}
        for name in ("a.xml", "b.xml", "s/1.xml")
    ]


def test_an_xsd_alone(apd_command: Apd, tmp_path: Path) -> None:
    (tmp_path / "output.txt").write_text(
        "in/a.xml validates\n"
        "in/b.xml:4: element x: Schemas validity error : Element 'x': This is not expected.\n"
        "in/b.xml fails to validate\n"
        "in/c d.xml:1: parser error : Start tag expected, '<' not found\n"
        "\n^\n",
        "utf-8",
    )
    done = apd_command("bench", "verdicts", "xmllint", "output.txt", "-o", "v.jsonl", cwd=tmp_path)
    assert done == (0, "", "")
    written = (tmp_path / "v.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line) for line in written] == [
        {"file": "in/a.xml", "valid": True, "rules": None},
        {"file": "in/b.xml", "valid": False, "rules": None},
        {"file": "in/c d.xml", "valid": False, "rules": None},
    ]


# What cannot be used -------------------------------------------------------------------------

WRONG = {
    "no such file": ("score wrong.json nowhere.jsonl", "nowhere.jsonl: There is no such file."),
    "no manifest": ("score ours.jsonl ours.jsonl", "ours.jsonl: $ is not JSON"),
    "no verdict": ("score wrong.json wrong.json", "wrong.json: 1:$ is not JSON"),
    "a list": ("score wrong.json list.jsonl", "list.jsonl: 2:$ is a list: specify an object"),
    "a misspelt key": ("score wrong.json key.jsonl", 'did you mean "valid"?'),
    "a report of something": ("scorecard report.jsonl", "report.jsonl: 1:$ is not a line as apd"),
    "other files": ("score wrong.json other.jsonl", "are not about files of the manifest"),
    "no document of both": ("compare ours.jsonl other.jsonl", "must be about the same documents"),
    "a folder without SVRL": ("verdicts svrl empty", "empty: holds no files that end with .svrl"),
    "other XML": ("verdicts svrl other.svrl", "other.svrl: is not SVRL"),
    "no XML": ("verdicts svrl list.jsonl", "list.jsonl: "),
    "no such command": ("scores", "no such command 'scores'"),
}
FILES = {
    "list.jsonl": '{"file": "a"}\n[]\n',
    "key.jsonl": '{"file": "a", "vallid": true}\n',
    "report.jsonl": '{"file": "a", "findings": [{}], "checked": true, "others": []}\n',
    "other.jsonl": '\n{"type": "header"}\n{"file": "elsewhere.xml", "valid": true}\n',
    "other.svrl": "<a/>",
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_reported(apd_command: Apd, generated: Path, case: str) -> None:
    for name, text in FILES.items():
        (generated / name).write_text(text, "utf-8")
    (generated / "empty").mkdir(exist_ok=True)
    line, reported = WRONG[case]
    done = apd_command("bench", *line.split(), "--lang", "en", cwd=generated)
    assert (done.status, done.out) == (2, "")
    assert reported in done.err
    assert done.err.count("\n") == 1


def test_a_line_that_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verdicts, "MAX_JSON_BYTES", 30)
    assert [*verdicts.bounded_lines(io.BytesIO(b"{}\n" * 3))] == [b"{}\n"] * 3
    with pytest.raises(JsonError, match=r"2:\$ is too large"):
        [*verdicts.bounded_lines(io.BytesIO(b"{}\n" + b" " * 40))]


def test_too_many_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verdicts, "MAX_VERDICTS", 2)
    with pytest.raises(JsonError, match=r"3:\$ has more than"):
        [*bench.read_verdicts([b'{"file": "a.xml"}'] * 3)]


def test_files_are_known_by_the_ends_of_their_names() -> None:
    files = Files((name, name) for name in ("a/1.xml", "b/1.xml", "b/2.xml"))
    found = {
        "a/1.xml": "a/1.xml",
        "/there/a/1.xml": "a/1.xml",
        "C:\\there\\b\\1.xml": "b/1.xml",
        "./2.xml": "b/2.xml",
        "1.xml": None,  # of two
        "c/2.xml": None,
        "": None,
    }
    assert {name: files.find(name) for name in found} == found


def test_the_help_names_the_commands(apd_command: Apd) -> None:
    shown = apd_command("bench", "--lang", "en")
    assert shown == apd_command("bench", "--help", "--lang", "en")
    assert all(f"\n  {name} " in shown.out for name in ("score", "compare", "scorecard"))
