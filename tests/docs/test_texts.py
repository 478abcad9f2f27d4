"""No text is in the language of the other."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from tests.places import ROOT, needs_clone

_GENERATOR = ROOT / "docs" / "generators" / "texts.py"
_ENGLISH = {
    "the",
    "and",
    "is",
    "are",
    "with",
    "not",
    "must",
    "which",
    "cannot",
    "has",
    "was",
    "were",
    "given",
    "without",
    "where",
}
_DANISH = {
    "og",
    "er",
    "ikke",
    "eller",
    "skal",
    "med",
    "det",
    "den",
    "af",
    "kan",
    "har",
    "uden",
    "angiv",
    "hvor",
    "som",
}
# what is quoted, and options, are not of a language
_NOT_WORDS = re.compile(r"\"[^\"]*\"|'[^']*'|--[\w-]+|<[^>]*>")
_OTHER_VERBS = re.compile(
    r"(?:^|[.;:,] (?:or |and |eller |og )?)"
    r"(?:give|state|enter|provide|supply|tell|mend|giv|oplys|indtast|meddel) ",
    re.IGNORECASE | re.MULTILINE,
)


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    """The module that lists the texts."""
    spec = importlib.util.spec_from_file_location("texts", _GENERATOR)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", _NOT_WORDS.sub(" ", text).lower()))


@needs_clone
def test_no_text_has_words_of_the_other_language(generator: ModuleType) -> None:
    texts = list(generator.texts())
    assert len(texts) > 1000
    assert [text for text in texts if _words(text.da) & _ENGLISH] == []
    assert [text for text in texts if _words(text.en) & _DANISH] == []


@needs_clone
def test_both_texts_are_given(generator: ModuleType) -> None:
    assert [text for text in generator.texts() if bool(text.da) is not bool(text.en)] == []


@needs_clone
def test_a_value_is_asked_for_with_one_verb(generator: ModuleType) -> None:
    """Values are specified (*angiv*), ids assigned (*tildel*), quotations written (*skriv*)."""
    texts = generator.texts()
    assert [text for text in texts if _OTHER_VERBS.search(f"{text.da}\n{text.en}")] == []


def test_where_a_text_stands(generator: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text('\nA = Wording("én", f"one {x}")\n', "utf-8")
    folder = tmp_path.name
    assert list(generator.texts(tmp_path)) == [(f"{folder}/a.py:2", "én", "one {…}")]
