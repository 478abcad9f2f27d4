"""What the check accepts is written within the limits of ebRIM, and with a CPR number.

Values are measured as they are written: with their separators, escapes and roots.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import apd
from apd import xds
from apd.xds.ebxml.ebrim import rim
from apd.xds.ebxml.registry_objects import write_document_entry, write_submission_set
from apd.xds.metadata.attributes import DOCUMENT_ENTRY, SUBMISSION_SET
from tests.xds.making import (
    TROUBLE,
    configuration,
    document,
    element,
    entry,
    header,
    number,
    submission_set,
)

UUID = number(8)
LONG_NAME, UNIQUE_ID, OID, TITLE = 256, 128, 64, 127
SCHEMES = {row.key: row.name for row in (*DOCUMENT_ENTRY, *SUBMISSION_SET)}
CPR = re.compile(r"[0-9]{10}\^\^\^&1\.2\.208\.176\.1\.2&ISO")


def broken(letters: str) -> set[str]:
    """The limits that a written object breaks, by what breaks them."""
    return set(_broken(letters))


def _broken(letters: str) -> Iterator[str]:
    written = element(letters)
    for slot in written.iter(rim("Slot")):
        values = [value.text or "" for value in slot.iter(rim("Value"))]
        name = str(slot.get("name"))
        if max(map(len, [name, *values]), default=0) > LONG_NAME:
            yield name
        if name == "repositoryUniqueId" and len(values[0]) > OID:
            yield name
        if name == "sourcePatientId" and not CPR.fullmatch(values[0]):
            yield name
    for found in written.iter(rim("Classification")):
        if len(found.get("nodeRepresentation", "")) > LONG_NAME:
            yield "nodeRepresentation"
    for found in written.iter(rim("ExternalIdentifier")):
        name, value = SCHEMES[str(found.get("identificationScheme"))], str(found.get("value"))
        is_entry = written.tag == rim("ExtrinsicObject")
        if len(value) > (UNIQUE_ID if is_entry and name == "uniqueId" else LONG_NAME):
            yield name
        if name == "patientId" and not CPR.fullmatch(value):
            yield name
    for found in written.iterfind(f"{rim('Name')}/{rim('LocalizedString')}"):
        if len(str(found.get("value"))) > TITLE:
            yield "title"


def attributes(report: apd.Report) -> set[str]:
    """The attributes that an error of length or of value is told of."""
    return {
        found.path.partition(".")[2]
        for found in report.findings
        if found.severity is apd.Severity.ERROR
    }


# --- the law ---------------------------------------------------------------------------------

LENGTHS = st.sampled_from((1, 60, 100, 116, 117, 127, 128, 129, 200, 210, 256, 257))
LONG = st.builds(
    lambda length, start: (start + "x" * length)[:length].strip() or "x", LENGTHS, TROUBLE
)
CODES = st.builds(lambda length: apd.Code("c" * length, "1.2.3"), LENGTHS)
PATIENTS = st.sampled_from(
    [
        apd.CprNumber("2512489996"),
        apd.CprNumber("251248-9996"),
        apd.Identifier(apd.Oid.CPR, "512489996"),
        apd.Identifier(apd.Oid.CPR, "251248AB01"),
        apd.Identifier("1.2.3", "2512489996"),
    ]
)
NAMES = st.builds(lambda given, family: apd.PersonName([given, "B"], family), LONG, LONG)
IDENTIFIERS = st.builds(lambda length: apd.Identifier("1.2.3", "x" * length), LENGTHS)
AUTHORS = st.builds(
    xds.Author, st.builds(apd.Organization, name=LONG, id=IDENTIFIERS), st.none() | NAMES
)
CHANGES: dict[str, st.SearchStrategy[Any]] = {
    "unique_id": IDENTIFIERS,
    "patient_id": PATIENTS,
    "source_patient_id": PATIENTS,
    "source_patient_info": st.builds(
        lambda name, known: evolve(known, name=name), NAMES, st.just(entry().source_patient_info)
    ),
    "author": AUTHORS,
    "title": LONG,
    "event_code_list": st.lists(CODES, max_size=2),
    "repository_unique_id": LENGTHS.map(lambda length: f"1.{'2' * length}"),
    "reference_id_list": st.lists(st.builds(xds.Reference, IDENTIFIERS, LONG), max_size=2),
    "uri": LONG,
    "extra_slots": st.builds(lambda n, v: [xds.Slot(f"urn:{n}", [v])], LONG, LONG),
}


@given(st.fixed_dictionaries({}, optional=CHANGES))
def test_what_is_accepted_is_within_the_limits(changes) -> None:
    changed = evolve(entry(), **changes)
    report = xds.check_entry(changed)
    breaks = broken(write_document_entry(changed))

    assert bool(attributes(report)) == bool(breaks), (attributes(report), breaks)


@given(
    st.fixed_dictionaries({}, optional={name: CHANGES[name] for name in ("patient_id", "author")})
)
def test_what_is_accepted_of_a_submission_set(changes) -> None:
    changed = evolve(submission_set(), **changes)
    report = xds.check_submission_set(changed)

    assert bool(attributes(report)) == bool(broken(write_submission_set(changed)))


# --- one by one ------------------------------------------------------------------------------

SOR = apd.SorCode("9990011000016000")
AROUND = len("^^^^^&1.2.208.176.1.1&ISO^^^^9990011000016000")
ROOT = len("1.2.3^")


def author(name: str) -> dict[str, Any]:
    """An author whose institution has a name."""
    return {"author": xds.Author(apd.Organization(name=name, id=SOR))}


def named(length: int) -> dict[str, Any]:
    """A patient whose name has a length as PID-5."""
    family = "x" * (length - len("PID-5|^A"))
    info = evolve(entry().source_patient_info, name=apd.PersonName(["A"], family))
    return {"source_patient_info": info}


FITS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    # the attribute, a value that just fits, one that just does not
    ("author", author("N" * (256 - AROUND)), author("N" * (257 - AROUND))),
    ("author", author("^" * 70), author("^" * 71)),  # three characters for each
    ("sourcePatientInfo", named(256), named(257)),
    *[
        (name, {field: make(most)}, {field: make(most + 1)})
        for name, field, most, make in (
            ("uniqueId", "unique_id", 128 - ROOT, lambda n: apd.Identifier("1.2.3", "x" * n)),
            ("uniqueId", "unique_id", 128, lambda n: apd.Identifier(f"1.{'2' * (n - 2)}")),
            ("title", "title", 127, lambda n: "x" * n),
            ("repositoryUniqueId", "repository_unique_id", 64, lambda n: f"1.{'2' * (n - 2)}"),
            ("extraSlots", "extra_slots", 256, lambda n: [xds.Slot("urn:x", ["a", "x" * n])]),
            ("extraSlots", "extra_slots", 256, lambda n: [xds.Slot("x" * n, ["a"])]),
            ("referenceIdList", "reference_id_list", 239,
             lambda n: [xds.Reference(apd.Identifier("1.2.3", "x" * n), "t:x")]),
        )
    ],
]  # fmt: skip


@pytest.mark.parametrize(("name", "fitting", "longer"), FITS)
def test_the_longest(name, fitting, longer) -> None:
    assert xds.check_entry(evolve(entry(), **fitting)).is_valid
    found = xds.check_entry(evolve(entry(), **longer)).findings
    assert [(finding.rule, finding.severity) for finding in found] == [
        (f"XDS-LENGTH:{name}", apd.Severity.ERROR)
    ]


@pytest.mark.parametrize("number", ["512489996", "251248AB01", "3213219900", "12345678901"])
@pytest.mark.parametrize("root", [apd.Oid.CPR, "1.2.3"])
def test_no_patient_without_a_cpr_number(root, number) -> None:
    patient = apd.Identifier(root, number)
    changed = evolve(entry(), patient_id=patient, source_patient_id=patient)
    sent = xds.submission_set(changed, configuration(), now=apd.local_time(2026, 2, 1), id=UUID)

    assert attributes(xds.check_entry(changed)) == {"patientId", "sourcePatientId"}
    (found,) = xds.check_submission_set(sent).findings
    assert (found.rule, found.wording.da) == (
        "XDS-VALUE:patientId",
        "patientId er ikke et CPR-nummer på ti cifre: patientens CPR-nummer.",
    )
    data = apd.dumps(document())
    for write in (
        lambda: xds.provide_and_register(xds.publish(changed, sent), data, header()),
        lambda: xds.register(xds.publish(changed, sent), header()),
        lambda: xds.update(xds.deprecate(sent, f"urn:uuid:{UUID}"), header()),
        lambda: xds.document_reference(changed),
    ):
        with pytest.raises(apd.InvalidDocument) as refused:
            write()
        assert number not in f"{refused.value}{refused.value.findings}"
    with pytest.raises(apd.InvalidValue, match="patient is not a CPR number"):
        xds.find_documents(patient)


def test_questions_are_within_the_limits() -> None:
    assert xds.get_documents(unique_ids=[apd.Identifier("1.2.3", "x" * (128 - ROOT))])
    with pytest.raises(apd.InvalidValue, match="more than 128 characters"):
        xds.get_documents(unique_ids=[apd.Identifier("1.2.3", "x" * (129 - ROOT))])
    with pytest.raises(apd.InvalidValue, match="more than 256 characters"):
        xds.find_documents(apd.CprNumber("2512489996"), types=[apd.Code("x" * 256, "1.2.3")])
