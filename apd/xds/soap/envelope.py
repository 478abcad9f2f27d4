"""The SOAP envelope of a message, with its security headers.

Source: SOAP 1.1 and 1.2; WS-Addressing 1.0; IHE ITI TF-2, appendix V.
"""

from enum import Enum
from typing import NamedTuple, Self

from attrs import Attribute, field, frozen

from apd.cda.xml import Element, content, local_name, parse
from apd.errors import ApdError, InvalidValue, ParseError
from apd.model.validators import is_a, is_optional_text, masked, optional_line
from apd.person_numbers import repr_without_numbers
from apd.wording import Wording
from apd.xds.ebxml.vocabulary import WS_ADDRESSING
from apd.xds.errors import not_understood
from apd.xds.metadata.validators import as_entry_uuid, is_optional_entry_uuid


class _Dialect(NamedTuple):
    """The differences between the versions of SOAP."""

    namespace: str
    media_type: str


class SoapVersion(Enum):
    """SOAP 1.2, as IHE requires; or 1.1, as services with DGWS do."""

    V1_2 = _Dialect("http://www.w3.org/2003/05/soap-envelope", "application/soap+xml")
    V1_1 = _Dialect("http://schemas.xmlsoap.org/soap/envelope/", "text/xml")

    @property
    def namespace(self) -> str:
        """Namespace of the envelope."""
        return self.value.namespace

    @property
    def media_type(self) -> str:
        """Media type of a message."""
        return self.value.media_type


def _are_header_blocks(instance: object, attribute: "Attribute[str]", value: str) -> None:
    try:
        parse(f"<headers>{value}</headers>")
    except ParseError:
        raise InvalidValue(
            "SoapHeader.security",
            Wording("er ikke velformet XML", "is not well-formed XML"),
            Wording(
                "angiv hele elementer, der selv erklærer deres navnerum",
                "specify whole elements that declare their own namespaces",
            ),
        ) from None


@frozen(kw_only=True)
class SoapHeader:
    """The SOAP header of a message.

    Args:
        message_id: a new UUID for every message (wsa:MessageID).
        to: the address of the receiver (wsa:To), or None.
        security: the security headers, as XML: for DGWS ``wsse:Security`` and ``medcom:Header``,
            and the HSUID header if a service requires it. They are inserted unchanged, so that
            their signatures stay valid.
        version: the version of SOAP.

    Raises:
        InvalidValue: the security headers are not well-formed.
    """

    message_id: str = field(
        converter=as_entry_uuid, validator=is_optional_entry_uuid, repr=repr_without_numbers
    )
    to: str | None = field(
        default=None, converter=optional_line, validator=is_optional_text, repr=repr_without_numbers
    )
    security: str = field(default="", validator=[is_a(str), _are_header_blocks], repr=masked)
    version: SoapVersion = field(default=SoapVersion.V1_2, validator=is_a(SoapVersion), repr=str)


def write_envelope(
    body: str, action: str, header: SoapHeader, relates_to: str | None = None
) -> bytes:
    """A complete message in UTF-8; ``relates_to`` is the id of the message that it answers."""
    answered = ""
    if relates_to is not None:
        answered = f"<wsa:RelatesTo>{content(relates_to)}</wsa:RelatesTo>"
    to = "" if header.to is None else f"<wsa:To>{content(header.to)}</wsa:To>"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<soap:Envelope xmlns:soap="{header.version.namespace}" xmlns:wsa="{WS_ADDRESSING}">\n'
        f"<soap:Header>{header.security}"
        f'<wsa:Action soap:mustUnderstand="1">{content(action)}</wsa:Action>'
        f"<wsa:MessageID>{content(header.message_id)}</wsa:MessageID>{to}{answered}</soap:Header>\n"
        f"<soap:Body>\n{body}\n</soap:Body></soap:Envelope>\n"
    ).encode()


class Addressing(NamedTuple):
    """The addressing in the header of a message (WS-Addressing); what it lacks is empty."""

    action: str = ""
    message_id: str = ""
    version: SoapVersion = SoapVersion.V1_2


def read_addressing(root: Element) -> Addressing:
    """The addressing of a message; empty without an envelope."""
    for version in SoapVersion:
        if root.tag == f"{{{version.namespace}}}Envelope":
            header = next(root.iterchildren(f"{{{version.namespace}}}Header"), None)
            return Addressing(
                _addressed(header, "Action"), _addressed(header, "MessageID"), version
            )
    return Addressing()


def _addressed(header: Element | None, name: str) -> str:
    found = None if header is None else header.find(f"{{{WS_ADDRESSING}}}{name}")
    return "" if found is None else (found.text or "").strip()


class SoapFault(ApdError):
    """The receiver refused the message as a whole, without stating anything about the document.

    Args:
        codes: the fault code and its subcodes.
        reason: the reason, worded by the receiver. It may quote the message, so neither the error
            message nor ``repr`` contains it.
    """

    def __init__(self, codes: tuple[str, ...], reason: str) -> None:
        names = ", ".join(code for code in codes if _is_name(code))
        wording = Wording(
            f"modtageren svarede med en SOAP-fejl: {names or 'ingen kode'}",
            f"the receiver answered with a SOAP fault: {names or 'no code'}",
        )
        super().__init__(wording)
        self.codes = codes
        self.reason = reason

    def __reduce__(self) -> tuple[type[Self], tuple[tuple[str, ...], str]]:
        return type(self), (self.codes, self.reason)


def _is_name(code: str) -> bool:
    """Letters and joining characters, so that it cannot contain a CPR number."""
    return code.replace(":", "").replace("_", "").replace(".", "").replace("-", "").isalpha()


def read_body(root: Element) -> Element:
    """The content of a message: the first element of its body; without an envelope, its root.

    :class:`SoapFault` for a fault, :class:`ParseError` for nothing.
    """
    for version in SoapVersion:
        if root.tag == f"{{{version.namespace}}}Envelope":
            for body in root.iterchildren(f"{{{version.namespace}}}Body"):
                for content in body.iterchildren():
                    if content.tag == f"{{{version.namespace}}}Fault":
                        raise _fault(content)
                    return content
            raise not_understood("Meddelelsen er tom.", "The message is empty.")
    return root


def write_fault(code: str, reason: str, version: SoapVersion) -> str:
    """A fault, as the body of a message.

    ``Sender`` means that the message is at fault, else ``Receiver``; SOAP 1.1 calls them Client and
    Server.
    """
    if version is SoapVersion.V1_1:
        return (
            f"<soap:Fault><faultcode>soap:{_OLD_CODES[code]}</faultcode>"
            f"<faultstring>{content(reason)}</faultstring></soap:Fault>"
        )
    return (
        f"<soap:Fault><soap:Code><soap:Value>soap:{code}</soap:Value></soap:Code>"
        f'<soap:Reason><soap:Text xml:lang="en">{content(reason)}</soap:Text></soap:Reason>'
        "</soap:Fault>"
    )


_OLD_CODES = {"Sender": "Client", "Receiver": "Server"}
_CODES = ("faultcode", "Value", "FaultCode")  # the last is that of DGWS
_REASONS = ("faultstring", "Text")


def _fault(fault: Element) -> SoapFault:
    """The codes and the reason, by their names in SOAP 1.1 or 1.2."""
    found: dict[str, list[str]] = {}
    for element in fault.iter():
        if element.text and element.text.strip():
            found.setdefault(local_name(element), []).append(element.text.strip())
    codes = [code for name in _CODES for code in found.get(name, ())]
    reasons = [reason for name in _REASONS for reason in found.get(name, ())]
    return SoapFault(tuple(codes), " ".join(reasons))
