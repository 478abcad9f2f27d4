"""The clauses on the header as such: what the document is, its ids, its time, its language.

Source: APD-DK 2.0.1, header; MedCom's Schematron for the appointment document.
"""

import re
from collections.abc import Sequence

from apd.finding import Severity
from apd.rules.forms import is_uuid
from apd.rules.index import Index, Node
from apd.rules.profile.shapes import (
    EXAMPLES,
    INFERRED,
    OFFICIAL,
    PROFILE,
    both,
    each,
    fixed,
    from_document,
    in_document,
    one,
    rule,
)
from apd.rules.registry import Rule
from apd.standard.codes import Confidentiality, Oid
from apd.standard.templates import DOCUMENT_TEMPLATE, TEMPLATE_DATE
from apd.wording import Wording

_THE_DOCUMENT = Wording("Dokumentet", "The document")
_DISPLAY = "Dato og tidspunkt for møde mellem patient og sundhedsperson"
_CONFIDENTIALITIES = frozenset(Confidentiality)
_title = re.compile("Aftale for ([0-9]{10})").fullmatch

_HEADER = f"{PROFILE}, header"
_OFFICIAL_ONLY = Wording(
    " Klausulerne kræver det ikke alle, men MedComs Schematron gør.",
    " Not all of this is in the clauses, but MedCom's Schematron asks for it.",
)


def _templates(index: Index) -> Sequence[Node]:
    return index.document.all("templateId")


def _apd_template(index: Index) -> list[Node]:
    right = [node for node in _templates(index) if node.get("root") == DOCUMENT_TEMPLATE]
    return right[1:] if right else [*_templates(index)[:1]] or [index.document]


def _apd_template_date(index: Index) -> list[Node]:
    return [
        node
        for node in _templates(index)
        if node.get("root") == DOCUMENT_TEMPLATE and node.get("extension") != TEMPLATE_DATE
    ]


def _title_is_that_of_the_patient(index: Index) -> list[Node]:
    numbers = {
        id.get("extension")
        for role in index.patient_roles
        for id in role.all("id")
        if id.get("root") == Oid.CPR
    }
    found = []
    for title in index.document.all("title"):
        match = _title(title.text or "")
        if match is None or match[1] not in numbers:
            found.append(title)
    return found


def _is_medcom_uuid(node: Node) -> bool:
    return (
        node.get("root") == Oid.MEDCOM
        and is_uuid(node.get("extension"))
        and node.get("assigningAuthorityName") == "MedCom"
    )


RULES: tuple[Rule, ...] = (
    one(
        "cdc3",
        in_document,
        "realmCode",
        _THE_DOCUMENT,
        Wording(
            "realmCode siger, at dokumentet følger danske regler.",
            "realmCode says that the document follows Danish rules.",
        ),
        source=_HEADER,
    ),
    fixed(
        "cdc3",
        from_document("realmCode"),
        "code",
        "DK",
        Wording("DK er koden for Danmark.", "DK is the code of Denmark."),
        name="CONF-DK-APD:cdc3-CODE",
        source=_HEADER,
    ),
    one(
        "b962",
        in_document,
        "typeId",
        _THE_DOCUMENT,
        Wording(
            "typeId siger, at dokumentet er et CDA R2-dokument.",
            "typeId says that this is a CDA R2 document.",
        ),
        source=_HEADER,
    ),
    fixed(
        "9a86",
        from_document("typeId"),
        "root",
        "2.16.840.1.113883.1.3",
        Wording(
            "Det er OID'en for HL7's registrerede modeller.",
            "It is the OID of HL7's registered models.",
        ),
        source=_HEADER,
    ),
    fixed(
        "dc34",
        from_document("typeId"),
        "extension",
        "POCD_HD000040",
        Wording("Det er navnet på modellen CDA R2.", "It is the name of the model CDA R2."),
        source=_HEADER,
    ),
    rule(
        "6c69",
        _apd_template,
        Wording(
            f"Dokumentet skal have templateId {DOCUMENT_TEMPLATE} præcis én gang.",
            f"The document must have the templateId {DOCUMENT_TEMPLATE} exactly once.",
        ),
        Wording(
            "Uden det er dokumentet ikke et aftaledokument, og MedComs Schematron springer hele "
            "headeren over: dér er et manglende templateId kun en advarsel.",
            "Without it this is no appointment document, and MedCom's Schematron skips the whole "
            "header: there a missing templateId is a warning only.",
        ),
        Wording(
            f'Skriv <templateId extension="{TEMPLATE_DATE}" root="{DOCUMENT_TEMPLATE}"/>.',
            f'Write <templateId extension="{TEMPLATE_DATE}" root="{DOCUMENT_TEMPLATE}"/>.',
        ),
        source=f"{PROFILE}, header; {OFFICIAL}",
    ),
    rule(
        "6c69",
        _apd_template_date,
        Wording(
            f"Dokumentets templateId skal have extension {TEMPLATE_DATE}.",
            f"The templateId of the document must have the extension {TEMPLATE_DATE}.",
        ),
        Wording(
            "Datoen skelner profilens udgaver. Ingen af MedComs værktøjer ser på den her, men "
            "alle deres eksempler for 2.0.1 har den.",
            "The date tells the releases of the profile apart. None of MedCom's tools looks at it "
            "here, but all their examples for 2.0.1 have it.",
        ),
        Wording(f'Skriv extension="{TEMPLATE_DATE}".', f'Write extension="{TEMPLATE_DATE}".'),
        name="CONF-DK-APD:6c69-DATE",
        source=EXAMPLES,
        severity=Severity.WARNING,
    ),
    one(
        "a5bd",
        in_document,
        "id",
        _THE_DOCUMENT,
        Wording(
            "Hver udgave af et dokument har sit eget id.",
            "Every version of a document has an id of its own.",
        ),
        source=_HEADER,
    ),
    each(
        "c89b",
        from_document("id"),
        _is_medcom_uuid,
        Wording(
            f"Dokumentets id skal være en UUID i MedComs rod {Oid.MEDCOM} med "
            "assigningAuthorityName MedCom.",
            f"The id of the document must be a UUID in MedCom's root {Oid.MEDCOM} with the "
            "assigningAuthorityName MedCom.",
        ),
        both(
            Wording(
                "Kun en UUID er med sikkerhed ikke brugt af andre.",
                "Only a UUID is certain not to be used by anybody else.",
            ),
            INFERRED,
        ),
        Wording("Lav en ny UUID til dokumentet.", "Make a new UUID for the document."),
        source=EXAMPLES,
        severity=Severity.WARNING,
    ),
    one(
        "f917",
        in_document,
        "code",
        _THE_DOCUMENT,
        Wording(
            "Koden siger, hvilken slags dokument det er.",
            "The code says what kind of document this is.",
        ),
        source=_HEADER,
    ),
    fixed(
        "7d26",
        from_document("code"),
        "code",
        "39289-4",
        Wording("Det er LOINC-koden for en aftale.", "It is LOINC's code of an appointment."),
        source=_HEADER,
    ),
    fixed(
        "4660",
        from_document("code"),
        "codeSystem",
        Oid.LOINC,
        Wording("Dokumentets kode er fra LOINC.", "The code of the document is LOINC's."),
        source=_HEADER,
    ),
    fixed(
        "e56b",
        from_document("code"),
        "displayName",
        _DISPLAY,
        Wording(
            "Profilen fastlægger den danske tekst til dokumentets kode.",
            "The profile fixes the Danish words for the document's code.",
        ),
        source=_HEADER,
    ),
    fixed(
        "",
        from_document("code"),
        "codeSystemName",
        "LOINC",
        both(
            Wording("Kodesystemets navn står ved koden.", "The code system is named by the code."),
            _OFFICIAL_ONLY,
        ),
        name="APD-DOCUMENT-CODE-1",
        source=OFFICIAL,
    ),
    one(
        "17da",
        in_document,
        "title",
        _THE_DOCUMENT,
        Wording(
            "Titlen er det, der vises i lister over dokumenter.",
            "The title is what is shown in lists of documents.",
        ),
        source=_HEADER,
    ),
    rule(
        "9ac6",
        _title_is_that_of_the_patient,
        Wording(
            'Titlen skal være "Aftale for " fulgt af patientens CPR-nummer på ti cifre.',
            'The title must be "Aftale for " followed by the patient\'s CPR number of ten digits.',
        ),
        Wording(
            "Titlen nævner patienten. CPR-nummeret er det id for patienten, der har roden "
            f"{Oid.CPR}; mellemrum eller bindestreg i det er ikke tilladt.",
            "The title names the patient. The CPR number is the patient's id with the root "
            f"{Oid.CPR}; no blank or hyphen may be in it.",
        ),
        Wording(
            "Lad titlen være dannet af patientens CPR-nummer.",
            "Have the title made from the patient's CPR number.",
        ),
        source=f"{PROFILE}, header; {OFFICIAL}",
    ),
    each(
        "",
        from_document("title"),
        lambda node: not node.is_null,
        Wording("Titlen må ikke være null.", "The title may not be null."),
        both(
            Wording(
                "En titel med nullFlavor siger ikke, hvem aftalen er for.",
                "A title with a nullFlavor does not say whose appointment it is.",
            ),
            _OFFICIAL_ONLY,
        ),
        Wording("Fjern nullFlavor, og skriv titlen.", "Remove the nullFlavor and write the title."),
        name="APD-TITLE-1",
        source=OFFICIAL,
    ),
)
