"""The exceptions of the library. All derive from :class:`ApdError`."""

from collections.abc import Iterable

from apd.finding import Finding

_SHOWN = 5


class ApdError(Exception):
    """Base of every error that the library raises on purpose."""


class InvalidValue(ApdError, ValueError):
    """A value was given that its field cannot hold.

    The message names the field, what is wrong and what would be right. It never repeats the
    value, which may be personal data.

    Args:
        field: the field, as ``"Address.postal_code"``.
        problem: what is wrong.
        expected: what would be right.
    """

    def __init__(self, field: str, problem: str, expected: str) -> None:
        super().__init__(field, problem, expected)
        self.field = field
        self.problem = problem
        self.expected = expected

    def __str__(self) -> str:
        return f"{self.field} {self.problem}: {self.expected}"


class _FindingsError(ApdError):
    """An error that is explained by findings."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(self.findings)

    def __str__(self) -> str:
        shown = [str(finding) for finding in self.findings[:_SHOWN]]
        rest = len(self.findings) - len(shown)
        return "; ".join(shown) + (f"; and {rest} more" if rest > 0 else "")


class ParseError(_FindingsError):
    """No appointment can be made out of the input; ``findings`` say why."""


class InvalidDocument(_FindingsError):
    """The document lacks what the profile demands or holds what it forbids.

    ``findings`` names every single thing. Nothing has been written.
    """
