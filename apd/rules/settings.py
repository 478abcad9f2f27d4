"""Which rules apply, and with what severity: a value that is passed in, not a global table."""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from hashlib import sha256
from typing import NamedTuple

from attrs import field, frozen

from apd.errors import InvalidValue
from apd.findings import RuleSet, Severity
from apd.rules.admitted_values import Settled
from apd.rules.catalogue import rules_of_the_library
from apd.rules.constraints import walk_of
from apd.rules.document_view import Walk
from apd.rules.rule import Check, EffectiveRule, EffectiveRules, Rule
from apd.rules.rule_names import RuleNames
from apd.standard.data_types import ROWS
from apd.standard.edition import Edition, as_edition
from apd.standard.elements import elements
from apd.standard.releases import Release
from apd.wording import Wording


def _as_ids(ids: Iterable[str]) -> frozenset[str]:
    return frozenset((ids,) if isinstance(ids, str) else ids)


def _as_pairs(
    severities: Mapping[str, Severity | str] | Iterable[tuple[str, Severity | str]],
) -> frozenset[tuple[str, Severity]]:
    pairs = severities.items() if isinstance(severities, Mapping) else severities
    try:
        return frozenset((id, Severity(severity)) for id, severity in pairs)
    except ValueError:
        raise InvalidValue(
            "Settings.severities",
            Wording("har en ukendt alvorlighed", "has an unknown severity"),
            Wording("angiv " + ", ".join(Severity), "specify " + ", ".join(Severity)),
        ) from None


def _as_rules(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(rules)


@frozen(cache_hash=True)
class Settings:
    """Rules that are switched off, changed severities, and custom rules.

    A rule is named by its id or by any of its clauses, in full or by the part after the colon, in
    any case; a clause names all its rules.

    Args:
        off: rules that do not apply. The rules of the XML layer always do.
        severities: the severities of rules, by rule: ``{"CONF-DK-APD:c79d": "warning"}``.
        rules: rules of your own, checked after those of the library. If a check raises, or
            returns a wrong type, validating raises an
            :class:`~apd.errors.RuleError` that names the rule.
        edition: the edition of Aftaleoversigten to check against, ``"2.0"`` or ``"1.0"``. What
            2.0 removed (R4, R6, R7) has a lower severity in it.
        as_release: judge a document of an older release of DK-APD by that release: what it did not
            require is not a finding, except that the document is older.

    Raises:
        InvalidValue: a rule, a severity or an edition is unknown, or a custom rule has an id that
            is taken, or no check.
    """

    off: frozenset[str] = field(default=frozenset(), converter=_as_ids, kw_only=True)
    severities: frozenset[tuple[str, Severity]] = field(
        default=frozenset(), converter=_as_pairs, kw_only=True
    )
    rules: tuple[Rule, ...] = field(default=(), converter=_as_rules, kw_only=True)
    edition: Edition = field(default=Edition.CURRENT, converter=as_edition, kw_only=True)
    as_release: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        taken = {rule.id for rule in rules_of_the_library()}
        for rule in self.rules:
            if rule.id in taken or (rule.check is None and rule.document_check is None):
                raise InvalidValue(
                    "Settings.rules",
                    Wording(
                        "har en regel, der ikke kan tilføjes", "has a rule that cannot be added"
                    ),
                    Wording(
                        "angiv for hver regel et id, som ingen anden har, og en kontrol",
                        "specify for each rule an id that no other rule has, and a check",
                    ),
                )
            taken.add(rule.id)
        names = RuleNames((*rules_of_the_library(), *self.rules)) if self.rules else _usual_names()
        off = frozenset(_meant(names, name, "off") for name in self.off)
        severities = ((_meant(names, name, "severities"), one) for name, one in self.severities)
        object.__setattr__(self, "off", off)  # by one name, however they were called
        object.__setattr__(self, "severities", frozenset(severities))


def _meant(names: RuleNames, name: str, field: str) -> str:
    found = names.canonical(name)
    if found is None:
        raise InvalidValue(
            f"Settings.{field}",
            Wording("nævner en regel, der ikke findes", "names a rule that does not exist"),
            names.unknown(name),
        )
    return found


@cache
def _usual_names() -> RuleNames:
    return RuleNames(rules_of_the_library())


@lru_cache(maxsize=16)
def applied(settings: Settings, release: Release = Release.CURRENT) -> EffectiveRules:
    """The rules that apply to documents of a release, by id, in their order."""
    severities = dict(settings.severities)
    found = {}
    for rule in (*rules_of_the_library(release), *settings.rules):
        names = (rule.id, *rule.conformance)
        if settings.off.isdisjoint(names):
            usual = rule.severity_in(settings.edition)
            severity = next((severities[n] for n in names if n in severities), usual)
            found[rule.id] = EffectiveRule(rule, severity)
    return found


@lru_cache(maxsize=16)
def numbers_of(settings: Settings, release: Release) -> Mapping[str, int]:
    """The numbers of the rules in their order, by id."""
    return {id: number for number, id in enumerate(applied(settings, release))}


@lru_cache(maxsize=16)
def rule_set(settings: Settings, release: Release = Release.CURRENT) -> RuleSet:
    """The description of the rules that apply to documents of a release, for reports."""
    rules = applied(settings, release)
    content = "\n".join(
        "\t".join((id, *one.rule.conformance, one.rule.layer, one.severity, one.rule.source))
        for id, one in rules.items()
    )
    return RuleSet(
        digest=sha256(content.encode()).hexdigest(),
        count=len(rules),
        off=tuple(sorted(settings.off)),
        severities=tuple(sorted(settings.severities)),
        own=tuple(rule.id for rule in settings.rules),
        edition=settings.edition.value,
        release=release.name,
        as_release=settings.as_release,
    )


class Function(NamedTuple):
    """The check of a rule that no row of a table can express.

    Args:
        rule: the id of the rule.
        check: finds the elements that break it.
        settled: whether the values of an admitted document show that it finds nothing; None for
            a rule that finds nothing in any.
    """

    rule: str
    check: Check
    settled: Settled | None


@lru_cache(maxsize=16)
def functions(settings: Settings, release: Release = Release.CURRENT) -> tuple[Function, ...]:
    """The checks of the library's rules that no row of a table can express."""
    own = {rule.id for rule in settings.rules}
    return tuple(
        Function(id, one.rule.check, one.rule.settled)
        for id, one in applied(settings, release).items()
        if isinstance(one.rule, Rule) and one.rule.check is not None and id not in own
    )


@lru_cache(maxsize=16)
def walk(settings: Settings, release: Release = Release.CURRENT) -> Walk:
    """The checks made during the walk over a document of a release."""
    return walk_of(elements(release), ROWS, applied(settings, release))


@lru_cache(maxsize=8)
def unchecked_walk(release: Release = Release.CURRENT) -> Walk:
    """A walk that checks nothing, for the view alone."""
    return walk_of(elements(release), ROWS, ())


@cache
def usual() -> Settings:
    """The settings if none are specified: all rules with their own severities."""
    return Settings()
