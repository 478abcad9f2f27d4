"""Every refusal of a value in the library reads as a sentence, in Danish and in English.

The refusals are collected from the source: mypy holds that each is made of ``Wording``, so each
text of one stands at the call, in a constant, or at the calls that hand it on.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import apd
from apd.wording import Wording

LIBRARY = Path(apd.__file__).parent
PROBLEMS = {"InvalidValue": 1}
NOUNS = {"wrong_type": 2}
ADVICE = {"InvalidValue": 2, "matches": 1, "_are_some_of": 1, "_Part": 1}
"""Which argument of a call, by its name, is a problem, a noun, what would be right."""
HANDED_ON = {
    ("apd/model/validators.py", "expected"),  # to matches(), whose calls are looked at
    ("apd/model/validators.py", "listed(nouns)"),  # made of the names of types
    ("apd/testing/synthetic/criteria.py", "expected"),
    ("apd/series/rule_text.py", "_PARTS[name].expected"),
    ("apd/series/rule_text.py", "_PARTS['UNTIL'].expected"),
    ("apd/cli/options.py", "error.problem"),  # the same refusal under another name
    ("apd/cli/options.py", "advice or error.expected"),
    ("apd/settings_file.py", "problem.filled(**values)"),  # what stands behind the key
    ("apd/sor/register_table.py", "problem.filled(**values)"),
    ("apd/settings_file.py", "place.names.unknown(name)"),
    ("apd/rules/settings.py", "names.unknown(name)"),
    ("apd/sor/register_table.py", "problem"),
}
"""What is no text, nor the name of one: its texts are looked at where they come from."""

VERBS = Wording(
    da="siger bliver indeholder hører er har skal må kan ligger rummer findes passer "
    "nævner starter står mangler tilhører fremgår giver spørger trækker handler",
    en="becomes contain contains belongs comes is are has have must does cannot holds says "
    "gives names name starts stands deprecates",
)
IMPERATIVES = Wording(
    da="del send læs åbn slet ret skift flyt kald lad kontrollér hent gem "
    "angiv tildel brug skriv vælg dan gør udelad tilføj fjern hold vis se begynd",
    en="spread divide split send read open delete correct change move call let check fetch "
    "use write choose make mark leave add remove stay show see begin "
    "specify assign explain",
)
ENGLISH = re.compile(
    r"\b(the|is|are|a|an|of|and|or|not|no|with|which|that|give|must|has|have|use|one|value|number)\b"
)
A_DATE = re.compile("^(den|on) … ")


class Site(NamedTuple):
    """A text of a refusal: where it stands, as what, and what it says."""

    file: str
    line: int
    part: str
    wording: Wording

    def __str__(self) -> str:
        return f"{self.file}:{self.line}-{self.part}"


def rendered(expression: ast.expr) -> str | None:
    """A text as it will be, with … for what is put into it; None if it is no text."""
    match expression:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=values):
            return "".join(rendered(one) or "…" for one in values)
        case ast.BinOp(left=left):
            return f"{rendered(left) or '…'}…"
    return None


def wordings(module: ast.Module) -> dict[str, ast.Call]:
    """The constants of a module that are wordings."""
    return {
        target.id: node.value
        for node in module.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        for target in node.targets
        if isinstance(target, ast.Name) and ast.unparse(node.value.func) == "Wording"
    }


def texts(expression: ast.expr, constants: dict[str, ast.Call]) -> Iterator[Wording | str]:
    """The wordings that an argument can be; the source of what is none, nor a constant."""
    match expression:
        case ast.Call(func=ast.Name(id="Wording"), args=[da, en]):
            yield Wording(rendered(da) or "", rendered(en) or "")
        case ast.IfExp(body=body, orelse=other):
            yield from texts(body, constants)
            yield from texts(other, constants)
        case ast.Name(id=name) if name in constants:
            yield from texts(constants[name], constants)
        case _:
            yield ast.unparse(expression)


def all_found() -> Iterator[Site | tuple[str, str]]:
    """Every text of a refusal in the library, and what is none in its place."""
    for path in sorted(LIBRARY.rglob("*.py")):
        source = path.read_text("utf-8")
        if not any(f"{name}(" in source for name in ADVICE | NOUNS):
            continue
        module = ast.parse(source)
        constants = wordings(module)
        file = path.relative_to(LIBRARY.parent).as_posix()
        for node in ast.walk(module):
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            for part, wanted in (("problem", PROBLEMS), ("noun", NOUNS), ("advice", ADVICE)):
                if called not in wanted or not isinstance(node, ast.Call):
                    continue
                for argument in node.args[wanted[called] : wanted[called] + 1]:
                    for text in texts(argument, constants):
                        if isinstance(text, str):
                            yield file, text
                        else:
                            yield Site(file, node.lineno, part, text)


def test_every_text_reads_as_a_sentence_and_none_is_missed() -> None:
    found = list(all_found())
    sites = [one for one in found if isinstance(one, Site)]

    assert {one for one in found if not isinstance(one, Site)} == HANDED_ON
    assert len(sites) > 200
    assert not {str(site): wrong for site in sites if (wrong := wrong_in(site))}


def wrong_in(site: Site) -> list[str]:
    """The texts of a refusal that do not read as a sentence."""
    wrong = []
    for text, verbs, imperatives in zip(site.wording, VERBS, IMPERATIVES, strict=True):
        first = A_DATE.sub("", text).split()[0].strip(",:;")
        begins = {"problem": verbs.split(), "advice": [*imperatives.split(), "…"]}
        if (
            text != text.strip()
            or re.search(r"[{}]|%[sd]|\.$", text)
            or first not in begins.get(site.part, [first])
        ):
            wrong.append(text)
    danish = re.sub(r"\w+\([^)]*\)|[\w.]*[A-Z_=][\w.=]*", "", site.wording.da)
    return [*wrong, danish] if ENGLISH.search(danish) else wrong


@pytest.mark.parametrize(
    ("make", "da", "en"),
    [
        (
            lambda: apd.Address(city=17),  # type: ignore[arg-type]
            "Address.city skal være tekst (str), ikke int",
            "Address.city must be text (str), not int",
        ),
        (
            lambda: apd.Patient(id=None),  # type: ignore[arg-type]
            "Patient.id skal være CprNumber eller Identifier, ikke None",
            "Patient.id must be CprNumber or Identifier, not None",
        ),
        (
            lambda: apd.SorCode("x"),
            "SorCode.value har ikke den rigtige form: angiv en SOR-kode på 1 til 18 cifre",
            "SorCode.value does not have the right form: specify a SOR code of 1 to 18 digits",
        ),
    ],
)
def test_it_names_the_field(make: object, da: str, en: str) -> None:
    with pytest.raises(apd.InvalidValue) as caught:
        make()  # type: ignore[operator]
    assert (caught.value.message("da"), str(caught.value)) == (da, en)
