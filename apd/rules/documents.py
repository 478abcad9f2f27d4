"""Rules over a set of documents: ids that are used twice, series that fall apart, overlaps.

Of each document only digests of a few values are kept, so that a set may be as long as it likes
and nothing personal stays in memory. Source: Aftaleoversigten, repeating appointments R1 to R7;
:mod:`apd.standard.business_rules` tells which edition asks what.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from attrs import frozen

from apd.cda.conditions import read_reason
from apd.cda.location import read_location
from apd.cda.times import time_value
from apd.finding import Finding, Layer, Severity
from apd.model.appointment import reason_key
from apd.model.location import place_key
from apd.rules.applied import Applied
from apd.rules.view import DocumentView, Node, below
from apd.standard import paths
from apd.standard.business_rule import Edition
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
        reason: what tells the reason from another: :func:`apd.model.appointment.reason_key`.
        location: what tells the place from another: :func:`apd.model.location.place_key`.
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
    reasons = [reason_key(read_reason(encounter.element)) for encounter in encounters]
    places = [place_key(read_location(encounter.element)) for encounter in encounters]
    return DocumentKeys(
        document_id=_id(view.document.first("id")),
        appointment_id=_id(_first(below(encounters, "id"))),
        patient=_id(_first(_patients(view))),
        repetition_id=_id(_first(view.at(paths.REPETITION / "criterion/value"))),
        reason=_digest_of(reasons),
        location=_digest_of(places),
        replaces=tuple(_replaced(view)),
        is_active=any(status.get("code") == "active" for status in below(encounters, "statusCode")),
        begins=_seconds(_first(view.at(paths.BODY_INTERVAL / "low"))),
        ends=_seconds(_first(view.at(paths.BODY_INTERVAL / "high"))),
    )


def _digest(*values: str) -> bytes:
    text = "\0".join(values)
    return hashlib.blake2b(text.encode(errors="replace"), digest_size=_DIGEST_SIZE).digest()


def _digest_of(keys: list[tuple[str, ...]]) -> bytes | None:
    """The digest of a key that may not be there, or says that nothing is told."""
    return _digest(*keys[0]) if keys and keys[0] else None


def _first(nodes: list[Node]) -> Node | None:
    return nodes[0] if nodes else None


def _id(node: Node | None) -> bytes | None:
    if node is None or not node.get("root"):
        return None
    return _digest((node.get("root") or "").lower(), (node.get("extension") or "").lower())


def _patients(view: DocumentView) -> list[Node]:
    return [node for node in view.at(paths.PATIENT_ROLE / "id") if node.get("root") == Oid.CPR]


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
    in_1_0: Severity | None = None,
) -> Requirement:
    return Requirement(
        id=id,
        layer=Layer.BUSINESS,
        severity=severity,
        source=source_of(id, *further),
        wording=wording,
        explanation=explanation,
        mend=mend,
        severity_by_edition=() if in_1_0 is None else ((Edition.V1_0, in_1_0),),
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
            "Et repetitions-id er unikt for sin serie (R3), og en serie er én patients. Til og med "
            "1.0.12 stod der, at et repetitions-id altid er knyttet til én borger (R4); i 2.0 er "
            "sætningen udgået, derfor en advarsel.",
            "A repetition id is unique for its series (R3), and a series is one patient's. Up to "
            "1.0.12 it was said that a repetition id is always that of one patient (R4); 2.0 "
            "struck the sentence, hence a warning.",
        ),
        Wording("Giv hver patients serie sit eget id.", "Give each patient's series its own id."),
        Severity.WARNING,
        in_1_0=Severity.ERROR,
    ),
    _over_set(
        "SET-SERIES-LOCATION",
        Wording(
            "Aftaler i en serie har et andet mødested end de øvrige.",
            "Appointments of a series have another location than the others.",
        ),
        Wording(
            "Det er tilladt. Til og med 1.0.12 skulle en aftale, der skifter mødested, ikke "
            "længere være repeterende (R6); i 2.0 er sætningen udgået.",
            "This is allowed. Up to 1.0.12 an appointment that changes its location was to be "
            "repeating no longer (R6); 2.0 struck the sentence.",
        ),
        Wording(
            "Se efter, om mødestedet er rigtigt. Skal 1.0 overholdes, så fjern betingelsen om "
            "repetition fra dem.",
            "See whether the location is right. To keep to 1.0, remove the precondition of "
            "repetition from them.",
        ),
        Severity.INFORMATION,
        in_1_0=Severity.ERROR,
    ),
    _over_set(
        "SET-SERIES-REASON",
        Wording(
            "Aftaler i en serie har en anden årsag end de øvrige.",
            "Appointments of a series have another reason than the others.",
        ),
        Wording(
            "Det er tilladt. Til og med 1.0.12 skulle repetitionen afsluttes for en aftale, der "
            "skifter årsag (R7); i 2.0 er sætningen udgået.",
            "This is allowed. Up to 1.0.12 the repetition was to end for an appointment that "
            "changes its reason (R7); 2.0 struck the sentence.",
        ),
        Wording(
            "Se efter, om årsagen er rigtig. Skal 1.0 overholdes, så fjern betingelsen om "
            "repetition fra dem, eller giv dem et nyt repetitions-id.",
            "See whether the reason is right. To keep to 1.0, remove the precondition of "
            "repetition from them, or give them a new repetition id.",
        ),
        Severity.INFORMATION,
        in_1_0=Severity.ERROR,
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
