"""Rules over a set of documents: ids that are used twice, series that fall apart, overlaps.

Of each document only digests of a few values are kept, so that a set may be as long as it likes
and nothing personal stays in memory. Source: Aftaleoversigten, repeating appointments R2 to R7.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from attrs import frozen

from apd.cda.times import time_value
from apd.finding import Finding, Layer, Severity
from apd.rules.applied import Applied
from apd.rules.view import DocumentView, Node, below
from apd.standard import paths
from apd.standard.business_rules import source_of
from apd.standard.codes import Oid
from apd.standard.requirement import Requirement
from apd.wording import Language, Wording

_DIGEST_SIZE = 16


@frozen
class DocumentKeys:
    """What of a document the rules over a set need, as digests.

    Args:
        document_id: root and extension of the document's id.
        appointment_id: root and extension of the encounter's id.
        patient: the patient's CPR number.
        repetition_id: root and extension of the series.
        reason: the reason's words and code.
        location: the location's id, name and address.
        replaces: ids of the documents that this one replaces.
        is_active: whether the appointment is active.
        begins: start of the appointment, in seconds since 1970, UTC.
        ends: its end, or None.
    """

    document_id: bytes | None = None
    appointment_id: bytes | None = None
    patient: bytes | None = None
    repetition_id: bytes | None = None
    reason: bytes | None = None
    location: bytes | None = None
    replaces: tuple[bytes, ...] = ()
    is_active: bool = False
    begins: int | None = None
    ends: int | None = None


@frozen
class SetFinding:
    """Something that is wrong with several documents together.

    Args:
        finding: what is wrong; its path is empty.
        documents: the places of the documents in the set, from 0 on.
    """

    finding: Finding
    documents: tuple[int, ...]


# --- what is kept of a document --------------------------------------------------------------


def keys_of(view: DocumentView) -> DocumentKeys:
    """What of a document the rules over a set need."""
    encounters = view.at(paths.ENCOUNTER)[:1]
    return DocumentKeys(
        document_id=_id(view.document.first("id")),
        appointment_id=_id(_first(below(encounters, "id"))),
        patient=_id(_first(_patients(view))),
        repetition_id=_id(_first(view.at(paths.REPETITION / "criterion/value"))),
        reason=_reason(view),
        location=_location(view),
        replaces=tuple(_replaced(view)),
        is_active=any(status.get("code") == "active" for status in below(encounters, "statusCode")),
        begins=_seconds(_first(view.at(paths.BODY_INTERVAL / "low"))),
        ends=_seconds(_first(view.at(paths.BODY_INTERVAL / "high"))),
    )


def _digest(*values: str) -> bytes:
    text = "\0".join(values)
    return hashlib.blake2b(text.encode(errors="replace"), digest_size=_DIGEST_SIZE).digest()


def _first(nodes: list[Node]) -> Node | None:
    return nodes[0] if nodes else None


def _id(node: Node | None) -> bytes | None:
    if node is None or not node.get("root"):
        return None
    return _digest((node.get("root") or "").lower(), (node.get("extension") or "").lower())


def _patients(view: DocumentView) -> list[Node]:
    return [node for node in view.at(paths.PATIENT_ROLE / "id") if node.get("root") == Oid.CPR]


def _words(text: str | None) -> str:
    return " ".join((text or "").split()).casefold()


def _reason(view: DocumentView) -> bytes | None:
    code = _first(view.at(paths.REASON_CODE))
    if code is None:
        return None
    return _digest(_words(code.get("displayName")), code.get("code") or "")


def _location(view: DocumentView) -> bytes | None:
    role = _first(view.at(paths.LOCATION))
    if role is None:
        return None
    ids = [f"{id.get('root')}/{id.get('extension')}" for id in role.all("id")]
    names = [_words(name.text) for name in below([role], "playingEntity", "name")]
    parts = [
        f"{name}={_words(text)}"
        for address in role.all("addr")
        for name, text, _, _ in address.parts
    ]
    return _digest(*sorted(ids), *names, *sorted(parts))


def _replaced(view: DocumentView) -> Iterator[bytes]:
    for related in view.document.all("relatedDocument"):
        if related.get("typeCode") == "RPLC":
            for node in below([related], "parentDocument", "id"):
                replaced = _id(node)
                if replaced is not None:
                    yield replaced


def _seconds(node: Node | None) -> int | None:
    found = time_value((node.get("value") if node is not None else None) or "")
    if found is None:
        return None
    at = found.utc
    return at.toordinal() * 24 * 60 * 60 + at.hour * 60 * 60 + at.minute * 60 + at.second


# --- what the documents say together ---------------------------------------------------------


def findings_over(
    keys: Iterable[DocumentKeys | None], rules: Applied, language: Language
) -> list[SetFinding]:
    """What is wrong with a set of documents, by rule and then by the first document.

    Args:
        keys: of each document in the order of the set, None for one that could not be read.
        rules: the rules that apply, by id.
        language: the language of the messages.
    """
    all_of_them = [(number, one) for number, one in enumerate(keys) if one is not None]
    replaced = {id for _, one in all_of_them for id in one.replaces}
    active = [
        (number, one)
        for number, one in all_of_them
        if one.is_active and (one.document_id is None or one.document_id not in replaced)
    ]
    groups = {
        "SET-DOCUMENT-ID": _sharing(all_of_them, "document_id"),
        "SET-APPOINTMENT-ID": _sharing(active, "appointment_id", but_for="document_id"),
        "SET-SERIES-PATIENT": _differing(all_of_them, "patient"),
        "SET-SERIES-LOCATION": _differing(active, "location"),
        "SET-SERIES-REASON": _differing(active, "reason"),
        "SET-OVERLAP": _overlapping(active),
    }
    found = []
    for id, documents in groups.items():
        if id in rules:
            finding = rules[id].finding(language)
            found += [SetFinding(finding, numbers) for numbers in sorted(documents)]
    return found


Numbered = list[tuple[int, DocumentKeys]]


def _by(documents: Numbered, name: str) -> dict[bytes, Numbered]:
    groups: dict[bytes, Numbered] = {}
    for number, one in documents:
        key = getattr(one, name)
        if key is not None:
            groups.setdefault(key, []).append((number, one))
    return groups


def _sharing(
    documents: Numbered, name: str, but_for: str | None = None
) -> Iterator[tuple[int, ...]]:
    """The documents that have the same of something, unless they are the same in another."""
    for group in _by(documents, name).values():
        different = {getattr(one, but_for) for _, one in group} if but_for else group
        if len(group) > 1 and len(different) > 1:
            yield tuple(number for number, _ in group)


def _differing(documents: Numbered, name: str) -> Iterator[tuple[int, ...]]:
    """The documents of a series that differ from most of it."""
    for group in _by(documents, "repetition_id").values():
        values = Counter(getattr(one, name) for _, one in group)
        if len(values) > 1:
            usual = values.most_common(1)[0][0]
            yield tuple(number for number, one in group if getattr(one, name) != usual)


def _overlapping(documents: Numbered) -> Iterator[tuple[int, ...]]:
    """Pairs of appointments of one patient, one of which begins before the other ends."""
    for group in _by(documents, "patient").values():
        known = [
            (one.begins, one.ends, number, one.appointment_id)
            for number, one in group
            if one.begins is not None and one.ends is not None
        ]
        latest: tuple[int, int, bytes | None] | None = None
        for begins, ends, number, appointment in sorted(known, key=lambda one: one[:3]):
            is_other = latest is None or appointment is None or appointment != latest[2]
            if latest is not None and begins < latest[0] and is_other:
                yield min(latest[1], number), max(latest[1], number)
            if latest is None or ends > latest[0]:
                latest = ends, number, appointment


def _over_set(
    id: str,
    wording: Wording,
    explanation: Wording,
    mend: Wording,
    severity: Severity,
    *further: str,
) -> Requirement:
    return Requirement(
        id=id,
        layer=Layer.BUSINESS,
        severity=severity,
        source=source_of(id, *further),
        wording=wording,
        explanation=explanation,
        mend=mend,
    )


RULES: tuple[Requirement, ...] = (
    _over_set(
        "SET-DOCUMENT-ID",
        Wording(
            "Flere dokumenter har det samme dokument-id.",
            "Several documents have the same document id.",
        ),
        Wording(
            "Et dokument-id er entydigt; hver udgave af et dokument får sit eget.",
            "A document id is unique; every version of a document gets one of its own.",
        ),
        Wording("Giv hvert dokument sit eget id.", "Give every document an id of its own."),
        Severity.ERROR,
        "HL7 CDA R2, ClinicalDocument.id",
    ),
    _over_set(
        "SET-APPOINTMENT-ID",
        Wording(
            "Flere aktive dokumenter har det samme aftale-id.",
            "Several active documents have the same appointment id.",
        ),
        Wording(
            "Der gælder ét dokument om en aftale. Står der flere, er et af dem blevet glemt, da "
            "aftalen blev ændret, eller id'et er brugt igen. Registrets status kan ikke ses her, "
            "derfor en advarsel.",
            "One document stands for an appointment. Where there are more, one was forgotten when "
            "the appointment changed, or the id was used again. The registry's status is not seen "
            "here, hence a warning.",
        ),
        Wording(
            "Sæt det gamle dokument til deprecated, eller giv aftalen sit eget id.",
            "Make the old document deprecated, or give the appointment an id of its own.",
        ),
        Severity.WARNING,
    ),
    _over_set(
        "SET-SERIES-PATIENT",
        Wording(
            "Aftaler med det samme repetitions-id tilhører flere patienter.",
            "Appointments with the same repetition id are those of several patients.",
        ),
        Wording(
            "Et repetitions-id er altid knyttet til én borger (R4).",
            "A repetition id is always that of one patient (R4).",
        ),
        Wording("Giv hver patients serie sit eget id.", "Give each patient's series its own id."),
        Severity.ERROR,
    ),
    _over_set(
        "SET-SERIES-LOCATION",
        Wording(
            "Aftaler i en serie har et andet mødested end de øvrige.",
            "Appointments of a series have another location than the others.",
        ),
        Wording(
            "En aftale, der skifter mødested, skal ikke længere være repeterende (R6).",
            "An appointment that changes its location shall no longer be repeating (R6).",
        ),
        Wording(
            "Fjern betingelsen om repetition fra dem.",
            "Remove the precondition of repetition from them.",
        ),
        Severity.ERROR,
    ),
    _over_set(
        "SET-SERIES-REASON",
        Wording(
            "Aftaler i en serie har en anden årsag end de øvrige.",
            "Appointments of a series have another reason than the others.",
        ),
        Wording(
            "Skifter en aftale årsag, skal repetitionen afsluttes for den (R7).",
            "Where an appointment changes its reason, the repetition shall end for it (R7).",
        ),
        Wording(
            "Fjern betingelsen om repetition fra dem, eller giv dem et nyt repetitions-id.",
            "Remove the precondition of repetition from them, or give them a new repetition id.",
        ),
        Severity.ERROR,
    ),
    _over_set(
        "SET-OVERLAP",
        Wording(
            "To af en patients aftaler overlapper i tid.",
            "Two appointments of a patient overlap in time.",
        ),
        Wording(
            "Det er tilladt, også i en serie, men patienten kan kun være ét sted.",
            "This is allowed, in a series as well, but the patient can be in one place only.",
        ),
        Wording("Se, om en af dem skal flyttes.", "See whether one of them should be moved."),
        Severity.INFORMATION,
    ),
)
