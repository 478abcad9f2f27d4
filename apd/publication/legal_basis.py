"""The law that an appointment is held under, which decides whether and how far it is shared.

Source: Aftaleoversigten 1.0.10, rule #3; MedCom's FAQ of 2023 on what municipalities may share.
"""

from apd.wording import WordedStrEnum, Wording


class LegalBasis(WordedStrEnum):
    """The legal basis of an appointment (retsgrundlag, hjemmel). The value is its Danish name.

    Health Act stands for *sundhedsloven*, Services Act for *serviceloven*. § 138 of the Health
    Act is for home nursing alone; everything else under it is ``HEALTH_ACT``.
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
    OTHER = "andet", Wording("andet", "other")
    """Any other: another paragraph of the Services Act, another law, or none."""

    @property
    def may_be_shared(self) -> bool:
        """Whether there is a legal basis for sharing such appointments nationally (F2)."""
        return self not in _NOT_SHARED


# The FAQ names what may be shared; what it does not name may not.
_NOT_SHARED = frozenset({LegalBasis.SERVICES_ACT_85, LegalBasis.OTHER})
