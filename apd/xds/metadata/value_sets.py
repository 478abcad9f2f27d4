"""The value sets of the Danish metadata: the codes of each attribute, with their names.

Names are Danish where the sets have a Danish name; those of languages and media types are
English there.
"""

import datetime
from collections.abc import Iterable

from attrs import field, frozen

from apd.errors import InvalidValue
from apd.model.code import Code
from apd.standard.codes import DOCUMENT_CODE, DOCUMENT_DISPLAY, Oid
from apd.wording import Wording
from apd.xds.metadata.snomed import FACILITY_TYPES, PRACTICE_SETTINGS

CLASS_CODES_SYSTEM = "1.2.208.184.100.9"
LANGUAGES_SYSTEM = "2.16.840.1.113883.6.121"
MEDIA_TYPES_SYSTEM = "2.16.840.1.113883.5.79"
COMMON_DOMAIN = "1.2.208.176.8.1"
"""Home community id of the common Danish XDS domain, production."""


def _as_codes(codes: Iterable[Code]) -> tuple[Code, ...]:
    return tuple(codes)


def _count(codes: tuple[Code, ...]) -> str:
    return f"<{len(codes)} codes>"


@frozen(kw_only=True)
class ValueSet:
    """The codes that an attribute may have.

    Args:
        attribute: the attribute, by its name in XDS.
        codes: the codes with their names, in the order of the source.
        source: the source of the set.
        date: the day on which the source had these codes.
    """

    attribute: str
    codes: tuple[Code, ...] = field(converter=_as_codes, repr=_count)
    source: str
    date: datetime.date

    def find(self, code: str, system: str | None = None) -> Code | None:
        """The code with its name, or None if it is not in the set.

        Args:
            code: the code itself.
            system: OID of its code system; None for any.
        """
        for known in self.codes:
            if known.code == code and system in (None, known.system):
                return known
        return None

    def __contains__(self, code: Code | str) -> bool:
        if isinstance(code, Code):
            return self.find(code.code, code.system) is not None
        return self.find(code) is not None

    def chosen(self, code: str | Code, field: str) -> Code:
        """The code of the set, with its name.

        Args:
            code: a code, with or without its system.
            field: its name in errors.

        Raises:
            InvalidValue: it is not in the set.
        """
        found = self.find(code.code, code.system) if isinstance(code, Code) else self.find(code)
        if found is None:
            name = f"apd.xds.VALUE_SETS[{self.attribute!r}].codes"
            example = f"{self.codes[0].code!r} ({self.codes[0].display})"
            raise InvalidValue(
                field,
                Wording(
                    f"er ikke blandt de {len(self.codes)} koder i værdisættet",
                    f"is not one of the {len(self.codes)} codes of its value set",
                ),
                Wording(
                    f"angiv en af {name}, som {example}",
                    f"specify one of {name}, such as {example}",
                ),
            )
        return found


def _value_set(
    attribute: str,
    system: str,
    rows: Iterable[tuple[str, str]],
    source: str = "MedCom, dk-medcom-xds-metadata, draft 2.0.0; the same codes in 1.0.1",
    date: datetime.date = datetime.date(2026, 3, 25),
) -> ValueSet:
    codes = [Code(code, system, display) for code, display in rows]
    return ValueSet(attribute=attribute, codes=codes, source=source, date=date)


APPOINTMENT_DOCUMENT = Code(DOCUMENT_CODE, Oid.LOINC, DOCUMENT_DISPLAY)
"""The type of an appointment document, with the name that the document has."""
CLINICAL_REPORT = Code("001", CLASS_CODES_SYSTEM, "Klinisk rapport")
NORMAL = Code("N", Oid.CONFIDENTIALITY, "normal")
APD_2_0_1 = Code("urn:ad:dk:medcom:apd-v2.0.1:full", Oid.MEDCOM_PROFILE_VERSION, "DK APD schema")
MEDIA_TYPE = "text/xml"
"""The media type of every CDA document."""

TEST_HOME_COMMUNITIES = _value_set(
    "homeCommunityId",
    COMMON_DOMAIN,
    (
        ("1.2.208.176.43210.8.10", "TEST1"),
        ("1.2.208.176.43210.8.20", "TEST2"),
        ("1.2.208.176.43210.8.30", "PRODTEST"),
        ("1.2.208.176.43210.8.40", "UDDANNELSE"),
        ("1.2.208.176.43210.8.50", "STAGING"),
    ),
    source="MedCom, dk-medcom-xds-metadata, draft 2.0.0, where they are commented out",
)
"""Home communities of test environments, which are not in the value set."""

_SETS = (
    _value_set(
        "classCode",
        CLASS_CODES_SYSTEM,
        ((CLINICAL_REPORT.code, "Klinisk rapport"), ("006", "Workflow")),
        source="MedCom, dk-medcom-xds-metadata, draft 2.0.0; 1.0.1 has 001 only",
    ),
    _value_set("confidentialityCode", Oid.CONFIDENTIALITY, (("N", "normal"),)),
    _value_set(
        "eventCodeList",
        Oid.SKS,
        (
            ("ALAL01", "Kræftsygdomme"),
            ("ALAL02", "Hjertesygdomme"),
            ("ALAL03", "Psykiske lidelser og adfærdsmæssige forstyrrelser"),
            ("ALAL21", "Kronisk obstruktiv lungesygdom (KOL)"),
            ("ALAL22", "Type 2-diabetes"),
            ("ALAL23", "Osteoporose"),
            ("ALAL51", "Graviditet, fødsel og barsel"),
            ("ALAL52", "Nyfødte"),
        ),
        source="MedCom, dk-medcom-xds-metadata 1.0.1: the labels of episodes of care",
        date=datetime.date(2026, 4, 17),
    ),
    _value_set(
        "formatCode",
        Oid.MEDCOM_PROFILE_VERSION,
        (
            (APD_2_0_1.code, "DK APD schema"),
            (
                "urn:ad:dk:medcom:appointmentsummary:full",
                "DK Appointment Summary Document schema",
            ),
        ),
        source="MedCom, dk-medcom-xds-metadata, draft 2.0.0: those for appointments",
    ),
    _value_set("healthcareFacilityTypeCode", Oid.SNOMED_CT, FACILITY_TYPES),
    _value_set(
        # these are in no code system; the FHIR sets name the common domain itself
        "homeCommunityId",
        COMMON_DOMAIN,
        (
            (COMMON_DOMAIN, "Common Danish IHE XDS domain"),
            ("1.2.208.193.100", "Primary healthcare domain"),
        ),
    ),
    _value_set(
        "languageCode",
        LANGUAGES_SYSTEM,
        (("da-DK", "Danish (Denmark)"), ("da", "Danish")),
    ),
    _value_set(
        "mimeType",
        MEDIA_TYPES_SYSTEM,
        ((MEDIA_TYPE, "XML Text"), ("application/cda+xml", "MimeType-application/cda+xml")),
        source="MedCom, dk-medcom-xds-metadata, draft 2.0.0: those for CDA documents",
    ),
    _value_set("practiceSettingCode", Oid.SNOMED_CT, PRACTICE_SETTINGS),
    _value_set(
        "typeCode",
        Oid.LOINC,
        (
            (
                APPOINTMENT_DOCUMENT.code,
                "Follow-up (referred to) provider /specialist, appointment date CPHS",
            ),
            ("56446-8", "Appointment Summary Document"),
            ("39290-2", "Follow-up (referred to) program, appointment date CPHS"),
        ),
        source="MedCom, dk-medcom-xds-metadata, draft 2.0.0 and 1.0.1: those for appointments",
    ),
)

VALUE_SETS: dict[str, ValueSet] = {value_set.attribute: value_set for value_set in _SETS}
"""Every value set, by the name of its attribute."""
