"""The three service events of the header: time of the appointment, profile version, episode.

CDA documentationOf. Source: APD-DK 2.0.1, templates 1.2.208.184.10.1.10, .11 and .12.
"""

from collections.abc import Sequence

from apd.cda.datatypes import read_code, read_id, write_code, write_id
from apd.cda.grammar.kept import KeptParts
from apd.cda.interval import write_interval
from apd.cda.written import HasAttributes, attributes_in, unadmitted_elements
from apd.cda.xml import (
    CODE,
    EFFECTIVE_TIME,
    ID,
    TEMPLATE_ID,
    Children,
    Element,
    children,
    first,
    hl7,
)
from apd.model.appointment import EpisodeOfCare
from apd.model.identifiers import EpisodeId, Identifier, MedComId
from apd.model.schedule import Schedule
from apd.standard.codes import EPISODE_EVENT, TIME_EVENT, VERSION_EVENT, Oid
from apd.standard.releases import Release

_VERSION_AUTHORITY = 'assigningAuthorityName="MedCom"'
_VERSION_ROOT = f'root="{Oid.MEDCOM_PROFILE_VERSION}"'
_SERVICE_EVENT = hl7("serviceEvent")


Events = dict[str | None, Children]
"""The content of service events, by the root of the template that they declare."""


def find_events(documentations: Sequence[Element]) -> Events:
    """The service events of every documentationOf; of several with the same template, the first."""
    events: Events = {}
    for documentation in documentations:
        event = children(first(children(documentation), _SERVICE_EVENT))
        for declared in event.get(TEMPLATE_ID, ()):
            events.setdefault(declared.get("root"), event)
    return events


def _write_event(template: str, inside: str) -> str:
    return (
        '<documentationOf typeCode="DOC"><serviceEvent classCode="MPROT" moodCode="EVN">'
        f'<templateId root="{template}"/>{inside}</serviceEvent></documentationOf>'
    )


def find_header_interval(events: Events) -> Element | None:
    """The effectiveTime of the header, which repeats the time of the appointment."""
    event = events.get(TIME_EVENT)
    return None if event is None else first(event, EFFECTIVE_TIME)


def read_episode(events: Events) -> EpisodeOfCare | None:
    """The episode of care."""
    event = events.get(EPISODE_EVENT)
    return None if event is None else _episode(event.get(ID, ()), first(event, CODE))


def kept_events(kept: KeptParts) -> Events | None:
    """As :func:`find_events`, of a document whose parts the grammar keeps; None if it admits them.

    Those that it admits state the current release.
    """
    documentations = unadmitted_elements(kept, "documentations")
    return find_events(documentations) if documentations else None


def kept_episode(kept: KeptParts) -> EpisodeOfCare | None:
    """As :func:`read_episode`, of a document whose service events the grammar admits."""
    if not kept["episode"]:
        return None
    label = next(iter(attributes_in(kept["episode_label"])), None)
    return _episode(attributes_in(kept["episode_ids"]), label)


def _episode(ids: Sequence[HasAttributes], label: HasAttributes | None) -> EpisodeOfCare:
    found = (one for one in map(read_id, ids) if isinstance(one, EpisodeId | MedComId | Identifier))
    return EpisodeOfCare(found, read_code(label))


def write_service_events(
    schedule: Schedule, episode: EpisodeOfCare | None, release: Release
) -> str:
    """Time, version, and the episode of care if there is one."""
    version = f'<id {_VERSION_AUTHORITY} extension="{release.version_id}" {_VERSION_ROOT}/>'
    events = _write_event(TIME_EVENT, write_interval(schedule))
    events += _write_event(VERSION_EVENT, version)
    if episode is not None:
        ids = "".join(map(write_id, episode.ids))
        label = "" if episode.label is None else write_code(episode.label)
        events += _write_event(EPISODE_EVENT, ids + label)
    return events
