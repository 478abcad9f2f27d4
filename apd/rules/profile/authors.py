"""The authors of the header: the responsible, then the requester.

Source: APD-DK 2.0.1, section 2.1.2; errata of 2021-11-24, items 1, 10, 11 and 14.
"""

from apd.rules.index import Index, Node, below
from apd.rules.profile.shapes import OFFICIAL, PROFILE, at_most_one, errata, part, rule
from apd.rules.registry import Rule
from apd.standard.codes import Oid
from apd.wording import Wording

_SECTION = f"{PROFILE}, section 2.1.2"
_RESPONSIBLE_ROOTS = frozenset((Oid.SOR.value, Oid.PROVIDER.value))


def _one_or_two(index: Index) -> list[Node]:
    return index.authors[2:] if index.authors else [index.document]


def _responsible_has_id(index: Index) -> list[Node]:
    for author in index.authors[:1]:
        ids = below([author], "assignedAuthor", "id")
        if any(id.get("root") in _RESPONSIBLE_ROOTS and id.get("extension") for id in ids):
            return []
        return ids[:1] or [author]
    return []


def _second_is_requester(index: Index) -> list[Node]:
    found = []
    for author in index.authors[1:]:
        roles = author.all("assignedAuthor")
        codes = below(roles, "code")
        is_requester = (
            not author.is_null
            and len(roles) == 1
            and [code.get("code") for code in codes] == ["REFB"]
        )
        if not is_requester:
            found.append(codes[0] if codes and not author.is_null else author)
    return found


def _requester_has_sor_code(index: Index) -> list[Node]:
    found = []
    for author in index.authors[1:]:
        for role in author.all("assignedAuthor") or [author]:
            ids = role.all("id")
            if len(ids) != 1:
                found.append(ids[1] if ids else role)
            elif ids[0].get("root") != Oid.SOR or not ids[0].get("extension"):
                found.append(ids[0])
    return found


def _each_has(name: str) -> "Rule":
    clause, da, en = {
        "addr": ("8cd7", "en adresse (addr)", "an address (addr)"),
        "telecom": ("c79d", "en telekommunikationsadresse (telecom)", "a telecom"),
    }[name]

    def check(index: Index) -> list[Node]:
        return [role for role in index.assigned_authors if role.first(name) is None]

    return rule(
        clause,
        check,
        Wording(
            f"Aftaleansvarlig og rekvirent skal hver have {da}.",
            f"The responsible and the requester must each have {en}.",
        ),
        Wording(
            "Erratum 14 kræver det for alle forfattere i headeren. En, der er null, tæller som "
            "givet. Flere af MedComs egne eksempler mangler telecom hos aftaleansvarlig.",
            "Errata item 14 asks for it of every author in the header. One that is null counts as "
            "given. Several of MedCom's own examples lack the telecom of the responsible.",
        ),
        Wording(
            f'Tilføj den, eller skriv <{name} nullFlavor="NI"/>, hvis den ikke kendes.',
            f'Add it, or write <{name} nullFlavor="NI"/> where it is not known.',
        ),
        source=errata(14),
    )


RULES: tuple[Rule, ...] = (
    rule(
        "61c6",
        _one_or_two,
        Wording(
            "Dokumentet skal have én aftaleansvarlig og højst én rekvirent: én eller to author.",
            "The document must have one responsible and one requester at most: one or two authors.",
        ),
        Wording(
            "Den første author er den aftaleansvarlige, den anden rekvirenten.",
            "The first author is the responsible, the second one the requester.",
        ),
        Wording("Fjern de øvrige author.", "Remove the other authors."),
        source=errata(10),
    ),
    rule(
        "4b90 9199",
        _responsible_has_id,
        Wording(
            f"Aftaleansvarlig skal have en SOR-kode ({Oid.SOR}) eller et ydernummer "
            f"({Oid.PROVIDER}).",
            f"The responsible must have a SOR code ({Oid.SOR}) or a provider number "
            f"({Oid.PROVIDER}).",
        ),
        Wording(
            "Nummeret siger, hvilken organisation der har lavet aftalen.",
            "The number says which organisation made the appointment.",
        ),
        Wording(
            "Angiv nummeret med root og extension.", "Give the number with root and extension."
        ),
        source=f"{_SECTION}; {errata(14)}",
    ),
    rule(
        "40d4 47aa",
        _second_is_requester,
        Wording(
            "Den anden author skal være rekvirenten: et assignedAuthor med koden REFB, ikke null.",
            "The second author must be the requester: one assignedAuthor with the code REFB, and "
            "not null.",
        ),
        Wording(
            "Koden REFB (ParticipationReferredBy) kendetegner rekvirenten. Kendes rekvirenten "
            "ikke, udelades den anden author helt.",
            "The code REFB (ParticipationReferredBy) marks the requester. If the requester is not "
            "known, there is no second author at all.",
        ),
        Wording(
            f'Skriv <code code="REFB" codeSystem="{Oid.PARTICIPATION_TYPE}"/>, eller fjern '
            "den anden author.",
            f'Write <code code="REFB" codeSystem="{Oid.PARTICIPATION_TYPE}"/>, or remove the '
            "second author.",
        ),
        source=errata(1, 11),
    ),
    rule(
        "7616",
        _requester_has_sor_code,
        Wording(
            f"Rekvirenten skal have præcis ét id, og det skal være en SOR-kode ({Oid.SOR}).",
            f"The requester must have exactly one id, and it must be a SOR code ({Oid.SOR}).",
        ),
        Wording(
            "Et ydernummer kan bruges for aftaleansvarlig, men ikke for rekvirenten.",
            "A provider number will do for the responsible, but not for the requester.",
        ),
        Wording("Angiv rekvirentens SOR-kode.", "Give the requester's SOR code."),
        source=_SECTION,
    ),
    _each_has("addr"),
    _each_has("telecom"),
    at_most_one(
        "",
        part("assigned_authors"),
        "code",
        Wording("assignedAuthor", "assignedAuthor"),
        Wording(
            "En author har én rolle.",
            "An author has one role.",
        ),
        name="APD-AUTHOR-CODE-1",
        source=OFFICIAL,
    ),
)
