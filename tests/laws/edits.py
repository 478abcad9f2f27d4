"""Small edits of a document: what other people's systems do to one, each at every place.

    for edit in edits_of(data):
        edit.name  # "null sibling before: UNK /recordTarget/patientRole/id[1]"
        edit.data()

An edit says what it does and where, and makes its document when that is asked for: there are
thousands of them for one document. Nothing here knows what is allowed.
"""

import copy
import datetime
import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import NamedTuple

from lxml import etree

from tests.cda.mutating import under_a_prefix

HL7 = "urn:hl7-org:v3"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XSI_TYPE = f"{{{XSI}}}type"

Change = Callable[[etree._Element], None]
Changes = Iterator[tuple[str, Change]]


class Edit(NamedTuple):
    """A document that differs in one thing.

    Args:
        kind: the kind of the edit, a key of :data:`KINDS` or :data:`WHOLE`.
        detail: which of the kind.
        place: where, as a path with positions.
        likeness: the same for edits of other documents that stand in the same surroundings.
        data: makes the document.
    """

    kind: str
    detail: str
    place: str
    likeness: str
    data: Callable[[], bytes]

    @property
    def name(self) -> str:
        """The edit in words."""
        return f"{self.kind}: {self.detail} {self.place}"


# --- blanks ----------------------------------------------------------------------------------

BLANKS: dict[str, str] = {
    "blank before": " {0}{1}",
    "blank after": "{0}{1} ",
    "blank inside": "{0} {1}",
    "tab before": "\t{0}{1}",
    "tab after": "{0}{1}\t",
    "line end before": "\n{0}{1}",
    "line end after": "{0}{1}\n",
    "line end inside": "{0}\n{1}",
    "CR and LF around": "\r\n{0}{1}\r\n",
    "no-break space before": "\u00a0{0}{1}",
    "no-break space after": "{0}{1}\u00a0",
    "no-break space inside": "{0}\u00a0{1}",
}
"""Where a blank stands in a value; the two places are its halves."""

HINT = f"{{{XSI}}}schemaLocation"


def _halves(value: str) -> tuple[str, str]:
    middle = len(value) // 2
    return value[:middle], value[middle:]


def _set(name: str, value: str, element: etree._Element) -> None:
    element.set(name, value)


def _say(text: str, element: etree._Element) -> None:
    element.text = text


def _own_text(element: etree._Element) -> str:
    return "" if element.text is None or element.text.isspace() else element.text


def blanks_in_attributes(element: etree._Element) -> Changes:
    """Blanks and line ends around and in each attribute value."""
    for name, value in _attributes(element):
        for blank, form in BLANKS.items():
            yield f"{blank} @{_plain(name)}", partial(_set, name, form.format(*_halves(value)))


def blanks_in_texts(element: etree._Element) -> Changes:
    """Blanks and line ends around and in each text."""
    if text := _own_text(element):
        for blank, form in BLANKS.items():
            yield blank, partial(_say, form.format(*_halves(text)))


def only_blanks(element: etree._Element) -> Changes:
    """Nothing but a blank, or nothing at all, in each attribute and text."""
    for name, _ in _attributes(element):
        for words, value in (("empty", ""), ("a blank", " "), ("a no-break space", "\u00a0")):
            yield f"{words} @{_plain(name)}", partial(_set, name, value)
    if _own_text(element):
        for words, value in (("empty", ""), ("a blank", " "), ("a no-break space", "\u00a0")):
            yield words, partial(_say, value)


ODD = (
    "x", "X Y", "a\u00a0b", "\u2003\u3000", "æøå", "a&b<c", "(x)", "'1'", "0", "-1", "9.1", "1.2.x",
    "01.2.3", "2.16.840.1.113883.6.96.", "urn:oid:1.2.3", "7f1c8b52-4f0e-4d3a-9a55-0c6d2e8f9b11",
    "http://snomed.info/sct", "tel:", "Z9", "\u200b", "\u2177", "x" * 200,
)  # fmt: skip
"""Values that say nothing, or something else than is asked for, in nearly every place."""


def odd_values(element: etree._Element) -> Changes:
    """Odd values in each attribute and each text."""
    for name, value in _attributes(element):
        for odd in (*ODD, value[:-1], f"{value}x", f"{value}\u00e9"):
            yield f"{odd!a:.40} @{_plain(name)}", partial(_set, name, odd)
    if _own_text(element):
        for odd in ODD:
            yield f"{odd!a:.40}", partial(_say, odd)


# --- siblings --------------------------------------------------------------------------------

FOREIGN: dict[str, tuple[str, ...]] = {
    "id": ('<id root="1.2.208.999.1" extension="4711"/>',),
    "name": (
        '<name use="P"><given>Anden</given><family>Navngiven</family></name>',
        "<name>Et andet navn</name>",
    ),
    "addr": ('<addr use="TMP"><streetAddressLine>Andetsteds 3</streetAddressLine></addr>',),
    "telecom": ('<telecom use="MC" value="tel:99999999"/>',),
}
"""Siblings that somebody else might put beside one that the profile asks for."""

SIBLING_FLAVORS = ("NI", "UNK", "MSK")


def _put(xml: str, is_before: bool, element: etree._Element) -> None:
    sibling = etree.fromstring(f'<x xmlns="{HL7}" xmlns:xsi="{XSI}">{xml}</x>')[0]
    (element.addprevious if is_before else element.addnext)(sibling)


def _beside(words: str, xml: str) -> Changes:
    yield f"{words} before", partial(_put, xml, True)
    yield f"{words} after", partial(_put, xml, False)


def null_siblings(element: etree._Element) -> Changes:
    """A null element beside each identifier, name, address and telecom."""
    tag = _tag(element)
    if tag in FOREIGN:
        for flavor in SIBLING_FLAVORS:
            yield from _beside(flavor, f'<{tag} nullFlavor="{flavor}"/>')


def foreign_siblings(element: etree._Element) -> Changes:
    """Another identifier, name, address or telecom beside each; an identifier of the same root."""
    tag = _tag(element)
    for number, xml in enumerate(FOREIGN.get(tag, ()), 1):
        yield from _beside(f"foreign {number}", xml)
    root = element.get("root")
    if tag == "id" and root is not None:
        yield from _beside("same root", f'<id root="{root}" extension="0101010101"/>')
        yield from _beside("root only", f'<id root="{root}"/>')


def empty_siblings(element: etree._Element) -> Changes:
    """An element that says nothing beside each identifier, name, address and telecom."""
    tag = _tag(element)
    if tag in FOREIGN:
        yield from _beside("empty", f"<{tag}/>")
    if tag == "addr":
        line = '<addr><streetAddressLine nullFlavor="NI"/></addr>'
        yield from _beside("null line", line)
    if tag == "telecom":
        yield from _beside("without number", '<telecom value="tel:"/>')


# --- templates -------------------------------------------------------------------------------

ANOTHER_TEMPLATE = '<templateId root="1.2.208.999.2"/>'


def _copy_of_another(xml: str, is_before: bool, element: etree._Element) -> None:
    other = copy.deepcopy(element)
    for declared in other.findall(f"{{{HL7}}}templateId"):
        other.remove(declared)
    if xml:
        other.insert(0, etree.fromstring(f'<x xmlns="{HL7}">{xml}</x>')[0])
    (element.addprevious if is_before else element.addnext)(other)


def other_templates(element: etree._Element) -> Changes:
    """Another template beside each, and beside what declares one the same with another or none."""
    if _tag(element) == "templateId":
        yield from _beside("another template", ANOTHER_TEMPLATE)
    if element.find(f"{{{HL7}}}templateId") is not None and element.getparent() is not None:
        for words, xml in (("without", ""), ("with another", ANOTHER_TEMPLATE)):
            yield f"a copy {words} before", partial(_copy_of_another, xml, True)
            yield f"a copy {words} after", partial(_copy_of_another, xml, False)


# --- parts of names and addresses ------------------------------------------------------------

PARTS: dict[str, tuple[str, ...]] = {
    "name": (
        "Klinik Ken",
        "<given>Klinik</given><family>Ken</family>",
        "<family>Ken</family><given>Klinik</given>",
        "<family>Ken</family>",
        "<given>Klinik</given><given>Nord</given>",
        "<prefix>dr.</prefix><given>Ken</given><suffix>ph.d.</suffix>",
        "<delimiter>Ken</delimiter>",
        '<family nullFlavor="MSK"/><given>Ken</given>',
    ),
    "addr": (
        "Andetsteds 3, 9990 Vibeby",
        "<city>Vibeby</city>",
        "<city>Vibeby</city><postalCode>9990</postalCode>"
        "<streetAddressLine>Andetsteds 3</streetAddressLine>",
        "<streetName>Andetsteds</streetName><houseNumber>3</houseNumber><city>Vibeby</city>",
        "<streetAddressLine>A</streetAddressLine><streetAddressLine>B</streetAddressLine>",
        "<additionalLocator>2. tv.</additionalLocator>",
        '<streetAddressLine nullFlavor="MSK"/>',
    ),
}
"""What may be in a name or an address: text, or parts of any kind in any order."""


def _hold(xml: str, element: etree._Element) -> None:
    holder = etree.fromstring(f'<x xmlns="{HL7}">{xml}</x>')
    for part in element:
        element.remove(part)
    element.text = holder.text
    element.extend(list(holder))


def other_parts(element: etree._Element) -> Changes:
    """Other parts, or text, in each name and each address, whatever its type."""
    for xml in PARTS.get(_tag(element), ()):
        yield xml, partial(_hold, xml)


# --- more and less ---------------------------------------------------------------------------


def _double(element: etree._Element) -> None:
    element.addnext(copy.deepcopy(element))


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def _unset(name: str, element: etree._Element) -> None:
    element.attrib.pop(name)


def doubled(element: etree._Element) -> Changes:
    """Each element twice."""
    if element.getparent() is not None:
        yield "twice", _double


def removed(element: etree._Element) -> Changes:
    """Each element taken out."""
    if element.getparent() is not None:
        yield "taken out", _remove


def _swap(element: etree._Element) -> None:
    following = element.getnext()
    assert following is not None
    following.addnext(element)


def swapped(element: etree._Element) -> Changes:
    """Each element behind the next one."""
    following = element.getnext()
    if following is not None and isinstance(following.tag, str):
        yield "behind the next", _swap


def without_attributes(element: etree._Element) -> Changes:
    """Each attribute taken away."""
    for name, _ in _attributes(element):
        yield f"@{_plain(name)}", partial(_unset, name)


# --- codes, types, nulls ---------------------------------------------------------------------

IN_CAPITALS = frozenset(
    ("code", "use", "classCode", "moodCode", "typeCode", "contextControlCode", "determinerCode",
     "nullFlavor", "extension", "contextConductionInd")
)  # fmt: skip
"""Attributes whose value is a code, or a UUID."""

TYPES: dict[str, tuple[str, ...]] = {
    "id": ("II", "ANY"),
    "templateId": ("II",),
    "code": ("CE", "CD", "CV"),
    "statusCode": ("CS", "CE"),
    "languageCode": ("CS",),
    "realmCode": ("CS",),
    "confidentialityCode": ("CE", "CV"),
    "administrativeGenderCode": ("CE", "CV"),
    "effectiveTime": ("IVL_TS", "TS"),
    "time": ("TS", "IVL_TS"),
    "birthTime": ("TS",),
    "low": ("IVXB_TS", "TS"),
    "high": ("IVXB_TS", "TS"),
    "addr": ("AD",),
    "name": ("PN", "ON", "EN", "TN"),
    "telecom": ("TEL", "URL"),
    "title": ("ST", "ED"),
    "text": ("ED", "ST"),
    "value": ("II", "CD", "ANY"),
    "setId": ("II",),
    "versionNumber": ("INT",),
}
"""Types that ``xsi:type`` may name, by the element; some are those of the place, some are not."""

FLAVORS = ("NI", "OTH", "NA", "UNK", "MSK")


def _empty(flavor: str, element: etree._Element) -> None:
    tail = element.tail
    element.clear()
    element.tail = tail
    element.set("nullFlavor", flavor)


def other_case(element: etree._Element) -> Changes:
    """Codes in small letters and in capitals."""
    for name, value in _attributes(element):
        if name in IN_CAPITALS:
            for words, other in (("small", value.lower()), ("capital", value.upper())):
                if other != value:
                    yield f"{words} @{name}", partial(_set, name, other)


def stated_types(element: etree._Element) -> Changes:
    """``xsi:type`` on each element of a data type."""
    for type_ in TYPES.get(_tag(element), ()):
        if element.get(XSI_TYPE) != type_:
            yield type_, partial(_set, XSI_TYPE, type_)


def nulls_beside_content(element: etree._Element) -> Changes:
    """A null flavor on each element, whatever it holds."""
    for flavor in FLAVORS:
        if element.get("nullFlavor") != flavor:
            yield flavor, partial(_set, "nullFlavor", flavor)


def nulls_for_content(element: etree._Element) -> Changes:
    """A null flavor in the place of what each element holds."""
    if element.getparent() is not None:
        for flavor in FLAVORS:
            yield flavor, partial(_empty, flavor)


# --- inside of texts -------------------------------------------------------------------------


def _comment(element: etree._Element) -> None:
    before, after = _halves(element.text or "")
    comment = etree.Comment("x")
    element.text, comment.tail = before, after
    element.insert(0, comment)


def _instruction(element: etree._Element) -> None:
    before, after = _halves(element.text or "")
    instruction = etree.ProcessingInstruction("x", "y")
    element.text, instruction.tail = before, after
    element.insert(0, instruction)


def _cdata(element: etree._Element) -> None:
    element.text = etree.CDATA(element.text or "")


def markup_in_texts(element: etree._Element) -> Changes:
    """A comment, an instruction or a CDATA section in each text."""
    if _own_text(element):
        yield "comment", _comment
        yield "instruction", _instruction
        yield "CDATA", _cdata


# --- between tags ----------------------------------------------------------------------------


def blanks_in_empty(element: etree._Element) -> Changes:
    """White space in each element that has nothing in it."""
    if not len(element) and not element.text:
        yield "blank", partial(_say, " ")
        yield "line end", partial(_say, "\n")


def _comment_before(element: etree._Element) -> None:
    element.addprevious(etree.Comment(" <x> - "))


def _comment_at_the_end(element: etree._Element) -> None:
    element.append(etree.Comment(" <x> - "))


def comments_between(element: etree._Element) -> Changes:
    """A comment in front of the start or the end of each element."""
    if element.getparent() is not None:
        yield "before", _comment_before
    yield "at the end", _comment_at_the_end


# --- identifiers -----------------------------------------------------------------------------

HYPHENS = {"hyphen": "-", "en dash": "–", "blank": " "}


def hyphens(element: etree._Element) -> Changes:
    """A hyphen within each identifier of digits; in one of ten after the sixth."""
    extension = element.get("extension", "")
    if extension.isdecimal():
        at = 6 if len(extension) == 10 else len(extension) // 2
        for words, mark in HYPHENS.items():
            value = extension[:at] + mark + extension[at:]
            yield words, partial(_set, "extension", value)


# --- times -----------------------------------------------------------------------------------


def _utc(time: datetime.datetime, form: str) -> str:
    return time.astimezone(datetime.UTC).strftime(form)


TIMES: dict[str, Callable[[datetime.datetime], str]] = {
    "offset with a colon": lambda t: f"{t:%Y%m%d%H%M%S}{t.isoformat()[-6:]}",
    "Z": lambda t: _utc(t, "%Y%m%d%H%M%SZ"),
    "z": lambda t: _utc(t, "%Y%m%d%H%M%Sz"),
    "in UTC": lambda t: _utc(t, "%Y%m%d%H%M%S+0000"),
    "dashes": lambda t: t.isoformat(),
    "dashes and a blank": lambda t: t.isoformat(" "),
    "dashes and Z": lambda t: _utc(t, "%Y-%m-%dT%H:%M:%SZ"),
    "date with dashes": lambda t: f"{t:%Y-%m-%d}",
    "24:00": lambda t: f"{t:%Y%m%d}240000{t:%z}",
    "24:00 of the day before": lambda t: f"{t - datetime.timedelta(1):%Y%m%d}240000{t:%z}",
    "24:30": lambda t: f"{t:%Y%m%d}243000{t:%z}",
    "date only": lambda t: f"{t:%Y%m%d}",
    "month only": lambda t: f"{t:%Y%m}",
    "hour only": lambda t: f"{t:%Y%m%d%H}",
    "minutes only": lambda t: f"{t:%Y%m%d%H%M}",
    "minutes and offset": lambda t: f"{t:%Y%m%d%H%M%z}",
    "fraction": lambda t: f"{t:%Y%m%d%H%M%S}.250{t:%z}",
    "fraction of zeros": lambda t: f"{t:%Y%m%d%H%M%S}.0000{t:%z}",
    "no offset": lambda t: f"{t:%Y%m%d%H%M%S}",
    "offset of two digits": lambda t: f"{t:%Y%m%d%H%M%S%z}"[:-2],
    "offset of three digits": lambda t: f"{t:%Y%m%d%H%M%S%z}"[:-1],
    "another offset": lambda t: f"{t:%Y%m%d%H%M%S}+0545",
    "minus": lambda t: f"{t:%Y%m%d%H%M%S}-{t:%z}".replace("+", ""),
    "in the gap of spring": lambda t: "20260329023000",
    "in the gap of spring with an offset": lambda t: "20260329023000+0100",
    "twice in autumn": lambda t: "20261025023000",
    "30 February": lambda t: f"{t:%Y}0230{t:%H%M%S%z}",
    "second 60": lambda t: f"{t:%Y%m%d%H%M}60{t:%z}",
    "year 0000": lambda t: f"0000{t:%m%d%H%M%S%z}",
    "year 9999": lambda t: f"9999{t:%m%d%H%M%S%z}",
    "blank before the offset": lambda t: f"{t:%Y%m%d%H%M%S} {t:%z}",
    "letters": lambda t: f"{t:%Y%m%d}T{t:%H%M%S%z}",
}
"""Other forms of a time, some of which mean the same and some of which mean nothing."""

_TIME = re.compile(r"[0-9]{14}[+-][0-9]{4}")
_DATE = re.compile(r"[0-9]{8}")


def _moment(value: str | None) -> datetime.datetime | None:
    try:
        if value is not None and _TIME.fullmatch(value):
            return datetime.datetime.strptime(value, "%Y%m%d%H%M%S%z")
        if value is not None and _DATE.fullmatch(value):
            return datetime.datetime.strptime(f"{value}+0100", "%Y%m%d%z")
    except ValueError:  # a version number of eight digits
        return None
    return None


def other_times(element: etree._Element) -> Changes:
    """Each time in another form."""
    if (moment := _moment(element.get("value"))) is not None:
        for words, form in TIMES.items():
            yield words, partial(_set, "value", form(moment))


KINDS: dict[str, Callable[[etree._Element], Changes]] = {
    "blanks in attributes": blanks_in_attributes,
    "blanks in texts": blanks_in_texts,
    "only blanks": only_blanks,
    "odd value": odd_values,
    "null sibling": null_siblings,
    "foreign sibling": foreign_siblings,
    "empty sibling": empty_siblings,
    "other parts": other_parts,
    "other template": other_templates,
    "doubled": doubled,
    "removed": removed,
    "swapped": swapped,
    "attribute removed": without_attributes,
    "other case": other_case,
    "xsi:type": stated_types,
    "null beside content": nulls_beside_content,
    "null for content": nulls_for_content,
    "markup in a text": markup_in_texts,
    "blank in an empty element": blanks_in_empty,
    "comment between": comments_between,
    "hyphen": hyphens,
    "other time": other_times,
}
"""The edits of one element, by their kind."""


# --- the whole document ----------------------------------------------------------------------


def _everywhere(old: str, new: str, root: etree._Element) -> etree._Element:
    for element in root.iter():
        if element.get("value") == old:
            element.set("value", new)
    return root


def times_everywhere(root: etree._Element) -> Iterator[tuple[str, Callable[..., etree._Element]]]:
    """Each time of the document in another form, wherever it stands."""
    values = {element.get("value", "") for element in root.iter("{*}low", "{*}high", "{*}time")}
    for value in sorted(values):
        if (moment := _moment(value)) is not None:
            for words, form in TIMES.items():
                yield f"{words} for {value}", partial(_everywhere, value, form(moment))


def _half_prefixed(root: etree._Element) -> etree._Element:
    types = [(element, element.get(XSI_TYPE)) for element in root.iter()]
    moved = under_a_prefix(root)
    for element, type_ in types:
        if type_ is not None:
            element.set(XSI_TYPE, type_)
    return moved


def prefixes(root: etree._Element) -> Iterator[tuple[str, Callable[..., etree._Element]]]:
    """HL7's namespace under a prefix, its types with the prefix and without."""
    yield "prefix", under_a_prefix
    yield "prefix, types without", _half_prefixed


WHOLE: dict[str, Callable[..., Iterator[tuple[str, Callable[..., etree._Element]]]]] = {
    "other time everywhere": times_everywhere,
    "prefix": prefixes,
}
"""The edits of a whole document, by their kind."""

ALL_KINDS = (*KINDS, *WHOLE)


# --- all of them -----------------------------------------------------------------------------


class Place(NamedTuple):
    """An element of a document: its path, and what tells it from those of other documents."""

    element: etree._Element
    path: str
    surroundings: str


@lru_cache(maxsize=64)  # the tests ask for the edits of the same few documents, kind by kind
def _places(data: bytes) -> tuple[etree._Element, list[Place]]:
    root = etree.fromstring(data)
    elements = list(root.iter("*"))
    return root, [Place(element, _path(element), _around(element)) for element in elements]


def edits_of(data: bytes, *kinds: str) -> Iterator[Edit]:
    """The edits of a document, of some kinds or of all, in the order of the document."""
    root, places = _places(data)
    for index, (element, path, surroundings) in enumerate(places):
        for kind in kinds or KINDS:
            for detail, change in KINDS[kind](element) if kind in KINDS else ():
                make = partial(_changed, root, index, change)
                yield Edit(kind, detail, path, f"{kind}{detail}{surroundings}", make)
    for kind in kinds or WHOLE:
        for detail, turn in WHOLE[kind](root) if kind in WHOLE else ():
            make = partial(_turned, root, turn)
            yield Edit(kind, detail, "", f"{kind}{detail}{data!r}", make)


def _changed(root: etree._Element, index: int, change: Change) -> bytes:
    edited = copy.deepcopy(root)
    change(list(edited.iter("*"))[index])
    return _bytes(edited)


def _turned(root: etree._Element, turn: Callable[..., etree._Element]) -> bytes:
    return _bytes(turn(copy.deepcopy(root)))


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _attributes(element: etree._Element) -> list[tuple[str, str]]:
    return [(str(name), str(value)) for name, value in element.attrib.items() if name != HINT]


def _tag(element: etree._Element) -> str:
    return etree.QName(element).localname


def _plain(name: str) -> str:
    return name.rpartition("}")[2]


def _around(element: etree._Element) -> str:
    """What tells one place from another: the path, the element, and what stands beside it."""
    parent = element.getparent()
    kinds = [above.get("typeCode", "") for above in element.iterancestors()]
    beside = [] if parent is None else [_tag(child) for child in parent.iterchildren("*")]
    attributes = sorted(map(str, element.attrib))
    inside = [_tag(below) for below in element.iter("*")]
    has_text = bool(_own_text(element))
    return (
        f"{_path(element)} {kinds} {beside} {element.get('root')} {attributes} {inside} {has_text}"
    )


def _path(element: etree._Element) -> str:
    """The path by plain names."""
    steps = []
    for above in (element, *element.iterancestors()):
        parent = above.getparent()
        if parent is None:
            break
        same = [child for child in parent if child.tag == above.tag]
        position = f"[{same.index(above) + 1}]" if len(same) > 1 else ""
        steps.append(_tag(above) + position)
    return "/" + "/".join(reversed(steps))
