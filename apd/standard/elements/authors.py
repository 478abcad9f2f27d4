"""The authors of the header: the responsible, then the requester.

Source: APD-DK 2.0.1, section 2.1.2; errata of 2021-11-24, items 1, 10, 11 and 14.
"""

from collections.abc import Iterator

from apd.standard.codes import REFERRED_BY, REQUESTER_CODES, Oid
from apd.standard.element import NOT_BLANK, Element, Formed, In, Is, IsNot, Lexical, OrAbsent
from apd.standard.elements.common_constraints import (
    WARNING,
    Constrained,
    at_most_one,
    attributes,
    has,
    not_null,
    occurs,
    row,
    such,
)
from apd.standard.elements.header import TIME_OF_WRITING
from apd.standard.elements.patient import ORGANIZATION, PERSON
from apd.standard.paths import ASSIGNED_AUTHOR, AUTHOR, REQUESTER, RESPONSIBLE, Path
from apd.standard.requirement import OFFICIAL, PROFILE, errata, requirement
from apd.wording import Wording

_SECTION = f"{PROFILE}, section 2.1.2"
_ASSIGNED = attributes("classCode=ASSIGNED")

_SECOND_IS_REQUESTER = requirement(
    "40d4 47aa",
    Wording(
        "Den anden author skal være rekvirenten: et assignedAuthor med koden REFB, ikke null.",
        "The second author must be the requester: one assignedAuthor with the code REFB that is "
        "not null.",
    ),
    Wording(
        "Koden REFB (ParticipationReferredBy) kendetegner rekvirenten. Kendes rekvirenten "
        "ikke, udelades den anden author helt.",
        "The code REFB (ParticipationReferredBy) identifies the requester. If the requester is not "
        "known, leave out the second author.",
    ),
    Wording(
        f'Skriv <code code="REFB" codeSystem="{Oid.PARTICIPATION_TYPE}"/>, eller fjern '
        "den anden author.",
        f'Write <code code="REFB" codeSystem="{Oid.PARTICIPATION_TYPE}"/>, or remove the '
        "second author.",
    ),
    source=errata(1, 11),
)
_FIRST_IS_RESPONSIBLE = requirement(
    "",
    Wording(
        "Den første author er den aftaleansvarlige og må ikke have rekvirentens kode.",
        "The first author is the responsible organisation and must not have the requester's code.",
    ),
    Wording(
        "Dokumentet er ellers uden aftaleansvarlig. Det sker, når den aftaleansvarlige er udeladt, "
        "og rekvirenten står alene.",
        "Otherwise the document has no responsible organisation. This happens where that one was "
        "left out and the requester stands alone.",
    ),
    Wording(
        "Skriv den aftaleansvarlige som den første author, eller fjern koden.",
        "Write the responsible organisation as the first author, or remove the code.",
    ),
    name="APD-AUTHOR-CODE-2",
    source=errata(10),
    severity=WARNING,
)
_REQUESTER_HAS_SOR_CODE = requirement(
    "7616",
    Wording(
        f"Rekvirenten skal have præcis ét id, og det skal være en SOR-kode ({Oid.SOR}).",
        f"The requester must have exactly one id, and it must be a SOR code ({Oid.SOR}).",
    ),
    Wording(
        "Et ydernummer kan bruges for aftaleansvarlig, men ikke for rekvirenten.",
        "A provider number can be used for the responsible organisation, but not for the "
        "requester.",
    ),
    Wording("Angiv rekvirentens SOR-kode.", "Specify the requester's SOR code."),
    source=_SECTION,
)


def _each_has(clause: str, name: str, da: str, en: str) -> Constrained:
    rule = requirement(
        clause,
        Wording(
            f"Aftaleansvarlig og rekvirent skal hver have {da}.",
            f"The responsible organisation and the requester must each have {en}.",
        ),
        Wording(
            "Erratum 14 kræver det for alle forfattere i headeren. Et element, der er null, tæller "
            "med. Flere af MedComs egne eksempler mangler telecom hos aftaleansvarlig.",
            "Errata item 14 requires it for every author in the header. A null element counts. "
            "Several of MedCom's own examples lack the telecom of the responsible organisation.",
        ),
        Wording(
            f'Tilføj den, eller skriv <{name} nullFlavor="NI"/>, hvis den ikke kendes.',
            f'Add it, or write <{name} nullFlavor="NI"/> if it is not known.',
        ),
        source=errata(14),
    )
    return occurs(rule, least=1, most=None)


def _of(author: Path, field: str) -> Iterator[Element]:
    """What one author is made of, with the fields that it carries."""
    assigned = author / "assignedAuthor"
    yield row(author / "time", "TS", field=f"{field}.time")
    yield row(assigned / "addr", "AD", field=f"{field}.address")
    yield row(assigned / "telecom", "TEL", field=f"{field}.telecoms")
    yield row(assigned / "assignedPerson", None, field=f"{field}.person")
    yield row(assigned / "assignedPerson/name", "PN", field=f"{field}.person.name")
    organization = assigned / "representedOrganization"
    yield row(organization, None, field=f"{field}.organization")
    for name, part in _ORGANIZATION_PARTS:
        yield row(organization / name, part[0], field=f"{field}.organization.{part[1]}")


_ORGANIZATION_PARTS = (
    ("id", ("II", "id")),
    ("name", ("ON", "name")),
    ("telecom", ("TEL", "telecoms")),
    ("addr", ("AD", "address")),
)

ELEMENTS: tuple[Element, ...] = (
    row(
        AUTHOR,
        None,
        occurs(
            requirement(
                "61c6",
                Wording(
                    "Dokumentet skal have én aftaleansvarlig og højst én rekvirent: én eller to "
                    "author-elementer.",
                    "The document must have one responsible organisation and at most one "
                    "requester: one or two authors.",
                ),
                Wording(
                    "Den første author er den aftaleansvarlige, den anden rekvirenten.",
                    "The first author is the responsible organisation, the second is the "
                    "requester.",
                ),
                Wording("Fjern de øvrige author-elementer.", "Remove the other author elements."),
                source=errata(10),
            ),
            least=1,
            most=2,
        ),
        field="appointment.responsible",
        fixed=attributes("typeCode=AUT contextControlCode=OP"),
    ),
    row(
        AUTHOR / "time",
        "TS",
        has(TIME_OF_WRITING, {"value": OrAbsent(Formed(Lexical.FULL_TIME))}),
    ),
    row(ASSIGNED_AUTHOR, None, fixed=_ASSIGNED),
    row(
        ASSIGNED_AUTHOR / "code",
        "CE",
        at_most_one(
            "",
            Wording("assignedAuthor", "assignedAuthor"),
            Wording("En author har én rolle.", "An author has one role."),
            name="APD-AUTHOR-CODE-1",
            source=OFFICIAL,
        ),
    ),
    row(
        ASSIGNED_AUTHOR / "addr",
        "AD",
        _each_has("8cd7", "addr", "en adresse (addr)", "an address (addr)"),
    ),
    row(
        ASSIGNED_AUTHOR / "telecom",
        "TEL",
        _each_has("c79d", "telecom", "en telekommunikationsadresse (telecom)", "a telecom"),
    ),
    row(ASSIGNED_AUTHOR / "assignedPerson", None, fixed=PERSON),
    row(ASSIGNED_AUTHOR / "representedOrganization", None, fixed=ORGANIZATION),
    row(
        RESPONSIBLE,
        None,
        such(
            requirement(
                "4b90 9199",
                Wording(
                    f"Aftaleansvarlig skal have en SOR-kode ({Oid.SOR}) eller et ydernummer "
                    f"({Oid.PROVIDER}).",
                    f"The responsible organisation must have a SOR code ({Oid.SOR}) or a provider "
                    f"number "
                    f"({Oid.PROVIDER}).",
                ),
                Wording(
                    "Nummeret identificerer den organisation, der har oprettet aftalen.",
                    "The number identifies the organisation that created the appointment.",
                ),
                Wording(
                    "Angiv nummeret med root og extension.",
                    "Specify the number with root and extension.",
                ),
                source=f"{_SECTION}; {errata(14)}",
            ),
            "assignedAuthor/id",
            {"root": In((Oid.SOR.value, Oid.PROVIDER.value)), "extension": NOT_BLANK},
            most=None,
        ),
        field="appointment.responsible",
    ),
    row(RESPONSIBLE / "assignedAuthor/id", "II", field="appointment.responsible.id"),
    row(
        RESPONSIBLE / "assignedAuthor/code",
        "CE",
        *(has(_FIRST_IS_RESPONSIBLE, {"code": OrAbsent(IsNot(one))}) for one in REQUESTER_CODES),
        field="appointment.responsible",
    ),
    *_of(RESPONSIBLE, "appointment.responsible"),
    row(
        REQUESTER,
        None,
        not_null(_SECOND_IS_REQUESTER),
        such(
            _SECOND_IS_REQUESTER,
            "assignedAuthor/code",
            {"code": Is(REFERRED_BY)},
            alone=True,
        ),
        such(
            _REQUESTER_HAS_SOR_CODE,
            "assignedAuthor/id",
            {"root": Is(Oid.SOR), "extension": NOT_BLANK},
            alone=True,
        ),
        field="appointment.requester",
    ),
    row(
        REQUESTER / "assignedAuthor",
        None,
        occurs(_SECOND_IS_REQUESTER),
        field="appointment.requester",
    ),
    row(REQUESTER / "assignedAuthor/id", "II", field="appointment.requester.id"),
    *_of(REQUESTER, "appointment.requester"),
)
