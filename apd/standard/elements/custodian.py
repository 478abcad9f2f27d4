"""The custodian (forvalter), and the consent. Source: official Schematron; CONF-DK:19–22."""

from apd.standard.codes import Oid
from apd.standard.element import ABSENT, Element, Is
from apd.standard.elements.common_constraints import (
    attributes,
    exactly_one,
    has,
    identified,
    row,
    such,
)
from apd.standard.elements.patient import ORGANIZATION
from apd.standard.paths import CUSTODIAN, CUSTODIAN_ORGANIZATION, ROOT
from apd.standard.requirement import OFFICIAL, requirement
from apd.wording import Wording

ELEMENTS: tuple[Element, ...] = (
    row(
        CUSTODIAN,
        None,
        exactly_one(
            "",
            Wording("Dokumentet", "The document"),
            Wording(
                "Forvalteren er dataansvarlig for dokumentet.",
                "The custodian is the data controller of the document.",
            ),
            name="APD-CUSTODIAN-2",
            source=OFFICIAL,
        ),
        field="custodian",
        fixed=attributes("typeCode=CST"),
    ),
    row(CUSTODIAN / "assignedCustodian", None, fixed=attributes("classCode=ASSIGNED")),
    row(
        CUSTODIAN_ORGANIZATION,
        None,
        such(
            requirement(
                "",
                Wording(
                    "Forvalteren skal have et id, der ikke er null.",
                    "The custodian must have an id that is not null.",
                ),
                Wording(
                    "Forvalteren er dataansvarlig for dokumentet og skal kunne identificeres.",
                    "The custodian is the data controller of the document and must be "
                    "identifiable.",
                ),
                Wording(
                    f"Angiv forvalterens SOR-kode ({Oid.SOR}).",
                    f"Specify the custodian's SOR code ({Oid.SOR}).",
                ),
                name="APD-CUSTODIAN-1",
                source=OFFICIAL,
            ),
            "id",
            {"nullFlavor": ABSENT},
            most=None,
        ),
        field="custodian",
        fixed=ORGANIZATION,
    ),
    row(
        CUSTODIAN_ORGANIZATION / "id",
        "II",
        *identified("CONF-DK:19-CUSTODIAN", Wording("Forvalteren", "The custodian")),
        field="custodian.id",
    ),
    row(CUSTODIAN_ORGANIZATION / "name", "ON", field="custodian.name"),
    row(CUSTODIAN_ORGANIZATION / "telecom", "TEL", field="custodian.telecom"),
    row(CUSTODIAN_ORGANIZATION / "addr", "AD", field="custodian.address"),
    row(
        ROOT / "authorization/consent/statusCode",
        "CS",
        has(
            requirement(
                "",
                Wording(
                    "Et samtykkes statusCode skal være completed.",
                    "The statusCode of a consent must be completed.",
                ),
                Wording(
                    "authorization er tilladt, men kun med et samtykke, der er givet.",
                    "An authorization is allowed only with a consent that has been given.",
                ),
                Wording(
                    'Skriv <statusCode code="completed"/>, eller fjern authorization.',
                    'Write <statusCode code="completed"/>, or remove the authorization.',
                ),
                name="APD-CONSENT-1",
                source=OFFICIAL,
            ),
            {"code": Is("completed")},
            or_null=True,
        ),
    ),
)
