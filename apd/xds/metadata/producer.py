"""What the metadata say of the producer, and no document tells."""

from typing import Any

from attrs import Attribute, field, frozen

from apd.errors import InvalidValue
from apd.model.code import Code
from apd.model.validators import field_name
from apd.wording import Wording
from apd.xds.metadata.validators import bare_oid, is_optional_oid
from apd.xds.metadata.value_sets import COMMON_DOMAIN, TEST_HOME_COMMUNITIES, VALUE_SETS

_A_TEST_COMMUNITY = TEST_HOME_COMMUNITIES.codes[0].code


def _facility_type(code: str | Code) -> Code:
    return VALUE_SETS["healthcareFacilityTypeCode"].chosen(
        code, "ProducerConfiguration.healthcare_facility_type_code"
    )


def _practice_setting(code: str | Code) -> Code:
    return VALUE_SETS["practiceSettingCode"].chosen(
        code, "ProducerConfiguration.practice_setting_code"
    )


def _is_home_community(instance: object, attribute: "Attribute[Any]", value: str | None) -> None:
    if value is None or value in VALUE_SETS["homeCommunityId"]:
        return
    if value not in TEST_HOME_COMMUNITIES:
        raise InvalidValue(
            field_name(instance, attribute),
            Wording(
                "er ikke et home community i værdisættet", "is no home community of the value set"
            ),
            Wording(
                f"angiv {COMMON_DOMAIN} (produktion), eller et testmiljøs, som {_A_TEST_COMMUNITY}",
                f"give {COMMON_DOMAIN} (production), or that of an environment for testing, "
                f"such as {_A_TEST_COMMUNITY}",
            ),
        )


@frozen(kw_only=True)
class ProducerConfiguration:
    """Who publishes, and where: what is the same for all documents of one department.

    Args:
        healthcare_facility_type_code: what kind of place it is (enhedstype), of the 65 codes of
            ``VALUE_SETS["healthcareFacilityTypeCode"]``; the code alone is enough.
        practice_setting_code: the specialty (speciale) that fits the appointments best, of the
            54 codes of ``VALUE_SETS["practiceSettingCode"]``; the code alone is enough.
        source_id: OID of the system that submits. Metadata can be made without it, messages
            cannot.
        home_community_id: OID of the XDS domain, with ``urn:oid:`` or without: the common Danish
            domain (production) unless another is given. None where the receiver does not ask.
        repository_unique_id: OID of the repository, for a producer who runs one (ITI-42).

    Raises:
        InvalidValue: a code that is not in its value set, or no OID.
    """

    healthcare_facility_type_code: Code = field(converter=_facility_type)
    practice_setting_code: Code = field(converter=_practice_setting)
    source_id: str | None = field(default=None, converter=bare_oid, validator=is_optional_oid)
    home_community_id: str | None = field(
        default=COMMON_DOMAIN, converter=bare_oid, validator=_is_home_community
    )
    repository_unique_id: str | None = field(
        default=None, converter=bare_oid, validator=is_optional_oid
    )
