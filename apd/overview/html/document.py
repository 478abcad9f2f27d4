"""A single document as a page, valid or not: its data beside its readable text, and findings."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markupsafe import Markup

from apd.api import dumps, loads
from apd.cda.narrative import cells, write_narrative
from apd.errors import ParseError
from apd.findings import Finding, Severity
from apd.model.document import AppointmentDocument, Difference, Unmapped
from apd.overview.html.cards import Row, shown_findings
from apd.overview.html.narrative import html_of, narratives
from apd.overview.html.rendering import render
from apd.privacy.masking import show
from apd.reports.excerpt import excerpts
from apd.text.appointment import Detail, lines_of
from apd.validation import validate
from apd.wording import Hide, Language


class Piece(NamedTuple):
    """Content outside the model: its path, how it differs, and the XML there and expected."""

    path: str
    difference: str
    xml: str | None
    expected: str | None


class _Opened(NamedTuple):
    """The XML of a source, and its document, or the findings that say why there is none."""

    data: bytes | str
    document: AppointmentDocument | None
    findings: tuple[Finding, ...] = ()


def document_page(
    source: bytes | str | AppointmentDocument,
    *,
    name: str | None = None,
    language: Language = "da",
    findings: Iterable[Finding] | None = None,
    hide: Hide | None = None,
) -> str:
    """One self-contained page that shows a document, valid or not, beside its readable text.

    Args:
        source: the XML, valid or not, or a document, which is written first.
        name: its name on the page, such as the name of its file.
        language: ``"da"`` or ``"en"``.
        findings: its findings; None to validate it.
        hide: is applied to every text, for example to mask CPR numbers. The XML of content outside
            the model is then left out, as it may contain anything. None shows everything.

    Returns:
        HTML, to be written as UTF-8.
    """
    opened = _open(source)
    pieces = opened.document.unmapped if opened.document else ()
    document = opened.document
    if findings is None:
        findings = validate(opened.data).findings
    findings = tuple(findings)
    known = {(one.rule, one.wording) for one in findings}
    unknown = (one for one in opened.findings if (one.rule, one.wording) not in known)
    found = tuple(dict.fromkeys((*unknown, *findings)))
    return render(
        "document.html",
        language,
        hide,
        name=name,
        document=document,
        rows=tuple(_rows(document, language, hide)) if document else (),
        narratives=narratives(
            opened.data, hide or show, document.appointment if document else None, language
        ),
        expected=_expected(document, pieces, hide or show) if document else None,
        findings=shown_findings(found, language, excerpts(opened.data, found)),
        are_pieces_masked=hide is not None,
        errors=sum(finding.severity is Severity.ERROR for finding in found),
        pieces=tuple(_pieces(pieces, language, hide)),
    )


def _open(source: bytes | str | AppointmentDocument) -> _Opened:
    if isinstance(source, AppointmentDocument):
        return _Opened(dumps(source, check=False), source)
    try:
        return _Opened(source, loads(source))
    except ParseError as error:
        return _Opened(source, None, error.findings)


# --- the data --------------------------------------------------------------------------------


def _rows(document: AppointmentDocument, language: Language, hide: Hide | None) -> Iterator[Row]:
    """All data of a document in the model."""
    for line in lines_of(document, language, detail=Detail.FULL, hide=hide):
        yield Row(line.label, line.parts)


# --- the readable text, and the rest ---------------------------------------------------------


def _expected(
    document: AppointmentDocument, pieces: Iterable[Unmapped], hide: Hide
) -> Markup | None:
    """The readable text made from the data; None if the document has the same text."""
    if all(piece.difference is not Difference.NARRATIVE for piece in pieces):
        return None
    return html_of(write_narrative(cells(document.appointment)), hide)


def _pieces(pieces: Iterable[Unmapped], language: Language, hide: Hide | None) -> Iterator[Piece]:
    for piece in pieces:
        is_shown = hide is None and piece.difference is not Difference.NARRATIVE
        yield Piece(
            piece.path,
            piece.difference.display(language),
            piece.xml if is_shown else None,
            piece.expected if is_shown else None,
        )
