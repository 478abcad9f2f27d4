"""The register as a CSV file: what is read, what is refused, and what it costs."""

import datetime
import pickle
import tracemalloc
from pathlib import Path

import pytest

import apd
from apd import limits
from apd.rules.settings import Settings
from apd.sor import CsvSorRegister, SorColumns, SorRegister, SorUnit, read_sor, sor_rules
from apd.sor import csv_register as module

DAY = datetime.date(2026, 3, 5)
HEADER = "code;name;street;postal_code;city;telephone;valid_from;valid_to"
ROW = "111111000016003;Klinik Øst;Torvet 1;5000;Odense C;65000001;2020-01-01;"
CODE = "111111000016003"


def written(folder: Path, *lines: str, encoding: str = "utf-8", ends: str = "\n") -> Path:
    """A file of these lines."""
    file = folder / "sor.csv"
    file.write_bytes("".join(line + ends for line in lines).encode(encoding))
    return file


UNIT = SorUnit(
    code=apd.SorCode(CODE),
    name="Klinik Øst",
    address=apd.Address(["Torvet 1"], "5000", "Odense C"),
    telephones=["65000001"],
    valid_from=datetime.date(2020, 1, 1),
)


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252"])
def test_a_unit_is_read(tmp_path, encoding, ends) -> None:
    file = written(tmp_path, HEADER, ROW, "", encoding=encoding, ends=ends)
    register = read_sor(file, encoding=encoding.removesuffix("-sig"))
    assert isinstance(register, SorRegister)
    assert len(register) == 1
    assert register.lookup(CODE, DAY) == register.lookup(apd.SorCode(CODE), DAY) == UNIT
    assert register.lookup("1", DAY) is None


def test_columns_are_named_by_the_user(tmp_path) -> None:
    file = written(
        tmp_path,
        'Vej,Nr,"SOR, kode",Navn,Tlf1,Tlf2,Slut',
        f'Torvet,1,{CODE},"Klinik ""Øst"", afsnit\n2",65000001 / 65000002,65000003,'
        "31-12-2025 00:00",
    )
    columns = SorColumns(
        code="SOR, kode",
        name="Navn",
        street=["Vej", "Nr"],
        telephones=["Tlf1", "Tlf2"],
        valid_to="Slut",
    )
    unit = read_sor(file, columns=columns, delimiter=",").lookup(CODE, DAY)
    assert unit == SorUnit(
        code=apd.SorCode(CODE),
        name='Klinik "Øst", afsnit 2',
        address=apd.Address(["Torvet 1"]),
        telephones=["65000001", "65000002", "65000003"],
        valid_to=datetime.date(2025, 12, 31),
    )


DATES = ["2025-12-31", "20251231", "2025-12-31T00:00:00", "31-12-2025", "31.12.2025", "31/12/2025"]


@pytest.mark.parametrize("text", DATES)
def test_dates(tmp_path, text) -> None:
    columns = SorColumns(code="code", valid_to="to")
    file = written(tmp_path, "code;to", f"1;{text}")
    unit = read_sor(file, columns=columns).lookup("1", DAY)
    assert unit is not None
    assert unit.valid_to == datetime.date(2025, 12, 31)
    assert (unit.name, unit.address, unit.telephones) == (None, None, ())


PERIODS = ("1;Ny;2022-07-01;", "1;Gammel;2010-01-01;2020-12-31", "1;Midt;2021-01-01;2022-07-01")
WHEN = [
    ("2009-12-31", "Gammel", False),
    ("2020-12-31", "Gammel", True),
    ("2021-01-01", "Midt", True),
    ("2022-07-01", "Ny", True),  # the day on which one is closed and the other opened
    ("2099-01-01", "Ny", True),
]


def test_a_unit_is_as_it_is_on_the_day(tmp_path) -> None:
    columns = SorColumns(code="code", name="name", valid_from="from", valid_to="to")
    register = read_sor(written(tmp_path, "code;name;from;to", *PERIODS), columns=columns)
    for text, name, is_open in WHEN:
        day = datetime.date.fromisoformat(text)
        unit = register.lookup("1", day)
        assert unit is not None
        assert (text, unit.name, unit.is_open_on(day)) == (text, name, is_open)


def test_a_row_that_stands_twice_counts_once(tmp_path) -> None:
    assert len(read_sor(written(tmp_path, HEADER, ROW, ROW))) == 1


LONG = "x" * limits.MAX_SOR_LINE_BYTES
REFUSED = [
    ([], "sor.csv has no line with the names of the columns"),
    ([""], "sor.csv has no line with the names of the columns"),
    ([HEADER.replace("name", "navn"), ROW], "sor.csv:1: does not have the column 'name'"),
    (
        [HEADER.replace(";", ","), ROW],
        "sor.csv:1: does not have the column 'code': specify the names",
    ),
    ([f"{HEADER};name", f"{ROW};x"], "sor.csv:1: has the column 'name' twice"),
    ([HEADER, ROW, "1;2"], "sor.csv:3: has a different number of fields"),
    (
        [HEADER, "", ROW.replace(CODE, "")],
        "sor.csv:3: does not have a SOR code: specify 1 to 18 di",
    ),
    ([HEADER, ROW.replace(CODE, "1" * 19)], "sor.csv:2: does not have a SOR code"),
    ([HEADER, ROW.replace(CODE, "12x")], "sor.csv:2: does not have a SOR code"),
    ([HEADER, ROW.replace("2020-01-01", "1/2020")], "sor.csv:2: does not have a date in the colu"),
    ([HEADER, ROW.replace("2020-01-01", "30-02-2020")], "does not have a date"),
    ([HEADER, ROW + "2019-12-31"], "sor.csv:2: has a closing date before its opening date"),
    ([HEADER, ROW, ROW.replace("Øst", "Vest")], "sor.csv:3: has the same SOR code as line 2 on"),
    ([HEADER, ROW.replace("Øst", LONG)], "sor.csv:2: is longer than 16384 bytes"),
    ([HEADER, ROW.replace("Klinik", '"Klinik')], "sor.csv:2: is not CSV"),
    ([HEADER, ROW.replace("Klinik", '"Klinik"')], "sor.csv:2: is not CSV"),
]


@pytest.mark.parametrize(("lines", "wording"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_read_is_refused_with_its_line(tmp_path, lines, wording) -> None:
    with pytest.raises(apd.InvalidValue) as refused:
        read_sor(written(tmp_path, *lines))
    assert wording in refused.value.message("en")
    assert "Odense" not in str(refused.value)
    assert refused.value.message("da") != refused.value.message("en")


def test_another_encoding_is_refused_with_its_line(tmp_path) -> None:
    file = written(tmp_path, HEADER, ROW, encoding="latin-1")
    with pytest.raises(apd.InvalidValue, match="sor\\.csv:2: is not in the encoding specified"):
        read_sor(file)


@pytest.mark.parametrize(
    "how", [{"delimiter": ""}, {"delimiter": '"'}, {"encoding": "utf-16"}, {"encoding": "hest"}]
)
def test_what_no_file_is_written_in_is_refused(tmp_path, how) -> None:
    with pytest.raises(apd.InvalidValue, match=next(iter(how))):
        read_sor(tmp_path / "sor.csv", **how)


@pytest.mark.parametrize(
    ("limit", "wording"), [("MAX_SOR_ROWS", "rows"), ("MAX_SOR_PERIODS", "the same SOR code")]
)
def test_more_than_a_register_has_is_refused(tmp_path, monkeypatch, limit, wording) -> None:
    monkeypatch.setattr(module, limit, 2)
    columns = SorColumns(code="code", valid_from="from", valid_to="to")
    rows = (f"1;200{year}-01-01;200{year}-12-31" for year in range(4))
    with pytest.raises(apd.InvalidValue, match=wording):
        read_sor(written(tmp_path, "code;from;to", *rows), columns=columns)


# --- in several processes ---------------------------------------------------------------------


def test_a_register_is_sent_as_the_name_of_its_file(tmp_path, monkeypatch) -> None:
    file = written(tmp_path, HEADER, *(ROW.replace(CODE, str(n)) for n in range(1, 1000)))
    register = read_sor(file)
    sent = pickle.dumps(Settings(rules=sor_rules(register)))
    assert len(sent) < 20_000
    reads = []
    monkeypatch.setattr(module, "_read", lambda source: reads.append(source) or register)
    again = pickle.loads(sent)
    assert again == pickle.loads(sent) == Settings(rules=sor_rules(register))
    assert len(reads) == 1


def test_a_file_that_was_changed_is_another_register(tmp_path) -> None:
    register = read_sor(written(tmp_path, HEADER, ROW))
    sent = pickle.dumps(register)
    changed = read_sor(written(tmp_path, HEADER, ROW.replace("Øst", "Vest")))
    assert changed != register
    assert register != "sor.csv"
    with pytest.raises(apd.InvalidValue, match="has changed"):
        pickle.loads(sent)


# --- what it costs ----------------------------------------------------------------------------

UNITS = 50_000
MOST_BYTES = 50_000_000


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> Path:
    """A register of fifty thousand units, no two of which have the same name, street or number."""
    rows = (
        f"{n}000016003;Klinik nummer {n};Sygehusvej {n};{1000 + n % 8000};By {n % 500};"
        f"{20_000_000 + n};20{n % 20:02}-01-01;"
        for n in range(1, UNITS + 1)
    )
    return written(tmp_path_factory.mktemp("sor"), HEADER, *rows)


@pytest.mark.slow
def test_memory_of_a_large_register(large) -> None:
    tracemalloc.start()
    try:
        register = read_sor(large)
        kept, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(register) == UNITS
    assert most < MOST_BYTES
    assert kept < MOST_BYTES
    unit = register.lookup("49999000016003", DAY)
    assert unit is not None
    assert unit.name == "Klinik nummer 49999"


def test_a_lookup_looks_at_the_periods_of_one_unit(tmp_path, monkeypatch) -> None:
    rows = [f"{code};2020-01-01;" for code in range(1, 501)]
    columns = SorColumns(code="code", valid_from="from", valid_to="to")
    register = read_sor(written(tmp_path, "code;from;to", *rows), columns=columns)
    looked_at = []
    days_from = module.days_from
    monkeypatch.setattr(module, "days_from", lambda *a: looked_at.append(a) or days_from(*a))
    assert isinstance(register, CsvSorRegister)
    for code in range(1, 501):
        assert register.lookup(str(code), DAY) is not None
    assert len(looked_at) == 500
