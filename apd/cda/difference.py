"""What a document says beyond the model: found by comparing it with what the writer makes.

The document that was read is compared with the one the writer makes of the model. What differs
is kept as :class:`apd.Unmapped`, so nothing can be lost that a reader forgot: the model and the
differences together *are* the document. Attributes that only repeat what CDA has by default
make no difference, nor does white space between elements, nor the order of elements of
different names, which the schema decides.

Most of a document is the same to the letter, which its text tells at once. Elements are looked
at only where it is not.
"""

from collections.abc import Iterator

from attrs import frozen
from lxml import etree

from apd.cda.parts import Parts
from apd.cda.xml import SDTC, Element, fragment, has_text, head, local_name, parse_fragment
from apd.model.document import Difference, Unmapped

# Attributes with one value fixed or by default in the CDA schema, by the name of the element.
# Where a name stands for several classes, their values agree.
_ACT = {"moodCode": "EVN"}
_COMPONENT = {"typeCode": "COMP", "contextConductionInd": "true"}
_ENTITY = {"determinerCode": "INSTANCE"}
_ORGANIZATION = {"classCode": "ORG", **_ENTITY}
_PERSON = {"classCode": "PSN", **_ENTITY}
_ASSIGNED = {"classCode": "ASSIGNED"}
_DEFAULTS: dict[str, dict[str, str]] = {
    "ClinicalDocument": {"classCode": "DOCCLIN", **_ACT},
    "recordTarget": {"typeCode": "RCT", "contextControlCode": "OP"},
    "patientRole": {"classCode": "PAT"},
    "patient": _PERSON,
    "providerOrganization": _ORGANIZATION,
    "author": {"typeCode": "AUT", "contextControlCode": "OP"},
    "assignedAuthor": _ASSIGNED,
    "assignedPerson": _PERSON,
    "representedOrganization": _ORGANIZATION,
    "custodian": {"typeCode": "CST"},
    "assignedCustodian": _ASSIGNED,
    "representedCustodianOrganization": _ORGANIZATION,
    "documentationOf": {"typeCode": "DOC"},
    "serviceEvent": {"classCode": "ACT", **_ACT},
    "component": _COMPONENT,
    "structuredBody": {"classCode": "DOCBODY", **_ACT},
    "section": {"classCode": "DOCSECT", **_ACT},
    "entry": _COMPONENT,
    "performer": {"typeCode": "PRF"},
    "assignedEntity": _ASSIGNED,
    "participant": {"contextControlCode": "OP"},
    "participantRole": {"classCode": "ROL"},
    "playingEntity": {"classCode": "ENT", **_ENTITY},
    "entryRelationship": {"contextConductionInd": "true"},
    "precondition": {"typeCode": "PRCN"},
    "criterion": {"classCode": "OBS", "moodCode": "EVN.CRT"},
}
_NO_DEFAULTS: dict[str, str] = {}


def compare(root: Element, encounter: Element, parts: Parts, text: str) -> Iterator[Unmapped]:
    """Everything in which a document differs from what the writer makes of its model.

    Args:
        root: root of the document that was read, without white space between its elements.
        encounter: the encounter in it.
        parts: what the writer makes of its model.
        text: what stands for the readable text, here as in the document; see the narrative.
    """
    unequal = _unequal_by_letter(root, encounter, parts, text)
    if unequal is None:
        yield from _compare(_Pair(root, parse_fragment(parts.document(text))))
        return
    in_header, in_encounter = unequal
    if not in_header and not in_encounter:
        yield from _compare_heads(_Pair(root, parse_fragment(parts.alone())))
        return
    # of what is equal, the name is enough to tell places by
    shells = Parts(
        _shells(parts.header, root, in_header), _shells(parts.encounter, encounter, in_encounter)
    )
    pair = _Pair(root, parse_fragment(shells.document(text)))
    yield from _compare_heads(pair)
    for index in in_header:
        yield from _compare(_Pair(root[index], pair.written[index], pair))
    if in_encounter:
        for ancestor in (*list(encounter.iterancestors())[-2::-1], encounter):
            pair = _Pair(ancestor, _same_child(pair, ancestor), pair)
        for index in in_encounter:
            yield from _compare(_Pair(encounter[index], pair.written[index], pair))


def _shells(parts: list[str], found: Element, wanted: list[int]) -> list[str]:
    return [
        part if index in wanted else f"<{local_name(element)}/>"
        for index, (part, element) in enumerate(zip(parts, found, strict=False))
    ]


def _same_child(pair: "_Pair", found: Element) -> Element:
    """The child of the written element that stands where a child of the found one does."""
    return pair.written[pair.found.index(found)]


# --- by letter -------------------------------------------------------------------------------


def _unequal_by_letter(
    root: Element, encounter: Element, parts: Parts, text: str
) -> tuple[list[int], list[int]] | None:
    """Which children of root and encounter are not the same to the letter as what is written.

    None where the two do not stand side by side, one for one.
    """
    letters = etree.tostring(root, encoding="unicode")
    before, after = parts.frame(text)
    position = letters.index(">") + 1  # libxml2 escapes those in attributes
    header = _unequal(list(root)[:-1], parts.header, letters, position)
    if header is None or not letters.startswith(before, header.end):
        return None
    inside = _unequal(list(encounter), parts.encounter, letters, header.end + len(before))
    if inside is None or letters[inside.end :] != after:
        return None
    return header.indices, inside.indices


@frozen
class _Unequal:
    """Which of some elements are unequal, and where in the letters the last of them ends."""

    indices: list[int]
    end: int


def _unequal(
    elements: list[Element], parts: list[str], letters: str, position: int
) -> _Unequal | None:
    if len(elements) != len(parts):
        return None
    indices: list[int] = []
    names: list[str] = []
    for index, (element, part) in enumerate(zip(elements, parts, strict=True)):
        if letters.startswith(part, position):
            position += len(part)
            continue
        own_letters = _own_letters(element)
        name = local_name(element)
        stands_for_part = part.startswith((f"<{name} ", f"<{name}>")) and name not in names
        if not stands_for_part or not letters.startswith(own_letters, position):
            return None
        position += len(own_letters)
        indices.append(index)
        names.append(name)
    return _Unequal(indices, position)


def _own_letters(element: Element) -> str:
    """An element as it stands inside its document, where namespaces are declared further out."""
    letters = etree.tostring(element, encoding="unicode", with_tail=False)
    declarations = "".join(
        f' xmlns:{prefix}="{uri}"' if prefix else f' xmlns="{uri}"'
        for prefix, uri in element.nsmap.items()
    )
    return letters.replace(declarations, "", 1)


# --- by element ------------------------------------------------------------------------------


@frozen
class _Pair:
    """An element that was found, the one written for it, and the pair they are inside."""

    found: Element
    written: Element
    parent: "_Pair | None" = None

    def path(self) -> str:
        """Where the found element stands in the document that was read."""
        if self.parent is None:
            return f"/{_shown(self.found.tag)}"
        return f"{self.parent.path()}/{step(self.parent.found, self.found)}"

    def place(self) -> str:
        """Where the written element stands in the writer's document."""
        if self.parent is None:
            return ""
        return f"{self.parent.place()}/{step(self.parent.written, self.written)}"


def _shown(tag: str) -> str:
    """A name as paths show it."""
    namespace, _, name = tag.rpartition("}")
    return f"sdtc:{name}" if namespace == "{" + SDTC else name


def step(parent: Element, child: Element) -> str:
    """A child by its name, and its position where there are several of that name."""
    same = list(parent.iterchildren(child.tag))
    name = _shown(child.tag)
    return name if len(same) == 1 else f"{name}[{same.index(child) + 1}]"


def _compare(pair: _Pair) -> Iterator[Unmapped]:
    yield from _compare_heads(pair)
    if not len(pair.found) and not len(pair.written):
        return
    found_tags = [child.tag for child in pair.found]
    written_tags = [child.tag for child in pair.written]
    one_of_each = found_tags == written_tags and len(set(found_tags)) == len(found_tags)
    if one_of_each and not _is_mixed(pair.found):
        for found, written in zip(pair.found, pair.written, strict=True):
            yield from _compare(_Pair(found, written, pair))
    else:
        yield from _compare_children(pair)


def _compare_heads(pair: _Pair) -> Iterator[Unmapped]:
    if not _is_head_same(pair.found, pair.written):
        yield Unmapped(
            path=pair.path(),
            difference=Difference.CHANGED,
            xml=head(pair.found),
            expected=head(pair.written),
            place=pair.place(),
        )


def _is_head_same(found: Element, written: Element) -> bool:
    """The same attributes, and the same text where there is nothing but text."""
    if found.attrib != written.attrib:
        defaults = _DEFAULTS.get(local_name(found), _NO_DEFAULTS)
        if {**defaults, **found.attrib} != {**defaults, **written.attrib}:
            return False
    found_text = None if len(found) else found.text
    written_text = None if len(written) else written.text
    return found_text == written_text or not (has_text(found_text) or has_text(written_text))


def _is_mixed(element: Element) -> bool:
    """True for an element that holds text beside its children."""
    return has_text(element.text) or any(has_text(child.tail) for child in element)


def _is_same(found: Element, written: Element) -> bool:
    """The same as a whole."""
    return (
        found.tag == written.tag
        and len(found) == len(written)
        and _is_head_same(found, written)
        and not (len(found) and _is_mixed(found))
        and all(map(_is_same, found, written))
    )


def _compare_children(pair: _Pair) -> Iterator[Unmapped]:
    """Children of which there are several of a name, or some extra, missing or among text."""
    matches: dict[Element, Element] = {}
    for tag in dict.fromkeys(child.tag for child in pair.written):
        of_found = list(pair.found.iterchildren(tag))
        of_written = list(pair.written.iterchildren(tag))
        matched = _match(of_found, of_written)
        matches.update(matched)
        order = [of_written.index(matched[child]) for child in of_found if child in matched]
        if order != sorted(order):
            yield _in_other_order(pair, tag, order, len(of_written))
    kept = set(matches.values())
    for written in pair.written:
        if written not in kept:
            yield _missing(pair, written)
    if has_text(pair.found.text):
        yield _extra_text(pair, pair.found.text, after="")
    after = ""
    for found in pair.found:
        match = matches.get(found)
        if match is None:
            yield Unmapped(
                path=f"{pair.path()}/{step(pair.found, found)}",
                difference=Difference.EXTRA,
                xml=fragment(found),
                place=pair.place(),
                after=after,
            )
        else:
            after = step(pair.written, match)
            yield from _compare(_Pair(found, match, pair))
        if has_text(found.tail):
            yield _extra_text(pair, found.tail, after)


def _match(found: list[Element], written: list[Element]) -> dict[Element, Element]:
    """Which of some elements of one name stand for which: equal ones first, then in order."""
    matches: dict[Element, Element] = {}
    left = list(written)
    for element in found:
        same = next((other for other in left if _is_same(element, other)), None)
        if same is not None:
            matches[element] = same
            left.remove(same)
    unmatched = (element for element in found if element not in matches)
    matches.update(zip(unmatched, left, strict=False))
    return matches


def _in_other_order(pair: _Pair, tag: str, order: list[int], count: int) -> Unmapped:
    return Unmapped(
        path=f"{pair.path()}/{_shown(tag)}",
        difference=Difference.ORDER,
        xml=" ".join(str(index + 1) for index in order),
        expected=" ".join(str(index + 1) for index in range(count)),
        place=pair.place(),
        after=_shown(tag),
    )


def _missing(pair: _Pair, written: Element) -> Unmapped:
    where = step(pair.written, written)
    return Unmapped(
        path=f"{pair.path()}/{where}",
        difference=Difference.MISSING,
        expected=fragment(written),
        place=f"{pair.place()}/{where}",
    )


def _extra_text(pair: _Pair, text: str | None, after: str) -> Unmapped:
    return Unmapped(
        path=f"{pair.path()}/text()",
        difference=Difference.EXTRA,
        xml=text,
        place=pair.place(),
        after=after,
    )
