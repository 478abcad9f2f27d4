"""What the model says when it refuses a value, in the words of the form and in Danish, too.

The model speaks to who writes Python; here ``null`` is meant, and not ``None``.
"""

from apd.errors import InvalidValue
from apd.jsonform.words import TAGS
from apd.model.identifiers import CprNumber, EpisodeId, MedComId, ProviderNumber, SorCode
from apd.wording import Wording

_FORM = ("har ikke den rigtige form", "does not have the right form")


def _of_form(da: str, en: str) -> tuple[str, Wording]:
    return f"{_FORM[1]}: {en}", Wording(f"{_FORM[0]}: {da}", f"{_FORM[1]}: {en}")


_WORDINGS: dict[str, Wording] = {
    "is empty: give a text": Wording("er tom: skriv en tekst", "is empty: give a text"),
    "holds a control character that XML cannot carry: remove characters below U+0020, lone "
    "surrogates, U+FFFE and U+FFFF": Wording(
        "rummer et kontroltegn, som XML ikke kan bære: fjern tegn under U+0020 og U+FFFE og U+FFFF",
        "holds a control character that XML cannot carry: remove characters below U+0020, "
        "and U+FFFE and U+FFFF",
    ),
    **dict(
        [
            _of_form("skriv en OID som 1.2.208.176.1.1", "give an OID, such as 1.2.208.176.1.1"),
            _of_form(
                "skriv en UUID som 7f1c8b52-4f0e-4d3a-9a55-0c6d2e8f9b11",
                "give a UUID, such as 7f1c8b52-4f0e-4d3a-9a55-0c6d2e8f9b11",
            ),
            _of_form("skriv en OID eller en UUID", "give an OID or a UUID"),
            _of_form("skriv en kode uden blanktegn", "give a code without white space"),
            _of_form("skriv en SOR-kode, 1 til 18 cifre", "give a SOR code, 1 to 18 digits"),
            _of_form("skriv et ydernummer, 1 til 6 cifre", "give a ydernummer, 1 to 6 digits"),
        ]
    ),
    "is not a CPR number: give ten digits that begin with a date of birth (DDMMYY); a check digit "
    "is not asked for since 2007": Wording(
        "er ikke et CPR-nummer: skriv ti cifre, der begynder med en fødselsdato (DDMMÅÅ)",
        "is not a CPR number: give ten digits that begin with a date of birth (DDMMYY)",
    ),
    "has no number: give an extension with the root": Wording(
        "har intet nummer: skriv også extension", "has no number: give an extension with the root"
    ),
    "is not a URI: give scheme and address without blanks, such as tel:65113333": Wording(
        "er ikke en URI: skriv skema og adresse uden blanktegn, som tel:65113333",
        "is not a URI: give scheme and address without blanks, such as tel:65113333",
    ),
    "is out of range: years 1900 to 9998": Wording(
        "ligger for langt væk: skriv et år fra 1900 til 9998",
        "is out of range: give a year from 1900 to 9998",
    ),
    "is not after the start: give a later time, or None if unknown": Wording(
        "ligger ikke efter start: skriv et senere tidspunkt, eller null, hvis det ikke kendes",
        "is not after the start: give a later time, or null if it is not known",
    ),
    "stands with an exact time: set indicative=True, or leave it out": Wording(
        'står ved et eksakt tidspunkt: skriv "indicative": true, eller udelad den',
        'stands with an exact time: give "indicative": true, or leave it out',
    ),
    "has a time of day, where the date alone is known: give 00:00 in Denmark, use Schedule.on(), "
    "or set date_only=False": Wording(
        "har et klokkeslæt, hvor kun datoen er kendt: skriv kl. 00:00 i Danmark, eller udelad "
        '"date_only"',
        "has a time of day, where the date alone is known: give 00:00 in Denmark, or leave out "
        '"date_only"',
    ),
    "is false, where the date alone is known: set indicative=True, or use Schedule.on()": Wording(
        'er false, hvor kun datoen er kendt: skriv "indicative": true',
        'is false, where the date alone is known: give "indicative": true',
    ),
    "is no version number: give a whole number (int) from 0, of nine digits at most": Wording(
        "er ikke et versionsnummer: skriv et helt tal fra 0 med højst ni cifre",
        "is no version number: give a whole number from 0, of nine digits at most",
    ),
    "is empty: give at least a given or family name": Wording(
        "er tom: skriv mindst et fornavn eller et efternavn",
        "is empty: give at least a given or family name",
    ),
    "is empty: give at least a name or an id": Wording(
        "er tom: skriv mindst et navn eller et id", "is empty: give at least a name or an id"
    ),
    "is empty: give its parts, or use Address.not_informed()": Wording(
        'er tom: skriv dens dele, eller "null_flavor": "no_information"',
        'is empty: give its parts, or "null_flavor": "no_information"',
    ),
    "has content and a null flavor: give one of them": Wording(
        "har både indhold og null_flavor: skriv én af dem",
        "has content and a null flavor: give one of them",
    ),
    **{
        f"is that of {one.__name__}: use {one.__name__}": Wording(
            f'er rod for en anden slags id: skriv "type": "{TAGS[one]}" og "value"',
            f'is that of another kind of id: give "type": "{TAGS[one]}" and "value"',
        )
        for one in (CprNumber, SorCode, ProviderNumber, MedComId, EpisodeId)
    },
}


def in_words_of_the_form(error: InvalidValue) -> Wording:
    """The model's refusal; as the model words it where the form has no words of its own."""
    text = f"{error.problem}: {error.expected}"
    return _WORDINGS.get(text) or Wording(text, text)
