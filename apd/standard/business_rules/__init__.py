"""The table of business rules: the requirements of Aftaleoversigten, one row for each sentence.

Sources: Sundhedsdatastyrelsen, *Indhold og forretningsregler for Aftaleoversigten*: the available
text compares earlier editions with 2.0 of 2025-06-25 and has a change log; MedCom's FAQ of 2023.

* ``Table 1`` …, ``Type 1`` … and ``Table 3`` are part of 2.0, and so is address protection, whose
  sentences are A1 to A3 here.
* The rules of repeating appointments are R1 to R10 here. 2.0 removed R4, R6 and R7.
* Rules ``#1`` to ``#10`` have the wording of 1.0.10 or earlier. According to the change log,
  1.0.11 reworded #10, and 1.0.12 divided the rules into publishing and showing and changed #8;
  their present wording is not available.
* ``F1`` to ``F5`` are from the FAQ.
"""

from functools import cache

from apd.standard.business_rule import BusinessRule
from apd.standard.business_rules.content import ADDRESSES, TABLE_1, TABLES_2_AND_3
from apd.standard.business_rules.faq import ANSWERS
from apd.standard.business_rules.numbered import NUMBERED
from apd.standard.business_rules.repeating import REPEATING

BUSINESS_RULES: tuple[BusinessRule, ...] = (
    *TABLE_1,
    *TABLES_2_AND_3,
    *REPEATING,
    *NUMBERED,
    *ADDRESSES,
    *ANSWERS,
)
"""Every sentence, in the order of the sources."""


@cache
def _by_id() -> dict[str, BusinessRule]:
    return {row.id: row for row in BUSINESS_RULES}


def business_rule(id: str) -> BusinessRule:
    """The sentence with an id, such as ``"R6"`` or ``"#3"``; ``KeyError`` if there is none."""
    return _by_id()[id]


def sentences_seen_by(rule: str) -> tuple[BusinessRule, ...]:
    """The sentences that a rule of the validator checks in documents, by the rule's id."""
    return tuple(row for row in BUSINESS_RULES if rule in row.rules)


def source_of(rule: str, *further: str) -> str:
    """The source of a rule: its sentences and further documents."""
    citations = (row.citation for row in sentences_seen_by(rule))
    return "; ".join((*dict.fromkeys(citations), *further))
