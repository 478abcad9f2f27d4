"""A row of the table of business rules: one sentence of Aftaleoversigten or the FAQ."""

import datetime

from attrs import frozen

from apd.standard.edition import VERSIONS, Edition
from apd.wording import WordedStrEnum, Wording

OVERVIEW = "Aftaleoversigten"
"""Sundhedsdatastyrelsen, *Indhold og forretningsregler for Aftaleoversigten*."""
FAQ = "MedCom, FAQ of"
"""The questions and answers on MedCom's page for the municipalities."""


def _is_out(version: str | None, day: datetime.date) -> bool:
    return version is not None and VERSIONS[version] <= day


class Strength(WordedStrEnum):
    """How binding a sentence is."""

    MUST = "must", Wording("skal", "must")
    MAY = "may", Wording("må", "may")
    NO_LONGER = "no longer", Wording("ikke længere", "no longer")
    """It was binding in an earlier edition."""


def _number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


@frozen(kw_only=True)
class BusinessRule:
    """One sentence of Aftaleoversigten or the FAQ, and what checks or implements it.

    Args:
        id: its number in the source (``#5``), or ours if it has none there (``R6``).
        document: which document, :data:`OVERVIEW` or :data:`FAQ`.
        section: its section in the document.
        edition_from: the version since which it has this wording, according to the change log.
        edition_to: the newest version whose text is available; for :data:`FAQ` the year.
        ended_in: the version in which it was removed, or announced to be phased out.
        reworded_in: the version that changed the wording, if the new wording is not available.
        strength: how binding it is.
        wording: what it requires, in our words.
        quotation: a few words of the source, to find it.
        rules: the rules of the validator that check it in documents.
        kept_by: the modules that implement it, or help to.
        unseen: what no document can show of it, or why the library does not implement it.
    """

    id: str
    document: str = OVERVIEW
    section: str
    edition_from: str
    edition_to: str
    ended_in: str | None = None
    reworded_in: str | None = None
    strength: Strength = Strength.MUST
    wording: Wording
    quotation: str
    rules: tuple[str, ...] = ()
    kept_by: tuple[str, ...] = ()
    unseen: Wording | None = None

    def strength_in(self, edition: Edition) -> Strength:
        """How binding it is in an edition."""
        if self.ended_in and _number(self.ended_in) <= _number(edition.version):
            return Strength.NO_LONGER
        return self.strength

    def stands_in(self, edition: Edition) -> bool:
        """Whether it is part of an edition."""
        return self.strength_in(edition) is not Strength.NO_LONGER

    @property
    def since(self) -> datetime.date:
        """The day from which it applies; for the FAQ, known by its year, 1 January."""
        if self.document == FAQ:
            return datetime.date(int(self.edition_from), 1, 1)
        return VERSIONS[self.edition_from]

    def stands_on(self, day: datetime.date) -> bool:
        """Whether it applied on a day."""
        return self.since <= day and not _is_out(self.ended_in, day)

    def is_at_hand_on(self, day: datetime.date) -> bool:
        """Whether its wording on a day was the one given here."""
        return not _is_out(self.reworded_in, day)

    @property
    def text(self) -> str:
        """The document with the edition that the wording is from: ``"Aftaleoversigten 2.0"``."""
        return f"{self.document} {self.edition_to}"

    @property
    def short(self) -> str:
        """The id and the edition that the wording is from, such as ``"#3, 1.0.10"``."""
        return f"{self.id}, {self.edition_to}"

    @property
    def citation(self) -> str:
        """The source: the document, the edition that the wording is from, and the section."""
        ended = f", no longer since {self.ended_in}" if self.ended_in else ""
        return f"{self.text}, {self.section}{ended}"
