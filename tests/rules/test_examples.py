"""MedCom's examples: what the references find in each, and what the project's own rules add.

The table of the conformance kit, with two kinds of names more: ``XSD-`` for what the schema
rejects, and ``a2e5``, ``69ee``, ``851d`` and ``9b39`` where the official Schematron speaks of the
version, the version event, the time event and the section.
"""

import pytest

from apd.findings import Severity
from apd.rules.settings import Settings
from apd.validation import validate
from tests.places import EXAMPLES, needs_examples

ERRORS = {
    "apd_invalid.xml": "69ee XSD-ELEMENT 40d4 7616 cd01 bf38",
    "apd_minimum.xml": "c79d",
    "2.0_DK-APD_Example_1_10_apd_municipality_morning_sbj.xml": "c79d",
    "2.0_DK-APD_Example_1_2_apd_maximum.xml": "40d4 bf38 bf38 bf38",
    "2.0_DK-APD_Example_1_4_apd_municipality_a.xml": "c79d",
    "2.0_DK-APD_Example_1_4_apd_municipality_b.xml": "c79d",
    "2.0_DK-APD_Example_1_5_apd_region.xml": "",
    "2.0_DK-APD_Example_1_6_apd_gp.xml": "",
    "2.0_DK-APD_Example_1_7_apd_gp_specialist_yder.xml": "XSD-ELEMENT 91ea",
    "2.0_DK-APD_Example_1_9_apd_v11.xml": "a2e5 9b39 49d8 9245 ed37 cce6 c362",
    "Tidligere_versioner_DK-APD_Example_1.xml": (
        "851d 69ee 9b39 49d8 9245 ed37 ad38 7e5c cce6 c362"
    ),
    "Tidligere_versioner_DK-APD_Example_No_Time_Place.xml": (
        "851d 69ee 9b39 CONF:1098-14749 d9f0 8506"
    ),
    "Tidligere_versioner_DK-APD_Example_apd-2-0.xml": (
        "851d 69ee 8cd7 c79d ad38 7e5c cce6 72b5-REPETITION"
    ),
}
"""Rules of severity error, in the order of the document; without ``CONF-DK-APD:``.

7616 in apd_invalid is the same missing requester that 40d4 names: it has no id either."""

WARNINGS = {
    "2.0_DK-APD_Example_1_10_apd_municipality_morning_sbj.xml": "BR-HOME",
    "2.0_DK-APD_Example_1_2_apd_maximum.xml": "BR-SOR-2",
    "2.0_DK-APD_Example_1_9_apd_v11.xml": "APD-RELEASE",
    "Tidligere_versioner_DK-APD_Example_1.xml": "APD-RELEASE 6c69-DATE BR-TEXT-TIME BR-OFFSET",
    "Tidligere_versioner_DK-APD_Example_No_Time_Place.xml": "6c69-DATE BR-TEXT-EMPTY",
    "Tidligere_versioner_DK-APD_Example_apd-2-0.xml": "APD-RELEASE BR-OFFSET",
}
"""What the rules add that no reference has."""
AS_RELEASE = {
    "2.0_DK-APD_Example_1_9_apd_v11.xml": "APD-RELEASE",
    "Tidligere_versioner_DK-APD_Example_1.xml": "APD-RELEASE BR-OFFSET BR-TEXT-TIME",
    "Tidligere_versioner_DK-APD_Example_apd-2-0.xml": "APD-RELEASE BR-OFFSET",
}
"""What is found in the older examples as what they are: no error."""


def found_in(name: str, errors: bool, settings: Settings | None = None) -> str:
    report = validate(EXAMPLES / name, settings=settings)
    return " ".join(
        finding.rule.removeprefix("CONF-DK-APD:")
        for finding in report.findings
        if (finding.severity is Severity.ERROR) is errors
    )


@needs_examples
@pytest.mark.parametrize("name", ERRORS)
def test_what_the_references_find(name: str) -> None:
    assert found_in(name, errors=True) == ERRORS[name]


@needs_examples
@pytest.mark.parametrize("name", ERRORS)
def test_what_the_project_adds(name: str) -> None:
    assert found_in(name, errors=False) == WARNINGS.get(name, "")


@needs_examples
@pytest.mark.parametrize("name", AS_RELEASE)
def test_older_examples_as_what_they_are(name: str) -> None:
    settings = Settings(as_release=True)
    assert found_in(name, errors=True, settings=settings) == ""
    assert found_in(name, errors=False, settings=settings) == AS_RELEASE[name]
