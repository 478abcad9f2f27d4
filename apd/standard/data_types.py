"""The requirements of HL7's v3 data types on the attributes of elements of these types.

The official Schematron checks the elements that its templates name; these rows hold for every
element of a type. Source: HL7 v3 data types release 1, as in MedCom's Schematron (DTr1).
"""

from attrs import frozen

from apd.findings import Layer, Severity
from apd.standard.element import (
    ABSENT,
    NOT_BLANK,
    PRESENT,
    AtMost,
    Attributes,
    Formed,
    Has,
    Lexical,
    OrAbsent,
)
from apd.standard.requirement import DATA_TYPES, OFFICIAL, Requirement
from apd.wording import Wording


@frozen
class DataType:
    """A row: a requirement on every element of some data types."""

    types: tuple[str, ...]
    constraint: Has


def of_data_type(
    id: str,
    wording: Wording,
    explanation: Wording,
    remedy: Wording,
    types: str,
    keys: str,
    severity: Severity = Severity.ERROR,
) -> Requirement:
    """A requirement of HL7's data types; ``keys`` are its ids in the official Schematron."""
    return Requirement(
        id=id,
        layer=Layer.PROFILE,
        source=f"{DATA_TYPES}, {types}; {OFFICIAL}, {keys}",
        wording=wording,
        explanation=explanation,
        remedy=remedy,
        severity=severity,
    )


def _row(
    id: str,
    types: tuple[str, ...],
    attributes: Attributes,
    wording: Wording,
    explanation: Wording,
    remedy: Wording,
    keys: str,
    *,
    or_null: bool = False,
    given: Attributes | None = None,
    or_child: str = "",
    severity: Severity = Severity.ERROR,
) -> DataType:
    rule = of_data_type(id, wording, explanation, remedy, ", ".join(types), keys, severity)
    return DataType(types, Has(rule, attributes, or_null, given or {}, or_child))


LONGEST_ROOT, LONGEST_EXTENSION = 128, 64

ROWS: tuple[DataType, ...] = (
    _row(
        "DT-II-ROOT",
        ("II",),
        {"root": NOT_BLANK},
        Wording("Id'et skal have en root.", "The id must have a root."),
        Wording(
            "Roden angiver, hvem der har udstedt nummeret; uden den er nummeret uden betydning.",
            "The root identifies the issuer of the number; without it the number means nothing.",
        ),
        Wording("Angiv root, eller skriv nullFlavor.", "Specify the root, or write a nullFlavor."),
        "dtr1-1-II",
        or_null=True,
    ),
    _row(
        "DT-II-NULL",
        ("II",),
        {"root": ABSENT, "assigningAuthorityName": ABSENT},
        Wording(
            "Et id, der er null, må ikke have root eller assigningAuthorityName.",
            "An id that is null must not have a root or an assigningAuthorityName.",
        ),
        Wording(
            "Enten er der et id, eller også er der ikke.",
            "Either there is an id, or there is none.",
        ),
        Wording("Fjern nullFlavor, eller fjern resten.", "Remove the nullFlavor, or the rest."),
        "dtr1-2-II, dtr1-7-II",
        given={"nullFlavor": PRESENT},
    ),
    _row(
        "DT-II-FORM",
        ("II",),
        {"root": OrAbsent(Formed(Lexical.OID_OR_UUID))},
        Wording(
            "Id'ets root skal være en OID eller en UUID.",
            "The root of the id must be an OID or a UUID.",
        ),
        Wording(
            "Kun sådan er roden med sikkerhed entydig. Id'er, som HL7 har reserveret, er det ikke.",
            "Only then is the root certain to be unique. Ids reserved by HL7 are not.",
        ),
        Wording("Brug udstederens OID.", "Use the issuer's OID."),
        "dtr1-10-II, dtr1-10a-II",
    ),
    _row(
        "DT-II-LENGTH",
        ("II",),
        {
            "root": OrAbsent(AtMost(LONGEST_ROOT)),
            "extension": OrAbsent(AtMost(LONGEST_EXTENSION)),
        },
        Wording(
            f"Id'ets root må højst have {LONGEST_ROOT} tegn og extension højst "
            f"{LONGEST_EXTENSION}.",
            f"The root of the id must have at most {LONGEST_ROOT} characters, and the extension "
            f"at most {LONGEST_EXTENSION}.",
        ),
        Wording(
            "Systemer, der modtager id'et, har ikke altid plads til flere tegn. MedComs "
            "Schematron melder det som en advarsel.",
            "Systems that receive the id may have no room for more. MedCom's Schematron reports "
            "this as a warning.",
        ),
        Wording("Tildel et kortere id.", "Assign a shorter id."),
        "dtr1-8-II, dtr1-9-II",
        severity=Severity.WARNING,
    ),
    _row(
        "DT-CD-EMPTY",
        ("CD",),
        {"code": NOT_BLANK},
        Wording(
            "Den kodede værdi skal have en code eller være null.",
            "The coded value must have a code or be null.",
        ),
        Wording(
            "originalText kan også stå i stedet for en kode.",
            "An originalText may also replace the code.",
        ),
        Wording("Angiv code, eller skriv nullFlavor.", "Specify the code, or write a nullFlavor."),
        "dtr1-1-CD",
        or_null=True,
        or_child="originalText",
    ),
    _row(
        "DT-CS-EMPTY",
        ("CS",),
        {"code": NOT_BLANK},
        Wording("Koden skal være angivet eller være null.", "The code must be present or null."),
        Wording(
            "Elementet består kun af sin kode; uden den har det intet indhold.",
            "The element consists of its code only; without the code it has no content.",
        ),
        Wording("Angiv code, eller skriv nullFlavor.", "Specify the code, or write a nullFlavor."),
        "dtr1-1-CS",
        or_null=True,
    ),
    _row(
        "DT-CD-NULL",
        ("CD",),
        {"code": ABSENT, "displayName": ABSENT},
        Wording(
            "En kodet værdi, der er null, må ikke have code eller displayName.",
            "A coded value that is null must not have a code or a displayName.",
        ),
        Wording(
            "Årsagens kode er undtaget; den har en tekst uden kode.",
            "The code of the reason is an exception; it has a text without a code.",
        ),
        Wording("Fjern nullFlavor, eller fjern resten.", "Remove the nullFlavor, or the rest."),
        "dtr1-6-CD, dtr1-7-CD",
        given={"nullFlavor": PRESENT},
    ),
    _row(
        "DT-CD-SYSTEM",
        ("CD",),
        {"codeSystem": NOT_BLANK},
        Wording("En code skal have et codeSystem.", "A code must have a codeSystem."),
        Wording(
            "Den samme kode betyder noget forskelligt i to kodesystemer. Årsagens kode er "
            "undtaget.",
            "The same code means different things in two code systems. The code of the reason is "
            "an exception.",
        ),
        Wording("Angiv codeSystem.", "Specify the codeSystem."),
        "dtr1-2-CD",
        given={"code": PRESENT},
    ),
    _row(
        "DT-CD-SYSTEM-NAME",
        ("CD",),
        {"codeSystem": NOT_BLANK},
        Wording(
            "Et codeSystemName skal have et codeSystem.",
            "A codeSystemName must have a codeSystem.",
        ),
        Wording(
            "Navnet er til mennesker; kodesystemets OID er det, der gælder.",
            "The name is for people; the OID of the code system is what counts.",
        ),
        Wording("Angiv codeSystem.", "Specify the codeSystem."),
        "dtr1-3-CD",
        given={"codeSystemName": PRESENT},
    ),
    _row(
        "DT-CD-SYSTEM-VERSION",
        ("CD",),
        {"codeSystem": NOT_BLANK},
        Wording(
            "En codeSystemVersion skal have et codeSystem.",
            "A codeSystemVersion must have a codeSystem.",
        ),
        Wording(
            "En version er uden betydning, når kodesystemet ikke er angivet.",
            "A version means nothing unless its code system is specified.",
        ),
        Wording(
            "Angiv codeSystem, eller udelad versionen.",
            "Specify the codeSystem, or leave the version out.",
        ),
        "dtr1-4-CD",
        given={"codeSystemVersion": PRESENT},
    ),
    _row(
        "DT-CD-DISPLAY",
        ("CD",),
        {"code": NOT_BLANK},
        Wording("Et displayName skal have en code.", "A displayName must have a code."),
        Wording(
            "displayName er teksten til en kode. En tekst uden kode hører til i originalText.",
            "displayName is the text for a code. A text without a code belongs in originalText.",
        ),
        Wording("Angiv code, eller brug originalText.", "Specify the code, or use originalText."),
        "dtr1-5-CD",
        given={"displayName": PRESENT, "nullFlavor": ABSENT},
    ),
    _row(
        "DT-TEL-EMPTY",
        ("TEL",),
        {"value": PRESENT},
        Wording(
            "Telekommunikationsadressen skal have en value eller være null.",
            "The telecom must have a value or be null.",
        ),
        Wording("Uden value har den intet indhold.", "Without a value it has no content."),
        Wording(
            "Angiv value, eller skriv nullFlavor.", "Specify the value, or write a nullFlavor."
        ),
        "dtr1-1-URL, dtr1-2-URL",
        or_null=True,
    ),
    _row(
        "DT-TEL-URI",
        ("TEL",),
        {"value": OrAbsent(Formed(Lexical.URI))},
        Wording(
            "Telekommunikationsadressen skal være en URI uden mellemrum og specialtegn.",
            "The telecom must be a URI without spaces or characters outside ASCII.",
        ),
        Wording(
            "Et telefonnummer skrives tel:65113333.",
            "A telephone number is written tel:65113333.",
        ),
        Wording(
            "Fjern mellemrum, og skriv specialtegn som %-koder.",
            "Remove spaces, and percent-encode other characters.",
        ),
        "dtr1-2-URL",
    ),
    _row(
        "DT-TS-EMPTY",
        ("TS", "INT", "PQ", "BL"),
        {"value": PRESENT},
        Wording(
            "Elementet skal have en value eller være null.",
            "The element must have a value or be null.",
        ),
        Wording("Uden value har det intet indhold.", "Without a value it has no content."),
        Wording(
            "Angiv value, eller skriv nullFlavor.", "Specify the value, or write a nullFlavor."
        ),
        "dtr1-1-TS",
        or_null=True,
    ),
    _row(
        "DT-TS-FORM",
        ("TS", "IVL"),
        {"value": OrAbsent(Formed(Lexical.TIME))},
        Wording(
            "Tidspunktet skal være en dato, der findes, evt. med klokkeslæt: ÅÅÅÅMMDDttmmss+ttmm.",
            "The time must be a date that exists, optionally with a time of day: "
            "YYYYMMDDhhmmss+hhmm.",
        ),
        Wording(
            "Den 30. februar, måned 13, sekund 60 og tidszonen +2500 findes ikke.",
            "30 February, month 13, second 60 and the offset +2500 do not exist.",
        ),
        Wording("Ret tidspunktet.", "Correct the time."),
        "dtr1-2-TS",
    ),
    _row(
        "DT-INT-FORM",
        ("INT",),
        {"value": OrAbsent(Formed(Lexical.INTEGER))},
        Wording("Tallet må kun bestå af cifre.", "The number must consist of digits only."),
        Wording(
            "XML Schema tillader fortegn og mellemrum; det gør MedComs Schematron ikke.",
            "XML Schema allows a sign and spaces; MedCom's Schematron does not.",
        ),
        Wording("Skriv tallet uden fortegn.", "Write the number without a sign."),
        "INT",
    ),
)
