"""The releases of DK-APD: each is a value that states how its documents are recognised.

2.0.1 with the errata of 2021 is one of them. Sources: APD-DK 2.0.1, errata items 6 and 7; MedCom's
example documents of 1.0, 1.1 and the draft of 2.0.
"""

from typing import ClassVar, NamedTuple

from attrs import field, frozen

from apd.deprecation import warn_renamed
from apd.standard.element import Element


class TemplateId(NamedTuple):
    """A template id in a document; an extension of None stands for any date."""

    root: str
    extension: str | None = None


@frozen(repr=False, cache_hash=True)
class Release:
    """A release of DK-APD.

    Args:
        name: its number, such as ``"2.0.1"``.
        version_id: the profile version in its documents, such as ``"apd-v2.0.1"``.
        template_date: the extension of the document, section, encounter, location and precondition
            templates.
        declared_by: template ids by which a document that states no version is of this release.
        without: ids of the rules of 2.0.1 that it does not have, besides those that the errata of
            2021 introduced. If its text is not known, according to its examples.
        elements: rows of the table of elements that this release has in addition to those of 2.0.1;
            a row for the same place replaces that row.
    """

    name: str
    version_id: str
    template_date: str
    declared_by: tuple[TemplateId, ...] = field(default=(), kw_only=True)
    without: tuple[str, ...] = field(default=(), kw_only=True)
    elements: tuple[Element, ...] = field(default=(), kw_only=True)

    V1_0: ClassVar["Release"]
    V1_1: ClassVar["Release"]
    V2_0: ClassVar["Release"]
    V2_0_1: ClassVar["Release"]
    CURRENT: ClassVar["Release"]

    @property
    def value(self) -> str:
        """Its number."""
        return self.name

    def is_declared_by(self, declared: tuple[str | None, str | None]) -> bool:
        """True where a template id, as root and extension, is one of this release."""
        return declared in self.declared_by or (declared[0], None) in self.declared_by

    @property
    def told_by(self) -> tuple[TemplateId, ...]:
        """Deprecated name of ``declared_by``."""
        warn_renamed("Release.told_by", "declared_by")
        return self.declared_by

    def is_told_by(self, declared: tuple[str | None, str | None]) -> bool:
        """Deprecated name of :meth:`is_declared_by`."""
        warn_renamed("Release.is_told_by", "is_declared_by")
        return self.is_declared_by(declared)

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"<Release {self.name}>"


Release.V1_0 = Release(
    "1.0",
    "apd-v1.0",
    "2017-03-10",
    declared_by=(TemplateId("1.2.208.184.14.11.1", "2017-03-10"),),
    # no event with the version, and no code with the category
    without=("CONF-DK-APD:69ee", "CONF:1098-14749-ENCOUNTER"),
)
Release.V1_1 = Release("1.1", "apd-v1.1", "2017-03-10", without=("CONF:1098-14749-ENCOUNTER",))
Release.V2_0 = Release(
    "2.0",
    "apd-v2.0",
    "2019-09-10",
    declared_by=(
        TemplateId("1.2.208.184.200.1.10"),
        TemplateId("1.2.208.184.200.1.11"),
        TemplateId("1.2.208.184.200.1.12"),
    ),
    # no template of the location; two ids of an episode, and another code system of its label
    without=("CONF-DK-APD:cce6", "CONF-DK-APD:8aa5", "CONF-DK-APD:44e3", "CONF-DK-APD:b670"),
)
Release.V2_0_1 = Release("2.0.1", "apd-v2.0.1", "2019-09-10")
Release.CURRENT = Release.V2_0_1

RELEASES: tuple[Release, ...] = (Release.V1_0, Release.V1_1, Release.V2_0, Release.V2_0_1)
"""The known releases, the oldest first."""
