"""The manifest of generated documents: which rule each of them breaks, to measure validators with.

``docs/manifest.schema.json`` is its JSON Schema.
"""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, TypeVar

from attrs import field, frozen
from cattrs import Converter
from cattrs.errors import BaseValidationError

from apd import __version__
from apd.errors import InvalidValue
from apd.findings import Severity
from apd.jsonform import JsonError, parse
from apd.jsonform.converter import converter
from apd.jsonform.explanations import Refused, problems
from apd.jsonform.scalars import word_reader
from apd.jsonform.schema import Schema, object_schema
from apd.jsonform.types import word
from apd.limits import MAX_MANIFEST_BYTES
from apd.rules.catalogue import rules_of_the_library
from apd.rules.details import followers
from apd.standard.releases import Release
from apd.testing.defects import consequences
from apd.wording import Wording

T = TypeVar("T")

FORMAT_VERSION = 1
"""The version of the format."""


def _is_this_form(_: object, __: object, version: int) -> None:
    if version != FORMAT_VERSION:
        raise InvalidValue(
            "Manifest.format_version",
            Wording("har en anden version", "has another version"),
            Wording(
                f"dan manifestet med denne version, som skriver {FORMAT_VERSION}",
                f"make the manifest with this version, which writes {FORMAT_VERSION}",
            ),
        )


@frozen(kw_only=True)
class BrokenRule:
    """A rule that documents break.

    Args:
        rule: its id.
        conformance: the clauses that it checks.
        severity: its severity; only an error makes a document invalid.
    """

    rule: str
    conformance: tuple[str, ...]
    severity: Severity


@frozen(kw_only=True)
class Case:
    """A document, or a set of documents that are judged together.

    Args:
        files: the names of their files, relative to the directory, with slashes.
        number: the number of the document in its population.
        broken: the rule that they were made to break; None if they have no fault.
        entailed: the rules that are broken as a consequence. They are found, too.
    """

    files: tuple[str, ...]
    number: int
    broken: BrokenRule | None
    entailed: tuple[BrokenRule, ...]


@frozen(kw_only=True)
class Manifest:
    """Generated documents, each with its fault.

    Args:
        format_version: the version of this format.
        tool_version: the version of dk-apd that generated the documents.
        seed: the seed of their population.
        release: the release of DK-APD.
        cases: the documents, in the order in which they were generated.
    """

    format_version: int = field(validator=_is_this_form)
    tool_version: str
    seed: int
    release: Release
    cases: tuple[Case, ...]


def case(files: Iterable[str], number: int, rule: str | None) -> Case:
    """The case of a document, by its number, that was made to break a rule, or None."""
    return Case(
        files=tuple(files),
        number=number,
        broken=None if rule is None else _broken(rule),
        entailed=() if rule is None else tuple(map(_broken, consequences(rule))),
    )


@cache
def _broken(id: str) -> BrokenRule:
    rules = {one.id: one for one in rules_of_the_library()}
    spoken = (clause for one in (id, *followers(id)) for clause in rules[one].conformance)
    return BrokenRule(
        rule=id, conformance=tuple(dict.fromkeys(spoken)), severity=rules[id].severity
    )


def manifest_lines(seed: int, release: Release, cases: Iterable[Case]) -> Iterator[str]:
    """Yield the manifest as JSON, a line for each case."""
    head = Manifest(
        format_version=FORMAT_VERSION,
        tool_version=__version__,
        seed=seed,
        release=release,
        cases=(),
    )
    yield json.dumps(_form().unstructure(head)).removesuffix("]}")
    before = ""
    for one in cases:
        yield f"{before}\n{json.dumps(_form().unstructure(one))}"
        before = ","
    yield "\n]}\n"


def read_manifest(text: str | bytes) -> Manifest:
    """Read a manifest from JSON.

    Args:
        text: the JSON; bytes must be UTF-8.

    Raises:
        JsonError: it is not JSON, is too large, or is not a manifest; its problems list each fault.
    """
    return read_form(parse(text, max_bytes=MAX_MANIFEST_BYTES), Manifest)


def read_form(data: Any, one: type[T]) -> T:
    """Read an object of a class from data; :class:`JsonError` if they do not have its form."""
    try:
        made: T = _form().structure(data, one)
    except (BaseValidationError, Refused, InvalidValue) as error:
        found = list(problems(error, "$"))
    else:
        return made
    raise JsonError(found)


def as_plain(value: Any) -> Any:
    """An object of one of these classes as dicts, lists, strings and numbers."""
    return _form().unstructure(value)


@cache
def _form() -> Converter:
    made = converter().copy()
    made.register_structure_hook(Severity, word_reader(Severity))
    made.register_unstructure_hook(Severity, word)
    return made


def manifest_schema() -> Schema:
    """The JSON Schema of a manifest."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Manifest of documents made by apd generate",
        "$ref": f"#/$defs/{Manifest.__name__}",
        "$defs": {one.__name__: object_schema(one) for one in (Manifest, Case, BrokenRule)},
    }
