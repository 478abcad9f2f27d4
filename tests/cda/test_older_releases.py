"""Documents of older releases: read as what they say, and written as 2.0.1."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from attrs import evolve
from hypothesis import given
from lxml import etree

import apd
from apd.rules.catalogue import rules_of_the_library
from apd.rules.settings import Settings
from apd.standard.releases import RELEASES
from apd.testing import strategies as apd_st
from apd.testing.synthetic import Selection, as_released, document
from tests.cda.editing import (
    DOCUMENT,
    ENCOUNTER,
    PATIENT_ROLE,
    SECTION,
    WRITTEN,
    Edit,
    at,
    edited,
    give,
    put,
    put_after,
    put_last,
    remove,
    replace,
    say,
)

SNOMED = "2.16.840.1.113883.6.96"
DATE_OF_1_X = "2017-03-10"
BEFORE_2 = (apd.Release.V1_0, apd.Release.V1_1)
TIME_EVENT, VERSION_EVENT, EPISODE_EVENT = (f"documentationOf[{n}]/serviceEvent" for n in (1, 2, 3))
REASON = f"{ENCOUNTER}/entryRelationship/observation"
LOCATION = f"{ENCOUNTER}/participant/participantRole"

# 1.x knew no conditions and no episodes.
PLAIN = evolve(
    DOCUMENT,
    appointment=evolve(
        DOCUMENT.appointment,
        schedule=evolve(DOCUMENT.appointment.schedule, indicative=False, note=None),
        repetition=None,
        episode_of_care=None,
    ),
)


def requester_to_encounter(root: etree._Element) -> None:
    """Before it moved to the header, the requester was an author of the encounter."""
    author = at(root, "author[2]")
    at(root, f"{ENCOUNTER}/performer").addnext(author)
    code = at(author, "assignedAuthor/code")
    at(author, "assignedAuthor").remove(code)


def version_of(root: str, extension: str) -> Edit:
    """State another release."""
    return give(f"{VERSION_EVENT}/id", root=root, extension=extension)


def template_of(event: str, root: str) -> Edit:
    """The template of a service event, as the draft of 2.0 had it."""
    return give(f"{event}/templateId", root=root, extension="2019-09-10")


AS_1_X: list[Edit] = [
    give(f"{SECTION}/templateId", extension=DATE_OF_1_X),
    give(f"{ENCOUNTER}/templateId", extension=DATE_OF_1_X),
    give(f"{LOCATION}/templateId", extension=DATE_OF_1_X),
    replace(
        f"{ENCOUNTER}/code",
        f'<code code="185353001" codeSystem="{SNOMED}" codeSystemName="SNOMED CT"/>',
    ),
    give(REASON, moodCode="RQO"),
    give(f"{PATIENT_ROLE}/patient/birthTime", value="20120305000000+0000"),
    requester_to_encounter,
]
AS_1_0: list[Edit] = [
    *AS_1_X,
    give("templateId", extension=None),
    remove(f"{TIME_EVENT}/templateId"),
    remove("documentationOf[2]"),
]
AS_1_1: list[Edit] = [*AS_1_X, version_of("1.2.208.184.100.10", "apd-v1.1")]
AS_2_0_DRAFT: list[Edit] = [
    template_of(VERSION_EVENT, "1.2.208.184.200.1.10"),
    template_of(TIME_EVENT, "1.2.208.184.200.1.11"),
    template_of(EPISODE_EVENT, "1.2.208.184.200.1.12"),
    version_of("1.2.208.184.100.3", "apd-v2.0"),
    give(f"{ENCOUNTER}/precondition[1]/criterion/code", code="RepeatingAppointmentType"),
]


class Older(NamedTuple):
    """A release, how a document of 2.0.1 is made one of it, and what it says then."""

    release: apd.Release
    edits: list[Edit]
    document: apd.AppointmentDocument

    @property
    def data(self) -> bytes:
        """The document as it was written then."""
        return edited(apd.dumps(self.document), *self.edits)

    @property
    def appointment(self) -> apd.Appointment:
        """What is to be read: 1.x had a category that said nothing."""
        appointment = self.document.appointment
        return evolve(appointment, category=None) if self.release in BEFORE_2 else appointment


OLDER = {
    "1.0": Older(apd.Release.V1_0, AS_1_0, PLAIN),
    "1.1": Older(apd.Release.V1_1, AS_1_1, PLAIN),
    "2.0 draft": Older(apd.Release.V2_0, AS_2_0_DRAFT, DOCUMENT),
    "2.0 draft without a version": Older(
        apd.Release.V2_0,
        [*AS_2_0_DRAFT, remove(f"{VERSION_EVENT}/id")],
        DOCUMENT,
    ),
    "2.0": Older(apd.Release.V2_0, [version_of("1.2.208.184.100.10", "apd-v2.0")], DOCUMENT),
}
each = pytest.mark.parametrize("older", OLDER.values(), ids=list(OLDER))


@each
def test_it_is_known_for_what_it_is(older: Older) -> None:
    assert apd.loads(older.data).release is older.release


@each
def test_it_states_what_it_stated(older: Older) -> None:
    read = apd.loads(older.data)
    assert read.appointment == older.appointment
    assert evolve(read, appointment=older.document.appointment, source=None) == evolve(
        older.document, release=older.release
    )


@each
def test_it_is_written_as_2_0_1(older: Older, schema: etree.XMLSchema) -> None:
    written = apd.dumps(apd.loads(older.data), check=False)
    root = etree.fromstring(written)
    assert apd.loads(written).release == apd.Release.V2_0_1
    assert apd.loads(written).appointment == older.appointment
    assert DATE_OF_1_X.encode() not in written
    assert b"1.2.208.184.200" not in written
    assert b"185353001" not in written
    assert b"RepeatingAppointmentType" not in written
    assert b'moodCode="RQO"' not in written
    assert b"apd-v2.0.1" in written
    assert not root.findall(".//{*}encounter/{*}author")
    assert schema.validate(root), schema.error_log


@each
def test_given_a_category_it_is_as_good_as_a_new_one(older: Older, schema: etree.XMLSchema) -> None:
    read = apd.loads(older.data)
    appointment = evolve(read.appointment, category=apd.Category.REGIONAL)
    written = apd.dumps(evolve(read, appointment=appointment))
    assert apd.loads(written) == older.document
    assert schema.validate(etree.fromstring(written)), schema.error_log


@each
def test_what_is_new_in_2_0_1_is_not_called_missing(older: Older) -> None:
    kinds = {piece.difference for piece in apd.loads(older.data).unmapped}
    assert apd.Difference.MISSING not in kinds


DECLARED = '<?xml version="1.0" encoding="{}"?>\r\n'
STARTS = {
    "a declaration": (DECLARED.format("UTF-8"), "utf-8"),
    "a mark": ("\ufeff", "utf-8"),
    "both": ("\ufeff" + DECLARED.format("UTF-8"), "utf-8"),
    "neither": ("", "utf-8"),
    "a mark of UTF-16": ("\ufeff", "utf-16-le"),
    "both of UTF-16": ("\ufeff" + DECLARED.format("UTF-16"), "utf-16-be"),
    "another encoding": (DECLARED.format("ISO-8859-1"), "iso-8859-1"),
}


@pytest.mark.parametrize("line", ["\n", "\r\n"])
@pytest.mark.parametrize("case", STARTS)
def test_a_lifted_document_begins_as_it_did_and_has_its_line_ends(case: str, line: str) -> None:
    start, codec = STARTS[case]
    older = OLDER["1.1"].data.decode().partition("?>")[2].lstrip()
    text = f"{start}<?x y?>\n<!-- x -->\n{older}\n".replace("\r\n", "\n").replace("\n", line)
    read = apd.loads(text.encode(codec))
    assert read.appointment == OLDER["1.1"].appointment
    written = apd.dumps(read, check=False).decode(codec)
    assert written.startswith(text[: text.index("<ClinicalDocument")])
    assert written.endswith(text[text.index("</ClinicalDocument") :])
    assert written.replace(line, "").count("\n") == written.replace(line, "").count("\r") == 0
    assert apd.loads(written.encode(codec)).appointment == read.appointment


@pytest.mark.parametrize(
    ("stated", "release"),
    [
        ("apd-v1.0", apd.Release.V1_0),
        ("apd-v1.1", apd.Release.V1_1),
        ("apd-v2.0", apd.Release.V2_0),
        ("apd-v2.0.1", apd.Release.V2_0_1),
        ("apd-v3.0", apd.Release.V2_0_1),
        ("APD", apd.Release.V2_0_1),
    ],
)
def test_the_release_is_the_one_stated_and_else_the_current_one(
    stated: str, release: apd.Release
) -> None:
    data = edited(WRITTEN, version_of("1.2.208.184.100.10", stated))
    assert apd.loads(data).release is release


def test_a_statement_that_nobody_knows_is_kept() -> None:
    data = edited(WRITTEN, version_of("1.2.208.184.100.10", "apd-v3.0"))
    assert b"apd-v3.0" in apd.dumps(apd.loads(data), check=False)


def test_other_words_that_an_older_release_had_are_kept() -> None:
    data = edited(WRITTEN, *AS_2_0_DRAFT, say("title", "Aftale"))
    assert b"<title>Aftale</title>" in apd.dumps(apd.loads(data), check=False)


def test_the_requester_is_the_second_author_whoever_else_is_one() -> None:
    other = '<author><time/><assignedAuthor><id root="1.2.3"/></assignedAuthor></author>'
    older = OLDER["1.1"]
    note = put_last(f"{ENCOUNTER}/author/assignedAuthor", "<note/>")
    data = edited(older.data, put_after("author", other), note)
    read = apd.loads(data)
    assert read.appointment == older.appointment
    assert apd.loads(apd.dumps(read, check=False)).appointment == older.appointment


@pytest.mark.parametrize(
    "first",
    ["<!-- x -->", "<?x y?>", '<templateId root="1.2.208.999.2"/>', '<realmCode code="DK"/>'],
)
@pytest.mark.parametrize("has_id", [True, False])
def test_the_code_of_a_requester_is_where_the_schema_wants_it(
    first: str, has_id: bool, schema: etree.XMLSchema
) -> None:
    author = f"{ENCOUNTER}/author/assignedAuthor"
    data = edited(OLDER["1.1"].data, put(author, 0, first))
    if not has_id:
        data = edited(data, replace(f"{author}/id", '<id nullFlavor="NI"/>'))
    written = apd.dumps(apd.loads(data), check=False)

    assert schema.validate(etree.fromstring(written)), schema.error_log


def plain(document: apd.AppointmentDocument) -> apd.AppointmentDocument:
    """A document with what 1.x could say of an appointment."""
    appointment = document.appointment
    return evolve(
        document,
        appointment=evolve(
            appointment,
            schedule=evolve(appointment.schedule, indicative=False, note=None, date_only=False),
            repetition=None,
            episode_of_care=None,
            requester=appointment.requester or DOCUMENT.appointment.requester,
            patient=evolve(appointment.patient, birth_date=DOCUMENT.appointment.patient.birth_date),
        ),
    )


def as_it_is(document: apd.AppointmentDocument) -> apd.AppointmentDocument:
    """A document with conditions and an episode, whatever else it says."""
    appointment = document.appointment
    return evolve(
        document,
        appointment=evolve(
            appointment,
            repetition=appointment.repetition or apd.Repetition(),
            episode_of_care=appointment.episode_of_care or DOCUMENT.appointment.episode_of_care,
        ),
    )


@pytest.mark.parametrize(
    ("case", "fitting"), [("1.0", plain), ("1.1", plain), ("2.0 draft", as_it_is)]
)
@given(document=apd_st.documents())
def test_any_document_survives_having_been_an_older_one(
    case: str,
    fitting: Callable[[apd.AppointmentDocument], apd.AppointmentDocument],
    document: apd.AppointmentDocument,
) -> None:
    older = OLDER[case]._replace(document=fitting(document))
    read = apd.loads(older.data)
    assert read.release is older.release
    assert read.appointment == older.appointment
    written = apd.dumps(read, check=False)
    assert evolve(apd.loads(written), source=None).appointment == older.appointment


# --- judged ----------------------------------------------------------------------------------

AS_RELEASE = Settings(as_release=True, off={"BR-SOR-2"})


@each
def test_the_first_finding_states_what_it_is(older: Older) -> None:
    first, *others = apd.validate(older.data).findings
    assert (first.rule, first.severity, first.path) == (
        "APD-RELEASE",
        apd.Severity.INFORMATION,
        "/ClinicalDocument",
    )
    assert first.message == f"The document is DK-APD {older.release}; 2.0.1 is in force."
    assert any(one.severity is apd.Severity.ERROR for one in others)


@each
def test_as_what_it_is_nothing_else_is_found(older: Older) -> None:
    report = apd.validate(older.data, settings=AS_RELEASE)
    assert [one.rule for one in report.findings] == ["APD-RELEASE"]
    without = evolve(AS_RELEASE, off={*AS_RELEASE.off, "APD-RELEASE"})
    assert apd.validate(older.data, settings=without).findings == ()


MISTAKES: dict[str, tuple[Edit, str, str]] = {
    "a wrong patient": (
        give(f"{PATIENT_ROLE}/id", extension="25124899"),
        "BR-CPR-1",
        "recordTarget/patientRole/id",
    ),
    "a requester without an id": (
        remove(f"{ENCOUNTER}/author/assignedAuthor/id"),
        "CONF-DK-APD:7616",
        "entry/encounter/author",
    ),
    "an end that is not the header's": (
        give(f"{ENCOUNTER}/effectiveTime/high", value="20300101120000+0100"),
        "CONF-DK-APD:7e5c",
        "entry/encounter/effectiveTime/high",
    ),
    "an element that CDA does not have": (
        put_last(f"{ENCOUNTER}/performer", "<note/>"),
        "XSD-ELEMENT",
        "entry/encounter/performer/note",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_what_its_release_asked_for_is_found_where_it_stands(mistake: str) -> None:
    """At the place, line and column of the document, not of the copy that was looked at."""
    edit, rule, path = MISTAKES[mistake]
    data = edited(OLDER["1.1"].data, edit)
    (found, *_) = (
        one for one in apd.validate(data, settings=AS_RELEASE).findings if one.rule == rule
    )
    element, _, attribute = found.path.partition("/@")
    assert element.endswith(path)
    assert found.line is not None and found.column is not None
    line = data.decode().splitlines()[found.line - 1]
    named = f"{attribute}=" if attribute else f"<{path.rpartition('/')[2]}"
    assert line[found.column - 1 :].startswith(named)


def test_a_current_document_is_judged_as_ever() -> None:
    broken = edited(WRITTEN, remove("typeId"))
    for data in (WRITTEN, broken, b"<a/>"):
        as_release = apd.validate(data, settings=Settings(as_release=True))
        assert as_release.findings == apd.validate(data).findings


def test_an_older_document_without_an_appointment_is_judged_by_what_is_in_force() -> None:
    data = edited(OLDER["1.1"].data, remove(ENCOUNTER))
    found = apd.validate(data, settings=AS_RELEASE).findings
    assert found[0].rule == "APD-RELEASE"
    assert "CONF-DK-APD:9b39" in {one.rule for one in found}


def test_another_release_may_be_wanted() -> None:
    data = OLDER["1.1"].data
    found = apd.validate(data, release=apd.Release.V1_1).findings
    assert "APD-RELEASE" not in {one.rule for one in found}
    first = apd.validate(data, release=apd.Release.V2_0).findings[0]
    assert first.message == "The document is DK-APD 1.1; 2.0 was expected."


def test_what_a_release_did_not_have_are_rules() -> None:
    known = {rule.id for rule in rules_of_the_library()}
    assert all(known.issuperset(release.without) for release in RELEASES)


@pytest.mark.parametrize("release", [apd.Release.V1_0, apd.Release.V1_1, apd.Release.V2_0])
def test_generated_documents_of_it_are_clean_as_what_they_are(release: apd.Release) -> None:
    for number in range(1, 21):
        made = as_released(document(5, number, Selection(release=release)))
        report = apd.validate(made, settings=Settings(as_release=True))
        assert [one.rule for one in report.findings] == ["APD-RELEASE"]
