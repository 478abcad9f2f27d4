"""Recognises the release of a document, and migrates older documents to the current release.

The elements of an older document are first changed to those of the current release, so that the
readers need to know only that one. Source: MedCom's example documents of 1.0, 1.1 and the draft of
2.0.
"""

from lxml import etree

from apd.cda.authors import REQUESTER_CODE
from apd.cda.service_events import Events
from apd.cda.xml import (
    DEFAULT_NAMESPACE,
    ID,
    TEMPLATE_ID,
    Element,
    child,
    children,
    hl7,
    parse_fragment,
)
from apd.standard.codes import (
    DOCUMENT_TEMPLATE,
    ENCOUNTER_TEMPLATE,
    EPISODE_EVENT,
    LOCATION_TEMPLATE,
    REPETITION_CODE,
    SECTION_TEMPLATE,
    TIME_EVENT,
    VERSION_EVENT,
    Oid,
)
from apd.standard.releases import RELEASES, Release

# Roots under which the profile version has been stated: since 1.1, and in the draft of 2.0.
_VERSION_ROOTS = (Oid.MEDCOM_PROFILE_VERSION, "1.2.208.184.100.3")
_BY_VERSION = {release.version_id: release for release in RELEASES}
_DRAFT_EVENTS = {
    "1.2.208.184.200.1.10": VERSION_EVENT,
    "1.2.208.184.200.1.11": TIME_EVENT,
    "1.2.208.184.200.1.12": EPISODE_EVENT,
}
_DATED = (DOCUMENT_TEMPLATE, SECTION_TEMPLATE, ENCOUNTER_TEMPLATE, LOCATION_TEMPLATE)


_SERVICE_EVENT = hl7("serviceEvent")
_BEFORE_CODE = frozenset(map(hl7, ("realmCode", "typeId", "templateId", "id")))
_AUTHOR, _CODE, _BIRTH_TIME = hl7("author"), hl7("code"), hl7("birthTime")
_ENTRY_RELATIONSHIP = hl7("entryRelationship")


def release_of(root: Element, events: Events, current: Release) -> Release:
    """The release that a document states or its templates show; the current one if in doubt."""
    stated = stated_release(events, current)
    if stated is not None:
        return stated
    declared = [(one.get("root"), one.get("extension")) for one in root.iter(TEMPLATE_ID)]
    for release in RELEASES:
        if any(map(release.is_declared_by, declared)):
            return release
    return current


def stated_release(events: Events, current: Release) -> Release | None:
    """The release that service events state; None if they state none.

    Where there are several, one that is current counts, and else the first.
    """
    versions = [
        stated.get("extension", "")
        for event in events.values()
        for stated in event.get(ID, ())
        if stated.get("root") in _VERSION_ROOTS
    ]
    if not versions:
        return None
    return current if current.version_id in versions else _BY_VERSION.get(versions[0], current)


def lift(
    root: Element, encounter: Element, templates: list[Element], events: Events, current: Release
) -> Events:
    """Migrate an older document to the current release, as far as its content allows.

    Returns its service events, by the current templates.
    """
    _lift_templates(templates, current)
    _lift_requester(root, encounter)
    _lift_codes(root, encounter)
    return _lift_events(root, events, current)


def _lift_templates(templates: list[Element], current: Release) -> None:
    for template in templates:
        declared = template.get("root", "")
        if declared in _DRAFT_EVENTS:
            template.set("root", _DRAFT_EVENTS[declared])
            template.attrib.pop("extension", "")
        elif declared in _DATED:
            template.set("extension", current.template_date)


def _lift_events(root: Element, events: Events, current: Release) -> Events:
    """Name the time event, which 1.0 had alone and without a template, and the version."""
    lifted: Events = {}
    for template, inside in events.items():
        lifted.setdefault(_DRAFT_EVENTS.get(template or "", template), inside)
    for event in root.iter(_SERVICE_EVENT):
        if TIME_EVENT not in lifted and child(event, "effectiveTime") is not None:
            event.insert(0, etree.Element(TEMPLATE_ID, root=TIME_EVENT))
            lifted[TIME_EVENT] = children(event)
        for stated in event.iterchildren(ID):
            if stated.get("root") in _VERSION_ROOTS:
                stated.set("root", Oid.MEDCOM_PROFILE_VERSION)
                stated.set("extension", current.version_id)
    return lifted


def _lift_requester(root: Element, encounter: Element) -> None:
    """The requester was author of the encounter before it became the second of the header."""
    requester = child(encounter, "author")
    assigned = None if requester is None else child(requester, "assignedAuthor")
    header_authors = list(root.iterchildren(_AUTHOR))
    if requester is None or assigned is None or not header_authors:
        return
    if child(assigned, "code") is None:
        before = [number for number, one in enumerate(assigned) if one.tag in _BEFORE_CODE]
        code = parse_fragment(REQUESTER_CODE.replace("<code", f"<code{DEFAULT_NAMESPACE}"))
        assigned.insert(before[-1] + 1 if before else 0, code)
    header_authors[0].addnext(requester)


def _lift_codes(root: Element, encounter: Element) -> None:
    """Codes that were renamed, and one that stated no more than that this is an appointment."""
    category = child(encounter, "code")
    if category is not None and category.get("codeSystem") == Oid.SNOMED_CT:
        encounter.remove(category)
    for relationship in encounter.iterchildren(_ENTRY_RELATIONSHIP):
        observation = child(relationship, "observation")
        if observation is not None and observation.get("moodCode") == "RQO":
            observation.set("moodCode", "EVN")
    for code in encounter.iter(_CODE):
        if code.get("code") == "RepeatingAppointmentType":
            code.set("code", REPETITION_CODE)
    for birth_time in root.iter(_BIRTH_TIME):
        birth_time.set("value", birth_time.get("value", "")[:8])
