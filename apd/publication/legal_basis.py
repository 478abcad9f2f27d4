"""The legal basis of an appointment, which decides whether and how far ahead it is shared.

The laws are an enumeration, and what they permit is a table with dates, looked up by the day of the
appointment. Users with other requirements (a municipality's own interpretation, a new law) can pass
another table; see :class:`LegalBases`.

Sources: Aftaleoversigten 1.0.10, rule #3; MedCom's FAQ of 2023 on what municipalities may share;
retssikkerhedsloven § 13. Of ældreloven (Act 1651 of 2024-12-30, in force 2025-07-01) neither the
text that carries the permission of retssikkerhedsloven over to it nor the days ahead were found:
its rows are **inferred** from what it takes the place of, and its section numbers are
**unverified**. The national infrastructure has shared appointments under it since 2025-09-30.
"""

import datetime
from collections.abc import Iterable, Mapping

from attrs import field, frozen

from apd.errors import InvalidValue
from apd.model.validators import as_tuple, demand
from apd.wording import WordedStrEnum, Wording


class LegalBasis(WordedStrEnum):
    """The legal basis of an appointment (retsgrundlag, hjemmel). The value is its Danish name.

    Health Act stands for *sundhedsloven*, Services Act for *serviceloven*, Elderly Act for
    *ældreloven*. § 138 of the Health Act is for home nursing alone; everything else under it is
    ``HEALTH_ACT``.
    """

    HEALTH_ACT = "sundhedsloven", Wording("sundhedsloven", "Health Act")
    HEALTH_ACT_138 = (
        "sundhedsloven § 138",
        Wording("sundhedsloven § 138 (hjemmesygepleje)", "Health Act § 138 (home nursing)"),
    )
    SERVICES_ACT_79A = (
        "serviceloven § 79 a",
        Wording(
            "serviceloven § 79 a (forebyggende hjemmebesøg)",
            "Services Act § 79 a (preventive home visits)",
        ),
    )
    SERVICES_ACT_83 = (
        "serviceloven § 83",
        Wording("serviceloven § 83 (hjemmehjælp)", "Services Act § 83 (home help)"),
    )
    SERVICES_ACT_83A = (
        "serviceloven § 83 a",
        Wording("serviceloven § 83 a (rehabilitering)", "Services Act § 83 a (rehabilitation)"),
    )
    SERVICES_ACT_84 = (
        "serviceloven § 84",
        Wording(
            "serviceloven § 84 (afløsning og midlertidigt ophold)",
            "Services Act § 84 (relief and temporary stay)",
        ),
    )
    SERVICES_ACT_85 = (
        "serviceloven § 85",
        Wording(
            "serviceloven § 85 (socialpædagogisk støtte)",
            "Services Act § 85 (social educational support)",
        ),
    )
    SERVICES_ACT_86 = (
        "serviceloven § 86",
        Wording(
            "serviceloven § 86 (genoptræning og vedligeholdende træning)",
            "Services Act § 86 (training)",
        ),
    )
    ELDERLY_ACT = (
        "ældreloven",
        Wording("ældreloven (helhedspleje)", "Elderly Act (integrated care)"),
    )
    ELDERLY_ACT_8 = (
        "ældreloven § 8",
        Wording(
            "ældreloven § 8 (forebyggende hjemmebesøg)", "Elderly Act § 8 (preventive home visits)"
        ),
    )
    ELDERLY_ACT_16 = (
        "ældreloven § 16",
        Wording("ældreloven § 16 (afløsning)", "Elderly Act § 16 (relief)"),
    )
    OTHER = "andet", Wording("andet", "other")
    """Any other: another section of the Services Act, another law, or none."""

    @property
    def may_be_shared(self) -> bool:
        """Whether there is a legal basis for sharing such appointments nationally (F2).

        By the newest row of :data:`LEGAL_BASES`; for a given day, use :meth:`LegalBases.at`.
        """
        return LEGAL_BASES.newest(self).may_be_shared


@frozen(kw_only=True)
class LegalBasisRule:
    """A row of the table: what one legal basis permits, from one day to another.

    Args:
        basis: the law.
        may_be_shared: whether such appointments may be shared nationally.
        days_ahead: the maximum number of days ahead that a repeating appointment is published;
            None if six months are the minimum (rule #3).
        valid_from: the first day of appointments that it applies to; None for no limit.
        valid_to: the last such day; None for until further notice.
        source: the source.
        is_inferred: True if no source states it expressly; ``source`` then names what it is
            inferred from.
    """

    basis: LegalBasis
    may_be_shared: bool
    days_ahead: int | None = None
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    source: str
    is_inferred: bool = False

    def holds_on(self, day: datetime.date) -> bool:
        """Whether it holds for an appointment on a day."""
        begins, ends = self.valid_from or datetime.date.min, self.valid_to or datetime.date.max
        return begins <= day <= ends


def _as_rows(rows: Iterable[LegalBasisRule]) -> tuple[LegalBasisRule, ...]:
    return as_tuple(rows)


def _none_overlap(instance: object, attribute: object, rows: tuple[LegalBasisRule, ...]) -> None:
    for number, row in enumerate(rows):
        for other in rows[:number]:
            if other.basis is row.basis and _overlap(other, row):
                raise InvalidValue(
                    "LegalBases.rows",
                    Wording(
                        f"har to rækker om {row.basis}, der gælder på de samme dage",
                        f"has two rows about {row.basis} that hold on the same days",
                    ),
                    Wording("angiv valid_from og valid_to", "specify valid_from and valid_to"),
                )


def _overlap(one: LegalBasisRule, other: LegalBasisRule) -> bool:
    return any(
        first.holds_on(second.valid_from or datetime.date.min)
        for first, second in ((one, other), (other, one))
    )


@frozen
class LegalBases:
    """A table of what the laws permit, with dates, which can be replaced or extended.

    Args:
        rows: the rows; no two of one basis may hold on the same day.

    Raises:
        InvalidValue: two rows of one basis hold on the same day.

    Examples:
        >>> import datetime
        >>> own = LEGAL_BASES.replacing(
        ...     LegalBasisRule(
        ...         basis=LegalBasis.ELDERLY_ACT, may_be_shared=False, source="our lawyers"
        ...     )
        ... )
        >>> own.at(LegalBasis.ELDERLY_ACT, datetime.date(2026, 1, 1)).may_be_shared
        False
    """

    rows: tuple[LegalBasisRule, ...] = field(converter=_as_rows, validator=_none_overlap)
    _by_basis: Mapping[LegalBasis, tuple[LegalBasisRule, ...]] = field(
        init=False, repr=False, eq=False
    )

    def __attrs_post_init__(self) -> None:
        found: dict[LegalBasis, tuple[LegalBasisRule, ...]] = {}
        for row in self.rows:
            found[row.basis] = (*found.get(row.basis, ()), row)
        object.__setattr__(self, "_by_basis", found)

    def at(self, basis: LegalBasis, day: datetime.date) -> LegalBasisRule:
        """What a basis permits for an appointment on a day.

        Args:
            basis: the law.
            day: the first day of the appointment.

        Returns:
            The row that applies; if none does, one by which nothing may be shared.
        """
        demand(basis, "basis", LegalBasis)
        rows = self._by_basis.get(basis, ())
        for row in rows:
            if row.holds_on(day):
                return row
        days_ahead = rows[0].days_ahead if rows else None
        return LegalBasisRule(
            basis=basis, may_be_shared=False, days_ahead=days_ahead, source=_NO_ROW
        )

    def newest(self, basis: LegalBasis) -> LegalBasisRule:
        """The row of a basis that holds for the latest days.

        Args:
            basis: the law.

        Raises:
            InvalidValue: the table has no row about it.
        """
        demand(basis, "basis", LegalBasis)
        rows = self._by_basis.get(basis, ())
        if not rows:
            raise InvalidValue(
                "basis",
                Wording("har ingen række i tabellen", "has no row in the table"),
                Wording("angiv en anden", "specify another one"),
            )
        return max(rows, key=lambda row: row.valid_from or datetime.date.min)

    def on(self, day: datetime.date) -> tuple[LegalBasisRule, ...]:
        """The rows that hold on a day, in the order of the table."""
        return tuple([row for row in self.rows if row.holds_on(day)])

    def replacing(self, *rows: LegalBasisRule) -> "LegalBases":
        """A table in which these rows replace all rows of the same basis.

        Args:
            rows: the rows, one for each period of a basis.
        """
        bases = {row.basis for row in rows}
        return LegalBases((*(row for row in self.rows if row.basis not in bases), *rows))


_NO_ROW = "no row of the table holds on that day"
_RULE_3 = "Aftaleoversigten 1.0.10, rule #3"
_FAQ = "MedCom, FAQ of 2023, F2"
_BY_LAW_13 = f"{_FAQ}; retssikkerhedsloven § 13 (as in force since 2022-01-01)"
_ELDERLY_FROM = datetime.date(2025, 7, 1)
_ELDERLY = "ældreloven (Act 1651 of 2024-12-30); permission and days ahead inferred"
_THIRTY = 30


def _services_act(basis: LegalBasis, days_ahead: int | None = None) -> LegalBasisRule:
    return LegalBasisRule(
        basis=basis,
        may_be_shared=True,
        days_ahead=days_ahead,
        source=f"{_BY_LAW_13}; {_RULE_3}" if days_ahead else _BY_LAW_13,
    )


def _elderly_act(basis: LegalBasis, days_ahead: int | None = None) -> LegalBasisRule:
    return LegalBasisRule(
        basis=basis,
        may_be_shared=True,
        days_ahead=days_ahead,
        valid_from=_ELDERLY_FROM,
        source=_ELDERLY,
        is_inferred=True,
    )


LEGAL_BASES = LegalBases(
    (
        LegalBasisRule(basis=LegalBasis.HEALTH_ACT, may_be_shared=True, source=_RULE_3),
        LegalBasisRule(
            basis=LegalBasis.HEALTH_ACT_138,
            may_be_shared=True,
            days_ahead=_THIRTY,
            source=_RULE_3,
        ),
        _services_act(LegalBasis.SERVICES_ACT_79A),
        _services_act(LegalBasis.SERVICES_ACT_83, _THIRTY),
        _services_act(LegalBasis.SERVICES_ACT_83A),
        _services_act(LegalBasis.SERVICES_ACT_84),
        LegalBasisRule(basis=LegalBasis.SERVICES_ACT_85, may_be_shared=False, source=_FAQ),
        _services_act(LegalBasis.SERVICES_ACT_86),
        _elderly_act(LegalBasis.ELDERLY_ACT, _THIRTY),
        _elderly_act(LegalBasis.ELDERLY_ACT_8),
        _elderly_act(LegalBasis.ELDERLY_ACT_16),
        LegalBasisRule(basis=LegalBasis.OTHER, may_be_shared=False, source=_FAQ),
    )
)
"""The known rows of the laws, some of them inferred."""


def is_child_address_hidden(
    *, is_child_protected: bool, is_resident_parent_protected: bool
) -> bool:
    """Whether a child's address is hidden from the other parent.

    Source: Aftaleoversigten 2.0, on address protection. Protection is not retroactive: documents
    published earlier keep the address.

    Args:
        is_child_protected: address protection is registered on the child.
        is_resident_parent_protected: it is registered on the parent with whom the child lives.

    Returns:
        True only if both are.
    """
    return is_child_protected and is_resident_parent_protected
