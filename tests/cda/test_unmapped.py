"""What a document says beyond the model: kept, named by its path, and put back where it stood."""

from typing import NamedTuple

import pytest
from attrs import evolve

import apd
from apd.cda.lossless.canonical import Canonical
from apd.cda.lossless.markup import root_of
from apd.limits import MAX_SCOPE
from tests.cda.comparison import assert_same
from tests.cda.editing import (
    DOCUMENT,
    ENCOUNTER,
    PATIENT_ROLE,
    SECTION,
    WRITTEN,
    Edit,
    edited,
    give,
    move_after,
    put,
    put_after,
    put_last,
    remove,
    replace,
    say,
)

EXTRA, MISSING, CHANGED = (
    apd.Difference.EXTRA,
    apd.Difference.MISSING,
    apd.Difference.CHANGED,
)
ORDER = apd.Difference.ORDER
HOME = f"{PATIENT_ROLE}/addr"
CUSTODIAN = "custodian/assignedCustodian/representedCustodianOrganization"
AUTHOR = "author/assignedAuthor"


class Beyond(NamedTuple):
    """Edits that say something the model does not, and what the reader makes of it."""

    edits: list[Edit]
    kept: list[tuple[apd.Difference, str]]


def extra(edit: Edit, path: str) -> Beyond:
    """An edit that puts in one thing more."""
    return Beyond([edit], [(EXTRA, path)])


def changed(edit: Edit, path: str) -> Beyond:
    """An edit that makes one element's own attributes or text otherwise."""
    return Beyond([edit], [(CHANGED, path)])


BEYOND = {
    # elements that CDA has and the model has not
    "copyTime": extra(put_after("versionNumber", '<copyTime value="20260201"/>'), "copyTime"),
    "authorization": extra(
        put_after(
            "documentationOf[3]",
            '<authorization><consent><statusCode code="completed"/></consent></authorization>',
        ),
        "authorization",
    ),
    "header participant": extra(
        put_after(
            "custodian",
            '<participant typeCode="IND"><associatedEntity classCode="PRS"/></participant>',
        ),
        "participant",
    ),
    "third author": extra(
        put_after("author[2]", "<author><time/><assignedAuthor/></author>"), "author[3]"
    ),
    "county of an address": extra(put_last(HOME, "<county>Fyn</county>"), f"{HOME}/county"),
    "birthplace": extra(
        put_last(
            f"{PATIENT_ROLE}/patient",
            "<birthplace><place><name>Faaborg</name></place></birthplace>",
        ),
        f"{PATIENT_ROLE}/patient/birthplace",
    ),
    "second name": extra(
        put_after(f"{PATIENT_ROLE}/patient/name", "<name><family>Skov</family></name>"),
        f"{PATIENT_ROLE}/patient/name[2]",
    ),
    "second id": extra(
        put_after(f"{AUTHOR}/id", '<id root="1.2.3"/>'), "author[1]/assignedAuthor/id[2]"
    ),
    "second telecom where the model has one": extra(
        put_after(f"{ENCOUNTER}/participant/participantRole/telecom", '<telecom value="tel:9"/>'),
        f"{ENCOUNTER}/participant/participantRole/telecom[2]",
    ),
    "second performer": extra(
        put_after(f"{ENCOUNTER}/performer", "<performer><assignedEntity/></performer>"),
        f"{ENCOUNTER}/performer[2]",
    ),
    "second entry": extra(
        put_after(f"{SECTION}/entry", '<entry><act classCode="ACT"/></entry>'),
        f"{SECTION}/entry[2]",
    ),
    "second section": extra(
        put_after(
            "component/structuredBody/component",
            "<component><section><title>Mere</title></section></component>",
        ),
        "component/structuredBody/component[2]",
    ),
    "text of a reason": extra(
        put_last(
            f"{ENCOUNTER}/entryRelationship/observation/code", "<originalText>x</originalText>"
        ),
        f"{ENCOUNTER}/entryRelationship/observation/code/originalText",
    ),
    # elements that nobody has
    "unknown": extra(put(PATIENT_ROLE, 1, "<shoeSize>38</shoeSize>"), f"{PATIENT_ROLE}/shoeSize"),
    "of SDTC": extra(
        put_after(f"{PATIENT_ROLE}/patient/birthTime", '<sdtc:deceasedInd value="false"/>'),
        f"{PATIENT_ROLE}/patient/sdtc:deceasedInd",
    ),
    "of another namespace": extra(
        put(AUTHOR, 0, '<v:note xmlns:v="urn:v" v:n="1" m="2">A<v:b/>B<id/></v:note>'),
        "author[1]/assignedAuthor/note",
    ),
    "of no namespace": extra(put("", 3, '<note xmlns="">x</note>'), "note"),
    "first of all": extra(put("", 0, "<note/>"), "note"),
    "last of all": extra(put_last("", "<note/>"), "note"),
    "of a known name at a wrong place": extra(
        put(ENCOUNTER, 0, "<patientRole/>"), f"{ENCOUNTER}/patientRole"
    ),
    "of a known name in another namespace": extra(
        put_after("id", '<v:id xmlns:v="urn:v" root="1.2.3"/>'), "id"
    ),
    "several at one place": Beyond(
        [put_after("realmCode", "<b/>"), put_after("realmCode", "<a/>")],
        [(EXTRA, "a"), (EXTRA, "b")],
    ),
    "equal ones at several places": Beyond(
        [put_after("realmCode", "<a/>"), put_after("custodian", "<a/>")],
        [(EXTRA, "a[1]"), (EXTRA, "a[2]")],
    ),
    "within a text": extra(put_last(f"{HOME}/city", "<note/>"), f"{HOME}/city/note"),
    # attributes
    "attribute": changed(give("author/time", ID="t1"), "author[1]/time"),
    "attribute of another namespace": changed(
        give("custodian", **{"{urn:v}checked": "yes"}), "custodian"
    ),
    "attribute of the root": changed(
        give(
            "",
            **{"{http://www.w3.org/2001/XMLSchema-instance}schemaLocation": "urn:hl7-org:v3 a"},
        ),
        "",
    ),
    "null flavor beside a value": changed(
        give(f"{PATIENT_ROLE}/telecom", nullFlavor="UNK"), f"{PATIENT_ROLE}/telecom[1]"
    ),
    "several uses": changed(give(HOME, use="H TMP"), HOME),
    "unknown use": changed(give(HOME, use="H QQ"), HOME),
    "other words for a code": changed(give("code", displayName="Aftaletid"), "code"),
    "attribute left out": changed(
        give(f"{ENCOUNTER}/code", codeSystemName=None), f"{ENCOUNTER}/code"
    ),
    "other authority": changed(give("id", assigningAuthorityName="medcom"), "id"),
    "other template date": changed(give("templateId", extension="2020-01-01"), "templateId"),
    # texts
    "title": changed(say("title", "Aftale"), "title"),
    "white space in a text": changed(say(f"{HOME}/city", " Odense  M\n"), f"{HOME}/city"),
    "time of another precision": changed(
        give("effectiveTime", value="202602010930"), "effectiveTime"
    ),
    "text beside elements": Beyond(
        [lambda root: setattr(root[5], "tail", "løs tekst")], [(EXTRA, "text()")]
    ),
    "text before elements": Beyond([say("custodian", "forvalter:")], [(EXTRA, "custodian/text()")]),
    # what is not there, and what stands otherwise
    "no name of the custodian's": Beyond(
        [remove(f"{CUSTODIAN}/name"), remove(f"{CUSTODIAN}/addr")],
        [(MISSING, f"{CUSTODIAN}/name"), (MISSING, f"{CUSTODIAN}/addr")],
    ),
    "no telecom": Beyond(
        [remove(f"{AUTHOR}/telecom")], [(MISSING, "author[1]/assignedAuthor/telecom")]
    ),
    "no version": Beyond([remove("documentationOf[2]")], [(MISSING, "documentationOf[2]")]),
    "no realm": Beyond([remove("realmCode")], [(MISSING, "realmCode")]),
    "conditions in another order": Beyond(
        [move_after(f"{ENCOUNTER}/precondition[1]", f"{ENCOUNTER}/precondition[2]")],
        [(ORDER, f"{ENCOUNTER}/precondition")],
    ),
    "service events in another order": Beyond(
        [move_after("documentationOf[1]", "documentationOf[3]")],
        [(ORDER, "documentationOf")],
    ),
    "authors in another order": Beyond([move_after("author[1]", "author[2]")], [(ORDER, "author")]),
    "the header's time is another": Beyond(
        [give("documentationOf/serviceEvent/effectiveTime/low", value="20260305080000+0100")],
        [(CHANGED, "documentationOf[1]/serviceEvent/effectiveTime/low")],
    ),
}


def kept_of(document: apd.AppointmentDocument) -> list[tuple[apd.Difference, str]]:
    """What the reader kept, without the root that all paths have in common."""
    return [
        (piece.difference, piece.path.removeprefix("/ClinicalDocument").removeprefix("/"))
        for piece in document.unmapped
    ]


@pytest.mark.parametrize("case", BEYOND)
def test_what_the_model_does_not_say_is_kept(case: str) -> None:
    edits, kept = BEYOND[case]
    data = edited(WRITTEN, *edits)
    assert sorted(kept_of(apd.loads(data))) == sorted(kept)


@pytest.mark.parametrize("case", BEYOND)
def test_and_put_back_where_it_stood(case: str) -> None:
    data = edited(WRITTEN, *BEYOND[case].edits)
    written = apd.dumps(apd.loads(data), check=False)
    assert_same(written, data)
    assert apd.dumps(apd.loads(written), check=False) == written


@pytest.mark.parametrize("case", [case for case in BEYOND if not case.startswith("no ")])
def test_and_the_model_is_that_of_the_document_without_it(case: str) -> None:
    """What is missing apart, of which the model cannot know."""
    read = apd.loads(edited(WRITTEN, *BEYOND[case].edits))
    assert evolve(read, source=None) == DOCUMENT


def test_everything_at_once() -> None:
    edits = [
        *BEYOND["county of an address"].edits,
        *BEYOND["of another namespace"].edits,
        *BEYOND["attribute of the root"].edits,
        *BEYOND["no telecom"].edits,
        *BEYOND["conditions in another order"].edits,
        *BEYOND["third author"].edits,
        *BEYOND["several at one place"].edits,
        *BEYOND["time of another precision"].edits,
    ]
    data = edited(WRITTEN, *edits)
    assert_same(apd.dumps(apd.loads(data), check=False), data)


def test_what_only_repeats_what_cda_has_anyway_is_nothing() -> None:
    data = edited(
        WRITTEN,
        give("recordTarget", typeCode=None, contextControlCode=None),
        give(f"{ENCOUNTER}/participant", contextControlCode="OP"),
        give(f"{ENCOUNTER}/precondition/criterion", classCode="OBS", moodCode="EVN.CRT"),
    )
    assert apd.loads(data) == DOCUMENT


def test_a_piece_is_kept_as_xml_that_stands_alone() -> None:
    data = edited(WRITTEN, put("custodian", 0, '<v:note xmlns:v="urn:v" v:n="1">A&amp;B</v:note>'))
    (piece,) = apd.loads(data).unmapped
    assert piece.xml == '<v:note xmlns:v="urn:v" v:n="1">A&amp;B</v:note>'
    assert piece.expected is None


# Changed documents ---------------------------------------------------------------------------


def test_a_part_that_is_changed_loses_its_other_content_and_others_keep_theirs() -> None:
    data = edited(
        WRITTEN,
        give(f"{PATIENT_ROLE}/telecom[1]", value="tel: 65 00 00 01"),
        give(f"{PATIENT_ROLE}/telecom[2]", use="H HP"),
        give(f"{AUTHOR}/telecom", value="65000003"),
    )
    document = apd.loads(data)
    patient = document.appointment.patient
    moved = evolve(patient, telecoms=[apd.Telecom.phone("707"), patient.telecoms[1]])
    written = apd.dumps(evolve(document, appointment=evolve(document.appointment, patient=moved)))
    assert b'"tel:707"' in written
    assert b"tel: 65" not in written
    assert b'use="H HP"' in written
    assert b'value="65000003"' in written


def test_a_text_that_is_changed_is_written_as_it_is_now() -> None:
    document = apd.loads(edited(WRITTEN, say(f"{PATIENT_ROLE}/addr/city", " Odense  M ")))
    patient = document.appointment.patient
    assert patient.address
    moved = evolve(patient, address=evolve(patient.address, city="Nyborg"))
    written = apd.dumps(evolve(document, appointment=evolve(document.appointment, patient=moved)))
    assert b"<city>Nyborg</city>" in written
    assert b"Odense  M" not in written


def test_a_text_that_is_changed_keeps_what_stood_within_it() -> None:
    document = apd.loads(edited(WRITTEN, put_last(f"{PATIENT_ROLE}/addr/city", "<note/>")))
    patient = document.appointment.patient
    assert patient.address
    moved = evolve(patient, address=evolve(patient.address, city="Nyborg"))
    written = apd.dumps(
        evolve(document, appointment=evolve(document.appointment, patient=moved)), check=False
    )
    assert b"<city>Nyborg<note/></city>" in written


def test_a_part_that_is_taken_out_takes_with_it_what_it_held() -> None:
    data = edited(
        WRITTEN,
        put_last("author[2]/assignedAuthor", '<v:note xmlns:v="urn:v">A</v:note>'),
        put_last("custodian", '<v:note xmlns:v="urn:v">B</v:note>'),
    )
    document = apd.loads(data)
    appointment = evolve(document.appointment, requester=None)
    written = apd.dumps(evolve(document, appointment=appointment), check=False)
    assert b">A</v:note>" not in written
    assert b">B</v:note>" in written


def test_what_stood_behind_a_part_that_is_taken_out_stays() -> None:
    document = apd.loads(edited(WRITTEN, put_after("author[2]", "<dataEnterer/>")))
    appointment = evolve(document.appointment, requester=None)
    written = apd.dumps(evolve(document, appointment=appointment), check=False)
    assert written.index(b"</author>") < written.index(b"<dataEnterer/>")
    assert written.index(b"<dataEnterer/>") < written.index(b"<custodian")


def test_the_source_may_be_dropped() -> None:
    """Then the document is written as if it had just been made."""
    document = apd.loads(edited(WRITTEN, *BEYOND["authorization"].edits))
    assert apd.dumps(evolve(document, source=None)) == WRITTEN


@pytest.mark.parametrize("case", ["no telecom", "no version", "no realm"])
def test_what_was_missing_is_still_missing_and_the_check_reports_it(case: str) -> None:
    document = apd.loads(edited(WRITTEN, *BEYOND[case].edits))
    with pytest.raises(apd.InvalidDocument) as caught:
        apd.dumps(document)
    assert caught.value.findings
    apd.dumps(evolve(document, source=None))


def test_what_was_missing_and_is_given_now_is_written() -> None:
    document = apd.loads(edited(WRITTEN, *BEYOND["no telecom"].edits))
    responsible = document.appointment.responsible
    assert responsible is not None
    assert responsible.telecoms == ()
    reached = evolve(responsible, telecoms=[apd.Telecom.phone("65000009")])
    appointment = evolve(document.appointment, responsible=reached)
    assert b"tel:65000009" in apd.dumps(evolve(document, appointment=appointment))


def test_a_replaced_element_is_no_harm_either() -> None:
    data = edited(WRITTEN, replace("versionNumber", '<versionNumber value="II"/>'))
    document = apd.loads(data)
    assert document.version_number is None
    assert_same(apd.dumps(document, check=False), data)


@pytest.mark.parametrize(("number", "is_compared"), [(MAX_SCOPE, True), (MAX_SCOPE + 1, False)])
def test_many_prefixes_within_each_other_are_not_made_canonical(
    number: int, is_compared: bool
) -> None:
    """libxml2 compares each with all that are in scope: 27 kB took seconds."""
    nested = "".join(f'<a xmlns:n{one}="u:{one}">' for one in range(number)) + "</a>" * number
    root = root_of(f'<ClinicalDocument xmlns="urn:hl7-org:v3">{nested}</ClinicalDocument>')

    assert (Canonical(root).of(root) is not None) == is_compared
