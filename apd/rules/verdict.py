"""The verdict of one of lxml's schemas on a document."""

from typing import Any

from lxml import etree

from apd.cda.xml import Element


def accepts(schema: "etree.XMLSchema | etree.RelaxNG", element: Element) -> bool:
    """True where a schema accepts an element and all that is in it."""
    return refusals(schema, element) is None


def refusals(schema: "etree.XMLSchema | etree.RelaxNG", element: Element) -> Any:
    """lxml's log of what a schema refuses in an element; None where it accepts it.

    A schema keeps the log of the last document, whose messages quote it, as long as it lives. Ours
    live as long as the process, so theirs is emptied.
    """
    is_accepted = schema.validate(element)
    log = None if is_accepted else schema.error_log
    schema._clear_error_log()  # type: ignore[union-attr]  # not in lxml-stubs
    return log
