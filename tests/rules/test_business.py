"""The business rules where one edit does not show all that they tell apart."""

import pytest

from apd.validation import validate
from tests.rules.editing import edited

MONTHS = (
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
)


@pytest.mark.parametrize("month", range(1, 13))
def test_a_text_may_name_the_month(month: int) -> None:
    """In Danish, each of the twelve; another month than that of the data is another date."""
    for stated in (month, month % 12 + 1):
        found = edited(
            f"replace 20260305 => 2026{month:02}05"
            f" && replace 05-03-2026 => 5. {MONTHS[stated - 1]} 2026"
        )
        is_missed = "BR-TEXT-DATE" in {finding.rule for finding in validate(found).findings}
        assert is_missed is (stated != month)
