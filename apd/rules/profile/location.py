"""The location (sted). Source: APD-DK 2.0.1, encounter, section 5.3.2; official Schematron."""

from apd.rules.index import Index, Node, below
from apd.rules.profile.shapes import (
    OFFICIAL,
    PROFILE,
    dated_template,
    each,
    fixed,
    one,
    part,
)
from apd.rules.registry import Rule
from apd.standard.codes import Oid
from apd.standard.templates import LOCATION_TEMPLATE, TEMPLATE_DATE
from apd.wording import Wording

_SOURCE = f"{PROFILE}, encounter, location"
_ROLE = Wording("Mødestedet (participantRole)", "The location (participantRole)")
_IN_SOR = Wording("Et mødested i SOR (LOC)", "A location in SOR (LOC)")
_TYPES = frozenset(("LOC", "DST", "SBJ"))
_NULL = Wording(
    "Er den ikke kendt, står den som null; det tæller som givet.",
    "Where it is not known it stands as null, which counts as given.",
)


_roles = part("locations")


def _roles_in_sor(index: Index) -> list[Node]:
    return below(
        [node for node in index.participants if node.get("typeCode") == "LOC"], "participantRole"
    )


def _is_sor_code(id: Node) -> bool:
    return (
        id.get("root") == Oid.SOR
        and bool(id.get("extension"))
        and id.get("assigningAuthorityName") == "SOR"
    )


def _places(index: Index) -> list[Node]:
    return below(index.locations, "playingEntity")


RULES: tuple[Rule, ...] = (
    one(
        "4ec7",
        part("encounters"),
        "participant",
        Wording("Aftalen (encounter)", "The appointment (encounter)"),
        Wording("Mødestedet er, hvor patienten møder.", "It is where the patient meets."),
        source=_SOURCE,
    ),
    each(
        "889e 9b47 F98b",
        part("participants"),
        lambda node: node.get("typeCode") in _TYPES,
        Wording(
            "Mødestedets type skal være LOC (i SOR), DST (uden for SOR) eller SBJ (hos borgeren).",
            "The type of the location must be LOC (in SOR), DST (outside SOR) or SBJ (at home).",
        ),
        Wording(
            "De tre lokationstyper. Hvilken klausul der er hvilken type, siger kilderne ikke.",
            "The three types of location. The sources do not say which clause is which type.",
        ),
        Wording("Skriv typeCode som LOC, DST eller SBJ.", "Write typeCode as LOC, DST or SBJ."),
        source=_SOURCE,
    ),
    one(
        "44cd",
        part("participants"),
        "participantRole",
        Wording("Mødestedet (participant)", "The location (participant)"),
        Wording("Rollen rummer stedet.", "The role holds the place."),
        source=_SOURCE,
    ),
    fixed(
        "7dc2",
        _roles,
        "classCode",
        "SDLOC",
        Wording(
            "SDLOC er et sted, hvor der ydes sundhedshjælp. Det skal skrives.",
            "SDLOC is a place where care is given. It has to be written.",
        ),
        source=_SOURCE,
    ),
    dated_template(
        "cce6 7df6",
        _roles,
        LOCATION_TEMPLATE,
        TEMPLATE_DATE,
        _ROLE,
        Wording(
            "templateId siger, at det er mødestedet, og i hvilken udgave.",
            "The templateId says that this is the location, and its release.",
        ),
        source=_SOURCE,
    ),
    one(
        "3315",
        _roles_in_sor,
        "id",
        _IN_SOR,
        Wording("Stedet kendes på sin SOR-kode.", "The place is known by its SOR code."),
        source=f"{PROFILE}, section 5.3.2",
    ),
    each(
        "91ea 4862 062f",
        lambda index: below(index.locations, "id"),
        _is_sor_code,
        Wording(
            f"Mødestedets id skal være en SOR-kode: root {Oid.SOR}, en extension og "
            "assigningAuthorityName SOR.",
            f"The id of the location must be a SOR code: root {Oid.SOR}, an extension, and "
            "assigningAuthorityName SOR.",
        ),
        Wording(
            "Det gælder alle typer af mødesteder. Et ydernummer kan ikke bruges her, selv om et af "
            "MedComs eksempler gør det.",
            "This holds for every type of location. A provider number will not do here, although "
            "one of MedCom's examples has it.",
        ),
        Wording("Angiv stedets SOR-kode.", "Give the SOR code of the place."),
        source=_SOURCE,
    ),
    one("ff1c", _roles_in_sor, "addr", _IN_SOR, _NULL, source=f"{PROFILE}, section 5.3.2"),
    one("c7e3", _roles_in_sor, "telecom", _IN_SOR, _NULL, source=f"{PROFILE}, section 5.3.2"),
    one(
        "d9a4",
        _roles,
        "playingEntity",
        _ROLE,
        Wording("Det er stedet selv, med sit navn.", "It is the place itself, with its name."),
        source=_SOURCE,
    ),
    one(
        "87c3",
        _places,
        "name",
        Wording("Stedet (playingEntity)", "The place (playingEntity)"),
        Wording(
            "Navnet på stedet, afdelingen eller rummet, eller en vejvisning.",
            "The name of the place, the department or the room, or directions to it.",
        ),
        source=_SOURCE,
    ),
    each(
        "",
        _places,
        lambda node: node.get("classCode") in (None, "PLC"),
        Wording("Stedets classCode skal være PLC.", "The classCode of the place must be PLC."),
        Wording("PLC er et sted. Det kan udelades.", "PLC is a place. It may be left out."),
        Wording('Skriv classCode="PLC".', 'Write classCode="PLC".'),
        name="APD-LOCATION-1",
        source=OFFICIAL,
    ),
)
