"""The envelope: the place of the security headers, both versions of SOAP, and faults."""

import pytest
from lxml import etree

import apd
from apd import xds
from apd.xds.soap.incoming import open_message
from tests.model.refusal import Refused, assert_refused, assert_silent
from tests.xds.making import OLD, header, number, submission_set

NAMESPACES = {
    xds.SoapVersion.V1_2: "http://www.w3.org/2003/05/soap-envelope",
    xds.SoapVersion.V1_1: "http://schemas.xmlsoap.org/soap/envelope/",
}
SECURITY = (
    "<wsse:Security xmlns:wsse=\"urn:wsse\" ><a  b='1'/>\r\n\t</wsse:Security>"
    "<medcom:Header xmlns:medcom='urn:medcom'>æ</medcom:Header>"
)


def sent(**changes):
    """A message with a header of some kind."""
    return xds.update(xds.deprecate(submission_set(), OLD), header(**changes)).body


@pytest.mark.parametrize("version", NAMESPACES)
def test_envelope(version) -> None:
    root = etree.fromstring(sent(version=version, to="urn:registret?a=1&b=2"))
    soap, wsa = f"{{{NAMESPACES[version]}}}", "{http://www.w3.org/2005/08/addressing}"
    assert root.tag == f"{soap}Envelope"
    assert [child.tag for child in root] == [f"{soap}Header", f"{soap}Body"]
    assert [child.tag for child in root[0]] == [f"{wsa}Action", f"{wsa}MessageID", f"{wsa}To"]
    assert root[0][0].get(f"{soap}mustUnderstand") == "1"
    assert root[0][1].text == f"urn:uuid:{number(9)}"
    assert root[0][2].text == "urn:registret?a=1&b=2"
    assert len(root[1]) == 1


def test_security_headers_go_in_to_the_letter() -> None:
    assert f"<soap:Header>{SECURITY}<wsa:Action".encode() in sent(security=SECURITY)


@pytest.mark.parametrize("security", ["<a>", "</headers><headers>", "<p:a/>", "<!DOCTYPE a><a/>"])
def test_security_headers_that_would_break_the_message(security) -> None:
    row = Refused(
        xds.SoapHeader, "security", security, "is not well-formed XML", "whole elements",
        {"message_id": number(1)},
    )  # fmt: skip
    assert_refused(row)


@pytest.mark.parametrize("message_id", ["1", "urn:uuid:1", None])
def test_message_id(message_id) -> None:
    with pytest.raises(apd.InvalidValue, match="is not an entry UUID"):
        header(message_id=message_id)


def test_security_headers_are_not_shown() -> None:
    assert "medcom" not in repr(header(security=SECURITY))


# --- faults ----------------------------------------------------------------------------------

FAULT_1_2 = """<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><s:Fault>
<s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>not_valid_id_card</s:Value></s:Subcode>
</s:Code><s:Reason><s:Text xml:lang="da">Id-kort for 0503129900 er udløbet</s:Text></s:Reason>
</s:Fault></s:Body></s:Envelope>"""
FAULT_1_1 = """<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault>
<faultcode>s:Server</faultcode><faultstring>Id-kort for 0503129900 er udløbet</faultstring>
<detail><FaultCode>processing_problem</FaultCode></detail></s:Fault></s:Body></s:Envelope>"""
FAULTS = [
    (FAULT_1_2, ("s:Sender", "not_valid_id_card")),
    (FAULT_1_1, ("s:Server", "processing_problem")),
]


@pytest.mark.parametrize("read", [xds.read_response, xds.read_query_response, xds.read_submission])
@pytest.mark.parametrize(("fault", "codes"), FAULTS)
def test_fault(fault, codes, read) -> None:
    with pytest.raises(xds.SoapFault) as caught:
        read(fault.encode())
    assert isinstance(caught.value, apd.ApdError)
    assert caught.value.codes == codes
    assert str(caught.value) == f"the receiver answered with a SOAP fault: {', '.join(codes)}"
    assert caught.value.reason == "Id-kort for 0503129900 er udløbet"
    assert_silent(caught.value, "0503129900")


def test_a_code_that_is_no_name_is_not_shown() -> None:
    with pytest.raises(xds.SoapFault) as caught:
        xds.read_response(FAULT_1_1.replace("s:Server", "0503129900").encode())
    assert "0503129900" not in str(caught.value)


def test_an_empty_message() -> None:
    empty = '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body/></s:Envelope>'
    with pytest.raises(apd.ParseError, match="empty"):
        open_message(empty.encode())
