"""The protocol as Markdown, as a self-contained page, and as data for JSON."""

import datetime
from collections.abc import Sequence
from typing import Any

from apd.model.time import danish_time
from apd.testing.certification.protocol import Evidence, Protocol, Row, Verdict
from apd.testing.pages import Section, page
from apd.text.times import moment
from apd.wording import Language, Wording, as_sentence

_WORDS = {
    "title": Wording(
        "Testprotokol: skrivning af aftaler til Aftaleoversigten",
        "Test protocol: publishing appointments to Aftaleoversigten",
    ),
    "system": Wording("System", "System"),
    "started": Wording("Påbegyndt", "Started"),
    "ended": Wording("Afsluttet", "Ended"),
    "tool": Wording("Værktøj", "Tool"),
    "time": Wording("Tid", "Time"),
    "simulated": Wording("simuleret ur", "simulated clock"),
    "real": Wording("maskinens ur", "clock of the machine"),
    "result": Wording("Resultat", "Result"),
    "about": Wording(
        "Kørt mod et testregister med opdigtede patienter. Det erstatter ikke testen "
        "på NSP. Kilden til test 1-4 er et uddrag; teksten til test 4 er ikke fuldstændig.",
        "Run against a test registry, with invented patients. It does not replace the test "
        "on NSP. The source of tests 1-4 is an excerpt; the text of test 4 is not complete.",
    ),
    "id": Wording("Test-id", "Test id"),
    "rule": Wording("Regel", "Rule"),
    "done": Wording("Udført", "What was done"),
    "expected": Wording("Forventet", "Expected"),
    "deviations": Wording("Afvigelser", "Deviations"),
    "comment": Wording("Kommentar", "Comment"),
    "evidence": Wording("Dokumentation", "Evidence"),
    "appointment": Wording("Aftale", "Appointment"),
    "document": Wording("Dokument-id", "Document id"),
    "saved": Wording("Gemt", "Saved"),
    "fetched": Wording("Hentet", "Fetched"),
    "status": Wording("Status", "Status"),
    "none": Wording("ingen", "none"),
}
_COLUMNS = ("id", "rule", "done", "expected", "result", "deviations")
_EVIDENCE = ("id", "appointment", "document", "status", "saved", "fetched")


def _word(key: str, language: Language) -> str:
    return _WORDS[key].in_language(language)


def _time(time: datetime.datetime, language: Language) -> str:
    return moment(danish_time(time, "time"), language)


def _to_the_second(time: datetime.datetime | None) -> str:
    """A time in Danish local time, short enough for a column."""
    return "–" if time is None else f"{danish_time(time, 'time'):%Y-%m-%d %H:%M:%S}"


def _facts(protocol: Protocol, language: Language) -> list[tuple[str, str]]:
    counted = ", ".join(
        f"{protocol.count(verdict)} {verdict.display(language)}" for verdict in Verdict
    )
    return [
        (_word("system", language), protocol.producer_name or "–"),
        (_word("result", language), counted),
        (_word("started", language), _time(protocol.started, language)),
        (_word("ended", language), _time(protocol.ended, language)),
        (
            _word("time", language),
            _word("simulated" if protocol.is_simulated else "real", language),
        ),
        (_word("tool", language), f"dk-apd {protocol.version}"),
    ]


def _cells(row: Row, language: Language) -> list[str]:
    stated = [as_sentence(one.in_language(language)) for one in row.deviations]
    if row.comment is not None:
        stated.append(row.comment.in_language(language))
    return [
        row.id,
        row.rule,
        row.done.in_language(language),
        row.expected.in_language(language),
        as_sentence(row.verdict.display(language)),
        "\n".join(stated) or as_sentence(_word("none", language)),
    ]


def _evidence_cells(protocol: Protocol, language: Language) -> list[list[str]]:
    return [[row.id, *_found_cells(one, language)] for row in protocol.rows for one in row.evidence]


def _found_cells(one: Evidence, language: Language) -> list[str]:
    return [
        one.about.in_language(language),
        one.document_id or "–",
        one.status or "–",
        _to_the_second(one.saved),
        _to_the_second(one.fetched),
    ]


# --- Markdown ------------------------------------------------------------------------------------


def markdown(protocol: Protocol, language: Language = "da") -> str:
    """The protocol in Markdown.

    Args:
        protocol: the protocol.
        language: ``"da"`` or ``"en"``.
    """
    parts = [f"# {_word('title', language)}", _word("about", language)]
    parts.append(
        "\n".join(f"- {name}: {_marked(stated)}" for name, stated in _facts(protocol, language))
    )
    rows = [_cells(row, language) for row in protocol.rows]
    parts.append(_markdown_table([_word(key, language) for key in _COLUMNS], rows))
    parts.append(f"## {_word('evidence', language)}")
    heads = [_word(key, language) for key in _EVIDENCE]
    parts.append(_markdown_table(heads, _evidence_cells(protocol, language)))
    return "\n\n".join(parts) + "\n"


def _markdown_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(map(_marked, cells))} |" for cells in lines)


def _marked(text: str) -> str:
    """The text, escaped for a cell of a table."""
    for letter in "\\|`*_<[":
        text = text.replace(letter, f"\\{letter}")
    return text.replace("\r", " ").replace("\n", "<br>")


# --- a page --------------------------------------------------------------------------------------


def html(protocol: Protocol, language: Language = "da") -> str:
    """The protocol as a self-contained HTML page, without scripts, in light and dark colours.

    Args:
        protocol: the protocol.
        language: ``"da"`` or ``"en"``.
    """
    rows = [_cells(row, language) for row in protocol.rows]
    marks = [["", "", "", "", str(row.verdict), ""] for row in protocol.rows]
    heads = [_word(key, language) for key in _EVIDENCE]
    return page(
        _word("title", language),
        _word("about", language),
        _facts(protocol, language),
        [
            Section("", [_word(key, language) for key in _COLUMNS], rows, marks),
            Section(_word("evidence", language), heads, _evidence_cells(protocol, language)),
        ],
        language,
    )


# --- data ----------------------------------------------------------------------------------------


def as_data(protocol: Protocol, language: Language = "da") -> dict[str, Any]:
    """The protocol as dicts, lists, strings, numbers and None, for :mod:`json`.

    Args:
        protocol: the protocol.
        language: the language of the texts.
    """
    return {
        "system": protocol.producer_name,
        "started": protocol.started.isoformat(),
        "ended": protocol.ended.isoformat(),
        "is_simulated": protocol.is_simulated,
        "version": protocol.version,
        "is_passed": protocol.is_passed,
        "tests": [
            {
                "id": row.id,
                "rule": row.rule,
                "done": row.done.in_language(language),
                "expected": row.expected.in_language(language),
                "result": row.verdict.value,
                "deviations": [one.in_language(language) for one in row.deviations],
                "comment": None if row.comment is None else row.comment.in_language(language),
                "evidence": [
                    {
                        "appointment": one.about.in_language(language),
                        "document_id": one.document_id,
                        "status": one.status,
                        "saved": one.saved.isoformat(),
                        "fetched": None if one.fetched is None else one.fetched.isoformat(),
                    }
                    for one in row.evidence
                ],
            }
            for row in protocol.rows
        ],
    }
