"""A rule as it applies: with the severity that the settings give it."""

from collections.abc import Mapping

from attrs import frozen

from apd.finding import Finding, Severity
from apd.standard.requirement import Requirement
from apd.wording import Language, Wording


@frozen
class AppliedRule:
    """A rule, and what a finding of it weighs here."""

    rule: Requirement
    severity: Severity

    def finding(
        self,
        language: Language,
        path: str = "",
        line: int | None = None,
        wording: Wording | None = None,
        field: str = "",
    ) -> Finding:
        """A finding of the rule, worded as the rule is unless another wording is given."""
        return Finding(
            rule=self.rule.id,
            layer=self.rule.layer,
            wording=wording or self.rule.wording,
            severity=self.severity,
            conformance=self.rule.conformance,
            path=path,
            field=field,
            line=line,
            source=self.rule.source,
            language=language,
        )


Applied = Mapping[str, AppliedRule]
"""The rules that apply, by id."""
