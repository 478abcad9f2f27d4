"""The cases of the conformance kit: 3,000 documents with all kinds of small flaws."""

import importlib.util
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest

import apd
from tests.cda.comparison import assert_same
from tests.places import EXAMPLES, KIT, needs_kit

pytestmark = [pytest.mark.slow, needs_kit]

_CASES = KIT / "cases.jsonl"


@cache
def _cases() -> dict[str, list[dict[str, Any]]]:
    """The cases, by the example they are made of."""
    cases: dict[str, list[dict[str, Any]]] = {}
    if _CASES.is_file():
        with _CASES.open(encoding="utf-8") as lines:
            for line in lines:
                case = json.loads(line)
                cases.setdefault(case["base"], []).append(case)
    return cases


@pytest.fixture(scope="module")
def apply() -> Callable[[bytes, list[Any]], bytes]:
    """What makes a case of an example: the kit's own."""
    spec = importlib.util.spec_from_file_location("mutate", KIT / "mutate.py")
    assert spec is not None
    assert spec.loader is not None
    mutate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(mutate)
    return cast("Callable[[bytes, list[Any]], bytes]", mutate.apply)


@pytest.mark.parametrize("base", sorted(_cases()))
def test_what_is_written_states_what_was_read(
    base: str, apply: Callable[[bytes, list[Any]], bytes]
) -> None:
    """Each is read and written back whole, or refused with a finding."""
    original = Path(EXAMPLES / base).read_bytes()
    wrong: list[str] = []
    for case in _cases()[base]:
        data = apply(original, case["ops"])
        try:
            document = apd.loads(data)
        except apd.ParseError as error:
            if not error.findings:
                wrong.append(f"{case['id']}: refused without a word")
            continue
        if document.release != "2.0.1":
            continue
        try:
            assert_same(apd.dumps(document, check=False), data, any_order=not case["schema"])
        except AssertionError as error:
            wrong.append(f"{case['id']}: {error}")
    assert not wrong, "\n\n".join(wrong[:5])


def test_there_are_cases() -> None:
    assert sum(map(len, _cases().values())) == 3000
