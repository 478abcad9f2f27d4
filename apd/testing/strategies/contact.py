"""Names of persons, addresses and telecoms."""

import string

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from apd.model.codes import AddressUse, NullFlavor, TelecomUse
from apd.model.contact import Address, PersonName, Telecom
from apd.testing.strategies.text import texts

_DIGITS = st.text(string.digits, min_size=1, max_size=12)
_URI_CHARACTERS = string.ascii_letters + string.digits + "-._~:/?@!$&'()*+,;="


def person_names() -> SearchStrategy[PersonName]:
    """Names with any of their parts, and at least one."""
    some, parts = st.lists(texts(), max_size=3), st.lists(texts(), min_size=1, max_size=3)
    family = st.none() | texts()
    return st.one_of(
        st.builds(PersonName, parts, texts()),
        st.builds(PersonName, some, texts(), some, some),
        st.builds(PersonName, parts, family, some, some),
        st.builds(PersonName, some, family, parts, some),
        st.builds(PersonName, some, family, some, parts),
    )


def _informed_addresses() -> SearchStrategy[Address]:
    maybe = st.none() | texts()
    postal_codes = st.integers(0, 9999).map("{:04}".format) | texts(10)
    use = st.none() | st.sampled_from(AddressUse)
    some = st.lists(texts(), max_size=4)
    whole = st.builds(
        Address, st.lists(texts(), min_size=1, max_size=4), postal_codes, texts(), maybe, use=use
    )
    partial = st.one_of(
        st.builds(Address, st.lists(texts(), min_size=1, max_size=4), use=use),
        st.builds(Address, some, postal_codes, maybe, maybe, use=use),
        st.builds(Address, some, st.none(), texts(), maybe, use=use),
        st.builds(Address, some, st.none(), st.none(), texts(), use=use),
    )
    return whole | partial


def addresses() -> SearchStrategy[Address]:
    """Addresses with any of their parts, and such as are not told, for every reason there is."""
    return st.one_of(
        _informed_addresses(),
        st.builds(
            Address.not_informed,
            st.none() | st.sampled_from(AddressUse),
            st.sampled_from(NullFlavor),
        ),
    )


def _telecom_values() -> SearchStrategy[str]:
    uris = st.text(_URI_CHARACTERS, min_size=1, max_size=30)
    escaped = st.sampled_from(["mailto:s%C3%B8ren@example.dk", "https://example.dk/?a=1&b=%20#c"])
    return st.one_of(
        _DIGITS.map("tel:{}".format),
        _DIGITS.map("tel:+45{}".format),
        _DIGITS.map("sms:{}".format),
        _DIGITS.map("fax:{}".format),
        st.text(string.ascii_letters, min_size=1, max_size=12).map("mailto:{}@example.dk".format),
        st.text(string.ascii_letters, min_size=1, max_size=12).map("https://{}.example".format),
        uris.map("x-apd+1.0:{}".format),
        escaped,
    )


def telecoms() -> SearchStrategy[Telecom]:
    """Telephone numbers, text messages, e-mail, web and any other address that is a URI."""
    return st.builds(Telecom, _telecom_values(), st.none() | st.sampled_from(TelecomUse))
