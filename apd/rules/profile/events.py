"""The service events of the header: when, which profile, which episode of care.

Source: APD-DK 2.0.1, header; errata of 2021-11-24, items 6 and 7; official Schematron.
"""

from apd.rules.counting import Nodes
from apd.rules.forms import is_uuid
from apd.rules.index import Index, Node, below
from apd.rules.profile.shapes import OFFICIAL, PROFILE, each, errata, one, part, rule
from apd.rules.registry import Rule
from apd.standard.codes import SKS_NAME, Oid
from apd.standard.templates import EPISODE_EVENT, PROFILE_VERSION, TIME_EVENT, VERSION_EVENT
from apd.wording import Wording

_HEADER = f"{PROFILE}, header"
_THE_INTERVAL = Wording("Aftalens tid i headeren", "The appointment's time in the header")
_VERSION_ID = Wording(
    f'Skriv <id assigningAuthorityName="MedCom" extension="{PROFILE_VERSION}" '
    f'root="{Oid.MEDCOM_PROFILE_VERSION}"/>.',
    f'Write <id assigningAuthorityName="MedCom" extension="{PROFILE_VERSION}" '
    f'root="{Oid.MEDCOM_PROFILE_VERSION}"/>.',
)


def _exactly_one(events: Nodes) -> Nodes:
    def check(index: Index) -> list[Node]:
        found = list(events(index))
        return found[1:] if found else [index.document]

    return check


_time_events = part("time_events")


_version_events = part("version_events")


_episode_events = part("episode_events")


def _bounds(name: str) -> Nodes:
    return lambda index: below(index.header_intervals, name)


def _one_bound(name: str) -> Nodes:
    """The events that do not have exactly one low or high in all their effectiveTimes."""

    def check(index: Index) -> list[Node]:
        found = []
        for event in index.time_events:
            bounds = below([event], "effectiveTime", name)
            if len(bounds) != 1:
                found += bounds[1:] or [event.first("effectiveTime") or event]
        return found

    return check


def _one_template(root: str, events: Nodes) -> Nodes:
    def check(index: Index) -> list[Node]:
        return [
            template
            for event in events(index)
            for template in [node for node in event.all("templateId") if node.get("root") == root][
                1:
            ]
        ]

    return check


def _version_ids(index: Index) -> list[Node]:
    return below(index.version_events, "id")


def _one_right_version(index: Index) -> list[Node]:
    found = []
    for event in index.version_events:
        ids = event.all("id")
        right = [
            id
            for id in ids
            if id.get("extension") == PROFILE_VERSION
            and id.get("root") == Oid.MEDCOM_PROFILE_VERSION
        ]
        if len(right) != 1:
            found.append(right[1] if right else ids[0] if ids else event)
    return found


def _episode_ids(index: Index) -> list[Node]:
    found = []
    for event in index.episode_events:
        ids = [id for id in event.all("id") if id.get("root") == Oid.MEDCOM]
        found += [
            id
            for number, id in enumerate(ids)
            if number > 0
            or not is_uuid(id.get("extension"))
            or id.get("assigningAuthorityName") != "MedCom"
        ]
    return found


def _labels(index: Index) -> list[Node]:
    return below(index.episode_events, "code")


def _says_its_template(ids: str, root: str, events: Nodes, da: str, en: str) -> Rule:
    return rule(
        ids,
        _one_template(root, events),
        Wording(
            f"templateId {root} må kun stå én gang i sin serviceEvent.",
            f"The templateId {root} may stand only once in its serviceEvent.",
        ),
        Wording(
            f"Dette templateId kendetegner {da}.",
            f"This templateId marks {en}.",
        ),
        Wording("Fjern gentagelsen.", "Remove the repeated one."),
        source=OFFICIAL,
    )


RULES: tuple[Rule, ...] = (
    rule(
        "851d 37d2",
        _exactly_one(_time_events),
        Wording(
            "Headeren skal have præcis én serviceEvent med aftalens tid "
            f"(templateId {TIME_EVENT}).",
            "The header must have exactly one serviceEvent with the time of the appointment "
            f"(templateId {TIME_EVENT}).",
        ),
        Wording(
            "Aftalens tid gentages i headeren, så den kan findes uden at læse kroppen.",
            "The time of the appointment is repeated in the header, where it is found without "
            "reading the body.",
        ),
        Wording(
            f"Tilføj en documentationOf/serviceEvent med templateId {TIME_EVENT} og aftalens "
            "effectiveTime; behold kun én.",
            f"Add a documentationOf/serviceEvent with templateId {TIME_EVENT} and the "
            "appointment's effectiveTime; keep one only.",
        ),
        source=_HEADER,
    ),
    _says_its_template(
        "4318", TIME_EVENT, _time_events, "aftalens tid", "the time of the appointment"
    ),
    rule(
        "0b52",
        _one_bound("low"),
        Wording(
            f"{_THE_INTERVAL.da} skal have præcis ét starttidspunkt (low).",
            f"{_THE_INTERVAL.en} must have exactly one start (low).",
        ),
        Wording("En aftale har altid en start.", "An appointment always has a start."),
        Wording("Angiv low med en value.", "Give low with a value."),
        source=_HEADER,
    ),
    each(
        "0561 592c",
        _bounds("low"),
        lambda node: bool(node.get("value")) and not node.is_null,
        Wording(
            "Starttidspunktet i headeren skal have en værdi og må ikke være null.",
            "The start in the header must have a value and may not be null.",
        ),
        Wording(
            "En aftale uden start kan ikke vises i en kalender.",
            "An appointment without a start cannot be shown in a calendar.",
        ),
        Wording(
            "Skriv starttidspunktet som value, og fjern nullFlavor.",
            "Write the start as the value, and remove the nullFlavor.",
        ),
        source=_HEADER,
    ),
    rule(
        "2d8c",
        _one_bound("high"),
        Wording(
            f"{_THE_INTERVAL.da} skal have præcis ét sluttidspunkt (high).",
            f"{_THE_INTERVAL.en} must have exactly one end (high).",
        ),
        Wording(
            "Også en aftale, hvis slutning ikke kendes, har et high; det er så null.",
            "Even an appointment whose end is not known has a high, which is null then.",
        ),
        Wording(
            'Angiv high, eller skriv <high nullFlavor="NI"/>.',
            'Give high, or write <high nullFlavor="NI"/>.',
        ),
        source=_HEADER,
    ),
    each(
        "eff6 42aa",
        _bounds("high"),
        lambda node: bool(node.get("value")) or node.is_null,
        Wording(
            "Sluttidspunktet i headeren skal have en værdi eller være null.",
            "The end in the header must have a value or be null.",
        ),
        Wording(
            "Kendes slutningen ikke, siges det med en nullFlavor.",
            "Where the end is not known, a nullFlavor says so.",
        ),
        Wording(
            'Skriv value, eller nullFlavor="NI".',
            'Write a value, or nullFlavor="NI".',
        ),
        source=_HEADER,
    ),
    rule(
        "69ee 5363",
        _exactly_one(_version_events),
        Wording(
            "Headeren skal have præcis én serviceEvent med profilens version (templateId "
            f"{VERSION_EVENT}).",
            "The header must have exactly one serviceEvent with the version of the profile "
            f"(templateId {VERSION_EVENT}).",
        ),
        Wording(
            "Den siger, hvilken udgave af profilen dokumentet følger.",
            "It says which release of the profile the document follows.",
        ),
        Wording(
            f"Tilføj en documentationOf/serviceEvent med templateId {VERSION_EVENT} og versionens "
            "id; behold kun én.",
            f"Add a documentationOf/serviceEvent with templateId {VERSION_EVENT} and the id of "
            "the version; keep one only.",
        ),
        source=_HEADER,
    ),
    _says_its_template(
        "0b61", VERSION_EVENT, _version_events, "profilens version", "the version of the profile"
    ),
    rule(
        "a2e5 44bb 9f67",
        _one_right_version,
        Wording(
            f"Profilens version skal stå som præcis ét id med extension {PROFILE_VERSION}.",
            "The version of the profile must stand as exactly one id with the extension "
            f"{PROFILE_VERSION}.",
        ),
        Wording(
            "Id'et nævner profil og version. Klausulreglerne ser kun på roden og navnet; MedComs "
            "Schematron kræver det hele.",
            "The id names profile and version. The clause rules look only at the root and the "
            "name; MedCom's Schematron asks for all of it.",
        ),
        _VERSION_ID,
        source=f"{OFFICIAL}; {errata(6, 7)}",
    ),
    each(
        "a879",
        _version_ids,
        lambda node: node.get("root") == Oid.MEDCOM_PROFILE_VERSION,
        Wording(
            f"Versionens id skal have roden {Oid.MEDCOM_PROFILE_VERSION}.",
            f"The id of the version must have the root {Oid.MEDCOM_PROFILE_VERSION}.",
        ),
        Wording(
            "Det er MedComs rod for versioner af profiler.",
            "It is MedCom's root of the versions of profiles.",
        ),
        _VERSION_ID,
        source=errata(6, 7),
    ),
    each(
        "c69d",
        _version_ids,
        lambda node: node.get("assigningAuthorityName") == "MedCom",
        Wording(
            "Versionens id skal have assigningAuthorityName MedCom.",
            "The id of the version must have the assigningAuthorityName MedCom.",
        ),
        Wording(
            "MedCom giver versionerne deres navne.",
            "It is MedCom who names the versions.",
        ),
        _VERSION_ID,
        source=errata(6, 7),
    ),
    rule(
        "42f3",
        lambda index: index.episode_events[1:],
        Wording(
            f"Headeren må højst have én serviceEvent med et forløb (templateId {EPISODE_EVENT}).",
            "The header may have one serviceEvent with an episode of care at most (templateId "
            f"{EPISODE_EVENT}).",
        ),
        Wording(
            "En aftale hører til ét forløb; det kan have flere id'er.",
            "An appointment belongs to one episode of care, which may have several ids.",
        ),
        Wording("Behold ét forløb.", "Keep one episode."),
        source=OFFICIAL,
    ),
    _says_its_template("2035", EPISODE_EVENT, _episode_events, "et forløb", "an episode of care"),
    one(
        "158f",
        _episode_events,
        "code",
        Wording("Et forløb", "An episode of care"),
        Wording(
            "Koden er forløbets label, f.eks. ALAL21.",
            "The code is the label of the episode, such as ALAL21.",
        ),
        source=OFFICIAL,
    ),
    each(
        "44e3",
        _labels,
        lambda node: node.get("codeSystem") == Oid.SKS,
        Wording(
            f"Forløbslabelen skal være fra SKS ({Oid.SKS}).",
            f"The label of the episode must be from SKS ({Oid.SKS}).",
        ),
        Wording(
            "Forløbslabels er koder i Sundhedsvæsenets Klassifikations System, og null er ikke "
            "tilladt.",
            "Labels of episodes are codes of the Danish health classification system, and null "
            "is not allowed.",
        ),
        Wording(f'Skriv codeSystem="{Oid.SKS}".', f'Write codeSystem="{Oid.SKS}".'),
        source=OFFICIAL,
    ),
    each(
        "b670 8b6d",
        _labels,
        lambda node: node.get("codeSystemName") in (None, SKS_NAME),
        Wording(
            f'Forløbslabelens codeSystemName skal være "{SKS_NAME}".',
            f'The codeSystemName of the label must be "{SKS_NAME}".',
        ),
        Wording("Navnet kan udelades.", "The name may be left out."),
        Wording("Ret navnet, eller udelad det.", "Correct the name, or leave it out."),
        source=OFFICIAL,
    ),
    rule(
        "8aa5",
        _episode_ids,
        Wording(
            f"Et forløb må højst have ét id med roden {Oid.MEDCOM}, og det skal være en UUID med "
            "assigningAuthorityName MedCom.",
            f"An episode may have one id with the root {Oid.MEDCOM} at most, and that must be a "
            "UUID with the assigningAuthorityName MedCom.",
        ),
        Wording(
            "Id'er med andre rødder er der ingen grænse for.",
            "There is no limit to ids with other roots.",
        ),
        Wording(
            "Behold ét id i MedComs rod, eller brug forløbets rod fra LPR3.",
            "Keep one id in MedCom's root, or use the root of LPR3 for episodes.",
        ),
        source=OFFICIAL,
    ),
    each(
        "",
        lambda index: [*index.time_events, *index.header_intervals],
        lambda node: not node.is_null,
        Wording(
            "Aftalens tid i headeren må ikke være null.",
            "The appointment's time in the header may not be null.",
        ),
        Wording("En aftale har altid en start.", "An appointment always has a start."),
        Wording("Fjern nullFlavor, og angiv low og high.", "Remove it, and give low and high."),
        name="APD-TIME-EVENT-1",
        source=OFFICIAL,
    ),
)
