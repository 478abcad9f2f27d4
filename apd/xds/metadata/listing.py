"""The attributes of a document entry as a list, by their names in XDS."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from apd.model.code import Code
from apd.xds.metadata.attribute_formats import write_author
from apd.xds.metadata.attributes import DOCUMENT_ENTRY, SUBMISSION_SET
from apd.xds.metadata.composite_values import Author
from apd.xds.metadata.document_entry import DocumentEntry
from apd.xds.metadata.submission import SubmissionSet


class Listed(NamedTuple):
    """One value of an attribute, in the format of the metadata.

    Args:
        name: the attribute's name in XDS; ``author.authorPerson`` for a part of one.
        value: the text, or the code.
        display: the name of a code, or None.
        system: OID of a code's system, or None.
    """

    name: str
    value: str
    display: str | None = None
    system: str | None = None


def metadata(holder: DocumentEntry | SubmissionSet) -> tuple[Listed, ...]:
    """The known attributes, a row for each value. They show the patient unmasked.

    Args:
        holder: a document entry or a submission set.
    """
    table = DOCUMENT_ENTRY if isinstance(holder, DocumentEntry) else SUBMISSION_SET
    values = [(row.name, value) for row in table for value in row.values(holder)]
    return tuple([listed for name, value in values for listed in _rows(name, value)])


def _rows(name: str, value: Any) -> Iterator[Listed]:
    if isinstance(value, Code):
        yield Listed(name, value.code, value.display, value.system)
    elif isinstance(value, Author):
        for part, text in write_author(value).items():
            yield Listed(f"{name}.{part}", text)
    else:
        yield Listed(name, value)


_MANY = frozenset({"eventCodeList", "referenceIdList", "sourcePatientInfo"})


def metadata_json(holder: DocumentEntry | SubmissionSet) -> dict[str, Any]:
    """The known attributes, for :func:`json.dumps`; they show the patient unmasked.

    Args:
        holder: a document entry or a submission set.

    Returns:
        The attributes by name: a text, or for a code ``code``, ``codeSystem`` and ``display``; a
        list if there may be several.
    """
    found: dict[str, Any] = {}
    for listed in metadata(holder):
        value: Any = listed.value
        if listed.system is not None:
            value = {
                "code": listed.value,
                "codeSystem": listed.system,
                "display": listed.display,
            }
        if listed.name in _MANY:
            found.setdefault(listed.name, []).append(value)
        else:
            found[listed.name] = value
    return found
