"""The report for people."""

from apd.reports.checked import Checked, Context
from apd.reports.excerpt import Excerpt
from apd.reports.plain_text import text
from tests.reports.making import DOCUMENTS, UNKNOWN, context, finding


def lines(documents: tuple[Checked, ...], about: Context) -> list[str]:
    """A report without its styles."""
    return ["".join(piece for piece, _ in line).rstrip() for line in text(documents, about)]


def test_a_finding() -> None:
    checked = Checked("a.xml", (finding(),), (Excerpt(7, "  <author>", 2, 7),))
    assert lines((checked,), context(language="da")) == [
        "a.xml:7: fejl: Skal være <her> & nu. [T-1]",
        "     7 |   <author>",
        "       |   ^^^^^^^",
        "  sted      /ClinicalDocument/author[2]",
        "  rettelse  Gør det.",
        "  kilde     Side 7",
        "",
    ]


def test_what_is_not_known_is_left_out() -> None:
    reported = lines(
        (Checked("a.xml", (finding("NO", path="", line=None, source=""),)),), context()
    )
    assert reported == ["a.xml: error: Must be <here> & now. [NO]", ""]


def test_one_clean_document_is_reported_and_several_are_counted() -> None:
    assert lines((Checked("a.xml"),), context()) == ["a.xml: nothing found"]
    assert lines((Checked("a.xml", problem="Gone."),), context()) == []
    assert lines((Checked("a.xml"), Checked("b.xml")), context()) == [
        "Documents: 2, without findings: 2, with findings: 0, not checked: 0"
    ]
    assert lines((), context()) == []


def test_the_summary_by_rule() -> None:
    reported = lines(DOCUMENTS, context())
    assert reported[reported.index("Findings by rule:") :] == [
        "Findings by rule:",
        "  2 x error       T-1           Must be <here> & now.",
        "  1 x error       NO-SUCH-RULE",
        "  2 x warning     T-2           Must be <here> & now.",
        "  1 x information T-3           Must be <here> & now.",
        "Errors: 3, warnings: 2, information: 1",
        "Documents: 5, without findings: 1, with findings: 3, not checked: 1",
    ]


def test_what_documents_are_wrong_together() -> None:
    reported = lines(DOCUMENTS[-1:], context())
    assert reported[:2] == ["clean.xml: error: Must be <here> & now. [T-1]", "  also    warned.xml"]
    many = Checked("a.xml", (finding(),), of_set=True, others=tuple(map(str, range(12))))
    also = [line for line in lines((many,), context()) if line.startswith("  also")]
    assert (len(also), also[-1]) == (11, "  also    and 2 more")


def test_documents_are_not_kept() -> None:
    seen: list[str] = []

    def documents():
        for number in range(3):
            seen.append(f"read {number}")
            yield Checked(f"{number}.xml", (UNKNOWN,))

    for line in text(documents(), context()):
        seen.append("".join(piece for piece, _ in line))
    headings = [one.partition(":")[0] for one in seen if one.startswith(("read", "0", "1"))]
    assert headings == ["read 0", "0.xml", "read 1", "1.xml", "read 2"]
