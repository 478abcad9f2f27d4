"""``apd upgrade``: what it asks for, what it writes, and what it tells."""

import pytest

import apd

pytestmark = pytest.mark.slow  # many processes, one after another

NEW_ID = "9f0c7a52-4f0e-4d3a-9a55-0c6d2e8f9b11"
SNOMED = b'<code code="185353001" codeSystem="2.16.840.1.113883.6.96"/>'
CATEGORY = (
    b'<code code="RegionalAppointment" codeSystem="1.2.208.184.100.1"'
    b' codeSystemName="MedCom Message Codes"/>'
)


@pytest.fixture(scope="module")
def older(documents) -> bytes:
    """A document of 1.1, which had no categories."""
    data = (documents / "hospital-visit.xml").read_bytes()
    assert CATEGORY in data
    return data.replace(b"apd-v2.0.1", b"apd-v1.1").replace(CATEGORY, SNOMED)


def test_what_is_missing_is_named_with_the_option_that_gives_it(apd_command, older) -> None:
    assert apd_command("upgrade", "--lang", "en", "-", stdin=older) == (
        2,
        "",
        "apd: -: The new version of the document must have its own id. Specify --set id=… (a "
        "UUID or new).\napd: -: The appointment (encounter) must have exactly one code element. "
        "Specify --set category=… (region, municipality or practice).\n",
    )
    danish = apd_command("upgrade", "-", stdin=older)
    assert danish.err.endswith("Angiv --set category=… (region, kommune eller praksis).\n")


def test_with_the_answers_it_is_written(apd_command, older) -> None:
    answers = ("--set", f"id={NEW_ID}", "--set", "category=region")
    time = ("--set", "time=2026-11-02T09:30")
    result = apd_command("upgrade", "--lang", "en", *answers, *time, "-", stdin=older)
    assert result.status == 0
    assert apd.validate(result.out.encode()).is_valid
    document = apd.loads(result.out)
    assert document.release == apd.Release.V2_0_1
    assert document.id == apd.MedComId(NEW_ID)
    assert document.time == apd.local_time(2026, 11, 2, 9, 30)
    assert document.appointment.category is apd.Category.REGIONAL
    reported = result.err.splitlines()
    assert "The category was added: Regional appointment." in reported
    assert "The release of DK-APD was changed from DK-APD 1.1 to DK-APD 2.0.1." in reported
    assert not any(line.startswith("apd:") for line in reported)


def test_into_a_file(apd_command, older, tmp_path) -> None:
    (tmp_path / "older.xml").write_bytes(older)
    new = tmp_path / "new.xml"
    refused = apd_command("upgrade", tmp_path / "older.xml", "-o", new)
    assert (refused.status, new.exists()) == (2, False)
    answers = ("--set", "id=new", "--set", "category=kommune")
    result = apd_command("upgrade", tmp_path / "older.xml", "-o", new, *answers)
    assert (result.status, result.out) == (0, "")
    assert apd.load(new).appointment.category is apd.Category.MUNICIPAL
    assert (tmp_path / "older.xml").read_bytes() == older
    assert {path.name for path in tmp_path.iterdir()} == {"older.xml", "new.xml"}


def test_a_document_of_2_0_1_stays_what_it_is(apd_command, documents) -> None:
    path = documents / "hospital-visit.xml"
    result = apd_command("upgrade", path)
    assert (result.status, result.out.encode()) == (0, path.read_bytes())


WRONG = [
    (("--set", "id=17", "{good}"), "apd: --set id skal være "),
    (("--set", "colour=red", "{good}"), "apd: ugyldig værdi for '--set': 'colour' findes ikke"),
    (("--set", "category", "{good}"), "apd: ugyldig værdi for '--set': skal være NAME=VALUE"),
    (("-o", "{good}", "{good}"), "apd: {good} ville blive overskrevet"),
    (("-o", "no/such/folder/x.xml", "{good}"), "apd: kan ikke skrive no/such/folder/x.xml: "),
    (("nowhere.xml",), "apd: nowhere.xml: Filen findes ikke."),
    (("pyproject.toml",), "apd: pyproject.toml: linje 1: "),
    (("examples",), "apd: ugyldig værdi for 'FILE': Filen 'examples' er en mappe"),
]


@pytest.mark.parametrize(("arguments", "error"), WRONG)
def test_what_is_wrong(apd_command, documents, arguments, error) -> None:
    good = documents / "hospital-visit.xml"
    before = good.read_bytes()
    result = apd_command("upgrade", *(one.format(good=good) for one in arguments))
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith(error.format(good=good))
    assert good.read_bytes() == before


def test_a_personal_number_is_not_shown(apd_command, older) -> None:
    result = apd_command("upgrade", "--set", "patient_id=0102039999x", "-", stdin=older)
    assert result.status == 2
    assert "0102039999" not in result.err
