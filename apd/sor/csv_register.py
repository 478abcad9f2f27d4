"""A register of organisations in a CSV file, such as an extract of SOR.

Which columns there are depends on who made the extract, so the user names them. Nothing is
personal in the register itself; all the same, a refusal names lines and columns and no values.
"""

import codecs
import csv
import datetime
import hashlib
import os
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, NamedTuple

from attrs import field, frozen

from apd.errors import InvalidValue
from apd.limits import MAX_SOR_LINE_BYTES, MAX_SOR_PERIODS, MAX_SOR_ROWS
from apd.model.contact import Address
from apd.model.identifiers import SorCode
from apd.model.validators import are_texts, demand, is_optional_text, is_text, lines
from apd.sor.unit import SorUnit, days_from
from apd.wording import Wording


@frozen(kw_only=True)
class SorColumns:
    """The names of the columns, as the first line of the file has them.

    Args:
        code: the SOR code.
        name: the name of the unit.
        street: street and number; several columns are joined with a blank.
        postal_code: postnummer.
        city: by.
        telephones: telephone numbers; one column or several. A field may hold several numbers
            with a comma, a semicolon or a slash between them.
        valid_from: the first day on which the unit is open.
        valid_to: the last such day. That SOR's own closing date is meant so is **unverified**.
    """

    code: str = field(validator=is_text)
    name: str | None = field(default=None, validator=is_optional_text)
    street: tuple[str, ...] = field(default=(), converter=lines, validator=are_texts)
    postal_code: str | None = field(default=None, validator=is_optional_text)
    city: str | None = field(default=None, validator=is_optional_text)
    telephones: tuple[str, ...] = field(default=(), converter=lines, validator=are_texts)
    valid_from: str | None = field(default=None, validator=is_optional_text)
    valid_to: str | None = field(default=None, validator=is_optional_text)

    @property
    def named(self) -> tuple[str, ...]:
        """Every column that is named."""
        alone = (self.code, self.name, self.postal_code, self.city, self.valid_from, self.valid_to)
        return (*(one for one in alone if one is not None), *self.street, *self.telephones)


OWN_COLUMNS = SorColumns(
    code="code",
    name="name",
    street=("street",),
    postal_code="postal_code",
    city="city",
    telephones=("telephone",),
    valid_from="valid_from",
    valid_to="valid_to",
)
"""The columns of a file that was made for this library."""


class _Period(NamedTuple):
    """A row of the file, as it is kept: texts and dates alone, those that recur once."""

    name: str
    street: str
    postal_code: str
    city: str
    telephones: tuple[str, ...]
    first: datetime.date | None
    last: datetime.date | None


@frozen
class _Source:
    """Where a register was read from, and how; enough to read it again in another process."""

    path: str
    columns: SorColumns
    delimiter: str
    encoding: str


@lru_cache(maxsize=1024)  # documents of one house name the same units again and again
def _unit(code: str, period: _Period) -> SorUnit:
    has_address = period.street or period.postal_code or period.city
    address = Address(period.street, period.postal_code, period.city) if has_address else None
    return SorUnit(
        code=SorCode(code),
        name=period.name,
        address=address,
        telephones=period.telephones,
        valid_from=period.first,
        valid_to=period.last,
    )


class CsvSorRegister:
    """A register that was read from a CSV file; made by :func:`read_sor`.

    It is equal to another of the same file, content and columns. Pickled, it is the name of the
    file: a process that gets it reads the file once.
    """

    def __init__(
        self, source: _Source, periods: dict[str, tuple[_Period, ...]], digest: bytes
    ) -> None:
        self._source = source
        self._periods = periods
        self._digest = digest

    def __len__(self) -> int:
        """How many units there are, closed ones included."""
        return len(self._periods)

    def lookup(self, code: SorCode | str, on: datetime.date) -> SorUnit | None:
        """The unit of a code on a day; see :meth:`apd.sor.SorRegister.lookup`."""
        number = code if isinstance(code, str) else code.value
        periods = self._periods.get(number)
        if periods is None:
            return None
        # of two periods that share a day, as where one is closed and opened again, the later one
        period = min(reversed(periods), key=lambda one: days_from(on, one.first, one.last))
        return _unit(number, period)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, CsvSorRegister):
            return NotImplemented
        return (self._source, self._digest) == (other._source, other._digest)

    def __hash__(self) -> int:
        return hash(self._digest)

    def __reduce__(self) -> "tuple[Callable[..., CsvSorRegister], tuple[_Source, bytes]]":
        return _read_again, (self._source, self._digest)


def read_sor(
    path: str | os.PathLike[str],
    *,
    columns: SorColumns = OWN_COLUMNS,
    delimiter: str = ";",
    encoding: str = "utf-8",
) -> CsvSorRegister:
    """Read a register of organisations from a CSV file.

    The first line names the columns. A code may stand in several rows, one for each period of the
    unit; closed units belong in it, or an appointment of last year would be of an unknown one.
    Dates are written ``2025-07-01``, ``20250701`` or ``01-07-2025``, with or without a time of day
    behind.

    Args:
        path: the file.
        columns: the names of its columns.
        delimiter: what stands between two fields.
        encoding: how the text is encoded, such as ``"utf-8"``, with or without a byte order mark,
            or ``"latin-1"``; one in which ASCII is written in single bytes.

    Raises:
        InvalidValue: the file is not as described; says in which line.
        OSError: it cannot be read.
    """
    demand(columns, "columns", SorColumns)
    demand(delimiter, "delimiter", str)
    demand(encoding, "encoding", str)
    if len(delimiter) != 1 or delimiter in '\r\n"':
        raise InvalidValue(
            "delimiter",
            Wording("er ikke ét tegn", "is not one character"),
            Wording("angiv et tegn som ; eller ,", "specify a character such as ; or ,"),
        )
    return _read(_Source(os.fspath(path), columns, delimiter, _known(encoding)))


def _known(encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
        if "\n;".encode(name) == b"\n;":
            return name
    except (LookupError, UnicodeError):
        pass
    raise InvalidValue(
        "encoding",
        Wording("kan ikke læses linje for linje", "cannot be read line by line"),
        Wording("angiv utf-8, latin-1 eller cp1252", "specify utf-8, latin-1 or cp1252"),
    )


@lru_cache(maxsize=1)
def _read_again(source: _Source, digest: bytes) -> CsvSorRegister:
    register = _read(source)
    if register._digest != digest:
        raise InvalidValue(
            Path(source.path).name,
            Wording("er blevet ændret", "has changed"),
            Wording("begynd igen", "begin again"),
        )
    return register


def _read(source: _Source) -> CsvSorRegister:
    reader = _Reader(source)
    with open(source.path, "rb") as file:
        periods = reader.periods(file)
    return CsvSorRegister(source, periods, reader.digest())


_TOO_MANY = Wording(f"har mere end {MAX_SOR_ROWS} rækker", f"has more than {MAX_SOR_ROWS} rows")
_TOO_LONG = Wording(
    f"er længere end {MAX_SOR_LINE_BYTES} byte", f"is longer than {MAX_SOR_LINE_BYTES} bytes"
)
_IS_EMPTY = Wording(
    "har ingen linje med kolonnernes navne", "has no line with the names of the columns"
)
_NOT_IN_ENCODING = Wording("er ikke i det angivne tegnsæt", "is not in the encoding specified")
_GIVE_ENCODING = Wording(
    "angiv encoding, f.eks. latin-1 eller cp1252", "specify encoding, such as latin-1 or cp1252"
)
_NOT_CSV = Wording("er ikke CSV", "is not CSV")
_QUOTES = Wording(
    'skriv " i et felt to gange, og " om et felt i begge ender',
    'write " twice inside a field, and once at each end of it',
)
_NAME_COLUMNS = Wording(
    "angiv kolonnernes navne og det rigtige skilletegn (delimiter)",
    "specify the names of the columns and the correct delimiter",
)
_OTHER_COUNT = Wording(
    "har et andet antal felter end linjen med navnene",
    "has a different number of fields from the line with the names",
)
_NO_CODE = Wording("har ikke en SOR-kode", "does not have a SOR code")
_CODE = Wording("angiv 1 til 18 cifre", "specify 1 to 18 digits")
_DATE = Wording(
    "angiv en dato som 2025-07-01 eller 01-07-2025",
    "specify a date such as 2025-07-01 or 01-07-2025",
)
_BACKWARDS = Wording(
    "har en lukkedato før åbningsdatoen", "has a closing date before its opening date"
)
_PERIODS = Wording(
    "angiv hver enhed én gang, eller angiv datoer", "specify each unit once, or specify dates"
)
_TOO_MANY_PERIODS = Wording(
    f"er mere end den {MAX_SOR_PERIODS}. om den samme SOR-kode",
    f"is more than number {MAX_SOR_PERIODS} about the same SOR code",
)

_CODES = re.compile(r"[0-9]{1,18}").fullmatch
_YEAR_FIRST = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?:[T ][0-9:.]*Z?)?").fullmatch
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-./]([0-9]{1,2})[-./]([0-9]{4})(?: [0-9:.]*)?").fullmatch
_BETWEEN_NUMBERS = re.compile("[,;/]")


class _Reader:
    """Reads the rows of one file, and keeps what recurs in them once."""

    def __init__(self, source: _Source) -> None:
        self._source = source
        self._name = Path(source.path).name
        self._hash = hashlib.sha256()
        self._line = 0
        self._texts: dict[str, str] = {}
        self._dates: dict[str, datetime.date | None] = {"": None}

    def digest(self) -> bytes:
        """Of the bytes that were read."""
        return self._hash.digest()

    def periods(self, file: BinaryIO) -> dict[str, tuple[_Period, ...]]:
        """The rows by SOR code, the earliest first."""
        rows = csv.reader(self._lines(file), delimiter=self._source.delimiter, strict=True)
        try:
            header = [name.strip() for name in next(rows, ())]
            places = self._places(header)
            found: dict[str, list[tuple[_Period, int]]] = {}
            count = 0
            for row in rows:
                if not any(map(str.strip, row)):
                    continue
                count += 1
                if count > MAX_SOR_ROWS:
                    raise InvalidValue(self._name, _TOO_MANY)
                if len(row) != len(header):
                    raise InvalidValue(self._here(), _OTHER_COUNT, _NAME_COLUMNS)
                self._add(found, row, places)
        except csv.Error:
            raise InvalidValue(self._here(), _NOT_CSV, _QUOTES) from None
        return {code: self._sorted(numbered) for code, numbered in found.items()}

    def _lines(self, file: BinaryIO) -> Iterator[str]:
        while line := file.readline(MAX_SOR_LINE_BYTES + 1):
            self._line += 1
            if len(line) > MAX_SOR_LINE_BYTES:
                raise InvalidValue(self._here(), _TOO_LONG)
            self._hash.update(line)
            if self._line == 1:
                line = line.removeprefix(codecs.BOM_UTF8)
            try:
                yield line.decode(self._source.encoding)
            except UnicodeDecodeError:
                raise InvalidValue(self._here(), _NOT_IN_ENCODING, _GIVE_ENCODING) from None

    def _places(self, header: list[str]) -> dict[str, int]:
        if not any(header):
            raise InvalidValue(self._name, _IS_EMPTY)
        for name in self._source.columns.named:
            if name not in header:
                raise InvalidValue(
                    self._here(),
                    Wording(f"har ikke kolonnen {name!r}", f"does not have the column {name!r}"),
                    _NAME_COLUMNS,
                )
            if header.count(name) > 1:
                raise InvalidValue(
                    self._here(),
                    Wording(f"har kolonnen {name!r} to gange", f"has the column {name!r} twice"),
                    _NAME_COLUMNS,
                )
        return {name: header.index(name) for name in self._source.columns.named}

    def _add(
        self,
        found: dict[str, list[tuple[_Period, int]]],
        row: list[str],
        places: dict[str, int],
    ) -> None:
        def stated(*names: str | None) -> str:
            texts = (row[places[name]] for name in names if name is not None)
            return " ".join(" ".join(texts).split())

        columns = self._source.columns
        code = stated(columns.code)
        if _CODES(code) is None:
            raise InvalidValue(self._here(), _NO_CODE, _CODE)
        numbers = (
            one.strip() for n in columns.telephones for one in _BETWEEN_NUMBERS.split(stated(n))
        )
        once = self._once
        period = _Period(
            stated(columns.name),
            stated(*columns.street),
            once(stated(columns.postal_code)),
            once(stated(columns.city)),
            tuple([number.strip() for number in numbers if number.strip()]),
            self._date(stated(columns.valid_from), columns.valid_from),
            self._date(stated(columns.valid_to), columns.valid_to),
        )
        if period.first and period.last and period.last < period.first:
            raise InvalidValue(self._here(), _BACKWARDS, _DATE)
        same = found.setdefault(code, [])
        if len(same) == MAX_SOR_PERIODS:
            raise InvalidValue(self._here(), _TOO_MANY_PERIODS)
        for other, line in same:
            if other == period:
                return
            if _overlap(other, period):
                raise InvalidValue(
                    self._here(),
                    Wording(
                        f"har samme SOR-kode som linje {line} på de samme dage",
                        f"has the same SOR code as line {line} on the same days",
                    ),
                    _PERIODS,
                )
        same.append((period, self._line))

    def _sorted(self, numbered: list[tuple[_Period, int]]) -> tuple[_Period, ...]:
        if len(numbered) > 1:
            numbered.sort(key=lambda one: one[0].first or datetime.date.min)
        return tuple([period for period, _ in numbered])

    def _once(self, text: str) -> str:
        return self._texts.setdefault(text, text)

    def _date(self, text: str, column: str | None) -> datetime.date | None:
        if text not in self._dates:
            date = _date_of(text)
            if date is None:
                raise InvalidValue(
                    self._here(),
                    Wording(
                        f"har ikke en dato i kolonnen {column!r}",
                        f"does not have a date in the column {column!r}",
                    ),
                    _DATE,
                )
            self._dates[text] = date
        return self._dates[text]

    def _here(self) -> str:
        """The line that is being read."""
        return f"{self._name}:{self._line}:"


def _date_of(text: str) -> datetime.date | None:
    found = _YEAR_FIRST(text)
    parts = found.groups() if found else None
    if parts is None and (found := _DAY_FIRST(text)) is not None:
        parts = found.groups()[::-1]
    try:
        return None if parts is None else datetime.date(*map(int, parts))
    except ValueError:
        return None


def _overlap(one: _Period, other: _Period) -> bool:
    """Whether two periods share more than the day on which one follows the other."""
    least, most = datetime.date.min, datetime.date.max
    begins = max(one.first or least, other.first or least)
    ends = min(one.last or most, other.last or most)
    # a unit that is closed and opened again on one day has that day in both
    is_handover = begins == ends and begins in (one.last, other.last) and one.first != other.first
    return begins <= ends and not is_handover
