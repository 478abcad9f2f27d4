"""No cache and no other state of the library holds anything personal to a patient.

Every public function is given documents of persons whom nobody else is like; then all that can be
reached from the modules of ``apd`` and from the caches of their functions is searched for them.
"""

import datetime
import functools
import gc
import inspect
import io
import re
import sys
import types
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any, NamedTuple

import pytest
from attrs import evolve
from lxml import etree

import apd
from apd import change, jsonform, overview, publication, series, sor, testing, xds
from apd.cda.grammar import FEW_DOCUMENTS
from apd.limits import MAX_REMEMBERED
from apd.overview import html, ics
from apd.rules.settings import Settings
from tests import samples
from tests.cda.test_to_the_byte import under_prefix
from tests.overview import kit
from tests.publication.house import House
from tests.publication.making import KEY, NOW
from tests.publication.making import booking as booking_of
from tests.publication.publishing import House as PublishingHouse
from tests.sor.registers import register
from tests.xds.making import configuration, header, number

_SCHEMAS = (etree.XMLSchema,)
BORN = datetime.date(1937, 9, 14)
SECRETS = {
    "CPR number": "1409370077",
    "CPR number with a hyphen": "140937-0077",
    "given name": "Zinrypta",
    "family name": "Quollebæk",
    "street": "Vexoddinggade",
    "place of the home": "Ørkenhalsø",
    "telephone": "71948362",
    "e-mail": "zq@hemmelig.example",
    "date of birth": "19370914",
    "date of birth as people write it": "14-09-1937",
    "date of birth in ISO 8601": "1937-09-14",
    "reason": "Overgangsblåfnugsyge",
    "coded reason": "DZQ9741",
    "episode of care": "5b9f0c1e-77aa-4c0e-9d57-0a5e7c1f2b3d",
    "label of the episode": "ALAL9741",
    "note": "Bagdøren hos Zibbelyst",
    "directions to the home": "Gul dør ved Myrekrattet",
    "identifier of one without a CPR number": "ZQ-0815-4711",
}


def patient(**changes: Any) -> apd.Patient:
    """A person whom nobody else is like."""
    fields: dict[str, Any] = {
        "id": apd.CprNumber(SECRETS["CPR number"]),
        "name": apd.PersonName([SECRETS["given name"]], SECRETS["family name"]),
        "address": home(),
        "telecoms": (
            apd.Telecom.phone(SECRETS["telephone"], apd.TelecomUse.HOME),
            apd.Telecom.email(SECRETS["e-mail"], apd.TelecomUse.HOME),
        ),
        "birth_date": BORN,
    }
    return samples.patient(**{**fields, **changes})


def hsuid_header() -> str:
    """Who asks about the person: the person."""
    cpr = apd.CprNumber(SECRETS["CPR number"])
    user = xds.ServiceUser(user_type=xds.UserType.CITIZEN, acting_user=cpr, citizen=cpr)
    return xds.hsuid(user, issuer="Test", issued=NOW)


def home() -> apd.Address:
    """Where the person lives."""
    return samples.address(
        lines=[f"{SECRETS['street']} 3"],
        city=SECRETS["place of the home"],
        use=apd.AddressUse.HOME,
    )


def appointment(**changes: Any) -> dict[str, Any]:
    """Fields of an appointment in which all that is personal is this person's."""
    fields: dict[str, Any] = {
        "patient": patient(),
        "schedule": apd.Schedule(
            NOW + datetime.timedelta(days=3),
            NOW + datetime.timedelta(days=3, hours=1),
            indicative=True,
            note=SECRETS["note"],
        ),
        "reason": apd.Reason(SECRETS["reason"], apd.Code(SECRETS["coded reason"], apd.Oid.SKS)),
        "episode_of_care": apd.EpisodeOfCare(
            [apd.EpisodeId(SECRETS["episode of care"])],
            apd.Code(SECRETS["label of the episode"], apd.Oid.SKS, SECRETS["reason"]),
        ),
        "location": apd.HomeLocation(
            name=SECRETS["directions to the home"],
            address=home(),
            telecom=apd.Telecom.phone(SECRETS["telephone"]),
        ),
        "requester": samples.requester(),
        "repetition": apd.Repetition(samples.medcom_id(5)),
    }
    return {**fields, **changes}


def documents() -> Iterator[bytes]:
    """Documents of the person: current, older, in others' form, without a CPR number."""
    made = samples.document(appointment=samples.appointment(**appointment()))
    data = apd.dumps(made, check=False)
    yield data
    yield data.replace(b"apd-v2.0.1", b"apd-v1.1")
    yield under_prefix(data)
    nobody = apd.Identifier("1.2.208.999.1", SECRETS["identifier of one without a CPR number"])
    other = evolve(made.appointment, patient=patient(id=nobody))
    yield apd.dumps(evolve(made, appointment=other), check=False)


def faulty_documents() -> Iterator[bytes]:
    """Documents with what the layers refuse, and the values in question in it."""
    text = next(documents()).decode()
    yield text.replace('typeCode="SBJ"', 'typeCode="DST"').encode()
    yield text.replace("<birthTime value=", "<birthTime nullFlavor=").encode()
    yield text.replace('use="H"', f'use="{SECRETS["street"]}"').encode()
    yield text.replace("tel:", "").replace("mailto:", "").encode()
    for born in ("X19370914", " 19370914", "1937-09-14", "19370914000000+0100"):
        yield text.replace('value="19370914"', f'value="{born}"').encode()
    yield text.replace("<custodian", f"<note>{SECRETS['given name']}</note><custodian", 1).encode()
    yield text.replace(SECRETS["CPR number"], f" {SECRETS['CPR number with a hyphen']} ").encode()
    yield text.replace("</ClinicalDocument>", SECRETS["family name"]).encode()


class Given(NamedTuple):
    """What the public functions are given."""

    data: bytes
    document: apd.AppointmentDocument

    @property
    def other(self) -> apd.AppointmentDocument:
        """The same at another time, for another reason."""
        reason = apd.Reason(f"Ny {SECRETS['reason']}")
        later = evolve(self.document.appointment.schedule, note=f"Ny {SECRETS['note']}")
        changed = evolve(self.document.appointment, reason=reason, schedule=later)
        return evolve(self.document, appointment=changed)

    @property
    def shown(self) -> overview.Overview:
        """An overview of both."""
        held = self.document.appointment.patient.id
        entries = [overview.RegisteredDocument(one) for one in (self.document, self.other)]
        viewer = overview.PatientViewer(held)
        return overview.make_overview(entries, viewer=viewer, now=kit.NOW)

    @property
    def booking(self) -> publication.Booking:
        """The appointment as it is booked."""
        one = self.document.appointment
        names = ("patient", "reason", "episode_of_care", "location", "schedule")
        return booking_of(**{name: getattr(one, name) for name in names})

    @property
    def entry(self) -> xds.DocumentEntry:
        """Its metadata."""
        return xds.document_entry(self.document, configuration(), entry_uuid=number(7))

    @property
    def submission(self) -> xds.Submission:
        """What publishes it."""
        return xds.publish(self.entry, self.set)

    @property
    def set(self) -> xds.SubmissionSet:
        """Its submission set."""
        return xds.submission_set(self.entry, configuration(), now=NOW, id=number(8))

    @property
    def message(self) -> xds.Message:
        """What is sent."""
        return xds.provide_and_register(self.submission, self.data, header(), check=False)


Use = Callable[[Given], object]


def run_of(bookings: Iterable[publication.Booking | publication.Unreadable]) -> publication.Run:
    """A run of a publisher with a register that knows nothing."""
    return PublishingHouse().run(*bookings)


def publish(given: Given) -> object:
    """Plan and carry out, twice, and again when it is gone."""
    house = House()
    done = [*house.run(given.booking), *house.run(given.booking)]
    return [*done, *house.run()]


def lift_block(given: Given) -> object:
    """What a professional sees after lifting the block."""
    held = given.document.appointment.patient.id
    entries = [overview.RegisteredDocument(given.document), overview.Withheld()]
    made = overview.make_overview(entries, viewer=kit.NURSE, now=kit.NOW, patient=held)
    return overview.lift_block(made, entries, ground=overview.LiftGround.CONSENT, now=kit.NOW)


USES: dict[Callable[..., Any], Use] = {
    apd.loads: lambda given: (given.document.unmapped, repr(given.document)),
    apd.load: lambda given: apd.load(io.BytesIO(given.data)),
    apd.dumps: lambda given: apd.dumps(given.other),
    apd.dump: lambda given: apd.dump(given.other, io.BytesIO(), check=False),
    apd.validate: lambda given: [
        *map(str, apd.validate(given.data).findings),
        apd.validate(given.other, language="da"),
    ],
    apd.complete: lambda given: apd.complete(given.document),
    apd.validate_all: lambda given: apd.validate_all([given.data, given.document, given.other]),
    apd.set_keys: lambda given: apd.set_keys(given.data, key=KEY),
    apd.findings_by_key: lambda given: apd.findings_by_key(
        [row for _ in range(2) if (row := apd.set_keys(given.data, key=KEY))]
    ),
    change.diff: lambda given: str(change.diff(given.document, given.other)),
    change.anonymise: lambda given: change.anonymise(given.document, "seed"),
    change.anonymise_bytes: lambda given: change.anonymise_bytes(given.data, "seed"),
    change.leaks: lambda given: change.leaks(given.data, given.data),
    change.upgrade: lambda given: change.upgrade(given.document),
    jsonform.dumps: lambda given: jsonform.dumps(given.document),
    jsonform.to_data: lambda given: jsonform.to_data(given.document.appointment),
    jsonform.from_data: lambda given: jsonform.from_data(
        jsonform.to_data(given.document.appointment.patient), apd.Patient
    ),
    jsonform.loads: lambda given: jsonform.loads(jsonform.dumps(given.document)),
    jsonform.parse: lambda given: jsonform.parse(jsonform.dumps(given.document)),
    overview.make_overview: lambda given: given.shown,
    overview.as_csv: lambda given: overview.as_csv(given.shown.to_rows()),
    overview.as_data: lambda given: overview.as_data(given.shown),
    overview.address_traces: lambda given: overview.address_traces(given.document, home()),
    overview.without_address: lambda given: overview.without_address(given.document, home()),
    overview.lift_block: lift_block,
    html.page: lambda given: html.page(given.shown),
    html.document_page: lambda given: html.document_page(given.data),
    ics.calendar: lambda given: ics.calendar(given.shown),
    ics.messages: lambda given: ics.messages(
        given.shown,
        organizer=apd.Telecom.email("house@example.dk"),
        attendees=[apd.Telecom.email("other@example.dk")],
    ),
    publication.synchronize: publish,
    publication.read_bookings: lambda given: run_of(
        publication.read_bookings(
            [given.booking], lambda booking: booking, lambda booking: booking.id
        )
    ),
    publication.plan: lambda given: House().plan(given.booking),
    publication.plan_each: lambda given: [
        *publication.plan_each([given.booking], publication.MemoryRegister(), NOW, key=KEY)
    ],
    publication.place_in_plan: lambda given: sorted(
        House().plan(given.booking), key=publication.place_in_plan
    ),
    publication.refusals: lambda given: publication.refusals(given.booking),
    publication.enters: lambda given: publication.enters(given.booking),
    publication.was_entered_late: lambda given: publication.was_entered_late(given.booking, NOW),
    publication.due: lambda given: publication.due(given.booking, next(iter(publication.Kind))),
    publication.overdue: lambda given: publication.overdue(House().plan(given.booking), NOW),
    publication.over_at: lambda given: publication.over_at(given.booking.appointment.schedule),
    xds.document_entry: lambda given: given.entry,
    xds.check_entry: lambda given: xds.check_entry(given.entry),
    xds.check_metadata: lambda given: xds.check_metadata(given.other, given.entry, given.data),
    xds.check_submission_set: lambda given: xds.check_submission_set(given.set),
    xds.check_message: lambda given: xds.check_message(given.message.body),
    xds.document_reference: lambda given: xds.document_reference(given.entry, check=False),
    xds.metadata: lambda given: xds.metadata(given.entry),
    xds.metadata_json: lambda given: xds.metadata_json(given.entry),
    xds.submission_set: lambda given: given.set,
    xds.publish: lambda given: given.submission,
    xds.deprecate: lambda given: xds.deprecate(given.set, number(7)),
    xds.provide_and_register: lambda given: given.message,
    xds.register: lambda given: xds.register(given.submission, header(), check=False),
    xds.update: lambda given: xds.update(xds.deprecate(given.set, number(7)), header()),
    xds.hsuid: lambda given: hsuid_header(),
    xds.read_hsuid: lambda given: xds.read_hsuid(hsuid_header()),
    xds.find_documents: lambda given: xds.find_documents(apd.CprNumber(SECRETS["CPR number"])),
    xds.query: lambda given: xds.query(
        xds.find_documents(apd.CprNumber(SECRETS["CPR number"])), header()
    ),
    xds.read_document: lambda given: xds.read_document(
        given.message.body, given.message.content_type
    ),
    xds.read_submission: lambda given: xds.read_submission(
        given.message.body, given.message.content_type
    ),
    xds.read_query_response: lambda given: xds.read_query_response(given.message.body),
    xds.read_response: lambda given: xds.read_response(given.message.body),
    xds.retrieve: lambda given: xds.retrieve(
        [evolve(given.entry, repository_unique_id="1.2.3")], header()
    ),
    xds.read_retrieved: lambda given: xds.read_retrieved(given.message.body),
    xds.check_retrieved: lambda given: xds.check_retrieved(given.data, given.entry),
    sor.sor_rules: lambda given: apd.validate(
        given.data, settings=Settings(rules=sor.sor_rules(register()))
    ),
    testing.assert_valid_apd: lambda given: testing.assert_valid_apd(given.data),
    testing.assert_says: lambda given: testing.assert_says(given.data, given.document),
}
"""What each public function does with a document; a refusal of its kind is an answer too."""
NOT_OF_A_PATIENT = {
    *(
        sor.read_sor,
        apd.load_settings,
        apd.local_time,
        jsonform.schema,
        publication.last_day,
        series.timetable,
    ),
    # what others have answered, or a part of what is carried out above
    *(publication.carry_out, publication.carry_out_each, publication.late),
    *(publication.settle, publication.settle_each, publication.synchronize_each),
    publication.is_child_address_hidden,
    *(xds.get_documents, xds.write_response),
}
"""Public functions that are given nothing of one."""
PACKAGES = (apd, change, jsonform, overview, html, ics, publication, xds, series, sor, testing)


def test_every_public_function_is_used() -> None:
    functions = {
        function
        for package in PACKAGES
        for name in package.__all__
        if inspect.isfunction(function := getattr(package, name))
    }
    assert functions == {*USES} | NOT_OF_A_PATIENT


def fill() -> None:
    """Give every public function every document, and the faulty ones to what looks for faults."""
    for data in documents():
        given = Given(data, apd.loads(data))
        for use in USES.values():
            with suppress(apd.ApdError, AssertionError):
                use(given)
    for data in faulty_documents():
        assert apd.validate(data).findings
        with suppress(apd.ApdError):
            USES[apd.dumps](Given(data, apd.loads(data)))
            change.anonymise_bytes(data, "seed")
            html.document_page(data)


# --- the search ----------------------------------------------------------------------------------


def roots() -> Iterator[tuple[str, object]]:
    """Where all the state of the library begins: its modules, and the caches of its functions."""
    for name, module in list(sys.modules.items()):
        if name == "apd" or name.startswith("apd."):
            yield name, vars(module)
    for found in gc.get_objects():
        if isinstance(found, functools._lru_cache_wrapper):
            module = getattr(found, "__module__", None) or ""
            if module == "apd" or module.startswith("apd."):
                yield f"{module}.{found.__qualname__}", found


def is_of_others(found: object) -> bool:
    """What is no state of the library: modules, frames, the classes of others, and the test run."""
    if isinstance(found, type):
        return not found.__module__.startswith("apd")
    if type(found).__module__.partition(".")[0] in {"_pytest", "pluggy", "xdist", "hypothesis"}:
        return True
    return isinstance(found, types.ModuleType | types.FrameType | types.CodeType)


def held() -> Iterator[tuple[str, object]]:
    """All that is reached, each with the root that it was reached from first."""
    namespaces = {id(vars(module)) for module in list(sys.modules.values()) if module is not None}
    to_do = deque(roots())
    begun = {id(found) for _, found in to_do}
    seen = set[int]()
    while to_do:
        root, found = to_do.popleft()
        if id(found) in seen:
            continue
        seen.add(id(found))
        yield root, found
        for inside in gc.get_referents(found):
            if id(inside) in begun or id(inside) in namespaces or is_of_others(inside):
                continue
            to_do.append((root, inside))


def text_in(found: object) -> str:
    """What a value says, if it is one that can say something of a person."""
    if isinstance(found, str):
        return str(found)
    if isinstance(found, bytes | bytearray):
        return bytes(found).decode("utf-8", "replace")
    if isinstance(found, datetime.date):
        return "19370914" if (found.year, found.month, found.day) == (1937, 9, 14) else ""
    if isinstance(found, etree._Element):
        return etree.tostring(found, encoding="unicode")
    if isinstance(found, (*_SCHEMAS, etree.XPath)):
        return str(found.error_log)
    return ""


def found_secrets() -> set[tuple[str, str]]:
    """What of the person is held, and where."""
    return {
        (what, root)
        for root, found in held()
        for text in (text_in(found),)
        if text
        for what, secret in SECRETS.items()
        if secret in text
    }


def test_the_search_finds_what_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a cache of a function, in a module, in a value of the model, in a log of libxml2."""
    kept = functools.lru_cache(lambda value: value)
    kept.__module__, kept.__qualname__ = "apd", "kept"
    kept(patient())
    monkeypatch.setattr(apd.errors, "_last", [{"data": SECRETS["reason"].encode()}], raising=False)
    found = found_secrets()
    kept.cache_clear()
    assert ("family name", "apd.kept") in found
    assert ("date of birth", "apd.kept") in found
    assert ("reason", "apd.errors") in found


def test_no_state_holds_anything_of_a_patient() -> None:
    fill()
    gc.collect()
    assert found_secrets() == set()


LONG = "zqlong" + MAX_REMEMBERED * "0"
LONG_BLANK = MAX_REMEMBERED * " "


def long_documents() -> Iterator[bytes]:
    """Documents with something long in values, in texts, in a name, and between elements."""
    text = next(documents()).decode()
    for value in sorted(set(re.findall(r' (?:extension|root|value|code)="[^"]+', text))):
        yield text.replace(value, value + LONG).encode()
    for end in ("</name>", "</given>", "</city>"):
        yield text.replace(end, LONG + end).encode()
    yield text.replace("<text>", f"\n{LONG_BLANK}<text>").encode()


def test_of_what_is_long_nothing_is_remembered() -> None:
    for data in (*[next(documents())] * (FEW_DOCUMENTS + 1), *long_documents()):
        apd.validate(data)
        with suppress(apd.ParseError):
            document = apd.loads(data)
            reason = apd.Reason("Noget andet")
            changed = evolve(document.appointment, reason=reason)
            apd.dumps(evolve(document, appointment=changed), check=False)

    texts = ((root, text_in(one)) for root, one in held())
    assert {root for root, text in texts if "zqlong" in text or LONG_BLANK in text} == set()


def test_schemas_forget_what_they_refused() -> None:
    """lxml keeps the log of the last document, with its values, at the schema."""
    faulty = [*faulty_documents()]
    apd.validate(faulty[0])
    schemas = [found for _, found in held() if isinstance(found, _SCHEMAS)]
    assert {type(schema) for schema in schemas} == {*_SCHEMAS}
    for data in faulty:
        apd.validate(data)
        assert [str(schema.error_log) for schema in schemas if len(schema.error_log)] == []
