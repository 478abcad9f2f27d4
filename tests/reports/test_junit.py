"""The report as JUnit XML, checked against a schema of what build servers read."""

from typing import Any

import pytest
from lxml import etree

from apd.findings import Severity
from apd.reports.checked import Checked
from apd.reports.junit import junit
from tests.reports.making import DOCUMENTS, context, finding

# what the schemas of Ant, Surefire and Jenkins have in common of what the report uses
XSD = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:attributeGroup name="counts">
    <xs:attribute name="name" type="xs:token" use="required"/>
    <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/>
  </xs:attributeGroup>
  <xs:complexType name="outcome">
    <xs:simpleContent>
      <xs:extension base="xs:string">
        <xs:attribute name="message" type="xs:string"/>
        <xs:attribute name="type" type="xs:string" use="required"/>
      </xs:extension>
    </xs:simpleContent>
  </xs:complexType>
  <xs:element name="testsuites">
    <xs:complexType>
      <xs:sequence>
        <xs:element name="testsuite" maxOccurs="unbounded">
          <xs:complexType>
            <xs:sequence>
              <xs:element name="testcase" minOccurs="0" maxOccurs="unbounded">
                <xs:complexType>
                  <xs:sequence>
                    <xs:choice minOccurs="0">
                      <xs:element name="error" type="outcome"/>
                      <xs:element name="failure" type="outcome"/>
                    </xs:choice>
                    <xs:element name="system-out" type="xs:string" minOccurs="0"/>
                  </xs:sequence>
                  <xs:attribute name="name" type="xs:string" use="required"/>
                  <xs:attribute name="classname" type="xs:token" use="required"/>
                </xs:complexType>
              </xs:element>
            </xs:sequence>
            <xs:attributeGroup ref="counts"/>
            <xs:attribute name="skipped" type="xs:nonNegativeInteger"/>
          </xs:complexType>
        </xs:element>
      </xs:sequence>
      <xs:attributeGroup ref="counts"/>
    </xs:complexType>
  </xs:element>
</xs:schema>
"""
SCHEMA = etree.XMLSchema(etree.fromstring(XSD))


def suite(documents=DOCUMENTS, **changes: Any) -> Any:
    """A report, parsed and found to follow the schema."""
    root = etree.fromstring("\n".join(junit(documents, context(**changes))).encode())
    SCHEMA.assertValid(root)
    return root


@pytest.mark.parametrize("documents", [(), DOCUMENTS[:1], DOCUMENTS])
def test_counts(documents) -> None:
    root = suite(documents)
    for element in (root, root[0]):
        assert int(element.get("tests")) == len(documents) == len(root[0])
        for name, counted in (("failures", "failure"), ("errors", "error")):
            assert int(element.get(name)) == len(root.findall(f".//{counted}"))


@pytest.mark.parametrize(("fail_on", "failed"), [("error", 3), ("warning", 4), ("information", 4)])
def test_what_fails(fail_on, failed) -> None:
    assert suite(fail_on=Severity(fail_on))[0].get("failures") == str(failed)


def test_a_case() -> None:
    case = suite()[0][1]
    assert dict(case.attrib) == {"name": "a folder/bad.xml", "classname": "apd.validate"}
    assert case.find("failure").get("message") == "T-1: Must be <here> & now."
    assert case.find("failure").text == (
        "error T-1: Must be <here> & now. (line 7, /ClinicalDocument/author[2], Side 7)"
    )
    assert case.find("system-out").text == "warning T-2: Must be <here> & now."


def test_more_than_one_finding_of_a_document() -> None:
    failure = suite([Checked("a.xml", (finding(), finding("T-2")))])[0][0][0]
    assert failure.get("message") == "T-1: Must be <here> & now. (+1)"
    assert len(failure.text.splitlines()) == 2


def test_names_with_what_xml_does_not_take() -> None:
    for name in ("a\x00\x1b.xml", 'q"<&>.xml', "\ud800.xml", "line\nend"):
        assert suite([Checked(name)])[0][0].get("classname") == "apd.validate"


def test_what_documents_are_wrong_together() -> None:
    case = suite()[0][-1]
    assert case.get("classname") == "apd.validate_all"
    assert case[0].text.splitlines()[-1] == "warned.xml"
