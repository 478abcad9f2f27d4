"""Identifiers and codes: valid in form, and not assigned to anyone."""

import datetime

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from stdnum.dk import cpr

from apd.model.code import Code
from apd.model.identifiers import (
    CprNumber,
    EpisodeId,
    Identifier,
    MedComId,
    ProviderNumber,
    SorCode,
)
from apd.standard.codes import Oid
from apd.testing.numbers import FIRST_TEST_SERIAL, LAST_TEST_SERIAL, sor_digits
from apd.testing.strategies.text import texts

# With a serial number of 9900 to 9999, these are the years that a CPR number can say.
_BIRTH_DATES = st.dates(datetime.date(1937, 1, 1), datetime.date(2036, 12, 31))
_NUMBER = st.integers(0, 999_999)
_VISIBLE_ASCII = "".join(map(chr, range(0x21, 0x7F)))


def _cpr_digits(born: datetime.date, serial: int, is_replacement: bool) -> str:
    day = born.day + 60 if is_replacement else born.day
    return f"{day:02}{born:%m%y}{serial}"


def cpr_numbers() -> SearchStrategy[CprNumber]:
    """CPR numbers of test persons, which no real person can have.

    They have any date of birth, a serial number from 9900 on, as test persons have, and a wrong
    check digit. Some are replacement numbers, with 60 added to the day.
    """
    digits = st.builds(
        _cpr_digits,
        _BIRTH_DATES,
        st.integers(FIRST_TEST_SERIAL, LAST_TEST_SERIAL),
        st.booleans(),
    )
    return digits.filter(lambda number: cpr.checksum(number) != 0).map(CprNumber)


def sor_codes() -> SearchStrategy[SorCode]:
    """SOR codes: numbers in SOR's SNOMED namespace, with their check digits."""
    return st.integers(1, 99_999_999).map(sor_digits).map(SorCode)


def provider_numbers() -> SearchStrategy[ProviderNumber]:
    """Provider numbers, with and without leading zeros."""
    return st.one_of(_NUMBER.map(str), _NUMBER.map("{:06}".format)).map(ProviderNumber)


def medcom_ids() -> SearchStrategy[MedComId]:
    """Identifiers in MedCom's root, in either case."""
    uuids = st.uuids().map(str)
    return st.one_of(uuids, uuids.map(str.upper)).map(MedComId)


def episode_ids() -> SearchStrategy[EpisodeId]:
    """Identifiers of episodes of care in the national patient register."""
    uuids = st.uuids().map(str)
    return st.one_of(uuids, uuids.map(str.upper)).map(EpisodeId)


def _oids() -> SearchStrategy[str]:
    """OIDs that the profile does not name."""
    arcs = st.lists(st.integers(0, 2**70), min_size=1, max_size=4)
    return st.builds(
        lambda first, rest: ".".join(map(str, (*first, 99999, *rest))),
        st.sampled_from([(0, 1), (1, 2, 208), (2, 16, 840)]),
        arcs,
    )


_MALFORMED = st.sampled_from(
    [
        (Oid.SOR, "1234 <&> 5678"),
        (Oid.SOR, "0" * 19),
        (Oid.CPR, "3213219900"),
        (Oid.CPR, "010101AB99"),
        (Oid.PROVIDER, "1234567"),
        (Oid.MEDCOM, "ukendt"),
        (Oid.EPISODE_OF_CARE, "00000000"),
    ]
)
_ROOTS = _oids() | st.uuids().map(str)
_TEXTS, _MAYBE_TEXTS = texts(), st.none() | texts()
_IS_MALFORMED = st.booleans()


@st.composite
def identifiers(draw: DrawFn, *, has_extension: bool = False) -> Identifier:
    """Identifiers that no other class describes.

    Foreign roots, and roots of the profile with extensions of another form.

    Args:
        draw: the draw function of hypothesis.
        has_extension: only with an extension.
    """
    authority = draw(_MAYBE_TEXTS)
    if draw(_IS_MALFORMED):
        root, number = draw(_MALFORMED)
        return Identifier(root, number, authority)
    return Identifier(draw(_ROOTS), draw(_TEXTS if has_extension else _MAYBE_TEXTS), authority)


_SYSTEMS = st.sampled_from([Oid.SNOMED_CT, Oid.SKS, Oid.LOINC]).map(str) | _oids()
_CODES = st.one_of(
    st.sampled_from(["ALAL51", "302393006", "18776-5", "NI"]),
    st.text(_VISIBLE_ASCII, min_size=1, max_size=12),
)


@st.composite
def codes(draw: DrawFn, system: str | None = None) -> Code:
    """Codes of the code systems that the profile names, and of others.

    Args:
        draw: the draw function of hypothesis.
        system: the OID of the code system; None for any.
    """
    return Code(draw(_CODES), system or draw(_SYSTEMS), draw(_MAYBE_TEXTS))
