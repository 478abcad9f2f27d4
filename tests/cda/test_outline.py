"""The outline of a text: what it says of header and appointment is what all of the text says."""

import re
from collections.abc import Collection

import pytest

import apd
from apd.cda.encounter import ENCOUNTER
from apd.cda.grammar import grammar_of
from apd.cda.loader import LoadedDocument, open_excerpt
from apd.cda.lossless.markup import NOTHING_DECLARED, Element, decoded, root_of, without_hidden
from apd.cda.lossless.outline import Outline, outline_at, outline_of
from apd.cda.reader import is_read_as, read_with
from apd.cda.writer import HEADER
from tests.cda.test_to_the_byte import CURRENT, FOREIGN, under_prefix
from tests.laws.bases import bases, sample
from tests.laws.edits import ALL_KINDS
from tests.rules.editing import valid

GRAMMAR = grammar_of(apd.Release.CURRENT)


def outline(text: str) -> Outline | None:
    """The outline of a text; None if it has none."""
    return outline_of(text, without_hidden(text))


def places(elements: list[Element]) -> list[tuple[str, int, int]]:
    """Names and places of elements."""
    return [(element.key, element.start, element.end) for element in elements]


def begins(element: Element) -> tuple[object, ...]:
    """Name, start and namespaces of an element of which the end is not known."""
    return element.key, element.start, element.scope


def is_same(one: Element, other: Element) -> bool:
    """Whether two are the same, with the same elements in them."""
    return (
        begins(one) == begins(other)
        and one.end == other.end
        and places(one.children) == places(other.children)
    )


def outline_by_grammar(text: str) -> Outline | None:
    """The outline of a text that the grammar knows; None of any other."""
    readable = GRAMMAR.readable(text)
    return None if readable is None else outline_at(text, readable.layout)


def is_right(text: str) -> bool:
    """Whether the outlines of a text say what the whole of it says; also where it has none."""
    return all(
        found is None or is_outline_of(found, text)
        for found in (outline(text), outline_by_grammar(text))
    )


def is_outline_of(found: Outline, text: str) -> bool:
    """Whether an outline says what the whole text says."""
    root = root_of(text, NOTHING_DECLARED)
    path = root.path_to("encounter")
    header = [child for child in root.children if child.key != "component"]
    return (
        (found.header is None or places(found.header.children) == places(header))
        and found.section is not None
        and begins(found.section) == begins(path[-3])
        and found.encounter is not None
        and is_same(found.encounter, path[-1])
    )


@pytest.mark.parametrize("name", CURRENT)
def test_documents_as_they_usually_are_have_one(name: str) -> None:
    text, _ = decoded(CURRENT[name])

    assert outline(text) is not None
    assert is_right(text)


@pytest.mark.parametrize("name", bases())
def test_that_of_the_grammar_hides_what_is_in_the_readable_text(name: str) -> None:
    text = bases()[name].decode()
    found = outline_by_grammar(text)
    assert found is not None
    assert found.section is not None

    (readable_text,) = found.section.named("text")

    assert readable_text.xml == text[text.index("<text>") : text.index("</text>") + len("</text>")]
    assert readable_text.children == []


HEADER_NAMES, ENCOUNTER_NAMES = ({part.name for part in parts} for parts in (HEADER, ENCOUNTER))
EACH_NAME = [
    *(({name}, set()) for name in sorted(HEADER_NAMES)),
    *((set(), {name}) for name in sorted(ENCOUNTER_NAMES)),
]


@pytest.mark.parametrize("name", CURRENT)
def test_what_an_excerpt_says_is_what_the_document_says(name: str) -> None:
    document = apd.loads(CURRENT[name])
    found = outline(decoded(CURRENT[name])[0])
    assert found is not None

    def opened(header: Collection[str], encounter: Collection[str]) -> LoadedDocument:
        excerpt = found.excerpt([], *read_with(header, encounter))
        opened = open_excerpt(excerpt or "", document.release)
        assert opened is not None
        return opened

    whole = opened(HEADER_NAMES, ENCOUNTER_NAMES)
    assert is_read_as(whole, document, HEADER_NAMES, ENCOUNTER_NAMES)
    assert not is_read_as(whole, apd.loads(valid()), HEADER_NAMES, ENCOUNTER_NAMES)
    for names in EACH_NAME:
        assert is_read_as(opened(*names), document, *names), names


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_it_is_right_for_edited_documents(kind: str) -> None:
    for _, edit in sample(kind, 40):
        assert is_right(edit.data().decode()), edit.name


ENTRY = r"(?s)<entry>.*</entry>"
COMPONENT = r"(?s)<component.*</component>"


@pytest.mark.parametrize(
    ("pattern", "instead"),
    [
        (ENTRY, r"<!-- \g<0> -->\g<0>"),
        (ENTRY, r"<![CDATA[\g<0>]]>\g<0>"),
        (ENTRY, r"\g<0><!-- \g<0> -->"),
        (ENTRY, r"\g<0>\g<0>"),
        (ENTRY, r"\g<0><text>a</text>"),
        (ENTRY, r"<section/>\g<0>"),
        (ENTRY, r"<section><entry/></section>\g<0>"),
        (ENTRY, r'<entry a="</section>"/>\g<0>'),
        (ENTRY, r"<entry><encounter/></entry>\g<0>"),
        (ENTRY, r"<entry><encounter><encounter></encounter></encounter></entry>\g<0>"),
        (ENTRY, r"<entry><encounters></encounters></entry>\g<0>"),
        (ENTRY, r'<entry><x:encounter xmlns:x="urn:x"></x:encounter></entry>\g<0>'),
        (r"<component[^>]*>\s*<section", r"<component><section></section></component>\g<0>"),
        (COMPONENT, r"\g<0><author/>"),
        (COMPONENT, r"\g<0>\g<0>"),
        (COMPONENT, r"<component/>\g<0>"),
        (COMPONENT, r"<component><author/></component><author/>\g<0>"),
        (COMPONENT, r"<x>\g<0></x>"),
        (COMPONENT, r"<componentOf/>\g<0>"),
        (COMPONENT, r"<x><encounter></encounter></x>\g<0>"),
        ("<ClinicalDocument", r'<ClinicalDocument x=">"'),
        ("<ClinicalDocument", r'<ClinicalDocument xmlns:v3="urn:hl7-org:v3"'),
        ("<section ", r'<section xmlns="urn:x" '),
        ("<section ", r'<section x=">" '),
        ("<encounter ", r'<encounter x="/>" '),
        ("<encounter ", r'<encounter xmlns:x="urn:x" '),
        ("</encounter>", "</encounter ><!-- -->"),
    ],
)
def test_it_is_right_however_a_document_is_laid_out(pattern: str, instead: str) -> None:
    text = valid().decode()
    changed = re.sub(pattern, instead, text, count=1)
    assert changed != text

    assert is_right(changed)


def test_names_with_a_prefix_have_none() -> None:
    assert outline(under_prefix(valid()).decode()) is None
    assert outline(decoded(FOREIGN)[0]) is not None
