"""Names of persons, addresses and telecoms."""

import string

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from apd.model.contact import Address, PersonName, Telecom
from apd.standard.codes import AddressUse, NullFlavor, TelecomUse
from apd.testing.strategies.text import texts

_TEXTS, _MAYBE_TEXTS = texts(), st.none() | texts()
_SOME_TEXTS = st.lists(texts(), max_size=3)


@st.composite
def person_names(draw: DrawFn) -> PersonName:
    """Names with any of their parts, at least one."""
    parts = {
        "given": draw(_SOME_TEXTS),
        "prefix": draw(_SOME_TEXTS),
        "suffix": draw(_SOME_TEXTS),
    }
    family = draw(_MAYBE_TEXTS if any(parts.values()) else _TEXTS)
    return PersonName(family=family, **parts)


_POSTAL_CODES = st.none() | st.integers(0, 9999).map("{:04}".format) | texts(10)
_ADDRESS_USES = st.none() | st.sampled_from(AddressUse)
_NULL_FLAVORS = st.sampled_from(NullFlavor)
_IS_INFORMED = st.booleans()
_LINES, _SOME_LINES = st.lists(texts(), min_size=1, max_size=4), st.lists(texts(), max_size=4)


@st.composite
def addresses(draw: DrawFn) -> Address:
    """Addresses with any of their parts, and null addresses with every null flavor."""
    use = draw(_ADDRESS_USES)
    if not draw(_IS_INFORMED):
        return Address.not_informed(use, draw(_NULL_FLAVORS))
    postal_code, city, country = draw(_POSTAL_CODES), draw(_MAYBE_TEXTS), draw(_MAYBE_TEXTS)
    lines = draw(_SOME_LINES if postal_code or city or country else _LINES)
    return Address(lines, postal_code, city, country, use=use)


_DIGITS = st.text(string.digits, min_size=1, max_size=12)
_LETTERS = st.text(string.ascii_letters, min_size=1, max_size=12)
_IN_URIS = string.ascii_letters + string.digits + "-._~:/?@!$&'()*+,;="
_USES = st.none() | st.sampled_from(TelecomUse)
_URIS = st.one_of(
    st.builds("{}:{}".format, st.sampled_from(["tel", "sms", "fax", "TEL"]), _DIGITS),
    _DIGITS.map("tel:+45{}".format),
    _LETTERS.map("mailto:{}@example.dk".format),
    _LETTERS.map("https://{}.example".format),
    st.text(_IN_URIS, min_size=1, max_size=30).map("x-apd+1.0:{}".format),
    st.sampled_from(["mailto:s%C3%B8ren@example.dk", "https://example.dk/?a=1&b=%20#c"]),
)


def telecoms() -> SearchStrategy[Telecom]:
    """Telecoms: telephone, text message, e-mail, web and any other URI."""
    return st.builds(Telecom, _URIS, _USES)
