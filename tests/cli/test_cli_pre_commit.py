"""The hook for pre-commit: what its file says, and that what it names runs."""

import shlex
from typing import Any

import pytest

from tests.places import ROOT

yaml = pytest.importorskip("yaml", reason="PyYAML is not installed: pip install 'dk-apd[test]'")


@pytest.fixture
def hook() -> dict[str, Any]:
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    return hook


def test_what_pre_commit_asks_for(hook) -> None:
    assert hook["id"] == "apd-validate"
    assert hook["types"] == ["xml"]
    assert hook["language"] == "python"
    assert hook["verbose"] is True  # what was left alone is shown where nothing fails, too
    assert hook["additional_dependencies"] == [".[cli]"]  # which has click and rich
    known = {
        *("id", "name", "description", "entry", "language", "types", "additional_dependencies"),
        "verbose",
    }
    assert set(hook) == known


def test_it_runs_with_the_files_of_a_commit(apd_command, hook, documents, tmp_path) -> None:
    program, *arguments = shlex.split(hook["entry"])
    assert program == "apd"
    good = (documents / "home-nurse.xml").read_bytes()
    files = {"good.xml": good, "pom.xml": b"<project/>", "icon.svg": b"<svg/>", "other.xml": b""}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    status, out, err = apd_command(*arguments, "--lang", "en", *files, cwd=tmp_path)
    assert (status, err) == (0, "")
    assert out.splitlines()[:2] == [
        "good.xml: nothing found",
        "Other files, which are not appointment documents: 3",
    ]
    assert "  2  This is not CDA: " in out
    assert "  1  This is an empty file, " in out
    strict = apd_command(*arguments, "--strict", "--lang", "en", *files, cwd=tmp_path)
    assert (strict.status, strict.err) == (1, "")
    assert strict.out.count("[APD-ROOT]") == 2
    (tmp_path / "copy.xml").write_bytes(good)  # the same id: that is not looked at
    assert apd_command(*arguments, "good.xml", "copy.xml", cwd=tmp_path).status == 0
    (tmp_path / "bad.xml").write_bytes(good.replace(b'"DK"', b'"SE"'))
    result = apd_command(*arguments, "--lang", "en", "pom.xml", "bad.xml", cwd=tmp_path)
    assert (result.status, result.err) == (1, "")
    assert result.out.startswith("bad.xml:3: error: ")
