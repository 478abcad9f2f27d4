"""The clauses on the header's times, confidentiality and language.

Source: APD-DK 2.0.1, header; CONF-DK:33 to 40 (MedCom's CDA header); official Schematron.
"""

from apd.finding import Severity
from apd.rules.forms import full_time
from apd.rules.index import Index, Node, below
from apd.rules.profile.shapes import (
    EXAMPLES,
    INFERRED,
    OFFICIAL,
    PROFILE,
    at_most_one,
    both,
    each,
    from_document,
    in_document,
    one,
    rule,
)
from apd.rules.registry import Rule
from apd.standard.codes import Confidentiality, Oid
from apd.wording import Wording

_THE_DOCUMENT = Wording("Dokumentet", "The document")
_CONFIDENTIALITIES = frozenset(Confidentiality)
_HEADER = f"{PROFILE}, header"


def _is_confidentiality(node: Node) -> bool:
    is_known = (
        node.get("code") in _CONFIDENTIALITIES and node.get("codeSystem") == Oid.CONFIDENTIALITY
    )
    return is_known or node.is_null


def _times_of_writing(index: Index) -> list[Node]:
    return [*index.document.all("effectiveTime"), *below(index.authors, "time")]


def _times_of_appointment(index: Index) -> list[Node]:
    intervals = below([*index.time_events, *index.encounters], "effectiveTime")
    return [*below(intervals, "low"), *below(intervals, "high")]


def _is_full_time(node: Node) -> bool:
    value = node.get("value")
    return value is None or full_time(value) is not None


def _languages(index: Index) -> list[Node]:
    languages = index.document.all("languageCode")
    wrong = [node for node in languages if node.get("code") != "da-DK" and not node.is_null]
    return wrong if languages else [index.document]


RULES: tuple[Rule, ...] = (
    one(
        "1640 CONF-DK:35",
        in_document,
        "effectiveTime",
        _THE_DOCUMENT,
        Wording(
            "Det er tidspunktet, hvor denne udgave af dokumentet blev lavet.",
            "It is the time at which this version of the document was made.",
        ),
        source=_HEADER,
    ),
    each(
        "CONF-DK:33",
        _times_of_writing,
        _is_full_time,
        Wording(
            "Tidspunktet skal have dato, klokkeslæt i sekunder og tidszone: ÅÅÅÅMMDDttmmss+ttmm.",
            "The time must have date, clock time in seconds and zone: YYYYMMDDhhmmss+hhmm.",
        ),
        both(
            Wording(
                "Kun sådan er det entydigt, hvornår der er skrevet.",
                "Only so is it certain when something was written.",
            ),
            INFERRED,
        ),
        Wording(
            "Skriv 14 cifre og den tidszone, der gjaldt i Danmark den dag.",
            "Write 14 digits and the offset that Denmark had on that day.",
        ),
        source=EXAMPLES,
        severity=Severity.WARNING,
    ),
    each(
        "CONF-DK:33",
        _times_of_appointment,
        _is_full_time,
        Wording(
            "Aftalens tidspunkt skal have dato, klokkeslæt i sekunder og tidszone: "
            "ÅÅÅÅMMDDttmmss+ttmm.",
            "The time of the appointment must have date, clock time in seconds and zone: "
            "YYYYMMDDhhmmss+hhmm.",
        ),
        both(
            Wording(
                "Uden tidszone læses et tidspunkt forskelligt fra system til system.",
                "Without its zone a time is read differently by one system and another.",
            ),
            INFERRED,
        ),
        Wording(
            "Skriv 14 cifre og den tidszone, der gælder i Danmark den dag.",
            "Write 14 digits and the offset that Denmark has on that day.",
        ),
        name="CONF-DK:33-APPOINTMENT",
        source=EXAMPLES,
        severity=Severity.WARNING,
    ),
    each(
        "CONF-DK:36",
        from_document("confidentialityCode"),
        _is_confidentiality,
        Wording(
            f"Fortroligheden skal være N, R eller V fra {Oid.CONFIDENTIALITY}.",
            f"The confidentiality must be N, R or V of {Oid.CONFIDENTIALITY}.",
        ),
        Wording(
            "HL7's kodesæt for fortrolighed. Et aftaledokument har normalt N.",
            "HL7's value set of confidentiality. An appointment normally has N.",
        ),
        Wording(
            f'Skriv <confidentialityCode code="N" codeSystem="{Oid.CONFIDENTIALITY}"/>.',
            f'Write <confidentialityCode code="N" codeSystem="{Oid.CONFIDENTIALITY}"/>.',
        ),
        source=OFFICIAL,
    ),
    rule(
        "CONF-DK:37 CONF-DK:38 CONF-DK:39 CONF-DK:40",
        _languages,
        Wording("Sproget skal være da-DK.", "The language must be da-DK."),
        both(
            Wording(
                "Sproget siger, hvordan teksterne skal læses op og oversættes.",
                "The language tells how the texts are to be read out and translated.",
            ),
            INFERRED,
        ),
        Wording('Skriv <languageCode code="da-DK"/>.', 'Write <languageCode code="da-DK"/>.'),
        source=EXAMPLES,
        severity=Severity.WARNING,
    ),
    at_most_one(
        "",
        in_document,
        "setId",
        _THE_DOCUMENT,
        Wording(
            "setId er fælles for alle udgaver af et dokument.",
            "setId is shared by all versions of a document.",
        ),
        name="APD-SET-ID-1",
        source=OFFICIAL,
    ),
)
