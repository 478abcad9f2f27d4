"""The appointment: its type, status, times and telephones, and the patient's home.

Source: Aftaleoversigten 2.0, tables 1 and 2, and 1.0.10, rules #4 and #8; FAQ of 2023 on
telephones.
"""

from collections.abc import Iterable

from apd.cda.clock_mistakes import has_other_offset, is_danish_time, offset_due, offset_text
from apd.cda.datatypes import read_telecoms
from apd.cda.date_only import says_no_time
from apd.cda.organization import recall_role
from apd.cda.remembering import remembered_if_short
from apd.cda.timestamps import time_value
from apd.cda.xml import TELECOM, Element
from apd.model.contact import telephones
from apd.model.party import Performer
from apd.rules.admitted_values import AdmittedValues
from apd.rules.business.rule_factories import business
from apd.rules.business.text_and_data import text_is_as_written
from apd.rules.document_view import DocumentView, Node, below, texts_in
from apd.rules.rule import Rule
from apd.standard import paths
from apd.standard.codes import Status
from apd.standard.requirement import both
from apd.wording import Wording

_OTHER_STATUSES = frozenset(Status) - {Status.ACTIVE}


def has_no_time(view: DocumentView) -> bool:
    """Whether the note of an indicative time states that no time of day is set."""
    notes = view.at(paths.INDICATIVE / "criterion/text")
    return any(says_no_time(" ".join(texts_in(note.element))) for note in notes)


def _without_end(view: DocumentView) -> list[Node]:
    if not view.at(paths.INDICATIVE) or has_no_time(view):
        return []
    return [node for node in view.at(paths.BODY_INTERVAL / "high") if not node.get("value")]


def _no_longer_active(view: DocumentView) -> list[Node]:
    return [
        node
        for node in view.at(paths.ENCOUNTER / "statusCode")
        if node.get("code") in _OTHER_STATUSES
    ]


@remembered_if_short  # a document says the same few times over and over
def _has_danish_offset(value: str) -> bool:
    """False where a time has another offset than Denmark at that moment."""
    time = time_value(value)
    return time is None or not has_other_offset(time)


def _offsets(view: DocumentView, node: Node) -> Wording:
    """Which offset was found, which is due, and which of clock and offset is probably right."""
    time = time_value(node.get("value") or "")
    due = None if time is None else offset_due(time)
    if time is None or time.offset is None or due is None:
        return _FOREIGN_OFFSET
    wording = _OFFSETS.filled(stated=offset_text(time.offset), due=offset_text(due))
    return both(wording, _AS_WRITTEN) if text_is_as_written(view) else wording


def _foreign_offsets(view: DocumentView) -> list[Node]:
    document = view.document
    times = [*document.all("effectiveTime"), *view.at(paths.AUTHOR / "time")]
    for interval in (*view.at(paths.HEADER_INTERVAL), *view.at(paths.BODY_INTERVAL)):
        times += interval.all("low")
        times += interval.all("high")
    return [node for node in times if not _has_danish_offset(node.get("value") or "")]


def _has_danish_times(values: AdmittedValues) -> bool:
    times = {
        values.begins,
        values.ends,
        values.begins_in_header,
        values.ends_in_header,
        values.made,
        *values.authored,
    }
    return all(map(is_danish_time, filter(None, times)))


def _performers_without_telephone(view: DocumentView) -> list[Node]:
    return [node for node in view.at(paths.PERFORMER) if not _has_telephone(node.element)]


def _has_telephone(performer: Element) -> bool:
    if telephones(read_telecoms(performer)):  # where it stands nearly always
        return True
    # there is none in its organisation either where there is no telecom
    has_telecoms = next(performer.iterdescendants(TELECOM), None) is not None
    return has_telecoms and bool(Performer(**recall_role(performer)).telephones)


def _locations_without_telephone(view: DocumentView) -> list[Node]:
    return [
        role
        for participant in view.at(paths.PARTICIPANT)
        if participant.get("typeCode") == "LOC"
        for role in participant.all("participantRole")
        if not telephones(read_telecoms(role.element))
    ]


def homes(view: DocumentView) -> list[Node]:
    """The roles of locations at the patient's home."""
    return [
        role
        for participant in view.at(paths.PARTICIPANT)
        if participant.get("typeCode") == "SBJ"
        for role in participant.all("participantRole")
    ]


def address_parts(address: Node) -> frozenset[tuple[str, str]]:
    """What an address says, whatever the order of its parts; nothing for one that is null."""
    parts = ((name, " ".join((text or "").split())) for name, text, _, _ in address.parts)
    return frozenset((name, text.casefold()) for name, text in parts if text)


def _other_than_home(view: DocumentView) -> Iterable[Node]:
    at_home = below(homes(view), "addr")
    if not at_home:
        return ()
    of_patient = {address_parts(node) for node in view.at(paths.PATIENT_ROLE / "addr")}
    return [
        node
        for node in at_home
        if (parts := address_parts(node)) and of_patient and parts not in of_patient
    ]


_FOREIGN_OFFSET = Wording(
    "Tidszonen er ikke den, der gælder i Danmark på det tidspunkt.",
    "The offset is not the one that applies in Denmark at that time.",
)
_OFFSETS = Wording(
    "Tidszonen er {stated}, men i Danmark gælder {due} på det tidspunkt.",
    "The offset is {stated}, but {due} applies in Denmark at that time.",
)
_AS_WRITTEN = Wording(
    " Den læsbare tekst nævner klokkeslættet, som det står i data: tidszonen er formentlig "
    "forkert.",
    " The readable text mentions the time of day as it is in the data: the offset is probably "
    "wrong.",
)

RULES: tuple[Rule, ...] = (
    business(
        "BR-8",
        _without_end,
        Wording(
            "En aftale med vejledende tid skal have både start- og sluttidspunkt.",
            "An appointment with indicative times must have both a start and an end.",
        ),
        Wording(
            "Type 2 og intervalaftaler angiver, inden for hvilket tidsrum patienten kan forvente "
            "aftalen. MedComs værktøjer accepterer en ukendt slutning; derfor er det en advarsel.",
            "Type 2 and interval appointments state the period within which the patient can "
            "expect the appointment. MedCom's tools accept an unknown end; therefore this is a "
            "warning.",
        ),
        Wording(
            "Angiv sluttidspunktet, eller fjern betingelsen om vejledende tid.",
            "Specify the end, or remove the indicative times precondition.",
        ),
        settled=lambda values: not values.precondition or values.ends != "",
    ),
    business(
        "BR-4",
        _no_longer_active,
        Wording(
            "Aftalen er ikke længere active; dokumentet skal i stedet fjernes fra visning.",
            "The appointment is no longer active; its document must be removed from display "
            "instead.",
        ),
        Wording(
            "En gyldig aftale er active. En aflyst eller flyttet aftale vises ikke: dens "
            "dokument sættes til deprecated i registret. Der er ikke aftalt nogen form for et "
            "aflyst dokument.",
            "A valid appointment is active. An appointment that is cancelled or moved is not "
            "shown: its document is set to deprecated in the registry. There is no agreed form for "
            "a cancelled document.",
        ),
        Wording(
            "Sæt det publicerede dokument til deprecated.",
            "Set the published document to deprecated.",
        ),
        attribute="code",
    ),
    business(
        "BR-OFFSET",
        _foreign_offsets,
        _FOREIGN_OFFSET,
        Wording(
            "Danmark har +0100 om vinteren og +0200 om sommeren. En forkert tidszone viser "
            "aftalen en time forskudt.",
            "Denmark has +0100 in winter and +0200 in summer. With a wrong offset, the "
            "appointment is shown an hour early or late.",
        ),
        Wording(
            "Undersøg, om det er klokkeslættet eller tidszonen, der er forkert. Dan begge ud fra "
            "Europe/Copenhagen for den dag.",
            "Find out whether the time of day or the offset is wrong. Generate both from "
            "Europe/Copenhagen for that day.",
        ),
        "APD-DK 2.0.1, CONF-DK:33; MedCom's examples",
        attribute="value",
        detail=_offsets,
        settled=_has_danish_times,
    ),
    business(
        "BR-F1-PERFORMER",
        _performers_without_telephone,
        Wording(
            "Aftaleudførende skal have et telefonnummer (tel:).",
            "The performer must have a telephone number (tel:).",
        ),
        Wording(
            "Patienten skal kunne ringe om aftalen. Nummeret kan stå hos den udførende selv eller "
            "hos dens organisation. Profilen tillader en telecom, der er null; derfor er det en "
            "advarsel.",
            "The patient must be able to call about the appointment. The number may be that of "
            "the performer or of its organisation. The profile allows a telecom that is null; "
            "therefore this is a warning.",
        ),
        Wording("Angiv et telefonnummer.", "Specify a telephone number."),
        settled=lambda values: not values.without_telephone,
    ),
    business(
        "BR-F1-LOCATION",
        _locations_without_telephone,
        Wording(
            "Et mødested i SOR skal have et telefonnummer (tel:).",
            "A location in SOR must have a telephone number (tel:).",
        ),
        Wording(
            "Det gælder sundhedsinstitutioner i SOR; andre steder og hjemmet behøver ikke have et. "
            "Profilen tillader en telecom, der er null; derfor er det en advarsel.",
            "This applies to health institutions in SOR; other places and the home need not have "
            "one. "
            "The profile allows a telecom that is null; therefore this is a warning.",
        ),
        Wording("Angiv et telefonnummer.", "Specify a telephone number."),
        settled=lambda values: not values.without_telephone_in_sor,
    ),
    business(
        "BR-HOME",
        _other_than_home,
        Wording(
            "Adressen på et mødested hos borgeren (SBJ) er ikke patientens adresse.",
            "The address of a location at the patient's home (SBJ) is not the patient's address.",
        ),
        Wording(
            "Lokationstype 3 er patientens eget hjem. Et andet sted er type 1 (LOC) eller 2 (DST).",
            "Location type 3 is the patient's own home. Any other place is type 1 (LOC) or 2 "
            "(DST).",
        ),
        Wording(
            "Brug patientens adresse, eller en anden lokationstype.",
            "Use the patient's address, or another type of location.",
        ),
        settled=lambda values: not values.at_home or values.location_address in ("", values.home),
    ),
)
