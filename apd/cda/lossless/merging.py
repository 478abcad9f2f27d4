"""Applies a change of the model to the XML that was read, with as few edits as possible."""

import re
from collections.abc import Collection, Mapping, Sequence

from apd.cda.lossless.markup import Edit, Element, Scope, root_of
from apd.cda.lossless.matching import Found, align, by_key, match
from apd.cda.narrative import Cells, write_narrative
from apd.cda.xml import HL7, XSI, attribute, content, laid_out

_NULL = "nullFlavor"
_START = re.compile(r"<(/?)")
_TYPE = re.compile(r'xsi:type="([^"]*)"')
_REST_OF_LINE = re.compile(r"[ \t]*(?=[\r\n])")
# atomic, or there were two ways to take each comment: with the one before it, or by itself
_COMMENTS_BEHIND = re.compile(r"(?>(?:[ \t]*+<!--(?>(?:(?!-->)[^\n])*)-->)+)[ \t]*+(?=[\r\n])")


class Merger:
    """Collects the edits that change a document that was read.

    Args:
        text: the document.
        indent: what an element is indented by.
    """

    def __init__(self, text: str, indent: str) -> None:
        self.edits: list[Edit] = []
        self._text, self._indent = text, indent
        self._others: Collection[str] = ()

    # --- what changes ---

    def change(
        self, parent: Element, key: str, base: str, ours: str, others: Collection[str] = ()
    ) -> None:
        """Change the elements of a name in a parent that was read, where base and ours differ.

        Those of ours among ``others`` take the place of theirs with all that is in it, as they are
        about somebody or something else.
        """
        if base != ours or others:
            self._others = others
            then, now = root_of(f"<x><x>{base}</x><x>{ours}</x></x>").children
            self._change_named(parent, key, then.children, now.children)

    def replace(self, parent: Element, key: str, ours: str) -> None:
        """Replace all elements of a name with ours."""
        theirs = parent.named(key)
        for element in theirs[1:]:
            self.take_out(element)
        if theirs and ours:
            self._put_instead(theirs[0], [element.xml for element in _elements(ours)])
        elif theirs:
            self.take_out(theirs[0])
        else:
            for element in _elements(ours):
                self.put_in(parent, element)

    def replace_text(self, section: Element, cells: Cells) -> None:
        """Replace their readable text with that which has these cells."""
        theirs = section.named("text")
        if not theirs:
            self.replace(section, "text", write_narrative(cells))
        elif theirs[0].around.get("") != HL7:
            self._put_instead(theirs[0], [write_narrative(cells)])
        else:
            text = write_narrative(cells, theirs[0].lead, self._indent)
            self.edits.append(Edit(theirs[0].start, theirs[0].end, text))

    def complete(self, theirs: Element, ours: Element) -> None:
        """Insert every element that ours has and theirs lacks, except the readable text."""
        there_by_key = by_key(theirs.children)
        for key, wanted in by_key(ours.children).items():
            if key == "text" and ours.key == "section":
                continue
            there = there_by_key.get(key, [])
            found = match(wanted, there)
            after = None
            for number, element in enumerate(wanted):
                if number not in found:
                    self.put_in(theirs, element, after)
                    continue
                after = there[found[number]]
                is_empty_null = after.is_closed and after.has(_NULL)
                if element.children and not is_empty_null:
                    self.complete(after, element)

    def _change_named(
        self, parent: Element, key: str, base: Sequence[Element], ours: Sequence[Element]
    ) -> None:
        theirs = parent.named(key)
        if len(theirs) == len(base) == len(ours) == 1:
            self._change_element(theirs[0], base[0], ours[0])
            return
        found, before = match(base, theirs), align(base, ours)
        kept = set(before.values())
        for number in found:
            if number not in kept:
                self.take_out(theirs[found[number]])
        stray = [theirs[n] for n in range(len(theirs)) if n not in found.values()]
        nulls = [element for element in stray if element.is_null]
        after: Element | None = None
        for number, element in enumerate(ours):
            old = before.get(number)
            there = theirs[found[old]] if old is not None and old in found else None
            is_as_before = old is not None and base[old].xml == element.xml
            if is_as_before and element.xml not in self._others:
                after = there or after
                continue
            if there is not None and old is not None:
                self._change_element(there, base[old], element)
            elif nulls:
                there = nulls.pop(0)
                self._put_instead(there, [element.xml])
            elif (
                after is None and (following := self._following(number, before, found)) is not None
            ):
                self._put_before(theirs[following], element)
            else:
                self.put_in(parent, element, after)
            after = there or after

    def _following(self, number: int, before: Found, found: Found) -> int | None:
        """The first of theirs that stands for an element behind one of ours."""
        behind = (found.get(old) for new, old in sorted(before.items()) if new > number)
        return next((there for there in behind if there is not None), None)

    def _change_element(self, theirs: Element, base: Element, ours: Element) -> None:
        is_other = ours.has(_NULL) != theirs.has(_NULL) or ours.xml in self._others
        if is_other or (ours.has_children and not theirs.has_children):
            self._put_instead(theirs, [ours.xml])
            return
        if base.head != ours.head:
            self.change_attributes(theirs, base.attributes, ours.attributes)
        if not ours.has_children:
            self._change_text(theirs, base, ours)
        before, after = base.children, ours.children
        if len(before) == len(after) == 1 and before[0].key == after[0].key:
            if before[0].xml != after[0].xml:
                self._change_named(theirs, before[0].key, before, after)
        elif before or after:
            self._change_children(theirs, by_key(before), by_key(after))

    def _change_children(
        self, theirs: Element, then: dict[str, list[Element]], now: dict[str, list[Element]]
    ) -> None:
        for key in {**then, **now}:
            before, after = then.get(key, []), now.get(key, [])
            if [one.xml for one in before] != [one.xml for one in after]:
                self._change_named(theirs, key, before, after)

    def change_attributes(
        self, theirs: Element, then: Mapping[str, str], now: Mapping[str, str]
    ) -> None:
        """Set the attributes that an element lacks or has with another value."""
        for key in {**then, **now}:
            if then.get(key) != now.get(key):
                self.set_attribute(theirs, key, now.get(key))

    def _change_text(self, theirs: Element, base: Element, ours: Element) -> None:
        if base.texts != ours.texts or base.has_children:
            self.set_text(theirs, ours.texts[0])

    # --- how ---

    def set_attribute(self, element: Element, key: str, value: str | None) -> None:
        """Set or remove an attribute of an element."""
        place = element.place_of(key)
        if value is None:
            if place is not None:
                self.edits.append(Edit(*place, ""))
            return
        quoted = f'"{attribute(value)}"'
        if place is not None:
            start = self._text.index("=", *place) + 1
            start += len(self._text[start : place[1]]) - len(self._text[start : place[1]].lstrip())
            self.edits.append(Edit(start, place[1], quoted))
        elif not key.startswith("{"):  # the others never change
            at = element.start + 1 + len(element.head.rstrip("/ \t\r\n"))
            self.edits.append(Edit(at, at, f" {key}={quoted}"))

    def set_text(self, element: Element, stated: str) -> None:
        """Set the text of an element before its first child."""
        start, end = element.gaps[0]
        text = content(stated)
        if element.is_closed:
            if text:
                tag = f"<{element.head[:-1].rstrip()}>{text}</{element.name}>"
                self.edits.append(Edit(element.start, element.end, tag))
        else:
            self.edits.append(Edit(start, end, text))

    def take_out(self, element: Element) -> None:
        """Remove an element, with its line if nothing else is on it."""
        lead = element.lead
        is_alone = lead and _REST_OF_LINE.match(self._text, element.end)
        start = element.start - len(lead) if is_alone else element.start
        self.edits.append(Edit(start, element.end, ""))

    def put_in(self, parent: Element, ours: Element, after: Element | None = None) -> None:
        """Insert an element, after another or where the schema requires it."""
        if parent.is_closed:
            self._put_into_closed(parent, ours)
            return
        after = after or _before(parent, ours.key)
        beside = after or next(iter(parent.children), None)
        lead = beside.lead if beside else f"{parent.lead}{self._indent}" if parent.lead else ""
        at = parent.inner
        if after is not None:
            comments = _COMMENTS_BEHIND.match(self._text, after.end)
            at = comments.end() if comments else after.end
        self.edits.append(Edit(at, at, lead + self._laid_out(ours.xml, parent.scope, lead)))

    def _put_into_closed(self, parent: Element, ours: Element) -> None:
        """Insert an element as the last into one that its start tag closes."""
        closing = Edit(parent.inner, parent.inner, f"{parent.lead}</{parent.name}>")
        if closing not in self.edits:
            behind_attributes = parent.start + 1 + len(parent.head.rstrip("/ \t\r\n"))
            self.edits += Edit(behind_attributes, parent.inner, ">"), closing
        lead = f"{parent.lead}{self._indent}" if parent.lead else ""
        text = lead + self._laid_out(ours.xml, parent.scope, lead)
        self.edits.insert(self.edits.index(closing), Edit(parent.inner, parent.inner, text))

    def _put_before(self, theirs: Element, ours: Element) -> None:
        lead = theirs.lead
        at = theirs.start - len(lead)
        self.edits.append(Edit(at, at, lead + self._laid_out(ours.xml, theirs.around, lead)))

    def _put_instead(self, theirs: Element, ours: Sequence[str]) -> None:
        lead = theirs.lead
        written = lead.join([self._laid_out(xml, theirs.around, lead) for xml in ours])
        self.edits.append(Edit(theirs.start, theirs.end, written))

    def _laid_out(self, ours: str, around: Scope, lead: str) -> str:
        """An element as XML with the prefixes of where it goes, on lines of its own."""
        xml = _prefixed(ours, around)
        return laid_out(xml, lead, self._indent) if lead else xml


def _elements(xml: str) -> list[Element]:
    return root_of(f"<x>{xml}</x>").children if xml else []


def _prefixed(xml: str, scope: Scope) -> str:
    """The writer's XML with the prefixes that are declared around it."""
    prefix, xsi = _prefix(scope, HL7), _prefix(scope, XSI)
    if scope.get("") != HL7:
        xml = _START.sub(rf"<\1{prefix}:", xml)
    if "xsi:type" in xml:
        kind = r"\1" if scope.get("") == HL7 else rf"{prefix}:\1"
        declared = "" if xsi else f'xmlns:xsi="{XSI}" '
        xml = _TYPE.sub(rf'{declared}{xsi or "xsi"}:type="{kind}"', xml)
    return xml


def _prefix(scope: Scope, uri: str) -> str:
    return next((prefix for prefix, other in scope.items() if prefix and other == uri), "")


# --- where the schema wants it ---------------------------------------------------------------

_FIRST = "realmCode typeId templateId "
_ORGANIZATION = "id name telecom addr standardIndustryClassCode asOrganizationPartOf"
_ROLE = (
    "id code addr telecom assignedPerson assignedAuthoringDevice representedOrganization patient"
)
_ORDER = {
    "ClinicalDocument": "id code title statusCode effectiveTime confidentialityCode languageCode"
    " setId versionNumber copyTime recordTarget author dataEnterer informant custodian"
    " informationRecipient legalAuthenticator authenticator participant inFulfillmentOf"
    " documentationOf relatedDocument authorization componentOf component",
    "patientRole": "id addr telecom patient providerOrganization",
    "patient": "id name desc administrativeGenderCode birthTime deceasedInd deceasedTime"
    " multipleBirthInd multipleBirthOrderNumber maritalStatusCode religiousAffiliationCode"
    " raceCode ethnicGroupCode guardian birthplace languageCommunication",
    "providerOrganization": _ORGANIZATION,
    "representedOrganization": _ORGANIZATION,
    "representedCustodianOrganization": _ORGANIZATION,
    "author": "functionCode time assignedAuthor",
    "assignedAuthor": _ROLE,
    "assignedEntity": _ROLE,
    "assignedPerson": "name desc asPatientRelationship",
    "serviceEvent": "id code effectiveTime performer",
    "section": "id code title text confidentialityCode languageCode subject author informant"
    " entry component",
    "encounter": "id code text statusCode effectiveTime dischargeDispositionCode priorityCode"
    " subject specimen performer author informant participant entryRelationship reference"
    " precondition",
    "performer": "functionCode time modeCode assignedEntity",
    "participant": "functionCode time awarenessCode participantRole",
    "participantRole": "id code addr telecom playingDevice playingEntity scopingEntity",
    "playingEntity": "code quantity name birthTime desc",
    "observation": "id code derivationExpr text statusCode effectiveTime",
    "precondition": "criterion",
    "criterion": "code text value",
    "effectiveTime": "low width high center",
    "name": "prefix given family suffix validTime",
    "addr": "careOf streetAddressLine postalCode city country useablePeriod",
}
_RANKS = {
    parent: {name: number for number, name in enumerate((_FIRST + names).split())}
    for parent, names in _ORDER.items()
}
"""The order of the elements in an element. Source: CDA R2, POCD_MT000040; for names and
addresses, whose parts may be in any order, the usual one."""


def _before(parent: Element, key: str) -> Element | None:
    """The last element behind which one of a name may stand."""
    ranks = _RANKS.get(parent.key, {})
    rank = ranks.get(key, len(ranks))
    before = None
    for child in parent.children:
        if ranks.get(child.key.rpartition("}")[2], len(ranks)) <= rank:
            before = child
    return before
