"""The error for a message that cannot be understood."""

from apd.errors import ParseError
from apd.findings import Finding, Layer
from apd.wording import Wording


def not_understood(da: str, en: str) -> ParseError:
    """The error for a message that lacks a required part, described in both languages."""
    return ParseError(
        [
            Finding(
                rule="XDS-MESSAGE",
                layer=Layer.SCHEMA,
                wording=Wording(da, en),
                source="IHE ITI TF-2 and TF-3",
            )
        ]
    )
