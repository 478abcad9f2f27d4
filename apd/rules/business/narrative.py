"""The readable text: that it agrees with the data, and that a protected address is nowhere.

Source: Aftaleoversigten 2.0, table 1 and address protection; APD-DK 2.0.1, section text.
"""

import datetime
import re
from functools import lru_cache

from apd.cda.times import Precision, time_value
from apd.findings import Severity
from apd.model.contact import PROTECTED
from apd.rules.business.appointment import has_no_time, homes, said_by_address
from apd.rules.business.rule_factories import business
from apd.rules.document_view import DocumentView, Node, below, texts_in
from apd.rules.rule import Rule
from apd.standard import paths
from apd.text.mentions import as_compared, mentions_clock, mentions_date
from apd.wording import Wording

# "5000 Odense": four digits and a name after a blank; cells are parted by a line end
_postal_places = re.compile(r"\b([0-9]{4}) +[A-ZÆØÅ][a-zæøå]").findall


@lru_cache(maxsize=256)
def _danish_clock(value: str) -> datetime.datetime | None:
    """A time as a clock in Denmark shows it, or None for what names no day."""
    said = time_value(value)
    return None if said is None or said.precision < Precision.DAY else said.moment or said.local


def _time_of_day(value: str) -> datetime.datetime | None:
    """A time as a clock in Denmark shows it, or None for what names no minute."""
    said = time_value(value)
    return None if said is None or said.precision < Precision.MINUTE else _danish_clock(value)


def _readable(view: DocumentView) -> list[tuple[Node, str]]:
    """The texts that say anything, in small letters, with one blank for many."""
    return [(node, text) for node, text in view.readable_texts if text]


def _values(view: DocumentView, *names: str) -> list[str]:
    nodes = [node for name in names for node in below(view.at(paths.BODY_INTERVAL), name)]
    return [value for node in nodes if (value := node.get("value"))]


def _unreadable(view: DocumentView) -> list[Node]:
    return [node for node, text in view.readable_texts if not any(map(str.isalnum, text))]


def _lacks_date(view: DocumentView) -> list[Node]:
    asked = [day for value in _values(view, "low") if (day := _danish_clock(value))]
    return [
        node
        for node, text in _readable(view)
        if any(not mentions_date(text, day.date()) for day in asked)
    ]


def _lacks_clock(view: DocumentView) -> list[Node]:
    if has_no_time(view):
        return []
    asked = [time for value in _values(view, "low", "high") if (time := _time_of_day(value))]
    return [
        node
        for node, text in _readable(view)
        if any(not mentions_clock(text, time) for time in asked)
    ]


def lacks_place(view: DocumentView) -> list[Node]:
    """The readable texts that mention neither the name nor the address of the location."""
    asked = []
    for role in view.at(paths.LOCATION):
        names = [node.text for node in below([role], "playingEntity", "name")]
        lines = [
            text
            for address in role.all("addr")
            for name, text, _, _ in address.parts
            if name == "streetAddressLine"
        ]
        said = {as_compared(text or "") for text in (*names, *lines[:1])} - {""}
        if said:
            asked.append(said)
    return [
        node
        for node, text in _readable(view)
        if any(not any(one in text for one in said) for said in asked)
    ]


def _is_protected(view: DocumentView) -> bool:
    for address in view.at(paths.PATIENT_ROLE / "addr"):
        if address.get("nullFlavor") == "MSK":
            return True
        for _, text, _, null in address.parts:
            if null == "MSK" or (text or "").strip().upper() == PROTECTED:
                return True
    return False


def _protected_home(view: DocumentView) -> list[Node]:
    if not view.at(paths.PARTICIPANT) or not _is_protected(view):
        return []
    of_patient = {said_by_address(node) for node in view.at(paths.PATIENT_ROLE / "addr")}
    return [
        node
        for node in below(homes(view), "addr")
        if (said := said_by_address(node)) and said not in of_patient
    ]


def _protected_text(view: DocumentView) -> list[Node]:
    if not _is_protected(view):
        return []
    home = {role.element for role in homes(view)}
    known = {"0000"}
    roles = [
        *view.at(paths.PERFORMER),
        *(role for role in view.at(paths.LOCATION) if role.element not in home),
    ]
    for role in roles:
        addresses = [*role.all("addr"), *below([role], "representedOrganization", "addr")]
        known.update(
            (text or "").strip()
            for address in addresses
            for name, text, _, _ in address.parts
            if name == "postalCode"
        )
    return [
        node
        for node in view.narratives
        if not known.issuperset(_postal_places("\n".join(texts_in(node.element))))
    ]


RULES: tuple[Rule, ...] = (
    business(
        "BR-TEXT-EMPTY",
        _unreadable,
        Wording(
            "Den læsbare tekst er tom.",
            "The readable text is empty.",
        ),
        Wording(
            "Sektionen skal kunne læses: teksten er det, mennesker får vist, når et program ikke "
            "kender data.",
            "The section must be readable: the text is what people are shown if a program does not "
            "know the data.",
        ),
        Wording("Dan teksten af data.", "Generate the text from the data."),
        "APD-DK 2.0.1, section text",
        "HL7 CDA R2, narrative block",
    ),
    business(
        "BR-TEXT-DATE",
        _lacks_date,
        Wording(
            "Den læsbare tekst nævner ikke aftalens dato.",
            "The readable text does not mention the date of the appointment.",
        ),
        Wording(
            "Teksten er det, mennesker får vist; den skal sige det samme som data.",
            "The text is what people are shown; it must say the same as the data.",
        ),
        Wording("Dan teksten af data.", "Generate the text from the data."),
        "APD-DK 2.0.1, section text",
    ),
    business(
        "BR-TEXT-TIME",
        _lacks_clock,
        Wording(
            "Den læsbare tekst nævner ikke aftalens klokkeslæt.",
            "The readable text does not mention the time of the appointment.",
        ),
        Wording(
            "Klokkeslættet er dansk lokal tid; er slutningen kendt, nævnes begge.",
            "The time is Danish local time; if the end is known, both are mentioned.",
        ),
        Wording("Dan teksten af data.", "Generate the text from the data."),
        "APD-DK 2.0.1, section text",
    ),
    business(
        "BR-TEXT-PLACE",
        lacks_place,
        Wording(
            "Den læsbare tekst nævner hverken mødestedets navn eller adresse.",
            "The readable text mentions neither the name nor the address of the location.",
        ),
        Wording(
            "Patienten skal kunne læse, hvor aftalen er.",
            "The patient must be able to read where it is.",
        ),
        Wording("Dan teksten af data.", "Generate the text from the data."),
        "APD-DK 2.0.1, section text",
        severity=Severity.INFORMATION,
    ),
    business(
        "BR-PROTECTED-HOME",
        _protected_home,
        Wording(
            "Patientens adresse er beskyttet, men er angivet som mødestedets.",
            "The patient's address is protected, but is given as the address of the location.",
        ),
        Wording(
            "Et mødested hos borgeren er borgerens adresse; den må ikke vises, når den er "
            "beskyttet.",
            "A location at home is the patient's address, which must not be shown if it is "
            "protected.",
        ),
        Wording(
            'Skriv mødestedets adresse som <addr nullFlavor="NI"/>, eller udelad den.',
            'Write the address of the location as <addr nullFlavor="NI"/>, or leave it out.',
        ),
    ),
    business(
        "BR-PROTECTED-TEXT",
        _protected_text,
        Wording(
            "Patientens adresse er beskyttet, men den læsbare tekst indeholder en adresse.",
            "The patient's address is protected, but the readable text contains an address.",
        ),
        Wording(
            "Teksten nævner et postnummer, som hverken er den udførendes eller mødestedets.",
            "The text contains a postal code that is neither the performer's nor the location's.",
        ),
        Wording("Fjern adressen fra teksten.", "Remove the address from the text."),
    ),
)
