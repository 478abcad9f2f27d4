"""What is measured: pieces of work on the bytes of a document, and the unit they are told in.

The unit is to parse the same bytes with lxml and nothing more.
"""

from collections.abc import Callable

from attrs import evolve
from lxml import etree

import apd
from tests import samples
from tests.places import EXAMPLES, SCHEMA, example_names

Work = Callable[[bytes], Callable[[], object]]

SCHEMA_OF_CDA = etree.XMLSchema(etree.parse(str(SCHEMA)))
IMPORTS = {"unit": "import lxml.etree, attrs", "apd": "import apd"}


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


UNIT: Work = _unit
WORKS: dict[str, Work] = {
    "loads": _loads,
    "dumps": _dumps,
    "checked": _checked,
    "unchanged": _unchanged,
    "changed": _changed,
    "unmapped": _unmapped,
    "schema": _schema,
}


def documents() -> dict[str, bytes]:
    """Documents of our own of about 9 and 12 kB, and MedCom's where they are there."""
    own = {
        "written": apd.dumps(samples.document()),
        "written, full": apd.dumps(samples.full_document()),
    }
    others = {name: (EXAMPLES / name).read_bytes() for name in example_names()}
    return own | {name: data for name, data in others.items() if _is_read(data)}


def _is_read(data: bytes) -> bool:
    try:
        apd.loads(data)
    except apd.ParseError:
        return False
    return True
