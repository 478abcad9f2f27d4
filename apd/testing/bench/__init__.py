"""Measuring a validator: documents with known faults, and which of them it finds.

::

    from apd.testing import bench

    manifest = bench.read_manifest(Path("wrong.json").read_bytes())
    with open("verdicts.jsonl", "rb") as file:
        score = bench.score(manifest, bench.read_verdicts(file))
    assert score.is_perfect, [one.rule for one in score.rules if one.missed]

``apd generate --manifest`` writes the findings that each generated document must have. The verdicts
of a validator come in one small format, or as a report of ``apd validate``. ``apd bench`` does the
same from the command line; ``docs/judging.md`` describes it. It needs the extra ``json``:
``pip install dk-apd[json]``.
"""

from apd.testing.bench.manifest import BrokenRule, Case, Manifest, manifest_schema, read_manifest
from apd.testing.bench.reports import as_data, html
from apd.testing.bench.scorecards import RuleCount, Scorecard, scorecards
from apd.testing.bench.scores import (
    Comparison,
    RuleComparison,
    RuleScore,
    Score,
    compare,
    score,
)
from apd.testing.bench.verdicts import (
    Verdict,
    read_verdicts,
    svrl_verdict,
    verdict_schema,
    xmllint_verdicts,
)

__all__ = [
    "BrokenRule",
    "Case",
    "Comparison",
    "Manifest",
    "RuleComparison",
    "RuleCount",
    "RuleScore",
    "Score",
    "Scorecard",
    "Verdict",
    "as_data",
    "compare",
    "html",
    "manifest_schema",
    "read_manifest",
    "read_verdicts",
    "score",
    "scorecards",
    "svrl_verdict",
    "verdict_schema",
    "xmllint_verdicts",
]
