"""The operators change what they say, and the table of the sample is true of the tree."""

import pytest

from tests.mutation.operators import mutants
from tests.mutation.sample import Matter, all_mutants, equivalent, matters
from tests.places import ROOT, needs_clone


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a < b", ["(a <= b)"]),
        ("a is None", ["(a is not None)"]),
        ("a not in b", ["(a in b)"]),
        ("a and b", ["(a or b)"]),
        ("not a", ["a"]),
        ("a + b", ["(a - b)"]),
        ("a + 'b'", ["a + 'XXb'"]),
        ("x = 3", ["x = 4"]),
        ("x = True", ["x = False"]),
        ("x = b''", ["x = b'XX'"]),
        ("x = any(y)", ["x = all(y)"]),
        ("x = f(1, a=b)", ["x = (f(1))", "x = f(2, a=b)"]),
        ("x = a if b else c", ["x = a if (not b) else c"]),
        ("x = [a for a in b if a]", ["x = [a for a in b if (not a)]"]),
        ("def f():\n    return a", ["def f():\n    return None"]),
        ("while a:\n    continue", ["while (not a):\n    continue", "while a:\n    pass"]),
        ("f()", ["pass"]),
        ("x = 'æ' + y\nz = 1", ["x = 'XXæ' + y\nz = 1", "x = 'æ' + y\nz = 2"]),
        # what people read, and what says of what type something is
        ("'A docstring.'", []),
        ("x = Wording('da', 'en')", []),
        ("x = f'{a} b'", []),
        ("x: 'A'", []),
        ("__all__ = ['a']", []),
        ("if __name__ == '__main__':\n    f()", []),
        ("@cache(maxsize=1)\ndef f(): ...", []),
    ],
)
def test_the_mutants_of(source: str, expected: list[str]) -> None:
    data = source.encode()

    assert [mutant.of(data).decode() for mutant in mutants(data)] == expected


def test_a_mutant_keeps_its_id_when_other_code_changes() -> None:
    (mutant,) = mutants(b"z = a < b")
    moved = {one.id for one in mutants(b"x = 1\nif x:\n    y = 2\nz = a  <  b")}
    (inside,) = mutants(b"def f(): z = a < b")
    (beside,) = mutants(b"y = a < b")

    assert mutant.id in moved
    assert len({mutant.id, inside.id, beside.id}) == 3


def test_ids_tell_mutants_apart() -> None:
    source = b"def f(): return a < b or a < b\ndef g(): return a < b or a < b"

    assert len({mutant.id for mutant in mutants(source)}) == len(list(mutants(source))) == 8


@needs_clone
@pytest.mark.parametrize("matter", matters(), ids=lambda matter: matter.name)
def test_the_table_names_what_there_is(matter: Matter) -> None:
    for pattern in (*matter.modules, *matter.tests):
        assert list(ROOT.glob(pattern)), pattern


@needs_clone
def test_no_module_is_of_two_matters() -> None:
    paths = [path for matter in matters() for path in matter.paths()]
    assert len(paths) == len(set(paths))


@needs_clone
def test_what_is_called_equivalent_is_a_mutant() -> None:
    assert equivalent().keys() <= {chosen.mutant.id for chosen in all_mutants()}
    assert all(equivalent().values())
