"""Changing and comparing documents: differences, upgrades of older releases, anonymous copies.

::

    import apd
    from apd import change

    comparison = change.diff(old, new, language="da")
    upgrade = change.upgrade(document, category=apd.Category.REGIONAL)
    anonymous = change.anonymise(document, secret)

See ``docs/changing.md``.
"""

from apd.change.comparing import diff
from apd.change.comparison import Change, Comparison, Kind
from apd.change.series_rules import Consequence
from apd.change.upgrade_inputs import Answers
from apd.change.upgrading import Lack, Step, Upgrade, upgrade
from apd.privacy.anonymising import anonymise, anonymise_bytes
from apd.privacy.pseudonyms import Pseudonyms
from apd.privacy.residual_check import Leak, leaks

__all__ = [
    "Answers",
    "Change",
    "Comparison",
    "Consequence",
    "Kind",
    "Lack",
    "Leak",
    "Pseudonyms",
    "Step",
    "Upgrade",
    "anonymise",
    "anonymise_bytes",
    "diff",
    "leaks",
    "upgrade",
]
