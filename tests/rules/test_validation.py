"""``validate``: what it takes, what it raises, and what its findings say."""

import pickle
import re
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import apd
from apd.findings import Layer, Severity
from apd.rules.document_view import DocumentView, Node
from apd.rules.rule import Rule
from apd.rules.settings import Settings
from apd.standard import paths
from apd.testing.defects import defects, is_of_set, with_defect
from apd.validation import validate, validate_all
from apd.wording import Wording
from tests import samples
from tests.places import SCHEMA
from tests.rules.broken import edits
from tests.rules.editing import edited, valid, valid_document
from tests.rules.series import REPLACED, SETS
from tests.sampling import one_in

ALL_AT_ONCE = (
    "remove languageCode && set $encounter/statusCode code=held && double $patient/telecom[1] "
    "&& remove $author/telecom && set $place/id extension=12A && set code code="
)


# What it takes -------------------------------------------------------------------------------


def test_bytes_text_path_and_document_are_the_same(tmp_path: Path) -> None:
    data = edited("remove $author/telecom && set languageCode code=en")
    file = tmp_path / "appointment.xml"
    file.write_bytes(data)
    expected = validate(data)

    assert len(expected.findings) == 2
    assert validate(data.decode()) == expected
    assert validate(file) == expected
    assert {f.rule for f in validate(samples.full_document()).findings} == {"BR-SOR-2"}


def test_a_document_that_lacks_much_is_written_first() -> None:
    report = validate(samples.document(appointment=samples.appointment(performer=None)))

    assert "CONF-DK-APD:63d8" in {finding.rule for finding in report.findings}


@pytest.mark.parametrize("data", [None, 17, ["<a/>"], bytearray(b"<a/>")])
def test_nothing_else_is_taken(data: Any) -> None:
    with pytest.raises(TypeError):
        validate(data)


def test_there_are_two_languages() -> None:
    with pytest.raises(TypeError):
        validate(valid(), language="de")  # type: ignore[arg-type]


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(FileNotFoundError):
        validate(Path("no-such-file.xml"))


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200)))
def test_what_is_no_xml_is_a_finding(data: bytes | str) -> None:
    findings = validate(data).findings

    assert [finding.layer for finding in findings] in ([Layer.XML], [Layer.SCHEMA])


@given(st.data())
def test_no_damage_to_a_document_is_too_much(data: st.DataObject) -> None:
    """Elements taken out, doubled, emptied, renamed and swapped at random."""
    root = etree.fromstring(valid())
    for _ in range(data.draw(st.integers(1, 6))):
        elements = [node for node in root.iter() if node.getparent() is not None]
        node = data.draw(st.sampled_from(elements))
        parent = node.getparent()
        assert parent is not None
        match data.draw(st.sampled_from(["take", "empty", "rename", "strip", "into"])):
            case "take":
                parent.remove(node)
            case "empty":
                node.clear()
            case "rename":
                node.tag = data.draw(st.sampled_from([other.tag for other in elements]))
            case "strip":
                node.attrib.clear()
            case _:
                root.append(node)

    report = validate(etree.tostring(root))

    assert all(found.path.startswith("/ClinicalDocument") for found in report.findings)


def test_comments_instructions_and_blanks_do_not_matter() -> None:
    data = edited("remove $author/telecom")
    commented = re.sub(rb">\s*<(?!\?)(?=[a-zA-Z])", b"><!-- x --><?x y?>\n<", data)

    found, expected = validate(commented).findings, validate(data).findings
    assert [(f.rule, f.path) for f in found] == [(f.rule, f.path) for f in expected]


def test_what_is_not_cda_is_reported_as_such_and_no_more() -> None:
    (finding,) = validate("<ClinicalDocument/>").findings

    assert (finding.rule, finding.layer) == ("APD-ROOT", Layer.XML)


# What a finding says -------------------------------------------------------------------------


def test_paths_have_positions_where_they_are_needed_and_lines_are_right() -> None:
    data = edited("set $requester/id root=1.2.3 && set $custodian/id assigningAuthorityName=x")
    requester, custodian = validate(data).findings

    assert requester.path == "/ClinicalDocument/author[2]/assignedAuthor/id"
    assert custodian.path.endswith("/id/@assigningAuthorityName")
    lines = data.decode().splitlines()
    assert requester.line is not None
    assert custodian.line is not None
    assert 'root="1.2.3"' in lines[requester.line - 1]
    assert 'assigningAuthorityName="x"' in lines[custodian.line - 1]


def test_elements_of_sdtc_have_their_prefix() -> None:
    data = edited('after $patient/patient/name <a:desc xmlns:a="urn:hl7-org:sdtc"/>')
    (finding,) = validate(data).findings

    assert (finding.rule, finding.path[-10:]) == ("DT-ED-EMPTY", "/sdtc:desc")


def test_findings_stand_in_the_order_of_the_document() -> None:
    found = validate(edited(ALL_AT_ONCE)).findings
    lines = [finding.line or 0 for finding in found]

    assert len(found) > 5
    assert lines == sorted(lines)
    assert found == validate(edited(ALL_AT_ONCE)).findings


def test_messages_are_danish_or_english() -> None:
    danish, english = (
        validate(edited("remove title"), language=language).findings[0] for language in ("da", "en")
    )

    assert danish.message == "Dokumentet skal have præcis ét title-element."
    assert english.message == "The document must have exactly one title element."
    (refused,) = validate("<a>", language="da").findings
    assert refused.message.startswith("Det er ikke velformet XML")


PERSONAL = "Rosenkål-Vennelyst"


READABLE = [rule for rule in defects() if not is_of_set(rule) and not rule.startswith("XML-")]
OTHER_WAYS = [edit for marks in edits().values() for edit in marks["-"]]


@pytest.mark.parametrize("broken", one_in(3, [*READABLE, *OTHER_WAYS]))
def test_findings_never_say_what_stands_in_the_document(broken: str) -> None:
    is_rule = broken in READABLE
    data = with_defect(valid_document(), broken) if is_rule else edited(broken)
    values = {
        value
        for node in etree.fromstring(data).iter("*")
        if etree.QName(node).localname in ("id", "given", "family", "streetAddressLine", "city")
        for value in (node.text, node.get("extension"))
        if value and not value.isspace() and len(value) > 3
    } - {"apd-v2.0.1", "apd-v1.1", "MedCom", "POCD_HD000040"}
    stated = " ".join(f"{f.wording.da} {f.wording.en} {f.path}" for f in validate(data).findings)

    assert not [value for value in values if value in stated]


@pytest.mark.parametrize(
    "edit",
    [
        f"set $patient/id root={PERSONAL}!",
        f"set effectiveTime value={PERSONAL}",
        f"set $patient/patient/name use={PERSONAL}",
        f"set $patient classCode={PERSONAL}",
        f"set $patient telephone={PERSONAL}",
        f"text recordTarget {PERSONAL}",
        f"set $repetition/criterion/value xsi:type={PERSONAL}",
        f"set $custodian/telecom value=tel:%zz{PERSONAL}",
        f"set confidentialityCode code={PERSONAL} x",
        f"set component contextConductionInd={PERSONAL}",
        f"set versionNumber value={PERSONAL}",
        f"set $section/text/table border={PERSONAL} && "
        f"add $section/text <linkHtml href='x' name='{PERSONAL}' ID='1{PERSONAL}'/>",
    ],
)
def test_the_schemas_explanations_never_do_either(edit: str) -> None:
    findings = validate(edited(edit)).findings

    assert Layer.SCHEMA in {finding.layer for finding in findings}
    assert PERSONAL not in repr(findings)


# The schema ----------------------------------------------------------------------------------


def test_the_schema_does_not_stop_the_other_layers() -> None:
    layers = {finding.layer for finding in validate(edited(ALL_AT_ONCE)).findings}

    assert layers == {Layer.SCHEMA, Layer.PROFILE, Layer.BUSINESS}


def test_a_failure_is_reported_in_words() -> None:
    findings = validate(edited("remove $custodian/id")).findings
    (finding,) = [one for one in findings if one.rule == "XSD-ELEMENT"]

    assert finding.path.endswith("/representedCustodianOrganization/name")
    assert finding.message.endswith("Expected: id.")


def test_another_schema_may_be_named(tmp_path: Path) -> None:
    empty = tmp_path / "other.xsd"
    empty.write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"/></xs:schema>',
        encoding="utf-8",
    )

    assert validate(valid(), schema=SCHEMA).is_valid
    assert {f.layer for f in validate(valid(), schema=empty).findings} == {Layer.SCHEMA}


def test_a_schema_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "no.xsd").write_text("<a/>", encoding="utf-8")

    with pytest.raises(apd.InvalidValue):
        validate(valid(), schema=tmp_path / "no.xsd")
    with pytest.raises(FileNotFoundError):
        validate(valid(), schema=tmp_path / "missing.xsd")


# Settings ------------------------------------------------------------------------------------


def test_a_rule_can_be_switched_off_by_any_of_its_clauses() -> None:
    data = edited("set $author/id root=1.2.3")

    for name in ("CONF-DK-APD:4b90", "CONF-DK-APD:9199"):
        assert validate(data, settings=Settings(off=[name])).findings == ()


def test_a_severity_can_be_changed() -> None:
    data = edited("remove $author/telecom")
    (finding,) = validate(
        data, settings=Settings(severities={"CONF-DK-APD:c79d": "warning"})
    ).findings

    assert finding.severity is Severity.WARNING
    assert validate(data, settings=Settings(severities={"CONF-DK-APD:c79d": "warning"})).is_valid
    assert not validate(data).is_valid


def test_a_schema_rule_can_be_switched_off() -> None:
    data = edited("set code code=")

    assert "XSD-VALUE" in {f.rule for f in validate(data).findings}
    settings = Settings(off=["XSD-VALUE"])
    assert "XSD-VALUE" not in {f.rule for f in validate(data, settings=settings).findings}


def _municipal(view: DocumentView) -> list[Node]:
    codes = view.at(paths.ENCOUNTER / "code")
    return [node for node in codes if node.get("code") != "MunicipalityAppointment"]


OWN = Rule(
    id="OUR-1",
    layer=Layer.BUSINESS,
    source="our own agreement",
    wording=Wording("Kun kommunale aftaler.", "Municipal appointments only."),
    explanation=Wording("Vi er en kommune.", "We are a municipality."),
    remedy=Wording("Ret kategorien.", "Correct the category."),
    check=_municipal,
)


def test_rules_of_ones_own() -> None:
    (finding,) = validate(valid(), settings=Settings(rules=[OWN])).findings

    assert (finding.rule, finding.layer, finding.severity) == ("OUR-1", "business", "error")
    assert finding.path.endswith("/encounter/code")
    assert validate(valid(), settings=Settings(rules=[OWN], off=["OUR-1"])).findings == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"off": ["CONF-DK-APD:nope"]},
        {"severities": {"CONF-DK-APD:nope": "error"}},
        {"severities": {"CONF-DK-APD:c79d": "fatal"}},
        {"rules": [OWN, OWN]},
    ],
)
def test_settings_that_make_no_sense(wrong: dict[str, Any]) -> None:
    with pytest.raises(apd.InvalidValue):
        Settings(**wrong)


# Many documents ------------------------------------------------------------------------------


def test_a_document_that_replaces_another_is_not_a_second_one() -> None:
    found = validate_all(REPLACED).findings

    assert "SET-APPOINTMENT-ID" not in {one.finding.rule for one in found}


def test_a_set_is_read_as_its_reports_are_taken() -> None:
    read: list[int] = []

    def documents() -> Any:
        for number in range(3):
            read.append(number)
            yield valid()

    reports = validate_all(documents())
    next(iter(reports))
    assert read == [0]
    assert (0, 1, 2) in [one.documents for one in reports.findings]
    assert read == [0, 1, 2]
    assert not reports.is_valid


def test_a_document_that_is_no_xml_does_not_stop_a_set() -> None:
    reports = list(validate_all([b"<a>", valid()]))

    assert [report.is_valid for report in reports] == [False, True]


def test_rules_over_a_set_have_settings_and_languages() -> None:
    documents, _ = SETS["SET-SERIES-PATIENT"]
    settings = Settings(severities={"SET-SERIES-PATIENT": "warning"})
    (found,) = validate_all(documents, settings=settings, language="da").findings

    assert found.finding.severity is Severity.WARNING
    assert found.finding.message.startswith("Aftaler med det samme repetitions-id")
    assert validate_all(documents, settings=Settings(off=["SET-SERIES-PATIENT"])).findings == ()


def test_settings_and_reports_can_be_pickled() -> None:
    settings = Settings(off=["BR-HOME"], severities={"BR-8": "error"}, rules=[OWN])
    report = validate(edited(ALL_AT_ONCE), settings=settings)

    assert pickle.loads(pickle.dumps(settings)) == settings
    assert pickle.loads(pickle.dumps(report)) == report


def test_rules_that_differ_in_their_check_are_two() -> None:
    """One rule with a parameter, of two vendors: each runs its own check."""

    def made(status: str) -> Rule:
        return evolve(
            OWN,
            check=lambda view: [
                node
                for node in view.at(paths.ENCOUNTER / "statusCode")
                if node.get("code") == status
            ],
        )

    never, always = Settings(rules=[made("held")]), Settings(rules=[made("active")])
    assert never != always
    assert validate(valid(), settings=never).findings == ()
    assert [found.rule for found in validate(valid(), settings=always).findings] == ["OUR-1"]
