"""The report as JUnit XML, checked against a schema of what build servers read."""

from typing import Any

import pytest
from attrs import evolve
from lxml import etree

from apd.findings import Severity
from apd.limits import MAX_DESCRIBED_OF_A_SET
from apd.reports.checked import Checked, Ending, Known
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
    <xs:attribute name="skipped" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="time" type="xs:decimal" use="required"/>
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
                      <xs:element name="skipped">
                        <xs:complexType><xs:attribute name="message"/></xs:complexType>
                      </xs:element>
                    </xs:choice>
                    <xs:element name="system-out" type="xs:string" minOccurs="0"/>
                  </xs:sequence>
                  <xs:attribute name="name" type="xs:string" use="required"/>
                  <xs:attribute name="classname" type="xs:token" use="required"/>
                  <xs:attribute name="file" type="xs:string"/>
                  <xs:attribute name="time" type="xs:decimal" use="required"/>
                </xs:complexType>
              </xs:element>
            </xs:sequence>
            <xs:attributeGroup ref="counts"/>
          </xs:complexType>
        </xs:element>
      </xs:sequence>
      <xs:attributeGroup ref="counts"/>
    </xs:complexType>
  </xs:element>
</xs:schema>
"""
SET_RULES = ("T-1", "T-2", "T-3")
SCHEMA = etree.XMLSchema(etree.fromstring(XSD))


def suite(documents=DOCUMENTS, **changes: Any) -> Any:
    """A report, parsed and found to follow the schema."""
    root = etree.fromstring("\n".join(junit(documents, context(**changes))).encode())
    SCHEMA.assertValid(root)
    return root


@pytest.mark.parametrize("documents", [(), DOCUMENTS[:1], DOCUMENTS])
@pytest.mark.parametrize("compared", [False, True])
def test_counts(documents, compared) -> None:
    """As many cases as files and rules over sets, whatever is found."""
    root = suite(documents, set_rules=SET_RULES, ending=Ending(compared=compared))
    files = [one for one in documents if not one.of_set]
    for element in (root, root[0]):
        assert int(element.get("tests")) == len(files) + len(SET_RULES) == len(root[0])
        for name in ("failure", "error", "skipped"):
            counted = element.get(name if name == "skipped" else f"{name}s")
            assert int(counted) == len(root.findall(f".//{name}"))


@pytest.mark.parametrize(("fail_on", "failed"), [("error", 3), ("warning", 4), ("information", 4)])
def test_what_fails(fail_on, failed) -> None:
    assert suite(fail_on=Severity(fail_on))[0].get("failures") == str(failed)


def test_a_case() -> None:
    case = suite([evolve(DOCUMENTS[1], seconds=0.0125)])[0][0]
    assert dict(case.attrib) == {
        "name": "a folder/bad.xml",
        "classname": "apd.validate",
        "file": "a folder/bad.xml",
        "time": "0.013",
    }
    assert case.find("failure").get("message") == "T-1: Must be <here> & now."
    assert case.find("failure").text == (
        "error T-1: Must be <here> & now. (line 7, /ClinicalDocument/author[2], Side 7)\n  Do it."
    )
    assert case.find("system-out").text == "warning T-2: Must be <here> & now.\n  Do it."


def test_more_than_one_finding_of_a_document() -> None:
    failure = suite([Checked("a.xml", (finding(), finding("T-2")))])[0][0][0]
    assert failure.get("message") == "T-1: Must be <here> & now. (+1)"
    assert len(failure.text.splitlines()) == 4  # each with what to do


def test_names_with_what_xml_does_not_take() -> None:
    for name in ("a\x00\x1b.xml", 'q"<&>.xml', "\ud800.xml", "line\nend"):
        assert suite([Checked(name)])[0][0].get("classname") == "apd.validate"


def test_no_two_cases_have_one_name() -> None:
    names = [case.get("name") for case in suite([Checked("a.xml"), Checked("b.xml")] * 3)[0]]
    assert names[:3] == ["a.xml", "b.xml", "a.xml (2)"]
    assert len({*names}) == 6


def test_every_rule_over_a_set_has_a_case() -> None:
    cases = suite(set_rules=SET_RULES, ending=Ending(compared=True))[0][-3:]
    assert [case.get("name") for case in cases] == [*SET_RULES]
    assert {case.get("classname") for case in cases} == {"apd.validate_all"}
    assert [len(case) for case in cases] == [1, 0, 0]
    assert cases[0][0].text.splitlines()[-2:] == ["clean.xml", "warned.xml"]


def test_of_very_many_documents_together_some_are_described() -> None:
    count = MAX_DESCRIBED_OF_A_SET + 5
    (case,) = suite([DOCUMENTS[-1]] * count)[0]
    assert case[0].get("message").endswith(f"(+{count - 1})")
    assert case[0].text.splitlines()[-1] == "and 5 more"


def test_what_is_known_does_not_fail_and_what_is_gone_is_reported() -> None:
    ending = Ending(gone=(Known(("a.xml",), "T-1", "/ClinicalDocument/id", "0" * 32),))
    known = evolve(DOCUMENTS[1], known=(True, False))
    case, gone = suite([known], baseline="known.json", ending=ending)[0]
    assert case.find("failure") is None
    assert "T-1" in case.find("system-out").text
    assert gone[0].text == "a.xml T-1 /ClinicalDocument/id"
