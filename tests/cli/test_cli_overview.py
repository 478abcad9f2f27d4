"""``apd overview``: files, viewers, records and forms; how the text looks is tested beside it."""

import csv
import datetime
import io
import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from attrs import evolve

import apd
from apd import overview as ov
from apd.cli.app import run
from apd.overview import ics
from apd.privacy.masking import hide_patient
from tests.cli.inside import Result
from tests.overview.reading_ics import events

VERA = apd.CprNumber("2512489996")
NOW = ("--now", "2026-04-15T09:00")
OF_VERA = ("--patient", "2512489996", *NOW)
NURSE = ("--viewer", "professional", "--viewer-name", "Bodil Marie Egeskov")
PAGE = Path(__file__).resolve().parents[2] / "docs" / "command-line.md"


@pytest.fixture
def call(documents, tmp_path, monkeypatch):
    """Calls ``apd overview`` on the examples, in an empty directory and in this process.

    A few tests call the command itself; the others would take long.
    """
    monkeypatch.chdir(tmp_path)

    def call(*arguments: object, files=(documents,), stdin: bytes = b"") -> Result:
        written = {"stdout": io.BytesIO(), "stderr": io.BytesIO()}
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
            for name, stream in written.items():
                patched.setattr(sys, name, io.TextIOWrapper(stream, "utf-8", newline="\n"))
            status = run(["overview", *map(str, (*files, *arguments))])
            sys.stderr.flush()
            out, err = (stream.getvalue().decode() for stream in written.values())
        return Result(status, out, err)

    return call


def of_library(documents, **more) -> ov.Overview:
    """The same, made by the library."""
    entries = [ov.RegisteredDocument(apd.load(path)) for path in sorted(documents.glob("*.xml"))]
    return ov.make_overview(
        entries,
        viewer=ov.PatientViewer(VERA),
        patient=VERA,
        now=apd.local_time(2026, 4, 15, 9),
        **more,
    )


# --- the forms -------------------------------------------------------------------------------


def test_text(apd_command, call, documents) -> None:
    danish = apd_command("overview", documents, *OF_VERA)
    english = call(*OF_VERA, "--lang", "en")
    assert danish == call(*OF_VERA)
    assert (danish.status, danish.err, english.status) == (0, "", 0)
    assert danish.out.startswith("Aftaler for Vera Lykke Skovsang\n  CPR 251248-****\n")
    assert "08.00–12.00  Dialyse (i gang)" in danish.out
    assert "08:00–12:00  Dialyse (in progress)" in english.out
    assert "Viggo" not in danish.out


def test_json_is_that_of_the_library(call, documents) -> None:
    result = call(*OF_VERA, "--json", "--show-cpr", "--travel", "45", "--lang", "en")
    made = of_library(documents, language="en", travel=datetime.timedelta(minutes=45))
    assert json.loads(result.out) == ov.as_data(made)
    assert result.out.count("\n") == 1


def test_a_table(call, documents) -> None:
    """A row an appointment, as the library has it; numbers of persons are hidden."""
    result = call(*OF_VERA, "--format", "csv")
    made, hide = of_library(documents), hide_patient(VERA)
    assert list(csv.reader(result.out.splitlines())) == list(
        csv.reader(ov.as_csv(made.to_rows(), hide).splitlines())
    )
    assert result.out.startswith("key,phase,date,")
    assert call(*OF_VERA, "--format", "json").out == call(*OF_VERA, "--json").out


def test_json_is_masked_and_states_it(call) -> None:
    data = json.loads(call(*OF_VERA, "--json").out)
    assert data["masked"] is True
    assert data["patient"]["id"]["extension"] == "251248-****"


def test_files_are_those_of_the_library(call, documents, tmp_path) -> None:
    result = call(*OF_VERA, "--ics", "a.ics", "--html", "a.html", "--json")
    made, hide = of_library(documents), hide_patient(VERA)
    assert (result.status, result.err) == (0, "")
    assert (tmp_path / "a.ics").read_bytes() == ics.calendar(made, hide=hide)
    html = pytest.importorskip("apd.overview.html")
    assert (tmp_path / "a.html").read_text("utf-8") == html.page(made, hide=hide)
    assert json.loads(result.out)["title"] == made.title  # JSON beside the files


def test_no_text_where_a_file_was_asked_for(call, tmp_path) -> None:
    result = call(*OF_VERA, "--ics", "a.ics")
    assert (result.status, result.out) == (0, "")
    assert [path.name for path in tmp_path.iterdir()] == ["a.ics"]


def test_a_form_on_standard_output(call, tmp_path) -> None:
    call(*OF_VERA, "--ics", "a.ics")
    piped = call(*OF_VERA, "--ics", "-")
    assert piped.out.encode() == (tmp_path / "a.ics").read_bytes()
    assert "<html" in call(*OF_VERA, "--html", "-").out


def test_messages_are_files_one_an_appointment(call, documents, tmp_path) -> None:
    """Of what the registry has deprecated a message that cancels, which replaces an earlier one."""

    def methods(*more: str) -> dict[str, str]:
        result = call(*OF_VERA, *MESSAGES, *more)
        assert (result.status, result.out, result.err) == (0, "", "")
        texts = {path.name: path.read_bytes().decode() for path in (tmp_path / "x").iterdir()}
        assert all("251248-9996" not in text for text in texts.values())
        return {name: re.search("METHOD:(.*)\r\n", text)[1] for name, text in texts.items()}

    before = methods()
    coming = [entry.shown for entry in of_library(documents).agenda.entries]
    assert before == {f"{shown.key}.ics": "REQUEST" for shown in coming}
    gone = next(one for one in documents.iterdir() if apd.load(one) == coming[-1].document)
    after = methods("--deprecated", str(gone))
    assert after == before | {f"{coming[-1].key}.ics": "CANCEL"}


def test_an_output_that_knows_few_characters(apd_command, documents) -> None:
    of_viggo = ("--patient", "0707809985", *NOW)
    result = apd_command("overview", documents, *of_viggo, encoding="ascii")
    assert result.status == 0
    assert "Aftaler for Viggo Baekdal" in result.out
    assert "15.00-16.00  Genoptraening i vand" in result.out


# --- whose -----------------------------------------------------------------------------------


def test_one_patient_need_not_be_named(call, documents) -> None:
    result = call(*NOW, files=[documents / "hospital-visit.xml", documents / "home-nurse.xml"])
    assert (result.status, result.err) == (0, "")
    assert "Skift af forbinding" in result.out


def test_several_patients(call) -> None:
    """They are listed: masked, how many appointments each has, and a file of each."""
    result = call(*NOW)
    assert result.status == 2
    assert "flere patienter; angiv en med --patient-of FILE" in result.err
    heading, *lines = result.out.splitlines()
    assert heading.split() == ["Patient", "Kommende", "Tidligere", "Et", "dokument"]
    rows = [line.split() for line in lines]
    assert ["251248-****", "5", "4"] in [row[:3] for row in rows]
    assert len(rows) == 3
    for number, coming, past, file in rows:
        assert number.endswith("-****")
        one = call(*NOW, "--patient-of", file)
        assert (one.status, one.err) == (0, "")
        assert f"  CPR {number}\n" in one.out
        shown = json.loads(call(*NOW, "--patient-of", file, "--json").out)
        appointments = shown["appointments"]
        over = [one for one in appointments if one["phase"] == "past"]
        assert (len(appointments) - len(over), len(over)) == (int(coming), int(past))


def test_several_patients_in_the_name_of_a_file(call, documents, tmp_path) -> None:
    for number, name in enumerate(("home-nurse", "pool-training-1")):
        data = (documents / f"{name}.xml").read_bytes()
        (tmp_path / f"2512489996-{number}.xml").write_bytes(data)
    result = call(*NOW, files=["."])
    assert "2512489996" not in result.out and "251248-****-0.xml" in result.out
    assert "2512489996" in call(*NOW, "--show-cpr", files=["."]).out


@pytest.mark.parametrize("form", [["--json"], ["--format", "csv"], ["--html", "a"], ["--ics", "-"]])
def test_several_patients_are_listed_as_text_alone(call, form) -> None:
    result = call(*NOW, *form)
    assert (result.status, result.out) == (2, "")
    assert "flere patienter" in result.err


def test_a_patient_of_whom_there_is_no_document(call, documents) -> None:
    nurse, pool = documents / "home-nurse.xml", documents / "pool-training-1.xml"
    for whose in (("--patient", "0707801234"), ("--patient-of", pool)):
        result = call(*NOW, *whose, "--lang", "en", files=[nurse])
        assert result.status == 0
        assert result.err == "apd: none of the documents is about the patient who is named\n"
        assert "no upcoming appointments" in result.out
        assert call(*NOW, *whose, "-q", files=[nurse]).err == ""


def test_the_patient_of_what_is_no_document(call, tmp_path) -> None:
    (tmp_path / "a.xml").write_text("<a/>", encoding="utf-8")
    result = call(*NOW, "--patient-of", "a.xml", "--lang", "en")
    assert (result.status, result.out) == (2, "")
    assert "--patient-of must be an appointment document" in result.err
    both = call(*NOW, "--patient-of", "a.xml", "--patient", "2512489996", "--lang", "en")
    assert "specify either --patient or --patient-of" in both.err


@pytest.mark.parametrize("given", [b"2512489996", b"251248-9996\nmore\n", b"251248 9996\r\n"])
def test_the_number_can_come_from_standard_input(call, given) -> None:
    result = call("--patient", "-", *NOW, stdin=given)
    assert (result.status, result.out) == (0, call(*OF_VERA).out)


def test_a_document_can_come_from_standard_input(call, documents) -> None:
    data = (documents / "home-nurse.xml").read_bytes()
    result = call(*NOW, files=["-"], stdin=data)
    assert "Skift af forbinding" in result.out


# --- the registry ----------------------------------------------------------------------------


def test_deprecated(call, documents, tmp_path) -> None:
    """Named among the others too, or by another name: it is deprecated."""
    visit = documents / "hospital-visit.xml"
    (tmp_path / "link.xml").symlink_to(visit)
    assert "Kontrol efter operation" in call(*OF_VERA).out
    for name in (visit, tmp_path / "link.xml"):
        result = call(*OF_VERA, "--deprecated", name, "--ics", "a.ics")
        assert (result.status, result.err) == (0, "")
        found = events((tmp_path / "a.ics").read_bytes().decode())
        cancelled = [event for event in found.values() if event.status == "CANCELLED"]
        assert [event.summary for event in cancelled] == [
            "Gælder ikke længere: Kontrol efter operation"
        ]
    assert "Kontrol efter operation" not in call(*OF_VERA, "--deprecated", visit).out


def test_a_file_that_is_named_twice_is_one(call, documents) -> None:
    once = call(*OF_VERA, "--json")
    assert call(*OF_VERA, "--json", files=[documents, documents / "home-nurse.xml"]) == once


def test_withheld(call) -> None:
    assert "Nogle oplysninger er spærret og vises ikke." in call(*OF_VERA, "--withheld").out
    assert "spærret" not in call(*OF_VERA).out


def test_check(call, documents, tmp_path) -> None:
    late = (documents / "home-nurse.xml").read_bytes().replace(b'code="ALAL', b'code="X')
    bad = re.sub(rb"9990021000016009", b"9990021000016008", late)
    (tmp_path / "bad.xml").write_bytes(bad)
    assert "Fund" not in call(*NOW, files=["bad.xml"]).out
    assert "    Fund             advarsel: " in call(*NOW, "--check", files=["bad.xml"]).out
    data = json.loads(call(*NOW, "--check", "--json", files=["bad.xml"]).out)
    assert {one["rule"] for one in data["appointments"][0]["findings"]} == {"BR-SOR-2"}


# --- who looks -------------------------------------------------------------------------------


def test_a_proxy(call) -> None:
    result = call(*OF_VERA, "--viewer", "proxy", "--viewer-name", "Karla Tranekær")
    assert "Vises med fuldmagt til Karla Tranekær." in result.out


def test_a_professional_leaves_a_record(call, tmp_path) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text("before\n", encoding="utf-8")
    for _ in range(2):
        result = call(
            *OF_VERA, *NURSE, "--organization", "Kløverby Sygehus", "--record", "log.jsonl"
        )
        assert (result.status, result.err) == (0, "")
        assert "registreres med navnet Bodil Marie Egeskov." in result.out
    before, *records = log.read_text("utf-8").splitlines()
    assert before == "before"
    assert [json.loads(record) for record in records] == [
        {
            "event": "viewing",
            "time": "2026-04-15T09:00:00+02:00",
            "viewer": {
                "role": "professional",
                "id": None,
                "name": "Bodil Marie Egeskov",
                "organization": {"id": None, "name": "Kløverby Sygehus"},
            },
            "patient": {"root": "1.2.208.176.1.2", "extension": "2512489996"},
        }
    ] * 2


@pytest.mark.skipif(os.name != "posix", reason="asks for a POSIX system")
def test_a_new_record_is_for_its_owner_alone(call, tmp_path) -> None:
    call(*OF_VERA, "--record", "log.jsonl")
    assert stat.S_IMODE((tmp_path / "log.jsonl").stat().st_mode) == 0o600


def test_the_record_on_standard_error(call) -> None:
    result = call(*OF_VERA, *NURSE, "--record", "-", "--json")
    assert json.loads(result.err)["viewer"]["name"] == "Bodil Marie Egeskov"
    assert json.loads(result.out)["notices"][0]["key"] == "logged"


def test_nothing_is_shown_without_the_record(call, tmp_path) -> None:
    result = call(*OF_VERA, *NURSE, "--record", "nowhere/log", "--ics", "a.ics", "--json")
    assert (result.status, result.out, list(tmp_path.iterdir())) == (2, "", [])
    assert "kan ikke skrive nowhere/log" in result.err


# --- what is refused -------------------------------------------------------------------------

MESSAGES = ("--ics-messages", "x", "--ics-organizer", "a@b.dk", "--ics-attendee", "c@d.dk")
WRONG = [
    (("--viewer", "proxy"), "--viewer proxy needs --viewer-name"),
    (("--viewer", "professional"), "--viewer professional needs --viewer-name"),
    (NURSE, "--viewer professional needs --record"),
    (("--viewer", "nobody"), "'proxy'"),
    (("--viewer-name", "X Y"), "--viewer-name is for a proxy or a professional"),
    (("--organization", "X"), "--organization is for a professional"),
    ((*NURSE[:3], "Bodil", "--record", "-"), "--viewer-name is not a full name"),
    ((*NURSE[:3], " ", "--record", "-"), "--viewer-name is empty"),
    ((*NURSE[:3], "A\x01 B", "--record", "-"), "--viewer-name"),
    ((*NURSE, "--organization", "A\x01", "--record", "-"), "--organization"),
    (("--patient", "99"), "--patient is not a CPR number"),
    (("--patient", "3112489996x"), "--patient is not a CPR number"),
    (("--now", "tomorrow"), "'--now'"),
    (("--travel", "-1"), "'--travel'"),
    (("--ics", "-", "--json"), "only one form can go to standard output"),
    (("--ics", "-", "--html", "-"), "only one form can go to standard output"),
    (("--ics", "x", "--html", "./x"), "two things cannot be written to one file"),
    (("--ics", "x", "--record", "y/../x"), "two things cannot be written to one file"),
    (("--ics", "."), "cannot write .: "),
    (("--ics-messages", "x"), "--ics-messages needs --ics-organizer and --ics-attendee"),
    (("--ics-attendee", "a@b.dk"), "--ics-organizer and --ics-attendee go with --ics-messages"),
    ((*MESSAGES[:2], "--ics-organizer", "a", *MESSAGES[4:]), "--ics-organizer is not an e-mail"),
    ((*MESSAGES, "--ics-attendee", "ø@b.dk"), "--ics-attendee is not a"),
    (("--lang", "se"), "'da', 'en'"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG)
def test_what_is_refused(call, tmp_path, arguments, message) -> None:
    result = call(*OF_VERA, "--lang", "en", *arguments)
    assert (result.status, result.out) == (2, "")
    assert re.fullmatch(r"apd: .+\n", result.err)
    assert message in result.err
    assert "9996" not in result.err
    assert list(tmp_path.iterdir()) == []


def test_standard_input_is_one_thing(call) -> None:
    for arguments in (("--patient", "-"), ("--patient", "-", "--deprecated", "-")):
        files = ["-"] if "--deprecated" not in arguments else ["x.xml"]
        result = call(*arguments, files=files)
        assert (result.status, result.out) == (2, "")
        assert "standard input kan ikke være både et dokument og patientens nummer" in result.err


@pytest.mark.parametrize("option", ["--ics", "--html", "--record"])
def test_no_document_is_overwritten(call, documents, tmp_path, option) -> None:
    original = (documents / "home-nurse.xml").read_bytes()
    source = tmp_path / "a.xml"
    source.write_bytes(original)
    (tmp_path / "link").symlink_to(source)
    (tmp_path / "same").hardlink_to(source)
    for target in ("a.xml", "link", "same"):
        for files in (["a.xml"], ["."], ["-", "--deprecated", "a.xml"]):
            result = call(*NOW, option, target, files=files, stdin=original)
            assert (result.status, result.out) == (2, "")
            assert f"{target} ville blive overskrevet" in result.err
    assert source.read_bytes() == original


def test_the_library_that_an_option_needs(environment, documents) -> None:
    code = (
        "import sys; sys.modules['jinja2'] = None;"
        "from apd.cli.app import run; sys.exit(run(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "overview", documents, *OF_VERA, "--html", "-"],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install 'dk-apd[html]'" in done.stderr


# --- what cannot be read ---------------------------------------------------------------------


def test_one_bad_file_does_not_stop_the_others(call, documents, tmp_path) -> None:
    (tmp_path / "bad.xml").write_text("<a/>", encoding="utf-8")
    result = call(*OF_VERA, files=["bad.xml", "2512489996.xml", documents])
    assert result.status == 2
    lines = result.err.splitlines()
    assert [line.split(":")[1] for line in lines] == [" bad.xml", " 251248-****.xml"]
    assert "Dialyse" in result.out
    assert "!  Filer, der ikke kunne læses: 2. Der kan mangle aftaler.\n" in result.out


def test_nothing_can_be_read(call, tmp_path) -> None:
    for arguments in ((), ("--ics", "a.ics"), ("--json",)):
        result = call(*OF_VERA, *arguments, files=["."])
        assert (result.status, result.out) == (2, "")
        assert "Der er ingen XML-filer i mappen." in result.err
    assert list(tmp_path.iterdir()) == []


# --- masking ---------------------------------------------------------------------------------


def test_numbers_are_hidden_in_every_form(call, documents, tmp_path) -> None:
    text = "cpr2512489996 251248-9996 25 12 48 9996 og 0309529980"
    document = apd.load(documents / "home-care-morning.xml")
    appointment = document.appointment
    changed = evolve(
        appointment,
        reason=apd.Reason(text),
        schedule=evolve(appointment.schedule, note=text),
        location=apd.HomeLocation(name=text, address=apd.Address([text], city=text)),
        performer=evolve(appointment.performer, telecoms=[apd.Telecom("tel:2512489996")]),
        patient=evolve(appointment.patient, name=apd.PersonName([text], text)),
    )
    apd.dump(evolve(document, appointment=changed), tmp_path / "a.xml")
    forms = {"text": (), "json": ("--json",), "ics": ("--ics", "-"), "html": ("--html", "-")}
    for form, options in forms.items():
        masked, clear = (
            call(*NOW, *options, *more, files=["a.xml"]).out.replace("\r\n ", "")
            for more in ((), ("--show-cpr",))
        )
        digits = re.sub("[ –-]", "", masked)
        assert "2512489996" not in digits, form
        assert "9980" not in masked, form
        assert "251248-****" in masked, form
        assert "2512489996" in re.sub("[ –-]", "", clear), form


def test_the_page_documents_every_option(apd_command) -> None:
    text = PAGE.read_text("utf-8")
    section = text[text.index("## `apd overview") :]
    for option in re.findall(r"  (--[a-z-]+)", apd_command("overview", "--help").out):
        assert option in section[: section.index("\n## ")] or option in ("--lang", "--help")
