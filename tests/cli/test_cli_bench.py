"""What generated documents must bring, and what of it a validator has seen."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from apd.jsonform import JsonError
from apd.testing import bench
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


def test_the_manifest_says_what_is_found(generated: Path) -> None:
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
    "another form": ({"format_version": 2}, r"\$\.format_version is another form"),
    "an unknown release": ({"release": "3.0"}, r"\$\.release is not one of the allowed values"),
    "a misspelt key": ({"sead": 1}, 'has the unknown key "sead": did you mean "seed"'),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_manifest(case: str) -> None:
    changes, told = REFUSED[case]
    assert bench.read_manifest(json.dumps(WHOLE)).cases == ()
    with pytest.raises(JsonError, match=told):
        bench.read_manifest(json.dumps({**WHOLE, **changes}))


# The JSON Schemas ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "classes"), [("manifest.schema.json", ("Manifest", "Case", "BrokenRule"))]
)
def test_the_schema_that_is_kept_is_what_is_made(name: str, classes: tuple[str, ...]) -> None:
    kept = (ROOT / "docs" / name).read_text("utf-8")
    assert files()[name] == kept
    schema = json.loads(kept)
    Draft202012Validator.check_schema(schema)
    for one in classes:
        for key, value in schema["$defs"][one]["properties"].items():
            assert value["description"], f"{one}.{key}"


def test_what_is_written_is_of_the_schema(generated: Path) -> None:
    schema = json.loads((ROOT / "docs" / "manifest.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(json.loads((generated / "wrong.json").read_text("utf-8")))
