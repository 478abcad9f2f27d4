"""Rows of keys: whatever groups them, the same is found as in the documents themselves."""

from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import apd
from apd.errors import InvalidValue
from apd.rules.cross_document import RULES, SetFinding, without_replaced
from apd.rules.set_keys import GROUP_KEYS
from apd.rules.settings import Settings
from apd.validation import validate_with_keys
from tests import samples
from tests.rules.editing import valid
from tests.rules.series import REPLACED, SETS

KEY, OTHER_KEY = bytes(range(16)), bytes(range(1, 17))
DOCUMENTS = [document for documents, _ in SETS.values() for document in documents] + REPLACED


def rows_of(documents: list[bytes], key: bytes = KEY) -> list[apd.SetKeys]:
    """The rows of those that have one."""
    made = ((number, row_of(one, key)) for number, one in enumerate(documents))
    return [attrs.evolve(row, number=number) for number, row in made if row is not None]


@cache
def row_of(document: bytes, key: bytes) -> apd.SetKeys | None:
    """The row of a document, which many tests put among others."""
    return apd.set_keys(document, key=key)


def found_in(documents: list[bytes]) -> tuple[SetFinding, ...]:
    """What is wrong with documents together; a row has no UUID to make a fingerprint of."""
    return tuple(
        attrs.evolve(one, finding=attrs.evolve(one.finding, fingerprint=""))
        for one in apd.validate_all(documents).findings
    )


@pytest.mark.parametrize("documents", [documents for documents, _ in SETS.values()], ids=list(SETS))
def test_rows_say_what_documents_do(documents) -> None:
    found = apd.findings_by_key(rows_of(documents))
    assert tuple(found) == found_in(documents)
    assert found


@settings(max_examples=max(1, settings.default.max_examples // 2))  # it validates whole sets
@given(st.permutations([*DOCUMENTS, b"<a>", b"<a/>"]), st.randoms())
def test_groups_say_what_the_whole_set_does(documents, random) -> None:
    """Grouped by each key in turn, in any order of the groups and of the rows in them."""
    rows = without_replaced(rows_of(documents))
    found = []
    for key in GROUP_KEYS:
        groups: dict[bytes, list[apd.SetKeys]] = {}
        for row in random.sample(rows, len(rows)):
            groups.setdefault(getattr(row, key), []).append(row)
        groups.pop(None, None)
        found += [one for group in groups.values() for one in apd.findings_by_key(group, key)]
    expected = found_in(documents)
    assert sorted(found, key=repr) == sorted(expected, key=repr)


def test_every_rule_over_a_set_is_judged_by_one_key() -> None:
    documents = [*DOCUMENTS, *DOCUMENTS]
    found = [
        {one.finding.rule for one in apd.findings_by_key(rows_of(documents), key)}
        for key in GROUP_KEYS
    ]
    assert sorted(rule for rules in found for rule in rules) == sorted(rule.id for rule in RULES)


def test_another_key_gives_other_rows() -> None:
    row, other = (rows_of([valid()], key)[0] for key in (KEY, OTHER_KEY))
    digests = {name: value for name, value in attrs.asdict(row).items() if isinstance(value, bytes)}
    assert len(digests) > 4
    assert not set(digests.values()) & {getattr(other, name) for name in digests}


@pytest.mark.parametrize("key", [None, "a text of sixteen", b"", bytes(15), bytes(65)])
def test_a_key_is_needed(key) -> None:
    with pytest.raises(InvalidValue, match="16 to 64 secret bytes"):
        apd.set_keys(valid(), key=key)
    with pytest.raises(TypeError):
        apd.set_keys(valid())


def test_a_row_is_flat_and_not_personal() -> None:
    (row,) = rows_of([valid()])
    values = attrs.asdict(row)
    assert {type(value) for value in values.values()} <= {int, bool, bytes, tuple, type(None)}
    assert apd.SetKeys(**{**values, "replaces": list(values["replaces"])}) == row
    assert samples.CPR not in repr(row)


def test_what_is_no_document_has_no_row() -> None:
    assert apd.set_keys(b"<a>", key=KEY) is None
    assert apd.set_keys(b"<a/>", key=KEY) is None


def test_documents_of_the_model_have_rows() -> None:
    data = valid()
    assert apd.set_keys(apd.loads(data), key=KEY) == apd.set_keys(data, key=KEY)


def test_a_row_has_the_number_it_is_given() -> None:
    row = apd.set_keys(valid(), key=KEY, number=7)
    assert row == attrs.evolve(row_of(valid(), KEY), number=7)


def test_a_key_that_is_none() -> None:
    with pytest.raises(InvalidValue, match="document_id, appointment_id"):
        apd.findings_by_key([], "reason")


def test_settings_and_language() -> None:
    documents, _ = SETS["SET-SERIES-PATIENT"]
    rows = rows_of(documents)
    settings = Settings(severities={"SET-SERIES-PATIENT": "information"})
    (found,) = apd.findings_by_key(rows, "repetition_id", settings=settings, language="da")
    assert found.finding.severity == "information"
    assert found.finding.message.startswith("Aftaler med det samme repetitions-id")
    off = Settings(off=["SET-SERIES-PATIENT"])
    assert apd.findings_by_key(rows, "repetition_id", settings=off) == ()


def test_the_same_in_several_processes() -> None:
    documents = [*DOCUMENTS[:3], b"<a>"]
    work = partial(validate_with_keys, key=KEY)
    with ProcessPoolExecutor(2) as pool:
        assert list(pool.map(work, documents)) == list(map(work, documents))
