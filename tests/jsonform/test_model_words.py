"""The form has its own words, in both languages, for whatever the model refuses."""

import ast
from collections.abc import Iterator
from pathlib import Path

from apd.errors import InvalidValue
from apd.jsonform.model_words import in_words_of_the_form
from apd.model import checks

MODEL = Path(checks.__file__).parent
NOT_FROM_JSON = {
    "make it with local_time(), or give a tzinfo",  # every time of the form has an offset
    "the clock is set forward in that hour, choose another time",  # an offset names the moment
    "give a text (str)",
    "give a datetime with a zone, see local_time()",
    "give a date or None",
}
"""What is expected where the reader has refused the value before the model sees it."""


def calls(name: str) -> Iterator[list[ast.expr]]:
    """The arguments of every call of a function in the model."""
    for path in sorted(MODEL.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name:
                yield node.args


def constants(expressions: list[ast.expr]) -> list[str]:
    """The texts among arguments."""
    return [
        one.value
        for one in expressions
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    ]


def refusals() -> list[tuple[str, str]]:
    """What is wrong and what would be right, of every refusal whose words are fixed."""
    said = [tuple(constants(arguments[1:])) for arguments in calls("InvalidValue")]
    fixed = [(words[0], words[1]) for words in said if len(words) == 2]
    forms = [constants(arguments)[-1:] for arguments in calls("matches")]
    return fixed + [("does not have the right form", form) for (form,) in forms]


def test_every_refusal_of_the_model_has_words() -> None:
    found = [words for words in refusals() if words[1] not in NOT_FROM_JSON]
    assert len(found) > 15
    for problem, expected in found:
        wording = in_words_of_the_form(InvalidValue("Class.field", problem, expected))
        assert wording.da != wording.en, problem
        for python in ("None", "True", "()", "(str)"):
            assert python not in wording.en


def test_what_has_none_is_said_as_the_model_says_it() -> None:
    wording = in_words_of_the_form(InvalidValue("Class.field", "is new", "give another"))
    assert wording == ("is new: give another", "is new: give another")
