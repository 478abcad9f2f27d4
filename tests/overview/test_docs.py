"""The page for a viewer's developer tells of all that there is."""

import re

from apd import overview
from tests.places import ROOT

PAGE = (ROOT / "docs" / "showing.md").read_text("utf-8")
CODE = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


def test_the_keys_of_the_data_are_documented(monkeypatch) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    exec("\n".join([*CODE[:1], "data = overview.as_data(shown)"]), names)
    table = PAGE[PAGE.index("| key | what it holds |") :]
    reported = set(re.findall(r"`([a-z_]+)`", table))
    data = names["data"]
    for keys in (data, data["appointments"][0], data["weeks"][0], data["weeks"][0]["days"][0]):
        assert set(keys) <= reported


def test_the_page_names_what_is_public() -> None:
    for name in ("make_overview", "lift_block", "without_address", "address_traces", "as_data"):
        assert name in PAGE
        assert name in overview.__all__
