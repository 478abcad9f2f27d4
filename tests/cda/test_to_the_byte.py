"""What was read is kept to the byte, and a change touches nothing but what has changed."""

import re

import pytest
from attrs import evolve
from hypothesis import given

import apd
from apd.testing import strategies as apd_st
from tests import samples
from tests.cda.editing import WRITTEN
from tests.places import EXAMPLES, ROOT, example_names
from tests.sampling import one_in

OWN = {
    path.name: path.read_bytes() for path in sorted((ROOT / "examples" / "documents").glob("*.xml"))
}
OFFICIAL = {name: (EXAMPLES / name).read_bytes() for name in example_names()}


def _is_current(data: bytes) -> bool:
    try:
        return apd.loads(data).release == apd.Release.CURRENT
    except apd.ParseError:
        return False


CURRENT = {
    name: data
    for name, data in {"written": WRITTEN, **OWN, **OFFICIAL}.items()
    if _is_current(data)
}
_declaration = re.compile(r"\A\ufeff?<\?xml[^>]*\?>\s*")


def as_encoded(data: bytes, encoding: str) -> bytes:
    """A document in another encoding, which it declares."""
    text = _declaration.sub("", data.decode("utf-8-sig"))
    declared = encoding.removesuffix("-sig").removesuffix("-le").removesuffix("-be")
    text = f'<?xml version="1.0" encoding="{declared}"?>\n{text}'
    mark = "\ufeff" if encoding.endswith(("-le", "-be")) else ""
    return (mark + text).encode(encoding, "xmlcharrefreplace")


def with_crlf(data: bytes, _: str) -> bytes:
    """A document with the line ends of Windows."""
    return data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def without_declaration(data: bytes, _: str) -> bytes:
    """A document that begins with its root."""
    return _declaration.sub("", data.decode("utf-8-sig")).encode()


FORMS = {
    "as it is": lambda data, _: data,
    "CRLF": with_crlf,
    "no declaration": without_declaration,
    "UTF-16 without a mark": lambda data, _: as_encoded(data, "utf-16-le")[2:],
    "UTF-32 without a mark": lambda data, _: as_encoded(data, "utf-32-be")[4:],
    **dict.fromkeys(
        [
            *("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"),
            *("iso-8859-1", "windows-1252", "us-ascii", "utf-7"),
        ],
        as_encoded,
    ),
}
every_form = pytest.mark.parametrize("form", FORMS)


def is_kept(data: bytes) -> bool:
    """Whether what is not changed gives the bytes that were read, also for an older release."""
    document = apd.loads(data)
    older = evolve(document, release=apd.Release.V1_0)
    return apd.dumps(document, check=False) == data == apd.dumps(older, check=False)


@every_form
def test_what_is_not_changed_gives_the_bytes_that_were_read(form: str) -> None:
    assert not [name for name, data in CURRENT.items() if not is_kept(FORMS[form](data, form))]


@given(apd_st.documents(complete=False))
def test_whatever_its_white_space(document: apd.AppointmentDocument) -> None:
    data = apd.dumps(document, check=False).replace(b"\n  ", b"\n\t").replace(b"/>", b" />")
    assert apd.dumps(apd.loads(data), check=False) == data


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("<?xml version='1.0'?>\n", b"<?xml version='1.0'?>\n"),
        ("<?xml version='1.0' encoding='utf-8'?>", b"<?xml version='1.0' encoding='utf-8'?>"),
        ("<?xml version='1.0' encoding='UTF-16' ?>", b"<?xml version='1.0' encoding='UTF-8' ?>"),
        ("\ufeff", b"\xef\xbb\xbf"),
        ("", b""),
    ],
)
def test_a_text_becomes_utf_8_and_declares_it(text: str, data: bytes) -> None:
    rest = _declaration.sub("", WRITTEN.decode())
    document = apd.loads(text + rest)
    assert apd.dumps(document) == data + rest.encode()
    assert apd.loads(apd.dumps(document)) == document


@every_form
@pytest.mark.parametrize("name", one_in(3, CURRENT))
def test_a_change_stays_in_the_form_that_was_read(name: str, form: str) -> None:
    data = FORMS[form](CURRENT[name], form)
    document = apd.loads(data)
    reason = apd.Reason("Kontrol af “ørne”")
    changed = evolve(document, appointment=evolve(document.appointment, reason=reason))
    written = apd.dumps(changed, check=False)
    assert apd.loads(written) == changed
    if form != "as it is":
        assert written[:4] == data[:4]
    if form == "CRLF":
        assert written.count(b"\n") == written.count(b"\r\n")
    if form == "us-ascii":
        assert written.isascii()


# --- what survives a change -----------------------------------------------------------------------

FOREIGN = (
    "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    "<?xml-stylesheet type='text/xsl' href='cda.xsl'?>\n"
    "<!-- before the root -->\n"
    + re.sub(
        "<ClinicalDocument[^>]*>",
        "<ClinicalDocument  xmlns='urn:hl7-org:v3'\n"
        '    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"\n'
        '    xmlns:q="urn:of-somebody" classCode="DOCCLIN" moodCode="EVN">',
        _declaration.sub("", WRITTEN.decode()),
        count=1,
    )
    .replace("<recordTarget", "<!-- who > what -->\n  <recordTarget", 1)
    .replace(
        "<custodian",
        '<q:note q:a="1" b=\'"\'>x<![CDATA[<y>]]><q:value xsi:type="q:Special"/></q:note>'
        "\n  <custodian",
        1,
    )
    .replace("<statusCode", "<?who cares?>\n          <statusCode", 1)
    + "<!-- after the root -->\n<?end?>\n"
).encode()
KEPT = [
    b"standalone='yes'?>\n<?xml-stylesheet type='text/xsl' href='cda.xsl'?>\n",
    b"?>\n<!-- before the root -->\n<ClinicalDocument",
    b"<ClinicalDocument  xmlns='urn:hl7-org:v3'\n    xmlns:xsi=",
    b"\n  <!-- who > what -->\n  <recordTarget",
    b'<q:note q:a="1" b=\'"\'>x<![CDATA[<y>]]><q:value xsi:type="q:Special"/></q:note>\n',
    b"<?who cares?>\n          <statusCode",
    b"<!-- after the root -->\n<?end?>\n",
]


def test_comments_instructions_prefixes_and_types_survive_a_change() -> None:
    document = apd.loads(FOREIGN)
    assert apd.dumps(document, check=False) == FOREIGN
    appointment = evolve(document.appointment, requester=None, reason=apd.Reason("Andet"))
    changed = evolve(document, appointment=appointment, language="en")
    written = apd.dumps(changed, check=False)
    assert apd.loads(written) == changed
    for kept in KEPT:
        assert kept in written


def under_prefix(data: bytes) -> bytes:
    """A document with HL7's names under a prefix."""
    text = re.sub(r"<(/?)(?=[A-Za-z])", r"<\1v3:", _declaration.sub("", data.decode()))
    text = text.replace('xmlns="urn', 'xmlns:v3="urn').replace('xsi:type="II"', 'xsi:type="v3:II"')
    return text.encode()


def test_what_is_put_in_has_the_prefix_that_is_declared_there() -> None:
    data = under_prefix(WRITTEN)
    full = apd.loads(data)
    appointment = full.appointment
    assert appointment.repetition is not None
    bare = evolve(
        full, appointment=evolve(appointment, requester=None, repetition=None, location=None)
    )
    without = apd.dumps(bare, check=False)
    assert apd.loads(without) == bare
    again = apd.dumps(evolve(apd.loads(without), appointment=appointment))
    assert apd.loads(again) == full
    assert b'xsi:type="v3:II"' in again
    assert not re.search(rb"</?(?!v3:|\?)[A-Za-z]", again)
    assert again == data


@pytest.mark.parametrize("written", ["<!-- x -->", "&#x41;ftale:", "<![CDATA[Aftale:]]>"])
def test_the_writers_own_text_is_its_own_however_it_is_written(written: str) -> None:
    own = "<paragraph>Aftale:"
    lead = f"{written}{own}" if written.startswith("<!--") else f"<paragraph>{written}"
    data = WRITTEN.decode().replace(own, lead, 1)
    assert data != WRITTEN.decode()
    assert apd.loads(data).unmapped == ()


@pytest.mark.parametrize("text", [">", ">>", "a>b", "/>", "]]&gt;>"])
def test_brackets_that_are_no_tags(text: str) -> None:
    """XML allows a closing bracket within texts and attributes."""
    data = apd.dumps(samples.document())
    title = data.index(b"<title>") + len(b"<title>")
    data = data[:title] + text.encode() + data[data.index(b"</title>") :]
    data = data.replace(b"<realmCode", f"<realmCode x='{text}'".encode())
    document = apd.loads(data)
    reason = apd.Reason("Noget andet")
    changed = evolve(document, appointment=evolve(document.appointment, reason=reason))
    written = apd.dumps(changed, check=False)
    assert apd.loads(written).appointment == changed.appointment
    assert f"<title>{text}</title>".encode() in written
    assert f"<realmCode x='{text}'".encode() in written
    assert len(document.unmapped) == 2
