"""The exceptions of the library. All derive from :class:`ApdError`."""

from collections.abc import Iterable
from itertools import islice

from attrs import evolve

from apd.findings import Finding, explained
from apd.wording import Language, Wording, language_of_environment

_SHOWN = 5


class ApdError(Exception):
    """Base of every error that the library raises on purpose.

    ``str(error)`` is the text in the language that the environment variable ``APD_LANG`` names,
    ``da`` or ``en``, and in English where it names none.

    Args:
        wording: what is wrong, in Danish and English.
        args: what the error is made of; a subclass gives the arguments of its own constructor.
    """

    def __init__(self, wording: Wording, *args: object) -> None:
        super().__init__(*(args or (wording,)))
        self.wording = wording

    def message(self, language: Language | None = None) -> str:
        """What is wrong, in one language.

        Args:
            language: ``"da"`` or ``"en"``; None for that of ``APD_LANG``, else English.
        """
        return self.wording.in_language(language or language_of_environment() or "en")

    def __str__(self) -> str:
        return self.message()


class InvalidArgument(ApdError, TypeError):
    """A function was called with something else than it takes.

    The message says what the function takes, what was passed, and what to do instead. It never
    repeats the argument.
    """


class InvalidValue(ApdError, ValueError):
    """A value was given that its field cannot hold.

    The message names the field, what is wrong and what would be right. It never repeats the
    value, which may be personal data.

    Args:
        field: the field, as ``"Address.postal_code"``.
        problem: what is wrong, as it follows the field: *is empty*.
        expected: what would be right: *give a city*. None where the problem says it:
            *must be text (str), not int*.

    Attributes:
        refusal: the problem and what would be right, without the field.
    """

    def __init__(self, field: str, problem: Wording, expected: Wording | None = None) -> None:
        self.field = field
        self.problem = problem
        self.expected = expected
        self.refusal = _joined(problem, expected)
        wording = Wording(f"{field} {self.refusal.da}", f"{field} {self.refusal.en}")
        super().__init__(wording, field, problem, expected)


class RuleError(ApdError):
    """A rule of somebody's own could not be checked: its check raised, or gave something else.

    What the check raised is the cause (``__cause__``); the message names its type alone, as the
    rest may be personal.

    Args:
        rule: the id of the rule.
        problem: what is wrong with its check.
    """

    def __init__(self, rule: str, problem: Wording) -> None:
        self.rule = rule
        wording = Wording(
            f"Reglen {rule} kan ikke kontrolleres: {problem.da}",
            f"The rule {rule} cannot be checked: {problem.en}",
        )
        super().__init__(wording, rule, problem)


def _joined(problem: Wording, expected: Wording | None) -> Wording:
    if expected is None:
        return problem
    return Wording(f"{problem.da}: {expected.da}", f"{problem.en}: {expected.en}")


class _FindingsError(ApdError):
    """An error that is explained by findings."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        texts = (evolve(one, wording=self._wording_of(one)) for one in self.findings)
        shown = (
            Wording(str(evolve(one, language="da")), str(evolve(one, language="en")))
            for one in texts
        )
        super().__init__(first_of(shown, len(self.findings)), self.findings)

    def _wording_of(self, finding: Finding) -> Wording:
        return finding.wording


def first_of(wordings: Iterable[Wording], count: int) -> Wording:
    """The first few of many texts in one, and how many more there are."""
    shown = tuple(islice(wordings, _SHOWN))
    rest = count - len(shown)
    more = Wording(f"; og {rest} mere", f"; and {rest} more") if rest else Wording("", "")
    return Wording(
        "; ".join(one.da for one in shown) + more.da, "; ".join(one.en for one in shown) + more.en
    )


class ParseError(_FindingsError):
    """No appointment can be made out of the input; ``findings`` say why."""

    def _wording_of(self, finding: Finding) -> Wording:
        return explained(finding)


class InvalidDocument(_FindingsError):
    """The document lacks what the profile requires or contains what it forbids.

    ``findings`` name each of them. Nothing has been written.
    """
