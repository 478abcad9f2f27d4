"""Documents that were read, changed and written: they say what they were changed to.

What stood beyond the model stays, but for what would speak of what was there before.
"""

import datetime
import re
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from attrs import evolve
from hypothesis import event, given, note
from hypothesis import strategies as st
from lxml import etree

import apd
from apd.cda.lossless import writing
from apd.change import upgrade
from apd.limits import MAX_DOCUMENT_BYTES
from apd.testing import strategies as apd_st
from apd.testing.synthetic.older_releases import as_released
from tests import samples
from tests.cda.editing import (
    ENCOUNTER,
    PATIENT_ROLE,
    WRITTEN,
    Edit,
    edited,
    give,
    put,
    put_after,
    put_last,
    remove,
    say,
)
from tests.cda.mutating import Edited, edited_documents
from tests.places import EXAMPLES, example_names, needs_examples

PERFORMER = f"{ENCOUNTER}/performer/assignedEntity"
PLACE = f"{ENCOUNTER}/participant/participantRole"
NOBODY = "<assignedPerson><name><given nullFlavor='NI'/></name></assignedPerson>"
AUTHOR = (
    '<author><time/><assignedAuthor><id root="1.2.3" extension="4"/><addr/><telecom/>'
    "</assignedAuthor></author>"
)


def model_of(document: apd.AppointmentDocument) -> apd.AppointmentDocument:
    """A document without what is beyond its model."""
    return evolve(document, source=None, release=apd.Release.V2_0_1)


def changed(document: apd.AppointmentDocument, **fields: Any) -> apd.AppointmentDocument:
    """A document with other fields of its appointment."""
    return evolve(document, appointment=evolve(document.appointment, **fields))


class Overtaken(NamedTuple):
    """A piece that would speak of what was there before a change."""

    edits: list[Edit]
    fields: dict[str, Any]


OVERTAKEN = {
    "a null person beside a person": Overtaken(
        [remove(f"{PERFORMER}/assignedPerson"), put_after(f"{PERFORMER}/telecom", NOBODY)],
        {"performer": samples.performer(person=apd.Person(apd.PersonName(["Ida"], "Lund")))},
    ),
    "a null address of an organisation": Overtaken(
        [put_last(f"{PERFORMER}/representedOrganization", '<addr nullFlavor="NI"/>')],
        {"performer": samples.performer(address=None)},
    ),
    "a second telephone where there is none now": Overtaken(
        [put_after(f"{PLACE}/telecom", '<telecom value="tel:9"/>')],
        {"location": apd.OtherLocation(name="Hallen")},
    ),
    "a third author where there is no second now": Overtaken(
        [put_after("author[2]", AUTHOR)], {"requester": None}
    ),
    "conditions that are met otherwise": Overtaken(
        [put(ENCOUNTER, 7, "<precondition><criterion><code code='GuidedIntervalType'/>"
             "<text>Ring</text></criterion></precondition>")],
        {"schedule": samples.schedule()},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", OVERTAKEN)
def test_a_piece_that_would_say_otherwise_is_left_out(case: str) -> None:
    edits, fields = OVERTAKEN[case]
    stays = put_last(f"{PATIENT_ROLE}/patient", "<birthplace/>")
    document = changed(apd.loads(edited(WRITTEN, *edits, stays)), **fields)
    written = apd.dumps(document, check=False)
    assert model_of(apd.loads(written)) == model_of(document)
    assert b"<birthplace/>" in written


MARK = "beyond the model"
DESC = f"<desc>{MARK}</desc>"
PART_OF = (
    f"<asOrganizationPartOf><wholeOrganization>{DESC}</wholeOrganization></asOrganizationPartOf>"
)
CUSTODIAN = "custodian/assignedCustodian/representedCustodianOrganization"
OTHER = apd.SorCode("555555000016004")
BO = apd.Person(apd.PersonName(["Bo"], "Ny"))
PRACTICE = apd.Organization(name="Lægerne på Havnen", id=apd.ProviderNumber("054321"))
MARKED = edited(
    WRITTEN,
    put_last(f"{PATIENT_ROLE}/patient", f"<guardian><guardianOrganization>{DESC}"
             "</guardianOrganization></guardian>"),
    put_last(f"{PATIENT_ROLE}/providerOrganization", PART_OF),
    put_last("author[1]/assignedAuthor/representedOrganization", PART_OF),
    put_last("author[2]/assignedAuthor/representedOrganization", PART_OF),
    put_last(CUSTODIAN, PART_OF),
    put_last(f"{PERFORMER}/representedOrganization", PART_OF),
    put_last(f"{PLACE}/playingEntity", DESC),
)  # fmt: skip
"""A document with something beyond the model in the elements of everybody and of the place."""


class Other(NamedTuple):
    """A field that is about somebody or something else, and how many marks go with the old."""

    fields: dict[str, Any]
    gone: int


OTHERS = {
    "another patient": Other({"patient": samples.patient(id=apd.CprNumber("2512489996"))}, 2),
    "a patient without a CPR number": Other(
        {"patient": samples.patient(id=apd.Identifier("1.2.3", "4"))}, 2
    ),
    "another practice of the patient": Other(
        {"patient": samples.patient(provider_organization=PRACTICE)}, 1
    ),
    "another responsible": Other({"responsible": samples.responsible(id=OTHER)}, 1),
    "another requester": Other({"requester": samples.requester(id=OTHER)}, 1),
    "each in the place of the other": Other(
        {
            "responsible": samples.responsible(id=samples.requester().id),
            "requester": samples.requester(id=samples.responsible().id),
        },
        2,
    ),
    "a responsible alone": Other(
        {"responsible": samples.responsible(id=OTHER), "requester": None}, 2
    ),
    "another performer": Other({"performer": samples.performer(id=OTHER)}, 1),
    "a performer of another name without an id": Other(
        {"performer": samples.performer(id=None, organization=apd.Organization(name="Ny"))}, 1
    ),
    "another place": Other({"location": samples.location(id=OTHER)}, 1),
    "a home": Other({"location": apd.HomeLocation()}, 1),
    "no place": Other({"location": None}, 1),
    "the patient's name": Other({"patient": samples.patient(name=apd.PersonName(["Ida"]))}, 0),
    "the name of the patient's practice": Other(
        {"patient": samples.patient(provider_organization=evolve(
            PRACTICE, id=apd.ProviderNumber("012345")))}, 0
    ),
    "the responsible's person": Other({"responsible": samples.responsible(person=None)}, 0),
    "the requester's organisation": Other(
        {"requester": samples.requester(organization=apd.Organization(name="Ny"))}, 0
    ),
    "the performer's telephone": Other({"performer": samples.performer(telecoms=())}, 0),
    "no id of the performer": Other({"performer": samples.performer(id=None)}, 0),
    "the name of the place": Other({"location": samples.location(name="Indgang 5")}, 0),
}  # fmt: skip


@pytest.mark.parametrize("case", OTHERS)
def test_what_was_said_of_one_is_not_said_of_another(case: str) -> None:
    """What is beyond the model stays with whom it is about."""
    fields, gone = OTHERS[case]
    document = changed(apd.loads(MARKED), **fields)
    written = apd.dumps(document, check=False)
    assert model_of(apd.loads(written)) == model_of(document)
    assert MARKED.count(MARK.encode()) - written.count(MARK.encode()) == gone


@pytest.mark.parametrize(
    ("custodian", "gone"),
    [
        (samples.custodian(id=OTHER), 1),
        (samples.custodian(id=None, name="Kommunen"), 1),
        (samples.custodian(name="Kommunen"), 0),
        (samples.custodian(id=None), 0),
    ],
)
def test_nor_of_another_custodian(custodian: apd.Custodian, gone: int) -> None:
    written = apd.dumps(evolve(apd.loads(MARKED), custodian=custodian), check=False)
    assert MARKED.count(MARK.encode()) - written.count(MARK.encode()) == gone


@pytest.mark.parametrize("stays", [1, 2])
def test_an_author_who_takes_over_the_details_of_the_other_is_still_the_same(stays: int) -> None:
    notes = [put_last(f"author[{n}]/assignedAuthor", f"<!-- of author {n} -->") for n in (1, 2)]
    authors = samples.responsible(), samples.requester()
    one, other = authors[stays - 1], authors[-stays]
    details = {name: getattr(other, name) for name in ("address", "telecoms", "person")}
    fields = {"responsible": None, "requester": None}
    fields["responsible" if stays == 1 else "requester"] = evolve(one, **details)

    written = apd.dumps(changed(apd.loads(edited(WRITTEN, *notes)), **fields), check=False)

    assert [n for n in (1, 2) if b"of author %d" % n in written] == [stays]


@pytest.mark.parametrize(
    ("id", "is_kept"), [(samples.patient().id, True), (apd.CprNumber("2512489996"), False)]
)
def test_a_home_is_that_of_the_patient(id: apd.CprNumber, is_kept: bool) -> None:
    home = apd.HomeLocation(name="Hjemme")
    at_home = apd.dumps(changed(apd.loads(WRITTEN), location=home), check=False)
    data = edited(at_home, put_last(f"{PLACE}/playingEntity", DESC))
    document = apd.loads(data)
    assert document.appointment.location == home
    written = apd.dumps(changed(document, patient=samples.patient(id=id)), check=False)
    assert (MARK.encode() in written) is is_kept


@pytest.mark.parametrize(
    ("person", "is_kept"), [(samples.performer().person, True), (BO, False), (None, False)]
)
def test_a_person_of_another_name_is_another_one(person: apd.Person | None, is_kept: bool) -> None:
    note = f"<!-- {MARK} -->"
    data = edited(WRITTEN, put_last(f"{PERFORMER}/assignedPerson", note))
    performer = samples.performer(person=person, telecoms=())
    written = apd.dumps(changed(apd.loads(data), performer=performer), check=False)
    assert (MARK.encode() in written) is is_kept


def test_an_id_that_becomes_known_is_the_same_party() -> None:
    document = apd.loads(edited(MARKED, remove(f"{PERFORMER}/id")))
    assert document.appointment.performer == samples.performer(id=None)
    written = apd.dumps(changed(document, performer=samples.performer()), check=False)
    assert written.count(MARK.encode()) == MARKED.count(MARK.encode())


def test_of_a_requester_nothing_is_said_of_the_responsible() -> None:
    """The one that goes may be more like the one that comes than anybody else."""
    document = apd.loads(edited(MARKED, remove("author[1]")))
    alone = changed(document, responsible=samples.responsible(), requester=None)
    assert document.appointment.responsible is None
    marks = apd.dumps(document, check=False).count(MARK.encode())
    assert apd.dumps(alone, check=False).count(MARK.encode()) == marks - 1


def test_all_that_names_a_patient_goes_with_the_patient() -> None:
    """The reader looks at every recordTarget, so that each is about the patient."""
    second = (
        "<recordTarget><patientRole><id root='1.2.3' extension='4'/></patientRole></recordTarget>"
    )
    data = edited(WRITTEN, put_after("recordTarget", second))
    other = samples.patient(id=apd.CprNumber("2512489996"))
    written = apd.dumps(changed(apd.loads(data), patient=other), check=False)
    assert written.count(b"<recordTarget") == 1
    named = apd.dumps(changed(apd.loads(data), patient=samples.patient(name=None)), check=False)
    assert named.count(b"<recordTarget") == 2


NULL_AUTHOR = '<author nullFlavor="NI"/>'
OF_RESPONSIBLE = {"responsible": samples.responsible(telecoms=())}


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        (OF_RESPONSIBLE, 2),
        ({"responsible": samples.responsible(id=OTHER)}, 2),
        ({"requester": samples.requester()}, 1),
        ({**OF_RESPONSIBLE, "requester": samples.requester()}, 1),
    ],
)
def test_a_null_goes_only_where_something_new_stands_for_it(
    fields: dict[str, Any], left: int
) -> None:
    nulls = put_after("author", NULL_AUTHOR), put_after("author", NULL_AUTHOR)
    document = changed(apd.loads(edited(WRITTEN, remove("author[2]"), *nulls)), **fields)
    written = apd.dumps(document, check=False)
    assert model_of(apd.loads(written)) == model_of(document)
    assert written.count(NULL_AUTHOR.encode()) == left


def _with_empty_encounter(tag: str) -> bytes:
    start, end = b"<encounter ", b"</encounter>"
    before, _, rest = WRITTEN.partition(start)
    return before + tag.encode() + rest.partition(end)[2]


@pytest.mark.parametrize(
    "tag", ["<encounter/>", "<encounter ID='a' />", "<encounter\n></encounter>"]
)
def test_an_appointment_of_which_nothing_is_said_gets_what_is_new(tag: str) -> None:
    """Its tag is opened, in the order of the schema, and the rest of the document stays."""
    data = _with_empty_encounter(tag)
    document = changed(
        apd.loads(data), id=samples.medcom_id(9), reason=apd.Reason("Kontrol"),
        schedule=samples.schedule(), location=samples.location(),
    )  # fmt: skip
    written = apd.dumps(document, check=False)
    assert model_of(apd.loads(written)) == model_of(document)
    before, after = data.split(tag.encode())
    assert written.startswith(before[: before.index(b"<documentationOf")])
    assert written.endswith(after)
    inside = etree.fromstring(written).find(".//{*}encounter")
    assert inside is not None
    names = [etree.QName(one).localname for one in inside]
    assert names == ["id", "effectiveTime", "participant", "entryRelationship"]
    assert document.appointment.performer is None


COMMENT = b"<!-- a signed note -->"
LONG = apd.Reason("Kontrol efter operation " * 20)


def _filled(data: bytes, room: int) -> bytes:
    """A document with a comment, with so many bytes left up to the limit of size."""
    before, name, after = data.partition(b"<recordTarget")
    left = MAX_DOCUMENT_BYTES - len(data) - len(COMMENT) - room
    return b"".join((before, COMMENT, b" " * left, name, after))


@pytest.mark.parametrize("write", [apd.dumps, apd.complete, upgrade])
def test_a_change_that_makes_a_document_too_large_is_refused(
    write: Callable[[apd.AppointmentDocument], object],
) -> None:
    document = apd.loads(_filled(WRITTEN, 10))
    longer = changed(document, reason=LONG)
    with pytest.raises(apd.InvalidDocument) as refused:
        write(longer)
    assert [finding.rule for finding in refused.value.findings] == ["XML-SIZE"]
    with pytest.raises(apd.InvalidDocument):
        apd.dumps(longer, check=False)
    report = apd.validate(longer, language="da")
    assert [finding.rule for finding in report.findings] == ["XML-SIZE"]
    assert "Dokumentet" in str(report.findings[0])
    assert COMMENT in apd.dumps(evolve(document, language="en"), check=False)


def test_an_older_document_that_would_become_too_large_is_refused() -> None:
    older = as_released(evolve(samples.document(), release=apd.Release.V1_1))
    with pytest.raises(apd.InvalidDocument, match="XML-SIZE"):
        apd.dumps(changed(apd.loads(_filled(older, 0)), reason=LONG), check=False)


@pytest.mark.parametrize(
    "days", [(samples.DAY,), (samples.DAY, samples.DAY + datetime.timedelta(2))]
)
def test_other_days_where_dates_were_stated_get_the_note_that_says_so(
    days: tuple[datetime.date, ...],
) -> None:
    """Dates say without a note that there is no time of day; what is written needs it."""
    bare = samples.document(appointment=samples.appointment(schedule=apd.Schedule.on(samples.DAY)))
    dates = re.sub(rb'value="(\d{8})000000[^"]*"', rb'value="\1"', apd.dumps(bare))
    data = re.sub(rb"\s*<precondition.*</precondition>", COMMENT, dates, flags=re.DOTALL)
    document = changed(
        apd.loads(data), schedule=apd.Schedule.on(*(day.replace(year=2027) for day in days))
    )
    assert document.source is not None and document.source.fields["appointment"].schedule.date_only
    written = apd.dumps(document)
    assert COMMENT in written
    assert model_of(apd.loads(written)) == model_of(document)


def test_nothing_beyond_the_model_is_lost_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Should a change not be read as the model says, only the model alone is written anew."""
    monkeypatch.setattr(writing, "_is_change_read", lambda *_: False)
    plain = apd.loads(WRITTEN.replace(b"\n", b"\r\n"))
    assert apd.dumps(evolve(plain, language="en"), check=False).count(b"\r") == 0
    for edit in (b"<realmCode", b'<?x ?><realmCode'), (b"<realmCode", COMMENT + b"<realmCode"), (
        b"</ClinicalDocument>", b'<component xmlns="urn:x"/></ClinicalDocument>'
    ):  # fmt: skip
        document = apd.loads(WRITTEN.replace(*edit))
        with pytest.raises(apd.InvalidDocument, match="APD-SOURCE"):
            apd.dumps(evolve(document, language="en"), check=False)
        alone = evolve(document, language="en", source=None)
        assert apd.loads(apd.dumps(alone)) == alone


def test_a_document_that_was_not_changed_is_written_whatever_is_beyond_its_model() -> None:
    """It is not read again: a copy that says the same is as good as the document itself."""
    document = apd.loads(edited(WRITTEN, put_last(PERFORMER, NOBODY)))
    for copy in (document, evolve(document), evolve(document, language="da-DK")):
        assert apd.dumps(copy, check=False) == apd.dumps(document, check=False)
        assert (
            apd.dumps(copy, check=False).count(b"<assignedPerson")
            == WRITTEN.count(b"<assignedPerson") + 1
        )


def test_a_source_is_of_the_document_it_was_read_with() -> None:
    document = apd.loads(edited(WRITTEN, give("author/time", ID="t1"), say("title", "Aftale")))
    source = document.source
    assert source is not None
    assert source.says(document)
    assert source.says(evolve(document, language="da-DK"))
    assert not source.says(evolve(document, language="en"))
    assert not source.says(changed(document, requester=None))


CHANGES: dict[str, st.SearchStrategy[Any]] = {
    "patient": apd_st.patients(),
    "schedule": apd_st.schedules(),
    "responsible": st.none() | apd_st.responsibles(),
    "requester": st.none() | apd_st.requesters(),
    "performer": st.none() | apd_st.performers(),
    "location": st.none() | apd_st.locations(),
    "reason": st.none() | apd_st.reasons(),
    "repetition": st.none() | apd_st.repetitions(),
    "episode_of_care": st.none() | apd_st.episodes_of_care(),
}


ABOUT_IT: dict[str, st.SearchStrategy[Any]] = {
    "id": st.none() | apd_st.medcom_ids(),
    "time": st.none() | apd_st.times(),
    "custodian": st.none() | apd_st.custodians(),
    "confidentiality": st.none() | st.sampled_from(apd.Confidentiality),
    "language": st.sampled_from([None, "en", "da-DK"]),
    "set_id": st.none() | apd_st.medcom_ids(),
    "version_number": st.sampled_from([None, 1, 2]),
}


def some_of(fields: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Other values for a few of some fields."""
    names = st.lists(st.sampled_from(sorted(fields)), max_size=3, unique=True)
    return names.flatmap(lambda few: st.fixed_dictionaries({name: fields[name] for name in few}))


Change = Callable[[apd.AppointmentDocument], apd.AppointmentDocument]


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """Other fields of a document, and of its appointment."""
    about_it, fields = draw(some_of(ABOUT_IT)), draw(some_of(CHANGES))
    note(f"{about_it.keys()} {fields.keys()}")
    return lambda document: evolve(changed(document, **fields), **about_it)


def assert_states(data: bytes, change: Change) -> None:
    """What is changed in a document that was read is read again when it was written."""
    try:
        document = change(apd.loads(data))
    except apd.ParseError as error:
        event(error.findings[0].rule)
        return
    assert model_of(apd.loads(apd.dumps(document, check=False))) == model_of(document)


@given(edited_documents(), changes())
def test_whatever_is_changed_is_what_is_read_again(edited: Edited, change: Change) -> None:
    assert_states(edited.data, change)


@needs_examples
@pytest.mark.parametrize("name", example_names())
@given(changes())
def test_so_it_is_with_official_examples(name: str, change: Change) -> None:
    assert_states((EXAMPLES / name).read_bytes(), change)
