"""The problems when documents are fetched, with remedies, in both languages.

Source: IHE ITI TF-2, ITI-18 and ITI-43; for the error codes :mod:`apd.xds.ebxml.error_codes`.
"""

from attrs import field, frozen

from apd.findings import Finding, Severity
from apd.model.validators import masked
from apd.overview.selection import as_findings
from apd.privacy.masking import hide_numbers
from apd.wording import Language, WordedStrEnum, Wording
from apd.xds import Transaction
from apd.xds.ebxml.error_codes import error_code


class FetchProblemKind(WordedStrEnum):
    """The kind of a problem, with its description and remedy."""

    NO_ANSWER = (
        "no-answer",
        Wording(
            "Der kom intet svar. Prøv igen senere, med voksende pauser.",
            "There was no answer. Try again later, with increasing pauses.",
        ),
    )
    NOT_UNDERSTOOD = (
        "not-understood",
        Wording(
            "Svaret er ikke et svar på beskeden. Kontrollér adressen; en gateway kan have svaret.",
            "The reply is not an answer to the message. Check the address; a gateway may have "
            "answered.",
        ),
    )
    FAULT = (
        "fault",
        Wording(
            "Modtageren afviste beskeden med en SOAP-fejl. Kontrollér headerne og adgangen.",
            "The receiver refused the message with a SOAP fault. Check the headers and the access.",
        ),
    )
    ERROR = (
        "error",
        Wording(
            "Fejlkoden er ikke en af IHE's. Se modtagerens beskrivelse (codeContext).",
            "The error code is not one of IHE's. See the receiver's description (codeContext).",
        ),
    )
    """The registry or repository returned an error or a warning; see :attr:`FetchProblem.code`."""
    PARTIAL = (
        "partial",
        Wording(
            "Kun en del af svaret kom. Vis det som ufuldstændigt, og hent igen senere.",
            "Only a part of the answer came. Show it as incomplete, and fetch again later.",
        ),
    )
    NO_PLACE = (
        "no-place",
        Wording(
            "Registrets post (entry) siger ikke dokumentets id og repository, så det kan ikke "
            "hentes. Kontakt driften af registret.",
            "The registry's entry does not state the id and the repository of the document, so "
            "it cannot be fetched. Contact the operators of the registry.",
        ),
    )
    NOT_RETRIEVED = (
        "not-retrieved",
        Wording(
            "Dokumentet blev ikke udleveret. Hent listen over dokumenter igen.",
            "The document was not delivered. Fetch the list of documents again.",
        ),
    )
    OTHER_PATIENT = (
        "other-patient",
        Wording(
            "Registret svarede med en anden patients dokument, som er udeladt. Kontakt driften af "
            "registret.",
            "The registry answered with a document of another patient, which is left out. Contact "
            "the operators of the registry.",
        ),
    )
    OTHER_DOCUMENT = (
        "other-document",
        Wording(
            "Det hentede er ikke det dokument, som registret beskriver, og er udeladt. Kontakt "
            "driften af repositoryet.",
            "The fetched document is not the one that the registry describes, and is left out. "
            "Contact the operators of the repository.",
        ),
    )


def _hidden(text: str | None) -> str:
    return "None" if text is None else repr(hide_numbers(text))


@frozen(kw_only=True)
class FetchProblem:
    """A problem, without content of documents.

    Args:
        kind: its kind.
        transaction: the transaction.
        severity: an error, due to which documents may be missing, or a warning.
        code: the error code, or the code of a SOAP fault; empty if there is none.
        context: the message of the receiver (codeContext), which may name the patient. Empty if
            the answer was filtered by consent.
        document_id: the unique id of the document, as in the registry; None if the problem is not
            about one document.
        findings: the differences of a document from its entry.
    """

    kind: FetchProblemKind
    transaction: Transaction
    severity: Severity = Severity.ERROR
    code: str = field(default="", repr=_hidden)
    context: str = field(default="", repr=masked)
    document_id: str | None = field(default=None, repr=_hidden)
    findings: tuple[Finding, ...] = field(default=(), converter=as_findings)

    @property
    def is_temporary(self) -> bool:
        """Whether a later attempt may succeed."""
        known = error_code(self.code)
        if self.kind is FetchProblemKind.ERROR:
            return known is not None and known.is_temporary
        return self.kind in (FetchProblemKind.NO_ANSWER, FetchProblemKind.PARTIAL)

    def message(self, language: Language = "da") -> str:
        """The problem and its remedy, in one language; safe for a log."""
        known = error_code(self.code) if self.kind is FetchProblemKind.ERROR else None
        words = [self.kind.display(language)]
        if known is not None:
            words = [known.meaning.in_language(language), known.advice.in_language(language)]
        words += [one.wording.in_language(language) for one in self.findings]
        about = [self.transaction.number, self.code, self.document_id or ""]
        return hide_numbers(f"{' '.join(filter(None, about))}: {' '.join(words)}")
