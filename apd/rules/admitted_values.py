"""The values of an admitted document that the rules check first.

In a document that the grammar admits, each value occurs at most once, or in a list. For most rules
these values suffice to show that nothing is wrong; the rest is checked element by element.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from apd.cda.datatypes import written_name
from apd.cda.grammar import KEPT, Grammar
from apd.cda.grammar.kept import KeptParts
from apd.cda.written import text_of
from apd.standard.codes import Oid
from apd.text.mentions import as_compared


class AdmittedValues(NamedTuple):
    """Values of a document that the grammar admits.

    What is not in the document is an empty string or list.

    Args:
        begins: the start of the appointment.
        ends: its end.
        begins_in_header: the start in the header.
        null_end: why there is none, as a null flavor.
        ends_in_header: the end in the header.
        null_end_in_header: why there is none.
        made: when the document was made.
        document_id: the extension of its id.
        appointment_id: the extension of the id of the appointment.
        title: of the document.
        cpr: the extension of the patient's id with the root of CPR.
        birth: the patient's date of birth.
        gender: the code of the patient's gender.
        home: what is inside the patient's address, as it is written but for white space.
        location_address: what is inside the address of the location, in the same way.
        masked: whether that address or a part of it is null.
        place: the text of the name of the location.
        at_home: whether there is a location at the patient's home.
        without_telephone_in_sor: whether a location in SOR has no telecom of a telephone.
        without_telephone: whether a performer has none.
        precondition: whether there is one.
        same_id: whether ids of the episode of care may be the same.
        second_telecom: whether a telecom may say the same as a sibling.
        authored: the times of the authors.
        telecoms: the values of all telecoms.
        sor_codes: the extensions of all ids with the root of SOR, empty for one that has none.
        postal_codes: those of all addresses.
        cities: those of all addresses.
        text: the readable text, as texts are compared.
    """

    begins: str
    ends: str
    begins_in_header: str
    null_end: str
    ends_in_header: str
    null_end_in_header: str
    made: str
    document_id: str
    appointment_id: str
    title: str
    cpr: str
    birth: str
    gender: str
    home: str
    location_address: str
    masked: bool
    place: str
    at_home: bool
    without_telephone_in_sor: bool
    without_telephone: bool
    precondition: bool
    same_id: bool
    second_telecom: bool
    authored: Sequence[str]
    telecoms: Sequence[str]
    sor_codes: Sequence[str]
    postal_codes: Sequence[str]
    cities: Sequence[str]
    text: str

    def __repr__(self) -> str:
        return "AdmittedValues(***)"


DataTypes = tuple[str, ...]
"""The data types of the elements that a rule looks at; none where it looks at others as well."""

ANYTHING: DataTypes = ()
_NAMES = ("PN", "ON", "EN")

COVERED: Mapping[str, DataTypes] = {
    "APD-PATIENT-3": ANYTHING,
    "APD-START-3": ANYTHING,
    "APD-BIRTH-1": ANYTHING,
    "APD-STRUCTURE-1": ANYTHING,
    "BR-4": ANYTHING,
    "DT-BLANK": ANYTHING,
    "DT-BLANK-ONLY": ANYTHING,
    "DT-XSI-TYPE": ANYTHING,
    "DT-NULL": ANYTHING,
    "DT-CD-SAME": ("CD",),
    "DT-CD-TRANSLATION": ("CD",),
    "DT-CD-LINES": ("CD",),
    "DT-CD-BLANK": ANYTHING,
    "DT-TS-24": ("TS", "IVL"),
    "DT-AD-CONTENT": ("AD",),
    "DT-AD-SAME": ("AD",),
    "DT-AD-PART": ("AD",),
    "DT-AD-PERIOD": ("AD",),
    "DT-AD-NULL": ("AD",),
    "DT-TEL-NULL": ("TEL",),
    "DT-ON-PLAIN": ("ON",),
    "DT-EN-EMPTY": _NAMES,
    "DT-EN-MIXED": _NAMES,
    "DT-EN-SAME": _NAMES,
    "DT-EN-NULL": _NAMES,
    "DT-EN-PART": _NAMES,
    "DT-EN-QUOTE": _NAMES,
    "DT-EN-QUALIFIER": _NAMES,
    "DT-ED-EMPTY": ("ED",),
    "DT-ED-INTEGRITY": ("ED",),
    "DT-ED-COMPRESSION": ("ED",),
    "DT-ED-LANGUAGE": ("ED",),
    "DT-IVL-EMPTY": ("IVL",),
    "DT-IVL-CONTENT": ("IVL",),
    "DT-IVL-WIDTH": ("IVL",),
    "DT-IVL-OFFSET": ("IVL",),
    "DT-IVL-INFINITE": ("IVL",),
}
"""The rules with a function of their own that finds nothing in an admitted document."""


BY_ELEMENT: Mapping[str, DataTypes] = {
    "DT-II-SAME": ("II",),
    "DT-TEL-SAME": ("TEL",),
    "DT-IVL-ORDER": ("IVL",),
    "BR-TELECOM": ("TEL",),
    "BR-POSTAL": ("AD",),
    "BR-SOR-1": ("II",),
    "BR-SOR-2": ("II",),
}
"""The other rules that look at elements of a type wherever they are, each with what is in it and
its siblings of the same name."""


Settled = Callable[[AdmittedValues], bool]
"""True if a rule finds nothing in an admitted document with these values; False if it may."""


_SINGLE = [
    name
    for name in (*KEPT.attributes.values(), *KEPT.texts.values())
    if name in AdmittedValues._fields
]

_TELECOM = '<telecom(?: use="[^"]*")? value="'
_listed = re.compile(
    f'<time value="([^"]*)|{_TELECOM}([^"]*)|<postalCode>([^<]*)|<city>([^<]*)'
    '|<(?:id|setId|value)(?: assigningAuthorityName="[^"]*")?(?: extension="([^"]*)")?'
    f' (root="{re.escape(Oid.SOR)}")'
).findall
_has_telephone = re.compile('value="tel:[^"0-9%;]*[0-9]').search
_END = r"[^>]*>(?:\s*</telecom>)?\s*"
_may_be_the_same = re.compile(
    rf'{_TELECOM}([^"]*)"{_END}(?:{_TELECOM}\1"|<telecom{_END}<telecom)'
).search
_extension = re.compile(' extension="([^"]*)"').findall
_tag = re.compile("<[^<>]*>")


def admitted_values(grammar: Grammar, text: str | None) -> AdmittedValues | None:
    """The values of a document that a grammar admits; None if it does not admit it.

    In a document that it admits no row and no schema finds anything.

    Args:
        grammar: the grammar.
        text: the document; None for none.
    """
    kept = grammar.kept(text)
    return None if text is None or kept is None else values_of(text, kept)


def values_of(text: str, kept: KeptParts) -> AdmittedValues:
    """The values of what a grammar admits.

    Args:
        text: the document, or all that is admitted of one.
        kept: what the grammar kept of it.
    """
    read = text_of if "&" in text else str
    listed = _listed(text)
    in_sor = kept["location_type"] == "LOC"
    home, ids = kept["home"], _extension(kept["episode_ids"])
    return AdmittedValues(
        **{name: read(kept[name]) for name in _SINGLE},
        home=_inside(home),
        location_address=_inside(kept["location_address"]),
        place=written_name(kept["place"]) or "",
        masked=" nullFlavor=" in home,
        at_home=kept["location_type"] == "SBJ",
        without_telephone_in_sor=in_sor and not _has_telephone(kept["location_telecoms"]),
        without_telephone=not _has_telephone(kept["performer_telecoms"]),
        precondition=kept["precondition"] != "",
        same_id=len(set(ids)) < kept["episode_ids"].count("<id"),
        second_telecom=_may_be_the_same(text) is not None,
        authored=[one[0] for one in listed if one[0]],
        telecoms=[read(one[1]) for one in listed if one[1]],
        postal_codes=[read(one[2]) for one in listed if one[2]],
        cities=[read(one[3]) for one in listed if one[3]],
        sor_codes=[one[4] for one in listed if one[5]],
        text=as_compared(read(_tag.sub(" ", kept["text"]))),
    )


def _inside(address: str) -> str:
    """What is inside an address, with one blank for many and none between its parts."""
    inside = " ".join(address.partition(">")[2].split()).replace("> <", "><")
    return inside.removesuffix("</addr>")
