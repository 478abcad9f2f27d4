"""The document itself: its type, ids, time and language.

Source: APD-DK 2.0.1, header; CONF-DK:33 to 40 (MedCom's CDA header); MedCom's Schematron.
"""

from apd.standard.codes import (
    DOCUMENT_CODE,
    DOCUMENT_DISPLAY,
    DOCUMENT_TEMPLATE,
    LANGUAGE,
    REALM,
    TYPE_EXTENSION,
    TYPE_ROOT,
    Confidentiality,
    Oid,
)
from apd.standard.element import NOT_BLANK, PRESENT, Element, Formed, In, Is, Lexical, OrAbsent
from apd.standard.elements.common_constraints import (
    ONLY_A_UUID,
    WARNING,
    at_most_one,
    attributes,
    exactly_one,
    fixed,
    has,
    medcom_uuid,
    not_null,
    occurs,
    row,
    such,
)
from apd.standard.paths import ROOT
from apd.standard.requirement import (
    EXAMPLES,
    HEADER,
    INFERRED,
    OFFICIAL,
    PROFILE,
    Requirement,
    both,
    requirement,
)
from apd.wording import Wording

THE_DOCUMENT = Wording("Dokumentet", "The document")
_NORMAL = f'<confidentialityCode code="N" codeSystem="{Oid.CONFIDENTIALITY}"/>'
_OFFICIAL_ONLY = Wording(
    " Ikke alle klausuler kræver det, men det gør MedComs Schematron.",
    " Not all of this is in the clauses, but MedCom's Schematron requires it.",
)


def header(date: str) -> tuple[Element, ...]:
    """The rows of the document itself."""
    template = f'<templateId extension="{date}" root="{DOCUMENT_TEMPLATE}"/>'
    return (
        row(
            ROOT,
            None,
            such(
                requirement(
                    "6c69",
                    Wording(
                        f"Dokumentet skal have templateId {DOCUMENT_TEMPLATE} præcis én gang.",
                        f"The document must have the templateId {DOCUMENT_TEMPLATE} exactly once.",
                    ),
                    Wording(
                        "Uden det er dokumentet ikke et aftaledokument, og MedComs Schematron "
                        "springer hele headeren over: dér er et manglende templateId kun en "
                        "advarsel.",
                        "Without it this is not an appointment document, and MedCom's Schematron "
                        "skips the whole header: there, a missing templateId is only a warning.",
                    ),
                    Wording(f"Skriv {template}.", f"Write {template}."),
                    source=f"{HEADER}; {OFFICIAL}",
                ),
                "templateId",
                {"root": Is(DOCUMENT_TEMPLATE)},
            ),
            fixed=attributes("classCode=DOCCLIN moodCode=EVN"),
        ),
        row(
            ROOT / "realmCode",
            "CS",
            exactly_one(
                "cdc3",
                THE_DOCUMENT,
                Wording(
                    "realmCode angiver, at dokumentet følger danske regler.",
                    "realmCode states that the document follows Danish rules.",
                ),
                source=HEADER,
            ),
            fixed(
                "cdc3",
                "code",
                REALM,
                Wording("DK er koden for Danmark.", "DK is the code for Denmark."),
                name="CONF-DK-APD:cdc3-CODE",
                source=HEADER,
            ),
        ),
        row(
            ROOT / "typeId",
            "II",
            exactly_one(
                "b962",
                THE_DOCUMENT,
                Wording(
                    "typeId angiver, at dokumentet er et CDA R2-dokument.",
                    "typeId states that this is a CDA R2 document.",
                ),
                source=HEADER,
            ),
            fixed(
                "9a86",
                "root",
                TYPE_ROOT,
                Wording(
                    "Det er OID'en for HL7's registrerede modeller.",
                    "It is the OID of HL7's registered models.",
                ),
                source=HEADER,
            ),
            fixed(
                "dc34",
                "extension",
                TYPE_EXTENSION,
                Wording("Det er navnet på modellen CDA R2.", "It is the name of the model CDA R2."),
                source=HEADER,
            ),
        ),
        row(
            ROOT / "templateId",
            "II",
            has(
                requirement(
                    "6c69",
                    Wording(
                        f"Dokumentets templateId skal have extension {date}.",
                        f"The templateId of the document must have the extension {date}.",
                    ),
                    Wording(
                        "Datoen skelner profilens versioner. Ingen af MedComs værktøjer "
                        "kontrollerer den her, men alle deres eksempler for 2.0.1 har den.",
                        "The date distinguishes the releases of the profile. None of MedCom's "
                        "tools checks it here, but all their examples for 2.0.1 have it.",
                    ),
                    Wording(f'Skriv extension="{date}".', f'Write extension="{date}".'),
                    name="CONF-DK-APD:6c69-DATE",
                    source=EXAMPLES,
                    severity=WARNING,
                ),
                {"extension": Is(date)},
                given={"root": Is(DOCUMENT_TEMPLATE)},
            ),
        ),
        row(
            ROOT / "id",
            "II",
            exactly_one(
                "a5bd",
                THE_DOCUMENT,
                Wording(
                    "Hver version af et dokument har sit eget id.",
                    "Every version of a document has an id of its own.",
                ),
                source=HEADER,
            ),
            has(
                requirement(
                    "c89b",
                    Wording(
                        f"Dokumentets id skal være en UUID i MedComs rod {Oid.MEDCOM} med "
                        "assigningAuthorityName MedCom.",
                        f"The id of the document must be a UUID under MedCom's root {Oid.MEDCOM} "
                        f"with "
                        "the assigningAuthorityName MedCom.",
                    ),
                    ONLY_A_UUID,
                    Wording(
                        "Dan en ny UUID til dokumentet.", "Generate a new UUID for the document."
                    ),
                    source=EXAMPLES,
                    severity=WARNING,
                ),
                medcom_uuid(Oid.MEDCOM),
            ),
            field="id",
        ),
        row(
            ROOT / "code",
            "CE",
            exactly_one(
                "f917",
                THE_DOCUMENT,
                Wording(
                    "Koden angiver dokumenttypen.",
                    "The code states the type of the document.",
                ),
                source=HEADER,
            ),
            fixed(
                "7d26",
                "code",
                DOCUMENT_CODE,
                Wording(
                    "Det er LOINC-koden for en aftale.", "It is the LOINC code for an appointment."
                ),
                source=HEADER,
            ),
            fixed(
                "4660",
                "codeSystem",
                Oid.LOINC,
                Wording(
                    "Dokumentets kode er fra LOINC.", "The code of the document is from LOINC."
                ),
                source=HEADER,
            ),
            fixed(
                "e56b",
                "displayName",
                DOCUMENT_DISPLAY,
                Wording(
                    "Profilen fastlægger den danske tekst til dokumentets kode.",
                    "The profile fixes the Danish display name of the document's code.",
                ),
                source=HEADER,
            ),
            fixed(
                "",
                "codeSystemName",
                "LOINC",
                both(
                    Wording(
                        "Kodesystemets navn skal angives sammen med koden.",
                        "The name of the code system must be specified with the code.",
                    ),
                    _OFFICIAL_ONLY,
                ),
                name="APD-DOCUMENT-CODE-1",
                source=OFFICIAL,
            ),
        ),
        row(
            ROOT / "title",
            "ST",
            exactly_one(
                "17da",
                THE_DOCUMENT,
                Wording(
                    "Titlen er det, der vises i lister over dokumenter.",
                    "The title is what is shown in lists of documents.",
                ),
                source=HEADER,
            ),
            not_null(
                requirement(
                    "",
                    Wording("Titlen må ikke være null.", "The title must not be null."),
                    both(
                        Wording(
                            "Af en titel med nullFlavor fremgår det ikke, hvem aftalen er for.",
                            "A title with a nullFlavor does not state whose appointment it is.",
                        ),
                        _OFFICIAL_ONLY,
                    ),
                    Wording(
                        "Fjern nullFlavor, og angiv titlen.",
                        "Remove the nullFlavor, and specify the title.",
                    ),
                    name="APD-TITLE-1",
                    source=OFFICIAL,
                )
            ),
            field="appointment.patient.id",
        ),
        row(
            ROOT / "effectiveTime",
            "TS",
            exactly_one(
                "1640 CONF-DK:35",
                THE_DOCUMENT,
                Wording(
                    "Det er tidspunktet, hvor denne version af dokumentet blev oprettet.",
                    "It is the time at which this version of the document was created.",
                ),
                source=HEADER,
            ),
            has(TIME_OF_WRITING, {"value": OrAbsent(Formed(Lexical.FULL_TIME))}),
            field="time",
        ),
        row(
            ROOT / "confidentialityCode",
            "CE",
            has(
                CONFIDENTIALITY,
                {"code": In(tuple(Confidentiality)), "codeSystem": Is(Oid.CONFIDENTIALITY)},
                or_null=True,
            ),
            occurs(CONFIDENTIALITY, least=1, most=None),
            field="confidentiality",
        ),
        row(
            ROOT / "languageCode",
            "CS",
            occurs(LANGUAGE_IS_DANISH, least=1, most=None),
            has(LANGUAGE_IS_DANISH, {"code": Is(LANGUAGE)}, or_null=True),
            field="language",
        ),
        row(
            ROOT / "setId",
            "II",
            at_most_one(
                "",
                THE_DOCUMENT,
                Wording(
                    "setId er fælles for alle versioner af et dokument.",
                    "setId is shared by all versions of a document.",
                ),
                name="APD-SET-ID-1",
                source=OFFICIAL,
            ),
            field="set_id",
        ),
        row(ROOT / "versionNumber", "INT", field="version_number"),
        row(
            ROOT / "relatedDocument/parentDocument/code",
            "CD",
            has(
                requirement(
                    "",
                    Wording(
                        "Koden for et tidligere dokument skal have et displayName.",
                        "The code of an earlier document must have a displayName.",
                    ),
                    Wording(
                        "MedComs Schematron kræver det her, også ved en oversættelse af koden.",
                        "MedCom's Schematron requires it here, also in a translation of the code.",
                    ),
                    Wording("Angiv displayName.", "Specify the displayName."),
                    name="APD-RELATED-DOCUMENT-1",
                    source=f"{OFFICIAL}, dtr1-1-CD.SDTC",
                ),
                {"displayName": NOT_BLANK},
                given={"code": PRESENT},
            ),
        ),
        *(_prohibited(*words) for words in _PROHIBITED),
    )


TIME_OF_WRITING = requirement(
    "CONF-DK:33",
    Wording(
        "Tidspunktet skal have dato, klokkeslæt med sekunder og tidszone: ÅÅÅÅMMDDttmmss+ttmm.",
        "The time must have a date, a time with seconds and an offset: YYYYMMDDhhmmss+hhmm.",
    ),
    both(
        Wording(
            "Kun sådan er det entydigt, hvornår noget er skrevet.",
            "Only then is it unambiguous when something was written.",
        ),
        INFERRED,
    ),
    Wording(
        "Skriv 14 cifre og den tidszone, der gjaldt i Danmark den dag.",
        "Write 14 digits and the offset that applied in Denmark on that day.",
    ),
    source=EXAMPLES,
    severity=WARNING,
)

CONFIDENTIALITY = requirement(
    "CONF-DK:36",
    Wording(
        f"Fortroligheden skal være N, R eller V fra {Oid.CONFIDENTIALITY}.",
        f"The confidentiality must be N, R or V from {Oid.CONFIDENTIALITY}.",
    ),
    Wording(
        "HL7's kodesæt for fortrolighed. Et aftaledokument har normalt N.",
        "HL7's value set for confidentiality. An appointment document normally has N.",
    ),
    Wording(
        f"Skriv {_NORMAL}.",
        f"Write {_NORMAL}.",
    ),
    source=OFFICIAL,
)

LANGUAGE_IS_DANISH = requirement(
    "CONF-DK:37 CONF-DK:38 CONF-DK:39 CONF-DK:40",
    Wording("Sproget skal være da-DK.", "The language must be da-DK."),
    both(
        Wording(
            "Sproget afgør, hvordan teksterne skal læses op og oversættes.",
            "The language determines how the texts are read aloud and translated.",
        ),
        INFERRED,
    ),
    Wording('Skriv <languageCode code="da-DK"/>.', 'Write <languageCode code="da-DK"/>.'),
    source=EXAMPLES,
    severity=WARNING,
)

_PROHIBITED = (
    (
        "dataEnterer",
        "2.1.3",
        "Den, der har indtastet oplysningerne,",
        "The person who entered the data",
    ),
    ("informant", "2.1.4", "Den, oplysningerne kommer fra,", "The source of the information"),
    ("informationRecipient", "2.1.6", "En modtager", "A recipient"),
    ("legalAuthenticator", "2.1.7", "En juridisk underskrift", "A legal signature"),
    ("authenticator", "2.1.8", "En underskrift", "A signature"),
    ("participant", "2.1.9", "En anden deltager", "Another participant"),
    ("inFulfillmentOf", "2.1.11", "En bestilling", "An order"),
)
"""Parts of a CDA header that an appointment document must not have: name, section, what it is."""


def _prohibited(name: str, section: str, da: str, en: str) -> Element:
    rule: Requirement = requirement(
        "",
        Wording(
            f"{name} må ikke forekomme i et aftaledokument.",
            f"An appointment document must not contain any {name}.",
        ),
        Wording(
            f"{da} hører ikke til i et aftaledokument; profilen udelukker elementet.",
            f"{en} does not belong in an appointment document; the profile excludes the element.",
        ),
        Wording(f"Fjern {name}.", f"Remove {name}."),
        name=f"PROHIBIT-{name}",
        source=f"{PROFILE}, section {section}",
    )
    return row(ROOT / name, None, occurs(rule, least=0, most=0))
