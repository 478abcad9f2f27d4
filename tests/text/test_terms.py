"""The tables of texts: both languages take the same values, and no text stands in two of them."""

import re
from collections import Counter

import pytest

from apd.cli.views import agenda, labels
from apd.text import change, overview, page, reports, terms
from apd.wording import Wording

TABLES = {
    "terms": terms.TERMS,
    "overview": overview._TEXTS,
    "page": page._TEXTS,
    "change": change.TEXTS,
    "reports": {key: text for key, text in reports._WORDS.items() if text is not reports.LINE},
    "labels": labels._TEXTS,
    "agenda": agenda._TEXTS,
}


@pytest.mark.parametrize("table", TABLES)
def test_both_languages_take_the_same_values(table: str) -> None:
    for key, wording in TABLES[table].items():
        in_danish, in_english = (Counter(re.findall(r"\{\w+\}", text)) for text in wording)
        assert in_danish == in_english, key


def test_no_text_stands_in_two_tables() -> None:
    texts = Counter(wording for table in TABLES.values() for wording in set(table.values()))
    assert [wording for wording, count in texts.items() if count > 1] == []


def test_a_view_has_the_common_words_and_its_own() -> None:
    for words in (overview.Words("da"), page.PageWords("da"), labels.Words("da")):
        assert words("performer") == "Udføres af"
    assert overview.Words("en")("title", name="Ida") == "Appointments of Ida"
    assert terms.Words("en").put(Wording("{a} og {b}", "{a} and {b}"), a=1, b=2) == "1 and 2"


def test_a_text_is_filled_in_both_languages_with_the_words_of_each() -> None:
    text = Wording("{what} på {count} bytes", "{what} of {count} bytes")
    what = Wording("en nøgle", "a key")

    assert text.filled(what=what, count=3) == Wording("en nøgle på 3 bytes", "a key of 3 bytes")
