"""Whether a message has the structure that the project's own description of ebRIM asks for."""

from functools import cache
from importlib import resources

from attrs import evolve

from apd.cda.xml import Element
from apd.errors import ParseError
from apd.findings import Finding, Layer, Report
from apd.rules.element_paths import ElementPaths
from apd.rules.schema_layer import Violation, violations
from apd.wording import Language
from apd.xds.soap.incoming import open_message


@cache
def _schema() -> str:
    return str(resources.files("apd.xds.ebxml") / "schema" / "messages.xsd")


def check_message(
    body: bytes, content_type: str | None = None, *, language: Language = "en"
) -> Report:
    """Whether a message is built as ebRIM and XDS.b have it; what it says is not looked at.

    Args:
        body: its bytes: XML with or without an envelope, or a package.
        content_type: its media type; needed for a package only.
        language: the language of the messages.

    Raises:
        SoapFault: it is a fault.
    """
    try:
        said = open_message(body, content_type).said
    except ParseError as error:
        return Report([evolve(found, language=language) for found in error.findings])
    paths = ElementPaths()
    return Report([_finding(found, said, paths, language) for found in violations(said, _schema())])


def _finding(found: Violation, said: Element, paths: ElementPaths, language: Language) -> Finding:
    return Finding(
        rule=found.rule,
        layer=Layer.SCHEMA,
        wording=found.wording,
        path=paths.of(said if found.element is None else found.element),
        source="OASIS ebRIM and ebRS 3.0; IHE XDS.b",
        language=language,
    )
