"""The readable text: it must match the data, and must not contain a protected address.

Source: Aftaleoversigten 2.0, table 1 and address protection; APD-DK 2.0.1, section text.
"""

import re

from apd.findings import Severity
from apd.model.contact import PROTECTED
from apd.rules.admitted_values import AdmittedValues
from apd.rules.business.appointment import address_parts, has_no_time, homes
from apd.rules.business.rule_factories import business
from apd.rules.business.text_and_data import (
    either_is_wrong,
    lacks_date,
    lacks_times,
    mentions_clocks,
    mentions_day_of_start,
    readable,
    why_date,
    why_times,
)
from apd.rules.document_view import DocumentView, Node, below, texts_in
from apd.rules.rule import Rule
from apd.standard import paths
from apd.text.mentions import as_compared
from apd.wording import Wording

# "5000 Odense": four digits and a name after a blank; cells are parted by a line end
_postal_places = re.compile(r"\b([0-9]{4}) +[A-ZÆØÅ][a-zæøå]").findall


def _unreadable(view: DocumentView) -> list[Node]:
    return [node for node, text in view.readable_texts if not any(map(str.isalnum, text))]


def _text_of(view: DocumentView, node: Node) -> str:
    return next((text for one, text in view.readable_texts if one.element is node.element), "")


def _lacks_clock(view: DocumentView) -> list[Node]:
    return [] if has_no_time(view) else lacks_times(view)


def _which_date(view: DocumentView, node: Node) -> Wording:
    return either_is_wrong(_NO_DATE, why_date(view, _text_of(view, node)))


def _which_time(view: DocumentView, node: Node) -> Wording:
    return either_is_wrong(_NO_TIME, why_times(view, _text_of(view, node)))


LACKS_PLACE = Wording(
    "Den læsbare tekst nævner hverken mødestedets navn eller adresse.",
    "The readable text mentions neither the name nor the address of the location.",
)


def lacks_place(view: DocumentView) -> list[Node]:
    """The readable texts that mention neither the name nor the address of the location."""
    asked = []
    for role in view.at(paths.LOCATION):
        named = below([role], "playingEntity", "name")
        names = [" ".join(texts_in(node.element)) for node in named]
        lines = [
            text
            for address in role.all("addr")
            for name, text, _, _ in address.parts
            if name == "streetAddressLine"
        ]
        texts = {as_compared(text or "") for text in (*names, *lines[:1])} - {""}
        if texts:
            asked.append(texts)
    return [
        node
        for node, text in readable(view)
        if any(not any(one in text for one in texts) for texts in asked)
    ]


def _is_protected(view: DocumentView) -> bool:
    for address in view.at(paths.PATIENT_ROLE / "addr"):
        if address.get("nullFlavor") == "MSK":
            return True
        for _, text, _, null in address.parts:
            if null == "MSK" or (text or "").strip().upper() == PROTECTED:
                return True
    return False


def _may_be_protected(values: AdmittedValues) -> bool:
    return values.masked or PROTECTED in values.home.upper()


def _protected_home(view: DocumentView) -> list[Node]:
    if not view.at(paths.PARTICIPANT) or not _is_protected(view):
        return []
    of_patient = {address_parts(node) for node in view.at(paths.PATIENT_ROLE / "addr")}
    return [
        node
        for node in below(homes(view), "addr")
        if (parts := address_parts(node)) and parts not in of_patient
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


_NO_DATE = Wording(
    "Den læsbare tekst nævner ikke aftalens dato.",
    "The readable text does not mention the date of the appointment.",
)
_NO_TIME = Wording(
    "Den læsbare tekst nævner ikke aftalens klokkeslæt.",
    "The readable text does not mention the time of the appointment.",
)
_COMPARE = Wording(
    "Sammenlign begge med bookingen, før noget rettes. Dan derefter teksten ud fra data.",
    "Compare both with the booking before anything is corrected. Then generate the text from the "
    "data.",
)

RULES: tuple[Rule, ...] = (
    business(
        "BR-TEXT-EMPTY",
        _unreadable,
        Wording(
            "Den læsbare tekst er tom.",
            "The readable text is empty.",
        ),
        Wording(
            "Sektionen skal kunne læses: teksten er det, læseren får vist, når et program ikke "
            "kan vise data.",
            "The section must be readable: the text is what readers see if a program cannot show "
            "the data.",
        ),
        Wording("Dan teksten ud fra data.", "Generate the text from the data."),
        "APD-DK 2.0.1, section text",
        "HL7 CDA R2, narrative block",
        settled=lambda values: any(map(str.isalnum, values.text)),
    ),
    business(
        "BR-TEXT-DATE",
        lacks_date,
        _NO_DATE,
        Wording(
            "Teksten er det, læseren får vist; den skal svare til data.",
            "The text is what readers see; it must match the data.",
        ),
        _COMPARE,
        "APD-DK 2.0.1, section text",
        detail=_which_date,
        settled=mentions_day_of_start,
    ),
    business(
        "BR-TEXT-TIME",
        _lacks_clock,
        _NO_TIME,
        Wording(
            "Klokkeslættet er dansk lokal tid; er slutningen kendt, nævnes begge.",
            "The time is Danish local time; if the end is known, both are mentioned.",
        ),
        _COMPARE,
        "APD-DK 2.0.1, section text",
        detail=_which_time,
        settled=mentions_clocks,
    ),
    business(
        "BR-TEXT-PLACE",
        lacks_place,
        LACKS_PLACE,
        Wording(
            "Patienten skal kunne læse, hvor aftalen er.",
            "The patient must be able to read where the appointment is.",
        ),
        _COMPARE,
        "APD-DK 2.0.1, section text",
        severity=Severity.INFORMATION,
        settled=lambda values: (place := as_compared(values.place)) != "" and place in values.text,
    ),
    business(
        "BR-PROTECTED-HOME",
        _protected_home,
        Wording(
            "Patientens adresse er beskyttet, men er angivet som mødestedets adresse.",
            "The patient's address is protected, but is specified as the address of the location.",
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
        settled=lambda values: not values.at_home or not _may_be_protected(values),
    ),
    business(
        "BR-PROTECTED-TEXT",
        _protected_text,
        Wording(
            "Patientens adresse er beskyttet, men den læsbare tekst indeholder en adresse.",
            "The patient's address is protected, but the readable text contains an address.",
        ),
        Wording(
            "Teksten indeholder et postnummer, som hverken er den udførendes eller mødestedets.",
            "The text contains a postal code that is neither the performer's nor the location's.",
        ),
        Wording("Fjern adressen fra teksten.", "Remove the address from the text."),
        settled=lambda values: not _may_be_protected(values),
    ),
)
