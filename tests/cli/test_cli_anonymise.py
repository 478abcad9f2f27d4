"""``apd anonymise``: copies in which nobody is left, and none where that is not sure."""

import subprocess
import sys

import pytest

import apd
from apd.change import leaks

SECRETS = ("Vera", "Skovsang", "Humlevangen", "2512489996", "00102030", "Bodil")


def test_one_document_to_standard_output(apd_command, documents) -> None:
    path = documents / "home-care-morning.xml"
    result = apd_command("anonymise", path, "--seed", "secret")
    assert (result.status, result.err) == (0, "")
    assert apd.validate(result.out.encode()).is_valid
    assert leaks(path.read_bytes(), result.out) == ()
    assert all(secret in path.read_text("utf-8") for secret in SECRETS)
    assert not any(secret in result.out for secret in SECRETS)


def test_many_documents(apd_command, documents, tmp_path) -> None:
    out = tmp_path / "out"
    result = apd_command("anonymise", documents, "-o", f"{out}/", "--lang", "en", "--seed", "x")
    originals = sorted(documents.glob("*.xml"))
    copies = sorted(out.iterdir())
    assert (result.status, result.err) == (0, "")
    assert [copy.name for copy in copies] == [
        f"document-{number:04}.xml" for number in range(1, len(originals) + 1)
    ]
    lines = [f"{one}: written as {copy}" for one, copy in zip(originals, copies, strict=True)]
    assert result.out.splitlines() == lines
    patients = {one.stem: apd.load(one).appointment.patient.id for one in originals}
    anonymous = [apd.load(copy).appointment.patient.id for copy in copies]
    assert len(set(zip(patients.values(), anonymous, strict=True))) == len(set(anonymous))
    assert set(patients.values()).isdisjoint(anonymous)


def test_the_same_seed_gives_the_same_copy(apd_command, documents, environment) -> None:
    path = documents / "home-nurse.xml"
    first = apd_command("anonymise", path, "--seed", "secret")
    other, none = apd_command("anonymise", path, "--seed", "other"), apd_command("anonymise", path)
    assert len({first.out, other.out, none.out}) == 3
    in_environment = subprocess.run(
        [sys.executable, "-m", "apd", "anonymise", path],
        env={**environment, "APD_SEED": "secret"},
        capture_output=True,
        check=True,
    )
    assert in_environment.stdout.decode() == first.out


def test_options(apd_command, documents) -> None:
    path = documents / "hospital-visit.xml"
    document = apd.load(path)
    options = ("--seed", "x", "--keep-organizations", "--shift-times")
    copy = apd.loads(apd_command("anonymise", path, *options).out)
    assert copy.appointment.performer is not None
    assert document.appointment.performer is not None
    assert copy.appointment.performer.id == document.appointment.performer.id
    assert copy.appointment.schedule.start != document.appointment.schedule.start


def test_documents_that_are_wrong_or_no_appointments(apd_command, documents, tmp_path) -> None:
    wrong = (documents / "home-nurse.xml").read_bytes().replace(b'"DK"', b'"Vera"')
    (tmp_path / "wrong.xml").write_bytes(wrong)
    (tmp_path / "other.xml").write_bytes("<a>Vera<!-- Vera --></a>".encode("utf-16"))
    result = apd_command("anonymise", tmp_path, "-o", tmp_path / "out.d/")
    assert result.status == 0
    for path in (tmp_path / "out.d").iterdir():
        assert "Vera" not in path.read_text("utf-8")
    rules = [
        finding.rule for finding in apd.validate(tmp_path / "out.d/document-0002.xml").findings
    ]
    assert rules == ["CONF-DK-APD:cdc3-CODE"]


def test_a_copy_in_which_something_is_left_is_not_written(apd_command, tmp_path) -> None:
    """A time stays, and here it is the CPR number at once."""
    path, out = tmp_path / "a.xml", tmp_path / "out.xml"
    path.write_text(
        '<a><id root="1.2.208.176.1.2" extension="2011121203"/>\n<low value="2011121203"/></a>',
        encoding="utf-8",
    )
    result = apd_command("anonymise", path, "-o", out, "--lang", "en")
    assert (result.status, result.out, out.exists()) == (2, "", False)
    assert result.err == (
        f"apd: {path}: line 3: A number from the original is still present. The copy is not "
        "written. Try another --secret, or --shift-times.\n"
    )


def test_other_documents_are_still_made(apd_command, documents, tmp_path) -> None:
    (tmp_path / "0102039999.xml").write_bytes(b"<")
    out = tmp_path / "out"
    files = (tmp_path / "0102039999.xml", "nowhere.xml", documents / "home-nurse.xml")
    result = apd_command("anonymise", *files, "-o", f"{out}/")
    assert result.status == 2
    assert len(result.out.splitlines()) == 1
    first, second = result.err.splitlines()
    assert "010203-****.xml: linje 1: Det er ikke velformet XML" in first
    assert second == "apd: nowhere.xml: Filen findes ikke."
    assert [path.name for path in out.iterdir()] == ["document-0003.xml"]


def test_standard_input(apd_command, documents) -> None:
    data = (documents / "home-nurse.xml").read_bytes()
    result = apd_command("anonymise", "-", "--seed", "x", stdin=data)
    assert result == apd_command("anonymise", documents / "home-nurse.xml", "--seed", "x")


WRONG = [
    (("{folder}",), "apd: flere dokumenter: angiv en mappe med --output"),
    (("{good}", "-o", "{good}"), "apd: {good} ville blive overskrevet"),
    (("{good}", "-o", "no/such/x.xml"), "apd: kan ikke skrive no/such/x.xml: "),
    (("{folder}", "-o", "{good}"), "apd: kan ikke skrive "),
    ((), "apd: mangler argumentet 'FILE...'"),
]


@pytest.mark.parametrize(("arguments", "error"), WRONG)
def test_what_is_wrong(apd_command, documents, arguments, error) -> None:
    good = documents / "home-nurse.xml"
    before = good.read_bytes()
    result = apd_command(
        "anonymise", *(one.format(good=good, folder=documents) for one in arguments)
    )
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith(error.format(good=good))
    assert good.read_bytes() == before
