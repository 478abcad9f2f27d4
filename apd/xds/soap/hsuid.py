"""The HSUID header: the user of a service, the system, and the citizen. It is not signed.

Source: NSP, *Healthcare Service User Identification Header*, version 1.1 of 2016-08. The
specification was not available: the elements, ``nsi:UserType`` with its two values,
``nsi:ActingUserCivilRegistrationNumber``, and ``nsi:OrgUsingID`` with ``nsi:sor`` were seen in
published messages of others. They name the other attributes too; those marked **unverified** below
were not seen with a value. Ask for the specification before you rely on them.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from attrs import field, frozen

from apd.cda.xml import Element, content, parse
from apd.errors import InvalidValue
from apd.limits import MAX_MESSAGE_BYTES
from apd.model.identifiers import CprNumber, Identifier, ProviderNumber, SorCode
from apd.model.time import danish_time
from apd.model.validators import (
    demand,
    is_a,
    is_optional_text,
    masked,
    one_line,
    optional,
    optional_line,
)
from apd.person_numbers import repr_without_numbers
from apd.standard.codes import Oid
from apd.wording import Wording
from apd.xds.errors import not_understood
from apd.xds.soap.mtom import read_package

_NAMESPACE = "http://www.nsi.dk/hsuid/2016/08/hsuid-1.1.xsd"


class UserType(StrEnum):
    """The type of user (nsi:UserType)."""

    CITIZEN = "nsi:Citizen"
    HEALTHCARE_PROFESSIONAL = "nsi:HealthcareProfessional"


def _is_in_sks(instance: object, attribute: object, value: object) -> None:
    if isinstance(value, Identifier) and value.root != Oid.SKS:
        raise InvalidValue(
            "ServiceUser.organization",
            Wording(
                "har en rod, som headeren ikke kan angive",
                "has a root that the header cannot express",
            ),
            Wording(
                "angiv et nummer fra SOR, Yderregisteret eller SKS",
                "specify a number from SOR, Yderregisteret or SKS",
            ),
        )


@frozen(kw_only=True)
class ServiceUser:
    """The user of a service, the system, and the citizen.

    An attribute that is None is left out. Which attributes are required depends on the service.

    Args:
        user_type: citizen or healthcare professional (nsi:UserType).
        acting_user: the user's CPR number (nsi:ActingUserCivilRegistrationNumber).
        organization: the user's organisation (nsi:OrgUsingID): a SOR code, as
            ``nsi:sor``; a provider number, as ``nsi:ynumber``; or an :class:`apd.Identifier` of
            SKS, as ``nsi:skscode``. The spelling of the last two is **unverified**.
        organization_name: the name of the responsible organisation (nsi:OrgResponsibleName).
        responsible_user: the CPR number of the responsible user, if the user is an assistant
            (nsi:ResponsibleUserCivilRegistrationNumber).
        authorization_code: the authorisation id of the responsible user, assigned by
            Styrelsen for Patientsikkerhed (nsi:ResponsibleUserAuthorizationCode; a text names it
            ``nsi:UserAuthorizationCode``, which is **unverified**).
        citizen: CPR number of the patient (nsi:CitizenCivilRegistrationNumber).
        citizen_relation: the relation of a citizen who is the user to the patient, such as the
            holder of custody or of a power of attorney (nsi:CitizenUserRelation). Its values are
            **unverified**: the text is written unchanged.
        consent_override: True if a professional overrides what the patient has blocked
            (værdispring), which is logged (nsi:ConsentOverride). False is written as ``false``,
            which is **unverified**.
        system_owner: the owner of the system (nsi:SystemOwnerName).
        system_name: its name (nsi:SystemName).
        system_version: its version (nsi:SystemVersion).

    Raises:
        InvalidValue: a value is invalid.
    """

    user_type: UserType = field(validator=is_a(UserType))
    acting_user: CprNumber | None = field(default=None, validator=optional(CprNumber))
    organization: SorCode | ProviderNumber | Identifier | None = field(
        default=None, validator=[optional(SorCode, ProviderNumber, Identifier), _is_in_sks]
    )
    organization_name: str | None = field(
        default=None, converter=optional_line, validator=is_optional_text, repr=repr_without_numbers
    )
    responsible_user: CprNumber | None = field(default=None, validator=optional(CprNumber))
    authorization_code: str | None = field(
        default=None, converter=optional_line, validator=is_optional_text, repr=masked
    )
    citizen: CprNumber | None = field(default=None, validator=optional(CprNumber))
    citizen_relation: str | None = field(
        default=None, converter=optional_line, validator=is_optional_text, repr=repr_without_numbers
    )
    consent_override: bool | None = field(default=None, validator=optional(bool))
    system_owner: str | None = field(
        default=None, converter=optional_line, validator=is_optional_text, repr=repr_without_numbers
    )
    system_name: str | None = field(
        default=None, converter=optional_line, validator=is_optional_text, repr=repr_without_numbers
    )
    system_version: str | None = field(
        default=None, converter=optional_line, validator=is_optional_text, repr=repr_without_numbers
    )


_NAMES: dict[str, str] = {
    "user_type": "nsi:UserType",
    "acting_user": "nsi:ActingUserCivilRegistrationNumber",
    "organization": "nsi:OrgUsingID",
    "organization_name": "nsi:OrgResponsibleName",
    "responsible_user": "nsi:ResponsibleUserCivilRegistrationNumber",
    "authorization_code": "nsi:ResponsibleUserAuthorizationCode",
    "citizen": "nsi:CitizenCivilRegistrationNumber",
    "citizen_relation": "nsi:CitizenUserRelation",
    "consent_override": "nsi:ConsentOverride",
    "system_owner": "nsi:SystemOwnerName",
    "system_name": "nsi:SystemName",
    "system_version": "nsi:SystemVersion",
}
"""The name of each field in the header."""
_FORMATS: dict[str, str] = {
    Oid.SOR: "nsi:sor",
    Oid.PROVIDER: "nsi:ynumber",
    Oid.SKS: "nsi:skscode",
}
"""The name in the header for the register of an organisation's number, by its root."""


def hsuid(user: ServiceUser, *, issuer: str, issued: datetime.datetime) -> str:
    """The HSUID header, as XML for :class:`apd.xds.SoapHeader`.

    It belongs in ``security`` together with the headers of DGWS. It is not signed; a service trusts
    it as far as it trusts the sending system.

    Args:
        user: the user and the citizen.
        issuer: the name of the issuing system or organisation.
        issued: the time of issue, with a time zone; written in UTC.

    Raises:
        InvalidValue: the issuer is empty, or the time has no zone.

    Examples:
        >>> import apd
        >>> nurse = ServiceUser(
        ...     user_type=UserType.HEALTHCARE_PROFESSIONAL,
        ...     acting_user=apd.CprNumber("0503129900"),
        ...     organization=apd.SorCode("111111000016003"),
        ... )
        >>> header = hsuid(nurse, issuer="Fagsystem", issued=apd.local_time(2026, 2, 1, 9, 35))
        >>> 'IssueInstant="2026-02-01T08:35:00Z"' in header
        True
    """
    demand(user, "user", ServiceUser)
    demand(issuer, "issuer", str)
    named = one_line(issuer)
    if not named:
        raise InvalidValue(
            "issuer", Wording("er tom", "is empty"), Wording("angiv et navn", "specify a name")
        )
    instant = danish_time(issued, "issued").astimezone(datetime.UTC)
    return (
        f'<hsuid:HsuidHeader xmlns:hsuid="{_NAMESPACE}">'
        f'<hsuid:Assertion IssueInstant="{instant:%Y-%m-%dT%H:%M:%SZ}" Version="2.0" id="HSUID">'
        f"<hsuid:Issuer>{content(named)}</hsuid:Issuer>"
        f'<hsuid:AttributeStatement id="HSUIDdata">{"".join(_attributes(user))}'
        "</hsuid:AttributeStatement></hsuid:Assertion></hsuid:HsuidHeader>"
    )


def _attributes(user: ServiceUser) -> Iterator[str]:
    for name, called in _NAMES.items():
        value = getattr(user, name)
        if value is None:
            continue
        form = ""
        if isinstance(value, SorCode | ProviderNumber | Identifier):
            form = f' NameFormat="{_FORMATS[value.root]}"'
        if isinstance(value, bool):
            text = str(value).lower()
        else:
            text = value if isinstance(value, str) else value.value or ""
        yield (
            f'<hsuid:Attribute Name="{called}"{form}>'
            f"<hsuid:AttributeValue>{content(text)}</hsuid:AttributeValue></hsuid:Attribute>"
        )


class Identified(NamedTuple):
    """An HSUID header as read.

    Args:
        user: the user and the citizen.
        issuer: the issuer.
        issued: the time of issue, as written.
    """

    user: ServiceUser
    issuer: str
    issued: str


def read_hsuid(message: bytes | str, content_type: str | None = None) -> Identified | None:
    """The HSUID header of a message, for tests of a sending system.

    Args:
        message: a message, or header blocks as text, as passed to ``SoapHeader``.
        content_type: its media type; needed for a package only.

    Returns:
        The header; None if there is none.

    Raises:
        ParseError: it is not XML, or the header has an unknown attribute, an invalid CPR number or
            an unknown type of user.
    """
    if isinstance(message, str):
        envelope = f"<headers>{message}</headers>".encode()
    else:
        envelope, _ = read_package(message, content_type)
    root = parse(envelope, max_bytes=MAX_MESSAGE_BYTES)
    header = next(root.iter(f"{{{_NAMESPACE}}}HsuidHeader"), None)
    if header is None:
        return None
    assertion = next(header.iter(_tag("Assertion")), None)
    issuer = next(header.iter(_tag("Issuer")), None)
    try:
        user = ServiceUser(**dict(map(_read, header.iter(_tag("Attribute")))))
    except (InvalidValue, KeyError, TypeError, ValueError):
        raise not_understood(
            "HSUID-headeren indeholder en attribut, som ikke kan forstås, eller mangler en.",
            "The HSUID header has an attribute that cannot be understood, or lacks one.",
        ) from None
    return Identified(
        user,
        "" if issuer is None else (issuer.text or "").strip(),
        "" if assertion is None else assertion.get("IssueInstant") or "",
    )


def _tag(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"


_FIELDS: Mapping[str, str] = {called: name for name, called in _NAMES.items()}
_READ: Mapping[str, Callable[[str], object]] = {
    "user_type": UserType,
    "acting_user": CprNumber,
    "responsible_user": CprNumber,
    "citizen": CprNumber,
    "consent_override": lambda text: {"true": True, "false": False}[text],
}
_ORGANIZATIONS: Mapping[str, Callable[[str], object]] = {
    "nsi:sor": SorCode,
    "nsi:ynumber": ProviderNumber,
    "nsi:skscode": lambda text: Identifier(Oid.SKS, text),
}


def _read(element: Element) -> tuple[str, Any]:
    name = _FIELDS[(element.get("Name") or "").strip()]
    value = next(element.iter(_tag("AttributeValue")), None)
    text = "" if value is None else (value.text or "").strip()
    if name == "organization":
        return name, _ORGANIZATIONS[(element.get("NameFormat") or "").strip()](text)
    return name, _READ.get(name, str)(text)
