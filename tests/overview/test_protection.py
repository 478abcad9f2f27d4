"""Taking a protected address out, and proving that it is gone (part 6)."""

import html
import json
import re
import unicodedata

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import apd
from apd import jsonform
from apd import overview as ov
from apd.privacy.address_terms import building, is_same_building
from apd.testing import strategies as apd_st
from tests import samples
from tests.overview import kit
from tests.overview.kit import document, overview
from tests.places import EXAMPLES, ROOT, example_names, needs_examples

HOME = apd.Address(
    ["Kvistgårdsengen 112 B, 3. tv."], "7713", "Ørnebjerg", "Danmark", use=apd.AddressUse.HOME
)
PROTECTED = apd.Address(["ADRESSEBESKYTTET"], "0000", "ADRESSEBESKYTTET")
PATIENT = samples.patient(address=HOME)
SOLVEIGS = {"patient": PATIENT}
UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def gone(document: apd.AppointmentDocument, *also: apd.Address) -> apd.AppointmentDocument:
    """The document without the address, found to be without it and as valid as before."""
    made = ov.without_address(document, *also)
    assert ov.address_traces(made, HOME) == ()
    if apd.validate(document).is_valid:
        data = apd.dumps(made)
        assert apd.validate(data).is_valid
        assert ov.address_traces(data, HOME) == ()
    assert not plainly_found(apd.dumps(made, check=False).decode())
    assert not plainly_found("\n".join(kit.texts_in(made)))
    return made


def plainly_found(text: str) -> set[str]:
    """The words of the address in a text, by a search of its own that knows no addresses.

    A UUID may have the letters of any short word by chance, and is not looked at.
    """
    spelled = unicodedata.normalize("NFKC", html.unescape(text)).casefold()
    spelled = UUID.sub("", spelled)
    parts = "kvistgårdsengen", "ørnebjerg", "112b", "112 b", "7713"
    return {part for part in parts if part in spelled}


# --- every place where an address stands -------------------------------------------------------


def test_an_appointment_alone() -> None:
    whole = document(1, **SOLVEIGS)
    assert ov.without_address(whole.appointment) == gone(whole).appointment


def test_the_patient() -> None:
    made = gone(document(1, **SOLVEIGS)).appointment.patient
    assert (made.address, made.telecoms) == (PROTECTED, ())
    assert made == attrs.evolve(PATIENT, address=PROTECTED, telecoms=())


@pytest.mark.parametrize(
    "home",
    [
        apd.HomeLocation(address=HOME),
        apd.HomeLocation(address=HOME, telecom=apd.Telecom.phone("65000001")),
        apd.HomeLocation(name="Ring på hos Tranekær, Kvistgårdsengen 112B"),
        apd.HomeLocation(id=apd.SorCode("111111000016003"), address=HOME, name="Plejebolig 4"),
        apd.HomeLocation(),
    ],
)
def test_a_location_at_home_states_only_that(home) -> None:
    made = gone(document(1, **SOLVEIGS, location=home))
    assert made.appointment.location == apd.HomeLocation()
    (shown,) = overview(made).appointments
    assert kit.line(shown, "where").texts == ("Borgerens egen adresse",)


def test_an_address_that_only_the_home_states() -> None:
    unknown = samples.patient(address=None)
    made = document(
        1,
        patient=unknown,
        location=apd.HomeLocation(address=HOME),
        reason=apd.Reason("Besøg på Kvistgårdsengen 112 b"),
    )
    assert gone(made).appointment.reason.text == "Besøg på ADRESSEBESKYTTET"


SHORTER = apd.Address(["Kvistgårdsengen 112b"], "7713", "Ørnebjerg")
SLOPPY = apd.Address(["KVISTGÅRDSENGEN  112 B"])


@pytest.mark.parametrize("address", [HOME, SHORTER, SLOPPY])
def test_others_in_the_same_building(address) -> None:
    organization = apd.Organization(name="Bofællesskabet", address=address)
    made = gone(
        attrs.evolve(
            document(
                1,
                patient=samples.patient(address=HOME, provider_organization=organization),
                location=apd.OtherLocation(name="Fællesrummet", address=address),
                performer=samples.performer(address=address, organization=organization),
                responsible=samples.responsible(address=address, organization=organization),
                requester=samples.requester(address=address, organization=organization),
            ),
            custodian=samples.custodian(address=address),
        )
    )
    appointment = made.appointment
    assert appointment.location == apd.OtherLocation(name="Fællesrummet")
    for role in (appointment.performer, appointment.responsible, appointment.requester):
        assert role.address is None
        assert role.organization == apd.Organization(name="Bofællesskabet")
    assert appointment.patient.provider_organization == apd.Organization(name="Bofællesskabet")
    assert made.custodian.address is None


def test_an_organisation_of_which_only_the_address_was_stated() -> None:
    nameless = samples.patient(address=HOME, provider_organization=apd.Organization(address=HOME))
    assert gone(document(1, patient=nameless)).appointment.patient.provider_organization is None


def test_others_elsewhere_stay() -> None:
    before = document(1, **SOLVEIGS)
    after = gone(before)
    for part in ("location", "performer", "responsible", "schedule", "reason", "id", "category"):
        assert getattr(after.appointment, part) == getattr(before.appointment, part)
    assert (after.id, after.custodian, after.time) == (before.id, before.custodian, before.time)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Vi kommer til Kvistgårdsengen 112 B, 3. tv.", "Vi kommer til ADRESSEBESKYTTET, 3. tv."),
        ("Vi kommer til Kvistgårdsengen 112B", "Vi kommer til ADRESSEBESKYTTET"),
        ("KVISTGÅRDSENGEN, nr. 112", "ADRESSEBESKYTTET"),
        ("Hent på kvistgårdsengens bibliotek", "Hent på ADRESSEBESKYTTET bibliotek"),
        ("Kvistga\u030ardsengen 112 b", "ADRESSEBESKYTTET"),
        ("Kvistgårds\u00adengen", "ADRESSEBESKYTTET"),
        ("Kør til 7713 Ørnebjerg.", "Kør til ADRESSEBESKYTTET ADRESSEBESKYTTET."),
        ("Mød i Ørnebjerg", "Mød i ADRESSEBESKYTTET"),
        ("Kontrol, Danmark, 3. tv.", "Kontrol, Danmark, 3. tv."),
        ("Kontrol af e\u0301n knæ", "Kontrol af e\u0301n knæ"),
    ],
)
def test_texts_that_quote_the_address(text, left) -> None:
    note = apd.Schedule.between(samples.DAY, kit.datetime.time(8), kit.datetime.time(9), note=text)
    made = gone(document(1, note, **SOLVEIGS, reason=apd.Reason(text))).appointment
    assert made.reason.text == left
    assert made.schedule.note == left


def test_names_that_quote_street_and_number() -> None:
    name = "Hos Solveig, Kvistgårdsengen 112B"
    made = gone(
        document(
            1,
            **SOLVEIGS,
            location=apd.OtherLocation(name=name),
            performer=samples.performer(organization=apd.Organization(name=name)),
            episode_of_care=apd.EpisodeOfCare(
                [apd.Identifier("1.2.3", name)], apd.Code("ALAL07", apd.Oid.SKS, name)
            ),
        )
    ).appointment
    left = "Hos Solveig, ADRESSEBESKYTTET"
    assert made.location.name == left
    assert made.performer.organization.name == left
    assert made.episode_of_care.label.display == left
    assert made.episode_of_care.ids == (apd.Identifier("1.2.3", left),)


def test_a_link_to_a_map() -> None:
    place = samples.location(
        telecom=apd.Telecom("https://kort.example/?q=Kvistg%C3%A5rdsengen%20112B")
    )
    assert gone(document(1, **SOLVEIGS, location=place)).appointment.location.telecom is None


def test_further_addresses_of_the_patient() -> None:
    summer_house = apd.Address(["Klitstien 3"], "7713", "Ørnebjerg")
    made = document(1, reason=apd.Reason("Besøg på Klitstien 3"), **SOLVEIGS)
    assert gone(made, summer_house).appointment.reason.text == "Besøg på ADRESSEBESKYTTET"
    assert ov.address_traces(gone(made, summer_house), summer_house) == ()
    assert gone(made).appointment.reason.text == "Besøg på Klitstien 3"


# --- what may stand ----------------------------------------------------------------------------

HOSPITAL = apd.Address(["Sygehusvej 1"], "7713", "Ørnebjerg")


def test_the_town_of_a_hospital_may_be_shown() -> None:
    made = document(
        1,
        **SOLVEIGS,
        location=samples.location(address=HOSPITAL),
        reason=apd.Reason("Kontrol i Ørnebjerg, bil fra Kvistgårdsengen 112B"),
    )
    after = ov.without_address(made)
    assert after.appointment.location.address == HOSPITAL
    assert after.appointment.reason.text == "Kontrol i Ørnebjerg, bil fra ADRESSEBESKYTTET"
    assert ov.address_traces(after, HOME) == ()
    assert ov.address_traces(apd.dumps(after), HOME) == ()


def test_the_same_street_and_number_in_another_town_may_stand() -> None:
    elsewhere = apd.Address(["Kvistgårdsengen 112B"], "5000", "Odense C")
    made = document(1, **SOLVEIGS, location=samples.location(address=elsewhere))
    after = ov.without_address(made)
    assert after.appointment.location.address == elsewhere
    assert ov.address_traces(after, HOME) == ()


def test_a_name_like_the_town_stays() -> None:
    namesake = samples.patient(address=HOME, name=apd.PersonName(["Ida"], "Ørnebjerg"))
    after = ov.without_address(document(1, patient=namesake))
    assert after.appointment.patient.name == namesake.name
    assert ov.address_traces(after, HOME) == ()


# --- what stands beyond the model --------------------------------------------------------------


def edited(*replacements: tuple[str, str], **changes) -> apd.AppointmentDocument:
    """The document of bytes in which something was replaced."""
    text = apd.dumps(document(1, **{**SOLVEIGS, **changes})).decode()
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new, 1)
    return apd.loads(text)


SECOND_ADDRESS = (
    "<addr><streetAddressLine>Klitstien 3</streetAddressLine><city>Sandby</city></addr>"
)
QUOTED = "Kvistg&#xe5;rdsengen 112&#32;B"


@pytest.mark.parametrize(
    "replacement",
    [
        pytest.param(("<td>Kontrol af knæ</td>", f"<td>{QUOTED}</td>"), id="readable text"),
        pytest.param(
            ("<td>Kontrol af knæ</td>", "<td>Kvistgårdsengen<br/>112 B</td>"), id="broken text"
        ),
        pytest.param(("</patientRole>", f"<x>{QUOTED}</x></patientRole>"), id="patient"),
        pytest.param(
            (
                "<entry>",
                "<entry><x><streetName>Kvistgårdsengen</streetName>"
                "<houseNumber>112B</houseNumber></x></entry><entry>",
            ),
            id="parts of an address",
        ),
        pytest.param(("<entry>", f'<entry><x value="{QUOTED}"/></entry><entry>'), id="attribute"),
        pytest.param(("<custodian ", f"<x><![CDATA[{HOME.one_line}]]></x><custodian "), id="CDATA"),
        pytest.param(("<custodian ", "<x>Ørnebjerg</x><custodian "), id="town"),
        pytest.param(
            (
                '<statusCode code="active"/>',
                f'<statusCode code="active"><x>{QUOTED}</x></statusCode>',
            ),
            id="inside of an element",
        ),
    ],
)
def test_beyond_the_model(replacement) -> None:
    before = edited(replacement)
    assert before.unmapped
    assert ov.address_traces(before, HOME)
    assert gone(before).unmapped == ()


@pytest.mark.parametrize("location", [apd.HomeLocation(address=HOME), samples.location()])
def test_a_piece_that_reveals_nothing_stays(location) -> None:
    before = edited(("<custodian ", "<x>Sandby</x><custodian "), location=location)
    (piece,) = before.unmapped
    assert gone(before).unmapped == (piece,)


@pytest.mark.parametrize("patient", [PATIENT, samples.patient(address=None)])
def test_the_readable_text_is_made_anew(patient) -> None:
    reported = "<td>Kontrol af knæ</td>", "<td>Kontrol i det gule hus</td>"
    after = gone(edited(reported, patient=patient))
    assert after.unmapped == ()
    assert "det gule hus" not in apd.dumps(after).decode()


def test_a_second_address_of_the_patient() -> None:
    before = edited(
        ("</addr>", f"</addr>{SECOND_ADDRESS}"), reason=apd.Reason("Besøg på Klitstien 3 i Sandby")
    )
    after = gone(before)
    assert before.appointment.patient.address == HOME
    assert after.unmapped == ()
    assert after.appointment.reason.text == "Besøg på ADRESSEBESKYTTET i ADRESSEBESKYTTET"


@pytest.mark.parametrize("location", [apd.HomeLocation(address=HOME), samples.location()])
def test_a_second_place_at_home(location) -> None:
    place = (
        '<participant typeCode="SBJ"><participantRole classCode="SDLOC">'
        f"{SECOND_ADDRESS}</participantRole></participant>"
    )
    before = edited(("</participant>", f"</participant>{place}"), location=location)
    assert type(before.appointment.location) is type(location)
    after = gone(before)
    assert "Klitstien" not in apd.dumps(after, check=False).decode()
    assert after.unmapped == ()


HOMES = {
    "in single quotes": """<participant typeCode='SBJ'>""",
    "with blanks around the sign": '<participant typeCode = "SBJ">',
    "as a reference to a character": '<participant typeCode="&#83;BJ">',
    "with a blank in it": '<participant typeCode=" SBJ">',
    "behind another attribute": '<participant contextControlCode="OP"\n typeCode="SBJ">',
}


@pytest.mark.parametrize("start", HOMES.values(), ids=HOMES)
@pytest.mark.parametrize("around", ["{}{}", "{1}{0}", "{}</encounter></entry><entry><encounter>{}"])
def test_a_place_at_home_however_it_is_written(start, around) -> None:
    """Beside another one, before it, or in an encounter that nobody reads."""
    text = apd.dumps(document(1, **SOLVEIGS, reason=apd.Reason("Klitstien 3"))).decode()
    (other,) = re.findall("<participant .*?</participant>", text, re.DOTALL)
    # as like the other one as can be, so that it may be taken for what the model says
    home = re.sub("<addr.*</addr>", SECOND_ADDRESS, other, flags=re.DOTALL)
    home = re.sub("<participant .*?>", start, home)
    bare = '<participant typeCode="LOC"><participantRole classCode="SDLOC"/></participant>'
    for reported in (other, bare):
        after = gone(apd.loads(text.replace(other, around.format(reported, home))))
        assert b"Klitstien" not in apd.dumps(after, check=False)


@pytest.mark.parametrize(
    ("behind", "around"),
    [
        ("</participant>", "{}"),
        ("</entry>", "<entry><encounter>{}</encounter></entry>"),
        ("</section>", "<section><entry><encounter>{}</encounter></entry></section>"),
    ],
)
def test_a_number_at_home_goes_without_an_address(behind, around) -> None:
    """It leads to one; also from what nobody reads."""
    home = (
        '<participant typeCode="SBJ"><participantRole classCode="SDLOC">'
        '<telecom value="tel:65987654"/></participantRole></participant>'
    )
    before = edited((behind, behind + around.format(home)))
    assert b"65987654" not in apd.dumps(gone(before), check=False)


def test_another_place_stays_where_none_is_at_home() -> None:
    place = (
        '<participant typeCode="DST"><participantRole classCode="SDLOC">'
        f"{SECOND_ADDRESS}</participantRole></participant>"
    )
    before = edited(("</participant>", f"</participant>{place}"))
    assert gone(before).unmapped == before.unmapped


@pytest.mark.parametrize(
    "remark", [f"<!-- {HOME.one_line} -->", f"<?note {HOME.one_line}?>", "<!-- ring på -->"]
)
@pytest.mark.parametrize("place", ["<ClinicalDocument ", "<custodian ", "<streetAddressLine>"])
def test_comments_and_instructions_go(remark, place) -> None:
    before = edited((place, f"{remark}{place}"))
    data = apd.dumps(gone(before))
    assert b"<!--" not in data
    assert data.count(b"<?") == 1


def test_nothing_of_the_xml_that_was_read_is_left() -> None:
    before = edited(("<custodian ", "<x>Sandby</x><custodian "))
    after = gone(before)
    assert after.source is not None
    assert not plainly_found(after.source.data.decode())
    assert not plainly_found(jsonform.dumps(after))
    by_hand = attrs.evolve(after, source=before.source)
    assert any(t.where.endswith("of the source") for t in ov.address_traces(by_hand, HOME))


def test_twice_is_the_same_as_once() -> None:
    once = ov.without_address(edited(("<td>Kontrol af knæ</td>", "<td>Kontrol</td>")))
    assert ov.without_address(once) == once


# --- the check ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Kvistgårdsengen 112B",
        "kvistgårdsengen\n\t112   b",
        "KVISTGÅRDSENGEN 112 B",
        "Kvistg&#229;rdsengen&#x20;112B",
        "Kvistg&aring;rdsengen 112B",
        "<p>Kvistgårdsengen <b>112B</b></p>",
        '<a title="Kvistgårdsengen 112B">',
        "<!-- Kvistgårdsengen 112B -->",
        "<![CDATA[Kvistgårdsengen 112B]]>",
        json.dumps("Kvistgårdsengen 112B"),
        json.dumps("Kvistgårdsengen\n112B"),
        "https://kort.example/Kvistg%C3%A5rdsengen/112B",
        "LOCATION:Kvistgårds\r\n engen 112B\\, 3. tv.",
        "data:text/calendar,LOCATION:Kvistg%C3%A5rds%0D%0A%20engen%20112B%5C,%203.%20tv.",
        "data:text/calendar,DESCRIPTION:Hjemme%5CnKvistg%C3%A5rdsengen%5Cn112B",
        "Kvistga\u030ardsengen 112B",
        "Kvistgårdsengen<br\n/>112B",
    ],
)
def test_however_it_is_written(text) -> None:
    parts = {trace.part for trace in ov.address_traces(text, HOME)}
    assert ov.AddressPart.HOUSE in parts
    assert ov.address_traces(text.encode(), HOME)
    assert not ov.address_traces(re.sub("(?i)kvist", "gren", text).replace("112", "113"), HOME)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "latin-1", "cp037", "utf-16", "utf-16-le", "utf-32", "utf-32-be"],
)
def test_in_every_encoding(encoding) -> None:
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    text = apd.dumps(document(1, **SOLVEIGS)).decode()
    text = text.replace('encoding="UTF-8"', f'encoding="{declared}"')
    assert ov.address_traces(text.encode(encoding), HOME)
    assert ov.address_traces("Kvistgårdsengen".encode("latin-1"), HOME)
    assert ov.address_traces(
        b'<?xml version="1.0" encoding="no-such"?><x>Kvistg&#229;rdsengen</x>', HOME
    )


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Kvistgårdsengen 112B", {"house"}),
        ("Kvistgårdsengen 112", {"house"}),
        ("Kvistgårdsengen 11", {"street"}),
        ("7713", {"postal_code"}),
        ("Ørnebjerg", {"city"}),
        ("17713 Ørne bjerg 112B, 3. tv., Danmark", set()),
    ],
)
def test_which_part_is_found(text, parts) -> None:
    assert {trace.part for trace in ov.address_traces(text, HOME)} == parts


def test_where_it_is_found() -> None:
    assert ov.address_traces("a\nb\nKvistgårdsengen 1", HOME) == (
        ov.AddressTrace(ov.AddressPart.STREET, "line 3"),
    )
    before = edited(("<custodian ", "<x>Ørnebjerg</x><custodian "))
    assert "/ClinicalDocument/x" in {trace.where for trace in ov.address_traces(before, HOME)}


def test_a_trace_does_not_tell_the_address() -> None:
    traces = repr(ov.address_traces(document(1, **SOLVEIGS), HOME))
    assert not plainly_found(traces)


def test_a_line_without_a_number() -> None:
    farm = apd.Address(["c/o Brahesminde", "Kragelundgård"], "7713", "Ørnebjerg")
    made = document(
        1, patient=samples.patient(address=farm), reason=apd.Reason("Til Kragelundgård")
    )
    assert ov.without_address(made).appointment.reason.text == "Til ADRESSEBESKYTTET"
    assert ov.address_traces("Kragelundgård", farm)[0].part is ov.AddressPart.LINE


FLOORS = (
    *("sal", "etage", "stuen", "kælder", "kælderen", "kld"),
    *("dør", "lejl", "lejlighed", "værelse"),
)


@pytest.mark.parametrize(
    "nothing",
    [
        apd.Address.not_informed(),
        PROTECTED,
        apd.Address(["2. sal", "3"], "12", "Ry", "Danmark"),
        *(apd.Address([f"{floor}.", "3"]) for floor in FLOORS),
    ],
)
def test_an_address_that_states_nothing_leaves_no_trace(nothing) -> None:
    everything = apd.dumps(samples.full_document()).decode() + " 2. sal, 3, 12, Ry, Danmark, 0000"
    everything += " ".join(FLOORS)
    assert ov.address_traces(everything, nothing) == ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Birkelunden 12", ("birkelunden", "12")),
        ("Birkelunden 12 B, 2. tv.", ("birkelunden", "12b")),
        ("Birkelunden 12B", ("birkelunden", "12b")),
        ("Gl. Kongevej 12, st. th.", ("gl", "kongevej", "12")),
        ("2. sal", None),
        ("c/o Hansen", None),
        ("", None),
    ],
)
def test_street_and_number(line, expected) -> None:
    assert building(line) == expected


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (HOME, True),
        (SHORTER, True),
        (SLOPPY, True),
        (apd.Address(["3. tv.", "Kvistgårdsengen 112 B"], city="Ørnebjerg"), True),
        (apd.Address(["Kvistgårdsengen 112"], "7713", "Ørnebjerg"), False),
        (apd.Address(["Kvistgårdsengen 112 B"], "5000", "Odense"), False),
        (apd.Address(["Kvistgårdsengen 112 B"], city="Odense"), False),
        (apd.Address([], "7713", "Ørnebjerg"), False),
        (apd.Address.not_informed(), False),
        (None, False),
    ],
)
def test_one_building(other, same) -> None:
    assert is_same_building(HOME, other) == is_same_building(other, HOME) == same


# --- overviews ---------------------------------------------------------------------------------


def at_home(number: int, reason: str, **more) -> apd.AppointmentDocument:
    when = kit.schedule(f"2026-03-10 {9 + number:02}:00", f"{9 + number:02}:30")
    return document(number, when, reason=apd.Reason(reason), **{**SOLVEIGS, **more})


def test_an_overview_without_the_address() -> None:
    home = apd.HomeLocation(address=HOME)
    unaddressed = samples.patient(address=None)
    made = overview(
        at_home(1, "Besøg", location=home),
        at_home(2, "Bil fra Kvistgårdsengen 112B", patient=unaddressed),
        at_home(3, "Besøg i Ørnebjerg", location=apd.OtherLocation(address=HOME)),
        ov.RegisteredDocument(at_home(4, "Aflyst i Ørnebjerg"), ov.Availability.DEPRECATED),
        travel=kit.datetime.timedelta(hours=1),
    )
    assert ov.address_traces(made, HOME)
    after = ov.without_address(made)
    assert ov.address_traces(after, HOME) == ()
    assert not plainly_found(kit.as_json(after))
    assert "Adressen er beskyttet" in after.patient_texts
    assert [shown.about for shown in after.appointments] == [
        "Besøg",
        "Bil fra ADRESSEBESKYTTET",
        "Besøg i ADRESSEBESKYTTET",
    ]
    for before_one, after_one in zip(made.appointments, after.appointments, strict=True):
        assert after_one == attrs.evolve(before_one, document=after_one.document)
    # what was found to be one place before is still taken for one
    assert [(one.kind, one.minutes) for one in after.overlaps] == [
        (one.kind, one.minutes) for one in made.overlaps
    ]
    assert {one.first.document for one in after.overlaps} <= {
        shown.document for shown in after.appointments
    }
    data = kit.as_json(after).encode()
    documents = [shown.document for shown in after.appointments]
    assert ov.address_traces(data, HOME, beside=documents) == ()


def test_data_made_of_documents_that_name_the_town() -> None:
    hospital = at_home(1, "Kontrol", location=samples.location(address=HOSPITAL))
    after = ov.without_address(overview(hospital))
    assert ov.address_traces(after, HOME) == ()
    page = kit.as_json(after)
    assert ov.address_traces(page, HOME)
    assert ov.address_traces(page, HOME, beside=[after.appointments[0].document]) == ()


# --- laws --------------------------------------------------------------------------------------

SAYINGS = st.sampled_from(
    [
        "{line}",
        "Hjemmebesøg, {line}, {place}",
        "TAXA FRA {line}",
        "kør ad {line}",
        "i {place}",
        "intet",
    ]
)
WRITINGS = st.sampled_from(
    [str, str.upper, str.lower, lambda text: text.replace(" ", "  ").replace(",", " ,")]
)


@st.composite
def quotations(draw) -> str:
    """Texts that quote the address in one way or another."""
    saying = draw(SAYINGS).format(line=HOME.lines[0], place="7713 Ørnebjerg")
    return draw(WRITINGS)(saying)


@st.composite
def documents_that_quote(draw) -> apd.AppointmentDocument:
    """Documents of anything, which say the address in several places."""
    made = draw(apd_st.documents())
    appointment = made.appointment
    location = draw(
        st.sampled_from(
            [
                appointment.location,
                apd.HomeLocation(address=HOME, name=draw(quotations())),
                apd.OtherLocation(address=SHORTER),
            ]
        )
    )
    return attrs.evolve(
        made,
        appointment=attrs.evolve(
            appointment,
            patient=attrs.evolve(appointment.patient, address=HOME),
            location=location,
            reason=apd.Reason(draw(quotations())),
            performer=draw(
                st.sampled_from(
                    [appointment.performer, attrs.evolve(appointment.performer, address=SHORTER)]
                )
            ),
        ),
    )


@given(documents_that_quote())
def test_no_part_of_the_address_is_left(before) -> None:
    after = ov.without_address(before)
    data = apd.dumps(after)
    assert apd.validate(data).is_valid
    made = ov.make_overview(
        [ov.RegisteredDocument(after)], viewer=kit.NURSE, now=kit.NOW, language="en"
    )
    for text in (data.decode(), kit.as_json(made), "\n".join(kit.texts_in(after))):
        assert plainly_found(text) <= {"7713"}  # which may be a part of anybody's number
    assert ov.address_traces(after, HOME) == ()
    assert ov.address_traces(before, HOME)
    assert after.appointment.id == before.appointment.id


@given(apd_st.documents())
def test_no_trace_of_any_address_whatever(before) -> None:
    """Addresses of which each part may be any text, which others may say as well."""
    address = before.appointment.patient.address
    after = ov.without_address(before)
    if address is not None:
        assert ov.address_traces(after, address) == ()
    assert apd.validate(apd.dumps(after)).is_valid
    assert ov.without_address(after) == after


# --- real files --------------------------------------------------------------------------------


def assert_gone_from(before: apd.AppointmentDocument, is_valid: bool) -> None:
    after = ov.without_address(before)
    address = before.appointment.patient.address
    if address is not None:
        assert ov.address_traces(before, address)
        assert ov.address_traces(after, address) == ()
    assert not is_valid or apd.validate(apd.dumps(after)).is_valid


@pytest.mark.parametrize("path", sorted((ROOT / "examples" / "documents").glob("*.xml")), ids=str)
def test_the_projects_examples(path) -> None:
    assert_gone_from(apd.load(path), is_valid=True)


@needs_examples
@pytest.mark.parametrize("name", example_names())
def test_official_examples(name) -> None:
    data = (EXAMPLES / name).read_bytes()
    try:
        document = apd.loads(data)
    except apd.ParseError:
        pytest.skip("there is no appointment in it")
    assert_gone_from(document, apd.validate(data).is_valid)
