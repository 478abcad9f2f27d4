"""What is measured: pieces of work on the bytes of a document, and the unit they are told in.

The unit is to parse the same bytes with lxml and nothing more.
"""

import functools
import gc
import re
from collections.abc import Callable
from typing import Any

from attrs import evolve
from lxml import etree

import apd
from apd.cda import custodian, location, organization, written, xml
from tests.benchmarks import vendor
from tests.places import EXAMPLES, ROOT, SCHEMA, example_names

Work = Callable[[bytes], Callable[[], object]]

SCHEMA_OF_CDA = etree.XMLSchema(etree.parse(str(SCHEMA)))
STARTS = {
    "unit": "import lxml.etree, attrs",
    "an empty Python": "pass",
    "import apd": "import apd",
    "import apd; apd.loads": "import apd; apd.loads",
    "import apd; apd.validate": "import apd; apd.validate",
    "apd --version": "from apd.cli.app import run; run(['--version'])",
    "apd --help": "from apd.cli.app import run; run(['--help'])",
}
"""What a new Python does, and the unit that it is told in."""


def _unit(data: bytes) -> Callable[[], object]:
    return lambda: etree.fromstring(data)


def _loads(data: bytes) -> Callable[[], object]:
    return lambda: apd.loads(data)


def _dumps(data: bytes) -> Callable[[], object]:
    """Made anew, without the check, which most of the official examples do not pass."""
    document = evolve(apd.loads(data), source=None)
    return lambda: apd.dumps(document, check=False)


def _checked(data: bytes) -> Callable[[], object]:
    """The same with the check; what does not pass is checked in full all the same."""
    document = evolve(apd.loads(data), source=None)

    def dumps() -> object:
        try:
            return apd.dumps(document)
        except apd.InvalidDocument as error:
            return error

    return dumps


def _unchanged(data: bytes) -> Callable[[], object]:
    return lambda: apd.dumps(apd.loads(data), check=False)


def _changed(data: bytes) -> Callable[[], object]:
    """Read, given another reason, and written."""
    reason = apd.Reason("Noget andet")

    def change() -> bytes:
        document = apd.loads(data)
        changed = evolve(document, appointment=evolve(document.appointment, reason=reason))
        return apd.dumps(changed, check=False)

    return change


def _unmapped(data: bytes) -> Callable[[], object]:
    document = apd.loads(data)
    return lambda: document.unmapped


def _schema(data: bytes) -> Callable[[], object]:
    root = etree.fromstring(data)
    return lambda: SCHEMA_OF_CDA.validate(root)


def _validate(data: bytes) -> Callable[[], object]:
    """All layers, of what MedCom's examples have as well."""
    return lambda: apd.validate(data)


def _remarked(data: bytes) -> Callable[[], object]:
    """With one finding, of a row: the full way."""
    other = data.replace(b'code="da-DK"', b'code="da"')
    return lambda: apd.validate(other)


def _refused(pattern: bytes, instead: bytes) -> Work:
    """With one mistake that the schema refuses and explains in words."""

    def prepare(data: bytes) -> Callable[[], object]:
        other = re.sub(pattern, instead, data, count=1)
        return lambda: apd.validate(other)

    return prepare


_REMEMBERING = {
    function.__wrapped__
    for function in (
        *(xml._recalled, written._recalled),
        *(organization._write_role, custodian.write_custodian, location._remember),
    )
}


def _caches() -> list[Any]:
    """What remembers organisations and places."""
    found = (one for one in gc.get_objects() if isinstance(one, functools._lru_cache_wrapper))
    return [one for one in found if one.__wrapped__ in _REMEMBERING]


def cold(work: Work) -> Work:
    """The same work for organisations and places that were not seen before."""

    def prepare(data: bytes) -> Callable[[], object]:
        call, caches = work(data), _caches()
        assert len(caches) == len(_REMEMBERING)

        def forgotten() -> object:
            for cache in caches:
                cache.cache_clear()
            return call()

        return forgotten

    return prepare


# --- what others do --------------------------------------------------------------------------


def _with_schema(data: bytes) -> Callable[[], object]:
    """Parsed, and held against our XSD by libxml2."""
    return lambda: SCHEMA_OF_CDA.validate(etree.fromstring(data))


def _canonical(data: bytes) -> Callable[[], object]:
    """Parsed, and written as canonical XML."""
    return lambda: etree.tostring(etree.fromstring(data), method="c14n")


def _xmlschema(data: bytes) -> Callable[[], object]:
    """Parsed, and held against our XSD by xmlschema."""
    from xmlschema import XMLSchema10  # it takes longer to import than all the rest

    schema = XMLSchema10(str(SCHEMA))
    return lambda: schema.is_valid(etree.fromstring(data))


def _vendor(data: bytes) -> Callable[[], object]:
    """The first of everything, read with lxml alone."""
    return lambda: vendor.read(data)


UNIT: Work = _unit
WORKS: dict[str, Work] = {
    "loads": _loads,
    "loads, cold": cold(_loads),
    "dumps": _dumps,
    "dumps, cold": cold(_dumps),
    "checked": _checked,
    "unchanged": _unchanged,
    "changed": _changed,
    "changed, cold": cold(_changed),
    "unmapped": _unmapped,
    "schema": _schema,
    "validate": _validate,
    "remarked": _remarked,
    "refused: an attribute": _refused(b'code="da-DK"', b'code="da-DK" foreign="1"'),
    "refused: a value": _refused(b'code="da-DK"', b'code="da DK"'),
    "refused: an element too many": _refused(b"<realmCode", b"<foreign/><realmCode"),
    "refused: an element missing": _refused(b"<typeId[^>]*>", b""),
}
OTHERS: dict[str, Work] = {
    "lxml, and our XSD": _with_schema,
    "lxml, and canonical XML": _canonical,
    "xmlschema": _xmlschema,
    "a reader of 60 lines": _vendor,
}
"""What can be had without the library."""


def own_documents() -> dict[str, bytes]:
    """Documents of our own in which nothing is wrong, of 7.5 and 9 kB."""
    examples = ROOT / "examples" / "documents"
    return {
        "written": (examples / "home-nurse.xml").read_bytes(),
        "written, full": (examples / "pool-training-1.xml").read_bytes(),
    }


def documents() -> dict[str, bytes]:
    """Documents of our own, and MedCom's where they are there."""
    others = {name: (EXAMPLES / name).read_bytes() for name in example_names()}
    return own_documents() | {name: data for name, data in others.items() if _is_read(data)}


def _is_read(data: bytes) -> bool:
    try:
        apd.loads(data)
    except apd.ParseError:
        return False
    return True
