"""Telephones, e-mail, postal codes and dates of birth that cannot be right.

The values are kept nevertheless, as a person may understand them; hence these are warnings.
Sources: RFC 3966, RFC 6068; the Danish postal codes, of four digits.
"""

import datetime
from itertools import zip_longest

from apd.cda.datatypes import read_date
from apd.model.contact import is_danish_place, is_well_formed
from apd.model.identifiers import FIRST_BIRTH
from apd.rules.admitted_values import AdmittedValues
from apd.rules.business.rule_factories import business
from apd.rules.document_view import DocumentView, Node
from apd.rules.rule import Rule
from apd.standard import paths
from apd.wording import Wording

_DATE_DIGITS = 8
_FIRST_DAY = f"{FIRST_BIRTH:%Y%m%d}"


def _unusable_telecoms(view: DocumentView) -> list[Node]:
    return [
        node
        for node in view.of_type("TEL")
        if not node.is_null
        and (value := node.get("value")) is not None
        and not is_well_formed(value.strip())
    ]


def _confused_addresses(view: DocumentView) -> list[Node]:
    return [node for node in view.of_type("AD") if not node.is_null and not _is_danish(node)]


def _is_danish(address: Node) -> bool:
    stated = ((name, " ".join((text or "").split())) for name, text, _, _ in address.parts[::-1])
    parts = {name: text for name, text in stated if text}
    return is_danish_place(parts.get("postalCode"), parts.get("city"), parts.get("country"))


def _are_danish(values: AdmittedValues) -> bool:
    # which city has which code does not matter
    places = zip_longest(set(values.postal_codes), set(values.cities), fillvalue="")
    return all(
        is_danish_place(" ".join(code.split()), " ".join(city.split()), None)
        for code, city in places
    )


def _impossible_births(view: DocumentView) -> list[Node]:
    births = view.at(paths.PATIENT / "birthTime")
    made = (read_date(node.element) for node in view.document.all("effectiveTime"))
    last = max((date for date in made if date is not None), default=datetime.date.max)
    return [
        node
        for node in births
        if (date := read_date(node.element)) is not None and not FIRST_BIRTH <= date <= last
    ]


def _is_possible_birth(values: AdmittedValues) -> bool:
    day = values.birth[:_DATE_DIGITS]
    return not day or _FIRST_DAY <= day <= values.made[:_DATE_DIGITS]


RULES: tuple[Rule, ...] = (
    business(
        "BR-TELECOM",
        _unusable_telecoms,
        Wording(
            "Der kan ikke ringes eller skrives til denne adresse.",
            "This address cannot be called or written to.",
        ),
        Wording(
            "En adresse begynder med tel:, mailto: eller lignende. Et telefonnummer har 3 til 15 "
            "cifre, 7 til 15 med + foran landekoden, og danske numre mindst 8 efter +45; en "
            "e-mailadresse har et @.",
            "An address begins with tel:, mailto: or the like. A telephone number has 3 to 15 "
            "digits, 7 to 15 with + before the country code, and Danish numbers at least 8 after "
            "+45; an e-mail address has an @.",
        ),
        Wording(
            "Angiv nummeret, f.eks. tel:65113333, eller udelad det.",
            "Specify the number, such as tel:65113333, or leave it out.",
        ),
        "RFC 3966",
        "RFC 6068",
        "ITU-T E.164",
        attribute="value",
        settled=lambda values: all(map(is_well_formed, set(values.telecoms))),
    ),
    business(
        "BR-POSTAL",
        _confused_addresses,
        Wording(
            "Postnummeret har ikke fire cifre, eller byens navn har ingen bogstaver.",
            "The postal code does not have four digits, or the name of the city has no letters.",
        ),
        Wording(
            "Danske postnumre har fire cifre; 0000 bruges ved adressebeskyttelse. Ofte er vej, "
            "postnummer og by byttet om. Adresser i andre lande kontrolleres ikke.",
            "Danish postal codes have four digits; 0000 is used where the address is protected. "
            "Often the street, the postal code and the city have been swapped. Addresses in "
            "other countries are not checked.",
        ),
        Wording(
            "Ret postnummer og by, eller angiv landet.",
            "Correct the postal code and the city, or specify the country.",
        ),
        "Danish postal codes",
        settled=_are_danish,
    ),
    business(
        "BR-BIRTH",
        _impossible_births,
        Wording(
            "Fødselsdatoen ligger efter dokumentet eller før 1858.",
            "The date of birth is after the document or before 1858.",
        ),
        Wording(
            "Et barn har først aftaler, når det er født, og et CPR-nummer kan ikke udtrykke et "
            "tidligere år.",
            "A child has no appointments before birth, and a CPR number cannot express an "
            "earlier year.",
        ),
        Wording("Ret fødselsdatoen.", "Correct the date of birth."),
        "CPR",
        attribute="value",
        settled=_is_possible_birth,
    ),
)
